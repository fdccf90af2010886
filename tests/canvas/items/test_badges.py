"""Badges below cards: what each source says at which step, and that it is painted there."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.badges import Badge
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.typeset import joined


@pytest.fixture
def scene(qapp: object) -> GraphScene:
    graph = parse("c = a + b; f = c*a", a=2, b=3)
    graph.apply(place_missing(graph))
    return GraphScene(graph, LIGHT)


def show(scene: GraphScene, trace: Trace, position: int) -> None:
    scene.set_frame(trace.frame(position))


def words(scene: GraphScene, node_id: str) -> list[str]:
    return [badge.text for source in scene.badge_sources for badge in source(scene, node_id)]


def test_a_node_says_how_many_of_its_contributions_have_arrived(scene: GraphScene) -> None:
    trace = run(scene.graph)
    said = []
    for position in range(len(trace.steps) + 1):
        show(scene, trace, position)
        said.append(words(scene, "a"))
    waiting, complete = ["1 of 2 arrived"], ["2 of 2 arrived"]
    assert said == [[], [], [], [], [], [], waiting, complete, []]


def test_a_node_with_one_contribution_says_nothing(scene: GraphScene) -> None:
    trace = run(scene.graph)
    for position in range(len(trace.steps) + 1):
        show(scene, trace, position)
        assert words(scene, "b") == []


def test_gradients_that_were_left_are_called_stale(scene: GraphScene) -> None:
    show(scene, run(scene.graph, left={"b": 2.0, "f": 1.0}), 4)
    assert (words(scene, "b"), words(scene, "f"), words(scene, "c")) == (["stale: not zeroed"], [], [])


def painted(scene: GraphScene, node_id: str) -> QImage:
    """The strip below a node's card."""
    card = scene.items_by_id[node_id].card
    strip = QRectF(card.left(), card.bottom() + 3, card.width(), 18)
    image = QImage(round(strip.width()), round(strip.height()), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        scene.render(painter, QRectF(image.rect()), strip)
    return image


def test_badges_are_painted_below_the_card(scene: GraphScene) -> None:
    show(scene, run(scene.graph), 4)
    before = painted(scene, "b")
    show(scene, run(scene.graph, left={"b": 2.0}), 4)
    assert painted(scene, "b") != before


def test_badges_that_find_no_room_beside_each_other_stand_in_rows() -> None:
    several = [Badge(text, "text", "head") for text in ("one", "two", "a rather long badge", "four")]
    rows = badges._rows(several, 140)
    assert [[badge.text for badge in row] for row in rows] == [
        ["one", "two"],
        ["a rather long badge"],
        ["four"],
    ]


def test_in_forward_mode_a_card_names_the_derivative_by_the_chosen_input(scene: GraphScene) -> None:
    show(scene, run_forward_mode(scene.graph, "a"), 4)
    assert joined(*scene.showing.derivative_names("c")) == "∂c/∂a"
    show(scene, run(scene.graph), 4)
    assert joined(*scene.showing.derivative_names("c")) == "∂f/∂c"


# --- what is unhealthy
@pytest.fixture
def troubled(qapp: object) -> GraphScene:
    graph = parse("h = relu(x); s = sigmoid(z); y = (h + s)*w", x=-3, z=9, w=4000)
    graph.apply(place_missing(graph))
    scene = GraphScene(graph, LIGHT)
    scene.showing.show_marks(True)
    return scene


def named(scene: GraphScene, name: str) -> str:
    return scene.graph.named(name).id


def test_nodes_in_trouble_are_marked_with_icon_and_word(troubled: GraphScene) -> None:
    trace = run(troubled.graph)
    show(troubled, trace, len(trace.steps))
    assert words(troubled, named(troubled, "h")) == ["∅ off"]
    assert words(troubled, named(troubled, "s")) == ["≈ saturated"]
    assert words(troubled, named(troubled, "w")) == []


def test_what_a_marked_node_starves_is_tinted_and_has_no_mark(troubled: GraphScene) -> None:
    trace = run(troubled.graph)
    show(troubled, trace, len(trace.steps))
    key = (named(troubled, "h"), 0)
    assert troubled.showing.edge_badges(key) == []
    assert troubled.showing.edge_trouble(key).is_quiet
    chip = troubled.showing.chip(key)
    assert chip is not None
    assert chip[2] == LIGHT.danger_back
    starved = trace.source(key)
    assert words(troubled, starved) == []
    assert troubled.showing.trouble(starved).is_quiet


def test_marks_can_be_turned_off_and_never_help_a_learner_who_predicts(troubled: GraphScene) -> None:
    trace = run(troubled.graph)
    troubled.set_frame(trace.frame(len(trace.steps), guarded=True))
    assert words(troubled, named(troubled, "h")) == []
    assert troubled.showing.edge_badges((named(troubled, "h"), 0)) == []
    troubled.showing.show_marks(False)
    show(troubled, trace, len(trace.steps))
    assert words(troubled, named(troubled, "h")) == []


def test_edges_can_do_without_chips_while_numbers_rush_by(scene: GraphScene) -> None:
    show(scene, run(scene.graph), len(run(scene.graph).steps))
    (edge, *_) = scene.frame.trace.plan.keys if scene.frame else ()
    assert scene.showing.chip(edge) is not None
    scene.showing.show_chips(False)
    assert scene.showing.chip(edge) is None
    scene.showing.show_chips(True)
    assert scene.showing.chip(edge) is not None


def test_a_stale_gradient_is_told_by_more_than_its_colour_as_long_as_there_is_text(scene: GraphScene) -> None:
    card = scene.items_by_id["b"].card
    strip = QRectF(card.left(), card.bottom() + 3, card.width(), 18)
    looks = []
    for left in ({}, {"b": 2.0}):
        show(scene, run(scene.graph, left=left), 4)
        image = QImage(round(strip.width() * 0.52), round(strip.height() * 0.52), QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            scene.render(painter, QRectF(image.rect()), strip)
        looks.append(image)
    assert looks[0] != looks[1]


@pytest.mark.parametrize("texts", [["2 of 3 arrived"], ["stale: not zeroed"], ["≈ saturated", "▲ exploding"]])
def test_badges_of_a_card_whose_output_is_below_lie_beside_it_and_in_reach(texts: list[str]) -> None:
    shape = geometry.shape_with_ports(144.0, 84.0, 2, Direction.DOWN)
    said = [Badge(text, "text", "head") for text in texts]
    within = shape.rect.adjusted(-badges.OVERHANG, 0, badges.OVERHANG, badges.REACH)
    places = [rect for _, rect in badges.placed_round(said, shape)]
    assert all(within.contains(rect) for rect in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))
    short = [rect for badge, rect in badges.placed_round(said, shape) if len(badge.text) < 15]
    assert all(rect.left() > shape.output.x() + geometry.PORT_RADIUS for rect in short)
