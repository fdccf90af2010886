"""The drop-down list of nodes that can be the output. Knows a graph; asks for a choice and makes none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QFocusEvent

from nodegraph.app.widgets.choice import Choice
from nodegraph.core.graph.graph import Graph

FEWEST_LETTERS = 8
"""For which it has room in the narrowest panel; with more in its list it grows no wider than the panel is."""
MANY = 200
"""Nodes up to which the list is filled at once; a longer one is once somebody may look into it."""


class OutputChoice(Choice):
    """Shows what the output is; the other nodes are in its list once it has the focus or is opened."""

    chosen = Signal(object)
    """The id of the node that is to be the output; None for the one that the graph ends in."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector.output")
        self.setAccessibleName("Output")
        self.setToolTip("The node the backward pass starts from")
        self.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(FEWEST_LETTERS)
        self._graph = Graph()
        self._entries: list[tuple[str, str | None]] = []
        self._is_full = True
        self.activated.connect(self._choose)

    def show_graph(self, graph: Graph) -> None:
        """Show what the output of this graph is now."""
        self._graph = graph
        self._is_full = len(graph) <= MANY or self.hasFocus() or QAccessible.isActive()
        self._fill()

    def _fill(self) -> None:
        graph = self._graph
        chosen, automatic = graph.properties.get("output"), graph.output
        nodes = graph.nodes() if self._is_full else [graph.node(i) for i in (chosen,) if i in graph]
        entries: list[tuple[str, str | None]] = [
            (f"Automatic: {graph.node(automatic).name}" if automatic and not chosen else "Automatic", None)
        ]
        entries += [(node.name, node.id) for node in nodes if node.op != "constant"]
        if entries != self._entries:
            self._entries = entries
            self.clear()
            self.addItems([text for text, _ in entries])  # one by one it takes ten times as long
        places = (place for place, (_, node_id) in enumerate(entries) if chosen and node_id == chosen)
        self.setCurrentIndex(next(places, 0))

    def _complete(self) -> None:
        if not self._is_full:
            self._is_full = True
            self._fill()

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._entries[place][1])

    # --- Qt
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Fill the list: keys choose from it also while it is closed."""
        self._complete()
        super().focusInEvent(event)

    def showPopup(self) -> None:  # noqa: N802, as Qt calls it
        """Open the list, with all nodes in it."""
        self._complete()
        super().showPopup()
