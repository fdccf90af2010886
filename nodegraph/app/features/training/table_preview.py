"""The first rows of a table as they are read, below a row of ticks that take its columns. Holds every column,
however many; a view asks for those that are seen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from nodegraph.app.widgets.named_headings import told_apart
from nodegraph.app.widgets.text import tip
from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import format_exact
from nodegraph.core.quoting import quoted
from nodegraph.formats.tables import csv_table
from nodegraph.formats.tables.table_body import first_rows
from nodegraph.formats.tables.table_reading import Reading

ROWS_SHOWN = 6
MISSING = "missing"
"""What a cell shows that is kept without a number."""
UNREAD = "cannot be read"
"""What stands beside the tick of a column that is left out for this."""
LONGEST_CELL = 40
LONGEST_TIP = 500
"""Signs of a name or a cell that are shown at the pointer."""
_COLUMN = re.compile("^row [0-9,]+, column “([^”]*)”:")
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_FLAG = Qt.ItemFlag
_CHECKED = Qt.CheckState.Checked


@dataclass(frozen=True)
class Preview:
    """What is seen of a table before it is taken."""

    reading: Reading = field(default_factory=Reading)
    names: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    """The first rows as they stand in the text."""
    places: Sequence[int] = ()
    """Where each of these stands in the file, counted from 1."""
    numbers: dict[str, dict[int, float]] = field(default_factory=dict)
    """The columns that are taken, as they were read: a number for each row that is taken."""
    told: Sequence[str] = ()
    """What was taken for granted."""
    error: str = ""
    """Why it cannot be read so, or empty."""
    left_out: Mapping[int, str] = field(default_factory=dict)
    """What is said of each column that cannot be read and is left out, by its place."""

    @classmethod
    def of(cls, text: str, reading: Reading) -> Preview:
        """Returns what a text is when it is read in this way."""
        first = first_rows(text, reading, ROWS_SHOWN)
        try:
            read = csv_table.columns_as(text, reading)
        except DocumentError as error:
            left_out = dict(reading.left_out)
            return cls(reading, first.names, first.rows, first.numbers, error=str(error), left_out=left_out)
        numbers = {
            name: dict(zip(read.rows, map(float, column[:ROWS_SHOWN]), strict=False))
            for name, column in read.taken
        }
        return cls(
            reading, first.names, first.rows, first.numbers, numbers, read.told, left_out=read.left_out
        )

    @cached_property
    def headings(self) -> Sequence[str]:
        """The names as they are shown, of which no two look alike."""
        return told_apart(list(map(quoted, self.names)))

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, [self.names, *self.rows]))

    def name(self, column: int) -> str:
        """Returns the name of a column, or "" where the first row has none for it."""
        return self.names[column] if column < len(self.names) else ""

    @property
    def wrong_column(self) -> int:
        """The column of which the error tells; -1 where it tells of none."""
        found = _COLUMN.search(self.error)
        return list(self.names).index(found[1]) if found and found[1] in self.names else -1

    def is_live(self, column: int) -> bool:
        """Whether the cells of a column are taken, or would be if the table could be read."""
        is_out = column in self.reading.omitted or column in self.left_out
        is_taken = not is_out and bool(self.name(column) or self.error)
        return is_taken and (bool(self.error) or self.name(column) in self.numbers)

    def text(self, row: int, column: int) -> str:
        """Returns a cell as it was read: the number, or what stands there where it is not taken."""
        cells = self.rows[row]
        numbers = self.numbers.get(self.name(column), {}) if self.is_live(column) else {}
        if self.places[row] in numbers:
            number = numbers[self.places[row]]
            return MISSING if math.isnan(number) else format_exact(number)
        return short(cells[column]) if column < len(cells) else ""


class PreviewModel(QAbstractTableModel):
    """A preview as a view asks for it; a tick is told, and changes nothing by itself."""

    column_chosen = Signal(int, bool)
    """A column is to be taken, or not."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.preview = Preview()

    def show(self, preview: Preview) -> None:
        """Show this one."""
        is_alike = (preview.width, len(preview.rows)) == (self.columnCount(), self.rowCount() - 1)
        if is_alike:
            self.preview = preview
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
            return
        self.beginResetModel()
        self.preview = preview
        self.endResetModel()

    # --- what Qt asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, as Qt declares it
        """The row of ticks, and the first rows."""
        return 0 if parent.isValid() else 1 + len(self.preview.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as the table has."""
        return 0 if parent.isValid() else self.preview.width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The names of the columns, and the numbers of the rows in the file."""
        if role == _ROLE.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return tip(self.preview.name(section)[:LONGEST_TIP])
        if role != _ROLE.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.preview.headings[section] if section < len(self.preview.headings) else ""
        return str(self.preview.places[section - 1]) if section else "Take"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The ticks can be set; cells that are not taken are dim."""
        if not index.isValid():
            return _FLAG.NoItemFlags
        if index.row() == 0:
            return _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemIsUserCheckable
        is_live = self.preview.is_live(index.column())
        return _FLAG.ItemIsSelectable | (_FLAG.ItemIsEnabled if is_live else _FLAG.NoItemFlags)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What one cell shows or says."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if row and role == _ROLE.ToolTipRole:
            cells = self.preview.rows[row - 1]
            return tip(cells[column][:LONGEST_TIP]) if column < len(cells) else None
        if row:
            return self.preview.text(row - 1, column) if role == _ROLE.DisplayRole else None
        if role == _ROLE.CheckStateRole:
            return _CHECKED if self.preview.is_live(column) else Qt.CheckState.Unchecked
        is_unread = column in self.preview.left_out and column not in self.preview.reading.omitted
        if role == _ROLE.AccessibleTextRole:
            return f"Take column {short(self.preview.name(column))}{f', {UNREAD}' if is_unread else ''}"
        if is_unread and role == _ROLE.ToolTipRole:
            said = self.preview.left_out[column]
            return tip(said[:1].upper() + said[1:])
        return UNREAD if is_unread and role == _ROLE.DisplayRole else None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Tell that a tick was set or taken away."""
        if index.row() or role != _ROLE.CheckStateRole:
            return False
        self.column_chosen.emit(index.column(), Qt.CheckState(value) == _CHECKED)
        return True


def short(cell: str) -> str:
    """Returns a cell as it can be shown: not too long, and without signs that cannot be seen."""
    shown = quoted(cell[: LONGEST_CELL + 1])
    return shown if len(shown) <= LONGEST_CELL else shown[:LONGEST_CELL] + "…"
