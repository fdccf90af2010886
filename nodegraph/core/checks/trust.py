"""Trust: which slopes tell of a gradient: some steps are too long, go across bends, or show rounding alone.

Looks at slopes only; what follows of it, `gradient_check` says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from nodegraph.core.checks.slopes import Slope

TELLING = 1e-3
"""The part of a slope up to which it may be in doubt and still confirm a gradient."""
FAR = 10
"""So many times that part lies between two slopes of which at most one is right, and so many times as steep
is much steeper."""


def trusted(tries: Sequence[Slope]) -> list[Slope]:
    """The tries up to the first that contradicts a finer one: its step is too long, and nothing shows how far
    it is off, while how far rounding moves the finer ones is known.
    """
    by_step = sorted((slope for slope in tries if math.isfinite(slope.doubt)), key=lambda slope: slope.step)
    found: list[Slope] = []
    low, high = -math.inf, math.inf
    for slope in by_step:
        low, high = max(low, slope.central - slope.doubt), min(high, slope.central + slope.doubt)
        if low > high:
            break
        found.append(slope)
    return found or list(tries[:1])


def is_straight(slope: Slope) -> bool:
    """Whether it is as steep to both sides, as far as numbers can tell."""
    return slope.gap <= TELLING * abs(slope.central) and slope.doubt <= TELLING * abs(slope.central)


def is_blind(slope: Slope, value: float) -> bool:
    """Whether a step longer than the value itself does not show the slope at the value: what it does here may
    be over by then, as 1/x has fallen to 0, and be hidden by rounding; or the sides differ, as where the step
    ends beyond an edge of the numbers.
    """
    nothing = slope.noise > 0 and abs(slope.central) <= slope.rounding
    return 0 < value < slope.step and (nothing or not is_straight(slope))


def is_drowned(best: Slope, output: float) -> bool:
    """Whether the output moves within the step by much of itself, and rounding might move it further still:
    so it is in a long recurrence that magnifies every nudge, whose slopes only grow with shorter steps.
    """
    return not best.steepest and best.change > TELLING * abs(output) > 0


def is_too_long(tries: Sequence[Slope], analytic: float, best: Slope, output: float) -> bool:
    """Whether even the best step is too long for a slope: the output moves by much of itself, and about as
    far within a much shorter step or hardly further within a much longer one, so slopes grow as steps get
    shorter. Then a slope that may as well be 0 contradicts nothing, and one that is hardly known does not
    contradict a much larger gradient.
    """
    is_larger = abs(analytic) > FAR * abs(best.central)
    if best.doubt * (FAR if is_larger else 1) <= best.steepest or best.change <= TELLING * abs(output):
        return False
    return output != 0 and any(_moves_as_far(one, best) or _moves_as_far(best, one) for one in tries)


def _moves_as_far(short: Slope, long: Slope) -> bool:
    """Whether a much shorter step moves the output about as far, so that its slope is much steeper."""
    is_steeper = short.step < long.step and short.shown > FAR * long.shown
    return is_steeper and FAR * short.change > long.change


def is_beyond(tries: Sequence[Slope], analytic: float, best: Slope) -> bool:
    """Whether the best step goes across bends that shorter ones tell of: those come to the gradient and not
    at all to its slope, or slopes go on growing up to the shortest. So it is in a long recurrence, where the
    bound on rounding grows far beyond what rounding really does.
    """
    near = TELLING * abs(analytic)
    if abs(analytic - best.central) <= FAR * near:
        return False
    shorter = [slope for slope in tries if slope.step < best.step]
    first = min(shorter, key=lambda slope: slope.step, default=best)
    if (first.sharp or not first.has_settled) and first.steepest > FAR * best.steepest:
        return True
    agreeing = (one for one in shorter if not one.sharp and abs(one.central - analytic) <= near)
    return len({one.step for one in agreeing if one.central}) > 1  # 0 may be what rounding has swallowed
