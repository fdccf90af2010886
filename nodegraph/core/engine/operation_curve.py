"""The curve of one operation along one of its inputs while all others are held, and the line that touches it
where the graph stands. Reads a trace; changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.sensitivity import Tangent
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.operations.catalogue import PASS_THROUGH, operation_of_run

Array = NDArray[np.float64]
HALF, LEAST_HALF = 80, 8
"""Points to either side of the value, and the fewest where an operation has very many inputs."""
MOST_NUMBERS = 400_000
"""Numbers that are computed at once."""
PERIODIC, RIVALS = ("sin", "cos", "tan"), ("max", "min")
STEEPEST = 12.0
"""How many times higher the curve may be than its tangent climbs, before the reach is halved."""
FARTHEST = 4.0
"""How many times farther than the tangent climbs what is shown may be."""
MOST_HALVED, MOST_REFINED = 24, 12
LARGEST = float(np.finfo(float).max)


@dataclass(frozen=True, eq=False)
class OperationCurve:
    """Points of a curve, shape (points,), where `y` is NaN outside the domain and at the gap of a pole, and
    what of it is worth a look: from `low` to `high`.
    """

    x: Array
    y: Array
    tangent: Tangent
    low: float
    high: float

    @property
    def outside(self) -> list[tuple[float, float]]:
        """Where along x the operation has no value: (from, to), without the gaps of poles."""
        missing = np.isnan(self.y)
        edges = np.flatnonzero(np.diff(np.concatenate(([False], missing, [False])).astype(int)))
        stretches = [(float(self.x[start]), float(self.x[end - 1])) for start, end in edges.reshape(-1, 2)]
        return [(start, end) for start, end in stretches if end > start]


def curve_along(trace: Trace, key: EdgeKey) -> OperationCurve | None:
    """The operation at the end of an edge, as its input there moves alone; None where the edge was not
    computed, or its value is no finite number.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
    >>> curve_along(run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)), ("e", 0)).tangent
    Tangent(at=2.0, value=6.0, gradient=3.0)
    """
    at, value, slope = (None, None, None)
    if key in trace.edge_number:
        at, value, slope = trace.value(trace.source(key)), trace.value(key[0]), trace.local(key)
    if at is None or value is None or slope is None or not math.isfinite(at):
        return None
    node, held = trace.nodes[key[0]], np.array([trace.value(i) for i in trace.sources(key[0])], dtype=float)
    op = PASS_THROUGH.name if node.muted else node.op
    half = max(LEAST_HALF, min(HALF, MOST_NUMBERS // (2 * len(held))))

    def evaluate(x: Array) -> Array:
        inputs = np.repeat(held[:, None], len(x), axis=1)
        inputs[key[1]] = x
        return np.asarray(operation_of_run(op).value(inputs), dtype=float)

    tangent = Tangent(at, value, slope)
    with np.errstate(all="ignore"):
        reach = _reach(op, key[1], held, tangent, half, evaluate)
        x = _around(at, reach, half)
        y = evaluate(x)
        low, high = _seen(y, tangent, 1.0 if op in PERIODIC else reach)
        x, y = _refined(x, y, low, high, evaluate)
    return OperationCurve(x, y, tangent, low, high)


def _around(at: float, reach: float, half: int) -> Array:
    """Places to either side of a value, and the value itself."""
    return np.clip(at + reach * (np.arange(-half, half + 1) / half), -LARGEST, LARGEST)


def _climb(tangent: Tangent, reach: float) -> float:
    """How large the numbers are that the line at the value goes through within reach."""
    return max(abs(tangent.gradient) * reach, abs(tangent.value), 1.0)


def _reach(
    op: str, port: int, held: Array, tangent: Tangent, half: int, evaluate: Callable[[Array], Array]
) -> float:
    """How far to either side of the value the curve is worth a look: 0 is in it, where most kinks, poles and
    ends of domains are, unless the curve climbs out of sight before.
    """
    at = float(held[port])
    reach = max(1.0, 1.5 * abs(at))
    if op in PERIODIC:
        return math.pi
    if op in RIVALS:  # then the kink is where the largest, or the smallest, of the others is
        rival = float((np.max if op == "max" else np.min)(np.delete(held, port)))
        return max(reach, 1.25 * abs(at - rival)) if math.isfinite(rival) else reach
    narrow = reach
    for _ in range(MOST_HALVED if tangent.is_there else 0):
        y = evaluate(_around(at, narrow, half))
        has_left = np.isinf(y[:2]).all() or np.isinf(y[-2:]).all()  # beyond the largest number, not at a pole
        heights = np.sort(y[np.isfinite(y)] / _climb(tangent, narrow))
        if not has_left and np.quantile(heights, 0.9) - np.quantile(heights, 0.1) <= STEEPEST:
            return narrow
        narrow /= 2
    return reach


def _seen(y: Array, tangent: Tangent, reach: float) -> tuple[float, float]:
    """From where to where the curve is worth a look: all of it, but what is far off, as close to a pole."""
    finite = y[np.isfinite(y)]
    if not len(finite):
        return (-1.0, 1.0)
    low, high = float(finite.min()), float(finite.max())
    if tangent.is_there:
        farthest = FARTHEST * _climb(tangent, reach)
        low, high = max(low, tangent.value - farthest), min(high, tangent.value + farthest)
    elif not np.isfinite(y[~np.isnan(y)]).all():
        low, high = (float(part) for part in np.quantile(finite, (0.06, 0.94)))
    margin = 0.24 * (high / 2 - low / 2)
    if margin <= 1e-9 * max(abs(low), abs(high)):
        margin = max(1.0, 0.1 * abs(high))
    return max(-LARGEST, low - margin), min(LARGEST, high + margin)


def _refined(
    x: Array, y: Array, low: float, high: float, evaluate: Callable[[Array], Array]
) -> tuple[Array, Array]:
    """More points where the curve is steep, or ends; and a gap where it jumps, which only a pole does."""
    bottom, top = np.clip([low - (high / 2 - low / 2), high + (high / 2 - low / 2)], -LARGEST, LARGEST)
    for _ in range(MOST_REFINED):
        rise = np.abs(np.diff(np.clip(y, bottom, top)))
        ends = np.isnan(y[1:]) != np.isnan(y[:-1])
        coarse = np.flatnonzero((rise > (high / 16 - low / 16)) | ends)
        between = x[coarse] / 2 + x[coarse + 1] / 2
        coarse, between = _apart(x, coarse, between)
        if not len(coarse):
            break
        x, y = np.insert(x, coarse + 1, between), np.insert(y, coarse + 1, evaluate(between))
    jumps = np.flatnonzero(np.abs(np.diff(np.clip(y, bottom, top))) > (high / 2 - low / 2))
    return np.insert(x, jumps + 1, x[jumps]), np.insert(y, jumps + 1, math.nan)


def _apart(x: Array, places: NDArray[np.intp], between: Array) -> tuple[NDArray[np.intp], Array]:
    """Those of the new points that are not one of their neighbours."""
    new = (between > x[places]) & (between < x[places + 1])
    return places[new], between[new]
