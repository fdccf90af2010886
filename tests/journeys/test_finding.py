"""Finding one's way in the whole window: search, views, the minimap, and what lies up or down the edges."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nodegraph.app.commands.other_words import OTHER_WORDS
from tests.journeys.hand import LEFT, NONE, Hand
from tests.journeys.test_seed import build_seed

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def focused_key(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def turn_wheel(hand: Hand, pixel: QPoint, by: int) -> None:
    """Turn the wheel over a pixel of the canvas."""
    viewport, none = hand.canvas.viewport(), QPoint()
    there, turned = QPointF(viewport.mapToGlobal(pixel)), QPoint(0, by)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(QPointF(pixel), there, none, turned, buttons, NONE, phase, False)
    QApplication.sendEvent(viewport, event)


# --- search
def test_ctrl_f_finds_by_operation_and_goes_on_and_back(hand: Hand) -> None:
    hand.key(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "multiply")
    assert hand.chosen() == ["e", "L"]
    focused_key(Qt.Key.Key_Return)
    focused_key(Qt.Key.Key_F3)
    assert hand.chosen() == ["L"]
    focused_key(Qt.Key.Key_F3, SHIFT)
    assert hand.chosen() == ["e"]
    focused_key(Qt.Key.Key_Escape)
    assert hand.canvas.hasFocus()


def test_what_is_found_out_of_sight_is_brought_into_view(hand: Hand) -> None:
    hand.canvas.set_center(QPointF(9000, 9000))
    hand.key(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "L")
    assert hand.canvas.seen().intersects(hand.card("L").card)


def test_the_command_palette_does_what_is_typed(hand: Hand) -> None:
    hand.key(Qt.Key.Key_P, CTRL | SHIFT)
    popup = hand.window.own_commands.commanding.popup
    assert popup.isVisible()
    QTest.keyClicks(QApplication.focusWidget(), "actual size")
    assert popup.found()[0] == "view.zoom_100"
    focused_key(Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert hand.canvas.zoom == 1.0
    assert hand.canvas.hasFocus()


# --- views
CALLED = {
    "shortcuts": "help.shortcuts",
    "dark mode": "view.theme",
    "neural network": "graph.insert_mlp",
    "export as a picture": "file.export",
    "full screen": "view.presentation",
    "exit": "file.quit",
    "quiz": "pass.predict",
    "text pane": "view.text",
    "delete node": "edit.delete",
    "draw edge": "graph.connect",
    "zoom to fit": "view.fit",
    "learning rate": "view.training",
    "check gradients": "view.check",
}
"""What other programs call some commands."""


def test_commands_are_found_by_what_other_programs_call_them(hand: Hand) -> None:
    popup = hand.window.own_commands.commanding.popup
    for typed, wanted in CALLED.items():
        hand.key(Qt.Key.Key_P, CTRL | SHIFT)
        QTest.keyClicks(QApplication.focusWidget(), typed)
        assert popup.found()[:1] == [wanted], typed
        focused_key(Qt.Key.Key_Escape)
        assert not popup.isVisible()


def test_other_words_are_of_commands_that_are_there(hand: Hand) -> None:
    assert set(OTHER_WORDS) <= set(hand.window.commands.actions)


def test_zoom_keys_fit_all_the_selection_and_real_size_and_back_and_forward_return(hand: Hand) -> None:
    history = hand.window.features.view.history
    hand.key(Qt.Key.Key_0, CTRL)
    assert hand.canvas.zoom == 1.0
    hand.key(Qt.Key.Key_F)
    history.settle()
    fitted = hand.canvas.zoom
    assert hand.canvas.seen().contains(hand.scene.graph_rect())
    hand.choose("a")
    hand.key(Qt.Key.Key_F, SHIFT)
    history.settle()
    near = hand.canvas.zoom
    assert near > fitted
    hand.key(Qt.Key.Key_Left, ALT)
    assert hand.canvas.zoom == pytest.approx(fitted)
    hand.key(Qt.Key.Key_Right, ALT)
    assert hand.canvas.zoom == pytest.approx(near)


def test_the_wheel_zooms_where_the_pointer_is_and_a_middle_drag_pans(hand: Hand) -> None:
    place, zoom = hand.card("e").card.center(), hand.canvas.zoom
    pixel = hand.pixel(place)
    turn_wheel(hand, pixel, 240)
    assert hand.canvas.zoom > zoom
    assert (hand.pixel(place) - pixel).manhattanLength() <= 2
    hand.drag(place, place + QPointF(80, 40), button=Qt.MouseButton.MiddleButton)
    assert (hand.pixel(place) - pixel).manhattanLength() > 40


# --- along the edges
def test_all_upstream_and_all_downstream_of_a_node_are_selected(hand: Hand) -> None:
    hand.choose("e")
    hand.key(Qt.Key.Key_U, SHIFT)
    assert hand.chosen() == ["a", "b", "e"]
    hand.choose("e")
    hand.key(Qt.Key.Key_D, SHIFT)
    assert set(hand.chosen()) == {"e", "d", "L"}


# --- the minimap
def test_the_minimap_appears_once_a_part_is_out_of_view_and_goes_when_all_is_in(
    hand: Hand, qtbot: QtBot
) -> None:
    build_seed(hand)
    minimap = hand.canvas.minimap
    hand.key(Qt.Key.Key_F)
    qtbot.waitUntil(lambda: not minimap.isVisible())
    place = hand.card("L").card.center()
    hand.drag(place, place - QPointF(900, 0), button=Qt.MouseButton.MiddleButton)
    qtbot.waitUntil(minimap.isVisible)
    hand.key(Qt.Key.Key_F)
    qtbot.waitUntil(lambda: not minimap.isVisible())


def test_a_click_and_a_drag_on_the_minimap_move_the_view(hand: Hand, qtbot: QtBot) -> None:
    build_seed(hand)
    minimap = hand.canvas.minimap
    hand.canvas.zoom_100()
    hand.canvas.set_center(QPointF(9000, 9000))
    qtbot.waitUntil(minimap.isVisible)
    start = minimap.rect().center()
    QTest.mouseClick(minimap, LEFT, NONE, start)
    assert hand.canvas.center().x() < 9000
    first = hand.canvas.center()
    QTest.mousePress(minimap, LEFT, NONE, start)
    for step in range(1, 6):
        pixel = QPointF(start + QPoint(-8 * step, 0))
        there = QPointF(minimap.mapToGlobal(pixel))
        event = QMouseEvent(QEvent.Type.MouseMove, pixel, there, Qt.MouseButton.NoButton, LEFT, NONE)
        QApplication.sendEvent(minimap, event)
    QTest.mouseRelease(minimap, LEFT, NONE, start - QPoint(40, 0))
    assert hand.canvas.center().x() < first.x()
    assert abs(hand.canvas.center().y() - first.y()) < 4


# --- the way back
def lost(hand: Hand, qtbot: QtBot) -> QPushButton:
    """Walk off the canvas by keys, until nothing of the graph can be seen; returns the way back."""
    button = hand.window.findChild(QPushButton, "way_back")
    assert button.isHidden()
    for _ in range(30):
        hand.key(Qt.Key.Key_PageDown)
    qtbot.waitUntil(button.isVisible)
    assert not hand.canvas.seen().intersects(hand.scene.graph_rect())
    return button


def test_a_button_leads_back_where_one_has_walked_off_the_graph(hand: Hand, qtbot: QtBot) -> None:
    button = lost(hand, qtbot)
    assert button.text() == "Back to the graph (F)"
    assert hand.window.stage.rect().contains(button.geometry())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert hand.canvas.seen().contains(hand.scene.graph_rect())
    assert hand.canvas.hasFocus()
    qtbot.waitUntil(button.isHidden)


def test_its_key_leads_back_as_well(hand: Hand, qtbot: QtBot) -> None:
    button = lost(hand, qtbot)
    hand.key(Qt.Key.Key_F)
    assert hand.canvas.seen().contains(hand.scene.graph_rect())
    qtbot.waitUntil(button.isHidden)


def test_an_empty_canvas_and_the_welcome_page_have_nothing_to_go_back_to(hand: Hand, qtbot: QtBot) -> None:
    button = lost(hand, qtbot)
    hand.do("file.welcome")
    qtbot.waitUntil(button.isHidden)
    hand.do("file.welcome") if hand.window.stage.shows_canvas else hand.window.stage.show_canvas()
    qtbot.waitUntil(button.isVisible)
    hand.do("edit.select_all")
    hand.do("edit.delete")
    qtbot.waitUntil(button.isHidden)
