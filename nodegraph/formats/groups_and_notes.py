"""Groups and notes of a document: their JSON to records and back, for `native`.

Checks as strictly as `native` does, with the place of what is wrong. Knows nothing of bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.annotations import COLOURS, DEFAULT_COLOUR, is_colour
from nodegraph.core.graph.naming import why_not_text
from nodegraph.core.graph.records import Group, Note
from nodegraph.formats.limits import (
    MAX_GROUP_TITLE,
    MAX_GROUPS,
    MAX_NOTE,
    MAX_NOTES,
    MOST_SIDE,
)
from nodegraph.formats.strict_json import shown
from nodegraph.formats.values import (
    Document,
    coordinate,
    flag,
    number,
    records,
    required,
    text,
    unknown,
    word,
)

_GROUP_KEYS = frozenset({"id", "title", "colour", "nodes", "collapsed"})
_NOTE_KEYS = frozenset({"id", "text", "x", "y", "width", "height"})
_NOTE = Note("")
"""What a note is where the document is silent."""


# --- reading
def groups(properties: Document, nodes: Collection[str]) -> list[Group]:
    """The groups of a document's `graph` object."""
    homes: dict[str, str] = {}
    found = []
    for rank, record in enumerate(_listed(properties, "groups", MAX_GROUPS)):
        place = f"graph.groups[{rank}]"
        found.append(
            Group(
                word(record, "id", place),
                _readable(record.get("title", ""), f"{place}.title", MAX_GROUP_TITLE),
                colour(record, place, DEFAULT_COLOUR),
                _members(record, place, nodes, homes),
                flag(record, "collapsed", place),
                rank,
                unknown(record, _GROUP_KEYS),
            )
        )
    _demand_unique([group.id for group in found], "graph.groups")
    return found


def colour(record: Document, place: str, silent: str) -> str:
    """The colour of a group or a node; `silent` where the record has none."""
    found = record.get("colour", silent)
    if "colour" in record and (not isinstance(found, str) or not is_colour(found)):
        wanted = f"#rrggbb or one of {', '.join(COLOURS)}"
        raise DocumentError(f"expected {wanted}, found {shown(found)}", f"{place}.colour")
    return str(found)


def _members(record: Document, place: str, nodes: Collection[str], homes: dict[str, str]) -> tuple[str, ...]:
    """The ids of a group's nodes; `homes` remembers who has which already."""
    members = required(record, "nodes", place, "the ids of its nodes")
    if not isinstance(members, list) or not members:
        raise DocumentError(f"expected a list of one node or more, found {shown(members)}", f"{place}.nodes")
    for index, member in enumerate(members):
        where = f"{place}.nodes[{index}]"
        if not isinstance(member, str) or member not in nodes:
            raise DocumentError(f"expected the id of a node, found {shown(member)}", where)
        if member in homes:
            raise DocumentError(f"{shown(member)} is in {homes[member]} already", where)
        homes[member] = place
    return tuple(members)


def notes(properties: Document) -> list[Note]:
    """The notes of a document's `graph` object."""
    found = []
    for rank, record in enumerate(_listed(properties, "notes", MAX_NOTES)):
        place = f"graph.notes[{rank}]"
        found.append(
            Note(
                word(record, "id", place),
                _readable(record.get("text", ""), f"{place}.text", MAX_NOTE, lines=True),
                coordinate(record, "x", place) or 0.0,
                coordinate(record, "y", place) or 0.0,
                _side(record, "width", place, _NOTE.width),
                _side(record, "height", place, _NOTE.height),
                rank,
                unknown(record, _NOTE_KEYS),
            )
        )
    _demand_unique([note.id for note in found], "graph.notes")
    return found


def _listed(properties: Document, key: str, most: int) -> list[Document]:
    return records(properties[key], f"graph.{key}", most) if key in properties else []


def _readable(value: Any, place: str, longest: int, lines: bool = False) -> str:
    found = text(value, place, longest)
    refusal = why_not_text(found, longest, lines)
    if refusal:
        raise DocumentError(f"this {refusal}", place)
    return found


def _side(record: Document, key: str, place: str, silent: float) -> float:
    if key not in record:
        return silent
    length = number(record[key], f"{place}.{key}")
    if not 0 < length <= MOST_SIDE:
        raise DocumentError(
            f"expected a length above 0, at most {MOST_SIDE:,.0f}, found {shown(record[key])}",
            f"{place}.{key}",
        )
    return length


def _demand_unique(ids: Sequence[str], place: str) -> None:
    first: dict[str, int] = {}
    for index, found in enumerate(ids):
        if found in first:
            raise DocumentError(
                f"{shown(found)} is the id of {place}[{first[found]}] already", f"{place}[{index}].id"
            )
        first[found] = index


# --- writing
def group_record(group: Group) -> Document:
    """A group as the document has it."""
    record: Document = {"id": group.id}
    if group.title:
        record["title"] = group.title
    record |= {"colour": group.colour, "nodes": list(group.nodes)}
    if group.collapsed:
        record["collapsed"] = True
    return record | {key: value for key, value in group.extra.items() if key not in _GROUP_KEYS}


def note_record(note: Note) -> Document:
    """A note as the document has it."""
    record: Document = {"id": note.id, "text": note.text, "x": note.x, "y": note.y}
    record |= {"width": note.width, "height": note.height}
    return record | {key: value for key, value in note.extra.items() if key not in _NOTE_KEYS}
