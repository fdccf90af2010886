"""Hypothesis strategies: graphs of every operation in safe ranges, and edits of them."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.operations.catalogue import OPERATIONS

ANYWHERE = ("add", "subtract", "multiply", "negate", "square", "sin", "cos", "tanh", "sigmoid", "relu")
ANYWHERE += ("leaky_relu", "softplus", "abs", "max", "min", "mean")
SQUASHED = {"exp", "tan"}
"""Safe after a tanh only."""
POSITIVE = {"log", "sqrt", "divide", "reciprocal", "power"}
"""Safe where what must be positive first goes through 1 + softplus."""
KINKED = {"relu", "leaky_relu", "abs", "max", "min"}

numbers = st.floats(-3, 3, allow_nan=False, width=32).map(lambda x: round(x, 3) + 0.0)


@st.composite
def graphs(draw: st.DrawFn, most: int = 14, smooth: bool = False) -> Graph:
    """Complete graphs whose values and gradients are finite and of modest size.

    `smooth` leaves out operations with kinks. Nodes may be used many times, or not at all.
    """
    nodes: list[Node] = []
    edges: list[Edge] = []

    def record(op: str, sources: list[str], value: float | None = None) -> str:
        name = f"n{len(nodes)}"
        nodes.append(Node(name, op, name, value, rank=len(nodes)))
        edges.extend(Edge(source, name, port) for port, source in enumerate(sources))
        return name

    for _ in range(draw(st.integers(1, 4))):
        record(draw(st.sampled_from(["input", "input", "constant"])), [], draw(numbers))
    names = sorted(set(OPERATIONS) - {"input", "constant"} - (KINKED if smooth else set()))
    for _ in range(draw(st.integers(0, most))):
        op = draw(st.sampled_from(names))
        operation = OPERATIONS[op]
        count = operation.least + (draw(st.integers(0, 2)) if operation.is_variadic else 0)
        sources = [nodes[draw(st.integers(0, len(nodes) - 1))].id for _ in range(count)]
        record(op, [_tamed(op, port, source, record) for port, source in enumerate(sources)])
    return Graph.of(nodes, edges)


def _tamed(op: str, port: int, source: str, record: Callable[..., str]) -> str:
    if op in SQUASHED or op == "power" or op in ("square", "multiply"):
        source = record("tanh", [source])
    positive = op in ("log", "sqrt", "reciprocal") or (op, port) in (("divide", 1), ("power", 0))
    if not positive:
        return source
    return record("add", [record("softplus", [source]), record("constant", [], 1.0)])


@st.composite
def edited(draw: st.DrawFn, graph: Graph) -> Change:
    """One random edit of this graph, never refused; possibly one that does nothing."""
    ids = [node.id for node in graph.nodes()]
    kind = draw(
        st.sampled_from(
            ["add", "connect", "remove", "disconnect", "rename", "set", "move", "output", "place"]
        )
    )
    if kind == "add" or not ids:
        return edits.add_node(graph, draw(st.sampled_from(sorted(OPERATIONS))))
    some = draw(st.sampled_from(ids))
    try:
        if kind == "connect":
            return edits.connect(graph, draw(st.sampled_from(ids)), some, draw(st.integers(0, 3)))
        if kind == "remove":
            return edits.remove(
                graph, draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
            )
        if kind == "disconnect":
            keys = sorted(edge.key for edge in graph.edges())
            return edits.disconnect(graph, [draw(st.sampled_from(keys))] if keys else [])
        if kind == "rename":
            return edits.rename(graph, some, draw(st.sampled_from(["p", "q", "Loss", "x1", "größe"])))
        if kind == "set":
            return edits.set_value(graph, some, draw(numbers))
        if kind == "move":
            return edits.move(graph, {some: (draw(numbers), draw(numbers))})
        if kind == "place":
            return place_missing(graph)
        return edits.set_output(graph, draw(st.sampled_from([*ids, None])))
    except Refused:
        return Change("Nothing")
