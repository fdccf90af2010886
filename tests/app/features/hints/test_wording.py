"""The hint line: it follows the pointer, the held key and the gesture, and names the keys as they are now."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nodegraph.app.features.hints import wording
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.gestures import dispatch
from nodegraph.canvas.gestures.box import Box
from nodegraph.canvas.gestures.connect import Connect
from nodegraph.canvas.gestures.gesture import hints_of
from nodegraph.canvas.gestures.hand import Hand
from nodegraph.canvas.gestures.key_connect import KeyConnect
from nodegraph.canvas.gestures.knife import Knife
from nodegraph.canvas.gestures.move import Move
from nodegraph.canvas.gestures.pan import Pan
from nodegraph.canvas.gestures.resize import Resize
from nodegraph.canvas.gestures.rewire import MoveOutputs, Reroute
from nodegraph.canvas.gestures.scrub import Scrub
from nodegraph.canvas.scene import hit_test
from nodegraph.core.graph import grouping, notes

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def point_at(window: MainWindow, place: QPointF) -> str:
    """Rest the pointer on a place of the scene; what the line says then."""
    window.canvas.setFocus()
    pixel = window.canvas.mapFromScene(place)
    QTest.mouseMove(window.canvas.viewport(), pixel + QPoint(1, 0))  # a pointer that rests sends nothing
    QTest.mouseMove(window.canvas.viewport(), pixel)
    return said(window)


def said(window: MainWindow) -> str:
    """The hint line, once events are dealt with."""
    QApplication.processEvents()
    return window.stage.hint_line.text()


def test_the_line_tells_what_is_under_the_pointer(window: MainWindow) -> None:
    card = window.scene.items_by_id["e"]
    assert point_at(window, card.pos() + QPointF(30, 12)).startswith("Drag moves")
    assert point_at(window, card.output_port()).startswith("Drag to an input connects")
    assert point_at(window, card.input_port(0)).startswith("Drag its edge")
    leaf = window.scene.items_by_id["a"]
    number = leaf.pos() + leaf.shape_of_card.value_line.center() + QPointF(30, 0)
    assert point_at(window, number).startswith("Drag changes it")
    middle = window.scene.edge_layer.curve(("d", 1))[6]
    assert point_at(window, QPointF(*middle)).startswith("Click selects")
    corner = window.canvas.mapToScene(QPoint(10, window.canvas.viewport().height() - 10))
    assert point_at(window, corner).startswith("Double-click adds")


def test_groups_and_notes_have_lines_of_their_own(window: MainWindow) -> None:
    graph = window.document.graph
    window.document.apply(grouping.group(graph, ["e", "d"], "Sum"))
    window.document.apply(notes.add_note(graph, "# Loss", 2000, 2000))
    window.canvas.fit()
    (group,) = window.scene.surroundings.groups.values()
    (note,) = window.scene.surroundings.notes.values()
    assert point_at(window, group.handle.topLeft() + QPointF(60, 12)).startswith("Drag moves the group")
    assert point_at(window, group.chevron.center()).startswith("Click collapses or expands")
    assert "Double-click writes" in point_at(window, note.rect.center())
    window.document.apply(grouping.set_collapsed(graph, [group.group.id], True))
    assert "Double-click expands" in point_at(window, group.rect.center() + QPointF(0, 10))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (Qt.Key.Key_Shift, "in one direction"),
        (Qt.Key.Key_Alt, "off the grid"),
        (Qt.Key.Key_Control, "selection"),
    ],
)
def test_a_held_key_changes_the_line_and_letting_go_changes_it_back(
    window: MainWindow, key: Qt.Key, words: str
) -> None:
    before = point_at(window, window.scene.items_by_id["e"].pos() + QPointF(30, 12))
    QTest.keyPress(window.canvas, key)
    assert words in said(window)
    assert said(window) != before
    QTest.keyRelease(window.canvas, key)
    assert said(window) == before


def test_a_gesture_has_words_of_its_own(window: MainWindow) -> None:
    start = point_of(window, "e")
    QTest.mousePress(window.canvas.viewport(), LEFT, NONE, start)
    assert "Esc cancels" in said(window)
    QTest.mouseRelease(window.canvas.viewport(), LEFT, NONE, start)
    assert said(window).startswith("Drag moves")


def test_while_a_gesture_goes_on_the_line_follows_keys_of_which_only_moves_of_the_mouse_tell(
    window: MainWindow,
) -> None:
    viewport, start = window.canvas.viewport(), point_of(window, "e")
    QTest.mousePress(viewport, LEFT, NONE, start)
    for held, words in ((NONE, "Esc cancels"), (SHIFT, "in one direction"), (NONE, "Esc cancels")):
        place = QPointF(start + QPoint(40, 8))
        there = viewport.mapToGlobal(place)
        move = QMouseEvent(QEvent.Type.MouseMove, place, there, Qt.MouseButton.NoButton, LEFT, held)
        QApplication.sendEvent(viewport, move)
        assert words in said(window)
        assert ("in one direction" in said(window)) == (held == SHIFT)
    QTest.mouseRelease(viewport, LEFT, NONE, start)


def point_of(window: MainWindow, node_id: str) -> QPoint:
    return window.canvas.mapFromScene(window.scene.items_by_id[node_id].pos() + QPointF(30, 12))


def test_drawing_an_edge_by_keys_tells_the_keys(window: MainWindow) -> None:
    window.scene.select(["a"])
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_C)
    assert said(window).startswith("Arrows choose the port")
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)


def test_after_the_arrow_keys_it_tells_what_keys_do(window: MainWindow) -> None:
    point_at(window, QPointF(0, -400))
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    assert said(window).startswith("Arrows go on")
    assert "C connects" in said(window)


def test_keys_are_named_as_they_are_now_and_left_out_where_there_are_none(window: MainWindow) -> None:
    window.commands.shortcuts.set("graph.connect", ["Ctrl+J"])
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    assert "Ctrl+J connects" in said(window)
    window.commands.shortcuts.set("graph.connect", [])
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    assert "connects" not in said(window)


def test_the_grid_is_spoken_of_as_it_is(window: MainWindow) -> None:
    window.commands.actions["view.snap"].trigger()
    assert "Alt onto the grid" in point_at(window, window.scene.items_by_id["e"].pos() + QPointF(30, 12))


def test_the_line_lies_below_the_canvas_and_can_be_hidden(window: MainWindow) -> None:
    line = window.stage.hint_line
    assert line.geometry().top() >= window.canvas.mapTo(window.stage, window.canvas.rect().bottomLeft()).y()
    window.commands.actions["view.hints"].trigger()
    assert line.isHidden()
    assert window.stage.zoom.geometry().bottom() <= window.stage.height()


class Pluck:
    """Select the card on which the hand lets go."""

    cursor = Qt.CursorShape.ArrowCursor
    hints = hints_of("Let go on a card", "Esc cancels")

    def __init__(self, view: Hand, _place: QPointF) -> None:
        self.scene = view.graph_scene

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None: ...
    def cancel(self) -> None: ...

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        node_id = hit_test.node_at(self.scene, place)
        self.scene.select([node_id] if node_id else [])


def test_a_gesture_is_a_class_with_its_words_and_a_row_of_dispatch(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, shift = Qt.MouseButton.RightButton, Qt.KeyboardModifier.ShiftModifier
    monkeypatch.setattr(dispatch, "ANYWHERE", (*dispatch.ANYWHERE, (right, shift, Pluck)))
    pixel = window.canvas.mapFromScene(window.scene.items_by_id["e"].card.center())
    QTest.mousePress(window.canvas.viewport(), right, shift, pixel)
    assert isinstance(window.canvas.gesture, Pluck)
    QTest.mouseMove(window.canvas.viewport(), pixel + QPoint(1, 1))
    assert "Let go on a card" in said(window)
    QTest.mouseRelease(window.canvas.viewport(), right, shift, pixel)
    assert window.scene.selected_nodes() == ["e"]


def test_no_line_is_longer_than_the_canvas_of_a_usual_window(window: MainWindow) -> None:
    width = window.stage.hint_line.fontMetrics().horizontalAdvance
    gestures = (Box, Connect, KeyConnect, Move, MoveOutputs, Pan, Reroute, Resize, Scrub, Knife)
    for words in (*wording.OVER.values(), *(gesture.hints for gesture in gestures)):
        for held in words:
            line = wording._line(words, held, lambda _name: "Ctrl+Shift+P", True)
            assert width(line) < 800, line
