"""The commands of a window: in the menus once each, without clashes, and in step with what can be done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from nodegraph.app.commands import context_menus
from nodegraph.app.commands.command import Command
from nodegraph.app.commands.menu_keys import key_of
from nodegraph.app.commands.menus import LINE, MENUS, OTHERS, Menu, places
from nodegraph.app.platform import settings, style
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.graph import edits, grouping
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


def test_each_command_is_in_the_menu_bar_once_and_each_id_in_a_menu_is_a_command(window: MainWindow) -> None:
    listed = [place.id for place in places(window.commands.ids)]
    assert sorted(listed) == sorted(window.commands.ids)
    named = {entry for menu in every_menu() for entry in menu.entries if isinstance(entry, str)}
    assert named - {LINE, OTHERS} <= set(window.commands.ids)
    tops = [action.menu() for action in window.menuBar().actions()]
    shown = [
        action.objectName() for menu in (*tops, *window.menus.submenus.values()) for action in menu.actions()
    ]
    assert sorted(name for name in shown if name in window.commands.ids) == sorted(listed)


def every_menu() -> list[Menu]:
    """The menus of the bar, and those in them."""
    below = [entry for menu in MENUS for entry in menu.entries if isinstance(entry, Menu)]
    return [*MENUS, *below]


LOW_SCREEN_PX = 720
"""What a desktop with a panel of its own leaves of a screen 768 pixels high."""


@pytest.fixture
def usual_size_after() -> Iterator[None]:
    """Tests that follow find text as it was."""
    yield
    style.set_text_size(1.0)


@pytest.mark.usefixtures("usual_size_after")
def test_every_menu_has_one_column_on_a_low_screen(window: MainWindow) -> None:
    """With text at 200 % all but Help ran into a second column."""
    tops = [action.menu() for action in window.menuBar().actions()]
    for text_size in settings.TEXT_SIZES:
        window.workspace.appearance.set_text_size(text_size)
        for menu in (*tops, *window.menus.submenus.values()):
            menu.ensurePolished()
            places = [menu.actionGeometry(entry) for entry in menu.actions()]
            assert sum(place.height() for place in places) <= LOW_SCREEN_PX - 12, (text_size, menu.title())
            assert len({place.left() for place in places}) <= 1, (text_size, menu.title())


def test_a_menu_has_one_place_for_the_commands_that_it_does_not_name() -> None:
    assert [menu.entries.count(OTHERS) for menu in MENUS] == [1] * len(MENUS)


def test_a_command_of_an_id_or_a_key_that_is_taken_is_refused(window: MainWindow) -> None:
    with pytest.raises(ValueError, match=r"there is a command view\.fit already"):
        window.commands.add(Command("view.fit", "Fit", print))
    with pytest.raises(ValueError, match=r"wants the key Ctrl\+1 of view\.fit"):
        window.commands.add(Command("view.toy", "Toy", print, ("Ctrl+1",)))


def test_promised_keys_are_there(window: MainWindow) -> None:
    shown = {name: window.commands.shortcuts.shown(name) for name in PROMISED_KEYS}
    assert [name for name, key in PROMISED_KEYS.items() if key not in shown[name]] == []


def test_every_key_is_one_that_qt_understands_and_every_command_says_what_it_does(window: MainWindow) -> None:
    for name in window.commands.ids:
        command = window.commands.command(name)
        assert command.tooltip, name
        assert all(QKeySequence(key).toString() for key in command.keys), name


# --- in step
class Counted:
    """A command that counts how often it is asked."""

    def __init__(self, window: MainWindow) -> None:
        self.asked = 0
        self.is_on = False
        self.missing = ""
        window.commands.add(
            Command(
                "view.toy", "&Toy…", self.set_on, ("Ctrl+Alt+Y",), "A toy", self.why_not, lambda: self.is_on
            )
        )
        self.action = window.findChild(QAction, "view.toy")
        window.commands.refresh()
        window.commands.flush()
        self.asked = 0

    def why_not(self) -> str:
        """Count."""
        self.asked += 1
        return self.missing

    def set_on(self, on: bool) -> None:
        """Become this, unless it is missing something."""
        self.is_on = on and self.missing != "Refused."


def test_whatever_happens_in_one_turn_is_followed_once(window: MainWindow, qtbot: QtBot) -> None:
    toy = Counted(window)
    window.workspace.editor.set_value("a", 7.0)
    window.scene.select(["a"])
    window.workspace.editor.undo()
    assert toy.asked == 0
    qtbot.waitUntil(lambda: toy.asked > 0)
    assert toy.asked == 1


def test_who_asks_for_an_action_or_opens_a_menu_finds_it_in_step(window: MainWindow) -> None:
    window.scene.select()
    assert not window.commands.actions["edit.delete"].isEnabled()
    window.scene.select(["a"])
    assert window.commands.action("edit.delete").isEnabled()
    window.scene.select()
    window.menuBar().actions()[1].menu().aboutToShow.emit()
    assert not window.findChild(QAction, "edit.delete").isEnabled()


def test_a_key_finds_its_command_in_step_in_the_same_turn(window: MainWindow) -> None:
    window.scene.select()
    window.commands.flush()
    window.scene.select(["a"])
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert "a" not in window.document.graph


def test_a_switch_that_was_refused_springs_back(window: MainWindow) -> None:
    toy = Counted(window)
    toy.action.trigger()
    assert (toy.is_on, toy.action.isChecked()) == (True, True)
    toy.action.trigger()
    toy.missing = "Refused."
    toy.action.trigger()
    assert (toy.is_on, toy.action.isChecked()) == (False, False)


def test_only_what_a_person_chose_is_told_as_chosen(window: MainWindow) -> None:
    ran: list[str] = []
    window.commands.ran.connect(ran.append)
    window.commands.run("view.fit")
    window.commands.run("view.snap", False)
    assert not window.canvas.snaps
    assert ran == []
    window.commands.action("view.snap").trigger()
    assert window.canvas.snaps
    assert ran == ["view.snap"]


def test_a_tooltip_says_what_a_grey_command_waits_for_and_its_key_once_it_can_be_done(
    window: MainWindow,
) -> None:
    toy = Counted(window)
    assert toy.action.toolTip() == "A toy (Ctrl+Alt+Y)"
    toy.missing = "Find one first."
    window.commands.refresh()
    window.commands.flush()
    assert toy.action.toolTip() == "Find one first."


def test_a_letter_typed_into_a_field_is_no_shortcut(window: MainWindow) -> None:
    window.canvas.set_zoom(0.5)
    search = window.features.adding.palette.search
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
    window.features.adding.palette._enter_list()
    QTest.keyClick(window.features.adding.palette.list, Qt.Key.Key_Home)
    assert window.player.cursor == 5


def test_period_and_comma_step_from_anywhere_but_a_text_field(window: MainWindow) -> None:
    window.features.adding.palette._enter_list()
    QTest.keyClick(window.features.adding.palette.list, Qt.Key.Key_Period)
    QTest.keyClick(window.features.adding.palette.list, Qt.Key.Key_Period)
    QTest.keyClick(window.features.adding.palette.list, Qt.Key.Key_Comma)
    assert window.player.cursor == 1


def test_space_plays_and_pauses_from_the_canvas_and_from_the_timeline(window: MainWindow) -> None:
    for widget in (window.canvas, window.features.passes.transport.timeline):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)
        assert window.player.is_playing
        QTest.keyClick(widget, Qt.Key.Key_Space)
        assert not window.player.is_playing


def test_each_colour_of_a_group_is_shown_beside_its_name(window: MainWindow) -> None:
    for name, shade in COLOURS.items():
        action = window.commands.actions[f"graph.colour_{name}"]
        assert action.isIconVisibleInMenu()
        assert action.icon().pixmap(16).toImage().pixelColor(8, 8).name() == shade
    assert not window.commands.actions["graph.note"].isIconVisibleInMenu()


def assert_distinct(titles: list[str]) -> None:
    """No two of these entries have the same menu key."""
    keys = [key for title in titles if (key := key_of(title.partition("\t")[0]))]
    assert len(keys) == len(set(keys)), titles


def titles_of(menu: QMenu | QMenuBar) -> list[str]:
    """What the entries of a menu say."""
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_no_two_entries_of_a_menu_have_the_same_menu_key(window: MainWindow) -> None:
    """Edit had Undo and Duplicate at U: the key went to the one, then to the other, and did neither."""
    bar = window.menus.bar
    filled = [menu for menu in bar.findChildren(QMenu) if menu.objectName()]
    assert len(filled) > 12
    for state in ("as it opens", "while it plays", "after an edit"):
        if state == "while it plays":
            window.commands.action("pass.play").trigger()
        elif state == "after an edit":
            window.document.apply(edits.set_value(window.document.graph, "a", 7.0))
            window.commands.run("edit.undo")
        for menu in (bar, *filled):
            assert_distinct(titles_of(menu))


@pytest.mark.parametrize("chosen", [[], ["a"], ["e", "d"]], ids=["nothing", "an input", "operations"])
def test_no_two_entries_of_a_menu_at_hand_have_the_same_menu_key(
    window: MainWindow, chosen: list[str]
) -> None:
    window.document.apply(grouping.group(window.document.graph, ["e", "d"]))
    window.scene.select(chosen)
    for names in (
        context_menus.ON_NODES,
        context_menus.ON_EDGES,
        context_menus.ON_GROUPS,
        context_menus.ON_NOTE,
        context_menus.ON_CANVAS,
    ):
        menu = window.menus.at_hand(names, window)
        assert_distinct(titles_of(menu))
        keyed = {action.objectName(): key_of(action.text()) for action in menu.actions()}
        for name in ("edit.cut", "edit.copy", "edit.paste", "edit.delete"):
            assert keyed.get(name) in (None, key_of(window.commands.action(name).text()))
        menu.close()


def test_an_entry_that_has_another_key_in_a_menu_at_hand_does_the_same(window: MainWindow) -> None:
    window.scene.select(["e"])
    menu = window.menus.at_hand(context_menus.ON_NODES, window)
    (entry,) = [action for action in menu.actions() if action.objectName() == "graph.mute"]
    assert entry.text() != window.commands.action("graph.mute").text()
    assert entry.isEnabled()
    entry.trigger()
    assert window.document.graph.node("e").muted
    menu.close()
