"""Cutting edges with a knife: Ctrl and the right button draw a straight line; what it crosses comes off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt

from nodegraph.canvas.gestures.gesture import hints_of

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand
    from nodegraph.core.graph.records import EdgeKey


class Knife:
    """Marks the edges under the line while it is drawn, and asks for all of them at once."""

    cursor = Qt.CursorShape.CrossCursor
    hints = hints_of("Every edge the line crosses is cut", "Esc cancels")

    def __init__(self, view: Hand, place: QPointF) -> None:
        self.view = view
        self.start = place
        self.crossed: list[EdgeKey] = []

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        knife = QLineF(self.start, place)
        scene = self.view.graph_scene
        self.crossed = scene.edge_layer.crossed(knife)
        scene.showing.mark(cut=self.crossed)
        self.view.overlay.show_knife(knife)
        count = len(self.crossed)
        what = "1 edge" if count == 1 else f"{count} edges"
        self.view.say(f"Cut {what}" if count else "Draw across the edges to cut", place)

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.move(place, modifiers)
        crossed = self.crossed
        self.cancel()
        if crossed:
            self.view.intents.slice_requested.emit(crossed)

    def cancel(self) -> None:
        self.view.graph_scene.showing.mark()
        self.view.overlay.show_knife(None)
        self.view.say("", QPointF())
