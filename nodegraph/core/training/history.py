"""The course of a training: one row of numbers for each step, in an array that grows.

A row has the step, the loss, what was found beside it by name (NaN where it was not looked for), and the
parameters.

Knows neither graphs nor optimisers; a very long course is thinned evenly, so that it always fits in memory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.graph.naming import listed
from nodegraph.core.quoting import quoted

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

    def __init__(self, parameters: int, columns: Sequence[str] = ()) -> None:
        self.stride = 1
        """Every so many steps one is kept."""
        self.columns = tuple(columns)
        """The names of what is found beside the loss."""
        self._rows = 0
        self._table = np.empty((16, parameters + self.first_parameter))

    def __len__(self) -> int:
        return self._rows

    @property
    def table(self) -> Array:
        """All of it, of shape (rows, 2 + columns + parameters)."""
        return self._table[: self._rows]

    @property
    def first_parameter(self) -> int:
        """The place in a row from which on the parameters stand."""
        return 2 + len(self.columns)

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
        return self.table[:, self.first_parameter :]

    def column(self, name: str) -> Array:
        """What was found under a name of `columns`, by row; NaN where it was not looked for. Refused for
        another name.
        """
        if name not in self.columns:
            there = f"there are {listed(self.columns)}" if self.columns else "there is none"
            instead = "; the losses are history.losses, the parameters history.trails"
            raise Refused(f"There is no column {quoted(str(name))} beside the loss: {there}{instead}.")
        return self.table[:, 2 + self.columns.index(name)]

    def append(self, step: int, loss: float, parameters: Array, found: Array | None = None) -> None:
        """Add what was found after so many steps; they count on by one, and a repeated one is replaced.

        `found` is of shape (columns,), None where nothing was looked for beside the loss.
        """
        if self._rows and self._table[self._rows - 1, 0] == step:
            self._rows -= 1
        if self._rows == len(self._table):
            self._make_room()
        if step % self.stride == 0:
            self._table[self._rows, 0], self._table[self._rows, 1] = step, loss
            self._table[self._rows, 2 : self.first_parameter] = np.nan if found is None else found
            self._table[self._rows, self.first_parameter :] = parameters
            self._rows += 1

    def with_columns(self, columns: Sequence[str]) -> History:
        """Returns the same course with these columns; of those that are new nothing was looked for."""
        course = History(self._table.shape[1] - self.first_parameter, columns)
        table = np.full((len(self._table), course._table.shape[1]), np.nan)
        table[: self._rows, :2] = self.table[:, :2]
        for place, name in enumerate(columns, 2):
            if name in self.columns:
                table[: self._rows, place] = self.column(name)
        table[: self._rows, course.first_parameter :] = self.trails
        course._table, course._rows, course.stride = table, self._rows, self.stride
        return course

    def _make_room(self) -> None:
        if 2 * self._table.size <= MOST_NUMBERS:
            self._table = np.concatenate([self._table, np.empty_like(self._table)])
            return
        kept = self.table[::2].copy()
        self._rows = len(kept)
        self._table[: self._rows] = kept
        self.stride *= 2
