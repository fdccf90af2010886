"""Player: the cursor in the trace, and the clock that moves it. Knows no widget and paints nothing.

The trace of the open graph is computed here, whenever the graph changes in a way that could change a number,
or when another one is asked for: forward mode, a backward pass upon what the last one left, other values.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from nodegraph.app.document.document import Document
from nodegraph.app.playback.pace import Pace
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.steps_between import level_ends
from nodegraph.core.engine.trace import Frame, Mode, Trace
from nodegraph.core.explain.explanation import step_sentence, step_title
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.leaf_values import of_leaves
from nodegraph.core.graph.records import Node
from nodegraph.core.training.bindings import DATA

STEP_MS = 900
"""How long a step lasts at speed 1."""
MOST_SINGLE_STEPS, LONGEST_MS = 400, 30_000
"""Steps up to which each is played by itself; of more, those of a level are shown at a time, or of several
levels, so that all of them take no longer than this at speed 1.
"""
MOTION_SHARE = 0.85
"""The part of a step in which things move; the rest is for reading."""
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True)
class CursorPlace:
    """Where the cursor was put: a position in the trace there was then."""

    trace: Trace
    position: int

    def within(self, trace: Trace) -> int:
        """Returns the position of this place in another trace of the same document: the end stays the end,
        else it stays just after the same step.

        Where that step is gone, it is just after the nearest one before it that is still there.
        """
        if self.position == len(self.trace.steps):
            return len(trace.steps)
        for step in reversed(self.trace.steps[: self.position]):
            position = trace.position_of(step)
            if position is not None:
                return position
        return 0


class Player(QObject):
    """Plays the two passes of a document. The cursor counts the steps taken, from 0 to `len(trace.steps)`."""

    frame_changed = Signal(object, int)
    """The frame to show, and in how many ms to move there (0: at once)."""
    frame_told = Signal(object, int)
    """The same for who puts it into words: while steps of a pass are scrubbed through, no more of them than
    anybody reads, and always the one that is shown then.
    """
    playing_changed = Signal(bool)
    trace_changed = Signal(object)
    speed_changed = Signal(float)
    end_changed = Signal()
    """The cursor has come to the start or to the end, or has left it."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.trace: Trace = run(document.graph)
        self.cursor = 0
        self._stops: tuple[Trace | None, list[int]] = (None, [])
        """Where playing stops in a trace of very many steps, once that is played."""
        self.place = CursorPlace(self.trace, 0)
        """Where the cursor was put last. An edit moves the cursor, and what takes the edit back moves it back
        here: this place is no matter of the graph, and survives a moment without one.
        """
        self.speed = 1.0
        self.mode: Mode = "reverse"
        self.source: str | None = None
        """The input whose derivatives run forward, in forward mode."""
        self.left: dict[str, float] = {}
        """Gradients that nobody has set to zero, by node."""
        self._deleted: dict[str, tuple[Node, float]] = {}
        """Those of nodes that were deleted, for the case that they come back."""
        self._wanted_source: str | None = None
        """The input that forward mode was chosen for; `source` only while it is there."""
        self.passes = 1
        """How many backward passes the gradients are the sum of, once the last one is through."""
        self.keeps_on_inputs_only = False
        """Whether only inputs keep their gradients, as PyTorch's leaves do, or every node, as micrograd's."""
        self.values: Mapping[str, float] = {}
        """Values that stand in for the document's own, by input."""
        self._at_ends = (True, not self.trace.steps)
        """Whether the cursor was at the start, and at the end, when that was last told."""
        self._guards: set[str] = set()
        """Who asks a learner about what comes, so that frames tell nothing of it."""
        self._told: tuple[Frame | None, tuple[str, str]] = (None, ("", ""))
        self._latest = self.trace.frame(0), 0
        """The frame that was shown last, and how it was to be moved to."""
        self._pace = Pace(self._tell_frame, self)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self.frame_changed.connect(self._tell_in_time)
        document.changed.connect(self._follow)
        document.replaced.connect(self._start_over)

    # --- looking
    @property
    def frame(self) -> Frame:
        """What is visible now."""
        return self.trace.frame(self.cursor, guarded=self.guarded)

    def told(self, frame: Frame) -> tuple[str, str]:
        """Returns what the last step of a frame is called, and what happens in it: put into words once for
        all who show or say it.
        """
        if self._told[0] is not frame:
            self._told = frame, (step_title(frame), step_sentence(frame))
        return self._told[1]

    @property
    def guarded(self) -> bool:
        """Whether results after the cursor are hidden, because somebody predicts them."""
        return bool(self._guards)

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
        self._play_on()

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

    def return_to(self, place: CursorPlace) -> None:
        """Go back to a place, as far as the graph still has it; the rest comes back with the graph."""
        self.pause()
        self.seek(place.within(self.trace))
        self.place = place

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
        if self.trace.steps:
            self.place = CursorPlace(self.trace, position)
        if position != self.cursor:
            self.cursor = position
            self.frame_changed.emit(self.frame, round(self.step_ms * MOTION_SHARE) if animated else 0)
            self._tell_ends()

    def _tell_in_time(self, frame: Frame, duration_ms: int) -> None:
        (before, _), self._latest = self._latest, (frame, duration_ms)
        is_same = (before.trace, before.guarded) == (frame.trace, frame.guarded)
        is_scrubbed = is_same and before.position != frame.position and not duration_ms
        (self._pace.ask if is_scrubbed else self._pace.hurry)()

    def _tell_frame(self) -> None:
        self.frame_told.emit(*self._latest)

    def _tell_ends(self) -> None:
        at_ends = (self.cursor == 0, self.cursor == self.end)
        if at_ends != self._at_ends:
            self._at_ends = at_ends
            self.end_changed.emit()

    def _tick(self) -> None:
        if self.cursor < self.end:
            self._play_on()
        else:
            self.pause()

    def _play_on(self) -> None:
        """Play the next step, or where there are a great many all up to the end of a level."""
        if self.end <= MOST_SINGLE_STEPS:
            self._move_to(self.cursor + 1, animated=True)
            return
        if self._stops[0] is not self.trace:
            ends = level_ends(self.trace)
            every = math.ceil(len(ends) / (LONGEST_MS // STEP_MS))
            self._stops = self.trace, ends[::-1][::every][::-1].tolist()
        stops = self._stops[1]
        self._move_to(stops[bisect_right(stops, self.cursor)], animated=False)

    # --- which trace
    def set_mode(self, mode: Mode, source: str | None = None) -> None:
        """Let derivatives run back from the output, or forward from the input `source`."""
        self.pause()
        self._wanted_source = source if mode == "forward" else None
        self._forget_left()
        self._take_kept(self._run())

    def backward_again(self) -> None:
        """Show the start of another backward pass, which adds to the gradients that this one leaves."""
        if self.mode == "forward" or not self.trace.has_derivatives:
            return
        self.pause()
        self.left = self._left_by(self.trace)
        self.passes += 1
        self._deleted = {}
        trace = self._run()
        self._put(trace, trace.forward_steps)

    def zero_gradients(self) -> None:
        """Forget all gradients; the backward pass is yet to come."""
        self.pause()
        self._forget_left()
        trace = self._run()
        self._put(trace, min(self.cursor, trace.forward_steps))

    def set_keeps_on_inputs_only(self, only: bool) -> None:
        """Which nodes keep their gradients from pass to pass; those left elsewhere are forgotten at once."""
        self.keeps_on_inputs_only = only
        self._deleted = {}
        kept = {node_id: left for node_id, left in self.left.items() if self._keeps(node_id)}
        if kept != self.left:
            self.left = kept
            self._take_kept(self._run())

    def set_values(self, values: Mapping[str, float] | None) -> None:
        """Show the passes with these values in place of the document's own; None: its own again."""
        self.values = dict(values or {})
        self._take_kept(self._run())

    def set_guarded(self, guarded: bool, by: str = "prediction") -> None:
        """Hide all results after the cursor while at least one guard is set."""
        before = self.guarded
        if guarded:
            self._guards.add(by)
        else:
            self._guards.discard(by)
        if self.guarded != before:
            self.frame_changed.emit(self.frame, 0)

    def _left_by(self, trace: Trace) -> dict[str, float]:
        """The gradients a complete pass leaves where they are kept."""
        found = {node_id: trace.gradient(node_id) for node_id in trace.plan.ids if self._keeps(node_id)}
        return {node_id: gradient for node_id, gradient in found.items() if gradient}

    def _keeps(self, node_id: str) -> bool:
        return not self.keeps_on_inputs_only or self.document.graph.node(node_id).op == "input"

    def _forget_left(self) -> None:
        self.left, self.passes, self._deleted = {}, 1, {}

    def _run(self) -> Trace:
        """Returns the trace of the graph as it stands, in the chosen mode."""
        graph, source = self.document.graph, self._wanted_source
        values = of_leaves(graph, self.values)
        self._follow_deleted(graph)
        if source is not None and source in graph and graph.node(source).op == "input":
            self.mode, self.source = "forward", source
            return run_forward_mode(graph, source, values=values)
        self.mode, self.source = "reverse", None
        return run(graph, values=values, left=self.left)

    def _follow_deleted(self, graph: Graph) -> None:
        """Put the gradients of deleted nodes by, and those of nodes that were brought back to the others."""
        gone = {node_id for node_id in self.left if node_id not in graph}
        self._deleted |= {
            node_id: (self.trace.nodes[node_id], self.left.pop(node_id))
            for node_id in gone
            if node_id in self.trace.nodes
        }
        for node_id, (node, gradient) in list(self._deleted.items()):
            if node_id in graph:
                del self._deleted[node_id]
                is_new = patch_of(node, graph.node(node_id)).is_more_than_looks  # and only has its id
                if not is_new:
                    self.left[node_id] = gradient

    # --- following the document
    def _start_over(self) -> None:
        self.pause()
        self._wanted_source, self.values = None, {}
        self._forget_left()
        self._put(self._run(), 0)

    def _follow(self, change: Change) -> None:
        if not affects_trace(change):
            return
        trace = self._run()
        if not trace.steps:
            self.pause()
        self._take_kept(trace)

    def _take_kept(self, trace: Trace) -> None:
        self._take(trace, self.place.within(trace))

    def _put(self, trace: Trace, position: int) -> None:
        self.place = CursorPlace(trace, position)
        self._take(trace, position)

    def _take(self, trace: Trace, position: int) -> None:
        self.trace = trace
        self.cursor = position
        self.trace_changed.emit(trace)
        self.frame_changed.emit(self.frame, 0)
        self._tell_ends()


def affects_trace(change: Change) -> bool:
    """Whether a change could alter a value, a step, a name or a mark in it, which is judged over the rows of
    the data; moves, titles, groups and notes cannot.
    """
    if change.is_more_than_looks:
        return True
    return any(patch.key in ("output", DATA) for patch in change.of("property"))
