"""Layers: draws one connected part of a graph from left to right, with few crossings and calm edges.

After Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system structures" (1981):
a layer for each node, an order within each layer, then heights. An edge that passes a layer has a lane in it.
Knows ids, ports and sizes; nothing of what nodes compute.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

from nodegraph.core.layout.columns import COLUMN_GAP, GRID, columns_of, round_up
from nodegraph.core.layout.heights import LANE_GAP, ROW_GAP, heights_of, room_of
from nodegraph.core.layout.ordering import SOME, reading_order, reduce_crossings
from nodegraph.core.layout.packing import ASPECT, scale_of
from nodegraph.core.layout.reinsertion import Search
from nodegraph.core.layout.vertices import PORT_PITCH, Links, Vertices, vertices_of

Position = tuple[float, float]
Span: TypeAlias = Callable[[Links, str, str], int]
"""By how many layers an edge leads on at least, given its source and target."""

__all__ = ["COLUMN_GAP", "HEIGHT", "PORT_PITCH", "ROW_GAP", "WIDTH", "Links", "Position", "draw", "round_up"]

WIDTH, HEIGHT = 144, 84
NEAR = 2
"""Layers by which an input may lie ahead of where it is used before inputs are drawn nearer to their use."""
SEARCHED = 400
"""Vertices, of all starts together, up to which nodes are put anew; beyond, it would take seconds."""
VAST = 5_000
"""Nodes from which on crossings are not looked at: nobody sees such a graph whole, and it takes seconds."""


def draw(
    links: Links,
    sizes: Mapping[str, tuple[float, float]],
    held: Mapping[str, Position] | None = None,
    aspect: float = ASPECT,
) -> dict[str, Position]:
    """Top-left corners of one part, whose own top left is the origin.

    `held` says where nodes lie now: their order, and their columns, are kept where that costs no crossing. Of
    drawings with as few crossings, the one is taken that is seen largest on a canvas of this aspect.
    """
    if len(links) >= VAST:
        return _columns(links, sizes)
    ids = list(links)
    wide, tall = [sizes[node_id][0] for node_id in ids], [sizes[node_id][1] for node_id in ids]

    def scale(vertices: Vertices) -> float:
        return scale_of((columns_of(vertices, wide)[-1] + WIDTH, room_of(vertices)), aspect)

    vertices = _ordered(links, tall, held or {}, scale)
    centres = heights_of(vertices)
    columns = columns_of(vertices, wide)
    corners: dict[str, Position] = {}
    for x, layer in zip(columns, vertices.layers, strict=True):
        floor = -math.inf
        for vertex in layer:
            if vertex >= len(ids):
                floor = max(floor, _nearest(centres[vertex] + LANE_GAP - GRID / 2))
                continue
            height = sizes[ids[vertex]][1]
            y = _nearest(centres[vertex] - height / 2)
            y = y if y > floor + GRID else floor  # what nearly follows the card above follows it
            corners[ids[vertex]] = (x, y)
            floor = round_up(y + height + ROW_GAP - GRID / 2)
    top = min(y for _, y in corners.values())
    return shifted(corners, (0.0, -top))


def _ordered(
    links: Links, tall: list[float], held: Mapping[str, Position], scale: Callable[[Vertices], float]
) -> Vertices:
    """The vertices in the layers and the order that let the fewest edges cross, on the largest scale.

    An edge from a node that feeds several may lead on by two layers: then it gets a lane between what feeds
    the same targets, and port order costs no crossing. Nodes early and nodes late are both tried.
    """
    ids = list(links)
    heights = [held[node_id][1] for node_id in ids] if all(node_id in held for node_id in ids) else []
    tried: list[tuple[int, Vertices]] = []
    for span, is_late in itertools.product(
        (_one, _two_from_shared_inputs, _two_beside_inputs), (False, True)
    ):
        vertices = vertices_of(links, _layers(links, span, is_late=is_late), tall)
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
    found = _searched(starts, scale)
    return _kept(found, _as_it_lies(links, tall, held), heights, scale) if heights else found.vertices()


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


def _as_it_lies(links: Links, tall: list[float], held: Mapping[str, Position]) -> Vertices | None:
    """The vertices in the columns and the order in which all nodes lie; None if edges do not lead right."""
    columns: dict[str, int] = {}
    first, number = -math.inf, -1
    for node_id in sorted(links, key=lambda node_id: held[node_id][0]):
        if held[node_id][0] >= first + WIDTH:
            first, number = held[node_id][0], number + 1
        columns[node_id] = number
    if any(columns[source] >= columns[target] for source, target in links.edges):
        return None
    vertices = vertices_of(links, columns, tall)
    heights = vertices.heights([held[node_id][1] for node_id in links])
    vertices.arrange(sorted(range(len(heights)), key=heights.__getitem__))
    return vertices


def _columns(links: Links, sizes: Mapping[str, tuple[float, float]]) -> dict[str, Position]:
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
        x = round_up(x + max(sizes[node_id][0] for node_id in generation) + COLUMN_GAP)
    top = min(y for _, y in corners.values())
    return shifted(corners, (0.0, -top))


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
