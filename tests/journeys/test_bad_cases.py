"""What goes wrong beneath the hand: things vanish while they are held, moved or played."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.hand import Hand
from tests.journeys.test_seed import build_seed

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_node_deleted_while_it_is_dragged_is_let_go_of(hand: Hand) -> None:
    build_seed(hand)
    start = hand.held("d")
    hand.press(start)
    hand.glide(start, start + QPointF(60, 60))
    hand.key(Qt.Key.Key_Delete)
    hand.release(start + QPointF(60, 60))
    assert hand.graph.named("d") is None
    assert hand.canvas.gesture is None
    hand.do("edit.undo")
    assert hand.places()["d"] == (560, 144)


def test_a_source_deleted_while_an_edge_is_drawn_from_it_ends_the_edge(hand: Hand) -> None:
    build_seed(hand)
    start, end = hand.card("c").output_port(), hand.card("L").input_port(1)
    hand.choose("c")
    hand.press(start)
    hand.glide(start, end)
    hand.do("edit.delete")
    hand.release(end)
    assert hand.feeding("L") == ["d", "f"]
    assert not hand.scene.draft.isVisible()


def test_deleting_while_cards_glide_to_a_new_layout_leaves_the_rest_in_place(hand: Hand) -> None:
    build_seed(hand)
    hand.scene.select()
    hand.key(Qt.Key.Key_L)
    assert hand.canvas.glide.is_moving
    hand.scene.select([hand.graph.named("e").id])
    hand.key(Qt.Key.Key_Delete)
    hand.canvas.glide.finish()
    shown = {node.name: hand.card(node.name).pos().toTuple() for node in hand.graph.nodes()}
    assert shown == hand.places()


def test_undo_while_cards_glide_brings_all_back_at_once(hand: Hand) -> None:
    build_seed(hand)
    before = hand.places()
    hand.scene.select()
    hand.key(Qt.Key.Key_L)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert not hand.canvas.glide.is_moving
    assert {name: hand.card(name).pos().toTuple() for name in before} == before


def test_undo_and_delete_during_playback_leave_a_run_that_fits_the_graph(hand: Hand, qtbot: QtBot) -> None:
    build_seed(hand)
    hand.window.player.to_start()
    hand.window.player.set_speed(8)
    hand.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: hand.window.player.cursor >= 2)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert set(hand.window.player.trace.values) == {node.name for node in hand.graph.nodes()}
    hand.scene.select([hand.graph.named("d").id])
    hand.key(Qt.Key.Key_Delete)
    hand.window.grab()
    assert hand.window.player.cursor <= len(hand.window.player.trace.steps)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.do("pass.to_end")
    assert hand.shown()["L"][0] is not None


def test_delete_and_reconnect_closes_the_gap_in_one_step(hand: Hand) -> None:
    build_seed(hand)
    hand.choose("e")
    hand.key(Qt.Key.Key_Delete, CTRL)
    assert hand.feeding("d") == ["a", "c"]
    hand.do("edit.undo")
    assert hand.feeding("d") == ["e", "c"]


def test_a_node_dropped_on_an_edge_with_alt_held_only_moves(hand: Hand) -> None:
    build_seed(hand)
    alt = Qt.KeyboardModifier.AltModifier
    hand.window.workspace.editor.add_at("tanh", QPointF(300, 400))
    name = hand.graph.nodes()[-1].name
    points = hand.scene.edge_layer.curve((hand.graph.named("d").id, 1))
    middle = QPointF(*points[len(points) // 2])
    hand.drag(hand.held(name), hand.held(name) + middle - hand.card(name).card.center(), modifiers=alt)
    assert hand.feeding("d") == ["e", "c"]
    assert hand.feeding(name) == []


@pytest.mark.parametrize("stop", [False, True])
def test_two_thousand_pasted_nodes_come_with_progress_and_can_be_stopped(
    hand: Hand, qtbot: QtBot, stop: bool
) -> None:
    before = hand.graph.copy()
    chain = "\n".join(f"n{i} = exp({f'n{i - 1}' if i else 'x'})" for i in range(2000))
    QGuiApplication.clipboard().setText(chain)
    hand.key(Qt.Key.Key_V, CTRL)
    tasks = hand.window.features.edit.copying.tasks
    assert tasks.is_running
    if stop:
        (button,) = hand.window.findChild(QWidget, "long_task").findChildren(QPushButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tasks.is_running)
    assert len(hand.graph) == len(before) + (0 if stop else 2001)
