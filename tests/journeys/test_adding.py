"""Adding by search at the cursor, with mouse and keys in the whole window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.hand import Hand
from tests.journeys.test_seed import newest

SHIFT = Qt.KeyboardModifier.ShiftModifier


def type_in_popup(hand: Hand, text: str) -> None:
    """Type where the focus is, which must be the popup, and press Enter."""
    assert hand.window.adding.popup.isVisible()
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_a_double_click_on_the_empty_canvas_adds_under_the_pointer(hand: Hand) -> None:
    hand.scene.select()
    place = hand.empty()
    hand.double_click(place)
    type_in_popup(hand, "tanh")
    assert hand.graph.nodes()[-1].op == "tanh"
    assert (hand.card(newest(hand)).card.center() - place).manhattanLength() < 16


def test_shift_a_adds_what_a_sign_or_another_word_means(hand: Hand) -> None:
    for typed, op in (("*", "multiply"), ("times", "multiply"), ("mul", "multiply"), ("+", "add")):
        hand.scene.select()
        hand.key(Qt.Key.Key_A, SHIFT)
        type_in_popup(hand, typed)
        assert hand.graph.nodes()[-1].op == op


def test_tab_adds_connected_to_the_clicked_node_as_one_undo_step(hand: Hand) -> None:
    before = hand.graph.copy()
    hand.choose("L")
    hand.key(Qt.Key.Key_Tab)
    type_in_popup(hand, "tanh")
    assert hand.feeding(newest(hand)) == ["L"]
    hand.do("edit.undo")
    assert hand.graph == before


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
    assert not hand.window.adding.popup.isVisible()
    assert hand.canvas.hasFocus()
    assert hand.graph == before
