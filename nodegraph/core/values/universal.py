"""numpy's universal functions where one is handed a value itself.

numpy computes most of them by an object's own operators and methods, which record. What it would choose by
comparing the numbers is recorded here as the operation that it is, and what has no operation is refused.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from numbers import Real
from typing import Any

import numpy as np

from nodegraph.core.values.not_recorded import no_operation


def _of_two(name: str, own: Callable[..., Any], *, keeps_nan: bool = True) -> Any:
    """Returns a function of two numbers or arrays: of plain numbers Python's own, of values their method.

    Both of these choose the first operand where one is NaN, so the one that numpy would choose is put there.
    """

    def chosen(x: Any, y: Any) -> Any:
        if _is_nan(y if keeps_nan else x):
            x, y = y, x
        if isinstance(x, Real) and isinstance(y, Real):
            return own(x, y)
        return getattr(type(y if isinstance(x, Real) else x), name)(x, y)

    return np.frompyfunc(chosen, 2, 1)


def _is_nan(x: Any) -> bool:
    number = x if isinstance(x, Real) else getattr(x, "data", None)  # what is `data` of numpy's is no number
    return isinstance(number, Real) and math.isnan(number)


_LARGER, _SMALLER = _of_two("max", max), _of_two("min", min)
_CHOICES: Mapping[str, Any] = {
    "maximum": _LARGER,
    "fmax": _of_two("max", max, keeps_nan=False),
    "minimum": _SMALLER,
    "fmin": _of_two("min", min, keeps_nan=False),
    "clip": np.frompyfunc(lambda x, least, most: _SMALLER(_LARGER(x, least), most), 3, 1),
}


_OF_PLAIN_NUMBERS = ("sign", "floor", "ceil", "trunc")
"""What numpy would find by comparing, or ask Python's mathematics for."""


def _called(ufunc: np.ufunc) -> str:
    """Returns a universal function as programs call it: numpy.sign, scipy.special.expit."""
    name = ufunc.__name__
    homes = ("numpy", "scipy.special", "numpy.linalg")
    found = next((one for one in homes if getattr(sys.modules.get(one), name, None) is ufunc), "")
    return f"{found}.{name}".lstrip(".")


def computed(
    kind: type, ufunc: np.ufunc, method: str, given: tuple[Any, ...], named: Mapping[str, Any]
) -> Any:
    """Returns what a universal function makes of values, which are of this kind. Raises TypeError, with what
    to write, for what none of the operations is.
    """
    name = ufunc.__name__
    if name in _OF_PLAIN_NUMBERS:
        raise TypeError(no_operation(_called(ufunc)))
    objects = [np.asarray(one, dtype=object) if isinstance(one, kind) else one for one in given]
    try:
        with np.errstate(invalid="ignore"):  # to compare with NaN is no error
            return getattr(_CHOICES.get(name, ufunc), method)(*objects, **named)
    except (AttributeError, TypeError) as error:
        is_missing = f"no callable {name} " in str(error) or f"ufunc '{name}' not supported" in str(error)
        if is_missing or getattr(error, "name", "") == name:
            raise TypeError(no_operation(_called(ufunc))) from None
        raise
