"""Edges drawn by keys: only what is legal is offered, and the arrows go from one to the next."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.gestures.key_connect import KeyConnect
from nodegraph.canvas.items.ports import PortHit
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import placement

RIGHT, LEFT, DOWN, UP = QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)


@pytest.fixture
def view(qtbot: QtBot, seed_graph: Graph) -> CanvasView:
    """A canvas with the seed example laid out."""
    seed_graph.apply(placement.place_missing(seed_graph))
    made = CanvasView(GraphScene(seed_graph, LIGHT))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def begun(view: CanvasView, node_id: str, port: int | None = None) -> KeyConnect:
    """A gesture from a node's output, or to one of its inputs."""
    gesture = KeyConnect(view, PortHit(node_id, port))
    view.begin(gesture)
    return gesture


def aims(gesture: KeyConnect) -> set[tuple[str, int]]:
    """The ports it may end at."""
    return {(target, port) for _, target, port in gesture.aims}


def test_only_legal_ports_are_offered(view: CanvasView) -> None:
    assert aims(begun(view, "e")) == {("d", 1), ("d", 2), ("L", 0), ("L", 1), ("L", 2)}
    assert aims(begun(view, "L")) == set()


def test_an_edge_to_an_input_is_offered_every_source_that_makes_no_cycle(view: CanvasView) -> None:
    gesture = begun(view, "d", 0)
    assert {source for source, _, _ in gesture.aims} == {"a", "b", "c", "f"}


def test_a_free_port_comes_first(view: CanvasView) -> None:
    gesture = begun(view, "a")
    assert gesture.aim == ("a", "e", 2)
    assert gesture.sentence() == "Connect a to e, input 3"


def test_a_port_that_waits_comes_before_one_that_a_node_may_have_besides(view: CanvasView) -> None:
    graph = view.graph_scene.graph
    change = edits.disconnect(graph, [("L", 1)])
    graph.apply(change)
    view.graph_scene.apply(change)
    assert begun(view, "f").aim == ("f", "L", 1)


def test_the_arrows_go_to_the_next_port_that_way(view: CanvasView) -> None:
    gesture = begun(view, "a")
    gesture.go(RIGHT)
    assert gesture.aim is not None
    assert gesture.aim[1] == "d"
    gesture.go(LEFT)
    assert gesture.aim[1] == "e"
    before = gesture.aim
    gesture.go(LEFT)
    assert gesture.aim == before


def test_an_occupied_port_says_what_it_would_replace(view: CanvasView) -> None:
    gesture = begun(view, "a")
    for _ in range(2):
        gesture.go(UP)
    assert gesture.sentence() == "Connect a to e, input 2, in place of b"


def test_the_draft_is_drawn_and_taken_away(view: CanvasView) -> None:
    gesture = begun(view, "a")
    assert view.graph_scene.draft.isVisible()
    view.cancel_gesture()
    assert not view.graph_scene.draft.isVisible()
    assert gesture.aim is not None
    assert view.graph_scene.items_by_id["e"].aimed_port is None


def test_taking_it_asks_for_the_edge(view: CanvasView, qtbot: QtBot) -> None:
    gesture = begun(view, "a")
    asked: list[Any] = []
    view.intents.connect_requested.connect(lambda *edge: asked.append(edge))
    gesture.take()
    assert asked == [("a", "e", 2)]
