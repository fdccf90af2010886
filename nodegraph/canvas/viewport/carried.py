"""What is painted over the still picture of a view while cards are on their way: they, their edges and chips,
and what was lifted. Which pictures these are is found once for as long as nothing else happens; each frame
then copies them to where they have come.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem

from nodegraph.canvas.items.node_item import NodeItem
from nodegraph.canvas.pictures.pixels import Grid, draw_few, to_pixels
from nodegraph.canvas.viewport.still_picture import StillPicture

if TYPE_CHECKING:
    from nodegraph.canvas.pictures.sight import Sight
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
        self._grid, self._to_pixels = Grid(1.0, 0.0, 0.0), QTransform()
        """How the view lay on pixels then, and the transform of a painter that has these for its units."""
        self._still: Picture | None = None
        self._cards: list[tuple[NodeItem, tuple[int, int], QPixmap]] = []
        """The picture of each card, and where it begins seen from the pixel at which the card lies."""
        self._lifted: tuple[Sequence[Picture], Sequence[Picture]] = (), ()
        """The cards and the chips that were lifted."""
        self._chips: Sequence[EdgeKey] = ()
        """The edges on their way that have a chip."""

    def _now(self, painter: QPainter, sight: Sight, cards: Sequence[NodeItem]) -> tuple[object, ...]:
        """Returns what is another where anything but the places of these cards and their edges is."""
        scene, edges = self.scene, self.scene.edge_layer.picture
        counts = scene.card_revision, scene.chip_layer.revision, edges.sheet.revision
        return sight, painter.deviceTransform(), scene.showing.frame, counts, edges.moving.copy(), cards

    def goes_on(self, painter: QPainter, sight: Sight, cards: Sequence[NodeItem]) -> bool:
        """Whether only places are others than when it was brought up to date."""
        if self._now(painter, sight, cards) != self._told:
            return False
        return self.scene.edge_layer.picture.is_steady(sight.zoom) and self.still.has_lifted(cards)

    def bring(self, painter: QPainter, sight: Sight, cards: Sequence[NodeItem]) -> bool:
        """Bring it up to date, above the still picture, which is. Returns whether each card has a picture."""
        grid = Grid.of(painter)
        assert grid is not None
        self.forget()
        for card in sorted(cards, key=QGraphicsItem.zValue):
            x, y = _pixel(grid, card)
            here = Grid(grid.scale, x - card.x() * grid.scale, y - card.y() * grid.scale)
            placed = card.picture(here, sight.zoom)
            if placed is None:
                return False
            left, top, picture = placed
            self._cards.append((card, (left - x, top - y), picture))
        self._grid, self._to_pixels = grid, to_pixels(sight.to_pixels, grid)
        self._still, self._lifted = self.still.placed(grid), self.still.lifted(grid)
        has_chip = self.scene.showing.chip
        self._chips = [key for key in self.still.chips_on_their_way() if has_chip(key) is not None]
        self._told = self._now(painter, sight, list(cards))
        return True

    def paint(self, painter: QPainter, sight: Sight, rect: QRectF, in_parts: bool) -> None:
        """Paint what of it lies in a rectangle of the scene, of which several parts may be exposed, by a
        painter for which it is up to date.
        """
        assert self._still is not None
        painter.setWorldTransform(self._to_pixels)
        draw_few(painter, [self._still], in_parts=in_parts)
        painter.setWorldTransform(sight.to_pixels)
        painter.save()
        self.scene.edge_layer.picture.paint_loose(painter, rect, sight.zoom)
        painter.restore()
        cards = []
        for card, (left, top), picture in self._cards:
            x, y = _pixel(self._grid, card)
            cards.append((QPoint(x + left, y + top), picture))
        painter.setWorldTransform(self._to_pixels)
        draw_few(painter, [*self._lifted[0], *cards, *self._lifted[1]], in_parts=in_parts)
        painter.setWorldTransform(sight.to_pixels)
        if self._chips:
            self.scene.chip_layer.paint_of(painter, self._chips)


def _pixel(grid: Grid, card: NodeItem) -> tuple[int, int]:
    """Returns the pixel of the device nearest to the place of a card: on their way they lie at pixels."""
    return round(card.x() * grid.scale + grid.left), round(card.y() * grid.scale + grid.top)
