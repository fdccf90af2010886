"""What Python asks of a number and a recorded value does not give: each says what to write instead."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, NoReturn

PLAIN_NUMBER = (
    "a plain number is asked for, and a Value is recorded: its number is x.data; for what is to be recorded "
    "write x.exp() for math.exp(x), and (x**2 + y**2)**0.5 for math.hypot(x, y), or hand the whole function "
    "to nodegraph.trace"
)
"""Said where a plain number is asked for; while a function is traced the last of it is said otherwise."""


AS_NUMBERS = ContextVar("AS_NUMBERS", default=False)
"""Whether a function is being recorded, whose branches run on the numbers."""
IN_A_SET = (
    "a set or a dictionary would look for the value itself, not for its number: write x.data in {1, 2}, or "
    "keep values in a list"
)
"""Said where a recorded value would be put into a set, or looked for in one."""
_TRUTH = (
    "the number is 0, which is false, and a Value is true as micrograd's is: write x != 0 to ask for the "
    "number, as in x if x != 0 else y for x or y"
)
_INDEX = (
    "a whole number is asked for, as in range(n), and a Value is none: take int(n.data) where nothing is "
    "derived by n, or leave n out of what is traced and give it by a default: def f(x, n=3)"
)


def no_operation(name: str, *, how: str = "") -> str:
    """Says that a function is none of the catalogue's, and what to do; `how` is how the number is handed on.

    >>> no_operation("math.erf")[:75]
    'math.erf is no operation of the catalogue, so a Value does not record it: c'
    """
    return (
        f"{name} is no operation of the catalogue, so a Value does not record it: compose it of operations, "
        f"or {how or f'hand {name} the number x.data in place of x'}"
    )


def public_name(name: str, module: str) -> str:
    """Returns a function of a library as programs call it: by the first of the modules around it that has it.

    >>> public_name("mean", "statistics"), public_name("sqrt", "numpy._core.umath")
    ('statistics.mean', 'numpy.sqrt')
    """
    parts = module.split(".")
    around = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
    found = next((one for one in around if hasattr(sys.modules.get(one), name)), parts[0])
    return f"{found}.{name}"


def _refusing(name: str) -> Callable[..., NoReturn]:
    how = "" if name.isalpha() else f"write {name.replace('x', 'x.data')}, which is of the number alone"

    def refuse(self: object, *given: object) -> NoReturn:
        raise TypeError(no_operation(name, how=how))

    return refuse


def _no_method(name: str) -> property:
    def refuse(self: object) -> NoReturn:
        raise AttributeError(f"a Value has no {name}(): its number is x.data, and its gradient x.grad")

    return property(refuse)


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

    item, numpy, detach, tolist = map(_no_method, ("item", "numpy", "detach", "tolist"))

    def __index__(self) -> int:
        raise TypeError(_INDEX)

    def __bool__(self) -> bool:
        """True, as micrograd's; refused of a number that is 0 while a function is recorded."""
        if self.data == 0 and AS_NUMBERS.get():
            raise TypeError(_TRUTH)
        return True

    def __float__(self) -> float:
        raise TypeError(PLAIN_NUMBER)

    def __format__(self, form: str) -> str:
        """What is printed in a form for numbers is the number: nothing is computed from it."""
        return format(self.data, form) if form else str(self)
