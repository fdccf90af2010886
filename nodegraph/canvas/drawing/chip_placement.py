"""Where the chips lie on their edges: clear of cards and of each other, and steady from step to step.

Knows rectangles and keys only; the texts, and so the widths, are the scene's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF

from nodegraph.core.graph.records import EdgeKey

CELL = 256.0


class ChipRooms:
    """A rectangle for each edge whose chip has been placed, found by key or by place."""

    def __init__(self) -> None:
        self._rooms: dict[EdgeKey, QRectF] = {}
        self._cells: defaultdict[tuple[int, int], set[EdgeKey]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._rooms)

    def get(self, key: EdgeKey) -> QRectF | None:
        """The room of this edge's chip, if it has been placed."""
        return self._rooms.get(key)

    def put(self, key: EdgeKey, room: QRectF) -> None:
        """Give an edge's chip this room."""
        self.forget([key])
        self._rooms[key] = room
        for cell in _cells(room):
            self._cells[cell].add(key)

    def forget(self, keys: Iterable[EdgeKey]) -> None:
        """These chips will be placed anew."""
        for key in list(keys):
            room = self._rooms.pop(key, None)
            if room is not None:
                for cell in _cells(room):
                    self._cells[cell].discard(key)

    def clear(self) -> None:
        """All chips will be placed anew."""
        self._rooms.clear()
        self._cells.clear()

    def near(self, rect: QRectF) -> list[EdgeKey]:
        """The edges whose chips have room that touches a rectangle."""
        found = {key for cell in _cells(rect) for key in self._cells.get(cell, ())}
        return [key for key in found if self._rooms[key].intersects(rect)]

    def at(self, place: QPointF) -> list[EdgeKey]:
        """The edges whose chips have room here."""
        return self.near(QRectF(place.x() - 0.5, place.y() - 0.5, 1, 1))


def _cells(rect: QRectF) -> Iterator[tuple[int, int]]:
    for column in range(int(rect.left() // CELL), int(rect.right() // CELL) + 1):
        for row in range(int(rect.top() // CELL), int(rect.bottom() // CELL) + 1):
            yield column, row
