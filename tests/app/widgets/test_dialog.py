"""Every dialog fits the screen, however large its text is, and all of it can be reached."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nodegraph import app
from nodegraph.app.platform import settings
from nodegraph.app.widgets.dialog import FRAME_PX, Dialog
from nodegraph.app.window.main_window import MainWindow

SCREEN = QRect(0, 0, 1366, 740)
"""What a panel of the system leaves of a usual screen of laptops."""
OPEN_ONE = (
    "graph.insert_mlp", "train.generate_data", "file.export", "file.export_animation", "help.shortcuts",
    "help.about",
)  # fmt: skip


@pytest.fixture
def shown(window: MainWindow, qtbot: QtBot, request: pytest.FixtureRequest) -> Dialog:
    """The dialog that a command opens, with text of twice the size, on such a screen."""
    window.settings.set(settings.TEXT_SIZE, 2.0)
    window.commands.run(request.param)
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, Dialog) and one.isVisible())
    dialog.fit_into(SCREEN)
    QApplication.processEvents()
    return dialog


@pytest.mark.parametrize("shown", OPEN_ONE, indirect=True)
def test_a_dialog_fits_the_screen_and_tab_brings_all_of_it_into_sight(shown: Dialog) -> None:
    assert shown.width() <= SCREEN.width() - FRAME_PX.width()
    assert shown.height() <= SCREEN.height() - FRAME_PX.height()
    assert SCREEN.contains(shown.geometry())
    if shown.scrolled is None:
        return
    view = shown.scrolled.viewport()
    for button in shown.findChildren(QPushButton):
        if button.isDefault() or not view.isAncestorOf(button):
            assert shown.rect().contains(middle(button, shown))  # before anything is scrolled
        elif button.isVisibleTo(shown):
            button.setFocus(Qt.FocusReason.TabFocusReason)
            shown.scrolled.ensureWidgetVisible(button)
            assert view.rect().contains(middle(button, view))


def middle(widget: QWidget, view: QWidget) -> QPoint:
    return view.mapFromGlobal(widget.mapToGlobal(widget.rect().center()))


@pytest.mark.parametrize("shown", ["help.about"], indirect=True)
def test_page_down_scrolls_what_does_not_fit(shown: Dialog) -> None:
    assert shown.scrolled is not None
    QTest.keyClick(shown, Qt.Key.Key_PageDown)
    assert shown.scrolled.verticalScrollBar().value() > 0


def test_a_dialog_that_fits_is_left_alone(window: MainWindow) -> None:
    window.commands.run("help.about")
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, Dialog) and one.isVisible())
    before = dialog.size()
    dialog.fit_into(QRect(0, 0, 4000, 4000))
    assert dialog.scrolled is None
    assert dialog.size() == before


def test_every_dialog_of_the_program_fits_itself() -> None:
    for module in pkgutil.walk_packages(app.__path__, "nodegraph.app."):
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, QDialog) and kind.__module__ == module.name:
                assert issubclass(kind, Dialog), kind
