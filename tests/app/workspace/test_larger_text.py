"""What was measured for text of one size is measured again for another, and nothing lies on a button."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from nodegraph.app.features.outline.panel import Outline
from nodegraph.app.platform import style
from nodegraph.app.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def usual_size_after() -> Iterator[None]:
    """Tests that follow find text as it was."""
    yield
    style.set_text_size(1.0)


def test_the_tabs_and_columns_below_the_canvas_grow_with_the_text(window: MainWindow) -> None:
    window.commands.run("view.outline")
    QApplication.processEvents()
    rows = window.findChild(Outline).rows
    before = rows.columnWidth(3)
    window.workspace.appearance.set_text_size(1.7)
    QApplication.processEvents()
    tabs = window.arrangement.sides.dock.panel.tabs
    assert tabs.width() >= tabs.sizeHint().width()
    assert rows.columnWidth(3) == pytest.approx(1.7 * before, abs=3)
    window.workspace.appearance.set_text_size(1.0)
    QApplication.processEvents()
    assert rows.columnWidth(3) == pytest.approx(before, abs=3)


def test_the_find_bar_lies_below_a_message_and_goes_up_when_that_is_closed(window: MainWindow) -> None:
    stage = window.stage
    window.resize(900, 700)
    stage.tell("Something is to be decided of a file with a long name.", buttons=[QPushButton("Do it")])
    QApplication.processEvents()
    stage.open_find()
    assert not stage.find.geometry().intersects(stage.banner.geometry())
    low = stage.find.y()
    stage.banner.hide()
    assert stage.find.y() < low
