"""Arrays whose rows come and go at the cost of those rows: new ones stand at the end, where there is room for
some more, and the last ones move into the gaps that others leave.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SPARE = 8
"""One row in so many is spare where room is made."""


@dataclass(frozen=True)
class Closed:
    """How gaps among rows are closed: row `fillers[i]` moves to `gaps[i]`, and `count` rows are left."""

    gaps: list[int]
    fillers: list[int]
    count: int

    @classmethod
    def of(cls, gone: Collection[int], count: int) -> Closed:
        """How to close the gaps that these of so many rows leave.

        >>> Closed.of({1, 3}, 5)
        Closed(gaps=[1], fillers=[4], count=3)
        """
        left = count - len(gone)
        gaps = sorted(row for row in gone if row < left)
        return cls(gaps, [row for row in range(left, count) if row not in gone], left)

    def among(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Returns what is left of such rows, without a change of them."""
        left = rows[: self.count].copy()
        left[self.gaps] = rows[self.fillers]
        return left


class Room:
    """`rows` are the rows of an array; they are other ones after each call."""

    def __init__(self, rows: NDArray[Any]) -> None:
        self._all = self.rows = rows

    def append(self, rows: NDArray[Any]) -> None:
        """Put rows behind the others."""
        before, count = len(self.rows), len(self.rows) + len(rows)
        if count > len(self._all):
            self._all = np.empty((count + count // SPARE, *self.rows.shape[1:]), self.rows.dtype)
            self._all[:before] = self.rows
        self._all[before:count] = rows
        self.rows = self._all[:count]

    def close(self, closed: Closed) -> None:
        """Close gaps."""
        self._all[closed.gaps] = self._all[closed.fillers]
        self.rows = self._all[: closed.count]
