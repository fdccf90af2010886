"""The numbers in compact notation: on each edge the value above its line and what it carries back below, and
the same at the line that leaves the output.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing.cells import around, boxes_of, crossings, hits
from nodegraph.canvas.drawing.clipping import clipped
from nodegraph.canvas.drawing.lettering import Style, text_width, write_centred
from nodegraph.canvas.drawing.theme import gradient_colors
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.badges import Badge
from nodegraph.canvas.items.chip_layer import ChipLayer
from nodegraph.canvas.items.compact_card import DIGITS, is_sum, widest_sum
from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.core.engine.rounding import ABOUT_ZERO
from nodegraph.core.explain.edge_words import is_carried_rounding
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_signed, format_value
from nodegraph.core.training.bindings import bound_columns

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import EdgeLook
    from nodegraph.canvas.items.node_item import NodeItem
    from nodegraph.core.engine.trace import Frame, Trace

VALUE: Style = (12.0, QFont.Weight.Normal)
GRADIENT: Style = (12.0, QFont.Weight.Bold)
"""Values and gradients differ in weight too, for prints without colours."""
HEIGHT, AIR = 14.0, 2.0
MOST_EDGES = 800
"""With more edges than these there are no numbers on them."""
SHARES = 0.5 + np.array([0, *(side * step for step in range(1, 12) for side in (-0.035, 0.035))])
"""Where along an edge its numbers may stand, the best place first."""
ON_A_CARD, ON_A_NUMBER, ON_A_LINE, BY_A_LINE, FARTHER = 60.0, 40.0, 12.0, 4.0, 0.5
"""What it costs to cover something, to stand by another edge, and to stand in each next place."""
ELSEWHERE = ((1, 0.0), (-1, 0.0), (1, 1.0), (-1, 1.0), (1, 2.0), (-1, 2.0))
"""Where else a number may stand that would cover something: on this side of its edge or the other, and so
many lines away from it.
"""
LINE_AWAY, OTHER_SIDE = 8.0, 10.0
"""What it costs to stand there."""
BESIDE = 5.0
"""So near to another edge a number seems to be that edge's."""
THICK, OUTWARD = 1.5, np.array([[-1.0, -1.0, 1.0, 1.0]])
"""How far an edge reaches beside its middle line, which is less than AIR, and what makes a box larger."""
NEARBY = 60.0
"""How far from an edge its numbers may reach."""


class Crowding(NamedTuple):
    """How many numbers cover a circle, what stands beside it or a number, how many stand on the line of
    another edge, and the boxes of all, shape (n, 4).
    """

    covering: int
    crossed: int
    boxes: NDArray[np.float64] = np.empty((0, 4))


class Place(NamedTuple):
    """The middle of a number, and whether an edge passes beneath it."""

    middle: QPointF
    is_on_a_line: bool = False


class Sent(NamedTuple):
    """What comes back, as it is written, and the number that its colour tells the sign of."""

    text: str
    number: float


@dataclass(frozen=True)
class Number:
    """One number, where it stands, how it is written, and whether the edge beneath it gives way."""

    text: str
    rect: QRectF
    ink: str
    style: Style
    is_on_a_line: bool


class CompactLabels(ChipLayer):
    """Paints the numbers of all edges."""

    _places: dict[EdgeKey, tuple[Place, Place]] | None = None

    def settle(self, scale: float) -> Iterator[None]:
        """Find the places of all numbers."""
        self._places = None
        self._placed()
        yield

    def chipped(self, rect: QRectF, scale: float) -> Sequence[EdgeKey]:
        """Returns the edges that have numbers."""
        keys = self.graph_scene.edge_layer.rows.keys
        return keys if len(keys) <= MOST_EDGES else ()

    def worded_labels(self, key: EdgeKey) -> list[tuple[str, QRectF]]:
        """Returns the numbers of an edge, each with its place."""
        return [(number.text, number.rect) for number in self.numbers_of(key)]

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Write all numbers."""
        for number in self.numbers():
            write_centred(painter, number.rect, number.text, number.style, number.ink)

    def gaps(self) -> Sequence[QRectF]:
        """Returns where edges give way, as they would run through a number, a name or a sum."""
        numbers = [number.rect for number in self.numbers() if number.is_on_a_line]
        cards = [item for item in self.graph_scene.items_by_id.values() if item.isVisible()]
        beside = [rect for item in cards for rect in item.written(self.graph_scene)]
        return numbers + [rect for rect in beside if self._is_crossed(rect)]

    def _is_crossed(self, rect: QRectF) -> bool:
        """Whether an edge runs through a rectangle."""
        layer = self.graph_scene.edge_layer
        return bool(crossings(boxes_of([rect]), layer.points[layer.visible(rect)])[0])

    # --- what they say
    def numbers(self) -> Iterator[Number]:
        """Yields all numbers that are shown now."""
        for key in self.chipped(QRectF(), 1.0):
            yield from self.numbers_of(key)
        yield from self._output_numbers(self.graph_scene.showing.visible)

    def numbers_of(self, key: EdgeKey) -> Iterator[Number]:
        """Yields the value and what comes back, of one edge."""
        showing = self.graph_scene.showing
        frame, labels = showing.visible, showing.wording.labels
        if frame is None or labels == "none" or (labels == "step" and key not in showing.active_edges):
            return
        edge = self.graph_scene.graph.edge(key)
        if edge is None:
            return
        above, below = self._placed()[key]
        sent = _sent(frame, key, self._digits)
        yield from self._pair(frame.value(edge.source), sent, above, below)

    def _output_numbers(self, frame: Frame | None) -> Iterator[Number]:
        """The numbers at the line that leaves the output, at a frame."""
        scene = self.graph_scene
        output = scene.graph.evident_output
        item = scene.items_by_id.get(output) if output else None
        if (
            frame is None
            or output is None
            or item is None
            or not item.isVisible()
            or scene.showing.wording.labels == "none"
        ):
            return
        gradient = frame.gradient(output)
        sent = None if gradient is None else Sent(format_signed(gradient, self._digits), gradient)
        places = Place(QPointF()), Place(QPointF())
        for number in self._pair(frame.value(output), sent, *places):
            side = 1 if number.style == GRADIENT else -1
            number.rect.moveCenter(self._at_output(item, number.rect.width(), side))
            yield number

    def _at_output(self, item: NodeItem, width: float, side: int) -> QPointF:
        """The middle of a number so wide at the line that leaves the output, clear of its circle."""
        start, end = item.output_line()
        direction, air = self.graph_scene.graph.direction, AIR * self.graph_scene.text_scale
        half = HEIGHT * self.graph_scene.text_scale / 2
        if direction is Direction.DOWN:
            return QPointF(start.x() + side * (width / 2 + air), (start.y() + end.y()) / 2)
        return QPointF(
            max((start.x() + end.x()) / 2, start.x() + width / 2 + air), start.y() + side * (half + air)
        )

    @property
    def _digits(self) -> int:
        return self.graph_scene.showing.wording.digits or DIGITS

    def _pair(self, value: float | None, sent: Sent | None, above: Place, below: Place) -> Iterator[Number]:
        said, theme = self.graph_scene.showing.wording, self.graph_scene.theme
        if value is not None and said.values:
            text, ink = format_value(value, self._digits), theme.forward
            ink = ink if math.isfinite(value) else theme.danger
            yield Number(text, self._box(text, VALUE, above), ink, VALUE, above.is_on_a_line)
        if sent is not None and said.gradients:
            ink = gradient_colors(theme, sent.number)[0]
            yield Number(sent.text, self._box(sent.text, GRADIENT, below), ink, GRADIENT, below.is_on_a_line)

    def _box(self, text: str, style: Style, place: Place) -> QRectF:
        large = self.graph_scene.text_scale
        rect = QRectF(0, 0, text_width(text, style) * large, HEIGHT * large)
        rect.moveCenter(place.middle)
        return rect

    # --- where they stand
    def _placed(self) -> dict[EdgeKey, tuple[Place, Place]]:
        """Where the value stands above each edge, and what comes back below it."""
        if self._places is None:
            self._places, _crowding = self._found(self.graph_scene.showing.frame)
        return self._places

    def crowding(self, trace: Trace) -> Crowding:
        """Returns how many numbers find no good place once both passes are through."""
        return self._found(trace.last_frame)[1]

    def _found(self, frame: Frame | None) -> tuple[dict[EdgeKey, tuple[Place, Place]], Crowding]:
        """The places of all numbers, short edges first, and how many are no good ones."""
        places: dict[EdgeKey, tuple[Place, Place]] = {}
        _place_sums(self.graph_scene, frame)
        layer, taken = self.graph_scene.edge_layer, _Taken(self.graph_scene, frame)
        ends = self.graph_scene.graph.direction.turned_all(layer.rows.values)
        spans = np.abs(ends[:, 2] - ends[:, 0])
        for number in np.argsort(spans, kind="stable").tolist():
            key = layer.rows.keys[number]
            widths = self._widths(frame, key)
            places[key] = taken.place(number, widths[0], -1), taken.place(number, widths[1], 1)
        at_end = self._output_numbers(frame and frame.trace.last_frame)
        boxes = np.concatenate([taken.numbers, boxes_of([number.rect for number in at_end])])
        return places, Crowding(taken.covering, taken.crossed, boxes)

    def _widths(self, frame: Frame | None, key: EdgeKey) -> tuple[float, float]:
        """How wide the numbers of an edge are once both passes are through."""
        edge = self.graph_scene.graph.edge(key)
        if frame is None or edge is None:
            return 0.0, 0.0
        last = frame.trace.last_frame
        sent, value = _sent(last, key, self._digits), last.value(edge.source)
        return (
            0.0 if value is None else text_width(format_value(value, self._digits), VALUE),
            0.0 if sent is None else text_width(sent.text, GRADIENT),
        )


def _sent(frame: Frame, key: EdgeKey, digits: int) -> Sent | None:
    """What an edge has carried back; None where that is nothing yet."""
    carried = frame.contribution(key)
    if carried is None:
        return None
    if is_carried_rounding(frame, key):
        return Sent(ABOUT_ZERO, 0.0)
    return Sent(format_signed(carried[2], digits), carried[2])


class EdgesWithGaps(EdgeLayer):
    """Paints every edge but where it would run through a number or a name: no plate beneath would do, as it
    shows where the picture has no ground, a grid or groups.
    """

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the edges beside the gaps."""
        labels = self.graph_scene.chip_layer
        gaps = labels.gaps() if isinstance(labels, CompactLabels) and labels.isVisible() else ()
        if not gaps:
            super().paint(painter, option, widget)
            return
        without, whole = QPainterPath(), QPainterPath()
        without.setFillRule(Qt.FillRule.WindingFill)
        for gap in gaps:
            without.addRect(gap)
        whole.addRect(self.boundingRect())
        with clipped(painter, whole.subtracted(without)):
            super().paint(painter, option, widget)


def _place_sums(scene: EdgeLook, frame: Frame | None) -> None:
    """Let each sum stand where it covers no edge and nothing else, if there is such a place beside its
    circle.
    """
    shown = [item for item in scene.items_by_id.values() if item.isVisible()]
    if frame is None or len(scene.edge_layer.rows) > MOST_EDGES:
        return
    layer, circles = scene.edge_layer, boxes_of([rect for item in shown for rect in item.taken(is_sum=False)])
    for item in shown:
        if not is_sum(frame, item.node.id):
            continue
        item.widest_sum = widest_sum(frame, item.node.id, scene.showing.wording.digits or DIGITS)
        places = item.sum_places()
        boxes = boxes_of([rect for _shift, rect in places])
        lines = layer.points[layer.visible(reduce(QRectF.united, (rect for _shift, rect in places)))]
        cost = FARTHER * np.arange(len(places)) + ON_A_CARD * hits(boxes, circles)
        cost += ON_A_LINE * crossings(boxes + THICK * scene.text_scale * OUTWARD, lines)
        item.sum_shift = places[int(cost.argmin())][0]


class _Found(NamedTuple):
    """A place for a number: what it costs, its box, and whether it covers something and lies on a line."""

    cost: float
    box: NDArray[np.float64]
    is_covering: bool
    is_crossed: bool


class _Taken:
    """What lies where numbers may stand: circles with their names and sums, edges, and numbers."""

    def __init__(self, scene: EdgeLook, frame: Frame | None) -> None:
        self.large, self.layer = scene.text_scale, scene.edge_layer
        self.covering, self.crossed = 0, 0
        """How many numbers do so, as `Crowding` counts them."""
        cards: list[QRectF] = []
        for item in scene.items_by_id.values():
            if item.isVisible():
                below = _lasting(scene, frame, item.node.id) if scene.badge_sources else []
                cards += item.taken(is_sum=frame is not None and is_sum(frame, item.node.id), below=below)
        for group in scene.surroundings.groups.values():
            cards.append(group.rect if group.group.collapsed else group.title_place(1.0))
        self.cards = boxes_of(cards)
        self.numbers = np.empty((0, 4))

    def place(self, number: int, width: float, side: int) -> Place:
        """Take the cheapest place on a side of an edge, -1 above it and 1 below."""
        points = self.layer.points[number]
        near = self.layer.visible(QRectF(*around(points, NEARBY * self.large)))
        best = self._best(number, near, self._boxes_along(points, width * self.large, side))
        if best.is_covering and width:
            self.covering += 1
            for way, lines in ELSEWHERE[1:]:
                boxes = self._boxes_along(points, width * self.large, side * way, lines)
                more = LINE_AWAY * lines + OTHER_SIDE * (way < 0)
                best = min(best, self._best(number, near, boxes, more), key=lambda found: found.cost)
        self.covering += best.is_covering
        self.crossed += best.is_crossed
        box = best.box
        self.numbers = np.concatenate([self.numbers, box[None]])
        is_on_a_line = bool(crossings(box + THICK * self.large * OUTWARD, self.layer.points[near])[0])
        return Place(QPointF((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), is_on_a_line)

    def _best(
        self, number: int, near: NDArray[np.intp], boxes: NDArray[np.float64], more: float = 0.0
    ) -> _Found:
        """The cheapest of these places by an edge, near which there are these others; all cost more by so
        much.
        """
        points, others = self.layer.points[number], self.layer.points[near[near != number]]
        covering = ON_A_CARD * hits(boxes, self.cards) + ON_A_NUMBER * hits(boxes, self.numbers)
        crossed = crossings(boxes + THICK * self.large * OUTWARD, others)
        beside = crossings(boxes + BESIDE * self.large * OUTWARD, others)
        cost = more + FARTHER * np.arange(len(SHARES)) + covering + ON_A_LINE * crossed + BY_A_LINE * beside
        cost += ON_A_LINE * crossings(boxes, points[None])
        best = int(cost.argmin())
        return _Found(float(cost[best]), boxes[best], bool(covering[best]), bool(crossed[best]))

    def _boxes_along(
        self, points: NDArray[np.float64], width: float, side: int, lines: float = 0.0
    ) -> NDArray[np.float64]:
        """The boxes of a number that touches the line at each share of its length, or is so many lines of
        type away from it; shape (shares, 4).
        """
        steps = np.diff(points, axis=0)
        sizes = np.hypot(steps[:, 0], steps[:, 1])
        lengths = np.concatenate([[0.0], sizes.cumsum()])
        at = SHARES * lengths[-1]
        x, y = (np.interp(at, lengths, points[:, axis]) for axis in (0, 1))
        pieces = np.clip(np.searchsorted(lengths, at) - 1, 0, len(steps) - 1)
        right, down = (steps[pieces] / np.maximum(sizes[pieces], 1e-9)[:, None]).T
        turn = np.where((right >= 0) == (side < 0), 1.0, -1.0)
        height = HEIGHT * self.large
        away = np.abs(down) * width / 2 + np.abs(right) * height / 2 + AIR * self.large + lines * height
        x, y = x + down * turn * away, y - right * turn * away
        return np.stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2], axis=1)


def _lasting(scene: EdgeLook, frame: Frame | None, node_id: str) -> list[Badge]:
    """The badges below a circle now, or those that it will have at the end."""
    now = badges.patch_of(scene, node_id)
    if now or frame is None or node_id not in frame.trace.nodes:
        return now
    data, marks = partial(bound_columns, scene.graph), scene.showing.shows_marks and not frame.guarded
    return badges.lasting(frame, node_id, data, shows_marks=marks)
