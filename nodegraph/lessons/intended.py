"""The numbers that a lesson speaks of: whether they stand in the graph when an answer is given. People try
other values in between, and then what an author has written about the answer is not so.
"""

from __future__ import annotations

from collections.abc import Iterator

from nodegraph.core.graph.graph import Graph
from nodegraph.lessons.records import Ask, Directive, Lesson, Open, SetValues, Wait

UNFORESEEN = ("loss", "undo", "redo")
"""Conditions that leave numbers of which a lesson knows nothing."""


def stands_as_written(lesson: Lesson, number: int, ask: Ask, graph: Graph) -> bool:
    """Whether a graph is, up to a question of a step (from 0), what the lesson has opened, set and asked for.
    What people train or build at its request, or set to a value of their own, may be anything.
    """
    opened: Graph | None = None
    values: dict[str, set[float]] = {}
    for one in _up_to(lesson, number, ask):
        if isinstance(one, Open):
            opened, values = one.graph, {n.name: {n.value} for n in one.graph.nodes() if n.value is not None}
        elif isinstance(one, SetValues):
            values |= {name: {value} for name, value in one.values.items()}
        elif isinstance(one, Wait) and (one.changes_graph or one.kind in UNFORESEEN):
            opened, values = None, {}
        elif isinstance(one, Wait) and one.kind == "value":
            name = str(one.target)
            if one.relation == "=":
                values.setdefault(name, set()).add(one.number)
            else:
                values.pop(name, None)
    return (opened is None or _structure(graph) == _structure(opened)) and all(
        _value(graph, name) in allowed for name, allowed in values.items()
    )


def _up_to(lesson: Lesson, number: int, ask: Ask) -> Iterator[Directive]:
    for step in lesson.steps[: number + 1]:
        for one in step.directives:
            if one is ask:
                return
            yield one


def _structure(graph: Graph) -> tuple[frozenset[tuple[str, str, str, bool]], frozenset[tuple[str, str, int]]]:
    nodes = frozenset((node.id, node.op, node.name, node.muted) for node in graph.nodes())
    return nodes, frozenset((edge.source, *edge.key) for edge in graph.edges())


def _value(graph: Graph, name: str) -> float | None:
    node = graph.named(name)
    return None if node is None else node.value
