"""Values given to inputs and constants from outside, by id: which of them fit a graph."""

from __future__ import annotations

import math
from collections.abc import Mapping

from nodegraph.core.errors import Refused
from nodegraph.core.graph.demand import kind_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted


def demand_known(graph: Graph, given: Mapping[str, object], what: str) -> None:
    """Raise Refused where an id is that of no node, or `what` is given to it is no number; a name of a node
    is told from its id.
    """
    if not isinstance(given, Mapping):
        raise Refused(
            f"Numbers of nodes are given as a dict by id, as in {{'a': 2.0}}, not as {kind_of(given)}."
        )
    for node_id, number in given.items():
        if node_id in graph:
            try:
                math.isnan(number)  # type: ignore[arg-type]
            except (TypeError, OverflowError):
                name = quoted(graph.node(node_id).name)
                raise Refused(f"The {what} of {name} must be a number.") from None
            continue
        named = graph.named(node_id) if isinstance(node_id, str) else None
        has = f"; the node of this name has the id “{quoted(named.id)}”" if named is not None else ""
        raise Refused(f"No node has the id “{quoted(str(node_id))}”{has}.")


def demand_leaves(graph: Graph, values: Mapping[str, object]) -> None:
    """Raise Refused where an id is that of no input or constant, or a value is no number."""
    demand_known(graph, values, "value")
    for node in map(graph.node, values):
        if not node.is_leaf:
            raise Refused(f"{quoted(node.name)} is computed by {quoted(node.op)}, and so is given no value.")


def of_leaves(graph: Graph, values: Mapping[str, float]) -> dict[str, float]:
    """Returns those of the values whose ids are still those of inputs or constants."""
    return {i: value for i, value in values.items() if i in graph and graph.node(i).is_leaf}
