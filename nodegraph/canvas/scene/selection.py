"""What is selected. Knows keys, and nothing of what they look like."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey


@dataclass(frozen=True)
class Selection:
    """Nodes, groups and notes by id, edges by key, the edges in the order in which they were chosen.

    `batches` are the same nodes in the order in which they came to be selected, one set each time.
    """

    nodes: frozenset[str] = frozenset()
    edges: Mapping[EdgeKey, object] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    batches: tuple[frozenset[str], ...] = field(default=(), compare=False)

    @classmethod
    def of(
        cls,
        nodes: Iterable[str] = (),
        edges: Iterable[EdgeKey] = (),
        groups: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> Selection:
        """Exactly these."""
        found = edges.copy() if isinstance(edges, dict) else dict.fromkeys(edges)
        return cls(frozenset(nodes), found, frozenset(groups), frozenset(notes))

    def __contains__(self, what: str | EdgeKey) -> bool:
        return what in self.nodes or what in self.edges

    def after(self, before: Selection) -> Selection:
        """Returns this selection with what it has kept of the one before it as its first batches."""
        more = self.nodes - before.nodes if before.nodes else self.nodes
        batches = [*(batch & self.nodes for batch in before.batches), more]
        return replace(self, batches=tuple(batch for batch in batches if batch))

    def differing(self, other: Selection, most: int) -> frozenset[str] | None:
        """Returns the ids of nodes, groups and notes that are selected in only one of both; None where these
        are obviously more than so many.
        """
        if abs(len(self.nodes) - len(other.nodes)) > most:
            return None
        return (self.nodes ^ other.nodes) | (self.groups ^ other.groups) | (self.notes ^ other.notes)

    def as_chosen(self, nodes: Sequence[str]) -> list[str]:
        """Returns the selected nodes, given in another order, in the order of selecting."""
        rank = {node_id: place for place, node_id in enumerate(nodes)}
        return [i for batch in self.batches for i in sorted(batch, key=rank.__getitem__)]

    def within(self, graph: Graph, edges: Collection[EdgeKey] | None) -> Selection:
        """What of it is there still: of edges, those among these that are drawn; None where nodes and edges
        are there as before.
        """
        groups = frozenset(filter(graph.has_group, self.groups))
        notes = frozenset(filter(graph.has_note, self.notes))
        if edges is None:
            return replace(self, groups=groups, notes=notes)
        drawn = filter(edges.__contains__, self.edges) if edges else ()
        return Selection.of(graph.node_ids & self.nodes, drawn, groups, notes).after(self)
