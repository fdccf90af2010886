"""A text that is not whole, kept against a crash: as a note below the graph. Knows no widget."""

from __future__ import annotations

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import MAX_NOTE, add_note

HEAD, FENCE = "Text that was being typed:\n\n", "```"
BELOW, WIDTH, LINE = 200.0, 480.0, 20.0
"""How far below the topmost edge of the lowest card, how wide, and how high a line of it is: scene units."""


def note_of(graph: Graph, text: str) -> Change:
    """Returns the change that writes a text into a note, as it stands; of one that is too long its beginning.

    >>> from nodegraph.core.building.expression import parse
    >>> note_of(parse("y = -x"), "z = (").patches[0].after.text
    'Text that was being typed:\\n\\n```\\nz = (\\n```'
    """
    plain = "".join(c for c in text.expandtabs(4) if c.isprintable() or c == "\n").strip("\n")
    room = MAX_NOTE - len(HEAD) - 2 * len(FENCE) - 2
    placed = [(node.x, node.y) for node in graph.nodes() if node.x is not None and node.y is not None]
    x = min((x for x, _y in placed), default=0.0)
    y = max((y for _x, y in placed), default=-BELOW) + BELOW
    height = LINE * (plain[:room].count("\n") + 5)
    return add_note(graph, f"{HEAD}{FENCE}\n{plain[:room]}\n{FENCE}", x, y, WIDTH, height)
