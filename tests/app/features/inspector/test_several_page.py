"""Several nodes edited together: mixed values are shown as mixed, and each edit is one undo step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from nodegraph.app.features.inspector.rows_table import AT_ONCE
from nodegraph.app.features.inspector.several_page import MAX_ROWS, SeveralPage
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.graph import together
from nodegraph.core.graph.graph import Graph

LEFT = Qt.MouseButton.LeftButton
PART = Qt.CheckState.PartiallyChecked


@pytest.fixture
def page(window: MainWindow) -> SeveralPage:
    """The page of two inputs and an operation of the seed."""
    window.scene.select(["a", "b", "e"])
    return window.features.inspector.panel.several_page


def of(window: MainWindow, what: str, names: str = "abe") -> list[object]:
    """What these nodes have of this."""
    return [getattr(window.document.graph.node(name), what) for name in names]


def test_mixed_values_are_shown_as_mixed_and_set_in_one_step(window: MainWindow, page: SeveralPage) -> None:
    assert page.value.text() == ""
    assert page.value.placeholderText() == "Mixed"
    steps = window.document.stack.count()
    QTest.keyClicks(page.value, "7")
    QTest.keyClick(page.value, Qt.Key.Key_Return)
    assert of(window, "value") == [7.0, 7.0, None]
    assert page.value.text() == "7"
    assert window.document.stack.count() == steps + 1
    window.commands.run("edit.undo")
    assert of(window, "value") == [2.0, 3.0, None]
    assert page.value.text() == ""


def test_steps_of_one_value_are_one_undo_step_and_mixed_ones_do_not_move(
    window: MainWindow, page: SeveralPage
) -> None:
    QTest.keyClick(page.value, Qt.Key.Key_Up)
    assert of(window, "value", "ab") == [2.0, 3.0]
    QTest.keyClicks(page.value, "1")
    QTest.keyClick(page.value, Qt.Key.Key_Return)
    steps = window.document.stack.count()
    for _ in range(3):
        QTest.keyClick(page.value, Qt.Key.Key_Up)
    assert of(window, "value", "ab") == [4.0, 4.0]
    assert window.document.stack.count() == steps + 1


def test_what_is_no_number_is_refused_and_stays(window: MainWindow, page: SeveralPage) -> None:
    QTest.keyClicks(page.value, "many")
    QTest.keyClick(page.value, Qt.Key.Key_Return)
    assert page.value.refusal.plain
    assert page.value.text() == "many"
    assert of(window, "value", "ab") == [2.0, 3.0]


def test_half_a_tick_is_mixed_and_a_click_sets_all(window: MainWindow, page: SeveralPage) -> None:
    window.features.inspector.panel.node_page.trainable_requested.emit("a", False)
    window.scene.select(["a", "b", "e"])
    assert page.trainable.checkState() == PART
    page.trainable.click()
    assert of(window, "trainable", "ab") == [True, True]
    page.trainable.click()
    assert of(window, "trainable", "ab") == [False, False]
    assert not page.trainable.isTristate()


def test_operations_are_muted_together(window: MainWindow, page: SeveralPage) -> None:
    window.scene.select(["d", "e"])
    assert not page.value.isVisibleTo(page)
    assert not page.trainable.isVisibleTo(page)
    page.muted.click()
    assert of(window, "muted", "de") == [True, True]
    window.commands.run("edit.undo")
    assert of(window, "muted", "de") == [False, False]
    assert not page.muted.isChecked()


def test_nodes_are_painted_together_and_alone(window: MainWindow, page: SeveralPage) -> None:
    page.colour.setCurrentIndex(page.colour.findData("green"))
    page.colour.activated.emit(page.colour.currentIndex())
    assert of(window, "colour") == ["green"] * 3
    assert page.colour.currentData() == "green"
    window.commands.run("edit.undo")
    assert page.colour.currentData() == ""
    window.commands.run("edit.redo")
    window.scene.select(["e"])
    alone = window.features.inspector.panel.node_page.colour
    assert alone.currentData() == "green"
    alone.activated.emit(alone.findData(""))
    assert of(window, "colour") == ["green", "green", ""]
    window.scene.select(["a", "e"])
    assert page.colour.currentIndex() == -1
    assert page.colour.placeholderText() == "Mixed"


def test_a_colour_of_its_own_from_a_file_is_shown(window: MainWindow, page: SeveralPage) -> None:
    page.colour_requested.emit(["a", "b"], "#123456")
    window.scene.select(["a", "b"])
    assert page.colour.currentText() == "#123456"


def test_a_colour_tints_the_card_at_every_zoom_and_costs_no_run(
    window: MainWindow, page: SeveralPage
) -> None:
    trace = window.player.trace
    before = {}
    for zoom in (1.0, 0.35, 0.2):
        window.canvas.set_zoom(zoom)
        before[zoom] = window.canvas.grab().toImage()
    page.colour_requested.emit(["a", "b", "e"], "vermilion")
    assert window.player.trace is trace
    for zoom, image in before.items():
        window.canvas.set_zoom(zoom)
        assert window.canvas.grab().toImage() != image


def test_rows_further_down_are_made_when_somebody_scrolls_there(
    window: MainWindow, page: SeveralPage, qtbot: QtBot
) -> None:
    window.document.replace(graph_of(random_shape(300, seed=4), placed=True))
    window.player.to_end()
    table, names = page.table, [node.name for node in window.document.graph.nodes()]
    window.scene.select_all()
    assert [row[0].text for row in table.rows.rows] == names[:AT_ONCE]
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: len(table.rows.rows) == 2 * AT_ONCE)
    there = table.verticalScrollBar().value()
    window.player.step_back()  # other numbers, in as many rows
    assert len(table.rows.rows) == 2 * AT_ONCE
    assert table.verticalScrollBar().value() <= there
    lines = table.lines()
    assert [line.split(",")[0] for line in lines] == names[:MAX_ROWS]
    for column in table.numbers:
        widths = [table.fontMetrics().horizontalAdvance(row[column].text) for row in table.rows.rows]
        assert table.columnWidth(column) > max(widths)
    window.scene.select([node.id for node in window.document.graph.nodes()[:3]])
    assert [row[0].text for row in table.rows.rows] == names[:3]
    assert not table.rows.canFetchMore(QModelIndex())


def test_where_all_are_selected_no_node_is_looked_up_and_what_is_gone_is_left_out_all_the_same(
    window: MainWindow, page: SeveralPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, graph, looked_up = window.features.inspector.panel, window.document.graph, []
    there, nodes_as = Graph.there, Graph.nodes_as
    monkeypatch.setattr(Graph, "there", lambda self, ids: looked_up.append("there") or there(self, ids))
    monkeypatch.setattr(Graph, "nodes_as", lambda self, ids: looked_up.append("as") or nodes_as(self, ids))
    window.scene.select_all()
    assert not looked_up
    assert page.nodes == graph.nodes()
    ids = [node.id for node in graph.nodes()]
    panel.follow(window.player.frame, [*ids[:-1], "gone"])
    assert page.nodes == graph.nodes()[:-1]
    assert page.title.plain == f"{len(ids) - 1} nodes"


def test_values_that_cards_show_before_the_first_step_stand_in_the_table(
    window: MainWindow, page: SeveralPage
) -> None:
    window.document.replace(parse("k = 3; y = x*k", x=2))
    window.scene.select_all()
    QApplication.processEvents()
    lines = page.table.lines()
    assert lines[:2] == ["k, Constant, 3, ", "x, Input, 2, …"]  # no gradient ever reaches k
    assert lines[-1] == "y, Multiply, …, …"


def test_what_very_many_nodes_have_in_common_is_found_in_pieces_and_at_once_where_it_is_acted_on(
    window: MainWindow, page: SeveralPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(together, "AT_ONCE", 50)
    graph = graph_of(random_shape(300, seed=4), placed=True)
    leaves = [node for node in graph.nodes() if node.is_leaf]
    graph.apply(together.set_value(graph, [node.id for node in leaves[:-1]], 3.0))
    graph.apply(together.set_colour(graph, [leaves[-1].id], "green"))
    window.document.replace(graph)
    window.scene.select_all()
    assert page.title.plain == "300 nodes"
    assert page._common is None
    qtbot.waitUntil(lambda: page._common is not None)
    assert page.value.placeholderText() == "Mixed"
    assert page.colour.currentIndex() == -1
    assert (page.trainable.isChecked(), page.muted.isChecked()) == (True, False)
    window.scene.select([node.id for node in graph.nodes() if node.id != leaves[-1].id])
    assert page._common is None
    assert page.leaf_ids() == [node.id for node in leaves[:-1]]
    assert page.value.text() == "3"
    assert page.colour.currentData() == ""


def test_cells_are_written_as_qt_writes_them_which_is_asked_for_them_only_while_some_are_chosen(
    window: MainWindow, page: SeveralPage, qtbot: QtBot
) -> None:
    class Noting(QStyledItemDelegate):
        def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
            by_qt.add(index.row())
            super().paint(painter, option, index)

    window.document.replace(parse(f"{'long' * 20} = 2*x + 3*y; out = -7.25*{'long' * 20}"))
    window.player.to_end()
    window.scene.select_all()
    table, by_qt = page.table, set[int]()
    window.show()
    qtbot.waitUntil(lambda: table.isVisible() and table.rows.rowCount() > 5)
    table.setItemDelegate(Noting(table))
    ours = table.viewport().grab().toImage()
    assert not by_qt
    table.selectRow(2)
    theirs = table.viewport().grab().toImage()
    assert by_qt == set(range(table.rows.rowCount()))
    chosen = table.visualRect(table.rows.index(2, 0))
    for image in (ours, theirs):
        with QPainter(image) as painter:
            painter.fillRect(0, chosen.top(), image.width(), chosen.height(), Qt.GlobalColor.red)
    assert ours == theirs
    assert len({ours.pixel(x, y) for x in range(ours.width()) for y in range(ours.height())}) > 4
