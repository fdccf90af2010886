"""The numbers in compact notation: on each edge the value above its line and what it carries back below, and
the same at the line that leaves the output.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing.clipping import clipped
from nodegraph.canvas.drawing.lettering import Style, text_width, write_centred
from nodegraph.canvas.drawing.theme import gradient_colors
from nodegraph.canvas.items.chip_layer import ChipLayer
from nodegraph.canvas.items.compact_card import DIGITS
from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.core.engine.rounding import ABOUT_ZERO
from nodegraph.core.explain.edge_words import is_carried_rounding
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_signed, format_value

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import EdgeLook
    from nodegraph.core.engine.trace import Frame, Trace

VALUE: Style = (12.0, QFont.Weight.Normal)
GRADIENT: Style = (12.0, QFont.Weight.Bold)
"""Values and gradients differ in weight too, for prints without colours."""
HEIGHT, WIDE, AIR = 14.0, 40.0, 2.0
MOST_EDGES = 800
"""With more edges than these there are no numbers on them."""
SHARES = np.array([0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71, 0.22, 0.78, 0.15, 0.85])
"""Where along an edge its numbers may stand, the best place first."""
ON_A_CARD, ON_A_NUMBER, ON_A_LINE, FARTHER = 60.0, 40.0, 8.0, 1.0
"""What it costs to cover something, and to stand in each next place."""
THICK, OUTWARD = 1.5, np.array([[-1.0, -1.0, 1.0, 1.0]])
"""How far an edge reaches beside its middle line, which is less than AIR, and what makes a box larger."""
NEARBY = 60.0
"""How far from an edge its numbers may reach."""


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
        return bool(_points_within(_boxes([rect]), layer.points[layer.visible(rect)].reshape(-1, 2))[0])

    # --- what they say
    def numbers(self) -> Iterator[Number]:
        """Yields all numbers that are shown now."""
        for key in self.chipped(QRectF(), 1.0):
            yield from self.numbers_of(key)
        yield from self._output_numbers()

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

    def _output_numbers(self) -> Iterator[Number]:
        """The numbers at the line that leaves the output."""
        scene = self.graph_scene
        frame, output = scene.showing.visible, scene.graph.evident_output
        item = scene.items_by_id.get(output) if output else None
        if (
            frame is None
            or output is None
            or item is None
            or not item.isVisible()
            or scene.showing.wording.labels == "none"
        ):
            return
        start, end = item.output_line()
        middle, turned = (start + end) / 2, scene.graph.direction.turned
        off = QPointF(*turned((0.0, (turned((WIDE, HEIGHT))[1] / 2 + 1) * scene.text_scale)))
        places = Place(middle - off), Place(middle + off)
        gradient = frame.gradient(output)
        sent = None if gradient is None else Sent(format_signed(gradient, self._digits), gradient)
        yield from self._pair(frame.value(output), sent, *places)

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
            self._places, _covering = self._found(self.graph_scene.showing.frame)
        return self._places

    def covering(self, trace: Trace) -> int:
        """Returns how many numbers cover anything but edges once both passes are through."""
        return self._found(trace.last_frame)[1]

    def _found(self, frame: Frame | None) -> tuple[dict[EdgeKey, tuple[Place, Place]], int]:
        """The places of all numbers, short edges first, and how many cover something."""
        places: dict[EdgeKey, tuple[Place, Place]] = {}
        layer, taken = self.graph_scene.edge_layer, _Taken(self.graph_scene, frame)
        ends = self.graph_scene.graph.direction.turned_all(layer.rows.values)
        spans = np.abs(ends[:, 2] - ends[:, 0])
        for number in np.argsort(spans, kind="stable").tolist():
            key = layer.rows.keys[number]
            widths = self._widths(frame, key)
            places[key] = taken.place(number, widths[0], -1), taken.place(number, widths[1], 1)
        return places, taken.covering

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


class _Taken:
    """What lies where numbers may stand: circles with their names and sums, edges, and numbers."""

    def __init__(self, scene: EdgeLook, frame: Frame | None) -> None:
        self.large, self.layer = scene.text_scale, scene.edge_layer
        self.covering = 0
        """How many numbers cover one of them."""
        cards: list[QRectF] = []
        for item in scene.items_by_id.values():
            if item.isVisible():
                is_sum = frame is not None and frame.arrived(item.node.id)[1] > 1
                cards += item.taken(is_sum=is_sum)
        cards += [group.rect for group in scene.surroundings.collapsed()]
        self.cards = _boxes(cards)
        self.numbers = np.empty((0, 4))

    def place(self, number: int, width: float, side: int) -> Place:
        """Take the cheapest place on a side of an edge, -1 above it and 1 below."""
        points = self.layer.points[number]
        around = QRectF(*_around(points, NEARBY * self.large))
        lines = self.layer.points[self.layer.visible(around)].reshape(-1, 2)
        boxes = np.array([self._box(points, width * self.large, share, side) for share in SHARES])
        cost = FARTHER * np.arange(len(SHARES))
        cost += ON_A_CARD * _hits(boxes, self.cards) + ON_A_NUMBER * _hits(boxes, self.numbers)
        cost += ON_A_LINE * _points_within(boxes, lines)
        best = int(cost.argmin())
        box = boxes[best]
        self.covering += bool(cost[best] >= ON_A_NUMBER)
        self.numbers = np.concatenate([self.numbers, box[None]])
        is_on_a_line = bool(_points_within(box + THICK * self.large * OUTWARD, lines)[0])
        return Place(QPointF((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), is_on_a_line)

    def _box(
        self, points: NDArray[np.float64], width: float, share: float, side: int
    ) -> tuple[float, float, float, float]:
        """The box of a number that touches the line at this share of its length."""
        lengths = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
        x, y = (float(np.interp(share * lengths[-1], lengths, points[:, axis])) for axis in (0, 1))
        piece = int(np.clip(np.searchsorted(lengths, share * lengths[-1]) - 1, 0, len(points) - 2))
        along = points[piece + 1] - points[piece]
        along = along / max(float(np.hypot(*along)), 1e-9)
        across = np.array([along[1], -along[0]]) * (1 if (along[0] >= 0) == (side < 0) else -1)
        height = HEIGHT * self.large
        away = abs(across[0]) * width / 2 + abs(across[1]) * height / 2 + AIR * self.large
        x, y = x + across[0] * away, y + across[1] * away
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _around(points: NDArray[np.float64], reach: float) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = points.min(axis=0) - reach, points.max(axis=0) + reach
    return float(left), float(top), float(right - left), float(bottom - top)


def _boxes(rects: Sequence[QRectF]) -> NDArray[np.float64]:
    sides = [(rect.left(), rect.top(), rect.right(), rect.bottom()) for rect in rects]
    return np.array(sides, dtype=np.float64).reshape(-1, 4)


def _hits(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.intp]:
    """How many of the others each box overlaps."""
    one, other = boxes[:, None], others[None]
    hit = (one[..., 0] < other[..., 2]) & (one[..., 2] > other[..., 0])
    hit &= (one[..., 1] < other[..., 3]) & (one[..., 3] > other[..., 1])
    return hit.sum(axis=1)


def _points_within(boxes: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.intp]:
    """How many of these points of lines lie in each box."""
    x, y = points.T[0][None], points.T[1][None]
    left, top, right, bottom = boxes.T[:, :, None]
    return ((x > left) & (x < right) & (y > top) & (y < bottom)).sum(axis=1)
