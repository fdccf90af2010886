"""Handling: what the hand asks for on the canvas beyond connecting and moving: edges taken, cut, filled. Each
wish becomes one Change through `Editing`. Paints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nodegraph.core import edits, rewiring
from nodegraph.core.graph import EdgeKey, Graph

if TYPE_CHECKING:
    from nodegraph.app.editing import Editing


class Handling(QObject):
    """Answers the canvas's wishes."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing)
        self.editing = editing
        canvas = editing.canvas
        canvas.reroute_requested.connect(self.reroute)
        canvas.disconnect_requested.connect(self.disconnect_edges)
        canvas.slice_requested.connect(self.slice_edges)
        canvas.outputs_move_requested.connect(self.move_outputs)
        canvas.insert_requested.connect(self.insert)

    @property
    def graph(self) -> Graph:
        """The open graph."""
        return self.editing.graph

    # --- edges
    def reroute(self, key: EdgeKey, source: str, target: EdgeKey) -> None:
        """Let an edge start or end elsewhere."""
        self.editing.attempt(lambda: rewiring.reroute(self.graph, key, source, target))

    def disconnect_edges(self, keys: list[EdgeKey]) -> None:
        """Take edges off."""
        self.editing.attempt(lambda: edits.disconnect(self.graph, keys))

    def slice_edges(self, keys: list[EdgeKey]) -> None:
        """Cut all edges the knife has crossed."""
        self.editing.attempt(lambda: rewiring.slice_edges(self.graph, keys))

    def move_outputs(self, source: str, to: str) -> None:
        """Let all edges of one output start at another."""
        self.editing.attempt(lambda: rewiring.move_outputs(self.graph, source, to))

    def insert(self, node_id: str, key: EdgeKey, place: tuple[float, float]) -> None:
        """Put a node into the edge it was dropped on, where it was dropped."""
        self.editing.attempt(lambda: rewiring.insert_on_edge(self.graph, node_id, key, place))
