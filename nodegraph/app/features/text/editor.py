"""The field in which the text stands: line numbers, marks for what is selected and for the current step, a
wavy line below a mistake. Tells what is wanted; edits no graph.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from nodegraph.app.features.text.words import marked_in, node_at, stated_in
from nodegraph.app.platform import style
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.operations.formula_limits import MAX_TEXT

STEP_MARK = "▸"
"""Stands beside the line of the current step: no colour alone says it."""
Selection = QTextEdit.ExtraSelection


class LineNumbers(QWidget):
    """The numbers of the lines, left of them."""

    def __init__(self, editor: TextEditor) -> None:
        super().__init__(editor)
        self.editor = editor

    def sizeHint(self) -> QSize:
        """As wide as the largest number needs."""
        return QSize(self.editor.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines that are to be seen."""
        self.editor.paint_numbers(event)


class TextEditor(QPlainTextEdit):
    """The text of a graph."""

    undo_wanted = Signal()
    redo_wanted = Signal()
    refused = Signal(str)
    """What is pasted cannot be taken, as a sentence."""
    seen = Signal()
    """Other lines are to be seen, or they read otherwise."""
    node_wanted = Signal(str)
    """The text cursor has come to the words of this node (its id)."""

    def __init__(self, graph: Callable[[], Graph]) -> None:
        super().__init__()
        self._graph = graph
        self.theme: Theme = LIGHT
        self._selected: list[Node] = []
        self._stepped: Collection[str] = ()
        """The names of the nodes that the current step is about."""
        self._mistake: tuple[int, int] | None = None
        self._told = ""
        self.setObjectName("text.editor")
        self.setAccessibleName("Text of the graph")
        point_by_keypad(self)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.numbers = LineNumbers(self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._move_numbers)
        self.verticalScrollBar().valueChanged.connect(self._mark)
        self.verticalScrollBar().valueChanged.connect(self.seen)
        self.textChanged.connect(self.seen)
        self.cursorPositionChanged.connect(self._tell_node)
        self._make_room()

    def set_document(self, document: QTextDocument) -> None:
        """Show this text."""
        self.setDocument(document)
        self._make_room()

    # --- line numbers
    def numbers_width(self) -> int:
        """Returns the width that line numbers, and the mark of the step, need."""
        digits = max(2, len(str(self.blockCount())))
        return style.px(22) + self.fontMetrics().horizontalAdvance("9") * digits

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        inner = self.contentsRect()
        self.numbers.setGeometry(QRect(inner.left(), inner.top(), self.numbers_width(), inner.height()))

    def _move_numbers(self, rect: QRect, by: int) -> None:
        if by:
            self.numbers.scroll(0, by)
        else:
            self.numbers.update(0, rect.y(), self.numbers.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The numbers are as high as the text, and other lines come to be seen."""
        super().resizeEvent(event)
        self._place_numbers()
        if self.hasFocus():
            self.ensureCursorVisible()  # where one types stays to be seen as a sentence comes below
        self._mark()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs wider numbers."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room()

    def seen_blocks(self) -> Iterator[tuple[QTextBlock, QRect]]:
        """Yields the lines that are to be seen, with their places."""
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if rect.top() > bottom:
                return
            yield block, rect
            block = block.next()

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines, and a mark beside those of the current step."""
        painter = QPainter(self.numbers)
        painter.fillRect(event.rect(), QColor(self.theme.head))
        painter.setFont(self.font())
        width, gap = self.numbers.width(), style.px(6)
        for block, rect in self.seen_blocks():
            line = QRect(0, rect.top(), width - gap, rect.height())
            painter.setPen(QColor(self.theme.dim))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            if self._is_stepped(block.text()):
                painter.setPen(QColor(self.theme.accent))
                painter.drawText(line.adjusted(style.px(3), 0, 0, 0), Qt.AlignmentFlag.AlignLeft, STEP_MARK)
        painter.end()

    def _is_stepped(self, line: str) -> bool:
        return bool(self._stepped) and any(name in self._stepped for _, name in stated_in(line))

    # --- marks
    def set_theme(self, theme: Theme) -> None:
        """Mark in the colours of a theme."""
        self.theme = theme
        self._mark()
        self.numbers.update()

    def show_nodes(self, selected: Sequence[Node], stepped: Collection[str]) -> None:
        """Mark the words of the selected nodes, and the lines of the current step."""
        is_other = [node.id for node in selected] != [node.id for node in self._selected]
        self._selected, self._stepped = list(selected), stepped
        self._mark()
        self.numbers.update()
        if is_other and selected and not self.hasFocus():
            self.reveal(selected[0].name)

    def show_mistake(self, mistake: tuple[int, int] | None) -> None:
        """Underline from a line and a column on (both from 1); None: nothing."""
        self._mistake = mistake
        self._mark()

    def reveal(self, name: str) -> None:
        """Scroll to the statement of a name."""
        block = self.document().begin()
        while block.isValid():
            if any(stated == name for _, stated in stated_in(block.text())):
                cursor = QTextCursor(block)
                self.blockSignals(True)
                self.setTextCursor(cursor)
                self.blockSignals(False)
                self.ensureCursorVisible()
                self._mark()
                return
            block = block.next()

    def _mark(self) -> None:
        marks = []
        for block, _ in self.seen_blocks():
            line = block.text()
            if self._is_stepped(line):
                marks.append(self._line_mark(block))
            for start, end in marked_in(line, self._selected, self._graph()) if self._selected else ():
                marks.append(self._word_mark(block, start, end))
        marks += self._mistake_mark()
        self.setExtraSelections(marks)

    def _line_mark(self, block: QTextBlock) -> Selection:
        made = Selection()
        made.cursor = QTextCursor(block)
        made.format = QTextCharFormat()
        made.format.setBackground(QColor(self.theme.head))
        made.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return made

    def _word_mark(self, block: QTextBlock, start: int, end: int) -> Selection:
        made = Selection()
        made.cursor = _between(block, start, end)
        made.format = QTextCharFormat()
        made.format.setBackground(QColor(self.theme.forward_back))
        made.format.setFontUnderline(True)
        return made

    def _mistake_mark(self) -> list[Selection]:
        if self._mistake is None:
            return []
        block = self.document().findBlockByNumber(self._mistake[0] - 1)
        if not block.isValid():
            return []
        length = len(block.text())
        start = max(min(self._mistake[1] - 1, length - 1), 0)
        end = start + 1
        while end < length and (block.text()[end].isalnum() or block.text()[end] == "_"):
            end += 1
        made = Selection()
        made.cursor = _between(block, start, min(end, length))
        made.format = QTextCharFormat()
        made.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        made.format.setUnderlineColor(QColor(self.theme.danger))
        made.format.setBackground(QColor(self.theme.danger_back))
        return [made]

    # --- what is wanted
    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802, as Qt calls it
        """Take what is pasted, unless no graph could come of so much."""
        if len(source.text()) > MAX_TEXT:
            self.refused.emit(f"The text on the clipboard is longer than {MAX_TEXT:,} characters.")
        else:
            super().insertFromMimeData(source)

    def _tell_node(self) -> None:
        """Tell the node at the text cursor, as a person moves that."""
        if not self.hasFocus() or self.textCursor().hasSelection():
            return
        cursor = self.textCursor()
        node = node_at(cursor.block().text(), cursor.positionInBlock(), self._graph())
        if node is not None:
            self.node_wanted.emit(node.id)

    def event(self, event: QEvent) -> bool:
        """Undo and redo are those of the whole document, and the window's keys for them are not asked."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo; the rest as in every text."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif _is_undo(event):
            self.redo_wanted.emit()
        else:
            super().keyPressEvent(event)


def _is_undo(event: QKeyEvent) -> bool:
    standard = QKeySequence.StandardKey
    redo = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return event.matches(standard.Undo) or event.matches(standard.Redo) or redo


def _between(block: QTextBlock, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
    return cursor
