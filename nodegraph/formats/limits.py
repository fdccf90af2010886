"""How much a file may hold. One place, so that every reader refuses the same and the limits can be listed."""

from __future__ import annotations

from nodegraph.core.graph.bends import MAX_BENDS, MAX_BENDS_IN_ALL
from nodegraph.core.graph.grouping import MAX_GROUP_TITLE
from nodegraph.core.graph.naming import MAX_NAME, MAX_TITLE
from nodegraph.core.graph.notes import MAX_NOTE, MOST_SIDE
from nodegraph.core.graph.records import MAX_COORDINATE
from nodegraph.core.operations.formula import MAX_OPERANDS
from nodegraph.core.training.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from nodegraph.formats.pictures.bounds import (
    MAX_CHUNKS,
    MAX_DOCUMENT_BYTES,
    MAX_PACKED_TEXT,
    MAX_PICTURE_BYTES,
    MAX_SUB_BLOCKS,
    in_megabytes,
)

MAX_NODES = 200_000
MAX_EDGES = 400_000
TOO_LARGE = f"A graph has at most {MAX_NODES:,} nodes and {MAX_EDGES:,} edges."
MAX_GROUPS = 20_000
MAX_NOTES = 20_000
MAX_PORTS = MAX_OPERANDS
"""Of one node, so that a key stays below it."""

MAX_DEPTH = 64
"""How deep lists and objects may nest; a document of ours needs five levels."""

MAX_CONTAINERS = 700_000
"""Lists and objects in one document, counted before they are built; each costs some hundred bytes."""

MAX_VALUES = 3_000_000
"""Values of any kind in one document, counted before they are built."""

MAX_KEYS = 100_000
"""Keys of one object, and different keys in one document; each costs some hundred bytes too."""

MAX_DIGITS = 400
"""Of a whole number; the largest finite value has 309."""

MAX_ID = 200
"""Characters of an id or of an operation's name."""

MAX_TABLE_BYTES = 32_000_000
"""Of a table as CSV."""

MAX_COLUMNS, MAX_ROWS, MAX_CELLS = MOST_COLUMNS, MOST_ROWS, MOST_CELLS
"""Of one table; the cells of all its columns together."""

NO_UTF8 = "This is no text in UTF-8; if it is text, save it as UTF-8."

__all__ = [
    "MAX_BENDS",
    "MAX_BENDS_IN_ALL",
    "MAX_CELLS",
    "MAX_CHUNKS",
    "MAX_COLUMNS",
    "MAX_CONTAINERS",
    "MAX_COORDINATE",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_DOCUMENT_BYTES",
    "MAX_EDGES",
    "MAX_GROUPS",
    "MAX_GROUP_TITLE",
    "MAX_ID",
    "MAX_KEYS",
    "MAX_NAME",
    "MAX_NODES",
    "MAX_NOTE",
    "MAX_NOTES",
    "MAX_PACKED_TEXT",
    "MAX_PICTURE_BYTES",
    "MAX_PORTS",
    "MAX_ROWS",
    "MAX_SUB_BLOCKS",
    "MAX_TABLE_BYTES",
    "MAX_TITLE",
    "MAX_VALUES",
    "MOST_SIDE",
    "NO_UTF8",
    "TOO_LARGE",
    "in_megabytes",
]
