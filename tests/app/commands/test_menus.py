"""The table of actions: complete, without clashes, and each action reaches what it names."""

from __future__ import annotations

from operator import attrgetter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from nodegraph.app.commands.menus import ACTIONS, MENUS, SPECS
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.graph.annotations import COLOURS

CONTRACT = [
    "file.new",
    "file.open",
    "file.save",
    "file.save_as",
    "file.export",
    "edit.undo",
    "edit.redo",
    "edit.cut",
    "edit.copy",
    "edit.paste",
    "edit.duplicate",
    "edit.delete",
    "edit.select_all",
    "edit.find",
    "view.fit",
    "view.fit_selection",
    "view.zoom_100",
    "view.theme",
    "graph.add",
    "graph.layout",
    "pass.play",
    "pass.step",
    "pass.step_back",
    "pass.to_start",
    "pass.to_end",
    "help.shortcuts",
    "help.about",
]
PROMISED_KEYS = {
    "file.export": "Ctrl+E",
    "file.copy_picture": "Ctrl+Shift+C",
    "edit.undo": "Ctrl+Z",
    "edit.redo": "Ctrl+Y",
    "edit.rename": "F2",
    "edit.delete": "Del",
    "view.fit": "F",
    "view.zoom_100": "Ctrl+0",
    "graph.layout": "L",
    "pass.play": "Space",
    "pass.step": ".",
    "pass.step_back": ",",
    "pass.to_start": "Home",
    "pass.to_end": "End",
    "help.shortcuts": "?",
}


def test_every_name_of_the_contract_is_an_action_of_the_window(window: MainWindow) -> None:
    for name in CONTRACT:
        assert window.findChild(QAction, name) is not None, name


def test_ids_are_unique() -> None:
    assert len(SPECS) == len(ACTIONS)


def test_no_two_actions_share_a_key() -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("name", "key"), PROMISED_KEYS.items())
def test_promised_keys_are_there(name: str, key: str) -> None:
    assert key in SPECS[name].keys


def test_every_key_is_one_that_qt_understands() -> None:
    for spec in ACTIONS:
        for shortcut in spec.shortcuts:
            assert QKeySequence(shortcut).toString(), spec.id


def test_every_action_says_what_it_does_and_is_in_a_menu(window: MainWindow) -> None:
    menus = [menu.menu() for menu in window.menuBar().actions()] + list(window.submenus.values())
    listed = {action.objectName() for menu in menus for action in menu.actions()}
    for spec in ACTIONS:
        assert spec.id.partition(".")[0] in MENUS
        if not spec.is_menu:
            assert spec.tooltip, spec.id
            assert spec.id in listed


def test_every_slot_is_there(window: MainWindow) -> None:
    for spec in ACTIONS:
        if not spec.is_menu:
            assert callable(attrgetter(spec.slot)(window)), spec.id


def test_a_letter_typed_into_a_field_is_no_shortcut(window: MainWindow) -> None:
    window.canvas.set_zoom(0.5)
    search = window.palette_panel.search
    search.setFocus()
    QTest.keyClicks(search, "fl.")
    assert search.text() == "fl."
    assert window.canvas.zoom == 0.5
    assert window.player.cursor == 0


def test_the_same_letter_on_the_canvas_is_one(window: MainWindow) -> None:
    window.canvas.set_zoom(0.5)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_F)
    assert window.canvas.zoom != 0.5


def test_home_in_the_palette_goes_to_its_first_row_and_leaves_the_player(window: MainWindow) -> None:
    window.player.seek(5)
    window.palette_panel._enter_list()
    QTest.keyClick(window.palette_panel.list, Qt.Key.Key_Home)
    assert window.player.cursor == 5


def test_period_and_comma_step_from_anywhere_but_a_text_field(window: MainWindow) -> None:
    window.palette_panel._enter_list()
    QTest.keyClick(window.palette_panel.list, Qt.Key.Key_Period)
    QTest.keyClick(window.palette_panel.list, Qt.Key.Key_Period)
    QTest.keyClick(window.palette_panel.list, Qt.Key.Key_Comma)
    assert window.player.cursor == 1


def test_space_plays_and_pauses_from_the_canvas_and_from_the_timeline(window: MainWindow) -> None:
    for widget in (window.canvas, window.transport.timeline):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)
        assert window.player.is_playing
        QTest.keyClick(widget, Qt.Key.Key_Space)
        assert not window.player.is_playing


def test_each_colour_of_a_group_is_shown_beside_its_name(window: MainWindow) -> None:
    for name, shade in COLOURS.items():
        action = window.actions_by_id[f"graph.colour_{name}"]
        assert action.isIconVisibleInMenu()
        assert action.icon().pixmap(16).toImage().pixelColor(8, 8).name() == shade
    assert not window.actions_by_id["graph.note"].isIconVisibleInMenu()
