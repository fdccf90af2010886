"""Where each arrow key leads on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

WAYS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
"""Where each arrow key leads."""
