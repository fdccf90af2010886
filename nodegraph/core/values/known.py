"""Which operation of the catalogue a recorded value is, also where the program made the value by itself.

People who learn from micrograd add operations of their own: `Value(t, (x,), "tanh")` with a `_backward`. The
sign says what is meant, and the numbers say whether it is that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.quoting import quoted
from nodegraph.core.values.rules import (
    ADD,
    MULTIPLY,
    POWER,
    SEVERAL,
    UNARY,
    Rule,
    hand_nothing_back,
)

Computed = tuple[str, Callable[..., Any]]
CLOSE = 1e-9
_OF_ONE: Mapping[str, Computed] = {
    **{rule.sign.lower(): (op, rule.value) for op, rule in UNARY.items()},
    **{op: (op, rule.value) for op, rule in UNARY.items()},
    "ln": ("log", math.log),
    "-": ("negate", lambda x: -x),
    "neg": ("negate", lambda x: -x),
}
_OF_MORE: Mapping[str, Computed] = {
    **{rule.sign: (rule.op, rule.value) for rule in (ADD, MULTIPLY, POWER, *SEVERAL.values())},
    "-": ("subtract", lambda x, y: x - y),
    "/": ("divide", lambda x, y: x / y),
}


def known_as(sign: str, data: float, numbers: Sequence[float]) -> Rule:
    """Returns the rule of a value with this sign, computed as `data` from these numbers, which hands nothing
    back. It names no operation where the catalogue has none that is called so and gives that.
    """
    found = (_OF_ONE if len(numbers) == 1 else _OF_MORE).get(sign.lower())
    try:
        result = found[1](*numbers) if found is not None else math.nan
    except (ArithmeticError, ValueError, TypeError):
        result = math.nan
    if found is None or not math.isclose(result, data, rel_tol=CLOSE, abs_tol=CLOSE):
        return Rule("", sign, hand_nothing_back)
    return Rule(found[0], sign, hand_nothing_back, found[1])


def operation_of(value: Any) -> str:
    """Returns the name of a value's operation; Refused where it is one of the program's own."""
    rule = value._rule
    if not rule.op:
        raise Refused(
            f"“{quoted(rule.sign)}” is an operation of the program's own, or gives another number than what "
            "is called so in the catalogue."
        )
    op: str = rule.op
    return op
