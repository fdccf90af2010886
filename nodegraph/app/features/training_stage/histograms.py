"""Histograms by layer, one below the other: how weights or gradients are spread. Paints what it is given."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nodegraph.app.platform import style
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color, font
from nodegraph.core.numbers import format_number
from nodegraph.core.stage.layers import Histogram

ROW_PX, TITLE_PX, GAP_PX = 40, 86, 6
DIGITS = 3


class Histograms(QWidget):
    """A row for each layer: its title and how many numbers it has, the bars, and from where to where."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.theme: Theme = LIGHT
        self.spreads: Mapping[str, Histogram] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.update()

    def show_spreads(self, spreads: Mapping[str, Histogram], of: str) -> None:
        """Show these; `of` says what is spread."""
        grows = len(spreads) != len(self.spreads)
        self.spreads = spreads
        self.setAccessibleName(f"{of} by layer")
        self.setAccessibleDescription(". ".join(told(title, it) for title, it in spreads.items()))
        if grows:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(style.px(240), max(1, len(self.spreads)) * style.px(ROW_PX))

    def minimumSizeHint(self) -> QSize:
        """Its rows are never cut."""
        return QSize(style.px(160), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rows."""
        with QPainter(self) as painter:
            painter.setFont(font(style.px(11)))
            for place, (title, spread) in enumerate(self.spreads.items()):
                top, height = place * style.px(ROW_PX), style.px(ROW_PX) - style.px(GAP_PX)
                self._paint_row(painter, QRectF(0, top, self.width(), height), title, spread)

    def _paint_row(self, painter: QPainter, row: QRectF, title: str, spread: Histogram) -> None:
        line = painter.fontMetrics().height()
        side = QRectF(row.left(), row.top(), style.px(TITLE_PX), row.height())
        painter.setPen(color(self.theme.text))
        painter.drawText(side, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        painter.setPen(color(self.theme.dim))
        under = side.adjusted(0, line, 0, 0)
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, _count(spread))
        bars = row.adjusted(style.px(TITLE_PX), 0, -1, -line)
        self._paint_bars(painter, bars, spread)
        ends = QRectF(bars.left(), bars.bottom() + 1, bars.width(), line)
        painter.setPen(color(self.theme.dim))
        if spread.counts.any():
            for flag, number in (
                (Qt.AlignmentFlag.AlignLeft, spread.edges[0]),
                (Qt.AlignmentFlag.AlignRight, spread.edges[-1]),
            ):
                painter.drawText(ends, flag | Qt.AlignmentFlag.AlignTop, format_number(float(number), DIGITS))

    def _paint_bars(self, painter: QPainter, room: QRectF, spread: Histogram) -> None:
        most, width = max(1, int(spread.counts.max())), room.width() / len(spread.counts)
        for place, count in enumerate(spread.counts.tolist()):
            height = room.height() * count / most
            if count:
                bar = QRectF(room.left() + place * width, room.bottom() - height, max(1.0, width - 1), height)
                painter.fillRect(bar, color(self.theme.accent))
        painter.setPen(color(self.theme.border))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        low, high = float(spread.edges[0]), float(spread.edges[-1])
        if low < 0 < high:
            x = room.left() - low / (high - low) * room.width()
            painter.setPen(color(self.theme.dim))
            painter.drawLine(int(x), int(room.top()), int(x), int(room.bottom()))


def told(title: str, spread: Histogram) -> str:
    """Returns a histogram in words, for whoever does not see it."""
    if not spread.counts.any():
        return f"{title}: {_count(spread)}"
    low, high = (format_number(float(edge), DIGITS) for edge in (spread.edges[0], spread.edges[-1]))
    peak = int(spread.counts.argmax())
    middle = format_number(float((spread.edges[peak] + spread.edges[peak + 1]) / 2), DIGITS)
    lost = f"; {spread.not_finite:,} not finite" if spread.not_finite else ""
    return f"{title}: {_numbers(spread)} from {low} to {high}, most near {middle}{lost}"


def _count(spread: Histogram) -> str:
    lost = f", {spread.not_finite:,} not finite" if spread.not_finite else ""
    return f"{_numbers(spread)}{lost}"


def _numbers(spread: Histogram) -> str:
    count = int(spread.counts.sum())
    return f"{count:,} number{'' if count == 1 else 's'}"
