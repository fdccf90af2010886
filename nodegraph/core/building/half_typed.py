"""A text that cannot be taken as it stands, kept against a crash as a note below the graph. No widgets."""

from __future__ import annotations

import re
from typing import NamedTuple

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import MAX_NOTE, MOST_SIDE, add_note
from nodegraph.core.graph.records import MAX_COORDINATE
from nodegraph.core.quoting import quoted

HEAD, HEAD_OF, FENCE = "Text that was being typed:\n\n", "Text that was being typed into “{}”:\n\n", "`"
BELOW, WIDTH, LINE = 200.0, 480.0, 26.0
"""How far below the topmost edge of the lowest card, how wide at least, and how high a line of it is: scene
units.
"""
LETTER, AROUND = 9.0, 24.0
"""How wide a letter is, and the paper beside the lines."""
GAP = 20.0
"""How far below the lowest note."""
_FENCES = re.compile(r"^ *(`{3,}) *$", re.MULTILINE)
MOST_FENCE = 1_000


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
        text, fence = self._plain[: self._room], self._fence
        placed = [(node.x, node.y) for node in graph.nodes() if node.x is not None and node.y is not None]
        x = min((x for x, _y in placed), default=0.0)
        lowest = [y + BELOW for _x, y in placed] + [note.y + note.height + GAP for note in graph.notes()]
        lines = text.split("\n")
        height = min(LINE * (len(lines) + 4), MOST_SIDE)
        width = min(max(WIDTH, LETTER * max(map(len, lines)) + AROUND), MOST_SIDE)  # code is not wrapped
        y = min(max(lowest, default=0.0), MAX_COORDINATE)
        return add_note(graph, f"{self._head}{fence}\n{text}\n{fence}", x, y, width, height)

    def parts(self) -> list[HalfTyped]:
        """Returns it in parts of which a note holds each whole, parted at the ends of lines where that goes.

        >>> [part.text for part in HalfTyped("a = 2\\nb = (").parts()]
        ['a = 2\\nb = (']
        """
        found, rest, room = [], self._plain, self._room
        while len(rest) > room:
            end = rest.rfind("\n", 1, room) + 1 or room
            found.append(HalfTyped(rest[:end], self.field))
            rest = rest[end:]
        return [*found, HalfTyped(rest, self.field)]

    @property
    def _plain(self) -> str:
        kept = (c for c in self.text.expandtabs(4) if c.isprintable() or c == "\n")
        return "".join(kept).strip("\n")

    @property
    def _head(self) -> str:
        return HEAD_OF.format(quoted(self.field)) if self.field else HEAD

    @property
    def _fence(self) -> str:
        """What stands around the text: more backticks than any of its lines consists of, which ends it."""
        longest = max((len(fence) for fence in _FENCES.findall(self._plain)), default=2)
        return FENCE * min(longest + 1, MOST_FENCE)

    @property
    def _room(self) -> int:
        return MAX_NOTE - len(self._head) - 2 * len(self._fence) - 2
