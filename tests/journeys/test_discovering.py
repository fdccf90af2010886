"""What tells a person what is possible: the hint line, menus, tooltips, changed keys, and the outline."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from nodegraph.app.commands.shortcut_sheet import ShortcutsDialog
from nodegraph.app.platform import announcer
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.scene import hit_test
from tests.journeys.hand import NONE, Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""What the platform without a screen says when a menu opens."""


def hint(hand: Hand) -> str:
    QApplication.processEvents()
    return hand.window.stage.hint_line.text()


def offered(menu: QMenu) -> set[str]:
    """The ids of the actions in a menu, which then closes."""
    found = {action.objectName() for action in menu.actions()}
    menu.close()
    return found


# --- hints
def test_the_hint_follows_the_pointer_the_held_key_and_the_gesture(hand: Hand) -> None:
    hand.point_at(hand.held("e"))
    assert hint(hand).startswith("Drag moves")
    hand.point_at(hand.card("e").output_port())
    assert hint(hand).startswith("Drag to an input connects")
    QTest.keyPress(hand.canvas, Qt.Key.Key_Control)
    assert hint(hand) == "Drag moves all its edges to another output"
    QTest.keyRelease(hand.canvas, Qt.Key.Key_Control)
    assert hint(hand).startswith("Drag to an input connects")
    start, end = hand.card("e").output_port(), hand.empty()
    hand.press(start)
    hand.glide(start, end)
    assert "On the empty canvas: add there" in hint(hand)
    hand.key(Qt.Key.Key_Escape)
    hand.release(end)
    assert "add there" not in hint(hand)


# --- menus
@MENUS
def test_a_right_click_offers_what_fits_what_lies_there(hand: Hand) -> None:
    assert {"edit.rename", "graph.mute", "edit.set_output"} <= offered(hand.menu_at(hand.held("e")))
    assert hand.chosen() == ["e"]
    curve = hand.scene.edge_layer.curve((hand.graph.named("d").id, 1))
    on_edge = offered(hand.menu_at(QPointF(*curve[len(curve) // 2])))
    assert {"graph.insert", "graph.reroute_to", "pass.to_edge", "edit.delete"} <= on_edge
    assert {"graph.add", "edit.paste", "view.fit"} <= offered(hand.menu_at(hand.empty()))


@MENUS
def test_a_choice_in_a_menu_is_done(hand: Hand) -> None:
    menu = hand.menu_at(hand.held("d"))
    action = next(one for one in menu.actions() if one.objectName() == "edit.set_output")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NONE, menu.actionGeometry(action).center())
    assert hand.graph.output == hand.graph.named("d").id


def test_every_button_of_the_top_bar_names_its_key_in_its_tooltip(hand: Hand) -> None:
    undo = hand.window.findChild(QAction, "edit.undo")
    hand.type_value("a", "3")
    assert undo.toolTip().endswith("(Ctrl+Z)")
    for name in ("graph.add", "view.fit", "file.export", "pass.step"):
        action = hand.window.findChild(QAction, name)
        assert action.toolTip().endswith(")"), name


# --- keys
def test_a_key_is_changed_in_the_sheet_works_at_once_and_is_there_in_the_next_window(hand: Hand) -> None:
    hand.window.commands.actions["help.shortcuts"].trigger()
    sheet = hand.window.findChild(ShortcutsDialog)
    sheet.choose("graph.mute")
    QTest.keyClick(sheet.rows, Qt.Key.Key_Return)
    QTest.keyClick(sheet.recorder, Qt.Key.Key_J, CTRL)
    sheet.accept()
    hand.choose("e")
    hand.key(Qt.Key.Key_J, CTRL)
    assert hand.graph.named("e").muted
    hand.key(Qt.Key.Key_M)
    assert hand.graph.named("e").muted
    later = MainWindow()
    assert later.commands.actions["graph.mute"].shortcut().toString() == "Ctrl+J"
    later.deleteLater()


# --- the output, and what is passed through
def test_ctrl_l_makes_a_node_the_output_and_gradients_start_there(hand: Hand) -> None:
    hand.choose("d")
    hand.key(Qt.Key.Key_L, CTRL)
    hand.key(Qt.Key.Key_End)
    assert hand.shown()["d"][1] == 1.0
    assert hand.shown()["e"][1] == 1.0
    hand.do("edit.undo")
    hand.key(Qt.Key.Key_End)
    assert hand.shown()["L"][1] == 1.0
    assert hand.shown()["e"][1] == 5.0


# --- the outline
def test_the_outline_walks_selects_edits_and_steps_by_keys(hand: Hand) -> None:
    hand.do("view.outline")
    rows = hand.window.features.outline.panel.rows
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert hand.chosen() == ["b"]
    QTest.keyClick(rows, Qt.Key.Key_Return)
    field = rows.viewport().findChildren(QLineEdit)[-1]
    QTest.keyClicks(field, "7")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert hand.graph.named("b").value == 7.0
    QTest.keyClick(rows, Qt.Key.Key_Period)
    assert hand.window.player.cursor == 1
    assert announcer.spoken[-1].startswith("Forward, step 1 of 11")
    hand.choose("L")
    assert "L" in [index.data() for index in rows.selectedIndexes()]


def test_what_a_gesture_says_is_said_once(hand: Hand) -> None:
    start = hand.card("c").output_port()
    hand.press(start)
    hand.glide(start, hand.card("e").input_port(0))
    assert hand.canvas.speech.isVisible()
    assert not hand.window.stage.hint.isVisible()
    hand.key(Qt.Key.Key_Escape)
    hand.release(start)


def test_what_was_done_is_told_beside_the_canvas_and_where_hints_are_off_on_no_card(hand: Hand) -> None:
    hand.do("pass.to_end")
    stage, canvas, told = hand.window.stage, hand.canvas, hand.window.stage.hint
    hand.window.workspace.messages.say_for_a_while("It was done.")
    assert stage.hint_line.geometry().contains(told.geometry())
    hand.do("view.hints")
    card = hand.card("c")
    canvas.look_at(card.card.center() + QPointF(canvas.width() / 2 - 90, -canvas.height() / 2 + 40), 1.0)
    QApplication.processEvents()
    hand.window.workspace.messages.say_for_a_while("It was done.")
    box = QRect(told.mapTo(stage, QPoint()) - canvas.mapTo(stage, QPoint()), told.size())
    assert hit_test.cards_in(
        hand.scene, canvas.mapToScene(QRect(20, canvas.height() - 60, 90, 40)).boundingRect()
    )
    assert not hit_test.cards_in(hand.scene, canvas.mapToScene(box).boundingRect())
    assert not box.intersects(canvas.legend.geometry())


def test_what_lies_over_the_canvas_leaves_no_strip_of_the_legend(hand: Hand) -> None:
    hand.do("pass.to_end")
    legend, find = hand.canvas.legend, hand.window.stage.find
    hand.window.resize(1366, 768)
    corner = QPoint(hand.canvas.viewport().width() - legend.width() - 12, 12)
    legend.move(corner)
    legend.follow()
    hand.do("edit.find")
    QApplication.processEvents()
    there = find.geometry().translated(-hand.canvas.mapTo(hand.window.stage, QPoint()))
    assert legend.isHidden() or not legend.geometry().intersects(there)
