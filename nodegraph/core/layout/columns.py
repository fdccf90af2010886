"""The columns of a layered drawing: as far apart as the numbers on the edges between them need.

Knows vertices and widths; nothing of what is written on edges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from nodegraph.core.layout.vertices import Vertices

GRID = 8
COLUMN_GAP = 168
"""Between two layers: room for a chip such as −2 × 5 = −10 on an edge that can still be seen beside it."""
CLOSE_GAP = 120
"""The same in a larger graph, whose chips are short: it is seen from farther away."""
SMALL = 16
"""Nodes up to which a graph has the wide gaps."""
BARE_GAP = 80
"""Before a layer that no edge ends in: no chip stands there, edges only pass."""
FEW_PORTS, PORT_GAP = 3, 24
"""Ports whose chips have room in a gap; and by how much every further one makes it wider, as edges that meet
a tall card from all heights are steep.
"""


def columns_of(vertices: Vertices, wide: Sequence[float]) -> list[float]:
    """Returns where each layer begins, from left to right; `wide` are the widths of all nodes."""
    found, right = [], 0.0
    for number, layer in enumerate(vertices.layers):
        left = round_up(right + _gap_before(vertices, layer)) if number else 0.0
        found.append(left)
        right = max((left + wide[vertex] for vertex in layer if vertex < vertices.real), default=right)
    return found


def _gap_before(vertices: Vertices, layer: Sequence[int]) -> float:
    ports = max((len(vertices.before[vertex]) for vertex in layer if vertex < vertices.real), default=0)
    if not ports:
        return BARE_GAP
    wide = COLUMN_GAP if vertices.real <= SMALL else CLOSE_GAP
    return wide + PORT_GAP * max(0, ports - FEW_PORTS)


def round_up(length: float) -> float:
    """Returns the next place on the grid."""
    return GRID * float(math.ceil(length / GRID))
