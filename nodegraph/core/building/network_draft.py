"""The draft of a network: nodes, edges and groups under names that are free, in columns from left to right,
or in rows where the graph leads down. Becomes one Change at the end. What may be asked for, `networks`
checks.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from nodegraph.core.graph.changes import Change, Patch, patch_of
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import set_direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import corner, free_id, hidden_nodes
from nodegraph.core.graph.records import Edge, Group, Node
from nodegraph.core.layout.card_size import card_sides, group_height, group_size, node_size, port_pitch
from nodegraph.core.layout.columns import round_up
from nodegraph.core.layout.layered import HEIGHT, WIDTH, Position, Size
from nodegraph.core.layout.packing import PART_GAP
from nodegraph.core.layout.placement import free_corner, place

LINEAR, NO_LOSS, SQUARED, CROSS_ENTROPY = "linear", "none", "squared", "cross_entropy"
HINGE, SOFTMAX = "hinge", "softmax"
UNIFORM, NORMAL, UNIT = "uniform", "normal", "unit"
"""How weights start."""
MOST_CARDS = 8
"""Neurons up to which a layer shows a card for each."""
RECTIFIERS = ("relu", "leaky_relu", "softplus")
PLACES = 4
"""Decimal places of random values, so that they can be read on a card."""
CARD_WIDTH = 184
"""Of a collapsed group, with its title."""
GAPS: Mapping[Direction, tuple[int, int, int]] = {
    Direction.RIGHT: (152, 168, 216), Direction.DOWN: (96, 112, 136),
}  # fmt: skip
NEURON_GAP = 48
"""Between two columns, by how much is connected, and between the cards of one: small enough for a 2-4-1 to be
read in a window of usual size.
"""


def numbered(stem: str, many: int) -> list[str]:
    """y, or y1, y2… where there are several."""
    return [f"{stem}{number}" for number in range(1, many + 1)] if many > 1 else [stem]


Block = tuple[str, ...]
"""The ids of a neuron's nodes, in the order of making; the last is its result."""


@dataclass(frozen=True, slots=True)
class Card:
    """What takes a place in a column: one node, or the neurons of a collapsed group."""

    blocks: tuple[Block, ...]
    is_group: bool = False

    def size(self, direction: Direction, feeding: int, leaving: int) -> Size:
        """How much of its column it takes in the direction, and across: fed by so many nodes, with so many
        that lead out.
        """
        width, rows = CARD_WIDTH if self.is_group else WIDTH, max(feeding, leaving)
        if direction is Direction.DOWN:
            wide, tall = card_sides(width, rows, direction)
            return group_height(feeding, leaving, direction) if self.is_group else tall, wide
        return width, HEIGHT + port_pitch(rows, direction) * max(0, rows - 2)


class Draft:
    """Nodes, edges and groups under names that are free in the graph, in columns from left to right."""

    def __init__(self, graph: Graph, seed: int, start: str = UNIFORM) -> None:
        self.graph = graph
        self.start = start
        self.direction = graph.direction
        self.random = random.Random(seed)
        self.rank = graph.next_rank
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.groups: list[Group] = []
        self.columns: list[list[Card]] = []
        self.drawn: dict[tuple[str, ...], list[Position]] = {}
        """How a neuron of these operations is laid out."""

    # --- nodes
    def node(
        self, op: str, name: str, sources: Sequence[str] = (), value: float | None = None, learns: bool = True
    ) -> str:
        """Make a node. Returns its id."""
        node_id = self.free(name)
        trainable = learns or op != "input"
        self.nodes[node_id] = Node(node_id, op, node_id, value, trainable, rank=self.rank + len(self.nodes))
        self.edges += [Edge(source, node_id, port) for port, source in enumerate(sources)]
        return node_id

    def free(self, name: str) -> str:
        """This name, or the next of its kind that neither a node nor an id has."""
        stem = name.rstrip("0123456789") or name
        start = int(name[len(stem) :] or 1)

        def candidates() -> Iterator[str]:
            yield name
            yield from (f"{stem}{number}" for number in count(start + 1))

        def is_free(wanted: str) -> bool:
            return wanted not in self.nodes and wanted not in self.graph and self.graph.named(wanted) is None

        return next(found for found in candidates() if is_free(found))

    def inputs(self, stem: str, many: int) -> list[str]:
        """Inputs that hold data, at 1, in a column of their own."""
        made = [
            self.node("input", f"{stem}{number}", value=1.0, learns=False) for number in range(1, many + 1)
        ]
        self.columns.append([Card(((node_id,),)) for node_id in made])
        return made

    # --- neurons
    def layer(
        self,
        names: Sequence[str],
        sources: Sequence[str],
        activation: str,
        title: str,
        colour: str,
        ends_apart: bool = False,
    ) -> list[str]:
        """Make a neuron of each name, and their cards. Returns the result node of each.

        With `ends_apart` the activations are left to `loss`, which takes the sums instead of them.
        """
        made = [self.neuron(name, sources, activation, len(names)) for name in names]
        given = [neuron[-1] for neuron in made]
        if ends_apart:
            made = [neuron[:-1] for neuron in made]
        if len(made) > MOST_CARDS:
            self.columns.append([self.group(title, colour, made)])
        else:
            self.columns.append(
                [
                    self.group(f"Neuron {end.replace('_', ',')}", colour, [neuron])
                    for end, neuron in zip(given, made, strict=True)
                ]
            )
        return given

    def neuron(self, name: str, sources: Sequence[str], activation: str, fan_out: int) -> Block:
        """Make weights, a bias, the weighted sum and the activation. The last member is the result.

        Weights have a variance of 2/fan in for rectifiers (He et al., "Delving deep into rectifiers", 2015),
        else of 2/(fan in + fan out), where fan out is how many neurons the layer has (Glorot & Bengio,
        "Understanding the difficulty of training deep feedforward neural networks", 2010). They are uniform,
        with biases within 1/√(fan in) as PyTorch's Linear has it, or normal, with biases at 0; or else
        uniform from −1 to 1 with biases at 0, as micrograd's.
        """
        name = self.free(name)
        fan_in = len(sources)
        fans = fan_in if activation in RECTIFIERS else fan_in + fan_out
        weights = [
            self.node("input", f"{name}_w{port}", value=self.weight(fans)) for port in range(1, fan_in + 1)
        ]
        widest = 1 / math.sqrt(fan_in) if self.start == UNIFORM else 0.0
        bias = self.node("input", f"{name}_b", value=self.within(widest))
        products = [
            self.node("multiply", f"{name}_p{port}", (weight, source))
            for port, (weight, source) in enumerate(zip(weights, sources, strict=True), 1)
        ]
        total = self.node("add", name if activation == LINEAR else f"{name}_z", (*products, bias))
        end = () if activation == LINEAR else (self.node(activation, name, (total,)),)
        return (*weights, bias, *products, total, *end)

    def weight(self, fans: int) -> float:
        """Returns a random weight of variance 2/fans, unless all are to start within ±1: those are Python's
        own numbers with all their digits, as micrograd draws them.
        """
        if self.start == UNIT:
            return self.random.uniform(-1, 1)
        if self.start == NORMAL:
            return round(self.random.gauss(0.0, math.sqrt(2 / fans)), PLACES)
        return self.within(math.sqrt(6 / fans))

    def within(self, bound: float) -> float:
        """Returns a random value within ±bound."""
        return round(self.random.uniform(-bound, bound), PLACES) if bound else 0.0

    def group(self, title: str, colour: str, blocks: Sequence[Block]) -> Card:
        """Put neurons into a collapsed group. Returns its card."""
        members = tuple(node_id for block in blocks for node_id in block)
        rank = max((group.rank for group in self.graph.groups()), default=-1) + 1 + len(self.groups)
        group_id = free_id(self.graph, "group", [group.id for group in self.groups])
        self.groups.append(Group(group_id, title, colour, members, True, rank))
        return Card(tuple(blocks), is_group=True)

    # --- reading
    def sources_of(self, node_id: str) -> list[str]:
        """What a drafted node takes, by port."""
        return [edge.source for edge in self.edges if edge.target == node_id]

    # --- the change
    def change(
        self, name: str, at: Position | None, fed_by: Sequence[str] = (), end: str | None = None
    ) -> Change:
        """All of it as one Change; `end` becomes the output."""
        patches = [patch_of(None, node) for node in self._placed(self._corner(fed_by) if at is None else at)]
        patches += [patch_of(None, edge) for edge in self.edges]
        patches += [patch_of(None, group) for group in self.groups]
        if end is not None:
            patches.append(Patch("property", "output", self.graph.properties.get("output"), end))
        return Change(name, tuple(patches))

    def _placed(self, top_left: Position) -> list[Node]:
        """The nodes in their places, from this top left: each column in the middle of the tallest."""
        ports = iter(self._ports())
        sizes = [[card.size(self.direction, *next(ports)) for card in column] for column in self.columns]
        heights = [sum(height + NEURON_GAP for _, height in column) - NEURON_GAP for column in sizes]
        placed: list[Node] = []
        x, top = self.direction.turned(top_left)
        for column, its_sizes, height in zip(self.columns, sizes, heights, strict=True):
            y = top + round_up((max(heights) - height) / 2)
            for card, (_, tall) in zip(column, its_sizes, strict=True):
                placed += self._members_at(card, (x, y))
                y += round_up(tall + NEURON_GAP)
            x += round_up(max(wide for wide, _ in its_sizes) + self._gap(column))
        return placed

    def _ports(self) -> list[tuple[int, int]]:
        """How many nodes feed each card, and how many of its own lead out."""
        cards = [card for column in self.columns for card in column]
        card_of = {it: number for number, card in enumerate(cards) for block in card.blocks for it in block}
        feeding: list[set[str]] = [set() for _ in cards]
        leaving: list[set[str]] = [set() for _ in cards]
        for edge in self.edges:
            here, there = card_of.get(edge.source), card_of.get(edge.target)
            if here != there and there is not None:
                feeding[there].add(edge.source)
            if here != there and here is not None:
                leaving[here].add(edge.source)
        return [(len(ins), len(outs)) for ins, outs in zip(feeding, leaving, strict=True)]

    def _gap(self, column: Sequence[Card]) -> float:
        """The room to the right of a column: the more edges leave it, the more there is for their chips."""
        inside = {node_id for card in column for block in card.blocks for node_id in block}
        leaving = sum(edge.source in inside and edge.target not in inside for edge in self.edges)
        few, some, many = GAPS[self.direction]
        return few if leaving <= 2 else some if leaving <= 4 else many

    def _members_at(self, card: Card, corner: Position) -> list[Node]:
        """A card's nodes; the neurons of a group lie side by side, as they will when it is opened."""
        placed: list[Node] = []
        turned = self.direction.turned
        x, y = corner
        for block in card.blocks:
            positions = self._block(block) if card.is_group else [(0.0, 0.0)]
            for node_id, (along, across) in zip(block, positions, strict=True):
                left, top = turned((x + along, y + across))
                placed.append(replace(self.nodes[node_id], x=left, y=top))
            y += round_up(max(across for _, across in positions) + turned((WIDTH, HEIGHT))[1] + PART_GAP)
        return placed

    def _block(self, block: Block) -> list[Position]:
        """Where the nodes of a neuron lie, in the direction and across; neurons of one layer look the same,
        so one of them is drawn.
        """
        shape = tuple(self.nodes[node_id].op for node_id in block)
        if shape not in self.drawn:
            inside = set(block)
            inner = [edge for edge in self.edges if edge.source in inside and edge.target in inside]
            drawn = Graph.of([self.nodes[node_id] for node_id in block], inner)
            drawn.apply(set_direction(drawn, self.direction))
            drawn.apply(place(drawn))
            places = [node.place for node in drawn.nodes()]
            self.drawn[shape] = list(map(self.direction.turned, places))
        return self.drawn[shape]

    def _corner(self, fed_by: Sequence[str]) -> Position:
        """To the right of what feeds it, beneath everything else, or the origin of an empty graph."""
        hidden = hidden_nodes(self.graph)
        boxes: dict[str, tuple[float, float, float, float]] = {}
        """Left, top, right and bottom of each card that is seen, by node or collapsed group."""
        for node in self.graph.nodes():
            if node.id not in hidden and node.x is not None and node.y is not None:
                width, height = node_size(self.graph, node.id)
                boxes[node.id] = (node.x, node.y, node.x + width, node.y + height)
        for group_id in set(hidden.values()):
            (x, y), (_, height) = corner(self.graph, group_id), group_size(self.graph, group_id)
            boxes[group_id] = (x, y, x + CARD_WIDTH, y + height)
        if not boxes:
            return 0.0, 0.0
        feeding = [box for fed in fed_by if (box := boxes.get(hidden.get(fed, fed))) is not None]
        return free_corner(boxes.values(), self.direction, feeding)
