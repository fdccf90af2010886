"""The classic slips with an operation, in its value and in its local derivatives: which number each leads to,
and what to say of it. Knows operands and results; knows no graph.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Slip = tuple[Callable[[Array, float], Any], str]
"""A wrong number, from the operands and the result; and what to say of it."""
LocalSlip = tuple[Callable[[Array, float, int], Any], str]
"""The same for a local derivative, by an input port."""

OPEN = "The gate is open: a positive input passes unchanged."
CLOSED = "The gate is closed: only a positive input passes."
_MULTIPLIED = "You multiplied; this node adds."
_DEGREES = "That is for an angle in degrees; the input is in radians."

OF_VALUE: Mapping[str, tuple[Slip, ...]] = {
    "add": (
        (lambda x, y: np.prod(x), _MULTIPLIED),
        (lambda x, y: x[0] - x[1], "You subtracted; this node adds."),
    ),
    "subtract": (
        (lambda x, y: x[1] - x[0], "The order counts: it is the first input less the second."),
        (lambda x, y: x[0] + x[1], "You added; this node subtracts."),
    ),
    "multiply": ((lambda x, y: np.sum(x), "You added; this node multiplies."),),
    "divide": (
        (lambda x, y: x[1] / x[0], "Upside down: it is the first input over the second."),
        (lambda x, y: x[0] * x[1], "You multiplied; this node divides."),
    ),
    "power": (
        (lambda x, y: x[0] * x[1], "You multiplied; the second input is an exponent."),
        (lambda x, y: np.power(x[1], x[0]), "Base and exponent have changed places."),
    ),
    "reciprocal": ((lambda x, y: -x[0], "It is 1 over the input, not its negative."),),
    "square": ((lambda x, y: 2 * x[0], "You doubled it; a square is a number times itself."),),
    "sqrt": (
        (lambda x, y: x[0] / 2, "You halved it; the root times itself gives the input."),
        (lambda x, y: x[0] ** 2, "You squared it; the root undoes a square."),
    ),
    "exp": (
        (
            lambda x, y: math.e * x[0],
            "That is Euler's number times the input; here the input is its exponent.",
        ),
        (lambda x, y: np.log(x[0]), "That is the logarithm, which undoes exp."),
    ),
    "log": (
        (lambda x, y: np.exp(x[0]), "That is exp, which undoes the logarithm."),
        (lambda x, y: np.log10(x[0]), "That is the logarithm to base 10; this one is the natural one."),
    ),
    "sin": (
        (lambda x, y: np.cos(x[0]), "That is the cosine."),
        (lambda x, y: np.sin(np.radians(x[0])), _DEGREES),
    ),
    "cos": (
        (lambda x, y: np.sin(x[0]), "That is the sine."),
        (lambda x, y: np.cos(np.radians(x[0])), _DEGREES),
    ),
    "tan": ((lambda x, y: np.tan(np.radians(x[0])), _DEGREES),),
    "sigmoid": (
        (lambda x, y: 1 / (1 + np.exp(x[0])), "The exponent has the wrong sign: it is minus the input."),
        (lambda x, y: np.tanh(x[0]), "That is tanh; the sigmoid lies between 0 and 1."),
    ),
    "tanh": ((lambda x, y: 1 / (1 + np.exp(-x[0])), "That is the sigmoid; tanh lies between −1 and 1."),),
    "relu": ((lambda x, y: x[0], CLOSED), (lambda x, y: 0.0, OPEN)),
    "leaky_relu": (
        (lambda x, y: x[0], "The gate leaks only a hundredth of a negative input."),
        (
            lambda x, y: math.nan if x[0] > 0 else 0.0,
            "That is plain relu; the leaky one lets a hundredth of a negative input through.",
        ),
        (lambda x, y: 0.0, OPEN),
    ),
    "softplus": (
        (
            lambda x, y: max(x[0], 0.0),
            "That is relu; softplus is smooth, the logarithm of 1 plus exp of the input.",
        ),
    ),
    "max": ((lambda x, y: np.min(x), "That is the smallest input; max takes the largest."),),
    "min": ((lambda x, y: np.max(x), "That is the largest input; min takes the smallest."),),
    "mean": (
        (lambda x, y: np.sum(x), "That is the sum; divide it by the number of inputs."),
        (lambda x, y: np.median(x), "That is the median; the mean counts every input."),
    ),
}

_WINS = "Only the input that is taken moves the result; the others may move without any effect."
OF_LOCAL: Mapping[str, tuple[LocalSlip, ...]] = {
    "divide": (
        (lambda x, y, p: -1 / x[1] ** 2 if p else 1 / x[1] ** 2, "One factor is missing or too many."),
        (lambda x, y, p: -x[0] / x[1] if p else x[1], "Look at the power of the divisor again."),
    ),
    "power": (
        (lambda x, y, p: y if p else x[0] ** (x[1] - 1), "A factor is missing in front of the power."),
        (lambda x, y, p: math.nan if p else x[1] * y, "The exponent goes down by one."),
    ),
    "reciprocal": ((lambda x, y, p: -y, "The input is squared in the derivative of 1/x."),),
    "square": (
        (lambda x, y, p: x[0], "The factor 2 is missing: the exponent comes down in front."),
        (lambda x, y, p: 2.0, "The slope of a square is not the same everywhere: the input belongs in it."),
    ),
    "sqrt": (
        (lambda x, y, p: 1 / y, "The factor ½ is missing."),
        (lambda x, y, p: 1 / (2 * x[0]), "Below the line stands the root, not the input itself."),
    ),
    "exp": ((lambda x, y, p: x[0] * np.exp(x[0] - 1), "That is the rule for powers; exp grows by itself."),),
    "log": ((lambda x, y, p: np.exp(x[0]), "That is the derivative of exp."),),
    "sin": ((lambda x, y, p: -np.cos(x[0]), "The sign turns for the cosine, not for the sine."),),
    "cos": ((lambda x, y, p: np.sin(x[0]), "The sign turns when one takes the derivative of a cosine."),),
    "tan": ((lambda x, y, p: 1 - y**2, "A plus belongs between 1 and the square; the minus is tanh's."),),
    "sigmoid": (
        (lambda x, y, p: 1 / (1 + np.exp(x[0])), "A factor is missing: the value itself."),
        (lambda x, y, p: 1 - y**2, "That is the rule of tanh."),
    ),
    "tanh": (
        (lambda x, y, p: 1 - y, "The value is squared in it."),
        (lambda x, y, p: 1 - x[0] ** 2, "Square the value, not the input."),
        (lambda x, y, p: y * (1 - y), "That is the rule of the sigmoid."),
    ),
    "relu": ((lambda x, y, p: 1.0, CLOSED), (lambda x, y, p: 0.0, OPEN)),
    "leaky_relu": (
        (lambda x, y, p: 1.0, "The input is not positive, so only a hundredth gets through."),
        (lambda x, y, p: math.nan if x[0] > 0 else 0.0, "The gate leaks: it is never quite closed."),
        (lambda x, y, p: 0.0, OPEN),
        (lambda x, y, p: 0.01, "A hundredth is for what is not positive; here the gate is open."),
    ),
    "softplus": ((lambda x, y, p: 1 / (1 + np.exp(x[0])), "The exponent has the wrong sign."),),
    "max": ((lambda x, y, p: 1.0, _WINS), (lambda x, y, p: 0.0, "This input is one that is taken.")),
    "min": ((lambda x, y, p: 1.0, _WINS), (lambda x, y, p: 0.0, "This input is one that is taken.")),
    "mean": (
        (lambda x, y, p: 1.0, "The mean divides: each input counts only by its share."),
        (lambda x, y, p: float(len(x)), "The mean divides by the number of inputs."),
    ),
}


def of_value(op: str, operands: Array, value: float) -> list[tuple[float, str]]:
    """Returns the wrong values that slips with an operation lead to; none where an operand is no number, of
    which every sentence would say too much.
    """
    if np.isnan(operands).any():
        return []
    with np.errstate(all="ignore"):
        result = np.float64(value)  # of which 1 / 0 is inf
        return [(float(wrong(operands, result)), why) for wrong, why in OF_VALUE.get(op, ())]


def of_local(op: str, operands: Array, value: float, port: int) -> list[tuple[float, str]]:
    """Returns the same of the local derivative by a port."""
    if np.isnan(operands).any():
        return []
    with np.errstate(all="ignore"):
        result = np.float64(value)
        return [(float(wrong(operands, result, port)), why) for wrong, why in OF_LOCAL.get(op, ())]
