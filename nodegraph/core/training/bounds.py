"""Bounds: between which numbers a node stays, whatever values the trained inputs take: interval arithmetic.

Knows what an operation can give at all, not what a training does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph.graph import Graph

Range = tuple[float, float]

EVERYWHERE: Range = (-math.inf, math.inf)
RANGES: Mapping[str, Range] = {
    **dict.fromkeys(("exp", "sqrt", "softplus", "relu", "square", "abs"), (0.0, math.inf)),
    "sigmoid": (0.0, 1.0),
    **dict.fromkeys(("tanh", "sin", "cos"), (-1.0, 1.0)),
}
"""What an operation of one input gives at most, whatever it is given."""


def bounds_of(graph: Graph, node_id: str, fixed: Mapping[str, Range]) -> Range:
    """Return the bounds of a node that can be computed; `fixed` are those of inputs that do not vary, by id.

    >>> from nodegraph.core.building.expression import parse
    >>> graph = parse("L = t*softplus(-z) + (1 - t)*softplus(z) + 3")
    >>> bounds_of(graph, "L", {"t": (0.0, 1.0)}), bounds_of(graph, "L", {})
    ((3.0, inf), (-inf, inf))
    """
    found: dict[str, Range] = {}
    for one in plan_of(graph).ids:
        node = graph.node(one)
        edges = sorted(graph.edges_into(one), key=lambda edge: edge.port)
        sources = [edge.source for edge in edges]
        if node.op == "constant" and node.value is not None:
            found[one] = (node.value, node.value)
        elif node.op == "input":
            found[one] = fixed.get(one, EVERYWHERE)
        elif node.muted:
            found[one] = found[sources[0]]
        elif node.op == "multiply" and len(set(sources)) == 1 and len(sources) % 2 == 0:
            found[one] = (0.0, math.inf)
        else:
            found[one] = _combined(node.op, [found[source] for source in sources])
        if one == node_id:
            break
    return found[node_id]


def _combined(op: str, inputs: Sequence[Range]) -> Range:
    lows, highs = [low for low, _ in inputs], [high for _, high in inputs]
    if op in ("add", "mean"):
        count = len(inputs) if op == "mean" else 1
        return sum(lows) / count, sum(highs) / count
    if op == "negate":
        return -highs[0], -lows[0]
    if op == "subtract":
        return lows[0] - highs[1], highs[0] - lows[1]
    if op in ("max", "min"):
        choose = max if op == "max" else min
        return choose(lows), choose(highs)
    if op == "multiply":
        product = inputs[0]
        for factor in inputs[1:]:
            ends = [0.0 if 0 in (a, b) else a * b for a in product for b in factor]
            product = (min(ends), max(ends))
        return product
    if op == "divide" and lows[1] == highs[1] and lows[1] != 0:
        ends = [lows[0] / lows[1], highs[0] / lows[1]]
        return min(ends), max(ends)
    if op == "power" and lows[1] == highs[1] and lows[1] % 2 == 0:
        return 0.0, math.inf
    return RANGES.get(op, EVERYWHERE)
