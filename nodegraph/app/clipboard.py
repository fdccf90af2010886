"""The clipboard's words for parts of a graph: what is copied, read back and inserted. Knows no widget.

What a part is, `core.parts` says; how it is written as text, `formats.part`.
"""

from __future__ import annotations

from nodegraph.core.changes import Change
from nodegraph.core.graph import Graph
from nodegraph.core.parts import insert_part, part_of
from nodegraph.formats.part import NOTHING, from_picture, from_text, to_text

__all__ = ["NOTHING", "from_picture", "from_text", "insertion", "part_of", "to_text"]


def insertion(graph: Graph, part: Graph, by: tuple[float, float], name: str) -> tuple[Change, list[str]]:
    """The change that puts a part into a graph, moved by (x, y), and the ids of its nodes there."""
    change = insert_part(graph, part, by, name)
    return change, change.made()
