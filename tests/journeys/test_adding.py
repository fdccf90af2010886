"""Adding by search at the cursor, with mouse and keys in the whole window."""

from __future__ import annotations

from itertools import permutations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.platform import announcer
from tests.journeys.hand import Hand
from tests.journeys.test_seed import newest

SHIFT = Qt.KeyboardModifier.ShiftModifier


def type_in_popup(hand: Hand, text: str) -> None:
    """Type where the focus is, which must be the popup, and press Enter."""
    assert hand.window.features.adding.popup.isVisible()
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_a_double_click_on_the_empty_canvas_adds_under_the_pointer(hand: Hand) -> None:
    hand.scene.select()
    place = hand.empty()
    hand.double_click(place)
    type_in_popup(hand, "tanh")
    assert hand.graph.nodes()[-1].op == "tanh"
    assert hand.card(newest(hand)).card.contains(place)


@pytest.mark.parametrize("typed", ["tanh", "x9", "x9 = 3", "y9 = p9*q9 + r9"])
def test_what_is_added_low_down_is_wholly_in_view(hand: Hand, typed: str) -> None:
    hand.scene.select()
    lowest = hand.canvas.viewport().rect().bottomLeft() + QPoint(200, -12)
    hand.double_click(hand.canvas.mapToScene(lowest))
    type_in_popup(hand, typed)
    for made in hand.scene.selected_nodes():
        assert hand.canvas.seen().contains(hand.scene.items_by_id[made].card)


def test_shift_a_adds_what_a_sign_or_another_word_means(hand: Hand) -> None:
    for typed, op in (("*", "multiply"), ("times", "multiply"), ("mul", "multiply"), ("+", "add")):
        hand.scene.select()
        hand.key(Qt.Key.Key_A, SHIFT)
        type_in_popup(hand, typed)
        assert hand.graph.nodes()[-1].op == op


@pytest.mark.parametrize("number", ["2", "7", "2.5", "-2"])
def test_a_number_typed_there_is_a_constant_of_that_value(hand: Hand, number: str) -> None:
    hand.double_click(hand.empty())
    type_in_popup(hand, number)
    added = hand.graph.nodes()[-1]
    assert (added.op, added.value) == ("constant", float(number))


def test_a_half_typed_there_as_one_sign_is_a_number_and_no_name(hand: Hand) -> None:
    hand.double_click(hand.empty())
    popup = hand.window.features.adding.popup
    popup.field.setText("½")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    added = hand.graph.nodes()[-1]
    assert (added.op, added.value) == ("constant", 0.5)


@pytest.mark.parametrize(("typed", "op"), [("√a", "sqrt"), ("|a|", "abs"), (r"\frac{a}{b}", "divide")])
def test_a_formula_without_signs_of_arithmetic_is_inserted(hand: Hand, typed: str, op: str) -> None:
    """They were told that no operation has this name."""
    hand.double_click(hand.empty())
    popup = hand.window.features.adding.popup
    popup.field.setText(typed)
    assert popup.foot.text() == "Enter inserts g."
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert hand.graph.nodes()[-1].op == op


@pytest.mark.parametrize("typed", ["2", "x*w", "theta"])
def test_what_takes_no_edge_is_told_so_where_an_edge_ends_loosely(hand: Hand, typed: str) -> None:
    hand.drag(hand.card("L").output_port(), hand.empty())
    popup = hand.window.features.adding.popup
    popup.field.setText(typed)
    assert "only an operation can take this edge" in popup.foot.text()


@pytest.mark.parametrize(
    ("typed", "reason"), [("inf", "inf is no finite number"), ("sin x", "in brackets"), ("a 3", "write *")]
)
def test_what_is_no_formula_yet_is_told_its_reason(hand: Hand, typed: str, reason: str) -> None:
    """inf made an input called inf, worth 1; the others were told that no operation has this name."""
    hand.double_click(hand.empty())
    popup = hand.window.features.adding.popup
    before = hand.graph.copy()
    popup.field.setText(typed)
    assert reason in popup.foot.text()
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert hand.graph == before


def test_a_name_typed_there_that_is_also_the_sign_of_an_input_names_one(hand: Hand) -> None:
    hand.double_click(hand.empty())
    type_in_popup(hand, "x")
    added = hand.graph.nodes()[-1]
    assert (added.op, added.name) == ("input", "x")


def test_tab_adds_connected_to_the_clicked_node_as_one_undo_step(hand: Hand) -> None:
    before = hand.graph.copy()
    hand.choose("L")
    hand.key(Qt.Key.Key_Tab)
    type_in_popup(hand, "tanh")
    assert hand.feeding(newest(hand)) == ["L"]
    hand.do("edit.undo")
    assert hand.graph == before


def test_a_new_node_takes_the_selected_ones_in_the_order_in_which_they_were_selected(hand: Hand) -> None:
    for names in permutations("abf"):
        hand.choose(*names)
        hand.key(Qt.Key.Key_Tab)
        type_in_popup(hand, "max")
        assert hand.feeding(newest(hand)) == list(names)
        hand.do("edit.undo")


@pytest.mark.parametrize(("first", "second"), [("e", "f"), ("f", "e")])
def test_what_is_selected_first_is_what_the_other_is_subtracted_from(
    hand: Hand, first: str, second: str
) -> None:
    hand.choose(first, second)
    hand.key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "subtract")
    assert f"Subtract of {first} and {second}" in announcer.spoken[-1]
    type_in_popup(hand, "")
    assert hand.feeding(newest(hand)) == [first, second]


def test_nodes_selected_at_once_are_taken_in_the_order_of_making(hand: Hand) -> None:
    hand.choose("f")
    hand.scene.select(["f", "b", "a"])
    hand.key(Qt.Key.Key_Tab)
    type_in_popup(hand, "mean")
    assert hand.feeding(newest(hand)) == ["f", "a", "b"]
    hand.choose("b")
    hand.choose("a", "b")
    hand.key(Qt.Key.Key_Tab)
    type_in_popup(hand, "divide")
    assert hand.feeding(newest(hand)) == ["a", "b"]


def test_a_formula_typed_there_inserts_its_nodes_as_one_undo_step(hand: Hand) -> None:
    before = hand.graph.copy()
    hand.double_click(hand.empty())
    type_in_popup(hand, "x*w + 3")
    assert len(hand.graph) == len(before) + 5
    hand.do("edit.undo")
    assert hand.graph == before


def test_escape_gives_up_adding_and_the_canvas_has_the_keys_again(hand: Hand) -> None:
    before = hand.graph.copy()
    hand.key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "tanh")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not hand.window.features.adding.popup.isVisible()
    assert hand.canvas.hasFocus()
    assert hand.graph == before


@pytest.mark.parametrize("way", ["Esc", "a click beside it"])
def test_a_formula_that_was_left_comes_back_selected(hand: Hand, way: str) -> None:
    popup = hand.window.features.adding.popup
    hand.double_click(hand.empty())
    QTest.keyClicks(popup.field, "u*v +")
    if way == "Esc":
        QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    else:
        hand.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not popup.isVisible()
    hand.double_click(hand.empty())
    assert popup.field.selectedText() == popup.field.text() == "u*v +"
    type_in_popup(hand, "p + q")
    hand.key(Qt.Key.Key_Tab)
    assert popup.isVisible()
    assert popup.field.text() == ""
