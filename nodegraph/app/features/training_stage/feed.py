"""The feed of the stage: lets another thread make a portrait of the training at the values that the canvas
shows, at most once a frame; of what is asked for meanwhile only the newest counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from nodegraph.app.document.document import Document
from nodegraph.app.features.training_stage.course import Course
from nodegraph.app.features.training_stage.portrait import Portrait, Sketch, portray
from nodegraph.app.platform.background_tasks import Latest
from nodegraph.app.playback.player import affects_trace
from nodegraph.core.graph.changes import Change
from nodegraph.core.stage.boundary import Answer, Grid, Subject, subject_of
from nodegraph.core.stage.gradients import Gradients
from nodegraph.core.stage.layers import Layer, layers_of
from nodegraph.core.training.bindings import bound_columns

Array = NDArray[np.float64]

FRAME_MS = 40
"""How often a portrait is asked for at most."""
MOST_NODES = 20_000
"""Nodes of a graph up to which it is drawn: what it is made of is looked at in the window's thread."""


class Feed(QObject):
    """Portraits of one document, as long as somebody looks at them."""

    shown = Signal(object)
    """The newest Portrait."""
    subject_changed = Signal()
    """What can be drawn is another, or may be drawn otherwise."""

    def __init__(self, course: Course, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self.course, self.document = course, document
        self.portrait: Portrait | None = None
        self.wants_spreads = False
        """Whether somebody looks at the histograms."""
        self._viewers: set[object] = set()
        self._is_known = False
        self._subject: Subject | None = None
        self._gradients: Gradients | None = None
        self._layers: tuple[Layer, ...] = ()
        self._axes: tuple[str, ...] = ()
        self._answer = 0
        self._sketch: Sketch | None = None
        self._is_due = self._is_busy = False
        self._latest = Latest(self)
        self._clock = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._clock.timeout.connect(self._begin)
        course.changed.connect(self.refresh)
        document.changed.connect(self._follow)
        document.replaced.connect(self._start_over)

    # --- who looks
    def look(self, viewer: object, looks: bool) -> None:
        """Somebody begins to look at the portraits, or no longer does."""
        (self._viewers.add if looks else self._viewers.discard)(viewer)
        if looks:
            self.refresh()

    # --- what is drawn
    @property
    def is_too_large(self) -> bool:
        """Whether the graph has more nodes than are drawn."""
        return len(self.document.graph) > MOST_NODES

    @property
    def subject(self) -> Subject | None:
        """What can be drawn of the graph; None where nothing takes data."""
        if not self._is_known:
            self._is_known = True
            self._learn()
        return self._subject

    @property
    def axes(self) -> tuple[str, ...]:
        """The features over which it is drawn, by id: two, or one."""
        subject = self.subject
        features = subject.features if subject is not None else ()
        chosen = tuple(axis for axis in self._axes if axis in features)
        return chosen or features[:2]

    @property
    def answer(self) -> int:
        """The place of the answer that is drawn, where they are numbers."""
        subject = self.subject
        return self._answer if subject is not None and self._answer < len(subject.answers) else 0

    def set_axes(self, axes: tuple[str, ...]) -> None:
        """Draw over these features: one, or two that differ."""
        self._axes, self._sketch = axes, None
        self.subject_changed.emit()
        self.refresh()

    def set_answer(self, place: int) -> None:
        """Draw this answer."""
        self._answer, self._sketch = place, None
        self.subject_changed.emit()
        self.refresh()

    def _learn(self) -> None:
        graph = self.document.graph
        self._sketch = self._subject = self._gradients = None
        self._layers = ()
        if self.is_too_large:
            return
        columns = {i: numbers for i, numbers in bound_columns(graph).items() if i in graph}
        self._subject = subject_of(graph, columns)
        if not self.course.why_not and graph.output is not None:
            self._gradients = Gradients(graph, columns)
            features = self._subject.features if self._subject is not None else ()
            plan = self._gradients.plan
            self._layers = layers_of(plan, self._gradients.ids, features)

    def _sketched(self) -> Sketch | None:
        subject = self.subject
        if subject is None or not subject.columns or not self.axes:
            return None
        if self._sketch is None:
            answers: tuple[Answer, ...] = subject.answers
            if subject.kind != "classes":
                answers = (answers[self.answer],)
            self._sketch = Sketch(subject, Grid(subject, self.axes, answers=answers), self.axes, answers)
        return self._sketch

    # --- making it
    def values(self) -> Mapping[str, float]:
        """Returns the values that the canvas shows in place of the document's own, of inputs that learn."""
        course = self.course
        if course.previewed is not None:
            return course.previewed
        return course.training.values() if course.training is not None and course.is_live else {}

    def refresh(self, *_news: object) -> None:
        """Ask for the portrait as it is now; it comes within a few frames."""
        self._is_due = bool(self._viewers)
        if self._is_due and not self._is_busy and not self._clock.isActive():
            self._clock.start()

    def _begin(self) -> None:
        self._is_due = False
        sketch = self._sketched()
        gradients = self._gradients if self.wants_spreads else None
        self._is_busy = True
        self._latest.begin(partial(portray, sketch, dict(self.values()), gradients, self._layers), self._take)

    def _take(self, portrait: Portrait) -> None:
        self._is_busy = False
        self.portrait = portrait
        self.shown.emit(portrait)
        if self._is_due:
            self._clock.start()

    # --- following
    def _follow(self, change: Change) -> None:
        if affects_trace(change):
            self._forget()

    def _start_over(self) -> None:
        self._axes, self._answer = (), 0
        self._forget()

    def _forget(self) -> None:
        self._is_known = False
        self._sketch = self._subject = self._gradients = None
        self.subject_changed.emit()
        self.refresh()
