"""Routes: edges that would run beneath cards go around them, through the gaps between.

A route is worked out from where cards lie now and from nothing else, so that a file needs to hold no routes
and the same places always give the same picture. Seen from left to right, a route is a row of levels, heights
at which it passes between cards, joined by smooth bends where there is room. Knows rectangles, not nodes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.bits import Bits, in_one_go
from nodegraph.core.layout.levels import levels_of, way_back
from nodegraph.core.layout.strips import ABOVE, BESIDE, Places, Strip, obstacles_between, strips_between
from nodegraph.core.layout.tracks import TURN, Route, curve_of, side_by_side

ROUNDS = 2
"""How often every way is found anew beside the others."""
MOST_JUDGED = 80
"""With more ways than these, crossings are not looked at."""
MOST_WAYS = 400
"""With more ways than these, no edge is led around."""
AT_ONCE = 32
"""Edges that are compared with all cards in one go."""
MOST_PAIRS = 4_000_000
"""Edges times cards beyond which no edge is led around: nobody sees such a graph whole."""


@dataclass(frozen=True)
class Lines:
    """The edges to be led: x1 y1 x2 y2 of each, shape (n, 4); points along their plain curves, shape
    (n, p, 2); the numbers of the cards at both ends, or -1, shape (n, 2). Edges with the same number in
    `sources`, shape (n,), may share a way.
    """

    ends: Places
    curves: Places
    own: NDArray[np.intp]
    sources: NDArray[np.intp]
    by_hand: NDArray[np.bool_]
    """Which of them, shape (n,), are parts of an edge that a person leads: they go around nothing but a card
    that they would run beneath.
    """

    @property
    def is_ahead(self) -> NDArray[np.bool_]:
        """Which edges lead to the right."""
        ahead: NDArray[np.bool_] = self.ends[:, 2] - self.ends[:, 0] >= 2 * BESIDE
        return ahead


Ways: TypeAlias = dict[int, Route]
"""Ways by the numbers of their edges."""


def find_ways(lines: Lines, cards: Places, kept: Mapping[int, Route] | None = None, beside: int = 0) -> Ways:
    """Returns the ways of edges that would run beneath a card, and of those that pass one.

    `cards` are left, top, right, bottom, shape (m, 4). Ways that are `kept` stay as they are; there are so
    many others `beside` these.
    """
    return in_one_go(finding_ways(lines, cards, kept, beside))


def finding_ways(
    lines: Lines, cards: Places, kept: Mapping[int, Route] | None = None, beside: int = 0
) -> Bits[Ways]:
    """Find the same bit by bit."""
    if not len(lines.ends) or len(lines.ends) * len(cards) > MOST_PAIRS:
        return {}
    is_ahead = lines.is_ahead
    beneath = yield from _blocked(lines, cards)
    if beneath is None:
        return {}
    covered = np.union1d(beneath, _beneath_own(lines, cards))
    if lines.by_hand.any():
        covered = covered[~lines.by_hand[covered] | (is_ahead & ~_end_on_cards(lines, cards))[covered]]
    if not len(covered) and not kept:
        return {}
    ways: Ways = {}
    for number in covered[~is_ahead[covered]].tolist():
        ways[number] = way_back(
            lines.ends[number].tolist(), obstacles_between(cards, lines.ends[number], TURN)
        )
    passing = _passing(lines.ends, cards)
    numbers = np.union1d(covered[is_ahead[covered]], passing[~lines.by_hand[passing]])
    is_judged = len(numbers) + beside <= MOST_JUDGED
    if not is_judged:
        numbers = covered[is_ahead[covered]]
    if len(numbers) + beside > MOST_WAYS:
        return {}
    ahead = yield from _ways_ahead(lines, cards, numbers.tolist(), kept, is_judged=is_judged)
    return ways | ahead


def _ways_ahead(
    lines: Lines,
    cards: Places,
    numbers: list[int],
    kept: Mapping[int, Route] | None,
    *,
    is_judged: bool,
) -> Bits[Ways]:
    """The ways of edges that lead to the right; where they are judged, each is found anew beside all others,
    short ones first.
    """
    ways = {number: kept[number] for number in numbers if number in kept} if kept else {}
    open_ones = sorted(
        (n for n in numbers if n not in ways), key=lambda n: lines.ends[n, 2] - lines.ends[n, 0]
    )
    if not is_judged:
        for number in open_ones:
            ways[number] = levels_of(lines.ends[number].tolist(), _strips_of(lines, cards, number), None)
            yield
        return ways
    seen = _Heights(cards, lines)
    for number in numbers:
        seen.forget(number)
    for number, way in ways.items():
        seen.take(number, curve_of(lines.ends[number], way))
    strips = {}
    for number in open_ones:
        strips[number] = _strips_of(lines, cards, number)
        yield
    for _ in range(1 if ways else ROUNDS):
        for number in open_ones:
            others = seen.without(_beyond(lines, number))
            ways[number] = levels_of(lines.ends[number].tolist(), strips[number], others)
            seen.take(number, curve_of(lines.ends[number], ways[number]))
            yield
    return ways


def apart(lines: Lines, ways: Ways) -> Ways:
    """Returns the ways, none on another."""
    return side_by_side(ways, lines.sources.tolist())


def curves_of(lines: Lines, ways: Ways) -> dict[int, Places]:
    """Returns the smooth lines of ways, as cubic pieces, shape (k, 4, 2), none on another."""
    return {number: curve_of(lines.ends[number], route) for number, route in apart(lines, ways).items()}


def _beyond(lines: Lines, number: int) -> NDArray[np.bool_]:
    """Which edges an edge cannot cross: those of its own source, and those beyond both of its ends."""
    source, target = lines.own[number]
    behind = (lines.own[:, 1] == source) & (source >= 0)
    ahead = (lines.own[:, 0] == target) & (target >= 0)
    beyond: NDArray[np.bool_] = (lines.sources == lines.sources[number]) | behind | ahead
    return beyond


def _strips_of(lines: Lines, cards: Places, number: int) -> list[Strip]:
    own = lines.own[number]
    return strips_between(
        lines.ends[number], obstacles_between(np.delete(cards, own[own >= 0], axis=0), lines.ends[number])
    )


class _Heights:
    """How high every edge passes at places from left to right, to tell which cross; NaN where it does not.

    It counts from the far side of the card that it leaves to the far side of the card that it enters.
    """

    def __init__(self, cards: Places, lines: Lines) -> None:
        borders = np.unique(np.concatenate([cards[:, 0] - BESIDE, cards[:, 2] + BESIDE]))
        self.xs = np.union1d((borders[1:] + borders[:-1]) / 2, lines.ends[:, [0, 2]])
        self.heights = np.full((len(lines.ends), len(self.xs)), np.nan)
        source, target = lines.own.T
        begins = np.where(source >= 0, cards[source, 0], lines.ends[:, 0])
        ends = np.where(target >= 0, cards[target, 2], lines.ends[:, 2])
        self.spans = np.stack([begins - BESIDE, ends + BESIDE], axis=1)
        for number in np.flatnonzero(lines.is_ahead).tolist():
            self._take(number, lines.curves[number])

    def take(self, number: int, pieces: Places) -> None:
        """Take over the curve of an edge."""
        weights = np.array([[1, 0, 0, 0], [0.5**3, 3 * 0.5**3, 3 * 0.5**3, 0.5**3], [0, 0, 0, 1]])
        self._take(number, np.einsum("kca,sc->ksa", pieces, weights).reshape(-1, 2))

    def _take(self, number: int, points: Places) -> None:
        x, y = np.maximum.accumulate(points[:, 0]), points[:, 1]
        self.heights[number] = np.interp(self.xs, x, y)
        begin, end = self.spans[number]
        self.heights[number][(self.xs < begin) | (self.xs > end)] = np.nan

    def forget(self, number: int) -> None:
        """Leave out an edge."""
        self.heights[number] = np.nan

    def without(self, numbers: NDArray[np.bool_]) -> _Heights:
        """The same without these edges."""
        others = copy(self)
        others.heights = self.heights.copy()
        others.heights[numbers] = np.nan
        return others

    def at(self, x: float) -> Places:
        """The heights of all edges there."""
        place = min(bisect_left(self.xs, x), len(self.xs) - 1)
        if place and x - self.xs[place - 1] < self.xs[place] - x:
            place -= 1
        heights: Places = self.heights[:, place]
        return heights


def _blocked(lines: Lines, cards: Places) -> Bits[NDArray[np.intp] | None]:
    """Find the edges that run beneath a card not their own; None as soon as they are more than are led."""
    is_led, found, many = lines.is_ahead & ~lines.by_hand, [np.empty(0, dtype=np.intp)], 0
    for start in range(0, len(lines.ends), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        numbers = start + blocked(lines.curves[part], cards, lines.own[part])
        found.append(numbers)
        many += int(is_led[numbers].sum())
        if many > MOST_WAYS:
            return None
        yield
    return np.concatenate(found)


def blocked(curves: Places, cards: Places, own: NDArray[np.intp]) -> NDArray[np.intp]:
    """Returns the numbers of the curves, shape (n, points, 2), that run beneath a card not their own."""
    low, high = curves.min(axis=1), curves.max(axis=1)
    met = np.ones((len(curves), len(cards)), dtype=bool)
    for axis in (0, 1):  # each by itself: numpy is slow along an axis of two
        met &= low[:, None, axis] < cards[None, :, axis + 2]
        met &= high[:, None, axis] > cards[None, :, axis]
    numbers = np.arange(len(curves))
    for side in (0, 1):
        known = own[:, side] >= 0
        met[numbers[known], own[known, side]] = False
    edge, card = np.nonzero(met)
    start, way = curves[edge, :-1], np.diff(curves[edge], axis=1)
    sides = cards[card][:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (sides[..., :2] - 2 - start) / way, (sides[..., 2:] + 2 - start) / way
    level = way == 0
    beside = level & ((start <= sides[..., :2] - 2) | (start >= sides[..., 2:] + 2))
    enters = np.where(level, np.where(beside, 2.0, -np.inf), np.minimum(first, second)).max(axis=2)
    leaves = np.where(level, np.inf, np.maximum(first, second)).min(axis=2)
    beneath = (np.minimum(leaves, 1.0) > np.maximum(enters, 0.0)).any(axis=1)
    return np.unique(edge[beneath])


def _beneath_own(lines: Lines, cards: Places) -> NDArray[np.intp]:
    """The edges that turn back beneath a card at one of their ends."""
    back = np.flatnonzero(~lines.is_ahead & (lines.own >= 0).any(axis=1))
    points, beneath = lines.curves[back, 1:-1], np.zeros(len(back), dtype=bool)
    for side in (0, 1):
        own = cards[lines.own[back, side]][:, None]
        inside = (points > own[..., :2] + 1) & (points < own[..., 2:] - 1)
        beneath |= inside.all(axis=2).any(axis=1) & (lines.own[back, side] >= 0)
    return back[beneath]


def _end_on_cards(lines: Lines, cards: Places) -> NDArray[np.bool_]:
    """Which lines end at a place on a card, or so near to it that they cannot go around it."""
    beneath = np.zeros(len(lines.ends), dtype=bool)
    for side, places in enumerate((lines.ends[:, :2], lines.ends[:, 2:])):
        grown = cards + np.array([-BESIDE, -ABOVE, BESIDE, ABOVE])
        after = (places[:, None] > grown[None, :, :2]).all(axis=2)
        inside = after & (places[:, None] < grown[None, :, 2:]).all(axis=2)
        beneath |= inside.any(axis=1) & (lines.own[:, side] < 0)
    return beneath


def _passing(ends: Places, cards: Places) -> NDArray[np.intp]:
    """The edges that lead past the column of another card."""
    past = (cards[None, :, 0] > ends[:, None, 0]) & (cards[None, :, 2] < ends[:, None, 2])
    return np.flatnonzero(past.any(axis=1))
