"""What a program calls its values: names read from its variables, and what their places in lists add to them.

Looks at objects only; runs no code of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nodegraph.core.values.value import Value

MOST = 100_000
"""Objects that are looked at, at most."""
LONGEST, DEEPEST = 10_000, 8
"""Of a list that is looked into, and how far."""
_PLAIN = (int, float, complex, str, bytes, type(None), type)


def names_in(*scopes: Mapping[str, Any]) -> dict[int, str]:
    """Returns a name for each value that variables hold, by id: its own, or, in a list or an object, that of
    the list or attribute with its places. What is in the first scope goes before what is in the next.

    >>> w = [Value(1.0), Value(2.0)]
    >>> list(names_in({"w": w}).values())
    ['w0', 'w1']
    """
    found: dict[int, str] = {}
    shown = [(name, held) for scope in scopes for name, held in scope.items() if not name.startswith("_")]
    for name, held in shown:
        if isinstance(held, Value):
            found.setdefault(id(held), name)
    seen: set[int] = set()
    for name, held in shown:
        _look(name, (), held, found, seen, 0)
    return found


def _look(
    name: str, places: tuple[str, ...], held: Any, found: dict[int, str], seen: set[int], depth: int
) -> None:
    if isinstance(held, Value):
        found.setdefault(id(held), name + "_".join(places))
        return
    if isinstance(held, _PLAIN) or id(held) in seen or len(seen) >= MOST or depth > DEEPEST:
        return
    seen.add(id(held))
    for more_name, more_places, inside in _inside(name, places, held):
        _look(more_name, more_places, inside, found, seen, depth + 1)


def _inside(name: str, places: tuple[str, ...], held: Any) -> Iterable[tuple[str, tuple[str, ...], Any]]:
    if isinstance(held, list | tuple | dict) and len(held) > LONGEST:
        return []
    if isinstance(held, list | tuple):
        return [(name, (*places, str(place)), inside) for place, inside in enumerate(held)]
    if isinstance(held, dict):
        return [(name, (*places, str(key)), i) for key, i in held.items() if isinstance(key, str | int)]
    return _attributes(places, held)


def _attributes(places: tuple[str, ...], held: Any) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Yields what an object of a class written in Python holds."""
    if type(held).__module__ == "builtins" or callable(getattr(type(held), "__get__", None)):
        return
    for attribute, inside in list(getattr(held, "__dict__", {}).items()):
        if not attribute.startswith("_"):
            yield attribute, places, inside
