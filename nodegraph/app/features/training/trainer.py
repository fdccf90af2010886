"""Training: gradient descent on the open graph, step by step while the window stays alive. Shows each step on
the canvas and puts what was learnt into the document as one undo step. Computes nothing itself, and knows no
widget.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from nodegraph.app.document.editor import Editor
from nodegraph.app.features.training.curves import Curve, Curves
from nodegraph.app.features.training.edits_since import EditsSince
from nodegraph.app.features.training.run import Run, is_through
from nodegraph.app.playback.player import Player, affects_trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change
from nodegraph.core.training import rows
from nodegraph.core.training.bindings import (
    TRAINING,
    bound_inputs,
    row_values,
    set_training,
    setup_of,
    table_of,
)
from nodegraph.core.training.columns import Columns
from nodegraph.core.training.descent import Training
from nodegraph.core.training.matching import UnusedData
from nodegraph.core.training.readiness import why_not
from nodegraph.core.training.setup import Setup

Array = NDArray[np.float64]

MOST_MEASURED = 2_000_000
"""Numbers up to which the loss is measured once more where a training rests."""
MOST_ASKED_AHEAD = 5_000
"""Nodes up to which is asked ahead whether a graph can be trained; later the first step tells."""

LEFT_BEHIND = "The graph was edited, so the training ended; the values are those from before it."
MADE_WAY = "The graph was edited, so the training ended; what it had learnt was kept before that."
GUARDED = "Leave Predict first; a training would tell the answers."


class Trainer(QObject):
    """One training at a time. What it has learnt is *pending* until it is kept or restored.

    A run that goes through all its steps is kept by itself, and so is a single step, and a run that has come
    to rest; one that ends before waits for a word. An edit of the graph keeps what is pending, as an undo
    step of its own before the edit; undo takes it back.
    """

    changed = Signal()
    """The training has gone on, or is another."""
    state_changed = Signal()
    """It began, ended, or has something else pending."""
    refused = Signal(str)
    ended = Signal(str)
    """A run is over: how, as a sentence."""

    def __init__(self, player: Player, editing: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self.player, self.editing, self.document = player, editing, editing.document
        self.training: Training | None = None
        """The training, or the last one as long as its course is worth looking at."""
        self.steps = Run(self._show, self._finish, self)
        self.row: int | None = None
        """The row of the data (from 0) that the canvas shows; None: the inputs' own values."""
        self.is_guarded: Callable[[], bool] = lambda: False
        """Whether a learner predicts what training would show."""
        self.previewed: Mapping[str, float] | None = None
        """Values of inputs, by id, that are shown for now, such as those of a step long past."""
        self._goes_on = False
        """Whether the next step goes on from here: nobody has edited the graph since."""
        self._edits = EditsSince()
        self._kept = 0
        """Steps of this training that are in the document."""
        self._keeps = False
        """Whether this run is kept by itself once it is through."""
        self._loss: float | None = None
        self.is_batch_loss = False
        """Whether the loss is only that of the rows of the last step."""
        self._now: Array | None = None  # what is found at the values as they are, where it was looked for
        self._is_own = False
        self.edits_heard = 0  # of what is trained, made by others
        self._asked: tuple[str] | None = None
        editing.change_coming.connect(self._make_way)
        self.document.changed.connect(self._follow)
        self.document.replaced.connect(self._forget)

    # --- looking
    @property
    def is_running(self) -> bool:
        """Whether steps are being taken."""
        return self.steps.training is not None

    @property
    def setup(self) -> Setup:
        """How the document is trained."""
        return setup_of(self.document.graph)

    @property
    def loss(self) -> float | None:
        """The loss at the values as they are now, the mean over all rows; None while there is no training."""
        return self._loss

    @property
    def steps_done(self) -> int:
        """How many steps this training has taken."""
        return self.training.steps_done if self.training is not None else 0

    @property
    def goal(self) -> int:
        """How many steps it will have taken once this run is through."""
        return self.training.goal if self.training is not None else 0

    @property
    def pending(self) -> int:
        """Steps that are neither kept nor restored."""
        return self.steps_done - self._kept if self._goes_on else 0

    @property
    def is_live(self) -> bool:
        """Whether the canvas shows, or is about to show, what is not in the document."""
        return self.is_running or self.pending > 0

    @property
    def is_outdated(self) -> bool:
        """Whether the graph, its data or its values are others than the last step left them."""
        return self.training is not None and not self._goes_on and self._edits.are_any

    def curves(self) -> Curves:
        """Returns the loss and what is found beside it so far, with where it is now."""
        return Curves.of(self.training, None if self.is_running else self.loss, self._now)

    def course(self) -> Curve:
        """Returns steps and losses so far, with where it is now."""
        return self.curves().loss

    def found(self) -> Mapping[str, Curve]:
        """Returns steps and values of what is found beside the loss, by name."""
        return self.curves().found

    @property
    def stopped(self) -> str | None:
        """Why it cannot go on as it is, as a sentence: a divergence, or nothing changes any more."""
        return self.training.stopped if self.training is not None else None

    @property
    def why_not(self) -> str:
        """What keeps this graph from being trained, or ""."""
        if self.is_guarded():
            return GUARDED
        if self._asked is None:
            graph = self.document.graph
            few = len(graph) <= MOST_ASKED_AHEAD
            found = why_not(graph, self._columns(), bound_inputs(graph), self.setup) if few else None
            self._asked = (found or "",)
        return self._asked[0]

    def why_not_rows(self, setup: Setup) -> str | None:
        """Returns why a setup does not suit the table's rows; None where it does, or there is none yet."""
        return rows.why_not_for(setup, table_of(self.document.graph))

    def _columns(self) -> Columns:
        return Columns(table_of(self.document.graph))

    # --- what can be done
    def set_up(self, setup: Setup) -> None:
        """Train so from now on; the document keeps it."""
        self.editing.attempt(lambda: set_training(self.document.graph, setup))

    def step(self) -> None:
        """Take one step."""
        if not self.is_running:
            self._start(1)

    def run(self) -> None:
        """Take as many steps as are set up; while they are being taken, stop."""
        if self.is_running:
            self.stop()
        else:
            self._start(self.setup.steps)

    def stop(self) -> None:
        """Stop where it is; what was learnt waits to be kept or restored."""
        if self.is_running:
            self._end(f"Stopped after {self.steps.taken:,} of {self.steps.wanted:,} steps.")

    def keep(self) -> None:
        """Put what was learnt into the document, as one undo step."""
        if self.pending:
            self._keep()
            self.ended.emit("Kept as one undo step.")

    def _keep(self) -> bool:
        """Put what was learnt into the document; returns whether it differs."""
        self.steps.halt()
        steps = self.pending
        if self.training is None or not steps:
            return False
        name = "Train 1 step" if steps == 1 else f"Train {steps:,} steps"
        change = Change(name, self.training.change().patches)
        self._kept = self.steps_done
        self._is_own = True
        self.document.apply(change)
        self._is_own = False
        self._show_values()
        self._tell()
        return bool(change)

    # --- unsaved work
    def pending_work(self) -> str:
        """Returns what has been learnt and is neither kept nor restored, in words."""
        return "what the training has learnt" if self.pending else ""

    def pending_change(self) -> Change | None:
        """Returns the change that keeping it would make."""
        return self.training.change() if self.training is not None and self.pending else None

    def put_in(self) -> bool:
        """Keep what was learnt."""
        self.stop()
        self.keep()
        return not self.pending

    def restore(self) -> None:
        """Give what was learnt up, as undo does of what was kept: redo brings it back."""
        if self.is_live:
            self._measure()
            if self._keep():
                self.document.stack.undo()
            self._goes_on, self.previewed = False, None
            self._show_values()
            self._tell()
            self.ended.emit("Restored: the values are those from before.")

    def show_row(self, row: int | None) -> None:
        """Let the canvas show a row of the data (from 0), or the inputs' own values."""
        if row != self.row:
            self.row = row
            self._show_values()
            self.changed.emit()

    def preview(self, values: Mapping[str, float] | None) -> None:
        """Show these values of inputs, by id, until the graph is edited or trained; None: no longer."""
        self.previewed = None if self.is_running or self.is_guarded() else values
        self._show_values()
        self.changed.emit()

    # --- a run
    def _start(self, steps: int) -> None:
        if self.why_not:
            self.refused.emit(self.why_not)
            return
        self._keeps = not self.pending
        try:
            training = self._prepared(self.setup, steps)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return
        self.previewed = None
        self.player.pause()
        if self.player.mode != "reverse" or self.player.left:
            self.player.set_mode("reverse")
        self.player.seek(self.player.end)
        self.steps.begin(training)
        self._tell()
        self.steps.take_steps()

    def _prepared(self, setup: Setup, steps: int) -> Training:
        """Returns the training, about to take so many steps; a single one goes on with the schedule."""
        if self._goes_on and self.training is not None:
            self.training.go_on(setup, same_run=steps == 1)
        else:
            graph = self.document.graph
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UnusedData)  # the page tells of it
                self.training = Training(graph, setup, self._columns(), bound_inputs(graph))
            self._goes_on, self._kept, self._loss, self._now = True, 0, None, None
        self._edits.begin()
        self.training.goal = self.training.steps_done + steps
        return self.training

    def _show(self) -> None:
        assert self.training is not None
        if self.training.last is not None:
            self._loss, self._now = self.training.last.loss, None
            self.is_batch_loss = self.training.division.steps_in_epoch > 1
        self._show_values()
        self.changed.emit()

    def _finish(self) -> None:
        """The last step was taken, or none can follow."""
        taken = self.steps.wanted
        self._end(self.stopped or f"Trained {taken:,} step{'' if taken == 1 else 's'}.")

    def _end(self, sentence: str) -> None:
        """The run is over; tell how, and keep it where it is through."""
        self.steps.halt()
        self._measure()
        if self._keeps and self.training is not None and is_through(self.training):
            self._keep()
        else:
            self._show_values()
            self._tell()
        self.ended.emit(sentence)

    def _measure(self) -> None:
        """The loss at the values as they are now, not only at those before the last step."""
        training, self._now = self.training, None
        if training is None or not training.steps_done:
            self._loss = training.last.loss if training is not None and training.last is not None else None
        elif training.loss_cost <= MOST_MEASURED:
            self._loss, self._now, self.is_batch_loss = training.loss(), training.found(), False
        elif training.last is not None:
            self._loss = training.last.loss

    def _tell(self) -> None:
        self.state_changed.emit()
        self.changed.emit()

    # --- on the canvas
    def _show_values(self) -> None:
        """Show the row's values and those learnt in place of the document's own."""
        values: dict[str, float] = {}
        if self.row is not None:
            values |= row_values(self.document.graph, self.row)
        if self.previewed is not None:
            values |= self.previewed
        elif self.training is not None and self.pending:
            values |= self.training.values()
        self._hand_over(values)

    def _hand_over(self, values: Mapping[str, float]) -> None:
        if values != self.player.values:
            self.player.set_values(values)

    # --- following the document
    def _make_way(self, change: Change) -> None:
        """Before an edit, commit the learnt values as an undo step of their own."""
        if self.is_live and affects_trace(change):
            self._measure()
            self._keep()
            self.ended.emit(MADE_WAY)

    def _follow(self, change: Change) -> None:
        self._asked = None
        if self._is_own:
            return
        if any(patch.key == TRAINING for patch in change.of("property")):
            self._take_setup()
        if affects_trace(change):
            self.edits_heard += 1
            was_pending = bool(self.pending)
            self._edits.leave() if was_pending else self._edits.add(change)
            self._goes_on, self.previewed = False, None
            self.steps.halt()
            self._forget_row(change)
            self._show_values()
            self._tell()
            if was_pending:
                self.ended.emit(LEFT_BEHIND)
        else:
            self.changed.emit()

    def _forget_row(self, change: Change) -> None:
        """Who sets the value of an input wants to see it, not the row's."""
        graph = self.document.graph
        table = table_of(graph)
        is_there = self.row is not None and table is not None and self.row < table.rows
        hidden = row_values(graph, self.row) if is_there else {}
        if not hidden or any(
            patch.kind == "node"
            and patch.key in hidden
            and patch.before is not None
            and patch.before.value != patch.after.value
            for patch in change.beyond_places
        ):
            self.row = None

    def _take_setup(self) -> None:
        """Another setup, in the middle of a run: the steps that are left are taken by it."""
        if self.training is None or not self.is_running:
            return
        if self.setup.why_not():
            self.stop()
            return
        self.steps.go_on_with(self.setup)

    def _forget(self) -> None:
        """Another document is open."""
        self.steps.halt()
        self.training, self.row, self._loss, self._now, self._asked = None, None, None, None, None
        self._goes_on, self._kept, self.previewed = False, 0, None
        self._tell()
