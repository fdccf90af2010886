"""Slopes: how the output answers to nudges of one node's value, and how far that may be trusted.

Runs the forward pass again, many nudges at once, a column of an array each, so it depends on the operations'
values only, never on their derivatives. How far rounding may have spoilt what comes out, `rounding` tells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.rounding import error_of
from nodegraph.core.engine.trace import Trace
from nodegraph.core.operations.catalogue import operation_of_run

Array = NDArray[np.float64]
Indices = NDArray[np.int_]

PLACES = np.array([1.0, -1.0, 0.5, -0.5])
"""Where the output is computed, in steps from the node's value."""
NEARER = np.array([1.0, 0.5, 0.25])
"""Where it is computed to one side alone."""
BATCH = 2_000_000
"""Numbers one forward pass holds at most."""
DOUBT = 2.0
"""How many times the noise that `rounding` tells may be there: functions may round worse than by a unit."""
SHARP = 0.75
"""The slopes to both sides differ in proportion to the step where the output is smooth, and by the same at a
kink: with half the step they must differ by this part of what they did, to tell of something sharp."""


@dataclass(frozen=True)
class Slope:
    """A numerical derivative by steps of one size: the slopes to both sides and the central one.

    `truncation` and `noise` are how far the central one may be off because the step is long, and because of
    rounding. It is `sharp` where the slopes to both sides do not come closer with half the step.
    """

    step: float
    left: float
    right: float
    central: float
    truncation: float
    noise: float
    sharp: bool

    @property
    def gap(self) -> float:
        """How far the slopes to both sides are apart."""
        return abs(self.right - self.left)

    @property
    def steepest(self) -> float:
        """The size of the steeper of the two, as far as it is more than rounding."""
        sizes = (abs(side) for side in (self.left, self.right) if math.isfinite(side))
        return max(0.0, max(sizes, default=0.0) - self.rounding)

    @property
    def rounding(self) -> float:
        """How far rounding may have moved the central slope."""
        return DOUBT * self.noise

    @property
    def has_settled(self) -> bool:
        """Whether half the step brings hardly anything new."""
        return self.truncation <= max(1e-3 * abs(self.central), self.rounding)

    @property
    def doubt(self) -> float:
        """How far the central slope may be off for any reason; infinite where there is none, and where the
        steps go across something sharp, so that nothing is known of what lies within.
        """
        doubt = 4 * self.truncation + self.rounding
        return doubt if math.isfinite(doubt) and not self.sharp else math.inf


@dataclass(frozen=True)
class OneSided:
    """The slope to one side of a node's value, and how far it may be off."""

    slope: float
    doubt: float


def central_slopes(trace: Trace, numbers: Sequence[int], steps: Sequence[float]) -> list[Slope]:
    """Returns the slope of the output by each of these nodes, with a step each; nothing is asked about noise,
    which is most of the work.
    """
    if not numbers or trace.output is None:
        return []
    nudged, outputs, _ = _around(trace, numbers, np.array(steps)[:, None] * PLACES, with_errors=False)
    with np.errstate(all="ignore"):
        rows = zip(steps, _quotients(trace, numbers, nudged, outputs).tolist(), strict=True)
    return [_slope(step, sides, 0.0) for step, sides in rows]


def slopes(trace: Trace, numbers: Sequence[int], steps: Sequence[float]) -> list[Slope]:
    """Returns the slope of the output by each of these nodes, with a step each, and its noise."""
    if not numbers or trace.output is None:
        return []
    nudged, outputs, off = _around(trace, numbers, np.array(steps)[:, None] * PLACES)
    with np.errstate(all="ignore"):
        one_sided = _quotients(trace, numbers, nudged, outputs)
        noise = off.max(axis=1) * 3 / np.array(steps)
        steepest = np.where(np.isfinite(one_sided), np.abs(one_sided), 0.0).max(axis=1)
        noise += np.finfo(float).eps * steepest
    rows = zip(steps, one_sided.tolist(), noise.tolist(), strict=True)
    return [_slope(step, sides, least) for step, sides, least in rows]


def both_sides(trace: Trace, number: int, steps: Sequence[float]) -> tuple[OneSided, OneSided]:
    """Returns the slopes to the left and to the right of a node's value, extrapolated to a step of 0.

    Each is a Richardson extrapolation over h, h/2 and h/4 with one of the `steps`, the one that leaves the
    least doubt; what is within its doubt of 0 is 0.
    """
    lengths, numbers = np.array(steps), [number] * len(steps)
    found = []
    for side in (-1.0, 1.0):
        nudged, outputs, off = _around(trace, numbers, side * lengths[:, None] * NEARER)
        with np.errstate(all="ignore"):
            quotients = _quotients(trace, numbers, nudged, outputs)
            once = quotients[:, 1:] + (quotients[:, 1:] - quotients[:, :-1])
            twice = once[:, 1] + (once[:, 1] - once[:, 0]) / 3
            noise = 30 * off.max(axis=1) / lengths + 30 * np.finfo(float).eps * np.abs(quotients).max(axis=1)
            doubt = np.abs(twice - once[:, 1]) + noise
        best = int(np.argmin(np.where(np.isfinite(doubt), doubt, np.inf)))
        found.append(OneSided(float(twice[best]), float(doubt[best])))
    size = max(abs(one.slope) for one in found)
    left, right = (
        OneSided(0.0, one.doubt) if abs(one.slope) <= max(one.doubt, 1e-9 * size) else one for one in found
    )
    return left, right


def _around(
    trace: Trace, numbers: Sequence[int], by: Array, *, with_errors: bool = True
) -> tuple[Array, Array, Array]:
    """The values nudged `by` so much, a row for each node; the output there, and how far it may be off."""
    at = trace.node_values[list(numbers)]
    assert trace.output is not None
    reached = trace.plan.reaching(trace.plan.number[trace.output])[list(numbers)]
    at = np.where(reached | np.isfinite(at), at, 0.0)  # beside the output any place will do
    nudged = at[:, None] + by
    outputs, off = _nudge(trace, np.repeat(numbers, by.shape[1]), nudged.ravel(), with_errors)
    return nudged, outputs.reshape(nudged.shape), off.reshape(nudged.shape)


def _quotients(trace: Trace, numbers: Sequence[int], nudged: Array, outputs: Array) -> Array:
    """The slopes of the lines from where the node stands to where it was nudged to."""
    assert trace.output is not None
    here = trace.node_values[trace.plan.number[trace.output]]
    at = trace.node_values[list(numbers)]
    moved = nudged - np.where(np.isfinite(at), at, 0.0)[:, None]  # what the step really is, in floating point
    quotients: Array = (outputs - here) / moved
    return quotients


def _slope(step: float, sides: Sequence[float], noise: float) -> Slope:
    """Judge the one-sided slopes over a whole and a half step: right, left, right half, left half. Nothing
    is multiplied on the way, so that slopes near the largest number stay finite.
    """
    right, left, near_right, near_left = sides
    if math.isfinite(right + near_right) and not math.isfinite(left + near_left):
        left = near_left = math.nan
        narrow, central = near_right, near_right + (near_right - right)
    elif math.isfinite(left + near_left) and not math.isfinite(right + near_right):
        right = near_right = math.nan
        narrow, central = near_left, near_left + (near_left - left)
    else:
        wide, narrow = right / 2 + left / 2, near_right / 2 + near_left / 2
        central = narrow + (narrow - wide) / 3
    gap, near_gap = abs(right - left), abs(near_right - near_left)
    size = max(abs(near_right), abs(near_left))
    sharp = near_gap > SHARP * gap and near_gap > 1e-3 * size + DOUBT * noise
    return Slope(step, near_left, near_right, central, abs(central - narrow), noise, sharp)


def _nudge(trace: Trace, numbers: Indices, values: Array, with_errors: bool) -> tuple[Array, Array]:
    """The output's value for each (node, value) pair, with that node held at that value, and how far it may
    be off.
    """
    plan = trace.plan
    assert trace.output is not None
    output = plan.number[trace.output]
    width = max(1, BATCH // len(plan.ids))
    found, off = np.empty(len(values)), np.zeros(len(values))
    for start in range(0, len(values), width):
        part = slice(start, start + width)
        table = _forward(trace, numbers[part], values[part])
        found[part] = table[output]
        if with_errors:
            off[part] = _errors(trace, numbers[part], table)[output]
    return found, off


def _forward(trace: Trace, numbers: Indices, values: Array) -> Array:
    """Forward passes side by side, shape (nodes, columns): column j holds node numbers[j] at values[j]."""
    columns = np.arange(len(numbers))
    table = np.repeat(trace.node_values[:, None], len(numbers), axis=1)
    table[numbers, columns] = values
    with np.errstate(all="ignore"):
        for part in trace.plan.runs:
            inputs = table[part.sources]
            result = operation_of_run(part.op).value(inputs.reshape(len(inputs), -1))
            table[part.start : part.stop] = result.reshape(-1, len(numbers))
            held = (part.start <= numbers) & (numbers < part.stop)
            table[numbers[held], columns[held]] = values[held]
    return table


def _errors(trace: Trace, numbers: Indices, table: Array) -> Array:
    """How far each number of forward passes side by side may be off; not at all where its inputs are the
    trace's, for then it is rounded as it was there.
    """
    error, columns = np.zeros_like(table), np.arange(len(numbers))
    with np.errstate(all="ignore"):
        for part in trace.plan.runs:
            inputs, off = table[part.sources], error[part.sources]
            differs = ((inputs != trace.node_values[part.sources][:, :, None]) | (off > 0)).any(axis=0)
            if differs.any():
                result = table[part.start : part.stop][differs]
                error[part.start : part.stop][differs] = error_of(
                    part.op, inputs[:, differs], off[:, differs], result
                )
            held = (part.start <= numbers) & (numbers < part.stop)
            error[numbers[held], columns[held]] = 0.0
    return error
