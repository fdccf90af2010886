"""Bends: the points through which a person leads an edge, and what becomes of them when nodes move or come in
between.

As `edits`: what a person asks for is returned as a Change, or Refused with a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, Patch, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import MAX_COORDINATE, Edge, EdgeKey, Node, Point

MANY = 500
"""Nodes that move from which on all edges are looked through, rather than those of each node."""
MAX_BENDS = 100
"""Of one edge."""
MAX_BENDS_IN_ALL = 20_000
"""Of all edges of a graph."""
CARD = (144.0, 84.0)
"""How large a card is as a rule, in scene units."""
BESIDE = 16.0
"""How far from a card that comes into an edge a bend must lie to be kept."""
SAME = 1e-6
"""Ways that differ by less are the same."""
_via = attrgetter("via")


# --- what a person asks for
def bend(graph: Graph, key: EdgeKey, via: Sequence[Point]) -> Change:
    """Lead an edge through these points, in order from its source, and through no others."""
    edge = graph.edge_at(key)
    points = tuple((float(x), float(y)) for x, y in via)
    if len(points) > max(MAX_BENDS, len(edge.via)):
        raise Refused(f"An edge has at most {MAX_BENDS} bends.")
    if len(points) > len(edge.via) and sum(len(e.via) for e in graph.edges()) >= MAX_BENDS_IN_ALL:
        raise Refused(f"A graph has at most {MAX_BENDS_IN_ALL:,} bends.")
    if not all(abs(value) <= MAX_COORDINATE for point in points for value in point):
        raise Refused("A bend cannot lie that far out.")
    ends = f"from {graph.node(edge.source).name} to {graph.node(edge.target).name}"
    more = len(points) - len(edge.via)
    done = "Bend the edge" if more > 0 else "Straighten the edge" if not points else "Move a bend of the edge"
    name = f"{'Remove a bend of the edge' if more < 0 and points else done} {ends}"
    return Change(name, _patches([(edge, points)]))


def straighten(graph: Graph, keys: Iterable[EdgeKey]) -> Change:
    """Take all bends off edges."""
    edges = [graph.edge_at(key) for key in dict.fromkeys(keys)]
    patches = _patches((edge, ()) for edge in edges)
    if not patches:
        raise Refused("No bend was put on this edge by hand.")
    return Change("Straighten an edge" if len(patches) == 1 else f"Straighten {len(patches)} edges", patches)


# --- what becomes of them
def straightened(graph: Graph) -> tuple[Patch, ...]:
    """Patches that take the bends off all edges."""
    return _patches((edge, ()) for edge in graph.edges())


def carried(graph: Graph, moved: Iterable[Patch]) -> tuple[Patch, ...]:
    """Patches that take bends along where both ends of an edge go the same way; `moved` are nodes'."""
    there = [patch for patch in moved if patch.before.x is not None]
    if len(there) > MANY and not any(map(_via, graph.edges())):
        return ()
    return _patches(_carried(graph, {patch.key: _way(patch.before, patch.after) for patch in there}))


def dropped(graph: Graph, moved: Iterable[Patch], kept: Iterable[Patch]) -> tuple[Patch, ...]:
    """Patches that take the bends off edges at nodes that lie elsewhere now, but for edges `kept`."""
    there, along = {p.key for p in moved if p.before.x is not None}, {p.key for p in kept}
    edges = (e for i in there for e in (*graph.edges_into(i), *graph.edges_from(i)) if e.key not in along)
    return _patches((edge, ()) for edge in {edge.key: edge for edge in edges}.values())


def shifted(via: Iterable[Point], by: Point) -> tuple[Point, ...]:
    """Returns the points moved, but no farther out than anything may lie."""
    return tuple((_inside(x + by[0]), _inside(y + by[1])) for x, y in via)


def halves(graph: Graph, edge: Edge, corner: Point | None) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Returns the bends before and behind a card that comes into an edge, with its top left there; those that
    it would cover are left out, and all where it has no place.
    """
    if corner is None or not edge.via:
        return (), ()
    middle = _middle(corner)
    ends = [_place(graph.node(edge.source)), _place(graph.node(edge.target))]
    way = [ends[0] or edge.via[0], *edge.via, ends[1] or edge.via[-1]]
    pairs = list(pairwise(way))
    leg = min(range(len(pairs)), key=lambda number: _distance(middle, *pairs[number]))
    clear = [not _is_beneath(point, corner) for point in edge.via]
    numbered = list(zip(edge.via, clear, strict=True))
    return (
        tuple(point for point, is_clear in numbered[:leg] if is_clear),
        tuple(point for point, is_clear in numbered[leg:] if is_clear),
    )


def _carried(graph: Graph, ways: dict[str, Point]) -> Iterator[tuple[Edge, tuple[Point, ...]]]:
    sources = graph.sources
    bent = {edge.target for edge in graph.edges() if edge.via} if len(ways) > MANY else ways.keys()
    for node_id in filter(bent.__contains__, ways):
        way = ways[node_id]
        edges = (edge for parallel in sources[node_id].values() for edge in parallel.values() if edge.via)
        for edge in sorted(edges, key=lambda edge: edge.port):
            if edge.source in ways and math.dist(ways[edge.source], way) < SAME:
                yield edge, shifted(edge.via, way)


def _patches(wanted: Iterable[tuple[Edge, tuple[Point, ...]]]) -> tuple[Patch, ...]:
    return tuple(patch_of(edge, replace(edge, via=via)) for edge, via in wanted if via != edge.via)


def _way(before: Node, after: Node) -> Point:
    return (after.x or 0.0) - (before.x or 0.0), (after.y or 0.0) - (before.y or 0.0)


def _place(node: Node) -> Point | None:
    return None if node.x is None or node.y is None else _middle((node.x, node.y))


def _middle(corner: Point) -> Point:
    return corner[0] + CARD[0] / 2, corner[1] + CARD[1] / 2


def _is_beneath(point: Point, corner: Point) -> bool:
    across, down = point[0] - corner[0], point[1] - corner[1]
    return -BESIDE < across < CARD[0] + BESIDE and -BESIDE < down < CARD[1] + BESIDE


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from a straight line between two others."""
    along = end[0] - start[0], end[1] - start[1]
    length = along[0] ** 2 + along[1] ** 2
    off = point[0] - start[0], point[1] - start[1]
    share = min(max((off[0] * along[0] + off[1] * along[1]) / length, 0.0), 1.0) if length else 0.0
    return math.dist(point, (start[0] + share * along[0], start[1] + share * along[1]))


def _inside(coordinate: float) -> float:
    return max(-MAX_COORDINATE, min(coordinate, MAX_COORDINATE))
