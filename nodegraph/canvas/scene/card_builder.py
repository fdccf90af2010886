"""Card builder: cards and edges of a graph, made piece by piece before it is shown, so that showing it is
quick.

Cards wait in the scene, hidden, for to put thousands into it takes its time as well. Reads no frame and knows
no mouse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.rows import Rows
from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.core.graph.edits import port_counts
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey, Node
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import Size

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

PIECE = 50
"""Records in one piece: a few milliseconds."""


class CardBuilder:
    """What is ready to be shown. `graph` is the whole graph that is built, None where only some cards are."""

    def __init__(self, scene: Board, graph: Graph | None = None) -> None:
        self.scene = scene
        self.graph = graph
        self.rects: Rows[str] = Rows(4)
        self.ends: Rows[EdgeKey] = Rows(4)
        self.points = geometry.flattened(self.ends.values)
        self._cards: dict[str, NodeItem] = {}
        self._told: object = None
        """The name of the output, and the wording, with which the cards were made."""

    def cards(self, nodes: Iterable[Node], ports: Mapping[str, int], output: str | None) -> Iterator[int]:
        """Make the cards of these nodes. Yields how many are made, after every piece."""
        scale, graph = self.scene.text_scale, self.graph
        named = None if graph is None else graph.output_name
        self._told = named or "", self.scene.showing.wording
        for piece in _pieces(nodes):
            for node in piece:
                face = self.scene.showing.face(node.name, graph, named)
                card = self._cards[node.id] = NodeItem(node, ports[node.id], node.id == output, face, scale)
                card.setVisible(False)
                self.scene.addItem(card)
            yield len(self._cards)

    def whole(self) -> Iterator[float]:
        """Make the whole graph. Yields the share that is made, after every piece."""
        assert self.graph is not None
        nodes = self.graph.nodes()
        for made in self.cards(nodes, port_counts(self.graph), self.graph.evident_output):
            yield 0.6 * made / len(nodes)
        self.rects = Rows.of({i: card.card.getRect() for i, card in self._cards.items()}, 4)
        yield 0.7
        edges = list(self.graph.edges())
        ends: dict[EdgeKey, tuple[float, float, float, float]] = {}
        for piece in _pieces(edges):
            ends.update((edge.key, self._ends(edge)) for edge in piece)
            yield 0.7 + 0.3 * len(ends) / len(edges)
        self.ends = Rows.of(ends, 4)
        yield 1.0
        self.points = geometry.flattened(self.ends.values, direction=self.graph.direction)
        yield 1.0

    def _ends(self, edge: Edge) -> tuple[float, float, float, float]:
        start = self._cards[edge.source].output_port()
        end = self._cards[edge.target].input_port(edge.port)
        return start.x(), start.y(), end.x(), end.y()

    @property
    def says_the_same(self) -> bool:
        """Whether the words of its cards are those of the graph that is shown: then they were made of all of
        it, while its output was called the same.
        """
        board = self.scene
        return board.graph is self.graph and self._told == (board.output_name, board.showing.wording)

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


def measured(graph: Graph, sizes: dict[str, tuple[float, float]], size: Size = node_size) -> Iterator[float]:
    """Measure every card into `sizes`. Yields the share that is done, after every piece."""
    for piece in _pieces(graph.nodes()):
        sizes.update((node.id, size(graph, node.id)) for node in piece)
        yield len(sizes) / len(graph)


def _pieces(records: Iterable[Node] | Iterable[Edge]) -> Iterator[list]:
    several = iter(records)
    while piece := list(islice(several, PIECE)):
        yield piece
