"""The columns of the data in a few numbers each; those that are chosen here are what a step acts on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.named_headings import name_headings
from nodegraph.app.widgets.rows import CHOOSABLE, INERT, Cell, Index
from nodegraph.core.data.steps import standardised_with
from nodegraph.core.data.summaries import Summary, summary_of
from nodegraph.core.numbers import format_number
from nodegraph.core.quoting import quoted
from nodegraph.core.training.tables import Table, size_of

HEADINGS = ("Column", "Count", "Missing", "Min", "Mean", "Max", "Deviation")
DIGITS, LONGEST_TITLE = 4, 40
ROW_PX, LEAST_PX = 24, 64
MEASURED = 20
"""Rows by which the columns are measured; there may be a thousand."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROLE = Qt.ItemDataRole


class SummaryModel(QAbstractTableModel):
    """The columns of a table, one a row; each is summed up when it is first seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.headings = HEADINGS
        self._table: Table | None = None
        self._scaled: Mapping[str, tuple[float, float]] = {}
        self._seen: dict[int, Sequence[Cell]] = {}

    def show_table(self, table: Table | None) -> None:
        """Show the columns of this table."""
        self.beginResetModel()
        self._table, self._seen = table, {}
        self._scaled = standardised_with(table) if table is not None else {}
        self.headings = (_said(table) if table is not None else HEADINGS[0], *HEADINGS[1:])
        self.endResetModel()

    def cells(self, row: int) -> Sequence[Cell]:
        """Returns what is shown of a column."""
        if row not in self._seen:
            assert self._table is not None
            name = self._table.names[row]
            self._seen[row] = _cells(summary_of(name, self._table.column(name)), self._scaled)
        return self._seen[row]

    # --- what Qt asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, as Qt declares it
        """One per column of the table."""
        return 0 if parent.isValid() or self._table is None else len(self._table.columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as there are headings."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The headings."""
        is_heading = orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole
        return self.headings[section] if is_heading else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are chosen, not edited."""
        return CHOOSABLE if index.isValid() else INERT

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What one cell shows or says."""
        if not index.isValid():
            return None
        cell = self.cells(index.row())[index.column()]
        return cell.text if role == _ROLE.DisplayRole else cell.data.get(role)


@keeps_plain_keys
class SummaryTable(QTableView):
    """A row for each column of the data."""

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        name_headings(self)
        self.setObjectName("data.summary")
        self.setAccessibleName("The columns of the data")
        self.setToolTip("Choose columns here: Standardise and One-Hot act on those")
        self.rows = SummaryModel(self)
        self.setModel(self.rows)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setResizeContentsPrecision(MEASURED)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._measure()
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.names: tuple[str, ...] = ()

    def _measure(self) -> None:
        """Give rows and columns the sizes that suit the text."""
        self.verticalHeader().setDefaultSectionSize(style.px(ROW_PX))
        self.horizontalHeader().setMinimumSectionSize(style.px(LEAST_PX))

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def show_table(self, table: Table | None) -> None:
        """Show the columns of this table; those of the same names stay chosen."""
        before = self.chosen()
        self.names = table.names if table is not None else ()
        self.rows.show_table(table)
        for name in before:
            if name in self.names:
                self.choose(name)

    def chosen(self) -> list[str]:
        """Returns the names of the columns that are chosen, from left to right."""
        return [self.names[index.row()] for index in sorted(self.selectionModel().selectedRows())]

    def choose(self, name: str) -> None:
        """Choose one more column."""
        index = self.rows.index(self.names.index(name), 0)
        model = self.selectionModel()
        model.select(index, model.SelectionFlag.Select | model.SelectionFlag.Rows)


def _cells(summary: Summary, scaled: Mapping[str, tuple[float, float]]) -> Sequence[Cell]:
    numbers = (summary.least, summary.mean, summary.most, summary.deviation)
    shown = ["–" if number != number else format_number(number, DIGITS) for number in numbers]
    texts = [f"{summary.count:,}", f"{summary.missing:,}" if summary.missing else "–", *shown]
    said = f"{summary.name}: " + ", ".join(
        f"{heading} {text}".lower() for heading, text in zip(HEADINGS[1:], texts, strict=True) if text != "–"
    )
    if summary.name in scaled:
        mean, deviation = scaled[summary.name]
        said += f". Standardised with mean {format_number(mean)} and deviation {format_number(deviation)}"
    about = {_ROLE.ToolTipRole: f"{said}.", _ROLE.AccessibleTextRole: said}
    return [
        Cell(summary.name, about),
        *(Cell(text, about | {_ROLE.TextAlignmentRole: _RIGHT}) for text in texts),
    ]


def _said(table: Table) -> str:
    """What the table is, above the names of its columns."""
    title = quoted(table.title[:LONGEST_TITLE]) + "…" * (len(table.title) > LONGEST_TITLE)
    return f"{title}: {size_of(table)}" if title else size_of(table)
