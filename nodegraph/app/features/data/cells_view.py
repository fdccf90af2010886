"""The table of the data: sorted by a click or a key, copied as text. Shows a `CellsModel`; edits nothing."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from nodegraph.app.features.data.cells import CellsModel
from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.named_headings import fit_columns, name_headings
from nodegraph.core.training.tables import Table

ROW_PX, COLUMN_PX = 24, 96
_OWN = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)


@keeps_plain_keys
class CellsView(QTableView):
    """The cells. Space sorts by the column one is in: up, down, as in the table."""

    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        name_headings(self)
        self.setObjectName("data.cells")
        self.setAccessibleName("The data, row by row")
        self.cells = CellsModel(self)
        self.setModel(self.cells)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        head, side = self.horizontalHeader(), self.verticalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # 100,000 of them are not measured
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSortingEnabled(True)
        self._measure()
        for header in (head, side):
            # A header that knows what is chosen asks at each painting for the flags of every cell.
            header.setSelectionModel(QItemSelectionModel(self.cells, header))

    def _measure(self) -> None:
        """Give rows and columns the sizes that suit the text."""
        self.horizontalHeader().setDefaultSectionSize(style.px(COLUMN_PX))
        self.verticalHeader().setDefaultSectionSize(style.px(ROW_PX))

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def show_table(self, table: Table | None) -> None:
        """Show this table where the one before stood; the cell one was in stays current."""
        at, before = self.currentIndex(), self.cells.headings
        self.cells.show_table(table)
        if self.cells.headings != before:
            fit_columns(self)
        by = self.cells.sorted_by
        with_sign = (-1, Qt.SortOrder.AscendingOrder)
        if by is not None:
            falls = Qt.SortOrder.DescendingOrder if by[1] else Qt.SortOrder.AscendingOrder
            with_sign = (self.cells.table.names.index(by[0]), falls)
        head = self.horizontalHeader()
        head.blockSignals(True)
        head.setSortIndicator(*with_sign)
        head.blockSignals(False)
        if at.isValid() and self.cells.rowCount():
            row = min(at.row(), self.cells.rowCount() - 1)
            self.setCurrentIndex(self.cells.index(row, min(at.column(), self.cells.columnCount() - 1)))

    def sort_by_current(self) -> None:
        """Sort by the column one is in; once more the other way round, then as in the table."""
        column = self.currentIndex().column()
        if column < 0:
            return
        row = self.cells.row_of(self.currentIndex().row())
        head = self.horizontalHeader()
        is_sorted = head.sortIndicatorSection() == column
        if is_sorted and head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        else:
            up = Qt.SortOrder.DescendingOrder if is_sorted else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(column, up)
        self.setCurrentIndex(self.cells.index(self.cells.place_of(row), column))

    def chosen_cells(self) -> tuple[np.ndarray, list[int], bool]:
        """Returns the rows of the table and the columns in which cells are chosen, and whether these columns
        are chosen whole.
        """
        chosen = np.zeros(self.cells.rowCount(), dtype=bool)
        columns: set[int] = set()
        for part in self.selectionModel().selection():
            chosen[part.top() : part.bottom() + 1] = True
            columns.update(range(part.left(), part.right() + 1))
        places = np.flatnonzero(chosen)
        rows = places if self.cells.order is None else self.cells.order[places]
        return rows, sorted(columns), bool(len(rows)) and len(rows) == self.cells.rowCount()

    def event(self, event: QEvent) -> bool:
        """Copying and choosing all belong to the cells while these have the focus, not to the graph."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and any(event.matches(key) for key in _OWN):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space sorts, and the keys of every table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.sort_by_current()
        else:
            super().keyPressEvent(event)
