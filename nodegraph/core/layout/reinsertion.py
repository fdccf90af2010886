"""Reinsertion: takes each node out with its edges and puts it back where the fewest edges cross.

Sweeps move a node within its layer and leave long edges where they are. Here a node may change its layer as
well, and all its edges find their ways anew, each as well as can be (dynamic programming over the layers), as
vertices are inserted into planarized drawings. Knows numbers of nodes, not what they are.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.layout.vertices import Vertices

Costs: TypeAlias = NDArray[np.float64]
Ends: TypeAlias = tuple[Costs, Costs, Costs]
"""Of all edges in a gap: the places at which they begin and end in their layers, and their ports' heights."""

LENGTH = 0.02
"""How many crossings it is worth to pass one layer less."""


@dataclass
class Drawing:
    """Nodes in layers, and a lane for each edge in each layer that it passes, in their order.

    A node goes by its number; the lanes of an edge by the edge's number and that of all nodes.
    """

    edges: list[tuple[int, int, float]]
    """Source, target and, from the target's middle, the height at which each edge meets it."""
    layer: list[int]
    """The layer of each node."""
    order: list[list[int]]
    """The nodes and lanes of each layer."""

    def __post_init__(self) -> None:
        self.count = len(self.layer)
        self.into: list[list[int]] = [[] for _ in self.layer]
        self.out_of: list[list[int]] = [[] for _ in self.layer]
        for edge, (source, target, _) in enumerate(self.edges):
            self.into[target].append(edge)
            self.out_of[source].append(edge)
        for edges in self.into:
            edges.sort(key=lambda edge: self.edges[edge][2])

    def span(self, edge: int) -> tuple[int, int]:
        """Returns the layers of both ends."""
        source, target, _ = self.edges[edge]
        return self.layer[source], self.layer[target]

    def ends(self, first: int, last: int, without: Collection[int] = ()) -> dict[int, Ends]:
        """Returns the ends of the edges in the gaps from a layer to another, by the layer before."""
        place = {n: {v: at for at, v in enumerate(self.order[n])} for n in range(first, last + 1)}
        found: dict[int, list[tuple[float, float, float]]] = {n: [] for n in range(first, last)}
        for edge, (source, target, port) in enumerate(self.edges):
            if edge in without:
                continue
            begin, end = self.layer[source], self.layer[target]
            lane = self.count + edge
            for n in range(max(first, begin), min(last, end)):
                start = place[n][source if n == begin else lane]
                stops = n + 1 == end
                found[n].append((start, place[n + 1][target if stops else lane], port if stops else 0.0))
        ends = {n: np.array(each, dtype=np.float64).reshape(-1, 3) for n, each in found.items()}
        return {n: (each[:, 0], each[:, 1], each[:, 2]) for n, each in ends.items()}

    def crossings(self, first: int = 0, last: int | None = None) -> int:
        """Returns how many pairs of edges cross between a layer and another."""
        total = 0
        for start, end, port in self.ends(first, len(self.order) - 1 if last is None else last).values():
            fine = end + 1e-3 * port
            total += int(((start[:, None] < start) & (fine[:, None] > fine)).sum())
        return total

    def length(self, edges: Collection[int]) -> int:
        """Returns how many layers these edges lead on by."""
        return sum(end - begin for begin, end in map(self.span, edges))


class Search:
    """Takes nodes out and puts them back where their edges cross fewer others.

    It begins with one more layer in front of all, for what is better led on from there.
    """

    def __init__(self, vertices: Vertices, *, seed: int = 0, held: Sequence[float] = ()) -> None:
        self.start = vertices
        found = _drawing_of(vertices)
        self.drawing = Drawing(found.edges, [n + 1 for n in found.layer], [[], *found.order])
        self.random = random.Random(seed)
        self.held = held
        """How high the nodes lie now: of places that cost the same, one in this order is taken."""

    def crossings(self) -> int:
        """Returns how many edges cross as it is now."""
        return self.drawing.crossings()

    def round(self) -> None:
        """Put each node anew, one after the other in no order."""
        nodes = list(range(self.drawing.count))
        self.random.shuffle(nodes)
        for node in nodes:
            self._put_anew(node)

    def rounds(self, count: int) -> int:
        """Put all nodes anew some times; returns how many edges cross then."""
        for _ in range(count):
            self.round()
        return self.crossings()

    def vertices(self) -> Vertices:
        """Returns the vertices in their layers and order as they are now."""
        return _vertices_of(_closed(self.drawing), self.start.tall)

    def _put_anew(self, node: int) -> None:
        """Take a node out and put it where it costs least; back where it was if that turns out worse."""
        drawing = self.drawing
        edges = [*drawing.into[node], *drawing.out_of[node]]
        spans = [drawing.span(edge) for edge in edges]
        low = max((begin for begin, end in spans if end == drawing.layer[node]), default=-1) + 1
        high = (
            min((end for begin, end in spans if begin == drawing.layer[node]), default=len(drawing.order)) - 1
        )
        first, last = min([low, *(s[0] for s in spans)]), max([high, *(s[1] for s in spans)])
        layer, order = drawing.layer[node], drawing.order[first : last + 1]
        before = drawing.crossings(first, last) + LENGTH * drawing.length(edges)
        gone = {node, *(drawing.count + edge for edge in edges)}
        drawing.order[first : last + 1] = [[v for v in each if v not in gone] for each in order]
        found, place = self._best_place(node, (low, high), (first, last))
        drawing.layer[node] = found
        drawing.order[found].insert(place, node)
        missing = set(edges)
        for edge in edges:
            _lead(drawing, edge, missing)
            missing.discard(edge)
        if drawing.crossings(first, last) + LENGTH * drawing.length(edges) > before:
            drawing.layer[node] = layer
            drawing.order[first : last + 1] = order

    def _best_place(self, node: int, layers: tuple[int, int], window: tuple[int, int]) -> tuple[int, int]:
        """A layer and a place in it where the edges of a node cross the fewest others, each by itself."""
        drawing, (low, high) = self.drawing, layers
        edges = [*drawing.into[node], *drawing.out_of[node]]
        ends = drawing.ends(*window, without=set(edges))
        sizes = {n: len(drawing.order[n]) + 1 for n in range(window[0], window[1] + 1)}
        passing = {n: _between(sizes[n], sizes[n + 1], each) for n, each in ends.items()}
        cost = {n: np.zeros(sizes[n]) for n in range(low, high + 1)}
        for edge in drawing.into[node]:
            source = drawing.edges[edge][0]
            begin = drawing.layer[source]
            ways = _from_node(sizes[begin + 1], ends[begin], drawing.order[begin].index(source))
            for n in range(begin + 1, high + 1):
                ways = ways if n == begin + 1 else (ways[:, None] + passing[n - 1]).min(axis=0)
                if n >= low:
                    cost[n] += ways + LENGTH * (n - begin)
        for edge in drawing.out_of[node]:
            _, target, port = drawing.edges[edge]
            end = drawing.layer[target]
            ways = _to_port(sizes[end - 1], ends[end - 1], drawing.order[end].index(target), port)
            for n in range(end - 1, low - 1, -1):
                ways = ways if n == end - 1 else (passing[n] + ways).min(axis=1)
                if n <= high:
                    cost[n] += ways + LENGTH * (end - n)
        least = min(each.min() for each in cost.values()) + LENGTH / 2
        places = [(n, int(at)) for n, each in cost.items() for at in np.flatnonzero(each < least)]
        if self.held:
            now = drawing.layer[node]
            return min(places, key=lambda place: (self._upset(node, *place), abs(place[0] - now)))
        return self.random.choice(places)

    def _upset(self, node: int, layer: int, place: int) -> int:
        """How many nodes of a layer would lie on another side of this one than they are held."""
        order, held = self.drawing.order[layer], self.held
        above = sum(v < self.drawing.count and held[v] > held[node] for v in order[:place])
        return above + sum(v < self.drawing.count and held[v] < held[node] for v in order[place:])


def _lead(drawing: Drawing, edge: int, missing: Collection[int]) -> None:
    """Give an edge the lanes on which it crosses the fewest others, apart from those that are missing."""
    source, target, port = drawing.edges[edge]
    begin, end = drawing.span(edge)
    if end - begin < 2:
        return
    ends = drawing.ends(begin, end, missing)
    sizes = {n: len(drawing.order[n]) + 1 for n in range(begin, end + 1)}
    ways = _from_node(sizes[begin + 1], ends[begin], drawing.order[begin].index(source))
    chosen: list[NDArray[np.intp]] = []
    for n in range(begin + 1, end - 1):
        here, there = np.linspace(0, LENGTH / 9, sizes[n]), np.linspace(0, LENGTH / 9, sizes[n + 1])
        each = ways[:, None] + _between(sizes[n], sizes[n + 1], ends[n]) + np.abs(here[:, None] - there)
        chosen.append(each.argmin(axis=0))
        ways = each.min(axis=0)
    ways = ways + _to_port(sizes[end - 1], ends[end - 1], drawing.order[end].index(target), port)
    place = int(ways.argmin())
    for n in range(end - 1, begin, -1):
        drawing.order[n].insert(place, drawing.count + edge)
        if n > begin + 1:
            place = int(chosen[n - begin - 2][place])


def _between(size: int, further: int, ends: Ends) -> Costs:
    """How many edges one crosses from each place between vertices of a layer to each of the next."""
    start, end, _ = ends
    place, place_there = np.arange(size)[:, None], np.arange(further)[:, None]
    above, above_there = (start < place).astype(float), (end < place_there).astype(float)
    crossed: Costs = above @ (1 - above_there).T + (1 - above) @ above_there.T
    return crossed


def _from_node(further: int, ends: Ends, place: int) -> Costs:
    """The same from a node to each place of the next layer."""
    start, end, _ = ends
    above = end < np.arange(further)[:, None]
    crossed: Costs = (~above & (start < place)).sum(axis=1) + (above & (start > place)).sum(axis=1)
    return crossed.astype(float)


def _to_port(size: int, ends: Ends, place: int, port: float) -> Costs:
    """The same from each place of a layer to a port of a node of the next."""
    start, end, at = ends
    higher = (end < place) | (end == place) & (at < port)
    lower = (end > place) | (end == place) & (at > port)
    above = start < np.arange(size)[:, None]
    crossed: Costs = (above & lower).sum(axis=1) + (~above & higher).sum(axis=1)
    return crossed.astype(float)


def _closed(drawing: Drawing) -> Drawing:
    """The drawing without the layers in which there are lanes only."""
    kept = sorted(set(drawing.layer))
    number = {layer: at for at, layer in enumerate(kept)}
    return Drawing(drawing.edges, [number[n] for n in drawing.layer], [drawing.order[n] for n in kept])


def _drawing_of(vertices: Vertices) -> Drawing:
    edges: list[tuple[int, int, float]] = []
    name = list(range(len(vertices.layer)))
    for source in range(vertices.real):
        for vertex, offset in vertices.after[source]:
            while vertex >= vertices.real:
                name[vertex] = vertices.real + len(edges)
                vertex, offset = vertices.after[vertex][0]
            edges.append((source, vertex, offset))
    order = [[name[vertex] for vertex in layer] for layer in vertices.layers]
    return Drawing(edges, vertices.layer[: vertices.real], order)


def _vertices_of(drawing: Drawing, tall: Sequence[float]) -> Vertices:
    made = Vertices(drawing.count, list(drawing.layer), list(tall[: drawing.count]))
    made.before, made.after = [[] for _ in drawing.layer], [[] for _ in drawing.layer]
    lanes: dict[tuple[int, int], int] = {}
    for edge, (source, target, port) in enumerate(drawing.edges):
        vertex = source
        for n in range(drawing.layer[source] + 1, drawing.layer[target]):
            lane = lanes[n, drawing.count + edge] = made.lane(n)
            made.join(vertex, lane, 0.0)
            vertex = lane
        made.join(vertex, target, port)
    made.layers = [[lanes.get((n, v), v) for v in layer] for n, layer in enumerate(drawing.order)]
    made.place = [0.0] * len(made.layer)
    for layer in made.layers:
        made.settle(layer)
    return made
