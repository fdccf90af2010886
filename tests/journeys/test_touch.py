"""Fingers on the canvas, as the touch screen reports them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.journeys.hand import Hand


@pytest.fixture(scope="module")
def screen(qapp: object) -> object:
    """A touch screen."""
    return QTest.createTouchDevice()


def two_fingers(hand: Hand, screen: object, ways: list[tuple[QPoint, QPoint]]) -> None:
    """Put two fingers down at the first places, move them along the others, lift them."""
    viewport = hand.canvas.viewport()
    one, two = ways[0]
    QTest.touchEvent(viewport, screen).press(0, one, viewport).press(1, two, viewport).commit()
    for one, two in ways[1:]:
        QTest.touchEvent(viewport, screen).move(0, one, viewport).move(1, two, viewport).commit()
    QTest.touchEvent(viewport, screen).release(0, one, viewport).release(1, two, viewport).commit()


def test_a_pinch_zooms_and_the_graph_stays_as_it_is(hand: Hand, screen: object) -> None:
    before, zoom = hand.graph.copy(), hand.canvas.zoom
    middle = hand.canvas.viewport().rect().center()
    ways = [(middle - QPoint(40 + 12 * i, 0), middle + QPoint(40 + 12 * i, 0)) for i in range(10)]
    two_fingers(hand, screen, ways)
    assert hand.canvas.zoom > 1.5 * zoom
    assert hand.graph == before
    two_fingers(hand, screen, ways[::-1])
    assert hand.canvas.zoom < 1.5 * zoom


def test_two_fingers_side_by_side_pan(hand: Hand, screen: object) -> None:
    before, zoom = hand.canvas.center(), hand.canvas.zoom
    start = hand.canvas.viewport().rect().center()
    ways = [(start + QPoint(10 * i, 0), start + QPoint(10 * i + 60, 0)) for i in range(10)]
    two_fingers(hand, screen, ways)
    assert hand.canvas.center().x() < before.x() - 40
    assert hand.canvas.zoom == pytest.approx(zoom, rel=0.05)
