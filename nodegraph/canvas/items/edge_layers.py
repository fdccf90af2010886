"""All edges in one item, below the cards, and all chips in another, above them.

Geometry is kept in numpy arrays; near the eye each edge is a smooth path, far away all are plain lines drawn
in one call. Reads the scene's frame; knows no mouse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.arrays import draw_lines, draw_rects
from nodegraph.canvas.drawing.edge_styles import edge_pen, far_color
from nodegraph.canvas.drawing.lettering import text_width, write_centred
from nodegraph.canvas.drawing.rows import Rows
from nodegraph.canvas.drawing.theme import color, pen
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.node_item import LABEL_SCALE, TEXT_SCALE
from nodegraph.core.graph.records import EdgeKey

if TYPE_CHECKING:
    from nodegraph.canvas.items.looks import EdgeLook

FAR_SCALE = 0.2
"""Below this scale edges are straight thin lines and cards flat rectangles."""
SPARE = 2048.0
"""Room left round a layer, so that few moves make Qt take it for another size and paint it whole."""
MOST_PATHS = 150
"""More visible edges than these are drawn as polylines."""
MOST_CHIPS = 300
"""With more visible edges than these only those of the active step have chips."""
FEW_CHIPS = 40
"""The same where the small labels are gone: a small graph on a small screen keeps its chips."""
CHIP_GAP = -2.0
"""How far below a chip its badges begin."""
CHIP_REACH = 280.0
"""How far a chip may reach beyond its edge's box."""


class EdgeLayer(QGraphicsItem):
    """Paints every visible edge; row i of `rows` (x1 y1 x2 y2) lies along `points[i]`."""

    def __init__(self, scene: EdgeLook) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(-1)
        self.graph_scene = scene
        self.rows: Rows[EdgeKey] = Rows(4)
        self.points = np.empty((0, geometry.SEGMENTS + 1, 2))
        self.boxes = np.empty((0, 4))
        self._bounds = QRectF()

    def show_rows(self, rows: Rows[EdgeKey], points: NDArray[np.float64] | None = None) -> None:
        """Show these edges and no others; `points` along them where they are known already."""
        self.rows = rows
        self._measure_all(points)

    def drop(self, keys: Collection[EdgeKey]) -> None:
        """Take edges away."""
        if self.rows.drop(keys):
            self._measure_all()

    def place(self, ends: Mapping[EdgeKey, tuple[QPointF, QPointF]]) -> None:
        """Put edges, old or new, between these ends."""
        if not ends:
            return
        new = self.rows.put({key: (a.x(), a.y(), b.x(), b.y()) for key, (a, b) in ends.items()})
        if new:
            self._measure_all()
        else:
            self._measure(self.rows.numbers(ends))

    def _measure_all(self, points: NDArray[np.float64] | None = None) -> None:
        self.points = geometry.flattened(self.rows.values) if points is None else points
        self.boxes = np.concatenate([self.points.min(axis=1), self.points.max(axis=1)], axis=1)
        self._reach_round()
        self.update()

    def _measure(self, numbers: NDArray[np.intp]) -> None:
        self.update(_box(self.boxes[numbers]).adjusted(-16, -16, 16, 16))
        points = self.points[numbers] = geometry.flattened(self.rows.values[numbers])
        self.boxes[numbers] = np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
        self.update(_box(self.boxes[numbers]).adjusted(-16, -16, 16, 16))
        self._reach_round()

    def _reach_round(self) -> None:
        extent = self.extent
        if not self._bounds.contains(extent.adjusted(-CHIP_REACH, -CHIP_REACH, CHIP_REACH, CHIP_REACH)):
            self.prepareGeometryChange()
            self._bounds = extent.adjusted(-SPARE, -SPARE, SPARE, SPARE)

    @property
    def extent(self) -> QRectF:
        """The rectangle round all edges."""
        return _box(self.boxes)

    def reach(self, keys: Collection[EdgeKey]) -> QRectF:
        """The rectangle round these edges."""
        return _box(self.boxes[self.rows.numbers([key for key in keys if key in self.rows.number])])

    def curve(self, key: EdgeKey) -> NDArray[np.float64]:
        """The points along one edge."""
        return self.points[self.rows.number[key]]

    def pieces(self, key: EdgeKey) -> NDArray[np.float64]:
        """The curve of one edge as cubic pieces, shape (k, 4, 2)."""
        number = self.rows.number[key]
        return geometry.direct(self.rows.values[number : number + 1])

    def visible(self, rect: QRectF) -> NDArray[np.intp]:
        """The numbers of the edges that may show in a rectangle."""
        b = self.boxes
        shown = (b[:, 0] <= rect.right()) & (b[:, 2] >= rect.left())
        shown &= (b[:, 1] <= rect.bottom()) & (b[:, 3] >= rect.top())
        return np.flatnonzero(shown)

    def at(self, place: QPointF, reach: float, but_at: str | None = None) -> EdgeKey | None:
        """The edge nearest to a place, if it is within reach; edges at the node `but_at` do not count."""
        near = self.visible(QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach))
        if but_at is not None:
            near = np.array([n for n in near if not self._is_at(self.rows.keys[n], but_at)], dtype=np.intp)
        if not len(near):
            return None
        distances = geometry.distances_to(self.points[near], place.x(), place.y())
        nearest = int(distances.argmin())
        return self.rows.keys[near[nearest]] if distances[nearest] <= reach else None

    def _is_at(self, key: EdgeKey, node_id: str) -> bool:
        edge = self.graph_scene.graph.edge(key)
        return edge is None or node_id in (edge.source, edge.target)

    def crossed(self, knife: QLineF) -> list[EdgeKey]:
        """The edges that a straight line crosses."""
        near = self.visible(QRectF(knife.p1(), knife.p2()).normalized())
        cut = geometry.crossed(self.points[near], *knife.toTuple())
        return [self.rows.keys[number] for number in near[cut]]

    # --- Qt
    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        seen = self.visible(option.exposedRect.adjusted(-8, -8, 8, 8))
        held = [key for key in self.graph_scene.showing.held if key in self.rows.number]
        if held:
            seen = np.setdiff1d(seen, self.rows.numbers(held))
        if scale < FAR_SCALE:
            self._paint_far(painter, seen)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        theme = self.graph_scene.theme
        looks = self.graph_scene.showing.edge_looks()[seen]
        smooth = len(seen) <= MOST_PATHS and scale >= TEXT_SCALE
        for look in np.unique(looks):
            painter.setPen(edge_pen(theme, int(look)))
            self._paint_curves(painter, seen[looks == look], smooth)

    def _paint_curves(self, painter: QPainter, numbers: NDArray[np.intp], smooth: bool) -> None:
        if not smooth:
            draw_lines(painter, _segments(self.points[numbers]))
            return
        for x1, y1, x2, y2 in self.rows.values[numbers].tolist():
            painter.drawPath(geometry.edge_path(QPointF(x1, y1), QPointF(x2, y2)))

    def _paint_far(self, painter: QPainter, numbers: NDArray[np.intp]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(color(self.graph_scene.theme.edge), 0))
        draw_lines(painter, np.ascontiguousarray(self.rows.values[numbers]))


class FarLayer(QGraphicsItem):
    """All cards as flat rectangles, for views from far away; the scene then hides the cards themselves.

    `rows` holds left, top, width and height of every card, and is kept at every distance.
    """

    def __init__(self, scene: EdgeLook) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.graph_scene = scene
        self.rows: Rows[str] = Rows(4)
        self._bounds = QRectF()
        self.setVisible(False)

    def show_rows(self, rows: Rows[str]) -> None:
        """Show these cards and no others."""
        self.rows = rows
        self._grow()

    def drop(self, node_ids: Collection[str]) -> None:
        """Take cards away."""
        self.rows.drop(node_ids)
        self.update()

    def place(self, cards: Mapping[str, QRectF]) -> None:
        """Put cards, old or new, at these places."""
        self.rows.put({key: card.getRect() for key, card in cards.items()})
        self._grow()

    def _grow(self) -> None:
        if not self._bounds.contains(self.extent):
            self.prepareGeometryChange()
            self._bounds = self.extent.adjusted(-SPARE, -SPARE, SPARE, SPARE)
        self.update()

    @property
    def extent(self) -> QRectF:
        """The rectangle round all cards."""
        cards = self.rows.values
        return _box(np.concatenate([cards[:, :2], cards[:, :2] + cards[:, 2:]], axis=1))

    def touched(self, rect: QRectF) -> list[str]:
        """The ids of the cards that a rectangle touches."""
        left, top, width, height = self.rows.values.T
        hit = (left <= rect.right()) & (left + width >= rect.left())
        hit &= (top <= rect.bottom()) & (top + height >= rect.top())
        return [self.rows.keys[number] for number in np.flatnonzero(hit)]

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        theme = self.graph_scene.theme
        looks = self.graph_scene.showing.far_looks()
        for look in np.unique(looks):
            painter.setBrush(far_color(theme, int(look)))
            draw_rects(painter, self.rows.values[looks == look])
        chosen = [key for key in self.graph_scene.selected_nodes() if key in self.rows.number]
        painter.setBrush(color(theme.accent))
        draw_rects(painter, self.rows.values[self.rows.numbers(chosen)])


class ChipLayer(QGraphicsItem):
    """The numbers on the edges, above the cards, with the pulse of the step that plays."""

    def __init__(self, scene: EdgeLook) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(2)
        self.graph_scene = scene
        self.is_crowded: bool | None = None
        """Whether there are too many edges for a chip on each; None: as many as are seen at a time decide."""
        self._bounds = QRectF()

    def settle(self, scale: float) -> Iterator[None]:
        """Place the chips of a picture, one after another, so that the bands it is drawn in agree on them."""
        showing, keys = self.graph_scene.showing, self.graph_scene.edge_layer.rows.keys
        scale *= self.graph_scene.text_scale
        self.is_crowded = len(keys) > _most(scale)
        for key in self._with_chips(keys, scale) if scale >= TEXT_SCALE else ():
            chip = showing.chip(key)
            if chip is not None:
                showing.chip_rect(key, chip[0])
                yield

    def prepare(self) -> None:
        """Follow the edge layer in its size."""
        bounds = self.graph_scene.edge_layer.boundingRect()
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = QRectF(bounds)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform()) * self.graph_scene.text_scale
        if scale < TEXT_SCALE:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_chips(painter, self.chipped(option.exposedRect, scale))
        self._paint_pulses(painter)

    def chipped(self, rect: QRectF, scale: float) -> Sequence[EdgeKey]:
        """Returns the edges whose chips are drawn in a rectangle, at this scale of type."""
        if scale < TEXT_SCALE:
            return ()
        layer, reach = self.graph_scene.edge_layer, CHIP_REACH
        seen = layer.visible(rect.adjusted(-reach, -reach, reach, reach))
        return self._with_chips([layer.rows.keys[number] for number in seen], scale)

    def labels(self, key: EdgeKey) -> list[QRectF]:
        """Returns where the chip of an edge lies, and the badges below it; nothing where it has none."""
        return [rect for _text, rect in self.worded_labels(key)]

    def worded_labels(self, key: EdgeKey) -> list[tuple[str, QRectF]]:
        """Returns what the chip of an edge and the badges below it say, each with its place."""
        scene = self.graph_scene
        chip = scene.showing.chip(key)
        if chip is None:
            return []
        rect, large = scene.showing.chip_rect(key, chip[0]), scene.text_scale
        plain = QRectF(0, 0, rect.width() / large, rect.height() / large)
        plain.moveCenter(QPointF(0, 0))
        below = badges.placed_below(scene.showing.edge_badges(key), plain, CHIP_GAP)
        whole = QTransform.fromTranslate(rect.center().x(), rect.center().y()).scale(large, large)
        return [(chip[0], rect), *((badge.text, whole.mapRect(place)) for badge, place in below)]

    def _with_chips(self, keys: Sequence[EdgeKey], scale: float) -> Sequence[EdgeKey]:
        """Which of the edges that are seen have a chip."""
        showing = self.graph_scene.showing
        if len(keys) <= _most(scale) if self.is_crowded is None else not self.is_crowded:
            return keys
        return [key for key in keys if key in showing.active_edges or showing.asks_edge(key)]

    def _paint_chips(self, painter: QPainter, keys: Sequence[EdgeKey]) -> None:
        scene, usual = self.graph_scene, painter.worldTransform()
        for key in keys:
            chip = scene.showing.chip(key)
            if chip is None:
                continue
            text, ink, ground, opening = chip
            rect = scene.showing.chip_rect(key, text)
            if opening < 1:
                trim = rect.width() * (1 - opening) / 2
                rect = rect.adjusted(trim, 0, -trim, 0)
            painter.setPen(pen(ink, 1.75 if key in scene.showing.active_edges else 1))
            if scene.showing.asks_edge(key):
                painter.setPen(pen(ink, 1.75, Qt.PenStyle.DashLine))
            painter.setBrush(color(ground))
            rect = _enlarged(painter, rect, scene.text_scale)
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            if opening >= 1:
                write_centred(painter, rect, text, geometry.CHIP, ink)
                badges.paint_below(painter, scene.theme, scene.showing.edge_badges(key), rect, CHIP_GAP)
            painter.setWorldTransform(usual)

    def _paint_pulses(self, painter: QPainter) -> None:
        scene, usual = self.graph_scene, painter.worldTransform()
        for point, text, ink in scene.showing.pulses():
            place = _enlarged(painter, QRectF(point, point), scene.text_scale).center()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ink, 0.22))
            painter.drawEllipse(place, 14, 14)
            width = max(18.0, text_width(text, geometry.CHIP) + 12)
            rect = QRectF(place.x() - width / 2, place.y() - 9, width, 18)
            painter.setBrush(color(ink))
            painter.drawRoundedRect(rect, 9, 9)
            write_centred(painter, rect, text, geometry.CHIP, scene.theme.card)
            painter.setWorldTransform(usual)


def _most(scale: float) -> int:
    """How many edges at this scale each have a chip; where there are more, only those of the step have."""
    return MOST_CHIPS if scale >= LABEL_SCALE else FEW_CHIPS


def _enlarged(painter: QPainter, rect: QRectF, scale: float) -> QRectF:
    """Let what is painted in a rectangle be so much larger; gives the rectangle to paint in."""
    if scale == 1.0:
        return rect
    painter.translate(rect.center())
    painter.scale(scale, scale)
    width, height = rect.width() / scale, rect.height() / scale
    return QRectF(-width / 2, -height / 2, width, height)


def _box(boxes: NDArray[np.float64]) -> QRectF:
    """The rectangle round rectangles of shape (n, 4), given as left, top, right, bottom."""
    if not len(boxes):
        return QRectF()
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def _segments(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Polylines as separate lines: shape (m, 4)."""
    return np.ascontiguousarray(np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4))
