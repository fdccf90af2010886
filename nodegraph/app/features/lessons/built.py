"""What is built into the graph of a lesson, so that a person's own work in it is told from the lesson's.
Values and places are no work there: trying them is what a lesson is for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Group, Note


@dataclass(frozen=True)
class Built:
    """The structure of a graph, and what people write into it."""

    nodes: frozenset[tuple[str, str, str, bool, str | None]]
    """Id, operation, name, whether it is muted, and the column it is bound to."""
    edges: frozenset[tuple[str, EdgeKey]]
    groups: frozenset[tuple[str, str, str, frozenset[str]]]
    """Id, title, colour and nodes."""
    notes: frozenset[tuple[str, str]]
    """Id and text."""
    title: str

    @classmethod
    def of(cls, graph: Graph) -> Built:
        """Returns what is built into a graph now."""
        return cls(
            frozenset((node.id, node.op, node.name, node.muted, node.column) for node in graph.nodes()),
            frozenset((edge.source, edge.key) for edge in graph.edges()),
            frozenset(map(_group, graph.groups())),
            frozenset(map(_note, graph.notes())),
            graph.title,
        )

    def has_more_than(self, other: Built) -> bool:
        """Whether there is something in it that the other has not. What was only taken away is no work."""
        mine, theirs = ((it.nodes, it.edges, it.groups, it.notes) for it in (self, other))
        return self.title != other.title or any(a - b for a, b in zip(mine, theirs, strict=True))

    def with_news(self, before: Built, after: Built) -> Built:
        """Returns this with what is in `after` and was not in `before`."""
        return Built(
            self.nodes | (after.nodes - before.nodes),
            self.edges | (after.edges - before.edges),
            self.groups | (after.groups - before.groups),
            self.notes | (after.notes - before.notes),
            self.title if after.title == before.title else after.title,
        )

    def with_structure_of(self, other: Built) -> Built:
        """Returns this with the nodes and edges of another, which the lesson has asked for."""
        return replace(self, nodes=other.nodes, edges=other.edges)


def _note(note: Note) -> tuple[str, str]:
    return note.id, note.text


def _group(group: Group) -> tuple[str, str, str, frozenset[str]]:
    return group.id, group.title, group.colour, frozenset(group.nodes)
