"""Which node is marked as the output, and which cards read otherwise once names or the output change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.records import Node
from nodegraph.core.typeset import namesakes

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

MOST_RENAMED = 2_000
"""Cards up to which all take the width that another name of the output asks for; of more, what is too long is
shortened.
"""


class Captions:
    """What stands on cards because of other nodes: the mark of the output, its name in ∂L/∂x, and x_1 plain
    where there is an x1 too.
    """

    def __init__(self, scene: Board) -> None:
        self.scene = scene
        self.marked: str | None = None
        """The node that is marked as the output."""

    def read(self) -> None:
        """Read the output of another graph."""
        self.marked = self.scene.graph.evident_output
        self.scene.output_name = self.scene.graph.output_name

    def stale(self, change: Change) -> set[str]:
        """Returns the nodes that look different after a change of others."""
        graph, before = self.scene.graph, self.marked
        if any(patch.kind == "property" and patch.key == "direction" for patch in change.patches):
            self.read()
            return set(self.scene.items_by_id)
        found = {node.id for name in _names(change) if (node := graph.named(name)) is not None}
        touched = any(patch.is_structural or patch.kind == "property" for patch in change.patches)
        if touched or graph.output in change.node_ids():
            name = self.scene.output_name
            self.read()
            found |= {node_id for node_id in (before, self.marked) if node_id is not None}
            if name != self.scene.output_name:
                self.scene.update()
                if len(self.scene.items_by_id) <= MOST_RENAMED:
                    found |= self.scene.items_by_id.keys()
        return found & self.scene.items_by_id.keys()


def _names(change: Change) -> Iterator[str]:
    """Yield the names that look like one that a change has given or taken away."""
    for patch in change.patches:
        if patch.kind != "node":
            continue
        names = {record.name for record in (patch.before, patch.after) if isinstance(record, Node)}
        if len(names) == 2 or patch.is_structural:
            for name in names:
                yield from namesakes(name)
