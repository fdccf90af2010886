"""Player: the cursor in the trace, and the clock that moves it. Knows no widget and paints nothing.

The trace of the open graph is computed here, whenever the graph changes in a way that could change a number.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from nodegraph.app.document import Document
from nodegraph.core.changes import Change, Patch
from nodegraph.core.passes import run
from nodegraph.core.trace import Frame, Trace

STEP_MS = 900
"""How long a step lasts at speed 1."""
MOTION_SHARE = 0.85
"""The part of a step in which things move; the rest is for reading."""
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


class Player(QObject):
    """Plays the two passes of a document. The cursor counts the steps taken, from 0 to `len(trace.steps)`."""

    frame_changed = Signal(object, int)
    """The frame to show, and in how many ms to move there (0: at once)."""
    playing_changed = Signal(bool)
    trace_changed = Signal(object)
    speed_changed = Signal(float)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.trace: Trace = run(document.graph)
        self.cursor = 0
        self.speed = 1.0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        document.changed.connect(self._follow)
        document.replaced.connect(self._start_over)

    # --- looking
    @property
    def frame(self) -> Frame:
        """What is visible now."""
        return self.trace.frame(self.cursor)

    @property
    def end(self) -> int:
        """The last position of the cursor."""
        return len(self.trace.steps)

    @property
    def is_playing(self) -> bool:
        """Whether the clock is running."""
        return self._clock.isActive()

    @property
    def step_ms(self) -> int:
        """How long a step lasts at the present speed."""
        return round(STEP_MS / self.speed)

    # --- the transport
    def play(self) -> None:
        """Play on; from the end, start again at the beginning."""
        if self.is_playing or not self.end:
            return
        if self.cursor == self.end:
            self.seek(0)
        self._clock.start(self.step_ms)
        self.playing_changed.emit(True)
        self._move_to(self.cursor + 1, animated=True)

    def pause(self) -> None:
        """Stop the clock where it is."""
        if self.is_playing:
            self._clock.stop()
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def step(self) -> None:
        """Take one step on; a running play pauses."""
        self.pause()
        if self.cursor < self.end:
            self._move_to(self.cursor + 1, animated=True)

    def step_back(self) -> None:
        """Take one step back; a running play pauses."""
        self.pause()
        if self.cursor > 0:
            self._move_to(self.cursor - 1, animated=True)

    def to_start(self) -> None:
        """Back to before the first step."""
        self.pause()
        self.seek(0)

    def to_end(self) -> None:
        """Everything at once."""
        self.pause()
        self.seek(self.end)

    def seek(self, position: int) -> None:
        """Show this position at once; positions beyond the ends mean the ends."""
        self._move_to(max(0, min(position, self.end)), animated=False)

    def set_speed(self, speed: float) -> None:
        """Steps last `900 / speed` ms from now on; between 0.25 and 8."""
        speed = max(SPEEDS[0], min(float(speed), SPEEDS[-1]))
        if speed == self.speed:
            return
        self.speed = speed
        if self.is_playing:
            self._clock.start(self.step_ms)
        self.speed_changed.emit(speed)

    def _move_to(self, position: int, *, animated: bool) -> None:
        if position != self.cursor:
            self.cursor = position
            self.frame_changed.emit(self.frame, round(self.step_ms * MOTION_SHARE) if animated else 0)

    def _tick(self) -> None:
        if self.cursor < self.end:
            self._move_to(self.cursor + 1, animated=True)
        else:
            self.pause()

    # --- following the document
    def _start_over(self) -> None:
        self.pause()
        self._take(run(self.document.graph), 0)

    def _follow(self, change: Change) -> None:
        if not affects_trace(change):
            return
        trace = run(self.document.graph)
        position = kept_position(self.trace, self.cursor, trace)
        if not trace.steps:
            self.pause()
        self._take(trace, position)

    def _take(self, trace: Trace, position: int) -> None:
        self.trace = trace
        self.cursor = position
        self.trace_changed.emit(trace)
        self.frame_changed.emit(self.frame, 0)


def affects_trace(change: Change) -> bool:
    """Whether a change could alter a value, a step or a name in it; moves, titles, groups, notes cannot."""
    return any(_affects_trace(patch) for patch in change.patches)


def _affects_trace(patch: Patch) -> bool:
    if patch.kind == "property":
        return bool(patch.key == "output")
    if patch.kind in ("group", "note"):
        return False
    if patch.kind == "node" and patch.before is not None and patch.after is not None:
        after = patch.after
        return bool(replace(patch.before, x=after.x, y=after.y, extra=after.extra) != after)
    return True


def kept_position(old: Trace, cursor: int, new: Trace) -> int:
    """Where a cursor goes when the trace changes: the end stays the end, else it stays just after the same
    step.

    Where that step is gone, it goes to the nearest one before it that is still there.
    """
    if cursor == len(old.steps):
        return len(new.steps)
    for step in reversed(old.steps[:cursor]):
        position = new.position_of(step)
        if position is not None:
            return position
    return 0
