"""A question mark on the canvas: where the number will stand that somebody is to predict.

Says which line of which card, or which edge's chip, and paints it. Knows neither question nor answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from nodegraph.canvas.drawing.geometry import LABEL, PADDING, VALUE
from nodegraph.canvas.drawing.lettering import shortened_names, text_width, write_centred, write_left
from nodegraph.canvas.drawing.theme import Theme, color, pen
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.typeset import Line

CardLine = Literal["value", "gradient"]
WIDTH = 34.0
PILL_PX, LARGEST_PILL = 13.0, 48
"""How high the type on a pill is on the screen at least, and in scene units at most."""
RIM = 6.0
"""How far round its card the dashed line runs."""


@dataclass(frozen=True)
class Asked:
    """The line of a card, or the chip of an edge with what it says meanwhile: 5 × ? = …"""

    node_id: str = ""
    line: CardLine = "value"
    edge: EdgeKey | None = None
    text: str = ""


def paint_line(painter: QPainter, theme: Theme, line: QRectF, names: tuple[Line, ...]) -> None:
    """A line of a card with a question mark in place of its number."""
    box = QRectF(line.right() - PADDING - WIDTH + 4, line.top() + 3, WIDTH, line.height() - 6)
    word = shortened_names(names, box.left() - line.left() - PADDING - 6, LABEL)
    write_left(painter, line.adjusted(PADDING, 0, 0, 0), word, LABEL, theme.dim)
    painter.setPen(pen(theme.accent, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(color(theme.accent, 0.14))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    write_centred(painter, box, "?", VALUE, theme.accent)


def paint_pill(painter: QPainter, theme: Theme, card: QRectF, text: Line, scale: float) -> None:
    """What a card that stands for many hides of the question, on its lower edge, in type that can be read at
    this scale.
    """
    style = min(LARGEST_PILL, max(VALUE[0], round(PILL_PX / scale))), VALUE[1]
    width, height = text_width(text, style) + style[0], style[0] * 1.6
    box = QRectF(card.center().x() - width / 2, card.bottom() + RIM - height / 2, width, height)
    painter.setPen(pen(theme.accent, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(color(theme.card))
    painter.drawRoundedRect(box, height / 2, height / 2)
    write_centred(painter, box, text, style, theme.accent)


def paint_rim(painter: QPainter, theme: Theme, card: QRectF, radius: float) -> None:
    """A dashed line round the card in question."""
    painter.setPen(pen(theme.accent, 2, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(card.adjusted(-RIM, -RIM, RIM, RIM), radius + 5, radius + 5)
