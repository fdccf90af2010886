"""Where everything is: cards, ports, the curve of an edge, room for chips. Pure measures, no painting."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QPainterPath

from nodegraph.canvas.drawing.curves import SEGMENTS, direct
from nodegraph.canvas.drawing.lettering import REMEMBERED, Style, text_width
from nodegraph.canvas.drawing.wording import CARD_DIGITS, FEWEST_DIGITS, Wording
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import card_size
from nodegraph.core.layout.card_sizes import card_sizes
from nodegraph.core.numbers import MINUS, format_number, format_value
from nodegraph.core.typeset import Line

CARD_WIDTH, CARD_HEIGHT, WIDEST_CARD = card_size.CARD_WIDTH, card_size.CARD_HEIGHT, card_size.WIDEST_CARD
HEADER, PADDING = card_size.HEADER, card_size.PADDING
NUMBER_ROOM = card_size.NUMBER_ROOM
PORT_RADIUS = 5.0
PORT_REACH = 14.0
"""How far from its centre a port still takes a press, in scene units at 100 %."""
MARGIN = 14.0
"""What a card paints beyond its edge: ports, rings, shadow."""
GRID = 8.0
CHIP_HEIGHT = 22.0
LEFT_OF_WORDS = 6.0
"""Where a line down a card runs beside its words."""
DIGIT_ROOM = 10.0
"""What each digit beyond the usual ones takes more on a card."""

_WEIGHTS = {"regular": QFont.Weight.Normal, "semibold": QFont.Weight.DemiBold, "bold": QFont.Weight.Bold}
NAME, SYMBOL, LONG_SYMBOL, LABEL = (
    (size, _WEIGHTS[weight])
    for size, weight in (card_size.NAME, card_size.SYMBOL, card_size.LONG_SYMBOL, card_size.LABEL)
)
VALUE = (15.0, QFont.Weight.Bold)
CHIP = (12.0, QFont.Weight.DemiBold)


@dataclass(frozen=True, slots=True)
class CardShape:
    """The size of a card and where its ports lie, relative to its top left."""

    width: float
    height: float
    inputs: tuple[QPointF, ...]
    output: QPointF
    direction: Direction = Direction.RIGHT
    scale: float = 1.0
    """How much larger than usual its type is, and all of it with that."""
    has_value: bool = True
    """Whether there is a line for the value above that for the gradient."""

    def input(self, port: int) -> QPointF:
        """Where an input port lies, also one that does not exist yet."""
        if port < len(self.inputs):
            return self.inputs[port]
        places = card_size.input_places(max(port + 1, 3), self.width / self.scale, self.direction)
        return QPointF(*places[port]) * self.scale

    def times(self, scale: float) -> CardShape:
        """The same card in larger type."""
        if scale == 1.0:
            return self
        inputs = tuple(place * scale for place in self.inputs)
        sides, output = (self.width * scale, self.height * scale), self.output * scale
        return CardShape(*sides, inputs, output, self.direction, scale, self.has_value)

    @property
    def rect(self) -> QRectF:
        """The card itself."""
        return QRectF(0, 0, self.width, self.height)

    @property
    def value_line(self) -> QRectF:
        """The line that shows the value."""
        return self._line(HEADER + 2)

    @property
    def gradient_line(self) -> QRectF:
        """The line that shows the gradient."""
        return self._line(HEADER + (28 if self.has_value else 2))

    def way_through(self) -> QPainterPath:
        """Returns the way from the first input to the output, clear of what is written on the card: between
        its lines or, from above, along its left side.
        """

        def place(x: float, y: float) -> QPointF:
            return QPointF(*self.direction.turned((x, y)))

        (x1, y1), (x2, y2) = (self.direction.turned(port.toTuple()) for port in (self.inputs[0], self.output))
        low = LEFT_OF_WORDS if self.direction is Direction.DOWN else self.gradient_line.top()
        path = QPainterPath(place(x1, y1))
        path.cubicTo(place(x1 + 9, y1), place(x1 + 2, low), place(x1 + 14, low))
        path.lineTo(place(x2 - 14, low))
        path.cubicTo(place(x2 - 2, low), place(x2 - 9, y2), place(x2, y2))
        return path

    def _line(self, top: float) -> QRectF:
        return QRectF(self.scale, top * self.scale, self.width - 2 * self.scale, 26 * self.scale)


@dataclass(frozen=True, slots=True)
class CardFace:
    """The words on a card beside its operation: the node's name, what its gradient is called after a backward
    pass, and the digits that its numbers have at most; and whether it shows its value and its gradient. The
    direction of the graph says where its ports are. A constant that nobody has named stands as its number
    where there is no room for both.
    """

    name: Line
    derivative: Line
    digits: int = CARD_DIGITS
    has_value: bool = True
    has_gradient: bool = True
    direction: Direction = Direction.RIGHT
    stands_as_number: bool = False


def port_radius(ports: Sequence[QPointF]) -> float:
    """How large ports are drawn: smaller where many of them share a side."""
    if len(ports) < 2:
        return PORT_RADIUS
    apart = ports[1] - ports[0]
    return min(PORT_RADIUS, 0.4 * (abs(apart.x()) + abs(apart.y())))


def number_room(digits: int) -> float:
    """The room that numbers of so many digits have on a card at least."""
    return NUMBER_ROOM + DIGIT_ROOM * max(0, digits - CARD_DIGITS)


@lru_cache(maxsize=REMEMBERED)
def card_shape(
    face: CardFace, symbol: str, ports: int, is_output: bool, is_constant: bool = False
) -> CardShape:
    """The card of a node with these words, header text and number of input ports."""
    words = card_size.card_width(
        face.name, symbol, face.derivative, is_output=is_output, number_room=number_room(face.digits)
    )
    is_low = is_constant or not (face.has_value and face.has_gradient)
    sides = card_size.card_sides(words, ports, face.direction, is_constant=is_low)
    return replace(shape_with_ports(*sides, ports, face.direction), has_value=face.has_value)


def all_sides(graph: Graph, ports: Sequence[int], wording: Wording) -> NDArray[np.float64]:
    """The widths and the heights of all cards of a graph, with so many input ports; shape (n, 2)."""
    return card_sizes(
        graph,
        ports,
        is_typeset=wording.typeset,
        number_room=number_room(wording.card_digits),
        is_low=not (wording.values and wording.gradients),
    )


def shape_with_ports(width: float, height: float, ports: int, direction: Direction) -> CardShape:
    """The shape of a card of this size with so many inputs."""
    inputs = tuple(QPointF(*place) for place in card_size.input_places(ports, width, direction))
    output = QPointF(*card_size.output_place(width, height, direction))
    return CardShape(width, height, inputs, output, direction)


def symbol_style(symbol: str) -> Style:
    """The type in which a header shows an operation."""
    size, weight = card_size.symbol_type(symbol)
    return size, _WEIGHTS[weight]


def symbol_width(symbol: str) -> float:
    """The room an operation takes in a header."""
    return text_width(symbol, symbol_style(symbol))


def fitted_text(value: float, room: float, most: int, *, signed: bool) -> str:
    """A signed gradient, or the value of a node, in which −0 has its sign, as `fitted_number` has them."""
    return format_value(value) if value == 0 and not signed else fitted_number(value, room, signed, most)


@lru_cache(maxsize=REMEMBERED)
def fitted_number(value: float, room: float, signed: bool = False, most: int = CARD_DIGITS) -> str:
    """The number with as many digits as find room on a card, at most so many, with an exponent where nothing
    else does.
    """
    sign = "+" if signed and value > 0 else ""
    for digits in range(most, FEWEST_DIGITS - 1, -1):
        text = sign + format_number(value, digits)
        if text_width(text, VALUE) <= room:
            return text
    text = sign + format_number(value, 1)
    if "e" not in text and text_width(text, VALUE) <= room:
        return text
    for decimals in (1, 0):
        mantissa, _, exponent = f"{value:.{decimals}e}".partition("e")
        text = sign + (f"{mantissa}e{int(exponent)}" if exponent else mantissa).replace("-", MINUS)
        if text_width(text, VALUE) <= room:
            break
    return text


# --- edges
def edge_path(start: QPointF, end: QPointF, direction: Direction = Direction.RIGHT) -> QPainterPath:
    """The smooth curve from an output port to an input port."""
    return path_along(direct(np.array([[*start.toTuple(), *end.toTuple()]]), direction)[0][None])


def sampled(pieces: NDArray[np.float64], segments: int) -> NDArray[np.float64]:
    """One curve of cubic pieces, shape (k, 4, 2), as so many straight ones, shape (segments + 1, 2)."""
    counts = np.full(len(pieces), segments // len(pieces))
    counts[: segments % len(pieces)] += 1  # so that the ends of pieces are among the points
    number = np.append(np.repeat(np.arange(len(pieces)), counts), len(pieces) - 1)
    first = np.cumsum(counts) - counts
    share = ((np.arange(segments + 1) - first[number]) / np.maximum(counts[number], 1))[:, None]
    rest, control = 1 - share, pieces[number]
    points: NDArray[np.float64] = (
        rest**3 * control[:, 0]
        + 3 * share * rest**2 * control[:, 1]
        + 3 * share**2 * rest * control[:, 2]
        + share**3 * control[:, 3]
    )
    return points


def path_along(pieces: NDArray[np.float64]) -> QPainterPath:
    """A curve of cubic pieces, shape (k, 4, 2), for painting."""
    path = QPainterPath(QPointF(*pieces[0, 0].tolist()))
    for _, one, other, end in pieces.tolist():
        path.cubicTo(*one, *other, *end)
    return path


def trimmed(pieces: NDArray[np.float64], length: float) -> NDArray[np.float64]:
    """A curve of cubic pieces, shape (k, 4, 2), without its end as far as it lies within this length."""
    end = pieces[-1, 3]
    for number in range(len(pieces) - 1, -1, -1):
        far = np.hypot(*(sampled(pieces[number : number + 1], SEGMENTS) - end).T)
        outside = np.flatnonzero(far >= length)
        if len(outside):
            last, near = outside[-1], far[outside[-1] : outside[-1] + 2]
            beyond = (near[0] - length) / (near[0] - near[1]) if len(near) == 2 else 0.0
            part = _first_part(pieces[number], (last + beyond) / SEGMENTS)
            return np.concatenate([pieces[:number], part[None]])
    return pieces[:1]


def _first_part(piece: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """A cubic piece up to this share of its parameter (de Casteljau)."""
    row, first = piece, [piece[0]]
    while len(row) > 1:
        row = row[:-1] + share * (row[1:] - row[:-1])
        first.append(row[0])
    return np.array(first)


def curve_through(points: NDArray[np.float64], level: Collection[int] = ()) -> NDArray[np.float64]:
    """The smooth curve through points, shape (n, 2), as n - 1 cubic pieces. It is level at its ends, at the
    points of these numbers, and between points at one height; and it goes no farther out than the points.
    """
    steps = np.diff(points, axis=0)
    ways = np.zeros_like(points)
    ways[1:-1] = np.where(steps[:-1] * steps[1:] > 0, steps[:-1] + steps[1:], 0.0)
    back = 1 + np.flatnonzero(~ways[1:-1].any(axis=1))  # it turns round, across the way it came
    ways[back] = steps[back - 1][:, ::-1] * (-1.0, 1.0)
    ways[[0, *level, -1]] = 1.0, 0.0
    ways /= np.maximum(np.hypot(*ways.T), 1e-9)[:, None]
    reach = 0.4 * np.hypot(*steps.T)[:, None]
    start, end = points[:-1], points[1:]
    return np.stack([start, start + reach * ways[:-1], end - reach * ways[1:], end], axis=1)


def flattened_to(pieces: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """One curve of cubic pieces, shape (k, 4, 2), as a line no further than this from it."""
    bends = np.abs(np.diff(pieces, n=2, axis=1)).sum(axis=2).max(axis=1)
    counts = np.ceil(np.sqrt(0.75 * bends / tolerance)).astype(int).clip(1)
    lines = [pieces[:1, 0]]
    lines += [sampled(piece[None], count)[1:] for piece, count in zip(pieces, counts.tolist(), strict=True)]
    return np.concatenate(lines)


def point_on(points: NDArray[np.float64], share: float) -> QPointF:
    """The point at this share (0…1) of a polyline's length; `points` of shape (n, 2)."""
    lengths = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    place = min(max(share, 0.0), 1.0) * lengths[-1]
    return QPointF(
        float(np.interp(place, lengths, points[:, 0])), float(np.interp(place, lengths, points[:, 1]))
    )


def share_at(points: NDArray[np.float64], place: QPointF) -> tuple[float, QPointF]:
    """Returns at which share (0…1) of a polyline's length it passes nearest to a place, and how far that lies
    from there; `points` of shape (n, 2).
    """
    number, there = nearest_on(points, place)
    lengths = np.hypot(*np.diff(points, axis=0).T)
    start = QPointF(*points[number].tolist())
    behind = float(lengths[:number].sum()) + math.hypot(*(there - start).toTuple())
    return behind / max(float(lengths.sum()), 1e-12), place - there


def nearest_on(points: NDArray[np.float64], place: QPointF) -> tuple[int, QPointF]:
    """The number of the straight piece of a polyline, shape (n, 2), that passes nearest to a place, and where
    it does.
    """
    start, along = points[:-1], np.diff(points, axis=0)
    to = np.array([place.x(), place.y()]) - start
    share = np.clip((along * to).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12), 0.0, 1.0)
    there = start + along * share[:, None]
    number = int(np.hypot(*(there - (place.x(), place.y())).T).argmin())
    return number, QPointF(*there[number].tolist())


def distances_to(points: NDArray[np.float64], x: float, y: float) -> NDArray[np.float64]:
    """How far (x, y) lies from each polyline; `points` of shape (n, p, 2), result (n,)."""
    start, end = points[:, :-1], points[:, 1:]
    along = end - start
    to = np.array([x, y]) - start
    length = np.maximum((along**2).sum(axis=2), 1e-12)
    share = np.clip((along * to).sum(axis=2) / length, 0.0, 1.0)
    off = to - along * share[:, :, None]
    return np.sqrt((off**2).sum(axis=2).min(axis=1))


def crossed(points: NDArray[np.float64], x1: float, y1: float, x2: float, y2: float) -> NDArray[np.bool_]:
    """Which polylines a straight line crosses; `points` of shape (n, p, 2), result (n,)."""
    first, way = np.array([x1, y1]), np.array([x2 - x1, y2 - y1])
    off = points - first
    side = way[0] * off[:, :, 1] - way[1] * off[:, :, 0]
    start, along = points[:, :-1], np.diff(points, axis=1)
    begins = along[:, :, 0] * (y1 - start[:, :, 1]) - along[:, :, 1] * (x1 - start[:, :, 0])
    ends = along[:, :, 0] * (y2 - start[:, :, 1]) - along[:, :, 1] * (x2 - start[:, :, 0])
    met = (side[:, :-1] * side[:, 1:] <= 0) & (begins * ends <= 0)
    return met.any(axis=1)


# --- chips
def chip_size(text: str, scale: float = 1.0) -> QSizeF:
    """How large a chip with this text is, in type so much larger than usual."""
    return QSizeF((text_width(text, CHIP) + 18) * scale, CHIP_HEIGHT * scale)


def snapped(value: float) -> float:
    """A coordinate on the fine grid."""
    return round(value / GRID) * GRID
