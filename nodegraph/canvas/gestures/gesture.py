"""What every gesture has in common, as the view sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, Qt

Hints = Mapping[Qt.KeyboardModifier, Sequence[str]]
"""Short clauses on what the hand can do, with no key held and with each that matters. `{snap}` stands for the
grid, `{an.id}` at the beginning for the key of that command.
"""
NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
MOVED_PX = 3.0
"""Pixels the hand must go before a press is more than a click."""


def hints_of(
    *plain: str, shift: Sequence[str] = (), ctrl: Sequence[str] = (), alt: Sequence[str] = ()
) -> Hints:
    """Gather the clauses for no key held, and for each key that matters."""
    keys = ((NONE, plain), (SHIFT, shift), (CTRL, ctrl), (ALT, alt))
    return {key: clauses for key, clauses in keys if clauses}


def has_moved(way: QPointF, zoom: float) -> bool:
    """Whether the hand has gone far enough to mean more than a click; `way` is in scene units."""
    return (abs(way.x()) + abs(way.y())) * zoom >= MOVED_PX


class Gesture(Protocol):
    """One drag of the hand, from press to release; places are in the scene."""

    cursor: Qt.CursorShape
    hints: Hints
    """What the line below the canvas says meanwhile."""

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The hand moved."""

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The hand let go: do what was shown."""

    def cancel(self) -> None:
        """Esc, or the graph changed beneath it: leave all as it was."""
