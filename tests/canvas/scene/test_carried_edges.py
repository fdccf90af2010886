"""Edges go along with cards that are on their way, and which they are is found once."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene.edge_placement import EdgePlacement
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.changes import Change

MOVED = 4


def busiest(scene: GraphScene) -> list[str]:
    """Nodes with the most edges, and one at the end of an edge of theirs."""
    graph = scene.graph
    nodes = sorted(graph.nodes(), key=lambda node: -len(list(graph.edges_from(node.id))))[: MOVED - 1]
    target = next(iter(graph.edges_from(nodes[0].id))).target
    return list(dict.fromkeys([*(node.id for node in nodes), target]))


def go(scene: GraphScene, node_ids: list[str], step: int) -> None:
    for number, node_id in enumerate(node_ids):
        card = scene.items_by_id[node_id]
        card.setPos(card.pos() + QPointF(8.0 * step, 5.0 * number))
    scene.placement.follow(node_ids, is_passing=True)


def assert_cards_and_ends_are_followed(scene: GraphScene) -> None:
    assert all(map(scene.placement.is_there, scene.far_layer.rows.keys))
    for number, key in enumerate(scene.edge_layer.rows.keys):
        edge = scene.graph.edge(key)
        assert edge is not None
        places = scene.output_place(edge.source), scene.input_place(edge.target, edge.port)
        wanted = [side for place in places for side in place.toTuple()]
        assert scene.edge_layer.rows.values[number] == pytest.approx(wanted), key
        ends = scene.edge_layer.curve(key)[[0, -1]].ravel()
        assert ends == pytest.approx(wanted), key


@pytest.fixture
def scene(qapp: object) -> GraphScene:
    return GraphScene(graph_of(random_shape(60, seed=3), placed=True), LIGHT)


def test_edges_are_looked_for_in_the_graph_once_while_the_same_cards_go_on(
    scene: GraphScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    edges_at = EdgePlacement._edges_at
    monkeypatch.setattr(
        EdgePlacement, "_edges_at", lambda self, ids: asked.append(ids) or edges_at(self, ids)
    )
    nodes = busiest(scene)
    for step in range(1, 5):
        go(scene, nodes, step)
        assert_cards_and_ends_are_followed(scene)
    assert len(asked) == 1
    go(scene, nodes[1:], 1)
    assert len(asked) == 2
    assert_cards_and_ends_are_followed(scene)


def test_cards_that_lie_and_edges_that_end_elsewhere_meanwhile_are_seen(scene: GraphScene) -> None:
    graph, nodes = scene.graph, busiest(scene)

    def apply(change: Change) -> None:
        graph.apply(change)
        scene.apply(change)

    first = next(iter(graph.edges_from(nodes[0]))).key
    other = next(node.id for node in graph.nodes() if node.id not in nodes)
    changes = (
        lambda: edits.move(graph, {other: (1000.0, 600.0)}),
        lambda: edits.disconnect(graph, [first]),
        lambda: edits.rename(graph, nodes[1], "a name that makes its card much wider"),
        lambda: edits.move(graph, {nodes[0]: (300.0, 200.0)}),
        lambda: grouping.group(graph, nodes[:2], "Some"),
    )
    go(scene, nodes, 1)
    for change in changes:
        apply(change())
        for step in (2, -1):
            go(scene, nodes, step)
        assert_cards_and_ends_are_followed(scene)


def test_edges_at_a_collapsed_group_go_along_with_it(scene: GraphScene) -> None:
    nodes = busiest(scene)
    scene.graph.apply(change := grouping.group(scene.graph, nodes[:2], "Some"))
    scene.apply(change)
    (group,) = scene.graph.groups()
    scene.graph.apply(change := grouping.set_collapsed(scene.graph, [group.id], collapsed=True))
    scene.apply(change)
    for step in range(1, 4):
        go(scene, nodes, step)
        assert_cards_and_ends_are_followed(scene)
    assert len(np.unique(scene.edge_layer.rows.values, axis=0)) > 1
