"""The field that opens over a note to write in it: Ctrl+Enter or a click beside it takes the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from nodegraph.canvas.note_item import TEXT_PX
from nodegraph.canvas.theme import font
from nodegraph.core import notes
from nodegraph.core.errors import Refused

if TYPE_CHECKING:
    from nodegraph.canvas.view import CanvasView


class NoteField(QPlainTextEdit):
    """Holds the note's Markdown as it is typed."""

    def __init__(self, view: CanvasView, note_id: str) -> None:
        super().__init__(view.viewport())
        self.view = view
        self.note_id = note_id
        self.before = view.graph_scene.graph.note(note_id).text
        self.closing = False
        self.setPlainText(self.before)
        self.setPlaceholderText("Text, # heading, **bold**, *italic*, - list")
        self.setAccessibleName("Text of the note; Ctrl+Enter takes it, Esc leaves it as it was")
        self.setObjectName("note_field")
        self.setTabChangesFocus(True)

    def open(self) -> None:
        """Show it with the cursor at the end."""
        theme = self.view.graph_scene.theme
        self.setStyleSheet(
            f"QPlainTextEdit {{ color: {theme.text}; background: {theme.panel};"
            f" border: 2px solid {theme.accent}; border-radius: 6px; padding: 4px;"
            f" selection-background-color: {theme.accent}; selection-color: {theme.card}; }}"
        )
        self.show()
        self.setFocus()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.view.hint.emit("Ctrl+Enter takes the text, Esc leaves it as it was")

    def corner(self) -> QPointF | None:
        """Where the note lies now; None once it is gone."""
        item = self.view.graph_scene.surroundings.notes.get(self.note_id)
        return None if item is None else item.pos()

    def place(self) -> None:
        """Lie over the note, never too small to write in."""
        item = self.view.graph_scene.surroundings.notes.get(self.note_id)
        if item is None:
            return
        zoom, corner = self.view.zoom, self.view.mapFromScene(item.pos())
        self.setFont(font(max(12.0, TEXT_PX * zoom)))
        width, height = max(180.0, item.size.width() * zoom), max(80.0, item.size.height() * zoom)
        self.setGeometry(corner.x(), corner.y(), round(width), round(height))

    def commit(self) -> bool:
        """Take the text, or say why not; whether it was taken."""
        if self.closing or self.view.field is not self:
            return True
        text = self.toPlainText()
        if text != self.before:
            try:
                notes.edit_note(self.view.graph_scene.graph, self.note_id, text)
            except Refused as refusal:
                self.view.hint.emit(str(refusal))
                return False
        self.view.close_field()
        if text != self.before:
            self.view.note_text_requested.emit(self.note_id, text)
        return True

    def leave(self) -> None:
        """Take the text if it is right, else leave things as they were."""
        if not self.commit():
            self.view.close_field()

    def close_quietly(self) -> None:
        """Go away for good."""
        self.closing = True
        self.view.hint.emit("")
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.view.close_field()
        elif entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.closing and event.reason() != Qt.FocusReason.PopupFocusReason and self.isVisible():
            self.leave()
