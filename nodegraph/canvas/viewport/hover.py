"""What is under the pointer: its card is marked, and its edge is reported."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.canvas.viewport.camera import Camera
from nodegraph.core.graph.records import EdgeKey


class Hover(QObject):
    """The card and the edge under the pointer of one view; never both."""

    edge_changed = Signal(object)
    """The key of the edge, or None."""

    def __init__(self, view: Camera) -> None:
        super().__init__(view)
        self.view = view
        self._card: NodeItem | None = None
        self._edge: EdgeKey | None = None

    def show(self, node_id: str | None, edge: EdgeKey | None) -> None:
        """Mark this card, or none, and report this edge, or none."""
        card = self.view.graph_scene.items_by_id[node_id] if node_id else None
        if card is not self._card:
            if self._card is not None and self._card.scene() is not None:
                self._card.set_mark(Mark.HOVERED, False)
            self._card = card
            if card is not None:
                card.set_mark(Mark.HOVERED, True)
        if edge != self._edge:
            self._edge = edge
            self.view.graph_scene.showing.hover(edge)
            self.edge_changed.emit(edge)

    def leave(self) -> None:
        """The pointer has left the view."""
        self.show(None, None)

    def forget(self) -> None:
        """Another graph is shown: the card that was marked is gone."""
        self._card = None
