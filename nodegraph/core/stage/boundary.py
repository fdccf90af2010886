"""The decision boundary: which inputs are features and which are targets, which nodes answer, and the answers
over a grid of one or two features, from one batched pass. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch
from nodegraph.core.engine.plan import Plan
from nodegraph.core.training.answers import Answer, Flows, Snapshot, level_of

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

SIDE = 100
"""Places along each side of the grid."""
BESIDE = 0.12
"""How far the grid reaches beyond the data, as a share of their width."""
MOST_ANSWERS = 12
"""Answers that are looked at."""
HALVINGS = 16
"""How often a cell is halved in which a curve may leap, to see whether it does."""
Kind = Literal["number", "two classes", "classes"]


@dataclass(frozen=True, eq=False)
class Subject:
    """What of a graph can be drawn over its features. `columns` hold the data by the id of their input, each
    of shape (rows,); `classes` is the class of each row, from 0, where there are some.
    """

    plan: Plan
    kind: Kind
    features: tuple[str, ...]
    answers: tuple[Answer, ...]
    columns: Mapping[str, Array]
    leaves: Array
    classes: NDArray[np.intp] | None
    class_values: tuple[float, ...]
    """The value of the target that stands for each class, or its place where each has a target."""

    @property
    def rows(self) -> int:
        """How many points there are."""
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def targets(self, answer: Answer) -> Array | None:
        """Returns what an answer should have been, by row; None where no column holds it."""
        return self.columns.get(answer.target) if answer.target is not None else None

    def data(self, feature: str) -> Array:
        """Returns what a feature is in each row; one without a column is the same in all."""
        return self.columns.get(feature, np.repeat(self._own(feature), self.rows))

    def span(self, feature: str) -> tuple[float, float]:
        """Returns from where to where the grid goes along a feature: somewhat beyond its data."""
        return span_of(self.columns.get(feature, self._own(feature)))

    def limits(self, answer: Answer) -> tuple[float, float]:
        """Returns between which answers colours differ: those of the targets, the same at every step."""
        targets = self.targets(answer)
        low, high = (float(targets.min()), float(targets.max())) if targets is not None else (-1.0, 1.0)
        if answer.level is not None:
            reach = max(abs(low - answer.level), abs(high - answer.level)) or 1.0
            return answer.level - reach, answer.level + reach
        return (low, high) if low < high else (low - 1.0, high + 1.0)

    def _own(self, node_id: str) -> Array:
        return self.leaves[[self.plan.number[node_id]]]


def span_of(numbers: Array) -> tuple[float, float]:
    """Returns from where to where these numbers go, and somewhat beyond.

    >>> span_of(np.array([0.0, 1.0]))
    (-0.12, 1.12)
    """
    low, high = float(numbers.min()), float(numbers.max())
    beside = BESIDE * (high - low) or max(1.0, abs(low))
    return low - beside, high + beside


# --- which nodes are what
def subject_of(graph: Snapshot, columns: Mapping[str, Array]) -> Subject | None:
    """Returns what can be drawn of a graph whose inputs take these columns, by id; None where no data reach
    anything that is trained. Which inputs are features and which are targets, `training.answers` says.
    """
    plan = graph.plan
    if graph.output is None or not graph.is_computed:
        return None
    flows = Flows.of(graph, columns)
    features, targets = flows.features_and_targets()
    if not features:
        return None
    met = {target: flows.answer_of(target) for target in targets[:MOST_ANSWERS]}
    kept = {i: np.asarray(columns[i], dtype=np.float64) for i in (*features, *targets) if i in columns}
    nodes = {target: node for target, node in met.items() if node is not None}
    is_whole = len(nodes) == len(targets) and all(target in kept for target in nodes)
    classes, values = _classes([kept[target] for target in nodes] if is_whole else [])
    kind: Kind = "number" if classes is None else "two classes" if len(nodes) == 1 else "classes"
    answers = tuple(
        Answer(
            plan.ids[node], target, level_of(flows, target, node, values) if kind == "two classes" else None
        )
        for target, node in nodes.items()
    )
    if not answers:
        answers = (Answer(graph.output, None, None),)
    return Subject(plan, kind, tuple(features), answers, kept, graph.leaves(), classes, values)


def _classes(targets: Sequence[Array]) -> tuple[NDArray[np.intp] | None, tuple[float, ...]]:
    """The class of each row, and what stands for each class: two values of one target, or the one target of
    several that is largest. None where the targets are numbers.
    """
    if len(targets) == 1:
        values = np.unique(targets[0])
        if len(values) != 2:
            return None, ()
        return np.searchsorted(values, targets[0]), tuple(values.tolist())
    if not targets:
        return None, ()
    table = np.array(targets)
    if len(np.unique(table)) != 2 or ((table == table.max()).sum(axis=0) != 1).any():
        return None, ()
    return table.argmax(axis=0), tuple(float(place) for place in range(len(targets)))


# --- the answers over a grid
@dataclass(frozen=True, eq=False)
class Field:
    """Answers over a grid of places in the middle of cells. `values` has the shape (answers, places) or, of
    two axes, (answers, places along the first, along the second); `spans` say from where to where. `breaks`
    say of one axis, in the shape (answers, places - 1), behind which places an answer leaps, as at a pole.
    """

    values: Array
    spans: tuple[tuple[float, float], ...]
    breaks: Flags | None = None

    @property
    def winners(self) -> NDArray[np.intp]:
        """Which answer is largest at each place; the first where none is a number."""
        found: NDArray[np.intp] = np.where(np.isnan(self.values), -np.inf, self.values).argmax(axis=0)
        return found

    def leads(self) -> Array:
        """By how much each answer is above the largest other one, of the shape of the values: 0 where two
        classes meet.
        """
        with np.errstate(invalid="ignore"):
            others = [np.delete(self.values, place, axis=0).max(axis=0) for place in range(len(self.values))]
            return np.array(self.values - np.array(others))


class Grid:
    """Places over one or two features of a subject; others are held at the mean of their data or, without, at
    their own value, and those in `held` at what it says.
    """

    def __init__(
        self,
        subject: Subject,
        axes: Sequence[str],
        held: Mapping[str, float] | None = None,
        answers: Sequence[Answer] | None = None,
        side: int = SIDE,
    ) -> None:
        if not 1 <= len(axes) <= 2 or len(set(axes)) < len(axes):
            raise ValueError("a grid has one axis, or two that differ")
        self.subject, self.axes, self.side = subject, tuple(axes), side
        self.spans = tuple(map(subject.span, axes))
        lines = [middles(*span, side) for span in self.spans]
        self.data = np.array([line.ravel() for line in np.meshgrid(*lines, indexing="ij")])
        self.leaves = subject.leaves.copy()
        for node_id, numbers in subject.columns.items():
            self.leaves[subject.plan.number[node_id]] = numbers.mean()
        for node_id, value in (held or {}).items():
            self.leaves[subject.plan.number[node_id]] = value
        bound = [subject.plan.number[axis] for axis in axes]
        self._batches = [
            Batch(subject.plan, subject.plan.number[answer.node], [], bound)
            for answer in (subject.answers if answers is None else answers)
        ]

    def field(self, values: Mapping[str, float]) -> Field:
        """Returns the answers over the grid with these values of parameters, by id."""
        leaves, number = self.leaves.copy(), self.subject.plan.number
        for node_id, value in values.items():
            if number.get(node_id, len(leaves)) < len(leaves):
                leaves[number[node_id]] = value
        found = [_outputs(batch, leaves, self.data) for batch in self._batches]
        if len(self.axes) == 1:
            breaks = [
                _breaks(partial(_outputs, batch, leaves), self.data[0], heights)
                for batch, heights in zip(self._batches, found, strict=True)
            ]
            return Field(np.array(found), self.spans, np.array(breaks))
        return Field(np.array(found).reshape(-1, self.side, self.side), self.spans)


def _outputs(batch: Batch, leaves: Array, places: Array) -> Array:
    """The answers at these places, of shape (axes, places)."""
    return np.concatenate([part.outputs for part in batch.parts(leaves, places, slopes=False)])


def _breaks(height_at: Callable[[Array], Array], places: Array, heights: Array) -> Flags:
    """Returns behind which places a curve leaps: against the way it goes before and behind, and from as near
    as it is looked at. A pole is such a place.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        ways = np.sign(np.diff(heights))
        before, behind = np.append(-ways[0], ways[:-1]), np.append(ways[1:], -ways[-1])
        found: Flags = (ways != 0) & (before == -ways) & (behind == -ways)
    cells = np.flatnonzero(found)
    if not len(cells):
        return found
    left, right = places[cells], places[cells + 1]
    low, high = heights[cells], heights[cells + 1]
    with np.errstate(invalid="ignore", over="ignore"):
        first = np.abs(high - low)
        for _ in range(HALVINGS):
            middle = left / 2 + right / 2
            height = height_at(middle[None, :])
            is_left = ~(np.abs(height - low) < np.abs(high - height))
            right, high = np.where(is_left, middle, right), np.where(is_left, height, high)
            left, low = np.where(is_left, left, middle), np.where(is_left, low, height)
        found[cells] = ~(np.abs(high - low) < first / 2)
    return found


def middles(low: float, high: float, count: int) -> Array:
    """Returns the middles of so many cells between two ends.

    >>> middles(0.0, 1.0, 2).tolist()
    [0.25, 0.75]
    """
    edges = np.linspace(low, high, count + 1)
    return edges[:-1] / 2 + edges[1:] / 2
