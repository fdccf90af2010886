"""Slopes: how the output answers to nudges of one node's value, and how far each is known.

What the output comes to, `nudges` computes from the operations' values only, never from their derivatives.
`rounding` computes how far rounding may have spoilt that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.checks.nudges import Nudges

Array = NDArray[np.float64]

PLACES = np.array([1.0, -1.0, 0.5, -0.5])
"""Where the output is computed, in steps from the node's value."""
NEARER = np.array([1.0, 0.5, 0.25])
"""Where it is computed to one side alone."""
DOUBT = 2.0
"""How many times the noise of `rounding` may be there: functions may round worse than by a unit."""
SHARP = 0.75
"""The slopes to both sides differ in proportion to the step where the output is smooth, and by the same at a
kink: with half the step they must differ by this part of what they did, to tell of something sharp."""
STEEP = 0.1
"""Where one side leaves the numbers, a slope that half the step moves by more than this part of it may be any
other closer by, as that of a square root next to 0."""


@dataclass(frozen=True)
class Slope:
    """A numerical derivative by steps of one size: the slopes to both sides and the central one.

    `truncation` and `noise` are how far the central one may be off because the step is long, and because of
    rounding. It is `sharp` where the slopes to both sides do not come closer with half the step; where they
    differ by next to nothing so, as at the kink of one small term among others, that is the `bend`.
    """

    step: float
    left: float
    right: float
    central: float
    truncation: float
    noise: float
    sharp: bool
    bend: float = 0.0

    @property
    def gap(self) -> float:
        """How far the slopes to both sides are apart."""
        return abs(self.right - self.left)

    @cached_property
    def shown(self) -> float:
        """The size of the steeper of the two, by the slope or by rounding."""
        return max((abs(side) for side in (self.left, self.right) if math.isfinite(side)), default=0.0)

    @property
    def steepest(self) -> float:
        """The size of the steeper of the two, as far as it is more than rounding."""
        return max(0.0, self.shown - self.rounding)

    @property
    def change(self) -> float:
        """How far the output moves within the step, by the slope or by rounding."""
        return self.step * self.shown

    @property
    def rounding(self) -> float:
        """How far rounding may have moved the central slope."""
        return DOUBT * self.noise

    @property
    def has_settled(self) -> bool:
        """Whether half the step brings hardly anything new."""
        return self.truncation <= max(1e-3 * abs(self.central), self.rounding)

    @cached_property
    def doubt(self) -> float:
        """How far the central slope may be off for any reason; infinite where there is none, and where the
        steps go across something sharp, so that nothing is known of what is between.
        """
        doubt = 4 * self.truncation + self.rounding + self.bend
        return doubt if math.isfinite(doubt) and not self.sharp else math.inf


@dataclass(frozen=True)
class OneSided:
    """The slope to one side of a node's value, and how far it may be off."""

    slope: float
    doubt: float


@dataclass(frozen=True, eq=False)
class Quick:
    """Central slopes of many nodes, of shape (nodes,), as `Slope` has them but without the noise, which is
    most of the work: how far each may be off, the steeper of those to both sides, and where it is sharp.
    """

    central: Array
    doubt: Array
    steepest: Array
    sharp: NDArray[np.bool_]


def quick_slopes(nudges: Nudges, numbers: Sequence[int], steps: Sequence[float]) -> Quick:
    """Returns the slopes of the output by these nodes, with a step each, without asking about noise."""
    nudged, outputs, _ = _around(nudges, numbers, np.array(steps)[:, None] * PLACES, with_errors=False)
    with np.errstate(all="ignore"):
        right, left, near_right, near_left = _quotients(nudges, numbers, nudged, outputs).T
        to_right, to_left = np.isfinite(right + near_right), np.isfinite(left + near_left)
        narrow = near_right / 2 + near_left / 2
        central = narrow + (narrow - (right / 2 + left / 2)) / 3
        for alone, far, near in (
            (to_right & ~to_left, right, near_right),
            (to_left & ~to_right, left, near_left),
        ):
            narrow = np.where(alone, near, narrow)
            central = np.where(alone, near + (near - far), central)
        gap, near_gap = np.abs(right - left), np.abs(near_right - near_left)
        sizes = np.abs(np.array([near_right, near_left]))
        is_sharp = (near_gap > SHARP * gap) & (near_gap > 1e-3 * sizes.max(axis=0)) & to_right & to_left
        doubt = 4 * np.abs(central - narrow)
        doubt = np.where(np.isfinite(doubt) & ~is_sharp, doubt, np.inf)
        steepest = np.where(np.isfinite(sizes), sizes, 0.0).max(axis=0)
    return Quick(central, doubt, steepest, is_sharp)


def slopes(nudges: Nudges, numbers: Sequence[int], steps: Array) -> list[list[Slope]]:
    """Returns the slopes of the output by each of these nodes, with their noise, one for each of its `steps`,
    shape (nodes, steps).
    """
    places = steps[:, :, None] * PLACES
    least = np.spacing(np.abs(nudges.trace.node_values[list(numbers)]))  # shows the noise where a node stands
    by = np.column_stack([places.reshape(len(numbers), -1), least])
    nudged, outputs, off = _around(nudges, numbers, by)
    with np.errstate(all="ignore"):
        one_sided = _quotients(nudges, numbers, nudged, outputs)[:, :-1].reshape(places.shape)
        noise = off[:, :-1].reshape(places.shape).max(axis=2) * 3 / steps
        steepest = np.where(np.isfinite(one_sided), np.abs(one_sided), 0.0).max(axis=2)
        noise += np.finfo(float).eps * steepest
        apart = noise + 4 * off[:, -1:] / steps
    rows = zip(*(numbers.tolist() for numbers in (steps, one_sided, noise, apart)), strict=True)
    return [[_slope(*one) for one in zip(*row, strict=True)] for row in rows]


def both_sides(nudges: Nudges, numbers: Sequence[int], steps: Array) -> list[tuple[OneSided, OneSided]]:
    """Returns the slopes to the left and to the right of each of these nodes' values, extrapolated to a step
    of 0.

    Each is a Richardson extrapolation over h, h/2 and h/4 with one of the node's `steps`, shape (nodes,
    steps), the one that leaves the least doubt of those that agree with all finer ones; what is within its
    doubt of 0 is 0.
    """
    steps = np.sort(steps, axis=1)
    sides = np.array([-1.0, 1.0])
    places = steps[:, None, :, None] * sides[:, None, None] * NEARER
    nudged, outputs, off = _around(nudges, numbers, places.reshape(len(numbers), -1))
    with np.errstate(all="ignore"):
        quotients = _quotients(nudges, numbers, nudged, outputs).reshape(places.shape)
        once = quotients[..., 1:] + (quotients[..., 1:] - quotients[..., :-1])
        twice = once[..., 1] + (once[..., 1] - once[..., 0]) / 3
        noise = 30 * off.reshape(places.shape).max(axis=3) / steps[:, None, :]
        noise += 30 * np.finfo(float).eps * np.abs(quotients).max(axis=3)
        doubt = np.abs(twice - once[..., 1]) + noise
    doubt = np.where(np.isfinite(doubt) & np.isfinite(twice), doubt, np.inf)
    with np.errstate(all="ignore"):
        low, high = (np.where(np.isfinite(doubt), twice + way * doubt, way * np.inf) for way in sides)
    agrees = np.maximum.accumulate(low, axis=2) <= np.minimum.accumulate(high, axis=2)
    best = np.argmin(np.where(agrees, doubt, np.inf), axis=2)[:, :, None]
    found = np.take_along_axis(twice, best, axis=2)[..., 0], np.take_along_axis(doubt, best, axis=2)[..., 0]
    rows = zip(*(part.tolist() for part in found), strict=True)
    return [
        _zeroed(OneSided(*left), OneSided(*right)) for left, right in (zip(*row, strict=True) for row in rows)
    ]


def _zeroed(left: OneSided, right: OneSided) -> tuple[OneSided, OneSided]:
    """Both, with 0 for what is indistinguishable from it."""
    size = max(abs(left.slope), abs(right.slope))
    left, right = (
        OneSided(0.0, one.doubt) if abs(one.slope) <= max(one.doubt, 1e-9 * size) else one
        for one in (left, right)
    )
    return left, right


def _around(
    nudges: Nudges, numbers: Sequence[int], by: Array, *, with_errors: bool = True
) -> tuple[Array, Array, Array]:
    """The values nudged `by` so much, a row for each node; the output there, and how far it may be off."""
    at = nudges.trace.node_values[list(numbers)]
    at = np.where(nudges.reaching[list(numbers)] | np.isfinite(at), at, 0.0)  # elsewhere any place will do
    nudged = at[:, None] + by
    repeated = np.repeat(numbers, by.shape[1])
    outputs, off = nudges.outputs(repeated, nudged.ravel(), with_errors=with_errors)
    return nudged, outputs.reshape(nudged.shape), off.reshape(nudged.shape)


def _quotients(nudges: Nudges, numbers: Sequence[int], nudged: Array, outputs: Array) -> Array:
    """The slopes of the lines from where the node stands to where it was nudged to."""
    here = nudges.trace.node_values[nudges.output]
    at = nudges.trace.node_values[list(numbers)]
    moved = nudged - np.where(np.isfinite(at), at, 0.0)[:, None]  # what the step really is, in floating point
    quotients: Array = (outputs - here) / moved
    return quotients


def _slope(step: float, sides: Sequence[float], noise: float, apart: float) -> Slope:
    """Judge the one-sided slopes over a whole and a half step: right, left, right half, left half. Nothing
    is multiplied on the way, so that slopes near the largest number stay finite. Rounding where the node
    stands, which the central slope does not feel, may bring those to both sides `apart`.
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
    truncation = abs(central - narrow)
    is_bent = near_gap > SHARP * gap and near_gap > DOUBT * apart
    sharp = is_bent and near_gap > 1e-3 * size + DOUBT * apart
    if math.isnan(gap):  # an edge of the numbers is near, and where half the step matters it is a steep one
        sharp = truncation > STEEP * abs(central) + DOUBT * noise
    bend = near_gap if is_bent else 0.0
    return Slope(step, near_left, near_right, central, truncation, noise, sharp, bend)
