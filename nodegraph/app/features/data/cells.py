"""The cells of a table as a view asks for them: sorted as a person wants, missing ones marked. Holds the
columns as they are, and an order of the rows; computes no cell before it is seen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from nodegraph.app.widgets.named_headings import told_apart
from nodegraph.app.widgets.text import tip
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.numbers import format_exact, format_number
from nodegraph.core.training.tables import Table

Index = QModelIndex | QPersistentModelIndex
Rows = NDArray[np.intp]
_ROLE = Qt.ItemDataRole
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
MISSING = "missing"


class CellsModel(QAbstractTableModel):
    """A table, its rows in some order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.table = Table("", ())
        self.arrays: list[NDArray[np.float64]] = []
        self.headings: list[str] = []
        self.order: Rows | None = None
        """Which row of the table stands in each row here; None where they stand as in the table."""
        self.sorted_by: tuple[str, bool] | None = None
        """The name of a column and whether the greatest stand first; None in the table's own order."""

    def show_table(self, table: Table | None) -> None:
        """Show this table, sorted as the one before where it has that column."""
        self.beginResetModel()
        self.table = table if table is not None else Table("", ())
        self.arrays = list(self.table.arrays.values())
        self.headings = told_apart(self.table.names)
        if self.sorted_by is not None and self.sorted_by[0] not in self.table.names:
            self.sorted_by = None
        self._put_in_order()
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Mark missing cells in these colours."""
        self.theme = theme
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last, [_ROLE.BackgroundRole, _ROLE.ForegroundRole])

    def row_of(self, row: int) -> int:
        """Returns which row of the table, from 0, stands in a row here."""
        return row if self.order is None else int(self.order[row])

    def place_of(self, row: int) -> int:
        """Returns in which row here a row of the table stands."""
        return row if self.order is None else int(np.flatnonzero(self.order == row)[0])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, missing cells last; by none (-1), let the rows stand as in the table."""
        is_there = 0 <= column < self.columnCount()
        falls = order == Qt.SortOrder.DescendingOrder
        self.sorted_by = (self.table.names[column], falls) if is_there else None
        self.beginResetModel()
        self._put_in_order()
        self.endResetModel()

    def _put_in_order(self) -> None:
        if self.sorted_by is None:
            self.order = None
            return
        name, falls = self.sorted_by
        numbers = self.table.arrays[name]
        self.order = np.argsort(-numbers if falls else numbers, kind="stable")

    # --- what Qt asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, as Qt declares it
        """One per row of the table."""
        return 0 if parent.isValid() else self.table.rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One per column of the table."""
        return 0 if parent.isValid() else len(self.arrays)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The names of the columns, and the numbers of the rows in the table, from 1."""
        if role == _ROLE.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return tip(f"{self.table.names[section]}\nClick, or press Space in the column, to sort by it")
        if role != _ROLE.DisplayRole:
            return None
        return (
            self.headings[section] if orientation == Qt.Orientation.Horizontal else self.row_of(section) + 1
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells are chosen and copied, not edited."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What one cell shows or says."""
        if not index.isValid() or role not in _ANSWERED:
            return None
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT
        number = float(self.arrays[index.column()][self.row_of(index.row())])
        is_missing = number != number
        if role == _ROLE.DisplayRole:
            return MISSING if is_missing else format_number(number)
        if role == _ROLE.ToolTipRole:
            return MISSING if is_missing else format_exact(number)
        if role == _ROLE.AccessibleTextRole:
            said = MISSING if is_missing else format_number(number)
            return f"{self.table.names[index.column()]} of row {self.row_of(index.row()) + 1}: {said}"
        inks = {_ROLE.BackgroundRole: self.theme.stale_back, _ROLE.ForegroundRole: self.theme.stale}
        return QColor(inks[_ROLE(role)]) if is_missing else None


_ANSWERED = frozenset(
    (_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole, _ROLE.TextAlignmentRole,
     _ROLE.BackgroundRole, _ROLE.ForegroundRole)
)  # fmt: skip


def as_text(table: Table, rows: Rows, columns: list[int], with_names: bool) -> str:
    """Returns cells as text that spreadsheets take: tabs between cells, exact numbers, nothing for a missing
    one.
    """
    arrays = list(table.arrays.values())
    cells = [
        ["" if number != number else format_exact(number) for number in arrays[column][rows].tolist()]
        for column in columns
    ]
    lines = ["\t".join(table.names[column] for column in columns)] if with_names else []
    return "\n".join([*lines, *map("\t".join, zip(*cells, strict=True))])
