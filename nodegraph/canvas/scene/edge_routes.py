"""Leads edges around cards, and through the points that a person has put on them: asks the layout for ways
between the cards as they lie now, and shows them.

Ways lead to the right; those of a graph that leads down are turned before and after.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas.drawing import curves, geometry
from nodegraph.canvas.scene.edge_bends import EdgeBends
from nodegraph.core.bits import Bits, in_one_go
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.records import EdgeKey, Point
from nodegraph.core.layout import routes, shapes
from nodegraph.core.layout.routes import Lines, Route

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

MOST_AT_ONCE = 12
"""Edges on their way that are led around at once; with more, they lead directly until they have arrived."""

MOST_WATCHED = 200_000
"""Edges times cards beyond which, where no edge is led around, none is while cards are on their way."""

FEW_PAIRS = 400
"""Edges times cards up to which the ways of all edges are found anew also while cards are on their way."""

AWAY = -1e12
"""Where a card is thought to be that no edge goes around."""

Leg: TypeAlias = tuple[EdgeKey, int]
"""A part of an edge between two bends, numbered from its source; most edges have one."""
Bends: TypeAlias = Mapping[EdgeKey, tuple[Point, ...]]
Curve: TypeAlias = NDArray[np.float64]
"""Cubic pieces, shape (k, 4, 2)."""


class EdgeRoutes:
    """Keeps the ways that edges take around cards."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.bends = EdgeBends(board)
        self._ways: dict[Leg, Route] = {}
        self._passed = np.empty((0, 4))
        """The cards that the ways were found around, as `_cards` has them."""
        self._lengths: dict[EdgeKey, list[int]] = {}
        """How many pieces the legs of a bent edge have."""

    def forget(self) -> list[EdgeKey]:
        """Lead all edges directly, or through their bends. Returns those that lie elsewhere for it."""
        if len(self._passed):
            self._passed = np.empty((0, 4))
        if not (self._ways or self._lengths or self.board.edge_layer.leads_any or self.bends.are_any):
            return []
        self._ways, self._lengths = {}, {}
        return self.board.edge_layer.lead(self._turned_back(self._bent(self._turned_bends(), {})))

    def lead(self, touched: Collection[EdgeKey] | None = None, lifted: Collection[str] = ()) -> list[EdgeKey]:
        """Find the ways of all edges anew; while cards are on their way, only of those that are `touched`, or
        that cards which have moved cover now or covered before, but not cards that are `lifted`. Returns the
        edges that lie elsewhere for it.
        """
        return in_one_go(self.leading(touched, lifted))

    def leading(
        self, touched: Collection[EdgeKey] | None = None, lifted: Collection[str] = ()
    ) -> Bits[list[EdgeKey]]:
        """The same bit by bit: edges lie where they do until it is through."""
        layer = self.board.edge_layer
        keys, rows = layer.rows.keys, self.board.far_layer.rows
        pairs = len(keys) * len(rows)
        waits = touched is not None and not self._ways and pairs > MOST_WATCHED
        if not keys or waits or pairs > routes.MOST_PAIRS:
            return self.forget()
        bends, cards = self._turned_bends(), self._cards()
        cards[[rows.number[node_id] for node_id in lifted if node_id in rows.number]] = AWAY
        if touched is not None and pairs > FEW_PAIRS and len(cards) == len(self._passed):
            return (yield from self._lead_again(touched, bends, cards))
        keys = [keys[n] for n in np.lexsort(layer.rows.values.T)]  # the same ways in whatever order they came
        self._ways, curves = yield from self._found(keys, bends, cards, touched)
        self._passed = cards
        return layer.lead(self._turned_back(curves))

    def _lead_again(
        self, touched: Collection[EdgeKey], bends: Bends, cards: NDArray[np.float64]
    ) -> Bits[list[EdgeKey]]:
        """Find the ways of a few edges anew, and let all others be."""
        layer = self.board.edge_layer
        moved = np.flatnonzero((cards != self._passed).any(axis=1))
        again = {key for key in touched if key in layer.rows.number}
        again |= self._covered(cards[moved], moved) | self._freed(self._passed[moved], moved)
        self._passed = cards
        others = {leg: way for leg, way in self._ways.items() if leg[0] not in again}
        few = {key: bends[key] for key in again if key in bends}
        ways, curves = yield from self._found(sorted(again), few, cards, touched, beside=len(others))
        self._ways = others | ways
        return layer.lead(self._turned_back(curves), among=again)

    def _found(
        self,
        keys: list[EdgeKey],
        bends: Bends,
        cards: NDArray[np.float64],
        touched: Collection[EdgeKey] | None,
        beside: int | None = None,
    ) -> Bits[tuple[dict[Leg, Route], dict[EdgeKey, Curve]]]:
        """Find the ways of these edges, and the curves of those that do not lead directly; `beside` so
        many others that stay, or None where these are all.
        """
        legs, lines = self._lines(keys, bends)
        is_whole, style = beside is None, self.board.edge_layer.style
        kept = None
        if is_whole and touched is not None:
            kept = self._kept({*touched, *bends}, legs, lines, cards)
        found = yield from routes.finding_ways(lines, cards, kept, beside or 0)
        if touched is not None and len(touched) > MOST_AT_ONCE:
            found = {n: way for n, way in found.items() if legs[n][0] not in touched}
        if style.kind == "curved":
            led = routes.curves_of(lines, found)
        else:
            led = shapes.angular(style.kind, lines, routes.apart(lines, found), cards)
        if is_whole:
            self._lengths = {}
        curves = {legs[number]: curve for number, curve in led.items()}
        around = {key: curve for (key, _), curve in curves.items() if key not in bends}
        return {legs[number]: way for number, way in found.items()}, around | self._bent(bends, curves)

    def _covered(self, cards: NDArray[np.float64], moved: NDArray[np.intp]) -> set[EdgeKey]:
        """The edges that run beneath cards which have moved, where those are now."""
        layer = self.board.edge_layer
        near: set[int] = set()
        for left, top, right, bottom in self._direction.turned_all(cards).tolist():
            near.update(
                layer.visible(QRectF(QPointF(left, top), QPointF(right, bottom)).normalized()).tolist()
            )
        keys = [layer.rows.keys[number] for number in sorted(near)]
        points = self._direction.turned_all(layer.points[layer.rows.numbers(keys)])
        return self._beneath(keys, points, cards, moved)

    def _freed(self, cards: NDArray[np.float64], moved: NDArray[np.intp]) -> set[EdgeKey]:
        """The edges that are led around and would run beneath cards which have moved, where those were."""
        rows, bends = self.board.edge_layer.rows, self.bends.all()
        keys = sorted({key for key, _leg in self._ways if key in rows.number and key not in bends})
        if not keys:
            return set()
        points = self._plain(self._direction.turned_all(rows.values[rows.numbers(keys)]))
        return self._beneath(keys, points, cards, moved)

    def _beneath(
        self, keys: list[EdgeKey], points: Curve, cards: NDArray[np.float64], moved: NDArray[np.intp]
    ) -> set[EdgeKey]:
        """Those of these edges, with points along them, that run beneath one of the cards, which have these
        numbers among all.
        """
        if not keys or not len(moved):
            return set()
        place = np.full(len(self._passed) + 1, -1, dtype=np.intp)  # the last is for no card
        place[moved] = np.arange(len(moved))
        return {keys[number] for number in routes.blocked(points, cards, place[self._own(keys)]).tolist()}

    def leg_at(self, key: EdgeKey, place: QPointF) -> tuple[int, QPointF]:
        """The number of the leg of an edge that passes nearest to a place, and where it does."""
        pieces = self.board.edge_layer.pieces(key)
        number, there = geometry.nearest_on(geometry.sampled(pieces, geometry.SEGMENTS * len(pieces)), place)
        ends = np.cumsum(self._lengths.get(key, [len(pieces)]))
        return int(np.searchsorted(ends, number // geometry.SEGMENTS, side="right")), there

    # --- what lies where, turned
    @property
    def _direction(self) -> Direction:
        return self.board.graph.direction

    def _turned_bends(self) -> Bends:
        turned = self._direction.turned
        return {key: tuple(map(turned, points)) for key, points in self.bends.all().items()}

    def _turned_back(self, curves: dict[EdgeKey, Curve]) -> dict[EdgeKey, Curve]:
        return {key: self._direction.turned_all(curve) for key, curve in curves.items()}

    def _cards(self) -> NDArray[np.float64]:
        """All cards, of nodes and of collapsed groups, as left, top, right, bottom."""
        rects = [self.board.far_layer.rows.values]
        rects += [np.array([group.rect.getRect()]) for group in self.board.surroundings.collapsed()]
        cards = np.concatenate(rects)
        cards[:, 2:] += cards[:, :2]
        return self._direction.turned_all(cards)

    def _lines(self, keys: list[EdgeKey], bends: Bends) -> tuple[list[Leg], Lines]:
        rows = self.board.edge_layer.rows
        kind = self.board.edge_layer.style.kind
        own, ends = self._own(keys), self._direction.turned_all(rows.values[rows.numbers(keys)])
        curves, sources = self._plain(ends), own[:, 0].copy()
        if kind != "curved":
            own[~shapes.is_ahead(ends)] = -1  # no straight line turns back beneath its own cards
        legs: list[Leg] = [(key, 0) for key in keys]
        if not bends:
            return legs, Lines(ends, curves, own, sources, np.zeros(len(keys), dtype=bool))
        whole = np.array([key not in bends for key in keys])
        legs = [(key, 0) for key in keys if key not in bends]
        more_ends, more_curves, more_own, more_sources = (
            [ends[whole]],
            [curves[whole]],
            [own[whole]],
            [sources[whole]],
        )
        for number, key in enumerate(keys):
            if key in bends:
                points = self._points(key, bends)
                legs += [(key, leg) for leg in range(len(points) - 1)]
                more_ends.append(np.concatenate([points[:-1], points[1:]], axis=1))
                more_curves.append(self._plain(more_ends[-1], points))
                its_own = np.full((len(points) - 1, 2), -1, dtype=np.intp)
                its_own[0, 0], its_own[-1, 1] = own[number]
                more_own.append(its_own)
                more_sources.append(np.full(len(points) - 1, sources[number]))
        by_hand = np.arange(len(legs)) >= whole.sum()
        joined = (np.concatenate(parts) for parts in (more_ends, more_curves, more_own, more_sources))
        return legs, Lines(*joined, by_hand)

    def _plain(self, ends: Curve, through: Curve | None = None) -> Curve:
        """Points along edges that lead directly, or along the legs of one that leads through these points."""
        kind = self.board.edge_layer.style.kind
        if kind != "curved":
            return shapes.plain_lines(ends, kind)
        if through is None:
            return curves.flattened(ends)
        pieces = geometry.curve_through(through)
        return np.stack([geometry.sampled(piece[None], geometry.SEGMENTS) for piece in pieces])

    def _own(self, keys: list[EdgeKey]) -> NDArray[np.intp]:
        """The numbers of the cards at both ends of edges, or -1."""
        board = self.board
        number, collapsed = board.far_layer.rows.number, board.surroundings.collapsed()
        if collapsed:
            number = dict(number)
        for place, group in enumerate(collapsed, start=len(board.far_layer.rows)):
            number.update(dict.fromkeys(group.members, place))
        own = np.full((len(keys), 2), -1, dtype=np.intp)
        for place, key in enumerate(keys):
            edge = board.graph.edge(key)
            if edge is not None:
                own[place] = number.get(edge.source, -1), number.get(edge.target, -1)
        return own

    def _points(self, key: EdgeKey, bends: Bends) -> NDArray[np.float64]:
        """The ends of a bent edge with its bends between them."""
        rows = self.board.edge_layer.rows
        x1, y1, x2, y2 = self._direction.turned_all(rows.values[rows.number[key]]).tolist()
        return np.array([(x1, y1), *bends[key], (x2, y2)])

    def _bent(self, bends: Bends, around: Mapping[Leg, Curve]) -> dict[EdgeKey, Curve]:
        """The curves of bent edges: through their bends, and where a leg goes around a card, level there."""
        curves: dict[EdgeKey, Curve] = {}
        for key in bends:
            points = self._points(key, bends)
            led = {leg: around[key, leg] for leg in range(len(points) - 1) if (key, leg) in around}
            plain = geometry.curve_through(points, {end for leg in led for end in (leg, leg + 1)})
            parts = [led.get(leg, plain[leg : leg + 1]) for leg in range(len(plain))]
            self._lengths[key] = [len(part) for part in parts]
            curves[key] = np.concatenate(parts)
        return curves

    def _kept(
        self, touched: Collection[EdgeKey], legs: list[Leg], lines: Lines, cards: NDArray[np.float64]
    ) -> dict[int, Route]:
        """The ways that are still free, of edges that are not touched: what they were led around has not come
        into their way, so that only cards that lie elsewhere now are asked.
        """
        layer = self.board.edge_layer
        if len(cards) == len(self._passed):
            cards = np.where((cards != self._passed).any(axis=1, keepdims=True), cards, AWAY)
        there = {number: self._ways[leg] for number, leg in enumerate(legs) if leg in self._ways}
        there = {number: way for number, way in there.items() if legs[number][0] not in touched}
        numbers = np.array(list(there), dtype=np.intp)
        points = layer.points[layer.rows.numbers([legs[number][0] for number in there])]
        points = self._direction.turned_all(points)
        covered = numbers[routes.blocked(points, cards, lines.own[numbers])] if len(numbers) else numbers
        return {number: way for number, way in there.items() if number not in covered}
