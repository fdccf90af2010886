"""The preview of a table: every column can be reached, and a wide one holds nobody up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from nodegraph.app.features.training import table_dialog
from nodegraph.app.features.training.table_dialog import TableDialog
from nodegraph.app.features.training.table_preview import UNREAD, Preview, PreviewModel
from nodegraph.app.widgets.named_headings import WIDEST_PX
from nodegraph.formats.cells import table_letters
from nodegraph.formats.limits import MAX_COLUMNS
from nodegraph.formats.tables import csv_table, table_reading
from nodegraph.formats.tables.table_reading import Reading

WIDE = (
    ";".join(f"c{place}" for place in range(MAX_COLUMNS))
    + "\n"
    + (";".join(["0,5"] * MAX_COLUMNS) + "\n") * 9
)


def dialog_of(text: str, qtbot: QtBot) -> TableDialog:
    made = TableDialog("table.csv", text, table_reading.assume(text), "as it stands", False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.preview.columnCount() > 0)
    return made


def test_the_model_keeps_what_qt_asks_of_one(qtbot: QtBot) -> None:
    dialog = dialog_of("x;t\n0,5;1\n1,5;2\n", qtbot)
    model = PreviewModel(dialog)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text in ("x;t\n0,5;1\n", "x;y\n0,5;1\n", "x;y;z\n1;2;3\n2;2;3\n", "x\n"):
        model.show(Preview.of(text, Reading(";", ",")))
    assert tester.model() is model


def test_every_column_of_the_widest_table_is_reached_and_taken_or_not(qtbot: QtBot) -> None:
    dialog = dialog_of(WIDE, qtbot)
    last = dialog.preview.index(0, MAX_COLUMNS - 1)
    dialog.rows.setFocus()
    QTest.keyClick(dialog.rows, Qt.Key.Key_End)
    assert dialog.rows.currentIndex() == last
    assert dialog.preview.index(1, MAX_COLUMNS - 1).data() == "0.5"
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert dialog.reading.omitted == {MAX_COLUMNS - 1}
    qtbot.waitUntil(dialog.take_button.isEnabled)
    assert f"the column “c{MAX_COLUMNS - 1}” is not taken" in dialog.sentence.plain
    assert dialog.rows.currentIndex() == last


def test_a_wide_table_is_read_aside_and_only_the_last_choice_counts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(WIDE, qtbot)
    read: list[Reading] = []
    here = Preview.of
    monkeypatch.setattr(
        table_dialog.Preview, "of", lambda text, reading: read.append(reading) or here(text, reading)
    )
    dialog.decimal.setCurrentIndex(0)
    dialog.decimal.setCurrentIndex(1)
    assert dialog.sentence.plain == table_dialog.READING
    assert not dialog.take_button.isEnabled()
    qtbot.waitUntil(dialog.take_button.isEnabled)
    assert read[-1].decimal == dialog.reading.decimal == ","
    assert dialog.preview.index(1, 0).data() == "0.5"


def test_many_columns_that_are_not_taken_are_counted(qtbot: QtBot) -> None:
    reading = Reading(omitted=frozenset(range(1, 9)))
    wide = ",".join("abcdefghij") + "\n" + ",".join("1234567890") + "\n"
    assert Preview.of(wide, reading).told == ["8 columns are not taken: “b”, “c”, “d” and 5 more"]
    few = Reading(omitted=frozenset((0, 1)))
    assert Preview.of(wide, few).told == ["2 columns are not taken: “a” and “b”"]


def test_a_missing_cell_that_is_kept_is_shown_as_missing() -> None:
    preview = Preview.of("x,y\n1,2\n,3\n", Reading(gaps="keep"))
    assert [[preview.text(row, column) for column in range(2)] for row in range(2)] == [
        ["1", "2"], ["missing", "3"],
    ]  # fmt: skip


def test_a_long_name_ends_in_dots_and_is_whole_at_the_pointer(qtbot: QtBot) -> None:
    names = [f"a rather long name of a column, number {n}, that <nobody> can see whole" for n in range(3)]
    dialog = dialog_of(",".join(f'"{name}"' for name in names) + "\n1,2,3\n4,5,6\n", qtbot)
    header, across = dialog.rows.horizontalHeader(), Qt.Orientation.Horizontal
    assert header.textElideMode() == Qt.TextElideMode.ElideMiddle  # Qt cuts both ends off otherwise
    assert dialog.preview.headerData(1, across).endswith("…")
    said = dialog.preview.headerData(1, across, Qt.ItemDataRole.ToolTipRole)
    assert "number 1, that &lt;nobody&gt; can see whole" in said
    assert dialog.preview.data(dialog.preview.index(2, 1), Qt.ItemDataRole.ToolTipRole) == "5"


TICKETS = "x,Ticket\n1,A/5 21171\n2,113803\n3,373450\n4,330877\n"


def test_a_column_that_cannot_be_read_is_marked_and_left_out_until_it_is_asked_for(qtbot: QtBot) -> None:
    reading = replace(table_reading.assume(TICKETS), needed=frozenset("x"))
    dialog = TableDialog("titanic.csv", TICKETS, reading, "as it stands", False)
    qtbot.addWidget(dialog)
    tick = dialog.preview.index(0, 1)
    role = Qt.ItemDataRole
    assert (tick.data(), tick.data(role.CheckStateRole)) == (UNREAD, Qt.CheckState.Unchecked)
    assert "row 2, column “Ticket”: expected a number, found “A/5 21171”" in tick.data(role.ToolTipRole)
    assert dialog.take_button.isEnabled()
    dialog.preview.setData(tick, Qt.CheckState.Checked.value, role.CheckStateRole)
    assert dialog.sentence.plain.startswith("Row 2, column “Ticket”: expected a number, found “A/5 21171”;")
    assert dialog.rows.currentIndex().column() == 1  # it may lie out of sight
    assert not dialog.take_button.isEnabled()
    dialog.preview.setData(tick, Qt.CheckState.Unchecked.value, role.CheckStateRole)
    assert dialog.take_button.isEnabled()
    dialog.separator.setCurrentIndex(1)
    assert not dialog.take_button.isEnabled()  # the column x is not there then
    dialog.separator.setCurrentIndex(0)
    assert tick.data() == UNREAD
    taken: list[Reading] = []
    dialog.chosen.connect(taken.append)
    dialog.take()
    assert csv_table.read_as(TICKETS, taken[0])[0].columns == (("x", (1.0, 2.0, 3.0, 4.0)),)


HOUSES = "Neighbourhood average price,House age in years\n310250.75,3\n310350.75123,4\n"


def test_names_and_numbers_are_seen_whole_where_there_is_room(qtbot: QtBot) -> None:
    dialog = dialog_of(HOUSES, qtbot)
    header, rows = dialog.rows.horizontalHeader(), dialog.rows
    for column in range(2):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)
        assert header.sectionSize(column) >= rows.sizeHintForColumn(column)
    assert not rows.horizontalScrollBar().isVisible()
    assert not rows.verticalScrollBar().isVisible()


def test_a_long_cell_leaves_room_for_the_other_columns(qtbot: QtBot) -> None:
    rows = "".join(f"WWWW remark WWWW {row} WWWW remark WWWW,1\n" for row in range(4))
    dialog = dialog_of(f"remark,x\n{rows}", qtbot)
    assert dialog.rows.sizeHintForColumn(0) > dialog.rows.columnWidth(0) == WIDEST_PX


def test_what_was_taken_for_granted_is_seen_before_the_rows_where_not_all_fits(qtbot: QtBot) -> None:
    dialog = dialog_of(HOUSES, qtbot)
    assert dialog.sentence.y() > dialog.rows.y()
    dialog.fit_into(QRect(0, 0, 700, 420))
    qtbot.waitUntil(lambda: dialog.sentence.y() < dialog.rows.y())
    bottom = dialog.sentence.mapTo(dialog, dialog.sentence.rect().bottomLeft()).y()
    assert bottom < dialog.height()
    assert dialog.focusWidget() is dialog.separator


def test_other_letters_are_chosen_for_a_table_that_is_no_unicode(qtbot: QtBot) -> None:
    text, assumed = table_letters.decoded("Вес,Рост\n1,2\n3,4\n".encode("windows-1251"))
    made = TableDialog("table.csv", text, table_reading.assume(text, assumed), "", False)
    qtbot.addWidget(made)
    made.show()
    assert made.preview.headerData(0, Qt.Orientation.Horizontal) == "Âåñ"
    made.encoding.setCurrentIndex(made.encoding.findData("windows-1251"))
    assert made.preview.headerData(0, Qt.Orientation.Horizontal) == "Вес"
    assert "its letters are taken for Cyrillic" in made.sentence.plain
    assert made.reading.encoding == "windows-1251"
    assert dialog_of("x,y\n1,2\n", qtbot).encoding.parentWidget() is None  # nothing is asked of Unicode


WORDS = "x,name,place,t\n" + "".join(f"{row},n{row},p{row},{row % 2}\n" for row in range(9))
"""Two columns of as many words as rows, which are left out."""


def ticks(dialog: TableDialog) -> list[bool]:
    model, role = dialog.preview, Qt.ItemDataRole.CheckStateRole
    return [
        Qt.CheckState(model.index(0, place).data(role)) == Qt.CheckState.Checked
        for place in range(model.columnCount())
    ]


def test_a_column_of_text_that_is_left_out_has_no_tick(qtbot: QtBot) -> None:
    dialog = dialog_of(WORDS, qtbot)
    assert ticks(dialog) == [True, False, False, True]
    dialog.words.setCurrentIndex(dialog.words.findData("numbers"))
    assert ticks(dialog) == [True, True, True, True]


def test_a_tick_takes_that_column_of_text_as_numbers_and_no_other(qtbot: QtBot) -> None:
    dialog = dialog_of(WORDS, qtbot)
    name = dialog.preview.index(0, 1)
    dialog.preview.setData(name, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert ticks(dialog) == [True, True, False, True]
    assert dialog.words.currentData() == "numbers"
    assert "in column “name” n0 = 0, n1 = 1" in dialog.sentence.plain
    dialog.preview.setData(name, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert ticks(dialog) == [True, False, False, True]
