"""Packs drawn parts into rows so that, seen whole, they fill a canvas as large as can be.

Knows widths and heights only, nothing of what lies in a part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from nodegraph.core.layout.columns import round_up

Size: TypeAlias = tuple[float, float]
Corner: TypeAlias = tuple[float, float]

ASPECT = 1.7
"""How much wider than high a canvas is where nobody says otherwise."""
MOST_TRIED = 64
"""Widths of rows that are tried."""
PART_GAP = 56
"""Between parts that are not connected."""


def scale_of(size: Size, aspect: float) -> float:
    """Returns how large a picture can be shown on a canvas of height 1 that is so much wider than high."""
    width, height = size
    return min(aspect / max(width, 1.0), 1 / max(height, 1.0))


def beneath(sizes: Sequence[Size]) -> list[Corner]:
    """Returns the top left corners of parts that lie beneath each other."""
    return _rows(sizes, 0.0)


def packed(sizes: Sequence[Size], aspect: float = ASPECT) -> list[Corner]:
    """Returns the top left corners of parts in rows, in their order, so that all are seen as large as can be;
    beneath each other where that shows them as large.
    """
    best = beneath(sizes)
    reaches, reach = [], 0.0
    for width, _ in sizes:
        reaches.append(reach + width)
        reach = round_up(reach + width + PART_GAP)
    for most in reaches[:: 1 + len(reaches) // MOST_TRIED]:
        corners = _rows(sizes, most)
        if scale_of(_whole(corners, sizes), aspect) > scale_of(_whole(best, sizes), aspect):
            best = corners
    return best


def in_reading_order(boxes: Sequence[tuple[Corner, Size]]) -> list[int]:
    """Returns the numbers of boxes row by row; a row is what begins above the middle of its first."""
    waiting = sorted(range(len(boxes)), key=lambda number: boxes[number][0][1])
    found: list[int] = []
    while waiting:
        (_, top), (_, height) = boxes[waiting[0]]
        row = [number for number in waiting if boxes[number][0][1] <= top + height / 2]
        found += sorted(row, key=lambda number: boxes[number][0])
        waiting = waiting[len(row) :]
    return found


def _whole(corners: Sequence[Corner], sizes: Sequence[Size]) -> Size:
    right = max((x + width for (x, _), (width, _) in zip(corners, sizes, strict=True)), default=0.0)
    bottom = max((y + height for (_, y), (_, height) in zip(corners, sizes, strict=True)), default=0.0)
    return right, bottom


def _rows(sizes: Sequence[Size], most: float) -> list[Corner]:
    """The corners of parts that follow each other in rows no wider than this, or than the part alone."""
    corners: list[Corner] = []
    x = top = below = 0.0
    for width, height in sizes:
        if x and x + width > most:
            x, top = 0.0, below
        corners.append((x, top))
        x = round_up(x + width + PART_GAP)
        below = max(below, round_up(top + height + PART_GAP))
    return corners
