"""Changing an input's number by dragging on it: right is more, left is less; Shift fine, Ctrl coarse."""

from __future__ import annotations

import math
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from nodegraph.canvas.gestures.gesture import hints_of

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand

PIXELS_PER_STEP = 6.0
_numbers = count(1)


class Scrub:
    """Sets the value while the hand moves; all of one drag is one undo step."""

    cursor = Qt.CursorShape.SizeHorCursor
    hints = hints_of(
        "Right is more, left is less",
        "Shift fine",
        "Ctrl coarse",
        "Esc puts it back",
        shift=("Fine steps", "Esc puts it back"),
        ctrl=("Coarse steps", "Esc puts it back"),
    )

    def __init__(self, view: Hand, place: QPointF, node_id: str) -> None:
        self.view = view
        self.start = place
        self.node_id = node_id
        self.before = view.graph_scene.graph.node(node_id).value or 0.0
        self.shown = self.before
        self.gesture = next(_numbers)
        self.moving = False

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        pixels = (place.x() - self.start.x()) * self.view.zoom
        if not self.moving and abs(pixels) < PIXELS_PER_STEP:
            return
        self.moving = True
        self._set(scrubbed(self.before, pixels / PIXELS_PER_STEP, modifiers))

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.move(place, modifiers)
        if not self.moving:
            self.view.click_node(self.node_id, modifiers)

    def cancel(self) -> None:
        if self.moving and self.node_id in self.view.graph_scene.graph:
            self._set(self.before)

    def _set(self, value: float) -> None:
        if value != self.shown:
            self.shown = value
            self.view.intents.value_requested.emit(self.node_id, value, self.gesture)


def scrubbed(value: float, steps: float, modifiers: Qt.KeyboardModifier) -> float:
    """The value after some steps of the hand: tenths of its own size, a tenth or ten times that with a key.

    >>> scrubbed(2.0, 5, Qt.KeyboardModifier.NoModifier), scrubbed(0.0, -3, Qt.KeyboardModifier.NoModifier)
    (2.5, -0.3)
    """
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 1) if value else 0.1
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        step /= 10
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        step *= 10
    digits = max(0, -math.floor(math.log10(step))) if step < 1 else 0
    return round(value + round(steps) * step, min(digits, 300)) + 0.0
