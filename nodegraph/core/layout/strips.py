"""Strips: the room between the cards that lie between two ends of an edge, from left to right.

Knows rectangles and heights, nothing of nodes or of other edges.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

BESIDE, ABOVE = 14.0, 9.0
"""How far a route stays away from the sides of cards, and from what is above and below it."""
NEAR = 0.4
"""The share of a narrow gap beside an end that is kept free beside the card."""
IN_LINE = 32.0
"""Borders of cards that differ by less count as one: between them there is no room to bend."""

Places: TypeAlias = NDArray[np.float64]
Span: TypeAlias = tuple[float, float]
INFINITE: Span = (-np.inf, np.inf)


@dataclass(frozen=True)
class Strip:
    """An upright strip of the way, with the heights at which it is free."""

    left: float
    right: float
    free: list[Span]


def strips_between(ends: Places, obstacles: list[list[float]]) -> list[Strip]:
    """Returns the way from end to end in strips."""
    x1, x2 = float(ends[0]), float(ends[2])
    marks = {x1, x2}
    for left, _, right, _ in obstacles:
        marks.update(x for x in (left, right) if x1 < x < x2)
    borders = sorted(marks)
    strips: list[Strip] = []
    for left, right in itertools.pairwise(borders):
        free = free_spans([[o[1], o[3]] for o in obstacles if o[0] < right and o[2] > left])
        if strips and strips[-1].free == free:
            strips[-1] = Strip(strips[-1].left, right, free)
        else:
            strips.append(Strip(left, right, free))
    return strips


def free_spans(taken: list[list[float]]) -> list[Span]:
    """Returns the heights between these."""
    spans, floor = [], -np.inf
    for top, bottom in sorted(taken):
        if top > floor:
            spans.append((floor, top))
        floor = max(floor, bottom)
    return [*spans, (floor, np.inf)]


def obstacles_between(cards: Places, ends: Places, reach: float = 0.0) -> list[list[float]]:
    """Returns the cards between two ends, with the room that is kept round them."""
    grown = cards + np.array([-BESIDE, -ABOVE, BESIDE, ABOVE])
    left, right = min(ends[0], ends[2]) - reach, max(ends[0], ends[2]) + reach
    between = grown[(grown[:, 2] > left) & (grown[:, 0] < right)]
    _ease(between, ends)
    between[:, 0] = -_in_line(-between[:, 0])
    between[:, 2] = _in_line(between[:, 2])
    obstacles: list[list[float]] = between.tolist()
    return obstacles


def _ease(grown: Places, ends: Places) -> None:
    """Leave room to turn between an end and a card beside it, where the two lie close to each other."""
    x1, x2 = ends[0], ends[2]
    before = grown[:, 2] - BESIDE
    near = (before < x2) & (x2 - before < 2 * BESIDE)
    grown[near, 2] = before[near] + NEAR * (x2 - before[near])
    behind = grown[:, 0] + BESIDE
    near = (behind > x1) & (behind - x1 < 2 * BESIDE)
    grown[near, 0] = behind[near] - NEAR * (behind[near] - x1)


def _in_line(borders: Places) -> Places:
    """Right borders that lie nearly in line, each as far right as the farthest of them."""
    order = np.argsort(borders)
    lined = borders.copy()
    for one, other in zip(order[-2::-1], order[:0:-1], strict=True):
        if borders[other] - borders[one] < IN_LINE:
            lined[one] = lined[other]
    return lined


def holds(span: Span, y: float) -> bool:
    """Whether a height lies in a span."""
    return span[0] <= y <= span[1]


def within(y: float, span: Span) -> float:
    """Returns the height of a span that is nearest to another."""
    return min(max(y, span[0]), span[1])
