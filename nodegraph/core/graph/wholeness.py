"""What a change must leave whole: no edge without an end, no group without its nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.records import Edge, Group, Node

Neighbours = Mapping[str, Mapping[str, Mapping[int, Edge]]]


class Held(Protocol):
    """What is asked of a graph: its nodes, the edges at them, and the groups that hold them."""

    @property
    def sources(self) -> Neighbours: ...
    @property
    def targets(self) -> Neighbours: ...
    def __contains__(self, node_id: str) -> bool: ...
    def there(self, node_ids: Iterable[str]) -> list[str]: ...
    def groups(self) -> list[Group]: ...
    def group_of(self, node_id: str) -> Group | None: ...


def demand_whole(graph: Held, change: Change) -> None:
    """Raise ValueError where an edge would lose one of its ends, or a group a node."""
    nodes = {patch.key: patch.after for patch in change.beyond_places if patch.kind == "node"}
    edges = {patch.key: patch.after for patch in change.beyond_places if patch.kind == "edge"}
    for edge in edges.values():
        for end in (edge.source, edge.target) if edge is not None else ():
            if nodes.get(end, end if end in graph else None) is None:
                raise ValueError(f"{change.name}: an edge would end at {end!r}, which is not there")
    for node_id in [key for key, after in nodes.items() if after is None]:
        sides = (graph.sources[node_id], graph.targets[node_id])
        left = (edge for side in sides for parallel in side.values() for edge in parallel.values())
        if any(edges.get(edge.key, edge) is edge for edge in left):
            raise ValueError(f"{change.name}: {node_id!r} would go and leave an edge without an end")
    _demand_members(graph, change, nodes)


def _demand_members(graph: Held, change: Change, nodes: Mapping[str, Node | None]) -> None:
    """A group holds nodes that are there, and a node is in one group at most. What a group held before, and
    nothing else touches, is so already: of very many nodes none is asked by itself.
    """
    patches = [patch for patch in change.beyond_places if patch.kind == "group"]
    groups = {patch.key for patch in patches}
    made = {key for key, after in nodes.items() if after is not None}
    gone = nodes.keys() - made
    if not gone and all(patch.keeps_members for patch in patches):
        return
    claimed: set[str] = set()
    for patch in patches:
        records = (patch.before, patch.after)
        before, after = (record.nodes if record is not None else () for record in records)
        members, count = {*after}, len(claimed) + len(after)
        joined = members.difference(before)
        for member in (members & gone) | joined.difference(graph.there(joined), made):
            raise ValueError(f"{change.name}: a group would hold {member!r}, which is not there")
        claimed |= members
        for member in joined if graph.groups() else ():
            home = graph.group_of(member)
            if home is not None and home.id not in groups:
                raise ValueError(f"{change.name}: {member!r} would be in two groups")
        if len(claimed) < count:
            raise ValueError(f"{change.name}: a node would be in two groups")
    for node_id in gone:
        home = graph.group_of(node_id)
        if home is not None and home.id not in groups:
            raise ValueError(f"{change.name}: {node_id!r} would go and stay in its group")
