"""What every gesture has in common, as the view sees it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt

MOVED_PX = 3.0
"""Pixels the hand must go before a press is more than a click."""


def has_moved(way: QPointF, zoom: float) -> bool:
    """Whether the hand has gone far enough to mean more than a click; `way` is in scene units."""
    return (abs(way.x()) + abs(way.y())) * zoom >= MOVED_PX


class Gesture(Protocol):
    """One drag of the hand, from press to release; places are in the scene."""

    cursor: Qt.CursorShape

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The hand moved."""

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The hand let go: do what was shown."""

    def cancel(self) -> None:
        """Esc, or the graph changed beneath it: leave all as it was."""
