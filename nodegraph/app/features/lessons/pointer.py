"""Draws the eye to nodes, edges and controls: a ring round each, above everything in the window. Takes no
mouse and knows no lesson.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nodegraph.app.platform import style
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.graph.records import EdgeKey

PULSE_MS = 1100
PULSES = 3
REACH_PX = 14
"""How far a pulse goes beyond its ring."""
GAP_PX = 5
EDGE_PX = 15
"""The width of the band along an edge at its real size."""
MOST_EDGES = 200
"""With more edges than these no band spares the numbers on them."""

Target = str | EdgeKey | QWidget | QRect
"""A node by id, an edge by key, a widget, or a place of the window."""


class Pointer(QWidget):
    """A pane of glass over the window with rings on it. Hidden while nothing is pointed at."""

    def __init__(self, window: QWidget, canvas: CanvasView) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas = canvas
        self.theme: Theme = LIGHT
        self.targets: list[Target] = []
        self.is_still = False
        """Whether rings stand still, for whoever asked for less motion."""
        self._drawn = QRect()
        self._pulse = QVariantAnimation(
            self, startValue=0.0, endValue=1.0, duration=PULSE_MS, loopCount=PULSES
        )
        self._pulse.valueChanged.connect(self._redraw)
        self._pulse.finished.connect(self._redraw)
        canvas.moved.connect(self._redraw)
        canvas.graph_scene.arranged.connect(self._redraw)
        canvas.graph_scene.replaced.connect(self._redraw)
        self.hide()

    def point_at(self, targets: Sequence[Target]) -> None:
        """Ring these, and nothing else."""
        self._pulse.stop()
        self.targets = list(targets)
        self.setVisible(bool(self.targets))
        window = self.parentWidget()
        window.removeEventFilter(self)
        if self.targets:
            window.installEventFilter(self)
            self.setGeometry(window.rect())
            self.raise_()
            if not self.is_still:
                self._pulse.start()
        self._redraw()

    @property
    def is_pulsing(self) -> bool:
        """Whether rings move."""
        return self._pulse.state() == QVariantAnimation.State.Running

    def set_theme(self, theme: Theme) -> None:
        """Ring in these colours."""
        self.theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The glass is as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
        return False

    # --- where
    def shapes(self) -> list[QPainterPath]:
        """The outline of each target that can be seen, in pixels of the window."""
        found = (self._shape(target) for target in self.targets)
        return [shape for shape in found if not shape.isEmpty()]

    def _shape(self, target: Target) -> QPainterPath:
        if isinstance(target, QWidget):
            if not target.isVisible():
                return QPainterPath()
            corner = target.mapTo(self.parentWidget(), QPoint(0, 0))
            rim = GAP_PX + 2  # a ring at the window's edge stays inside it
            room = self.parentWidget().rect().adjusted(*map(style.px, (rim, rim, -rim, -rim)))
            return _ring(QRectF(QRect(corner, target.size()).intersected(room)))
        if isinstance(target, QRect):
            return _ring(QRectF(target))
        if not self.canvas.isVisible():
            return QPainterPath()
        scene = self.canvas.graph_scene
        if isinstance(target, str):
            if target not in scene.items_by_id:
                return QPainterPath()
            return _ring(QRectF(self._on_window(scene.card_of(target))))
        if target not in scene.edge_layer.rows.number:
            return QPainterPath()
        return self._along(target)

    def _along(self, key: EdgeKey) -> QPainterPath:
        points = self.canvas.graph_scene.edge_layer.curve(key)
        places = [self.pixel(QPointF(float(x), float(y))) for x, y in points]
        path = QPainterPath(places[0])
        for place in places[1:]:
            path.lineTo(place)
        return path

    def pixel(self, place: QPointF) -> QPointF:
        """Returns the pixel of the window at which a place of the scene is shown."""
        on_canvas = self.canvas.viewportTransform().map(place)
        return on_canvas + QPointF(self.canvas.viewport().mapTo(self.parentWidget(), QPoint(0, 0)))

    def _on_window(self, rect: QRectF) -> QRectF:
        return QRectF(self.pixel(rect.topLeft()), self.pixel(rect.bottomRight()))

    def _canvas_rect(self) -> QRect:
        viewport = self.canvas.viewport()
        return QRect(viewport.mapTo(self.parentWidget(), QPoint(0, 0)), viewport.size())

    # --- painting
    def _redraw(self, _what: object = None) -> None:
        if not self.targets:
            return
        reach = style.px(REACH_PX) + 4
        rect = QRect()
        for shape in self.shapes():
            rect = rect.united(shape.boundingRect().toAlignedRect().adjusted(-reach, -reach, reach, reach))
        self.update(rect.united(self._drawn))
        self._drawn = rect

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ring in the pointer's colour on a rim of the ground's, and the pulse that leaves it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for target in self.targets:
                shape = self._shape(target)
                if not shape.isEmpty():
                    on_canvas = not isinstance(target, QWidget | QRect)
                    is_edge = isinstance(target, tuple)
                    painter.setClipRect(self._canvas_rect() if on_canvas else self.rect())
                    if is_edge:
                        painter.setClipPath(self.beside_chips(), Qt.ClipOperation.IntersectClip)
                    self._paint(painter, shape, is_edge=is_edge)

    def beside_chips(self) -> QPainterPath:
        """The canvas without the numbers on its edges, which a band would make hard to read."""
        path = QPainterPath()
        path.addRect(QRectF(self._canvas_rect()))
        scene = self.canvas.graph_scene
        keys = scene.edge_layer.rows.number
        for key in keys if len(keys) <= MOST_EDGES else ():
            chip = scene.showing.chip(key)
            if chip is not None:
                path.addRect(self._on_window(scene.showing.chip_rect(key, chip[0])))
        return path

    def _paint(self, painter: QPainter, shape: QPainterPath, *, is_edge: bool) -> None:
        ink, ground = self.theme.pointer, self.theme.background
        painter.setBrush(Qt.BrushStyle.NoBrush)
        width = max(style.px(6), min(style.px(EDGE_PX) * self.canvas.zoom, style.px(EDGE_PX)))
        if is_edge:
            painter.setPen(_round_pen(color(ink, 0.35), width))
            painter.drawPath(shape)
        else:
            painter.setPen(_round_pen(color(ground, 0.8), style.px(6)))
            painter.drawPath(shape)
            painter.setPen(_round_pen(color(ink), style.px(3)))
            painter.drawPath(shape)
        if self.is_pulsing:
            share = float(self._pulse.currentValue())
            reach = share * style.px(REACH_PX)
            painter.setPen(_round_pen(color(ink, round((1 - share) * 0.7, 2)), style.px(2)))
            if is_edge:
                painter.setPen(_round_pen(color(ink, round((1 - share) * 0.35, 2)), width + 2 * reach))
                painter.drawPath(shape)
            else:
                painter.drawPath(_ring(shape.boundingRect(), reach))


def _round_pen(ink: object, width: float) -> QPen:
    caps, joins = Qt.PenCapStyle, Qt.PenJoinStyle
    return QPen(ink, width, Qt.PenStyle.SolidLine, caps.RoundCap, joins.RoundJoin)


def _ring(rect: QRectF, gap: float | None = None) -> QPainterPath:
    gap = style.px(GAP_PX) if gap is None else gap
    path = QPainterPath()
    path.addRoundedRect(rect.adjusted(-gap, -gap, gap, gap), 8 + gap, 8 + gap)
    return path
