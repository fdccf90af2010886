"""The columns of the data in a few numbers each; those that are chosen here are what a step acts on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.rows import Cell, Rows
from nodegraph.core.data.steps import standardised_with
from nodegraph.core.data.summaries import Summary, summaries
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


@keeps_plain_keys
class SummaryTable(QTableView):
    """A row for each column of the data."""

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("data.summary")
        self.setAccessibleName("The columns of the data")
        self.setToolTip("Choose columns here: Standardise and One-Hot act on those")
        self.rows = Rows(self, HEADINGS)
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
        scaled = standardised_with(table) if table is not None else {}
        self.rows.headings = (_said(table) if table is not None else HEADINGS[0], *HEADINGS[1:])
        self.rows.show([_cells(each, scaled) for each in summaries(table)] if table is not None else [])
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
