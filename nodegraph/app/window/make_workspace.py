"""Makes the workspace of a window, in an order in which each part finds what it needs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nodegraph.app.commands.registry import Commands
from nodegraph.app.document.document import Document
from nodegraph.app.document.editor import Editor
from nodegraph.app.document.files import Files
from nodegraph.app.document.pending import Unsaved
from nodegraph.app.platform.appearance import Appearance
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.app.workspace.dock import Dock
from nodegraph.app.workspace.messages import Messages
from nodegraph.app.workspace.stage import Stage
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView


def make_workspace(parent: QWidget) -> Workspace:
    """Returns a workspace with an empty document."""
    settings = Settings(parent)
    appearance = Appearance(settings, parent)
    commands = Commands(settings, appearance, parent)
    document = Document(parent)
    scene = GraphScene(document.graph, appearance.theme)
    # The scene hears of a change before the player does: a frame is about nodes that are there.
    document.changed.connect(scene.apply)
    document.replaced.connect(lambda: scene.set_graph(document.graph))
    player = Player(document, parent)
    canvas = CanvasView(scene)
    commands.apart = canvas.follow_ups.ask
    editor = Editor(document, scene, canvas, parent)
    files = Files(editor, settings, parent, Unsaved(document, parent))
    stage = Stage(canvas)
    messages = Messages(stage, parent)
    dock = Dock(player, canvas, settings)
    appearance.theme_changed.connect(dock.set_theme)
    return Workspace(
        parent, settings, appearance, document, player, scene, canvas, stage, editor, files, messages,
        commands, dock,
    )  # fmt: skip
