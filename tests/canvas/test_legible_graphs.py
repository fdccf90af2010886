"""Graphs of real work can be read: no edge beneath a card, no label on anything else, few crossings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing import card_head, geometry
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items import badges
from nodegraph.canvas.picture_record import picture_of
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.engine.moments import frame_at
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.edge_words import Form, text_of
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import set_direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.layout.legibility import Picture, legibility_of
from nodegraph.core.layout.placement import place

pytestmark = pytest.mark.usefixtures("qapp")

FOLDER = Path(__file__).parent.parent / "graphs"
MOST_CROSSINGS = {
    "adam-step": 3,
    "attention-3": 2,
    "batch-norm": 10,
    "black-scholes": 6,
    "gru-cell": 2,
    "horner-8": 0,
    "kepler": 13,
    "lens-maker": 6,
    "logistic-6": 1,
    "lstm-cell": 4,
    "network-232": 5,
    "rk4-step": 15,
    "softmax-ce-4": 7,
    "two-neurons": 1,
    "vae-loss": 2,
}
"""Of edges after the backward pass; Graphviz dot makes 222 in all with the same ports, 80 without any."""
MORE_DOWN = {"batch-norm": 1, "gru-cell": 2, "lens-maker": 2}
"""How many more cross from top to bottom; dot makes 90 in all so, without any ports."""
BOTH = pytest.mark.parametrize("direction", list(Direction), ids=lambda direction: direction.value)


def graph_of(name: str) -> Graph:
    """A graph of real work."""
    text, values = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n")
    words = (word.split("=") for word in values.split())
    return parse(text, **{name: float(value) for name, value in words})


def drawn(graph: Graph, direction: Direction) -> Picture:
    """The picture of a graph after its backward pass."""
    graph.apply(set_direction(graph, direction))
    return picture_of(graph, frame_at(run(graph)))


@BOTH
@pytest.mark.parametrize("name", MOST_CROSSINGS)
def test_a_graph_of_real_work_can_be_read(name: str, direction: Direction) -> None:
    picture = drawn(graph_of(name), direction)
    found = legibility_of(picture)
    assert found.edges_beneath_cards == 0
    assert (found.labels_on_cards, found.labels_on_labels, found.hidden_edges) == (0, 0, 0)
    assert 20 * found.labels_on_edges <= found.labels
    assert found.labels >= 0.8 * len(picture.edges)
    more = MORE_DOWN.get(name, 0) if direction is Direction.DOWN else 0
    assert found.crossings <= MOST_CROSSINGS[name] + more


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "e = a*b; d = e + c; L = d*f",
        "z = x*(x + y) + y*y",
        "f = log(x1) + x1*x2 - sin(x2)",
        "num = x + sigmoid(y); den = sigmoid(x) + (x + y)**2; f = num * (1/den)",
        "n = x1*w1 + x2*w2 + b; e = exp(2*n); o = (e - 1)/(e + 1)",
        "f = x**3 + 2*x**2 - 3*x + 1",
    ],
)
def test_long_edges_pass_beside_the_cards(text: str, direction: Direction) -> None:
    found = legibility_of(drawn(parse(text), direction))
    assert (found.edges_beneath_cards, found.labels_on_cards, found.labels_on_labels) == (0, 0, 0)


@pytest.mark.parametrize("zoom", [0.74, 0.6, 0.5])
@pytest.mark.parametrize("name", ["two-neurons", "softmax-ce-4", "attention-3"])
def test_labels_can_be_read_from_further_away_and_still_cover_nothing(name: str, zoom: float) -> None:
    graph = graph_of(name)
    picture = picture_of(graph, frame_at(run(graph)), zoom)
    found = legibility_of(picture)
    assert found.labels > len(picture.edges) / 2
    assert (found.labels_on_cards, found.labels_on_labels, found.labels_on_edges) == (0, 0, 0)
    heights = {
        round(label.rect[3] * geometry.CHIP[0] / geometry.CHIP_HEIGHT * zoom, 6) for label in picture.labels
    }
    assert min(heights) >= card_head.SMALLEST_PX


@pytest.mark.parametrize("zoom", [0.45, 0.36, 0.26, 0.21])
def test_what_a_step_carries_can_be_read_from_far_away_too(zoom: float) -> None:
    graph = graph_of("lstm-cell")
    made = run(graph)
    for position in (len(made.steps), len(made.steps) - 3):
        picture = picture_of(graph, frame_at(made, step=position - 1), zoom, highlight=True)
        (label,) = picture.labels
        assert label.text.count("×") == 1
        assert label.rect[3] * geometry.CHIP[0] / geometry.CHIP_HEIGHT * zoom >= card_head.SMALLEST_PX - 0.01
    assert picture_of(graph, frame_at(made), zoom).labels == []


def test_a_value_is_at_its_edge_after_its_product_was_shown_from_far_away() -> None:
    graph = graph_of("logistic-6")
    graph.apply(place(graph))
    scene = GraphScene(graph, LIGHT)
    scene.showing.chips.see_at(0.36)
    trace = run(graph)
    (key,) = (edge.key for edge in graph.edges() if graph.node(edge.source).name == "x1")

    def place_of(frame: Frame) -> QRectF:
        text = text_of(frame, key, Form())
        assert text is not None
        return scene.showing.chips.rect(frame, key, text, in_full=True)

    forward = next(trace.frame(n) for n in range(len(trace.steps)) if key in trace.frame(n).active_edges)
    before = place_of(forward)
    assert place_of(trace.last_frame).width() > 2 * before.width()
    assert place_of(forward) == before


def test_a_shortened_number_shows_the_whole_product_while_its_edge_is_looked_at() -> None:
    graph = graph_of("lstm-cell")
    graph.apply(place(graph))
    scene = GraphScene(graph, LIGHT)
    trace = run(graph)
    scene.set_frame(trace.last_frame)
    scene.clear_highlight()

    def said(key: EdgeKey) -> str:
        chip = scene.showing.chip(key)
        assert chip is not None
        assert (
            scene.edge_layer.reach([key])
            .adjusted(-120, -40, 120, 40)
            .contains(scene.showing.chip_rect(key, chip[0]))
        )
        return chip[0]

    chips = {edge.key: scene.showing.chip(edge.key) for edge in graph.edges()}
    key = next(key for key, chip in chips.items() if chip is not None and "×" not in chip[0])
    its_step = next(f for f in map(trace.frame, range(len(trace.steps), 0, -1)) if key in f.active_edges)
    short = said(key)
    for look, leave in (
        (lambda: scene.showing.hover(key), lambda: scene.showing.hover(None)),
        (lambda: scene.select(edges=[key]), lambda: scene.select()),
        (lambda: scene.set_frame(its_step), scene.clear_highlight),
    ):
        look()
        assert "×" in said(key)
        leave()
        assert said(key) == short


@pytest.mark.parametrize("zoom", [1.0, 0.6])
@pytest.mark.parametrize("name", ["seed", "horner-8", "softmax-ce-4"])
def test_a_product_longer_than_its_edge_lies_beside_cards_and_not_on_their_numbers(
    name: str, zoom: float
) -> None:
    long = {"a": -913361.0, "b": 913300.0, "c": -337.93, "f": 916564.0}
    graph = parse("L = (a*b + c)*f", **long) if name == "seed" else graph_of(name)
    graph.apply(place(graph))
    scene, frame = GraphScene(graph, LIGHT), run(graph).last_frame
    chips = scene.showing.chips
    chips.see_at(zoom)
    scene.set_frame(frame)
    scene.clear_highlight()
    for edge in graph.edges():
        text = chips.text(frame, edge.key, in_full=True)
        if text is not None:
            there = chips.rect(frame, edge.key, text, in_full=True)
            covered = [there & item.card for item in scene.items_by_id.values()]
            assert max(min(rect.width(), rect.height()) for rect in covered) < 8


@BOTH
@pytest.mark.parametrize("name", ["logistic-6", "lstm-cell", "two-neurons", "network"])
def test_a_picture_cuts_off_no_label(name: str, direction: Direction) -> None:
    if name == "network":
        graph = Graph()
        graph.apply(set_direction(graph, direction))
        graph.apply(mlp(graph, (2, 4, 1)))
    else:
        graph = graph_of(name)
        graph.apply(set_direction(graph, direction))
        graph.apply(place(graph))
    scene = GraphScene(graph, LIGHT)
    scene.set_frame(run(graph).last_frame)
    scene.clear_highlight()
    area = scene.drawn_rect().adjusted(-24, -24, 24, 24)
    for key in scene.chip_layer.chipped(area, 1.0):
        for _, rect in scene.chip_layer.worded_labels(key):
            assert area.contains(rect)
    for item in scene.items_by_id.values():
        for _, rect in badges.placed_round(badges.patch_of(scene, item.node.id), item.shape_of_card):
            assert not item.isVisible() or area.contains(item.mapRectToScene(rect))
