"""Qt's own file dialog in the dark theme."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from nodegraph.app.platform import settings, style
from nodegraph.app.widgets.file_dialog import ARROWS, dress
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.drawing.theme import DARK


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[QFileDialog]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setPalette(style.colours(DARK))
    window.setStyleSheet(style.sheet(DARK))
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dress(dialog)
    yield dialog
    dialog.deleteLater()


def lightest(image: QImage) -> float:
    """The lightness of the lightest pixel, as it is over black."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixel.lightness() * pixel.alphaF() for pixel in pixels)


def test_the_list_of_completions_is_as_dark_as_the_dialog(dialog: QFileDialog) -> None:
    field = dialog.findChild(QLineEdit)
    popup = field.completer().popup()
    popup.resize(60, 40)
    image = popup.grab().toImage()  # names of files may stand in it by now
    assert statistics.median(image.pixelColor(x, y).lightness() for x in range(60) for y in range(40)) < 128


@pytest.mark.parametrize("name", ARROWS)
def test_arrows_are_light_on_dark_and_paler_where_they_cannot_be_pressed(
    dialog: QFileDialog, name: str
) -> None:
    icon = dialog.findChild(QToolButton, name).icon()
    normal, disabled = (
        lightest(icon.pixmap(16, 16, mode).toImage()) for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert normal > 180
    assert disabled < normal / 2


def test_with_larger_text_it_is_larger_as_far_as_the_screen_is(window: MainWindow) -> None:
    heights = []
    for size in (0.85, 1.0, 2.0):
        window.workspace.settings.set(settings.TEXT_SIZE, size)
        dialog = window.workspace.files._dialog("Open", "All files (*)")
        heights.append(dialog.height())
        screen = dialog.screen().availableSize()
        assert dialog.width() < screen.width()
        assert dialog.height() < screen.height()
        dialog.deleteLater()
    assert sorted(set(heights)) == heights
