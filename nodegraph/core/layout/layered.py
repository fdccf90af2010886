"""Layers: draws one connected part of a graph in its direction, with few crossings and calm edges.

After Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system structures" (1981):
a layer for each node, an order within each layer, then heights. An edge that passes a layer has a lane in it.
All is thought of as leading to the right; what leads down is turned before and after.
Knows ids, ports and sizes; nothing of what nodes compute.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout.columns import GAPS, GRID, columns_of, round_up
from nodegraph.core.layout.heights import LANE_GAP, ROW_GAP, heights_of, room_of
from nodegraph.core.layout.ordering import SOME, reading_order, reduce_crossings
from nodegraph.core.layout.packing import ASPECT, scale_of
from nodegraph.core.layout.reinsertion import Search
from nodegraph.core.layout.vertices import Links, Vertices, vertices_of

Position: TypeAlias = tuple[float, float]
Size: TypeAlias = tuple[float, float]
Span: TypeAlias = Callable[[Links, str, str], int]
"""By how many layers an edge leads on at least, given its source and target."""

WIDTH, HEIGHT = 144, 84
NEAR = 2
"""Layers by which an input may lie ahead of where it is used before inputs are drawn nearer to their use."""
SEARCHED = 400
"""Vertices, of all starts together, up to which nodes are put anew; beyond, it would take seconds."""
VAST = 5_000
"""Nodes from which on crossings are not looked at: nobody sees such a graph whole, and it takes seconds."""


def draw(
    links: Links,
    sizes: Mapping[str, Size],
    held: Mapping[str, Position] | None = None,
    aspect: float = ASPECT,
    direction: Direction = Direction.RIGHT,
) -> dict[str, Position]:
    """Top-left corners of one part, whose own top left is the origin.

    `held` says where nodes lie now: their order, and their columns, are kept where that costs no crossing. Of
    drawings with as few crossings, the one is taken that is seen largest on a canvas of this aspect.
    """
    sizes = {node_id: direction.turned(sizes[node_id]) for node_id in links}
    if len(links) >= VAST:
        corners = _columns(links, sizes, direction)
    else:
        held = {node_id: direction.turned(place) for node_id, place in (held or {}).items()}
        corners = _drawn(_Part(links, sizes, held, aspect, direction))
    top = min(y for _, y in corners.values())
    return {node_id: direction.turned((x, y - top)) for node_id, (x, y) in corners.items()}


@dataclass
class _Part:
    """What is drawn, turned so that it leads to the right."""

    links: Links
    sizes: Mapping[str, Size]
    held: Mapping[str, Position]
    aspect: float
    """Of the canvas, as it is."""
    direction: Direction

    def __post_init__(self) -> None:
        ids = list(self.links)
        self.wide, self.tall = [self.sizes[i][0] for i in ids], [self.sizes[i][1] for i in ids]
        self.heights = [self.held[i][1] for i in ids] if all(i in self.held for i in ids) else []

    def columns(self, vertices: Vertices) -> list[float]:
        """Where each layer begins."""
        return columns_of(vertices, self.wide, self.direction)

    def scale(self, vertices: Vertices) -> float:
        """How large a drawing is seen on the canvas."""
        size = self.columns(vertices)[-1] + self.card[0], room_of(vertices)
        return scale_of(self.direction.turned(size), self.aspect)

    @property
    def card(self) -> Size:
        """The size of a usual card."""
        return self.direction.turned((WIDTH, HEIGHT))

    def vertices(self, layers: Mapping[str, int]) -> Vertices:
        """The vertices in these layers."""
        return vertices_of(self.links, layers, self.tall, self.direction)


def _drawn(part: _Part) -> dict[str, Position]:
    ids = list(part.links)
    vertices = _ordered(part)
    centres = heights_of(vertices)
    corners: dict[str, Position] = {}
    for x, layer in zip(part.columns(vertices), vertices.layers, strict=True):
        floor = -math.inf
        for vertex in layer:
            if vertex >= len(ids):
                floor = max(floor, _nearest(centres[vertex] + LANE_GAP - GRID / 2))
                continue
            height = part.tall[vertex]
            y = _settled(centres[vertex], height, floor, part.direction)
            corners[ids[vertex]] = (x, y)
            floor = round_up(y + height + ROW_GAP - GRID / 2)
    return corners


def _settled(centre: float, height: float, floor: float, direction: Direction) -> float:
    """Where a card begins that is to lie about its centre: on the grid, or its port where edges lead down, so
    that cards of all widths have theirs in line. What nearly follows the card above follows it.
    """
    if direction is Direction.DOWN:
        y = _nearest(centre) - height / 2
        return y if y >= floor else round_up(floor + height / 2) - height / 2
    y = _nearest(centre - height / 2)
    return y if y > floor + GRID else floor


def _ordered(part: _Part) -> Vertices:
    """The vertices in the layers and the order that let the fewest edges cross, on the largest scale.

    An edge from a node that feeds several may lead on by two layers: then it gets a lane between what feeds
    the same targets, and port order costs no crossing. Nodes early and nodes late are both tried.
    """
    heights = part.heights
    tried: list[tuple[int, Vertices]] = []
    for span, is_late in itertools.product(
        (_one, _two_from_shared_inputs, _two_beside_inputs), (False, True)
    ):
        vertices = part.vertices(_layers(part.links, span, is_late=is_late))
        start = reading_order(vertices)
        if heights:
            start.sort(key=vertices.heights(heights).__getitem__)
        tried.append((reduce_crossings(vertices, start), vertices))
        if not tried[-1][0] or len(vertices.layer) > SOME:
            break
    tried.sort(key=lambda each: each[0])
    crossings, best = tried[0]
    starts = [vertices for _, vertices in tried[: SEARCHED // len(best.layer)]]
    if not crossings or not starts:
        return best
    found = _searched(starts, part.scale)
    return _kept(found, _as_it_lies(part), heights, part.scale) if heights else found.vertices()


def _searched(starts: list[Vertices], scale: Callable[[Vertices], float]) -> Search:
    """The best of these after each node was put anew."""
    searches = [Search(vertices, seed=number) for number, vertices in enumerate(starts)]
    for search in searches:
        search.round()
    best = min(searches, key=lambda search: (search.crossings(), -scale(search.vertices())))
    best.round()
    return best


def _kept(
    best: Search, lying: Vertices | None, heights: list[float], scale: Callable[[Vertices], float]
) -> Vertices:
    """The best drawing in the order in which nodes lie; or as it lies, if that is no worse."""

    def price(search: Search) -> tuple[int, float]:
        return search.crossings(), -scale(search.vertices())

    begun = Search(best.start, held=heights)
    best.held = heights
    for search in (begun, best):
        search.rounds(2)
    kept = min(begun, best, key=Search.crossings)
    if lying is not None:
        search = Search(lying, held=heights)
        search.rounds(2)
        kept = min(search, kept, key=price)
    return kept.vertices()


def _as_it_lies(part: _Part) -> Vertices | None:
    """The vertices in the columns and the order in which all nodes lie; None if edges do not lead right."""
    links, held = part.links, part.held
    columns: dict[str, int] = {}
    first, number = -math.inf, -1
    for node_id in sorted(links, key=lambda node_id: held[node_id][0]):
        if held[node_id][0] >= first + part.card[0]:
            first, number = held[node_id][0], number + 1
        columns[node_id] = number
    if any(columns[source] >= columns[target] for source, target in links.edges):
        return None
    vertices = part.vertices(columns)
    heights = vertices.heights(part.heights)
    vertices.arrange(sorted(range(len(heights)), key=heights.__getitem__))
    return vertices


def _columns(links: Links, sizes: Mapping[str, Size], direction: Direction) -> dict[str, Position]:
    """A column for each generation, its nodes one beneath the other, all columns about one middle line."""
    import networkx as nx

    corners: dict[str, Position] = {}
    x = 0.0
    for generation in nx.topological_generations(links):
        tall = sum(round_up(sizes[node_id][1] + ROW_GAP) for node_id in generation)
        y = -_nearest(tall / 2)
        for node_id in generation:
            corners[node_id] = (x, y)
            y += round_up(sizes[node_id][1] + ROW_GAP)
        x = round_up(x + max(sizes[node_id][0] for node_id in generation) + GAPS[direction].wide)
    return corners


def _one(links: Links, source: str, target: str) -> int:
    return 1


def _two_from_shared_inputs(links: Links, source: str, target: str) -> int:
    return 2 if links.out_degree(source) > 1 and not links.in_degree(source) else 1


def _two_beside_inputs(links: Links, source: str, target: str) -> int:
    others = (other for other in links.pred[target] if other != source)
    return 2 if links.out_degree(source) > 1 and any(not links.in_degree(other) for other in others) else 1


def _layers(links: Links, span: Span, *, is_late: bool = False) -> dict[str, int]:
    """The layer of each node: as early as its inputs allow, then nearer to its use where that shortens edges,
    or as near to its use as can be.

    Inputs that are all used within a few layers stay together in the first column.
    """
    import networkx as nx

    order = [node_id for generation in nx.topological_generations(links) for node_id in generation]
    layer: dict[str, int] = {}
    for n in order:
        layer[n] = max((layer[source] + span(links, source, n) for source in links.pred[n]), default=0)

    def latest(n: str) -> int:
        return min(layer[target] - span(links, n, target) for target in links[n])

    inputs = [n for n in order if links.out_degree(n) and not links.in_degree(n)]
    column = span is _one and all(latest(n) <= NEAR for n in inputs)
    own: set[str] = set()
    for n in order:
        if all(feeder in own and links.out_degree(feeder) == 1 for feeder in links.pred[n]):
            own.add(n)
    for n in reversed(order):
        into, out = links.in_degree(n), links.out_degree(n)
        if out and (is_late or n in own or into < out) and not (column and into == 0):
            layer[n] = latest(n)
    first = min(layer.values())
    return {n: number - first for n, number in layer.items()}


def _nearest(length: float) -> float:
    return GRID * math.floor(length / GRID + 0.5)


def shifted(block: Mapping[str, Position], by: Position) -> dict[str, Position]:
    return {node_id: (x + by[0], y + by[1]) for node_id, (x, y) in block.items()}
