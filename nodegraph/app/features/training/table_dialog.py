"""The dialog in which a table is seen before it is taken: its first rows, what was taken for granted, and a
control for each of these. Reads the first rows again at each change; takes nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.text import Text
from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import format_exact
from nodegraph.core.quoting import quoted
from nodegraph.core.training.tables import Table
from nodegraph.formats import csv_table, table_reading
from nodegraph.formats.table_reading import SPACES, Reading

SEPARATORS: Mapping[str, str] = {",": "Comma", ";": "Semicolon", "\t": "Tab", SPACES: "Spaces"}
DECIMALS: Mapping[str, str] = {".": "Point: 0.5", ",": "Comma: 0,5"}
WORDS: Mapping[str, str] = {
    "auto": "As numbers where words repeat",
    "numbers": "As numbers 0, 1, 2, …",
    "out": "Left out",
}
ROWS_SHOWN = 6
COLUMNS_SHOWN = 60
LONGEST_CELL = 40
MOST_READ_AGAIN = 20_000
"""Characters that are read at each change; of a longer text, whole rows from there on are not."""
LEAST_LINES = 3
LONGEST_START = 300_000
WIDTH_PX = 620
NO_FLAGS = Qt.ItemFlag.NoItemFlags


class TableDialog(QDialog):
    """See how a table is read, change it, and take it."""

    chosen = Signal(object)
    """The Reading with which the table is to be taken."""

    def __init__(
        self,
        name: str,
        text: str,
        reading: Reading,
        said: str,
        is_wrong: bool,
        shows_always: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("table")
        self.setWindowTitle(f"Load {quoted(name)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text, self.reading = _start_of(text), reading
        self.is_whole = len(self.text) == len(text)
        self.separator = Choice.of("table.separator", "Separator", SEPARATORS, reading.delimiter)
        self.decimal = Choice.of("table.decimal", "Decimal sign", DECIMALS, reading.decimal)
        self.words = Choice.of("table.words", "Columns of text", WORDS, reading.words)
        self.header = _tick("header", "First row &names the columns", reading.named)
        self.index = _tick("index", "&First column only names the rows", reading.index)
        self.always = _tick("always", "Always sho&w this", shows_always)
        self.rows = _table()
        self.sentence = Text()
        self.sentence.setObjectName("table.sentence")
        self.take_button = QPushButton("&OK", default=True)
        self.take_button.setObjectName("table.take")
        self.cancel_button = QPushButton("&Cancel", autoDefault=False)
        self.cancel_button.setObjectName("table.cancel")
        self._lay_out()
        self._show(self._read()[0])
        self._say(said, is_wrong)
        self._connect()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(style.px(14))
        form.setVerticalSpacing(style.px(9))
        form.addRow("&Separator", self.separator)
        form.addRow("&Decimal sign", self.decimal)
        form.addRow("Columns of &text", self.words)
        form.addRow(self.header)
        form.addRow(self.index)
        buttons = QHBoxLayout()
        buttons.addWidget(self.always)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.take_button)
        line = self.fontMetrics().lineSpacing()
        self.sentence.setMinimumHeight(3 * line)  # so that nothing jumps
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(20), style.px(18), style.px(20), style.px(16))
        layout.setSpacing(style.px(14))
        layout.addLayout(form)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons)
        self.rows.setMinimumHeight((ROWS_SHOWN + 3) * style.px(26))
        self.setMinimumWidth(style.px(WIDTH_PX))

    def _connect(self) -> None:
        for box in (self.separator, self.decimal, self.words):
            box.currentIndexChanged.connect(self.read_again)
        for tick in (self.header, self.index):
            tick.toggled.connect(self.read_again)
        self.rows.itemChanged.connect(self._choose_columns)
        self.take_button.clicked.connect(self.take)
        self.cancel_button.clicked.connect(self.reject)
        self.separator.setFocus()

    # --- what was chosen
    def read_again(self, _changed: object = None) -> None:
        """Read the first rows as the controls say; other columns than before are all taken."""
        before = self.reading
        self.reading = replace(
            before,
            delimiter=self.separator.currentData(),
            decimal=self.decimal.currentData(),
            words=self.words.currentData(),
            named=self.header.isChecked(),
            index=self.index.isChecked(),
        )
        if (before.delimiter, before.index) != (self.reading.delimiter, self.reading.index):
            self.reading = replace(self.reading, omitted=frozenset())
        self._tell()

    def _choose_columns(self, item: QTableWidgetItem) -> None:
        if item.row() != 0:
            return
        ticked = item.checkState() is Qt.CheckState.Checked
        omitted = self.reading.omitted - {item.column()} if ticked else self.reading.omitted | {item.column()}
        if omitted != self.reading.omitted:
            self.reading = replace(self.reading, omitted=omitted)
            self._tell()

    def take(self) -> None:
        """Hand over how the table is to be read, and close."""
        self.accept()
        self.chosen.emit(self.reading)

    # --- telling
    def _read(self) -> tuple[Table | None, list[str], str]:
        try:
            table, told = csv_table.read_as(self.text, self.reading)
        except DocumentError as error:
            return None, [], str(error)
        return table, told, ""

    def _tell(self) -> None:
        table, told, error = self._read()
        self._show(table)
        self._say(error or sentence_of(told), bool(error))

    def _say(self, sentence: str, is_wrong: bool) -> None:
        style.set_role(self.sentence, "refusal" if is_wrong else "plain")
        self.sentence.say(sentence[:1].upper() + sentence[1:])
        self.take_button.setEnabled(not is_wrong)

    def _show(self, table: Table | None) -> None:
        """The first rows: numbers as they were read, or the cells as they stand where they are not taken."""
        names, rows = table_reading.first_rows(self.text, self.reading, ROWS_SHOWN)
        wide = min(max(map(len, [names, *rows])), COLUMNS_SHOWN)
        numbers = dict(table.columns) if table is not None else {}
        place = self.rows.currentColumn()
        self.rows.blockSignals(True)
        self.rows.clear()
        self.rows.setColumnCount(wide)
        self.rows.setRowCount(1 + len(rows))
        self.rows.setHorizontalHeaderLabels([_short(name) for name in (*names, *[""] * wide)][:wide])
        first = 1 + self.reading.skipped + self.reading.named
        self.rows.setVerticalHeaderLabels(["Take", *(str(first + number) for number in range(len(rows)))])
        for column in range(wide):
            name = names[column] if column < len(names) else ""
            is_taken = column not in self.reading.omitted
            self.rows.setItem(0, column, _taking(name, is_taken))
            read = numbers.get(name) if is_taken else None
            for number, cells in enumerate(rows):
                cell = cells[column] if column < len(cells) else ""
                text = _short(cell) if read is None else format_exact(read[number])
                is_live = read is not None or (is_taken and table is None)
                self.rows.setItem(1 + number, column, _cell(text, is_live))
        self.rows.setCurrentCell(0, min(max(place, 0), wide - 1))
        self.rows.blockSignals(False)


def sentence_of(told: list[str]) -> str:
    """What was taken for granted, as a sentence."""
    return f"Read so: {'; '.join(told[:4])}{'; …' if told[4:] else ''}." if told else "Read as it stands."


def _start_of(text: str) -> str:
    """The first lines, at least the names and two rows, however long they are."""
    if len(text) <= MOST_READ_AGAIN:
        return text
    sign = "\n" if "\n" in text[:LONGEST_START] else "\r"
    end, lines = MOST_READ_AGAIN, text.count(sign, 0, MOST_READ_AGAIN)
    while lines <= LEAST_LINES or text[end - 1] != sign:
        end = text.find(sign, end, LONGEST_START) + 1
        if not end:
            return text[:LONGEST_START]
        lines += 1
    return text[:end]


def _short(cell: str) -> str:
    shown = quoted(cell[: LONGEST_CELL + 1])
    return shown if len(shown) <= LONGEST_CELL else shown[:LONGEST_CELL] + "…"


def _taking(name: str, is_taken: bool) -> QTableWidgetItem:
    item = QTableWidgetItem()
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if is_taken else Qt.CheckState.Unchecked)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Take column {_short(name)}")
    return item


def _cell(text: str, is_live: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsSelectable | (Qt.ItemFlag.ItemIsEnabled if is_live else NO_FLAGS))
    return item


def _table() -> QTableWidget:
    table = QTableWidget()
    table.setObjectName("table.rows")
    table.setAccessibleName("First rows")
    table.setToolTip("The first rows as they are read; a tick in the row above them takes a column")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    return table


def _tick(name: str, text: str, is_set: bool) -> QCheckBox:
    tick = QCheckBox(text, checked=is_set)
    tick.setObjectName(f"table.{name}")
    return tick
