"""The columns of a layered drawing: as far apart as the numbers on the edges between them need.

Knows vertices and widths; nothing of what is written on edges.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout.vertices import Vertices

GRID = 8
SMALL = 16
"""Nodes up to which a graph has the wide gaps."""


@dataclass(frozen=True)
class Gaps:
    """How far apart layers are."""

    wide: float
    """Between two layers: room for a chip such as −2 × 5 = −10 on an edge that is still seen beside it."""
    close: float
    """The same in a larger graph, whose chips are short: it is seen from farther away."""
    bare: float
    """Before a layer that no edge ends in: no chip stands there, edges only pass."""
    few_ports: int
    """Ports whose chips have room in a gap."""
    for_port: float
    """By how much every further one makes it wider: edges that meet a tall card from all heights are steep,
    and chips that have no room side by side stand one above the other.
    """


GAPS: Mapping[Direction, Gaps] = {
    Direction.RIGHT: Gaps(wide=168, close=120, bare=80, few_ports=3, for_port=24),
    Direction.DOWN: Gaps(wide=112, close=96, bare=64, few_ports=2, for_port=16),
}


def columns_of(vertices: Vertices, wide: Sequence[float], direction: Direction) -> list[float]:
    """Returns where each layer begins, from left to right; `wide` are the widths of all nodes, both as
    `direction` turns them.
    """
    found, right, gaps = [], 0.0, GAPS[direction]
    for number, layer in enumerate(vertices.layers):
        left = round_up(right + _gap_before(vertices, layer, gaps)) if number else 0.0
        found.append(left)
        right = max((left + wide[vertex] for vertex in layer if vertex < vertices.real), default=right)
    return found


def _gap_before(vertices: Vertices, layer: Sequence[int], gaps: Gaps) -> float:
    ports = max((len(vertices.before[vertex]) for vertex in layer if vertex < vertices.real), default=0)
    if not ports:
        return gaps.bare
    least = gaps.wide if vertices.real <= SMALL else gaps.close
    return least + gaps.for_port * max(0, ports - gaps.few_ports)


def round_up(length: float) -> float:
    """Returns the next place on the grid."""
    return GRID * float(math.ceil(length / GRID))
