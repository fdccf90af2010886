"""All edges in one item, below the cards, and all chips in another, above them.

Geometry is kept in numpy arrays; near the eye each edge is a smooth path, far away all are plain lines drawn
in one call. Reads the scene's frame; knows no mouse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas import geometry
from nodegraph.canvas.node_item import TEXT_SCALE
from nodegraph.canvas.theme import color, font, metrics
from nodegraph.core.graph import EdgeKey

if TYPE_CHECKING:
    from nodegraph.canvas.scene import GraphScene

FAR_SCALE = 0.15
"""Below this scale edges are straight thin lines and cards flat rectangles."""
MOST_PATHS = 400
MOST_CHIPS = 300
WIDTH_STEPS = 8


class EdgeLayer(QGraphicsItem):
    """Paints every visible edge; `keys[i]` lies along `points[i]` of shape (SEGMENTS + 1, 2)."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(-1)
        self.graph_scene = scene
        self.keys: list[EdgeKey] = []
        self.number: dict[EdgeKey, int] = {}
        self.ends = np.empty((0, 4))
        self.points = np.empty((0, geometry.SEGMENTS + 1, 2))
        self.boxes = np.empty((0, 4))
        self._bounds = QRectF()

    def lay(self, ends: dict[EdgeKey, tuple[QPointF, QPointF]]) -> None:
        """Take over all edges with their two ends."""
        self.keys = list(ends)
        self.number = {key: index for index, key in enumerate(self.keys)}
        flat = [(a.x(), a.y(), b.x(), b.y()) for a, b in ends.values()]
        self.ends = np.array(flat, dtype=np.float64).reshape(-1, 4)
        self._measure(np.arange(len(self.keys)))

    def move(self, ends: dict[EdgeKey, tuple[QPointF, QPointF]]) -> None:
        """Put some of the edges elsewhere."""
        if not ends:
            return
        rows = np.array([self.number[key] for key in ends])
        self.ends[rows] = [(a.x(), a.y(), b.x(), b.y()) for a, b in ends.values()]
        self._measure(rows)

    def _measure(self, rows: NDArray[np.intp]) -> None:
        if len(self.points) != len(self.keys):
            self.points = np.empty((len(self.keys), geometry.SEGMENTS + 1, 2))
            self.boxes = np.empty((len(self.keys), 4))
        self.points[rows] = geometry.flattened(self.ends[rows])
        low, high = self.points[rows].min(axis=1), self.points[rows].max(axis=1)
        self.boxes[rows] = np.concatenate([low, high], axis=1)
        self.prepareGeometryChange()
        self._bounds = QRectF()
        if len(self.boxes):
            left, top = self.boxes[:, :2].min(axis=0)
            right, bottom = self.boxes[:, 2:].max(axis=0)
            self._bounds = QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-16, -16, 16, 16)
        self.update()

    def visible(self, rect: QRectF) -> NDArray[np.intp]:
        """The numbers of the edges that may show in a rectangle."""
        b = self.boxes
        shown = (b[:, 0] <= rect.right()) & (b[:, 2] >= rect.left())
        shown &= (b[:, 1] <= rect.bottom()) & (b[:, 3] >= rect.top())
        return np.flatnonzero(shown)

    def at(self, place: QPointF, reach: float) -> EdgeKey | None:
        """The edge nearest to a place, if it is within reach."""
        near = self.visible(QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach))
        if not len(near):
            return None
        distances = geometry.distances_to(self.points[near], place.x(), place.y())
        nearest = int(distances.argmin())
        return self.keys[near[nearest]] if distances[nearest] <= reach else None

    # --- Qt
    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        rows = self.visible(option.exposedRect.adjusted(-8, -8, 8, 8))
        if scale < FAR_SCALE:
            self._paint_far(painter, rows)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        groups: dict[tuple[int, float, Qt.PenStyle, int], list[int]] = defaultdict(list)
        for row in rows:
            ink, width, style, level = self.graph_scene.edge_pen(self.keys[row])
            groups[ink.rgba(), width, style, level].append(int(row))
        smooth = len(rows) <= MOST_PATHS and scale >= TEXT_SCALE
        for (rgba, width, style, _), members in sorted(groups.items(), key=lambda item: item[0][3]):
            painter.setPen(_pen(rgba, width, style))
            if smooth:
                for row in members:
                    x1, y1, x2, y2 = self.ends[row]
                    painter.drawPath(geometry.edge_path(QPointF(x1, y1), QPointF(x2, y2)))
            else:
                _draw_lines(painter, _segments(self.points[members]))

    def _paint_far(self, painter: QPainter, rows: NDArray[np.intp]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        theme = self.graph_scene.theme
        painter.setPen(QPen(color(theme.edge), 0))
        _draw_lines(painter, np.ascontiguousarray(self.ends[rows]))


class FarLayer(QGraphicsItem):
    """All cards as flat rectangles, for views from far away; the scene then hides the cards themselves."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.graph_scene = scene
        self._bounds = QRectF()
        self.setVisible(False)

    def cover(self, bounds: QRectF) -> None:
        """Say how far the graph reaches."""
        self.prepareGeometryChange()
        self._bounds = bounds

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        groups: dict[int, list[QRectF]] = defaultdict(list)
        for item in self.graph_scene.items_by_id.values():
            groups[self.graph_scene.far_ink(item).rgba()].append(item.card)
        for rgba, rects in groups.items():
            painter.setBrush(QBrush(_pen(rgba, 1, Qt.PenStyle.SolidLine).color()))
            painter.drawRects(rects)


class ChipLayer(QGraphicsItem):
    """The numbers on the edges, above the cards, with the pulse of the step that plays."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(2)
        self.graph_scene = scene

    def boundingRect(self) -> QRectF:
        bounds = self.graph_scene.edge_layer.boundingRect()
        return bounds.adjusted(-120, -40, 120, 40) if not bounds.isNull() else bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        if scale < TEXT_SCALE:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layer = self.graph_scene.edge_layer
        rows = layer.visible(option.exposedRect.adjusted(-120, -40, 120, 40))
        if len(rows) <= MOST_CHIPS:
            self._paint_chips(painter, [layer.keys[row] for row in rows])
        self._paint_pulses(painter)

    def _paint_chips(self, painter: QPainter, keys: Sequence[EdgeKey]) -> None:
        scene = self.graph_scene
        for key in keys:
            chip = scene.chip(key)
            if chip is None:
                continue
            text, ink, ground, opening = chip
            rect = scene.chip_rect(key, text)
            if opening < 1:
                trim = rect.width() * (1 - opening) / 2
                rect = rect.adjusted(trim, 0, -trim, 0)
            painter.setPen(QPen(color(ink), 1.75 if key in scene.active_edges else 1))
            painter.setBrush(color(ground))
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            if opening >= 1:
                _centred(painter, rect, text, ink)

    def _paint_pulses(self, painter: QPainter) -> None:
        scene = self.graph_scene
        for place, text, ink in scene.pulses():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ink, 0.22))
            painter.drawEllipse(place, 14, 14)
            width = max(18.0, metrics(*geometry.CHIP).horizontalAdvance(text) + 12)
            rect = QRectF(place.x() - width / 2, place.y() - 9, width, 18)
            painter.setBrush(color(ink))
            painter.drawRoundedRect(rect, 9, 9)
            _centred(painter, rect, text, scene.theme.card)


def _centred(painter: QPainter, rect: QRectF, text: str, ink: str) -> None:
    measure = metrics(*geometry.CHIP)
    painter.setFont(font(*geometry.CHIP))
    painter.setPen(color(ink))
    left = rect.center().x() - measure.horizontalAdvance(text) / 2
    painter.drawText(QPointF(left, rect.center().y() + measure.capHeight() / 2), text)


def _pen(rgba: int, width: float, style: Qt.PenStyle) -> QPen:
    return QPen(QColor.fromRgba(rgba), width, style, Qt.PenCapStyle.FlatCap)


def _segments(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Polylines as separate lines: shape (m, 4)."""
    return np.ascontiguousarray(np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4))


def _draw_lines(painter: QPainter, lines: NDArray[np.float64]) -> None:
    """Draw lines of shape (m, 4) straight from the array, which must stay alive during the call."""
    if len(lines):
        first: QLineF = shiboken6.wrapInstance(lines.ctypes.data, QLineF)  # type: ignore[assignment]
        painter.drawLines(first, len(lines))
