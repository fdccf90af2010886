"""Edges led by hand: all that asks where an edge runs is told of the bent curve."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from PySide6.QtCore import QLineF, QPointF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.picture_record import picture_of
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import bends, edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Point
from nodegraph.core.layout import legibility

KEY: EdgeKey = ("L", 0)
ABOVE: tuple[Point, ...] = ((300.0, -200.0), (700.0, -200.0))


@pytest.fixture
def graph() -> Graph:
    """e feeds L, far to the right, with m between them below; the edge is led high above."""
    graph = parse("e = a*b; m = a + c; L = e + m")
    places = {"a": (-300, 0), "b": (-300, 120), "c": (-300, 240), "e": (0, 0), "m": (400, 200), "L": (900, 0)}
    graph.apply(edits.move(graph, places))
    graph.apply(bends.bend(graph, KEY, ABOVE))
    return graph


def distance(scene: GraphScene, point: Point, key: EdgeKey = KEY) -> float:
    return float(geometry.distances_to(scene.edge_layer.curve(key)[None], *point)[0])


def test_the_curve_leads_from_port_to_port_through_every_bend(qapp: object, graph: Graph) -> None:
    scene = GraphScene(graph, LIGHT)
    assert [distance(scene, point) for point in ABOVE] == pytest.approx([0, 0], abs=0.5)
    pieces = scene.edge_layer.pieces(KEY)
    assert QPointF(*pieces[0, 0]) == scene.output_place("e")
    assert QPointF(*pieces[-1, 3]) == scene.input_place(*KEY)
    for one, other in pairwise(pieces):
        before, behind = one[3] - one[2], other[1] - other[0]
        assert math.atan2(*before) == pytest.approx(math.atan2(*behind), abs=1e-6)  # no corner


def test_hits_the_knife_pulses_and_the_extent_follow_it(qapp: object, graph: Graph) -> None:
    scene = GraphScene(graph, LIGHT)
    high = QPointF(500, -200)
    assert distance(scene, (500, -200)) < 1  # bends at one height, with a straight piece between
    assert scene.edge_layer.at(high, 30) == KEY
    assert scene.edge_layer.crossed(QLineF(500, -300, 500, -100)) == [KEY]
    assert scene.drawn_rect().top() < -195
    points = scene.edge_layer.curve(KEY)
    assert geometry.point_on(points, 0.5).y() < -150
    far = scene.edge_layer.far_lines()
    assert far[:, 1].min() < -150


def test_the_record_of_a_picture_has_the_bent_line(qapp: object, graph: Graph) -> None:
    picture = picture_of(graph, run(graph).last_frame)
    (line,) = [edge.points for edge in picture.edges if (edge.source, edge.target) == ("e", "L")]
    assert line[:, 1].min() < -195
    assert legibility.legibility_of(picture).edges_beneath_cards == 0


def test_a_card_between_two_bends_is_gone_around(qapp: object, graph: Graph) -> None:
    graph.apply(edits.move(graph, {"m": (430.0, -240.0)}))
    scene = GraphScene(graph, LIGHT)
    card = scene.items_by_id["m"].card
    curve = scene.edge_layer.curve(KEY)
    assert not any(card.contains(QPointF(x, y)) for x, y in curve)
    assert [distance(scene, point) for point in ABOVE] == pytest.approx([0, 0], abs=2)


def test_a_bend_beneath_a_card_is_still_led_through(qapp: object, graph: Graph) -> None:
    graph.apply(edits.move(graph, {"m": (250.0, -240.0)}))
    scene = GraphScene(graph, LIGHT)
    assert [distance(scene, point) for point in ABOVE] == pytest.approx([0, 0], abs=2)


def test_changes_of_bends_are_shown_and_taken_back(qapp: object, graph: Graph) -> None:
    scene = GraphScene(graph, LIGHT)
    as_made = scene.edge_layer.curve(KEY).copy()
    change = bends.straighten(graph, [KEY])
    for one in (change, change.inverse()):
        graph.apply(one)
        scene.apply(one)
    assert scene.edge_layer.curve(KEY) == pytest.approx(as_made)
    fresh = GraphScene(graph, LIGHT)
    assert fresh.edge_layer.curve(KEY) == pytest.approx(as_made)


def test_where_a_bend_is_put_it_stands_among_the_others(qapp: object, graph: Graph) -> None:
    routes = GraphScene(graph, LIGHT).placement.routes
    assert [routes.leg_at(KEY, QPointF(x, y))[0] for x, y in ((200, -60), (500, -190), (800, -100))] == [
        0,
        1,
        2,
    ]


def test_a_vast_graph_shows_its_bends_too(
    qapp: object, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nodegraph.core.layout.routes.MOST_PAIRS", 1)
    scene = GraphScene(graph, LIGHT)
    assert [distance(scene, point) for point in ABOVE] == pytest.approx([0, 0], abs=2)
