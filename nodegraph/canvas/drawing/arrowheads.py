"""Arrowheads: where they lie at the ends of edges, before the port that receives."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.geometry import PORT_RADIUS

LENGTH, HALF = 11.0, 5.0
"""How long an arrowhead is, and half how wide, in scene units."""
TIP = PORT_RADIUS + 0.75
"""How far its tip lies from the middle of the port."""
BASE = TIP + LENGTH - 1.0
"""How far before the port the line ends that it stands on."""
AIR = 2.0
STEEPEST = math.radians(55)
"""How far an arrowhead turns from the way across the side of its card, which it would lie on beyond that."""


def at_end(pieces: NDArray[np.float64], scale: float = 1.0) -> QPolygonF:
    """The arrowhead of a curve of cubic pieces, shape (k, 4, 2), in type so much larger than usual."""
    end = pieces[-1, 3]
    along = _way_in(pieces, scale)
    across = np.array([-along[1], along[0]])
    tip, base = end - along * TIP * scale, end - along * (TIP + LENGTH) * scale
    corners = (tip, base + across * HALF * scale, base - across * HALF * scale)
    return QPolygonF([QPointF(*corner.tolist()) for corner in corners])


def line_before(pieces: NDArray[np.float64], scale: float = 1.0) -> NDArray[np.float64]:
    """The curve as far as its arrowhead stands on it. One that climbs steeply until just before the port, and
    so would end beside its arrowhead, is led round to the foot of that.
    """
    length, end = BASE * scale, pieces[-1, 3]
    line, along = geometry.trimmed(pieces, length), _way_in(pieces, scale)
    foot = end - along * length
    if np.hypot(*(foot - line[-1, 3])) <= HALF * scale:
        return line
    line = geometry.trimmed(pieces, 2 * length)
    start, reach = line[-1, 3], float(np.hypot(*(foot - line[-1, 3]))) / 2
    onward = start + _unit(start - line[-1, 2]) * reach
    return np.concatenate([line, np.array([[start, onward, foot - along * reach, foot]])])


def boxes(points: NDArray[np.float64], scale: float = 1.0) -> NDArray[np.float64]:
    """The rectangles round the arrowheads of polylines, shape (n, p, 2), as left, top, right, bottom."""
    along = points[:, -1] - points[:, -2]
    along = along / np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    middle = points[:, -1] - along * (TIP + LENGTH / 2) * scale
    half = (LENGTH / 2 + AIR) * scale
    return np.concatenate([middle - half, middle + half], axis=1)


def draw(painter: QPainter, heads: Iterable[QPolygonF]) -> None:
    """Draw arrowheads in the colour of the pen."""
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    for head in heads:
        painter.drawPolygon(head)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _way_in(pieces: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """Where an arrowhead points: the way in which the line comes to the port, but not along the card."""
    end = pieces[-1, 3]
    level = _unit(end - _before(pieces, TIP * scale))
    came = _unit(end - geometry.trimmed(pieces, BASE * scale)[-1, 3])
    turn = math.atan2(level[0] * came[1] - level[1] * came[0], float(level @ came))
    turn = min(max(turn, -STEEPEST), STEEPEST)
    cos, sin = math.cos(turn), math.sin(turn)
    return np.array([level[0] * cos - level[1] * sin, level[0] * sin + level[1] * cos])


def _before(pieces: NDArray[np.float64], length: float) -> NDArray[np.float64]:
    """The last control point of a curve that is farther than this from its end, else its start."""
    controls = pieces.reshape(-1, 2)
    far = np.flatnonzero(np.hypot(*(controls - controls[-1]).T) > length)
    return controls[far[-1]] if len(far) else controls[0]


def _unit(way: NDArray[np.float64]) -> NDArray[np.float64]:
    return way / max(float(np.hypot(*way)), 1e-9)
