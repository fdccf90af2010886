"""The decimal key of a number pad: many have a comma there, where formulas and numbers take a point."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def point_by_keypad(field: QWidget) -> None:
    """Let the decimal key of the number pad type a point into this field, whatever the keyboard says."""
    field.installEventFilter(_KeypadPoint(field))


class _KeypadPoint(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the key of a point in the place of that of a comma."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.text() != "," or not event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
            return False
        point = QKeyEvent(event.type(), Qt.Key.Key_Period, event.modifiers(), ".", event.isAutoRepeat())
        QApplication.sendEvent(watched, point)
        return True
