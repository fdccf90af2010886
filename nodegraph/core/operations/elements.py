"""Elements: operations written for one place at a time, as text that is compiled where that can be done.

An `Element` belongs to the record of its operation and computes what that record's array functions compute,
to rounding. What it cannot do it says, and the array functions take over there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 6.93145751953125e-1, 1.42860682030941723212e-6
TO_WHOLE = 6755399441055744.0
"""Added, it rounds to a whole number, which is then in the last bits: 3 · 2⁵¹."""
LEAST_EXP, LARGEST_EXP = -745.2, 709.782712893384
"""Below and above, exp is 0 and ∞."""


@dataclass(frozen=True, slots=True)
class Element:
    """An operation at one place, in terms of its inputs x0, x1… and its value y.

    `slopes` are the local derivatives by port; left out, they are the operation's rules. `holds` is a
    condition, also in terms of y: where it is false, the array functions are asked. Names are those of
    `FUNCTIONS`. Comparisons with NaN are false here too.
    """

    value: str
    slopes: tuple[str, ...] = ()
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """An operation on any number of inputs, taken one by one: `step` is what becomes of y with the next input
    x, `end` of y after all of them; `slope` is the local derivative by each. `count` is how many there are.
    """

    step: str
    slope: str
    end: str = ""
    holds: str = ""


def exp(x: float) -> float:
    """Returns eˣ to the last digit but one, without a branch, so that a loop of it is vectorised.

    With k the whole number nearest to x / ln 2 it is 2ᵏ eʳ, and eʳ the Padé approximation of Cephes.
    """
    shifted = x * LOG2_E + TO_WHOLE
    power = shifted - TO_WHOLE
    p, q = _pade(x - power * LN2_HIGH - power * LN2_LOW)
    spare = -54.0 if power < -960.0 else (54.0 if power > 960.0 else 0.0)
    scale = (np.float64(shifted - spare).view(np.int64) << 52) + (1023 << 52)
    y: float = (1.0 + 2.0 * p / (q - p)) * np.int64(scale).view(np.float64)
    y *= 2.0**-54 if spare < 0.0 else (2.0**54 if spare > 0.0 else 1.0)
    y = 0.0 if x < LEAST_EXP else y
    y = math.inf if x > LARGEST_EXP else y
    return y if x == x else x


def tanh(x: float) -> float:
    """Returns the hyperbolic tangent in the same way: (e²ˣ − 1) / (e²ˣ + 1) with what e²ˣ is above 1."""
    size = abs(x)
    size = 20.0 if size > 20.0 else size
    shifted = size * (2.0 * LOG2_E) + TO_WHOLE
    power = shifted - TO_WHOLE
    p, q = _pade(2.0 * size - power * LN2_HIGH - power * LN2_LOW)
    scale = (np.float64(shifted).view(np.int64) << 52) + (1023 << 52)
    times = np.int64(scale).view(np.float64)
    above = 2.0 * times * p + (times - 1.0) * (q - p)
    y = above / (above + 2.0 * (q - p))
    return math.copysign(y, x) if x == x else x


def _pade(r: float) -> tuple[float, float]:
    """Returns p and q with eʳ = 1 + 2p / (q − p), for |r| up to ln 2 / 2."""
    square = r * r
    fourth = square * square
    p = 1.26177193074810590878e-4 * fourth + (3.02994407707441961300e-2 * square + 1.0)
    q = (3.00198505138664455042e-6 * square + 2.52448340349684104192e-3) * fourth
    return r * p, q + (2.27265548208155028766e-1 * square + 2.0)


def sigmoid(x: float) -> float:
    """Returns 1 / (1 + e⁻ˣ) without overflow."""
    small = exp(-abs(x))
    return (1.0 if x >= 0.0 else small) / (1.0 + small)


def sigmoid_slope(x: float) -> float:
    """Returns the slope of the sigmoid, which does not cancel for large x."""
    small = exp(-abs(x))
    return small / ((1.0 + small) * (1.0 + small))


def tanh_slope(x: float, y: float) -> float:
    """Returns the slope of tanh, from its value where that does not cancel."""
    if abs(y) < 0.99:
        return 1.0 - y * y
    small = exp(-2.0 * abs(x))
    return 4.0 * small / ((1.0 + small) * (1.0 + small))


def softplus(x: float) -> float:
    """Returns ln(1 + eˣ) without overflow."""
    return (x if x > 0.0 else 0.0 * x if x != x else 0.0) + math.log1p(exp(-abs(x)))


def is_normal(x: float) -> bool:
    """Returns whether a number is finite and holds all its digits."""
    return 2.2250738585072014e-308 <= abs(x) < math.inf


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "_pade": _pade,
    "exp": exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": tanh,
    "sigmoid": sigmoid,
    "sigmoid_slope": sigmoid_slope,
    "tanh_slope": tanh_slope,
    "softplus": softplus,
    "is_normal": is_normal,
    "isfinite": math.isfinite,
}
"""What an element's text may call, beside `abs` and arithmetic."""
