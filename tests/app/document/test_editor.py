"""Editing: what the menus and the palette do to the graph, and the clipboard."""

from __future__ import annotations

import itertools
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nodegraph.app.document import document
from nodegraph.app.features.find.feature import find_nodes
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.scene import hit_test
from nodegraph.core.building.expression import parse
from nodegraph.core.errors import Refused
from nodegraph.core.graph import grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.layered import HEIGHT, WIDTH
from nodegraph.formats import fragment as part_format
from tests.opening import names


def test_copy_and_paste_make_new_names_and_one_undo_step(window: MainWindow) -> None:
    before = window.document.graph.copy()
    window.scene.select(["a", "b", "e"])
    window.features.edit.copying.copy()
    window.features.edit.copying.paste()
    assert names(window)[7:] == ["a2", "b2", "e2"]
    pasted = window.document.graph.named("e2").id
    sources = [
        window.document.graph.node(edge.source).name for edge in window.document.graph.edges_into(pasted)
    ]
    assert sources == ["a2", "b2"]
    assert window.scene.selected_nodes() == [
        window.document.graph.named(name).id for name in ("a2", "b2", "e2")
    ]
    assert window.document.stack.undoText() == "Paste 3 nodes"
    window.workspace.editor.undo()
    assert window.document.graph == before


def test_each_paste_lies_a_step_further(window: MainWindow) -> None:
    window.scene.select(["a"])
    window.features.edit.copying.copy()
    window.features.edit.copying.paste()
    window.features.edit.copying.paste()
    graph = window.document.graph
    places = [(graph.named(name).x, graph.named(name).y) for name in ("a", "a2", "a3")]
    assert len(set(places)) == 3


def test_cut_and_paste_bring_a_node_back_with_its_name(window: MainWindow) -> None:
    window.scene.select(["a"])
    window.features.edit.copying.cut()
    assert "a" not in names(window)
    window.features.edit.copying.paste()
    assert "a" in names(window)


def test_the_clipboard_holds_a_document_as_text(window: MainWindow) -> None:
    window.scene.select(["a", "b", "e"])
    window.features.edit.copying.copy()
    part, *_ = part_format.from_text(QGuiApplication.clipboard().text())
    assert [node.name for node in part.nodes()] == ["a", "b", "e"]
    assert sum(1 for _ in part.edges()) == 2


def test_a_formula_on_the_clipboard_is_pasted_as_nodes(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("y = sigmoid(w*x)")
    window.features.edit.copying.paste()
    assert {"y", "w", "x"} <= set(names(window))


def test_a_pasted_formula_takes_the_nodes_that_it_names(window: MainWindow) -> None:
    before = window.document.graph.copy()
    QGuiApplication.clipboard().setText("y = sigmoid(a*w + L)")
    window.features.edit.copying.paste()
    graph = window.document.graph
    assert set(names(window)) - {node.name for node in before.nodes()} >= {"y", "w"}
    assert "a2" not in names(window)
    assert len(graph.edges_from("a")) == len(before.edges_from("a")) + 1
    assert len(graph.edges_from("L")) == 1
    window.document.stack.undo()
    assert window.document.graph == before


def test_pasting_names_that_are_all_there_says_so(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("a")
    window.features.edit.copying.paste()
    assert window.document.stack.count() == 0
    assert window.stage.banner.isVisible()


def test_a_copied_picture_is_pasted_as_its_graph(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.features.export.done):
        window.features.export.copy()
    window.workspace.files.new()
    window.features.edit.copying.paste()
    assert sorted(names(window)) == ["L", "a", "b", "c", "d", "e", "f"]


def test_nonsense_on_the_clipboard_is_told_and_changes_nothing(window: MainWindow) -> None:
    for text in ("", "   ", "{", '{"nodes": 3}', "this is a sentence, not a formula"):
        assert not window.stage.banner.isVisible(), text
        QGuiApplication.clipboard().setText(text)
        window.features.edit.copying.paste()
        assert window.document.stack.count() == 0, text
        assert window.stage.banner.isVisible(), text
        window.workspace.messages.dismiss()


def test_duplicate_leaves_the_clipboard_alone(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("mine")
    window.scene.select(["a"])
    window.features.edit.copying.duplicate()
    assert "a2" in names(window)
    assert QGuiApplication.clipboard().text() == "mine"


def test_an_empty_part_cannot_be_inserted() -> None:
    with pytest.raises(Refused):
        part_format.from_text(part_format.to_text(Graph()))


def test_delete_removes_what_is_selected_with_its_edges(window: MainWindow) -> None:
    window.scene.select(["e"], [("L", 1)])
    window.workspace.editor.delete()
    assert "e" not in names(window)
    assert window.document.graph.edge(("L", 1)) is None
    assert window.document.stack.count() == 1


def test_an_illegal_edge_is_told_and_the_next_edit_takes_the_message_away(window: MainWindow) -> None:
    window.canvas.intents.connect_requested.emit("L", "e", 0)
    assert "cycle" in window.stage.banner.text.text()
    window.canvas.intents.value_requested.emit("a", 9.0, 0)
    assert not window.stage.banner.isVisible()


def test_a_palette_drop_adds_a_node_where_it_fell(window: MainWindow) -> None:
    window.canvas.intents.add_requested.emit("exp", QPointF(40.0, 600.0))
    (node_id,) = window.scene.selected_nodes()
    node = window.document.graph.node(node_id)
    assert (node.op, node.x, node.y) == ("exp", 40.0, 600.0)


def test_an_operation_is_added_with_the_keyboard_alone(window: MainWindow) -> None:
    search = window.features.adding.palette.search
    search.setFocus()
    QTest.keyClicks(search, "tan")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.document.graph.nodes()[-1].op == "tan"
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(window.features.adding.palette.list, Qt.Key.Key_Down)
    QTest.keyClick(window.features.adding.palette.list, Qt.Key.Key_Return)
    assert window.document.graph.nodes()[-1].op == "tanh"
    QTest.keyClick(window.features.adding.palette.list, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_arranging_is_one_undo_step(window: MainWindow) -> None:
    window.workspace.editor.move({"a": (3000.0, 3000.0)})
    window.workspace.commands.run("graph.layout")
    assert window.document.graph.node("a").x != 3000.0
    assert window.document.stack.count() == 2


@pytest.mark.parametrize("aspect", [3.0, 1.0, 0.4], ids=["wide", "square", "tall"])
def test_arranged_parts_are_as_wide_or_tall_as_the_canvas(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, aspect: float
) -> None:
    view = window.canvas.viewport()
    assert window.canvas.aspect == view.width() / view.height()
    monkeypatch.setattr(type(window.canvas), "aspect", aspect)
    window.document.replace(parse("; ".join(f"b{number} = tanh(a{number})" for number in range(24))))
    window.workspace.commands.run("graph.layout")
    places = [(node.x or 0.0, node.y or 0.0) for node in window.document.graph.nodes()]
    width, height = (max(along) for along in zip(*places, strict=True))
    assert 0.5 < (width + WIDTH) / (height + HEIGHT) / aspect < 2.0


@pytest.mark.parametrize(
    ("text", "found"),
    [("mul", ["e", "L"]), ("L", ["L"]), ("a", ["a", "d"]), ("×", ["e", "L"]), ("zzz", []), ("", [])],
)
def test_finding_goes_by_name_and_by_operation(seed_graph: Graph, text: str, found: list[str]) -> None:
    assert find_nodes(seed_graph, text)[: len(found)] == found


def test_find_selects_and_enter_goes_through_what_was_found(window: MainWindow) -> None:
    window.features.find.open()
    bar = window.stage.find
    bar.field.clear()
    QTest.keyClicks(bar.field, "mul")
    assert window.scene.selected_nodes() == ["e", "L"]
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert window.scene.selected_nodes() == ["e"]
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert window.scene.selected_nodes() == ["L"]
    assert bar.count.text() == "2 of 2"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_new_notes_lie_in_view_where_no_edge_crosses_them(window: MainWindow) -> None:
    window.canvas.fit()
    for count in (1, 2, 3):
        window.commands.run("graph.note")
        window.canvas.close_field()
        notes = list(window.scene.surroundings.notes.values())
        assert len(notes) == count
        rect = notes[-1].rect
        assert len(window.scene.edge_layer.passing(rect)) == 0
        assert window.canvas.seen().contains(rect)
        assert not hit_test.is_any_card_in(window.scene, rect)
        assert not any(rect.intersects(note.rect) for note in notes[:-1])


LONG = "a_name_of_thirty_letters_or_so"


def overlapping(window: MainWindow) -> list[tuple[str, str]]:
    """Pairs of cards that lie on one another."""
    window.canvas.glide.finish()
    cards = [(node.name, window.scene.items_by_id.card(node.id)) for node in window.document.graph.nodes()]
    return [(a, b) for (a, one), (b, other) in combinations(cards, 2) if one.intersects(other)]


def test_a_card_that_a_longer_name_makes_wider_pushes_aside_what_it_would_cover(window: MainWindow) -> None:
    editor, graph = window.workspace.editor, window.document.graph
    editor.move({"c": (graph.node("a").x + 160, graph.node("a").y + 8)})
    before, steps = graph.copy(), window.document.stack.count()
    editor.rename_node("a", LONG)
    assert not overlapping(window)
    assert window.document.stack.count() == steps + 1
    assert window.document.stack.undoText() == f"Rename a to {LONG}"
    editor.undo()
    assert graph == before
    editor.redo()
    assert not overlapping(window)


def test_an_edit_and_a_gesture_behind_it_are_two_undo_steps(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both were numbered -1, -2, …: the first step of a value could be undone with the rename before it."""
    monkeypatch.setattr(document, "_gestures", itertools.count(1_000))
    stack, steps = window.document.stack, window.document.stack.count()
    window.workspace.editor.rename_node("a", LONG)
    gesture = document.next_gesture()
    assert stack.command(steps).merge == gesture + 1
    window.workspace.editor.set_value("a", 5.0, gesture)
    assert stack.count() == steps + 2


def test_a_card_that_one_more_port_makes_taller_pushes_down_what_it_would_cover(window: MainWindow) -> None:
    editor, graph = window.workspace.editor, window.document.graph
    editor.move(
        {"c": (graph.node("d").x, graph.node("d").y + window.scene.items_by_id.card("d").height() + 8)}
    )
    for source in "ab":
        editor.connect_nodes(source, "d", len(graph.edges_into("d")))
    assert len(graph.edges_into("d")) == 4
    assert not overlapping(window)
    assert graph.node("c").x == graph.node("d").x


def test_a_collapsed_group_that_a_longer_title_makes_wider_pushes_aside_what_it_would_cover(
    window: MainWindow,
) -> None:
    editor, graph = window.workspace.editor, window.document.graph
    editor.attempt(lambda: grouping.group(graph, ["e", "d"], "S"))
    editor.attempt(lambda: grouping.set_collapsed(graph, ["group1"], True))
    card = window.scene.surroundings.groups["group1"].rect
    editor.move({"L": (card.right() + 20, card.top())})
    before, steps = graph.copy(), window.document.stack.count()
    editor.attempt(lambda: grouping.rename_group(graph, "group1", "The sum of product and offset"))
    window.canvas.glide.finish()
    card = window.scene.surroundings.groups["group1"].rect
    assert not card.intersects(window.scene.items_by_id.card("L"))
    assert window.document.stack.count() == steps + 1
    editor.undo()
    assert graph == before
