"""What a graph holds, as a document lists it: records that stay as they are while the graph goes on; and what
it will hold after a change, made beforehand: nobody waits then while very many records change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from itertools import islice
from typing import Any, NamedTuple

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Group, Node, Note

HELD = (
    *("_nodes", "_late", "_ids_by_name", "_targets", "_sources", "_edge_count", "_sinks", "_last"),
    *("_groups", "_group_by_node", "_notes", "properties"),
    *("structure", "revision", "touched", "compiled", "written", "_network"),
)
"""What a graph holds, and what is found from that and kept with it: what `become` exchanges."""
OWN = ("remark",)
"""What a graph keeps of its own."""
PIECE = 1_000
"""Nodes whose edges are let go of in one go."""


class Arrivals:
    """The edges into nodes, by port, as they were when they were noted. All are in one list: Python looks
    through every list that there is for garbage, and takes a turn of the window for one of each node.
    """

    def __init__(self) -> None:
        self._edges: list[Edge] = []
        self._begin: dict[str, int] = {}
        self._end: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._begin)

    def into(self, node_id: str) -> list[Edge]:
        """The edges into a node; none where it was not noted."""
        return self._edges[self._begin.get(node_id, 0) : self._end.get(node_id, 0)]

    def note(self, graph: Graph, node_ids: Iterable[str]) -> None:
        """Note the edges into these nodes, perhaps once more; of what was noted before, nothing counts."""
        for target in node_ids:
            several = graph.sources[target].values()
            edges = [edge for parallel in several for edge in parallel.values()]
            if len(edges) > 1:
                edges.sort(key=lambda edge: edge.port)
            self._begin[target] = len(self._edges)
            self._edges += edges
            self._end[target] = len(self._edges)

    def noting(self, graph: Graph, size: int) -> Iterator[None]:
        """Note those into all nodes, so many nodes at a time, as they are then."""
        node_ids = iter(list(graph.sources))
        while several := list(islice(node_ids, size)):
            self.note(graph, graph.there(several))
            yield


class Contents(NamedTuple):
    """All records of a graph.

    >>> nodes = [Node("a", "input", "a", 2.0), Node("y", "negate", "y", rank=1)]
    >>> graph = Graph.of(nodes, [Edge("a", "y", 0)])
    >>> [edge.key for edge in Contents.of(graph).edges()], Contents.of(graph).graph() == graph
    ([('y', 0)], True)
    """

    nodes: list[Node]
    """In the order of their making."""
    arrivals: Arrivals
    """The edges into nodes; there may be some of nodes that are gone."""
    properties: Mapping[str, Any]
    groups: list[Group]
    notes: list[Note]

    @classmethod
    def of(cls, graph: Graph, arrivals: Arrivals | None = None) -> Contents:
        """What a graph holds now; `arrivals` where they are known."""
        if arrivals is None:
            arrivals = Arrivals()
            arrivals.note(graph, graph.sources)
        return cls(graph.nodes(), arrivals, dict(graph.properties), graph.groups(), graph.notes())

    def edges(self) -> Iterator[Edge]:
        """All edges, in the order of the nodes that they lead to, then by port."""
        return (edge for node in self.nodes for edge in self.arrivals.into(node.id))

    def graph(self) -> Graph:
        """Returns the graph again."""
        return Graph.of(self.nodes, self.edges(), self.properties, self.groups, self.notes)


def graph_after(graph: Graph, change: Change) -> Graph:
    """Returns the graph after a change, or raises ValueError where that does not fit. It is for `become`
    alone: after a change that only moves nodes, or of groups and notes, it shares all else with this one.

    >>> from nodegraph.core.graph import edits
    >>> from nodegraph.core.graph.records import Node
    >>> graph = Graph.of([Node("a", "input", "a", 2.0)])
    >>> later = graph_after(graph, edits.move(graph, {"a": (8.0, 0.0)}))
    >>> graph.node("a").place, later.node("a").place
    ((0.0, 0.0), (8.0, 0.0))
    """
    if all(patch.kind in ("group", "note") for patch in change.beyond_places):
        later = copy(graph)
        for name in ("_nodes", "_groups", "_group_by_node", "_notes"):
            vars(later)[name] = vars(graph)[name].copy()
    else:
        later = graph.copy()
        later.structure, later.revision = graph.structure, graph.revision
    later.apply(change)
    if not later.touched and later.structure == graph.structure:
        later.compiled = graph.compiled
    return later


def become(graph: Graph, later: Graph) -> None:
    """Let a graph hold what it does after the change (`HELD`); it keeps its identity. What it held is in
    `later` then, for `taken_apart`. ValueError where it is not as it was when `graph_after` was called.
    """
    if later.revision != graph.revision + 1:
        raise ValueError("the graph has changed since it was foreseen what it would be")
    now, then = vars(graph), vars(later)
    for name in HELD:
        now[name], then[name] = then[name], now[name]


def taken_apart(given_up: Graph, graph: Graph) -> Iterator[float]:
    """Let go of what a graph holds that is given up, but for what another one shares with it, piece by piece:
    of very many edges this takes its time. Yields the share that is gone.
    """
    both = (vars(given_up)[name] for name in ("_targets", "_sources"))
    kept = graph.targets, graph.sources
    own = [ends for ends in both if not any(ends is shared for shared in kept)]
    count = sum(map(len, own))
    for ends in own:
        while ends:
            for _ in range(min(PIECE, len(ends))):
                ends.popitem()
            yield 1 - sum(map(len, own)) / count
