"""The course of a training: one row of numbers for each step, in an array that grows.

Knows neither graphs nor optimisers; a very long course is thinned evenly, so that it always fits in memory.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_NUMBERS = 10_000_000
"""Numbers that are kept at most, 80 MB; beyond that every second row goes, and half as many come."""


class History:
    """Rows of step, loss, parameters…; all arrays it hands out are views that hold up to the next `append`.

    >>> history = History(2)
    >>> history.append(0, 4.0, np.array([3.0, 1.0]))
    >>> history.append(1, 1.0, np.array([3.4, 1.2]))
    >>> history.steps.tolist(), history.losses.tolist(), history.trails[:, 0].tolist()
    ([0.0, 1.0], [4.0, 1.0], [3.0, 3.4])
    """

    def __init__(self, parameters: int) -> None:
        self.stride = 1
        """Every so many steps one is kept."""
        self._rows = 0
        self._table = np.empty((16, parameters + 2))

    def __len__(self) -> int:
        return self._rows

    @property
    def table(self) -> Array:
        """All of it, of shape (rows, 2 + parameters)."""
        return self._table[: self._rows]

    @property
    def steps(self) -> Array:
        """How many steps had been done, by row."""
        return self.table[:, 0]

    @property
    def losses(self) -> Array:
        """The loss after so many steps, by row."""
        return self.table[:, 1]

    @property
    def trails(self) -> Array:
        """The parameters after so many steps, of shape (rows, parameters)."""
        return self.table[:, 2:]

    def append(self, step: int, loss: float, parameters: Array) -> None:
        """Add what was found after so many steps; they count on by one, and a repeated one is replaced."""
        if self._rows and self._table[self._rows - 1, 0] == step:
            self._rows -= 1
        if self._rows == len(self._table):
            self._make_room()
        if step % self.stride == 0:
            self._table[self._rows, 0], self._table[self._rows, 1] = step, loss
            self._table[self._rows, 2:] = parameters
            self._rows += 1

    def _make_room(self) -> None:
        if 2 * self._table.size <= MOST_NUMBERS:
            self._table = np.concatenate([self._table, np.empty_like(self._table)])
            return
        kept = self.table[::2].copy()
        self._rows = len(kept)
        self._table[: self._rows] = kept
        self.stride *= 2
