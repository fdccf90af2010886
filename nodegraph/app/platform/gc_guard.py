"""Where Python may look for garbage: in the window's thread alone. What it finds may belong to Qt, and an
object of Qt that another thread destroys takes the program down with it.

So while another thread works nobody looks. Knows nothing of what the work is about.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from nodegraph.core.collector import is_paused, pause, resume

if TYPE_CHECKING:
    import threading
    from concurrent.futures import Future, ThreadPoolExecutor

__all__ = ["let_go", "pause", "resume", "spare", "start", "submit"]
LOOK_MS = 50
"""How often is asked whether the other threads rest; twice in a row, since they tidy up after their work."""


class _Watch(QObject):
    """Waits until another thread is surely done with its work; until then nobody looks for garbage."""

    def __init__(self, holds: object) -> None:
        super().__init__(QCoreApplication.instance())
        pause(self)
        self._holds: object = holds  # kept, so that what it holds is let go in the window's thread
        self._has_ended: Callable[[], bool] = lambda: False
        self._is_done = False
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self._look)

    def wait(self, has_ended: Callable[[], bool]) -> None:
        """Begin to look whether it has."""
        self._has_ended = has_ended
        self._clock.start()

    def _look(self) -> None:
        if self._is_done:
            self._clock.stop()
            self._holds = None  # else it would be looked through once more
            resume(self)
            self.deleteLater()
        self._is_done = self._has_ended()


def submit(threads: ThreadPoolExecutor, work: Callable[[], Any]) -> Future[Any]:
    """Let another thread do this: on plain data, without anything of Qt."""
    watch = _Watch(work)
    future: Future[Any] = threads.submit(work)
    watch.wait(future.done)
    return future


def start(thread: threading.Thread) -> None:
    """Start this thread, for which nobody waits; whichever thread asks for it."""

    def begin() -> None:
        watch = _Watch(thread)
        thread.start()
        watch.wait(lambda: not thread.is_alive())

    app = QCoreApplication.instance()
    assert app is not None
    QTimer.singleShot(0, app, begin)  # in the window's thread


def spare() -> None:
    """Look for no garbage among all that is there now, until a window is closed: to go through a graph of
    10,000 nodes takes 150 ms, and through what a window holds half of that. What is gone with its last
    reference needs no search.
    """
    gc.freeze()


def let_go() -> None:
    """Look for all garbage there is, also among what was exempt from looking: a window was closed."""
    if is_paused():
        QTimer.singleShot(LOOK_MS, let_go)
        return
    gc.unfreeze()
    gc.collect()
