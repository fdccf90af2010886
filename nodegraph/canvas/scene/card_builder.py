"""Card builder: what takes its time before something is shown, done piece by piece, so that showing it is
quick: of a whole graph where its cards and edges will lie, of a change the cards that it adds.

Cards wait in the scene, hidden, for to put thousands into it takes its time as well. Reads no frame and knows
no mouse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.rows import Rows
from nodegraph.canvas.items.edge_picture import corners
from nodegraph.canvas.items.node_item import Mark, NodeItem, sides_of
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import port_counts
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey, Node, Point
from nodegraph.core.layout.card_size import input_places, node_size, output_place
from nodegraph.core.layout.placement import Size

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

Four: TypeAlias = tuple[float, float, float, float]
PIECE, LARGE_PIECE = 50, 5_000
"""Records in one piece: a few milliseconds of the window; a tenth of a second of another thread."""


class CardBuilder:
    """What is ready to be shown. `graph` is the whole graph that is built, None where only some cards are."""

    def __init__(self, scene: Board, graph: Graph | None = None) -> None:
        self.scene = scene
        self.graph = graph
        self.rects: Rows[str] = Rows(4)
        self.ends: Rows[EdgeKey] = Rows(4)
        self.points = geometry.flattened(self.ends.values)
        self.boxes = corners(self.points)
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
        graph, ports = self.graph, port_counts(self.graph)
        output, named = graph.evident_output, graph.output_name
        rects: dict[str, Four] = {}
        starts: dict[str, Point] = {}
        ends: dict[str, list[Point]] = {}
        for piece in _pieces(graph.nodes(), LARGE_PIECE):
            for node in piece:
                face = self.scene.showing.face(node.name, graph, named)
                sides = sides_of(node, ports[node.id], node.id == output, face)
                found = self._places(node, sides, ports[node.id], graph.direction)
                rects[node.id], starts[node.id], ends[node.id] = found
            yield 0.6 * len(rects) / len(graph)
        self.rects = Rows.of(rects, 4)
        yield 0.7
        rows: dict[EdgeKey, Four] = {}
        for piece in _pieces(graph.edges(), LARGE_PIECE):
            rows.update((e.key, (*starts[e.source], *ends[e.target][e.port])) for e in piece)
        self.ends = Rows.of(rows, 4)
        yield 0.9
        self.points = geometry.flattened(self.ends.values, direction=graph.direction)
        self.boxes = corners(self.points)
        yield 1.0

    def _places(
        self, node: Node, sides: tuple[float, float], ports: int, direction: Direction
    ) -> tuple[Four, Point, list[Point]]:
        """Returns the rectangle of a card, where edges leave it, and where they end at it."""
        x, y, scale, (width, height) = node.x or 0.0, node.y or 0.0, self.scene.text_scale, sides
        right, below = output_place(width, height, direction)
        ends = [(x + dx * scale, y + dy * scale) for dx, dy in input_places(ports, width, direction)]
        return (x, y, width * scale, height * scale), (x + right * scale, y + below * scale), ends

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


def _pieces(records: Iterable[Node] | Iterable[Edge], most: int = PIECE) -> Iterator[list]:
    several = iter(records)
    while piece := list(islice(several, most)):
        yield piece
