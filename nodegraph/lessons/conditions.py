"""Whether what a lesson waits for stands so now: a moment, a selection, a number, a part of the graph. A
single act (a step taken, a command chosen) is not told by how things stand; `lessons` notes that.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass

from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.lessons.records import EdgeName, NodeName, Wait

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: abs(a - b) <= 1e-9 * max(1.0, abs(b)),
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


@dataclass(frozen=True, eq=False)
class Situation:
    """How things stand in a window."""

    graph: Graph
    at_first: Graph
    """The graph as it was when the step began."""
    frame: Frame
    nodes: frozenset[str]
    edges: frozenset[EdgeKey]
    """What is selected."""
    trained_loss: Callable[[], float | None]
    """The loss over all rows, while there is a training."""


def stands(wait: Wait, now: Situation) -> bool:
    """Whether it is as the wait wants it."""
    graph, target = now.graph, wait.target
    if wait.kind == "frame" and wait.moment is not None:
        position = wait.moment.position(now.frame.trace)
        return position is not None and now.frame.position >= position
    if wait.kind == "add":
        return _count(graph, wait.word) > _count(now.at_first, wait.word)
    if isinstance(target, EdgeName):
        keys = target.keys(graph)
        if wait.kind == "select":
            return any(key in now.edges for key in keys)
        return bool(keys) == (wait.kind == "connect")
    if wait.kind in ("value", "gradient", "loss"):
        return _compares(wait, now)
    node = graph.named(target.name) if isinstance(target, NodeName) else None
    if node is None:
        return False
    if wait.kind == "select":
        return node.id in now.nodes
    return wait.kind == "output" and graph.output == node.id


def _compares(wait: Wait, now: Situation) -> bool:
    """Whether a number stands as wanted: a value of the passes, or a gradient as far as it is shown."""
    graph = now.graph
    node = graph.named(wait.target.name) if isinstance(wait.target, NodeName) else None
    node_id = node.id if node is not None else graph.output if wait.kind == "loss" else None
    if node_id is None:
        return False
    if wait.relation is None:
        before = now.at_first.node(node_id) if node_id in now.at_first else None
        return before is not None and before.value != graph.node(node_id).value
    loss = now.trained_loss() if wait.kind == "loss" else None
    if loss is not None:
        return _COMPARE[wait.relation](loss, wait.number)
    number = now.frame.gradient(node_id) if wait.kind == "gradient" else now.frame.trace.value(node_id)
    return number is not None and _COMPARE[wait.relation](number, wait.number)


def _count(graph: Graph, op: str) -> int:
    return sum(node.op == op for node in graph.nodes())
