"""Layers: draws one connected part of a graph from left to right, with few crossings and calm edges.

After Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system structures" (1981):
a layer for each node, an order within each layer, then heights. Knows ids, ports and sizes; nothing of what
nodes compute.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import networkx as nx

Position = tuple[float, float]
Links: TypeAlias = "nx.DiGraph[str]"
"""Nodes by id; each edge carries the ports it fills, `ports: list[int]`."""

GRID = 8
WIDTH, HEIGHT, PORT_PITCH = 144, 84, 24
COLUMN_GAP = 168
"""Between two layers: room for a chip such as 0.534 × −0.368 = −0.197."""
ROW_GAP = 28
"""Between two cards of one layer; with cards of 84 the rows follow at 112, whose half is on the grid."""
NEAR = 2
"""Layers by which an input may lie ahead of where it is used before inputs are drawn nearer to their use."""
SWEEPS = 8
MANY = 10_000
"""Vertices from which on fewer sweeps are made."""
SOME = 2_000
"""Vertices up to which neighbours are exchanged after every sweep; beyond, it would take seconds."""
ROUNDS = 4
"""How often all layers are gone through for neighbours to exchange, at most."""
FULL = ("on", "back") * 3 + ("on",) + ("curved",) * 4
HASTY = ("on", "back", "on")
"""The sweeps in which heights settle: with the edges, against them, and making way for curved long edges."""
LANE_WEIGHT, CURVE_WEIGHT = 4, 100
"""How much more a long edge insists on its height than a node does."""
LANES = 5_000
"""How many places along long edges are kept free at least, however large the graph is."""


VAST = 5_000
"""Nodes from which on crossings are not looked at: nobody sees such a graph whole, and it takes seconds."""


def draw(links: Links, sizes: Mapping[str, tuple[float, float]]) -> dict[str, Position]:
    """Top-left corners of one part, whose own top left is the origin."""
    if len(links) >= VAST:
        return _columns(links, sizes)
    ids = list(links)
    drawing = _Drawing(links, ids, _layers(links), [sizes[node_id][1] for node_id in ids])
    drawing.order()
    centres = drawing.heights()
    corners: dict[str, Position] = {}
    x = 0.0
    for layer in drawing.layers:
        real = [vertex for vertex in layer if vertex < len(ids)]
        floor = -math.inf
        for vertex in real:
            height = sizes[ids[vertex]][1]
            y = max(_nearest(centres[vertex] - height / 2), floor)
            corners[ids[vertex]] = (x, y)
            floor = round_up(y + height + ROW_GAP - GRID / 2)
        x = round_up(x + max((sizes[ids[vertex]][0] for vertex in real), default=WIDTH) + COLUMN_GAP)
    top = min(y for _, y in corners.values())
    return shifted(corners, (0.0, -top))


def _columns(links: Links, sizes: Mapping[str, tuple[float, float]]) -> dict[str, Position]:
    """A column for each generation, its nodes one beneath the other, all columns about one middle line."""
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


def _layers(links: Links) -> dict[str, int]:
    """The layer of each node: as early as its inputs allow, then nearer to its use where that shortens edges.

    Inputs that are all used within a few layers stay together in the first column.
    """
    layer: dict[str, int] = {}
    order: list[str] = []
    for number, generation in enumerate(nx.topological_generations(links)):
        layer.update(dict.fromkeys(generation, number))
        order += generation
    latest = {n: min(layer[target] for target in links[n]) - 1 for n in order if links.out_degree(n)}
    column = all(latest[n] <= NEAR for n in latest if not links.in_degree(n))
    own: set[str] = set()
    for node_id in order:
        feeders = links.pred[node_id]
        if all(feeder in own and links.out_degree(feeder) == 1 for feeder in feeders):
            own.add(node_id)
    for node_id in reversed(order):
        into, out = links.in_degree(node_id), links.out_degree(node_id)
        movable = node_id in own or into < out
        if out and movable and not (column and into == 0):
            layer[node_id] = min(layer[target] for target in links[node_id]) - 1
    return layer


class _Drawing:
    """The vertices of one part in layers: nodes, then lanes, which keep a place free for a long edge.

    All edges of one node share its lanes. `before` and `after` hold, for each vertex, its neighbours in the
    layer to the left and to the right, with the height at which the edge meets the target, from its middle.
    """

    def __init__(self, links: Links, ids: list[str], layer_of: Mapping[str, int], tall: list[float]) -> None:
        number = {node_id: place for place, node_id in enumerate(ids)}
        self.real = len(ids)
        self.root = list(range(len(ids)))
        self.tall = list(tall)
        self.layer = [layer_of[node_id] for node_id in ids]
        self.before: list[list[tuple[int, float]]] = [[] for _ in ids]
        self.after: list[list[tuple[int, float]]] = [[] for _ in ids]
        self.passing: dict[int, tuple[int, int, float]] = {}
        last = {n: max((max(data["ports"]) for data in links.pred[n].values()), default=0) for n in ids}
        farthest = {n: max((layer_of[t] for t in links[n]), default=layer_of[n] + 1) for n in ids}
        spans = {n: farthest[n] - layer_of[n] - 1 for n in ids}
        budget = LANES + 2 * len(ids)
        for node_id in sorted(ids, key=lambda node_id: spans[node_id]):
            budget -= spans[node_id]
            lanes = self._lanes(number[node_id], spans[node_id] if budget >= 0 else 0)
            lane = layer_of[node_id] + 1
            for target, data in sorted(links[node_id].items(), key=lambda item: layer_of[item[0]]):
                for port in data["ports"]:
                    offset = (port - last[target] / 2) * PORT_PITCH
                    self._join(lanes.get(layer_of[target] - 1), number[target], offset)
                    for passed in range(lane, layer_of[target] if lane in lanes else lane):
                        self.passing[lanes[passed]] = (number[node_id], number[target], offset)
                    lane = max(lane, layer_of[target])
        self.layers: list[list[int]] = [[] for _ in range(max(self.layer) + 1)]
        self.place = [0.0] * len(self.layer)

    def _lanes(self, vertex: int, count: int) -> dict[int, int]:
        """The vertex that stands for this one in its own layer and in `count` layers after it."""
        lanes = {self.layer[vertex]: vertex}
        for layer in range(self.layer[vertex] + 1, self.layer[vertex] + count + 1):
            self.root.append(self.root[vertex])
            self.tall.append(0.0)
            self.layer.append(layer)
            self.before.append([])
            self.after.append([])
            self._join(vertex, len(self.layer) - 1, 0.0)
            vertex = lanes[layer] = len(self.layer) - 1
        return lanes

    def _join(self, source: int | None, target: int, offset: float) -> None:
        if source is not None:
            self.after[source].append((target, offset))
            self.before[target].append((source, offset))

    # --- order within the layers
    def order(self) -> None:
        """Order every layer so that few edges cross, beginning as the formula reads from its end."""
        for vertex in self._reading_order():
            self.layers[self.layer[vertex]].append(vertex)
        for layer in self.layers:
            self._settle(layer)
        if len(self.layer) < SOME:
            self._exchange()
        best, fewest = [list(layer) for layer in self.layers], self._crossings()
        for sweep in range(SWEEPS if len(self.layer) < MANY else 2):
            if not fewest:
                break
            forward = sweep % 2 == 1
            for layer in self.layers if forward else reversed(self.layers):
                keys = self._keys(layer, self.before if forward else self.after, forward)
                layer.sort(key=keys.__getitem__)
                self._settle(layer)
            if len(self.layer) < SOME:
                self._exchange()
            count = self._crossings()
            if count < fewest:
                best, fewest = [list(layer) for layer in self.layers], count
        self.layers = best
        for layer in self.layers:
            self._settle(layer)

    def _exchange(self) -> None:
        """Exchange neighbours in a layer as long as that takes crossings away; sweeps overlook such pairs."""
        for _ in range(ROUNDS):
            if not sum(self._exchange_in(layer) for layer in self.layers):
                return

    def _exchange_in(self, layer: list[int]) -> int:
        """The same in one layer; how many crossings it took away."""
        sources = {v: sorted(self.place[other] for other, _ in self.before[v]) for v in layer}
        targets = {v: sorted(self.place[other] + 1e-3 * at for other, at in self.after[v]) for v in layer}
        saved, is_better = 0, True
        while is_better:
            is_better = False
            for place in range(len(layer) - 1):
                upper, lower = layer[place : place + 2]
                gain = _crossed(sources[upper], sources[lower]) - _crossed(sources[lower], sources[upper])
                gain += _crossed(targets[upper], targets[lower]) - _crossed(targets[lower], targets[upper])
                if gain > 0:
                    layer[place], layer[place + 1] = lower, upper
                    saved, is_better = saved + gain, True
        self._settle(layer)
        return saved

    def _reading_order(self) -> list[int]:
        seen = [False] * len(self.layer)
        found = []
        ends = [vertex for vertex in range(self.real) if not self.after[vertex]]
        waiting = [*range(len(self.layer) - 1, -1, -1), *reversed(ends)]
        while waiting:
            vertex = waiting.pop()
            if not seen[vertex]:
                seen[vertex] = True
                found.append(vertex)
                waiting += [source for source, _ in sorted(self.before[vertex], key=lambda pair: -pair[1])]
        return found

    def _settle(self, layer: Sequence[int]) -> None:
        for place, vertex in enumerate(layer):
            self.place[vertex] = place

    def _keys(
        self, layer: Sequence[int], neighbours: Sequence[Sequence[tuple[int, float]]], forward: bool
    ) -> dict[int, float]:
        """The barycentre of each vertex among its neighbours; without any, beside what shares its target."""
        keys: dict[int, float] = {}
        for vertex in layer:
            near = neighbours[vertex]
            if near:
                fine = 0.0 if forward else 1e-3
                keys[vertex] = sum(self.place[other] + fine * offset for other, offset in near) / len(near)
        for vertex in layer:
            if vertex not in keys:
                keys[vertex] = self._beside(vertex, keys)
        return keys

    def _beside(self, vertex: int, keys: Mapping[int, float]) -> float:
        for target, offset in self.after[vertex]:
            for sibling, other in self.before[target]:
                if sibling in keys and self.before[sibling]:
                    return keys[sibling] + 1e-3 * (offset - other)
        return self.place[vertex]

    def _crossings(self) -> int:
        """How many pairs of edges between neighbouring layers cross."""
        total = 0
        for layer in self.layers:
            ends: list[float] = []
            for vertex in layer:
                mine = [self.place[target] + 1e-3 * offset for target, offset in self.after[vertex]]
                total += sum(len(ends) - bisect_right(ends, end) for end in mine)
                for end in mine:
                    insort(ends, end)
        return total

    # --- heights
    def heights(self) -> list[float]:
        """The middle of each vertex: as near to its neighbours as the order and the gaps allow."""
        middle = [0.0] * len(self.layer)
        for layer in self.layers:
            y = 0.0
            for vertex in layer:
                middle[vertex] = y + self.tall[vertex] / 2
                y += self.tall[vertex] + ROW_GAP
        ways = FULL if len(self.layer) < MANY else HASTY
        for way in ways:
            forward, curved = way != "back", way == "curved"
            for layer in self.layers[curved:] if forward else reversed(self.layers):
                wishes = [self._wish(vertex, middle, forward, curved) for vertex in layer]
                settled = self._apart(layer, wishes, CURVE_WEIGHT if curved else LANE_WEIGHT)
                for vertex, y in zip(layer, settled, strict=True):
                    middle[vertex] = y
        return middle

    def _wish(self, vertex: int, middle: Sequence[float], forward: bool, curved: bool) -> float:
        """Where the vertex would like to lie, seen from one side; from the other where that side is empty.

        Once heights are nearly settled, a lane goes where the long edges will be `curved` in the end.
        """
        whence = self.root if curved else range(len(middle))
        before = [middle[whence[source]] - offset for source, offset in self.before[vertex]]
        after = [middle[target] + offset for target, offset in self.after[vertex]]
        near = (before or after) if forward else (after or before)
        if curved and vertex >= self.real:
            near = [self._curve(*self.passing[vertex], self.layer[vertex], middle)]
        return sum(near) / len(near) if near else middle[vertex]

    def _curve(self, source: int, target: int, offset: float, layer: int, middle: Sequence[float]) -> float:
        """The height of the smooth edge where it passes a layer."""
        along = (layer - self.layer[source]) / (self.layer[target] - self.layer[source])
        rise = along * along * (3 - 2 * along)
        return middle[source] + rise * (middle[target] + offset - middle[source])

    def _apart(self, layer: Sequence[int], wishes: Sequence[float], lane_weight: int) -> list[float]:
        """The heights nearest to the wishes that keep order and gaps: least squares, pooling violators."""
        if len(layer) == 1:
            return list(wishes)
        room = [0.0]
        for upper, lower in itertools.pairwise(layer):
            room.append(room[-1] + (self.tall[upper] + self.tall[lower]) / 2 + ROW_GAP)
        blocks: list[tuple[float, int, int]] = []
        for vertex, wish, taken in zip(layer, wishes, room, strict=True):
            weight = 1 if vertex < self.real else lane_weight
            total, count = weight * (wish - taken), 1
            while blocks and blocks[-1][0] / blocks[-1][1] > total / weight:
                other, heavy, many = blocks.pop()
                total, weight, count = total + other, weight + heavy, count + many
            blocks.append((total, weight, count))
        level = [total / weight for total, weight, count in blocks for _ in range(count)]
        return [base + taken for base, taken in zip(level, room, strict=True)]


def _crossed(upper: Sequence[float], lower: Sequence[float]) -> int:
    """How many edges cross between two neighbours, whose edges end at these places (sorted)."""
    return sum(bisect_left(lower, end) for end in upper)


def _nearest(length: float) -> float:
    return GRID * math.floor(length / GRID + 0.5)


def round_up(length: float) -> float:
    return GRID * float(math.ceil(length / GRID))


def shifted(block: Mapping[str, Position], by: Position) -> dict[str, Position]:
    return {node_id: (x + by[0], y + by[1]) for node_id, (x, y) in block.items()}
