"""One node on the canvas: a card with a header, a value line, a gradient line and its ports.

Paints what the scene tells it; takes no mouse or key itself (the view's gestures do) and has no children.
"""

from __future__ import annotations

import math
from enum import Flag, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas import geometry
from nodegraph.canvas.geometry import HEADER, LABEL, MARGIN, NAME, PADDING, PORT_RADIUS, VALUE, CardShape
from nodegraph.canvas.theme import Theme, color, font, gradient_colors, metrics
from nodegraph.core.graph import Node
from nodegraph.core.operations import OPERATIONS

if TYPE_CHECKING:
    from nodegraph.canvas.scene import GraphScene

TEXT_SCALE = 0.45
"""Below this scale a card carries no text."""
PORT_SCALE = 0.25
RADIUS = 10.0
CORNERS = Qt.AlignmentFlag.AlignVCenter


class Mark(Flag):
    """What a gesture or a step says about a card."""

    NONE = 0
    HOVERED = auto()
    ACTIVE = auto()
    TARGET = auto()
    REFUSED = auto()
    OUTPUT = auto()


class NodeItem(QGraphicsItem):
    """The card of one node; `scene()` holds the frame, the theme and the problems it shows."""

    def __init__(self, node: Node, ports: int, is_output: bool) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.node = node
        self.mark = Mark.NONE
        self.aimed_port: int | None = None
        """The input port an edge is being drawn to."""
        self.shape_of_card: CardShape
        self._bounds: QRectF
        self.show_node(node, ports, is_output)

    def show_node(self, node: Node, ports: int, is_output: bool) -> None:
        """Take over a changed record."""
        self.prepareGeometryChange()
        self.node = node
        self.symbol = header_symbol(node)
        self.shape_of_card = geometry.card_shape(
            node.name, self.symbol, ports, is_output, node.op == "constant"
        )
        self.mark = (self.mark | Mark.OUTPUT) if is_output else (self.mark & ~Mark.OUTPUT)
        self._bounds = self.shape_of_card.rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        self.setPos(node.x or 0.0, node.y or 0.0)
        self.update()

    # --- places, in scene units
    @property
    def card(self) -> QRectF:
        """The card's rectangle in the scene."""
        return self.shape_of_card.rect.translated(self.pos())

    def output_port(self) -> QPointF:
        """The centre of the output port."""
        return self.pos() + self.shape_of_card.output

    def input_port(self, port: int) -> QPointF:
        """The centre of an input port, also of one that does not exist yet."""
        inputs = self.shape_of_card.inputs
        if port < len(inputs):
            return self.pos() + inputs[port]
        return self.pos() + QPointF(0, geometry.port_y(port, max(port + 1, 3)))

    def set_mark(self, mark: Mark, on: bool) -> None:
        """Put a mark on or take it off."""
        wanted = (self.mark | mark) if on else (self.mark & ~mark)
        if wanted != self.mark:
            self.mark = wanted
            self.update()

    # --- Qt
    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scene: GraphScene = self.scene()  # type: ignore[assignment]
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = scene.theme
        lit = scene.lit is not None and self.node.id in scene.lit
        painter.setOpacity(1.0 if scene.lit is None or lit else 0.4)
        self._paint_card(painter, theme, scene, scale)
        if scale >= TEXT_SCALE:
            self._paint_header(painter, theme)
            self._paint_value(painter, theme, scene)
            self._paint_gradient(painter, theme, scene)
        if scale >= PORT_SCALE:
            self._paint_ports(painter, theme, lit)

    # --- parts
    def _paint_card(self, painter: QPainter, theme: Theme, scene: GraphScene, scale: float) -> None:
        rect = self.shape_of_card.rect
        if Mark.ACTIVE in self.mark:
            ink = scene.phase_ink()
            painter.setPen(QPen(color(ink, 0.75), 2.5))
            painter.setBrush(color(ink, 0.14))
            painter.drawRoundedRect(rect.adjusted(-6, -6, 6, 6), RADIUS + 5, RADIUS + 5)
        painter.setPen(Qt.PenStyle.NoPen)
        if scale >= PORT_SCALE:
            painter.setBrush(color(theme.shadow))
            painter.drawRoundedRect(rect.translated(0, 2), RADIUS, RADIUS)
        painter.setBrush(color(theme.card))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        chosen = scene.is_selected(self.node.id)
        painter.setBrush(color(theme.forward_back if chosen else theme.head))
        painter.drawPath(_header_path(rect))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._border(theme, scene))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def _border(self, theme: Theme, scene: GraphScene) -> QPen:
        if Mark.REFUSED in self.mark:
            return QPen(color(theme.danger), 2.5, Qt.PenStyle.DashLine)
        if Mark.TARGET in self.mark:
            return QPen(color(theme.accent), 3)
        if scene.is_selected(self.node.id):
            return QPen(color(theme.accent), 2.5)
        if self.node.id in scene.problems:
            return QPen(color(theme.danger), 1.5, Qt.PenStyle.DashLine)
        if Mark.OUTPUT in self.mark:
            return QPen(color(theme.accent), 2)
        if Mark.HOVERED in self.mark:
            return QPen(color(theme.dim), 1.25)
        return QPen(color(theme.border), 1)

    def _paint_header(self, painter: QPainter, theme: Theme) -> None:
        width = self.shape_of_card.width
        symbol_room = geometry.symbol_width(self.symbol)
        room = width - 3 * PADDING - symbol_room
        tag = metrics(*LABEL).horizontalAdvance("output") + 6 if Mark.OUTPUT in self.mark else 0.0
        name = metrics(*NAME).elidedText(self.node.name, Qt.TextElideMode.ElideMiddle, room - tag)
        painter.setFont(font(*NAME))
        painter.setPen(color(theme.text))
        _text(painter, QRectF(PADDING, 0, room + 2, HEADER), name, metrics(*NAME))
        if tag:
            painter.setFont(font(*LABEL))
            painter.setPen(color(theme.accent))
            left = PADDING + metrics(*NAME).horizontalAdvance(name) + 6
            _text(painter, QRectF(left, 1, tag + 4, HEADER), "output", metrics(*LABEL))
        style = LABEL if self.node.is_leaf else geometry.symbol_style(self.symbol)
        painter.setFont(font(*style))
        painter.setPen(color(theme.dim if self.node.is_leaf else theme.forward))
        _text(painter, QRectF(0, 0, width - PADDING, HEADER), self.symbol, metrics(*style), right=True)

    def _paint_value(self, painter: QPainter, theme: Theme, scene: GraphScene) -> None:
        value = scene.shown_value(self.node.id)
        quiet = value is None
        if quiet and self.node.is_leaf:
            value = self.node.value
        line = self.shape_of_card.value_line
        ink = theme.danger if value is not None and not math.isfinite(value) else theme.forward
        if quiet:
            ink = theme.dim
        self._paint_line(painter, theme, line, "value", value, ink, signed=False)

    def _paint_gradient(self, painter: QPainter, theme: Theme, scene: GraphScene) -> None:
        line = self.shape_of_card.gradient_line
        if self.node.op == "constant":
            return
        value = scene.shown_gradient(self.node.id)
        ink = theme.dim if value is None else gradient_colors(theme, value)[0]
        of = scene.output_name or "L"
        self._paint_line(painter, theme, line, f"∂{of}/∂{self.node.name}", value, ink, signed=True)

    def _paint_line(
        self,
        painter: QPainter,
        theme: Theme,
        line: QRectF,
        label: str,
        value: float | None,
        ink: str,
        *,
        signed: bool,
    ) -> None:
        small, large = metrics(*LABEL), metrics(*VALUE)
        room = line.width() - 2 * PADDING
        shown = small.elidedText(label, Qt.TextElideMode.ElideMiddle, room - 60)
        text = (
            "…"
            if value is None
            else geometry.fitted_number(value, room - small.horizontalAdvance(shown) - 8, signed)
        )
        painter.setFont(font(*LABEL))
        painter.setPen(color(theme.dim))
        _text(painter, line.adjusted(PADDING, 0, 0, 0), shown, small)
        painter.setFont(font(*VALUE))
        painter.setPen(color(ink))
        _text(painter, line.adjusted(0, 0, -PADDING, 0), text, large, right=True)

    def _paint_ports(self, painter: QPainter, theme: Theme, lit: bool) -> None:
        painter.setBrush(color(theme.card))
        rim = theme.accent if Mark.OUTPUT in self.mark else theme.edge
        painter.setPen(QPen(color(rim), 2))
        painter.drawEllipse(self.shape_of_card.output, PORT_RADIUS, PORT_RADIUS)
        painter.setPen(QPen(color(theme.accent if lit else theme.edge), 2))
        for center in self.shape_of_card.inputs:
            painter.drawEllipse(center, PORT_RADIUS, PORT_RADIUS)
        if self.aimed_port is not None:
            ink = color(theme.danger if Mark.REFUSED in self.mark else theme.accent)
            painter.setPen(QPen(ink, 2))
            painter.setBrush(ink)
            painter.drawEllipse(
                self.input_port(self.aimed_port) - self.pos(), PORT_RADIUS + 2, PORT_RADIUS + 2
            )


def header_symbol(node: Node) -> str:
    """What the right end of a card's header says."""
    if node.op == "input":
        return "input" if node.trainable else "data"
    if node.op == "constant":
        return "constant"
    operation = OPERATIONS.get(node.op)
    return operation.symbol if operation else f"? {node.op}"


def _header_path(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(0, HEADER)
    path.lineTo(0, RADIUS)
    path.arcTo(0, 0, 2 * RADIUS, 2 * RADIUS, 180, -90)
    path.arcTo(rect.width() - 2 * RADIUS, 0, 2 * RADIUS, 2 * RADIUS, 90, -90)
    path.lineTo(rect.width(), HEADER)
    path.closeSubpath()
    return path


def _text(painter: QPainter, box: QRectF, text: str, measure: QFontMetricsF, right: bool = False) -> None:
    """One line of text, centred upright in its box; at the box's left or right end."""
    baseline = box.center().y() + (measure.capHeight()) / 2
    left = box.right() - measure.horizontalAdvance(text) if right else box.left()
    painter.drawText(QPointF(left, baseline), text)
