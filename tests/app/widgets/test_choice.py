"""The drop-down list of panels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from nodegraph.app.widgets.choice import Choice
from nodegraph.app.window.main_window import MainWindow

MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_wheel_that_goes_past_chooses_nothing_and_is_left_to_what_scrolls(qtbot: QtBot) -> None:
    choice = Choice.of("kind", "Kind", {"a": "First", "b": "Second", "c": "Third"}, "b")
    qtbot.addWidget(choice)
    with qtbot.waitExposed(choice):
        choice.show()
    choice.setFocus()
    at = QPointF(choice.rect().center())
    for turned in (-120, 120):
        turn = QWheelEvent(
            at, choice.mapToGlobal(at), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(choice, turn)
        assert choice.currentData() == "b"
        assert not turn.isAccepted()
    assert choice.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_an_entry_that_is_too_long_ends_in_dots(qtbot: QtBot) -> None:
    long = "Automatic: the_quite_long_name_of_a_loss"
    choice = Choice.of("output", "Output", {"": long, "b": "b"})
    qtbot.addWidget(choice)
    shown = QStyleOptionComboBox()
    for width, text in ((130, "…"), (800, "loss")):
        choice.resize(width, 30)
        choice.initStyleOption(shown)
        assert shown.currentText.endswith(text)
        assert choice.fontMetrics().horizontalAdvance(shown.currentText) < width
    assert choice.currentText() == long


@MENUS
@pytest.mark.parametrize("columns", [2, 40])
def test_the_list_of_a_narrow_choice_is_as_wide_as_its_longest_entry(
    window: MainWindow, columns: int
) -> None:
    choice = Choice(window)
    choice.addItems([f"temperature_outside_{n}_c" for n in range(columns)])
    choice.setGeometry(20, 20, 82, 26)
    choice.show()
    choice.showPopup()
    view = choice.view()
    assert view.sizeHintForColumn(0) <= view.viewport().width() < 400
    choice.hidePopup()


@MENUS
def test_the_list_of_a_choice_is_no_wider_than_the_window(window: MainWindow) -> None:
    choice = Choice(window)
    choice.addItems(["y", "a_long_name" * 400])
    choice.setGeometry(20, 20, 82, 26)
    choice.show()
    choice.showPopup()
    assert choice.view().width() == window.width()
    choice.hidePopup()
