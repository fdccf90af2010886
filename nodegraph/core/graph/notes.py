"""What a person may do with notes. They are deleted by `edits.remove`.

As `edits`: each function returns the Change that does it, or raises Refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, change_of, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import free_id
from nodegraph.core.graph.naming import why_not_text
from nodegraph.core.graph.records import MAX_COORDINATE, Note

MAX_NOTE = 20_000
"""Characters of a note."""
LEAST_SIDE, MOST_SIDE = 24.0, 100_000.0
"""Scene units a note's sides may have."""


def add_note(
    graph: Graph, text: str, x: float, y: float, width: float = 240.0, height: float = 120.0
) -> Change:
    """Write a note with its top left at x, y."""
    rank = max((other.rank for other in graph.notes()), default=-1) + 1
    made = Note(free_id(graph, "note"), _text(text), _coordinate(x), _coordinate(y), rank=rank)
    return Change("Add a note", (patch_of(None, replace(made, width=_side(width), height=_side(height))),))


def edit_note(graph: Graph, note_id: str, text: str, least_height: float = 0.0) -> Change:
    """Write something else into a note, which grows to this height if it is lower."""
    before = _note(graph, note_id)
    height = max(before.height, min(least_height, MOST_SIDE))
    return change_of("Edit a note", [(before, replace(before, text=_text(text), height=height))])


def move_notes(graph: Graph, positions: Mapping[str, tuple[float, float]]) -> Change:
    """Place notes at new top-left corners (scene units)."""
    pairs = []
    for note_id, (x, y) in positions.items():
        before = _note(graph, note_id)
        pairs.append((before, replace(before, x=_coordinate(x), y=_coordinate(y))))
    return change_of("Move a note" if len(pairs) == 1 else f"Move {len(pairs)} notes", pairs)


def resize_note(
    graph: Graph, note_id: str, width: float, height: float, x: float | None = None, y: float | None = None
) -> Change:
    """Give a note another size, no smaller than can be read; x, y where its top left moves too."""
    before = _note(graph, note_id)
    x, y = before.x if x is None else _coordinate(x), before.y if y is None else _coordinate(y)
    after = replace(before, x=x, y=y, width=_side(width), height=_side(height))
    return change_of("Resize a note", [(before, after)])


def _note(graph: Graph, note_id: str) -> Note:
    if not graph.has_note(note_id):
        raise Refused("That note is no longer there.")
    return graph.note(note_id)


def _text(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refusal = why_not_text(text, MAX_NOTE, lines=True)
    if refusal:
        raise Refused(f"A note {refusal}.")
    return text


def _coordinate(value: float) -> float:
    if not abs(value) <= MAX_COORDINATE:
        raise Refused("A note cannot lie that far out.")
    return float(value)


def _side(length: float) -> float:
    if not abs(length) <= MOST_SIDE:
        raise Refused("A note cannot be that large.")
    return float(max(length, LEAST_SIDE))
