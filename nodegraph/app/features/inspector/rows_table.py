"""A small table of the inspector that shows rows of plain values. Knows nothing of what they are about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
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
            mode = QHeaderView.ResizeMode.Fixed if fits else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, mode)

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows in place of the ones before; what is the same is not touched."""
        if tuple(map(tuple, rows)) != self.rows.rows:
            self.rows.show(rows)
            self._fit()

    def _fit(self) -> None:
        """Let columns of numbers be as wide as their widest text: Qt would measure all cells, twice."""
        head, measure = self.horizontalHeader(), self.fontMetrics()
        for column in self.numbers:
            widths = [measure.horizontalAdvance(row[column].text) for row in self.rows.rows]
            widest = widths.index(max(widths)) if widths else 0
            asked = self.sizeHintForIndex(self.rows.index(widest, column)).width() + self.showGrid()
            head.resizeSection(column, max(asked, head.sectionSizeHint(column)))

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns to type of another size."""
        super().changeEvent(event)
        if self.isVisible() and event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns to the type that the style gives them as they are shown."""
        super().showEvent(event)
        self._fit()

    def lines(self) -> list[str]:
        """The rows as text, their cells parted by commas."""
        return [", ".join(cell.text for cell in row) for row in self.rows.rows]


def number_cell(text: str) -> Cell:
    """Returns a cell with its text at the right, for a number."""
    return Cell(text, {Qt.ItemDataRole.TextAlignmentRole: _RIGHT})
