"""What is seen as the room for it changes: a fitted graph stays fitted, a chosen place stays chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMargins, QPoint, QPointF, QRectF
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.scene import chip_obstacles
from nodegraph.canvas.viewport import camera
from nodegraph.core.building.shapes import graph_of, random_shape
from tests.canvas.conftest import Hand


def resize(hand: Hand, width: int, height: int) -> None:
    """Give the view another size."""
    hand.view.resize(width, height)
    QApplication.processEvents()


def test_a_fitted_graph_stays_fitted_at_every_size_and_comes_back(hand: Hand) -> None:
    resize(hand, 900, 600)
    hand.view.fit()
    zoom, drawn = hand.view.zoom, hand.view.graph_scene.drawn_rect()
    for width, height in ((900, 200), (300, 600), (1400, 900)):
        resize(hand, width, height)
        assert hand.view.seen().contains(drawn)
        assert hand.view.zoom != zoom
    resize(hand, 900, 600)
    assert hand.view.zoom == zoom


def test_a_fitted_graph_stays_fitted_in_larger_type(hand: Hand) -> None:
    resize(hand, 500, 300)
    hand.view.fit()
    hand.view.set_text_scale(2.0)
    assert hand.view.seen().contains(hand.view.graph_scene.drawn_rect())


def test_what_a_hand_chose_is_fitted_no_more(hand: Hand) -> None:
    resize(hand, 900, 600)
    for choose in (hand.view.zoom_in, lambda: hand.view.set_center(QPointF(40, 30)), hand.view.zoom_100):
        hand.view.fit()
        assert hand.view.is_fitted
        choose()
        assert not hand.view.is_fitted
    hand.view.set_zoom(3.0)
    center = hand.view.center()
    resize(hand, 500, 300)
    assert hand.view.zoom == 3.0
    assert (hand.view.center() - center).manhattanLength() < 2


def test_what_was_in_view_whole_at_a_chosen_zoom_comes_back_at_that_zoom(hand: Hand) -> None:
    resize(hand, 1200, 800)
    hand.view.fit()
    hand.view.set_zoom(hand.view.zoom * 0.9)
    zoom, drawn = hand.view.zoom, hand.view.graph_scene.drawn_rect()
    resize(hand, 1200, round(drawn.height() * 0.75))
    assert hand.view.zoom < zoom
    assert hand.view.seen().contains(drawn)
    resize(hand, 1200, 800)
    assert hand.view.zoom == zoom


def test_numbers_are_not_given_up_for_the_whole_where_a_zoom_was_chosen(hand: Hand) -> None:
    resize(hand, 1200, 800)
    hand.view.fit()
    hand.view.set_zoom(hand.view.zoom * 0.9)
    zoom = hand.view.zoom
    resize(hand, 1200, 120)
    assert hand.view.zoom == zoom


def test_a_fitted_graph_keeps_clear_of_what_lies_over_the_edges(hand: Hand) -> None:
    resize(hand, 900, 600)
    hand.view.fit()
    zoom = hand.view.zoom
    hand.view.reserve("a panel", QMargins(0, 0, 300, 0))
    hand.view.reserve("a card", QMargins(0, 0, 0, 250))
    assert hand.view.room().size().toTuple() == (600, 350)
    drawn = QRectF(hand.view.mapFromScene(hand.view.graph_scene.drawn_rect()).boundingRect())
    assert QRectF(hand.view.room()).contains(drawn)
    hand.view.reserve("a panel")
    hand.view.reserve("a card")
    assert hand.view.zoom == zoom


def test_a_view_that_is_painted_whole_is_not_scrolled_before(
    make_hand: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, scrolled = make_hand(graph_of(random_shape(40, seed=1), placed=True)), list[QPoint]()
    monkeypatch.setattr(camera, "scroll", lambda _viewport, by, _still: scrolled.append(by))
    hand.view.look_at(QPointF(0, 0), 1.0)
    hand.view.viewport().repaint()
    scrolled.clear()
    hand.view.fit()
    assert not scrolled
    hand.view.viewport().repaint()
    hand.view.set_center(hand.view.center() + QPointF(60, 0))
    assert scrolled


def test_labels_do_not_lie_beneath_a_panel_over_the_view(hand: Hand) -> None:
    hand.view.reserve("a panel", QMargins(180, 0, 0, 0))
    hand.view.fit()
    sides = chip_obstacles.out_of_sight(hand.view.graph_scene)
    assert max(right for left, _, right, _ in sides if left < -1e8 and right < 1e8) == pytest.approx(
        hand.view.mapToScene(180, 0).x(), abs=2 / hand.view.zoom
    )


def test_what_is_seen_is_asked_of_qt_once_for_as_long_as_the_view_lies_so(hand: Hand) -> None:
    view = hand.view
    ways = (
        lambda: view.set_center(QPointF(123.0, -45.0)),
        lambda: view.set_zoom(1.7, QPointF(40, 60)),
        lambda: resize(hand, 700, 420),
        lambda: view.horizontalScrollBar().setValue(view.horizontalScrollBar().value() + 31),
        lambda: view.set_center(QPointF(1e12, 3.0)),
        view.fit,
        view.hide,
        lambda: view.resize(500, 333),
        view.show,
    )
    for number, go in enumerate(ways):
        before = view.sight
        assert not view.isVisible() or view.sight is before
        go()
        place = QPointF(10.5, 20.25)
        assert view.seen() == view.mapToScene(view.viewport().rect()).boundingRect(), number
        assert view.zoom == view.transform().m11(), number
        assert view.sight.to_pixels.map(view.sight.to_scene.map(place)) == place, number
        part = view.sight.part(view.viewport().rect())
        assert part.getRect() == pytest.approx(view.seen().getRect(), abs=2 / view.zoom), number
