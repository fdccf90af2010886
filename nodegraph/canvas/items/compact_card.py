"""A node in compact notation: a circle with the operation's symbol, or with the name of a leaf, as in papers.

The numbers stand on the edges; below the circle stands a sum, where several contributions make a gradient.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing.geometry import CardFace, CardShape
from nodegraph.canvas.drawing.lettering import Style, shortened, text_width, write_centred
from nodegraph.canvas.drawing.theme import Theme, color, gradient_colors, pen
from nodegraph.canvas.items import badges, small_card
from nodegraph.canvas.items.badges import Badge
from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.core.engine.rounding import ABOUT_ZERO
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.records import Node
from nodegraph.core.layout.card_size import header_symbol
from nodegraph.core.numbers import format_number, format_signed
from nodegraph.core.typeset import Line

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import CardLook
    from nodegraph.core.engine.trace import Frame

HEIGHT, EACH_INPUT, TALLEST = 38.0, 9.0, 96.0
"""How high a circle is, and how much higher each input beyond the third makes it."""
WIDEST = 120.0
HALO = 5.0
"""How far out it reaches that marks the circle of the current step."""
INSIDE, WITHIN = 9.0, 4.5
"""Room beside the text; how far inside the rim edges end, so that arrowheads touch it."""
SYMBOL: Style = (18.0, QFont.Weight.Bold)
LONG_SYMBOL: Style = (13.0, QFont.Weight.DemiBold)
LEAF: Style = (14.0, QFont.Weight.DemiBold)
NAME: Style = (12.0, QFont.Weight.Normal)
NAME_HEIGHT = 15.0
DIGITS = 3
"""Significant digits where nobody has chosen."""
ASIDE, APART = 8.0, 6.0
"""How far from the circle they are at its sides, and above and below it: the halo leaves them whole."""
WIDEST_SUM = "Σ −0.000"
BADGES_OVERHANG = 64.0
"""How far the badges of a circle reach out at its sides: two of them stand in one row."""
SUM_STEPS = (8.0, 16.0, 24.0, 32.0)
"""How far along its circle a sum may be moved."""
OUTPUT_LINE = 46.0
"""How long the line is that leaves the output."""
STEEPEST = math.radians(58)


class CompactCard(NodeItem):
    """The circle of one node."""

    sum_shift: tuple[float, float] = (0.0, 0.0)
    """How far its sum is moved, out of the way of edges."""
    widest_sum = WIDEST_SUM
    """The widest text that it says."""

    def measured(self, node: Node, ports: int, is_output: bool, face: CardFace) -> CardShape:
        """The circle, wider where its text is."""
        width, height = size_of(node, ports, face)
        places = [_input_place(port, ports, height / 2) for port in range(ports)]
        if face.direction is Direction.DOWN:
            inputs = tuple(QPointF(width / 2 + beside - height / 2, along) for along, beside in places)
            return CardShape(width, height, inputs, QPointF(width / 2, height), face.direction)
        return CardShape(width, height, tuple(QPointF(*at) for at in places), QPointF(width, height / 2))

    def output_line(self) -> tuple[QPointF, QPointF]:
        """Returns both ends of the line that leaves the output, in the scene."""
        start, along = self.output_port(), self.outline.direction.turned((OUTPUT_LINE * self.scale(), 0.0))
        return start, start + QPointF(*along)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """The circle with its text, its name above it and a sum below it."""
        scene: CardLook = self.scene()  # type: ignore[assignment]
        theme, rect = scene.theme, self.shape_of_card.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_ = rect.height() / 2
        if self.mark & Mark.ACTIVE:
            ink = scene.showing.phase_ink()
            painter.setPen(pen(ink, 2.5, alpha=0.75))
            painter.setBrush(color(ink, 0.14))
            around = rect.adjusted(-HALO, -HALO, HALO, HALO)
            painter.drawRoundedRect(around, round_ + HALO, round_ + HALO)
        painter.setBrush(small_card.head_ink(scene, self.node) if self.node.colour else color(theme.card))
        painter.setPen(rim(scene, self))
        painter.drawRoundedRect(rect, round_, round_)
        if self.mark & Mark.OUTPUT:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -3), round_ - 3, round_ - 3)
            painter.setPen(pen(theme.edge, 1.75))
            start, end = map(self.mapFromScene, self.output_line())
            painter.drawLine(start, end)
        text, style = said(self.node, self.face)
        ink = theme.dim if self.node.muted else theme.text
        write_centred(painter, rect, shortened(text, rect.width() - 8, style), style, ink)
        for line, place, ink in self.notes(scene):
            write_centred(painter, place, line, NAME, ink)
        for badge, place in self.badges(scene):
            badges.paint_badge(painter, theme, badge, place)

    def badges(self, scene: CardLook) -> Iterator[tuple[Badge, QRectF]]:
        """Yields the badges below the circle and its sum, each with its place on the card."""
        return self._placed(badges.patch_of(scene, self.node.id), bool(sum_text(scene, self.node.id)))

    def _placed(self, found: list[Badge], has_sum: bool) -> Iterator[tuple[Badge, QRectF]]:
        rect = self.shape_of_card.rect
        found = [badges.STALE_BESIDE if badge is badges.STALE else badge for badge in found]
        if self.shape_of_card.direction is Direction.DOWN:
            return badges.placed_round(found, self.shape_of_card)
        is_below = has_sum and self.sum_shift[1] >= 0
        box = rect.adjusted(0, 0, 0, APART + NAME_HEIGHT if is_below else 0)
        return badges.placed_below(found, box, overhang=BADGES_OVERHANG)

    def taken(self, *, is_sum: bool, below: Sequence[Badge] = ()) -> list[QRectF]:
        """Returns what it takes of the scene: the circle, its name, its sum where there will be one, and
        these badges below it.
        """
        lines = [] if self.node.is_leaf else [self._name_box()]
        if is_sum:
            lines.append(self._sum_box(self.widest_sum))
        lines += [rect for _badge, rect in self._placed(list(below), is_sum)]
        return [self.card, *map(self.mapRectToScene, lines)]

    def sum_places(self) -> list[tuple[tuple[float, float], QRectF]]:
        """Returns where the sum could stand in the scene, the best place first, each with its shift: along
        the circle, or above it and its name.
        """
        along = [0.0, *(side * step for step in SUM_STEPS for side in (-1, 1))]
        plain = self._sum_box(self.widest_sum).translated(*(-part for part in self.sum_shift))
        if self.shape_of_card.direction is Direction.DOWN:
            shifts = [(0.0, step) for step in along]
        else:
            lines = 1 if self.node.is_leaf else 2
            over = -(self.shape_of_card.rect.height() + 2 * APART + lines * NAME_HEIGHT)
            shifts = [(step, side) for side in (0.0, over) for step in along]
        return [(shift, self.mapRectToScene(plain.translated(*shift))) for shift in shifts]

    def written(self, scene: CardLook) -> list[QRectF]:
        """Returns where the name and the sum beside the circle stand in the scene."""
        return [self.mapRectToScene(place) for _line, place, _ink in self.notes(scene)]

    def notes(self, scene: CardLook) -> list[tuple[Line, QRectF, str]]:
        """Returns the name and the sum beside the circle, each with its place on the card and ink."""
        found = []
        if not self.node.is_leaf:
            found.append((self.face.name, self._name_box(), scene.theme.dim))
        text = sum_text(scene, self.node.id)
        if text:
            gradient = scene.showing.gradient(self.node.id) or 0.0
            if scene.showing.is_rounding(self.node.id):
                gradient = 0.0
            found.append((text, self._sum_box(text), gradient_colors(scene.theme, gradient)[0]))
        return found

    def _name_box(self) -> QRectF:
        """The place of the name: above the circle, or at its left where edges come from above."""
        rect, width = self.shape_of_card.rect, text_width(self.face.name, NAME)
        if self.shape_of_card.direction is Direction.DOWN:
            return QRectF(-width - ASIDE, (rect.height() - NAME_HEIGHT) / 2, width, NAME_HEIGHT)
        return QRectF(rect.center().x() - width / 2, -NAME_HEIGHT - APART, width, NAME_HEIGHT)

    def _sum_box(self, text: str) -> QRectF:
        """The place of a sum: below the circle, or at its right where edges leave below."""
        rect, width = self.shape_of_card.rect, text_width(text, NAME)
        if self.shape_of_card.direction is Direction.DOWN:
            place = QRectF(rect.right() + ASIDE, (rect.height() - NAME_HEIGHT) / 2, width, NAME_HEIGHT)
        else:
            place = QRectF(rect.center().x() - width / 2, rect.bottom() + APART, width, NAME_HEIGHT)
        return place.translated(*self.sum_shift)


def said(node: Node, face: CardFace) -> tuple[Line, Style]:
    """Returns what stands in the circle, and its type."""
    if face.stands_as_number and node.value is not None:
        return format_number(node.value, DIGITS), LEAF
    if node.is_leaf:
        return face.name, LEAF
    symbol = header_symbol(node)
    return symbol, SYMBOL if len(symbol) <= 2 else LONG_SYMBOL


def sum_text(scene: CardLook, node_id: str) -> str:
    """Returns the sum of what has come to a node; "" where it is none."""
    frame, said_ = scene.showing.visible, scene.showing.wording
    gradient = scene.showing.gradient(node_id)
    if frame is None or gradient is None or not said_.gradients or not is_sum(frame, node_id):
        return ""
    is_nothing = scene.showing.is_rounding(node_id)
    return f"Σ {ABOUT_ZERO if is_nothing else format_signed(gradient, said_.digits or DIGITS)}"


def widest_sum(frame: Frame | None, node_id: str, digits: int = DIGITS) -> str:
    """Returns what a sum says at the end, where that is known and wider than usual."""
    gradient = None if frame is None else frame.trace.last_frame.gradient(node_id)
    known = WIDEST_SUM if gradient is None else f"Σ {format_signed(gradient, digits)}"
    return max(WIDEST_SUM, known, key=lambda text: text_width(text, NAME))


def is_sum(frame: Frame, node_id: str) -> bool:
    """Whether several contributions make a gradient."""
    return frame.arrived(node_id)[1] > 1


def rim(scene: CardLook, item: NodeItem) -> QPen:
    """Returns the pen of a circle."""
    theme: Theme = scene.theme
    if item.node.id in scene.showing.problems:
        return pen(theme.danger, 1.75, Qt.PenStyle.DashLine)
    if item.node.muted:
        return pen(theme.dim, 1.5, Qt.PenStyle.DashLine)
    return pen(theme.dim if item.node.is_leaf else theme.text, 1.25 if item.node.is_leaf else 1.75)


def _input_place(port: int, ports: int, radius: float) -> tuple[float, float]:
    """Where an input lies: on the half of the circle that edges come to, a little inside; how far along them,
    and across.
    """
    share = 0.0 if ports < 2 else 2 * port / (ports - 1) - 1
    angle = share * min(STEEPEST, math.radians(20) * ports)
    reach = radius - WITHIN
    return radius - reach * math.cos(angle), radius + reach * math.sin(angle)


def size_of(node: Node, ports: int, face: CardFace) -> tuple[float, float]:
    """Returns how wide and high a circle is in usual type."""
    height = min(TALLEST, HEIGHT + EACH_INPUT * max(0, ports - 3))
    return max(height, min(WIDEST, text_width(*said(node, face)) + 2 * INSIDE)), height
