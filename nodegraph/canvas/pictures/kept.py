"""Pictures of small things, such as cards and chips: each is drawn once and kept until it looks different.

One rule says when a picture is stale: whoever paints a thing names its look, a value that holds all that is
seen of it, and a picture serves for the same look at the same scale and place between pixels, and for no
other. What changes all the time is therefore painted directly, where it is not small: a picture is made
when a thing is painted the second time with the same look. The last few looks of each are kept, for steps are
played back and forth. Knows no card and no chip.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter, QPixmap, QRegion

from nodegraph.canvas.pictures.pixels import Grid, draw_at, empty_picture, trimmed

MOST_BYTES = 96 * 2**20
"""What all pictures together take at most; those not shown for longest go first."""
LARGEST_BYTES = 8 * 2**20
"""A larger picture is not kept: the thing fills the view and is painted directly."""
SMALL_BYTES = 24 * 2**10
"""A picture as small as this is made at once where the thing was painted before, however it looked then: to
paint it costs hardly more than painting without one.
"""
BYTES_A_PIXEL = 4
DEAREST_NAMES = 20_000
"""Of how many things the looks are remembered."""
MOST_LOOKS = 4
"""How many looks of each."""

Placed = tuple[int, int, QPixmap]
"""A picture, and the first of the pixels that it covers."""


@dataclass(slots=True)
class Entry:
    """What is known of a thing with a look: at which scale and place between pixels it was painted so, and
    its picture once it has one.
    """

    look: object
    grid: tuple[float, int, int, int, int]
    picture: QPixmap | None = None
    first: QPoint = field(default_factory=QPoint)
    """Where in the box the picture begins, which holds nothing empty at its sides."""
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
        self._entries: OrderedDict[Hashable, list[Entry]] = OrderedDict()
        """By the names of things, those shown last at the end; of each, the look shown last first."""

    def __len__(self) -> int:
        return sum(entry.picture is not None for looks in self._entries.values() for entry in looks)

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
        grid = Grid.of(painter)
        found = None if grid is None else self.placed(grid, name, box, look, draw)
        if grid is None or found is None:
            draw(painter)
        else:
            draw_at(painter, grid, *found)

    def placed(
        self,
        grid: Grid,
        name: Hashable,
        box: QRectF,
        look: object,
        draw: Callable[[QPainter], None],
        *,
        at_once: bool = False,
    ) -> Placed | None:
        """Returns the picture of a thing that covers a box on a grid; None where it is to be painted without:
        the first time, too, unless `at_once`.
        """
        if not self.is_on:
            return None
        x, y, width, height = grid.box(box)
        size = width * height * BYTES_A_PIXEL
        placed = grid.scale, *grid.phase(box, x, y), width, height
        before = len(self._entries.get(name, ()))
        is_first, (entry, is_new) = name not in self._entries, self._known(name, look, placed)
        if entry.picture is None:
            is_early = not at_once and (is_first or (is_new and before > 0 and size > SMALL_BYTES))
            if is_early or not 0 < size <= min(LARGEST_BYTES, self.most_bytes):
                return None
            entry.first, entry.picture = trimmed(_drawn(grid, (x, y, width, height), draw))
            entry.size = entry.picture.width() * entry.picture.height() * BYTES_A_PIXEL
            self.bytes += entry.size
            self._make_room()
        return x + entry.first.x(), y + entry.first.y(), entry.picture

    def enter(self, name: Hashable) -> bool:
        """Enter a thing that is painted. Returns whether it is for the first time, and so without a picture:
        its look need not be found out then.
        """
        if name in self._entries:
            return False
        self._entries[name] = []
        if len(self._entries) > DEAREST_NAMES:
            self._drop_oldest()
        return True

    def _known(
        self, name: Hashable, look: object, placed: tuple[float, int, int, int, int]
    ) -> tuple[Entry, bool]:
        """What is known of a thing that looks so, and whether it is painted so for the first time."""
        self.enter(name)
        looks = self._entries[name]
        self._entries.move_to_end(name)
        for place, entry in enumerate(looks):
            if entry.grid == placed and entry.look == look:
                if place:
                    looks.insert(0, looks.pop(place))
                return entry, False
        looks.insert(0, Entry(look, placed))
        if len(looks) > MOST_LOOKS:
            self.bytes -= looks.pop().size
        return looks[0], True

    def _make_room(self) -> None:
        while self.bytes > self.most_bytes:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        _name, looks = self._entries.popitem(last=False)
        self.bytes -= sum(entry.size for entry in looks)


def _drawn(grid: Grid, box: tuple[int, int, int, int], draw: Callable[[QPainter], None]) -> QPixmap:
    x, y, width, height = box
    made = empty_picture(width, height)
    with QPainter(made) as painter:
        painter.setWorldTransform(grid.seen_from(x, y))
        draw(painter)
    return made
