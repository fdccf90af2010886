"""The bends of edges in a document: `"via": [[x, y], …]`, checked as strictly as all else in it."""

from __future__ import annotations

from collections.abc import Sequence

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.records import Edge, Point
from nodegraph.formats.limits import MAX_BENDS, MAX_BENDS_IN_ALL, MAX_COORDINATE
from nodegraph.formats.strict_json import shown
from nodegraph.formats.values import Document, number


def found(records: Sequence[Document], place: str) -> dict[int, tuple[Point, ...]]:
    """The bends of the edges that have any, by their number; all together no more than any document has."""
    bends = {
        index: _via(record, f"{place}[{index}]") for index, record in enumerate(records) if "via" in record
    }
    count = sum(map(len, bends.values()))
    if count > MAX_BENDS_IN_ALL:
        raise DocumentError(f"these have {count:,} bends; at most {MAX_BENDS_IN_ALL:,} are read", place)
    return bends


def _via(record: Document, place: str) -> tuple[Point, ...]:
    """The points through which an edge is led."""
    found, place = record["via"], f"{place}.via"
    if not isinstance(found, list):
        raise DocumentError(f"expected a list of points [x, y], found {shown(found)}", place)
    if len(found) > MAX_BENDS:
        raise DocumentError(f"{len(found):,} are too many; an edge has at most {MAX_BENDS} bends", place)
    return tuple(_point(item, f"{place}[{index}]") for index, item in enumerate(found))


def _point(item: object, place: str) -> Point:
    if not isinstance(item, list) or len(item) != 2:
        raise DocumentError(f"expected a point [x, y], found {shown(item)}", place)
    x, y = (_coordinate(value, f"{place}[{index}]") for index, value in enumerate(item))
    return x, y


def _coordinate(value: object, place: str) -> float:
    found = number(value, place)
    if abs(found) > MAX_COORDINATE:
        raise DocumentError(f"{shown(value)} is beyond ±{MAX_COORDINATE:g}", place)
    return found


def points(edge: Edge) -> list[list[float]]:
    """The bends of an edge as the document has them."""
    return [[x, y] for x, y in edge.via]
