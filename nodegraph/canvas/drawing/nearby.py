"""What lies near a card on its way: looked for among all only where the card has come far since, for the card
goes a little at a time and nearly all else stays. Knows rows, no items.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing.rows import Key, Rows

AHEAD = 160.0
"""How far beside what is asked for it is looked, in scene units."""
FEW_ROWS = 2_000
"""Rows that are all looked at each time,"""
LARGE_SHARE = 0.25
"""as they are where so large a share of them lies near, or has moved since."""
MOST_ASKED = 8
"""Rectangles for which is kept what was found, until anything comes, goes or moves."""


class Nearby(Generic[Key]):
    """The rows near a place, but for those of some keys: what `find` finds in a rectangle, and maybe more."""

    def __init__(
        self, rows: Rows[Key], find: Callable[[QRectF], NDArray[np.intp]], but: Collection[Key] = ()
    ) -> None:
        self.rows, self.find, self.but = rows, find, but
        self._within = QRectF()
        self._seen = (-1, 0)
        """When it was looked last: how often keys had come or gone, and rows had moved."""
        self._counts = np.empty(0, dtype=np.bool_)
        """Which rows are asked for."""
        self._found = np.empty(0, dtype=np.intp)

    def at(self, rect: QRectF) -> NDArray[np.intp]:
        """The numbers of the rows of which anything may lie in a rectangle."""
        turnover, moves = self._seen
        if turnover != self.rows.turnover or not self._within.contains(rect):
            self._look(rect.adjusted(-AHEAD, -AHEAD, AHEAD, AHEAD))
            return self._found
        moved = self.rows.moved_since(moves)
        moved = moved[self._counts[moved]]
        return np.union1d(self._found, moved) if len(moved) else self._found

    def _look(self, within: QRectF) -> None:
        self._within, self._seen = within, (self.rows.turnover, self.rows.moves)
        self._counts = np.ones(len(self.rows), dtype=np.bool_)
        self._counts[self.rows.numbers([key for key in self.but if key in self.rows.number])] = False
        found = self.find(within)
        self._found = found[self._counts[found]]


Sides: TypeAlias = Sequence[NDArray[np.float64]]
"""The left, top, right and bottom sides of boxes, an array each."""


class Within(Generic[Key]):
    """The rows whose boxes touch rectangles, looked for among those near what was asked for before: a view
    that is panned asks for nearly the same each time.
    """

    def __init__(self, rows: Rows[Key], sides: Callable[[NDArray[np.intp] | None], Sides]) -> None:
        self.rows, self.sides = rows, sides
        self._within = QRectF()
        self._seen = (-1, 0)
        """When all were looked at last: how often keys had come or gone, and rows had moved."""
        self._near = np.empty(0, dtype=np.intp)
        self._near_sides: NDArray[np.float64] = np.empty((4, 0))
        """The sides of those near, each of them in a row of memory, in which it is compared quickest."""
        self._asked: dict[tuple[object, ...], NDArray[np.intp]] = {}
        """What was found in the last few rectangles."""
        self._all: tuple[tuple[int, int], NDArray[np.float64]] = (-1, 0), np.empty((4, 0))
        """The sides of all, each in a row of memory too, and of when they are."""

    def at(self, rect: QRectF) -> NDArray[np.intp]:
        """The numbers of the rows whose boxes touch a rectangle."""
        asked = rect.getRect(), self.rows.turnover, self.rows.moves
        if asked not in self._asked:
            if len(self._asked) >= MOST_ASKED:
                self._asked.clear()
            self._asked[asked] = found = self._look(rect)
            found.setflags(write=False)
        return self._asked[asked]

    def _look(self, rect: QRectF) -> NDArray[np.intp]:
        turnover, moves = self._seen
        if turnover == self.rows.turnover and self._within.contains(rect):
            if moves == self.rows.moves:
                return np.compress(_touched(self._near_sides, rect), self._near)
            moved = self.rows.moved_since(moves)
            if len(moved) <= len(self.rows) * LARGE_SHARE:
                return self.among(rect, np.union1d(self._near, moved))
        self._within, around = QRectF(), rect.adjusted(-AHEAD, -AHEAD, AHEAD, AHEAD)
        if len(self.rows) <= FEW_ROWS or len(near := self.among(around)) > len(self.rows) * LARGE_SHARE:
            return self.among(rect)
        self._within, self._seen = around, (self.rows.turnover, self.rows.moves)
        self._near, self._near_sides = near, np.array(self.sides(near), order="C")
        return np.compress(_touched(self._near_sides, rect), near)

    def among(self, rect: QRectF, numbers: NDArray[np.intp] | None = None) -> NDArray[np.intp]:
        """The same of all rows, or among those with these numbers, with no memory of what was asked."""
        if numbers is not None:
            return np.compress(_touched(self.sides(numbers), rect), numbers)
        now = self.rows.turnover, self.rows.moves
        if self._all[0] != now:
            self._all = now, np.array(self.sides(None), order="C")
        return np.flatnonzero(_touched(self._all[1], rect))


def _touched(sides: Sides, rect: QRectF) -> NDArray[np.bool_]:
    left, top, right, bottom = sides
    hit = (left <= rect.right()) & (right >= rect.left())
    hit &= (top <= rect.bottom()) & (bottom >= rect.top())
    return hit
