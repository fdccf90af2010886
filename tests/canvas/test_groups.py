"""Groups on the canvas: boxes that follow their nodes, collapsed cards, and what the mouse does with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.ports import PortHit
from nodegraph.canvas.picture import PictureOptions, render
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits, grouping, notes
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import GROUP_ROW, MOST_APART, group_size
from nodegraph.core.layout.placement import place
from tests.canvas.conftest import Hand

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def group(hand: Hand) -> str:
    """e and d of the seed example in a group, open."""
    hand.apply(grouping.group(hand.scene.graph, ["e", "d"], "Sum"))
    return "group1"


def item_of(hand: Hand, group_id: str) -> GroupItem:
    return hand.scene.surroundings.groups[group_id]


def title(hand: Hand, group_id: str) -> QPointF:
    return item_of(hand, group_id).handle.topLeft() + QPointF(60, 12)


def collapse(hand: Hand, group_id: str, collapsed: bool = True) -> None:
    hand.apply(grouping.set_collapsed(hand.scene.graph, [group_id], collapsed))


def ends(hand: Hand, key: tuple[str, int]) -> tuple[QPointF, QPointF]:
    x1, y1, x2, y2 = hand.scene.edge_layer.rows.values[hand.scene.edge_layer.rows.number[key]]
    return QPointF(x1, y1), QPointF(x2, y2)


def test_a_collapsed_card_counts_values_that_are_too_many_for_a_line_each(
    make_hand: Callable[[Graph], Hand],
) -> None:
    products = [f"p{number}" for number in range(30)]
    graph = parse("; ".join([*(f"{it} = a*b" for it in products), f"L = {'*'.join(products)}"]))
    graph.apply(place(graph))
    hand = make_hand(graph)
    hand.apply(grouping.group(graph, products, "Products"))
    collapse(hand, "group1")
    item = item_of(hand, "group1")
    assert item.crowd == "30 values lead out"
    assert item.rect.height() <= MOST_APART * GROUP_ROW + 60
    hand.apply(grouping.ungroup(hand.scene.graph, ["group1"]))
    hand.apply(grouping.group(hand.scene.graph, products[:2], "Two"))
    collapse(hand, "group1")
    assert item_of(hand, "group1").crowd == ""


# --- the open box
def test_a_box_lies_round_its_nodes_and_follows_them(hand: Hand, group: str) -> None:
    item = item_of(hand, group)
    assert all(item.rect.contains(hand.scene.items_by_id[i].card) for i in "ed")
    assert not item.rect.contains(hand.scene.items_by_id["L"].card)
    hand.apply(edits.move(hand.scene.graph, {"d": (600, 500)}))
    assert item.rect.contains(hand.scene.items_by_id["d"].card)


def test_a_drag_by_the_title_moves_all_nodes_in_one_wish(hand: Hand, group: str) -> None:
    places = {i: hand.scene.items_by_id[i].pos() for i in "ed"}
    hand.begin_drag(title(hand, group), title(hand, group) + QPointF(40, 24))
    hand.release(title(hand, group))
    ((word, moved),) = hand.wanted
    assert word == "move"
    assert set(moved) == {"e", "d"}
    way = {(moved[i][0] - places[i].x(), moved[i][1] - places[i].y()) for i in "ed"}
    assert len(way) == 1


def test_a_click_on_the_title_selects_the_group_with_its_nodes(hand: Hand, group: str) -> None:
    hand.click(title(hand, group))
    assert hand.scene.selected_groups() == [group]
    assert set(hand.chosen) == {"e", "d"}
    hand.click(hand.header("a"))
    assert hand.scene.selected_groups() == []


def test_a_node_dropped_in_a_box_joins_and_the_box_is_marked_meanwhile(hand: Hand, group: str) -> None:
    there = item_of(hand, group).rect.center() + QPointF(0, 40)
    hand.begin_drag(hand.header("c"), there)
    assert item_of(hand, group).is_aimed
    assert hand.view.speech.text() == "Drop to put c into “Sum”; Alt or Ctrl: just move"
    hand.release(there)
    assert [(wish[0], *wish[2:]) for wish in hand.wanted] == [("regroup", group, ["c"])]
    assert not item_of(hand, group).is_aimed


def test_alt_moves_a_node_over_a_box_without_joining(hand: Hand, group: str) -> None:
    there = item_of(hand, group).rect.center() + QPointF(0, 40)
    hand.drag(hand.header("c"), there, modifiers=ALT)
    assert [wish[0] for wish in hand.wanted] == ["move"]


def test_a_node_dragged_out_of_its_box_leaves_the_group(hand: Hand, group: str) -> None:
    before = item_of(hand, group).rect
    hand.begin_drag(hand.header("d"), QPointF(700, 430))
    assert item_of(hand, group).rect == before
    assert hand.view.speech.text() == "Drop to take d out of “Sum”; Alt or Ctrl: keep it in"
    hand.release(QPointF(700, 430))
    assert [(wish[0], *wish[2:]) for wish in hand.wanted] == [("regroup", "", ["d"])]


def test_alt_keeps_a_dragged_node_in_its_group_and_the_box_follows(hand: Hand, group: str) -> None:
    hand.begin_drag(hand.header("d"), QPointF(700, 430), modifiers=ALT)
    assert item_of(hand, group).rect.contains(hand.scene.items_by_id["d"].card)
    hand.release(QPointF(700, 430), ALT)
    assert [wish[0] for wish in hand.wanted] == ["move"]


def test_a_node_moved_within_its_box_stays_in_it(hand: Hand, group: str) -> None:
    hand.drag(hand.header("d"), hand.header("d") + QPointF(-16, 8))
    assert [wish[0] for wish in hand.wanted] == ["move"]


def test_escape_brings_box_and_nodes_back(hand: Hand, group: str) -> None:
    before = item_of(hand, group).rect
    hand.begin_drag(hand.header("d"), QPointF(700, 430))
    hand.key(Qt.Key.Key_Escape)
    assert item_of(hand, group).rect == before
    hand.release(QPointF(700, 430))
    assert hand.wanted == []


def test_a_title_is_typed_in_place(hand: Hand, group: str) -> None:
    hand.double_click(title(hand, group))
    field = hand.view.field
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "Weighted sum")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert hand.wanted == [("title", group, "Weighted sum")]
    assert hand.view.field is None


def test_a_title_field_goes_with_its_group(hand: Hand, group: str) -> None:
    hand.view.edit_title(group)
    hand.apply(grouping.ungroup(hand.scene.graph, [group]))
    assert hand.view.field is None


def test_a_box_drawn_inside_a_group_selects_cards(hand: Hand, group: str) -> None:
    rect = item_of(hand, group).rect
    hand.drag(rect.bottomLeft() + QPointF(6, -6), rect.center() + QPointF(-60, 0))
    assert hand.chosen == ["e"]


def test_a_group_deleted_while_it_is_dragged_is_let_go_of(hand: Hand, group: str) -> None:
    hand.begin_drag(title(hand, group), title(hand, group) + QPointF(40, 24))
    hand.apply(edits.remove(hand.scene.graph, ["e", "d"]))
    hand.move(QPointF(300, 300))
    hand.release(QPointF(300, 300))
    assert hand.wanted == []
    assert hand.scene.surroundings.groups == {}
    hand.view.grab()


# --- collapsed
def test_the_chevron_asks_to_collapse_and_to_expand(hand: Hand, group: str) -> None:
    hand.click(item_of(hand, group).chevron.center())
    collapse(hand, group)
    hand.click(item_of(hand, group).chevron.center())
    assert hand.wanted == [("collapse", group, True), ("collapse", group, False)]


def test_a_collapsed_group_hides_its_nodes_and_takes_their_edges(hand: Hand, group: str) -> None:
    collapse(hand, group)
    item = item_of(hand, group)
    assert not hand.scene.items_by_id["e"].isVisible()
    assert ("d", 0) not in hand.scene.edge_layer.rows.number
    corner = item.rect.topLeft()
    assert ends(hand, ("e", 0))[1] == corner + item.inputs["a"]
    assert ends(hand, ("d", 1))[1] == corner + item.inputs["c"]
    assert ends(hand, ("L", 0))[0] == corner + item.outputs["d"]
    assert hit_test.node_at(hand.scene, item.rect.center()) is None
    collapse(hand, group, False)
    assert hand.scene.items_by_id["e"].isVisible()
    assert ends(hand, ("e", 0))[1] == hand.port("e", 0)
    assert ("d", 0) in hand.scene.edge_layer.rows.number


def test_a_selected_edge_that_a_collapsed_group_hides_is_selected_no_more(hand: Hand, group: str) -> None:
    hand.scene.select(edges=[("d", 0), ("d", 1)])
    collapse(hand, group)
    assert hand.scene.selected_edges() == [("d", 1)]
    hand.view.grab()  # this raised a KeyError for the hidden edge


def test_a_collapsed_card_moves_with_its_edges(hand: Hand, group: str) -> None:
    collapse(hand, group)
    item = item_of(hand, group)
    before = item.rect.topLeft()
    start = item.rect.center()
    hand.begin_drag(start, start + QPointF(40, 80))
    assert item.rect.topLeft() == before + QPointF(40, 80)
    assert ends(hand, ("L", 0))[0] == item.output_place("d")
    hand.release(start + QPointF(40, 80))
    assert [wish[0] for wish in hand.wanted] == ["move"]
    assert set(hand.wanted[0][1]) == {"e", "d"}


def test_an_edge_is_drawn_from_a_collapsed_card(hand: Hand, group: str) -> None:
    collapse(hand, group)
    hand.apply(edits.disconnect(hand.scene.graph, [("L", 0)]))
    hand.apply(edits.connect(hand.scene.graph, "d", "L", 0))
    item = item_of(hand, group)
    assert hit_test.port_at(hand.scene, item.output_place("d"), 10) == PortHit("d", None)
    hand.drag(item.output_place("d"), hand.port("L", 1))
    assert hand.wanted == [("connect", "d", "L", 1)]


def test_edges_that_come_and_go_change_the_ports_of_a_collapsed_card(hand: Hand, group: str) -> None:
    collapse(hand, group)
    hand.apply(edits.disconnect(hand.scene.graph, [("e", 0)]))
    item = item_of(hand, group)
    assert list(item.inputs) == ["b", "c"]
    assert ends(hand, ("e", 1))[1] == item.rect.topLeft() + item.inputs["b"]
    hand.apply(edits.connect(hand.scene.graph, "f", "e", 0))
    assert "f" in item.inputs


def test_a_drag_on_an_occupied_port_of_a_collapsed_card_takes_its_edge(hand: Hand, group: str) -> None:
    collapse(hand, group)
    hand.drag(item_of(hand, group).input_place("c"), QPointF(330, 420))
    assert hand.wanted == [("cut", [("d", 1)])]


def body(hand: Hand, group: str) -> QPointF:
    return item_of(hand, group).rect.center() + QPointF(0, 20)


def test_an_edge_dropped_on_the_body_of_a_collapsed_card_takes_the_free_input(hand: Hand, group: str) -> None:
    hand.apply(edits.disconnect(hand.scene.graph, [("d", 1)]))
    hand.apply(edits.remove(hand.scene.graph, ["e"]))
    collapse(hand, group)
    hand.begin_drag(hand.output("a"), body(hand, group))
    assert hand.view.speech.text() == "Connect a to d, input 1"
    assert item_of(hand, group).is_aimed
    hand.release(body(hand, group))
    assert hand.wanted == [("connect", "a", "d", 0)]
    assert not item_of(hand, group).is_aimed


def test_where_several_inputs_are_free_a_choice_is_offered(hand: Hand, group: str) -> None:
    offered = []
    hand.view.intents.choice_offered.connect(lambda aims, take, place: offered.append((aims, take)))
    collapse(hand, group)
    hand.drag(hand.output("f"), body(hand, group))
    ((aims, take),) = offered
    assert aims == [("f", "e", 2), ("f", "d", 2)]
    assert "choose the input in “Sum”" in hand.view.speech.text()
    assert hand.wanted == []
    take(*aims[1])
    assert hand.wanted == [("connect", "f", "d", 2)]


def test_where_no_input_is_free_the_hint_says_so(hand: Hand) -> None:
    graph = hand.scene.graph
    for change in (
        lambda: edits.add_node(graph, "tanh", 240, 300),
        lambda: edits.connect(graph, "a", "g", 0),
        lambda: grouping.group(graph, ["g"], "Squash"),
        lambda: grouping.set_collapsed(graph, ["group1"], True),
    ):
        hand.apply(change())
    hand.drag(hand.output("b"), body(hand, "group1"))
    assert hand.wanted == []
    assert hand.hints[-1] == "No input in “Squash” is free for b; expand the group to replace an edge."


def test_an_edge_from_an_input_takes_the_result_of_a_collapsed_card(hand: Hand, group: str) -> None:
    hand.apply(edits.disconnect(hand.scene.graph, [("L", 1)]))
    collapse(hand, group)
    hand.drag(hand.port("L", 1), body(hand, group))
    assert hand.wanted == [("connect", "d", "L", 1)]


def test_an_edges_end_dropped_on_the_body_of_its_own_group_stays(hand: Hand, group: str) -> None:
    collapse(hand, group)
    start = dict(item_of(hand, group).ports())[PortHit("e", 0)]
    hand.drag(start, body(hand, group))
    assert hand.wanted == []


def test_all_edges_of_an_output_move_to_the_result_of_a_collapsed_card(hand: Hand, group: str) -> None:
    hand.apply(edits.connect(hand.scene.graph, "f", "L", 2))
    collapse(hand, group)
    hand.drag(hand.output("f"), body(hand, group), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert hand.wanted == [("outputs", "f", "d")]


def test_frames_and_steps_go_on_where_nodes_are_hidden(hand: Hand, group: str) -> None:
    collapse(hand, group)
    steps = run(hand.scene.graph).steps
    for position in range(len(steps) + 1):
        hand.show_step(position)
        hand.view.grab()
    trace = run(hand.scene.graph)
    hand.view.show_frame(trace.frame(len(steps) - 1))
    hand.view.show_frame(trace.last_frame, 400, True)
    hand.scene.set_progress(0.5)
    hand.view.grab()
    assert hand.scene.showing.chip(("L", 0)) is not None
    assert hand.scene.showing.chip(("d", 0)) is None


def test_the_active_step_lights_the_card_that_stands_for_it(hand: Hand, group: str) -> None:
    collapse(hand, group)
    trace = run(hand.scene.graph)
    active = next(k for k in range(len(trace.steps) + 1) if "e" in trace.frame(k).active_nodes)
    hand.view.show_frame(trace.frame(active))
    rim = item_of(hand, group).rect.topLeft() + QPointF(40, -6)
    lit = hand.view.grab().toImage().pixelColor(hand.pixel(rim))
    hand.scene.clear_highlight()
    hand.scene.update()
    assert lit != hand.view.grab().toImage().pixelColor(hand.pixel(rim))


def test_a_collapsed_group_is_found_and_fitted_by_its_nodes(hand: Hand, group: str) -> None:
    collapse(hand, group)
    assert hand.scene.graph_rect(["e"]) == item_of(hand, group).rect
    hand.view.set_center(QPointF(5000, 5000))
    hand.view.reveal("e")
    assert hand.view.seen().contains(item_of(hand, group).rect)


def test_arrows_step_over_hidden_nodes(hand: Hand, group: str) -> None:
    collapse(hand, group)
    hand.scene.select(["b"])
    for _ in range(6):
        hand.key(Qt.Key.Key_Right)
        assert not set(hand.chosen) & {"e", "d"}
    assert hand.chosen == ["L"]


def test_the_menu_on_a_title_is_about_the_group(hand: Hand, group: str) -> None:
    assert hand.view.group_at(title(hand, group)) == group
    assert not hand.view.is_empty_at(title(hand, group))
    assert hand.view.group_at(QPointF(330, 420)) is None


def test_from_far_away_groups_are_there_and_collapsed_nodes_are_not(hand: Hand, group: str) -> None:
    collapse(hand, group)
    hand.view.set_zoom(0.1)
    assert "e" not in hand.scene.far_layer.rows.number
    assert not any(hand.scene.items_by_id[i].isVisible() for i in "edab")
    hand.view.grab()
    hand.view.set_zoom(1.0)
    assert hand.scene.items_by_id["a"].isVisible()
    assert not hand.scene.items_by_id["e"].isVisible()


def test_a_collapsed_card_says_that_members_are_muted(hand: Hand, group: str) -> None:
    collapse(hand, group)
    item = item_of(hand, group)
    assert item.count == "2 nodes"
    plain = hand.view.grab().toImage()
    hand.apply(edits.set_muted(hand.scene.graph, ["e"]))
    assert item.count == "2 nodes, 1 muted"
    assert item.card_size().toTuple() == group_size(hand.scene.graph, group)
    assert hand.view.grab().toImage() != plain
    hand.apply(edits.set_muted(hand.scene.graph, ["e"]))
    assert item.count == "2 nodes"


def test_a_selected_collapsed_card_has_the_rim_of_what_is_selected(hand: Hand, group: str) -> None:
    collapse(hand, group)
    hand.view.set_zoom(1.0)
    hand.scene.select(groups=[group])
    left = item_of(hand, group).rect.left()
    place = hand.view.mapFromScene(QPointF(left, item_of(hand, group).rect.top() + geometry.HEADER / 2))
    picture = hand.view.grab().toImage()
    inks = {picture.pixelColor(place + QPoint(right, 0)).name() for right in (-1, 0, 1)}
    assert LIGHT.accent.lower() in inks


@pytest.mark.parametrize("collapsed", [False, True])
def test_pictures_show_groups(hand: Hand, group: str, collapsed: bool) -> None:
    graph = hand.scene.graph
    bare = graph.copy()
    bare.apply(grouping.ungroup(bare, [group]))
    if collapsed:
        collapse(hand, group)
    frame = run(graph).last_frame
    one, other = (render(g, frame, PictureOptions(scale=1.0)) for g in (graph, bare))
    assert one != other


def test_a_picture_of_some_nodes_leaves_half_a_group_out(hand: Hand, group: str) -> None:
    collapse(hand, group)
    scene = GraphScene(hand.scene.graph.copy(), LIGHT, only={"a", "e"})
    assert scene.surroundings.groups == {}
    assert scene.items_by_id["e"].isVisible()
    assert list(scene.edge_layer.rows.keys) == [("e", 0)]


def test_a_place_for_a_new_node_is_clear_of_collapsed_cards_and_notes(hand: Hand, group: str) -> None:
    collapse(hand, group)
    hand.view.set_center(item_of(hand, group).rect.center())
    hand.scene.select()
    for _ in range(3):
        place = hand.view.free_place()
        card = QRectF(place, QSizeF(geometry.CARD_WIDTH, geometry.CARD_HEIGHT))
        taken = [item_of(hand, group).rect, *(n.rect for n in hand.scene.surroundings.notes.values())]
        assert not any(card.intersects(rect) for rect in taken)
        hand.apply(notes.add_note(hand.scene.graph, "here", place.x(), place.y()))


@pytest.mark.parametrize("zoom", [0.2, 0.5, 1.0])
def test_the_field_for_a_title_lies_over_it_also_where_it_is_written_larger(
    hand: Hand, group: str, zoom: float
) -> None:
    hand.view.set_zoom(zoom)
    hand.view.edit_title(group)
    written = item_of(hand, group).title_place(zoom)
    corners = [hand.view.mapFromScene(corner) for corner in (written.topLeft(), written.bottomLeft())]
    middle = sum(corner.y() for corner in corners) / 2
    assert abs(hand.view.field.geometry().center().y() - middle) < 3


@pytest.mark.parametrize("scale", [0.3, 1.0])
def test_the_title_of_an_open_group_is_whole_where_an_edge_crosses_it(qapp: object, scale: float) -> None:
    graph = parse("e = a*b\nd = e + c\nL = d*f", a=2, b=3, c=-10, f=5)
    graph.apply(place(graph))
    graph.apply(edits.move(graph, {"a": (0.0, 0.0), "e": (700.0, 0.0), "c": (300.0, 72.0)}))
    graph.apply(grouping.group(graph, ["c"], "A title that an edge crosses"))
    pictures = []
    for without in ([], [("e", 0)]):
        graph.apply(edits.disconnect(graph, without)) if without else None
        scene = GraphScene(graph, LIGHT)
        (group,) = scene.surroundings.groups.values()
        if not without:
            curve = scene.edge_layer.curve(("e", 0))
            assert any(group.title_ground(scale).contains(QPointF(*point)) for point in curve)
        pictures.append(drawn(scene, group.title_ground(scale), scale))
    assert pictures[0] == pictures[1]


def test_a_collapsed_group_looks_selected_while_a_member_is(hand: Hand, group: str) -> None:
    scene = hand.scene
    collapse(hand, group)
    pictures = []
    for nodes in ([], ["d"], ["a"]):
        before = scene.box_revision
        scene.select(nodes)
        pictures.append(drawn(scene, item_of(hand, group).rect, 1.0))
        assert (scene.box_revision > before) == ("d" in nodes or nodes == ["a"])  # it asks for a repaint
    assert pictures[0] == pictures[2] != pictures[1]


def drawn(scene: GraphScene, rect: QRectF, scale: float) -> QImage:
    """A part of a scene, so large."""
    image = QImage((rect.size() * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        scene.render(painter, QRectF(image.rect()), rect)
    return image
