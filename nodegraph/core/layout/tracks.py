"""Tracks: ways that pass through the same gap run beside each other, not on each other; and their curves.

A way is a row of stretches, at one height each, with smooth bends between them.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from nodegraph.core.layout.strips import BESIDE, Places, Span

TRACK = 11.0
"""How far apart two edges run that pass through the same gap."""
NARROW, SHARP = 34.0, 8.0
"""A bend narrower than this has round corners where one sweep would be bent to a smaller radius than that."""
ROUND = 20.0
"""The largest radius of such corners."""
ARC = 0.5523
"""How long the handles of a quarter of a circle are, in radii."""
TURN = 36.0
"""How far an edge reaches out before it turns back."""


@dataclass(frozen=True)
class Stretch:
    """A part of a route at one height: where it must keep to it, and how far it may be moved."""

    left: float
    right: float
    y: float
    room: Span


Route: TypeAlias = list[Stretch]
Corner: TypeAlias = tuple[float, float]
Piece: TypeAlias = tuple[Corner, Corner, Corner, Corner]
"""A cubic by its control points."""


def side_by_side(ways: Mapping[int, Route], sources: Sequence[int]) -> dict[int, Route]:
    """Returns the ways with stretches moved apart that would lie on each other, from top to bottom."""
    runs = []
    for number, route in ways.items():
        for place, stretch in enumerate(route):
            if stretch.room[0] < stretch.room[1]:
                runs.append((stretch.y, number, place))
    runs.sort()
    moved = {number: list(route) for number, route in ways.items()}
    left = runs
    while left:
        cluster, left = _cluster(left, ways)
        _spread(sorted(cluster), moved, sources)
    return moved


Run: TypeAlias = tuple[float, int, int]


def _cluster(runs: list[Run], ways: Mapping[int, Route]) -> tuple[list[Run], list[Run]]:
    """The first run with all that lie beside it or beside those, and what is left."""
    cluster, left = [runs[0]], runs[1:]
    for run in cluster:
        mine, rest = ways[run[1]][run[2]], []
        for other in left:
            theirs = ways[other[1]][other[2]]
            meets = theirs.left < mine.right + BESIDE and mine.left < theirs.right + BESIDE
            if meets and abs(theirs.y - mine.y) < TRACK:
                cluster.append(other)
            else:
                rest.append(other)
        left = rest
    return cluster, left


def _spread(cluster: list[Run], moved: dict[int, Route], sources: Sequence[int]) -> None:
    """Give each edge of a cluster a track, from top to bottom; neighbours from one source share one."""
    track, tracks = -1, []
    for place, (_, number, _) in enumerate(cluster):
        track += not place or sources[number] != sources[cluster[place - 1][1]]
        tracks.append(track)
    rooms = [moved[number][place].room for _, number, place in cluster]
    low, high = max(room[0] for room in rooms), min(room[1] for room in rooms)
    if low > high:
        return
    pitch = min(TRACK, (high - low) / max(track, 1))
    half = pitch * track / 2
    middle = min(max(sum(y for y, *_ in cluster) / len(cluster), low + half), high - half)
    for track, (_, number, place) in zip(tracks, cluster, strict=True):
        moved[number][place] = replace(moved[number][place], y=middle - half + pitch * track)


def curve_of(ends: Places, route: Route) -> Places:
    """Returns the smooth line through all levels of a route, as cubic pieces, shape (k, 4, 2)."""
    x1, y1, x2, y2 = ends.tolist()
    if x2 - x1 < 2 * BESIDE:
        return _turned(x1, y1, x2, y2, route[0])
    points = [(x1, y1)]
    for stretch in route:
        points += [(stretch.left, stretch.y), (stretch.right, stretch.y)]
    points.append((x2, y2))
    bends = [(one, other) for one, other in itertools.pairwise(points) if one[1] != other[1]]
    pieces: list[Piece] = []
    here = points[0]
    for number, (one, other) in enumerate(bends):
        before = one[0] - (bends[number - 1][1][0] if number else x1)
        after = (bends[number + 1][0][0] if number + 1 < len(bends) else x2) - other[0]
        bend = _bend(one, other, before, after)
        pieces += [*_level(here, bend[0][0]), *bend]
        here = bend[-1][3]
    return np.array([*pieces, *_level(here, (x2, y2))] or [_line(here, here)])


def _level(start: Corner, end: Corner) -> list[Piece]:
    return [_line(start, end)] if start != end else []


def _line(start: Corner, end: Corner) -> Piece:
    (xa, ya), (xb, yb) = start, end
    return start, (xa + (xb - xa) / 3, ya + (yb - ya) / 3), (xb - (xb - xa) / 3, yb - (yb - ya) / 3), end


def _bend(start: Corner, end: Corner, before: float, after: float) -> list[Piece]:
    """The way from one height to another: a smooth sweep, or where there is little room, round corners and an
    upright between. The level pieces beside it, so long, give some of their length to the corners.
    """
    (xa, ya), (xb, yb) = start, end
    width, height = xb - xa, abs(yb - ya)
    if width >= NARROW or height * SHARP < 3 / 8 * width**2:  # the radius of the sweep where it is smallest
        half = width / 2
        return [(start, (xa + half, ya), (xb - half, yb), end)]
    share = 0.5 if (before > 0) == (after > 0) else 0.3 if before else 0.7
    x = xa + share * width
    first = min(ROUND, height / 2, x - xa + min(before / 2, BESIDE))
    last = min(ROUND, height / 2, xb - x + min(after / 2, BESIDE))
    down = 1.0 if yb > ya else -1.0
    one, other = (x, ya + down * first), (x, yb - down * last)
    return [
        _arc((x - first, ya), (x, ya), one),
        *_level(one, other),
        _arc(other, (x, yb), (x + last, yb)),
    ]


def _arc(start: Corner, corner: Corner, end: Corner) -> Piece:
    """A quarter of a circle that rounds a corner."""
    handles = [
        (place[0] + ARC * (corner[0] - place[0]), place[1] + ARC * (corner[1] - place[1]))
        for place in (start, end)
    ]
    return start, handles[0], handles[1], end


def _turned(x1: float, y1: float, x2: float, y2: float, back: Stretch) -> Places:
    """The line of an edge that turns back: out, round, back, round and in."""
    y, reach = back.y, TURN * 4 / 3
    left, right = x2 - BESIDE / 2, x1 + BESIDE / 2
    return np.array(
        [
            ((x1, y1), (x1 + reach, y1), (right + reach, y), (right, y)),
            ((right, y), (right - (right - left) / 3, y), (left + (right - left) / 3, y), (left, y)),
            ((left, y), (left - reach, y), (x2 - reach, y2), (x2, y2)),
        ]
    )
