"""Functions of a recorded value that are composed of several operations.

The formula that people know of log1p, expm1 and sinh loses digits to rounding near 0, where the first two are
of use. There another one is recorded, which keeps them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

_NEAR_0 = 1e-300, 1e-6
"""Between these sizes the formula that people know keeps fewer than nine digits."""
_LN_2, _LN_10 = math.log(2.0), math.log(10.0)


def _is_near_0(number: float) -> bool:
    least, most = _NEAR_0
    return least <= abs(number) < most


class Composed:
    """Methods by the names that `math` and numpy have for them, made of what a value has itself."""

    __slots__ = ()
    data: Any
    exp: Callable[[], Any]
    log: Callable[[], Any]
    abs: Callable[[], Any]

    def log1p(self) -> Any:
        """Returns ln(1 + x), with its digits also near 0."""
        value: Any = self
        known = (1 + value).log()
        if not _is_near_0(self.data):
            return known
        if self.data > 0:
            return value.log().softplus()
        return -(-value / (1 + value)).log().softplus()  # ln(1 + x) = −ln(1 + u) where u = −x / (1 + x)

    def expm1(self) -> Any:
        """Returns eˣ − 1, with its digits also near 0."""
        value: Any = self
        known = self.exp() - 1
        if not _is_near_0(self.data):
            return known
        return (value / 2).tanh() * (self.exp() + 1)

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
        """Returns the hyperbolic sine, with its digits also near 0."""
        value: Any = self
        known = (value.exp() - (-value).exp()) / 2
        if not _is_near_0(self.data):
            return known
        return value.tanh() * value.cosh()

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
