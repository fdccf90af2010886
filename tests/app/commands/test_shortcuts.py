"""Keys can be changed: in the sheet, without clashes, and everything that names them follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from nodegraph.app.commands.shortcut_sheet import HOW, ShortcutsDialog
from nodegraph.app.commands.shortcuts import Shortcuts
from nodegraph.app.platform.settings import SHORTCUTS, Settings
from nodegraph.app.window.main_window import MainWindow

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def sheet(window: MainWindow) -> ShortcutsDialog:
    """The sheet, open."""
    window.commands.actions["help.shortcuts"].trigger()
    (found,) = window.findChildren(ShortcutsDialog)
    return found


def record(sheet: ShortcutsDialog, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press Enter on an action's row, then the new keys."""
    sheet.choose(name)
    QTest.keyClick(sheet.rows, Qt.Key.Key_Return)
    assert sheet.recorder.hasFocus()
    QTest.keyClick(sheet.recorder, key, modifiers)


def test_a_new_key_works_at_once_and_everything_names_it(window: MainWindow, sheet: ShortcutsDialog) -> None:
    record(sheet, "view.fit", Qt.Key.Key_J, CTRL)
    assert sheet.keys_of("view.fit") == "Ctrl+J"
    assert window.commands.actions["view.fit"].toolTip() == "Show the whole graph (Ctrl+J)"
    sheet.accept()
    commands = {command.id: command.keys for command in window.own_commands.commanding.commands()}
    assert commands["view.fit"] == "Ctrl+J"
    window.canvas.set_zoom(0.3)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_J, CTRL)
    assert window.canvas.zoom != 0.3
    window.canvas.set_zoom(0.3)
    QTest.keyClick(window.canvas, Qt.Key.Key_F)
    assert window.canvas.zoom == 0.3


def test_a_key_that_is_taken_is_refused_with_the_others_name(
    window: MainWindow, sheet: ShortcutsDialog
) -> None:
    record(sheet, "view.fit", Qt.Key.Key_L)
    assert sheet.told.text() == "L already does “Arrange Layout”."
    assert window.commands.shortcuts.of("view.fit") == ("F", "Ctrl+1")
    assert sheet.take.isVisible()
    QTest.mouseClick(sheet.take, Qt.MouseButton.LeftButton)
    assert window.commands.shortcuts.of("view.fit") == ("L",)
    assert window.commands.shortcuts.of("graph.layout") == ()
    assert sheet.told.text() == HOW


def test_the_beginning_of_a_longer_key_is_taken_too(sheet: ShortcutsDialog) -> None:
    record(sheet, "view.fit", Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert "already does “Left”" in sheet.told.text()
    assert not sheet.take.isVisible()


def test_keys_of_the_canvas_cannot_be_given_away(sheet: ShortcutsDialog) -> None:
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Return):
        record(sheet, "view.fit", key)
        assert sheet.told.property("role") == "refusal", key
        assert sheet.keys_of("view.fit").startswith("F")
        QTest.keyClick(sheet.recorder, Qt.Key.Key_Escape)
        assert sheet.told.property("role") != "refusal"


def test_escape_leaves_the_keys_as_they_are(window: MainWindow, sheet: ShortcutsDialog) -> None:
    record(sheet, "view.fit", Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert sheet.rows.hasFocus()
    assert not window.commands.shortcuts.any_changed
    QTest.keyClick(sheet.rows, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_one_and_all_are_reset(window: MainWindow, sheet: ShortcutsDialog) -> None:
    record(sheet, "view.fit", Qt.Key.Key_J, CTRL)
    record(sheet, "graph.layout", Qt.Key.Key_K, CTRL)
    sheet.choose("view.fit")
    QTest.mouseClick(sheet.reset, Qt.MouseButton.LeftButton)
    assert window.commands.shortcuts.of("view.fit") == ("F", "Ctrl+1")
    assert window.commands.shortcuts.of("graph.layout") == ("Ctrl+K",)
    QTest.mouseClick(sheet.reset_all, Qt.MouseButton.LeftButton)
    assert window.commands.shortcuts.of("graph.layout") == ("L",)
    assert not sheet.reset_all.isEnabled()


def test_an_action_can_go_without_keys(window: MainWindow, sheet: ShortcutsDialog) -> None:
    sheet.choose("graph.mute")
    QTest.mouseClick(sheet.remove, Qt.MouseButton.LeftButton)
    assert window.commands.actions["graph.mute"].shortcuts() == []
    assert sheet.keys_of("graph.mute") == ""


def test_keys_are_remembered(window: MainWindow, sheet: ShortcutsDialog, own_folders: Path) -> None:
    record(sheet, "view.fit", Qt.Key.Key_J, CTRL)
    window.settings.sync()
    other = Settings()
    assert other.value(SHORTCUTS) == ["view.fit=Ctrl+J"]
    again = Shortcuts(window.commands.shortcuts.commands, other, window)
    again.take_remembered()
    assert again.of("view.fit") == ("Ctrl+J",)


def test_nonsense_in_the_settings_counts_for_nothing(window: MainWindow) -> None:
    window.settings.set(SHORTCUTS, ["view.fit=zzz zzz", "no.such=Ctrl+J", "rubbish", "graph.align=Ctrl+J"])
    window.commands.shortcuts.take_remembered()
    assert window.commands.shortcuts.of("graph.layout") == ("L",)


def test_resetting_takes_a_key_back_from_who_has_it_now(window: MainWindow) -> None:
    window.commands.shortcuts.take_over("view.fit", "L")
    window.commands.shortcuts.reset("graph.layout")
    assert window.commands.shortcuts.of("graph.layout") == ("L",)
    assert window.commands.shortcuts.of("view.fit") == ()


def test_a_sign_typed_with_shift_is_the_sign(window: MainWindow, sheet: ShortcutsDialog) -> None:
    sheet.choose("view.fit")
    sheet.record()
    QTest.keyClick(sheet.recorder, "!", SHIFT)
    assert window.commands.shortcuts.of("view.fit") == ("!",)


def test_the_sheet_searches_what_and_keys(sheet: ShortcutsDialog) -> None:
    sheet.search.setText("ctrl+e")
    rows = sheet.rows.held.rows
    shown = [row[0].text for number, row in enumerate(rows) if not sheet.rows.is_hidden(number)]
    assert shown == ["File", "Export"]
    assert sheet.current() == "file.export"
    sheet.search.setText("")
    assert not any(map(sheet.rows.is_hidden, range(len(rows))))
    assert sheet.current() == "file.export"


def test_each_menu_has_its_heading_and_screen_readers_find_the_keys_of_a_row(sheet: ShortcutsDialog) -> None:
    heads = [head for head, _ in sheet.rows.places()]
    assert [sheet.rows.held.rows[head][0].text for head in heads][:2] == ["File", "Edit"]
    table = QAccessible.queryAccessibleInterface(sheet.rows)
    read = [table.child(place).text(QAccessible.Text.Name) for place in range(table.childCount())]
    assert read[read.index("Save As") + 1] == sheet.keys_of("file.save_as")


def test_a_changed_key_keeps_the_chosen_row_and_the_search(
    window: MainWindow, sheet: ShortcutsDialog
) -> None:
    sheet.search.setText("fit")
    sheet.choose("view.fit")
    window.commands.shortcuts.set("view.fit", ["Ctrl+J"])
    assert sheet.current() == "view.fit"
    assert sheet.rows.is_hidden(sheet.row_of("graph.mute"))


def test_a_gesture_of_the_mouse_cannot_be_changed(sheet: ShortcutsDialog) -> None:
    texts = [row[0].text for row in sheet.rows.held.rows]
    sheet.rows.choose(texts.index("Zoom"))
    QTest.keyClick(sheet.rows, Qt.Key.Key_Return)
    assert sheet.recorder.isHidden()
    assert sheet.told.text() == "This one cannot be changed."
