"""The inputs that a traced function is handed: every number in them as a value with a name of its own."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import reduce
from itertools import islice
from numbers import Real
from types import SimpleNamespace
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.naming import article
from nodegraph.core.quoting import quoted
from nodegraph.core.recording.variables import names_in
from nodegraph.core.values.not_recorded import PLAIN_NUMBER
from nodegraph.core.values.value import Value

TROUBLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    Refused,
    TypeError,
    ValueError,
    RecursionError,
)
"""What code of a program may raise that is handed values where it expects numbers."""
_NOT_LOOKED_INTO = (str, bytes, bytearray, memoryview, range, Enum, Value)
_MOST = 1_000
"""Of what something holds, as many are looked at."""


def as_values(name: str, given: Any) -> Any:
    """Returns what is given with its numbers as values, which are labelled with its name and their places,
    keys or attributes; what holds no number stays as it is. Raises Refused for what has numbers that would
    be constants in silence.

    >>> as_values("p", SimpleNamespace(w=2.0, b=[1.0])).b[0].label
    'p_b0'
    """
    if _is_number(given):
        return Value(_number(name, given), label=name)
    if isinstance(given, list | tuple):
        return _in_a_row(name, given)
    if isinstance(given, dict):
        return {key: as_values(f"{name}_{key}", one) for key, one in given.items()}
    np = sys.modules.get("numpy")
    if np is not None and type(given) is np.ndarray and given.dtype.kind in "fO":
        return _in_an_array(name, given, np.empty(given.shape, dtype=object))
    return _with_attributes(name, given)


def _is_number(given: Any) -> bool:
    return isinstance(given, Real | Decimal) and not isinstance(given, bool)


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
        return given._make(as_values(f"{name}_{key}", one) for key, one in zip(names, given, strict=True))  # type: ignore[union-attr]
    return [as_values(_placed(name, place), one) for place, one in enumerate(given)]


def _in_an_array(name: str, given: Any, made: Any) -> Any:
    """Returns an array of objects, filled, or the one that is given where that holds no number."""
    places = list(sys.modules["numpy"].ndindex(given.shape))
    for place in places:
        made[place] = as_values(reduce(_placed, place, name), given[place])
    if given.dtype == made.dtype and all(made[place] is given[place] for place in places):
        return given
    return made if given.ndim else made[()]


def _placed(name: str, place: int) -> str:
    return f"{name}{'_' if name[-1:].isdigit() else ''}{place}"


def _with_attributes(name: str, given: Any) -> Any:
    """Returns an object of the same kind whose numbers are values: of a dataclass or a namespace."""
    if is_dataclass(given) and not isinstance(given, type):
        held = {one.name: getattr(given, one.name) for one in fields(given) if one.init}
    else:
        held = vars(given) if _is_namespace(given) else {}
    taken = {key: as_values(f"{name}_{key}", one) for key, one in held.items()}
    changed = {key: one for key, one in taken.items() if one is not held[key]}
    if changed and _is_namespace(given):
        return type(given)(**taken)
    if changed:
        return _made_anew(name, given, changed)
    _demand_no_numbers(name, given)
    return given


def _is_namespace(given: Any) -> bool:
    """Whether something is no more than names and what they hold, as what argparse reads is, too."""
    argparse = sys.modules.get("argparse")
    return type(given) is SimpleNamespace or (argparse is not None and type(given) is argparse.Namespace)


def _made_anew(name: str, given: Any, changed: Mapping[str, Any]) -> Any:
    """Returns a dataclass with these of its fields, so that it computes its others of them."""
    try:
        return replace(given, **changed)
    except TROUBLE as error:
        kind, said = quoted(type(given).__name__), quoted(str(error)).rstrip(".") or type(error).__name__
        said = "it asks for plain numbers" if said == PLAIN_NUMBER else said
        raise Refused(
            f"{name}: {kind} cannot be made of values: {said}; give a dict of its numbers."
        ) from None


# --- numbers that would be constants
def _demand_no_numbers(name: str, given: Any) -> None:
    """Raise Refused where something holds numbers and no values, which would be constants in silence."""
    if not _holds_a_number(given):
        return
    is_of_many = _items(given) is not None or _is_array_of_numbers(given)
    instead = "a list or a dict" if is_of_many else "a dict, a dataclass or a SimpleNamespace"
    raise Refused(
        f"{name} is {article(quoted(type(given).__name__))}, and its numbers would be constants; give "
        f"{instead} of them, or, where constants are meant, leave {name} out: "
        f"trace(lambda x: f({name}, x), x=2)."
    )


def _holds_a_number(given: Any) -> bool:
    """Whether a number is among what something holds, or what that holds; but not beside values."""
    waiting, seen = [given], {id(given)}
    while waiting and len(seen) < _MOST:
        held = waiting.pop()
        if _is_number(held) or _is_array_of_numbers(held):
            return True
        items = _items(held)
        for one in islice(_attributes(held) if items is None else items, _MOST):
            if id(one) not in seen:
                seen.add(id(one))
                waiting.append(one)
    return False


def _is_array_of_numbers(given: Any) -> bool:
    """Whether something is an array, numpy's or one like it, of other numbers than whole ones."""
    return getattr(getattr(given, "dtype", None), "kind", "") in ("f", "c", "V")


def _items(given: Any) -> Iterable[Any] | None:
    """Returns what a set, a series of pandas and the like hold; None for what is no collection."""
    if isinstance(given, _NOT_LOOKED_INTO):
        return ()
    if hasattr(given, "to_numpy") and not isinstance(given, type):
        found: list[Any] = given.to_numpy().ravel()[:_MOST].tolist()
        return found
    if isinstance(given, Mapping):
        return given.values()
    return given if isinstance(given, Collection) and not _is_of_library(type(given)) else None


def _attributes(given: Any) -> list[Any]:
    """Returns what an object of a program's own class holds, unless it holds values, as a model does."""
    kind = type(given)
    if _is_namespace(given):
        return list(vars(given).values())
    is_of_python = kind.__module__.partition(".")[0] in sys.stdlib_module_names
    if is_of_python or _is_of_library(kind) or names_in({"it": given}):
        return []
    slots = (one for base in kind.__mro__ for one in getattr(base, "__slots__", ()))
    return [*getattr(given, "__dict__", {}).values(), *(getattr(given, one, None) for one in slots)]


def _is_of_library(kind: type) -> bool:
    return "-packages" in (getattr(sys.modules.get(kind.__module__), "__file__", None) or "")
