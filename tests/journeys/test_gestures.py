"""What the mouse does to edges, groups and notes in the whole window; each is one undo step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.scene import hit_test
from tests.journeys.hand import LEFT, NONE, Hand
from tests.journeys.test_seed import build_seed, newest
from tests.opening import open_text

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
RIGHT = Qt.MouseButton.RightButton
FOCUS_OUT = QEvent.Type.FocusOut
EMPTY = QPointF(420, 420)


def undo(hand: Hand) -> None:
    hand.do("edit.undo")


# --- edges
def test_an_edge_dropped_on_the_empty_canvas_brings_a_new_operation_connected(hand: Hand) -> None:
    build_seed(hand)
    hand.drag(hand.card("c").output_port(), EMPTY)
    popup = hand.window.features.adding.popup
    assert popup.isVisible()
    QTest.keyClicks(popup.field, "tanh")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert hand.graph.nodes()[-1].op == "tanh"
    assert hand.feeding(newest(hand)) == ["c"]
    undo(hand)
    assert len(hand.graph) == 7


def test_an_edge_dropped_and_given_up_leaves_nothing_behind(hand: Hand) -> None:
    build_seed(hand)
    hand.drag(hand.card("c").output_port(), EMPTY)
    QTest.keyClick(hand.window.features.adding.popup.field, Qt.Key.Key_Escape)
    assert len(hand.graph) == 7
    assert not hand.scene.draft.isVisible()
    assert hand.canvas.hasFocus()


def test_an_edges_end_is_moved_taken_off_and_brought_back(hand: Hand) -> None:
    build_seed(hand)
    hand.drag(hand.card("d").input_port(1), hand.card("L").input_port(1))
    assert hand.feeding("L") == ["d", "c"]
    assert hand.feeding("d") == ["e"]
    undo(hand)
    assert (hand.feeding("L"), hand.feeding("d")) == (["d", "f"], ["e", "c"])
    hand.drag(hand.card("d").input_port(1), EMPTY)
    assert hand.feeding("d") == ["e"]
    undo(hand)
    assert hand.feeding("d") == ["e", "c"]


def test_all_edges_of_an_output_move_at_once(hand: Hand) -> None:
    build_seed(hand)
    hand.connect("a", "d", 1)
    hand.drag(hand.card("a").output_port(), hand.card("c").output_port(), modifiers=CTRL)
    assert (hand.feeding("e"), hand.feeding("d")) == (["c", "b"], ["e", "c"])
    undo(hand)
    assert (hand.feeding("e"), hand.feeding("d")) == (["a", "b"], ["e", "a"])


def test_a_knife_cuts_edges_in_one_step_and_asks_for_no_menu(hand: Hand) -> None:
    build_seed(hand)
    hand.drag(QPointF(220, 10), QPointF(220, 190), modifiers=CTRL, button=RIGHT)
    assert hand.feeding("e") == []
    undo(hand)
    assert hand.feeding("e") == ["a", "b"]


def test_a_node_dropped_on_an_edge_lies_in_it(hand: Hand) -> None:
    build_seed(hand)
    hand.window.workspace.editor.add_at("tanh", QPointF(300, 400))
    name = newest(hand)
    card = hand.card(name)
    middle = geometry.point_on(hand.scene.edge_layer.curve((hand.graph.named("d").id, 1)), 0.5)
    hand.drag(card.pos() + QPointF(20, 12), card.pos() + QPointF(20, 12) + middle - card.card.center())
    assert hand.feeding("d") == ["e", name]
    assert hand.feeding(name) == ["c"]
    undo(hand)
    assert hand.feeding("d") == ["e", "c"]
    assert (hand.card(name).pos() - QPointF(300, 400)).manhattanLength() == 0


# --- groups
def group_of_seed(hand: Hand) -> GroupItem:
    """e and d of the seed example, put into a group by the menu's action."""
    build_seed(hand)
    hand.scene.select([hand.graph.named(name).id for name in "ed"])
    hand.do("graph.group")
    (item,) = hand.scene.surroundings.groups.values()
    return item


def title_of(item: GroupItem) -> QPointF:
    return item.handle.topLeft() + QPointF(60, 12)


def test_a_group_is_made_named_moved_collapsed_and_expanded(hand: Hand) -> None:
    item = group_of_seed(hand)
    hand.double_click(title_of(item))
    hand.type_in_field("Weighted sum")
    assert item.group.title == "Weighted sum"
    before = hand.card("e").pos()
    hand.drag(title_of(item), title_of(item) + QPointF(40, -40))
    assert hand.card("e").pos() == before + QPointF(40, -40)
    undo(hand)
    assert hand.card("e").pos() == before
    values = hand.shown()
    hand.click(item.chevron.center())
    assert item.group.collapsed
    assert not hand.card("e").isVisible()
    assert hand.shown() == values
    hand.click(item.chevron.center())
    assert not item.group.collapsed
    assert hand.card("e").isVisible()


def test_a_node_is_dropped_into_a_group_and_dragged_out_again(hand: Hand) -> None:
    item = group_of_seed(hand)
    c = hand.graph.named("c").id
    hold = hand.card("c").pos() + QPointF(20, 12)
    hand.drag(hold, item.rect.bottomLeft() + QPointF(60, -30))
    assert c in item.group.nodes
    assert item.rect.contains(hand.card("c").card)
    hand.drag(hand.card("c").pos() + QPointF(20, 12), QPointF(60, 500))
    assert c not in item.group.nodes
    undo(hand)
    assert c in item.group.nodes
    undo(hand)
    assert c not in item.group.nodes


def test_a_collapsed_group_is_saved_and_opened_again(hand: Hand, tmp_path: Path) -> None:
    item = group_of_seed(hand)
    hand.click(item.chevron.center())
    path = tmp_path / "grouped.nodegraph"
    hand.window.document.save_as(path)
    hand.do("file.new")
    hand.window.document.open(path)
    (item,) = hand.scene.surroundings.groups.values()
    assert item.group.collapsed
    hand.do("pass.to_end")
    assert hand.shown()["L"] == (-20.0, 1.0)


# --- notes
def test_a_note_is_written_moved_resized_deleted_and_brought_back(hand: Hand) -> None:
    build_seed(hand)
    hand.scene.select()
    hand.do("graph.note")
    QTest.keyClicks(hand.canvas.field, "# Loss")
    QTest.keyClick(hand.canvas.field, Qt.Key.Key_Return, CTRL)
    (item,) = hand.scene.surroundings.notes.values()
    assert item.note.text == "# Loss"
    place, size = item.pos(), item.size
    hold = item.rect.bottomLeft() + QPointF(20, -10)
    hand.drag(hold, hold + QPointF(40, 40))
    assert item.pos() == place + QPointF(40, 40)
    hand.drag(item.corner.center(), item.corner.center() + QPointF(40, 40))
    assert item.note.width == size.width() + 40
    hand.do("edit.delete")
    assert not hand.scene.surroundings.notes
    for _ in range(3):
        undo(hand)
    (item,) = hand.scene.surroundings.notes.values()
    assert (item.pos(), item.size) == (place, size)


def test_a_group_gets_another_colour_from_its_menu(hand: Hand) -> None:
    item = group_of_seed(hand)
    before = item.group.colour
    hand.do("graph.colour_green")
    assert item.group.colour == "green"
    undo(hand)
    assert item.group.colour == before


# --- arranging
def test_arranging_glides_and_one_undo_brings_all_back(hand: Hand) -> None:
    build_seed(hand)
    before = {node.id: (node.x, node.y) for node in hand.graph.nodes()}
    hand.do("graph.layout")
    hand.canvas.glide.finish()
    there = {key: item.pos().toTuple() for key, item in hand.scene.items_by_id.items()}
    assert there == {node.id: (node.x, node.y) for node in hand.graph.nodes()} != before
    undo(hand)
    assert {node.id: (node.x, node.y) for node in hand.graph.nodes()} == before


def test_a_muted_node_passes_its_first_input_on(hand: Hand) -> None:
    build_seed(hand)
    hand.click(hand.card("e").pos() + QPointF(20, 12))
    hand.key(Qt.Key.Key_M)
    assert hand.card("e").node.muted
    assert hand.shown()["e"][0] == 2.0
    undo(hand)
    assert hand.shown()["e"][0] == 6.0


# --- the minimap
def test_the_minimap_finds_what_is_out_of_view_and_can_be_switched_off(hand: Hand) -> None:
    build_seed(hand)
    minimap = hand.canvas.minimap
    hand.canvas.set_center(QPointF(9000, 9000))
    minimap.follow()
    assert minimap.isVisible()
    QTest.mouseClick(minimap, LEFT, NONE, minimap.rect().center())
    assert hit_test.cards_in(hand.scene, hand.canvas.seen())
    hand.canvas.set_center(QPointF(9000, 9000))
    hand.do("view.minimap")
    assert not minimap.isVisible()


def test_a_field_on_the_canvas_leaves_the_focus_to_what_takes_it(hand: Hand) -> None:
    hand.scene.select(["a"])
    elsewhere = hand.window.features.inspector.panel.node_page.value
    hand.canvas.edit_value("b")
    QTest.keyClicks(hand.canvas.field, "7")
    elsewhere.setFocus(Qt.FocusReason.MouseFocusReason)
    assert hand.graph.node("b").value == 7.0
    assert hand.canvas.field is None
    assert elsewhere.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_field_on_the_canvas_that_is_done_with_gives_the_focus_back(hand: Hand, key: Qt.Key) -> None:
    hand.canvas.edit_value("b")
    QTest.keyClick(hand.canvas.field, key)
    assert hand.canvas.hasFocus()


@pytest.mark.parametrize("what", ["a card", "a value"])
def test_undo_while_the_mouse_is_held_takes_back_what_the_hand_does_and_nothing_else(
    hand: Hand, what: str
) -> None:
    hand.move_to("e", 300.0, 300.0)
    places = hand.places()
    card = hand.card("a").card
    start = card.center() if what == "a value" else QPointF(card.center().x(), card.top() + 12)
    there = start + QPointF(60, 0)
    hand.press(start)
    hand.glide(start, there)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.glide(there, there + QPointF(40, 0))
    hand.release(there + QPointF(40, 0))
    assert hand.places() == places
    assert hand.card("a").card == card
    assert hand.graph.named("a").value == 2.0


def test_the_right_button_ends_a_drag_and_opens_no_menu(hand: Hand) -> None:
    card = hand.card("a").card
    start = QPointF(card.center().x(), card.top() + 12)
    there = start + QPointF(60, 40)
    hand.press(start)
    hand.glide(start, there)
    QTest.mousePress(hand.canvas.viewport(), RIGHT, NONE, hand.pixel(there))
    pixel, viewport = hand.pixel(there), hand.canvas.viewport()
    QApplication.sendEvent(
        viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, pixel, viewport.mapToGlobal(pixel))
    )
    assert QApplication.activePopupWidget() is None
    hand.release(there)
    assert hand.card("a").card == card


@pytest.mark.parametrize("zoom", [0.25, 1.0, 4.0])
def test_what_is_typed_on_a_card_or_into_a_note_is_as_large_as_it_stands_there(
    hand: Hand, zoom: float
) -> None:
    hand.do("graph.note")
    (note_id,) = hand.scene.surroundings.notes
    for open_field in (
        lambda: hand.canvas.edit_value("a"),
        lambda: hand.canvas.edit_name("a"),
        lambda: hand.canvas.edit_note(note_id),
    ):
        open_field()
        hand.canvas.set_zoom(zoom)
        height = hand.canvas.field.fontMetrics().height()
        assert 12 * max(zoom, 1.0) <= height <= 22 * max(zoom, 1.0)
        hand.canvas.close_field()


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_field_that_is_opened_while_a_card_is_dragged_lies_on_the_card(hand: Hand, key: Qt.Key) -> None:
    build_seed(hand)
    before, start = hand.places(), hand.held("c")
    hand.press(start)
    hand.glide(start, start + QPointF(60, 60))
    hand.key(key)
    hand.glide(start + QPointF(60, 60), start + QPointF(160, 90))
    card = hand.canvas.mapFromScene(hand.card("c").card).boundingRect()
    assert hand.canvas.field.geometry().intersects(card)
    hand.release(start + QPointF(160, 90))
    assert hand.places() == before


@pytest.mark.parametrize("is_double", [False, True])
def test_a_message_that_goes_with_a_click_moves_nothing_before_the_second_one(
    hand: Hand, qtbot: QtBot, is_double: bool
) -> None:
    hand.window.resize(1200, 480)
    layers = (
        "y1 = tanh(w1*x1 + w2*x2 + b1)",
        "y2 = tanh(w3*x1 + w4*x2 + b2)",
        "L = (y1 - t1)**2 + (y2 - t2)**2",
    )
    open_text(hand.window, "\n".join(layers), w1=0.44)
    QApplication.processEvents()
    zoom = hand.canvas.zoom
    hand.window.workspace.messages.tell_note("There is something to be read here. " * 9)
    QApplication.processEvents()
    assert hand.canvas.zoom != zoom  # the fitted graph has made room for it
    card, viewport = hand.card("w1"), hand.canvas.viewport()
    pixel = hand.pixel(card.pos() + card.outline.value_line.center() + QPointF(20, 0))
    QTest.mouseClick(viewport, LEFT, NONE, pixel)
    assert hand.window.stage.banner.isHidden()
    if is_double:
        QTest.mouseDClick(viewport, LEFT, NONE, pixel)
        assert hand.canvas.field.accessibleName() == "Value of w1"
    else:
        qtbot.waitUntil(lambda: hand.canvas.zoom == zoom)  # once no second click comes any more
    assert hand.graph.named("w1").value == 0.44


@pytest.mark.parametrize("command", ["edit.undo", "graph.collapse", "edit.delete", "view.fit"])
def test_what_is_typed_on_a_card_comes_before_a_command_that_the_mouse_chooses(
    hand: Hand, command: str
) -> None:
    build_seed(hand)
    hand.choose("a", "e")
    hand.do("graph.group")
    QTest.keyClick(hand.canvas.field, Qt.Key.Key_Return)
    hand.choose("a", "e")
    hand.canvas.edit_value(hand.graph.named("a").id)
    hand.canvas.field.selectAll()
    QTest.keyClicks(hand.canvas.field, "7")
    hand.do(command)
    assert (hand.canvas.field is not None) == (command == "view.fit")
    assert len(hand.graph.groups()) == (command != "edit.delete")
    if command == "graph.collapse":
        assert hand.graph.named("a").value == 7
        assert hand.graph.groups()[0].collapsed
    elif command == "edit.delete":
        assert hand.graph.named("a") is None
        undo(hand)
        assert hand.graph.named("a").value == 7
    else:
        assert hand.graph.named("a").value == 2


def test_a_number_that_cannot_be_taken_yet_is_asked_about_before_the_window_closes(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, asked = hand.window.workspace.files, []

    def ask() -> QMessageBox.StandardButton:
        asked.append(opened.unsaved.pending())
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(opened, "ask_unsaved", ask)
    hand.canvas.edit_value(hand.graph.named("a").id)
    QTest.keyClicks(hand.canvas.field, "1,")
    hand.do("file.close")
    hand.do("file.new")
    assert asked == [["what is typed into “Value of a”"]] * 2
    assert hand.canvas.field.typed() == "1,"
    hand.do("edit.select_all")
    assert hand.canvas.field is None


@pytest.mark.parametrize("text", ["1,", "7"])
def test_what_is_typed_stays_in_its_field_while_another_window_is_in_front(hand: Hand, text: str) -> None:
    hand.canvas.edit_value(hand.graph.named("a").id)
    field = hand.canvas.field
    QTest.keyClicks(field, text)
    QApplication.sendEvent(field, QFocusEvent(FOCUS_OUT, Qt.FocusReason.ActiveWindowFocusReason))
    assert hand.canvas.field is field
    assert (field.typed(), hand.graph.named("a").value) == (text, 2)
    QApplication.sendEvent(field, QFocusEvent(FOCUS_OUT, Qt.FocusReason.MouseFocusReason))
    assert hand.canvas.field is None
    assert hand.graph.named("a").value == (7 if text == "7" else 2)


def test_a_third_click_on_a_number_leaves_all_of_it_chosen_and_a_later_one_puts_the_cursor(
    hand: Hand, qtbot: QtBot
) -> None:
    hand.canvas.edit_value(hand.graph.named("c").id)
    field = hand.canvas.field
    assert field.text() == "-10"
    QTest.mouseClick(field, LEFT, NONE, field.rect().center())
    assert field.selectedText() == "-10"
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    QTest.mouseClick(field, LEFT, NONE, field.rect().center())
    assert (hand.canvas.field, field.selectedText()) == (field, "")


def test_a_text_too_long_for_a_note_stays_in_its_field_when_one_clicks_beside_it(hand: Hand) -> None:
    build_seed(hand)
    hand.do("graph.note")
    hand.canvas.field.setPlainText("word " * 5_000)
    hand.click(EMPTY)
    assert hand.canvas.field is not None
    assert hand.canvas.field.typed() == "word " * 5_000
    hand.canvas.field.setPlainText("word")
    hand.click(EMPTY)
    assert hand.canvas.field is None
    assert [note.text for note in hand.graph.notes()] == ["word"]
