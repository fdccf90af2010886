"""A popup that searches, by keys while a pointer rests on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.commands.command_palette import MISSING_ROLE
from nodegraph.app.platform import style
from nodegraph.app.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def usual_size() -> Iterator[None]:
    """Tests that follow find text as it was."""
    yield
    style.set_text_size(1.0)


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_Down])
def test_rows_that_come_to_lie_beneath_a_resting_pointer_are_not_chosen_by_it(
    window: MainWindow, key: Qt.Key
) -> None:
    """Page Down chose the row that came beneath the pointer, and the foot told of another."""
    QTest.keyClick(
        window.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    popup = window.own_commands.commanding.popup
    QApplication.processEvents()
    rows = popup.rows
    QCursor.setPos(rows.viewport().mapToGlobal(rows.viewport().rect().center()))
    QTest.keyClick(popup.field, Qt.Key.Key_Up)  # from the first row it stays there
    for _ in range(20):
        before = rows.currentIndex().row()
        QTest.keyClick(popup.field, key)
        QApplication.processEvents()
        assert rows.currentIndex().row() > before
        index = rows.currentIndex()
        assert rows.viewport().rect().contains(rows.visualRect(index))
        told = index.data(MISSING_ROLE) or index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
        assert popup.foot.text() == told
        if index.row() == popup.model.rowCount() - 1:
            break
    QTest.mouseMove(
        rows.viewport(), rows.visualRect(popup.model.index(rows.currentIndex().row() - 1, 0)).center()
    )
    assert rows.currentIndex().row() == index.row() - 1


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_page_down_passes_over_no_row_that_was_not_seen(window: MainWindow, size: float) -> None:
    window.resize(1366, 600)
    window.workspace.appearance.set_text_size(size)
    QTest.keyClick(
        window.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    popup = window.own_commands.commanding.popup
    QApplication.processEvents()
    seen = popup.rows.indexAt(popup.rows.viewport().rect().bottomLeft() - QPoint(-5, 5)).row()
    QTest.keyClick(popup.field, Qt.Key.Key_PageDown)
    assert popup.rows.currentIndex().row() <= seen + 1
