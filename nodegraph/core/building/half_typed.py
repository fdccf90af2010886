"""A text that cannot be taken as it stands, kept against a crash as a note below the graph. No widgets."""

from __future__ import annotations

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import MAX_NOTE, add_note
from nodegraph.core.quoting import quoted

HEAD, HEAD_OF, FENCE = "Text that was being typed:\n\n", "Text that was being typed into “{}”:\n\n", "```"
BELOW, WIDTH, LINE = 200.0, 480.0, 20.0
"""How far below the topmost edge of the lowest card, how wide, and how high a line of it is: scene units."""


def note_of(graph: Graph, text: str, field: str = "") -> Change:
    """Returns the change that writes a text into a note, as it stands, with the name of the field that it was
    typed into; of one that is too long its beginning.

    >>> from nodegraph.core.building.expression import parse
    >>> note_of(parse("y = -x"), "z = (").patches[0].after.text
    'Text that was being typed:\\n\\n```\\nz = (\\n```'
    """
    plain = "".join(c for c in text.expandtabs(4) if c.isprintable() or c == "\n").strip("\n")
    head = HEAD_OF.format(quoted(field)) if field else HEAD
    room = MAX_NOTE - len(head) - 2 * len(FENCE) - 2
    placed = [(node.x, node.y) for node in graph.nodes() if node.x is not None and node.y is not None]
    x = min((x for x, _y in placed), default=0.0)
    y = max((y for _x, y in placed), default=-BELOW) + BELOW
    height = LINE * (plain[:room].count("\n") + 5)
    return add_note(graph, f"{head}{FENCE}\n{plain[:room]}\n{FENCE}", x, y, WIDTH, height)
