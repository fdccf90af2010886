"""What Python asks of a number and a recorded value does not give: each says what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

PLAIN_NUMBER = (
    "a Value is recorded, and a plain number is not: write x.exp() for math.exp(x), and (x**2 + y**2)**0.5 "
    "for math.hypot(x, y); take x.data for the number, or hand the whole function to nodegraph.trace"
)
"""Said where a plain number is asked for; while a function is traced the last of it is said otherwise."""


def no_operation(name: str, *, how: str = "") -> str:
    """Says that a function is none of the catalogue's, and what to do; `how` is how the number is handed on.

    >>> no_operation("math.erf")[:75]
    'math.erf is no operation of the catalogue, so a Value does not record it: c'
    """
    return (
        f"{name} is no operation of the catalogue, so a Value does not record it: compose it of operations, "
        f"or {how or f'hand {name} the number x.data in place of x'}"
    )


def _refusing(name: str) -> Callable[..., NoReturn]:
    how = "" if name.isalpha() else f"write {name.replace('x', 'x.data')}, which is of the number alone"

    def refuse(self: object, *given: object) -> NoReturn:
        raise TypeError(no_operation(name, how=how))

    return refuse


class NotRecorded:
    """What no value does: it would be lost in silence that the result was computed from it."""

    __slots__ = ()
    data: Any

    __round__ = _refusing("round")
    __floor__ = _refusing("floor")
    __ceil__ = _refusing("ceil")
    __trunc__ = _refusing("trunc")
    __int__ = _refusing("int")
    __divmod__ = __rdivmod__ = _refusing("divmod")
    __floordiv__ = __rfloordiv__ = _refusing("x // y")
    __mod__ = __rmod__ = _refusing("x % y")

    def __float__(self) -> float:
        raise TypeError(PLAIN_NUMBER)

    def __format__(self, form: str) -> str:
        """What is printed in a form for numbers is the number: nothing is computed from it."""
        return format(self.data, form) if form else str(self)
