"""The inputs that a traced function is handed: every number in them as a value with a name of its own."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from itertools import islice
from numbers import Real
from types import SimpleNamespace
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.naming import article
from nodegraph.core.quoting import quoted
from nodegraph.core.recording.not_recorded import PLAIN_NUMBER
from nodegraph.core.recording.value import Value
from nodegraph.core.recording.variables import names_in

_NOT_LOOKED_INTO = (str, bytes, bytearray, memoryview, range, Enum)
_MOST = 1_000
"""Of what something holds, as many are looked at."""


def as_values(name: str, given: Any) -> Any:
    """Returns what is given with its numbers as values, which are labelled with its name and their places,
    keys or attributes; what holds no number stays as it is. Raises Refused for what has numbers that would
    be constants in silence.

    >>> as_values("p", SimpleNamespace(w=2.0, b=[1.0])).b[0].label
    'p_b0'
    """
    if isinstance(given, Real | Decimal) and not isinstance(given, bool):
        return Value(_number(name, given), label=name)
    if isinstance(given, list | tuple):
        return _in_a_row(name, given)
    if isinstance(given, dict):
        return {key: as_values(f"{name}_{key}", one) for key, one in given.items()}
    if type(given).__module__ == "numpy" and hasattr(given, "dtype") and given.dtype.kind == "f":
        import numpy as np

        values = as_values(name, given.tolist())
        return np.array(values, dtype=object) if given.ndim else values
    return _with_attributes(name, given)


def _number(name: str, given: Real | Decimal) -> float:
    try:
        return given if isinstance(given, int) else float(given)
    except OverflowError:
        raise Refused(
            f"{name} is beyond the range of floats; the leaves of a graph are finite numbers."
        ) from None


def _in_a_row(name: str, given: list[Any] | tuple[Any, ...]) -> Any:
    names = getattr(given, "_fields", None)
    if names is not None:
        return type(given)(*(as_values(f"{name}_{key}", one) for key, one in zip(names, given, strict=True)))
    link = "_" if name[-1:].isdigit() else ""
    return [as_values(f"{name}{link}{place}", one) for place, one in enumerate(given)]


def _with_attributes(name: str, given: Any) -> Any:
    """Returns an object of the same kind whose numbers are values: of a dataclass or a namespace."""
    if is_dataclass(given) and not isinstance(given, type):
        held = {one.name: getattr(given, one.name) for one in fields(given) if one.init}
    else:
        held = vars(given) if type(given) is SimpleNamespace else {}
    taken = {key: as_values(f"{name}_{key}", one) for key, one in held.items()}
    changed = {key: one for key, one in taken.items() if one is not held[key]}
    if changed and type(given) is SimpleNamespace:
        return SimpleNamespace(**taken)
    if changed:
        return _made_anew(name, given, changed)
    _demand_no_numbers(name, given)
    return given


def _made_anew(name: str, given: Any, changed: Mapping[str, Any]) -> Any:
    """Returns a dataclass with these of its fields, so that it computes its others of them."""
    try:
        return replace(given, **changed)
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        kind, said = quoted(type(given).__name__), quoted(str(error)).rstrip(".")
        said = "it asks for plain numbers" if said == PLAIN_NUMBER else said
        raise Refused(
            f"{name}: {kind} cannot be made of values: {said}; give a dict of its numbers."
        ) from None


def _demand_no_numbers(name: str, given: Any) -> None:
    """Raise Refused where something holds numbers and no values, which would be constants in silence."""
    held, instead = _held(given), "a list or a dict"
    if held is None:
        held, instead = _attributes(name, given), "a dict, a dataclass or a SimpleNamespace"
    if any(isinstance(one, Real | Decimal) and not isinstance(one, bool) for one in islice(held, _MOST)):
        raise Refused(
            f"{name} is {article(quoted(type(given).__name__))}, and its numbers would be constants; give "
            f"{instead} of them, or, where constants are meant, leave {name} out: "
            f"trace(lambda x: f({name}, x), x=2)."
        )


def _held(given: Any) -> Iterable[Any] | None:
    """Returns what a set, a series of pandas and the like hold; None for what is no collection."""
    if isinstance(given, _NOT_LOOKED_INTO):
        return ()
    if hasattr(given, "to_numpy") and not isinstance(given, type):
        found: list[Any] = given.to_numpy().ravel()[:_MOST].tolist()
        return found
    if isinstance(given, Mapping):
        return given.values()
    return given if isinstance(given, Collection) and not _is_of_library(type(given)) else None


def _attributes(name: str, given: Any) -> list[Any]:
    """Returns what an object of a program's own class holds, unless it holds values, as a model does."""
    kind = type(given)
    is_of_python = kind.__module__.partition(".")[0] in sys.stdlib_module_names
    if is_of_python or _is_of_library(kind) or names_in({name: given}):
        return []
    slots = (one for base in kind.__mro__ for one in getattr(base, "__slots__", ()))
    return [*getattr(given, "__dict__", {}).values(), *(getattr(given, one, None) for one in slots)]


def _is_of_library(kind: type) -> bool:
    return "-packages" in (getattr(sys.modules.get(kind.__module__), "__file__", None) or "")
