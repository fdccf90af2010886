"""Drawing an edge from port to port, either way round, with the reason shown wherever it cannot end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from nodegraph.canvas.node_item import Mark
from nodegraph.core import edits

if TYPE_CHECKING:
    from nodegraph.canvas.picking import PortHit
    from nodegraph.canvas.view import CanvasView

SNAP = 18.0
"""Pixels within which a port draws the edge's end to itself."""


class Connect:
    """One end is fixed where the press was; the other looks for a port. `aim` is (source, target, port)."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: CanvasView, hit: PortHit) -> None:
        self.view = view
        self.scene = view.graph_scene
        self.fixed = hit
        self.aim: tuple[str, str, int] | None = None
        self.refusal: str | None = None
        forward = hit.port is None
        self.upstream = edits.ancestors(self.scene.graph, hit.node_id) if forward else None
        self.scene.light(self._legal())

    @property
    def forward(self) -> bool:
        """Whether the press was on an output, so that an input is looked for."""
        return self.fixed.port is None

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._unaim()
        self.aim = self._aimed(place)
        self.refusal = None
        loose = place
        if self.aim is not None:
            source, target, port = self.aim
            self.refusal = edits.why_not(self.scene.graph, source, target, port, self.upstream)
            items = self.scene.items_by_id
            loose = items[target].input_port(port) if self.forward else items[source].output_port()
            self._mark_aim()
        start, end = (self._fixed_place(), loose) if self.forward else (loose, self._fixed_place())
        self.scene.draft.draw(start, end, refused=self.refusal is not None)
        self.view.say(self._sentence(), place, refused=self.refusal is not None)

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.move(place, modifiers)
        aim, refusal = self.aim, self.refusal
        self.cancel()
        if aim is not None and refusal is None:
            self.view.connect_requested.emit(*aim)
        elif refusal is not None:
            self.view.hint.emit(refusal)

    def cancel(self) -> None:
        self._unaim()
        self.scene.light(None)
        self.scene.draft.setVisible(False)
        self.view.say("", QPointF())

    # --- finding the other end
    def _legal(self) -> frozenset[str]:
        """The nodes at which this edge may end, with the one it starts from."""
        graph = self.scene.graph
        if self.upstream is not None:
            open_ones = (
                node.id for node in graph.nodes() if not node.is_leaf and node.id not in self.upstream
            )
            return frozenset(open_ones) | {self.fixed.node_id}
        return frozenset(graph.network) - edits.descendants(graph, self.fixed.node_id) | {self.fixed.node_id}

    def _aimed(self, place: QPointF) -> tuple[str, str, int] | None:
        hit = self.scene.port_at(place, SNAP / self.view.zoom)
        if hit is not None and (hit.port is None) is self.forward:
            hit = None  # an output looks for an input, and the other way round
        if hit is None:
            node_id = self.scene.node_at(place)
            if node_id is None or (node_id == self.fixed.node_id and not self.forward):
                return None
            return self._aimed_at_card(node_id, place)
        if self.forward:
            return (self.fixed.node_id, hit.node_id, hit.port or 0)
        return (hit.node_id, self.fixed.node_id, self.fixed.port or 0)

    def _aimed_at_card(self, node_id: str, place: QPointF) -> tuple[str, str, int]:
        """Anywhere on a card will do: its first free port, else the nearest, which is then replaced."""
        if not self.forward:
            return (node_id, self.fixed.node_id, self.fixed.port or 0)
        port = edits.free_port(self.scene.graph, node_id)
        if port is None:
            item = self.scene.items_by_id[node_id]
            ports = range(len(item.shape_of_card.inputs))
            port = min(ports, key=lambda p: abs(item.input_port(p).y() - place.y()), default=0)
        return (self.fixed.node_id, node_id, port)

    def _fixed_place(self) -> QPointF:
        item = self.scene.items_by_id[self.fixed.node_id]
        return item.output_port() if self.fixed.port is None else item.input_port(self.fixed.port)

    # --- showing it
    def _sentence(self) -> str:
        if self.refusal is not None:
            return self.refusal
        if self.aim is None:
            return "Drop on an input port" if self.forward else "Drop on a node to take its output"
        source, target, port = self.aim
        graph = self.scene.graph
        held = graph.edge((target, port))
        names = f"{graph.node(source).name} to {graph.node(target).name}, input {port + 1}"
        if held is not None:
            return f"Connect {names}, in place of {graph.node(held.source).name}"
        return f"Connect {names}"

    def _mark_aim(self) -> None:
        assert self.aim is not None
        source, target, port = self.aim
        item = self.scene.items_by_id[target if self.forward else source]
        item.set_mark(Mark.REFUSED if self.refusal else Mark.TARGET, True)
        if self.forward:
            item.aimed_port = port
            item.update()

    def _unaim(self) -> None:
        if self.aim is None:
            return
        for node_id in self.aim[:2]:
            item = self.scene.items_by_id.get(node_id)
            if item is not None:
                item.aimed_port = None
                item.set_mark(Mark.TARGET | Mark.REFUSED, False)
                item.update()
