"""Which cells of a grid lines run through: what is to be painted again along them, and little besides. The
boxes of long slanting lines would hold most of a view.

Which boxes lines pass through, and which boxes lie over each other, is asked of all at once.

Knows points alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

SAMPLES = 4
"""Into how many parts of a cell's side lines are cut."""
MOST_SAMPLES = 100_000
"""With more parts than these, all between the lines is taken."""
FEW = 20
"""Boxes that are compared one by one, which is quicker than to have numpy do it."""
ROW = 2**32
"""How many cells a row of the grid has."""


def cells_along(points: NDArray[np.float64], side: float, within: QRectF) -> list[QRectF]:
    """Returns rectangles that hold all that lies within a rectangle of lines along these points, shape
    (n, p, 2); together they are hardly wider than a cell of this side.
    """
    lines = _meeting(np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4), within)
    ways = lines[:, 2:] - lines[:, :2]
    parts = np.ceil(np.abs(ways).max(axis=1, initial=0.0) * SAMPLES / side) + 1
    if parts.sum() > MOST_SAMPLES:
        return [within]
    parts = parts.astype(np.intp)
    line = np.repeat(np.arange(len(lines)), parts)
    step = np.arange(len(line)) - np.repeat(np.cumsum(parts) - parts, parts)
    places = lines[line, :2] + ways[line] * (step / (parts[line] - 1).clip(min=1))[:, None]
    reach = side / SAMPLES
    inside = (places[:, 0] >= within.left() - reach) & (places[:, 0] <= within.right() + reach)
    inside &= (places[:, 1] >= within.top() - reach) & (places[:, 1] <= within.bottom() + reach)
    columns, rows = np.floor(places[inside].T / side).astype(np.int64)
    cells = np.unique(rows * ROW + columns + ROW // 2)
    first = np.flatnonzero(np.diff(cells, prepend=cells[:1] - 2) != 1)
    lengths = np.diff(np.append(first, len(cells)))
    margin = reach / 2  # a line may cut a corner between two of its parts
    return [
        QRectF((cell % ROW - ROW // 2) * side, cell // ROW * side, length * side, side).adjusted(
            -margin, -margin, margin, margin
        )
        for cell, length in zip(cells[first].tolist(), lengths.tolist(), strict=True)
    ]


def _meeting(lines: NDArray[np.float64], rect: QRectF) -> NDArray[np.float64]:
    """Those of the lines, shape (n, 4), whose boxes meet a rectangle."""
    low, high = np.minimum(lines[:, :2], lines[:, 2:]), np.maximum(lines[:, :2], lines[:, 2:])
    near = (low <= (rect.right(), rect.bottom())) & (high >= (rect.left(), rect.top()))
    return lines[near.all(axis=1)]


def round_pieces(points: NDArray[np.float64], rect: QRectF, rim: float) -> QRectF:
    """Returns the rectangle round all that may show in a rectangle of those polylines, shape (n, p, 2), which
    have so wide a rim: round the straight pieces that may, as far as these lie within it but for their rims.
    Null where none does.
    """
    left, top, right, bottom = rect.getCoords()
    left, top, right, bottom = left - rim, top - rim, right + rim, bottom + rim
    sides = []
    for axis in (0, 1):  # each by itself: numpy is slow along an axis of two
        starts, ends = points[:, :-1, axis], points[:, 1:, axis]
        sides += np.minimum(starts, ends), np.maximum(starts, ends)
    x1, x2, y1, y2 = sides
    met = ((x1 <= right) & (x2 >= left) & (y1 <= bottom) & (y2 >= top)).ravel().nonzero()[0]
    if not len(met):
        return QRectF()
    left, top = max(left, float(x1.take(met).min())) - rim, max(top, float(y1.take(met).min())) - rim
    right, bottom = min(right, float(x2.take(met).max())) + rim, min(bottom, float(y2.take(met).max())) + rim
    return QRectF(left, top, right - left, bottom - top)


def one_for_all(rects: Sequence[QRectF]) -> Sequence[QRectF]:
    """Returns these rectangles, or in their place the one round them all where fewer straight lines cross
    that than cross each of them: the longer the way round a rectangle, the more do.
    """
    whole = reduce(QRectF.united, rects, QRectF())
    around = sum(rect.width() + rect.height() for rect in rects)
    return [whole] if around > whole.width() + whole.height() else rects


def round_shown(rects: Sequence[QRectF], within: QRectF) -> QRectF:
    """Returns the rectangle round what of some rectangles lies within another; null where nothing does."""
    left, top, right, bottom = within.getCoords()
    met = [
        sides
        for sides in map(QRectF.getCoords, rects)
        if max(left, sides[0]) < min(right, sides[2]) and max(top, sides[1]) < min(bottom, sides[3])
    ]
    if not met:
        return QRectF()
    lefts, tops, rights, bottoms = zip(*met, strict=True)
    x, y = max(left, min(lefts)), max(top, min(tops))
    return QRectF(x, y, min(right, max(rights)) - x, min(bottom, max(bottoms)) - y)


def pieces_near(
    points: NDArray[np.float64], numbers: NDArray[np.intp], stride: int, rects: Sequence[QRectF], rim: float
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Returns the straight pieces, shape (m, 4), between every so many points along those of some polylines,
    shape (n, p, 2), that have these numbers, whose boxes are no further than a rim from any of some
    rectangles; and at which place among the numbers that of each stands.
    """
    found = []
    for rect in rects:
        sides = rect.adjusted(-rim, -rim, rim, rim).getCoords()
        thin = int(rect.height() < rect.width())  # of a narrow strip hardly anything is left to look at then
        along = points[numbers, ::stride, thin]
        line, place = np.nonzero(_meets(along[:, :-1], along[:, 1:], sides[thin], sides[2 + thin]))
        across = points[..., 1 - thin]
        start, end = (across[numbers[line], stride * (place + step)] for step in (0, 1))
        meets = _meets(start, end, sides[1 - thin], sides[3 - thin])
        found.append(line[meets] * points.shape[1] + place[meets])
    line, place = np.divmod(
        found[0] if len(found) == 1 else np.unique(np.concatenate(found)), points.shape[1]
    )
    ends = [points[numbers[line], stride * (place + step)] for step in (0, 1)]
    return np.concatenate(ends, axis=1), line


def _meets(
    starts: NDArray[np.float64], ends: NDArray[np.float64], low: float, high: float
) -> NDArray[np.bool_]:
    """Which ways from here to there lead through a stretch."""
    return (np.minimum(starts, ends) <= high) & (np.maximum(starts, ends) >= low)


def near_any(boxes: NDArray[np.float64], rects: Sequence[QRectF], rim: float) -> NDArray[np.bool_]:
    """Returns which boxes, as left, top, right, bottom, shape (n, 4), are no further than a rim from any of
    these rectangles: to draw what lies beyond them takes as long.
    """
    sides = np.array([rect.getCoords() for rect in rects])[:, :, None]
    left, top, right, bottom = boxes.T
    near = (left <= sides[:, 2] + rim) & (right >= sides[:, 0] - rim)
    near &= (top <= sides[:, 3] + rim) & (bottom >= sides[:, 1] - rim)
    found: NDArray[np.bool_] = near.any(axis=0)
    return found


def corners(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the rectangles round polylines, shape (n, p, 2), as left, top, right, bottom, shape (n, 4)."""
    x, y = points[:, :, 0], points[:, :, 1]  # numpy takes six times as long for both together
    found = np.empty((len(points), 4))
    x.min(axis=1, out=found[:, 0]), y.min(axis=1, out=found[:, 1])
    x.max(axis=1, out=found[:, 2]), y.max(axis=1, out=found[:, 3])
    return found


def segments(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Polylines as separate lines: shape (m, 4)."""
    return np.ascontiguousarray(np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4))


def box_round(boxes: NDArray[np.float64]) -> QRectF:
    """The rectangle round rectangles of shape (n, 4), given as left, top, right, bottom."""
    if not len(boxes):
        return QRectF()
    left, top, right, bottom = sides_round(boxes)
    return QRectF(left, top, right - left, bottom - top)


def sides_round(boxes: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """The same as its left, top, right and bottom; there is at least one of them."""
    if len(boxes) <= FEW:
        lefts, tops, rights, bottoms = zip(*boxes.tolist(), strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)
    lefts, tops, rights, bottoms = boxes.T  # numpy takes ten times as long for all together
    return float(lefts.min()), float(tops.min()), float(rights.max()), float(bottoms.max())


def around(points: NDArray[np.float64], reach: float) -> tuple[float, float, float, float]:
    """Returns left, top, width and height of what lies so near to a line."""
    (left, top), (right, bottom) = points.min(axis=0) - reach, points.max(axis=0) + reach
    return float(left), float(top), float(right - left), float(bottom - top)


def boxes_of(rects: Sequence[QRectF]) -> NDArray[np.float64]:
    """Returns rectangles as an array, shape (n, 4): left, top, right, bottom."""
    sides = [(rect.left(), rect.top(), rect.right(), rect.bottom()) for rect in rects]
    return np.array(sides, dtype=np.float64).reshape(-1, 4)


def hits(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.intp]:
    """Returns how many of the others each box overlaps."""
    one, other = boxes[:, None], others[None]
    hit = (one[..., 0] < other[..., 2]) & (one[..., 2] > other[..., 0])
    hit &= (one[..., 1] < other[..., 3]) & (one[..., 3] > other[..., 1])
    return hit.sum(axis=1)


def crossings(boxes: NDArray[np.float64], lines: NDArray[np.float64]) -> NDArray[np.intp]:
    """Returns how many of these lines, shape (n, points, 2), pass through each box, shape (m, 4). Where
    exactly a piece of a line enters a box is asked of those pairs alone that lie over each other.
    """
    start, end = lines[:, :-1].reshape(-1, 2), lines[:, 1:].reshape(-1, 2)
    first, last = np.minimum(start, end).T.copy(), np.maximum(start, end).T.copy()
    left, top, right, bottom = boxes.T
    is_near = (
        (last[0] > left.min()) & (first[0] < right.max()) & (last[1] > top.min()) & (first[1] < bottom.max())
    )
    near = is_near.nonzero()[0]
    low, high = first[:, near], last[:, near]
    over = (high[0] > left[:, None]) & (low[0] < right[:, None])
    over &= (high[1] > top[:, None]) & (low[1] < bottom[:, None])
    box, piece = over.nonzero()
    piece = near[piece]
    begin, way = start[piece], end[piece] - start[piece]
    with np.errstate(divide="ignore"):
        one, other = (boxes[box, :2] - begin) / way, (boxes[box, 2:] - begin) / way
    enters, leaves = np.minimum(one, other).max(axis=1), np.maximum(one, other).min(axis=1)
    is_met = np.maximum(enters, 0.0) < np.minimum(leaves, 1.0)
    found = np.zeros((len(boxes), len(lines)), dtype=np.bool_)
    found[box[is_met], piece[is_met] // (lines.shape[1] - 1)] = True
    crossed: NDArray[np.intp] = found.sum(axis=1)
    return crossed
