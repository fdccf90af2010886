"""What a card says where its usual type would be too small to read: its name and value, or its name alone, in
type that fills it, on a ground tinted by its gradient.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from nodegraph.canvas.drawing.geometry import CARD_HEIGHT, NAME, VALUE, fitted_text
from nodegraph.canvas.drawing.lettering import (
    REMEMBERED,
    Style,
    shortened,
    text_width,
    write_centred,
)
from nodegraph.canvas.drawing.theme import color, gradient_colors, metrics, mixed, own_color
from nodegraph.canvas.drawing.wording import FEWEST_DIGITS
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.naming import stands_as_number
from nodegraph.core.graph.records import Node
from nodegraph.core.quoting import quoted
from nodegraph.core.typeset import Line, Typeset

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import CardLook

TWO_LINES_PX = 28.0
"""A card that is less high on the screen has one line: its name, or the number of a constant without one."""
LEAST_PX = 9.0
"""Ink is at least so high on the screen; what is too long for that is shortened."""
LOW_INK = 0.35
"""Signs lower than this beside their size of type, such as −, stand for no card."""
RIM = 3.0
"""What is left free above and below a line that needs the whole height of its box."""
NUMBER_PX = 13.0
"""The size of type whose digits are so high."""
NAME_SHARE = 0.75
"""How much of that the name has above a number, which is to be read from further away."""
TINT = 0.34
"""How much of a node's own colour is in its card's head."""
STRIPE, STRIPE_PX = 5.0, 2.5
"""The width of the stripe of a smaller card, in its units and at least in pixels."""
INSET = 7.0
"""Between the text and the sides of its card."""
FILLED = 0.8
"""The share of a line's height that its type takes."""
LARGEST = 5.0
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
    return mixed(own_color(theme, shade(node.colour)), plain, TINT) if node.colour else color(plain)


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
    theme, rect = look.theme, usual_part(rect)
    name = theme.dim if node.muted else theme.text
    has_two_lines = rect.height() * scale >= TWO_LINES_PX
    if not has_two_lines and not stands_as_number(node, look.graph.named):
        write_filling(painter, rect, label, NAME, name, scale, label if node.is_leaf else symbol)
        return
    text, ink = _number(look, node, (rect.width() - 2 * INSET) * scale * VALUE[0] / NUMBER_PX)
    if not has_two_lines:
        write_whole(painter, rect, text, VALUE, ink, scale, NUMBER_PX)
        return
    upper, lower = QRectF(rect), QRectF(rect)
    upper.setBottom(rect.center().y() + 2)
    lower.setTop(rect.center().y() - 2)
    write_filling(painter, upper, label, NAME, name, scale / NAME_SHARE)
    write_whole(painter, lower, text, VALUE, ink, scale, NUMBER_PX)


def usual_part(card: QRectF, text_scale: float = 1.0) -> QRectF:
    """Returns the middle of a card that many inputs have made tall, so high as other cards are: what is
    written there is as large as what its neighbours say.
    """
    part = QRectF(card)
    part.setHeight(min(card.height(), CARD_HEIGHT * text_scale))
    part.moveCenter(card.center())
    return part


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
    text = number_text(value, room, look.showing.wording.card_digits, signed=False)
    return text, theme.dim if is_quiet else ink


def number_text(value: float, room: float, most: int, *, signed: bool) -> str:
    """The number in as many digits as find room, but in two at least: where these do not fit, they are to be
    written smaller, as −2e−5 is no −1.5e−5.
    """
    fewest = fitted_text(value, math.inf, FEWEST_DIGITS, signed=signed)
    has_room = text_width(fewest, VALUE) <= room
    return fitted_text(value, room, most, signed=signed) if has_room else fewest


def write_filling(
    painter: QPainter, box: QRectF, text: Line, style: Style, ink: str, scale: float, instead: Line = ""
) -> None:
    """Write a line as large as its box holds it, in its middle, its ink at least `LEAST_PX` high on the
    screen. Where there is no room for that, `instead` is written if there is for it, and what is too long
    still loses its middle.
    """
    room = box.width() - 2 * INSET
    least = _least(text, style, box, scale)
    other = _least(instead, style, box, scale)
    is_low = ink_share(instead, style) < LOW_INK
    if instead and not is_low and text_width(text, style) * least > room > text_width(instead, style) * other:
        text, least = instead, other
    if text_width(text, style) * least > room:
        text = shortened(text, room / least, style)
    _write_as_large(painter, box, text, style, ink, least)


def write_whole(
    painter: QPainter, box: QRectF, text: str, style: Style, ink: str, scale: float, least_px: float
) -> None:
    """Write a line as large as its box holds it, in type of at least so many pixels, and smaller where it
    would not be whole: half a number is another one.
    """
    whole = (box.width() - 2) / max(text_width(text, style), 1.0)
    _write_as_large(painter, box, text, style, ink, min(least_px / (scale * style[0]), whole))


def _write_as_large(painter: QPainter, box: QRectF, text: Line, style: Style, ink: str, least: float) -> None:
    room = box.width() - 2 * INSET
    size = min(LARGEST, box.height() * FILLED / style[0], room / max(text_width(text, style), 1.0))
    size = max(size, least)
    painter.save()
    painter.translate(box.center())
    painter.scale(size, size)
    write_centred(painter, QRectF(0, 0, 0, 0), text, style, ink)
    painter.restore()


def _least(text: Line, style: Style, box: QRectF, scale: float) -> float:
    """How much larger than usual a line is at least, for its ink to be high enough, where its box is."""
    high = max(ink_share(text, style), LOW_INK) * style[0]
    return min(LEAST_PX / scale, box.height() - 2 * RIM) / high


@lru_cache(maxsize=REMEMBERED)
def ink_share(text: Line, style: Style) -> float:
    """Returns how high the ink of a line is beside its size of type, without its indices."""
    stem = quoted(text.parts[0][0] if isinstance(text, Typeset) else text)
    letters = stem if stem.isascii() else (stem,)  # marks stand upon letters, and lie elsewhere alone
    inks = [_ink(letter, style) for letter in letters]
    high = max((low for _, low in inks), default=0.0) - min((top for top, _ in inks), default=0.0)
    return max(high, 0.0) / style[0]


@lru_cache(maxsize=REMEMBERED)
def _ink(text: str, style: Style) -> tuple[float, float]:
    """How high above the baseline, as a negative number, and how far below ink reaches; a space has none."""
    box = metrics(*style).tightBoundingRect(text)
    return (box.top(), box.bottom()) if box.height() else (math.inf, -math.inf)
