"""Suitability: whether predictions can become what a table has as their targets. A sentence for each that
cannot, which is allowed and hardly ever meant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.numbers import format_number
from nodegraph.core.quoting import quoted
from nodegraph.core.training.measures import is_in_hinge, pairs

RANGES: Mapping[str, tuple[float, float]] = {
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "relu": (0.0, math.inf),
    "softplus": (0.0, math.inf),
    "exp": (0.0, math.inf),
}
"""Between which numbers the values of an operation are."""
CLASSES = (-1.0, 0.0, 1.0, 2.0)
"""What two classes are written as; two other numbers are measured."""
MOST_NODES = 20_000
"""Of a graph that is looked at, as whoever asks may be waiting."""


def unsuitable(
    graph: Graph, columns: Mapping[str, NDArray[np.float64]], bindings: Mapping[str, str]
) -> list[str]:
    """Returns a sentence for each target that holds what its prediction cannot become, with what to do.

    `bindings` says which input (by id) takes which of the columns; wrong ones are told of elsewhere.

    >>> from nodegraph.core.building.expression import parse
    >>> graph = parse("y = sigmoid(w*x); L = (y - t)**2", w=1)
    >>> unsuitable(graph, {"x": np.ones(2), "goal": np.array([-1, 1])}, {"x": "x", "t": "goal"})
    ['The sigmoid y lies between 0 and 1, but its target t holds −1; write its classes as 0 and 1.']
    """
    if len(graph) > MOST_NODES:
        return []
    try:
        found = pairs(graph, [node_id for node_id in bindings if node_id in graph])
        said = [
            _why_not(graph, graph.node(one), graph.node(other), columns[bindings[other]])
            for one, other in found
        ]
    except (Refused, KeyError):
        return []
    return [sentence for sentence in said if sentence]


def _why_not(graph: Graph, prediction: Node, target: Node, column: NDArray[np.float64]) -> str:
    held = column[np.isfinite(column)]
    if not len(held):
        return ""
    low, high = float(held.min()), float(held.max())
    y, t = quoted(prediction.name), quoted(target.name)
    if is_in_hinge(graph, target.id):
        has_zeros = low == 0 and high == 1 and bool(np.isin(held, (0, 1)).all())
        wanted = f"A hinge loss takes the classes −1 and 1, but {t} holds 0 and 1; write −1 for 0."
        return wanted if has_zeros else ""
    is_logit = _is_logit(graph, prediction.id, target.id)
    least, most = RANGES["sigmoid"] if is_logit else RANGES.get(prediction.op, (-math.inf, math.inf))
    if prediction.muted or (low >= least and high <= most):
        return ""
    found = f"{t} holds {format_number(low if low < least else high)}"
    if is_logit:
        return f"A cross-entropy takes the classes 0 and 1, but {found}."
    bounds = "from 0 on" if most == math.inf else f"between {format_number(least)} and {format_number(most)}"
    classes = f"{format_number(least)} and {format_number(1 if most == math.inf else most)}"
    are_classes = len(np.unique(held)) == 2 and bool(np.isin(held, CLASSES).all())
    advice = (
        f"write its classes as {classes}" if are_classes else "make the output linear, with a squared loss"
    )
    return f"The {prediction.op} {y} lies {bounds}, but its target {found}; {advice}."


def _is_logit(graph: Graph, prediction: str, target: str) -> bool:
    """Whether a prediction is the y of softplus(y) − t·y."""
    users = [graph.node(edge.target) for edge in graph.edges_from(prediction)]
    products = {edge.target for edge in graph.edges_from(target)}
    return any(user.op == "softplus" for user in users) and any(
        user.op == "multiply" and user.id in products for user in users
    )
