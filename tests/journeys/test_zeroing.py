"""Zeroing gradients, as a person meets it: a second backward pass adds up, and Zero Gradients mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.journeys.hand import Hand
from tests.opening import open_text


def gradients(hand: Hand) -> dict[str, float | None]:
    return {name: gradient for name, (_, gradient) in hand.shown().items()}


def test_a_second_backward_pass_adds_up_until_the_gradients_are_set_to_zero(hand: Hand, qtbot: QtBot) -> None:
    window = hand.window
    open_text(window, "c = a + b; f = c*d", a=2, b=3, d=1)
    hand.canvas.setFocus()
    QTest.keyClick(hand.canvas, Qt.Key.Key_End)
    assert gradients(hand) == {"a": 1.0, "b": 1.0, "c": 1.0, "d": 5.0, "f": 1.0}

    again = window.findChild(QToolButton, "pass.backward_again.button")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert gradients(hand)["a"] == 1.0
    assert hand.scene.showing.is_stale("a")
    assert "not zeroed" in window.features.passes.transport.timeline.second
    QTest.keyClick(hand.canvas, Qt.Key.Key_End)
    assert gradients(hand) == {"a": 3.0, "b": 3.0, "c": 2.0, "d": 10.0, "f": 1.0}

    hand.scene.select(["a"])
    qtbot.waitUntil(lambda: "The true derivative is 1" in window.features.inspector.panel.text())

    QTest.mouseClick(window.findChild(QToolButton, "pass.zero_gradients.button"), Qt.MouseButton.LeftButton)
    assert gradients(hand)["a"] is None
    QTest.keyClick(hand.canvas, Qt.Key.Key_End)
    assert gradients(hand)["a"] == 1.0
    qtbot.waitUntil(lambda: "checked numerically" in window.features.inspector.panel.text())


def test_keys_run_the_pass_again_and_set_to_zero(hand: Hand) -> None:
    window = hand.window
    open_text(window, "y = x*x", x=3)
    hand.canvas.setFocus()
    QTest.keyClick(hand.canvas, Qt.Key.Key_End)
    QTest.keyClick(hand.canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(hand.canvas, Qt.Key.Key_End)
    assert gradients(hand)["x"] == 12.0
    QTest.keyClick(hand.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(hand.canvas, Qt.Key.Key_End)
    assert gradients(hand)["x"] == 6.0


def test_without_an_output_there_is_nothing_to_run_again(hand: Hand) -> None:
    window = hand.window
    window.workspace.files.new()
    action = window.commands.actions["pass.backward_again"]
    assert not action.isEnabled()
    assert "no backward pass yet" in action.toolTip()
