"""Cards seen from far away: which of them stand out, whatever is selected and taken away."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node


def chosen(scene: GraphScene) -> set[str]:
    """The cards that are drawn as selected."""
    keys = scene.far_layer.rows.keys
    return {key for key, is_chosen in zip(keys, scene.far_layer._chosen_rows(), strict=True) if is_chosen}


@pytest.fixture
def scene(qtbot: QtBot) -> GraphScene:
    scene = GraphScene(graph_of(random_shape(30, 1), placed=True), LIGHT)
    scene.set_frame(run(scene.graph).last_frame)
    scene.set_far(True)
    return scene


def test_what_is_selected_stands_out_and_nothing_else(scene: GraphScene) -> None:
    ids = [node.id for node in scene.graph.nodes()]
    for some in (ids, ids[3:5], [], ids[:1]):
        scene.select(some)
        assert chosen(scene) == set(some)


def test_selecting_everything_marks_every_edge(scene: GraphScene) -> None:
    scene.select(scene.graph.node_ids, scene.edge_layer.rows.number)
    assert set(scene.selected_edges()) == {edge.key for edge in scene.graph.edges()}
    assert len(set(scene.showing.edge_looks().tolist())) == 1
    gone = scene.selected_edges()[0]
    change = edits.disconnect(scene.graph, [gone])
    scene.graph.apply(change)
    scene.apply(change)
    assert gone not in scene.selected_edges()


def test_the_selection_stays_with_its_cards_where_others_are_deleted(scene: GraphScene) -> None:
    ids = [node.id for node in scene.graph.nodes()]
    scene.select(ids[-3:])
    assert chosen(scene) == set(ids[-3:])
    change = edits.remove(scene.graph, ids[:2])
    scene.graph.apply(change)
    scene.apply(change)
    assert chosen(scene) == set(ids[-3:])


@pytest.mark.parametrize("zoom", [0.15, 0.02])
def test_the_cards_of_the_step_are_ringed_however_small(qtbot: QtBot, scene: GraphScene, zoom: float) -> None:
    view = CanvasView(scene)
    qtbot.addWidget(view)
    view.set_zoom(zoom)

    def around(node_id: str) -> QImage:
        card = view.mapFromScene(scene.items_by_id[node_id].card).boundingRect()
        return view.viewport().grab(card.adjusted(-8, -8, 8, 8)).toImage()

    trace = run(scene.graph)
    for position in (trace.forward_steps + 2, trace.step_count):
        scene.set_frame(trace.frame(position))
        active = scene.active_nodes
        view.centerOn(scene.items_by_id[min(active)])
        ringed = {node_id: around(node_id) for node_id in active}
        scene.clear_highlight()
        assert active
        assert all(around(node_id) != ringed[node_id] for node_id in active)


@pytest.mark.parametrize("far", [False, True])
def test_a_free_place_is_the_first_below_where_no_card_lies(scene: GraphScene, far: bool) -> None:
    scene.set_far(far)
    chance, around, tried = random.Random(1), scene.graph_rect(), 0
    for _ in range(100):
        card = QRectF(chance.uniform(-200, around.right()), chance.uniform(-200, around.bottom()), 140, 70)
        found, first = hit_test.free_place(scene, card, 24), QRectF(card)
        while not hit_test.is_free(scene, first.adjusted(-6, -6, 6, 6)):
            first.translate(0, 94)
            tried += 1
        assert first.topLeft() == found
    assert tried


@pytest.mark.parametrize("far", [False, True])
def test_cards_in_the_way_of_a_free_place_are_not_looked_at_one_by_one(
    scene: GraphScene, far: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = [Node(f"n{n}", "input", f"n{n}", 1.0, x=0.0, y=116.0 * n, rank=n) for n in range(60)]
    scene.set_graph(Graph.of(nodes))
    scene.set_far(far)
    looked: list[QRectF] = []
    is_free = hit_test.is_free
    monkeypatch.setattr(
        hit_test, "is_free", lambda board, rect, among: looked.append(rect) or is_free(board, rect, among)
    )
    place = hit_test.free_place(scene, QRectF(0, 0, 144, 84), 32)
    assert place in (QPointF(0, 60 * 116), QPointF(0, 61 * 116))  # near, the last card's badges have room
    assert len(looked) <= 2
