"""The words of TikZ for shapes, places, colours and lines of text; coordinates are scene units."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.lettering import shortened_names, text_width
from nodegraph.canvas.drawing.theme import pen
from nodegraph.core.operations.latex_text import escaped
from nodegraph.core.typeset import Line, flat, joined

NARROWER = 0.85
"""How much less room a line of text has than on the canvas: TeX's bold type is the wider one."""
DOTS = 8.0
"""By how much TeX's three dots are wider than …"""
TYPES = {"name": geometry.NAME, "label": geometry.LABEL, "value": geometry.VALUE}
"""The types of the canvas by the styles of lines of a card."""


def row(
    line: QRectF, left: str, style: str, ink: str, right: tuple[str, str, str], names: tuple[Line, ...] = (),
    large: float = 1.0,
) -> Iterator[str]:  # fmt: skip
    """A line of a card in type so much larger than usual: what is written at its left, of which the longest
    `names` are shortened where there is no room for it, and a (text, style, colour) at its right.
    """
    said, kind, _tint = right
    taken = text_width(said, TYPES[kind]) if said else 0.0
    room = line.width() / large - 2 * geometry.PADDING - 8 - taken
    if names and text_width(joined(*names), TYPES[style]) > room * NARROWER:
        left = escaped(flat(shortened_names(names, room * NARROWER - DOTS, TYPES[style])))
    start, end = line.adjusted(geometry.PADDING, 0, 0, 0), line.adjusted(0, 0, -geometry.PADDING, 0)
    yield text(QPointF(start.left(), line.center().y()), left, style, ink, "west")
    if right[0]:
        yield text(QPointF(end.right(), line.center().y()), escaped(right[0]), *right[1:], "east")


def font(points: float) -> str:
    """Type of this size."""
    return rf"\fontsize{{{number(points)}bp}}{{{number(points * 1.2)}bp}}\selectfont"


def text(at: QPointF, said: str, style: str, tint: str, anchor: str) -> str:
    """A line of text that is anchored here."""
    return rf"\node[{style}, anchor={anchor}, text={ink(tint)}] at {place(at)} {{{said}}};"


def pill(rect: QRectF, said: str, style: str, tint: str, looks: str, points: float) -> str:
    """A line of text in a round box with these looks, which grows where TeX's type is the wider one."""
    wide, high = (fine(side * points) for side in (rect.width(), rect.height()))
    looks += f", minimum width={wide}bp, minimum height={high}bp, inner xsep={fine(4 * points)}bp"
    return rf"\node[card, {style}, {looks}, text={ink(tint)}] at {place(rect.center())} {{{said}}};"


def line(pieces: NDArray[np.float64], look: QPen, points: float) -> str:
    """A line along cubic pieces, shape (k, 4, 2), at so many points of the page a unit."""
    path = place(QPointF(*pieces[0, 0]))
    for piece in pieces:
        first, second, end = (place(QPointF(*point)) for point in piece[1:])
        path += f" .. controls {first} and {second} .. {end}"
    opacity = "" if look.color().alpha() == 255 else f", draw opacity={fine(look.color().alphaF())}"
    width = fine(look.widthF() * points)
    return (
        rf"\draw[line width={width}bp, {color(look.color().name())}{opacity}{dashed(look, points)}] {path};"
    )


def dashed(line: QPen, points: float) -> str:
    """The pattern of a line in the words of TikZ."""
    if line.style() == Qt.PenStyle.SolidLine:
        return ""
    lengths = [fine(part * line.widthF() * points) for part in line.dashPattern()]
    parts = [
        f"{word} {length}bp" for word, length in zip(("on", "off") * len(lengths), lengths, strict=False)
    ]
    return f", dash pattern={' '.join(parts)}"


def filled(rect: QRectF, ground: str, rim: str | None = None, style: str = "card, ") -> str:
    """A rectangle with this ground, and with a rim if one is named."""
    draw = f", draw={ink(rim)}" if rim else ""
    return rf"\path[{style}fill={ink(ground)}{draw}] {box(rect)};"


def rounded(rect: QRectF, points: float) -> str:
    """The option for corners that make a circle of a square."""
    return f"rounded corners={fine(rect.height() / 2 * points)}bp"


def drawn(line: QPen, points: float) -> str:
    """The options for a line in the colour and pattern of a pen."""
    return f"draw={ink(line.color().name())}{dashed(line, points)}"


def curve(path: QPainterPath, corner: QPointF, large: float) -> str:
    """A line and curves of a card in usual type, on a card with this corner and type so large."""
    words = {
        QPainterPath.ElementType.LineToElement: "--",
        QPainterPath.ElementType.CurveToElement: ".. controls",
    }
    said, curved = "", 0
    for number in range(path.elementCount()):
        step = path.elementAt(number)
        curved = 0 if step.type in words else curved + 1
        joint = words.get(step.type) or ("" if not number else "and" if curved == 1 else "..")
        said += f" {joint} {place(QPointF(step.x, step.y) * large + corner)}"
    return said.strip()


def said_beside(word: str, tint: str, size: float) -> str:
    """A word beside the name of a node, lighter than that and of this size in points."""
    return rf"\ {{\mdseries{font(size)}\color{ink(tint)}{word}}}"


def way_through(shape: geometry.CardShape, card: QRectF, tint: str, points: float) -> Iterator[str]:
    """The line on which the first input of a muted operation goes straight on."""
    large = card.width() / shape.width
    way = pen(tint, 1.75, Qt.PenStyle.DashLine)
    if shape.inputs:
        looks = f"line width={fine(way.widthF() * large * points)}bp, {drawn(way, points * large)}"
        yield rf"\draw[{looks}, draw opacity=0.7] {curve(shape.way_through(), card.topLeft(), large)};"


def dashed_rim(card: QRectF, tint: str, points: float) -> str:
    """The dashed rim of what is muted, or has a problem; a unit of usual type has so many points."""
    rim = pen(tint, 1.5, Qt.PenStyle.DashLine)
    return rf"\draw[card, line width={fine(rim.widthF() * points)}bp, {drawn(rim, points)}] {box(card)};"


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
