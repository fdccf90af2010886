"""The bends of edges as they are shown: where the document has them, along with cards that are on their way,
or where the hand is just putting one. Changes no document.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from nodegraph.core.graph.records import Edge, EdgeKey, Point

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board
    from nodegraph.core.graph.graph import Graph

SAME = 1e-3
"""Ways that differ by less are the same, in scene units."""


class EdgeBends:
    """The points through which people lead edges; an edge at a collapsed group is led through none."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._noticed: dict[EdgeKey, tuple[Point, ...]] = {}
        """The bends that the graph has, so that nobody need look through all its edges."""
        self._graph: Graph | None = None
        self._held: tuple[EdgeKey, tuple[Point, ...]] | None = None
        """An edge that the hand is bending, and its bends meanwhile."""
        self.chosen: tuple[EdgeKey, int] | None = None
        """The bend that keys move and take away."""
        self.pointed: QPointF | None = None
        """Where the menu of an edge was opened."""

    # --- keeping in step
    def notice(self, edges: Mapping[EdgeKey, Edge]) -> bool:
        """Take over the bends of these edges; returns whether any has others now."""
        is_new = self._follow_graph()
        changed = [key for key, edge in edges.items() if edge.via != self._noticed.get(key, ())]
        for key in changed:
            self._noticed[key] = edges[key].via
            if not edges[key].via:
                del self._noticed[key]
        return is_new or bool(changed)

    def _follow_graph(self) -> bool:
        """Look through all edges of a graph that is new here; returns whether it is."""
        if self._graph is self.board.graph:
            return False
        self.take(self.board.graph)
        return True

    def take(self, graph: Graph, bends: dict[EdgeKey, tuple[Point, ...]] | None = None) -> None:
        """Keep the bends of a new graph, which are looked for in it where they are not given."""
        self._graph = graph
        if bends is None:
            bends = {edge.key: edge.via for edge in graph.edges() if edge.via}
        self._noticed = bends
        self._held = self.chosen = self.pointed = None

    def hold(self, key: EdgeKey, points: Iterable[Point] | None) -> None:
        """Show an edge through these points while the hand bends it; None lets it go."""
        self._held = None if points is None else (key, tuple(points))

    # --- looking
    @property
    def are_any(self) -> bool:
        """Whether any edge may be shown with bends."""
        self._follow_graph()
        return bool(self._noticed) or self._held is not None

    def all(self) -> dict[EdgeKey, tuple[Point, ...]]:
        """The bends of every edge that is shown with any."""
        self._follow_graph()
        keys = dict.fromkeys(self._noticed) | ({self._held[0]: None} if self._held is not None else {})
        shown = {key: self.of(key) for key in keys if key in self.board.edge_layer.rows.number}
        return {key: points for key, points in shown.items() if points}

    def of(self, key: EdgeKey) -> tuple[Point, ...]:
        """The bends of an edge."""
        edge = self.board.graph.edge(key)
        if edge is None or self.is_hidden(edge):
            return ()
        if self._held is not None and self._held[0] == key:
            return self._held[1]
        if not edge.via:
            return ()
        dx, dy = self._way(edge)
        return tuple((x + dx, y + dy) for x, y in edge.via)

    def is_hidden(self, edge: Edge) -> bool:
        """Whether a collapsed group stands for an end of the edge."""
        hides = self.board.surroundings.hides
        return hides(edge.source) is not None or hides(edge.target) is not None

    def at(self, key: EdgeKey, place: QPointF, reach: float) -> int | None:
        """The number of the bend of an edge that is nearest to a place, if it is within reach."""
        there = [math.dist((place.x(), place.y()), point) for point in self.of(key)]
        nearest = min(range(len(there)), key=there.__getitem__, default=None)
        return nearest if nearest is not None and there[nearest] <= reach else None

    def chosen_of(self, key: EdgeKey) -> int | None:
        """The number of the bend of an edge that keys are about; None where it has none."""
        count = len(self.of(key))
        number = self.chosen[1] if self.chosen is not None and self.chosen[0] == key else 0
        return min(number, count - 1) if count else None

    def _way(self, edge: Edge) -> Point:
        """How far an edge has been carried, both of whose cards are elsewhere than their nodes."""
        cards, ways = self.board.items_by_id, []
        for node_id in (edge.source, edge.target):
            node = self.board.graph.node(node_id)
            if node.x is None or node.y is None or node_id not in cards:
                return 0.0, 0.0
            place = cards.place(node_id)
            ways.append((place.x() - node.x, place.y() - node.y))
        return ways[0] if math.dist(*ways) < SAME else (0.0, 0.0)
