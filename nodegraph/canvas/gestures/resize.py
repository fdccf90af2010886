"""Dragging a note's corner: the note follows, on the fine grid unless Alt or Ctrl is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF, Qt

from nodegraph.canvas.drawing.geometry import snapped
from nodegraph.canvas.gestures.freely import is_free
from nodegraph.canvas.gestures.gesture import hints_of
from nodegraph.canvas.items.note_item import NoteItem

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand

LEAST_WIDTH, LEAST_HEIGHT = 64.0, 40.0


class Resize:
    """Asks once, at the end, for the size that was shown."""

    cursor = Qt.CursorShape.SizeFDiagCursor
    hints = hints_of("Esc cancels")

    def __init__(self, view: Hand, item: NoteItem, place: QPointF) -> None:
        self.view = view
        self.item = item
        self.start = place
        self.before = item.size

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        way = (place - self.start) / self.item.scale()
        width, height = self.before.width() + way.x(), self.before.height() + way.y()
        if self.view.snaps != is_free(modifiers):
            width, height = snapped(width), snapped(height)
        self.item.resize(at_least(QSizeF(width, height)))

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if place != self.start:
            self.move(place, modifiers)
        size = self.item.size
        if size != self.before:
            self.view.intents.note_resize_requested.emit(self.item.note.id, size.width(), size.height())

    def cancel(self) -> None:
        self.item.resize(self.before)


def at_least(size: QSizeF) -> QSizeF:
    """Returns this size, or the least that the hand gives a note."""
    return size.expandedTo(QSizeF(LEAST_WIDTH, LEAST_HEIGHT))
