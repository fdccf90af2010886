"""A text that cannot be taken as it stands, kept against a crash as a note below the graph. No widgets."""

from __future__ import annotations

from typing import NamedTuple

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import MAX_NOTE, MOST_SIDE, add_note
from nodegraph.core.quoting import quoted

HEAD, HEAD_OF, FENCE = "Text that was being typed:\n\n", "Text that was being typed into “{}”:\n\n", "```"
BELOW, WIDTH, LINE = 200.0, 480.0, 26.0
"""How far below the topmost edge of the lowest card, how wide, and how high a line of it is: scene units."""
GAP = 20.0
"""How far below the lowest note."""


class HalfTyped(NamedTuple):
    """A text, and the name of the field that it was typed into, where there are several."""

    text: str
    field: str = ""

    def note(self, graph: Graph) -> Change:
        """Returns the change that writes it into a note, as it stands; of one that is too long its beginning.

        >>> from nodegraph.core.building.expression import parse
        >>> HalfTyped("z = (").note(parse("y = -x")).patches[0].after.text
        'Text that was being typed:\\n\\n```\\nz = (\\n```'
        """
        plain = "".join(c for c in self.text.expandtabs(4) if c.isprintable() or c == "\n").strip("\n")
        head = HEAD_OF.format(quoted(self.field)) if self.field else HEAD
        room = MAX_NOTE - len(head) - 2 * len(FENCE) - 2
        placed = [(node.x, node.y) for node in graph.nodes() if node.x is not None and node.y is not None]
        x = min((x for x, _y in placed), default=0.0)
        lowest = [y + BELOW for _x, y in placed] + [note.y + note.height + GAP for note in graph.notes()]
        height = min(LINE * (plain[:room].count("\n") + 5), MOST_SIDE)
        written = f"{head}{FENCE}\n{plain[:room]}\n{FENCE}"
        return add_note(graph, written, x, max(lowest, default=0.0), WIDTH, height)
