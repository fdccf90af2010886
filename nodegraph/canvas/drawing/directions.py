"""Where arrow keys, and keys for pages, lead on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

WAYS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
"""Where each arrow key leads."""
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
"""Which way each of the two keys for pages turns them."""
