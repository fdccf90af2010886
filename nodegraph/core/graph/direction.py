"""The direction in which a graph is drawn: where its edges lead, and with that where ports are.

What places, leads and paints things thinks of a graph that leads to the right, and has `turned` swap x and y
where it leads down. Nothing else tells the two apart but what is as wide or high as its words are.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from nodegraph.core.errors import Refused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Direction(Enum):
    """Where edges lead. The value is what documents and the command line call it."""

    RIGHT = "left-to-right"
    DOWN = "top-to-bottom"

    @property
    def words(self) -> str:
        """Returns it as people say it."""
        return self.value.replace("-", " ")

    def turned(self, pair: tuple[float, float]) -> tuple[float, float]:
        """Returns a place or a size as it would be if the graph led to the right; and one from there as it is
        here.

        >>> Direction.RIGHT.turned((144, 84)), Direction.DOWN.turned((144, 84))
        ((144, 84), (84, 144))
        """
        return pair if self is Direction.RIGHT else (pair[1], pair[0])

    def turned_all(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Returns the same of an array along whose last axis x and y follow each other, once or several
        times.
        """
        if self is Direction.RIGHT:
            return places
        pairs = places.reshape(*places.shape[:-1], places.shape[-1] // 2, 2)
        return pairs[..., ::-1].reshape(places.shape)


def direction_of(value: str) -> Direction:
    """Returns the direction that documents call so. Raises Refused with what would do where there is none.

    >>> direction_of("top-to-bottom")
    <Direction.DOWN: 'top-to-bottom'>
    >>> direction_of("up")
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: Edges lead left-to-right or top-to-bottom, not “up”.
    """
    known = [each.value for each in Direction]
    if value not in known:
        raise Refused(f"Edges lead {' or '.join(known)}, not “{value}”.")
    return Direction(value)
