"""The spotlight: while a step is shown, a veil over all but its nodes, edges and chips. Reads the frame that
is shown and where things lie; changes neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker

from nodegraph.canvas import geometry
from nodegraph.canvas.theme import color

if TYPE_CHECKING:
    from nodegraph.canvas.scene import GraphScene

VEIL = 0.3
"""How much each of two veils takes away; together they leave half, and words can still be read."""
RIM, INNER_RIM = 14.0, 7.0
"""How far the outer veil and the inner one stay away from what is lit: the edge of the light is soft."""
MOST_EDGES = 24
"""With more active edges than these only the nodes are lit."""


class Spotlight:
    """What is lit, worked out anew only when the step or the places have changed."""

    def __init__(self, scene: GraphScene) -> None:
        self.scene = scene
        self.is_on = False
        self._holes: tuple[QPainterPath, QPainterPath] | None = None
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
        if self._holes is None:
            self._holes = self._lit(RIM), self._lit(INNER_RIM)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self.scene.theme.background, VEIL))
        for hole in self._holes:
            veil = QPainterPath()  # what lies within the hole counts twice, and so not at all
            veil.addRect(rect.united(hole.boundingRect()))
            veil.addPath(hole)
            painter.drawPath(veil)

    def _lit(self, rim: float) -> QPainterPath:
        """The outline of all that is active, this far off."""
        scene, lit = self.scene, QPainterPath()
        for node_id in scene.active_nodes:
            if node_id in scene.items_by_id:
                lit = lit.united(_rounded(scene.card_of(node_id), rim))
        shown = [key for key in scene.showing.active_edges if key in scene.edge_layer.rows.number]
        if len(shown) > MOST_EDGES:
            return lit
        for key in shown:
            chip = scene.showing.chip(key)
            if chip is not None:
                lit = lit.united(_rounded(scene.showing.chip_rect(key, chip[0]), rim - 4))
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * rim)
        stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
        for key in shown:
            rows = scene.edge_layer.rows
            x1, y1, x2, y2 = rows.values[rows.number[key]].tolist()
            lit = lit.united(stroker.createStroke(geometry.edge_path(QPointF(x1, y1), QPointF(x2, y2))))
        return lit


def _rounded(rect: QRectF, rim: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect.adjusted(-rim, -rim, rim, rim), rim + 6, rim + 6)
    return path
