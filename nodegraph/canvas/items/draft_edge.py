"""The edges that are being drawn, from their fixed ends to the cursor or the port they would snap to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.theme import color
from nodegraph.core.layout import shapes

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import EdgeLook


class DraftEdge(QGraphicsItem):
    """One edge or several, shown only while a gesture draws them."""

    def __init__(self, scene: EdgeLook) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(3)
        self.setVisible(False)
        self.graph_scene = scene
        self.refused = False
        self._ends: list[tuple[QPointF, QPointF]] = []

    def draw(self, ends: list[tuple[QPointF, QPointF]], *, refused: bool) -> None:
        """Show them, each between an output's end and an input's end."""
        self.prepareGeometryChange()
        self._ends, self.refused = ends, refused
        self.setVisible(True)
        self.update()

    def _path(self, start: QPointF, end: QPointF) -> QPainterPath:
        kind, direction = self.graph_scene.edge_layer.style.kind, self.graph_scene.graph.direction
        if kind == "curved":
            return geometry.edge_path(start, end, direction)
        ends = direction.turned_all(np.array([*start.toTuple(), *end.toTuple()]))
        return geometry.path_along(direction.turned_all(shapes.alone(kind, ends)))

    def boundingRect(self) -> QRectF:
        rect = QRectF()
        for start, end in self._ends:
            rect = rect.united(self._path(start, end).controlPointRect().adjusted(-8, -8, 8, 8))
        return rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self.graph_scene.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = color(theme.danger if self.refused else theme.accent)
        style = Qt.PenStyle.DashLine if self.refused else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 2.5, style, Qt.PenCapStyle.RoundCap))
        for start, end in self._ends:
            painter.drawPath(self._path(start, end))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for start, end in self._ends:
            painter.drawEllipse(start, 3, 3)
            painter.drawEllipse(end, 4, 4)
