"""The recipes for a panel and a command, done with a toy: one line in the list of features is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.shortcut_sheet import ShortcutsDialog
from nodegraph.app.platform.settings import Setting
from nodegraph.app.window import window_contents
from nodegraph.app.window.features import Features, make_features
from nodegraph.app.window.main_window import MainWindow
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.trace import Frame

SPINS = Setting("toy/spins", False, is_shared=True)


class ToyPage(QWidget):
    """A page that shows where the cursor stands."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toy_page")
        self.button = QPushButton("Toy", self)
        self.told: tuple[int, list[str]] | None = None
        self.theme: Theme | None = None
        QVBoxLayout(self).addWidget(self.button)
        self.setFocusProxy(self.button)

    def follow(self, frame: Frame, selection: list[str]) -> None:
        """Show this frame."""
        self.told = frame.position, selection

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme


class ToyFeature:
    """A page below the canvas, a command and a switch."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.pages: list[ToyPage] = []
        self.wound = 0
        self.spins = False
        self.is_closed = False

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("graph.toy", "&Wind the Toy…", self.wind, ("Ctrl+Alt+Y",), "Wind it up",
                        self.why_not),
                Command("graph.spin", "S&pin", self.spin, tooltip="Let it spin", is_on=lambda: self.spins,
                        remember=SPINS),
            ),
            panels=(
                PanelSpec("toy", "To&y", self.make_page, keys=("Ctrl+Alt+F11",), tooltip="Show the toy"),
            ),
            closed=self.close,
        )  # fmt: skip

    def make_page(self) -> ToyPage:
        """Returns the page."""
        self.pages.append(ToyPage())
        return self.pages[-1]

    def why_not(self) -> str:
        """Returns why it cannot be wound."""
        return "" if len(self.workspace.document.graph) else "There is nothing to wind it with."

    def wind(self) -> None:
        """Wind it up."""
        self.wound += 1

    def spin(self, on: bool) -> None:
        """Let it spin."""
        self.spins = on

    def close(self) -> None:
        """Put it away."""
        self.is_closed = True


@pytest.fixture
def opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], tuple[MainWindow, ToyFeature]]]:
    """Opens a window whose list of features ends in the toy."""
    toys: list[ToyFeature] = []

    def with_toy(workspace: Workspace) -> Features:
        features = make_features(workspace)
        toys.append(ToyFeature(workspace))
        return replace(features, in_order=(*features.in_order, toys[-1]))

    monkeypatch.setattr(window_contents, "make_features", with_toy)
    windows: list[MainWindow] = []

    def opened() -> tuple[MainWindow, ToyFeature]:
        windows.append(MainWindow())
        qtbot.addWidget(windows[-1], before_close_func=lambda w: w.document.stack.setClean())
        windows[-1].document.replace(parse("L = a*b", a=2, b=3))
        windows[-1].resize(1280, 800)
        with qtbot.waitExposed(windows[-1]):
            windows[-1].show()
        windows[-1].canvas.setFocus()
        return windows[-1], toys[-1]

    yield opened
    for window in windows:
        window.document.stack.setClean()
        window.close()


def menu_ids(window: MainWindow, menu: str) -> list[str]:
    """The commands of a menu of the bar, in order."""
    menus = [action.menu() for action in window.menuBar().actions()]
    (found,) = [one for one in menus if one.objectName() == f"menu.{menu}"]
    return [action.objectName() for action in found.actions() if not action.isSeparator()]


def test_a_panel_gets_its_command_its_key_and_its_tab(
    opened: Callable[[], tuple[MainWindow, ToyFeature]],
) -> None:
    window, toy = opened()
    listed = menu_ids(window, "view")
    assert listed[listed.index("view.toy") - 1] == "view.stage"
    assert window.workspace.dock.panel.tabs.tabText(7) == "Toy"
    assert toy.pages == []
    QTest.keyClick(
        window.canvas, Qt.Key.Key_F11, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    assert window.workspace.dock.current_page == "toy"
    assert window.findChild(QAction, "view.toy").isChecked()
    assert "view.toy" in {offer.id for offer in window.own_commands.commanding.commands()}


def test_a_panel_follows_frame_selection_and_theme_and_takes_the_focus(
    opened: Callable[[], tuple[MainWindow, ToyFeature]],
) -> None:
    window, toy = opened()
    window.commands.run("view.toy", True)
    (page,) = toy.pages
    window.player.seek(2)
    window.scene.select(["a"])
    assert page.told == (2, ["a"])
    window.commands.run("view.theme")
    assert page.theme is window.workspace.appearance.theme
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert page.button.hasFocus()


def test_a_lesson_can_name_the_panel_and_a_presentation_goes_without_it(
    opened: Callable[[], tuple[MainWindow, ToyFeature]],
) -> None:
    window, _ = opened()
    assert "toy" in window.features.lessons.words.panels
    window.features.lessons.show_panel("toy")
    assert window.workspace.dock.current_page == "toy"
    window.commands.run("view.presentation", True)
    assert window.commands.action("view.toy").toolTip() == "Leave the presentation first, with Esc."


def test_a_command_is_in_its_menu_in_the_palette_and_on_the_sheet_of_keys(
    opened: Callable[[], tuple[MainWindow, ToyFeature]],
) -> None:
    window, toy = opened()
    assert menu_ids(window, "graph").count("graph.toy") == 1
    QTest.keyClick(
        window.canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    assert toy.wound == 1
    (offer,) = [offer for offer in window.own_commands.commanding.commands() if offer.id == "graph.toy"]
    assert (offer.text, offer.menu, offer.keys) == ("Wind the Toy", "Graph", "Ctrl+Alt+Y")
    sheet = ShortcutsDialog(window.commands.shortcuts, window)
    assert sheet.keys_of("graph.toy") == "Ctrl+Alt+Y"
    window.document.new()
    action = window.findChild(QAction, "graph.toy")
    assert (action.isEnabled(), action.toolTip()) == (False, "There is nothing to wind it with.")


def test_a_switch_is_remembered_and_thrown_in_all_windows_where_its_setting_is_shared(
    opened: Callable[[], tuple[MainWindow, ToyFeature]],
) -> None:
    window, toy = opened()
    window.commands.action("graph.spin").trigger()
    assert toy.spins
    window.settings.sync()
    other, second = opened()
    assert second.spins
    assert other.commands.action("graph.spin").isChecked()
    window.commands.action("graph.spin").trigger()
    window.settings.sync()
    other.settings.notice(SPINS)
    assert not second.spins
    assert not other.commands.action("graph.spin").isChecked()


def test_a_feature_is_told_when_the_window_closes(
    opened: Callable[[], tuple[MainWindow, ToyFeature]],
) -> None:
    window, toy = opened()
    window.close()
    assert toy.is_closed
