"""A plot in the colours and type of the window. Draws lines it is given; knows no graph and no training.

pyqtgraph takes a moment to load, so whoever shows a plot imports this module when the plot is first wanted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from nodegraph.app.platform import style
from nodegraph.canvas.drawing.theme import Theme, color, font

Array = NDArray[np.float64]
FARTHEST = 1e30
"""What lies farther out is not drawn: the axes could not be reckoned, and the library crashes over that."""


OVER_PX = 3
"""How far the number of a tick may stand out above the axis; one that would farther is left out."""


class Plot(pyqtgraph.PlotWidget):
    """Named lines over two axes; no menu, no mouse of its own but what its owner takes."""

    def __init__(self, name: str, horizontal: str, vertical: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.titles = {"bottom": horizontal, "left": vertical}
        self.lines: dict[str, pyqtgraph.PlotDataItem] = {}
        self.plotItem.setMenuEnabled(False)
        self.plotItem.hideButtons()
        self.plotItem.setMouseEnabled(x=False, y=False)
        for side in self.titles:
            self.plotItem.getAxis(side).enableAutoSIPrefix(False)  # a loss in thousandths is written out
        room = style.px(OVER_PX)
        self.plotItem.layout.setContentsMargins(1, room, 1, 1)
        self.plotItem.getAxis("left").setStyle(hideOverlappingLabels=room)  # else it is cut off at the edge

    def set_theme(self, theme: Theme) -> None:
        """Axes and ground in these colours; lines are drawn anew by their owner."""
        self.setBackground(color(theme.panel))
        for side, title in self.titles.items():
            axis = self.plotItem.getAxis(side)
            axis.setPen(color(theme.border))
            axis.setTextPen(color(theme.dim))
            axis.setStyle(tickFont=font(style.px(11)))
            axis.label.setFont(font(style.px(12)))
            axis.setLabel(title, color=theme.dim)
        self.showGrid(x=True, y=True, alpha=0.12)

    def draw(self, name: str, x: Sequence[float] | Array, y: Sequence[float] | Array, pen: QPen) -> None:
        """Put a line there, or move it; what is not finite, or too far out, leaves a gap."""
        if name not in self.lines:
            self.lines[name] = self.plot(connect="finite", antialias=True)
        ys = np.asarray(y, dtype=float)
        self.lines[name].setData(np.asarray(x, dtype=float), np.where(is_near(ys), ys, np.nan), pen=pen)

    def mark(self, name: str, x: float, y: float, ink: str, size: float = 11.0) -> None:
        """Put a dot there, or move it; where it would be too far out, take it away."""
        if not is_near(np.array([x, y])).all():
            self.erase([name])
            return
        if name not in self.lines:
            self.lines[name] = self.plot()
        look = {"symbol": "o", "symbolSize": style.px(size), "symbolBrush": color(ink), "symbolPen": None}
        self.lines[name].setData([x], [y], pen=None, **look)

    def name_vertical(self, title: str) -> None:
        """Call what is drawn so."""
        if self.titles["left"] != title:
            self.titles["left"] = title
            self.plotItem.getAxis("left").setLabel(title)
        self.setAccessibleName(f"{title} by step")

    def erase(self, names: Sequence[str] | None = None) -> None:
        """Take lines away, all of them if none are named."""
        for name in list(self.lines) if names is None else names:
            if name in self.lines:
                self.removeItem(self.lines.pop(name))


def is_near(values: Array) -> NDArray[np.bool_]:
    """Which of these can be drawn."""
    return np.abs(values) <= FARTHEST


def line_pen(
    ink: str, width_px: float, ratio: float = 1.0, dash: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> QPen:
    """A pen of this width on the screen, whatever the scale of the axes."""
    pen = QPen(color(ink), width_px * style.scale() * ratio, dash)
    pen.setCosmetic(True)  # then Qt counts the width in the screen's own pixels
    return pen


class LowPlot(Plot):
    """A plot that is redrawn many times a second: without a grid, which takes 20 ms each time, and without
    the title below it where it is low.
    """

    low_px = 130
    """Below this height there is no title."""

    def set_theme(self, theme: Theme) -> None:
        """Axes and ground in these colours."""
        super().set_theme(theme)
        self.showGrid(x=False, y=False)
        self._show_title()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height the lines need it more than the title."""
        super().resizeEvent(event)
        self._show_title()

    def _show_title(self) -> None:
        if self.plotItem is not None:  # a view is resized while it is being made
            self.plotItem.getAxis("bottom").showLabel(self.height() >= style.px(self.low_px))
