"""Bounds: between which numbers nodes stay while some leaves take any value: interval arithmetic.

Knows what an operation can give at all, not what a training does. Arrays hold all nodes of a plan; those that
run together are bounded together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan, plan_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.catalogue import PASS_THROUGH, operation_of_run

Array = NDArray[np.float64]
Range = tuple[float, float]

EVERYWHERE: Range = (-math.inf, math.inf)
RISING = frozenset(("exp", "sqrt", "log", "sigmoid", "tanh", "softplus", "relu", "leaky_relu", "max", "min"))
"""Operations that grow where an input grows: their ends are at the ends of their inputs."""


def bounds_of(graph: Graph, node_id: str, fixed: Mapping[str, Range]) -> Range:
    """Return the bounds of a node that can be computed; `fixed` are those of inputs that do not vary, by id.

    >>> from nodegraph.core.building.expression import parse
    >>> graph = parse("L = t*softplus(-z) + (1 - t)*softplus(z) + 3")
    >>> bounds_of(graph, "L", {"t": (0.0, 1.0)}), bounds_of(graph, "L", {})
    ((3.0, inf), (-inf, inf))
    """
    plan = plan_of(graph)
    ends = []
    for one in plan.ids[: plan.leaves]:
        node = graph.node(one)
        constant = node.op == "constant" and node.value is not None
        ends.append((node.value, node.value) if constant else fixed.get(one, EVERYWHERE))
    lows, highs = bounds(plan, *np.array(ends, dtype=np.float64).reshape(-1, 2).T)
    number = plan.number[node_id]
    return float(lows[number]), float(highs[number])


def bounds(plan: Plan, lows: Array, highs: Array) -> tuple[Array, Array]:
    """Return the bounds of all nodes, of shape (nodes,), for those of the leaves, of shape (leaves,)."""
    low, high = np.empty(len(plan.ids)), np.empty(len(plan.ids))
    low[: plan.leaves], high[: plan.leaves] = lows, highs
    with np.errstate(all="ignore"):
        for run in plan.runs:
            found = _combined(run.op, low[run.sources], high[run.sources])
            if run.op == "multiply" and len(run.sources) % 2 == 0:
                is_even = (run.sources == run.sources[0]).all(axis=0)
                found = (np.where(is_even, 0.0, found[0]), np.where(is_even, math.inf, found[1]))
            ends = zip((low, high), found, EVERYWHERE, strict=True)
            for kept, end, anywhere in ends:
                kept[run.start : run.stop] = np.where(np.isnan(end), anywhere, end)
    return low, high


Ends = tuple[Array, Array]


def _combined(op: str, lows: Array, highs: Array) -> Ends:
    """The ends of an operation's results, from those of its inputs, of shape (inputs, nodes)."""
    if op in RISING:
        if op in ("sqrt", "log"):
            lows = np.maximum(lows, 0.0)
        value = operation_of_run(op).value
        return value(lows), value(highs)
    if op in _RULES:
        return _RULES[op](lows, highs)
    count = lows.shape[1]
    if op in ("sin", "cos"):
        return np.full(count, -1.0), np.full(count, 1.0)
    return np.full(count, -math.inf), np.full(count, math.inf)


def _sum(lows: Array, highs: Array) -> Ends:
    return lows.sum(axis=0), highs.sum(axis=0)


def _mean(lows: Array, highs: Array) -> Ends:
    return lows.sum(axis=0) / len(lows), highs.sum(axis=0) / len(highs)


def _product(lows: Array, highs: Array) -> Ends:
    low, high = lows[0], highs[0]
    for one in range(1, len(lows)):
        ends = [_times(a, b) for a in (low, high) for b in (lows[one], highs[one])]
        low, high = np.minimum.reduce(ends), np.maximum.reduce(ends)
    return low, high


def _times(a: Array, b: Array) -> Array:
    """A product of ends, in which 0 times ∞ is 0: the one is reached, the other never."""
    return np.where((a == 0) | (b == 0), 0.0, a * b)


def _quotient(lows: Array, highs: Array) -> Ends:
    ends = (lows[0] / lows[1], highs[0] / lows[1])
    known = (lows[1] == highs[1]) & (lows[1] != 0)
    return (
        np.where(known, np.minimum(*ends), -math.inf),
        np.where(known, np.maximum(*ends), math.inf),
    )


def _size(lows: Array, highs: Array) -> Ends:
    ends = (np.abs(lows[0]), np.abs(highs[0]))
    return np.where(lows[0] * highs[0] > 0, np.minimum(*ends), 0.0), np.maximum(*ends)


def _square(lows: Array, highs: Array) -> Ends:
    low, high = _size(lows, highs)
    return low * low, high * high


def _power(lows: Array, highs: Array) -> Ends:
    """An even power is never below 0; nothing is known of others."""
    even = (lows[1] == highs[1]) & (lows[1] % 2 == 0)
    return np.where(even, 0.0, -math.inf), np.full(lows.shape[1], math.inf)


_RULES: Mapping[str, Callable[[Array, Array], Ends]] = {
    PASS_THROUGH.name: lambda lows, highs: (lows[0], highs[0]),
    "negate": lambda lows, highs: (-highs[0], -lows[0]),
    "subtract": lambda lows, highs: (lows[0] - highs[1], highs[0] - lows[1]),
    "add": _sum,
    "mean": _mean,
    "multiply": _product,
    "divide": _quotient,
    "abs": _size,
    "square": _square,
    "power": _power,
}
