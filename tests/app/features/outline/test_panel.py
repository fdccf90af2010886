"""The outline: every node in execution order, in step with the canvas both ways, and edited by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionFrame

from nodegraph.app.features.outline.model import GRADIENT, NAME, NOW, OPERATION, VALUE
from nodegraph.app.platform import announcer, settings
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window with its outline shown and focused."""
    window.commands.actions["view.outline"].setChecked(True)
    window.features.outline.panel.rows.setFocus()
    return window


def column(window: MainWindow, number: int) -> list[str]:
    """What one column shows, from top to bottom."""
    model = window.features.outline.model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def row_of(window: MainWindow, name: str) -> dict[int, str]:
    """One row's cells."""
    model = window.features.outline.model
    row = column(window, NAME).index(name)
    return {number: model.index(row, number).data() for number in range(model.columnCount())}


def field(window: MainWindow) -> QLineEdit:
    """The editor that is open in the rows."""
    return window.features.outline.panel.rows.viewport().findChildren(QLineEdit)[-1]


def enter(window: MainWindow) -> None:
    """Take what was typed into the editor, which Qt does once the key has been dealt with."""
    QTest.keyClick(field(window), Qt.Key.Key_Return)
    QApplication.processEvents()


def test_nodes_stand_in_execution_order_with_their_operations(window: MainWindow) -> None:
    assert column(window, NAME) == ["a", "b", "c", "f", "e", "d", "L"]
    assert column(window, OPERATION) == ["Input"] * 4 + ["Multiply", "Add", "Multiply"]


def test_values_and_gradients_appear_as_the_passes_reach_them(window: MainWindow) -> None:
    assert row_of(window, "e")[VALUE] == "…"
    window.player.seek(2)
    assert row_of(window, "e") == {0: "e", 1: "Multiply", 2: "6", 3: "…", 4: "is computed"}
    assert row_of(window, "d")[VALUE] == "…"
    window.player.step()
    assert row_of(window, "d")[VALUE] == "−4"
    assert row_of(window, "e")[NOW] == ""
    window.player.to_end()
    assert row_of(window, "a")[GRADIENT] == "+15"


def test_the_current_step_is_marked_in_words(window: MainWindow) -> None:
    window.player.seek(10)
    assert (row_of(window, "e")[NOW], row_of(window, "a")[NOW]) == ("sends back", "receives")
    window.player.seek(1)
    assert row_of(window, "a")[NOW] == "appears"
    window.player.seek(5)
    assert row_of(window, "L")[NOW] == "starts with 1"


def test_a_node_that_cannot_run_stands_last_and_says_why(window: MainWindow) -> None:
    window.workspace.editor.add("multiply")
    assert row_of(window, column(window, NAME)[-1])[NOW]
    assert column(window, OPERATION)[-1] == "Multiply"
    assert "not reached yet" in window.features.outline.model.sentence(window.features.outline.model.ids[-1])


def test_nodes_that_cannot_run_and_came_back_stand_in_the_order_of_their_making(window: MainWindow) -> None:
    editor = window.workspace.editor
    for _ in range(3):
        editor.add("add")
    waiting = column(window, NAME)[-3:]
    window.scene.select([window.document.graph.named(waiting[0]).id])
    editor.delete()
    editor.undo()
    assert column(window, NAME)[-3:] == waiting


def test_selecting_a_row_selects_the_node_and_the_other_way_round(window: MainWindow) -> None:
    rows = window.features.outline.panel.rows
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert window.scene.selected_nodes() == ["b"]
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert window.scene.selected_nodes() == ["b", "c"]
    window.scene.select(["e", "L"])
    assert sorted(window.features.outline.panel.selected()) == ["L", "e"]


def test_enter_edits_a_value_and_f2_a_name(window: MainWindow) -> None:
    rows = window.features.outline.panel.rows
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClicks(field(window), "7")
    enter(window)
    assert window.document.graph.node("a").value == 7.0
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_F2)
    QTest.keyClicks(field(window), "alpha")
    enter(window)
    assert window.document.graph.node("a").name == "alpha"
    assert column(window, NAME)[0] == "alpha"


def test_a_wrong_value_is_refused_with_the_reason(window: MainWindow) -> None:
    rows = window.features.outline.panel.rows
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClicks(field(window), "two")
    enter(window)
    assert "“two” is not a number" in window.stage.banner.text.text()
    assert window.document.graph.node("a").value == 2.0
    assert row_of(window, "a")[VALUE] == "2"


@pytest.mark.parametrize(
    ("key", "wrong", "right"), [(Qt.Key.Key_Return, "2,5", "2.5"), (Qt.Key.Key_F2, "b", "alpha")]
)
def test_a_refused_text_stays_to_be_mended_and_esc_gives_it_up(
    window: MainWindow, key: Qt.Key, wrong: str, right: str
) -> None:
    rows, node = window.features.outline.panel.rows, window.document.graph.node("a")
    QTest.keyClick(rows, Qt.Key.Key_Home)
    for ends_by, expected in ((Qt.Key.Key_Escape, node), (Qt.Key.Key_Return, None)):
        QTest.keyClick(rows, key)
        QTest.keyClicks(field(window), wrong)
        enter(window)
        assert field(window).isVisible()
        assert field(window).text() == wrong
        assert window.stage.banner.text.text()
        assert window.document.graph.node("a") == node
        field(window).selectAll()
        QTest.keyClicks(field(window), right)
        QTest.keyClick(field(window), ends_by)
        QApplication.processEvents()
        assert rows.state() == rows.State.NoState
        if expected is not None:
            assert window.document.graph.node("a") == expected
    after = window.document.graph.node("a")
    assert (after.value, after.name) in ((2.5, "a"), (2.0, "alpha"))


def test_delete_deletes_the_rows_and_leaves_a_place_to_go_on_from(window: MainWindow) -> None:
    rows = window.features.outline.panel.rows
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert column(window, NAME) == ["a", "c", "f", "e", "d", "L"][:3] + column(window, NAME)[3:]
    assert "b" not in window.document.graph
    assert rows.currentIndex().row() == 1
    window.workspace.editor.undo()
    assert "b" in column(window, NAME)


def test_letters_search_by_name(window: MainWindow) -> None:
    rows = window.features.outline.panel.rows
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_D)
    assert window.scene.selected_nodes() == ["d"]


def test_period_steps_while_the_rows_have_the_focus(window: MainWindow) -> None:
    QTest.keyClick(window.features.outline.panel.rows, Qt.Key.Key_Period)
    assert window.player.cursor == 1


def test_a_row_reads_as_one_sentence(window: MainWindow) -> None:
    model = window.features.outline.model
    window.player.seek(10)
    said = model.index(4, NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "e, Multiply, value 6, gradient +5, sends back"
    window.player.seek(0)
    said = model.index(4, NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "e, Multiply, value not reached yet, gradient not reached yet"


def test_each_step_and_each_node_one_comes_to_is_announced(window: MainWindow) -> None:
    window.player.step()
    window.player.step()
    assert announcer.spoken[-1].startswith("Forward, step 2 of 11. e = a × b = 2 × 3 = 6")
    window.canvas.setFocus()
    window.scene.select(["e"])
    assert announcer.spoken[-1] == "e, Multiply, value 6, gradient not reached yet, is computed"


def test_whether_it_is_shown_is_remembered(window: MainWindow) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_F11)
    assert window.workspace.dock.current_page is None
    assert window.settings.value(settings.WORKBENCH_PAGE) == ""


def test_an_empty_document_says_so(window: MainWindow) -> None:
    window.workspace.files.new()
    assert not window.features.outline.panel.empty.isHidden()
    assert window.features.outline.model.rowCount() == 0


def test_a_hidden_table_makes_its_rows_once_somebody_may_read_them(window: MainWindow) -> None:
    dock, model, editor = window.workspace.dock, window.features.outline.model, window.workspace.editor
    dock.show_panel("outline")
    dock.show_panel("outline", False)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    before = list(model.ids)
    window.scene.select(["a"])
    editor.delete()
    editor.add("tanh")
    assert not resets
    assert all(model.data(model.index(row, NAME)) != "a" for row in range(len(before)))
    model.is_watched = lambda: True  # a screen reader has come
    model.rowCount()
    QTest.qWait(1)
    assert resets
    assert "a" not in model.ids
    assert len(model.ids) == len(window.document.graph)
    assert column(window, OPERATION)[-1] == "Tanh"


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_no_number_is_cut_off(window: MainWindow, size: float) -> None:
    window.workspace.settings.set(settings.TEXT_SIZE, size)
    window.document.replace(parse("a=-123456789012; b=-8.88888e-300; c=input(-8.88888e-300); L = a*b*c"))
    window.player.seek(len(window.player.trace.steps))
    rows = window.features.outline.panel.rows
    for row in range(rows.model().rowCount()):
        for column in (VALUE, GRADIENT):
            index = rows.model().index(row, column)
            assert rows.sizeHintForIndex(index).width() <= rows.columnWidth(column), index.data()


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_a_long_name_takes_the_room_that_other_columns_leave(window: MainWindow, size: float) -> None:
    window.resize(1500, 800)
    window.workspace.settings.set(settings.TEXT_SIZE, size)
    before = window.features.outline.panel.rows.columnWidth(NAME)
    window.document.replace(parse("L = the_output_of_the_gate_before_last*b"))
    rows = window.features.outline.panel.rows
    index = rows.model().index(row_of_name(window, "the_output_of_the_gate_before_last"), NAME)
    if size == 1.0:  # with the largest type there is not room for all of it
        assert rows.sizeHintForIndex(index).width() <= rows.columnWidth(NAME)
    others = sum(rows.columnWidth(place) for place in range(1, NOW))
    assert before < rows.columnWidth(NAME) <= max(before, rows.viewport().width() - others)


def test_a_column_of_names_stays_as_wide_as_a_person_has_drawn_it(window: MainWindow) -> None:
    rows = window.features.outline.panel.rows
    rows.header().resizeSection(NAME, 90)  # as a drag of its rim does
    window.document.replace(parse("L = the_output_of_the_gate_before_last*b"))
    assert rows.columnWidth(NAME) == 90


def row_of_name(window: MainWindow, name: str) -> int:
    return column(window, NAME).index(name)


@pytest.mark.parametrize("size", [0.85, 1.0, 2.0])
def test_what_is_typed_into_a_row_is_seen_in_its_whole_height(window: MainWindow, size: float) -> None:
    window.workspace.settings.set(settings.TEXT_SIZE, size)
    rows = window.features.outline.panel.rows
    rows.setCurrentIndex(rows.model().index(0, NAME))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    editor, option = field(window), QStyleOptionFrame()
    editor.initStyleOption(option)
    seen = editor.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, editor)
    assert seen.height() >= editor.fontMetrics().height() - 1
