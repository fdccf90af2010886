"""Letting an edge start or end elsewhere without taking it by its end: arrows choose, or the pointer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from nodegraph.canvas.gestures.connect import Connect
from nodegraph.canvas.gestures.gesture import hints_of
from nodegraph.canvas.gestures.key_connect import KeyConnect
from nodegraph.canvas.gestures.rewire import EdgeEnd
from nodegraph.canvas.items.ports import PortHit

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand
    from nodegraph.core.graph.records import Edge


class KeyReroute(EdgeEnd, KeyConnect):
    """Carries one end of an edge. The edge itself is shown where it would be."""

    cursor = Qt.CursorShape.CrossCursor
    hints = hints_of("Arrows choose the port", "Enter or a click moves the edge", "Esc leaves it")

    def __init__(self, view: Hand, edge: Edge, *, at_target: bool) -> None:
        self.edge = edge
        view.graph_scene.showing.hold([edge.key])
        super().__init__(view, PortHit(edge.source, None) if at_target else PortHit(edge.target, edge.port))

    def go(self, way: QPoint) -> None:
        """Aim at the nearest legal port in a direction; at the first where the pointer aims at none."""
        if self.aim is None or self.refusal is not None:
            self.refusal = None
            self._aim_at(min(self.aims, key=self._order))
        else:
            super().go(way)

    def take(self) -> None:
        """Move the edge to where it is shown."""
        aim, refusal = self.aim, self.refusal
        self.cancel()
        if aim is not None and refusal is None:
            self.dropped_on(*aim)

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Aim at what is under the pointer."""
        Connect.move(self, place, modifiers)

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Move the edge to what is under the pointer; a click on nothing leaves it."""
        Connect.end(self, place, modifiers)

    def cancel(self) -> None:
        super().cancel()
        self.scene.showing.hold(())

    def dropped_on_nothing(self, place: QPointF) -> None:
        """Leave the edge where it is."""
