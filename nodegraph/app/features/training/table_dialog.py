"""The dialog in which a table is seen before it is taken: its first rows, what was taken for granted, and a
control for each of these. Reads the first rows again at each change; takes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.training.table_preview import ROWS_SHOWN, Preview, PreviewModel
from nodegraph.app.platform import style
from nodegraph.app.platform.background_tasks import Latest
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.dialog import Dialog, buttons_of, form_of
from nodegraph.app.widgets.named_headings import fit_columns, name_headings
from nodegraph.app.widgets.text import Text
from nodegraph.core.data.letters import ENCODINGS, LIKELIEST, UNICODE
from nodegraph.core.quoting import quoted
from nodegraph.formats.cells.table_letters import in_other
from nodegraph.formats.cells.table_rows import ALIGNED, BARS, SPACES
from nodegraph.formats.tables.table_reading import Reading

SEPARATORS: Mapping[str, str] = {
    ",": "Comma",
    ";": "Semicolon",
    "\t": "Tab",
    SPACES: "Spaces",
    ALIGNED: "Blanks below each other",
    BARS: "Bar |",
}
DECIMALS: Mapping[str, str] = {".": "Point: 0.5", ",": "Comma: 0,5"}
WORDS: Mapping[str, str] = {
    "auto": "As numbers where words repeat",
    "numbers": "As numbers 0, 1, 2, …",
    "out": "Left out",
}
GAPS: Mapping[str, str] = {"out": "Left out", "keep": "Kept, with missing cells"}
MOST_READ_AGAIN = 20_000
"""Characters that are read at each change; of a longer text, whole rows from there on are not."""
LEAST_LINES = 3
LONGEST_LINE = 2000
"""Characters of the first line beyond which the rows are read in another thread."""
LONGEST_START = 300_000
WIDTH_PX = 620
COLUMN_PX, WIDEST_AT_FIRST_PX = 96, 960
READING = "Reading the first rows…"
PLAIN = "Read as it stands."
MOST_TOLD = 8
"""Of what was taken for granted; each of many columns may have something."""


class TableDialog(Dialog):
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
        also: Callable[[Collection[str]], list[str]] = lambda names: [],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("table")
        self.setWindowTitle(f"Load {quoted(name)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text, self.reading, self._also = _start_of(text), reading, also
        self._needed = reading.needed
        self._is_wide = len(next(iter(self.text.splitlines()), "")) > LONGEST_LINE
        self.separator = Choice.of("table.separator", "Separator", SEPARATORS, reading.delimiter)
        self.decimal = Choice.of("table.decimal", "Decimal sign", DECIMALS, reading.decimal)
        self.encoding = Choice.of("table.encoding", "Encoding", ENCODINGS, reading.encoding or LIKELIEST)
        self.words = Choice.of("table.words", "Columns of text", WORDS, reading.words)
        self.gaps = Choice.of("table.gaps", "Rows with gaps", GAPS, reading.gaps)
        self.header = _tick("header", "First row &names the columns", reading.named)
        self.index = _tick("index", "&First column only names the rows", reading.index)
        self.always = _tick("always", "Always sho&w this", shows_always)
        self.preview = PreviewModel(self)
        self.rows = _table(self.preview)
        self.sentence = Text()
        self.sentence.setObjectName("table.sentence")
        self.take_button = QPushButton("&OK", default=True)
        self.take_button.setObjectName("table.take")
        self.cancel_button = QPushButton("&Cancel", autoDefault=False)
        self.cancel_button.setObjectName("table.cancel")
        self._aside = Latest(self)
        self._lay_out()
        self._say(said, is_wrong)
        self._connect()
        self._read(says=False)
        self._fit_rows()

    def fit_into(self, screen: QRect) -> None:
        """Fit the screen; where that takes scrolling, what was taken for granted is seen before the rows."""
        was_scrolled = self.scrolled is not None
        super().fit_into(screen)
        contents = self.scrolled.widget().layout() if self.scrolled is not None else None
        if isinstance(contents, QVBoxLayout) and not was_scrolled:
            self.sentence.setMinimumHeight(0)
            contents.insertWidget(contents.indexOf(self.rows), self.sentence)

    def _lay_out(self) -> None:
        form = form_of((("&Separator", self.separator), ("&Decimal sign", self.decimal)))
        if self.reading.encoding:
            form.addRow("&Encoding", self.encoding)
        form.addRow("Columns of &text", self.words)
        form.addRow("Rows with &gaps", self.gaps)
        ticks = QHBoxLayout()
        ticks.setSpacing(style.px(24))
        ticks.addWidget(self.header)
        ticks.addWidget(self.index)
        ticks.addStretch(1)
        form.addRow(ticks)
        self.keep_lines(self.sentence)
        layout = self.column()
        layout.addLayout(form)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.sentence)
        layout.addLayout(buttons_of(self.cancel_button, self.take_button, left=[self.always]))
        self.setMinimumWidth(style.px(WIDTH_PX))

    def _fit_rows(self) -> None:
        """Let the first rows be seen whole, and as many columns as fit into a dialog of a usual width."""
        head, side = self.rows.horizontalHeader(), self.rows.verticalHeader()
        for header in (head, side):
            header.ensurePolished()
        bar = self.rows.horizontalScrollBar().sizeHint().height() + 2 * self.rows.frameWidth()
        rows = (ROWS_SHOWN + 1) * side.defaultSectionSize()
        self.rows.setMinimumHeight(head.sizeHint().height() + rows + bar)
        around = side.sizeHint().width() + bar + 2 * style.px(20)
        self.resize(min(head.length() + around, style.px(WIDEST_AT_FIRST_PX)), 0)

    def _connect(self) -> None:
        for box in (self.separator, self.decimal, self.encoding, self.words, self.gaps):
            box.currentIndexChanged.connect(self.read_again)
        for tick in (self.header, self.index):
            tick.toggled.connect(self.read_again)
        self.preview.column_chosen.connect(self._choose_column)
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
            gaps=self.gaps.currentData(),
            encoding=self.encoding.currentData() if before.encoding else UNICODE,
            named=self.header.isChecked(),
            index=self.index.isChecked(),
        )
        self.text = in_other(self.text, before.encoding, self.reading.encoding)
        self.reading = replace(self.reading, left_out=(), needed=self._needed)
        if (before.delimiter, before.index) != (self.reading.delimiter, self.reading.index):
            self.reading = replace(self.reading, omitted=frozenset())
        self._tell()

    def _choose_column(self, column: int, is_taken: bool) -> None:
        if is_taken and column in self.preview.preview.left_out:
            self._insist(column)
            return
        if is_taken and column not in self.reading.omitted:
            self._take_text(column)
            return
        omitted = self.reading.omitted - {column} if is_taken else self.reading.omitted | {column}
        self.reading = replace(self.reading, omitted=omitted)
        self._tell()

    def _insist(self, column: int) -> None:
        """Take a column that was left out as it cannot be read: so why is said, and where."""
        left_out = tuple(pair for pair in self.reading.left_out if pair[0] != column)
        needed = frozenset((*(self.reading.needed or ()), self.preview.preview.name(column)))
        omitted = self.reading.omitted - {column}
        self.reading = replace(self.reading, left_out=left_out, needed=needed, omitted=omitted)
        self._tell()

    def _take_text(self, column: int) -> None:
        """Take a column of text that was left out as numbers, and no other one that was."""
        preview = self.preview.preview
        left_out = (place for place in range(preview.width) if not preview.is_live(place))
        omitted = self.reading.omitted | {place for place in left_out if place != column}
        self.reading = replace(self.reading, omitted=omitted)
        as_numbers = self.words.findData("numbers")
        if self.words.currentIndex() == as_numbers:
            self._tell()
        else:
            self.words.setCurrentIndex(as_numbers)  # which reads the rows again

    def take(self) -> None:
        """Hand over how the table is to be read, which needs each column that is ticked, and close."""
        self.accept()
        self.chosen.emit(replace(self.reading, needed=None))

    # --- telling
    def _tell(self) -> None:
        self._read(says=True)

    def _read(self, *, says: bool) -> None:
        """Read the first rows as they are to be read now; those of a wide table while the window goes on."""
        then = self._show_and_say if says else self._show
        work = partial(Preview.of, self.text, self.reading)
        if not self._is_wide:
            then(work())
            return
        if says:
            self._say(READING, False)
            self.take_button.setEnabled(False)
        self._aside.begin(work, then)

    def _show_and_say(self, preview: Preview) -> None:
        self._show(preview)
        told = [*preview.told, *self._also(preview.numbers)]
        self._say(preview.error or sentence_of(told), bool(preview.error))

    def _say(self, sentence: str, is_wrong: bool) -> None:
        style.set_role(self.sentence, "refusal" if is_wrong else "plain")
        self.sentence.say(sentence[:1].upper() + sentence[1:])
        self.take_button.setEnabled(not is_wrong)

    def _show(self, preview: Preview) -> None:
        column = max(self.rows.currentIndex().column(), 0)
        if preview.wrong_column >= 0 and preview.error != self.preview.preview.error:
            column = preview.wrong_column  # it may lie out of sight
        self.reading = replace(self.reading, left_out=tuple(preview.left_out.items()))
        self.preview.show(preview)
        self._fit_columns()
        self.rows.setCurrentIndex(self.preview.index(0, min(column, self.preview.columnCount() - 1)))

    def _fit_columns(self) -> None:
        """Give the first columns the width of their names and cells."""
        fit_columns(self.rows, self.rows.sizeHintForColumn)


def sentence_of(told: Sequence[str]) -> str:
    """What was taken for granted, as a sentence."""
    return f"Read so: {'; '.join(told[:MOST_TOLD])}{'; …' if told[MOST_TOLD:] else ''}." if told else PLAIN


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


def _table(model: PreviewModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setObjectName("table.rows")
    table.setAccessibleName("First rows")
    name_headings(table)
    table.setToolTip("The first rows as they are read; a tick in the row above them takes a column")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.horizontalHeader().setDefaultSectionSize(style.px(COLUMN_PX))
    return table


def _tick(name: str, text: str, is_set: bool) -> QCheckBox:
    tick = QCheckBox(text, checked=is_set)
    tick.setObjectName(f"table.{name}")
    return tick
