"""Tables of data as a person loads and binds them, with real events."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit

from nodegraph.app.features.training.table_dialog import TableDialog
from nodegraph.app.features.training.table_preview import UNREAD
from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import bound_inputs, table_of
from nodegraph.formats.tables import parquet_table
from tests.journeys.trainee import Trainee

XOR = "x1,x2,t\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"


def test_xor_is_loaded_from_csv_and_learnt_by_a_network(trainee: Trainee, tmp_path: Path) -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 1], "tanh", "sigmoid", "squared", seed=0))
    trainee.open(graph)
    path = tmp_path / "xor.csv"
    path.write_text(XOR)
    choose_file(trainee, path)
    trainee.press_button("train.load_table")
    assert set(bound_inputs(trainee.graph).values()) == {"x1", "x2", "t"}
    page = trainee.page()
    assert "4 rows × 3 columns" in page.data.title.plain
    trainee.type_into("rate", "1")
    trainee.type_into("steps", "1500")
    shown: set[float] = set()  # of so many steps a slow machine shows some, too
    trainee.window.player.trace_changed.connect(lambda trace: shown.add(trace.value("L")))
    trainee.run()
    assert trainee.trainer.loss < 0.01
    assert len(shown) > 5, "values move on the canvas while it runs"
    assert trainee.window.document.stack.undoText() == "Train 1,500 steps"
    row = page.data.row
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Up)
    QTest.keyClick(row, Qt.Key.Key_Up)
    assert trainee.shown()["x2"][0] == 1.0
    assert trainee.shown()["y"][0] > 0.85
    trainee.do("edit.undo")
    assert trainee.shown()["y"][0] < 0.85


def test_the_buttons_stay_where_they_are_whatever_a_run_says(trainee: Trainee, tmp_path: Path) -> None:
    trainee.window.resize(1366, 768)
    trainee.open(parse("y = w*x + b; L = (y - t)**2", w=1, b=0, x=1, t=1))
    path = tmp_path / "houses.csv"
    rows = (f"{50 + 7 * k},{k % 5},{3 * k},{120_000 + 9_000 * k}\n" for k in range(12))
    path.write_text("x,rooms,age,t\n" + "".join(rows))
    choose_file(trainee, path)
    trainee.press_button("train.load_table")
    page = trainee.page()

    def places() -> list[QRect]:
        for widget in (page, page.bar):
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest))
        return [QRect(it.mapTo(trainee.window, QPoint()), it.size()) for it in page.buttons.values()]

    at_first = places()
    trainee.press_button("train.step")
    assert page.sentence.plain.startswith("Trained 1 step. The columns rooms and age are used by no input.")
    assert page.loss_now.plain.startswith("Mean loss")
    assert places() == at_first
    trainee.type_into("rate", "1e6")
    trainee.press_button("train.run")
    assert places() == at_first
    trainee.qtbot.waitUntil(lambda: not trainee.trainer.is_running)
    assert "Try a learning rate below" in page.sentence.plain
    assert places() == at_first
    trainee.press_button("train.restore")
    assert places() == at_first


def choose_file(trainee: Trainee, path: Path) -> None:
    """Type this name into the file dialog that comes up next."""
    from PySide6.QtCore import QTimer

    def choose() -> None:
        dialog = trainee.window.findChild(QFileDialog)
        if dialog is None or not dialog.isVisible():
            QTimer.singleShot(10, choose)
            return
        field = dialog.findChild(QLineEdit)
        field.setText(str(path))
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x,t\n1,2\n3\n", "bad.csv: row 3, column “t”: this cell is missing; fill it in, or remove the row"),
        ("x,t\n1,2\n2,two\n", "bad.csv: row 3, column “t”: expected a number, found “two”"),
        ("x,t\n1,2\n1,2,3\n", "bad.csv: row 3: expected 2 cells, found 3"),
        ("x,t\n1,inf\n", "bad.csv: row 2, column “t”: expected a finite number, found “inf”"),
    ],
)
def test_a_bad_table_is_told_over_the_canvas(neuron: Trainee, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    choose_file(neuron, path)
    neuron.press_button("train.load_table")
    assert told in neuron.text_of("banner")
    assert table_of(neuron.graph) is None


def shown_table(neuron: Trainee) -> TableDialog:
    dialog = neuron.window.features.training.table.dialog
    assert dialog is not None
    neuron.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_table_is_seen_and_read_otherwise_before_it_is_taken(neuron: Trainee, tmp_path: Path) -> None:
    path = tmp_path / "european.csv"
    path.write_text("x;t;kind\n0,5;1,25;red\n2,5;3;blue\n3,5;4;red\n", "utf-8")
    choose_file(neuron, path)
    neuron.press_button("train.load_table")
    dialog = shown_table(neuron)
    assert dialog.sentence.plain == "Read so: decimals have a comma; in column “kind” red = 0, blue = 1."
    assert dialog.preview.index(1, 0).data() == "0.5"
    assert dialog.focusWidget() is dialog.separator
    QTest.keyClick(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert dialog.focusWidget() is dialog.decimal
    QTest.keyClick(dialog.decimal, Qt.Key.Key_Up)
    assert "Row 2, column “x”: expected a number, found “0,5”" in dialog.sentence.plain
    assert not dialog.take_button.isEnabled()
    QTest.keyClick(dialog.decimal, Qt.Key.Key_Down)
    dialog.rows.setFocus()
    QTest.keyClick(dialog.rows, Qt.Key.Key_Right)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Right)
    QTest.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert "column “kind” is not taken" in dialog.sentence.plain
    assert table_of(neuron.graph) is None
    QTest.keyClick(dialog, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    neuron.qtbot.waitUntil(lambda: table_of(neuron.graph) is not None)
    assert table_of(neuron.graph).columns == (("x", (0.5, 2.5, 3.5)), ("t", (1.25, 3.0, 4.0)))
    assert set(bound_inputs(neuron.graph).values()) == {"x", "t"}


def test_a_column_that_no_input_takes_and_that_cannot_be_read_late_is_left_out(
    neuron: Trainee, tmp_path: Path
) -> None:
    path = tmp_path / "late.csv"
    path.write_text("x,t,note\n" + "1,2,3\n" * 5000 + "2,3,4+\n")
    choose_file(neuron, path)
    neuron.press_button("train.load_table")
    dialog = shown_table(neuron)
    said = (
        "The column “note” is left out, as no input takes it and it cannot be read (row 5002, column “note”"
    )
    assert said.lower() in dialog.sentence.plain.lower()
    assert dialog.preview.index(0, 2).data() == UNREAD
    dialog.take()
    neuron.qtbot.waitUntil(lambda: table_of(neuron.graph) is not None)
    assert table_of(neuron.graph).names == ("x", "t")


def test_rows_that_a_table_marks_for_testing_are_held_out_when_it_is_loaded(
    neuron: Trainee, tmp_path: Path
) -> None:
    path = tmp_path / "split.csv"
    path.write_text("x,t,split\n1,2,train\n2,4,train\n3,90,test\n", "utf-8")
    neuron.window.features.training.table.load_path(path)
    dialog = shown_table(neuron)
    assert "“split” says which rows are for testing (train = 0, test = 1)" in dialog.sentence.plain
    dialog.take_button.click()
    neuron.qtbot.waitUntil(lambda: table_of(neuron.graph) is not None)
    page = neuron.page()
    assert page.form.rows.fields["held_out"].text() == "split"
    assert page.data.unused.plain == ""
    neuron.type_into("rate", "0.01")
    neuron.run()
    assert neuron.trainer.training.rows == 2
    assert "held_out_loss" in neuron.trainer.training.columns


def test_a_table_that_is_cancelled_leaves_all_as_it_was(neuron: Trainee, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("1 2\n3 4\n", "utf-8")
    done = neuron.window.document.stack.count()
    neuron.window.features.training.table.load_path(path)
    dialog = shown_table(neuron)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    neuron.qtbot.waitUntil(lambda: not neuron.window.findChildren(TableDialog))
    assert table_of(neuron.graph) is None
    assert neuron.window.document.stack.count() == done


def test_an_input_takes_a_column_by_keys(neuron: Trainee, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("time,goal\n2,9\n1,4\n")
    neuron.window.features.training.table.load_path(path)
    table = neuron.page().data.table
    neuron.come_to_the_front()
    table.setFocus()
    table.selectRow([row.name for row in table.inputs.rows].index("x"))
    QTest.keyClick(table, Qt.Key.Key_Return)
    choice = table.findChild(QComboBox, "training.column")
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert not bound_inputs(neuron.graph)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    QTest.keyClick(choice, Qt.Key.Key_Return)
    neuron.qtbot.waitUntil(lambda: list(bound_inputs(neuron.graph).values()) == ["goal"])


def test_inputs_can_be_read_in_a_low_window_while_columns_are_unused(neuron: Trainee, tmp_path: Path) -> None:
    neuron.window.resize(1366, 768)
    path = tmp_path / "more.csv"
    path.write_text("x,target,weight,extra\n0,0,1,2\n1,1,2,2\n0,1,3,3\n")
    neuron.window.features.training.table.load_path(path)
    form = neuron.page().data
    neuron.qtbot.waitUntil(form.match_button.isVisible)
    assert form.unused.isVisible()
    table = form.table

    def seen() -> int:
        rows = (table.visualRect(table.model().index(row, 0)) for row in range(table.model().rowCount()))
        return sum(table.viewport().rect().contains(rect) for rect in rows)

    neuron.qtbot.waitUntil(lambda: seen() >= 1)


def test_a_parquet_file_that_is_dropped_is_loaded(
    neuron: Trainee, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded() -> bool:
        return not neuron.window.workspace.editor.tasks.is_running

    path = tmp_path / "points.parquet"
    path.write_bytes(b"PAR1\0\0PAR1")
    data = neuron.window.features.training.table
    take, told = data.load_path, list[str]()
    data.failed.connect(told.append)
    data.done.connect(told.append)
    with monkeypatch.context() as patch:
        patch.setattr(parquet_table, "find_spec", lambda name: None)
        take(path)
        neuron.qtbot.waitUntil(loaded)
        assert "Reading Parquet needs pyarrow" in told[-1]
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow, of the extra `parquet`, is not installed")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"x": [1.0, 2.0], "day": ["2024-01-01", "2024-01-02"]}), path)
    take(path)
    neuron.qtbot.waitUntil(lambda: table_of(neuron.graph) is not None)
    assert neuron.graph.named("x").column == "x"
    assert "the dates in column “day” are left out" in told[-1]


def test_rows_with_gaps_can_be_kept(neuron: Trainee, tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text("x,t\n1,2\n,3\n4,5\n")
    neuron.window.features.training.table.load_path(path)
    dialog = shown_table(neuron)
    assert "1 row with a gap is left out: row 3" in dialog.sentence.plain
    dialog.gaps.setCurrentIndex(dialog.gaps.findData("keep"))
    assert "1 row with a gap is kept: row 2 of the data (row 3 of its file)" in dialog.sentence.plain
    dialog.take()
    table = table_of(neuron.graph)
    assert table is not None
    assert str(table.column("x").tolist()) == "[1.0, nan, 4.0]"
    assert "no finite number in row 2" in neuron.trainer.why_not
