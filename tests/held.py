"""Keys and buttons that Qt takes for held. QTest does not tell it that a key is up again after a click with
it, nor anything where a test ends amid a gesture; the next test would find them down.
"""

from __future__ import annotations

import sys


def let_go() -> None:
    """Release all of them, where a test has made an application."""
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    if not isinstance(QApplication.instance(), QApplication):
        return
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
        if QApplication.mouseButtons() & button:
            QTest.mouseRelease(QWidget(), button)
    if QApplication.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Shift)  # after it Qt holds what this one event says: none
