"""All edges in one item, below the cards.

Geometry is kept in numpy arrays; near the eye each edge is a smooth path, far away all are plain lines drawn
in one call. Reads the scene's frame; knows no mouse.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing import arrowheads, curves, geometry
from nodegraph.canvas.drawing.cells import box_round, corners, round_pieces, segments, sides_round
from nodegraph.canvas.drawing.edge_kinds import ON_THE_CANVAS, EdgeStyle
from nodegraph.canvas.drawing.nearby import Sides, Within
from nodegraph.canvas.drawing.rows import Room, Rows
from nodegraph.canvas.items.edge_picture import FAR_STEP, EdgePicture
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.records import EdgeKey

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import EdgeLook

MANY = 5_000
"""Edges that are repainted together with all that lies between them."""
SPARE = 2048.0
"""Room left round a layer, so that few moves make Qt take it for another size and paint it whole."""
MOST_POINTS = 2_000_000
"""Points along all edges together, beyond what their plain curves have."""
Measured: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Points along edges, shape (n, p, 2), and the boxes round these, shape (n, 4)."""
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
        self._points = Room(np.empty((0, geometry.SEGMENTS + 1, 2)))
        self._boxes = Room(np.empty((0, 4)))
        self._extent: QRectF | None = None
        self._around: dict[EdgeKey, NDArray[np.float64]] = {}
        """The curves of edges that are led around cards, as cubic pieces."""
        self._paths: dict[EdgeKey, QPainterPath] = {}
        """The same curves for painting, made when they are first painted."""
        self._arrowheads: dict[EdgeKey, QPolygonF] = {}
        self.style = ON_THE_CANVAS
        self.picture = EdgePicture(self)
        self._bounds = QRectF()
        self._within = Within(self.rows, self._sides)

    def show_rows(
        self,
        rows: Rows[EdgeKey],
        points: NDArray[np.float64] | None = None,
        boxes: NDArray[np.float64] | None = None,
    ) -> None:
        """Show these edges and no others, with `points` along them and `boxes` round these where known."""
        self.rows, self._around = rows, {}
        self._within = Within(rows, self._sides)
        self._measure_all(points, boxes)

    def drop(self, keys: Collection[EdgeKey]) -> None:
        """Take edges away."""
        gone = [self.rows.number[key] for key in keys if key in self.rows.number]
        if not gone:
            return
        self.picture.leave(gone)
        closed = self.rows.drop(keys)
        assert closed is not None
        for key in keys:
            for kept in (self._around, self._paths, self._arrowheads):
                kept.pop(key, None)
        self.picture.close(closed)
        self._points.close(closed)
        self._boxes.close(closed)
        self._extent = None
        self.update()
        if not self._has_enough_points:
            self._measure_all()

    def place(self, ends: Mapping[EdgeKey, tuple[QPointF, QPointF]]) -> bool:
        """Put edges, old or new, between these ends; returns whether any is new or was elsewhere."""
        places = {key: (a.x(), a.y(), b.x(), b.y()) for key, (a, b) in ends.items()}
        new = [key for key in places if key not in self.rows.number]
        old = [key for key in places if key in self.rows.number] if new else list(places)
        numbers, there = self.rows.numbers(old), np.array([places[key] for key in old]).reshape(-1, 4)
        differs = (self.rows.values[numbers] != there).any(axis=1)
        self.move(numbers[differs], there[differs])
        for key in new:
            self._around.pop(key, None)
        if new:
            self.rows.put({key: places[key] for key in new})
            if self._has_enough_points:
                self._append(new)
            else:
                self._measure_all()
        return bool(new or differs.any())

    def move(
        self, numbers: NDArray[np.intp], ends: NDArray[np.float64], measured: Measured | None = None
    ) -> None:
        """Put the edges with these numbers, in order, between other ends, shape (n, 4), with points along
        them and boxes round them where known.
        """
        self.rows.values[numbers] = ends
        for number in numbers.tolist() if self._around else ():
            self._around.pop(self.rows.keys[number], None)
        if measured is not None and len(numbers) == len(self.rows):
            self._measure_all(*measured)
        elif len(numbers):
            self._measure(numbers, measured)

    def _append(self, keys: Collection[EdgeKey]) -> None:
        """Measure new edges, whose rows are there already."""
        points = self._flattened(self.rows.numbers(keys), self.points.shape[1] - 1)
        boxes = corners(points)
        self.picture.come(points)
        self._points.append(points)
        self._boxes.append(boxes)
        self._extent = None
        self.update()
        self._reach_round(boxes)

    def lead(
        self, around: Mapping[EdgeKey, NDArray[np.float64]], among: Collection[EdgeKey] | None = None
    ) -> list[EdgeKey]:
        """Lead these edges along other curves, cubic pieces of shape (k, 4, 2), and directly all others, or
        all others `among` these; returns the edges that lie elsewhere now.
        """
        was = self._around
        asked = {**was, **around} if among is None else among
        self._around = dict(around) if among is None else {**was, **around}
        for key in () if among is None else among:
            if key not in around:
                self._around.pop(key, None)
        changed = [
            key
            for key in asked
            if (key in was or key in around)
            and (key not in was or key not in around or not np.array_equal(was[key], around[key]))
        ]
        changed = [key for key in changed if key in self.rows.number]
        if not self._has_enough_points:
            self._measure_all()
        elif changed:
            self._measure(self.rows.numbers(changed))
        return changed

    @property
    def leads_any(self) -> bool:
        """Whether any edge leads otherwise than directly."""
        return bool(self._around)

    @property
    def points(self) -> NDArray[np.float64]:
        """Along each edge, shape (edges, points, 2)."""
        return self._points.rows

    @property
    def boxes(self) -> NDArray[np.float64]:
        """Round each edge, as left, top, right, bottom, shape (edges, 4)."""
        return self._boxes.rows

    @property
    def _direction(self) -> Direction:
        return self.graph_scene.graph.direction

    @property
    def _has_enough_points(self) -> bool:
        """Whether as many stand for a curve as should."""
        return self._segments() == self.points.shape[1] - 1

    def _segments(self) -> int:
        """How many straight pieces stand for a curve; fewer for many edges, of which one sees no curve."""
        each = geometry.SEGMENTS if self.style.kind == "curved" else FAR_STEP
        most = max((len(pieces) for pieces in self._around.values()), default=1)
        wished = max(each * most, geometry.SEGMENTS)
        return min(wished, max(geometry.SEGMENTS, MOST_POINTS // max(len(self.rows), 1)))

    def _measure_all(
        self, points: NDArray[np.float64] | None = None, boxes: NDArray[np.float64] | None = None
    ) -> None:
        self._paths.clear()
        self._arrowheads.clear()
        self.picture.forget()
        if points is None:
            points = self._flattened(np.arange(len(self.rows)), self._segments())
        self._points = Room(points)
        self._boxes = Room(corners(points) if boxes is None else boxes)
        self.rows.note_moved(np.arange(len(self.rows)))
        self._extent = None
        self._reach_round(self.boxes)
        self.update()

    def _measure(self, numbers: NDArray[np.intp], measured: Measured | None = None) -> None:
        for kept in (self._paths, self._arrowheads):
            for number in numbers.tolist() if kept else ():
                kept.pop(self.rows.keys[number], None)
        all_points = self.points
        points = self._flattened(numbers, all_points.shape[1] - 1) if measured is None else measured[0]
        boxes = corners(points) if measured is None else measured[1]
        self.picture.move(numbers, points)
        if len(numbers) > MANY:
            self.update()
        else:
            self._repaint(np.concatenate([all_points.take(numbers, axis=0), points]))
        all_points[numbers], self.boxes[numbers] = points, boxes
        self.rows.note_moved(numbers)
        self._extent = None
        self._reach_round(boxes)

    def repaint_along(self, keys: Collection[EdgeKey]) -> None:
        """Ask for a repaint along these edges, which look otherwise."""
        numbers = self.rows.numbers([key for key in keys if key in self.rows.number])
        self._repaint(self.points[numbers])

    def _repaint(self, points: NDArray[np.float64]) -> None:
        """Ask for a repaint along edges with these points, shape (n, p, 2); of very many, or while some are
        on their way, of all between them, since painting in many parts takes longer.
        """
        scene = self.scene()
        for view in () if scene is None or not len(points) else scene.views():
            seen, scale = view.sight.seen, view.sight.zoom
            rim = self.picture.rim(scale)
            if len(points) > MANY:
                reach = box_round(corners(points)).adjusted(-rim, -rim, rim, rim) & seen
            elif self.picture.moving:
                reach = round_pieces(points, seen, rim)
            else:
                self.graph_scene.repaint(self.picture.reached(points, seen, scale))
                continue
            if not reach.isNull():
                self.graph_scene.repaint([reach])

    def _flattened(self, numbers: NDArray[np.intp], segments: int) -> NDArray[np.float64]:
        points = curves.flattened(self.rows.values[numbers], segments, self._direction)
        for place, number in enumerate(numbers.tolist() if self._around else ()):
            around = self._around.get(self.rows.keys[number])
            if around is not None:
                points[place] = geometry.sampled(around, segments)
        return points

    def _reach_round(self, boxes: NDArray[np.float64]) -> None:
        """Reach round edges with these boxes too."""
        left, top, right, bottom = sides_round(boxes) if len(boxes) else (0.0, 0.0, 0.0, 0.0)
        reaches, more = self._bounds.contains, CHIP_REACH
        if not (reaches(left - more, top - more) and reaches(right + more, bottom + more)):
            self.prepareGeometryChange()
            self._bounds = self.extent.adjusted(-SPARE, -SPARE, SPARE, SPARE)

    @property
    def extent(self) -> QRectF:
        """The rectangle round all edges."""
        if self._extent is None:
            self._extent = box_round(self.boxes)
        return QRectF(self._extent)

    def reach(self, keys: Collection[EdgeKey]) -> QRectF:
        """The rectangle round these edges."""
        return self.reach_of(self.rows.numbers([key for key in keys if key in self.rows.number]))

    def reach_of(self, numbers: NDArray[np.intp]) -> QRectF:
        """The rectangle round the edges with these numbers."""
        return box_round(self.boxes[numbers])

    def curve(self, key: EdgeKey) -> NDArray[np.float64]:
        """The points along one edge."""
        return self.points[self.rows.number[key]]

    def pieces(self, key: EdgeKey) -> NDArray[np.float64]:
        """The curve of one edge as cubic pieces, shape (k, 4, 2)."""
        number = self.rows.number[key]
        around = self._around.get(key)
        if around is not None:
            return around
        return curves.direct(self.rows.values[number : number + 1], self._direction)

    def path(self, key: EdgeKey) -> QPainterPath:
        """The curve of one edge, for painting."""
        path = self._paths.get(key)
        if path is None:
            path = self._paths[key] = geometry.path_along(self.drawn_pieces(key))
        return path

    def drawn_pieces(self, key: EdgeKey) -> NDArray[np.float64]:
        """The curve of one edge as it is drawn: it ends in its arrowhead where edges have one."""
        pieces = self.pieces(key)
        if not self.style.arrowheads:
            return pieces
        return arrowheads.line_before(pieces, self.graph_scene.text_scale)

    def set_style(self, style: EdgeStyle) -> None:
        """Draw edges in another style; who leads them does it again."""
        self.style = style
        self._measure_all()

    def arrowhead(self, key: EdgeKey) -> QPolygonF:
        """The arrowhead at the end of one edge."""
        head = self._arrowheads.get(key)
        if head is None:
            head = arrowheads.at_end(self.pieces(key), self.graph_scene.text_scale)
            self._arrowheads[key] = head
        return head

    def arrowhead_boxes(self, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
        """The rectangles round the arrowheads of these edges, as left, top, right, bottom, shape (n, 4)."""
        if not self.style.arrowheads:
            return np.empty((0, 4))
        return arrowheads.boxes(self.points[numbers], self.graph_scene.text_scale)

    def far_lines(self, numbers: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
        """Lines that stand for the edges, or for these, seen from far away, shape (m, 4)."""
        chosen = slice(None) if numbers is None else numbers
        if not self._around:
            return np.ascontiguousarray(self.rows.values[chosen])
        return segments(self.points[chosen, ::FAR_STEP])

    def visible(self, rect: QRectF, among: NDArray[np.intp] | None = None) -> NDArray[np.intp]:
        """The numbers of the edges that may show in a rectangle, of all or of those with these numbers."""
        return self._within.at(rect) if among is None else self._within.among(rect, among)

    def _sides(self, among: NDArray[np.intp] | None) -> Sides:
        # [among] takes three times as long as this
        return (self.boxes if among is None else self.boxes.take(among, axis=0)).T

    def passing(self, rect: QRectF) -> NDArray[np.intp]:
        """The numbers of the edges of which a straight piece may show in a rectangle."""
        near = self.visible(rect)
        return near[_passing(self.points[near], rect).any(axis=1)]

    def at(self, place: QPointF, reach: float) -> EdgeKey | None:
        """The edge nearest to a place, if it is within reach."""
        return next(iter(self.all_at(place, reach)), None)

    def all_at(self, place: QPointF, reach: float, among: NDArray[np.intp] | None = None) -> list[EdgeKey]:
        """The edges within reach of a place, nearest first; of all, or of those with these numbers."""
        if among is None:
            among = self.visible(QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach))
        if not len(among):
            return []
        distances = geometry.distances_to(self.points[among], place.x(), place.y())
        order = np.argsort(distances, kind="stable")
        return [self.rows.keys[number] for number in among[order[distances[order] <= reach]].tolist()]

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
        self.picture.paint(painter, option, widget)


def _passing(points: NDArray[np.float64], rect: QRectF) -> NDArray[np.bool_]:
    """Which straight pieces of edges with these points, shape (n, p, 2), may show in a rectangle."""
    low, high = np.minimum(points[:, :-1], points[:, 1:]), np.maximum(points[:, :-1], points[:, 1:])
    meets = (low <= rect.bottomRight().toTuple()) & (high >= rect.topLeft().toTuple())
    found: NDArray[np.bool_] = meets.all(axis=2)
    return found
