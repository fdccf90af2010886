"""Leads edges around cards: asks the layout for ways between the cards as they lie now, and shows them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nodegraph.canvas.drawing import geometry
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.layout import routes
from nodegraph.core.layout.routes import Lines, Route

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

MOST_AT_ONCE = 12
"""Edges on their way that are led around at once; with more, they lead directly until they have arrived."""

AWAY = -1e12
"""Where a card is thought to be that no edge goes around."""


class EdgeRoutes:
    """Keeps the ways that edges take around cards."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._ways: dict[EdgeKey, Route] = {}

    def lead(self, touched: Collection[EdgeKey] | None = None, lifted: Collection[str] = ()) -> list[EdgeKey]:
        """Find the ways of all edges anew; while cards are on their way, only of those that are `touched` or
        covered now, but not by cards that are `lifted`. Returns the edges that lie elsewhere for it.
        """
        layer = self.board.edge_layer
        keys, rows = layer.rows.keys, self.board.far_layer.rows
        if not keys or len(keys) * len(rows) > routes.MOST_PAIRS:
            self._ways = {}
            return layer.lead({})
        keys = [keys[n] for n in np.lexsort(layer.rows.values.T)]  # the same ways in whatever order they came
        cards, lines = self._cards(), self._lines(keys)
        cards[[rows.number[node_id] for node_id in lifted if node_id in rows.number]] = AWAY
        kept = None if touched is None else self._kept(touched, keys, lines, cards)
        found = routes.find_ways(lines, cards, kept)
        if touched is not None and len(touched) > MOST_AT_ONCE:
            found = {n: way for n, way in found.items() if keys[n] not in touched}
        self._ways = {keys[number]: way for number, way in found.items()}
        return layer.lead({keys[n]: curve for n, curve in routes.curves_of(lines, found).items()})

    def _cards(self) -> NDArray[np.float64]:
        """All cards, of nodes and of collapsed groups, as left, top, right, bottom."""
        rects = [self.board.far_layer.rows.values]
        rects += [np.array([group.rect.getRect()]) for group in self.board.surroundings.collapsed()]
        cards = np.concatenate(rects)
        cards[:, 2:] += cards[:, :2]
        return cards

    def _lines(self, keys: list[EdgeKey]) -> Lines:
        board = self.board
        rows, number = board.edge_layer.rows, dict(board.far_layer.rows.number)
        for place, group in enumerate(board.surroundings.collapsed(), start=len(board.far_layer.rows)):
            number.update(dict.fromkeys(group.members, place))
        own = np.full((len(keys), 2), -1, dtype=np.intp)
        for place, key in enumerate(keys):
            edge = board.graph.edge(key)
            if edge is not None:
                own[place] = number.get(edge.source, -1), number.get(edge.target, -1)
        ends = rows.values[rows.numbers(keys)]
        return Lines(ends, geometry.flattened(ends), own, own[:, 0])

    def _kept(
        self, touched: Collection[EdgeKey], keys: list[EdgeKey], lines: Lines, cards: NDArray[np.float64]
    ) -> dict[int, Route]:
        """The ways that are still free, of edges that are not touched."""
        layer = self.board.edge_layer
        there = {number: self._ways[key] for number, key in enumerate(keys) if key in self._ways}
        there = {number: way for number, way in there.items() if keys[number] not in touched}
        numbers = np.array(list(there), dtype=np.intp)
        points = layer.points[layer.rows.numbers([keys[number] for number in there])]
        covered = numbers[routes.blocked(points, cards, lines.own[numbers])] if len(numbers) else numbers
        return {number: way for number, way in there.items() if number not in covered}
