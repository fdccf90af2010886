"""Arrays of values, written out number by number: what programs of array libraries are recorded with.

An array holds values and plain numbers as objects; numpy's own arithmetic goes through theirs. Each operation
here takes what it takes elementwise, by the name that array libraries have for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.operations.catalogue import LEAKY_SLOPE as LEAKY_SLOPE
from nodegraph.core.quoting import quoted
from nodegraph.core.values.rules import UNARY
from nodegraph.core.values.value import Value

Objects = NDArray[Any]
MOST = 1_000
"""Numbers that one array may have: each is a node."""


def held(given: Any) -> Objects:
    """Returns plain numbers as an array of objects."""
    array = np.asarray(given)
    return array if array.dtype == object else array.astype(object)


def values_of(name: str, given: Any) -> Objects:
    """Returns an input as values, labelled with its name and their places."""
    try:
        numbers = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise Refused(f"{name} is no array of numbers.") from None
    check_size(name, numbers.shape)
    found = np.empty(numbers.shape, dtype=object)
    for place in np.ndindex(numbers.shape):
        found[place] = Value(float(numbers[place]), label=name + "_".join(map(str, place)))
    return found


def check_size(name: str, shape: Iterable[int]) -> None:
    """Raise Refused where an array has more numbers than are written out."""
    count = math.prod(shape)
    if count > MOST:
        raise Refused(f"{name} has {count:,} numbers; arrays of up to {MOST:,} are written out.")


def root_of(found: Any) -> Any:
    """Returns the one value that was computed; Refused where there are more, or it is a plain number."""
    array = held(found)
    if array.size != 1:
        raise Refused(f"The result has {array.size:,} numbers, and a graph has one output; sum them, say.")
    value = array.reshape(-1)[0]
    if not isinstance(value, Value):
        raise Refused(f"The result is the plain number {value}: no input leads to it.")
    return value


def number(x: Any) -> Any:
    """Returns the number of a value, or the plain number itself."""
    return x.data if isinstance(x, Value) else x


def _unary(op: str) -> Callable[[Any], Any]:
    rule = UNARY[op]
    return lambda x: getattr(x, op)() if isinstance(x, Value) else rule.value(x)


def _extreme(op: str, limit: float) -> Callable[..., Any]:
    """Returns the largest, or smallest, of several; an infinite plain number decides nothing."""

    def of(*numbers: Any) -> Any:
        told = [x for x in numbers if isinstance(x, Value) or x != limit] or [limit]
        first = next((x for x in told if isinstance(x, Value)), None)
        if first is None:
            return max(told) if op == "max" else min(told)
        others = [x for x in told if x is not first]
        return getattr(first, op)(*others) if others else first

    return of


larger, smaller = _extreme("max", -math.inf), _extreme("min", math.inf)

_ELEMENTWISE: Mapping[str, tuple[int, Callable[..., Any]]] = {
    **{op: (1, _unary(op)) for op in UNARY},
    "logistic": (1, _unary("sigmoid")),
    "neg": (1, lambda x: -x),
    "rsqrt": (1, lambda x: _unary("sqrt")(x) ** -1),
    "log1p": (1, lambda x: x.log1p() if isinstance(x, Value) else math.log1p(x)),
    "expm1": (1, lambda x: x.expm1() if isinstance(x, Value) else math.expm1(x)),
    "sinh": (1, lambda x: x.sinh() if isinstance(x, Value) else math.sinh(x)),
    "cosh": (1, lambda x: (_unary("exp")(x) + _unary("exp")(-x)) / 2),
    "exp2": (1, lambda x: 2.0**x),
    "log2": (1, lambda x: _unary("log")(x) / math.log(2)),
    "sign": (1, lambda x: (number(x) > 0) - (number(x) < 0)),
    "is_finite": (1, lambda x: math.isfinite(number(x))),
    "not": (1, lambda x: not x),
    "stop_gradient": (1, number),
    "add": (2, lambda x, y: x + y),
    "sub": (2, lambda x, y: x - y),
    "mul": (2, lambda x, y: x * y),
    "div": (2, lambda x, y: x / y),
    "pow": (2, lambda x, y: x**y),
    "max": (2, larger),
    "min": (2, smaller),
    "and": (2, lambda x, y: x and y),
    "or": (2, lambda x, y: x or y),
    "gt": (2, lambda x, y: number(x) > number(y)),
    "ge": (2, lambda x, y: number(x) >= number(y)),
    "lt": (2, lambda x, y: number(x) < number(y)),
    "le": (2, lambda x, y: number(x) <= number(y)),
    "eq": (2, lambda x, y: number(x) == number(y)),
    "ne": (2, lambda x, y: number(x) != number(y)),
    "where": (3, lambda which, x, y: x if which else y),
}


def elementwise(name: str, arrays: Iterable[Objects]) -> Objects | None:
    """Returns an operation applied place by place; None where there is none of this name for so many."""
    given = list(arrays)
    count, function = _ELEMENTWISE.get(name, (-1, number))
    if count != len(given):
        return None
    return held_result(np.frompyfunc(function, count, 1)(*given))


def each(op: str, array: Objects) -> Objects:
    """Returns a function of one number at each place."""
    return held_result(np.frompyfunc(_ELEMENTWISE[op][1], 1, 1)(array))


def held_result(found: Any) -> Objects:
    """Returns what numpy computed of objects as an array again: of a single one it gives that itself."""
    if isinstance(found, np.ndarray):
        return found
    array = np.empty((), dtype=object)
    array[()] = found
    return array


def reduced(function: Callable[..., Any], array: Objects, axes: Iterable[int]) -> Objects:
    """Returns a function of several numbers along some axes."""
    along = tuple(axis % max(array.ndim, 1) for axis in axes) if array.ndim else ()
    kept = [axis for axis in range(array.ndim) if axis not in along]
    shape = [array.shape[axis] for axis in kept]
    rows = array.transpose(*kept, *along).reshape(*shape, -1)
    found = np.empty(shape, dtype=object)
    for place in np.ndindex(*shape):
        numbers = list(rows[place])
        found[place] = function(*numbers) if len(numbers) != 1 else numbers[0]
    return found


def total(*numbers: Any) -> Any:
    """Returns the sum, from the first on; of nothing 0."""
    return sum(numbers[1:], numbers[0]) if numbers else 0.0


def product(*numbers: Any) -> Any:
    """Returns the product; of nothing 1."""
    return math.prod(numbers[1:], start=numbers[0]) if numbers else 1.0


def unknown(name: str, where: str) -> Refused:
    """Returns the refusal of an operation that cannot be written out."""
    return Refused(f"{where}“{quoted(name)}” is no operation that can be written out.")
