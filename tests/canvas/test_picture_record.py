"""What a scene says it draws is what it draws."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.canvas.picture_record import TOLERANCE, drawn, picture_of
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.moments import frame_at
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import group, set_collapsed
from nodegraph.core.layout.placement import place

pytestmark = pytest.mark.usefixtures("qapp")


def test_every_card_and_edge_is_there_and_edges_run_from_port_to_port(seed_graph: Graph) -> None:
    picture = picture_of(seed_graph, frame_at(run(seed_graph)))
    assert set(picture.cards) == {node.name for node in seed_graph.nodes()}
    assert len(picture.edges) == len(list(seed_graph.edges()))
    for edge in picture.edges:
        left, top, width, height = picture.cards[edge.source]
        assert edge.points[0][0] == pytest.approx(left + width)
        assert top < edge.points[0][1] < top + height
        assert edge.points[-1][0] == pytest.approx(picture.cards[edge.target][0])


def test_labels_say_what_the_chips_say(seed_graph: Graph) -> None:
    texts = {label.edge: label.text for label in picture_of(seed_graph, frame_at(run(seed_graph))).labels}
    assert texts["d", "L", 0].endswith("+5")
    forward = picture_of(seed_graph, frame_at(run(seed_graph), "forward"))
    assert {label.edge: label.text for label in forward.labels}["a", "e", 0] == "2"
    assert picture_of(seed_graph, frame_at(run(seed_graph), "none")).labels == []


def test_from_so_far_away_that_there_is_no_text_there_are_no_labels(seed_graph: Graph) -> None:
    frame = frame_at(run(seed_graph))
    assert len(picture_of(seed_graph, frame, 1.0).labels) == len(list(seed_graph.edges()))
    assert picture_of(seed_graph, frame, 0.1).labels == []


def test_a_line_is_flattened_finely() -> None:
    graph = parse("L = a*b + c")
    graph.apply(place(graph))
    for edge in picture_of(graph, frame_at(run(graph))).edges:
        way = np.diff(edge.points, axis=0)
        turns = np.abs(np.diff(np.arctan2(way[:, 1], way[:, 0])))
        lengths = np.hypot(*way.T)
        assert (turns * np.maximum(lengths[1:], lengths[:-1]) < 16 * TOLERANCE).all()


def test_a_collapsed_group_is_a_card_and_its_nodes_are_not() -> None:
    graph = parse("e = a*b; d = tanh(e); L = d*c")
    graph.apply(group(graph, ["e", "d"]))
    (made,) = graph.groups()
    graph.apply(set_collapsed(graph, [made.id], True))
    picture = picture_of(graph, frame_at(run(graph)))
    assert set(picture.cards) == {"a", "b", "c", "L", made.title}
    assert len(picture.edges) == 4


def test_the_record_is_the_scene_it_is_asked_of(seed_graph: Graph) -> None:
    from nodegraph.canvas.drawing.theme import LIGHT
    from nodegraph.canvas.scene.scene import GraphScene

    seed_graph.apply(place(seed_graph))
    scene = GraphScene(seed_graph, LIGHT)
    assert drawn(scene).size == (scene.drawn_rect().width(), scene.drawn_rect().height())
    scene.items_by_id["a"].setPos(-500, 0)
    scene.placement.follow(["a"])
    assert drawn(scene).cards["a"][0] == -500
