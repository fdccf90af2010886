"""The order of vertices within their layers, so that few edges cross.

Sweeps sort each layer by the middle of its neighbours (Sugiyama, Tagawa & Toda, 1981), with port order
in mind; between sweeps neighbours are exchanged as long as that takes crossings away. The best is kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence

from nodegraph.core.layout.vertices import Neighbours, Vertices

SWEEPS = 12
MANY = 10_000
"""Vertices from which on fewer sweeps are made."""
SOME = 2_000
"""Vertices up to which neighbours are exchanged after every sweep; beyond, it would take seconds."""
ROUNDS = 4
"""How often all layers are gone through for neighbours to exchange, at most."""


def reduce_crossings(vertices: Vertices, start: Sequence[int]) -> int:
    """Order every layer, beginning with this order of all vertices; returns how many crossings are left."""
    vertices.arrange(start)
    best, fewest = _copied(vertices), count_crossings(vertices)
    exchanges = len(vertices.layer) < SOME
    for sweep in range((SWEEPS if len(vertices.layer) < MANY else 2) + exchanges):
        if not fewest:
            break
        if sweep or not exchanges:
            _sweep(vertices, forward=sweep % 2 == 0)
        if exchanges:
            _exchange(vertices)
        count = count_crossings(vertices)
        if count < fewest:
            best, fewest = _copied(vertices), count
    vertices.layers = best
    for layer in best:
        vertices.settle(layer)
    return fewest


def reading_order(vertices: Vertices) -> list[int]:
    """Returns all vertices as the formula reads from its end."""
    seen = [False] * len(vertices.layer)
    found = []
    ends = [vertex for vertex in range(vertices.real) if not vertices.after[vertex]]
    waiting = [*range(len(vertices.layer) - 1, -1, -1), *reversed(ends)]
    while waiting:
        vertex = waiting.pop()
        if not seen[vertex]:
            seen[vertex] = True
            found.append(vertex)
            waiting += [source for source, _ in sorted(vertices.before[vertex], key=lambda pair: -pair[1])]
    return found


def count_crossings(vertices: Vertices) -> int:
    """Returns how many pairs of edges between neighbouring layers cross."""
    total = 0
    for layer in vertices.layers:
        ends: list[float] = []
        for vertex in layer:
            mine = [vertices.place[target] + 1e-3 * offset for target, offset in vertices.after[vertex]]
            total += sum(len(ends) - bisect_right(ends, end) for end in mine)
            for end in mine:
                insort(ends, end)
    return total


def _copied(vertices: Vertices) -> list[list[int]]:
    return [list(layer) for layer in vertices.layers]


def _sweep(vertices: Vertices, forward: bool) -> None:
    """Sort every layer by the middle of its neighbours on one side."""
    for layer in vertices.layers if forward else reversed(vertices.layers):
        near = vertices.before if forward else vertices.after
        layer.sort(key=_keys(vertices, layer, near, forward).__getitem__)
        vertices.settle(layer)


def _keys(
    vertices: Vertices, layer: Sequence[int], neighbours: Sequence[Neighbours], forward: bool
) -> dict[int, float]:
    """The middle of the neighbours of each vertex; without any, beside what shares its target."""
    keys: dict[int, float] = {}
    fine = 0.0 if forward else 1e-3
    for vertex in layer:
        near = neighbours[vertex]
        if near:
            keys[vertex] = sum(vertices.place[other] + fine * offset for other, offset in near) / len(near)
    for vertex in layer:
        if vertex not in keys:
            keys[vertex] = _beside(vertices, vertex, keys)
    return keys


def _beside(vertices: Vertices, vertex: int, keys: Mapping[int, float]) -> float:
    for target, offset in vertices.after[vertex]:
        for sibling, other in vertices.before[target]:
            if sibling in keys and vertices.before[sibling]:
                return keys[sibling] + 1e-3 * (offset - other)
    return vertices.place[vertex]


def _exchange(vertices: Vertices) -> None:
    """Exchange neighbours in a layer as long as that takes crossings away; sweeps overlook such pairs."""
    for _ in range(ROUNDS):
        if not sum(_exchange_in(vertices, layer) for layer in vertices.layers):
            return


def _exchange_in(vertices: Vertices, layer: list[int]) -> int:
    """The same in one layer; how many crossings it took away."""
    place = vertices.place
    sources = {v: sorted(place[other] for other, _ in vertices.before[v]) for v in layer}
    targets = {v: sorted(place[other] + 1e-3 * at for other, at in vertices.after[v]) for v in layer}
    saved, is_better = 0, True
    while is_better:
        is_better = False
        for number in range(len(layer) - 1):
            upper, lower = layer[number : number + 2]
            gain = _crossed(sources[upper], sources[lower]) - _crossed(sources[lower], sources[upper])
            gain += _crossed(targets[upper], targets[lower]) - _crossed(targets[lower], targets[upper])
            if gain > 0:
                layer[number], layer[number + 1] = lower, upper
                saved, is_better = saved + gain, True
    vertices.settle(layer)
    return saved


def _crossed(upper: Sequence[float], lower: Sequence[float]) -> int:
    """How many edges cross between two neighbours, whose edges end at these places (sorted)."""
    return sum(bisect_left(lower, end) for end in upper)
