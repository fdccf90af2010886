"""Check: every gradient of the backward pass against a numerical derivative, which knows no chain rule.

Nudges one node's value and runs the forward pass again, so it depends on the operations' values only, never
on their derivatives. Many nudges run in one pass, a column of an array each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.operations import operation_of_run
from nodegraph.core.passes import run
from nodegraph.core.plan import Plan
from nodegraph.core.trace import Trace

Array = NDArray[np.float64]

TOLERANCE = 1e-6
"""The relative error up to which a gradient and its numerical derivative agree."""
STEP = float(np.finfo(float).eps) ** 0.2
SMALLER = (1.0, 1e-2, 1e-4)
"""Further steps, as parts of the first, for a node whose first step crosses something sharp."""
PLACES = np.array([1.0, -1.0, 0.5, -0.5])
"""Where the output is computed, in steps from the node's value."""
BATCH = 2_000_000
"""Numbers one forward pass holds at most."""


@dataclass(frozen=True)
class Check:
    """One gradient and its numerical derivative; `error` is relative.

    `note` says what is special, if anything. A note beside `ok` is a warning: a kink, or a derivative that
    numbers cannot tell apart from noise here.
    """

    node_id: str
    name: str
    analytic: float
    numeric: float
    error: float
    ok: bool
    note: str = ""


@dataclass(frozen=True)
class _Slope:
    """A numerical derivative: the slopes to both sides, the central one and how far that may be off."""

    left: float
    right: float
    central: float
    doubt: float
    kink: bool


def check(graph: Graph) -> list[Check]:
    """Check a graph as it stands: see `check_trace`.

    >>> from nodegraph.core.expression import parse
    >>> [(found.name, found.analytic, found.ok) for found in check(parse("y = x*x + relu(z)", x=3, z=0))]
    [('x', 6.0, True), ('z', 0.0, True), ('e', 1.0, True), ('d', 1.0, True), ('y', 1.0, True)]
    """
    return check_trace(run(graph))


def asked_nodes(trace: Trace) -> list[int]:
    """The numbers of the nodes that have a gradient to check, in execution order."""
    return [number for number, i in enumerate(trace.plan.ids) if trace.gradient(i) is not None]


def check_trace(trace: Trace, numbers: Sequence[int] | None = None) -> list[Check]:
    """Every node that has a gradient, in execution order: inputs by setting them, others by holding them.

    The slope is a central difference with Richardson extrapolation over two steps h and h/2, whose error is
    of order h⁴; with rounding error ε/h the best step is about ε^(1/5) (W. H. Press et al., "Numerical
    Recipes", §5.7; C. J. F. Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", 1982). It is taken in
    proportion to the value and, where that disagrees, smaller and absolute too; the step that fits itself
    best is kept. The trace must be one of reverse mode; gradients that were left in it count as wrong.
    `numbers` picks some of `asked_nodes`, so that a large graph can be checked in parts.
    """
    asked = asked_nodes(trace) if numbers is None else list(numbers)
    first = _slopes(trace, asked, [STEP * max(1.0, _size(x)) for x in trace.node_values[asked].tolist()])
    found = {n: _judge(trace, n, slope) for n, slope in zip(asked, first, strict=True)}
    doubtful = [number for number in asked if not found[number].ok or found[number].note]
    tries = {number: [slope] for number, slope in zip(asked, first, strict=True)}
    sizes = [_size(float(trace.node_values[number])) for number in doubtful]
    for part in SMALLER:
        for scales in (sizes, [1.0] * len(doubtful)):
            slopes = _slopes(trace, doubtful, [part * STEP * scale for scale in scales])
            for number, slope in zip(doubtful, slopes, strict=True):
                tries[number].append(slope)
    for number in doubtful:
        found[number] = _judge(trace, number, min(tries[number], key=_relative_doubt))
    return [found[number] for number in asked]


def _size(value: float) -> float:
    return abs(value) if value and math.isfinite(value) else 1.0


def _relative_doubt(slope: _Slope) -> float:
    if slope.doubt in (0.0, math.inf):
        return slope.doubt
    return slope.doubt / (abs(slope.central) + slope.doubt)


def _slopes(trace: Trace, numbers: Sequence[int], steps: Sequence[float]) -> list[_Slope]:
    """The slope of the output by each of these nodes, with a step each."""
    if not numbers or trace.output is None:
        return []
    at = trace.node_values[list(numbers)]
    reached = trace.plan.reaching(trace.plan.number[trace.output])[list(numbers)]
    at = np.where(reached | np.isfinite(at), at, 0.0)  # beside the output any place will do
    nudged = at[:, None] + np.array(steps)[:, None] * PLACES
    outputs = _nudge(trace, np.repeat(numbers, len(PLACES)), nudged.ravel()).reshape(nudged.shape)
    here = trace.node_values[trace.plan.number[trace.output]]
    with np.errstate(all="ignore"):
        moved = nudged - at[:, None]  # what the step really is, in floating point
        one_sided = (outputs - here) / moved
    noise = float(np.finfo(float).eps) * abs(here) / np.array(steps)
    return [_slope(sides, float(least)) for sides, least in zip(one_sided.tolist(), noise, strict=True)]


def _slope(sides: Sequence[float], noise: float) -> _Slope:
    """Judge the one-sided slopes over a whole and a half step: right, left, right half, left half."""
    right, left, near_right, near_left = sides
    if math.isfinite(right + near_right) and not math.isfinite(left + near_left):
        left = near_left = math.nan
        wide, narrow, central = right, near_right, 2 * near_right - right
    elif math.isfinite(left + near_left) and not math.isfinite(right + near_right):
        right = near_right = math.nan
        wide, narrow, central = left, near_left, 2 * near_left - left
    else:
        wide, narrow = (right + left) / 2, (near_right + near_left) / 2
        central = (4 * narrow - wide) / 3
    doubt = abs(central - narrow) + 4 * noise
    gap, near_gap = abs(right - left), abs(near_right - near_left)
    size = max(abs(near_right), abs(near_left))
    kink = near_gap > 0.75 * gap and near_gap > 1e-3 * size + 16 * noise
    return _Slope(near_left, near_right, central, doubt if math.isfinite(doubt) else math.inf, kink)


def _nudge(trace: Trace, numbers: NDArray[np.int_], values: Array) -> Array:
    """The output's value for each (node, value) pair, with that node held at that value."""
    plan = trace.plan
    assert trace.output is not None
    output = plan.number[trace.output]
    width = max(1, BATCH // len(plan.ids))
    found = np.empty(len(values))
    for start in range(0, len(values), width):
        part = slice(start, start + width)
        found[part] = _forward(plan, trace.node_values, numbers[part], values[part])[output]
    return found


def _forward(plan: Plan, known: Array, numbers: NDArray[np.int_], values: Array) -> Array:
    """Forward passes side by side, shape (nodes, columns): column j holds node numbers[j] at values[j]."""
    columns = np.arange(len(numbers))
    table = np.repeat(known[:, None], len(numbers), axis=1)
    table[numbers, columns] = values
    with np.errstate(all="ignore"):
        for part in plan.runs:
            inputs = table[part.sources]
            count, places = inputs.shape[0], part.stop - part.start
            result = operation_of_run(part.op).value(inputs.reshape(count, -1))
            table[part.start : part.stop] = result.reshape(places, len(numbers))
            held = (part.start <= numbers) & (numbers < part.stop)
            table[numbers[held], columns[held]] = values[held]
    return table


def _judge(trace: Trace, number: int, slope: _Slope) -> Check:
    """Compare the pass's gradient with a slope."""
    node_id = trace.plan.ids[number]
    analytic = float(trace.node_gradients[number])
    numeric = slope.central
    off = abs(analytic - numeric)
    size = max(abs(analytic), abs(numeric))
    error = 0.0 if off == 0 else off / size if math.isfinite(off) else math.nan
    ok, note = off <= TOLERANCE * size, ""
    if not math.isfinite(analytic):
        ok, note = False, f"The gradient is {format_number(analytic)}, so there is nothing to compare."
    elif math.isinf(slope.doubt):
        ok, note = False, "The output is not a finite number near here, so there is nothing to compare."
    elif slope.kink:
        low, high = sorted((slope.left, slope.right))
        ok = low - TOLERANCE * abs(low) <= analytic <= high + TOLERANCE * abs(high)
        note = (
            f"A kink: the slope is {format_number(slope.left)} to the left and {format_number(slope.right)} "
            f"to the right, and the gradient is {format_number(analytic)} by convention."
        )
    elif not ok and off <= 4 * slope.doubt:
        ok, note = True, "Too small or too uneven here to be told numerically."
    elif not ok:
        note = f"The numerical derivative is {format_number(numeric)}."
    return Check(node_id, trace.nodes[node_id].name, analytic, numeric, error, ok, note)
