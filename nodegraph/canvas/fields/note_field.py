"""The field that opens over a note to write in it: Ctrl+Enter, Esc or a click beside it takes the text, since
nobody should lose a long one by one key; Undo brings back what was there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from nodegraph.canvas.fields.inline_field import InPlace
from nodegraph.canvas.fields.redo_key import redo_by_ctrl_y
from nodegraph.canvas.items.note_item import TEXT_PX, NoteItem
from nodegraph.core.errors import Refused
from nodegraph.core.graph import notes
from nodegraph.core.graph.changes import Change

if TYPE_CHECKING:
    from nodegraph.canvas.fields.host import FieldHost


class NoteField(InPlace, QPlainTextEdit):
    """Holds the note's Markdown as it is typed."""

    def __init__(self, view: FieldHost, note_id: str) -> None:
        super().__init__(view.viewport())
        self.view = view
        self.note_id = note_id
        self.before = view.graph_scene.graph.note(note_id).text
        self.setPlainText(self.before)
        self.setPlaceholderText("Text, # heading, **bold**, *italic*, - list")
        self.setAccessibleName("Text of the note; Ctrl+Enter or Esc takes it")
        self.setObjectName("note_field")
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._grow)
        redo_by_ctrl_y(self)

    def open(self) -> None:
        """Show it with the cursor at the end."""
        self.show_in("QPlainTextEdit", self.view.graph_scene.theme.panel, "border-radius: 6px; padding: 4px;")
        self.place()  # its frame has a width now
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.view.hint.emit("Ctrl+Enter or Esc takes the text; Undo takes it back")

    def _item(self) -> NoteItem | None:
        return self.view.graph_scene.surroundings.notes.get(self.note_id)

    def corner(self) -> QPointF | None:
        item = self._item()
        return None if item is None else item.pos()

    def place(self) -> None:
        """Lie over the note, never too small to write in, and as high as what is typed needs."""
        item = self._item()
        if item is None:
            return
        zoom, corner = self.view.zoom * item.scale(), self.view.mapFromScene(item.pos())
        self.write_at(max(12.0, TEXT_PX * zoom))
        width, height = max(180.0, item.size.width() * zoom), max(80.0, item.size.height() * zoom)
        most = self.view.room().height()
        self.resize(
            round(width), most
        )  # where lines break is known in this width, and beside a bar if need be
        height = max(height, min(self._needed(), most))
        self.setGeometry(corner.x(), corner.y(), round(width), round(height))

    def _grow(self) -> None:
        """Be as high as what is typed needs, and be seen, with the cursor."""
        self.place()
        self.view.show_place(self.geometry())
        self.ensureCursorVisible()

    def _needed(self) -> float:
        """Pixels for all lines as they are typed, with the frame around them."""
        block, lines = self.document().begin(), 0.0
        while block.isValid():  # their places count from the first that is in sight
            lines += self.blockBoundingRect(block).height()
            block = block.next()
        return lines + 2 * self.document().documentMargin() + self.height() - self.viewport().height()

    def typed(self) -> str:
        return self.toPlainText()

    def take(self, text: str) -> None:
        self._change(text)  # refused while it is open, if at all
        self.view.intents.note_text_requested.emit(self.note_id, text, self._least_height(text))

    def escape(self) -> None:
        """Take the text, unless it is refused: then it stays to be mended."""
        self.commit()

    def leave(self) -> None:
        """The same: nobody should lose a long text by one click."""
        self.commit()

    def pending_work(self) -> str:
        return "the text of a note" if self.typed() != self.before else ""

    def pending_change(self) -> Change | None:
        try:
            return self._change(self.typed())
        except Refused:
            return None

    def _change(self, text: str) -> Change:
        return notes.edit_note(self.view.graph_scene.graph, self.note_id, text, self._least_height(text))

    def _least_height(self, text: str) -> float:
        item = self._item()
        return 0.0 if item is None else item.height_for(text)

    def is_taken_by(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def close_quietly(self) -> None:
        self.view.hint.emit("")
        super().close_quietly()
