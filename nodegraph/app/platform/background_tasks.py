"""Long tasks: what would hold the window up goes on in pieces, with progress and a way to stop.

A task is a generator. It gives its progress (0…1) after every piece, or an `Aside`: pure work that another
thread does meanwhile. Until its last piece it changes nothing that is seen, so that stopping it leaves all as
it was. Knows nothing of what the work is about.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QProgressDialog, QWidget

from nodegraph.app.platform import gc_guard, style
from nodegraph.core.quoting import quoted

MOST_AT_ONCE = 400
"""Records (nodes, edges) that are handled in one go; more are a long task."""
PIECE_S = 0.02
"""How long the pieces between two turns of the event loop may last together."""
ASK_MS = 4
"""How often is asked whether work aside is done."""
SWITCH_S = 0.0005
"""How soon another thread lets the window's have its turn, while it works; Python's own 5 ms are felt."""
PAUSE_S = 0.0005
"""How long another thread rests after every piece of its work, so that the window's has its turn: a piece
must be about as short, since while there is Python to run in both only one of them goes on.
"""
PARTS = 1000
TELLING_S = 2.0
"""How long a task has run before it is told how long it will go on."""

_Piece = TypeVar("_Piece")
_aside = ThreadPoolExecutor(max_workers=2, thread_name_prefix="aside")
_USUAL_SWITCH_S = sys.getswitchinterval()


def begin_aside(work: Callable[[], Any]) -> Future[Any]:
    """Let another thread do this."""
    return gc_guard.submit(_aside, work)


def politely(work: Callable[[], Any]) -> Callable[[], Any]:
    """This work for another thread, during which the window's has its turn soon: for what loads a library."""

    def done() -> Any:
        sys.setswitchinterval(SWITCH_S)
        try:
            return work()
        finally:
            sys.setswitchinterval(_USUAL_SWITCH_S)

    return done


def with_pauses(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """These, made in another thread with a pause after each."""
    for piece in pieces:
        yield piece
        time.sleep(PAUSE_S)


@dataclass(frozen=True)
class Aside:
    """Work for another thread: on plain data that nobody changes meanwhile, without widgets and signals."""

    work: Callable[[], Any]


Task: TypeAlias = Generator["float | Aside", Any, None]


class LongTasks(QObject):
    """The long tasks of one window, one at a time. While one runs the window takes nothing but its Stop."""

    ended = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget
        self.dialog: QProgressDialog | None = None
        self._task: Task | None = None
        self._awaited: Future[Any] | None = None
        self._is_stepping = False
        self._title, self._begun = "", 0.0
        self._clock = QTimer(self, interval=0)
        self._clock.timeout.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        """Whether a task is on its way."""
        return self._task is not None

    def begin(self, title: str, task: Task) -> None:
        """Start a task; the one that ran is stopped. The event loop turns between the pieces."""
        self.stop()
        self._task = task
        gc_guard.pause(self)  # to look through a large graph for garbage takes 150 ms each time
        self._title, self._begun = f"{quoted(title)}…", time.monotonic()
        self.dialog = _dialog(title, self.widget.window())
        self.dialog.canceled.connect(self.stop)
        self._clock.start(0)

    def stop(self) -> None:
        """Give the task up, unless it is just in its last piece. Work aside goes on unheard."""
        if self._task is not None and not self._is_stepping:
            self._task.close()
            self._end()

    def _go_on(self) -> None:
        if self.dialog is not None and not self.dialog.isVisible():
            self.dialog.show()  # not before the window, which may be about to be shown itself
        if self._is_stepping or (self._awaited is not None and not self._awaited.done()):
            return
        until = time.monotonic() + PIECE_S
        goes_on = True
        while goes_on and time.monotonic() < until:
            goes_on = self._step()

    def _step(self) -> bool:
        """One piece; whether another may follow at once."""
        given: float | Aside | None = None
        self._is_stepping = True
        try:
            given = self._resume()
        except StopIteration:
            pass
        finally:
            self._is_stepping = False
            if given is None:
                self._end()
        if isinstance(given, Aside):
            sys.setswitchinterval(SWITCH_S)
            self._awaited = begin_aside(given.work)
            self._clock.start(ASK_MS)
        elif given is not None and self.dialog is not None:
            # QProgressDialog.setValue would turn the event loop in here.
            self.dialog.findChild(QProgressBar).setValue(round(given * PARTS))
            self.dialog.setLabelText(self._title + time_left(time.monotonic() - self._begun, given))
        return isinstance(given, float)

    def _resume(self) -> float | Aside:
        assert self._task is not None
        done, self._awaited = self._awaited, None
        if done is None:
            return next(self._task)
        sys.setswitchinterval(_USUAL_SWITCH_S)
        self._clock.start(0)
        error = done.exception()
        return self._task.send(done.result()) if error is None else self._task.throw(error)

    def _end(self) -> None:
        self._clock.stop()
        sys.setswitchinterval(_USUAL_SWITCH_S)
        self._task, self._awaited = None, None
        gc_guard.resume(self)
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.canceled.disconnect(self.stop)  # closing it says so too
            dialog.close()
            dialog.deleteLater()
        self.ended.emit()


class Latest(QObject):
    """Work of another thread of which only what was asked for last counts."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._awaited: Future[Any] | None = None
        self._then: Callable[[Any], object] | None = None
        self._clock = QTimer(self, interval=ASK_MS)
        self._clock.timeout.connect(self._look)

    def begin(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Let another thread do this, then call `then` with the result; forget what was begun before."""
        if self._awaited is not None:
            self._awaited.cancel()
        self._awaited, self._then = begin_aside(politely(work)), then
        self._clock.start()

    def _look(self) -> None:
        done, then = self._awaited, self._then
        if done is not None and then is not None and done.done():
            self._clock.stop()
            self._awaited = self._then = None
            then(done.result())


def time_left(gone_s: float, share: float) -> str:
    """Returns how long a task goes on, in words, once that can be told; "" before.

    >>> time_left(10, 0.25), time_left(60, 0.1), time_left(1, 0.5), time_left(10, 0)
    ('  about 30 s left', '  about 9 min left', '', '')
    """
    if gone_s < TELLING_S or share <= 0:
        return ""
    left = gone_s / share - gone_s
    return f"  about {left:.0f} s left" if left < 90 else f"  about {left / 60:.0f} min left"


def _dialog(title: str, window: QWidget) -> QProgressDialog:
    title = quoted(title)
    dialog = QProgressDialog("", "Stop", 0, PARTS, window)
    dialog.setLabel(QLabel(f"{title}…", textFormat=Qt.TextFormat.PlainText))
    bar = QProgressBar()
    bar.setAccessibleName("Progress")
    bar.setRange(0, PARTS)
    bar.setTextVisible(False)
    dialog.setBar(bar)
    dialog.setObjectName("long_task")
    dialog.setWindowTitle(title)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumWidth(style.px(320))
    return dialog
