"""No test finds a key or a button down that one before it has pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests import held

NO_KEY, NO_BUTTON = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("key", [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier])
def test_a_key_is_let_go_of_after_a_click_with_it(widget: QWidget, key: Qt.KeyboardModifier) -> None:
    QTest.keyClick(widget, Qt.Key.Key_P, key)
    assert QApplication.keyboardModifiers() == key
    held.let_go()
    assert QApplication.keyboardModifiers() == NO_KEY


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_a_button_is_let_go_of_where_a_test_ends_with_it_down(
    widget: QWidget, button: Qt.MouseButton
) -> None:
    QTest.mousePress(widget, button, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.mouseButtons() == button
    held.let_go()
    assert (QApplication.mouseButtons(), QApplication.keyboardModifiers()) == (NO_BUTTON, NO_KEY)


def test_a_test_ends_with_a_key_and_a_button_down(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    QTest.mousePress(widget, Qt.MouseButton.LeftButton)
    assert QApplication.mouseButtons() != NO_BUTTON


def test_the_next_one_finds_them_up(qapp: QApplication) -> None:
    assert (QApplication.mouseButtons(), QApplication.keyboardModifiers()) == (NO_BUTTON, NO_KEY)
