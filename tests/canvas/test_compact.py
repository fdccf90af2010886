"""Compact notation: circles that touch nothing, numbers on the edges, and the graph itself as it was."""

from __future__ import annotations

import re
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from nodegraph import resources
from nodegraph.canvas import picture
from nodegraph.canvas.drawing.cells import crossings
from nodegraph.canvas.drawing.lettering import cap_height, text_width
from nodegraph.canvas.exporters import EXPORTERS
from nodegraph.canvas.figure import PictureOptions, figure
from nodegraph.canvas.items import compact_card
from nodegraph.canvas.items.compact_labels import CompactLabels
from nodegraph.canvas.scene.compact_scene import CompactScene
from nodegraph.core.building.expression import parse
from nodegraph.core.building.network_losses import CROSS_ENTROPY, SOFTMAX
from nodegraph.core.building.networks import mlp
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import group as group_nodes
from nodegraph.core.graph.grouping import set_collapsed
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.typeset import flat
from nodegraph.formats import files

pytestmark = pytest.mark.usefixtures("qapp")

COMPACT = figure(notation="compact")


@pytest.fixture
def seed(qapp: QApplication) -> Graph:
    return files.load(resources.path("examples", "seed", "seed-L.nodegraph"))


def scene_of(graph: Graph, options: PictureOptions = COMPACT) -> CompactScene:
    scene = picture.scene_to_draw(graph, run(graph).last_frame, options)
    assert isinstance(scene, CompactScene)
    return scene


def numbers_of(scene: CompactScene) -> list[str]:
    layer = scene.chip_layer
    assert isinstance(layer, CompactLabels)
    return [number.text for number in layer.numbers()]


LOGISTIC = "z = w1*x1 + w2*x2 + w3*x3 + b; p = sigmoid(z); loss = -(t*log(p) + (1 - t)*log(1 - p))"


@pytest.fixture(params=["seed", LOGISTIC, "L = a*a*a + exp(a)", "L = tanh(softplus(leaky_relu(long_name)))"])
def graph(request: pytest.FixtureRequest, seed: Graph) -> Graph:
    if request.param == "seed":
        return seed
    made = parse(request.param)
    made.apply(place_missing(made))
    return made


def test_circles_do_not_touch_and_keep_their_order(graph: Graph) -> None:
    items = list(scene_of(graph).items_by_id.values())
    for one in items:
        for other in items:
            if one is not other:
                assert not one.card.adjusted(-4, -4, 4, 4).intersects(other.card)
    for edge in graph.edges():
        before = (graph.node(edge.source).x or 0) < (graph.node(edge.target).x or 0)
        cards = {item.node.id: item.card for item in items}
        assert before == (cards[edge.source].center().x() < cards[edge.target].center().x())


def test_it_is_narrower_than_cards_so_that_type_is_larger(graph: Graph) -> None:
    frame = run(graph).last_frame
    single = figure(width="single")
    sizes = [picture.small_type(graph, frame, replace(single, notation=n))[0]
             for n in ("cards", "compact")]  # fmt: skip
    assert sizes[1] > 1.5 * sizes[0]


def test_every_edge_has_its_value_above_what_it_carries_back(graph: Graph) -> None:
    scene, last = scene_of(graph), run(graph).last_frame
    for edge in graph.edges():
        said = scene.chip_layer.worded_labels(edge.key)
        assert len(said) == (2 if last.contribution(edge.key) else 1)
        x, y = scene.edge_layer.curve(edge.key).T
        for (_, rect), side in zip(said, (-1, 1), strict=False):
            line = float(np.interp(rect.center().x(), x, y))
            assert side * (rect.center().y() - line) > 0


@pytest.mark.parametrize(
    ("sizes", "output", "loss"), [((2, 3, 1), "sigmoid", CROSS_ENTROPY), ((2, 2, 2), "linear", SOFTMAX)]
)
def test_no_edge_runs_through_a_number(sizes: tuple[int, ...], output: str, loss: str) -> None:
    """Edges that leave one group side by side left the bar of a plus unseen: +1 read −1."""
    graph = Graph()
    graph.apply(mlp(graph, sizes, output_activation=output, loss=loss))
    graph.apply(place_missing(graph))
    scene = scene_of(graph)
    layer = scene.chip_layer
    assert isinstance(layer, CompactLabels)
    numbers = list(layer.numbers())
    crossed = [
        number
        for number in numbers
        for points in scene.edge_layer.points
        if any(number.rect.contains(*point) for point in points.tolist())
    ]
    assert crossed, "an example of it"
    assert all(number.is_on_a_line for number in crossed)
    layer.hide()
    assert min(_lightness(scene, crossed[0].rect)) < 200
    layer.show()
    assert min(_lightness(scene, crossed[0].rect)) > 225


def test_no_plate_lies_beneath_a_number_where_the_picture_has_no_ground() -> None:
    graph = Graph()
    graph.apply(mlp(graph, (2, 2, 2), output_activation="linear", loss=SOFTMAX))
    graph.apply(place_missing(graph))
    options = figure(notation="compact", transparent=True)
    scene = scene_of(graph, options)
    layer = scene.chip_layer
    assert isinstance(layer, CompactLabels)
    area, drawn = picture.area_of(scene, options), picture.render(graph, run(graph).last_frame, options)
    cards = [QRectF(item.sceneBoundingRect()) for item in scene.items_by_id.values()]
    cards += [group.rect for group in scene.surroundings.collapsed()]
    free = [gap for gap in layer.gaps() if not any(card.intersects(gap) for card in cards)]
    assert free
    for gap in free:
        corner = (gap.topLeft() - area.topLeft()) * options.scale + QPointF(1.5, 1.5)
        assert drawn.pixelColor(corner.toPoint()).alpha() == 0
    tikz = EXPORTERS[".tex"].write(graph, run(graph).last_frame, options).decode()
    assert tikz.count(r"\clip (") == len(layer.gaps())


def test_no_edge_runs_through_a_name(qapp: QApplication) -> None:
    graph = parse("Produkt = a*b; Summe = Produkt + c; y = Summe*a - c*Produkt", a=2, b=3, c=-1)
    graph.apply(place_missing(graph))
    scene = scene_of(graph)
    layer, written = scene.chip_layer, {}
    assert isinstance(layer, CompactLabels)
    for item in scene.items_by_id.values():
        assert isinstance(item, compact_card.CompactCard)
        written |= {flat(line): item.mapRectToScene(place) for line, place, _ink in item.notes(scene)}
    assert written["Summe"] in layer.gaps()
    assert written["Produkt"] not in layer.gaps()
    assert written["y"] not in layer.gaps()


def _lightness(scene: CompactScene, rect: QRectF) -> list[int]:
    """How light a picture is along the top and the bottom of a number's box."""
    image = QImage(int(rect.width()) - 2, int(rect.height()) - 2, QImage.Format.Format_RGB32)
    image.fill(QColor(scene.theme.background))
    painter = QPainter(image)
    scene.render(painter, QRectF(image.rect()), QRectF(rect.topLeft() + QPointF(1, 1), QSizeF(image.size())))
    painter.end()
    rows = (0, image.height() - 1)
    return [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in rows]


def test_the_seed_says_its_numbers_as_in_a_paper(seed: Graph) -> None:
    said = numbers_of(scene_of(seed))
    assert said[-2:] == ["−20", "+1"]
    assert sorted(said) == sorted(["2", "+15", "3", "+10", "6", "+5", "−10", "+5", "−4", "+5", "5", "−4",
                                   "−20", "+1"])  # fmt: skip


def test_a_constant_says_its_name_if_it_has_one_of_its_own_and_else_its_number() -> None:
    for text, said in {
        "g = 9.81; v = g*t; s = v*0.5": {"g": "g", "t": "t", "k": "0.5"},
        "k1 = 50; k2 = 30; F = k1*t - k2*t": {"k1": "k1", "k2": "k2", "t": "t"},
    }.items():
        scene = scene_of(parse(text, t=2), COMPACT)
        cards = [card for card in scene.items_by_id.values() if card.node.is_leaf]
        assert {card.node.name: flat(compact_card.said(card.node, card.face)[0]) for card in cards} == said


def test_numbers_can_be_left_out(seed: Graph) -> None:
    assert numbers_of(scene_of(seed, COMPACT.showing("labels", False))) == []
    assert not any("+" in text for text in numbers_of(scene_of(seed, COMPACT.showing("gradients", False))))
    assert set(numbers_of(scene_of(seed, COMPACT.showing("values", False)))) <= {
        "+15",
        "+10",
        "+5",
        "−4",
        "+1",
    }


def test_what_is_0_but_for_rounding_is_said_to_be_so() -> None:
    scene = scene_of(parse("L = 0.1*x + 0.2*x - 0.3*x + y", x=2.0, y=1.0))
    sums = [flat(line) for card in scene.items_by_id.values() for line, *_ in card.notes(scene)]
    assert "Σ ≈ 0" in sums
    scene = scene_of(parse("d = a + b - c; L = d*d", a=0.1, b=0.2, c=0.3))
    assert {"≈ 0"} < set(numbers_of(scene))
    assert not any("e−" in text for text in numbers_of(scene) if text[0] in "+−")


def test_where_several_edges_bring_a_gradient_their_sum_is_told(qapp: QApplication) -> None:
    graph = parse("L = a*b + a", a=2, b=3)
    svg = EXPORTERS[".svg"].write(graph, run(graph).last_frame, COMPACT).decode()
    assert ">Σ +4<" in svg


ATTENTION = (
    "s1 = q*k1; s2 = q*k2; s3 = q*k3; e1 = exp(s1); e2 = exp(s2); e3 = exp(s3); Z = e1 + e2 + e3; "
    "y = (e1*v1 + e2*v2 + e3*v3)/Z; L = (y - t)**2; "
    "q=0.8; k1=0.5; k2=-0.3; k3=1.1; v1=1; v2=2; v3=-1; t=0.5"
)


def test_circles_lie_as_far_apart_as_their_numbers_need(qapp: QApplication) -> None:
    """The last steps of attention: numbers stood on numbers and on names."""
    graph = parse(ATTENTION)
    graph.apply(place_missing(graph))
    scene = scene_of(graph)
    labels, cards = scene.chip_layer, scene.items_by_id.values()
    assert isinstance(labels, CompactLabels)
    rects = [number.rect.adjusted(1, 2, -1, -2) for number in labels.numbers()]
    assert not any(one.intersects(other) for n, one in enumerate(rects) for other in rects[:n])
    arrived = run(graph).last_frame.arrived
    taken = [box for card in cards for box in card.taken(is_sum=arrived(card.node.id)[1] > 1)]
    assert not any(rect.intersects(box.adjusted(1, 1, -1, -1)) for rect in rects for box in taken)


def test_numbers_lie_on_no_circle(graph: Graph) -> None:
    scene = scene_of(graph)
    cards = [item.card.adjusted(2, 2, -2, -2) for item in scene.items_by_id.values()]
    assert isinstance(scene.chip_layer, CompactLabels)
    hidden = [n.text for n in scene.chip_layer.numbers() if any(n.rect.intersects(card) for card in cards)]
    assert hidden == []


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".tex"])
def test_it_opens_again_as_the_graph_as_it_lay(seed: Graph, suffix: str) -> None:
    places = [(node.x, node.y) for node in seed.nodes()]
    data = EXPORTERS[suffix].write(seed, run(seed).last_frame, COMPACT)
    again = files.graph_of(data)
    assert again == seed
    assert [(node.x, node.y) for node in again.nodes()] == places


def test_tikz_draws_circles_with_the_numbers(seed: Graph) -> None:
    tex = EXPORTERS[".tex"].write(seed, run(seed).last_frame, COMPACT).decode()
    assert len(re.findall(r"\\filldraw\[rounded corners", tex)) == len(seed)
    assert "{+15}" in tex or "{$+$15}" in tex
    assert "value" not in tex.partition(r"\useasboundingbox")[2]


def test_a_collapsed_group_a_note_and_a_bend_are_drawn(seed: Graph) -> None:
    seed.apply(group_nodes(seed, ["e", "d"], "Part"))
    (group,) = seed.groups()
    seed.apply(set_collapsed(seed, [group.id], True))
    image = picture.render(seed, run(seed).last_frame, COMPACT)
    assert isinstance(image, QImage)
    scene = scene_of(seed)
    (card,) = scene.surroundings.collapsed()
    for item in scene.items_by_id.values():
        assert not item.isVisible() or not item.card.intersects(card.rect)


def test_nothing_is_drawn_of_an_empty_graph(qapp: QApplication) -> None:
    assert picture.why_not(Graph(), COMPACT) == picture.NOTHING_TO_DRAW


def test_a_node_that_was_moved_by_hand_stays_on_its_side(seed: Graph) -> None:
    f = seed.named("f")
    assert f is not None
    seed.apply(edits.move(seed, {f.id: (-400.0, -300.0)}))
    cards = {item.node.name: item.card.center() for item in scene_of(seed).items_by_id.values()}
    assert cards["f"].y() < cards["a"].y()
    assert cards["f"].x() < cards["a"].x()


@pytest.mark.parametrize("direction", Direction)
def test_the_halo_of_the_step_leaves_names_and_sums_whole(direction: Direction) -> None:
    graph = parse("L = a*a + a", a=2.0)
    graph.apply(edits.set_direction(graph, direction))
    scene = scene_of(graph)
    assert sum(len(item.notes(scene)) for item in scene.items_by_id.values()) == 3
    for item in scene.items_by_id.values():
        halo = item.shape_of_card.rect.adjusted(*[-compact_card.HALO - 1] * 2, *[compact_card.HALO + 1] * 2)
        for text, place, _ink in item.notes(scene):
            high = cap_height(compact_card.NAME)
            wide = text_width(text, compact_card.NAME)
            letters = QRectF(0, 0, wide, high)
            letters.moveCenter(place.center())
            assert not letters.intersects(halo)


def test_numbers_stand_clear_of_other_edges_where_there_is_room(qapp: QApplication) -> None:
    """In attention −2.41 stood right below the edge that carries 4.69, nearer to it than to its own."""
    for text, most in ((ATTENTION, 1), (LOGISTIC, 0), ("d1 = a*b + c; d2 = a*c - b; L = d1*d2 + a*d1", 0)):
        graph = parse(text)
        graph.apply(place_missing(graph))
        scene = scene_of(graph)
        layer, lines = scene.chip_layer, scene.edge_layer
        assert isinstance(layer, CompactLabels)
        crossed = 0
        for key in lines.rows.keys:
            others = np.concatenate(
                [_walked(lines.curve(other)) for other in lines.rows.keys if other != key]
            )
            for number in layer.numbers_of(key):
                low, high = number.rect.topLeft().toTuple(), number.rect.bottomRight().toTuple()
                crossed += bool(((others > low) & (others < high)).all(axis=1).any())
        assert crossed <= most


def _walked(curve: np.ndarray) -> np.ndarray:
    """Points on a line, close to each other."""
    share, numbers = np.linspace(0, len(curve) - 1, 400), np.arange(len(curve))
    return np.stack([np.interp(share, numbers, side) for side in curve.T], axis=1)


def test_which_lines_pass_through_a_box_is_asked_of_those_near_it_alone() -> None:
    """A picture of 106 edges took a minute: each box was held against each piece of each line."""
    noise = np.random.default_rng(4)
    corners = noise.uniform(0, 900, (23, 2))
    boxes = np.hstack([corners, corners + np.array([30.0, 14.0])])
    lines = np.cumsum(noise.normal(0, 8, (200, 97, 2)), axis=1) + noise.uniform(0, 900, (200, 1, 2))
    tracemalloc.start()
    found = crossings(boxes, lines)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    walked = np.stack([_walked(line) for line in lines])
    low, high = boxes[:, None, None, :2], boxes[:, None, None, 2:]
    passing = ((walked > low + 1) & (walked < high - 1)).all(axis=-1).any(axis=-1).sum(axis=1)
    reaching = ((walked > low - 1) & (walked < high + 1)).all(axis=-1).any(axis=-1).sum(axis=1)
    assert (passing <= found).all()
    assert (found <= reaching).all()
    assert most < 5_000_000


@pytest.mark.parametrize("end", [(20.0, 5.0), (5.0, 20.0), (20.0, 20.0)])
def test_a_line_that_is_level_plumb_or_slanted_passes_through_what_lies_on_its_way(
    end: tuple[float, float],
) -> None:
    line = np.array([[(5.0 * (end[0] == 5.0), 5.0 * (end[1] == 5.0)), end]])
    middle, beside = line[0].mean(axis=0), line[0].mean(axis=0) + np.array([9.0, -9.0])
    boxes = np.array([(*(place - 2), *(place + 2)) for place in (middle, beside)])
    assert crossings(boxes, line).tolist() == [1, 0]
    assert crossings(boxes, line[:0]).tolist() == [0, 0]
