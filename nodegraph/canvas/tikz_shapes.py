"""The words of TikZ for shapes, places, colours and lines of text; coordinates are scene units."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from nodegraph.canvas.drawing import geometry


def row(line: QRectF, left: str, style: str, ink: str, right: tuple[str, str, str]) -> Iterator[str]:
    """A line of a card: a text at its left, and one (text, style, colour) at its right."""
    start, end = line.adjusted(geometry.PADDING, 0, 0, 0), line.adjusted(0, 0, -geometry.PADDING, 0)
    yield text(QPointF(start.left(), line.center().y()), left, style, ink, "west")
    if right[0]:
        yield text(QPointF(end.right(), line.center().y()), *right, "east")


def font(points: float) -> str:
    """Type of this size."""
    return rf"\fontsize{{{number(points)}bp}}{{{number(points * 1.2)}bp}}\selectfont"


def text(at: QPointF, said: str, style: str, tint: str, anchor: str) -> str:
    """A line of text that is anchored here."""
    return rf"\node[{style}, anchor={anchor}, text={ink(tint)}] at {place(at)} {{{said}}};"


def dashed(pen: QPen, points: float) -> str:
    """The pattern of a line in the words of TikZ."""
    if pen.style() == Qt.PenStyle.SolidLine:
        return ""
    lengths = [fine(part * pen.widthF() * points) for part in pen.dashPattern()]
    parts = [
        f"{word} {length}bp" for word, length in zip(("on", "off") * len(lengths), lengths, strict=False)
    ]
    return f", dash pattern={' '.join(parts)}"


def filled(rect: QRectF, ground: str, rim: str | None = None, style: str = "card, ") -> str:
    """A rectangle with this ground, and with a rim if one is named."""
    draw = f", draw={ink(rim)}" if rim else ""
    return rf"\path[{style}fill={ink(ground)}{draw}] {box(rect)};"


def moved(line: QRectF, corner: QPointF, large: float) -> QRectF:
    """Where a line of a card in usual type lies, on a card with this corner and type so large."""
    return QRectF(line.topLeft() * large + corner, line.size() * large)


def box(rect: QRectF) -> str:
    """The path of a rectangle."""
    return f"{place(rect.topLeft())} rectangle {place(rect.bottomRight())}"


def place(point: QPointF) -> str:
    """A point."""
    return f"({number(point.x())},{number(point.y())})"


def color(tint: str) -> str:
    """The option for lines and text of this colour."""
    return f"color={ink(tint)}"


def ink(tint: str) -> str:
    """A colour in the words of xcolor, which TikZ loads."""
    red, green, blue, _alpha = QColor(tint).getRgb()
    return f"{{rgb,255:red,{red};green,{green};blue,{blue}}}"


def fine(value: float) -> str:
    """A length of the page, which may be small."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def number(value: float) -> str:
    """A length or place in scene units."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
