"""A widget that is painted from a picture of itself looks as it would without one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QWidget

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.pictures.kept_widget import KeptWidget
from nodegraph.canvas.viewport.cursor_hint import CursorHint


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Window(QWidget):
    """A bar with a button above a ground."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(200, 100)
        self.bar, self.button = QFrame(self), QToolButton()
        QHBoxLayout(self.bar).addWidget(self.button)
        self.button.setText("100 %")
        self.bar.setGeometry(60, 20, 100, 60)
        self.kept = KeptWidget(self.bar)
        self.show()
        self.turn()

    def turn(self) -> None:
        """Let Qt paint what is to be painted."""
        for _ in range(3):
            QApplication.processEvents()

    def seen(self) -> QImage:
        """What is to be seen."""
        self.turn()
        return self.grab().toImage()

    def without_picture(self) -> QImage:
        """What would be to be seen without the picture."""
        self.kept.setEnabled(False)
        seen = self.seen()
        self.kept.setEnabled(True)
        return seen


@pytest.fixture
def window(qapp: QApplication) -> Iterator[Window]:
    made = Window()
    yield made
    made.close()


def test_nothing_of_it_is_painted_again_while_something_moves_beneath(window: Window) -> None:
    paints = Paints()
    window.button.installEventFilter(paints)
    for x in range(20):
        window.update(50 + x, 30, 20, 20)
        window.turn()
    assert paints.count == 0


def test_nor_while_it_moves_itself(window: Window) -> None:
    paints = Paints()
    window.button.installEventFilter(paints)
    for x in range(20):
        window.bar.move(40 + x, 20)
        window.turn()
    assert paints.count == 0
    assert window.seen() == window.without_picture()


def test_it_looks_pressed_disabled_and_in_other_colours_as_it_would_without(window: Window) -> None:
    looks = [window.seen()]
    middle = window.button.rect().center()
    dark = QPalette(window.palette())
    dark.setColor(QPalette.ColorRole.Button, QColor("black"))
    dark.setColor(QPalette.ColorRole.ButtonText, QColor("red"))
    for act in (
        lambda: QTest.mousePress(window.button, Qt.MouseButton.LeftButton, pos=middle),
        lambda: QTest.mouseMove(window.button, QPoint(-20, -20)),
        lambda: QTest.mouseRelease(window.button, Qt.MouseButton.LeftButton, pos=QPoint(-20, -20)),
        lambda: window.button.setEnabled(False),
        lambda: window.setPalette(dark),
    ):
        act()
        looks.append(window.seen())
        assert looks[-1] == window.without_picture()
    assert looks[1] != looks[0]
    assert looks[-2] != looks[0]
    assert looks[-1] != looks[-2]


def test_a_text_of_which_no_event_tells_is_shown_once_the_picture_is_forgotten(window: Window) -> None:
    before = window.seen()
    window.button.setText("50 %")
    window.kept.forget()
    assert window.seen() == window.without_picture() != before


def test_beside_the_cursor_stands_what_was_said_last(window: Window) -> None:
    hint = CursorHint(window)
    looks = []
    for sentence in ("Drop it left", "Drop it felt"):  # as wide as each other
        hint.say(sentence, QPoint(0, 0), LIGHT)
        looks.append(window.seen())
    hint.hide()
    fresh = CursorHint(window)
    fresh.say("Drop it felt", QPoint(0, 0), LIGHT)
    assert looks[0] != looks[1] == window.seen()
