"""The cards in view, each as its picture at its pixels, for frames that follow each other quickly: Qt goes
from card to card and asks each what it looks like, and that takes longer than to paint them.

One rule says when a picture is stale: where its card was asked for an update, is active, or shows numbers
that differ between the frame it was made for and the one that is shown, which arrays of the trace tell.
Whoever paints clears all where anything else has changed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsView

from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.canvas.pictures.pixels import Grid, draw_each
from nodegraph.canvas.pictures.sheet import NEAR_PIXEL
from nodegraph.canvas.scene import hit_test
from nodegraph.core.engine.steps_between import differing_nodes

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.core.engine.trace import Frame


class _Made(NamedTuple):
    """A picture, the pixels it covers while the view lies as it did first, and the revision of its card."""

    picture: QPixmap
    box: QRect
    revision: int


class CardPictures:
    """The pictures of the cards of a view that is not seen from far away."""

    def __init__(self, view: QGraphicsView, scene: GraphScene) -> None:
        self.view, self.scene = view, scene
        self.clear()

    def clear(self) -> None:
        """Forget all: cards are others, or lie or look otherwise for a reason that is not heard of here."""
        self._made: dict[str, _Made] = {}
        self._frame: Frame | None = None
        """The frame for which they were made."""
        self._first: Grid | None = None
        """How the view lay on the pixels of the device when the first was made."""
        self._cards: tuple[object, list[NodeItem], NDArray[np.intp]] = (None, [], np.empty(0, dtype=np.intp))
        """What the cards in view were found for; they, the topmost last, and their rows."""

    def paint(self, painter: QPainter, loose: Collection[str]) -> list[NodeItem]:
        """Paint what of the cards, but for the loose ones, is exposed, by a painter of the view. Returns
        those of which there can be no picture.
        """
        grid = Grid.of(painter)
        assert grid is not None
        way = self._way(grid)
        self._find_in_view(loose)
        self._drop_stale()
        cards = self._cards[1]
        new = [card for card in cards if card.node.id not in self._made]
        missing = [card for card in new if not self._make(painter, card, way)]
        made = [self._made[card.node.id] for card in cards if card.node.id in self._made]
        draw_each(painter, grid, [(box.translated(way), picture) for picture, box, _ in made])
        return missing

    def _way(self, grid: Grid) -> QPoint:
        """Returns by how many pixels the view has been panned since the first picture was made; where it lies
        elsewhere between pixels now, none serves.
        """
        first = self._first or grid
        x, y = grid.left - first.left, grid.top - first.top
        way = QPoint(round(x), round(y))
        if grid.scale != first.scale or max(abs(x - way.x()), abs(y - way.y())) > NEAR_PIXEL:
            self.clear()
            first, way = grid, QPoint()
        self._first = first
        return way

    def _drop_stale(self) -> None:
        """Drop the pictures that are stale by now."""
        frame, before = self.scene.showing.visible, self._frame
        self._frame = frame
        differs = None if before is None or frame is None else differing_nodes(before, frame)
        if differs is None or frame is None:
            self._made.clear()
            return
        _, cards, rows = self._cards
        there = self.scene.far_layer.rows.numbers_in(frame.trace.plan.number)[rows]
        changed = (differs[there] | (there < 0)).tolist()
        for card, is_stale in zip(cards, changed, strict=True):
            made = self._made.get(card.node.id)
            if made is not None and (is_stale or made.revision != card.revision or card.mark & Mark.ACTIVE):
                del self._made[card.node.id]

    def _find_in_view(self, loose: Collection[str]) -> None:
        """Find the cards in view but for the loose ones, the topmost last."""
        rows, seen = self.scene.far_layer.rows, self.view.mapToScene(self.view.viewport().rect())
        asked = rows.turnover, rows.moves, seen.boundingRect().getRect(), tuple(loose)
        if self._cards[0] != asked:
            found = hit_test.cards_in(self.scene, seen.boundingRect())
            kept = sorted((card for card in found if card.node.id not in loose), key=NodeItem.zValue)
            self._cards = asked, kept, rows.numbers([card.node.id for card in kept])
            gone = self._made.keys() - {card.node.id for card in kept}
            for key in gone:
                del self._made[key]

    def _make(self, painter: QPainter, card: NodeItem, way: QPoint) -> bool:
        """Make or find the picture of a card, if any of it is exposed. Returns whether that could be done."""
        usual = painter.worldTransform()
        painter.setWorldTransform(card.sceneTransform(), True)
        is_done, exposed, grid = True, painter.paintEngine().systemClip(), Grid.of(painter)
        assert grid is not None
        if exposed.isEmpty() or exposed.intersects(QRect(*grid.box(card.boundingRect()))):
            found = card.picture(painter, grid)
            is_done = found is not None
            if found is not None:
                x, y, picture = found
                box = QRect(QPoint(x, y) - way, picture.size())
                self._made[card.node.id] = _Made(picture, box, card.revision)
        painter.setWorldTransform(usual)
        return is_done
