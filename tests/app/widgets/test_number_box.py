"""Boxes for numbers, and what else a wheel changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.features.training_stage.time_bar import StepSlider
from nodegraph.app.platform import announcer
from nodegraph.app.widgets.number_box import DecimalBox, NumberBox


def turn_over(widget: QWidget, by: int) -> bool:
    """Turn the wheel over a widget. Returns whether it took that for itself."""
    at = QPointF(widget.rect().center())
    turn = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, turn)
    return turn.isAccepted()


@pytest.mark.parametrize("kind", [NumberBox, DecimalBox, StepSlider])
def test_a_wheel_changes_only_what_has_the_focus_and_gives_it_to_nothing(
    qtbot: QtBot, kind: type[QAbstractSpinBox] | type[QAbstractSlider]
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    other, box = QLineEdit(), kind()
    column = QVBoxLayout(around)
    column.addWidget(other)
    column.addWidget(box)
    box.setRange(0, 9)  # type: ignore[union-attr]
    box.setValue(5)  # type: ignore[union-attr]
    with qtbot.waitExposed(around):
        around.show()
    other.setFocus()
    assert not turn_over(box, 120)
    assert box.value() == 5  # type: ignore[union-attr]
    assert other.hasFocus()
    box.setFocus()
    assert turn_over(box, 120)
    assert box.value() > 5  # type: ignore[union-attr]


def test_a_box_for_a_number_keeps_digits_and_arrows_and_leaves_letters_to_shortcuts(qtbot: QtBot) -> None:
    box = NumberBox()
    qtbot.addWidget(box)

    def keeps(
        key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
        event.ignore()
        QApplication.sendEvent(box, event)
        return event.isAccepted()

    assert keeps(Qt.Key.Key_5, "5")
    assert keeps(Qt.Key.Key_Home, "")
    assert keeps(Qt.Key.Key_Space, " ")
    assert not keeps(Qt.Key.Key_T, "t")
    assert not keeps(Qt.Key.Key_T, "T", Qt.KeyboardModifier.ShiftModifier)


@pytest.mark.parametrize("country", ["en_US", "de_DE", "fr_FR", "de_CH"])
@pytest.mark.parametrize("typed", ["0.5", "0,5"])
def test_a_comma_and_a_point_are_both_the_decimal_mark(qtbot: QtBot, country: str, typed: str) -> None:
    box = DecimalBox(suffix=" s", decimals=1)
    box.setLocale(QLocale(country))
    qtbot.addWidget(box)
    box.selectAll()
    QTest.keyClicks(box.lineEdit(), typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 0.5


@pytest.mark.parametrize("country", ["en_US", "de_DE", "fr_FR", "de_CH"])
@pytest.mark.parametrize(
    ("typed", "value"),
    [("1,5", 1), ("1.5", 1), ("12,34", 12), ("1,500", 1500), ("1.500", 1500), ("1 500", 1500), ("2e3", 2000)],
)
def test_a_decimal_is_no_whole_number_without_its_mark(
    qtbot: QtBot, country: str, typed: str, value: int
) -> None:
    box = NumberBox(maximum=5000, value=7, suffix=" px")
    box.setLocale(QLocale(country))
    qtbot.addWidget(box)
    box.selectAll()
    QTest.keyClicks(box.lineEdit(), typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert (box.value(), box.text()) == (value, f"{value} px")


@pytest.mark.parametrize(
    ("typed", "shown", "said"),
    [
        ("99999", "7680 px", "A whole number from 80 to 7680 px"),
        ("12", "80 px", "A whole number from 80 to 7680 px"),
        ("100cm", "100 px", "A whole number from 80 to 7680 px"),
        ("-5", "80 px", "A whole number from 80 to 7680 px"),
        ("99999999999999999999", "7680 px", "A whole number from 80 to 7680 px"),
        ("100", "100 px", ""),
    ],
)
def test_a_number_out_of_range_becomes_the_nearest_and_what_is_not_taken_is_told(
    qtbot: QtBot, typed: str, shown: str, said: str
) -> None:
    announcer.spoken.clear()
    box = NumberBox(minimum=80, maximum=7680, value=640, suffix=" px")
    qtbot.addWidget(box)
    box.selectAll()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == shown
    assert set(announcer.spoken) == ({said} if said else set())


@pytest.mark.parametrize("country", ["en_US", "de_DE"])
@pytest.mark.parametrize("typed", ["99.5", "99,5"])
def test_a_decimal_out_of_range_becomes_the_nearest_and_the_range_is_told(
    qtbot: QtBot, country: str, typed: str
) -> None:
    announcer.spoken.clear()
    box = DecimalBox(maximum=60, value=2, suffix=" s", decimals=1)
    box.setLocale(QLocale(country))
    qtbot.addWidget(box)
    box.selectAll()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 60
    assert announcer.spoken[-1].startswith("A number from 0")
