"""Which case of a rule holds: a relu passes its input or does not, a maximum takes one input or another.

Knows operations and numbers, and no graph.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A case: `condition` says when it holds, to go on with after "while"; `reason` says why the local
    derivative is what it is there.
    """

    condition: str
    reason: str
    is_kink: bool = False


def case(op: str, port: int, values: Sequence[float], name: str, source: str) -> Case | None:
    """The case of the rule by an input port that holds at these values of the inputs; None where the rule of
    the operation has only one. `name` is the node's, `source` that of the input.

    >>> case("relu", 0, [-2.0], "h", "z").reason
    'z < 0, so h stays 0 and does not move with it'
    >>> case("max", 1, [3.0, 2.0], "y", "q").condition, case("sin", 0, [1.0], "y", "x")
    ('q is not the largest input', None)
    """
    if any(map(math.isnan, values)):
        return _OF_NAN if op in _AT_ZERO or op in ("max", "min") else None
    if op in _AT_ZERO:
        return _by_sign(op, values[0], name, source)
    if op in ("max", "min"):
        which, decides = ("largest", max(values)) if op == "max" else ("smallest", min(values))
        if values[port] == decides:
            condition = f"{source} is the {which} input"
            return Case(condition, f"{condition}, so it alone decides")
        condition = f"{source} is not the {which} input"
        return Case(condition, f"{condition}, so it has no effect")
    return _of_power(port, values) if op == "power" else None


_OF_NAN = Case("an input is NaN", "NaN is neither above nor below any number, so no case of the rule holds")
_BELOW = {
    "relu": "so {name} stays 0 and does not move with it",
    "leaky_relu": "so only a hundredth of its change gets through",
    "abs": "so {name} falls as {source} rises",
}
_AT_ZERO = {"relu": "0", "leaky_relu": "0.01", "abs": "0"}
"""The slope that is taken at the kink."""


def _by_sign(op: str, value: float, name: str, source: str) -> Case:
    if value > 0:
        return Case(f"{source} > 0", f"{source} > 0, so {name} moves with it, one for one")
    if value < 0:
        return Case(f"{source} < 0", f"{source} < 0, {_BELOW[op].format(name=name, source=source)}")
    at_kink = f"{source} = 0, the kink, where the slope is taken as {_AT_ZERO[op]}"
    return Case(f"{source} = 0", at_kink, is_kink=True)


def _of_power(port: int, values: Sequence[float]) -> Case | None:
    base, exponent = values
    if port == 0 and exponent == 0:
        return Case("the exponent is 0", "With the exponent 0 the power is 1, whatever the base is")
    if port == 1 and base == 0 and exponent > 0:
        return Case(
            "the base is 0 and the exponent positive",
            "0 raised to any positive exponent is 0, so the exponent has no effect: the power times the "
            "logarithm of its base has no value there, and its limit as the base goes to 0 is taken",
        )
    return None
