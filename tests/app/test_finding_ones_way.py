"""Finding one's way: views back and forth, find, along the edges, and menus by what is under the pointer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from nodegraph.app.commands import context_menus
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key on the canvas."""
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, key, modifiers)


def enabled(window: MainWindow, name: str) -> bool:
    """Whether an action can be triggered now."""
    return window.commands.actions[name].isEnabled()


# --- views
def test_views_are_gone_back_to_and_forward_again(window: MainWindow) -> None:
    history = window.features.view.history
    history.clear()
    window.canvas.fit()
    history.settle()
    fitted = window.canvas.zoom
    window.scene.select(["a"])
    press(window, Qt.Key.Key_F, SHIFT)
    history.settle()
    near = window.canvas.zoom
    assert near > fitted
    press(window, Qt.Key.Key_Left, ALT)
    assert window.canvas.zoom == pytest.approx(fitted)
    assert enabled(window, "view.forward")
    press(window, Qt.Key.Key_Right, ALT)
    assert window.canvas.zoom == pytest.approx(near)
    assert not enabled(window, "view.forward")


def test_a_small_step_of_the_hand_is_no_view_of_its_own(window: MainWindow) -> None:
    history = window.features.view.history
    history.clear()
    history.settle()
    window.canvas.set_center(window.canvas.center() + QPointF(20, 10))
    history.settle()
    assert len(history.looks) == 1
    window.canvas.set_center(window.canvas.center() + QPointF(3000, 0))
    history.settle()
    assert len(history.looks) == 2


def test_a_view_settles_by_itself(window: MainWindow, qtbot: object) -> None:
    window.features.view.history.clear()
    window.canvas.zoom_in()
    qtbot.waitUntil(lambda: len(window.features.view.history.looks) == 1)  # type: ignore[attr-defined]


def test_another_document_has_views_of_its_own(window: MainWindow) -> None:
    window.features.view.history.settle()
    window.workspace.files.new()
    assert not enabled(window, "view.back")


# --- find
def test_find_shows_its_count_and_goes_both_ways(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F, CTRL)
    bar = window.stage.find
    QTest.keyClicks(bar.field, "input")
    assert bar.count.text() == "1 of 4"
    QTest.keyClick(bar.field, Qt.Key.Key_F3)
    assert (bar.count.text(), window.scene.selected_nodes()) == ("1 of 4", ["a"])
    QTest.mouseClick(bar.after, Qt.MouseButton.LeftButton)
    assert window.scene.selected_nodes() == ["b"]
    QTest.keyClick(bar.field, Qt.Key.Key_F3, SHIFT)
    QTest.keyClick(bar.field, Qt.Key.Key_F3, SHIFT)
    assert bar.count.text() == "4 of 4"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert window.canvas.hasFocus()


def test_what_was_found_and_is_gone_is_passed_over(window: MainWindow) -> None:
    window.features.find.open()
    window.stage.find.field.setText("multiply")
    window.scene.select(["e"])
    window.workspace.editor.delete()
    window.features.find.next()
    assert window.scene.selected_nodes() == ["L"]


# --- along the edges
def test_upstream_and_downstream_are_selected_by_key(window: MainWindow) -> None:
    window.scene.select(["e"])
    press(window, Qt.Key.Key_U, SHIFT)
    assert window.scene.selected_nodes() == sorted(
        ["a", "b", "e"], key=lambda n: window.document.graph.node(n).rank
    )
    assert set(window.scene.selected_edges()) == {("e", 0), ("e", 1)}
    window.scene.select(["e"])
    press(window, Qt.Key.Key_D, SHIFT)
    assert set(window.scene.selected_nodes()) == {"e", "d", "L"}


# --- the selection's shape
def test_m_mutes_and_unmutes(window: MainWindow) -> None:
    window.scene.select(["e"])
    press(window, Qt.Key.Key_M)
    assert window.document.graph.node("e").muted
    assert window.player.trace.values["e"] == 2.0
    press(window, Qt.Key.Key_M)
    assert not window.document.graph.node("e").muted


def test_inputs_cannot_be_muted_and_the_menu_shows_it(window: MainWindow) -> None:
    window.scene.select(["a"])
    assert not enabled(window, "graph.mute")
    window.scene.select(["a", "e"])
    assert enabled(window, "graph.mute")


def test_a_constant_of_a_program_becomes_an_input_and_back_by_a_key(window: MainWindow) -> None:
    window.document.replace(parse("w = 0.5; L = w*x", x=2))
    window.scene.select(["L"])
    assert not enabled(window, "graph.exchange_leaves")
    window.scene.select(["w"])
    press(window, Qt.Key.Key_I, SHIFT)
    assert window.document.graph.node("w").op == "input"
    assert window.player.trace.gradients["w"] == 2.0
    assert window.scene.selected_nodes() == ["w"]
    press(window, Qt.Key.Key_I, SHIFT)
    assert window.document.graph.node("w").op == "constant"
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.player.trace.gradients["w"] == 2.0


def test_a_grey_action_says_in_its_tooltip_what_it_needs(window: MainWindow) -> None:
    window.scene.select(["a"])
    mute = window.commands.action("graph.mute")
    assert mute.toolTip() == "Select an operation first; inputs cannot be muted."
    window.scene.select(["e"])
    assert window.commands.action("graph.mute").toolTip().endswith("(M)")


def test_nodes_are_grouped_collapsed_and_ungrouped_by_key(window: MainWindow) -> None:
    window.scene.select(["a", "b", "e"])
    assert not enabled(window, "graph.ungroup")
    press(window, Qt.Key.Key_G, CTRL)
    (group,) = window.document.graph.groups()
    assert set(group.nodes) == {"a", "b", "e"}
    window.scene.select(["a"])
    assert enabled(window, "graph.collapse")
    press(window, Qt.Key.Key_G, SHIFT)
    assert window.document.graph.group(group.id).collapsed
    window.features.graph.shaping.editing.document.stack.undo()
    window.scene.select(["a"])
    press(window, Qt.Key.Key_G, CTRL | SHIFT)
    assert not window.document.graph.groups()


def test_delete_and_reconnect_closes_the_gap_in_one_step(window: MainWindow) -> None:
    before = window.document.graph.copy()
    window.scene.select(["d"])
    press(window, Qt.Key.Key_Delete, CTRL)
    assert [edge.source for edge in window.document.graph.edges_into("L")] == ["e", "f"]
    window.workspace.editor.undo()
    assert window.document.graph == before


def test_nodes_are_aligned_and_distributed_by_keys(window: MainWindow) -> None:
    window.scene.select(["a", "b", "c"])
    window.workspace.editor.move({"b": (40.0, 160.0)})
    press(window, Qt.Key.Key_A, ALT)
    press(window, Qt.Key.Key_L)
    graph = window.document.graph
    assert graph.node("a").x == graph.node("b").x == graph.node("c").x
    press(window, Qt.Key.Key_A, ALT)
    press(window, Qt.Key.Key_V)
    gaps = [graph.node("b").y - graph.node("a").y, graph.node("c").y - graph.node("b").y]
    assert gaps[0] == pytest.approx(gaps[1], abs=1)


def test_aligning_asks_for_two_nodes(window: MainWindow) -> None:
    window.scene.select(["a"])
    assert not window.menus.submenus["graph.align"].isEnabled()
    window.scene.select(["a", "b"])
    assert window.menus.submenus["graph.align"].isEnabled()
    assert not enabled(window, "graph.distribute_vertically")


def test_an_operation_is_put_on_the_selected_edge(window: MainWindow) -> None:
    window.scene.select(edges=[("d", 0)])
    press(window, Qt.Key.Key_I)
    popup = window.features.adding.popup
    assert "input" not in popup.found()
    QTest.keyClicks(popup.field, "tanh")
    assert popup.foot.text() == "Enter puts Tanh on the edge."
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    (made,) = window.scene.selected_nodes()
    assert window.document.graph.edge(("d", 0)).source == made
    assert window.document.graph.edge((made, 0)).source == "e"
    assert window.document.stack.count() == 1


def test_snapping_is_switched_off_and_remembered(window: MainWindow) -> None:
    assert window.canvas.snaps
    press(window, Qt.Key.Key_S, SHIFT)
    assert not window.canvas.snaps
    card = window.scene.items_by_id["a"]
    start = window.canvas.mapFromScene(card.pos() + QPointF(20, 12))
    QTest.mousePress(window.canvas.viewport(), Qt.MouseButton.LeftButton, NONE, start)
    QTest.mouseMove(window.canvas.viewport(), start + QPoint(31, 7))
    QTest.mouseRelease(window.canvas.viewport(), Qt.MouseButton.LeftButton, NONE, start + QPoint(31, 7))
    node = window.document.graph.node("a")
    assert (node.x % 8, node.y % 8) != (0, 0)


# --- menus
def names(menu: QMenu) -> set[str]:
    """The ids in a menu, submenus included by theirs."""
    return {
        action.menu().objectName() if action.menu() else action.objectName() for action in menu.actions()
    } - {""}


def shown_at(window: MainWindow, spot: QPointF) -> set[str]:
    """What a right click at a place of the scene offers."""
    pixel = window.canvas.mapFromScene(spot)
    place = window.canvas.viewport().mapToGlobal(pixel)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, pixel, place)
    QApplication.sendEvent(window.canvas.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = names(menu)
    menu.close()
    return found


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_menus_fit_what_is_under_the_pointer(window: MainWindow) -> None:
    on_node = shown_at(window, window.scene.items_by_id["e"].card.center())
    assert window.scene.selected_nodes() == ["e"]
    assert {"edit.rename", "graph.mute", "edit.delete_heal", "graph.group"} <= on_node
    assert "graph.ungroup" not in on_node
    on_edge = shown_at(window, window.scene.items_by_id["e"].output_port() + QPointF(30, 6))
    assert {"graph.insert", "graph.reroute_from", "edit.go_to_source", "edit.delete"} <= on_edge
    corner = window.canvas.mapToScene(QPoint(12, window.canvas.viewport().height() - 12))
    on_canvas = shown_at(window, corner)
    assert {"graph.add", "edit.paste", "view.fit", "view.snap"} <= on_canvas
    assert "edit.rename" not in on_canvas


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_key_asks_about_the_selection(window: MainWindow) -> None:
    window.scene.select(["a", "b"])
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(window.canvas, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert {"graph.align", "graph.group"} <= names(menu)
    assert window.canvas.viewport().rect().contains(window.canvas.viewport().mapFromGlobal(menu.pos()))
    menu.close()


def test_every_name_in_a_context_menu_is_an_action(window: MainWindow) -> None:
    lists = (context_menus.ON_NODES, context_menus.ON_EDGES, context_menus.ON_GROUPS, context_menus.ON_CANVAS)
    for name in {name for one in lists for name in one if name}:
        assert name in window.commands.actions or name in window.menus.submenus


def test_submenus_outlive_the_context_menus_that_showed_them(window: MainWindow, qtbot: QtBot) -> None:
    """Their menu took the submenus of the menu bar along when it was closed, and every selection failed."""
    window.scene.select(["e", "d", "L"])
    for _ in range(2):
        shown = window.menus.at_hand(context_menus.ON_NODES, window)
        assert any(action.menu() is not None for action in shown.actions())
        with qtbot.waitSignal(shown.destroyed):
            shown.deleteLater()
    window.scene.select(["a"])
    assert all(menu.title() for menu in window.menus.submenus.values())
