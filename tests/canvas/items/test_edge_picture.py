"""The picture of the edges asks how an edge looks only where that shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing.edge_styles import Looks
from nodegraph.canvas.items import edge_picture
from nodegraph.canvas.pictures import pieces
from nodegraph.canvas.scene.frame_display import FrameDisplay
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from tests.canvas.conftest import Hand
from tests.canvas.pictures.test_kept_pictures import SPECKS, differing, direct_screen, screen_of

MakeHand = Callable[..., Hand]


def test_from_far_away_an_edit_asks_for_the_look_of_no_edge_and_near_again_all_look_right(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = make_hand(graph_of(random_shape(90, seed=3), placed=True))
    hand.view.minimap.set_wanted(False)
    hand.view.legend.set_wanted(False)
    graph, place = hand.scene.graph, hand.view.center()
    hand.view.show_frame(run(graph).frame(12))
    screen_of(hand)
    asked: list[object] = []
    looks_of = FrameDisplay.edge_looks

    def looks(self: FrameDisplay) -> Looks:
        asked.append(self)
        return looks_of(self)

    monkeypatch.setattr(FrameDisplay, "edge_looks", looks)
    hand.view.look_at(place, 0.15)
    node = graph.nodes()[-1]
    for change in (
        edits.move(graph, {node.id: ((node.x or 0.0) + 80, node.y or 0.0)}),
        edits.remove(graph, [], [next(graph.edges()).key]),
        edits.remove(graph, [graph.nodes()[4].id]),
    ):
        hand.apply(change)
        hand.view.show_frame(run(graph).frame(30))
        QApplication.processEvents()
        shown = screen_of(hand)
        assert not asked, change.name
        assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS
        asked.clear()
    hand.view.look_at(place, 0.8)
    QApplication.processEvents()
    assert not hand.scene.edge_layer.picture._loose  # all are drawn as they look, not painted over others
    shown = screen_of(hand)
    assert asked
    assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS


def test_in_the_turn_in_which_edges_begin_to_be_mended_none_is_drawn(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = make_hand(graph_of(random_shape(90, seed=3), placed=True))
    hand.view.minimap.set_wanted(False)
    hand.view.legend.set_wanted(False)
    monkeypatch.setattr(pieces, "MOST_AT_A_TIME", 20)
    monkeypatch.setattr(edge_picture, "MOST_MENDED", 20)
    hand.view.set_zoom(0.15)
    screen_of(hand)
    drawn: list[int] = []
    whole = edge_picture.EdgePicture._draw_edges

    def draw(self: edge_picture.EdgePicture, painter: QPainter, numbers: Any, *rest: Any) -> None:
        drawn.append(len(numbers))
        whole(self, painter, numbers, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(edge_picture.EdgePicture, "_draw_edges", draw)
        hand.apply(edits.remove(hand.scene.graph, [hand.scene.graph.nodes()[4].id]))
        hand.view.viewport().repaint()
        assert hand.scene.edge_layer.picture.waits
        assert sum(drawn) == 0
        shown = screen_of(hand)
        assert 0 < max(drawn) <= 20
    assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS


def test_from_far_away_edges_are_drawn_once_where_long_ones_have_moved(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = make_hand(graph_of(random_shape(1_200, seed=3), placed=True))
    hand.view.minimap.set_wanted(False)
    hand.view.legend.set_wanted(False)
    hand.view.fit()
    assert hand.view.sight.zoom < edge_picture.FAR_SCALE
    screen_of(hand)
    drawn: list[int] = []
    far = edge_picture.EdgeLines.draw_far

    def draw(self: edge_picture.EdgeLines, painter: QPainter, numbers: Any) -> None:
        drawn.append(len(numbers))
        far(self, painter, numbers)

    node = hand.scene.graph.nodes()[500]
    with monkeypatch.context() as patch:
        patch.setattr(edge_picture.EdgeLines, "draw_far", draw)
        hand.apply(edits.move(hand.scene.graph, {node.id: ((node.x or 0.0) + 80, node.y or 0.0)}))
        hand.view.viewport().repaint()
    assert 0 < sum(drawn) <= hand.scene.graph.edge_count
    assert differing(screen_of(hand), direct_screen(hand, monkeypatch)) <= SPECKS


def test_edges_of_any_length_wait_for_no_empty_turns(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = make_hand(graph_of(random_shape(90, seed=3), placed=True)).scene.edge_layer.picture
    monkeypatch.setattr(pieces, "MOST_PX", 0.001)
    picture._waiting.begin(np.arange(7), picture.layer.boxes, 0.15)
    assert [len(some) for some in picture._waiting.left] == [1] * 7
    picture.forget()
