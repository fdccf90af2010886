"""What a person does with collapsed groups in the whole window: open them, and connect to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing.theme import mixed
from nodegraph.canvas.items import group_item, node_item
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.scene import hit_test
from nodegraph.core.graph import notes
from nodegraph.core.graph.annotations import shade
from nodegraph.formats import files
from tests.journeys.hand import Hand
from tests.journeys.test_gestures import group_of_seed, undo

MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""What the platform without a screen says when a menu opens."""


def collapsed(hand: Hand) -> GroupItem:
    """e and d of the seed example in a group that is collapsed by its chevron."""
    item = group_of_seed(hand)
    hand.click(item.chevron.center())
    assert item.group.collapsed
    return item


def body(item: GroupItem) -> QPointF:
    return item.rect.center() + QPointF(0, 20)


def test_a_group_that_opens_pushes_aside_what_lies_in_its_way_and_one_undo_brings_it_back(hand: Hand) -> None:
    item = collapsed(hand)
    hand.move_to("L", item.rect.right() + 24, item.rect.top() + 40)
    before = hand.places()
    hand.click(item.chevron.center())
    hand.canvas.glide.finish()
    assert not item.group.collapsed
    assert not hand.card("L").card.intersects(item.rect)
    assert hand.card("L").card.left() > item.rect.right()
    assert {name: place for name, place in hand.places().items() if name != "L"} == {
        name: place for name, place in before.items() if name != "L"
    }
    undo(hand)
    assert hand.places() == before
    assert item.group.collapsed


@MENUS
def test_an_edge_dropped_on_a_collapsed_card_asks_which_of_its_inputs_is_meant(hand: Hand) -> None:
    item = collapsed(hand)
    hand.drag(hand.card("f").output_port(), body(item))
    menu = hand.window.features.adding.choosing.menu
    assert [action.text() for action in menu.actions()] == ["e · Multiply, input 3", "d · Add, input 3"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert hand.feeding("d") == ["e", "c", "f"]
    undo(hand)
    assert hand.feeding("d") == ["e", "c"]


@MENUS
def test_the_question_is_given_up_with_escape(hand: Hand) -> None:
    item = collapsed(hand)
    before = hand.graph.copy()
    hand.drag(hand.card("f").output_port(), body(item))
    QTest.keyClick(hand.window.features.adding.choosing.menu, Qt.Key.Key_Escape)
    assert hand.window.features.adding.choosing.menu is None
    assert hand.graph == before


def test_an_edge_dropped_on_a_collapsed_card_takes_its_only_free_input(hand: Hand) -> None:
    item = collapsed(hand)
    e = hand.graph.named("e").id
    hand.scene.select([e])
    hand.do("edit.delete")
    hand.drag(hand.card("a").output_port(), body(item))
    assert hand.feeding("d") == ["a", "c"]


def test_groups_and_notes_are_in_the_exported_picture_and_come_back_with_it(
    hand: Hand, tmp_path: Path
) -> None:
    item = collapsed(hand)
    hand.scene.select()
    hand.do("graph.note")
    QTest.keyClicks(hand.canvas.field, "# Loss")
    QTest.keyClick(hand.canvas.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    home = tmp_path / "grouped.png"
    hand.window.workspace.files.ask_save = lambda *_: home
    hand.do("file.export")
    hand.window.features.export.dialog.export_requested.emit()
    tint = mixed(shade(item.group.colour), hand.scene.theme.card, 0.28).rgb()
    picture = QImage(str(home))
    seen = {picture.pixel(x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5)}
    assert tint in seen
    opened = files.load(home)
    assert [group.collapsed for group in opened.groups()] == [True]
    assert [note.text for note in opened.notes()] == ["# Loss"]


# --- titles
def test_a_new_group_is_called_after_what_it_computes_and_asks_for_another_name(hand: Hand) -> None:
    hand.choose("e", "d")
    hand.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    (group,) = hand.graph.groups()
    field = hand.canvas.field
    assert (group.title, field.text(), field.selectedText()) == ("d", "d", "d")
    assert field.hasFocus()
    QTest.keyClicks(field, "The sum")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert hand.graph.groups()[0].title == "The sum"
    assert hand.canvas.hasFocus()


def test_the_title_of_a_new_group_lies_over_no_card_and_one_undo_brings_all_back(hand: Hand) -> None:
    before, steps = hand.places(), hand.window.document.stack.count()
    hand.choose("c", "f")
    hand.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(hand.canvas.field, Qt.Key.Key_Return)
    hand.canvas.glide.finish()
    (group,) = hand.graph.groups()
    box = hand.scene.surroundings.groups[group.id].rect
    for node in hand.graph.nodes():
        assert box.intersects(hand.card(node.name).card) == (node.id in group.nodes), node.name
    assert hand.window.document.stack.count() == steps + 1
    hand.do("edit.undo")
    assert hand.places() == before


@pytest.mark.parametrize("command", ["graph.layout", "graph.top_to_bottom"])
def test_an_arrangement_lays_no_card_on_a_note(hand: Hand, command: str) -> None:
    hand.window.document.apply(notes.add_note(hand.graph, "Careful: both meet here", 380, 210))
    hand.do(command)
    hand.canvas.glide.finish()
    (note,) = hand.scene.surroundings.notes.values()
    assert not any(note.rect.intersects(hand.card(node.name).card) for node in hand.graph.nodes())
    assert len(hand.scene.edge_layer.passing(note.rect)) == 0


def test_groups_that_compute_several_things_are_numbered_and_escape_keeps_that(hand: Hand) -> None:
    for names, title in ((("a", "b"), "Group 1"), (("c", "f"), "Group 2"), (("L",), "Group 3")):
        hand.choose(*names)
        hand.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(hand.canvas.field, Qt.Key.Key_Escape)
        assert hand.graph.groups()[-1].title == title
        assert hand.canvas.hasFocus()


def test_the_title_of_a_group_that_reaches_out_of_view_is_typed_in_view(hand: Hand) -> None:
    hand.window.resize(1366, 744)
    QApplication.processEvents()
    hand.canvas.fit()
    hand.canvas.setFocus()
    hand.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    field = hand.canvas.field
    assert field.hasFocus()  # else the letters of a title are keys of commands
    assert hand.canvas.room().contains(field.geometry())
    assert hand.canvas.is_fitted
    assert hand.canvas.seen().contains(hand.scene.surroundings.groups[hand.graph.groups()[0].id].rect)


def test_a_group_is_renamed_by_keys_alone(hand: Hand) -> None:
    hand.choose("e", "d")
    hand.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(hand.canvas.field, Qt.Key.Key_Escape)
    for title in ("The sum", "Another"):
        hand.key(Qt.Key.Key_F2)
        QTest.keyClicks(hand.canvas.field, title)
        QTest.keyClick(hand.canvas.field, Qt.Key.Key_Return)
        assert hand.graph.groups()[0].title == title
        hand.key(Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)  # collapsed, too
    hand.choose("e")
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(hand.canvas.field, "product")
    QTest.keyClick(hand.canvas.field, Qt.Key.Key_Return)
    assert hand.card("product") is not None
    hand.choose("d", "L")
    assert hand.window.commands.why_not("edit.rename") == "Select one node, group or note first."


def test_a_group_whose_title_is_out_of_view_opens_no_field(hand: Hand) -> None:
    hand.choose("e", "d")
    hand.canvas.set_center(QPointF(9000, 9000))
    hand.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert hand.canvas.field is None
    assert hand.graph.groups()[0].title == "d"


@pytest.mark.parametrize("zoom", [0.5, 0.55, 0.6, 1.0])
def test_the_outputs_of_a_collapsed_group_have_their_names_wherever_there_is_text(
    hand: Hand, zoom: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.scene.select(["a", "b"])
    hand.do("graph.group")
    hand.do("graph.collapse")
    written: list[str] = []
    for module in (node_item, group_item):
        monkeypatch.setattr(module, "write_left", lambda _p, _r, text, *_rest: written.append(text))
    hand.canvas.set_zoom(zoom)
    hand.canvas.viewport().repaint()
    assert {"a", "b"} <= set(written)


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_the_ports_of_a_collapsed_group_say_what_goes_in_and_out(hand: Hand, size: float) -> None:
    item = collapsed(hand)
    hand.scene.set_text_scale(size)
    tips = {
        name: hit_test.tip_at(hand.scene, item.input_place(hand.card(name).node.id))
        for name in ("a", "b", "c")
    }
    assert tips == {
        "a": "Input a, which goes to e",
        "b": "Input b, which goes to e",
        "c": "Input c, which goes to d",
    }
    assert (
        hit_test.tip_at(hand.scene, item.output_place(hand.card("d").node.id)) == "Output d, which goes to L"
    )
    assert hit_test.tip_at(hand.scene, item.rect.center() + QPointF(0, 200)) == ""


def test_what_a_collapsed_card_hides_is_found_as_that_card(hand: Hand) -> None:
    item = collapsed(hand)
    hand.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "multiply")
    assert hand.scene.selected_groups() == [item.group.id]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert hand.window.workspace.stage.find.count.text() == f"1 of 2, in {item.title}"
    assert hand.scene.selected_groups() == [item.group.id]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert hand.chosen() == ["L"]
    assert hand.scene.selected_groups() == []


def test_a_fitted_graph_is_seen_whole_when_a_group_is_opened_or_its_collapsing_is_undone(hand: Hand) -> None:
    hand.scene.select_all()
    hand.do("graph.group")
    hand.canvas.close_field()
    for open_again in ("edit.undo", "graph.collapse"):
        hand.do("graph.collapse")
        hand.canvas.fit()
        hand.do(open_again)
        hand.canvas.glide.finish()
        assert hand.canvas.seen().contains(hand.scene.graph_rect())
        assert hand.canvas.is_fitted
    hand.do("graph.collapse")
    hand.canvas.set_zoom(1.5)
    hand.do("edit.undo")
    assert hand.canvas.zoom == 1.5  # nobody asked for the whole any more
