"""The decimal key of a number pad types a point wherever a number or a formula is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from nodegraph.app.window.main_window import MainWindow

KEYPAD, NONE = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.NoModifier


def press_comma(field: QWidget, modifiers: Qt.KeyboardModifier) -> None:
    """Press the key of a comma, on the number pad or among the letters."""
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Comma, modifiers, ","))


def value_on_a_card(window: MainWindow) -> QWidget:
    window.canvas.edit_value("a")
    return window.canvas.field


def search(window: MainWindow) -> QWidget:
    window.commands.run("graph.add")
    return window.features.adding.popup.field


def value_in_the_inspector(window: MainWindow) -> QWidget:
    return window.features.inspector.panel.node_page.value


def answer(window: MainWindow) -> QWidget:
    return window.features.prediction.card.field


@pytest.mark.parametrize("find", [value_on_a_card, search, value_in_the_inspector, answer])
def test_the_decimal_key_of_a_number_pad_types_a_point(
    window: MainWindow, find: Callable[[MainWindow], QWidget]
) -> None:
    field = find(window)
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClicks(field, "2")
    press_comma(field, KEYPAD)
    QTest.keyClicks(field, "5")
    assert field.text() == "2.5"
    assert field.isModified()
    press_comma(field, NONE)
    assert field.text() == "2.5,"


def test_in_words_it_types_what_the_key_says(window: MainWindow) -> None:
    window.commands.run("graph.note")
    note = window.canvas.field
    assert isinstance(note, QPlainTextEdit)
    press_comma(note, KEYPAD)
    assert note.toPlainText() == ","
    window.canvas.close_field()
    window.canvas.edit_name("a")
    assert isinstance(window.canvas.field, QLineEdit)
    press_comma(window.canvas.field, KEYPAD)
    assert window.canvas.field.text() == ","
