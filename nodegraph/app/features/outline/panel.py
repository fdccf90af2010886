"""The outline: the nodes as a table in execution order. It shows and selects the same as the canvas, for the
keyboard and for those who listen. Tells what is wanted; edits nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.outline.model import NAME, NOW, VALUE, OutlineModel
from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_f2, keeps_plain_keys
from nodegraph.app.widgets.named_headings import name_headings
from nodegraph.core.engine.trace import Frame

HUNDRED = 100
"""Pixels, by which sizes of text are compared."""
WIDTHS_PX = (150, 130, 140, 140)
"""Of names, operations and numbers; the longest number has room, for a cut one looks like another one."""
NOW_PX = 160
"""Of the last column at least, before a longer name takes room from it."""


class RowDelegate(QStyledItemDelegate):
    """Lets what is typed have the height of its row."""

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        editor.setGeometry(option.rect)


@keeps_f2
@keeps_plain_keys
class NodeTree(QTreeView):
    """The rows. Enter edits a value, F2 a name, Delete deletes, letters search."""

    delete_wanted = Signal()
    left = Signal()

    def __init__(self, rows: OutlineModel) -> None:
        super().__init__()
        self.rows = rows
        self._refused: QLineEdit | None = None
        """The field in which a text stands that was refused."""
        self.setModel(rows)
        name_headings(self)
        self.setItemDelegate(RowDelegate(self))
        self.setObjectName("outline.rows")
        self.setAccessibleName("Nodes in execution order")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._edit_row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the class's docstring; the rest as in every list."""
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # Enter in the editor comes through to here
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._edit_row(self.currentIndex())
        elif key == Qt.Key.Key_F2:
            self._edit(self.currentIndex(), NAME)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def closeEditor(  # noqa: N802, as Qt calls it
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Let a text that is refused stay, to be mended, unless somebody leaves it, or gives it up by Esc."""
        is_given_up = hint == QAbstractItemDelegate.EndEditHint.RevertModelCache
        is_held = isinstance(editor, QLineEdit) and editor.hasFocus() and not is_given_up
        if is_held and self.rows.refuses(self.indexAt(editor.geometry().center()), editor.text()):
            style.set_role(editor, "refused")
            editor.textEdited.connect(self._forgive)
            self._refused = editor
            return
        self._refused = None
        super().closeEditor(editor, hint)

    def _forgive(self, _text: str) -> None:
        if self._refused is not None:
            style.set_role(self._refused, "")

    def _edit_row(self, index: QModelIndex) -> None:
        """The value where it is the person's to set, else the name."""
        value = index.siblingAtColumn(VALUE)
        editable = bool(value.flags() & Qt.ItemFlag.ItemIsEditable) if value.isValid() else False
        self._edit(index, VALUE if editable else NAME)

    def _edit(self, index: QModelIndex, column: int) -> None:
        if index.isValid():
            self.edit(index.siblingAtColumn(column))

    def keyboardSearch(self, search: str) -> None:  # noqa: N802, as Qt calls it
        """Letters find names, whichever column is current."""
        current = self.currentIndex()
        if current.isValid() and current.column() != NAME:
            place = current.siblingAtColumn(NAME)
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)
        super().keyboardSearch(search)


class Outline(QFrame):
    """The panel."""

    selection_wanted = Signal(object, str)
    """(node ids, the current one) that the person chose here."""
    delete_wanted = Signal()
    left = Signal()

    _size = 0
    """How large hundred pixels are in the size of text for which columns are so wide; 0 before they are."""

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setAccessibleName("Outline")
        self.setMinimumHeight(style.px(110))
        self.model = model
        self.rows = NodeTree(model)
        self.empty = QLabel("There is no node yet.")
        style.set_role(self.empty, "dim")
        self.empty.setContentsMargins(style.px(16), 0, 0, 0)
        header = self.rows.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._size = style.px(HUNDRED)
        for column, width in enumerate(WIDTHS_PX):
            self.rows.setColumnWidth(column, style.px(width))
        self.rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusProxy(self.rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.empty)
        self._following = False
        self._last_row = 0
        self._sizing = False
        self._is_drawn = False
        """Whether a person has drawn the column of names as wide as they want it."""
        self.rows.delete_wanted.connect(self.delete_wanted)
        self.rows.left.connect(self.left)
        self.rows.selectionModel().selectionChanged.connect(self._tell_selection)
        self.rows.selectionModel().currentChanged.connect(self._remember)
        model.modelReset.connect(self._show_emptiness)
        model.modelReset.connect(self._fit_names)
        model.dataChanged.connect(self._follow_names)
        header.sectionResized.connect(self._notice_drawing)
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        self.empty.setVisible(not self.model.ids)
        last = len(self.model.ids) - 1
        if self.isVisible() and last >= 0 and not self.rows.currentIndex().isValid():
            place = self.model.index(min(self._last_row, last), NAME)
            self.rows.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs wider columns; they keep their shares."""
        super().changeEvent(event)
        before, now = self._size, style.px(HUNDRED)
        if before in (0, now) or event.type() not in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            return
        self._size = now
        for column in range(len(WIDTHS_PX)):
            self._set_width(column, round(self.rows.columnWidth(column) * now / before))
        self._fit_names()

    def showEvent(self, event: QShowEvent) -> None:
        """A hidden list lays nothing out: that takes long where there are many nodes."""
        self.model.catch_up()
        super().showEvent(event)
        self._show_emptiness()
        self._fit_names()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names take the room that a wider panel has."""
        super().resizeEvent(event)
        self._fit_names()

    # --- how wide names are
    def _fit_names(self) -> None:
        """Let names have the room that the other columns leave, as far as the longest needs it; as wide as a
        person has drawn them, where somebody has.
        """
        if self._is_drawn or not self.isVisible():
            return
        others = sum(self.rows.columnWidth(column) for column in range(1, len(WIDTHS_PX)))
        room = self.width() - others - style.px(NOW_PX)
        wished = [self.rows.sizeHintForIndex(one).width() for one in self.model.longest_names()]
        self._set_width(NAME, max(style.px(WIDTHS_PX[NAME]), min(max(wished, default=0), room)))

    def _set_width(self, column: int, width: int) -> None:
        self._sizing = True
        self.rows.setColumnWidth(column, width)
        self._sizing = False

    def _follow_names(self, first: QModelIndex, _last: QModelIndex) -> None:
        if first.column() == NAME:
            self._fit_names()

    def _notice_drawing(self, column: int, _before: int, _now: int) -> None:
        self._is_drawn |= column == NAME and not self._sizing

    def _remember(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._last_row = current.row()

    # --- in step with the canvas
    def follow(self, _frame: Frame, selection: list[str]) -> None:
        """Select what the canvas has selected."""
        self.show_selection(selection)

    def show_selection(self, node_ids: Sequence[str]) -> None:
        """Select these rows, which the canvas has selected."""
        if self._following or set(node_ids) == set(self.selected()):
            return
        rows = sorted(self.model.row_of[node_id] for node_id in node_ids if node_id in self.model.row_of)
        chosen = QItemSelection()
        for first, last in _runs(rows):
            chosen.select(self.model.index(first, NAME), self.model.index(last, NOW))
        flags = QItemSelectionModel.SelectionFlag
        self._following = True
        model = self.rows.selectionModel()
        if rows and self.rows.currentIndex().row() not in rows:
            model.setCurrentIndex(self.model.index(rows[0], NAME), flags.NoUpdate)
        model.select(chosen, flags.ClearAndSelect)
        if rows:
            self.rows.scrollTo(self.model.index(rows[0], NAME))
        self._following = False

    def selected(self) -> list[str]:
        """The ids of the selected rows."""
        # Not `selectedRows`, which asks the model for the flags of every cell.
        ranges = self.rows.selectionModel().selection()
        rows = sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
        return [self.model.ids[row] for row in rows]

    def current(self) -> str | None:
        """The id of the current row."""
        index = self.rows.currentIndex()
        return self.model.ids[index.row()] if index.isValid() else None

    def _tell_selection(self) -> None:
        if not self._following:
            self._following = True
            self.selection_wanted.emit(self.selected(), self.current() or "")
            self._following = False


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted rows as (first, last) of what lies together.

    >>> _runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
