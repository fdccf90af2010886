"""Where the chips lie on their edges: near the port that receives, clear of cards, of other edges and of each
other, and steady from step to step.

Knows rectangles, lines and keys only; the texts, and so the widths, are the scene's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.layout.legibility import HIDDEN, SLACK, overlaps, shares_within

FROM_PORT = 12.0
"""How far from the ports at its ends a chip stays, along its edge."""
BEFORE_PORT = 40.0
"""How far from the receiving port a chip would like to end."""
STEP = 12.0
"""How far apart the places lie that are looked at."""
MOST_STEPS = 20
"""After so many of these steps fewer places are looked at, so that no edge is too long."""
FEW = 6
"""Places that are looked at first; then twice as many together, and so on."""
MOST_PAIRS = 20_000
"""Up to so many places times lines."""
ASIDE = 60.0
"""How much farther along its edge a chip would rather lie than beside it."""
MARGIN = 0.03
"""How much less of its edge than would hide it a chip covers, for lines are measured in straight pieces."""
LIFTED = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
"""How many heights away from its edge a chip that is looked at may lie, so as not to hide a card."""
AIR = 2.0
"""What is left free round a chip."""

Places = NDArray[np.float64]


@dataclass(frozen=True)
class Taken:
    """What a chip must not cover: cards and other chips as left, top, right, bottom, shape (n, 4), and the
    lines of other edges in straight pieces x1 y1 x2 y2, shape (m, 4).
    """

    cards: Places
    chips: Places
    lines: Places
    direction: Direction = Direction.RIGHT
    """Where edges lead: along them chips need as much room as they are wide, or high."""


MOST_TOGETHER = 200
"""Places beside an edge that are looked at together, those nearest to the wish first."""
BEYOND = (0.75, 1.0, 1.25)
"""Numbers of its lengths by which a chip may lie before or behind its edge where all is taken along it."""
SHIFTED = (0.125, 0.25, 0.375, 0.5)
"""The same where it is longer than half of its edge, and so lies in the middle of it or nearly so."""


def place_alone(
    points: Places, sizes: Sequence[QSizeF], taken: Taken, below: Sequence[QSizeF] = ()
) -> tuple[int, QRectF] | None:
    """Returns the first of these sizes for which there is a place where nothing else is covered and the edge
    can be seen, with that place; None where there is none. `points` along the edge, shape (n, 2); `below` is
    for each size what hangs below it, and is part of the place.
    """
    whole = float(np.hypot(*np.diff(points, axis=0).T).sum())
    for number, size in enumerate(sizes):
        if _along(size, taken.direction) > whole:
            continue
        rects, distances = _places(points, size, taken.direction)
        if below:
            more = max(0.0, below[number].width() - size.width()) / 2
            rects = rects + np.array([-more, 0.0, more, below[number].height()])
        air = rects + np.array([-AIR, -AIR, AIR, AIR])
        free = ~(overlaps(air, taken.cards).any(axis=1) | overlaps(air, taken.chips).any(axis=1))
        free &= _hidden(points, rects) <= HIDDEN - MARGIN
        order = np.flatnonzero(free)[np.argsort(distances[free], kind="stable")]
        lines = _meeting(air[order], taken.lines)
        start, many = 0, FEW  # the first few mostly do
        while start < len(order):
            few = order[start : start + many]
            alone = few[~_cover(air[few], lines)]
            if len(alone):
                return number, _rect(rects[alone[0]])
            start, many = start + many, min(2 * many, max(FEW, MOST_PAIRS // max(len(lines), 1)))
    return None


LESS, NEAR = 0.5, 2
"""A chip leaves its edge to cover no more than this share of what it would cover there, but not for places
further away than the first so many.
"""


def place_above(points: Places, size: QSizeF, taken: Taken, *, is_far: bool = False) -> QRectF:
    """Returns the place on an edge where a chip of this size covers least, or near the edge where it would
    cover something everywhere on it and much less there; cards count most. From far away, where a chip is
    longer than most edges, that may be before or behind the edge too.
    """
    on_edge, covered = _least_covering(points, size, taken)
    if covered:
        whole = float(np.hypot(*np.diff(points, axis=0).T).sum())
        is_long = _along(size, taken.direction) > whole / 2
        beyond = BEYOND if is_far else SHIFTED if is_long else ()
        beside, covered_there = _least_covering(points, size, taken, LIFTED, beyond)
        if not covered_there:
            return beside
        near, covered_near = _least_covering(points, size, taken, LIFTED[:NEAR], beyond)
        if covered_near < LESS * covered:
            return near
    return on_edge


def _least_covering(
    points: Places,
    size: QSizeF,
    taken: Taken,
    lifted: Sequence[float] = (),
    beyond: Sequence[float] = (),
) -> tuple[QRectF, float]:
    """Returns the place where a chip covers least, and how much."""
    rects, distances = _places(points, size, taken.direction, lifted, beyond)
    order, least, found = np.argsort(distances, kind="stable"), (np.inf, 0), 0.0
    for start in range(0, len(order), MOST_TOGETHER):
        some = np.sort(order[start : start + MOST_TOGETHER])
        if distances[order[start]] > least[0]:
            break  # no place so far away is better
        covered = 4 * _shared(rects[some], taken.cards) + 2 * _shared(rects[some], taken.chips)
        best = int((covered + distances[some]).argmin())
        cost = float(covered[best] + distances[some[best]]), int(some[best])
        if cost < least:
            least, found = cost, float(covered[best])
    return _rect(rects[least[1]]), found


def _along(size: QSizeF, direction: Direction) -> float:
    """How much of an edge a chip of this size takes."""
    return direction.turned(size.toTuple())[0]


def _places(
    points: Places,
    size: QSizeF,
    direction: Direction,
    lifted: Sequence[float] = (),
    beyond: Sequence[float] = (),
) -> tuple[Places, Places]:
    """Where a chip may lie, as left, top, right, bottom, shape (n, 4), and how far each is from its wish.

    `lifted` are numbers of its heights by which it may also lie beside the edge, `beyond` numbers of its
    lengths by which it may lie before or behind that.
    """
    along, across = direction.turned(size.toTuple())
    lengths = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    whole = lengths[-1]
    first, last = along / 2 + FROM_PORT, whole - along / 2 - FROM_PORT
    behind = np.array([whole / 2])
    if last > first:
        near = np.arange(first, min(last, first + MOST_STEPS * STEP), STEP)
        behind = np.concatenate([near, np.linspace(near[-1], last, MOST_STEPS // 2)])
    wish = min(along / 2 + BEFORE_PORT, whole / 2)
    behind = np.concatenate([behind, [min(max(wish, first), max(last, whole / 2))]])
    middle = np.stack([np.interp(whole - behind, lengths, points[:, axis]) for axis in (0, 1)], axis=1)
    heights = across / 2 + size.height() * np.array(lifted)
    if lifted:
        heights = np.append(heights, across / 4)  # off its middle
    aside = np.concatenate([[0.0, -across / 2 - 1, across / 2 + 1], -heights, heights])
    farther = np.concatenate([[0.0, ASIDE, ASIDE], ASIDE + heights, ASIDE + heights])
    middles = np.concatenate([middle + np.array(direction.turned((0.0, off))) for off in aside.tolist()])
    half = np.array(size.toTuple()) / 2
    distances = np.abs(behind - wish)[None, :] + farther[:, None]
    shifts = [along * share for share in (0.0, *beyond, *(-share for share in beyond))]
    middles = np.concatenate([middles + np.array(direction.turned((shift, 0.0))) for shift in shifts])
    distances = np.concatenate([distances + abs(shift) for shift in shifts])
    return np.concatenate([middles - half, middles + half], axis=1), distances.ravel()


def _hidden(points: Places, rects: Places) -> Places:
    """How much of an edge each rectangle covers, 0…1."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    covered: Places = lengths @ shares_within(points, rects) / max(float(lengths.sum()), 1.0)
    return covered


def _meeting(rects: Places, lines: Places) -> Places:
    """Those of the lines whose boxes meet the box round all rectangles."""
    if not len(rects):
        return lines[:0]
    (left, top), (right, bottom) = rects[:, :2].min(axis=0), rects[:, 2:].max(axis=0)
    x1, y1, x2, y2 = lines.T
    near = (np.minimum(x1, x2) < right) & (np.maximum(x1, x2) > left)
    near &= (np.minimum(y1, y2) < bottom) & (np.maximum(y1, y2) > top)
    return lines[near]


def _cover(rects: Places, lines: Places) -> NDArray[np.bool_]:
    """Which rectangles cover a part of any line, by more than the slack at their rims: no side of their box
    and no direction across the line parts the two.
    """
    lines = _meeting(rects, lines)
    wide, high = (rects[:, 2:] - rects[:, :2]).T[:, :, None] / 2 - SLACK
    middles = (rects[:, :2] + rects[:, 2:]) / 2
    ways = (lines[:, 2:] - lines[:, :2]) / 2
    x, y = (middles[:, None] - (lines[:, :2] + lines[:, 2:]) / 2).transpose(2, 0, 1)
    along, down = ways.T
    met = (np.abs(x) < wide + np.abs(along)) & (np.abs(y) < high + np.abs(down))
    met &= np.abs(along * y - down * x) <= np.abs(along) * high + np.abs(down) * wide
    covered: NDArray[np.bool_] = met.any(axis=1)
    return covered


def _shared(rects: Places, others: Places) -> Places:
    """How much of the area of each rectangle others cover."""
    least, most = rects[:, :2].min(axis=0), rects[:, 2:].max(axis=0)
    others = others[((others[:, :2] < most) & (others[:, 2:] > least)).all(axis=1)]
    sides = []
    for low, high in ((0, 2), (1, 3)):
        nearer = np.minimum(rects[:, None, high], others[None, :, high])
        sides.append((nearer - np.maximum(rects[:, None, low], others[None, :, low])).clip(min=0.0))
    area: Places = (sides[0] * sides[1]).sum(axis=1)
    return area


def _rect(sides: Places) -> QRectF:
    left, top, right, bottom = sides.tolist()
    return QRectF(QPointF(left, top), QPointF(right, bottom))


CELL = 256.0


class ChipRooms:
    """A rectangle for each edge whose chip has been placed, found by key or by place."""

    def __init__(self) -> None:
        self._rooms: dict[EdgeKey, QRectF] = {}
        self._cells: defaultdict[tuple[int, int], set[EdgeKey]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._rooms)

    def get(self, key: EdgeKey) -> QRectF | None:
        """The room of this edge's chip, if it has been placed."""
        return self._rooms.get(key)

    def put(self, key: EdgeKey, room: QRectF) -> None:
        """Give an edge's chip this room."""
        self.forget([key])
        self._rooms[key] = room
        for cell in _cells(room):
            self._cells[cell].add(key)

    def forget(self, keys: Iterable[EdgeKey]) -> None:
        """These chips will be placed anew."""
        for key in list(keys):
            room = self._rooms.pop(key, None)
            if room is not None:
                for cell in _cells(room):
                    self._cells[cell].discard(key)

    def clear(self) -> None:
        """All chips will be placed anew."""
        self._rooms.clear()
        self._cells.clear()

    def near(self, rect: QRectF) -> list[EdgeKey]:
        """The edges whose chips have room that touches a rectangle."""
        if rect.width() * rect.height() > CELL * CELL * len(
            self._rooms
        ):  # fewer rooms than cells to look into
            return [key for key, room in self._rooms.items() if room.intersects(rect)]
        found = {key for cell in _cells(rect) for key in self._cells.get(cell, ())}
        return [key for key in found if self._rooms[key].intersects(rect)]

    def at(self, place: QPointF) -> list[EdgeKey]:
        """The edges whose chips have room here."""
        return self.near(QRectF(place.x() - 0.5, place.y() - 0.5, 1, 1))


def _cells(rect: QRectF) -> Iterator[tuple[int, int]]:
    for column in range(int(rect.left() // CELL), int(rect.right() // CELL) + 1):
        for row in range(int(rect.top() // CELL), int(rect.bottom() // CELL) + 1):
            yield column, row
