"""Ctrl+Y in a field: it is the window's key for making a change again, and Qt takes it for a key of texts on
Windows alone.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def redo_by_ctrl_y(field: QLineEdit | QPlainTextEdit) -> None:
    """Let Ctrl+Y bring back what Ctrl+Z took out of this field, and leave the document alone."""
    field.installEventFilter(_RedoKey(field))


class _RedoKey(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key before the window does."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Y:
            return False
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit | QPlainTextEdit):
            watched.redo()
        return True
