"""What a step carries stays in sight, whichever edge it is, and leaves its nodes to be read."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import place_missing
from tests.canvas.test_legible_graphs import graph_of


def fitted(qtbot: QtBot, graph: Graph) -> CanvasView:
    """A laptop's canvas with this graph at Fit."""
    graph.apply(place_missing(graph, node_size))
    view = CanvasView(GraphScene(graph, LIGHT))
    qtbot.addWidget(view)
    view.resize(1326, 508)
    view.show()
    view.fit()
    return view


@pytest.mark.parametrize("name", ["logistic-6", "lstm-cell", "black-scholes", "softmax-ce-4"])
def test_a_chip_of_a_step_is_never_cut_by_the_border_of_the_view(qtbot: QtBot, name: str) -> None:
    graph = graph_of(name)
    view, trace = fitted(qtbot, graph), run(graph)
    scene = view.graph_scene
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(scene.graph_rect())
    told = 0
    for position in range(len(trace.steps), 0, -1):
        view.show_frame(trace.frame(position))
        for key in scene.showing.active_edges:
            chip = scene.showing.chip(key)
            if chip is not None:
                told += 1
                assert seen.contains(scene.showing.chip_rect(key, chip[0])), (position, key)
    assert told > len(trace.steps) / 3


def test_a_chip_at_the_upper_border_does_not_cover_the_cards_of_its_step(qtbot: QtBot) -> None:
    graph = graph_of("logistic-6")
    view, trace = fitted(qtbot, graph), run(graph)
    scene = view.graph_scene
    view.show_frame(trace.last_frame)
    (key,) = scene.showing.active_edges
    edge = graph.edge(key)
    assert edge is not None
    assert graph.node(edge.source).name == "x1"
    chip = scene.showing.chip(key)
    assert chip is not None
    rect = scene.showing.chip_rect(key, chip[0])
    assert not any(item.card.intersects(rect) for item in scene.items_by_id.values())
