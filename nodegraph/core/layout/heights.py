"""The heights of vertices: as near to their neighbours as order and gaps allow, long edges straight.

Sweeps over the layers; in each, the heights nearest to all wishes are found at once. Knows no ids.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from nodegraph.core.layout.vertices import Vertices

ROW_GAP = 28
"""Between two cards of one layer; with cards of 84 the rows follow at 112, whose half is on the grid."""
LANE_GAP, TRACK_GAP = 20.0, 12.0
"""Between a card and an edge that passes it, and between two edges."""
MANY = 10_000
"""Vertices from which on fewer sweeps are made."""
FULL, HASTY = ("on", "back") * 4 + ("on",) * 6, ("on", "back", "on")
LANE_WEIGHT = 6
"""How much more a long edge insists on its height than a node does."""


def heights_of(vertices: Vertices) -> list[float]:
    """Returns the middle of each vertex."""
    middle = [0.0] * len(vertices.layer)
    for layer in vertices.layers:
        for vertex, taken in zip(layer, _rooms(vertices, layer), strict=True):
            middle[vertex] = taken
    for way in FULL if len(vertices.layer) < MANY else HASTY:
        forward = way == "on"
        for layer in vertices.layers if forward else reversed(vertices.layers):
            wishes = [_wish(vertices, vertex, middle, forward) for vertex in layer]
            for vertex, y in zip(layer, _apart(vertices, layer, wishes), strict=True):
                middle[vertex] = y
    return middle


def _wish(vertices: Vertices, vertex: int, middle: Sequence[float], forward: bool) -> float:
    """Where the vertex would like to lie, seen from one side; from the other where that side is empty."""
    before = [middle[source] - offset for source, offset in vertices.before[vertex]]
    after = [middle[target] + offset for target, offset in vertices.after[vertex]]
    near = (before or after) if forward else (after or before)
    return sum(near) / len(near) if near else middle[vertex]


def gap_between(vertices: Vertices, upper: int, lower: int) -> float:
    """Returns how far apart two vertices of one layer lie at least."""
    lanes = (upper >= vertices.real) + (lower >= vertices.real)
    return (ROW_GAP, LANE_GAP, TRACK_GAP)[lanes]


def room_of(vertices: Vertices) -> float:
    """Returns how high the drawing is at least: its fullest layer, as close as may be."""
    return max(
        _rooms(vertices, layer)[-1] + (vertices.tall[layer[0]] + vertices.tall[layer[-1]]) / 2
        for layer in vertices.layers
        if layer
    )


def _rooms(vertices: Vertices, layer: Sequence[int]) -> list[float]:
    """How far below the first vertex each of a layer lies where they are as close as may be."""
    room = [0.0]
    for upper, lower in itertools.pairwise(layer):
        half = (vertices.tall[upper] + vertices.tall[lower]) / 2
        room.append(room[-1] + half + gap_between(vertices, upper, lower))
    return room


def _apart(vertices: Vertices, layer: Sequence[int], wishes: Sequence[float]) -> list[float]:
    """The heights nearest to the wishes that keep order and gaps: least squares, pooling violators."""
    if len(layer) == 1:
        return list(wishes)
    room = _rooms(vertices, layer)
    blocks: list[tuple[float, int, int]] = []
    for vertex, wish, taken in zip(layer, wishes, room, strict=True):
        weight = 1 if vertex < vertices.real else LANE_WEIGHT
        total, count = weight * (wish - taken), 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / weight:
            other, heavy, many = blocks.pop()
            total, weight, count = total + other, weight + heavy, count + many
        blocks.append((total, weight, count))
    level = [total / weight for total, weight, count in blocks for _ in range(count)]
    return [base + taken for base, taken in zip(level, room, strict=True)]
