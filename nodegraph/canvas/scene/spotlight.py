"""The spotlight: while a step is shown, a veil over all but its nodes, edges and chips. Reads the frame that
is shown and where things lie; changes neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.theme import color
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.group_item import title_size
from nodegraph.canvas.items.node_item import TEXT_SCALE
from nodegraph.canvas.scene import hit_test

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.core.graph.records import EdgeKey

    Seen = tuple[tuple[EdgeKey, ...], bool, bool, bool, bool, int]
    """The edges that have chips, and what else decides which labels are drawn."""

VEIL = 0.3
"""How much each of two veils takes away; together they leave half, and words can still be read."""
RIM, INNER_RIM = 14.0, 7.0
"""How far the outer veil and the inner one stay away from what is lit: the edge of the light is soft."""
EDGE = 2.0
"""How far the line round a label reaches beyond it."""
LINE = 3.0
"""How far what is lit reaches on both sides of an active edge where it passes above words."""
MOST_EDGES = 24
"""With more active edges than these only the nodes are lit."""


class Spotlight:
    """What is lit, computed again only when the step or the places have changed."""

    def __init__(self, scene: GraphScene) -> None:
        self.scene = scene
        self.is_on = False
        self._holes: tuple[QPainterPath, QPainterPath] | None = None
        self._seen: Seen = ((), False, False, False, False, 0)
        """What was drawn when that was worked out."""
        self._scale = 1.0
        scene.arranged.connect(self.forget)

    def set_on(self, on: bool) -> None:
        """Dim what is not active from now on, or nothing."""
        self.is_on = on
        self.forget()
        self.scene.update()

    def forget(self) -> None:
        """Another step is shown, or things lie elsewhere."""
        self._holes = None

    @property
    def shines(self) -> bool:
        """Whether there is a step to light."""
        return self.is_on and bool(self.scene.active_nodes)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Lay the veil over a part of the scene."""
        if not self.shines:
            return
        scene, showing = self.scene, self.scene.showing
        scale = painter.worldTransform().m11()
        chipped = tuple(scene.chip_layer.chipped(rect, scale * scene.text_scale))
        shown = scale >= TEXT_SCALE, showing.has_landed, showing.shows_marks, showing.shows_chips
        seen = (chipped, *shown, title_size(scale, scene.text_scale))
        if self._holes is None or seen != self._seen:
            self._seen, self._scale = seen, scale
            self._holes = self._lit(RIM), self._lit(INNER_RIM)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(scene.theme.background, VEIL))
        for hole in self._holes:
            veil = QPainterPath()  # what is within the hole counts twice, and so not at all
            veil.addRect(rect.united(hole.boundingRect()))
            veil.addPath(hole)
            painter.drawPath(veil)

    def _lit(self, rim: float) -> QPainterPath:
        """Returns the outline of all that is active, this far off; layer upon layer as the canvas is painted,
        so that what is not active is left out whole, and what is active stays whole.
        """
        scene = self.scene
        active = [node_id for node_id in scene.active_nodes if node_id in scene.items_by_id]
        edges = [key for key in scene.showing.active_edges if key in scene.edge_layer.rows.number]
        edges = edges if len(edges) <= MOST_EDGES else []
        lit = _outline([scene.card_of(node_id) for node_id in active], rim)
        chips = [scene.chip_layer.labels(key) for key in edges if key in self._seen[0]]
        for labels in chips:
            lit = lit.united(_outline(labels[:1], rim - 4))
        for key in edges:
            lit = lit.united(self._tube(key, rim))
        reach = lit.boundingRect()
        if notes := self._notes(reach):  # edges pass above them
            lit = lit.subtracted(_outline(notes, EDGE))
            for key in edges:
                lit = lit.united(self._tube(key, LINE))
        lit = lit.subtracted(_outline(self._titles(reach), EDGE))
        lit = lit.subtracted(_outline(self._other_cards(active, reach), EDGE))
        lit = lit.united(_outline([scene.card_of(node_id) for node_id in active], INNER_RIM))
        lit = lit.united(_outline([r for node_id in active for r in self._badges(node_id)], EDGE))
        others = (r for key in self._seen[0] if key not in edges for r in scene.chip_layer.labels(key))
        lit = lit.subtracted(_outline([r for r in others if r.intersects(reach)], EDGE))
        return lit.united(_outline([r for labels in chips for r in labels], EDGE))

    def _notes(self, reach: QRectF) -> list[QRectF]:
        """Returns where notes are, which no step makes active."""
        notes = self.scene.surroundings.notes.values()
        return [note.rect for note in notes if note.rect.intersects(reach)]

    def _titles(self, reach: QRectF) -> list[QRectF]:
        """Returns where the titles of open groups are, which lie over edges and are never active."""
        groups = (item for item in self.scene.surroundings.groups.values() if not item.group.collapsed)
        places = (item.title_ground(self._scale) for item in groups)
        return [rect for rect in places if rect.intersects(reach)]

    def _tube(self, key: EdgeKey, rim: float) -> QPainterPath:
        """Returns the outline round one edge."""
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * rim)
        stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
        return stroker.createStroke(geometry.path_along(self.scene.edge_layer.pieces(key)))

    def _other_cards(self, active: Collection[str], reach: QRectF) -> list[QRectF]:
        """Returns the cards in a rectangle that are not active, with their badges."""
        scene = self.scene
        around = reach.adjusted(-badges.OVERHANG, -badges.REACH, badges.OVERHANG, 0)
        others = [item.node.id for item in hit_test.cards_in(scene, around) if item.node.id not in active]
        rects = [scene.card_of(node_id) for node_id in others if scene.surroundings.hides(node_id) is None]
        groups = (item for item in scene.surroundings.collapsed() if item.members.isdisjoint(active))
        rects += [item.rect for item in groups if item.rect.intersects(reach)]
        return rects + [rect for node_id in others for rect in self._badges(node_id)]

    def _badges(self, node_id: str) -> list[QRectF]:
        """Returns where the badges of a node lie, where it has a card of its own and they can be read."""
        scene = self.scene
        if not self._seen[1] or scene.surroundings.hides(node_id) is not None:
            return []
        item = scene.items_by_id[node_id]
        below = badges.placed_round(
            badges.patch_of(scene, node_id), item.shape_of_card, scene.showing.chips.badge_growth
        )
        return [item.mapRectToScene(rect) for _badge, rect in below]


def _outline(rects: Iterable[QRectF], rim: float) -> QPainterPath:
    """Returns the outline round rectangles, this far off."""
    path = QPainterPath()
    for rect in rects:
        path = path.united(_rounded(rect, rim))
    return path


def _rounded(rect: QRectF, rim: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect.adjusted(-rim, -rim, rim, rim), rim + 6, rim + 6)
    return path
