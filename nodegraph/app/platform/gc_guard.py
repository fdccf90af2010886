"""Where Python may look for garbage: in the window's thread alone. What it finds may belong to Qt, and an
object of Qt that another thread destroys takes the program down with it.

So while another thread works nobody looks. Knows nothing of what the work is about.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

LOOK_MS = 50
"""How often is asked whether the other threads rest; twice in a row, since they tidy up after their work."""

_pauses: set[object] = set()
"""Whoever wants that nobody looks for garbage now; only the window's thread changes it."""
_was_on = False


def pause(by: object) -> None:
    """Look for no garbage until `by` and all others have called `resume`."""
    global _was_on
    if not _pauses:
        _was_on = gc.isenabled()
        gc.disable()
    _pauses.add(by)


def resume(by: object) -> None:
    """`by` has no longer anything against it."""
    if by in _pauses:
        _pauses.discard(by)
        if not _pauses and _was_on:
            gc.enable()


class _Work(QObject):
    """The work of another thread, until it is surely done with it."""

    def __init__(self, threads: ThreadPoolExecutor, work: Callable[[], Any]) -> None:
        super().__init__(QCoreApplication.instance())
        pause(self)
        self._work: object = work  # kept, so that what it holds is let go in the window's thread
        self.future: Future[Any] = threads.submit(work)
        self._is_done = False
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self._look)
        self._clock.start()

    def _look(self) -> None:
        if self._is_done:
            self._clock.stop()
            self._work = None  # else it would be looked through once more
            resume(self)
            self.deleteLater()
        self._is_done = self.future.done()


def submit(threads: ThreadPoolExecutor, work: Callable[[], Any]) -> Future[Any]:
    """Let another thread do this: on plain data, without anything of Qt."""
    return _Work(threads, work).future


def spare() -> None:
    """Look for no garbage among all that is there now, until a window is closed: to go through a graph of
    10,000 nodes takes 150 ms, and through what a window holds half of that. What is gone with its last
    reference needs no search.
    """
    gc.freeze()


def let_go() -> None:
    """Look for all garbage there is, also among what was exempt from looking: a window was closed."""
    if _pauses:
        QTimer.singleShot(LOOK_MS, let_go)
        return
    gc.unfreeze()
    gc.collect()
