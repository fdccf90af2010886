"""The data in the window: seen cell by cell, sorted, summed up, copied, and made ready step by step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.app.document import files as document_files
from nodegraph.app.features.data import cells, feature
from nodegraph.app.features.data.cells import CellsModel, as_text
from nodegraph.app.features.data.page import DataPage
from nodegraph.app.platform import settings, style
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import THEMES
from nodegraph.core.building.expression import parse
from nodegraph.core.numbers import format_number
from nodegraph.core.training.bindings import bound_inputs, table_of, take_table
from nodegraph.core.training.tables import Table
from nodegraph.formats import files
from nodegraph.formats.tables import csv_table
from nodegraph.formats.tables.table_reading import Reading

NAN = float("nan")
TABLE = Table(
    "Small", (("x", (3.0, NAN, 1.0, 2.0)), ("kind", (0.0, 1.0, 1.0, 0.0)), ("t", (0.5, -1.0, 1e-9, 7.0)))
)
ROLE = Qt.ItemDataRole


@pytest.fixture
def page(window: MainWindow) -> DataPage:
    """The page, with a small table and inputs that take its columns."""
    window.document.replace(parse("L = (w*x + v*kind - t)**2"))
    window.features.training.table.take(TABLE)
    window.commands.run("view.data")
    found = window.features.data.page
    assert found is not None
    return found


def column_shown(page: DataPage, column: int = 0) -> list[str]:
    model = page.cells.cells
    return [model.index(row, column).data() for row in range(model.rowCount())]


def data_of(window: MainWindow) -> Table:
    table = table_of(window.document.graph)
    assert table is not None
    return table


# --- cells
def test_names_that_begin_and_end_alike_are_told_apart_above_the_cells(
    page: DataPage, window: MainWindow
) -> None:
    days = [f"How many hours did you sleep on {day} of the last week?" for day in ("Monday", "Tuesday")]
    names = ("bill_length_mm", "bill_depth_mm", *days)
    window.features.training.table.take(Table("Long", tuple((name, (1.0, 2.0)) for name in names)))
    head = page.cells.horizontalHeader()
    for column in range(4):
        assert head.sectionSize(column) >= head.sectionSizeHint(column)
    shown = [page.cells.cells.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert shown == [
        "bill_length_mm",
        "bill_depth_mm",
        "…ep on Monday of the last w…",
        "…ep on Tuesday of the last …",
    ]


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot) -> None:
    model = CellsModel(None)  # type: ignore[arg-type]
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for table in (TABLE, None, Table("", (("x", np.arange(1000.0)),)), TABLE):
        model.show_table(table)
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.data(QModelIndex()) is None
    del tester


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_missing_cell_is_marked_in_words_and_colours(name: str, page: DataPage) -> None:
    page.set_theme(THEMES[name])
    model = page.cells.cells
    missing, there = model.index(1, 0), model.index(0, 0)
    assert (missing.data(), there.data()) == ("missing", "3")
    assert missing.data(ROLE.BackgroundRole).name().upper() == THEMES[name].stale_back
    assert missing.data(ROLE.ForegroundRole).name().upper() == THEMES[name].stale
    assert there.data(ROLE.BackgroundRole) is None
    assert missing.data(ROLE.AccessibleTextRole) == "x of row 2: missing"
    assert model.index(2, 2).data(ROLE.ToolTipRole) == "1e-09"


def test_space_sorts_up_down_and_back_missing_cells_last_and_the_cell_stays_current(page: DataPage) -> None:
    page.cells.setFocus()
    page.cells.setCurrentIndex(page.cells.cells.index(2, 0))
    seen = []
    for _ in range(3):
        QTest.keyClick(page.cells, Qt.Key.Key_Space)
        seen.append(column_shown(page))
        assert page.cells.currentIndex().data() == "1"
    assert seen == [["1", "2", "3", "missing"], ["3", "2", "1", "missing"], ["3", "missing", "1", "2"]]


def test_a_name_that_is_cut_is_whole_at_the_pointer(page: DataPage) -> None:
    head = page.cells.horizontalHeader()
    assert head.textElideMode() == Qt.TextElideMode.ElideMiddle
    model = page.cells.cells
    said = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert said.startswith(model.table.names[0])


def test_a_click_on_a_name_sorts_and_rows_keep_their_numbers(page: DataPage) -> None:
    head = page.cells.horizontalHeader()
    spot = head.sectionViewportPosition(2) + head.sectionSize(2) // 2
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot, head.height() // 2))
    assert column_shown(page, 2) == ["−1", "1e−9", "0.5", "7"]
    model = page.cells.cells
    numbers = [model.headerData(row, Qt.Orientation.Vertical) for row in range(4)]
    assert numbers == [2, 3, 1, 4]
    assert data_of(page.window()) is TABLE, "sorting changes what is seen, not the document"


def test_sorting_outlives_a_step_and_ends_with_its_column(page: DataPage, window: MainWindow) -> None:
    page.cells.setCurrentIndex(page.cells.cells.index(0, 2))
    page.cells.sort_by_current()
    window.commands.run("train.leave_gaps_out")
    assert column_shown(page, 2) == ["1e−9", "0.5", "7"]
    window.features.training.table.take(Table("", (("y", (2.0, 1.0)),)))
    assert column_shown(page) == ["2", "1"]


# --- copying
def test_chosen_cells_are_copied_exactly_and_whole_columns_with_their_names(page: DataPage) -> None:
    page.cells.setFocus()
    page.cells.selectColumn(0)
    QTest.keyClick(page.cells, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "x\n3\n\n1\n2"
    page.cells.clearSelection()
    page.cells.setCurrentIndex(page.cells.cells.index(2, 2))
    QTest.keyClick(page.cells, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1e-09"
    QTest.keyClick(page.cells, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.cells, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[:3] == ["x\tkind\tt", "3\t0\t0.5", "\t1\t-1"]


def test_cells_are_copied_in_the_order_that_is_seen(page: DataPage) -> None:
    page.cells.setCurrentIndex(page.cells.cells.index(0, 0))
    page.cells.sort_by_current()
    page.cells.selectColumn(0)
    page.cells.copy_wanted.emit()
    assert QGuiApplication.clipboard().text() == "x\n1\n2\n3\n"


def test_many_cells_are_copied_while_the_window_goes_on(
    page: DataPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feature, "MOST_COPIED_AT_ONCE", 3)
    QGuiApplication.clipboard().clear()
    page.cells.selectAll()
    page.cells.copy_wanted.emit()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    assert QGuiApplication.clipboard().text() == as_text(TABLE, np.arange(4), [0, 1, 2], with_names=True)


def test_where_nothing_is_chosen_nothing_is_copied(page: DataPage) -> None:
    QGuiApplication.clipboard().setText("before")
    page.cells.clearSelection()
    page.cells.copy_wanted.emit()
    assert QGuiApplication.clipboard().text() == "before"


# --- saving
def test_the_data_are_saved_as_csv_that_reads_back_the_same(
    page: DataPage, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    window.features.data.done.connect(told.append)
    window.features.data.failed.connect(told.append)
    path = tmp_path / "Small.csv"
    monkeypatch.setattr(document_files.Files, "ask_save", lambda *asked: path)
    window.commands.run("train.save_data")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["Saved 4 rows × 3 columns as Small.csv."]
    text = path.read_text(encoding="utf-8")
    assert csv_table.read_as(text, Reading(gaps="keep"), "Small")[0] == TABLE
    path = tmp_path / "none" / "Small.csv"
    window.commands.run("train.save_data")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1].startswith("Small.csv: ")


# --- summary
def test_each_column_is_summed_up(page: DataPage) -> None:
    rows = page.summary.rows
    assert rows.headings[0] == "Small: 4 rows × 3 columns"
    assert [cell.text for cell in rows.cells(0)] == ["x", "3", "1", "1", "2", "3", "0.8165"]
    assert rows.cells(0)[0].data[ROLE.AccessibleTextRole] == (
        "x: count 3, missing 1, min 1, mean 2, max 3, deviation 0.8165"
    )
    assert [cell.text for cell in rows.cells(1)][:3] == ["kind", "4", "–"]


def test_a_standardised_column_tells_with_what(page: DataPage, window: MainWindow) -> None:
    page.summary.choose("x")
    window.commands.run("train.standardise")
    assert (
        "Standardised with mean 2 and deviation 0.816497"
        in page.summary.rows.cells(0)[0].data[ROLE.ToolTipRole]
    )
    assert page.summary.chosen() == ["x"], "what was chosen stays chosen"


def test_of_many_columns_only_those_that_are_seen_are_summed_up(page: DataPage, window: MainWindow) -> None:
    wide = Table("", tuple((f"c{n}", np.arange(3.0) + n) for n in range(1000)))
    window.features.training.table.take(wide)
    page.summary.grab()
    assert 0 < len(page.summary.rows._seen) < 100
    assert page.summary.rows.index(999, 4).data() == "1000"
    tester = QAbstractItemModelTester(page.summary.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.summary.show_table(TABLE)
    page.summary.show_table(None)
    assert page.summary.rows.rowCount() == 0
    del tester


# --- steps
def test_every_step_is_told_and_taken_back_and_inputs_keep_their_columns(
    page: DataPage, window: MainWindow
) -> None:
    told: list[str] = []
    window.features.data.done.connect(told.append)
    bound = bound_inputs(window.document.graph)
    page.seed.setValue(3)
    for command, name, said in (
        ("train.standardise", "Standardise x, t", "Standardised x (mean 2, deviation 0.816497), t (mean "),
        ("train.leave_gaps_out", "Leave out rows with gaps", "Left out 1 row with missing cells; 3 remain."),
        ("train.shuffle_rows", "Shuffle the rows", "Shuffled 4 rows, seed 3."),
    ):
        window.commands.run(command)
        assert window.document.stack.undoText() == name
        assert told[-1].startswith(said)
        assert data_of(window) != TABLE
        assert bound_inputs(window.document.graph) == bound
        window.commands.run("edit.undo")
        assert data_of(window) == TABLE
        assert column_shown(page) == ["3", "missing", "1", "2"]


def test_one_hot_waits_for_one_column_to_be_chosen(page: DataPage, window: MainWindow) -> None:
    action = window.commands.action("train.one_hot")
    assert window.features.data._why_not_one() == feature.ONE_COLUMN
    page.summary.choose("kind")
    assert window.features.data._why_not_one() == ""
    action.trigger()
    assert data_of(window).names == ("x", "kind1", "kind2", "t")
    assert [page.summary.rows.cells(row)[0].text for row in range(4)] == ["x", "kind1", "kind2", "t"]
    window.commands.run("edit.undo")
    assert data_of(window) == TABLE


def test_what_cannot_be_done_is_said(page: DataPage, window: MainWindow) -> None:
    refused: list[str] = []
    window.workspace.editor.refused.connect(refused.append)
    window.features.training.table.take(Table("", (("x", (1.0, 1.0)),)))
    window.features.data.standardise()
    assert refused == ["No column has more than two different numbers; choose the columns to standardise."]
    window.features.training.table.remove()
    assert page.empty.isVisible()
    assert not page.split.isVisible()
    assert window.features.data._why_not_data() == window.features.data._why_no_gaps()


def test_a_table_of_a_million_cells_is_shown_without_asking_for_all_of_them(
    page: DataPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = np.random.default_rng(1).normal(size=(10, 100_000))
    asked: list[float] = []
    monkeypatch.setattr(cells, "format_number", lambda number: asked.append(number) or format_number(number))
    window.features.training.table.take(Table("", tuple((f"c{n}", column) for n, column in enumerate(drawn))))
    page.cells.grab()
    page.cells.setCurrentIndex(page.cells.cells.index(99_999, 3))
    page.cells.sort_by_current()
    page.cells.grab()
    assert 0 < len(asked) < 20_000
    assert page.cells.cells.index(0, 3).data(ROLE.ToolTipRole) == repr(float(drawn[3].min()))


def test_choosing_all_asks_for_no_more_cells_than_are_seen(
    page: DataPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.features.training.table.take(Table("", tuple((f"c{n}", np.arange(20_000.0)) for n in range(3))))
    asked: list[int] = []
    monkeypatch.setattr(Table, "rows", property(lambda table: asked.append(1) or len(table.columns[0][1])))
    page.cells.selectAll()
    page.cells.grab()
    assert 0 < len(asked) < 5_000
    page.cells.clearSelection()
    head = page.cells.verticalHeader()
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert page.cells.chosen_cells()[1] == [0, 1, 2], "a click on a row's number chooses the row"


def test_a_document_with_a_large_table_is_opened_while_the_window_goes_on(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = parse("L = x*w")
    graph.apply(take_table(graph, Table("", (("x", np.random.default_rng(1).normal(size=1000)),))))
    files.save(graph, tmp_path / "large.nodegraph")
    monkeypatch.setattr(document_files, "MOST_BYTES_AT_ONCE", 10_000)
    window.workspace.files.load(tmp_path / "large.nodegraph")
    assert window.workspace.files.tasks.is_running
    qtbot.waitUntil(lambda: table_of(window.document.graph) == table_of(graph))


def test_tab_leads_through_the_page(page: DataPage) -> None:
    assert page.focusProxy() is page.cells
    for part in (page.cells, page.summary, page.seed):
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert part.accessibleName()


def test_where_there_is_little_room_the_steps_stand_in_a_row_of_their_own(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = DataPage(window.document, window.commands.actions)
    qtbot.addWidget(page)
    page.resize(1000, 300)
    page.show()
    for width, is_below in ((1000, False), (600, True), (1000, False)):
        page.resize(width, 300)
        QApplication.processEvents()
        assert page.width() == width
        assert (page.steps.y() > page.first.y()) is is_below
        assert page.rect().contains(page.steps.geometry().translated(page.bar.pos()))


def test_rows_are_as_high_as_text_of_any_size_needs(page: DataPage, window: MainWindow, qtbot: QtBot) -> None:
    views = (page.cells, page.summary)

    def heights() -> list[int]:
        return [view.verticalHeader().defaultSectionSize() for view in views]

    before = heights()
    try:
        window.settings.set(settings.TEXT_SIZE, 2.0)
        qtbot.waitUntil(lambda: heights() == [2 * size for size in before])
    finally:
        style.set_text_size(1.0)
