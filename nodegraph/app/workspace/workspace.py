"""The workspace: what a feature may use of the window it is in. Holds parts of the rooms below, and no
feature.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from nodegraph.app.commands.registry import Commands
from nodegraph.app.document.document import Document
from nodegraph.app.document.editor import Editor
from nodegraph.app.document.files import Files
from nodegraph.app.platform.appearance import Appearance
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.app.workspace.dock import Dock
from nodegraph.app.workspace.messages import Messages
from nodegraph.app.workspace.stage import Stage
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView


@dataclass(frozen=True)
class Workspace:
    """What a feature may use. At most thirteen fields, and none of a feature or of the main window."""

    parent: QWidget
    """Owns dialogs and QObjects; nothing else is asked of it."""
    settings: Settings
    appearance: Appearance
    document: Document
    player: Player
    scene: GraphScene
    canvas: CanvasView
    stage: Stage
    editor: Editor
    files: Files
    messages: Messages
    commands: Commands
    dock: Dock
