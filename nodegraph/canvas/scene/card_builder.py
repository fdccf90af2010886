"""Card builder: what takes its time before something is shown, done piece by piece, so that showing it is
quick: of a whole graph where its cards and edges will lie, of a change the cards that it adds, or where very
many cards, and the edges at them, come to lie when they go at once.

Cards wait in the scene, hidden, for to put thousands into it takes its time as well. Reads no frame and knows
no mouse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.canvas.drawing import curves, geometry
from nodegraph.canvas.drawing.cells import corners
from nodegraph.canvas.drawing.rows import Rows
from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import port_counts
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Node, Point
from nodegraph.core.layout.card_size import input_places, output_place

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

Floats: TypeAlias = NDArray[np.float64]
PIECE = 50
"""Records in one piece: a few milliseconds of the window."""


class CardBuilder:
    """What is ready to be shown. `graph` is the whole graph that is built, None where only some cards are;
    `change` what makes the one that is shown hold the same.
    """

    def __init__(self, scene: Board, graph: Graph | None = None, change: Change | None = None) -> None:
        self.scene = scene
        self.graph, self.change = graph, change
        self.rects: Rows[str] = Rows(4)
        self.ends: Rows[EdgeKey] = Rows(4)
        self.points = curves.flattened(self.ends.values)
        self.boxes = corners(self.points)
        self.bends: dict[EdgeKey, tuple[Point, ...]] = {}
        self._cards: dict[str, NodeItem] = {}

    def cards(self, nodes: Iterable[Node], ports: Mapping[str, int], output: str | None) -> Iterator[int]:
        """Make the cards of these nodes. Yields how many are made, after every piece."""
        for piece in _pieces(nodes):
            for node in piece:
                face = self.scene.showing.face(node.name)
                card = NodeItem(node, ports[node.id], node.id == output, face, self.scene.text_scale)
                self._cards[node.id] = card
                card.setVisible(False)
                self.scene.addItem(card)
            yield len(self._cards)

    def whole(self) -> Iterator[float]:
        """Find where all of the graph will lie; may be done in another thread, for it makes nothing of Qt's.
        Yields the share that is done, after every piece.
        """
        assert self.graph is not None
        graph, scale = self.graph, self.scene.text_scale
        nodes, counts = graph.nodes(), port_counts(graph)
        ports = [counts[node.id] for node in nodes]
        sizes = geometry.all_sides(graph, ports, self.scene.showing.wording)
        yield 0.4
        places = np.array([node.place for node in nodes]).reshape(-1, 2)
        self.rects = Rows.of([node.id for node in nodes], np.hstack([places, sizes * scale]))
        yield 0.5
        edges, number = list(graph.edges()), self.rects.number
        sources = np.array([number[edge.source] for edge in edges], dtype=np.intp)
        targets = np.array([number[edge.target] for edge in edges], dtype=np.intp)
        yield 0.6
        outputs, inputs, first = _ports(sizes, ports, graph.direction)
        filled = first[targets] + np.array([edge.port for edge in edges], dtype=np.intp)
        starts, stops = places + scale * outputs, places[targets] + scale * inputs[filled]
        keys = [(edge.target, edge.port) for edge in edges]
        self.ends = Rows.of(keys, np.hstack([starts[sources], stops]))
        yield 0.9
        self.points = curves.flattened(self.ends.values, direction=graph.direction)
        self.boxes = corners(self.points)
        yield 0.95
        self.bends = {edge.key: edge.via for edge in edges if edge.via}
        plan = plan_of(graph)
        self.rects.numbers_in(plan.number)
        self.ends.numbers_in(plan.edge_number)
        yield 1.0

    def show(self) -> None:
        """Let the scene show all where it was found to lie, and nothing else; its graph is this one now, or
        holds the same.
        """
        self.scene.edge_layer.show_rows(self.ends, self.points, self.boxes)
        self.scene.far_layer.show_rows(self.rects)
        self.scene.items_by_id.wait(self.rects.keys)

    def take(self, node: Node, is_output: bool) -> NodeItem | None:
        """The card that was made of exactly this record, or None."""
        card = self._cards.pop(node.id, None)
        fits = card is not None and card.node is node and bool(card.mark & Mark.OUTPUT) == is_output
        if fits or card is None:
            return card
        self.scene.removeItem(card)
        return None

    def forget(self) -> None:
        """What was not taken will not be shown."""
        for card in self._cards.values():
            self.scene.removeItem(card)
        self._cards = {}


def _ports(
    sizes: Floats, counts: Sequence[int], direction: Direction
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Returns where the output of each card is, from its top left; the same of inputs, of all kinds of cards
    in a row; and at which of those the inputs of each card begin.
    """
    cards = list(zip(*sizes.T.tolist(), counts, strict=True))
    outputs, inputs, first = {}, [(0.0, 0.0)], {}
    for kind in set(cards):
        width, height, count = kind
        outputs[kind], first[kind] = output_place(width, height, direction), len(inputs)
        inputs += input_places(count, width, direction)
    return (
        np.array([outputs[card] for card in cards]).reshape(-1, 2),
        np.array(inputs),
        np.array([first[card] for card in cards], dtype=np.intp),
    )


def _pieces(records: Iterable[Node]) -> Iterator[list[Node]]:
    several = iter(records)
    while piece := list(islice(several, PIECE)):
        yield piece


@dataclass(frozen=True, eq=False)
class Shift:
    """The numbers of the cards that go and of the edges that go along, in their layers, and where all these
    are then: `places` of shape (cards, 2), `ends` (edges, 4), with the points along edges and boxes round
    them.
    """

    cards: NDArray[np.intp]
    places: Floats
    edges: NDArray[np.intp]
    ends: Floats
    points: Floats
    boxes: Floats


class Ground:
    """Where all cards of a board and the edges at them lie, as long as none comes, goes or moves."""

    def __init__(self, board: Board) -> None:
        cards, edges = board.far_layer.rows, board.edge_layer.rows
        self.cards, self.edges, self.plan = cards, edges, plan_of(board.graph)
        self.of_cards, self.of_edges = (
            cards.numbers_in(self.plan.number),
            edges.numbers_in(self.plan.edge_number),
        )
        self._stamp = cards.turnover, cards.moves, edges.turnover, edges.moves
        self._curve = board.edge_layer.points.shape[1] - 1, board.graph.direction

    def is_as(self, other: Ground) -> bool:
        """Whether nothing lies otherwise than on another one."""
        same = self.cards is other.cards and self.edges is other.edges and self.plan is other.plan
        return same and (self._stamp, self._curve) == (other._stamp, other._curve)

    @property
    def is_known(self) -> bool:
        """Whether the plan has all cards and all edges, so that it tells which ends go along."""
        return bool((self.of_cards >= 0).all() and (self.of_edges >= 0).all())

    def shift(self, nodes: Sequence[Node]) -> Shift:
        """Returns what it takes to let the cards of these nodes lie where the nodes do."""
        rows, places = self.cards.numbers([node.id for node in nodes]), places_of(nodes)
        is_elsewhere = (self.cards.values[rows, :2] != places).any(axis=1)
        rows, places = rows[is_elsewhere], places[is_elsewhere]
        ways = np.zeros((len(self.plan.ids), 2))
        ways[self.of_cards[rows]] = places - self.cards.values[rows, :2]
        ways = np.hstack(
            [ways[self.plan.edge_source[self.of_edges]], ways[self.plan.edge_target[self.of_edges]]]
        )
        gone = np.flatnonzero(ways.any(axis=1))
        ends = self.edges.values[gone] + ways[gone]
        points = curves.flattened(ends, *self._curve)
        return Shift(rows, places, gone, ends, points, corners(points))


def places_of(nodes: Sequence[Node]) -> Floats:
    """Returns where nodes are, shape (nodes, 2)."""
    return np.array([[node.x or 0.0 for node in nodes], [node.y or 0.0 for node in nodes]]).T
