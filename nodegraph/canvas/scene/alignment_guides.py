"""Smart guides: where a dragged card must go so that an edge becomes straight or cards stand in line.

Pure measures over what the scene shows; the gesture that drags decides whether to follow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF

from nodegraph.canvas.drawing.nearby import Nearby
from nodegraph.core.graph.direction import Direction

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene

Sides: TypeAlias = tuple[float, float, float, float]
"""The left, top, right and bottom side of a card."""
REACH_PX = 6.0
NEAR = 640.0
"""How far another card may lie for its sides to count, in scene units."""
SAME = 0.01
"""Sides that are no further apart are the same."""


@dataclass
class Guides:
    """By how much to shift the card (None: nothing near), and the lines that say why."""

    dx: float | None = None
    dy: float | None = None
    lines: list[QLineF] = field(default_factory=list)


class Neighbours:
    """What the card of a node may come in line with while it is dragged: cards that do not move along, and
    the ends of its edges at these. Looked for anew only where some have come elsewhere.
    """

    def __init__(self, scene: GraphScene, node_id: str, moved: Collection[str]) -> None:
        self.scene, self.node_id, self.moved = scene, node_id, moved
        rows = scene.far_layer.rows
        self._cards = Nearby(rows, scene.far_layer.in_rect, moved)
        self._found: NDArray[np.intp] | None = None
        """The rows of the cards that the rest was measured for."""
        self._boxes: list[Sides] = []
        self._middles: list[tuple[float, float]] = []
        self._sides: list[tuple[list[float], list[int]]] = []
        """The left sides of the cards, their middles, their tops, and their middles from top to bottom: the
        places of each kind in order, and whose they are.
        """
        self._edges: list[tuple[float, float, float, float]] = []
        """Where the ends of its edges lie as seen from its top left, and their other ends in the scene, both
        turned so that edges lead to the right.
        """

    def guides(self, card: Sides, reach: float) -> Guides:
        """Returns the guides for the card if it lay here."""
        found = Guides()
        x, y = (card[0] + card[2]) / 2, (card[1] + card[3]) / 2
        self._look(x, y)
        straight = self._straight_edge(card, reach)
        if straight is not None:
            (found.dx, found.dy), line = straight
            found.lines.append(line)
        here = (card[0], x, card[1], y)
        if found.dx is None and (best := self._nearest((0, 1), here, reach)) is not None:
            found.dx, other = best
            left, top, _right, bottom = self._boxes[other]
            is_side = abs(left - card[0] - found.dx) < SAME
            along = (card[0] if is_side else x) + found.dx
            ends = (card[1], card[3], top, bottom)
            found.lines.append(QLineF(along, min(ends), along, max(ends)))
        if found.dy is None and (best := self._nearest((2, 3), here, reach)) is not None:
            found.dy, other = best
            left, top, right, _bottom = self._boxes[other]
            is_side = abs(top - card[1] - found.dy) < SAME
            along = (card[1] if is_side else y) + found.dy
            ends = (card[0], card[2], left, right)
            found.lines.append(QLineF(min(ends), along, max(ends), along))
        return found

    def _nearest(
        self, kinds: Sequence[int], here: tuple[float, float, float, float], reach: float
    ) -> tuple[float, int] | None:
        """Returns how far the nearest side of these kinds is from the card's own, and whose it is; None where
        none is within reach.
        """
        found = []
        for kind in kinds:
            (places, whose), place = self._sides[kind], here[kind]
            for number in range(bisect_left(places, place - reach), bisect_right(places, place + reach)):
                card, shift = whose[number], places[number] - place
                across, down = self._middles[card]
                if abs(across - here[1]) < NEAR and abs(down - here[3]) < NEAR:
                    found.append((abs(shift), kind, card, shift))
        if not found:
            return None
        _, _, card, shift = min(found)
        return shift, card

    def _look(self, x: float, y: float) -> None:
        """Measure the cards round a place, and the edges, if any card lies elsewhere."""
        found = self._cards.at(QRectF(x - NEAR, y - NEAR, 2 * NEAR, 2 * NEAR))
        if found is self._found:
            return
        self._found, self._edges = found, self._measured_edges()
        left, top, width, height = self.scene.far_layer.rows.values[found].T
        across, down = left + width / 2, top + height / 2
        self._boxes = np.stack([left, top, left + width, top + height], axis=1).tolist()
        self._middles = np.stack([across, down], axis=1).tolist()
        orders = [(side, side.argsort(kind="stable")) for side in (left, across, top, down)]
        self._sides = [(side[order].tolist(), order.tolist()) for side, order in orders]

    def _measured_edges(self) -> list[tuple[float, float, float, float]]:
        scene, graph, node_id = self.scene, self.scene.graph, self.node_id
        item = scene.items_by_id[node_id]
        pairs = [
            (item.input_port(edge.port), scene.output_place(edge.source))
            for edge in graph.edges_into(node_id)
            if edge.source not in self.moved
        ]
        pairs += [
            (item.output_port(), scene.input_place(edge.target, edge.port))
            for edge in graph.edges_from(node_id)
            if edge.target not in self.moved
        ]
        turned, place = graph.direction.turned, item.pos()
        return [(*turned((here - place).toTuple()), *turned(there.toTuple())) for here, there in pairs]

    def _straight_edge(
        self, card: Sides, reach: float
    ) -> tuple[tuple[float | None, float | None], QLineF] | None:
        """The shift sideways or down that makes the nearest edge of the node straight, and that edge."""
        direction = self.scene.graph.direction
        left, top = direction.turned(card[:2])
        best = min(self._edges, key=lambda edge: abs(edge[3] - top - edge[1]), default=None)
        if best is None or abs(best[3] - top - best[1]) > reach:
            return None
        begin, level, end, wanted = left + best[0], top + best[1], best[2], best[3]
        line = QLineF(*direction.turned((begin, wanted)), *direction.turned((end, wanted)))
        if direction is Direction.DOWN:
            return (wanted - level, None), line
        return (None, wanted - level), line
