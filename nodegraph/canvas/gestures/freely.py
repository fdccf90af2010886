"""Which keys let a drag go freely: off the grid where that holds, and into no edge and no group."""

from __future__ import annotations

from PySide6.QtCore import Qt

FREELY = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
"""Alt; and Ctrl, held once the drag has begun, for many window managers keep Alt and a drag to themselves."""


def is_free(modifiers: Qt.KeyboardModifier) -> bool:
    """Returns whether the hand asks to move freely."""
    return bool(modifiers & FREELY)
