"""Functions of a recorded value that are composed of several operations."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

_LN_2, _LN_10 = math.log(2.0), math.log(10.0)


class Composed:
    """Methods by the names that `math` and numpy have for them, made of what a value has itself."""

    __slots__ = ()
    data: Any
    exp: Callable[[], Any]
    log: Callable[[], Any]
    abs: Callable[[], Any]

    def log1p(self) -> Any:
        """Returns ln(1 + x)."""
        value: Any = self
        return (1 + value).log()

    def expm1(self) -> Any:
        """Returns eˣ − 1."""
        return self.exp() - 1

    def log2(self) -> Any:
        """Returns the logarithm to base 2."""
        return self.log() / _LN_2

    def log10(self) -> Any:
        """Returns the logarithm to base 10."""
        return self.log() / _LN_10

    def exp2(self) -> Any:
        """Returns 2ˣ."""
        value: Any = self
        return 2**value

    def sinh(self) -> Any:
        """Returns the hyperbolic sine."""
        value: Any = self
        return (value.exp() - (-value).exp()) / 2

    def cosh(self) -> Any:
        """Returns the hyperbolic cosine."""
        value: Any = self
        return (value.exp() + (-value).exp()) / 2

    def fabs(self) -> Any:
        """Returns |x|."""
        return self.abs()

    def conjugate(self) -> Any:
        """Returns the value itself, which is real: numpy's variance asks for it."""
        return self
