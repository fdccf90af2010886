"""The timeline: a slider over all steps of both passes, painted so that one sees where backward begins.
Knows how many steps there are, not what happens in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_slider_keys
from nodegraph.canvas.drawing import theme as themes
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.canvas.pictures.ground import Ground

LEAST_DOT_GAP_PX = 9
HANDLE_REACH = 14
"""How far the handle reaches from its middle at most, with the rim that it has with the focus."""
STYLED = {QEvent.Type.Polish, QEvent.Type.StyleChange}
"""Events that tell that a widget has got its style."""


@keeps_slider_keys
class Timeline(QSlider):
    """A slider from 0 (before the first step) to the number of steps; `forward` of them are the forward
    pass.
    """

    pressed_at = Signal()
    """The person took hold of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("timeline")
        self.setAccessibleName("Timeline")
        self.setRange(0, 0)
        self.setPageStep(5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._ground = Ground(self)
        self.theme: Theme = LIGHT
        self.forward = 0
        self._painted_at = 0
        """The value that is painted, or will be: another one moves the handle."""
        self.second = "backward"
        self.describe: Callable[[int], str] = str
        """What to say about a position when the pointer rests on it."""

    def set_steps(self, forward: int, steps: int, second: str = "backward") -> None:
        """How many steps there are, how many of them are the forward pass, and what the others are called.
        The value stays where it can.
        """
        if (forward, steps, second) == (self.forward, self.maximum(), self.second):
            return
        self.forward = forward
        self.second = second
        self.setRange(0, steps)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint it in this theme."""
        self.theme = theme
        self.update()

    # --- where things lie
    def sizeHint(self) -> QSize:
        """High enough for the labels above the line."""
        return QSize(style.px(300), style.px(48))

    def minimumSizeHint(self) -> QSize:
        """It can become rather narrow."""
        return QSize(style.px(120), style.px(48))

    def x_of(self, position: int) -> float:
        """Returns the x coordinate of a position."""
        inset = style.px(12)
        return inset + (self.width() - 2 * inset) * position / max(self.maximum(), 1)

    def position_at(self, x: float) -> int:
        """The position nearest to a place."""
        inset = style.px(12)
        share = (x - inset) / max(self.width() - 2 * inset, 1)
        return max(0, min(round(share * self.maximum()), self.maximum()))

    @property
    def _line_y(self) -> float:
        return self.height() / 2

    # --- the hand
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press goes where it is and takes hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.pressed_at.emit()
            self.setValue(self.position_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag scrubs."""
        if self.isSliderDown():
            self.setValue(self.position_at(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the drag."""
        self.setSliderDown(False)

    def event(self, event: QEvent) -> bool:
        """A resting pointer reads the step below it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.describe(self.position_at(event.pos().x())), self)
            return True
        is_done = super().event(event)
        if event.type() in STYLED:  # style sheets take it back; without it Qt paints all that lies behind
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        return is_done

    # --- paint
    def sliderChange(self, change: QSlider.SliderChange) -> None:
        """Have painted again what another value changes: between the handle's old place and the new one."""
        if change != QSlider.SliderChange.SliderValueChange:
            super().sliderChange(change)
            return
        left, right = sorted(map(self.x_of, (self._painted_at, self.value())))
        reach, self._painted_at = style.px(HANDLE_REACH), self.value()
        self.update(QRectF(left - reach, 0, right - left + 2 * reach, self.height()).toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line with its two parts, the dots, the labels and the handle."""
        look = self.theme, self.forward, self.maximum(), self.second, style.scale()
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ground.picture(look, self._paint_ground, self.theme.panel))
            if self.maximum():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_way(painter)
                self._paint_dots(painter, event.rect())
                self._paint_handle(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        """The line and the labels, which are the same at all steps."""
        painter.setPen(Qt.PenStyle.NoPen)
        self._bar(painter, self.x_of(0), self.x_of(max(self.maximum(), 1)), self.theme.line)
        if self.maximum():
            self._paint_labels(painter)

    def _paint_way(self, painter: QPainter) -> None:
        boundary, here = self.x_of(self.forward), self.x_of(self.value())
        painter.setPen(Qt.PenStyle.NoPen)
        self._bar(painter, self.x_of(0), min(here, boundary), self.theme.forward)
        self._bar(painter, boundary, here, self.theme.positive)

    def _bar(self, painter: QPainter, left: float, right: float, colour: str) -> None:
        if right > left:
            thickness = style.px(5)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(
                QRectF(left, self._line_y - thickness / 2, right - left, thickness),
                thickness / 2,
                thickness / 2,
            )

    def _paint_dots(self, painter: QPainter, exposed: QRect) -> None:
        shown: Sequence[int] = ()
        if (self.width() - 24) / self.maximum() >= LEAST_DOT_GAP_PX:
            shown = range(self.maximum() + 1)
        elif 0 < self.forward < self.maximum():
            shown = 0, self.forward, self.maximum()
        radius, first, last = style.px(3), self.x_of(0), self.x_of(self.maximum())
        places = ((position, first + (last - first) * position / self.maximum()) for position in shown)
        left, right = exposed.left() - 2 * radius, exposed.right() + 2 * radius
        inks = self.theme.forward, self.theme.positive, self.theme.edge
        painter.setBrush(QColor(self.theme.panel))
        for position, x in places:
            if left <= x <= right:
                ink = inks[2] if position > self.value() else inks[position > self.forward]
                painter.setPen(QPen(QColor(ink), 1.25))
                painter.drawEllipse(QPointF(x, self._line_y), radius, radius)

    def _paint_labels(self, painter: QPainter) -> None:
        size, x = style.px(11), self.x_of(self.forward)
        painter.setFont(themes.font(size, QFont.Weight.DemiBold))
        baseline, gap = self._line_y - style.px(12), style.px(8)
        forward_width = _width("forward", size)
        painter.setPen(QColor(self.theme.forward))
        painter.drawText(QPointF(max(0.0, x - gap - forward_width), baseline), "forward")
        if self.forward < self.maximum():
            painter.setPen(QColor(self.theme.positive))
            left = max(x + gap, forward_width + 2 * gap)
            left = min(left, self.width() - _width(self.second, size))
            painter.drawText(QPointF(left, baseline), self.second)
            painter.setPen(QPen(QColor(self.theme.edge), 1))
            painter.drawLine(QPointF(x, style.px(3)), QPointF(x, self._line_y - style.px(5)))

    def _paint_handle(self, painter: QPainter) -> None:
        ink = self.theme.positive if self.value() > self.forward else self.theme.forward
        center = QPointF(self.x_of(self.value()), self._line_y)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(center, style.px(11.5), style.px(11.5))
        painter.setPen(QPen(QColor(self.theme.panel), 2.5))
        painter.setBrush(QColor(ink))
        painter.drawEllipse(center, style.px(8.5), style.px(8.5))


@lru_cache(maxsize=64)
def _width(label: str, size_px: int) -> int:
    """How wide a label is: to measure it takes longer than to draw it."""
    return QFontMetrics(themes.font(size_px, QFont.Weight.DemiBold)).horizontalAdvance(label)
