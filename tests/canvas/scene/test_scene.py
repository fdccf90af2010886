"""The scene stays in step with the graph, and shows of a frame what the frame says."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import groupby

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from nodegraph.canvas.drawing import edge_styles, geometry
from nodegraph.canvas.drawing.theme import DARK, LIGHT, THEMES, Theme
from nodegraph.canvas.items.edge_picture import FAR_SCALE
from nodegraph.canvas.items.node_item import Mark
from nodegraph.canvas.scene import edge_placement, groups_and_notes, hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.layout import routes
from nodegraph.core.layout.placement import place_missing

OPERATIONS = ("input", "constant", "add", "multiply", "tanh", "max", "power")


def apply(scene: GraphScene, change: Change) -> None:
    scene.graph.apply(change)
    scene.apply(change)


def placed(graph: Graph) -> Graph:
    graph.apply(place_missing(graph))
    return graph


def picture_of(scene: GraphScene) -> dict[str, object]:
    """All of a scene that must not depend on how it came about."""
    layer, far = scene.edge_layer, scene.far_layer
    return {
        "cards": {
            key: (item.card.getRect(), item.node, item.mark) for key, item in scene.items_by_id.items()
        },
        "ports": {key: len(item.shape_of_card.inputs) for key, item in scene.items_by_id.items()},
        "ends": {key: tuple(layer.rows.values[n]) for key, n in layer.rows.number.items()},
        "boxes": {key: tuple(layer.boxes[n]) for key, n in layer.rows.number.items()},
        "far": {key: tuple(far.rows.values[n]) for key, n in far.rows.number.items()},
        "groups": {
            key: (item.group, item.rect.getRect(), item.inputs, item.outputs)
            for key, item in scene.surroundings.groups.items()
        },
        "hidden": {key for key, item in scene.items_by_id.items() if not item.isVisible()},
        "output": scene.output_name,
        "extent": scene.graph_rect().getRect(),
    }


def random_change(graph: Graph, chance: random.Random) -> Change:
    """Some edit of the graph; Refused where it made no sense."""
    ids = [node.id for node in graph.nodes()]
    keys = [edge.key for edge in graph.edges()]
    kind = chance.choice(
        ["add", "remove", "connect", "connect", "connect", "cut", "name", "value", "move", "out"]
    )
    if kind == "add" or not ids:
        x, y = chance.uniform(-900, 900), chance.uniform(-900, 900)
        return edits.add_node(graph, chance.choice(OPERATIONS), x, y)
    node_id = chance.choice(ids)
    groups = [group.id for group in graph.groups()]
    if chance.random() < 0.2:
        return random_regrouping(graph, chance, ids, groups)
    if kind == "remove":
        return edits.remove(graph, chance.sample(ids, min(2, len(ids))), keys[:1])
    if kind == "connect":
        target = chance.choice(ids)
        port = edits.free_port(graph, target)
        return edits.connect(graph, node_id, target, chance.randrange(3) if port is None else port)
    if kind == "cut":
        return edits.disconnect(graph, chance.sample(keys, min(2, len(keys))))
    if kind == "name":
        return edits.rename(graph, node_id, chance.choice(["w", "loss", "a very long name indeed", "λ"]))
    if kind == "value":
        return edits.set_value(graph, node_id, chance.uniform(-9, 9))
    if kind == "out":
        return edits.set_output(graph, chance.choice([None, node_id]))
    return edits.move(graph, {node_id: (chance.uniform(-900, 900), 10.0)})


def random_regrouping(graph: Graph, chance: random.Random, ids: list[str], groups: list[str]) -> Change:
    """Some edit of groups."""
    chosen = chance.sample(ids, min(3, len(ids)))
    if not groups or chance.random() < 0.3:
        return grouping.group(graph, chosen, chance.choice(["", "Layer 1", "A title that is longer"]))
    group_id = chance.choice(groups)
    kind = chance.choice(["collapse", "expand", "ungroup", "join", "leave", "title"])
    if kind in ("collapse", "expand"):
        return grouping.set_collapsed(graph, [group_id], kind == "collapse")
    if kind == "join":
        return grouping.add_to_group(graph, group_id, chosen)
    if kind == "leave":
        return grouping.remove_from_group(graph, chosen)
    if kind == "title":
        return grouping.rename_group(graph, group_id, chance.choice(["w", "Loss"]))
    return grouping.ungroup(graph, [group_id])


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_undos_and_redos_the_scene_is_as_one_made_anew(
    seed: int, scene: GraphScene, qapp: object
) -> None:
    chance = random.Random(seed)
    done: list[Change] = []
    for _ in range(120):
        if done and chance.random() < 0.2:
            apply(scene, done.pop().inverse())
        else:
            try:
                change = random_change(scene.graph, chance)
            except Refused:
                continue
            if change:
                apply(scene, change)
                done.append(change)
        if chance.random() < 0.3:
            scene.set_frame(run(scene.graph).last_frame)
    scene.clear_highlight()
    assert picture_of(scene) == picture_of(GraphScene(scene.graph, LIGHT))
    for change in reversed(done):
        apply(scene, change.inverse())
    assert picture_of(scene) == picture_of(GraphScene(scene.graph, LIGHT))


def test_edges_are_led_around_cards_again_only_where_something_moves(
    scene: GraphScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply(scene, edits.set_value(scene.graph, "a", 3))
    led: list[object] = []
    lead = scene.placement.routes.lead
    monkeypatch.setattr(scene.placement.routes, "lead", lambda *told: (led.append(told), lead(*told))[1])
    apply(scene, edits.set_value(scene.graph, "a", 4))
    assert led == []
    apply(scene, edits.move(scene.graph, {"a": (-40.0, -40.0)}))
    assert len(led) == 1


def test_an_edge_leads_as_before_once_a_card_in_its_way_is_gone_which_nothing_was_connected_to(
    scene: GraphScene,
) -> None:
    before = scene.edge_layer.curve(("L", 1)).copy()
    middle = geometry.point_on(before, 0.5)
    added = edits.add_node(scene.graph, "constant", x=middle.x() - 60, y=middle.y() - 30)
    apply(scene, added)
    assert not np.array_equal(scene.edge_layer.curve(("L", 1)), before)
    apply(scene, added.inverse())
    assert np.array_equal(scene.edge_layer.curve(("L", 1)), before)


@pytest.mark.usefixtures("qapp")
def test_while_a_card_is_dragged_only_edges_that_it_meets_are_led_another_way() -> None:
    scene = GraphScene(graph_of(random_shape(60, seed=3), placed=True), LIGHT)
    layer, placement = scene.edge_layer, scene.placement
    item = max(scene.items_by_id.values(), key=lambda item: item.card.right())
    own = {edge.key for edge in scene.graph.edges() if item.node.id in (edge.source, edge.target)}
    before = {key: layer.curve(key).copy() for key in layer.rows.keys}
    start, ahead = item.pos(), [key for key in before if key not in own and layer.rows.number[key] % 12 == 0]
    others = sorted(before.keys() - own)

    def beneath() -> set[EdgeKey]:
        points, card = np.array([layer.curve(key) for key in others]), np.array([item.card.getCoords()])
        return {others[n] for n in routes.blocked(points, card, np.full((len(points), 2), -1)).tolist()}

    for met in ahead:
        was = {key: layer.curve(key).copy() for key in layer.rows.keys}
        item.setPos(geometry.point_on(was[met], 0.5) - QPointF(70, 40))
        placement.follow([item.node.id], is_passing=True)
        covered = beneath()
        if len(was[met]) == len(layer.curve(met)):
            elsewhere = {key for key, curve in was.items() if not np.array_equal(curve, layer.curve(key))}
            assert len(elsewhere - own) < len(before) / 3
        placement.lead_around()
        assert len(covered - beneath()) <= 1  # where all are led anew, some find no other way either
    item.setPos(start)
    placement.follow([item.node.id])
    assert all(np.array_equal(curve, layer.curve(key)) for key, curve in before.items())


def test_choosing_another_output_moves_the_edges_to_where_its_ports_then_are(scene: GraphScene) -> None:
    apply(scene, edits.rename(scene.graph, "e", "a name as wide as a card can be before it is cut"))
    apply(scene, edits.set_output(scene.graph, "e"))
    assert picture_of(scene) == picture_of(GraphScene(scene.graph, LIGHT))
    assert scene.items_by_id["e"].mark & Mark.OUTPUT
    assert not scene.items_by_id["L"].mark & Mark.OUTPUT


# --- the selection
def test_the_selection_survives_an_edit_and_drops_what_is_gone(scene: GraphScene) -> None:
    scene.select(["a", "e"], [("L", 1), ("e", 0)])
    apply(scene, edits.set_value(scene.graph, "a", 7.0))
    assert scene.selected_nodes() == ["a", "e"]
    apply(scene, edits.remove(scene.graph, ["e"]))
    assert scene.selected_nodes() == ["a"]
    assert scene.selected_edges() == [("L", 1)]


def test_all_is_every_node_and_every_edge_and_is_told_once(scene: GraphScene) -> None:
    told = []
    scene.selection_changed.connect(lambda: told.append(scene.selected_nodes()))
    scene.select(["f", "a"], [("L", 1)])
    scene.select_all()
    scene.select_all()
    nodes = [node.id for node in scene.graph.nodes()]
    assert told == [["a", "f"], nodes]
    assert set(scene.selected_edges()) == {edge.key for edge in scene.graph.edges()}
    assert scene.nodes_as_selected()[:2] == ["a", "f"]
    apply(scene, edits.add_node(scene.graph, "input", 0.0, 0.0, name="new"))
    apply(scene, edits.connect(scene.graph, "new", "L", 1))
    assert not scene.is_selected("new")
    assert scene.selected_nodes() == nodes


def test_the_selection_is_told_once_for_each_time_it_changes(scene: GraphScene) -> None:
    told: list[list[str]] = []
    scene.selection_changed.connect(lambda: told.append(scene.selected_nodes()))
    scene.select(["b", "a"])
    scene.select(["a", "b"])
    scene.select(["nobody"])
    assert told == [["a", "b"], []]


def test_another_graph_starts_with_nothing_selected_lit_or_shown(scene: GraphScene) -> None:
    scene.set_frame(run(scene.graph).last_frame)
    scene.select(["a"], [("e", 0)])
    scene.light(frozenset({"a"}))
    scene.set_graph(placed(parse("y = x*x", x=3)))
    assert (scene.selected_nodes(), scene.selected_edges(), scene.lit, scene.frame) == ([], [], None, None)
    assert set(scene.items_by_id) == {node.id for node in scene.graph.nodes()}
    assert set(scene.edge_layer.rows.keys) == {("y", 0), ("y", 1)}


# --- the frame
def shown(scene: GraphScene) -> dict[str, tuple[float | None, float | None]]:
    return {key: (scene.showing.value(key), scene.showing.gradient(key)) for key in sorted(scene.items_by_id)}


def chips(scene: GraphScene) -> dict[tuple[str, int], str]:
    found = {key: scene.showing.chip(key) for key in scene.edge_layer.rows.keys}
    return {key: chip[0] for key, chip in found.items() if chip is not None}


def test_each_step_of_the_seed_shows_what_is_reached_and_nothing_more(scene: GraphScene) -> None:
    trace = run(scene.graph)
    for position in range(len(trace.steps) + 1):
        frame = trace.frame(position)
        scene.set_frame(frame)
        assert shown(scene) == {
            key: (frame.value(key), frame.gradient(key)) for key in sorted(scene.items_by_id)
        }
    assert shown(scene)["a"] == (2.0, 15.0)


def test_before_the_first_step_no_edge_carries_a_chip(scene: GraphScene) -> None:
    scene.set_frame(run(scene.graph).frame(0))
    assert chips(scene) == {}
    assert set(scene.showing.edge_looks().tolist()) == {edge_styles.STILL}


def test_on_the_way_forward_a_chip_shows_the_value_that_was_carried(scene: GraphScene) -> None:
    scene.set_frame(run(scene.graph).frame(2))
    assert chips(scene) == {("e", 0): "2", ("e", 1): "3"}
    layer = scene.edge_layer.rows.number
    assert scene.showing.edge_looks()[layer["e", 0]] == edge_styles.TRAVELLED
    assert scene.showing.edge_looks()[layer["L", 1]] == edge_styles.STILL


def test_on_the_way_back_a_chip_shows_upstream_times_local_and_what_it_makes(scene: GraphScene) -> None:
    scene.set_frame(run(scene.graph).last_frame)
    assert chips(scene) == {
        ("e", 0): "5 × 3 = +15",
        ("e", 1): "5 × 2 = +10",
        ("d", 0): "5 × 1 = +5",
        ("d", 1): "5 × 1 = +5",
        ("L", 0): "1 × 5 = +5",
        ("L", 1): "1 × (−4) = −4",
    }
    sign = dict(zip(scene.edge_layer.rows.keys, scene.showing.carried_looks().tolist(), strict=True))
    assert edge_styles.NEGATIVE <= sign["L", 1] < edge_styles.UNBOUNDED
    assert all(edge_styles.POSITIVE <= sign[key] < edge_styles.NEGATIVE for key in sign if key != ("L", 1))
    assert sign["e", 0] > sign["L", 0]


def test_on_the_way_back_the_edge_of_the_step_alone_lies_on_a_band(scene: GraphScene) -> None:
    trace = run(scene.graph)
    keys = scene.edge_layer.rows.keys
    for position in range(trace.forward_steps + 1, trace.step_count + 1):
        scene.set_frame(trace.frame(position))
        looks = scene.showing.edge_looks().tolist()
        banded = {key for key, look in zip(keys, looks, strict=True) if edge_styles.band_pen(LIGHT, look)}
        assert banded == scene.showing.active_edges
        lines = [edge_styles.edge_pen(LIGHT, look) for look in looks]
        assert lines == [edge_styles.edge_pen(LIGHT, look) for look in scene.showing.carried_looks().tolist()]
    assert banded
    scene.clear_highlight()
    assert scene.showing.edge_looks().tolist() == scene.showing.carried_looks().tolist()


def test_the_band_of_the_step_is_painted_beside_its_edge(scene: GraphScene) -> None:
    scene.set_frame(run(scene.graph).last_frame)
    (key,) = scene.showing.active_edges
    scene.chip_layer.hide()
    start, end = scene.edge_layer.rows.values[scene.edge_layer.rows.number[key]].reshape(2, 2)
    area, found = QRectF(QPointF(*start), QPointF(*end)).normalized(), []
    for is_marked in (True, False):
        if not is_marked:
            scene.clear_highlight()
        image = QImage(area.size().toSize() * 2, QImage.Format.Format_RGB32)
        image.fill(QColor(scene.theme.background))
        with QPainter(image) as painter:
            painter.scale(2, 2)
            scene.render(painter, QRectF(QPointF(), area.size()), area)
        shown = [image.pixelColor(image.width() // 2, y) for y in range(image.height())]
        found.append(sum(one != QColor(scene.theme.background) for one in shown))
    assert found[0] > 2 * found[1] > 0


def test_a_chip_stays_in_its_place_while_its_text_changes(scene: GraphScene) -> None:
    trace = run(scene.graph)
    middles = set()
    for position in (2, 3, 4, len(trace.steps)):
        scene.set_frame(trace.frame(position))
        middles.add(scene.showing.chip_rect(("e", 0), chips(scene)["e", 0]).center().toTuple())
    assert len(middles) == 1


def test_chips_and_cards_do_not_cover_each_other_on_the_seed(scene: GraphScene) -> None:
    scene.set_frame(run(scene.graph).last_frame)
    rooms = [scene.showing.chip_rect(key, text) for key, text in chips(scene).items()]
    cards = [item.card for item in scene.items_by_id.values()]
    assert not any(room.intersects(card) for room in rooms for card in cards)
    assert not any(one.intersects(other) for i, one in enumerate(rooms) for other in rooms[:i])


def test_a_chip_makes_way_for_a_card_that_is_put_upon_it(scene: GraphScene) -> None:
    scene.set_frame(run(scene.graph).last_frame)
    before = scene.showing.chip_rect(("L", 1), "1 × (−4) = −4")
    apply(scene, edits.move(scene.graph, {"b": (before.center().x() - 10, before.center().y() - 42)}))
    after = scene.showing.chip_rect(("L", 1), "1 × (−4) = −4")
    assert not after.intersects(scene.items_by_id["b"].card)


def test_numbers_travel_only_while_a_step_moves(scene: GraphScene) -> None:
    trace = run(scene.graph)
    scene.set_frame(trace.frame(9))
    assert scene.showing.pulses() == []
    scene.begin_step(trace.frame(10))
    assert scene.showing.pulses() == []
    scene.set_progress(0.5)
    ((place, text, ink),) = scene.showing.pulses()
    assert (text, ink) == ("+15", LIGHT.positive)
    assert scene.edge_layer.extent.contains(place)
    scene.set_progress(1.0)
    assert scene.showing.pulses() == []


def test_a_number_joins_the_sum_only_once_it_has_landed(scene: GraphScene) -> None:
    trace = run(scene.graph)
    position = next(i + 1 for i, step in enumerate(trace.steps) if step.edge == ("e", 0))
    scene.set_frame(trace.frame(position - 1))
    scene.begin_step(trace.frame(position))
    scene.set_progress(0.5)
    assert scene.showing.gradient("a") is None
    scene.set_progress(0.9)
    assert scene.showing.gradient("a") == 15.0


def test_going_back_takes_the_highlight_along(scene: GraphScene) -> None:
    trace = run(scene.graph)
    for position in (10, 3, 0):
        scene.set_frame(trace.frame(position))
        active = {key for key, item in scene.items_by_id.items() if item.mark & Mark.ACTIVE}
        assert active == set(trace.frame(position).active_nodes)


def test_a_zero_and_a_nan_come_back_in_looks_of_their_own(qapp: object) -> None:
    scene = GraphScene(placed(parse("L = x*y", x=0, y=2)), LIGHT)
    scene.set_frame(run(scene.graph).last_frame)
    layer = scene.edge_layer.rows.number
    assert scene.showing.carried_looks()[layer["L", 1]] == edge_styles.ZERO
    scene.set_graph(placed(parse("L = log(x)*y", x=-1, y=2)))
    scene.set_frame(run(scene.graph).last_frame)
    layer = scene.edge_layer.rows.number
    assert scene.showing.carried_looks()[layer["L", 1]] == edge_styles.UNBOUNDED
    assert list(scene.showing.problems) == ["e"]
    assert hit_test.tip_at(scene, scene.items_by_id["e"].card.center()).startswith("ln(−1) is not a number.")


@pytest.mark.parametrize("values", [{"a": 1e300, "b": 1e300}, {"a": 0.0, "b": 0.0}])
def test_the_looks_agree_with_the_frame_for_extreme_numbers(
    scene: GraphScene, values: dict[str, float]
) -> None:
    scene.set_graph(scene.graph.with_values(values))
    trace = run(scene.graph)
    for position in range(len(trace.steps) + 1):
        frame = trace.frame(position)
        scene.set_frame(frame)
        for key, look in zip(scene.edge_layer.rows.keys, scene.showing.edge_looks().tolist(), strict=True):
            carried = frame.contribution(key)
            if key in scene.showing.active_edges and carried is not None:
                look -= edge_styles.RETURNED
            if carried is None:
                assert look in (edge_styles.STILL, edge_styles.FORWARD, edge_styles.TRAVELLED)
            elif not np.isfinite(carried[2]):
                assert look == edge_styles.UNBOUNDED
            elif carried[2] == 0:
                assert look == edge_styles.ZERO
            else:
                assert (look >= edge_styles.NEGATIVE) is (carried[2] < 0)


# --- what lies where
def test_the_topmost_card_takes_the_press_and_a_raised_one_is_topmost(scene: GraphScene) -> None:
    apply(scene, edits.move(scene.graph, {"b": (20.0, 10.0)}))
    both = QPointF(60, 40)
    scene.items_by_id.raise_card("a")
    assert hit_test.node_at(scene, both) == "a"
    scene.items_by_id.raise_card("b")
    assert hit_test.node_at(scene, both) == "b"


def test_a_raised_card_may_be_deleted_and_another_raised(scene: GraphScene) -> None:
    scene.items_by_id.raise_card("b")
    apply(scene, edits.remove(scene.graph, ["b"]))
    scene.items_by_id.raise_card("a")
    assert scene.items_by_id["a"].zValue() > 0


def test_an_edge_is_found_on_its_curve_and_on_its_chip(scene: GraphScene) -> None:
    scene.set_frame(run(scene.graph).last_frame)
    chip = scene.showing.chip_rect(("L", 1), "1 × (−4) = −4")
    assert hit_test.edge_at(scene, chip.center() + QPointF(0, 8), 1) == ("L", 1)
    x, y = scene.edge_layer.curve(("d", 1))[4]
    assert hit_test.edge_at(scene, QPointF(x, y + 2), 4) == ("d", 1)
    assert hit_test.edge_at(scene, QPointF(x, y + 300), 4) is None


# --- far away
def test_from_far_away_cards_are_hidden_and_the_selection_and_finding_stay(scene: GraphScene) -> None:
    view = CanvasView(scene)
    view.resize(400, 300)
    scene.set_frame(run(scene.graph).last_frame)
    scene.select(["e", "L"])
    view.set_zoom(FAR_SCALE * 0.9)
    assert not any(item.isVisible() for item in scene.items_by_id.values())
    assert scene.selected_nodes() == ["e", "L"]
    assert hit_test.node_at(scene, scene.items_by_id["d"].card.center()) == "d"
    assert {item.node.id for item in hit_test.cards_in(scene, scene.graph_rect())} == set(scene.items_by_id)
    view.grab()
    view.set_zoom(1.0)
    assert all(item.isVisible() for item in scene.items_by_id.values())


def test_a_node_made_while_far_away_is_not_painted_twice(scene: GraphScene) -> None:
    scene.set_far(True)
    apply(scene, edits.add_node(scene.graph, "tanh", 0, 500, name="t"))
    assert not scene.items_by_id["t"].isVisible()
    assert scene.graph_rect().contains(QRectF(0, 500, 100, 80))


def test_the_theme_changes_colours_and_nothing_else(scene: GraphScene) -> None:
    before = picture_of(scene)
    scene.set_theme(DARK)
    assert picture_of(scene) == before
    assert scene.theme is DARK


# --- the output's ring
def lines_below(scene: GraphScene, node_id: str) -> list[str]:
    """The lines one crosses from below a card to its inside, each by its colour: of text, or of selection."""
    card = scene.items_by_id[node_id].card
    strip = QRectF(card.center().x() - 1, card.bottom() - 4, 2, 12)
    image = QImage(20, 120, QImage.Format.Format_ARGB32)
    image.fill(scene.theme.background)
    painter = QPainter(image)
    scene.render(painter, QRectF(0, 0, 20, 120), strip)
    painter.end()
    lines = (scene.theme.text.lower(), scene.theme.accent.lower())
    seen = [image.pixelColor(10, y).name() for y in reversed(range(120))]
    return [colour for colour, _ in groupby(seen) if colour in lines]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_output_has_two_lines_in_the_colour_of_text_and_what_is_selected_one_in_another(
    scene: GraphScene, theme: Theme
) -> None:
    scene.set_theme(theme)
    text, accent = theme.text.lower(), theme.accent.lower()
    assert (lines_below(scene, "L"), lines_below(scene, "d")) == ([text, text], [])
    scene.select(["d", "L"])
    assert (lines_below(scene, "L"), lines_below(scene, "d")) == ([text, accent], [accent])


@pytest.mark.usefixtures("qapp")
def test_the_faces_of_a_group_are_found_once_however_many_edges_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = Graph()
    scene = GraphScene(graph, LIGHT)
    found: list[str] = []
    faces = groups_and_notes.group_faces
    monkeypatch.setattr(
        groups_and_notes, "group_faces", lambda graph, key: found.append(key) or faces(graph, key)
    )
    apply(scene, mlp(graph, [2, 9, 9, 1]))
    assert len(list(graph.edges())) > 200
    assert len(found) <= 2 * len(graph.groups())
    here = picture_of(scene)
    assert here == picture_of(GraphScene(graph, LIGHT))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_many_nodes_move_as_each_of_them_would(monkeypatch: pytest.MonkeyPatch, scale: float) -> None:
    graph = graph_of(random_shape(700, seed=2), placed=True)
    at_once, one_by_one = (GraphScene(graph, LIGHT, scale) for _ in range(2))
    ids = [node.id for node in graph.nodes()]
    moves = [
        {i: (graph.node(i).x + 24.5, graph.node(i).y - 8.0) for i in ids},
        {i: (8.0 * k, 16.0 * (k % 7)) for k, i in enumerate(ids[:600])},
        {i: (graph.node(i).x, graph.node(i).y + 0.1) for i in ids[50:]},
    ]
    changes = [edits.move(graph, places) for places in moves]
    shifted = []
    for scene in (at_once, one_by_one):
        monkeypatch.setattr(edge_placement, "MANY", 500 if scene is at_once else 10_000)
        monkeypatch.setattr(scene.placement, "shift", noting(scene.placement.shift, shifted))
    for change in changes:
        for step in (change, change.inverse()):
            graph.apply(step)
            for scene in (at_once, one_by_one):
                monkeypatch.setattr(edge_placement, "MANY", 500 if scene is at_once else 10_000)
                scene.apply(step)
            assert lies(at_once) == lies(one_by_one)
    assert shifted == [True, False] * 6


def noting(function: Callable[..., bool], told: list[bool]) -> Callable[..., bool]:
    def noted(*given: object) -> bool:
        told.append(function(*given))
        return told[-1]

    return noted


def lies(scene: GraphScene) -> tuple[dict[str, list[float]], dict[EdgeKey, list[float]]]:
    """Where cards and edges are, to a billionth."""
    cards, edges = scene.far_layer.rows, scene.edge_layer.rows
    return (
        dict(zip(cards.keys, cards.values.round(9).tolist(), strict=True)),
        dict(zip(edges.keys, scene.edge_layer.points.round(9).reshape(len(edges), -1).tolist(), strict=True)),
    )


def test_another_graph_tells_of_a_selection_only_where_there_was_one(qapp: object) -> None:
    scene, told = GraphScene(placed(parse("a*b")), LIGHT), list[list[str]]()
    scene.selection_changed.connect(lambda: told.append(scene.selected_nodes()))
    scene.set_graph(placed(parse("c + d")))
    assert told == []
    scene.select([scene.graph.named("c").id])
    scene.set_graph(placed(parse("a*b")))
    assert told[1:] == [[]]
