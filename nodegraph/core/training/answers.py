"""Answers: which nodes of a graph answer with what its data has as targets, found from how parameters and
data flow, and where two classes meet.

An input of data is a *target* where it meets nothing but what already depends on data and on parameters; one
that meets a parameter is a *feature*. What a target meets is its answer: through functions of it alone, such
as the two softplus of a cross-entropy, back to the node that they have in common.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan, plan_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.training.matching import is_target_name

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

COMPARING, LOGISTIC = "subtract", "sigmoid"
MOST_UP = 32
"""Nodes up to which an answer is looked for."""


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
class Flows:
    """Along which edges data and parameters flow, by number; `ops` are the nodes' operations."""

    plan: Plan
    nodes: Mapping[str, Node]
    data: tuple[str, ...]
    ops: Sequence[str]
    trained: Flags
    fed: Flags

    @classmethod
    def of(cls, graph: Snapshot, columns: Collection[str]) -> Flows:
        """Returns those of a graph whose inputs, by id, take these columns."""
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


def level_of(flows: Flows, target: str, node: int, values: Sequence[float]) -> float:
    """Where two classes meet: half way between their values, where the answer is compared with them or is a
    probability; else at 0, as for a margin or a logit.
    """
    if flows.ops[node] == LOGISTIC or flows.is_compared(target):
        return (values[0] + values[1]) / 2
    return 0.0
