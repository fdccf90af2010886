"""The edge that is being drawn, from its fixed end to the cursor or the port it would snap to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas import geometry
from nodegraph.canvas.theme import color

if TYPE_CHECKING:
    from nodegraph.canvas.scene import GraphScene


class DraftEdge(QGraphicsItem):
    """One dashed edge, shown only while a gesture draws it."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(3)
        self.setVisible(False)
        self.graph_scene = scene
        self.refused = False
        self._start, self._end = QPointF(), QPointF()

    def draw(self, start: QPointF, end: QPointF, *, refused: bool) -> None:
        """Show it between an output's end and an input's end."""
        self.prepareGeometryChange()
        self._start, self._end, self.refused = start, end, refused
        self.setVisible(True)
        self.update()

    def boundingRect(self) -> QRectF:
        reach = geometry.control_reach(self._start, self._end)
        return QRectF(self._start, self._end).normalized().adjusted(-reach, -8, reach, 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self.graph_scene.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = color(theme.danger if self.refused else theme.accent)
        style = Qt.PenStyle.DashLine if self.refused else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 2.5, style, Qt.PenCapStyle.RoundCap))
        painter.drawPath(geometry.edge_path(self._start, self._end))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(self._end, 4, 4)
