"""The upper part of a card: its name, what it is, and its operation, in type that can be read at every scale
at which cards have such a part.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath

from nodegraph.canvas.drawing.geometry import HEADER, LABEL, NAME, PADDING, symbol_style
from nodegraph.canvas.drawing.lettering import Style, shortened, smaller, text_width, write_left, write_right
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.layout.card_size import CHEVRON
from nodegraph.core.typeset import Line

SMALLEST_PX = 9.0
"""Type is at least so large on the screen, or what it would say is left out."""
LABELLED_ZOOM = 0.6
"""Below this zoom the small words on cards are left out, and the shadow."""
LABEL_SCALE = LABELLED_ZOOM - 1e-9
"""The scale of a transform there, which rounding makes a little less at some places of the canvas."""
USUAL_SCALE = 0.85
"""From this scale on type is written in its usual size in the scene."""
LARGEST_HEAD = 18.0
"""The largest type for which the upper part has room."""
LARGEST_LABEL = 15.0
BEFORE_TAG = 6.0
RADIUS = 10.0
"""How round the corners of a card are."""


@dataclass(frozen=True)
class Head:
    """What the upper part says. `tag` stands behind the name; the symbol of a leaf is a small word."""

    name: Line
    tag: str
    symbol: str
    is_leaf: bool
    is_quiet: bool


@dataclass(frozen=True)
class _Types:
    """The type of each text; None where it is left out."""

    name: Style
    tag: Style | None
    symbol: Style | None


def grown(style: Style, scale: float, largest: float) -> Style:
    """Returns a type that is large enough to be read at a scale, so far as there is room for it."""
    return min(largest, max(style[0], math.ceil(SMALLEST_PX / scale))), style[1]


def type_scale(scale: float, wish: float) -> float:
    """Returns the scale whose type is used at a scale where type is wished so much larger on the screen than
    usual: as far as cards have room for it, with all the words that they have.
    """
    if wish <= 1:
        return scale
    least = LABEL_SCALE if scale >= LABEL_SCALE else 0.0
    return min(scale, max(min(scale, USUAL_SCALE) / wish, least))


def label_style(scale: float) -> Style | None:
    """Returns the type of the small words on a card; None where they are left out."""
    return grown(LABEL, scale, LARGEST_LABEL) if scale >= LABEL_SCALE else None


def label_beside(label: Line, room: float, scale: float) -> Style:
    """Returns the largest type, up to that at this scale, in which a label beside a number fits a room."""
    return smaller(label, label_style(scale) or LABEL, room, LABEL[0])


def paint(painter: QPainter, theme: Theme, head: Head, width: float, scale: float) -> None:
    """Paint the upper part of a card of this width."""
    types = _types_for(head, width, scale)
    room, tag = _room(head, types, width), _width(head.tag, types.tag)
    name = shortened(head.name, room - (tag + BEFORE_TAG if tag else 0.0), types.name)
    write_left(painter, QRectF(PADDING, 0, room, HEADER), name, types.name, theme.text)
    quiet = theme.dim if head.is_quiet else theme.text
    if tag and types.tag is not None:
        left = PADDING + text_width(name, types.name) + BEFORE_TAG
        write_left(painter, QRectF(left, 1, tag + BEFORE_TAG, HEADER), head.tag, types.tag, quiet)
    if types.symbol is not None:
        ink = theme.dim if head.is_leaf or head.is_quiet else theme.forward
        write_right(painter, QRectF(0, 0, width - PADDING, HEADER), head.symbol, types.symbol, ink)


def _types_for(head: Head, width: float, scale: float) -> _Types:
    """Returns the largest types that leave the name whole; the small words give way before it does."""
    usual = _Types(NAME, LABEL, LABEL if head.is_leaf else symbol_style(head.symbol))
    found = usual
    for found in _offers(head, scale):
        tag = _width(head.tag, found.tag)
        if (
            text_width(head.name, found.name) + (tag + BEFORE_TAG if tag else 0.0)
            <= _room(head, found, width)
            or found == usual
        ):
            break
    return found


def _offers(head: Head, scale: float) -> Iterator[_Types]:
    name, label = grown(NAME, scale, LARGEST_HEAD), label_style(scale)
    usual = symbol_style(head.symbol)
    large = grown(usual, scale, LARGEST_HEAD)
    yield _Types(name, label, label if head.is_leaf else large)
    yield _Types(name, None, label if head.is_leaf else large)
    yield _Types(name, None, None if head.is_leaf else large)
    yield _Types(NAME, None, None if head.is_leaf else usual)


def _room(head: Head, types: _Types, width: float) -> float:
    """The room of the name, and of the word behind it."""
    return width - 3 * PADDING - _width(head.symbol, types.symbol) + 2


def _width(text: str, style: Style | None) -> float:
    return text_width(text, style) if text and style is not None else 0.0


@lru_cache(maxsize=2000)  # the box of a group that is dragged has another width at each frame
def header_path(width: float, inside: float) -> QPainterPath:
    """The card's upper part, within a border that reaches this far inside."""
    right, round_ = width - inside, 2 * (RADIUS - inside)
    path = QPainterPath()
    path.moveTo(inside, HEADER)
    path.lineTo(inside, RADIUS)
    path.arcTo(inside, inside, round_, round_, 180, -90)
    path.arcTo(right - round_, inside, round_, round_, 90, -90)
    path.lineTo(right, HEADER)
    path.closeSubpath()
    return path


def head_types(title: Line, count: str, width: float, scale: float) -> tuple[Style, Style | None]:
    """Returns the types of title and count on the card of a collapsed group: the largest that leave the title
    whole; the count gives way first.
    """
    large, label = grown(NAME, scale, LARGEST_HEAD), label_style(scale)
    for name, beside in ((large, label), (NAME, label), (large, None)):
        counted = text_width(count, beside) if beside else 0.0
        if text_width(title, name) <= width - CHEVRON - 2 * PADDING - counted + 4:
            return name, beside
    return NAME, label if label == LABEL else None
