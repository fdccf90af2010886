"""The window is on the screen before most of the program is loaded, and then as if it had been made whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import nodegraph
from nodegraph.app import application
from nodegraph.app.platform import settings
from nodegraph.app.window.main_window import MainWindow
from nodegraph.app.window.window_manager import Windows
from nodegraph.canvas.drawing.theme import DARK

NOT_YET = {
    "numpy", "networkx", "nodegraph.core.graph.graph", "nodegraph.formats", "nodegraph.canvas.scene",
    "nodegraph.canvas.view", "nodegraph.app.features", "nodegraph.app.document", "nodegraph.app.workspace",
    "nodegraph.app.platform.style", "nodegraph.app.platform.crash_guard",
    "nodegraph.app.window.window_contents",
}  # fmt: skip
"""What is loaded only once the window is on the screen."""
ASKED = """
import sys
from nodegraph.app.platform import first_look
shown = first_look.show_empty
def show(window, *given):
    shown(window, *given)
    print(window.isVisible(), *sys.modules)
    sys.stdout.flush()
    import os; os._exit(0)
first_look.show_empty = show
from nodegraph.cli import main
main([])
"""


@pytest.fixture
def windows() -> Iterator[Windows]:
    """Windows of which the first is shown, and empty."""
    application()
    made = Windows()
    made.show_ahead()
    yield made
    for window in made.open_windows[:]:
        window.document.stack.setClean()
        window.close()


def image_of(widget: QWidget, rect: QRect) -> bytes:
    """The pixels of a part of a widget."""
    image = widget.grab(rect).toImage()  # whose pixels are gone with it
    return bytes(image.constBits())


def test_the_first_paint_waits_for_no_more_than_it_needs(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=Path(nodegraph.__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=os.environ
        | {"QT_QPA_PLATFORM": "offscreen", "NODEGRAPH_SETTINGS": str(tmp_path / "a.ini")}
        | {"NODEGRAPH_STATE": str(tmp_path)},
    )
    is_visible, *loaded = ran.stdout.split()
    assert is_visible == "True"
    assert "nodegraph.app.window.main_window" in loaded
    assert NOT_YET & set(loaded) == set()


def test_the_empty_window_has_the_colour_of_the_canvas(qtbot: QtBot) -> None:
    application()
    made = Windows()
    made.settings.set(settings.THEME, "dark")
    made.show_ahead()
    window = made._ahead
    assert window is not None
    assert window.grab().toImage().pixelColor(20, 20) == QColor(DARK.background)
    window.deleteLater()


def test_what_is_filled_later_is_as_if_made_at_once(windows: Windows, qtbot: QtBot) -> None:
    empty = windows._ahead
    windows.start()
    QApplication.processEvents()
    (window,) = windows.open_windows
    assert window is empty
    assert window.document.title
    assert window.focusWidget() is window.canvas
    whole = MainWindow()
    qtbot.addWidget(whole)
    whole.start()
    whole.resize(window.size())
    whole.show()
    QApplication.processEvents()
    assert window.canvas.size() == whole.canvas.size()
    assert window.canvas.zoom == whole.canvas.zoom
    below_focus_line = window.canvas.viewport().rect().adjusted(0, 4, 0, 0)  # one of them is active alone
    assert len({image_of(one.canvas.viewport(), below_focus_line) for one in (window, whole)}) == 1


def test_the_first_key_finds_the_canvas(windows: Windows, qtbot: QtBot) -> None:
    windows.start()
    (window,) = windows.open_windows
    QApplication.processEvents()
    assert window.scene.selected_nodes() == []
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert len(window.scene.selected_nodes()) == 1


def test_who_closes_the_empty_window_closes_it(windows: Windows, qtbot: QtBot) -> None:
    empty = windows._ahead
    assert empty is not None
    empty.close()
    assert empty.isVisible()
    windows.start()
    assert not empty.isVisible()
    assert windows.open_windows == []
