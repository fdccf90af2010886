"""The drop-down list of panels."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from nodegraph.app.widgets.choice import Choice


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
