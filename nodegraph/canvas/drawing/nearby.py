"""What lies near a card on its way: looked for among all only where the card has come far since, for the card
goes a little at a time and nearly all else stays. Knows rows, no items.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Generic

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing.rows import Key, Rows

AHEAD = 160.0
"""How far beside what is asked for it is looked, in scene units."""


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
