"""The rows of a list or a small table, held as plain values. Knows no widget and nothing of what the rows are
about.

Qt's own items (`QStandardItem`, `QTableWidgetItem`, …) made in Python belong to two sides: Qt deletes them
with their model, Python with their wrapper, and a model that goes in a pass of the garbage collector may meet
items that are gone. Plain values have one owner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_TEXT = int(_ROLE.DisplayRole)
"""A view asks for seven roles of each cell that it paints: numbers are compared sooner than members."""
CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
DRAGGABLE = CHOOSABLE | Qt.ItemFlag.ItemIsDragEnabled
INERT = Qt.ItemFlag.NoItemFlags


@dataclass(frozen=True)
class Cell:
    """What one cell shows and holds, by role, and what can be done with it."""

    text: str
    data: Mapping[int, object] = field(default_factory=dict)
    flags: Qt.ItemFlag = CHOOSABLE


class Rows(QAbstractTableModel):
    """Rows of cells, replaced together."""

    def __init__(self, parent: QObject | None = None, headings: Sequence[str] = ("",)) -> None:
        super().__init__(parent)
        self.headings = tuple(headings)
        self.rows: tuple[tuple[Cell, ...], ...] = ()

    def show(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows in place of the ones before."""
        self.beginResetModel()
        self.rows = tuple(map(tuple, rows))
        self.endResetModel()

    def put(self, row: int, cells: Sequence[Cell]) -> None:
        """Show other cells in one row; what is chosen and what is hidden stays so. Views are told
        only of other ones: a table with a column as wide as its cells measures all of them each time.
        """
        if self.rows[row] == tuple(cells):
            return
        self.rows = (*self.rows[:row], tuple(cells), *self.rows[row + 1 :])
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(cells) - 1))

    def show_list(self, cells: Sequence[Cell]) -> None:
        """Show these cells, one a row."""
        self.show([(cell,) for cell in cells])

    def column_of(self, role: int, column: int = 0) -> list[Any]:
        """Returns what the cells of a column hold, from top to bottom; None where one holds nothing."""
        return [row[column].data.get(role) for row in self.rows]

    # --- what Qt asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, as Qt declares it
        """As many as are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as there are headings."""
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The headings."""
        is_heading = orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole
        return self.headings[section] if is_heading else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a cell."""
        return self.rows[index.row()][index.column()].flags if index.isValid() else INERT

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What a cell shows or holds."""
        row = index.row()
        if row < 0:
            return None
        cell = self.rows[row][index.column()]
        return cell.text if role == _TEXT else cell.data.get(role)
