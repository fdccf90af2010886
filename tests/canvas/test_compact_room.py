"""Compact notation: names, sums and badges beside circles cover nothing and are inside the picture."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF

from nodegraph.canvas import picture
from nodegraph.canvas.figure import PictureOptions, figure
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.compact_card import CompactCard
from nodegraph.canvas.items.compact_labels import CompactLabels
from nodegraph.canvas.items.figure_parts import ModePart
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.tikz import tikz
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import group
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.typeset import flat
from nodegraph.formats import files

EXAMPLES = Path(__file__).parents[2] / "resources/examples"

pytestmark = pytest.mark.usefixtures("qapp")

LSTM = (
    "i = sigmoid(wi*x + ui*h + bi); f = sigmoid(wf*x + uf*h + bf); o = sigmoid(wo*x + uo*h + bo);"
    "g = tanh(wg*x + ug*h + bg); c = f*c0 + i*g; hn = o*tanh(c); L = (hn - y)**2"
)
ATTENTION = (
    "s1 = q*k1; s2 = q*k2; s3 = q*k3; e1 = exp(s1); e2 = exp(s2); e3 = exp(s3); Z = e1 + e2 + e3;"
    "y = (e1*v1 + e2*v2 + e3*v3)/Z; L = (y - t)**2"
)


def again(graph: Graph) -> Trace:
    """A backward pass upon the gradients that another one left."""
    first = run(graph)
    return run(graph, left={node.id: first.gradient(node.id) or 0.0 for node in graph.nodes()
                            if node.op == "input"})  # fmt: skip


def drawn(trace: Trace, graph: Graph, options: PictureOptions) -> GraphScene:
    scene = picture.scene_to_draw(graph, trace.last_frame, options)
    for _chip in scene.chip_layer.settle(1.0):
        pass
    return scene


def test_a_sum_stands_on_no_edge_where_there_is_room_beside_its_circle() -> None:
    graph = parse(LSTM, x=0.5, h=0.1, c0=0.2, y=0.6, wi=0.4, wf=0.2, wo=0.6, uo=-0.2, wg=0.9)
    scene = drawn(run(graph), graph, figure(notation="compact"))
    assert isinstance(scene.chip_layer, CompactLabels)
    sums = {name: scene.items_by_id[name].written(scene) for name in ("x", "h")}
    assert all(len(places) == 1 for places in sums.values())
    assert not any(scene.chip_layer._is_crossed(place) for places in sums.values() for place in places)


def test_sums_and_names_of_neighbours_stand_apart_where_edges_lead_down() -> None:
    graph = parse(ATTENTION, q=0.8, k1=0.5, k2=-0.3, k3=1.1, v1=1, v2=2, v3=-1, t=0.5)
    scene = drawn(run(graph), graph, figure(notation="compact", direction="top-to-bottom"))
    written = [place for item in scene.items_by_id.values() for place in item.written(scene)]
    assert not any(one.intersects(other) for one, other in combinations(written, 2))


def badges_of(scene: GraphScene) -> list[QRectF]:
    return [item.mapRectToScene(place) for item in scene.items_by_id.values()
            for _badge, place in item.badges(scene)]  # fmt: skip


def test_badges_and_sums_are_inside_the_picture_and_off_its_numbers() -> None:
    graph = parse("a = q*k; b = q*v; L = a + b", q=0.8, k=0.5, v=-0.3)
    options = figure(notation="compact", margin=2.0)
    scene = drawn(again(graph), graph, options)
    assert isinstance(scene.chip_layer, CompactLabels)
    area, below = picture.area_of(scene, options), badges_of(scene)
    assert len(below) == 3
    assert all(area.contains(place) for place in below)
    assert not any(number.rect.intersects(place) for number in scene.chip_layer.numbers() for place in below)


def test_a_badge_covers_no_circle_below_it() -> None:
    graph = parse("L = a*b + c*d", a=2, b=3, c=4, d=5)
    scene = drawn(again(graph), graph, figure(notation="compact"))
    circles = [item.card for item in scene.items_by_id.values()]
    assert len(badges_of(scene)) == 4
    assert not any(place.intersects(circle) for place in badges_of(scene) for circle in circles)


@pytest.mark.parametrize("example", ["articles/colah-e", "articles/wikipedia-ad", "courses/cs224n-max"])
def test_what_has_arrived_is_told_above_the_circles_below(example: str) -> None:
    graph = files.load(EXAMPLES / f"{example}.nodegraph")
    trace, found = run(graph), 0
    for position in range(trace.step_count + 1):
        scene = picture.scene_to_draw(graph, trace.frame(position), figure(notation="compact"))
        below = badges_of(scene)
        found += len(below)
        assert not any(item.card.intersects(place) for item in scene.items_by_id.values() for place in below)
    assert found > 1


@pytest.mark.parametrize("example", ["colah-e", "baydin-survey", "hackers-sigmoid-neuron"])
def test_gradients_that_were_left_are_marked_off_circles_and_numbers(example: str) -> None:
    graph = files.load(EXAMPLES / f"articles/{example}.nodegraph")
    trace = again(graph)
    for position in (trace.forward_steps, (trace.forward_steps + trace.step_count) // 2, trace.step_count):
        scene = picture.scene_to_draw(graph, trace.frame(position), figure(notation="compact"))
        assert isinstance(scene.chip_layer, CompactLabels)
        below, numbers = badges_of(scene), [number.rect for number in scene.chip_layer.numbers()]
        assert below
        assert not any(item.card.intersects(place) for item in scene.items_by_id.values() for place in below)
        assert not any(number.intersects(place) for number in numbers for place in below)


def test_chips_of_cards_keep_off_the_badges_of_gradients_that_were_left() -> None:
    graph = parse(ATTENTION, q=0.8, k1=0.5, k2=-0.3, k3=1.1, v1=1, v2=2, v3=-1, t=0.5)
    scene = drawn(again(graph), graph, figure())
    growth = scene.showing.chips.growth
    below = [
        item.mapRectToScene(place)
        for node_id, item in scene.items_by_id.items()
        for _badge, place in badges.placed_round(badges.patch_of(scene, node_id), item.shape_of_card, growth)
    ]
    chips = [rect for key in scene.edge_layer.rows.keys
             for _text, rect in scene.chip_layer.worded_labels(key)[:1]]  # fmt: skip
    assert len(below) == 8
    assert not any(chip.intersects(place) for chip in chips for place in below)


def test_numbers_at_the_output_cover_neither_its_circle_nor_each_other() -> None:
    graph = parse("L = a*b", a=1.0e-300, b=-123.456)
    for direction in ("left-to-right", "top-to-bottom"):
        scene = drawn(run_forward_mode(graph, "a"), graph, figure(notation="compact", direction=direction))
        assert isinstance(scene.chip_layer, CompactLabels)
        value, derivative = (
            number.rect for number in scene.chip_layer._output_numbers(scene.showing.visible)
        )
        assert not value.intersects(derivative)
        assert not any(rect.intersects(scene.items_by_id["L"].card) for rect in (value, derivative))


def test_forward_mode_says_that_its_numbers_are_derivatives_by_an_input() -> None:
    graph = parse("L = tanh(w1*x)", w1=0.5, x=2)
    options = figure(notation="compact")
    told = "In bold: derivatives by w1, carried forward"
    for frame, is_told in ((run_forward_mode(graph, "w1").last_frame, True), (run(graph).last_frame, False)):
        scene = picture.scene_to_draw(graph, frame, options)
        found = [part for part in scene.items() if isinstance(part, ModePart)]
        assert [flat(part.line) for part in found] == [told] * is_told
        assert all(picture.area_of(scene, options).contains(part.rect) for part in found)
        assert (b"carried forward" in tikz(graph, frame, options)) == is_told


def test_the_title_of_a_narrow_group_goes_on_beyond_its_box_as_far_as_nothing_is_there() -> None:
    graph = parse("h = tanh(w*x + b); L = h*h", w=1, x=2, b=0.5)
    graph.apply(place_missing(graph, node_size))
    graph.apply(group(graph, ["h"], "Activation of the hidden layer"))
    scene = drawn(run(graph), graph, figure(notation="compact"))
    (box,) = scene.surroundings.groups.values()
    place = box.title_place(1.0)
    others = [item for name, item in scene.items_by_id.items() if name != "h"]
    assert place.right() > box.rect.right()
    assert not any(place.intersects(rect) for item in others for rect in item.taken(is_sum=True))
    assert isinstance(scene.chip_layer, CompactLabels)
    assert not any(place.intersects(number.rect) for number in scene.chip_layer.numbers())


def test_the_title_of_a_narrow_group_is_whole_in_the_wider_type_of_tex() -> None:
    graph = parse("L = tanh(w*x + b)", w=1, x=2, b=0.5)
    graph.apply(place_missing(graph, node_size))
    graph.apply(group(graph, ["L"], "Activation of the last layer"))
    told = tikz(graph, run(graph).last_frame, figure(notation="compact"))
    assert b"{Activation of the last layer}" in told


def test_forward_mode_counts_what_arrives_above_no_circle() -> None:
    """Room was left for the sums and badges of a backward pass, which stand at other circles."""
    graph = files.load(EXAMPLES / "libraries/jax-cubic.nodegraph")
    trace = run_forward_mode(graph, "x")
    scene = drawn(trace, graph, figure(notation="compact", highlight=True))
    boxes = {name: item.card for name, item in scene.items_by_id.items() if isinstance(item, CompactCard)}
    said = [(name, item.mapRectToScene(place)) for name, item in scene.items_by_id.items()
            if isinstance(item, CompactCard) for _badge, place in item.badges(scene)]  # fmt: skip
    assert said
    assert not any(
        place.intersects(box) for name, place in said for other, box in boxes.items() if other != name
    )


def test_a_gradient_that_was_left_is_told_above_no_name() -> None:
    graph = parse("h1 = b + log(x); h2 = h1**2; L = temperature*h2", b=2, x=3, temperature=0.5)
    scene = drawn(again(graph), graph, figure(notation="compact", highlight=True))
    cards = [item for item in scene.items_by_id.values() if isinstance(item, CompactCard)]
    said = [item.mapRectToScene(place) for item in cards for _badge, place in item.badges(scene)]
    names = [place for item in cards for place in item.written(scene)]
    assert len(said) >= 3
    assert not any(place.intersects(name) for place in said for name in names)


@pytest.mark.parametrize("direction", [None, "top-to-bottom"])
def test_numbers_of_two_edges_side_by_side_cover_nothing_however_wide_they_are(direction: str | None) -> None:
    graph = parse("h = x + x; k = h*h; a = relu(h); y = 1/k + a", x=-1.234e-12)
    graph.apply(place_missing(graph, node_size))
    for trace in (run(graph), again(graph), run_forward_mode(graph, "x")):
        scene = drawn(trace, graph, figure(notation="compact", direction=direction))
        assert isinstance(scene.chip_layer, CompactLabels)
        boxes = [number.rect for number in scene.chip_layer.numbers()]
        assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_a_sum_in_long_numbers_has_room_beside_the_numbers_of_edges() -> None:
    graph = parse("a = b*t; c = a - b; d = c + c; L = d + t", b=3.5e200, t=-123456.789)
    graph.apply(place_missing(graph, node_size))
    scene = drawn(run(graph), graph, figure(notation="compact"))
    assert isinstance(scene.chip_layer, CompactLabels)
    numbers = [number.rect for number in scene.chip_layer.numbers()]
    beside = [rect for item in scene.items_by_id.values() for rect in item.written(scene)]
    assert not any(one.intersects(other) for one in numbers for other in beside)


@pytest.mark.parametrize("direction", [None, "top-to-bottom"])
def test_numbers_beside_the_outermost_edges_are_inside_the_picture_in_large_type(
    direction: str | None,
) -> None:
    graph = parse("h = w - w; y = w + w", w=-123456.789)
    graph.apply(place_missing(graph, node_size))
    options = replace(figure(notation="compact", direction=direction), text_scale=1.7, margin=0)
    scene = drawn(run(graph), graph, options)
    assert isinstance(scene.chip_layer, CompactLabels)
    boxes = [number.rect for number in scene.chip_layer.numbers()]
    assert len(boxes) > 4
    assert all(picture.area_of(scene, options).adjusted(-1, -1, 1, 1).contains(box) for box in boxes)
