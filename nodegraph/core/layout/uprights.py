"""Uprights: where right-angled edges go from one height to another, each on a track of its own.

Uprights that would lie on each other, or that cross needlessly, stand side by side in the gap between the
cards to their left and right; those of edges from one source may share a track.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nodegraph.core.layout.strips import ABOVE, BESIDE, Places
from nodegraph.core.layout.tracks import TRACK

ROUNDS = 4
"""How often neighbours are looked at whether they had better change places."""
MOST_ORDERED = 300
"""With more uprights than these, none is moved aside."""


@dataclass
class Upright:
    """A way up or down from one height to another: between which places it may stand, and where it does."""

    low: float
    high: float
    start: float
    end: float
    source: int
    x: float = 0.0

    @property
    def span(self) -> tuple[float, float]:
        """The heights that it passes."""
        return min(self.start, self.end), max(self.start, self.end)


def stand(uprights: list[Upright], cards: Places) -> None:
    """Give each upright its place, clear of cards (left, top, right, bottom of each) where there is room."""
    for one in uprights:
        _narrow(one, cards)
        one.x = (one.low + one.high) / 2
    left = sorted(uprights, key=lambda one: one.x) if len(uprights) <= MOST_ORDERED else []
    while left:
        cluster, left = _cluster(left)
        if len(cluster) > 1:
            _side_by_side(cluster)


def _narrow(one: Upright, cards: Places) -> None:
    """Leave it the free room about the middle of where it may stand."""
    middle, (top, bottom) = (one.low + one.high) / 2, one.span
    met = cards[(cards[:, 1] - ABOVE < bottom) & (cards[:, 3] + ABOVE > top)]
    before = met[(met[:, 2] <= middle) & (met[:, 2] + BESIDE > one.low)]
    behind = met[(met[:, 0] >= middle) & (met[:, 0] - BESIDE < one.high)]
    low = max([one.low, *(before[:, 2] + BESIDE).tolist()])
    high = min([one.high, *(behind[:, 0] - BESIDE).tolist()])
    if low <= high:
        one.low, one.high = low, high


def _cluster(uprights: list[Upright]) -> tuple[list[Upright], list[Upright]]:
    """The first with all that may meet it or those, and what is left."""
    cluster, left = [uprights[0]], uprights[1:]
    for one in cluster:
        rest: list[Upright] = []
        for other in left:
            (cluster if _may_meet(one, other) else rest).append(other)
        left = rest
    return cluster, left


def _may_meet(one: Upright, other: Upright) -> bool:
    (top, bottom), (other_top, other_bottom) = one.span, other.span
    return (
        top < other_bottom + TRACK
        and other_top < bottom + TRACK
        and one.low < other.high + TRACK
        and other.low < one.high + TRACK
    )


def _side_by_side(cluster: list[Upright]) -> None:
    """Order a cluster so that few lines cross, and put each on the first free track."""
    order = _ordered(cluster)
    tracks: list[int] = []
    for place, one in enumerate(order):
        before = [
            tracks[number] + (other.source != one.source)
            for number, other in enumerate(order[:place])
            if _overlap(other, one)
        ]
        tracks.append(max(before, default=0))
    count = max(tracks)
    low, high = max(one.low for one in order), min(one.high for one in order)
    for one, track in zip(order, tracks, strict=True):
        begin, end = (low, high) if low < high else (one.low, one.high)
        pitch = min(TRACK, (end - begin) / max(count, 1))
        one.x = float(np.clip((begin + end) / 2 + pitch * (track - count / 2), one.low, one.high))


def _overlap(one: Upright, other: Upright) -> bool:
    return one.span[0] < other.span[1] + TRACK / 2 and other.span[0] < one.span[1] + TRACK / 2


def _ordered(cluster: list[Upright]) -> list[Upright]:
    """From left to right: of those that go down the lowest first, of those that go up the highest."""
    order = sorted(cluster, key=lambda one: -one.start if one.end > one.start else one.start)
    for _ in range(ROUNDS):
        is_changed = False
        for place in range(len(order) - 1):
            one, other = order[place : place + 2]
            if _crossings(other, one) < _crossings(one, other):
                order[place : place + 2] = other, one
                is_changed = True
        if not is_changed:
            break
    return order


def _crossings(left: Upright, right: Upright) -> int:
    """How often two edges cross where one stands to the left of the other."""
    (top, bottom), (other_top, other_bottom) = left.span, right.span
    return (other_top < left.end < other_bottom) + (top < right.start < bottom)
