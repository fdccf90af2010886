"""Very many that are drawn a piece at a time, between what else a window has to do. Knows their numbers, and
the boxes in which they lie.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

MOST_AT_A_TIME, MOST_PX = 6_000, 1_000_000
"""How many are drawn in one turn, and how far across and down they lead together,"""
PIECES_A_TURN, TURN_S = 4, 0.008
"""in so many pieces, of which none is begun after so long."""
MOST_MEASURED = 2_000
"""Of so many it is looked how far they lead, for all."""


class Pieces:
    """What waits to be drawn; nothing where all is."""

    def __init__(self) -> None:
        self._pieces: list[NDArray[np.intp]] = []

    def __bool__(self) -> bool:
        return bool(self._pieces)

    @property
    def left(self) -> Sequence[NDArray[np.intp]]:
        """The numbers of what waits, in pieces."""
        return self._pieces

    def clear(self) -> None:
        """Nothing waits any more."""
        self._pieces = []

    def begin(self, numbers: NDArray[np.intp], boxes: NDArray[np.float64], scale: float) -> None:
        """Have what has these numbers drawn, each piece some from all over it; where each lies is told by
        its row of `boxes`, at so many pixels a unit.
        """
        stride = 1 + len(numbers) // MOST_MEASURED
        length = scale * stride * float((boxes[numbers[::stride]] * (-1, -1, 1, 1)).sum())
        turns = max(1.0, len(numbers) / MOST_AT_A_TIME, length / MOST_PX)
        count = math.ceil(min(len(numbers), turns * PIECES_A_TURN))
        self._pieces = [numbers[piece::count] for piece in range(count)]

    def draw(self, draw: Callable[[NDArray[np.intp]], object]) -> None:
        """Draw some of it."""
        end = perf_counter() + TURN_S
        for _ in range(min(PIECES_A_TURN, len(self._pieces))):
            draw(self._pieces.pop(0))
            if perf_counter() > end:
                return
