"""What dropping a moved card where it is now would do beyond moving it: put it into the edge beneath it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from nodegraph.core import edits, rewiring

if TYPE_CHECKING:
    from nodegraph.canvas.scene import GraphScene
    from nodegraph.core.graph import EdgeKey

REACH = 22.0
"""How near an edge must pass by the middle of a card, in scene units."""


class EdgeLanding:
    """Finds the edge under one card that is being dragged. `key` is the edge it would be put into."""

    def __init__(self, scene: GraphScene, node_id: str) -> None:
        self.scene = scene
        self.node_id = node_id
        self.key: EdgeKey | None = None
        self.refusal: str | None = None

    @cached_property
    def _above(self) -> frozenset[str]:
        return frozenset(edits.ancestors(self.scene.graph, self.node_id))

    @cached_property
    def _below(self) -> frozenset[str]:
        return frozenset(edits.descendants(self.scene.graph, self.node_id))

    def look(self, card: QRectF) -> None:
        """Aim at the edge under the card, and mark it; a leaf takes no edges and aims at none."""
        self.key = self.refusal = None
        graph = self.scene.graph
        if self.node_id in graph and not graph.node(self.node_id).is_leaf:
            found = self.scene.edge_layer.at(card.center(), REACH, but_at=self.node_id)
            if found is not None:
                self.refusal = rewiring.why_not_insert(graph, self.node_id, found, self._above, self._below)
                self.key = found if self.refusal is None else None
        self.scene.mark_edges(aimed=self.key)

    def clear(self) -> None:
        """Aim at nothing."""
        self.key = self.refusal = None
        self.scene.mark_edges()

    def sentence(self) -> str:
        """What a drop would do, or why not."""
        if self.key is None:
            return self.refusal or ""
        graph = self.scene.graph
        edge = graph.edge(self.key)
        assert edge is not None
        names = [graph.node(node_id).name for node_id in (self.node_id, edge.source, edge.target)]
        return "Drop to put {} between {} and {}; Alt: just move".format(*names)
