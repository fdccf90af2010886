"""Pictures of small things, such as cards and chips: each is drawn once and kept until it looks different.

One rule says when a picture is stale: whoever paints a thing names its look, a value that holds all that is
seen of it, and a picture serves for the same look at the same scale and place between pixels, and for no
other. What changes all the time is therefore painted directly: a picture is made when a thing is painted the
second time with the same look. Knows no card and no chip.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap, QRegion

from nodegraph.canvas.pictures.pixels import Grid, draw_at, empty_picture

MOST_BYTES = 96 * 2**20
"""What all pictures together take at most; those not shown for longest go first."""
LARGEST_BYTES = 8 * 2**20
"""A larger picture is not kept: the thing fills the view and is painted directly."""
BYTES_A_PIXEL = 4
DEAREST_NAMES = 20_000
"""Of how many things the look is remembered."""


@dataclass(slots=True)
class Entry:
    """What is known of a thing: its look when last painted, and the scale and place between pixels; and its
    picture once it has one.
    """

    look: object
    grid: tuple[float, int, int, int, int]
    picture: QPixmap | None = None
    size: int = 0


class KeptPictures:
    """The pictures of one canvas."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        """What the pictures take now."""
        self.is_on = True
        """Whether pictures serve at all; without them everything is painted directly."""
        self.exposed: QRegion | None = None
        """The part of the scene that the view paints now, while it does."""
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()

    def __len__(self) -> int:
        return sum(entry.picture is not None for entry in self._entries.values())

    def clear(self) -> None:
        """Forget all pictures."""
        self._entries.clear()
        self.bytes = 0

    def paint(
        self,
        painter: QPainter,
        name: Hashable,
        box: QRectF,
        look: object,
        draw: Callable[[QPainter], None],
    ) -> None:
        """Paint a thing that covers a box: its picture where it has one of this look, else by `draw`."""
        grid = Grid.of(painter) if self.is_on else None
        if grid is None:
            draw(painter)
            return
        x, y, width, height = grid.box(box)
        placed = grid.scale, *grid.phase(box, x, y), width, height
        entry = self._entries.get(name)
        if entry is None or entry.grid != placed or entry.look != look:
            self._remember(name, Entry(look, placed))
            draw(painter)
            return
        self._entries.move_to_end(name)
        if entry.picture is None:
            size = width * height * BYTES_A_PIXEL
            if not 0 < size <= min(LARGEST_BYTES, self.most_bytes):
                draw(painter)
                return
            entry.picture, entry.size = _drawn(grid, (x, y, width, height), draw), size
            self.bytes += size
            self._make_room()
        draw_at(painter, x, y, entry.picture)

    def _remember(self, name: Hashable, entry: Entry) -> None:
        self.bytes -= self._entries[name].size if name in self._entries else 0
        self._entries[name] = entry
        self._entries.move_to_end(name)
        if len(self._entries) > DEAREST_NAMES:
            self._drop_oldest()

    def _make_room(self) -> None:
        while self.bytes > self.most_bytes:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        _name, entry = self._entries.popitem(last=False)
        self.bytes -= entry.size


def _drawn(grid: Grid, box: tuple[int, int, int, int], draw: Callable[[QPainter], None]) -> QPixmap:
    x, y, width, height = box
    made = empty_picture(width, height)
    with QPainter(made) as painter:
        painter.setWorldTransform(grid.seen_from(x, y))
        draw(painter)
    return made
