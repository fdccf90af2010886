"""The card that a node would have which is not there yet: its name, its symbol and its ports, on a ground
that one can see through. Paints in the scene's coordinates; is no item.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from nodegraph.canvas.drawing.card_head import RADIUS, header_path
from nodegraph.canvas.drawing.geometry import (
    HEADER,
    LABEL,
    NAME,
    PADDING,
    PORT_RADIUS,
    CardFace,
    symbol_style,
)
from nodegraph.canvas.drawing.lettering import write_left, write_right
from nodegraph.canvas.drawing.theme import Theme, color, pen
from nodegraph.canvas.items.node_item import header_symbol, shape_of
from nodegraph.core.graph.records import Node

GROUND, HEAD = 0.72, 0.85
"""How solid the card and its head are."""


class GhostCard:
    """One such card, where it would be."""

    def __init__(self, node: Node, ports: int, face: CardFace, text_scale: float) -> None:
        self.node, self.face = node, face
        self.shape = shape_of(node, ports, is_output=False, face=face)
        self.text_scale = text_scale
        self.corner = QPointF()

    @property
    def rect(self) -> QRectF:
        """The card in the scene."""
        rect = self.shape.rect
        size = rect.size() * self.text_scale
        return QRectF(self.corner, size)

    def at(self, corner: QPointF) -> GhostCard:
        """Put its top left there. Returns the card."""
        self.corner = corner
        return self

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint it."""
        painter.save()
        painter.translate(self.corner)
        painter.scale(self.text_scale, self.text_scale)
        rect, symbol = self.shape.rect, header_symbol(self.node)
        painter.setPen(pen(theme.accent, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(color(theme.card, GROUND))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(theme.forward_back, HEAD))
        painter.drawPath(header_path(rect.width(), 1.0))
        box = QRectF(PADDING, 0, rect.width() - 2 * PADDING, HEADER)
        write_left(painter, box, self.face.name, NAME, theme.text)
        style = LABEL if self.node.is_leaf else symbol_style(symbol)
        write_right(painter, box, symbol, style, theme.dim if self.node.is_leaf else theme.forward)
        painter.setPen(pen(theme.accent, 1.5))
        painter.setBrush(color(theme.card))
        for port in (*self.shape.inputs, self.shape.output):
            painter.drawEllipse(port, PORT_RADIUS, PORT_RADIUS)
        painter.restore()
