"""The main window: makes the workspace, lets every feature add what it has to it, and lays it all out. What a
part does, it does itself.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from nodegraph import resources
from nodegraph.app.commands.menu_bar import Menus
from nodegraph.app.commands.registry import Commands
from nodegraph.app.document.document import Document
from nodegraph.app.document.pending import OpenField
from nodegraph.app.document.recovery import Recovery
from nodegraph.app.platform.crash_guard import CrashGuard
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.app.window.canvas_follower import CanvasFollower
from nodegraph.app.window.features import make_features
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
from nodegraph.app.workspace.stage import Stage
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.formats import examples


class MainWindow(QMainWindow):
    """The window of one document. What concerns other windows it only wishes for."""

    closed = Signal(object)
    """This window has closed."""
    new_window_wanted = Signal()
    path_wanted = Signal(object)
    """A file is to be opened in a window of its own."""
    quit_wanted = Signal()

    def __init__(self, border: CrashGuard | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowIcon(QIcon(str(resources.path("icons", "app.svg"))))
        self.setAcceptDrops(True)
        workspace = self.workspace = make_workspace(self)
        self.recovery = Recovery(workspace.document, self, workspace.files.unsaved)
        self.offering = RecoveryOffer(workspace.document, workspace.files, self.recovery, workspace.messages)
        self.look = WindowAppearance(self, workspace.appearance, workspace.canvas)
        workspace.files.unsaved.add(OpenField(workspace.canvas))
        self.features = make_features(workspace)
        self.start_page = StartPage(workspace, self.features.lessons)
        self.top_bar = TopBar()
        transport, welcome = self.features.passes.transport, self.start_page.page
        self.parts = FocusRing(workspace, (welcome, welcome.seed), (transport, transport.timeline))
        wishes = Wishes(self.new_window_wanted.emit, self.close, self.quit_wanted.emit)
        self.own_commands = WindowCommands(workspace, wishes, self.parts)
        self.installation = Installation(
            workspace, (*self.features.in_order, self.start_page, self.own_commands)
        )
        self.menus = Menus(self.menuBar(), workspace.commands)
        self.top_bar.set_actions(workspace.commands.actions)
        around = Around(self.top_bar, welcome, self.features.presentation.caption, transport)
        self.arrangement = WindowLayout(self, workspace, around)
        self.titles = Titles(self, workspace, self.top_bar)
        self.follower = CanvasFollower(workspace, self.menus)
        self.features.adding.keys.menu_wanted.connect(self.follower.show_selection_menu)
        self.canvas.files_dropped.connect(self._open_dropped)
        if border is not None:
            border.escaped.connect(self.offering.tell_escaped)
        self._take_up()

    def _take_up(self) -> None:
        """Take up what was remembered from the last time, and show what is open."""
        self.arrangement.restore()
        self.installation.start(self.menus.submenus)
        self.workspace.dock.restore()
        self.workspace.appearance.start()
        self.titles.show()
        self.follower.follow_document()
        self.follower.show_frame(self.player.frame, 0)

    def start(self, path: Path | None = None) -> None:
        """Open what the person asked for; without a file the seed example, so that there is something to
        play.
        """
        if path is None:
            self.workspace.files.open_path(examples.seed().path)
        elif not self.workspace.files.load(path):
            self.start_page.show()
        self.offering.start()
        self.canvas.setFocus()

    # --- what is open
    @property
    def document(self) -> Document:
        """The open document."""
        return self.workspace.document

    @property
    def player(self) -> Player:
        """What plays its passes."""
        return self.workspace.player

    @property
    def scene(self) -> GraphScene:
        """What is drawn."""
        return self.workspace.scene

    @property
    def canvas(self) -> CanvasView:
        """The canvas: it shows the scene and takes mouse and keys."""
        return self.workspace.canvas

    @property
    def stage(self) -> Stage:
        """The canvas with what lies over it."""
        return self.workspace.stage

    @property
    def settings(self) -> Settings:
        """What is remembered."""
        return self.workspace.settings

    @property
    def commands(self) -> Commands:
        """Everything a person can choose."""
        return self.workspace.commands

    # --- files dropped on the window
    def _open_dropped(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        for path in paths[:1]:
            self.installation.opener(path)(path)
        for path in paths[1:]:
            self.path_wanted.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped file."""
        event.acceptProposedAction()
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        # The question about unsaved work must not come up while the other program still drags.
        QTimer.singleShot(0, self, lambda: self._open_dropped(names))

    # --- events
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays from wherever nothing else wants it; Esc dismisses a message or goes back to the
        canvas.
        """
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.player.toggle()
        elif event.key() == Qt.Key.Key_Escape:
            if not self.workspace.messages.dismiss() and not self.stage.shows_canvas:
                self.stage.show_canvas()
            self.canvas.setFocus()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The graph fits the window it is first seen in."""
        super().showEvent(event)
        self.stage.place()

    def changeEvent(self, event: QEvent) -> None:
        """When the window becomes active again, check whether another program changed the document's file."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.workspace.files.notice()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work. Ignored first: should anything fail in between, the window stays."""
        event.ignore()
        self.installation.prepare_close()
        if not self.workspace.files.may_close():
            return
        self.player.pause()
        self.installation.close()
        self.arrangement.remember()
        self.settings.sync()
        self.offering.keep_all()
        self.recovery.close()
        event.accept()
        self.closed.emit(self)
