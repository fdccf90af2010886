"""Bounds: between which numbers nodes stay while some leaves take any value: interval arithmetic.

Knows what an operation can give at all, not what a training does. Arrays hold all nodes of a plan; those that
run together are bounded together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan, Run, plan_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.catalogue import PASS_THROUGH, operation_of_run

Array = NDArray[np.float64]
Range = tuple[float, float]
Ends = tuple[Array, Array]
Found = TypeVar("Found")

RUNS_AT_ONCE = 300
"""Runs of operations that are bounded in one piece: some 10 ms."""
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
    return _last(finding_bounds_of(graph, node_id, fixed))


def finding_bounds_of(graph: Graph, node_id: str, fixed: Mapping[str, Range]) -> Generator[None, None, Range]:
    """Return what `bounds_of` does, in pieces."""
    plan = plan_of(graph)
    ends = []
    for one in plan.ids[: plan.leaves]:
        node = graph.node(one)
        constant = node.op == "constant" and node.value is not None
        ends.append((node.value, node.value) if constant else fixed.get(one, EVERYWHERE))
    yield
    lows, highs = yield from _finding(plan, *np.array(ends, dtype=np.float64).reshape(-1, 2).T)
    number = plan.number[node_id]
    return float(lows[number]), float(highs[number])


def bounds(plan: Plan, lows: Array, highs: Array) -> Ends:
    """Return the bounds of all nodes, of shape (nodes,), for those of the leaves, of shape (leaves,)."""
    return _last(_finding(plan, lows, highs))


def _last(pieces: Generator[None, None, Found]) -> Found:
    """Go through all pieces. Returns their result."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            found: Found = end.value
            return found


def _finding(plan: Plan, lows: Array, highs: Array) -> Generator[None, None, Ends]:
    low, high = np.empty(len(plan.ids)), np.empty(len(plan.ids))
    low[: plan.leaves], high[: plan.leaves] = lows, highs
    for first in range(0, len(plan.runs), RUNS_AT_ONCE):
        with np.errstate(all="ignore"):
            for run in plan.runs[first : first + RUNS_AT_ONCE]:
                ends = _combined(run, low[run.sources], high[run.sources])
                for kept, end, anywhere in zip((low, high), ends, EVERYWHERE, strict=True):
                    kept[run.start : run.stop] = np.where(np.isnan(end), anywhere, end)
        yield
    return low, high


def _combined(run: Run, lows: Array, highs: Array) -> Ends:
    """The ends of the results of a run, from those of its inputs, of shape (inputs, nodes)."""
    op = run.op
    if op == "multiply" and len(run.sources) % 2 == 0:
        is_even = (run.sources == run.sources[0]).all(axis=0)
        low, high = _product(lows, highs)
        return np.where(is_even, 0.0, low), np.where(is_even, math.inf, high)
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
