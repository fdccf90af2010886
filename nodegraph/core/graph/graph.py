"""The graph: records of nodes and edges, laid out as in a networkx.MultiDiGraph whose edge key is the port.
Groups and notes lie beside them.

Nothing here checks what a person may do (`edits` does) or computes a value (`passes` does). A graph changes
in one way only: `Graph.apply(change)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from nodegraph.core import shown
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.neighbours import Neighbours, by_ends
from nodegraph.core.graph.records import Edge, EdgeKey, Group, Late, Node, Note, in_order, rank_after
from nodegraph.core.graph.wholeness import demand_whole

if TYPE_CHECKING:
    import networkx as nx


class Graph:
    """Nodes, edges, groups, notes, and the document's properties (`title`, `output`, `direction`, and unknown
    keys).

    >>> nodes = [Node("a", "input", "a", 2.0), Node("y", "negate", "y", rank=1)]
    >>> graph = Graph.of(nodes, [Edge("a", "y", 0)])
    >>> [node.name for node in graph.nodes()], graph.output
    (['a', 'y'], 'y')
    """

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._late: Late = set()
        self._edge_count = 0
        self._sinks: dict[str, None] = {}  # the nodes that no edge leaves
        self._targets: Neighbours = {}
        self._sources: Neighbours = {}
        """The same edges by their targets; the innermost dicts are those of `_targets`."""
        self._network: tuple[int, nx.MultiDiGraph[str]] | None = None
        """What `network` has made, beside the `structure` it was made for."""
        self.properties: dict[str, Any] = {}
        self.structure = self.revision = 0
        """Count changes of nodes, operations and edges, so that a plan is known to be stale; and all."""
        self.compiled: Any = None
        """Where `plan.plan_of` keeps its plan, or None."""
        self.touched: set[str] = set()
        """The nodes that run otherwise since then, or get other edges; made and deleted ones among them."""
        self.written: dict[str, tuple[str, ...]] = {}
        """Where `formulas.formulas_of` keeps what it wrote, until something in it reads otherwise."""
        self.remark = ""  # what whoever made it of a text has to say of that
        self._last: tuple[int, str | None, bool] | None = None  # what `_last_sink` found, for a `structure`
        self._ids_by_name: dict[str, str] = {}
        self._groups: dict[str, Group] = {}
        self._notes: dict[str, Note] = {}
        self._group_by_node: dict[str, str] = {}

    @classmethod
    def of(
        cls,
        nodes: Iterable[Node],
        edges: Iterable[Edge] = (),
        properties: Mapping[str, Any] | None = None,
        groups: Iterable[Group] = (),
        notes: Iterable[Note] = (),
    ) -> Graph:
        """A graph of these records, which the caller has checked; KeyError for an edge without an end."""
        graph = cls()
        graph._nodes = {node.id: node for node in nodes}
        ranks = [node.rank for node in graph._nodes.values()]
        graph._late = set() if ranks == sorted(ranks) else None
        graph._ids_by_name = {node.name: node.id for node in graph._nodes.values()}
        graph._targets, graph._sources, graph._edge_count = by_ends(graph._nodes, list(edges))
        graph._sinks = {node_id: None for node_id, found in graph._targets.items() if not found}
        graph.structure = int(bool(graph._nodes))
        patches = [Patch("property", key, None, value) for key, value in (properties or {}).items()]
        patches += [Patch("group", group.id, None, group) for group in groups]
        patches += [Patch("note", note.id, None, note) for note in notes]
        graph.apply(Change("Build", tuple(patches)))
        return graph

    # --- looking
    __repr__ = shown.graph_in_a_line
    _repr_mimebundle_ = shown.bundle

    def __len__(self) -> int:
        return len(self._nodes)

    def __contains__(self, node_id: str) -> bool:
        return node_id in self._nodes

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        return (
            self.nodes() == other.nodes()
            and {e.key: e for e in self.edges()} == {e.key: e for e in other.edges()}
            and self.properties == other.properties
            and self._groups == other._groups
            and self._notes == other._notes
        )

    __hash__ = None  # type: ignore[assignment]

    def node(self, node_id: str) -> Node:
        """The record of this node; KeyError if there is none."""
        return self._nodes[node_id]

    def nodes(self) -> list[Node]:
        """All nodes in the order of their making."""
        return list(self._in_order().values())

    def records(self) -> dict[str, Node]:
        """All nodes by their ids; those that came back last, whatever their order: that takes longer."""
        return self._nodes.copy()

    def _in_order(self) -> dict[str, Node]:
        if self._late is None or self._late:
            self._nodes, self._late = in_order(self._nodes, self._late), set()
        return self._nodes

    def nodes_of(self, node_ids: Set[str]) -> list[Node]:
        """Those of these ids, which are all there, in the order of their making."""
        if 2 * len(node_ids) < len(self):
            return sorted(map(self._nodes.__getitem__, node_ids), key=lambda node: node.rank)
        nodes = self.nodes()
        return nodes if len(node_ids) == len(nodes) else [node for node in nodes if node.id in node_ids]

    def ids_of(self, node_ids: Set[str]) -> list[str]:
        """Those ids in that order, without a look at each node where they are many."""
        if 2 * len(node_ids) < len(self):
            return [node.id for node in self.nodes_of(node_ids)]
        ids = list(self._in_order())
        return ids if len(ids) == len(node_ids) else list(filter(node_ids.__contains__, ids))

    def nodes_as(self, node_ids: Iterable[str]) -> list[Node]:
        """Those of these ids, as they come; KeyError if one is not there."""
        return list(map(self._nodes.__getitem__, node_ids))

    def there(self, node_ids: Iterable[str]) -> list[str]:
        """Those of these ids of which there is a node, as they come."""
        return list(filter(self._nodes.__contains__, node_ids))

    @property
    def node_ids(self) -> KeysView[str]:
        """The ids of all nodes."""
        return self._nodes.keys()

    def named(self, name: str) -> Node | None:
        """The node of this name, or None."""
        node_id = self._ids_by_name.get(name)
        return None if node_id is None else self.node(node_id)

    def group(self, group_id: str) -> Group:
        """The record of this group; KeyError if there is none."""
        return self._groups[group_id]

    def groups(self) -> list[Group]:
        """All groups in the order of their making."""
        return sorted(self._groups.values(), key=lambda group: group.rank)

    def group_of(self, node_id: str) -> Group | None:
        """The group that carries this node, or None."""
        group_id = self._group_by_node.get(node_id)
        return None if group_id is None else self._groups[group_id]

    def has_group(self, group_id: str) -> bool:
        """Whether there is a group of this id."""
        return group_id in self._groups

    def note(self, note_id: str) -> Note:
        """The record of this note; KeyError if there is none."""
        return self._notes[note_id]

    def notes(self) -> list[Note]:
        """All notes in the order of their making."""
        return sorted(self._notes.values(), key=lambda note: note.rank)

    def has_note(self, note_id: str) -> bool:
        """Whether there is a note of this id."""
        return note_id in self._notes

    def edges(self) -> Iterator[Edge]:
        """All edges."""
        several = chain.from_iterable(map(dict.values, self._targets.values()))
        return chain.from_iterable(map(dict.values, several))

    @property
    def edge_count(self) -> int:
        """How many edges there are."""
        return self._edge_count

    def edge(self, key: EdgeKey) -> Edge | None:
        """The edge that fills this port, or None."""
        target, port = key
        for parallel in self._sources.get(target, {}).values():
            if port in parallel:
                return parallel[port]
        return None

    def edge_at(self, key: EdgeKey) -> Edge:
        """The edge that fills this port; Refused where there is none any more."""
        edge = self.edge(key)
        if edge is None:
            raise Refused("That edge is no longer there.")
        return edge

    def edges_into(self, node_id: str) -> list[Edge]:
        """The edges that arrive at a node, by port."""
        found = [edge for parallel in self._sources[node_id].values() for edge in parallel.values()]
        return sorted(found, key=lambda edge: edge.port) if len(found) > 1 else found

    def edges_from(self, node_id: str) -> list[Edge]:
        """The edges that leave a node, by target in the order of making, then port."""
        found = [edge for parallel in self._targets[node_id].values() for edge in parallel.values()]
        return sorted(found, key=lambda edge: (self.node(edge.target).rank, edge.port))

    @property
    def targets(self) -> Mapping[str, Mapping[str, Mapping[int, Edge]]]:
        """The nodes that each node has edges to, each with these edges by port."""
        return self._targets

    @property
    def sources(self) -> Mapping[str, Mapping[str, Mapping[int, Edge]]]:
        """The nodes that each node has edges from, each with these edges by port."""
        return self._sources

    @property
    def network(self) -> nx.MultiDiGraph[str]:
        """The same nodes and edges for networkx's algorithms, made when they are first asked for.

        networkx takes longer to load than all else that a small graph needs, so it waits until then.
        """
        if self._network is None or self._network[0] != self.structure:
            import networkx as nx

            network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
            network.add_nodes_from(self._nodes)
            network.add_edges_from((edge.source, edge.target, edge.port) for edge in self.edges())
            self._network = (self.structure, network)
        return self._network[1]

    @property
    def title(self) -> str:
        """The document's title, possibly empty."""
        return str(self.properties.get("title", ""))

    @property
    def direction(self) -> Direction:
        """Where edges lead in its drawing."""
        return Direction(self.properties.get("direction", Direction.RIGHT))

    @property
    def output(self) -> str | None:
        """The id of the node L that the backward pass starts from.

        The one the document names; else the only sink, and with several the one made last. A node that has
        no edge at all ends nothing yet and counts only where there is no other.
        """
        return self._chosen_output or self._last_sink()[0]

    @property
    def evident_output(self) -> str | None:
        """The id of the output where nobody could doubt it: the document names it, or it alone ends the edges
        there are. None while a graph is being built and several nodes still end it.
        """
        last, is_alone = self._last_sink()
        return self._chosen_output or (last if is_alone else None)

    @property
    def output_name(self) -> str:
        """The name of the output, or "" where there is none."""
        return self.node(self.output).name if self.output is not None else ""

    @property
    def _chosen_output(self) -> str | None:
        chosen = self.properties.get("output")
        return chosen if isinstance(chosen, str) and chosen in self._nodes else None

    def _last_sink(self) -> tuple[str | None, bool]:
        """Returns (the sink made last, whether it is the only one that an edge leads to)."""
        if self._last is None or self._last[0] != self.structure:
            fed = [node_id for node_id in self._sinks if self._sources[node_id]]
            last = max(fed or self._sinks, key=lambda node_id: self.node(node_id).rank, default=None)
            self._last = (self.structure, last, len(fed) == 1)
        return self._last[1:]

    @property
    def next_rank(self) -> int:
        """The rank for the next node to be made."""
        return rank_after(self._nodes, self._late)

    # --- changing
    def apply(self, change: Change) -> None:
        """Apply a change whole, or raise ValueError and leave everything as it was.

        The change must start from what is here: each patch's `before` is compared first.
        """
        for patch in change.beyond_places if change.moves_on_from(self._nodes) else change.patches:
            now = self._nodes.get(patch.key) if patch.kind == "node" else self._current(patch)
            if now is not patch.before and now != patch.before:
                raise ValueError(f"{change.name}: {patch.kind} {patch.key!r} is not as the change expects")
        demand_whole(self, change)
        nodes = change.of("node")
        edges = change.of("edge")
        self._nodes.update(change.moved)
        for patch in edges:
            if patch.before is not None:
                self._disconnect(patch.before)
        for patch in nodes:
            if patch.before is not None:
                del self._ids_by_name[patch.before.name]
            if patch.after is None:
                del self._nodes[patch.key], self._targets[patch.key], self._sources[patch.key]
                (self._late or set()).discard(patch.key)
                self._sinks.pop(patch.key, None)
        for patch in nodes:
            if patch.after is not None:
                self._put(patch.after)
        for patch in edges:
            if patch.after is not None:
                self._connect(patch.after)
        for patch in change.beyond_places:
            if patch.kind in ("property", "note"):
                self._set(self._notes if patch.kind == "note" else self.properties, patch)
        self._regroup(change.of("group"))
        self.structure += change.is_structural
        self.revision += 1
        self.touched.update(*(patch.touched for patch in change.beyond_places))
        if not all(patch.keeps_formulas for patch in change.beyond_places):
            self.written.clear()

    def _put(self, node: Node) -> None:
        before, last = self._nodes.get(node.id), next(reversed(self._nodes.values()), node)
        if before is not None and before.rank != node.rank:
            self._late = None
        elif before is None and self._late is not None and (self._late or last.rank > node.rank):
            self._late.add(node.id)
        self._nodes[node.id] = node
        if before is None:
            self._sinks[node.id] = None
        self._targets.setdefault(node.id, {})
        self._sources.setdefault(node.id, {})
        self._ids_by_name[node.name] = node.id

    def _connect(self, edge: Edge) -> None:
        parallel = self._targets[edge.source].get(edge.target)
        if parallel is None:
            parallel = self._targets[edge.source][edge.target] = self._sources[edge.target][edge.source] = {}
        parallel[edge.port] = edge
        self._edge_count += 1
        self._sinks.pop(edge.source, None)

    def _disconnect(self, edge: Edge) -> None:
        parallel = self._targets[edge.source][edge.target]
        del parallel[edge.port]
        self._edge_count -= 1
        if not parallel:
            del self._targets[edge.source][edge.target], self._sources[edge.target][edge.source]
        if not self._targets[edge.source]:
            self._sinks[edge.source] = None

    def copy(self) -> Graph:
        """An independent graph with the same records (records are frozen, so they are shared)."""
        return Graph.of(self.nodes(), self.edges(), self.properties, self.groups(), self.notes())

    def with_values(self, values: Mapping[str, float]) -> Graph:
        """A copy in which the leaves of these ids hold these values."""
        nodes = [replace(n, value=values[n.id]) if n.id in values else n for n in self.nodes()]
        return Graph.of(nodes, self.edges(), self.properties, self.groups(), self.notes())

    def _current(self, patch: Patch) -> Any:
        if patch.kind == "edge":
            return self.edge(patch.key)
        if patch.kind == "group":
            return self._groups.get(patch.key)
        return self._notes.get(patch.key) if patch.kind == "note" else self.properties.get(patch.key)

    def _regroup(self, patches: Sequence[Patch]) -> None:
        for patch in patches:
            for member in () if patch.before is None or patch.keeps_members else patch.before.nodes:
                del self._group_by_node[member]
        for patch in patches:
            self._set(self._groups, patch)
            if patch.after is not None and not patch.keeps_members:
                self._group_by_node.update(dict.fromkeys(patch.after.nodes, patch.key))

    @staticmethod
    def _set(records: dict[str, Any], patch: Patch) -> None:
        if patch.after is None:
            records.pop(patch.key, None)
        else:
            records[patch.key] = patch.after
