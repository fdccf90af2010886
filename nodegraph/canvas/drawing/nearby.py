"""What lies near a card on its way: looked for among all only where the card has come far since, for the card
goes a little at a time and nearly all else stays. Knows rows, no items.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Generic, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing.rows import Key, Rows

AHEAD = 160.0
"""How far beside what is asked for it is looked, in scene units."""
FEW_ROWS = 2_000
"""Rows that are all looked at each time,"""
LARGE_SHARE = 0.25
"""as they are where so large a share of them lies in what is asked for."""


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


class Find(Protocol):
    """Returns the numbers of the rows of which anything lies in a rectangle, of all or `among` those."""

    def __call__(self, rect: QRectF, among: NDArray[np.intp] | None) -> NDArray[np.intp]: ...


class Within(Generic[Key]):
    """The rows in rectangles, looked for among those near what was asked for before: a view that is panned
    asks for nearly the same each time.
    """

    def __init__(self, rows: Rows[Key], find: Find) -> None:
        self.rows, self.find = rows, find
        self._within = QRectF()
        self._seen = (-1, 0)
        """When all were looked at last: how often keys had come or gone, and rows had moved."""
        self._near = np.empty(0, dtype=np.intp)

    def at(self, rect: QRectF) -> NDArray[np.intp]:
        """The numbers of the rows of which anything lies in a rectangle."""
        turnover, moves = self._seen
        if turnover == self.rows.turnover and self._within.contains(rect):
            moved = self.rows.moved_since(moves) if moves != self.rows.moves else self._near[:0]
            if len(moved) <= len(self.rows) * LARGE_SHARE:
                return self.find(rect, np.union1d(self._near, moved) if len(moved) else self._near)
        found, self._within = self.find(rect, None), QRectF()
        if len(self.rows) > FEW_ROWS and len(found) < len(self.rows) * LARGE_SHARE:
            self._within = rect.adjusted(-AHEAD, -AHEAD, AHEAD, AHEAD)
            self._seen = self.rows.turnover, self.rows.moves
            self._near = self.find(self._within, None)
        return found
