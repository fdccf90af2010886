"""Points of a generated table as a small picture: classes told apart by shape and colour. Knows no graph."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nodegraph.app.platform import style
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color, pen

Array = NDArray[np.float64]
SIDE_PX, MARGIN_PX, RADIUS_PX = 220, 12, 2.6


class Points(QWidget):
    """Paints points of two classes, or of none, in a square that holds them all."""

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("generate.points")
        self.setAccessibleName("The points")
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.MinimumExpanding)
        self.setMinimumSize(style.px(SIDE_PX), style.px(SIDE_PX))
        self.theme = theme
        self.points: Array = np.empty((0, 2))
        self.classes: Array = np.empty(0)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(style.px(SIDE_PX), style.px(SIDE_PX))

    def show_points(self, points: Array, classes: Array) -> None:
        """Show points, of shape (rows, 2), those of a class above 0 as discs, the others as rings."""
        self.points, self.classes = points, classes
        self.update()

    def places(self) -> Array:
        """Returns where the points lie in the widget, in pixels, of shape (rows, 2); as far apart in both
        directions as they are.
        """
        if not len(self.points):
            return self.points
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        room = min(self.width(), self.height()) - 2 * style.px(MARGIN_PX)
        ratio = room / max(float((high - low).max()), 1e-12)
        middle = np.array([self.width(), self.height()]) / 2
        return np.asarray(middle + (self.points - (low + high) / 2) * ratio * (1, -1), dtype=np.float64)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the points over the ground of a field."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(self.theme.border, 1.0))
        painter.setBrush(color(self.theme.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        radius = RADIUS_PX * style.scale()
        inks = (self.theme.forward, self.theme.positive)  # as on the stage
        for is_first in (False, True):
            ink = inks[is_first]
            painter.setPen(pen(ink, 1.2))
            painter.setBrush(color(ink) if is_first else Qt.BrushStyle.NoBrush)
            for x, y in self.places()[(self.classes > 0) == is_first].tolist():
                painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.end()
