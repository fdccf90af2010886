"""Very many cards that go at once: where they come to lie may be found before that is shown."""

from __future__ import annotations

import pytest

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene import edge_placement
from nodegraph.canvas.scene.card_builder import Ground
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def graph() -> Graph:
    return graph_of(random_shape(700, seed=3), placed=True)


@pytest.fixture
def scene(graph: Graph) -> GraphScene:
    return GraphScene(graph, LIGHT)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many nodes it was found where they lie, each time."""
    counts: list[int] = []
    find = Ground.shift

    def noted(ground: Ground, nodes: list[object]) -> object:
        counts.append(len(nodes))
        return find(ground, nodes)

    monkeypatch.setattr(Ground, "shift", noted)
    return counts


def everything(graph: Graph, x: float, y: float, without: int = 0) -> Change:
    """The change that moves all nodes, but for so many, by a way."""
    return edits.move(graph, {node.id: (node.x + x, node.y + y) for node in graph.nodes()[without:]})


def foresee(scene: GraphScene, change: Change) -> None:
    find = scene.placement.foreseeing(change)
    assert find is not None
    find()


def apply(scene: GraphScene, change: Change) -> None:
    scene.graph.apply(change)
    scene.apply(change)


def lies(scene: GraphScene) -> object:
    """Where cards are, and edges with the points along them, to a billionth."""
    cards, layer = scene.far_layer.rows, scene.edge_layer
    edges = zip(layer.points.round(9).tolist(), layer.boxes.round(9).tolist(), strict=True)
    return (
        dict(zip(cards.keys, cards.values.round(9).tolist(), strict=True)),
        dict(zip(layer.rows.keys, edges, strict=True)),
        scene.far_layer.extent.toRect(),
        layer.extent.toRect(),
    )


@pytest.mark.parametrize("without", [0, 150])
def test_what_is_foreseen_of_a_move_is_what_is_shown(graph: Graph, found: list[int], without: int) -> None:
    foreseen, at_once = (GraphScene(graph, LIGHT) for _ in range(2))
    change = everything(graph, 24.0, -8.0, without)
    for step in (change, change.inverse()):
        foresee(foreseen, step)
        assert foreseen.placement.foreseeing(step) is None
        graph.apply(step)
        foreseen.apply(step)
        at_once.apply(step)
        assert lies(foreseen) == lies(at_once)
    assert found == [700 - without] * 4  # twice foreseen, and twice found when it was shown


def test_another_change_than_the_foreseen_one_is_shown_as_it_is(scene: GraphScene, found: list[int]) -> None:
    foresee(scene, everything(scene.graph, 24.0, -8.0))
    apply(scene, everything(scene.graph, 0.0, 16.0))
    assert lies(scene) == lies(GraphScene(scene.graph, LIGHT))
    assert len(found) == 2


def test_what_was_foreseen_counts_no_more_once_edges_lie_elsewhere(
    scene: GraphScene, found: list[int]
) -> None:
    graph, change = scene.graph, everything(scene.graph, 24.0, -8.0, without=1)
    foresee(scene, change)
    first = graph.nodes()[0]
    apply(scene, edits.move(graph, {first.id: (first.x - 96.0, first.y)}))
    assert scene.placement.foreseeing(change) is not None
    apply(scene, change)
    assert lies(scene) == lies(GraphScene(graph, LIGHT))
    assert len(found) == 2


def test_few_cards_are_asked_one_by_one(scene: GraphScene) -> None:
    few = scene.graph.nodes()[: edge_placement.MANY]
    change = edits.move(scene.graph, {node.id: (node.x + 8.0, node.y) for node in few})
    assert scene.placement.foreseeing(change) is None
