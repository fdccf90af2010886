"""Several nodes chosen by mouse and edited together in the inspector."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.journeys.hand import LEFT, NONE, Hand

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_nodes_chosen_by_shift_and_click_are_set_painted_and_taken_back(hand: Hand) -> None:
    hand.click(hand.held("a"))
    for name in ("b", "e"):
        QTest.mouseClick(hand.canvas.viewport(), LEFT, SHIFT, hand.pixel(hand.held(name)))
    assert hand.chosen() == ["a", "b", "e"]
    page = hand.window.features.inspector.panel.several_page
    QTest.mouseClick(page.value, LEFT, NONE, QPoint(10, 8))
    QTest.keyClicks(page.value, "4")
    QTest.keyClick(page.value, Qt.Key.Key_Return)
    assert [hand.graph.node(name).value for name in "ab"] == [4.0, 4.0]
    QTest.mouseClick(page.muted, LEFT, NONE, QPoint(8, page.muted.height() // 2))
    assert hand.graph.node("e").muted
    hand.do("edit.undo")
    hand.do("edit.undo")
    assert [hand.graph.node(name).value for name in "ab"] == [2.0, 3.0]
    assert not hand.graph.node("e").muted
    assert hand.chosen() == ["a", "b", "e"]
