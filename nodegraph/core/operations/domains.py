"""Why a result is no finite number, in a sentence: outside a function's domain, too large, or a steep place.

Each cause has words of its own. Knows operations and numbers, and no graph.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import OPERATIONS, application
from nodegraph.core.operations.equations import told
from nodegraph.core.operations.formula import Number, Tree, substitute

LARGEST = "1.8e308"
"""About the largest floating-point number."""


def why_not_finite(op: str, inputs: Sequence[float], result: float) -> str:
    """The sentence for an operation on finite inputs whose result, or else whose slope, is not finite.

    >>> why_not_finite("log", [-1.0], float("nan"))
    'ln(−1) is not a number. Log asks that the input is above 0.'
    >>> why_not_finite("square", [1e200], float("inf"))
    '(1e200)² is too large for a floating-point number, which ends at about 1.8e308, so it becomes ∞.'
    """
    numbers: dict[str, Tree] = {f"x{port}": Number(value) for port, value in enumerate(inputs)}
    applied = told(substitute(application(op, len(inputs)), numbers)).unicode
    outside = _OUTSIDE.get(op, _anywhere)(inputs)
    asked = f" {OPERATIONS[op].title} asks that {outside}." if outside else ""
    if math.isnan(result):
        on_the_way = " A part of it is too large for a floating-point number on the way."
        return f"{applied} is not a number.{asked or on_the_way}"
    if math.isinf(result):
        if asked:
            return f"{applied} is {format_number(result)}.{asked}"
        too_large = f"too large for a floating-point number, which ends at about {LARGEST}"
        return f"{applied} is {too_large}, so it becomes {format_number(result)}."
    steep = _STEEP.get(op, _anywhere)(inputs)
    if steep:
        return f"The local derivative of {applied} is not finite here: {steep}."
    return f"A local derivative of {applied} is too large for a floating-point number."


def _anywhere(inputs: Sequence[float]) -> str:
    return ""


def _power(inputs: Sequence[float]) -> str:
    base, exponent = inputs
    if base < 0 and exponent != int(exponent):
        return "a negative base has a whole exponent"
    return "a base of 0 has no negative exponent" if base == 0 and exponent < 0 else ""


def _steep_power(inputs: Sequence[float]) -> str:
    base, exponent = inputs
    if base < 0:
        return "by its exponent, a power of a negative base has no derivative"
    if base == 0 and 0 < exponent < 1:
        return "a power with an exponent between 0 and 1 rises infinitely fast at 0"
    return "by its exponent, 0 raised to 0 has no slope" if base == 0 else ""


_OUTSIDE: Mapping[str, Callable[[Sequence[float]], str]] = {
    "divide": lambda x: "" if x[1] else "the divisor is not 0",
    "reciprocal": lambda x: "" if x[0] else "the input is not 0",
    "log": lambda x: "" if x[0] > 0 else "the input is above 0",
    "sqrt": lambda x: "the input is 0 or more" if x[0] < 0 else "",
    "power": _power,
}
"""What an operation asks that these inputs do not hold to, or nothing."""

_STEEP: Mapping[str, Callable[[Sequence[float]], str]] = {
    "sqrt": lambda x: "" if x[0] else "at 0 the square root rises infinitely fast",
    "power": _steep_power,
}
"""Why the slope has no finite value there, other than for want of room."""
