"""Makes all that is in a window, in an order in which each part finds what it needs: the workspace, what
every feature adds to it, and the parts around it. Loaded when the first window has been painted.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QMainWindow

from nodegraph.app.commands.menu_bar import Menus
from nodegraph.app.document.pending import OpenField
from nodegraph.app.document.recovery import Recovery
from nodegraph.app.platform.crash_guard import CrashGuard
from nodegraph.app.window.canvas_follower import CanvasFollower
from nodegraph.app.window.features import Features, make_features
from nodegraph.app.window.focus_ring import FocusRing
from nodegraph.app.window.installation import Installation
from nodegraph.app.window.layout import Around, WindowLayout
from nodegraph.app.window.make_workspace import make_workspace
from nodegraph.app.window.recovery_offer import RecoveryOffer
from nodegraph.app.window.start_page import StartPage
from nodegraph.app.window.titles import Titles
from nodegraph.app.window.top_bar import TopBar
from nodegraph.app.window.window_appearance import WindowAppearance
from nodegraph.app.window.window_commands import WindowCommands, Wishes
from nodegraph.app.workspace.workspace import Workspace


@dataclass(frozen=True)
class WindowContents:
    """The parts of a window that it asks for itself, or that live as long as it does."""

    workspace: Workspace
    recovery: Recovery
    offering: RecoveryOffer
    look: WindowAppearance
    features: Features
    start_page: StartPage
    top_bar: TopBar
    parts: FocusRing
    own_commands: WindowCommands
    installation: Installation
    menus: Menus
    arrangement: WindowLayout
    titles: Titles
    follower: CanvasFollower

    def take_up(self) -> None:
        """Take up what was remembered from the last time, and show what is open."""
        self.arrangement.restore()
        self.installation.start(self.menus.submenus)
        self.workspace.dock.restore()
        self.workspace.appearance.start()
        self.titles.show()
        self.follower.follow_document()
        self.follower.show_frame(self.workspace.player.frame, 0)


def make_contents(window: QMainWindow, wishes: Wishes, border: CrashGuard | None) -> WindowContents:
    """Returns all that is in a window, with an empty document."""
    workspace = make_workspace(window)
    recovery = Recovery(workspace.document, window, workspace.files.unsaved)
    offering = RecoveryOffer(workspace.document, workspace.files, recovery, workspace.messages)
    look = WindowAppearance(window, workspace.appearance, workspace.canvas)
    workspace.files.unsaved.add(OpenField(workspace.canvas))
    features = make_features(workspace)
    start_page = StartPage(workspace, features.lessons)
    top_bar = TopBar()
    transport, welcome = features.passes.transport, start_page.page
    parts = FocusRing(workspace, (welcome, welcome), (transport, transport.timeline))
    own_commands = WindowCommands(workspace, wishes, parts)
    installation = Installation(workspace, (*features.in_order, start_page, own_commands))
    menus = Menus(window.menuBar(), workspace.commands)
    own_commands.commanding.submenus = lambda: menus.submenus
    top_bar.set_actions(workspace.commands.actions)
    around = Around(top_bar, welcome, features.presentation.caption, transport)
    arrangement = WindowLayout(window, workspace, around)
    titles = Titles(window, workspace, top_bar)
    follower = CanvasFollower(workspace, menus)
    features.adding.keys.menu_wanted.connect(follower.show_selection_menu)
    if border is not None:
        border.escaped.connect(offering.tell_escaped)
    return WindowContents(
        workspace, recovery, offering, look, features, start_page, top_bar, parts, own_commands, installation,
        menus, arrangement, titles, follower,
    )  # fmt: skip
