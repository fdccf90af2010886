"""A small table of the inspector that shows rows of plain values. Knows nothing of what they are about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.rows import Cell, Rows

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@keeps_plain_keys
class RowsTable(QTableView):
    """A table that keeps plain keys for itself while it has the focus; columns of numbers fit them."""

    def __init__(
        self, name: str, headings: Sequence[str], numbers: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = Rows(self, headings)
        self.numbers = tuple(numbers)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setHighlightSections(False)
        for place in range(len(headings)):
            fits = place in self.numbers
            mode = QHeaderView.ResizeMode.ResizeToContents if fits else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, mode)

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows in place of the ones before; what is the same is not touched."""
        if tuple(map(tuple, rows)) != self.rows.rows:
            self.rows.show(rows)

    def lines(self) -> list[str]:
        """The rows as text, their cells parted by commas."""
        return [", ".join(cell.text for cell in row) for row in self.rows.rows]


def number_cell(text: str) -> Cell:
    """Returns a cell with its text at the right, for a number."""
    return Cell(text, {Qt.ItemDataRole.TextAlignmentRole: _RIGHT})
