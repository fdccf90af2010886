"""The main window: makes the workspace, lets every feature add what it has to it, and lays it all out. What a
part does, it does itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QMainWindow

from nodegraph import resources

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent

    from nodegraph.app.commands.registry import Commands
    from nodegraph.app.document.document import Document
    from nodegraph.app.platform.crash_guard import CrashGuard
    from nodegraph.app.platform.settings import Settings
    from nodegraph.app.playback.player import Player
    from nodegraph.app.workspace.stage import Stage
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.canvas.view.canvas_view import CanvasView


class MainWindow(QMainWindow):
    """The window of one document. What concerns other windows it only wishes for."""

    closed = Signal(object)
    """This window has closed."""
    new_window_wanted = Signal()
    path_wanted = Signal(object)
    """A file is to be opened in a window of its own."""
    quit_wanted = Signal()

    def __init__(self, border: CrashGuard | None = None, *, is_empty: bool = False) -> None:
        """Make a window; one that is empty has to be filled before anything is done with it."""
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("nodegraph")
        self.setWindowIcon(QIcon(str(resources.path("icons", "app.svg"))))
        self.is_filled = False
        self._is_close_wanted = self._is_agreed = False
        if not is_empty:
            self.fill(border)

    def fill(self, border: CrashGuard | None = None) -> None:
        """Make all that is in it, with an empty document."""
        from nodegraph.app.window.window_commands import Wishes
        from nodegraph.app.window.window_contents import make_contents

        self.setPalette(QPalette())  # the one it was shown with while it was empty
        self.setAcceptDrops(True)
        wishes = Wishes(self.new_window_wanted.emit, self.close, self.quit_wanted.emit)
        made = self.contents = make_contents(self, wishes, border)
        self.workspace, self.features, self.recovery = made.workspace, made.features, made.recovery
        self.offering, self.installation, self.menus = made.offering, made.installation, made.menus
        self.look, self.start_page, self.top_bar, self.parts = (
            made.look, made.start_page, made.top_bar, made.parts,
        )  # fmt: skip
        self.own_commands, self.arrangement = made.own_commands, made.arrangement
        self.titles, self.follower = made.titles, made.follower
        self.canvas.files_dropped.connect(self._open_dropped_soon)
        made.take_up()
        self.is_filled = True

    def start(self, path: Path | None = None) -> None:
        """Open what the person asked for; without a file the seed example, so that there is something to
        play.
        """
        from nodegraph.formats import examples

        if path is None:
            self.workspace.files.open_path(examples.seed().path)
        elif not self.workspace.files.load(path):
            self.start_page.show()
        self.offering.start()
        self.canvas.setFocus()

    def show_filled(self) -> None:
        """Show what is in it. Where the window itself was shown empty before, all of it appears at once."""
        if not self.isVisible():
            self.show()
            return
        self.centralWidget().show()
        self.layout().activate()
        self.stage.place()
        focused = self.focusWidget()
        if focused is not None:
            focused.setFocus()  # Qt gave it to nobody while nobody was to be seen
        if self._is_close_wanted:
            self.close()

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
    def _open_dropped_soon(self, names: list[str]) -> None:
        """The question about unsaved work must not come up while the other program still drags."""
        QTimer.singleShot(0, self, lambda: self._open_dropped(names))

    def _open_dropped(self, names: list[str]) -> None:
        """Open a graph here, further ones in windows of their own, and then here what goes with a graph, as a
        table does.
        """
        files, paths = self.workspace.files, [Path(name) for name in names]
        graphs = [path for path in paths if files.opener_of(path) is None]
        for path in graphs[1:]:
            self.path_wanted.emit(path)
        for path in (*graphs[:1], *(path for path in paths if path not in graphs)):
            files.open_path(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome anywhere."""
        from nodegraph.canvas.gestures import drops

        if drops.files_in(event.mimeData()):
            drops.accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped file."""
        from nodegraph.canvas.gestures import drops

        drops.accept_copy(event)
        self._open_dropped_soon(drops.files_in(event.mimeData()))

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
        if self.is_filled:
            self.stage.place()

    def changeEvent(self, event: QEvent) -> None:
        """When the window becomes active again, check whether another program changed the document's file."""
        super().changeEvent(event)
        is_activated = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if is_activated and self.is_filled:
            self.workspace.files.notice()

    def agree_to_close(self) -> bool:
        """Ask about unsaved work. Returns whether this window may go; then closing asks no more."""
        if self.is_filled:
            self.installation.prepare_close()
            self._is_agreed = self.workspace.files.may_close()
        return self._is_agreed or not self.is_filled

    def stay(self) -> None:
        """It does not close after all: the next time it is asked about again."""
        self._is_agreed = False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work. Ignored first: should anything fail in between, the window stays."""
        event.ignore()
        if not self.is_filled:
            self._is_close_wanted = True
            return
        if not (self._is_agreed or self.agree_to_close()):
            return
        self.player.pause()
        self.installation.close()
        self.arrangement.remember()
        self.settings.sync()
        self.offering.keep_all()
        self.recovery.close()
        event.accept()
        self.closed.emit(self)
