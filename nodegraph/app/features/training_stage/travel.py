"""Time travel: the runs of the open document, which of their steps is shown, and what may be done from there.
Shows a step without touching the document; taking its values is one undo step. Paints nothing.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from nodegraph.app.document.editor import Editor
from nodegraph.app.features.training_stage.course import Course
from nodegraph.app.features.training_stage.portrait import Rival
from nodegraph.app.playback.player import affects_trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.stage.trail import Run, Runs, Trail
from nodegraph.core.training.descent import Training

NO_RUN = "Run the training first; its steps are kept, and you can go back to any of them."
RUNNING = "A run is on its way; stop it first, or wait."
NOT_BACK = "Go back to an earlier step first, with the slider on the stage."


class TimeTravel(QObject):
    """Where in which run one is."""

    changed = Signal()
    """Another step is shown, a run has gone on, or another is compared."""
    told = Signal(str)
    """What was done, as a sentence."""

    def __init__(self, course: Course, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self.course, self.editor = course, editor
        self.runs = Runs()
        self.place: int | None = None
        """The place in the trail that is shown; None: the newest values, or the document's own."""
        self._training: Training | None = None
        self._recorded = -1
        self._begun_at = 0
        self._number: int | None = None
        self._held: int | None = None
        """The run to which the values in the document belong, where it is not the newest."""
        self._compared: int | None = None
        self._learnt: frozenset[str] = frozenset()
        """What the newest run learns, by id."""
        self._outdated = 0
        """The newest run from before the last edit of more than what it learns."""
        editor.document.changed.connect(self._heed)
        course.changed.connect(self._follow)
        editor.document.replaced.connect(self._forget)

    # --- looking
    @property
    def run(self) -> Run | None:
        """The run whose steps are gone through: the one that was chosen, or the newest to which the values in
        the document belong, or the newest.
        """
        wanted = self._held if self._number is None else self._number
        found = self.runs.get(wanted) if wanted is not None else None
        return found or (self.runs.kept[-1] if self.runs.kept else None)

    @property
    def compared(self) -> Run | None:
        """The run whose loss and boundary are drawn beside it."""
        found = self.runs.get(self._compared) if self._compared is not None else None
        return found if found is not self.run else None

    @property
    def rival(self) -> Rival | None:
        """What is compared with the values that are shown: those of the other run after as many steps, or
        those that it came to where none is shown that is past.
        """
        if self.compared is None:
            return None
        trail, place = self.compared.trail, self.compared.trail.now
        if self.step is not None and self.trail is not None:
            step = self.step + self.trail.begun_at - trail.begun_at
            place = max(0, int(np.searchsorted(trail.steps, step, side="right")) - 1)
        steps = int(trail.steps[place]) + trail.begun_at
        title = f"{self.compared.title} after {steps:,} step{'' if steps == 1 else 's'}"
        return Rival(title, trail.values(place))

    @property
    def trail(self) -> Trail | None:
        """The steps of the run."""
        return self.run.trail if self.run is not None else None

    @property
    def step(self) -> int | None:
        """The step that is shown; None: none that is past."""
        trail = self.trail
        return int(trail.steps[self.place]) if trail is not None and self.place is not None else None

    @property
    def standing(self) -> int | None:
        """The place in the trail of the values that are shown, be they only those of the document; None
        where they are those of no kept step.
        """
        trail = self.trail
        if trail is None or self.place is not None:
            return self.place
        is_newest = self.run is self.runs.kept[-1]
        return trail.now if is_newest and self.course.is_live else trail.place_of(self.editor.graph)

    def graph_shown(self) -> Graph:
        """Returns the graph with the values that are shown: the document's, or where an earlier step is shown
        a copy with its values.
        """
        graph, trail, place = self.editor.graph, self.trail, self.place
        if trail is None or place is None:
            return graph
        try:
            change = trail.change(graph, place)
        except Refused:
            return graph
        shown = graph.copy()
        shown.apply(change)
        return shown

    @property
    def is_outdated(self) -> bool:
        """Whether the graph or its data have been edited since the run; what it learnt may have been."""
        return self.run is not None and self.run.number <= self._outdated

    @property
    def why_not(self) -> str:
        """What keeps one from going through the steps now, or ""."""
        if self.course.is_running:
            return RUNNING
        return "" if self.runs.kept else NO_RUN

    def why_not_take(self) -> str:
        """What keeps one from taking the values that are shown, or ""."""
        return self.why_not or ("" if self.place is not None else NOT_BACK)

    # --- going
    def go(self, place: int) -> None:
        """Show the values of a kept step, by its place in the trail; the newest of the newest run is now."""
        trail = self.trail
        if self.why_not or trail is None:
            return
        place = max(0, min(place, len(trail) - 1))
        self.place = None
        is_now = place == self.standing
        self.place = None if is_now else place
        self.course.preview(None if is_now else trail.values(place))
        self.changed.emit()

    def go_by(self, count: int) -> None:
        """Go so many kept steps on, or (below 0) back."""
        trail = self.trail
        if trail is not None:
            at = self.standing
            self.go((trail.now if at is None else at) + count)

    def come_back(self) -> None:
        """Show the newest values, or the document's own, again."""
        if self.place is not None:
            self.place = None
            self.course.preview(None)
            self.changed.emit()

    def choose(self, number: int) -> None:
        """Go through the steps of this run from now on, beginning at the values it came to."""
        run = self.runs.get(number)
        if run is None or run is self.run:
            return
        self.come_back()
        self._number = number
        self.go(run.trail.now)

    def compare(self, number: int | None) -> None:
        """Draw the loss and the boundary of this run, too; None: of no other."""
        self._compared = number
        self.changed.emit()

    def take(self) -> bool:
        """Put the values that are shown into the document, as one undo step. Returns whether it was done."""
        trail, place = self.trail, self.place
        if self.why_not_take() or trail is None or place is None:
            return False
        change = self.editor.attempt(lambda: trail.change(self.editor.graph, place))
        self.come_back()
        if change is not None:
            self.told.emit(
                f"The values of step {trail.steps[place]:,} are in the document; undo takes them back."
            )
        return change is not None

    def go_on(self) -> None:
        """Train on from the step that is shown, by the settings as they are now: a run of its own."""
        trail, place = self.trail, self.place
        if self.why_not_take() or trail is None or place is None:
            return
        begun_at = trail.begun_at + int(trail.steps[place])
        if self._is_in_document(trail, place):
            self.come_back()
        elif not self.take():
            return
        self._begun_at = begun_at
        self.course.run()

    def _is_in_document(self, trail: Trail, place: int) -> bool:
        graph, values = self.editor.graph, trail.values(place)
        return all(i in graph and graph.node(i).value == value for i, value in values.items())

    # --- following
    def _heed(self, change: Change) -> None:
        """Losses of a run are true as long as nothing but what it learnt has changed since."""
        if not self.runs.kept or not affects_trace(change):
            return
        before = self._held, self._outdated
        self._find_held()
        if not all(patch.key in self._learnt and patch.is_place_or_value for patch in change.patches):
            self._outdated = self.runs.kept[-1].number
        if (self._held, self._outdated) != before:
            self.changed.emit()

    def _find_held(self) -> None:
        graph = self.editor.graph
        holds = (run.number for run in reversed(self.runs.kept) if run.trail.place_of(graph) is not None)
        self._held = next(holds, None)

    def _follow(self) -> None:
        course, training = self.course, self.course.training
        if self.place is not None and course.previewed is None:
            self.place = None
        if training is not None and training is not self._training and training.steps_done:
            self._training, self._recorded = training, -1
            self.runs.add(self._record(training, self._begun_at))
            self._number, self._held, self._begun_at = None, None, 0
            self._learnt = frozenset(training.ids)
        elif self._has_gone_on():
            assert training is not None
            self.runs.renew(self._record(training, self.runs.kept[-1].trail.begun_at))
        self.changed.emit()

    def _has_gone_on(self) -> bool:
        """Whether the newest run rests at a step that is not in its trail."""
        training = self.course.training
        is_known = training is not None and training is self._training
        return is_known and not self.course.is_running and self.course.steps_done != self._recorded

    def _record(self, training: Training, begun_at: int) -> Trail:
        self._recorded = training.steps_done if not self.course.is_running else -1
        curves = self.course.found().items()
        now = {
            name: float(it[-1])
            for name, (steps, it) in curves
            if len(it) and steps[-1] == training.steps_done
        }
        return Trail.of(training, self.course.loss, now, begun_at)

    def _forget(self) -> None:
        self.runs.clear()
        self.place, self._training, self._number, self._compared = None, None, None, None
        self._held = None
        self._recorded, self._begun_at, self._outdated = -1, 0, 0
        self.changed.emit()
