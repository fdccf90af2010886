"""Edges of every kind, with and without arrowheads, on the canvas and in pictures."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas import picture
from nodegraph.canvas.drawing import arrowheads, curves, geometry
from nodegraph.canvas.drawing.edge_kinds import KINDS, EdgeStyle
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.picture import PictureOptions
from nodegraph.canvas.picture_record import picture_of
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import bends, edits
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.legibility import legibility_of
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.layout.shapes import EdgeKind


@pytest.fixture
def graph() -> Graph:
    """A graph with an edge that skips a layer, placed."""
    made = parse("e = a*b; d = e + c; g = tanh(d); L = g*e + f", a=2, b=3, c=-10, f=5)
    made.apply(place_missing(made))
    return made


def scene_with(graph: Graph, kind: EdgeKind, arrowheads: bool = False) -> GraphScene:
    scene = GraphScene(graph, LIGHT)
    scene.placement.set_style(EdgeStyle(kind, arrowheads))
    scene.set_frame(run(graph).last_frame)
    return scene


def is_angular(points: np.ndarray) -> bool:
    """Whether a line has long pieces in few directions only."""
    ways = {round(math.atan2(*way), 2) for way in np.diff(points, axis=0) if np.hypot(*way) > 4}
    return len(ways) <= 6


@pytest.mark.parametrize("kind", KINDS)
def test_edges_of_every_kind_go_around_cards(qapp: object, graph: Graph, kind: EdgeKind) -> None:
    found = picture_of(graph, run(graph).last_frame, edges=EdgeStyle(kind, True))
    counts = legibility_of(found)
    assert (counts.edges_beneath_cards, counts.labels_on_cards, counts.labels_on_edges) == (0, 0, 0)
    assert all(is_angular(edge.points) for edge in found.edges) == (kind != "curved")


@pytest.mark.parametrize("kind", ["straight", "right-angled"])
def test_edges_of_every_kind_follow_a_card_that_is_moved(qapp: object, graph: Graph, kind: EdgeKind) -> None:
    scene = scene_with(graph, kind)
    change = edits.move(graph, {"d": (graph.node("e").x + 320.0, graph.node("e").y - 30.0)})
    graph.apply(change)
    scene.apply(change)
    fresh = scene_with(graph, kind)
    for key in scene.edge_layer.rows.keys:
        assert scene.edge_layer.pieces(key) == pytest.approx(fresh.edge_layer.pieces(key))
        card = scene.items_by_id["d"].card
        edge = graph.edge(key)
        if edge is not None and "d" not in (edge.source, edge.target):
            assert not any(card.contains(QPointF(x, y)) for x, y in scene.edge_layer.curve(key))


@pytest.mark.parametrize("kind", KINDS)
def test_edges_of_every_kind_lead_through_bends(qapp: object, graph: Graph, kind: EdgeKind) -> None:
    edge = graph.edge(("L", 0)) or next(graph.edges())
    points = ((300.0, -150.0), (500.0, -180.0))
    graph.apply(bends.bend(graph, edge.key, points))
    scene = scene_with(graph, kind)
    curve = scene.edge_layer.curve(edge.key)[None]
    assert [float(geometry.distances_to(curve, *point)[0]) for point in points] == pytest.approx(
        [0, 0], abs=0.6
    )
    for one, other in pairwise(scene.edge_layer.pieces(edge.key)):
        assert one[3] == pytest.approx(other[0])
    assert scene.placement.routes.leg_at(edge.key, QPointF(400, -165))[0] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_arrowhead_ends_at_the_port_and_no_label_covers_it(
    qapp: object, graph: Graph, kind: EdgeKind
) -> None:
    scene = scene_with(graph, kind, arrowheads=True)
    labels = [
        QRectF(*label.rect) for label in picture_of(graph, scene.frame, edges=EdgeStyle(kind, True)).labels
    ]
    assert labels
    for key in scene.edge_layer.rows.keys:
        head, port = scene.edge_layer.arrowhead(key), scene.input_place(*key)
        tip = head[0]
        assert geometry.PORT_RADIUS <= math.dist(tip.toTuple(), port.toTuple()) <= geometry.PORT_RADIUS + 2
        assert not any(head.boundingRect().intersects(label) for label in labels)
        end = scene.edge_layer.path(key).currentPosition()
        assert (end - (head[1] + head[2]) / 2).manhattanLength() < 3  # the line ends in it, with no gap


def test_pictures_have_arrowheads_and_the_canvas_has_none_where_nobody_has_chosen(
    qapp: object, graph: Graph
) -> None:
    frame = run(graph).last_frame
    assert PictureOptions().edges.arrowheads
    assert not GraphScene(graph, LIGHT).edge_layer.style.arrowheads
    with_heads = picture.render(graph, frame, PictureOptions(scale=1))
    without = picture.render(graph, frame, PictureOptions(scale=1, edges=EdgeStyle()))
    assert with_heads != without


def test_switching_kinds_forth_and_back_leaves_the_canvas_as_it_was(qapp: object, graph: Graph) -> None:
    scene = scene_with(graph, "curved")
    before = {key: scene.edge_layer.pieces(key).copy() for key in scene.edge_layer.rows.keys}
    scene.placement.set_style(EdgeStyle("right-angled", True))
    scene.placement.set_style(EdgeStyle())
    for key, pieces in before.items():
        assert scene.edge_layer.pieces(key) == pytest.approx(pieces)


def test_a_vast_graph_keeps_curved_edges(qapp: object, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nodegraph.core.layout.routes.MOST_PAIRS", 1)
    scene = scene_with(graph, "right-angled", arrowheads=True)
    assert all(len(scene.edge_layer.pieces(key)) == 1 for key in scene.edge_layer.rows.keys)


@pytest.mark.parametrize("kind", KINDS)
def test_an_edge_that_is_being_drawn_is_of_the_same_kind(qapp: object, graph: Graph, kind: EdgeKind) -> None:
    scene = scene_with(graph, kind)
    scene.draft.draw([(QPointF(0, 0), QPointF(300, 90))], refused=False)
    path = scene.draft._path(QPointF(0, 0), QPointF(300, 90))
    lines = [path.elementAt(number) for number in range(path.elementCount())]
    assert (lines[1].y == 0) == (kind != "straight")
    assert (lines[-1].x, lines[-1].y) == (300, 90)


@pytest.mark.parametrize("end", [(200, 0), (200, 60), (4, 300), (-20, 300), (0, -300)])
def test_a_line_ends_at_the_foot_of_its_arrowhead_however_steeply_it_climbs(end: tuple[float, float]) -> None:
    """A line to a collapsed group that lies straight above ended 18 units before its arrowhead."""
    pieces = curves.direct(np.array([[0.0, 0.0, *end]]), Direction.RIGHT)
    _tip, *feet = arrowheads.at_end(pieces).toList()
    foot = (feet[0] + feet[1]) / 2
    line = arrowheads.line_before(pieces)
    assert np.hypot(line[-1, 3, 0] - foot.x(), line[-1, 3, 1] - foot.y()) <= arrowheads.HALF + 1
    assert np.allclose(line[1:, 0], line[:-1, 3])
    assert np.allclose(line[0, 0], (0.0, 0.0))


@pytest.mark.parametrize("rise", [143.5, -143.5, 90.0])
def test_a_line_makes_no_bow_before_its_arrowhead(rise: float) -> None:
    """A line that fell steeply swung back and forth to stand on an arrowhead which lay level."""
    pieces = geometry.direct(np.array([[0.0, 0.0, 94.3, rise]]))
    head = np.array([corner.toTuple() for corner in arrowheads.at_end(pieces).toList()])
    line = geometry.sampled(arrowheads.line_before(pieces), 200)
    points = np.concatenate([line, head[:1]])[100:]
    way = np.unwrap(np.arctan2(*np.diff(points, axis=0).T[::-1]))
    assert np.abs(np.diff(way)).sum() < abs(way[-1] - way[0]) + 0.2
