"""A part of a graph as text, for the clipboard and for dragging between windows: a document of its own.

Foreign and broken text is refused with one sentence. Knows no clipboard.
"""

from __future__ import annotations

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError, Refused, TextError
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place_missing
from nodegraph.formats import files, native

NOTHING = (
    "There is nothing on the clipboard that could be inserted: copy nodes, or a formula such as L = a*b."
)


def to_text(part: Graph) -> str:
    """The part as text, which any program can keep and `from_text` reads back."""
    return native.write(part).decode()


def is_document(text: str) -> bool:
    """Whether a text looks like a document rather than a formula."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def from_text(text: str) -> Graph:
    """The part in a text: a document, or a formula. Refused with a sentence where it is neither."""
    try:
        part = native.read(text.encode()) if is_document(text) else parse(text)
    except (DocumentError, TextError, UnicodeError) as error:
        raise Refused(NOTHING) from error
    return _placed(part)


def from_picture(data: bytes) -> Graph:
    """The graph that a picture carries. Refused with a sentence where it carries none."""
    try:
        part = files.graph_of(data)
    except DocumentError as error:
        raise Refused("The picture on the clipboard carries no graph.") from error
    return _placed(part)


def _placed(part: Graph) -> Graph:
    if not len(part) and not part.notes():
        raise Refused(NOTHING)
    part.apply(place_missing(part))
    return part
