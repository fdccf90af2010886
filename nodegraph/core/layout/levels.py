"""Levels: at which heights an edge passes the strips between its ends.

Of all ways through the gaps the one is taken that crosses the fewest other edges, with little up and down and
few bends (dynamic programming over the strips).
"""

from __future__ import annotations

import itertools
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.layout.strips import INFINITE, Places, Span, Strip, free_spans, holds, within
from nodegraph.core.layout.tracks import TRACK, TURN, Route, Stretch

BEND = 24.0
"""How much longer a way may be that has one bend less."""
CROSSING, FAR = 120.0, 1e6
"""The same for a way that crosses one edge less; and what it costs to pass where there is no room."""


class Others(Protocol):
    """How high all other edges pass at a place; NaN where they do not."""

    def at(self, x: float) -> Places: ...


def way_back(ends: list[float], obstacles: list[list[float]]) -> Route:
    """Returns the way of an edge that turns back, from beyond its source to before its target."""
    x1, y1, x2, y2 = ends
    left, right = x2 - TURN, x1 + TURN
    free = free_spans(
        [[top, bottom] for begin, top, end, bottom in obstacles if end > left and begin < right]
    )
    middle = (y1 + y2) / 2
    room = min(free, key=lambda span: abs(within(middle, span) - middle))
    return [Stretch(left, right, _settled(middle, middle, room), room)]


def levels_of(ends: list[float], strips: list[Strip], seen: Others | None) -> Route:
    """Returns the way through the strips: few crossings, little up and down, and few bends."""
    x1, y1, x2, y2 = ends
    rooms, gaps = _cheapest(ends, strips, seen)
    tail = len(rooms)
    while tail and holds(rooms[tail - 1], y2):
        tail -= 1
    groups: list[tuple[int, int, Span]] = []
    first, room = 0, (y1, y1)
    for place, span in enumerate(rooms[:tail]):
        both = max(room[0], span[0]), min(room[1], span[1])
        if both[0] <= both[1]:
            room = both
        else:
            groups.append((first, place, room))
            first, room = place, span
    groups += [(first, tail, room), (tail, len(rooms), (y2, y2))]
    heights = [y1]
    for number, (_, _, span) in enumerate(groups[1:], start=1):
        later = groups[number + 1][2] if number + 1 < len(groups) else span
        heights.append(_settled(heights[-1], within(heights[-1], later), span))
    return _stretches(x1, x2, groups, heights, strips, rooms, gaps)


def _cheapest(ends: list[float], strips: list[Strip], seen: Others | None) -> tuple[list[Span], list[Span]]:
    """One room in each strip, so that the way through them all costs least; and the gaps they lie in.

    A room is a free span of a strip, or the part of it between two edges that pass there.
    """
    x1, y1, x2, y2 = ends
    search = _Search(y1, None if seen is None else seen.at(x1))
    for place, strip in enumerate(strips):
        if strip.free != [INFINITE]:
            search.enter(place, strip, None if seen is None else seen.at((strip.left + strip.right) / 2))
    number = search.arrive(y2, None if seen is None else seen.at(x2), len(strips) - 1)
    rooms, gaps = [INFINITE] * len(strips), [INFINITE] * len(strips)
    for place, its_rooms, its_gaps, chosen in reversed(search.trail):
        rooms[place], gaps[place] = its_rooms[number], its_gaps[number]
        number = int(chosen[number])
    for place, y in ((0, y1), (-1, y2)):  # a way keeps to the height of its ends whoever passes there
        if holds(gaps[place], y):
            rooms[place] = gaps[place]
    return rooms, gaps


class _Search:
    """The cheapest ways into every room of the strip that was entered last."""

    def __init__(self, y: float, others: Places | None) -> None:
        self.cost, self.y = np.zeros(1), np.array([y])
        self.gaps = np.array([INFINITE])
        self.others = others
        self.place = -1
        self.trail: list[tuple[int, list[Span], list[Span], NDArray[np.intp]]] = []
        """Of each strip its number, its rooms, their gaps, and from which room before each is entered."""

    def enter(self, place: int, strip: Strip, others: Places | None) -> None:
        """Go on into a strip, past others at their heights."""
        rooms, gaps = _slots(strip.free, others)
        low, high = _inset(*np.array(rooms).T)
        later, gaps_here = np.clip(self.y[:, None], low, high), np.array(gaps)
        step = self.cost[:, None] + np.abs(later - self.y[:, None]) + BEND * (later != self.y[:, None])
        if self.others is not None and others is not None:
            inside = np.clip(self.y[0], low, high)
            step += CROSSING * _crossings(_sides_of(self.others, self.y), _sides_of(others, inside))
        if place == self.place + 1 and self.trail:
            step += FAR * ~_meet(self.gaps, gaps_here)
        chosen = step.argmin(axis=0)
        columns = np.arange(len(rooms))
        self.cost, self.y = step[chosen, columns], later[chosen, columns]
        self.gaps, self.others, self.place = gaps_here, others, place
        self.trail.append((place, rooms, gaps, chosen))

    def arrive(self, y: float, others: Places | None, last: int) -> int:
        """Returns the room from which the end is reached at the least cost."""
        cost = self.cost + np.abs(self.y - y) + BEND * (self.y != y)
        if self.others is not None and others is not None:
            sides = _sides_of(others, np.array([y]))
            cost = cost + CROSSING * _crossings(_sides_of(self.others, self.y), sides)[:, 0]
        if self.place == last and self.trail:
            cost = cost + FAR * ((self.gaps[:, 0] > y) | (self.gaps[:, 1] < y))
        return int(cost.argmin())


def _slots(free: list[Span], here: Places | None) -> tuple[list[Span], list[Span]]:
    """The rooms in a strip, and the gap that each is a part of."""
    rooms: list[Span] = []
    gaps: list[Span] = []
    passing = [] if here is None else sorted({y for y in here.tolist() if y == y})
    for low, high in free:
        marks = [low, *(y for y in passing if low < y < high), high]
        rooms += itertools.pairwise(marks)
        gaps += [(low, high)] * (len(marks) - 1)
    return rooms, gaps


def _inset(low: Places, high: Places) -> tuple[Places, Places]:
    """Rooms without their rims: a way keeps off what bounds its room."""
    rim = np.minimum(TRACK / 2, (high - low) / 4)
    return low + rim, high - rim


def _sides_of(heights: Places, y: Places) -> Places:
    """On which side of each height, shape (n,), each of the others passes, shape (m,): -1, 1, or 0."""
    sides: Places = np.sign(heights[None, :] - y[:, None])
    sides[np.isnan(sides)] = 0.0
    return sides


def _crossings(before: Places, after: Places) -> Places:
    """How many edges pass on another side afterwards, shape (n, m)."""
    counted: Places = (np.abs(before) @ np.abs(after).T - before @ after.T) / 2
    return counted


def _meet(some: Places, others: Places) -> NDArray[np.bool_]:
    """Which spans share a height, shape (n, m)."""
    low = np.maximum(some[:, None, 0], others[None, :, 0])
    high = np.minimum(some[:, None, 1], others[None, :, 1])
    return low <= high


def _stretches(
    x1: float,
    x2: float,
    groups: list[tuple[int, int, Span]],
    heights: list[float],
    strips: list[Strip],
    rooms: list[Span],
    gaps: list[Span],
) -> Route:
    """Where each level must be kept to: as short as what is in the way allows, so that bends are long."""
    route = []
    for number, ((first, stop, _), y) in enumerate(zip(groups, heights, strict=True)):
        left = strips[first].left if first < len(strips) else x2
        right = strips[stop - 1].right if stop else x1
        if number:
            hard = [place for place in range(first, stop) if not holds(rooms[place], heights[number - 1])]
            left = strips[hard[0]].left if hard else right
        if number + 1 < len(groups):
            hard = [place for place in range(first, stop) if not holds(rooms[place], heights[number + 1])]
            right = strips[hard[-1]].right if hard else left
        room = (y, y) if number in (0, len(groups) - 1) else _common(gaps[first:stop])
        route.append(Stretch(left, max(left, right), y, room))
    return route


def _common(spans: list[Span]) -> Span:
    """What spans share."""
    return max(low for low, _ in spans), min(high for _, high in spans)


def _settled(before: float, after: float, span: Span) -> float:
    """The height within a span for a way that comes from one height and goes on to another."""
    low, high = span
    if high - low <= 4 * TRACK:
        return (low + high) / 2
    wished = within((before + after) / 2, span)
    return within(wished, (low + TRACK, high - TRACK)) if low > -np.inf and high < np.inf else wished
