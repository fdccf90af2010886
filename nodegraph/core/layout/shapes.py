"""Shapes: the way of an edge in straight lines, or in lines that are level and plumb, instead of curves.

Knows places and heights, nothing of nodes. A line is told by its corners and drawn as cubic pieces, shape
(k, 4, 2), so that whoever asks where an edge runs need not know its shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.layout.routes import Lines
from nodegraph.core.layout.strips import BESIDE, Places
from nodegraph.core.layout.tracks import TURN, Route
from nodegraph.core.layout.uprights import Upright, stand

EdgeKind = Literal["curved", "straight", "right-angled"]

OUT = 24.0
"""How far from its ports an edge turns back that is no curve; less than `TURN`."""
ROUND = 10.0
"""The radius of the corners of a right-angled edge."""
ARC = 0.5523
"""How long the handles of a quarter of a circle are, in radii."""

Corner: TypeAlias = tuple[float, float]


def plain_lines(ends: Places, kind: EdgeKind) -> Places:
    """The corners of edges that lead directly: x1 y1 x2 y2 of each, shape (n, 4), give shape (n, 6, 2)."""
    x1, y1, x2, y2 = ends.T
    middle, half = (x1 + x2) / 2, (y1 + y2) / 2
    ahead = is_ahead(ends)
    if kind == "straight":
        xs = [x1, np.where(ahead, x1, x1 + OUT), middle, middle, np.where(ahead, x2, x2 - OUT), x2]
        ys = [y1, y1, half, half, y2, y2]
    else:
        out, back = np.where(ahead, middle, x1 + OUT), np.where(ahead, middle, x2 - OUT)
        xs = [x1, out, out, back, back, x2]
        ys = [y1, y1, half, half, y2, y2]
    return np.stack([np.stack(xs, axis=1), np.stack(ys, axis=1)], axis=2)


def is_ahead(ends: Places) -> NDArray[np.bool_]:
    """Which edges, x1 y1 x2 y2 of each, lead to the right."""
    ahead: NDArray[np.bool_] = ends[:, 2] - ends[:, 0] >= 2 * BESIDE
    return ahead


def angular(kind: EdgeKind, lines: Lines, ways: Mapping[int, Route], cards: Places) -> dict[int, Places]:
    """The lines of all edges that are no curves, by number: along their ways, else directly."""
    corners = [corners_of(ends, ways.get(number)) for number, ends in enumerate(lines.ends)]
    if kind == "straight":
        return {number: straight(its) for number, its in enumerate(corners)}
    uprights = [uprights_of(its, source) for its, source in zip(corners, lines.sources.tolist(), strict=True)]
    stand([one for several in uprights for one in several], cards)
    plumb = map(upright_corners, corners, uprights)
    return {number: right_angled(its) for number, its in enumerate(plumb)}


def alone(kind: EdgeKind, ends: Places) -> Places:
    """The line of one edge, x1 y1 x2 y2, with nothing about it, that is no curve."""
    corners = corners_of(ends, None)
    if kind == "straight":
        return straight(corners)
    uprights = uprights_of(corners, 0)
    stand(uprights, np.empty((0, 4)))
    return right_angled(upright_corners(corners, uprights))


def corners_of(ends: Places, route: Route | None) -> list[Corner]:
    """The corners of one edge that is led along a route, or directly, with no thought of right angles."""
    x1, y1, x2, y2 = ends.tolist()
    if x2 - x1 >= 2 * BESIDE:
        levels = [] if route is None else [(x, one.y) for one in route for x in (one.left, one.right)]
        return [(x1, y1), *levels, (x2, y2)]
    y = (y1 + y2) / 2 if route is None else route[0].y
    return [(x1, y1), (x1 + OUT, y1), (x1 + OUT, y), (x2 - OUT, y), (x2 - OUT, y2), (x2, y2)]


def straight(corners: list[Corner]) -> Places:
    """Straight lines from corner to corner."""
    return np.array([_line(one, other) for one, other in pairwise(_without_stops(corners))])


def uprights_of(corners: list[Corner], source: int) -> list[Upright]:
    """Where a line through these corners goes up and down, once it is level and plumb."""
    (first, _), (last, _) = corners[0], corners[-1]
    found = []
    for (xa, ya), (xb, yb) in pairwise(corners):
        if ya == yb:
            continue
        if xa != xb:
            low, high = max(xa, first + BESIDE), min(xb, last - BESIDE)
        else:  # it turns back
            low, high = (
                (xa - OUT + BESIDE, xa + TURN - OUT) if xa > first else (xa + OUT - TURN, xa + OUT - BESIDE)
            )
        if low > high:
            low = high = (xa + xb) / 2
        found.append(Upright(low, high, ya, yb, source))
    return found


def upright_corners(corners: list[Corner], uprights: Sequence[Upright]) -> list[Corner]:
    """The corners of a line from the first of these to the last that goes up and down there."""
    plumb = [(one.x, y) for one in uprights for y in (one.start, one.end)]
    return [corners[0], *plumb, corners[-1]]


def right_angled(corners: list[Corner]) -> Places:
    """The same, for lines that are level and plumb: with round corners."""
    corners = _without_stops(corners)
    pieces = []
    here = corners[0]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        (ax, ay), (bx, by) = _step(before, corner), _step(corner, after)
        if (ax, ay) == (bx, by):
            continue
        room = min(_length(before, corner), _length(corner, after)) / 2
        radius = min(ROUND, room)
        begin = corner[0] - ax * radius, corner[1] - ay * radius
        end = corner[0] + bx * radius, corner[1] + by * radius
        if begin != here:
            pieces.append(_line(here, begin))
        handle = radius * ARC
        one = begin[0] + ax * handle, begin[1] + ay * handle
        other = end[0] - bx * handle, end[1] - by * handle
        pieces.append((begin, one, other, end))
        here = end
    if here != corners[-1] or not pieces:
        pieces.append(_line(here, corners[-1]))
    return np.array(pieces)


def _without_stops(corners: list[Corner]) -> list[Corner]:
    """Corners without those that lie on the one before."""
    kept = corners[:1] + [other for one, other in pairwise(corners) if one != other]
    return kept if len(kept) > 1 else [corners[0], corners[-1]]


def _line(start: Corner, end: Corner) -> tuple[Corner, Corner, Corner, Corner]:
    (x1, y1), (x2, y2) = start, end
    x, y = (x2 - x1) / 3, (y2 - y1) / 3
    return start, (x1 + x, y1 + y), (x2 - x, y2 - y), end


def _step(start: Corner, end: Corner) -> Corner:
    length = _length(start, end) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _length(start: Corner, end: Corner) -> float:
    return abs(end[0] - start[0]) + abs(end[1] - start[1])
