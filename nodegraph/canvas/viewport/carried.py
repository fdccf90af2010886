"""What is painted over the still picture of a view while cards are on their way: they, their edges and chips,
and what was lifted. Which pictures these are is found once for as long as nothing else happens; each frame
then copies them to where they have come.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem

from nodegraph.canvas.items.node_item import NodeItem
from nodegraph.canvas.pictures.pixels import Grid, draw_few, to_pixels
from nodegraph.canvas.viewport.still_picture import StillPicture

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.core.graph.records import EdgeKey

Picture = tuple[QPoint, QPixmap]
"""A picture, and where its first pixel is."""


class Carried:
    """The cards on their way, and what else lies over the still picture."""

    def __init__(self, scene: GraphScene, still: StillPicture) -> None:
        self.scene, self.still = scene, still
        self.forget()

    def forget(self) -> None:
        """Something has happened since."""
        self._told: tuple[object, ...] = ()
        """What was so when it was brought up to date."""
        self._grid, self._usual, self._to_pixels = Grid(1.0, 0.0, 0.0), QTransform(), QTransform()
        """How the view lay on pixels then, and the transforms of a painter that has units of the scene, and
        pixels.
        """
        self._still: Picture | None = None
        self._cards: list[tuple[NodeItem, QPoint, QPixmap]] = []
        """The picture of each card, and where it begins seen from the pixel at which the card lies."""
        self._lifted: tuple[Sequence[Picture], Sequence[Picture]] = (), ()
        """The cards and the chips that were lifted."""
        self._chips: Sequence[EdgeKey] = ()
        """The edges on their way that have a chip."""

    def _now(self, painter: QPainter, cards: Sequence[NodeItem]) -> tuple[object, ...]:
        """Returns what is another where anything but the places of these cards and their edges is."""
        scene, edges = self.scene, self.scene.edge_layer.picture
        counts = scene.card_revision, scene.chip_layer.revision, edges.sheet.revision
        return painter.deviceTransform(), scene.showing.frame, counts, edges.moving.copy(), cards

    def goes_on(self, painter: QPainter, cards: Sequence[NodeItem]) -> bool:
        """Whether only places are others than when it was brought up to date."""
        if painter.worldTransform() != self._usual or self._now(painter, cards) != self._told:
            return False
        edges = self.scene.edge_layer.picture
        return edges.is_steady(self._usual.m11()) and self.still.has_lifted(cards)

    def bring(self, painter: QPainter, cards: Sequence[NodeItem]) -> bool:
        """Bring it up to date, above the still picture, which is. Returns whether each card has a picture."""
        grid, scale = Grid.of(painter), painter.worldTransform().m11()
        assert grid is not None
        self.forget()
        for card in sorted(cards, key=QGraphicsItem.zValue):
            at, place = _pixel(grid, card.pos()), card.pos() * grid.scale
            placed = card.picture(Grid(grid.scale, at.x() - place.x(), at.y() - place.y()), scale)
            if placed is None:
                return False
            x, y, picture = placed
            self._cards.append((card, QPoint(x, y) - at, picture))
        self._grid, self._usual = grid, painter.worldTransform()
        self._to_pixels = to_pixels(self._usual, grid)
        self._still, self._lifted = self.still.placed(grid), self.still.lifted(grid)
        has_chip = self.scene.showing.chip
        self._chips = [key for key in self.still.chips_on_their_way() if has_chip(key) is not None]
        self._told = self._now(painter, list(cards))
        return True

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Paint what of it lies in a rectangle of the scene, by a painter for which it is up to date."""
        assert self._still is not None
        grid = self._grid
        painter.setWorldTransform(self._to_pixels)
        draw_few(painter, [self._still])
        painter.setWorldTransform(self._usual)
        painter.save()
        self.scene.edge_layer.picture.paint_loose(painter, rect)
        painter.restore()
        cards = [(_pixel(grid, card.pos()) + first, picture) for card, first, picture in self._cards]
        painter.setWorldTransform(self._to_pixels)
        draw_few(painter, [*self._lifted[0], *cards, *self._lifted[1]])
        painter.setWorldTransform(self._usual)
        if self._chips:
            self.scene.chip_layer.paint_of(painter, self._chips)


def _pixel(grid: Grid, place: QPointF) -> QPoint:
    """Returns the pixel of the device nearest to a place of the scene: cards on their way lie at pixels."""
    return QPoint(round(place.x() * grid.scale + grid.left), round(place.y() * grid.scale + grid.top))
