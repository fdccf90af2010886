"""Smart guides: where a dragged card must go so that an edge becomes straight or cards stand in line.

Pure measures over what the scene shows; the gesture that drags decides whether to follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF

from nodegraph.canvas.drawing.nearby import Nearby
from nodegraph.core.graph.direction import Direction

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene

REACH_PX = 6.0
NEAR = 640.0
"""How far another card may lie for its sides to count, in scene units."""


@dataclass
class Guides:
    """By how much to shift the card (None: nothing near), and the lines that say why."""

    dx: float | None = None
    dy: float | None = None
    lines: list[QLineF] = field(default_factory=list)


def others(scene: GraphScene, moved: Collection[str]) -> Nearby[str]:
    """Returns the cards whose sides may count while these are dragged."""
    return Nearby(scene.far_layer.rows, scene.far_layer.in_rect, moved)


def find(
    scene: GraphScene, node_id: str, card: QRectF, moved: Collection[str], reach: float, cards: Nearby[str]
) -> Guides:
    """The guides for a card of a node that would lie here; `cards` are those that do not move along."""
    found = Guides()
    straight = _straight_edge(scene, node_id, card, moved, reach)
    if straight is not None:
        (found.dx, found.dy), line = straight
        found.lines.append(line)
    middle = card.center()
    around = QRectF(middle.x() - NEAR, middle.y() - NEAR, 2 * NEAR, 2 * NEAR)
    boxes = scene.far_layer.rows.values[cards.at(around)]
    centres = boxes[:, :2] + boxes[:, 2:] / 2
    near = np.abs(centres - (middle.x(), middle.y())).max(axis=1, initial=0.0) < NEAR
    if not near.any():
        return found
    boxes, centres = boxes[near], centres[near]
    if found.dx is None:
        found.dx, other = _nearest(((card.left(), boxes[:, 0]), (middle.x(), centres[:, 0])), reach)
        if found.dx is not None:
            is_side = abs(boxes[other, 0] - card.left() - found.dx) < 0.01
            x = (card.left() if is_side else middle.x()) + found.dx
            ends = (card.top(), card.bottom(), boxes[other, 1], boxes[other, 1] + boxes[other, 3])
            found.lines.append(QLineF(x, min(ends), x, max(ends)))
    if found.dy is None:
        found.dy, other = _nearest(((card.top(), boxes[:, 1]), (middle.y(), centres[:, 1])), reach)
        if found.dy is not None:
            y = (card.top() if abs(boxes[other, 1] - card.top() - found.dy) < 0.01 else middle.y()) + found.dy
            ends = (card.left(), card.right(), boxes[other, 0], boxes[other, 0] + boxes[other, 2])
            found.lines.append(QLineF(min(ends), y, max(ends), y))
    return found


def _straight_edge(
    scene: GraphScene, node_id: str, card: QRectF, moved: Collection[str], reach: float
) -> tuple[tuple[float | None, float | None], QLineF] | None:
    """The shift sideways or down that makes the nearest edge of the node straight, and that edge."""
    item, graph = scene.items_by_id[node_id], scene.graph
    off = card.topLeft() - item.pos()
    pairs: list[tuple[QPointF, QPointF]] = []
    for edge in graph.edges_into(node_id):
        if edge.source not in moved:
            pairs.append((item.input_port(edge.port) + off, scene.output_place(edge.source)))
    for edge in graph.edges_from(node_id):
        if edge.target not in moved:
            pairs.append((item.output_port() + off, scene.input_place(edge.target, edge.port)))
    turned = graph.direction.turned
    ends = [(turned(here.toTuple()), turned(there.toTuple())) for here, there in pairs]
    best = min(ends, key=lambda end: abs(end[1][1] - end[0][1]), default=None)
    if best is None or abs(best[1][1] - best[0][1]) > reach:
        return None
    (begin, level), (end, wanted) = best
    line = QLineF(*turned((begin, wanted)), *turned((end, wanted)))
    if graph.direction is Direction.DOWN:
        return (wanted - level, None), line
    return (None, wanted - level), line


def _nearest(pairs: Iterable[tuple[float, np.ndarray]], reach: float) -> tuple[float | None, int]:
    """The smallest shift that brings a side onto another card's, and which card that is."""
    best: tuple[float | None, int] = (None, -1)
    least = reach
    for side, others in pairs:
        if len(others):
            number = int(np.abs(others - side).argmin())
            shift = float(others[number] - side)
            if abs(shift) <= least and (best[0] is None or abs(shift) < abs(best[0])):
                best, least = (shift, number), abs(shift)
    return best
