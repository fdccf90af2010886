"""A popup that searches: a field, the rows that fit, and a line about the current one. What the rows are and
what taking one does is its subclasses' affair.

It is a child of what it lies over, not a window of its own, so that it never leaves the program and needs no
grab.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.rows import Cell, Rows
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.core.aloud import aloud

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_STAYS = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Why the field may lose the focus without an end to the search: another window, its own menu."""


class SearchPopup(QFrame):
    """The arrows choose, Enter takes, Esc and Tab close, while one goes on typing."""

    closed = Signal(bool)
    """It went away; whether by a key, so that the focus goes back to where it was."""

    def __init__(self, parent: QWidget, name: str, delegate: QStyledItemDelegate) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.field = QLineEdit()
        self.field.setObjectName(f"{name}.field")
        point_by_keypad(self.field)
        self.rows = QListView()
        self.rows.setObjectName(f"{name}.rows")
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setUniformItemSizes(True)
        self.rows.setMouseTracking(True)
        self.model = Rows(self)
        self.rows.setModel(self.model)
        self.delegate = delegate
        delegate.setParent(self)
        self.rows.setItemDelegate(delegate)
        self.foot = QLabel(wordWrap=True)
        self.foot.setObjectName(f"{name}.foot")
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        style.set_role(self.foot, "dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(8), style.px(8), style.px(8), style.px(8))
        layout.setSpacing(style.px(6))
        for widget in (self.field, self.rows, self.foot):
            layout.addWidget(widget)
        self.setFocusProxy(self.field)
        self._pointer = QCursor.pos()
        """Where the pointer rests: rows that come to lie beneath it are not chosen by it."""
        self.field.installEventFilter(self)
        self.rows.viewport().installEventFilter(self)
        self.field.textChanged.connect(self._fill)
        self.rows.clicked.connect(self._take)
        self.rows.selectionModel().currentChanged.connect(self._tell)
        self.hide()

    def set_words(self, name: str, placeholder: str, field: str, rows: str) -> None:
        """What it is called, what the empty field says, and the names of field and rows."""
        self.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(field)
        self.rows.setAccessibleName(rows)

    def set_theme(self, theme: Theme) -> None:
        """Show it in this theme."""
        self.delegate.theme = theme
        self.rows.viewport().update()

    # --- opening and closing
    def show_empty(self) -> None:
        """Show it with nothing typed, where `place` puts it."""
        self._pointer = QCursor.pos()
        self.field.clear()
        self._fill("")
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_popup(self, *, by_key: bool = True) -> None:
        """Go away without effect."""
        if not self.isHidden():
            self.hide()
            self.closed.emit(by_key)

    def place(self) -> None:
        """Take a place and a size within the parent."""
        raise NotImplementedError

    @property
    def row_height(self) -> int:
        """The height of every row, in pixels."""
        return self.delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()

    def _fit_rows(self, wanted: int, room: int) -> None:
        """Show so many rows, or as many as leave room for the field and the foot in such a height."""
        self.rows.setFixedHeight(wanted * self.row_height + 2)
        self.layout().activate()
        beyond = self.layout().totalHeightForWidth(self.width()) - room
        if beyond > 0 and wanted:
            fewer = max(1, wanted - ceil(beyond / self.row_height))
            self.rows.setFixedHeight(fewer * self.row_height + 2)
            self.layout().activate()
            self.rows.scrollTo(self.rows.currentIndex())

    # --- rows
    def _fill(self, text: str) -> None:
        """Show the rows that fit a text."""
        raise NotImplementedError

    def _tell(self, index: QModelIndex, before: QModelIndex) -> None:
        """Say what taking this row would do."""
        raise NotImplementedError

    def _take(self, index: QModelIndex) -> None:
        """Do it."""
        raise NotImplementedError

    def _show_rows(self, rows: list[Cell]) -> None:
        """Show these rows, with the first one current."""
        self.model.show_list(rows)
        self.rows.setCurrentIndex(self.model.index(0, 0))

    def _say(self, sentence: str) -> None:
        self.foot.setText(sentence)
        self.foot.setAccessibleName(aloud(sentence))
        self.field.setAccessibleDescription(aloud(sentence))

    # --- keys and focus
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that choose before the field has them; close where the field is left; choose the row
        that the pointer goes to.
        """
        if watched is self.field:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event):
                return True
            if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STAYS:
                self.close_popup(by_key=False)
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._point(event)
        return super().eventFilter(watched, event)

    def _point(self, event: QMouseEvent) -> None:
        place = event.globalPosition().toPoint()
        if place != self._pointer and (row := self.rows.indexAt(event.position().toPoint())).isValid():
            self.rows.setCurrentIndex(row)
        self._pointer = place

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        page = max(1, self.rows.viewport().height() // self.row_height)
        by = _STEPS.get(key, 0) + page * _PAGES.get(key, 0)
        if by:
            last = self.model.rowCount() - 1
            row = max(0, min(self.rows.currentIndex().row() + by, last))
            self.rows.setCurrentIndex(self.model.index(row, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.rows.currentIndex())
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.close_popup()
        else:
            return False
        return True
