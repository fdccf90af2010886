"""The vertices of a layered drawing: nodes, and lanes that keep a place free where an edge passes a layer.

Knows ids, ports and sizes; nothing of what nodes compute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout.card_size import port_pitch

if TYPE_CHECKING:
    import networkx as nx

Links: TypeAlias = "nx.DiGraph[str]"
"""Nodes by id; each edge carries the ports it fills, `ports: list[int]`."""
Neighbours: TypeAlias = list[tuple[int, float]]
"""Vertices of the layer beside, each with the height at which the edge meets the target, from its middle."""

LANES = 5_000
"""How many places along long edges are kept free at least, however large the graph is."""


@dataclass
class Vertices:
    """Nodes come first, then lanes. `before` and `after` are the neighbours in the layers to the left and to
    the right; `layers` the vertices of each layer in their order, `place` where in it each stands.
    """

    real: int
    """How many of them are nodes."""
    layer: list[int]
    tall: list[float]
    before: list[Neighbours] = field(default_factory=list)
    after: list[Neighbours] = field(default_factory=list)
    layers: list[list[int]] = field(default_factory=list)
    place: list[float] = field(default_factory=list)

    def heights(self, nodes: Sequence[float]) -> list[float]:
        """How high all vertices lie where the nodes lie so: a lane between both ends of its edge."""
        found = list(nodes)
        for vertex in range(self.real, len(self.layer)):
            earlier, target = self.before[vertex][0][0], self.after[vertex][0][0]
            while target >= self.real:
                target = self.after[target][0][0]
            ahead = 1 / (self.layer[target] - self.layer[earlier])
            found.append(found[earlier] + ahead * (nodes[target] - found[earlier]))
        return found

    def settle(self, layer: Sequence[int]) -> None:
        """Take over the order of a layer."""
        for place, vertex in enumerate(layer):
            self.place[vertex] = place

    def arrange(self, order: Sequence[int]) -> None:
        """Put the vertices into their layers, in this order."""
        self.layers = [[] for _ in range(max(self.layer) + 1)]
        for vertex in order:
            self.layers[self.layer[vertex]].append(vertex)
        for layer in self.layers:
            self.settle(layer)

    def join(self, source: int, target: int, offset: float) -> None:
        """Let an edge run between two vertices of layers beside each other."""
        self.after[source].append((target, offset))
        self.before[target].append((source, offset))

    def lane(self, layer: int) -> int:
        """Add a place where an edge passes a layer."""
        self.layer.append(layer)
        self.tall.append(0.0)
        self.before.append([])
        self.after.append([])
        return len(self.layer) - 1


def vertices_of(
    links: Links, layer_of: Mapping[str, int], tall: Sequence[float], direction: Direction
) -> Vertices:
    """Returns the vertices of a graph whose nodes have their layers, in the order of making; the longest
    edges get no lanes where that would be too many. `direction` has turned how tall they are.
    """
    ids = list(links)
    number = {node_id: place for place, node_id in enumerate(ids)}
    made = Vertices(len(ids), [layer_of[node_id] for node_id in ids], list(tall))
    made.before, made.after = [[] for _ in ids], [[] for _ in ids]
    last = {n: max((max(data["ports"]) for data in links.pred[n].values()), default=0) for n in ids}
    pitch = {n: port_pitch(port + 1, direction) for n, port in last.items()}
    edges = [(s, t, port) for s in ids for t, data in links[s].items() for port in data["ports"]]
    budget = LANES + 2 * len(ids)
    for source, target, port in sorted(edges, key=lambda edge: layer_of[edge[1]] - layer_of[edge[0]]):
        budget -= layer_of[target] - layer_of[source] - 1
        if budget < 0:
            break
        vertex = number[source]
        for layer in range(layer_of[source] + 1, layer_of[target]):
            lane = made.lane(layer)
            made.join(vertex, lane, 0.0)
            vertex = lane
        made.join(vertex, number[target], (port - last[target] / 2) * pitch[target])
    made.place = [0.0] * len(made.layer)
    made.arrange(range(len(made.layer)))
    return made
