"""What a card says where its usual type would be too small to read: its name and value, or its name alone, in
type that fills it, on a ground tinted by its gradient.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from nodegraph.canvas.drawing.geometry import NAME, VALUE, fitted_number
from nodegraph.canvas.drawing.lettering import Style, shortened, text_width, write_centred
from nodegraph.canvas.drawing.theme import color, gradient_colors, mixed
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.records import Node
from nodegraph.core.typeset import Line

if TYPE_CHECKING:
    from nodegraph.canvas.items.looks import CardLook

NUMBER_SCALE = 0.28
"""Below this scale there is no room for a second line: a card carries its name alone."""
LEAST_PX = 9.0
"""Type is at least so high on the screen; what is too long for that is shortened."""
TINT = 0.34
"""How much of a node's own colour is in its card's head."""
STRIPE, STRIPE_PX = 5.0, 2.5
"""The width of the stripe of a smaller card, in its units and at least in pixels."""
INSET = 7.0
"""Between the text and the sides of its card."""
FILLED = 0.8
"""The share of a line's height that its type takes."""
LARGEST = 3.5
"""How many times its usual size type grows at most."""


def ground(look: CardLook, node: Node) -> str:
    """Returns the colour of a small card: that of its gradient's sign, or the card's own before that is
    known.
    """
    gradient = look.showing.gradient(node.id)
    if not gradient or look.showing.is_rounding(node.id) or look.showing.asks(node.id, "gradient"):
        return look.theme.card
    return gradient_colors(look.theme, gradient)[1]


def head_ink(look: CardLook, node: Node) -> QColor:
    """Returns the colour of a card's head, tinted by the node's own colour where it has one."""
    theme = look.theme
    plain = theme.forward_back if look.is_selected(node.id) else theme.head
    return mixed(shade(node.colour), plain, TINT) if node.colour else color(plain)


def paint_stripe(painter: QPainter, node: Node, rect: QRectF, scale: float) -> None:
    """Paint the node's own colour at the left of a card that has no head."""
    if node.colour:
        width = max(STRIPE, STRIPE_PX / scale)
        stripe = QRectF(rect.left() + 1, rect.top() + 1, width, rect.height() - 2)
        painter.fillRect(stripe, color(shade(node.colour)))


def paint_words(
    painter: QPainter, look: CardLook, node: Node, label: Line, symbol: str, rect: QRectF, scale: float
) -> None:
    """Paint what there is room for at this scale (pixels for each unit of the card)."""
    theme = look.theme
    name = theme.dim if node.muted else theme.text
    if scale < NUMBER_SCALE:
        write_filling(painter, rect, label, NAME, name, scale, label if node.is_leaf else symbol)
        return
    upper, lower = QRectF(rect), QRectF(rect)
    upper.setBottom(rect.center().y() + 2)
    lower.setTop(rect.center().y() - 2)
    write_filling(painter, upper, label, NAME, name, scale)
    text, ink = _number(look, node, (rect.width() - 2 * INSET) * scale * VALUE[0] / LEAST_PX)
    write_filling(painter, lower, text, VALUE, ink, scale)


def _number(look: CardLook, node: Node, room: float) -> tuple[str, str]:
    """The value in the digits that a line of usual type of this width holds, and its ink."""
    theme, value = look.theme, look.showing.value(node.id)
    if look.showing.asks(node.id, "value"):
        return "?", theme.accent
    is_quiet = value is None
    if value is None and node.is_leaf:
        value = node.value
    if value is None:
        return "…", theme.dim
    ink = theme.forward if math.isfinite(value) else theme.danger
    text = fitted_number(value, room, most=look.showing.wording.card_digits)
    return text, theme.dim if is_quiet else ink


def write_filling(
    painter: QPainter, box: QRectF, text: Line, style: Style, ink: str, scale: float, instead: Line = ""
) -> None:
    """Write a line as large as its box holds it, in its middle. Where that is less than `LEAST_PX` on the
    screen, `instead` is written if that is shorter, and what is too long still loses its middle.
    """
    room = box.width() - 2 * INSET
    least = LEAST_PX / (scale * style[0])
    if instead and text_width(text, style) * least > room > text_width(instead, style) * least:
        text = instead
    if text_width(text, style) * least > room:
        text = shortened(text, room / least, style)
    size = min(LARGEST, box.height() * FILLED / style[0], room / max(text_width(text, style), 1.0))
    size = max(size, least)
    painter.save()
    painter.translate(box.center())
    painter.scale(size, size)
    write_centred(painter, QRectF(0, 0, 0, 0), text, style, ink)
    painter.restore()
