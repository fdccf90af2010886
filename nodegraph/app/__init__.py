"""Qt: everything that changes over time: the open document, its player, the window around the canvas.

`create_window` and `main` are all that others need. Importing this costs nothing; Qt is loaded when asked
for.
"""

from __future__ import annotations

import atexit
import builtins
import os
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from nodegraph.app.platform.crash_guard import CrashGuard
    from nodegraph.app.window.main_window import MainWindow
    from nodegraph.app.window.window_manager import Windows


LISTEN_MS = 500
"""When running programs are listened to, after the first window was opened."""
SIGNALLED = 128
"""What shells add to the number of a signal that ended a program, for its exit status."""


def application() -> QApplication:
    """The running application, or a new one, with the program's fonts and style."""
    app = _bare_application()
    if not app.property("is_dressed"):
        from nodegraph.app.platform import style
        from nodegraph.canvas.drawing.theme import font

        app.setProperty("is_dressed", True)
        style.set_system_scale(app.font())
        app.setStyle("Fusion")
        app.setFont(font(style.px(style.BASE_PX)))
        atexit.register(_empty_offscreen_clipboard)
    return app


def _bare_application() -> QApplication:
    """The running application, or a new one that is only named."""
    from PySide6.QtWidgets import QApplication

    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["nodegraph"])
    app.setApplicationName("nodegraph")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("nodegraph")
    return app


def _empty_offscreen_clipboard() -> None:
    """Without a screen Qt keeps the clipboard after Python has ended, and crashes on what Python gave it."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None and QGuiApplication.platformName() == "offscreen":
        QGuiApplication.clipboard().clear()


def create_window(path: str | os.PathLike[str] | None = None, border: CrashGuard | None = None) -> MainWindow:
    """The main window, not yet shown, with this file open, or the seed example. Keep the reference."""
    app = application()

    from nodegraph.app.window.main_window import MainWindow

    window = MainWindow(border)
    window.application = app  # keeps an application alive that was made here
    window.quit_wanted.connect(window.close)
    window.start(None if path is None else Path(path))
    return window


def main(path: str | os.PathLike[str] | None = None) -> int:
    """Open the editor and stay until it is closed; the exit status.

    The window is on the screen before most of the program is loaded: what that takes, one sees it for.
    """
    wanted = None if path is None else Path(path)

    def begin(windows: Windows) -> None:
        windows.start(wanted)
        _listen_soon(windows)

    return _run(begin, ahead=lambda windows: windows.show_ahead(wanted))


def open_beside(path: str | os.PathLike[str]) -> int:
    """Open a file that a running program wrote, in the editor that is open or as one; the exit status."""
    from nodegraph.app.beside import socket_name
    from nodegraph.app.listener import Listener, hand_over, take_over

    name, written = socket_name(), Path(path)
    if hand_over(name, written):
        return 0

    def begin(windows: Windows) -> None:
        listener = Listener(name, partial(take_over, windows), windows)
        if listener.is_listening or not hand_over(name, written):  # unless another one began just now
            take_over(windows, written)

    return _run(begin)


def load_qt() -> None:
    """Load Qt, and leave Python's way of importing as it was.

    PySide6 (6.11) puts another one in its place, for `from __feature__ import …`, which nothing here does. It
    reads the source of every module that imports anything, in some of the time in which a window opens. This
    can go once PySide waits with that until a feature is asked for.
    """
    if "PySide6.QtCore" in sys.modules:
        return
    plain = builtins.__import__
    import_module("PySide6.QtCore")
    builtins.__import__ = plain


def _run(begin: Callable[[Windows], object], ahead: Callable[[Windows], object] | None = None) -> int:
    """Begin with what opens windows, and stay until the last is closed; `ahead` is done before all else."""
    load_qt()
    app = _bare_application()

    from nodegraph.app.platform import gc_guard
    from nodegraph.app.window.window_manager import Windows

    gc_guard.pause(_run)  # what is made until a window is filled stays
    windows = Windows()
    if ahead is not None:
        ahead(windows)

    from nodegraph.app.platform.crash_guard import CrashGuard
    from nodegraph.app.platform.end_signals import EndSignals

    application()  # with its fonts and its style, which an empty window does not show
    border, signals = CrashGuard(), EndSignals()
    windows.border = border
    border.install()
    signals.install()
    try:
        begin(windows)
        gc_guard.spare()
        gc_guard.resume(_run)
        if not windows.open_windows:
            return 0
        signals.received.connect(windows.end)
        signals.received.connect(lambda number: app.exit(SIGNALLED + number))

        from nodegraph.formats.disk import compiled  # numpy comes with it, and the window is there by now

        compiled.offer(gc_guard.start)
        return app.exec()
    finally:
        gc_guard.resume(_run)
        signals.remove()
        border.remove()


def _listen_soon(windows: Windows) -> None:
    """Let running programs hand over documents, once the first window has come to rest."""
    from PySide6.QtCore import QTimer

    def listen() -> None:
        from nodegraph.app.beside import socket_name
        from nodegraph.app.listener import Listener, take_over

        Listener(socket_name(), partial(take_over, windows), windows)

    QTimer.singleShot(LISTEN_MS, windows, listen)
