"""What a gesture draws over the graph while it runs: the selection box, the knife, the guides of a drag."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion

from nodegraph.canvas.drawing.theme import color, pen

if TYPE_CHECKING:
    from nodegraph.canvas.items.ghost_card import GhostCard
    from nodegraph.canvas.viewport.camera import Camera

BEND_PX, BEND_LINE_PX = 4.5, 2.0
"""How large a bend is drawn, at every zoom."""
MOST_BENT = 200
"""Of more selected edges no bends are drawn: nobody tells them apart."""


class Overlay:
    """Holds those shapes for one view, and paints them in its foreground."""

    def __init__(self, view: Camera) -> None:
        self.view = view
        self.box: QRectF | None = None
        self.knife: QLineF | None = None
        self.guides: list[QLineF] = []
        self.ghost: GhostCard | None = None

    def show_box(self, box: QRectF | None) -> None:
        """Draw the selection box, or take it away."""
        self.box = box
        self.view.viewport().update()

    def show_knife(self, knife: QLineF | None) -> None:
        """Draw the line that cuts edges, or take it away."""
        self.knife = knife
        self.view.viewport().update()

    def show_guides(self, lines: list[QLineF]) -> None:
        """Draw the lines a dragged card follows."""
        if lines != self.guides:
            region = QRegion()
            for line in (*lines, *self.guides):
                x1, y1, x2, y2 = line.toTuple()
                region |= self.view.sight.pixels(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
            self.guides = lines
            self.view.viewport().update(region)

    def show_ghost(self, ghost: GhostCard | None) -> None:
        """Draw the card that a drop here would make, or take it away."""
        self.ghost = ghost
        self.view.viewport().update()

    def clear(self) -> None:
        """Draw nothing."""
        self.box, self.knife, self.guides, self.ghost = None, None, [], None
        self.view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Paint what there is, in the scene's coordinates, and the line that shows the focus."""
        theme, zoom = self.view.graph_scene.theme, self.view.zoom
        self._paint_bends(painter)
        if self.box is not None:
            painter.setPen(pen(theme.accent, 0))
            painter.setBrush(color(theme.accent, 0.12))
            painter.drawRect(self.box)
        if self.ghost is not None:
            self.ghost.paint(painter, theme)
        if self.guides:
            painter.setPen(pen(theme.accent, 1 / zoom, Qt.PenStyle.DashLine))
            painter.drawLines(self.guides)
        if self.knife is not None:
            painter.setPen(pen(theme.danger, 1.5 / zoom))
            painter.drawLine(self.knife)
        if self.view.hasFocus():
            painter.resetTransform()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen(theme.accent, 2, alpha=0.6))
            edge = self.view.viewport().rect()
            painter.drawLines([QLineF(edge.left(), 1, edge.right(), 1)])

    def _paint_bends(self, painter: QPainter) -> None:
        """The bends of the edges that are selected or under the pointer; the one that keys move is filled."""
        scene = self.view.graph_scene
        bends, selected = scene.placement.bends, scene.chosen_edges
        bent = bends.all()
        if not bent:
            return
        zoom = self.view.zoom
        keys = [key for key in islice(selected, MOST_BENT) if key in bent]
        if scene.showing.hovered in bent and scene.showing.hovered not in selected:
            keys.append(scene.showing.hovered)
        painter.setPen(pen(scene.theme.accent, BEND_LINE_PX / zoom))
        for key in keys:
            chosen = bends.chosen_of(key) if len(selected) == 1 and key in selected else None
            for number, (x, y) in enumerate(bends.of(key)):
                painter.setBrush(color(scene.theme.accent if number == chosen else scene.theme.background))
                painter.drawEllipse(QPointF(x, y), BEND_PX / zoom, BEND_PX / zoom)
