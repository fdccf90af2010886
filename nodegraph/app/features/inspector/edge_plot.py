"""A small plot of one operation along one input, with the line that touches it at the value. Paints a curve
that it is given; computes nothing.
"""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nodegraph.app.platform import style
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color, font, gradient_colors
from nodegraph.core.engine.operation_curve import OperationCurve
from nodegraph.core.numbers import format_number

HEIGHT_PX, DOT_PX = 148, 4.0
DIGITS = 4


class EdgePlot(QWidget):
    """The curve, the tangent, and a dot where the graph stands; where there is no value the ground is
    hatched.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector.edge_plot")
        self.theme: Theme = LIGHT
        self.curve: OperationCurve | None = None
        self.names = ("", "")
        """What runs to the right, and what upwards."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(style.px(HEIGHT_PX))

    def show_curve(self, curve: OperationCurve | None, names: tuple[str, str], said: str) -> None:
        """Show this curve; `said` tells of it where it cannot be seen."""
        self.curve, self.names = curve, names
        self.setAccessibleName(f"Plot of {names[1]} along {names[0]}")
        self.setAccessibleDescription(said)
        self.update()

    # --- places
    def frame(self) -> QRectF:
        """Where the curve is drawn, between the numbers of the axes."""
        line = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(1, line + 2, -1, -line - 4)

    def place(self, x: float, y: float) -> QPointF:
        """Where a point of the curve is in the widget, no farther out than can be painted."""
        curve, rect = self.curve, self.frame()
        assert curve is not None
        right = _share(x, float(curve.x[0]), float(curve.x[-1]))
        up = _share(y, curve.low, curve.high)
        return QPointF(rect.left() + right * rect.width(), rect.bottom() - up * rect.height())

    # --- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, axes, curve, tangent, dot and the numbers at the axes."""
        painter = QPainter(self)
        painter.setFont(font(style.px(11)))
        rect = self.frame()
        painter.fillRect(rect, color(self.theme.background))
        if self.curve is not None:
            painter.save()
            painter.setClipRect(rect)
            self._paint_outside(painter, self.curve, rect)
            self._paint_axes(painter, self.curve, rect)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_curve(painter, self.curve)
            self._paint_tangent(painter, self.curve)
            painter.restore()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_dot(painter, self.curve)
            self._paint_words(painter, self.curve, rect)
        painter.setPen(QPen(color(self.theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    def _paint_outside(self, painter: QPainter, curve: OperationCurve, rect: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self.theme.border))
        brush = painter.brush()
        brush.setStyle(Qt.BrushStyle.BDiagPattern)
        for start, end in curve.outside:
            left, right = self.place(start, curve.low).x(), self.place(end, curve.low).x()
            painter.fillRect(QRectF(left, rect.top(), right - left, rect.height()), brush)

    def _paint_axes(self, painter: QPainter, curve: OperationCurve, rect: QRectF) -> None:
        """Thin lines at 0."""
        painter.setPen(QPen(color(self.theme.border), 1))
        if curve.low < 0 < curve.high:
            level = self.place(curve.tangent.at, 0.0).y()
            painter.drawLine(QPointF(rect.left(), level), QPointF(rect.right(), level))
        if curve.x[0] < 0 < curve.x[-1]:
            upright = self.place(0.0, curve.low).x()
            painter.drawLine(QPointF(upright, rect.top()), QPointF(upright, rect.bottom()))

    def _paint_curve(self, painter: QPainter, curve: OperationCurve) -> None:
        painter.setPen(QPen(color(self.theme.forward), 2 * style.scale()))
        gaps = np.flatnonzero(np.isnan(curve.y))
        for start, end in zip([0, *(gaps + 1)], [*gaps, len(curve.y)], strict=True):
            if end - start > 1:
                pairs = zip(curve.x[start:end].tolist(), curve.y[start:end].tolist(), strict=True)
                painter.drawPolyline(QPolygonF([self.place(x, y) for x, y in pairs]))

    def _paint_tangent(self, painter: QPainter, curve: OperationCurve) -> None:
        tangent = curve.tangent
        if not tangent.is_there:
            return
        ink = color(gradient_colors(self.theme, tangent.gradient)[0])
        painter.setPen(QPen(ink, 1.75 * style.scale(), Qt.PenStyle.DashLine))
        ends = [(x, tangent.predicted(x)) for x in _tangent_ends(curve)]
        painter.drawLine(*(self.place(x, y) for x, y in ends))

    def _paint_dot(self, painter: QPainter, curve: OperationCurve) -> None:
        """On the rim, and hollow, where the value is infinite; none where it is no number."""
        tangent = curve.tangent
        if math.isnan(tangent.value):
            return
        size = DOT_PX * style.scale()
        ink = color(gradient_colors(self.theme, tangent.gradient)[0])
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if math.isfinite(tangent.value) else color(self.theme.background))
        level = max(curve.low, min(tangent.value, curve.high))
        painter.drawEllipse(self.place(tangent.at, level), size, size)

    def _paint_words(self, painter: QPainter, curve: OperationCurve, rect: QRectF) -> None:
        """What runs where, and from where to where."""
        painter.setPen(color(self.theme.dim))
        ends = [format_number(number, DIGITS) for number in (float(curve.x[0]), float(curve.x[-1]))]
        across, up = self.names
        below = QRectF(rect.left(), rect.bottom() + 2, rect.width(), self.height() - rect.bottom() - 2)
        here = f"{across} = {format_number(curve.tangent.at, DIGITS)}"
        above = QRectF(rect.left(), 0, rect.width(), rect.top() - 1)
        shown = painter.fontMetrics().elidedText(up, Qt.TextElideMode.ElideRight, int(rect.width()))
        for where, side, text in (
            (above, Qt.AlignmentFlag.AlignLeft, shown),
            (below, Qt.AlignmentFlag.AlignLeft, ends[0]),
            (below, Qt.AlignmentFlag.AlignRight, ends[1]),
            (below, Qt.AlignmentFlag.AlignHCenter, here),
        ):
            painter.drawText(where, side | Qt.AlignmentFlag.AlignTop, text)


def _share(value: float, low: float, high: float) -> float:
    """How far a number is from one to another, 0…1, at most somewhat beyond; numbers may be the largest."""
    width = high / 2 - low / 2
    if not width or math.isnan(value):
        return 0.5
    return max(-1.0, min((value / 2 - low / 2) / width, 2.0))


def _tangent_ends(curve: OperationCurve) -> tuple[float, float]:
    """From where to where along x the tangent is in sight, so that its ends can be painted as they are."""
    tangent, ends = curve.tangent, (float(curve.x[0]), float(curve.x[-1]))
    if not tangent.gradient:
        return ends
    height = curve.high / 2 - curve.low / 2
    reach = abs(2 * height / tangent.gradient)
    return max(ends[0], tangent.at - 2 * reach), min(ends[1], tangent.at + 2 * reach)
