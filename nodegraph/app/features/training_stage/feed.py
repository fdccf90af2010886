"""The feed of the stage: lets another thread make a portrait of the training at the values that the canvas
shows, at most once a frame; of what is asked for meanwhile only the newest counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from nodegraph.app.features.training_stage.course import Course
from nodegraph.app.features.training_stage.portrait import (
    Known,
    Portrait,
    Rival,
    Sketch,
    axes_of,
    learn,
    portray,
    sketched,
)
from nodegraph.app.platform import lazy_plotting
from nodegraph.app.platform.background_tasks import Latest
from nodegraph.app.playback.player import Player, affects_trace
from nodegraph.core.graph.changes import Change
from nodegraph.core.stage.boundary import Subject
from nodegraph.core.training.answers import Snapshot
from nodegraph.core.training.bindings import bound_columns

Array = NDArray[np.float64]

FRAME_MS = 40
"""How often a portrait is asked for at most."""
MOST_NODES = 50_000
"""Nodes of a graph up to which it is drawn."""


@dataclass(frozen=True, eq=False)
class Order:
    """What a portrait is asked for; `known` and `sketch` are None where they are to be found out."""

    graph: Snapshot
    columns: Mapping[str, Array]
    axes: tuple[str, ...]
    answer: int
    known: Known | None
    sketch: Sketch | None
    values: Mapping[str, float]
    spreads: bool
    rival: Rival | None


def carry_out(order: Order) -> tuple[Known, Portrait]:
    """Returns the portrait, with what was known or has been found out."""
    known = order.known or learn(order.graph, order.columns)
    sketch = order.sketch or sketched(known, order.axes, order.answer)
    return known, portray(known, sketch, order.values, spreads=order.spreads, rival=order.rival)


class Feed(QObject):
    """Portraits of one document, as long as somebody looks at them."""

    shown = Signal(object)
    """The newest Portrait."""
    subject_changed = Signal()
    """What can be drawn is another, or is to be drawn otherwise."""

    def __init__(self, course: Course, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self.course, self.player, self.document = course, player, player.document
        self.portrait: Portrait | None = None
        self.wants_spreads = False
        """Whether somebody looks at the histograms."""
        self.rival: Callable[[], Rival | None] = lambda: None
        """What the values are compared with."""
        self._viewers: set[object] = set()
        self._known: Known | None = None
        self._sketch: Sketch | None = None
        self._subject: Subject | None = None
        self._is_edited = True
        """Whether the graph is another than the one that is known."""
        self._axes: tuple[str, ...] = ()
        self._answer = 0
        self._is_due = self._is_busy = self._is_waiting = False
        self._latest = Latest(self)
        self._clock = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._clock.timeout.connect(self._begin)
        course.changed.connect(self.refresh)
        self.document.changed.connect(self._follow)
        self.document.replaced.connect(self._start_over)

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
    def is_known(self) -> bool:
        """Whether it is known what can be drawn of the graph."""
        return self._known is not None or self._subject is not None

    @property
    def subject(self) -> Subject | None:
        """What can be drawn of the graph; None where nothing takes data, or it is not known yet."""
        return self._subject

    @property
    def axes(self) -> tuple[str, ...]:
        """The features over which it is drawn, by id: two, or one."""
        return axes_of(self._subject, self._axes) if self._subject is not None else ()

    @property
    def answer(self) -> int:
        """The place of the answer that is drawn, where they are numbers."""
        return self._answer if self._subject is not None and self._answer < len(self._subject.answers) else 0

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

    def learn_now(self) -> Subject | None:
        """Returns what can be drawn of the graph as it stands, at once."""
        if (self._known is None or self._is_edited) and not self.is_too_large:
            order = self._order()
            self._take_known(learn(order.graph, order.columns))
        return self._subject

    # --- making it
    def values(self) -> Mapping[str, float]:
        """Returns the values that the canvas shows in place of the document's own, of inputs that learn."""
        course = self.course
        if course.previewed is not None:
            return course.previewed
        return course.training.values() if course.training is not None and course.is_live else {}

    def refresh(self, *_news: object) -> None:
        """Ask for the portrait as it is now; it comes within a few frames."""
        self._is_due = bool(self._viewers) and not self.is_too_large
        if self._is_due and not lazy_plotting.is_ready():
            self._await_library()  # the thread would import it, beside the window's: see `names_of_types`
        elif self._is_due and not self._is_busy and not self._clock.isActive():
            self._clock.start()

    def _await_library(self) -> None:
        if not self._is_waiting:
            self._is_waiting = True
            lazy_plotting.when_ready(self, self.refresh)

    def _order(self) -> Order:
        trace, graph = self.player.trace, self.document.graph
        known = None if self._is_edited else self._known
        return Order(
            Snapshot(trace.plan, trace.nodes, trace.output),
            {i: numbers for i, numbers in bound_columns(graph).items() if i in graph},
            self._axes,
            self._answer,
            known,
            self._sketch if known is not None else None,
            dict(self.values()),
            self.wants_spreads,
            self.rival(),
        )

    def _begin(self) -> None:
        self._is_due, self._is_busy = False, True
        order = self._order()
        self._is_edited = False
        self._latest.begin(partial(carry_out, order), partial(self._take, order))

    def _take(self, order: Order, made: tuple[Known, Portrait]) -> None:
        self._is_busy = False
        known, portrait = made
        is_new = order.known is None and not self._is_edited
        if is_new:
            self._take_known(known)
        if (order.axes, order.answer) == (self._axes, self._answer) and not self._is_edited:
            self._sketch = portrait.sketch
        self.portrait = portrait
        self.shown.emit(portrait)
        if self._is_due:
            self._clock.start()

    def _take_known(self, known: Known) -> None:
        self._known, self._subject, self._sketch = known, known.subject, None
        self._is_edited = False
        self.subject_changed.emit()

    # --- following
    def _follow(self, change: Change) -> None:
        if affects_trace(change):
            self._is_edited = True
            self.refresh()

    def _start_over(self) -> None:
        self._axes, self._answer = (), 0
        self._known, self._subject, self._sketch, self.portrait = None, None, None, None
        self._is_edited = True
        self.subject_changed.emit()
        self.refresh()
