"""Selecting with a box drawn on the empty canvas; Shift adds, Ctrl takes away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from nodegraph.canvas.gestures.gesture import hints_of

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand

SMALLEST = 4.0
"""A box smaller than this, in pixels, is a click."""


class Box:
    """Selects every card the box touches, while it is drawn; a click without a box does what `click` does."""

    cursor = Qt.CursorShape.CrossCursor
    hints = hints_of(
        "Selects what it touches",
        "Esc cancels",
        shift=("Adds what it touches", "Esc cancels"),
        ctrl=("Takes away what it touches", "Esc cancels"),
    )

    def __init__(
        self,
        view: Hand,
        place: QPointF,
        modifiers: Qt.KeyboardModifier,
        click: Callable[[], None] | None = None,
    ) -> None:
        self.view = view
        self.click = click
        self.start = place
        scene = view.graph_scene
        self.nodes_before, self.edges_before = scene.selected_nodes(), scene.selected_edges()
        self.groups_before, self.notes_before = scene.selected_groups(), scene.selected_notes()
        self.keeps = bool(
            modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        )

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        box = QRectF(self.start, place).normalized()
        self.view.overlay.show_box(box)
        touched = set() if box.isEmpty() else set(self.view.graph_scene.far_layer.touched(box))
        for group in self.view.graph_scene.surroundings.collapsed():
            touched |= group.members if group.rect.intersects(box) else set()
        before = set(self.nodes_before) if self.keeps else set()
        takes_away = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        chosen = before - touched if takes_away else before | touched
        notes = {
            i for i, item in self.view.graph_scene.surroundings.notes.items() if item.rect.intersects(box)
        }
        kept_notes = set(self.notes_before) if self.keeps else set()
        notes = kept_notes - notes if takes_away else kept_notes | notes
        self.view.graph_scene.select(chosen, self.edges_before if self.keeps else (), notes=notes)

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        span = (place - self.start) * self.view.zoom
        if abs(span.x()) + abs(span.y()) >= SMALLEST:
            self.move(place, modifiers)
        elif self.click is not None:
            self.cancel()  # what was touched by less than a box
            self.click()
        elif not self.keeps:
            self.view.graph_scene.select()
        self.view.overlay.show_box(None)

    def cancel(self) -> None:
        self.view.overlay.show_box(None)
        self.view.graph_scene.select(
            self.nodes_before, self.edges_before, self.groups_before, self.notes_before
        )
