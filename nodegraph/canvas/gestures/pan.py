"""Dragging the canvas itself: middle button, or Space held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from nodegraph.canvas.gestures.gesture import hints_of

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand


class Pan:
    """Keeps the point that was pressed under the cursor."""

    cursor = Qt.CursorShape.ClosedHandCursor
    hints = hints_of("Moves the view")

    def __init__(self, view: Hand, place: QPointF) -> None:
        self.view = view
        self.held = place
        self.began = view.center()

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.view.set_center(self.view.center() - (place - self.held))

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.move(place, modifiers)

    def cancel(self) -> None:
        self.view.set_center(self.began)
