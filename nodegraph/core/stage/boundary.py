"""The decision boundary: which inputs are features and which are targets, which nodes answer, and the answers
over a grid of one or two features, from one batched pass. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch
from nodegraph.core.engine.plan import Plan, plan_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.training.matching import is_target_name

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

SIDE = 100
"""Places along each side of the grid."""
BESIDE = 0.12
"""How far the grid reaches beyond the data, as a share of their width."""
COMPARING, LOGISTIC = "subtract", "sigmoid"
MOST_ANSWERS, MOST_UP = 12, 32
"""Answers that are looked at, and nodes up to which they are looked for."""
Kind = Literal["number", "two classes", "classes"]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A graph as it stood: its plan, its nodes by id and its output, for who looks while it may be edited."""

    plan: Plan
    nodes: Mapping[str, Node]
    output: str | None

    @classmethod
    def of(cls, graph: Graph) -> Snapshot:
        """Returns a graph as it stands."""
        return cls(plan_of(graph), {node.id: node for node in graph.nodes()}, graph.output)

    @property
    def is_computed(self) -> bool:
        """Whether it has an output that can be computed."""
        return self.output is not None and self.output in self.plan.number

    def leaves(self) -> Array:
        """Returns the values of the plan's leaves, of shape (plan.leaves,)."""
        ids = self.plan.ids[: self.plan.leaves]
        return np.array([self.nodes[node_id].value for node_id in ids], dtype=np.float64)


@dataclass(frozen=True)
class Answer:
    """A node that answers, and the input that holds what it should have answered, both by id.

    `level` is where two classes meet; None where it is a number that is learnt.
    """

    node: str
    target: str | None
    level: float | None


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
    anything that is trained.

    An input of data is a *target* where it meets nothing but what already depends on data and on parameters;
    one that meets a parameter is a *feature*. What a target meets is its answer: through functions of it
    alone, such as the two softplus of a cross-entropy, back to the node that they have in common.
    """
    plan = graph.plan
    if graph.output is None or not graph.is_computed:
        return None
    flows = _Flows.of(graph, columns)
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
        Answer(plan.ids[node], target, _level(flows, target, node, values) if kind == "two classes" else None)
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


def _level(flows: _Flows, target: str, node: int, values: tuple[float, ...]) -> float:
    """Where two classes meet: half way between their values, where the answer is compared with them or is a
    probability; else at 0, as for a margin or a logit.
    """
    if flows.ops[node] == LOGISTIC or flows.is_compared(target):
        return (values[0] + values[1]) / 2
    return 0.0


@dataclass(frozen=True, eq=False)
class _Flows:
    """Along which edges data and parameters flow, by number; `ops` are the nodes' operations."""

    plan: Plan
    nodes: Mapping[str, Node]
    data: tuple[str, ...]
    ops: Sequence[str]
    trained: Flags
    fed: Flags

    @classmethod
    def of(cls, graph: Snapshot, columns: Mapping[str, Array]) -> _Flows:
        plan = graph.plan
        nodes = [graph.nodes[node_id] for node_id in plan.ids]
        inputs = [n for n in nodes[: plan.leaves] if n.op == "input"]
        data = tuple(n.id for n in inputs if n.id in columns or not n.learns)
        learnt = [plan.number[n.id] for n in inputs if n.id not in data]
        trained = plan.reached_from(np.array(learnt, dtype=np.intp))
        fed = plan.reached_from(np.array([plan.number[i] for i in data], dtype=np.intp))
        return cls(plan, graph.nodes, data, [node.op for node in nodes], trained, fed)

    def features_and_targets(self) -> tuple[list[str], list[str]]:
        """Returns the inputs of data, by id, in the order of making; those that meet nothing are neither."""
        meets_parameter = self._leading_to(self._receives(self.trained & ~self.fed))
        meets_any = self._leading_to(self._receives(self.trained))
        features: list[str] = []
        targets: list[str] = []
        for node_id in sorted(self.data, key=lambda i: self.nodes[i].rank):
            number = self.plan.number[node_id]
            if meets_any[number]:
                (features if meets_parameter[number] else targets).append(node_id)
        if not targets:
            named = [i for i in features if is_target_name(self.nodes[i].name)]
            if len(named) == 1 < len(features):
                features.remove(named[0])
                targets = named
        return features, targets

    def _leading_to(self, meeting: Flags) -> Flags:
        """Which nodes lead to one of these that is trained, by nodes of nothing but data."""
        found = np.zeros(len(self.plan.ids), dtype=bool)
        for run in reversed(self.plan.runs):
            here = slice(run.start, run.stop)
            leads = np.where(self.trained[here], meeting[here], found[here])
            sources = run.sources[:, leads].ravel()
            found[sources[~self.trained[sources] & self.fed[sources]]] = True
        return found

    def _receives(self, marked: Flags) -> Flags:
        """Which nodes take one of these."""
        found = np.zeros(len(self.plan.ids), dtype=bool)
        found[self.plan.edge_target[marked[self.plan.edge_source]]] = True
        return found

    def _joins(self, node_id: str) -> NDArray[np.intp]:
        """Returns the nodes at which data of this input alone, or with other data, meet what is trained."""
        pure = self.plan.reached_from(self.plan.number[node_id]) & ~self.trained
        return np.flatnonzero(self._receives(pure) & self.trained)

    def is_compared(self, target: str) -> bool:
        """Whether a target is subtracted from its answer, or the answer from it."""
        return all(self.ops[join] == COMPARING for join in self._joins(target))

    def answer_of(self, target: str) -> int | None:
        """Returns the number of the node that a target meets; None where there is no single one."""
        joins = np.zeros(len(self.plan.ids), dtype=bool)
        joins[self._joins(target)] = True
        met = self.trained & self.fed
        into = joins[self.plan.edge_target] & met[self.plan.edge_source]
        chains = [list(self._chain(int(n))) for n in np.unique(self.plan.edge_source[into])]
        if not chains:
            return None
        common = [node for node in chains[0] if all(node in chain for chain in chains[1:])]
        return self._probability(common[0]) if common else None

    def _chain(self, node: int) -> Iterator[int]:
        """The node, and what it is a function of alone, one after another."""
        for _ in range(MOST_UP):
            yield node
            sources = np.unique(self.plan.edge_source[self.plan.edge_target == node])
            moving = sources[self.trained[sources] | self.fed[sources]]
            if len(moving) != 1:
                return
            node = int(moving[0])

    def _probability(self, node: int) -> int:
        """The sigmoid of a node, where the graph has it, else the node."""
        takers = self.plan.edge_target[self.plan.edge_source == node]
        return next((int(taker) for taker in takers if self.ops[taker] == LOGISTIC), node)


# --- the answers over a grid
@dataclass(frozen=True, eq=False)
class Field:
    """Answers over a grid of places in the middle of cells. `values` has the shape (answers, places) or, of
    two axes, (answers, places along the first, along the second); `spans` say from where to where.
    """

    values: Array
    spans: tuple[tuple[float, float], ...]

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
        shape = (len(self._batches), *(self.side for _ in self.axes))
        found = [
            np.concatenate([part.outputs for part in batch.parts(leaves, self.data, slopes=False)])
            for batch in self._batches
        ]
        return Field(np.array(found).reshape(shape), self.spans)


def middles(low: float, high: float, count: int) -> Array:
    """Returns the middles of so many cells between two ends.

    >>> middles(0.0, 1.0, 2).tolist()
    [0.25, 0.75]
    """
    edges = np.linspace(low, high, count + 1)
    return edges[:-1] / 2 + edges[1:] / 2
