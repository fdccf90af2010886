"""The picture of the edges asks how an edge looks only where that shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing import edge_styles
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
    whole = edge_styles.of_edges

    def looks(*those: Any) -> edge_styles.Looks:
        asked.append(those)
        return whole(*those)

    monkeypatch.setattr(edge_styles, "of_edges", looks)
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
