"""Python's `math` and `statistics` for values: each function as ours where it is handed a value, and as it is
elsewhere.

They stand in for Python's own while a function is recorded, and only then.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Iterator, ValuesView
from contextlib import contextmanager
from functools import reduce, wraps
from threading import RLock
from types import BuiltinFunctionType
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.recording.spreads import SPREADS
from nodegraph.core.values.not_recorded import AS_NUMBERS, no_operation
from nodegraph.core.values.value import Value


def _log(x: Any, base: Any = math.e) -> Any:
    if isinstance(base, Value):
        return x.log() / base.log()
    return x.log() if base == math.e else x.log() / _own["log"](base)


def _root_of_squares(*coordinates: Any) -> Any:
    return sum((x * x for x in coordinates[1:]), coordinates[0] * coordinates[0]).sqrt()


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(Value, name) for name in ("exp", "sqrt", "sin", "cos", "tan", "tanh", "fabs")},
    **{name: getattr(Value, name) for name in ("log2", "log10", "log1p", "expm1", "exp2", "sinh", "cosh")},
    "log": lambda x, *base: _log(*map(_as_value, (x,)), *base),
    "pow": lambda x, y: x**y,
    "hypot": _root_of_squares,
    "radians": lambda x: x * (math.pi / 180),
    "degrees": lambda x: x * (180 / math.pi),
    "fsum": lambda terms: sum(terms),
    "prod": lambda factors, start=1: reduce(lambda x, y: x * y, factors, start),
    "sumprod": lambda p, q: sum(x * y for x, y in zip(p, q, strict=True)),
    **SPREADS,
}
_OF_THE_NUMBER = frozenset({"isnan", "isinf", "isfinite", "isclose"})
"""What is asked of the number alone, as comparisons are."""
_own: dict[str, Any] = {
    name: function for name, function in vars(math).items() if isinstance(function, BuiltinFunctionType)
}
_of_statistics: dict[str, Any] = {name: getattr(statistics, name) for name in SPREADS}
_lock = RLock()


def _as_value(x: Any) -> Any:
    return x if isinstance(x, Value) else Value(x)


def _holds_value(given: Iterable[Any]) -> bool:
    return any(
        isinstance(one, Value) or (isinstance(one, list | tuple) and _holds_value(one)) for one in given
    )


def _standing_in(name: str, own: Callable[..., Any]) -> Callable[..., Any]:
    """Returns a function that does what Python's own does, and ours where it is handed a value."""

    @wraps(own)
    def standing_in(*given: Any, **named: Any) -> Any:
        given = tuple(list(one) if isinstance(one, Iterator | ValuesView) else one for one in given)
        if not _holds_value(given):
            return own(*given, **named)
        if name in _OF_THE_NUMBER:
            return own(*(one.data if isinstance(one, Value) else one for one in given), **named)
        if name not in _FUNCTIONS:
            raise Refused(no_operation(f"math.{name}"))
        return _FUNCTIONS[name](*given, **named)

    return standing_in


@contextmanager
def math_of_values(names: dict[str, Any]) -> Iterator[None]:
    """Let functions of `math` and `statistics` take values, also those that `names`, a module's globals, has
    by themselves.
    """
    ours = {name: _standing_in(name, own) for name, own in _own.items()}
    spreads = {name: _standing_in(name, own) for name, own in _of_statistics.items()}
    by_own = {id(own): ours[name] for name, own in _own.items()}
    by_own |= {id(own): spreads[name] for name, own in _of_statistics.items()}
    with _lock:
        before = dict(vars(math)), dict(vars(statistics))  # those of a recording around this one
        imported = {name: held for name, held in names.items() if id(held) in by_own}
        names.update({name: by_own[id(held)] for name, held in imported.items()})
        vars(math).update(ours)
        vars(statistics).update(spreads)
        recording = AS_NUMBERS.set(True)
        try:
            yield
        finally:
            AS_NUMBERS.reset(recording)
            vars(math).update((name, before[0][name]) for name in _own)
            vars(statistics).update((name, before[1][name]) for name in _of_statistics)
            names.update(imported)
