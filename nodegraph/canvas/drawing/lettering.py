"""Lines of text, laid out once and remembered: laying out and measuring cost more than painting.

A line may have indices, which are written smaller and lower, whatever signs the typeface has. What cannot be
seen in a text stands as an escape. Knows fonts and nothing of cards or edges.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QTextLayout, QTextOption

from nodegraph.canvas.drawing.theme import color, font, metrics
from nodegraph.core.quoting import quoted
from nodegraph.core.type_widths import LOW
from nodegraph.core.typeset import Line, Typeset, flat, joined

Style = tuple[float, QFont.Weight]
"""Size in scene units, and weight."""
Anchor = Literal["start", "middle", "end"]
REMEMBERED = 20_000
_JOINER = "\u200d"
"""What Qt puts beside an ellipsis between letters that join, as in Arabic: it would stand as an escape."""


_DROP = 0.16
"""How far below the line an index stands, beside the size of type."""
_FEWEST_LETTERS = 3
"""Characters that a name has too few of once it is shortened: a letter, the ellipsis, and another."""


@dataclass(frozen=True)
class Written:
    """One line of text: what it says, its size and weight, its colour, and which of its ends lies still."""

    said: str
    style: Style
    ink: str
    anchor: Anchor


def low(style: Style) -> Style:
    """Returns the type of the indices of a line."""
    return round(style[0] * LOW), style[1]


@lru_cache(maxsize=REMEMBERED)
def text_width(text: Line, style: Style) -> float:
    """How wide a line of text is."""
    if isinstance(text, Typeset):
        return sum(text_width(part, low(style) if is_low else style) for part, is_low in text.parts)
    return metrics(*style).horizontalAdvance(quoted(text))


def smaller(text: Line, style: Style, room: float, least: float) -> Style:
    """Returns the largest type, up to this and not below the least, in which a line fits a room."""
    size, weight = style
    while size > least and text_width(text, (size, weight)) > room:
        size -= 1
    return max(size, least), weight


@lru_cache(maxsize=REMEMBERED)
def shortened(text: Line, room: float, style: Style) -> Line:
    """The text, with an ellipsis in its middle where the room is too small; its indices stay."""
    if isinstance(text, Typeset):
        (stem, _), *rest = text.parts
        index = Typeset(tuple(rest))
        return joined(shortened(stem, room - text_width(index, style), style), index)
    elided = metrics(*style).elidedText(quoted(text), Qt.TextElideMode.ElideMiddle, max(0.0, room))
    return elided.replace(_JOINER, "")


@lru_cache(maxsize=REMEMBERED)
def shortened_names(pieces: tuple[Line, ...], room: float, style: Style) -> Line:
    """Returns the signs and names of a formula as one line, the longest names shortened where the room is too
    small; "" where so little of a name would be left that it says nothing.
    """
    most = _most(sorted(text_width(piece, style) for piece in pieces), room)
    short = [piece if text_width(piece, style) <= most else shortened(piece, most, style) for piece in pieces]
    for before, now in zip(pieces, short, strict=True):
        if now != before and len(flat(now)) <= _FEWEST_LETTERS:
            return ""
    return joined(*short)


def _most(widths: list[float], room: float) -> float:
    """How wide each of several pieces, given from narrow to wide, may be at most to fit a room together."""
    for place, width in enumerate(widths):
        share = room / (len(widths) - place)
        if width > share:
            return share
        room -= width
    return math.inf


def write_left(painter: QPainter, box: QRectF, text: Line, style: Style, ink: str) -> None:
    """A line of text at the left end of its box, its capitals centred upright."""
    _write(painter, box.left(), box, text, style, ink, "start")


def write_right(painter: QPainter, box: QRectF, text: Line, style: Style, ink: str) -> None:
    """A line of text at the right end of its box."""
    _write(painter, box.right() - text_width(text, style), box, text, style, ink, "end")


def write_centred(painter: QPainter, box: QRectF, text: Line, style: Style, ink: str) -> None:
    """A line of text in the middle of its box."""
    _write(painter, box.center().x() - text_width(text, style) / 2, box, text, style, ink, "middle")


def _write(
    painter: QPainter, left: float, box: QRectF, text: Line, style: Style, ink: str, anchor: Anchor
) -> None:
    baseline = box.center().y() + cap_height(style) / 2
    painter.setPen(color(ink))
    if isinstance(text, Typeset):
        anchor = "start"  # each part of it begins where the one before it ends
    for part, is_low in text.parts if isinstance(text, Typeset) else ((text, False),):
        kind, drop = (low(style), _DROP * style[0]) if is_low else (style, 0.0)
        if _writer is not None:
            _writer.write(painter, QPointF(left, baseline + drop), Written(quoted(part), kind, ink, anchor))
        else:
            for run in _glyphs(part, kind):
                painter.drawGlyphRun(QPointF(left, baseline + drop), run)
        left += text_width(part, kind)


class Writer(Protocol):
    """Writes lines of text in place of the painter, for pictures in which text has to stay text."""

    def write(self, painter: QPainter, start: QPointF, text: Written) -> None:
        """Write a line that begins at a point of its baseline."""


@contextmanager
def written_by(writer: Writer) -> Iterator[None]:
    """Let this writer write all lines of text while it lasts."""
    global _writer
    _writer = writer
    try:
        yield
    finally:
        _writer = None


_writer: Writer | None = None


@cache
def cap_height(style: Style) -> float:
    """How high the capitals of a type are."""
    return metrics(*style).capHeight()


@lru_cache(maxsize=REMEMBERED)
def _glyphs(text: str, style: Style) -> list[QGlyphRun]:
    """The text as glyphs, with its baseline at 0; letters the typeface lacks come from others."""
    layout = QTextLayout(quoted(text), font(*style))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    if not line.isValid():
        return []
    line.setPosition(QPointF(0, -line.ascent()))
    return layout.glyphRuns()
