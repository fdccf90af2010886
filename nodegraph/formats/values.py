"""One value of a document's JSON, checked: what is wrong is refused with its place in the file.

Knows what a number, a text or a list must be; what they mean, `native` and `surroundings` know.
"""

from __future__ import annotations

from typing import Any

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.direction import Direction
from nodegraph.formats.limits import MAX_COORDINATE, MAX_ID
from nodegraph.formats.strict_json import inside, shown

Document = dict[str, Any]
"""The plain value of a document's JSON, or of an object in it."""


def records(items: Any, place: str, most: int) -> list[Document]:
    """A list of objects, not too many."""
    if not isinstance(items, list):
        raise DocumentError(f"expected a list, found {shown(items)}", place)
    if len(items) > most:
        what = place.rpartition(".")[2]
        raise DocumentError(f"{len(items):,} are too many; a document has at most {most:,} {what}", place)
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            raise DocumentError(f"expected an object, found {shown(item)}", f"{place}[{index}]")
    return items


def required(record: Document, key: str, place: str, wanted: str) -> Any:
    """What a record must have."""
    if key not in record:
        raise DocumentError(f"missing; expected {wanted}", inside(place, key))
    return record[key]


def text(value: Any, place: str, longest: int) -> str:
    """Text, not too long."""
    if not isinstance(value, str):
        raise DocumentError(f"expected text, found {shown(value)}", place)
    if len(value) > longest:
        raise DocumentError(f"this text has {len(value):,} characters; at most {longest} are read", place)
    return value


def word(record: Document, key: str, place: str) -> str:
    """An id or the like: required, not empty."""
    found = record.get(key)
    if isinstance(found, str) and 0 < len(found) <= MAX_ID:  # no place is spelt out for what is right
        return found
    if found == "":
        raise DocumentError("expected text, found none", f"{place}.{key}")
    return text(required(record, key, place, "text"), f"{place}.{key}", MAX_ID)


def number(value: Any, place: str) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DocumentError(f"expected a finite number, found {shown(value)}", place)
    try:
        return float(value)
    except OverflowError:
        raise DocumentError(
            f"expected a finite number, found {shown(value)}, which is too large", place
        ) from None


def coordinate(record: Document, key: str, place: str) -> float | None:
    """A place on the canvas, None where the document is silent."""
    if key not in record:
        return None
    found = record[key]
    if type(found) is float and -MAX_COORDINATE <= found <= MAX_COORDINATE:
        return found  # no place is spelt out for what is right
    found = number(found, f"{place}.{key}")
    if abs(found) > MAX_COORDINATE:
        raise DocumentError(f"{shown(record[key])} is beyond ±{MAX_COORDINATE:g}", f"{place}.{key}")
    return found


def flag(record: Document, key: str, place: str, silent: bool = False) -> bool:
    """true or false; `silent` where the document says nothing."""
    if key not in record:
        return silent
    found = record[key]
    if not isinstance(found, bool):
        raise DocumentError(f"expected true or false, found {shown(found)}", f"{place}.{key}")
    return found


def direction(properties: Document) -> str | None:
    """Where the edges of a document lead; None where to the right, as they do where it is silent."""
    found = properties.get("direction", Direction.RIGHT.value)
    known = [each.value for each in Direction]
    if found not in known:
        expected = " or ".join(f'"{value}"' for value in known)
        raise DocumentError(f"expected {expected}, found {shown(found)}", "graph.direction")
    return None if found == Direction.RIGHT.value else str(found)


def is_integer(value: Any) -> bool:
    """Whether this is a whole number (true and false are none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def unknown(record: Document, known: frozenset[str]) -> Document:
    """The keys this version does not know, to be kept."""
    if record.keys() <= known:
        return {}
    return {key: value for key, value in record.items() if key not in known}
