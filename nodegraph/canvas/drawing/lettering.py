"""Lines of text, laid out once and remembered: laying out and measuring cost more than painting.

What cannot be seen in a text stands as an escape. Knows fonts and nothing of cards or edges.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QTextLayout, QTextOption

from nodegraph.canvas.drawing.theme import color, font, metrics
from nodegraph.core.quoting import quoted

Style = tuple[float, QFont.Weight]
"""Size in scene units, and weight."""
REMEMBERED = 20_000
_JOINER = "\u200d"
"""What Qt puts beside an ellipsis between letters that join, as in Arabic: it would stand as an escape."""


@lru_cache(maxsize=REMEMBERED)
def text_width(text: str, style: Style) -> float:
    """How wide a line of text is."""
    return metrics(*style).horizontalAdvance(quoted(text))


@lru_cache(maxsize=REMEMBERED)
def shortened(text: str, room: float, style: Style) -> str:
    """The text, with an ellipsis in its middle where the room is too small."""
    elided = metrics(*style).elidedText(quoted(text), Qt.TextElideMode.ElideMiddle, max(0.0, room))
    return elided.replace(_JOINER, "")


def write_left(painter: QPainter, box: QRectF, text: str, style: Style, ink: str) -> None:
    """A line of text at the left end of its box, its capitals centred upright."""
    _write(painter, box.left(), box, text, style, ink)


def write_right(painter: QPainter, box: QRectF, text: str, style: Style, ink: str) -> None:
    """A line of text at the right end of its box."""
    _write(painter, box.right() - text_width(text, style), box, text, style, ink)


def write_centred(painter: QPainter, box: QRectF, text: str, style: Style, ink: str) -> None:
    """A line of text in the middle of its box."""
    _write(painter, box.center().x() - text_width(text, style) / 2, box, text, style, ink)


def _write(painter: QPainter, left: float, box: QRectF, text: str, style: Style, ink: str) -> None:
    baseline = box.center().y() + _cap_height(style) / 2
    painter.setPen(color(ink))
    for run in _glyphs(text, style):
        painter.drawGlyphRun(QPointF(left, baseline), run)


@cache
def _cap_height(style: Style) -> float:
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
