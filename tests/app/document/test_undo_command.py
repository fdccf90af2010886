"""The command palette: every action, found as one types, and done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.commands.command_palette import KEYS_ROLE, MISSING_ROLE
from nodegraph.app.window.main_window import MainWindow

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def open_palette(window: MainWindow) -> None:
    """Ctrl+Shift+P on the canvas."""
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_P, CTRL_SHIFT)
    assert window.own_commands.commanding.popup.field.hasFocus()


def write(window: MainWindow, text: str) -> list[str]:
    """Type, and give what is found."""
    QTest.keyClicks(window.own_commands.commanding.popup.field, text)
    return window.own_commands.commanding.popup.found()


def test_every_action_is_listed_with_its_key(window: MainWindow) -> None:
    open_palette(window)
    popup = window.own_commands.commanding.popup
    listed = set(popup.found())
    assert listed & set(window.commands.ids) == set(window.commands.ids) - {"help.commands"}
    keys = {name: popup.model.index(row, 0).data(KEYS_ROLE) for row, name in enumerate(popup.found())}
    assert keys["file.export"] == "Ctrl+E"
    assert keys["pass.play"] == "Space"


def test_it_searches_by_words_initials_and_letters(window: MainWindow) -> None:
    for typed, first in (("fit all", "view.fit"), ("mute", "graph.mute"), ("expo", "file.export"),
                         ("file open", "file.open"), ("align le", "graph.align_left"),
                         ("switch", "view.theme")):  # fmt: skip
        open_palette(window)
        assert write(window, typed)[0] == first, typed
        QTest.keyClick(window.own_commands.commanding.popup.field, Qt.Key.Key_Escape)


def test_enter_does_it_and_the_focus_goes_back(window: MainWindow) -> None:
    open_palette(window)
    write(window, "to end")
    QTest.keyClick(window.own_commands.commanding.popup.field, Qt.Key.Key_Return)
    assert window.player.cursor == window.player.end
    assert window.own_commands.commanding.popup.isHidden()
    assert window.canvas.hasFocus()


def test_a_command_can_open_something_that_takes_the_focus(window: MainWindow) -> None:
    open_palette(window)
    write(window, "find")
    QTest.keyClick(window.own_commands.commanding.popup.field, Qt.Key.Key_Return)
    assert window.stage.find.field.hasFocus()


def test_what_was_used_last_comes_first(window: MainWindow) -> None:
    for typed in ("slower", "faster"):
        open_palette(window)
        write(window, typed)
        QTest.keyClick(window.own_commands.commanding.popup.field, Qt.Key.Key_Return)
    open_palette(window)
    assert window.own_commands.commanding.popup.found()[:2] == ["pass.faster", "pass.slower"]


def test_what_cannot_be_done_now_says_what_it_needs_and_does_nothing(window: MainWindow) -> None:
    window.scene.select()
    open_palette(window)
    popup = window.own_commands.commanding.popup
    assert write(window, "rename")[0] == "edit.rename"
    assert popup.model.index(0, 0).data(MISSING_ROLE) == "Select one node, group or note first."
    assert popup.foot.text() == "Select one node, group or note first."
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.isVisible()


def test_a_click_on_a_row_does_it(window: MainWindow) -> None:
    open_palette(window)
    write(window, "select all")
    popup = window.own_commands.commanding.popup
    QTest.mouseClick(
        popup.rows.viewport(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier, popup.rows.visualRect(popup.model.index(0, 0)).center(),
    )  # fmt: skip
    assert len(window.scene.selected_nodes()) == 7


def test_nonsense_says_so(window: MainWindow) -> None:
    open_palette(window)
    assert write(window, "zzzqq") == []
    assert window.own_commands.commanding.popup.foot.text() == "There is no such command."
    QTest.keyClick(window.own_commands.commanding.popup.field, Qt.Key.Key_Return)


def test_the_arrows_choose_and_escape_leaves(window: MainWindow) -> None:
    open_palette(window)
    field = window.own_commands.commanding.popup.field
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_PageDown)
    assert window.own_commands.commanding.popup.rows.currentIndex().row() == 11
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert window.own_commands.commanding.popup.isHidden()
    assert QApplication.focusWidget() is window.canvas
