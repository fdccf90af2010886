"""The bars of the legend: which colour, width and pattern stand for which contribution, on a logarithmic
scale.

The legend on the canvas and that of a picture paint them. Knows no scene.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QPainter, QPen

from nodegraph.canvas.drawing import edge_styles
from nodegraph.canvas.drawing.edge_styles import SHADES, edge_pen
from nodegraph.canvas.drawing.lettering import Style, text_width, write_centred, write_left
from nodegraph.canvas.drawing.theme import DECADES, Theme
from nodegraph.core.numbers import MINUS, format_number

SIZE = QSizeF(268, 52)
ABOUT = "contribution, logarithmic"
WORDS: Style = (10.5, QFont.Weight.Normal)
WORDS_AT = QPointF(12, 12)
"""Where the words above the bars begin, and the middle of their height."""
BAR = 12.0
"""The width of one shade."""
NUMBERS_Y = 39.0


def words_for(largest: float | None) -> list[str]:
    """Returns what the bars are of and, where the largest contribution is known, what the one strong end, the
    pale ends and the other strong end stand for, to two digits.
    """
    if not largest:
        return [ABOUT]
    strong, pale = (format_number(float(f"{x:.2g}")) for x in (largest, largest / 10**DECADES))
    return [ABOUT, f"{MINUS}{strong}", f"±{pale}", f"+{strong}"]


def bars(theme: Theme) -> Iterator[tuple[QPen, QLineF]]:
    """Yield each shade as a line with its pen, in a rectangle of `SIZE` at the origin."""
    middle = SIZE.width() / 2
    for place in range(SHADES + 1):
        reach = (place + 0.5) * BAR
        for kind, x in ((edge_styles.POSITIVE, middle + reach), (edge_styles.NEGATIVE, middle - reach)):
            yield edge_pen(theme, kind + place), QLineF(x - BAR / 2, 25, x + BAR / 2, 25)


def ends(theme: Theme) -> list[tuple[QPointF, str]]:
    """Returns where the numbers below the bars have their middle, and their ink."""
    middle, reach = SIZE.width() / 2, (SHADES + 0.5) * BAR
    places = (middle - reach, middle, middle + reach)
    inks = (theme.negative, theme.dim, theme.positive)
    return [(QPointF(x, NUMBERS_Y), ink) for x, ink in zip(places, inks, strict=True)]


def paint(painter: QPainter, theme: Theme, words: Sequence[str]) -> None:
    """Paint the bars and these words of `words_for` into a rectangle of `SIZE` at the origin."""
    paint_bars(painter, theme)
    write(painter, theme, words)


def paint_bars(painter: QPainter, theme: Theme) -> None:
    """Paint the bars alone."""
    for pen, line in bars(theme):
        painter.setPen(pen)
        painter.drawLine(line)


def write(painter: QPainter, theme: Theme, words: Sequence[str]) -> None:
    """Write the words above and below the bars."""
    about, *numbers = words
    write_left(painter, QRectF(WORDS_AT.x(), WORDS_AT.y() - 8, 240, 16), about, WORDS, theme.dim)
    for word, (place, ink) in zip(numbers, ends(theme), strict=False):
        half = text_width(word, WORDS) / 2
        left = min(max(place.x() - half, 8.0), SIZE.width() - 8.0 - 2 * half)
        write_centred(painter, QRectF(left, place.y() - 8, 2 * half, 16), word, WORDS, ink)
