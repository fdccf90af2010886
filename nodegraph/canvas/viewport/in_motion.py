"""How a view is painted while it is panned, steps are scrubbed through, or a few cards are on their way. What
stays as it is, cards and ground, is kept as pictures; cards that move are painted over them, at whole pixels,
until all rests. Then Qt paints again, which goes card by card through whatever lies near. Reads where cards
lie; knows no gesture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from nodegraph.canvas.items.node_item import MOST_DIRECT, NodeItem
from nodegraph.canvas.pictures.sheet import Sheet
from nodegraph.canvas.viewport.card_pictures import CardPictures
from nodegraph.canvas.viewport.carried import Carried
from nodegraph.canvas.viewport.still_picture import StillPicture

if TYPE_CHECKING:
    from nodegraph.canvas.pictures.sight import SightedView
    from nodegraph.canvas.scene.scene import GraphScene

MOST = 40
"""Cards that are painted one by one; with more on their way Qt paints all."""


class InMotion:
    """Paints a view of a scene that was panned, or whose frame or cards are others since all was at rest."""

    def __init__(self, view: SightedView, scene: GraphScene, rest_soon: Callable[[], object]) -> None:
        self.view, self.scene, self.rest_soon = view, scene, rest_soon
        self._ground, self._cards = Sheet(is_opaque=True), CardPictures(view, scene)
        self._still = StillPicture(view, scene, self._cards, self._paint_ground_and_edges)
        self._carried = Carried(scene, self._still)
        self._loose: list[str] = []
        """The nodes whose cards have moved since, and were painted."""
        self._taken: list[NodeItem] = []
        """Their cards, which Qt does not see meanwhile: whenever one moves, it looks through all items of the
        scene, and has painted again where it painted that card last."""
        self.has_begun = False
        """Whether a frame has been painted since."""
        self._edges_were: tuple[bool, int] | None = None
        """Whether edges were painted from a picture, and how often none of it had served any more."""
        self._option = QStyleOptionGraphicsItem()
        self._rest()

    def settle(self) -> None:
        """All rest where they are: have Qt paint what was painted here, and what comes."""
        seen, loose = self._seen, self._loose
        self._rest()
        if not self.has_begun:
            return
        self.has_begun = False
        viewport = self.view.viewport()
        still = self.view.mapFromScene(seen).boundingRect().adjusted(1, 1, -1, -1)
        viewport.update(QRegion(viewport.rect()) - QRegion(still))
        cards = (self.scene.items_by_id[key] for key in loose if key in self.scene.items_by_id)
        self.view.updateScene([item.sceneBoundingRect() for item in cards])

    def _rest(self) -> None:
        self._loose = []
        self._give_back()
        self._ground.clear()
        self._cards.clear()
        self._still.clear()
        self._carried.forget()
        self._stamp = self._now()
        self._moves = self.scene.far_layer.rows.moves
        """How often cards had moved when all was at rest."""
        self._seen = self.view.seen()
        """What was seen then."""
        self._frame = self.scene.showing.frame
        """The frame that was shown then."""

    def _now(self) -> tuple[object, ...]:
        """What is another where more has come to lie or look otherwise than cards: then Qt is to paint first,
        which hears of no change to an item that it was to paint and has not.
        """
        scene, view, around = self.scene, self.view, self.scene.surroundings
        boxes = [item.rect.getRect() for item in (*around.groups.values(), *around.notes.values())]
        rows, is_far = scene.far_layer.rows, scene.far_layer.isVisible()
        shown = view.sight.zoom, view.sight.size
        return rows, rows.turnover, scene.revision, is_far, boxes, scene.box_revision, shown

    def paint(self, exposed: QRegion) -> bool:
        """Paint a part of the view. Returns whether that was done, since it is in motion."""
        rows = self.scene.far_layer.rows
        if self._stamp != self._now():
            self.settle()
            return False
        seen = self.view.seen()
        if rows.moves == self._moves and seen == self._seen and self.scene.showing.frame is self._frame:
            return False
        moved = rows.moved_since(self._moves)
        if len(moved) > MOST or len(rows) <= MOST_DIRECT or self.scene.far_layer.isVisible():
            self._give_back()
            return False
        self.rest_soon()
        if not self.has_begun:  # a single frame is painted at less cost as it comes
            self.has_begun = True
            return False
        self._loose = [rows.keys[number] for number in moved.tolist()]
        self._take()
        with QPainter(self.view.viewport()) as painter:
            painter.setWorldTransform(self.view.sight.to_pixels)
            self._paint(painter, exposed)
        return True

    def changed_cards(self) -> list[NodeItem] | None:
        """Returns the cards that look otherwise than in their pictures; None where that may be any."""
        seen = self.view.seen()
        return self._cards.drop_stale() if self._cards.covers(seen) else None

    def _take(self) -> None:
        self._taken = [self.scene.items_by_id[key] for key in self._loose]
        for card in self._taken:
            if card.opacity():
                card.setOpacity(0.0)

    def _give_back(self) -> None:
        taken, self._taken = self._taken, []
        for card in taken:
            card.setOpacity(1.0)

    def _paint(self, painter: QPainter, exposed: QRegion) -> None:
        scene, sight = self.scene, self.view.sight
        rect, edges, has_edges = sight.part(exposed.boundingRect()), scene.edge_layer.picture, True
        has_still = self._carried.goes_on(painter, sight, self._taken)
        if not has_still:
            self._carried.forget()
            has_edges = edges.bring(painter, self.view.viewport().size())
            has_still = has_edges and self._brings_still(painter)
        if has_still:
            self._carried.paint(painter, sight, rect, exposed.rectCount() > 1)
        else:
            self._paint_apart(painter, exposed, rect, has_edges=has_edges)
        if scene.draft.isVisible():
            self._paint_items(painter, [scene.draft], rect)
        self.view.drawForeground(painter, rect)
        before, self._edges_were = self._edges_were, (has_edges, edges.renewals)
        is_other = self._edges_were != before and not self._taken
        if is_other and exposed != QRegion(self.view.viewport().rect()):
            self.view.viewport().update()  # edges that cross are not drawn one over the other as they were

    def _brings_still(self, painter: QPainter) -> bool:
        """Bring the picture of all that is still, and what lies over it, up to date. Returns whether there is
        one.
        """
        if self.scene.surroundings.collapsed() or not self._still.bring(painter, self._loose, self._taken):
            return False
        return self._carried.bring(painter, self.view.sight, self._taken)

    def _paint_apart(self, painter: QPainter, exposed: QRegion, rect: QRectF, *, has_edges: bool) -> None:
        """Paint ground and edges, which may have a picture, cards and chips one after the other."""
        scene, size = self.scene, self.view.viewport().size()
        if has_edges:
            self._paint_below(painter, (size, rect))
        else:
            self._ground.paint(painter, (size, rect), None, (), self._paint_ground)
            self._paint_items(
                painter, [scene.edge_layer, scene.surroundings.titles], rect, with_pictures=False
            )
        self._paint_items(painter, self._cards.paint(painter, self._loose), rect)
        self._paint_items(painter, scene.surroundings.collapsed(), rect)
        self._paint_items(painter, self._taken, rect, at_pixels=True)
        scene.pictures.exposed = self.view.sight.to_scene.map(exposed)
        self._paint_items(painter, [scene.chip_layer], rect)
        scene.pictures.exposed = None

    def _paint_below(self, painter: QPainter, view: tuple[QSize, QRectF]) -> None:
        """Paint ground and edges: all but the edges on their way is one picture without anything that shines
        through, which is copied in a fraction of the time. Where most edges look otherwise at each frame,
        there is none, and none is drawn for the frame that is gone with the next.
        """
        (size, rect), edges = view, self.scene.edge_layer.picture
        draw, look = self._paint_ground_and_edges, edges.sheet.revision
        if self._ground.bring(painter, size, look, (), draw, over=edges.sheet):
            self._ground.show(painter)
        else:
            draw(painter, rect)
        painter.save()
        edges.paint_loose(painter, rect, self.view.sight.zoom)
        painter.restore()

    def _paint_ground_and_edges(self, painter: QPainter, rect: QRectF) -> None:
        self._paint_ground(painter, rect)
        self.scene.edge_layer.picture.sheet.show(painter)
        self._paint_items(painter, [self.scene.surroundings.titles], rect)

    def _paint_ground(self, painter: QPainter, rect: QRectF) -> None:
        """Paint what lies below edges: the grid, open groups and notes."""
        around = self.scene.surroundings
        painter.save()
        self.view.drawBackground(painter, rect)
        painter.restore()
        boxes = (item for item in around.groups.values() if not item.group.collapsed)
        self._paint_items(painter, (*boxes, *around.notes.values()), rect)

    def _paint_items(
        self,
        painter: QPainter,
        items: Iterable[QGraphicsItem],
        rect: QRectF,
        *,
        at_pixels: bool = False,
        with_pictures: bool = True,
    ) -> None:
        """Paint those of these items of which anything lies in a rectangle, the topmost last."""
        for item in sorted(items, key=QGraphicsItem.zValue):
            if not item.isVisible() or not item.sceneBoundingRect().intersects(rect):
                continue
            painter.save()
            painter.setWorldTransform(item.sceneTransform(), True)
            if at_pixels:
                there = painter.deviceTransform()
                x, y = there.dx(), there.dy()
                painter.translate((round(x) - x) / there.m11(), (round(y) - y) / there.m11())
            self._option.exposedRect = item.mapRectFromScene(rect)
            item.paint(painter, self._option, self.view.viewport() if with_pictures else None)
            painter.restore()
