"""Windows: several documents side by side, one window each, and the session that brings them back.

Knows which windows are open and nothing of what is in them beyond their file and view.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication

from nodegraph.app.platform import settings
from nodegraph.app.platform.first_look import show_empty
from nodegraph.app.platform.settings import Setting, Settings
from nodegraph.app.window.main_window import MainWindow

if TYPE_CHECKING:
    from nodegraph.app.document.recovery import LeftOver
    from nodegraph.app.platform.crash_guard import CrashGuard
    from nodegraph.app.window.recovery_offer import RecoveryOffer

CASCADE_PX = QPoint(36, 36)
MOST_WINDOWS = 20
"""Windows a session brings back at most."""


def cascaded(window: QRect, screen: QRect) -> QPoint:
    """Returns where a window of the same size lies a little below another: at the screen's corner where it
    would lie partly outside.
    """
    there = window.translated(CASCADE_PX)
    return there.topLeft() if screen.contains(there) else screen.topLeft()


@dataclass(frozen=True)
class Place:
    """Where a document was left: its file, the window's geometry, the view (or that the whole was fitted into
    it) and the step.
    """

    path: str
    geometry: str
    x: float
    y: float
    zoom: float
    step: int
    fitted: bool = False

    @classmethod
    def of(cls, window: MainWindow) -> Place:
        """Where this window's document stands now."""
        center = window.canvas.center()
        return cls(
            str(window.document.path.absolute()) if window.document.path else "",
            bytes(window.features.presentation.geometry.toBase64().data()).decode("ascii"),
            center.x(),
            center.y(),
            window.canvas.zoom,
            window.player.cursor,
            window.canvas.is_fitted,
        )

    @classmethod
    def from_text(cls, text: str) -> Place | None:
        """What was remembered, or None where the settings file holds something else."""
        import json

        try:
            place = cls(**json.loads(text))
        except (ValueError, TypeError, RecursionError):
            return None
        texts = isinstance(place.path, str) and isinstance(place.geometry, str)
        numbers = (place.x, place.y, place.zoom, place.step)
        plain = all(isinstance(n, int | float) and math.isfinite(n) for n in numbers)
        return place if texts and plain else None

    @property
    def window_geometry(self) -> QByteArray:
        """The window's geometry as Qt has it."""
        return QByteArray.fromBase64(QByteArray(self.geometry.encode("ascii", "replace")))

    def to_text(self) -> str:
        """One line for the settings file."""
        import json

        return json.dumps(asdict(self))


class Windows(QObject):
    """All windows of the program; it ends with the last one."""

    def __init__(self, border: CrashGuard | None = None) -> None:
        super().__init__()
        self.border = border
        self.settings = Settings(self)
        self.open_windows: list[MainWindow] = []
        self._leaving: list[Place] = []
        self._is_quitting = False
        self._unreadable: list[str] = []
        """What was said of files of the session that cannot be read."""
        self._ahead: MainWindow | None = None
        """The window that is shown and has nothing in it yet."""
        QApplication.instance().commitDataRequest.connect(self.keep, Qt.ConnectionType.DirectConnection)

    # --- opening
    def show_ahead(self, path: Path | None = None) -> None:
        """Show the first window, where it will be, before the program is loaded; `start` fills it."""
        places = [] if path is not None else self.remembered()
        self._ahead = MainWindow(is_empty=True)
        show_empty(self._ahead, self.settings, places[0].window_geometry if places else QByteArray())

    def start(self, path: Path | None = None) -> None:
        """Open what the person asked for; else what was open last; else the seed example."""
        places = [] if path is not None else self.remembered()
        for place in places:
            self._bring_back(place)
        if not self.open_windows:
            window = self._made()
            window.start(path)
            window.show_filled()
        elif places:
            self.open_windows[0].offering.start()
        if self._unreadable:
            self.open_windows[0].workspace.messages.tell_failure(" ".join(self._unreadable))
            self._unreadable.clear()

    def open_new(self) -> MainWindow:
        """One more window, empty, a little below the active one, and maximised where that is."""
        beside = self.active
        window = self._made()
        if beside is not None:
            window.resize(beside.normalGeometry().size())
            window.move(cascaded(beside.normalGeometry(), beside.screen().availableGeometry()))
            window.setWindowState(beside.windowState() & Qt.WindowState.WindowMaximized)
        window.show()
        window.activateWindow()
        window.canvas.setFocus()
        return window

    def open_empty(self) -> MainWindow:
        """One more window, which says how to begin."""
        window = self.open_new()
        window.document.new()
        return window

    def open_path(self, path: Path) -> MainWindow:
        """This file in a window of its own, or the window that holds it already."""
        held = next(self._holders(path), None)
        if held is not None:
            held.raise_()
            held.activateWindow()
            return held
        window = self.open_new()
        window.workspace.files.load(path)
        return window

    def _holders(self, path: Path) -> Iterator[MainWindow]:
        """The windows in which this file is open."""
        from nodegraph.formats import files

        for window in self.open_windows:
            if window.document.path is not None and files.is_same_file(window.document.path, path):
                yield window

    def _other_holder(self, asking: MainWindow, path: Path) -> MainWindow | None:
        """Another window in which this file is open, or None."""
        return next((window for window in self._holders(path) if window is not asking), None)

    def _taker_of(self, asking: MainWindow, left: LeftOver) -> RecoveryOffer:
        """The offer of the window in which work is to be restored: where its file is open, else the one that
        asks, unless that holds unsaved work; else a new one.
        """
        holders = self._holders(left.path) if left.path is not None else ()
        for window in (*holders, asking):
            if not window.workspace.files.unsaved.is_any():
                return window.offering
        return self.open_new().offering

    @property
    def active(self) -> MainWindow | None:
        """The window a person works in."""
        active = QApplication.activeWindow()
        if isinstance(active, MainWindow) and active in self.open_windows:
            return active
        return self.open_windows[-1] if self.open_windows else None

    def _made(self) -> MainWindow:
        window = self._filled()
        window.closed.connect(self._forget)
        window.settings.changed.connect(partial(self._share_setting, window.settings))
        window.new_window_wanted.connect(self.open_empty)
        window.path_wanted.connect(self.open_path)
        window.quit_wanted.connect(self.quit)
        window.workspace.files.holder_of = partial(self._other_holder, window)
        window.offering.taker_of = partial(self._taker_of, window)
        self.open_windows.append(window)
        return window

    def _filled(self) -> MainWindow:
        """Returns a window that is made, the one that is shown already first."""
        window, self._ahead = self._ahead, None
        if window is None:
            return MainWindow(self.border)
        window.fill(self.border)
        return window

    # --- closing
    def quit(self) -> None:
        """Close all windows, or none where a person wants to stay with one; the session then has them all."""
        windows = list(self.open_windows)
        if not all(window.agree_to_close() for window in windows):
            for window in windows:
                window.stay()
            return
        self._is_quitting = True
        for window in windows:
            window.close()
        self._is_quitting, self._leaving = False, []

    def keep(self) -> None:
        """Keep unsaved work as against a crash, and the session: that of the desktop may be about to end.
        Asks nothing, for somebody may let it go on.
        """
        for window in self.open_windows:
            window.recovery.write_now()
        self._remember([Place.of(window) for window in self.open_windows])

    def end(self) -> None:
        """End without a question: unsaved work is kept as against a crash; the session has all windows."""
        for window in self.open_windows:
            window.recovery.leave()
        self._remember([Place.of(window) for window in self.open_windows])

    def _forget(self, window: MainWindow) -> None:
        if window not in self.open_windows:
            return
        self.open_windows.remove(window)
        if self._is_quitting:  # not before it closes: its document may have got a file by the last question
            self._leaving.append(Place.of(window))
        window.deleteLater()

        from nodegraph.app.platform import gc_guard

        QTimer.singleShot(0, gc_guard.let_go)  # after Qt's part of the window has gone
        if not self.open_windows:
            self._remember(self._leaving or [Place.of(window)])

    def _share_setting(self, source: Settings, setting: Setting) -> None:
        """What is set in one window holds in all."""
        for window in self.open_windows:
            if window.settings is not source:
                window.settings.notice(setting)

    # --- the session
    def remembered(self) -> list[Place]:
        """The places of the last session whose files are still there, one for each file: restored work of two
        crashes may have been of the same one.
        """
        places = map(Place.from_text, self.settings.value(settings.SESSION)[:MOST_WINDOWS])
        there = [place for place in places if place is not None and Path(place.path).is_file()]
        return list({place.path: place for place in there}.values())

    def _remember(self, places: list[Place]) -> None:
        texts = [place.to_text() for place in places if place.path]
        self.settings.set(settings.SESSION, texts)
        self.settings.sync()

    def _bring_back(self, place: Place) -> None:
        window = self._made()
        window.workspace.files.failed.connect(self._unreadable.append)
        if not window.workspace.files.load(Path(place.path), partial(_look, window, place)):
            self.open_windows.remove(window)
            window.recovery.close()
            window.deleteLater()
            return
        window.workspace.files.failed.disconnect(self._unreadable.append)
        window.restoreGeometry(place.window_geometry)
        window.show_filled()
        if not window.workspace.editor.tasks.is_running:
            _look(window, place)
        window.canvas.setFocus()


def _look(window: MainWindow, place: Place) -> None:
    """See what was seen, at the step that was shown."""
    window.player.seek(int(place.step))
    if place.fitted is True:
        window.canvas.fit_soon()
    else:
        window.canvas.look_at(QPointF(place.x, place.y), place.zoom)
