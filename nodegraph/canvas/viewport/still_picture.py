"""All of a view that stays as it is while cards are dragged or it is panned, as one picture: the ground,
edges, cards and chips. A frame copies it and paints over it what is on its way. Cards and chips that lie over
an edge or a card on its way are lifted: they leave the picture, and are painted above that.

One rule says when it is stale: its look counts what has come to lie or look otherwise. What does so at every
frame has no picture. Whoever paints clears it where anything else has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from nodegraph.canvas.drawing.cells import segments
from nodegraph.canvas.pictures.pixels import Grid, draw_each
from nodegraph.canvas.pictures.sheet import BEYOND, Draw, Sheet
from nodegraph.canvas.viewport.card_pictures import CardPictures

if TYPE_CHECKING:
    from nodegraph.canvas.items.node_item import NodeItem
    from nodegraph.canvas.pictures.sight import SightedView
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.core.engine.trace import Frame
    from nodegraph.core.graph.records import EdgeKey

_Placed = tuple[QRect, QPixmap]

AHEAD = 32.0
"""How far round edges and cards on their way cards and chips are lifted, in scene units: as long as they go
no further, there are no others to be lifted.
"""


class OnTheWay(NamedTuple):
    """Where edges and cards on their way lie in the scene."""

    points: NDArray[np.float64]
    """The points along edges, shape (n, p, 2)."""
    rim: float
    """How far beyond their middle they are drawn."""
    cards: NDArray[np.float64]
    """Left, top, right and bottom of each card, shape (n, 4)."""
    places: Sequence[tuple[float, float]]
    """Where each card lies."""

    def is_near(self, points: NDArray[np.float64], places: Sequence[tuple[float, float]]) -> bool:
        """Whether as many edges along these points, and cards at these places, lie no further than `AHEAD`
        from there.
        """
        if points.shape != self.points.shape or len(places) != len(self.places):
            return False
        here_and_there = zip(places, self.places, strict=True)
        if any(abs(x - left) > AHEAD or abs(y - top) > AHEAD for (x, y), (left, top) in here_and_there):
            return False
        return not points.size or bool(np.abs(points - self.points).max() <= AHEAD)


class StillPicture:
    """What of a view that is not seen from far away stays as it is, drawn over what `below` draws."""

    def __init__(self, view: SightedView, scene: GraphScene, cards: CardPictures, below: Draw) -> None:
        self.view, self.scene, self._cards, self._below = view, scene, cards, below
        self._sheet = Sheet(is_opaque=True)
        self.clear()

    def clear(self) -> None:
        """Forget it: what is there is other, or looks otherwise, for a reason that is not heard of here."""
        self._sheet.clear()
        self._frames: tuple[Frame | None, int] = self.scene.showing.frame, 0
        """The frame that was shown last, and how many were before."""
        self._look: tuple[object, ...] = ()
        self._loose: Sequence[str] = ()
        self._crowds, self._scale = False, 1.0
        """Whether edges crowd the view, and the scale of type."""
        self._listed, self._is_listed_anew = QRectF(), False
        """The rectangle of the scene in which cards and chips are listed, and whether they were just now."""
        self._lacks_any = False
        """Whether there can be no picture of a card among them."""
        self._way = QPoint()
        """By how many pixels the view has been panned since it lay as it did first."""
        self._over: list[_Placed] = []
        """Cards and, over them, chips, at their pixels while the view lies as it did first."""
        self._sides: NDArray[np.float64] = np.empty((4, 0))
        """Those pixels, the same side of all in a row, in which it is compared quickest."""
        self._count = 0
        """How many of them are cards."""
        self._is_lifted: NDArray[np.bool_] = np.empty(0, dtype=np.bool_)
        self._lifted: tuple[list[_Placed], list[_Placed]] = [], []
        """The cards, and the chips, of which that is so."""
        self._lifted_for: OnTheWay | None = None
        """What was on its way, and where, when they were looked for last."""

    def bring(self, painter: QPainter, loose: Sequence[str], cards: Sequence[NodeItem]) -> bool:
        """Bring it up to date, without the cards of these nodes and the edges on their way. Returns whether
        there is one.
        """
        scene, showing, picture = self.scene, self.scene.showing, self.scene.edge_layer.picture
        if not showing.has_landed:
            return False
        if self._frames[0] is not showing.frame:
            self._frames = showing.frame, self._frames[1] + 1
            return False  # steps are scrubbed through: it would be gone with the next
        there = self._on_the_way(painter.worldTransform().m11(), cards)
        size, self._scale = self.view.viewport().size(), painter.worldTransform().m11() * scene.text_scale
        self._crowds = scene.chip_layer.crowds(picture.in_view, self._scale)
        counts = self._frames[1], scene.card_revision, scene.chip_layer.revision, picture.sheet.revision
        look, grid, self._loose = (*counts, *loose, self._crowds), Grid.of(painter), loose
        assert grid is not None
        self._way = self._cards.way(grid)
        if look != self._look:
            self._look, self._listed, self._is_lifted[:] = look, QRectF(), False
            self._lifted_for = None
        stale = [] if self._listed.isNull() else self._lift(there, grid)
        is_there = self._sheet.bring(painter, size, look, stale, self._draw, over=picture.sheet)
        if is_there and self._is_listed_anew:
            self._sheet.bring(painter, size, look, self._lift(there, grid), self._draw, over=picture.sheet)
            self._is_listed_anew = False
        return is_there and not self._lacks_any

    def placed(self, grid: Grid) -> tuple[QPoint, QPixmap] | None:
        """Returns it, if there is one, and where its first pixel is."""
        return self._sheet.placed(grid)

    def _on_the_way(self, scale: float, cards: Sequence[NodeItem]) -> OnTheWay:
        """Returns where these cards, and the edges on their way, lie now."""
        edges = self.scene.edge_layer.picture
        sides = np.array([card.sceneBoundingRect().getCoords() for card in cards]).reshape(-1, 4)
        return OnTheWay(edges.loose_points(), edges.rim(scale), sides, _places(cards))

    def has_lifted(self, cards: Sequence[NodeItem]) -> bool:
        """Whether all that lies over edges on their way, and over these cards, was lifted before."""
        was, points = self._lifted_for, self.scene.edge_layer.picture.loose_points()
        return was is not None and was.is_near(points, _places(cards))

    def lifted(self, grid: Grid) -> tuple[list[tuple[QPoint, QPixmap]], list[tuple[QPoint, QPixmap]]]:
        """Returns the cards, and the chips, that have left it, each with where its first pixel is."""
        way = self._cards.way(grid)
        cards, chips = ([(box.topLeft() + way, picture) for box, picture in each] for each in self._lifted)
        return cards, chips

    def chips_on_their_way(self) -> Sequence[EdgeKey]:
        """Returns the edges on their way whose chips are seen, or will be before more is to be lifted."""
        scene, seen = self.scene, self.view.seen()
        seen = seen.adjusted(-2 * AHEAD, -2 * AHEAD, 2 * AHEAD, 2 * AHEAD)
        if not scene.edge_layer.picture.moving:
            return ()
        numbers = np.array(sorted(scene.edge_layer.picture.moving), dtype=np.intp)
        return scene.chip_layer.chipped(seen, self._scale, crowds=self._crowds, among=numbers)

    def _list(self, painter: QPainter, grid: Grid, part: QRectF) -> None:
        """List cards and chips in what is seen and a part of the scene that has come into the picture."""
        scene, way, is_first = self.scene, self._cards.way(grid), self._listed.isNull()
        seen = self.view.seen()
        ahead = 0.0 if is_first else 2 * BEYOND / grid.scale  # it goes on to be panned
        self._listed = seen.adjusted(-ahead, -ahead, ahead, ahead).united(part)
        self._is_listed_anew = True
        self._lacks_any = bool(self._cards.bring(painter, self._loose, self._listed))
        number, away = scene.edge_layer.rows.number, scene.edge_layer.picture.moving
        keys = scene.chip_layer.chipped(self._listed, self._scale, crowds=self._crowds)
        placed = scene.chip_layer.pictures(grid, [key for key in keys if number[key] not in away])
        chips = [(QRect(QPoint(x, y) - way, picture.size()), picture) for x, y, picture in placed]
        cards = self._cards.pictures()
        self._over, self._count = [*cards, *chips], len(cards)
        lifted = set(map(tuple, self._sides[:, self._is_lifted].T.tolist()))
        sides = [box.getCoords() for box, _ in self._over]
        self._is_lifted = np.array([each in lifted for each in sides], dtype=np.bool_)
        self._sides = np.array(sides, dtype=np.float64).reshape(-1, 4).T.copy()

    def _lift(self, there: OnTheWay, grid: Grid) -> list[QRectF]:
        """Lift the cards and chips that lie over edges on their way, the chips that lie over such cards, and
        what lies over these. Returns where it lies, in the scene.
        """
        was = self._lifted_for
        if was is not None and not self._is_listed_anew and was.is_near(there.points, there.places):
            return []
        self._lifted_for = there
        first = np.array((grid.left - self._way.x(), grid.top - self._way.y()) * 2)
        still = np.flatnonzero(~self._is_lifted)
        lines, sides = segments(there.points) * grid.scale + first, self._sides[:, still]
        coming, rects = still[_crossed(lines, sides, (there.rim + AHEAD) * grid.scale)].tolist(), []
        if self._count < len(self._over):
            around = there.cards + np.array((-AHEAD, -AHEAD, AHEAD, AHEAD))
            touched = self._touching(around * grid.scale + first)[self._count :]
            coming += (np.flatnonzero(touched) + self._count).tolist()
        while coming:
            number = coming.pop()
            if not self._is_lifted[number]:
                self._is_lifted[number] = True
                over = self._touching(self._sides[:, number : number + 1].T)
                coming += (np.flatnonzero(over[number + 1 :]) + number + 1).tolist()
                left, top, right, bottom = ((self._sides[:, number] - first) / grid.scale).tolist()
                rects.append(QRectF(left, top, right - left, bottom - top))
        if rects or self._is_listed_anew:
            lifted = np.flatnonzero(self._is_lifted).tolist()
            cards = [self._over[number] for number in lifted if number < self._count]
            self._lifted = cards, [self._over[number] for number in lifted[len(cards) :]]
        return rects

    def _touching(self, places: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which cards and chips touch some rectangles of pixels, shape (n, 4)."""
        (left, top, right, bottom), sides = places.T[:, :, None], self._sides
        hits = (left <= sides[2]) & (right >= sides[0])
        hits &= (top <= sides[3]) & (bottom >= sides[1])
        found: NDArray[np.bool_] = hits.any(axis=0)
        return found

    def _draw(self, painter: QPainter, part: QRectF) -> None:
        """Draw all that is still in a rectangle of the scene."""
        self._below(painter, part)
        grid = Grid.of(painter)
        assert grid is not None
        if not self._listed.contains(part):
            self._list(painter, grid, part)
        there = zip(self._over, self._is_lifted.tolist(), strict=True)
        draw_each(painter, grid, [each for each, is_lifted in there if not is_lifted], self._cards.way(grid))


def _places(cards: Sequence[NodeItem]) -> list[tuple[float, float]]:
    return [(card.x(), card.y()) for card in cards]


def _crossed(lines: NDArray[np.float64], sides: NDArray[np.float64], rim: float) -> NDArray[np.bool_]:
    """Which boxes, given by their left, top, right and bottom sides, touch lines, shape (m, 4), or a rim."""
    low, high = sides[:2, :], sides[2:, :]
    starts, ends = lines[:, :2], lines[:, 2:]
    if low.size:
        near = (np.maximum(starts, ends) >= low.min(axis=1) - rim).all(axis=1)
        near &= (np.minimum(starts, ends) <= high.max(axis=1) + rim).all(axis=1)
        starts, ends = starts[near], ends[near]
    middles, (half_width, half_height) = (high + low) / 2, (high - low) / 2 + rim
    x, y = ((starts + ends) / 2).T[:, :, None] - middles[:, None]  # of lines as seen from the boxes
    along, down = ((ends - starts) / 2).T[:, :, None]
    hits = (abs(x) <= half_width + abs(along)) & (abs(y) <= half_height + abs(down))
    hits &= abs(x * down - y * along) <= half_width * abs(down) + half_height * abs(along)
    found: NDArray[np.bool_] = hits.any(axis=0)
    return found
