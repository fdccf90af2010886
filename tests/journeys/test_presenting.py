"""In front of a class: larger text, the whole screen for the graph, a clicker, and back to work."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.lettering import Style
from nodegraph.canvas.items import node_item
from nodegraph.core.typeset import Line
from tests.journeys.hand import Hand
from tests.journeys.trainee import Trainee

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
K = Qt.Key


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    """Press a key on what has the focus."""
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def written(hand: Hand) -> str:
    """The formula below the canvas, as text."""
    return " ".join(
        piece.unicode for row in hand.window.features.presentation.caption.rows for piece, _ in row.pieces
    )


def test_a_lecture_on_the_seed_example(hand: Hand) -> None:
    window, canvas = hand.window, hand.canvas
    canvas.setFocus()
    places = {node.id: (node.x, node.y) for node in hand.graph.nodes()}
    press(K.Key_Plus, ALT, times=3)
    assert {node.id: (node.x, node.y) for node in hand.graph.nodes()} == places
    press(K.Key_L)
    canvas.glide.finish()
    cards = [item.card for item in hand.scene.items_by_id.values()]
    assert not any(a.intersects(b) for place, a in enumerate(cards) for b in cards[place + 1 :])

    panels = [
        window.features.adding.palette.isVisible(),
        window.features.inspector.panel.isVisible(),
        window.features.passes.transport.isVisible(),
    ]
    press(K.Key_F5)
    assert window.isFullScreen()
    assert not window.menuBar().isVisible()
    assert canvas.seen().contains(hand.scene.drawn_rect())
    assert canvas.spotlight.is_on
    said = []
    for _ in range(11):
        press(K.Key_PageDown)
        said.append(written(hand))
    assert said[1] == "e = a × b = 2 × 3 = 6"
    assert said[9].endswith("= 5 × 3 = 15")
    press(K.Key_PageDown)
    assert window.player.cursor == 11
    assert hand.shown()["a"] == (2.0, 15.0)
    press(K.Key_B)
    assert window.features.presentation.blank.isVisible()
    press(K.Key_PageUp)
    assert not window.features.presentation.blank.isVisible()
    press(K.Key_PageUp)
    assert window.player.cursor == 10

    press(K.Key_Escape)
    assert not window.isFullScreen()
    assert not canvas.spotlight.is_on
    assert [window.features.adding.palette.isVisible(), window.features.inspector.panel.isVisible(),
            window.features.passes.transport.isVisible()] == panels  # fmt: skip
    press(K.Key_0, ALT)
    press(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert {node.id: (node.x, node.y) for node in hand.graph.nodes()} == places


def test_the_workbench_by_keys_alone(hand: Hand) -> None:
    window = hand.window
    hand.canvas.setFocus()
    press(K.Key_F11)
    assert window.workspace.dock.current_page == "outline"
    press(K.Key_F6)
    while not window.workspace.dock.panel.isAncestorOf(QApplication.focusWidget()):
        press(K.Key_F6)
    window.workspace.dock.panel.tabs.setFocus(Qt.FocusReason.TabFocusReason)
    seen = ["outline"]
    for _ in window.workspace.dock.page_ids[1:]:
        press(K.Key_Right)
        seen.append(window.workspace.dock.current_page)
    assert tuple(seen) == window.workspace.dock.page_ids
    press(K.Key_Escape)
    assert hand.canvas.hasFocus()
    window.commands.actions[f"view.{seen[-1]}"].trigger()
    assert window.workspace.dock.current_page is None


def test_large_text_grows_cards_and_gaps_together_in_a_presentation(hand: Hand) -> None:
    window, canvas = hand.window, hand.canvas

    def gap_to_card() -> float:
        a, b = (hand.scene.items_by_id[name].card for name in "ab")
        return (b.top() - a.bottom()) / a.height()

    usual, places = gap_to_card(), {node.id: (node.x, node.y) for node in hand.graph.nodes()}
    canvas.setFocus()
    press(K.Key_Plus, ALT, times=2)
    assert gap_to_card() < usual
    press(K.Key_F5)
    assert gap_to_card() == pytest.approx(usual)
    press(K.Key_Plus, ALT)
    assert gap_to_card() == pytest.approx(usual)
    assert {node.id: (node.x, node.y) for node in hand.graph.nodes()} == places
    assert canvas.seen().contains(hand.scene.drawn_rect())
    press(K.Key_Escape)
    assert gap_to_card() < usual
    assert hand.scene.text_scale * hand.scene.type_wish == pytest.approx(
        window.workspace.appearance.text_size
    )
    press(K.Key_0, ALT)


def test_large_text_grows_numbers_and_chips_within_a_presentation_s_cards(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: dict[str, float] = {}
    write = node_item.write_right

    def note(painter: QPainter, box: QRectF, text: Line, style: Style, ink: str) -> None:
        sizes[str(text)] = style[0]
        write(painter, box, text, style, ink)

    monkeypatch.setattr(node_item, "write_right", note)
    hand.canvas.setFocus()
    press(K.Key_End)
    press(K.Key_F5)
    hand.canvas.grab()
    usual, chip = dict(sizes), hand.scene.showing.chips.scale
    press(K.Key_Plus, ALT, times=2)
    hand.canvas.grab()
    assert sizes["−20"] * hand.scene.text_scale > 1.2 * usual["−20"]
    assert hand.scene.showing.chips.scale > chip
    assert hand.canvas.seen().contains(hand.scene.drawn_rect())
    press(K.Key_Escape)
    press(K.Key_0, ALT)
    assert hand.scene.type_wish == 1.0


def test_large_type_for_which_a_graph_was_arranged_stays(hand: Hand) -> None:
    hand.canvas.setFocus()
    press(K.Key_Plus, ALT, times=2)
    press(K.Key_L)
    hand.canvas.glide.finish()
    press(K.Key_F5)
    assert hand.scene.text_scale == 1.4
    press(K.Key_Escape)
    press(K.Key_0, ALT)


def test_a_view_that_was_fitted_is_fitted_after_a_presentation(hand: Hand) -> None:
    zoom = hand.canvas.zoom
    hand.canvas.setFocus()
    press(K.Key_F5)
    press(K.Key_Escape)
    assert hand.canvas.is_fitted
    assert hand.canvas.zoom == pytest.approx(zoom)


def test_a_training_is_presented_with_its_loss_beside_the_graph(trainee: Trainee, qtbot: QtBot) -> None:
    window = trainee.window
    trainee.do("view.training")
    trainee.canvas.setFocus()
    trainee.key(K.Key_F5)
    beside = window.findChild(QWidget, "presented_loss")
    assert beside.isVisible()
    assert not beside.geometry().intersects(trainee.canvas.geometry())
    assert trainee.canvas.seen().contains(trainee.scene.drawn_rect())
    qtbot.waitUntil(lambda: beside.plot is not None)
    trainee.key(K.Key_T)
    qtbot.waitUntil(lambda: "after 1 step" in beside.number.text())
    trainee.key(K.Key_T)
    qtbot.waitUntil(lambda: "after 2 steps" in beside.number.text())
    assert len(beside.plot._points[0]) == 3
    trainee.key(K.Key_Escape)
    assert not beside.isVisible()
    assert window.workspace.dock.current_page == "training"


def test_without_a_training_the_graph_has_the_screen_for_itself(hand: Hand) -> None:
    hand.canvas.setFocus()
    press(K.Key_F5)
    assert hand.window.findChild(QWidget, "presented_loss") is None
    assert hand.canvas.width() >= hand.window.width() - 4
    press(K.Key_Escape)
