"""The wiring of a graph as arrays, kept in step with it: only what a change has touched is read again.

Each node has a place, in the order of making, which it keeps while others come and go. Knows which nodes can
run by what arrives at them, and not in which order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.kernels import numbering
from nodegraph.core.kernels.numbering import LEAF, Indices, Links
from nodegraph.core.operations.catalogue import OPERATIONS, PASS_THROUGH

OPS = (*OPERATIONS, PASS_THROUGH.name)
"""What the runs of a graph's plan do, by code."""
CODES = {op: code for code, op in enumerate(OPS)} | {
    name: LEAF for name, o in OPERATIONS.items() if o.is_leaf
}
_LEAST = np.array([*(operation.least for operation in OPERATIONS.values()), 1])
_MOST = np.array([*(o.most if o.most is not None else np.iinfo(int).max for o in OPERATIONS.values()), 1])
ABSENT = -3
"""The code of a node that was deleted; its place waits for it."""


class Wiring:
    """`places[id]` is the place of a node, and `ids` are by place. `codes`, `counts` and `last_ports` say
    what it does, with how many inputs, and the last port that an edge fills, or −1. Of leaves it
    has `values`, and which are `constant` or `unset`.
    """

    def __init__(self, graph: Graph) -> None:
        nodes = graph.nodes()
        self.ids = [node.id for node in nodes]
        self.places = {node_id: place for place, node_id in enumerate(self.ids)}
        self.muted = {node.id for node in nodes if node.muted}
        self.codes = np.array([_code(node) for node in nodes], dtype=np.int32)
        self.values = np.array([node.value for node in nodes], dtype=np.float64)
        self.constant = np.array([node.op == "constant" for node in nodes], dtype=bool)
        unset = np.array([node.value is None for node in nodes], dtype=bool)
        self.unset: NDArray[np.bool_] = unset & (self.codes == LEAF)
        """Which leaves have no value yet."""
        self._ranks = np.array([node.rank for node in nodes], dtype=np.int64)
        self.counts, self.last_ports, self._sources = self._read_edges(graph, nodes)

    def _read_edges(self, graph: Graph, nodes: Sequence[Node]) -> tuple[Indices, Indices, Indices]:
        """Returns how many edges arrive at each of these nodes, the last port that they fill, and their
        sources, by node and port. At a muted node none count but that into its first port.
        """
        places, into = self.places, graph.sources
        by_node = [into[node.id] if not node.muted else _first_alone(into[node.id]) for node in nodes]
        sources = [places[source] for found in by_node for source, several in found.items() for _ in several]
        ports = np.array([p for found in by_node for several in found.values() for p in several], np.int64)
        counts = np.array([sum(map(len, found.values())) for found in by_node], dtype=np.int32)
        targets = np.repeat(np.arange(len(nodes)), counts)
        last_ports = np.full(len(nodes), -1)
        np.maximum.at(last_ports, targets, ports)
        return counts, last_ports, np.array(sources, dtype=np.int32)[np.lexsort((ports, targets))]

    @property
    def links(self) -> Links:
        """The edges by target and port."""
        starts = np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])
        return Links(self.codes, starts, self._sources)

    @property
    def absent(self) -> NDArray[np.bool_]:
        """Which places wait for a node that was deleted."""
        absent: NDArray[np.bool_] = self.codes == ABSENT
        return absent

    @property
    def unfit(self) -> NDArray[np.intp]:
        """The places of nodes that cannot run by what arrives at them, or as they have no value."""
        fit = can_run(self.codes, self.counts, self.last_ports) & ~self.unset
        return np.flatnonzero(~(fit | self.absent))

    def reached(self, node_ids: Collection[str], *, back: bool) -> frozenset[str] | None:
        """Returns these nodes and all that they take something from, or, unless `back`, that take something
        from them; None where walking from node to node is quicker, or not all edges are in the arrays.
        """
        if self.muted or not self.places.keys() >= set(node_ids):
            return None
        links = self.links
        neighbours, starts = (links.sources, links.starts) if back else links.by_source
        begin = np.array([self.places[node_id] for node_id in node_ids], dtype=np.intp)
        found = numbering.reached(neighbours, starts, begin)
        if found is None:
            return None
        return frozenset(map(self.ids.__getitem__, np.flatnonzero(found).tolist()))

    def read(self, graph: Graph, touched: Collection[str]) -> None:
        """Read these nodes again, which are there as before, and nothing that arrives at them."""
        for node_id in touched:
            self._read(self.places[node_id], graph.node(node_id))

    def follow(self, graph: Graph, touched: Collection[str]) -> bool:
        """Read again the nodes of these ids, with what arrives at them, made and deleted ones among them.

        Returns whether that is possible: it is not where a node stands before one that was there earlier.
        Then this is of no more use.
        """
        if 2 * len(touched) > len(self.ids):
            return False
        made = [graph.node(node_id) for node_id in touched if node_id in graph and node_id not in self.places]
        self._make_room([node.id for node in sorted(made, key=lambda node: node.rank)])
        by_place = {self.places[node_id]: node_id for node_id in touched if node_id in self.places}
        there = [(place, node_id) for place, node_id in sorted(by_place.items())]
        for place, node_id in there:
            self._read(place, graph.node(node_id) if node_id in graph else None)
        self._splice(graph, there)
        alive = ~self.absent
        ranks = self._ranks[alive]
        return bool(2 * len(ranks) >= len(alive) and (ranks[1:] > ranks[:-1]).all())

    def _make_room(self, node_ids: Sequence[str]) -> None:
        for node_id in node_ids:
            self.places[node_id] = len(self.ids)
            self.ids.append(node_id)
        for name, empty in (("codes", ABSENT), ("values", np.nan), ("constant", False), ("unset", False),
                            ("counts", 0), ("last_ports", -1), ("_ranks", 0)):  # fmt: skip
            array = getattr(self, name)
            setattr(self, name, np.append(array, np.full(len(node_ids), empty, dtype=array.dtype)))

    def _read(self, place: int, node: Node | None) -> None:
        self.codes[place] = ABSENT if node is None else _code(node)
        self.values[place] = np.nan if node is None or node.value is None else node.value
        self.constant[place] = node is not None and node.op == "constant"
        self.unset[place] = node is not None and node.value is None and node.is_leaf
        self.muted.discard(self.ids[place])
        if node is not None:
            self._ranks[place] = node.rank
            if node.muted:
                self.muted.add(node.id)

    def _splice(self, graph: Graph, there: Sequence[tuple[int, str]]) -> None:
        """Put what arrives at these nodes now between what arrives at all others."""
        nodes = [graph.node(node_id) if node_id in graph else None for _, node_id in there]
        counts, last_ports, sources = self._read_edges(graph, [node for node in nodes if node is not None])
        alive = np.array([node is not None for node in nodes], dtype=bool)
        places = np.array([place for place, _ in there], dtype=np.intp)
        starts = np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])
        now = np.zeros(len(places), dtype=np.int32)
        now[alive] = counts
        new = np.split(sources, np.cumsum(now)[:-1]) if len(places) else []
        pieces, done = [], 0
        for place, arriving in zip(places.tolist(), new, strict=True):
            pieces += [self._sources[done : starts[place]], arriving]
            done = int(starts[place + 1])
        self._sources = np.concatenate([*pieces, self._sources[done:]])
        self.counts[places] = now
        self.last_ports[places] = -1
        self.last_ports[places[alive]] = last_ports


def can_run(codes: Indices, counts: Indices, last_ports: Indices) -> NDArray[np.bool_]:
    """Whether each node has as many inputs as its operation takes, and no port free among them."""
    is_leaf = (codes == LEAF) & (counts == 0)
    is_fed = (counts == last_ports + 1) & (counts >= _LEAST.take(codes)) & (counts <= _MOST.take(codes))
    found: NDArray[np.bool_] = is_leaf | (is_fed & (codes >= 0))
    return found


def _code(node: Node) -> int:
    """What a node does, as a place in `OPS`."""
    if node.muted and not node.is_leaf:
        return CODES[PASS_THROUGH.name]
    return CODES.get(node.op, numbering.UNKNOWN)


def _first_alone(found: Mapping[str, Mapping[int, Edge]]) -> Mapping[str, Mapping[int, Edge]]:
    """What arrives at a muted node, by source: the edge into its first port, or none."""
    return {source: {0: parallel[0]} for source, parallel in found.items() if 0 in parallel}
