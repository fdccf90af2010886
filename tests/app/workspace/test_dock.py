"""The workbench: pages below the canvas, their tabs and actions, and what is told to the one in front."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app import create_window
from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.app.window.main_window import MainWindow
from nodegraph.app.workspace.dock import Dock
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.canvas.drawing.theme import THEMES, Theme
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.canvas.viewport import follow_ups
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.trace import Frame


class Page(QWidget):
    """A page that writes down what it is told."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.told: list[tuple[int, list[str]]] = []
        self.theme: Theme | None = None

    def follow(self, frame: Frame, selection: list[str]) -> None:
        """Keep it."""
        self.told.append((frame.position, selection))

    def set_theme(self, theme: Theme) -> None:
        """Keep it."""
        self.theme = theme


class Bench:
    """A workbench on its own with two pages, the second one made on demand."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.scene = GraphScene(player.document.graph, THEMES["light"])
        self.canvas = CanvasView(self.scene)
        self.settings = Settings()
        self.workbench = Dock(player, self.canvas, self.settings)
        self.notes = Page("notes")
        self.made: list[Page] = []
        self.workbench.add(PanelSpec("notes", "Notes", lambda: self.notes))
        self.workbench.add(PanelSpec("plot", "Plot", self.make))

    def make(self) -> Page:
        """The page that costs time."""
        self.made.append(Page("plot"))
        return self.made[-1]


@pytest.fixture
def bench(qtbot: QtBot, player: Player) -> Bench:
    """A workbench nobody has opened yet."""
    made = Bench(player)
    qtbot.addWidget(made.canvas)
    qtbot.addWidget(made.workbench.panel)
    return made


def test_it_is_hidden_until_a_page_is_shown_and_again_when_it_is_closed(bench: Bench, qtbot: QtBot) -> None:
    assert bench.workbench.panel.isHidden()
    assert bench.workbench.current_page is None
    with qtbot.waitSignal(bench.workbench.page_changed):
        bench.workbench.show_page("notes")
    assert bench.workbench.current_page == "notes"
    with qtbot.waitSignal(bench.workbench.page_changed):
        bench.workbench.panel.close_button.click()
    assert bench.workbench.panel.isHidden()
    assert bench.workbench.current_page is None


def test_hiding_a_page_that_is_not_in_front_changes_nothing(bench: Bench) -> None:
    bench.workbench.show_page("notes")
    bench.workbench.show_page("plot", False)
    assert bench.workbench.current_page == "notes"
    bench.workbench.show_page("notes", False)
    assert bench.workbench.current_page is None


def test_a_costly_page_is_built_when_it_is_first_shown_and_only_then(bench: Bench) -> None:
    bench.workbench.show_page("notes")
    assert bench.made == []
    bench.workbench.show_page("plot")
    bench.workbench.show_page("notes")
    bench.workbench.show_page("plot")
    assert len(bench.made) == 1
    assert bench.workbench.panel.pages.currentWidget() is bench.made[0]
    assert bench.workbench.panel.pages.count() == 2


def test_a_page_that_needs_something_loaded_is_built_when_it_is_there(bench: Bench) -> None:
    loaded: list[Callable[[], None]] = []
    bench.workbench.add(PanelSpec("late", "Late", bench.make, load=lambda _parent, then: loaded.append(then)))
    bench.workbench.show_page("late")
    bench.workbench.show_page("notes")
    bench.workbench.show_page("late")
    assert (bench.workbench.current_page, bench.made, len(loaded)) == ("late", [], 1)
    loaded[0]()
    assert bench.workbench.current_page == "late"
    assert bench.workbench.panel.pages.currentWidget() is bench.made[0]
    assert bench.made[0].told == [(0, [])]


def test_only_the_page_in_front_is_told_what_happens(bench: Bench) -> None:
    bench.player.seek(1)
    assert bench.notes.told == []
    bench.workbench.show_page("notes")
    assert bench.notes.told == [(1, [])]
    bench.player.seek(2)
    bench.scene.select(["e"])
    assert bench.notes.told == [(1, []), (2, []), (2, ["e"])]
    bench.workbench.show_page("plot")
    bench.player.seek(3)
    assert bench.notes.told[-1] == (2, ["e"])
    assert bench.made[0].told == [(2, ["e"]), (3, ["e"])]
    bench.workbench.close()
    bench.player.seek(4)
    assert bench.made[0].told[-1] == (3, ["e"])


def test_a_new_trace_is_told_too(bench: Bench) -> None:
    bench.workbench.show_page("notes")
    before = len(bench.notes.told)
    bench.player.set_values({"a": 7.0})
    assert len(bench.notes.told) == before + 1


def test_pages_get_the_theme_also_when_they_are_built_later(bench: Bench) -> None:
    bench.workbench.page("notes")
    bench.workbench.set_theme(THEMES["dark"])
    assert bench.notes.theme is THEMES["dark"]
    bench.workbench.show_page("plot")
    assert bench.made[0].theme is THEMES["dark"]


def test_arrow_keys_go_from_tab_to_tab(bench: Bench) -> None:
    bench.workbench.show_page("notes")
    QTest.keyClick(bench.workbench.panel.tabs, Qt.Key.Key_Right)
    assert bench.workbench.current_page == "plot"
    assert bench.made[0].told
    QTest.keyClick(bench.workbench.panel.tabs, Qt.Key.Key_Left)
    assert bench.workbench.current_page == "notes"


def test_tab_walks_through_a_page_that_was_built_late(window: MainWindow) -> None:
    first, second = QPushButton("first"), QPushButton("second")

    def page() -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        for widget in (QLabel("no stop"), first, second):
            column.addWidget(widget)
        return made

    window.workspace.dock.add(PanelSpec("late", "Late", page))
    window.workspace.dock.page("late")
    window.workspace.dock.panel.show_page(window.workspace.dock.page_ids.index("late"))
    window.workspace.dock.panel.close_button.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen[:2] == [first, second]
    assert not window.workspace.dock.panel.isAncestorOf(seen[2])


def test_the_action_shows_its_page_and_hides_the_workbench_again(window: MainWindow) -> None:
    action = window.commands.actions["view.outline"]
    QTest.keyClick(window.canvas, Qt.Key.Key_F11)
    assert window.workspace.dock.current_page == "outline"
    assert action.isChecked()
    assert window.workspace.dock.panel.isVisible()
    window.workspace.dock.panel.close_button.click()
    window.commands.flush()
    assert not action.isChecked()
    QTest.keyClick(window.canvas, Qt.Key.Key_F11)
    QTest.keyClick(window.canvas, Qt.Key.Key_F11)
    assert window.workspace.dock.current_page is None
    assert not action.isChecked()


def test_closing_it_gives_the_focus_to_the_canvas(window: MainWindow) -> None:
    window.workspace.dock.show_page("outline")
    window.features.outline.panel.rows.setFocus()
    QTest.keyClick(window.features.outline.panel.rows, Qt.Key.Key_F11)
    assert window.canvas.hasFocus()


def test_page_and_height_come_back_at_the_next_start(window: MainWindow, qtbot: QtBot) -> None:
    window.workspace.dock.show_page("outline")
    window.arrangement.column.setSizes([300, 250])
    height = window.arrangement.column.sizes()[1]
    window.document.stack.setClean()
    window.close()
    again = create_window()
    qtbot.addWidget(again)
    again.resize(window.size())
    again.show()
    assert again.workspace.dock.current_page == "outline"
    assert again.arrangement.column.sizes()[1] == height == 250
    again.close()


def test_the_outline_is_open_at_first_where_assistive_technology_listens(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.workbench.add(PanelSpec("outline", "Outline", lambda: Page("outline")))
    bench.workbench.restore()
    assert bench.workbench.current_page is None
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    bench.workbench.restore()
    assert bench.workbench.current_page == "outline"
    bench.workbench.close()
    bench.workbench.restore()
    assert bench.workbench.current_page is None


def test_a_page_that_is_no_more_is_not_missed(bench: Bench) -> None:
    bench.settings.set(settings.WORKBENCH_PAGE, "abacus")
    bench.workbench.restore()
    assert bench.workbench.current_page is None


def test_a_graph_that_was_fitted_stays_so_beside_an_opening_page_and_comes_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.canvas.fit()
    zoom, height = window.canvas.zoom, window.canvas.height()
    for _ in range(2):
        window.commands.actions["view.derivation"].trigger()
        qtbot.waitUntil(lambda: window.canvas.height() < height)
        assert window.canvas.zoom < zoom
        assert window.canvas.seen().contains(window.scene.drawn_rect())
        window.commands.actions["view.derivation"].trigger()
        qtbot.waitUntil(lambda: window.canvas.height() == height)
        assert window.canvas.zoom == zoom


def test_a_view_that_a_person_chose_is_left_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1100, 640)
    window.show()
    window.canvas.set_zoom(3.0)
    zoom, height = window.canvas.zoom, window.canvas.height()
    assert not window.canvas.seen().contains(window.scene.drawn_rect())
    window.commands.actions["view.derivation"].trigger()
    qtbot.waitUntil(lambda: window.canvas.height() < height)
    QApplication.processEvents()
    assert window.canvas.zoom == zoom


def test_a_page_for_which_something_is_loaded_says_that_it_is_coming(player: Player, qtbot: QtBot) -> None:
    bench = Bench(player)
    ready: list[Callable[[], None]] = []
    slow = PanelSpec("slow", "Slow", bench.make, load=lambda _parent, then: ready.append(then))
    bench.workbench.add(slow)
    qtbot.addWidget(bench.workbench.panel)
    bench.workbench.show_page("slow")
    place = bench.workbench.panel.pages.currentWidget()
    assert isinstance(place, QLabel)
    assert "coming" in place.text()
    ready[0]()
    assert bench.workbench.panel.pages.currentWidget() is bench.made[0]


def test_the_row_of_tabs_has_room_for_all_whichever_is_in_front(window: MainWindow) -> None:
    """The one in front is bold, and wider."""
    window.resize(1366, 749)
    panel = window.workspace.dock.panel
    for page in (*window.workspace.dock.page_ids, *reversed(window.workspace.dock.page_ids)):
        window.workspace.dock.show_page(page)
        assert panel.tabs.tabRect(panel.tabs.count() - 1).right() < panel.tabs.width(), page


def test_of_a_large_graph_panels_follow_once_for_all_that_happens_in_a_turn(
    bench: Bench, player: Player, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.workbench.show_page("notes")
    monkeypatch.setattr(follow_ups, "MANY", 0)
    bench.notes.told.clear()
    bench.scene.select([bench.scene.graph.nodes()[0].id])
    player.seek(1)
    player.seek(2)
    assert not bench.notes.told
    qtbot.waitUntil(lambda: bool(bench.notes.told))
    assert bench.notes.told == [(2, bench.scene.selected_nodes())]


@pytest.mark.parametrize(("nodes", "waits"), [(300, False), (2_500, True)])
def test_panels_wait_for_the_canvas_where_a_graph_has_thousands_of_nodes(
    bench: Bench, player: Player, qtbot: QtBot, nodes: int, waits: bool
) -> None:
    bench.workbench.show_page("notes")
    graph = graph_of(random_shape(nodes, seed=1), placed=True)
    player.document.replace(graph)
    bench.scene.set_graph(graph)
    qtbot.waitUntil(lambda: bool(bench.notes.told) and bench.notes.told[-1][0] == player.cursor)
    bench.notes.told.clear()
    bench.scene.select_all()
    assert bool(bench.notes.told) is not waits
    qtbot.waitUntil(lambda: bool(bench.notes.told))
    assert bench.notes.told == [(player.cursor, bench.scene.selected_nodes())]
