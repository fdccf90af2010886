"""What is selected in the open graph, counted once for each change of the selection or of the graph, however
many ask.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from nodegraph.app.document.document import Document
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.plan import leaf_counts

MANY = 2_000
"""Selected nodes from which on each group is asked whether any of them is in it, and not each of them."""


@dataclass(frozen=True)
class Selected:
    """The counts of what is selected, and the groups that are, or in which something is; `group` is the one
    that is selected as a whole, and nothing else, or "".
    """

    nodes: int
    operations: int
    inputs: int
    edges: int
    notes: int
    groups: tuple[str, ...]
    group: str = ""


class Selection(QObject):
    """The selection of one window."""

    def __init__(self, document: Document, scene: GraphScene, parent: QObject) -> None:
        super().__init__(parent)
        self.document = document
        self.scene = scene
        self._counted: Selected | None = None
        for signal in (document.changed, document.replaced, scene.replaced, scene.selection_changed):
            signal.connect(self._forget)

    @property
    def now(self) -> Selected:
        """What is selected now."""
        if self._counted is None:
            self._counted = self._count()
        return self._counted

    def _forget(self, _news: object = None) -> None:
        self._counted = None

    def _count(self) -> Selected:
        graph, scene = self.document.graph, self.scene
        # While another document is opened, the scene still shows the one before.
        chosen = graph.there(scene.selected_nodes()) if scene.graph is not graph else scene.selected_nodes()
        inputs, constants = self._leaves(chosen)
        groups = self._groups(chosen) if graph.groups() else ()
        return Selected(
            len(chosen),
            len(chosen) - inputs - constants,
            inputs,
            len(scene.chosen_edges),
            len(scene.selected_notes()),
            groups,
            self._whole_group(groups, chosen),
        )

    def _whole_group(self, groups: tuple[str, ...], nodes: list[str]) -> str:
        """The only group of which something is selected, where that is all of it and nothing else."""
        if len(groups) != 1:
            return ""
        held, count = self.document.graph.group(groups[0]).nodes, len(self.document.graph)
        is_whole = len(held) == len(nodes) and (len(held) == count or set(held) == set(nodes))
        return groups[0] if is_whole and (len(nodes) > 1 or self.scene.selected_groups()) else ""

    def _leaves(self, nodes: list[str]) -> tuple[int, int]:
        """Returns how many of these are inputs, and how many are constants."""
        graph = self.document.graph
        if len(nodes) == len(graph):
            return leaf_counts(graph)
        ops = [node.op for node in graph.nodes_as(nodes)]
        return ops.count("input"), ops.count("constant")

    def _groups(self, nodes: list[str]) -> tuple[str, ...]:
        graph, found = self.document.graph, dict.fromkeys(self.scene.selected_groups())
        if len(nodes) > MANY:
            chosen = self.scene.chosen_nodes
            homes = [group for group in graph.groups() if not chosen.isdisjoint(group.nodes)]
        else:
            homes = [group for node_id in nodes if (group := graph.group_of(node_id)) is not None]
        return tuple(found | {group.id: None for group in homes})
