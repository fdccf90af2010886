"""What is dragged to the edge of the view takes it along, and Escape puts everything back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nodegraph.canvas.gestures.box import Box
from nodegraph.canvas.view import edge_pan
from tests.canvas.conftest import LEFT, MIDDLE, Hand


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_pan, "DELAY_MS", 0)


def at(hand: Hand, x: float, y: float) -> QPointF:
    """The place in the scene at these shares of the view's sides."""
    view = hand.view.viewport().rect()
    return hand.view.mapToScene(round(x * view.width()), round(y * view.height()))


def carry_beyond(hand: Hand, qtbot: QtBot, x: float, y: float) -> QPointF:
    """Hold a there until the view has gone along; returns where the view was before."""
    began = hand.view.center()
    hand.press(hand.header("a"))
    hand.move(at(hand, 0.5, 0.5))
    hand.move(at(hand, x, y))
    qtbot.waitUntil(lambda: (hand.view.center() - began).manhattanLength() > 60)
    return began


@pytest.mark.parametrize(("x", "y"), [(1.2, 0.5), (-0.2, 0.5), (0.5, 1.2), (0.5, -0.2), (0.999, 0.5)])
def test_a_card_at_the_edge_takes_the_view_along(hand: Hand, qtbot: QtBot, x: float, y: float) -> None:
    began = carry_beyond(hand, qtbot, x, y)
    way = hand.view.center() - began
    assert (way.x() > 0, way.x() < 0) == (x > 0.9, x < 0)
    assert (way.y() > 0, way.y() < 0) == (y > 0.9, y < 0)
    hand.release(at(hand, x, y))
    ((_move, places),) = hand.wanted
    assert QPointF(*places["a"]) == hand.scene.items_by_id["a"].pos()
    rest = hand.view.center()
    qtbot.wait(60)
    assert hand.view.center() == rest


@pytest.mark.parametrize("is_fitted", [True, False])
def test_escape_puts_the_card_and_the_view_back(hand: Hand, qtbot: QtBot, is_fitted: bool) -> None:
    hand.view.fit() if is_fitted else hand.view.set_center(hand.view.center() + QPointF(7, 0))
    lay = hand.scene.items_by_id["a"].pos()
    began = carry_beyond(hand, qtbot, 1.2, 0.5)
    QTest.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.scene.items_by_id["a"].pos() == lay
    assert (hand.view.center() - began).manhattanLength() < 1
    assert hand.view.is_fitted == is_fitted
    assert not hand.wanted
    qtbot.wait(60)
    assert (hand.view.center() - began).manhattanLength() < 1


def test_a_selection_box_takes_the_view_along_but_a_number_and_the_canvas_do_not(
    hand: Hand, qtbot: QtBot
) -> None:
    began = hand.view.center()
    for place, button in ((hand.number("a"), LEFT), (at(hand, 0.5, 0.02), MIDDLE)):
        hand.press(place, button)
        hand.move(at(hand, 0.5, 0.5))
        hand.move(at(hand, 1.2, 0.5))
        there = hand.view.center()
        qtbot.wait(60)
        assert hand.view.center() == there
        QTest.keyClick(hand.view, Qt.Key.Key_Escape)
        hand.release(at(hand, 0.5, 0.5))
    hand.press(at(hand, 0.5, 0.02))
    assert isinstance(hand.view.gesture, Box)
    hand.move(at(hand, 0.5, 0.5))
    hand.move(at(hand, 1.2, 0.5))
    qtbot.waitUntil(lambda: hand.view.center().x() > began.x() + 60)


def test_what_is_pressed_near_the_edge_takes_nothing_along_there(hand: Hand, qtbot: QtBot) -> None:
    corner = hand.view.mapToScene(4, 4)
    hand.view.set_center(hand.view.center() + hand.header("a") - corner)
    began = hand.view.center()
    hand.press(hand.header("a"))
    hand.move(hand.header("a") + QPointF(0, 5))
    qtbot.wait(60)
    assert hand.view.center() == began
