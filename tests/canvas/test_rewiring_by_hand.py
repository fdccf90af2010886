"""Edges re-routed, taken off, cut and filled with a node by the mouse, with real events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing import edge_styles, geometry
from nodegraph.canvas.gestures import move
from nodegraph.canvas.gestures.landing import EdgeLanding
from nodegraph.canvas.items.node_item import PORT_SCALE
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from tests.canvas.conftest import RIGHT, Hand

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
EMPTY = QPointF(330, 420)


def point(hand: Hand, key: tuple[str, int], share: float) -> QPointF:
    """A place along an edge."""
    return geometry.point_on(hand.scene.edge_layer.curve(key), share)


def look_of(hand: Hand, key: tuple[str, int]) -> int:
    return int(hand.scene.showing.edge_looks()[hand.scene.edge_layer.rows.number[key]])


# --- an end of an edge
def test_an_edge_taken_at_its_port_moves_to_another_port(hand: Hand) -> None:
    hand.drag(hand.port("d", 1), hand.port("L", 1))
    assert hand.wanted == [("reroute", ("d", 1), "c", ("L", 1))]


def test_an_edge_taken_near_its_target_end_moves_too(hand: Hand) -> None:
    hand.drag(point(hand, ("d", 1), 0.95), hand.port("e", 0))
    assert hand.wanted == [("reroute", ("d", 1), "c", ("e", 0))]


def test_an_edge_taken_near_its_source_starts_elsewhere(hand: Hand) -> None:
    hand.drag(point(hand, ("d", 1), 0.08), hand.header("f"))
    assert hand.wanted == [("reroute", ("d", 1), "f", ("d", 1))]


def test_an_edges_end_dropped_on_an_output_feeds_its_port_from_there(hand: Hand) -> None:
    hand.drag(hand.port("d", 1), hand.output("f"))
    assert hand.wanted == [("reroute", ("d", 1), "f", ("d", 1))]


def test_an_edges_end_dropped_on_the_empty_canvas_comes_off(hand: Hand) -> None:
    hand.begin_drag(hand.port("d", 1), EMPTY)
    assert hand.scene.showing.held == {("d", 1)}
    hand.release(EMPTY)
    assert hand.wanted == [("cut", [("d", 1)])]
    assert not hand.scene.showing.held


@pytest.mark.parametrize("share", [0.08, 0.95])
def test_where_no_ports_are_seen_a_drag_takes_no_edge_off(hand: Hand, share: float) -> None:
    hand.view.set_zoom(PORT_SCALE - 0.02)
    start = point(hand, ("d", 1), share)
    hand.drag(start, start + QPointF(20, 260))
    assert hand.wanted == []


def test_where_no_ports_are_seen_a_drag_from_an_edge_draws_a_box(hand: Hand) -> None:
    hand.view.set_zoom(PORT_SCALE - 0.02)
    start = point(hand, ("d", 1), 0.95)
    hand.scene.select(["a"])
    hand.drag(start, hand.header("d"))
    assert hand.scene.selected_nodes() == ["d"]
    assert hand.scene.selected_edges() == []


def test_where_no_ports_are_seen_a_click_on_an_edge_selects_it(hand: Hand) -> None:
    hand.view.set_zoom(PORT_SCALE - 0.02)
    hand.scene.select(["a"])
    hand.click(point(hand, ("d", 1), 0.95))
    assert (hand.scene.selected_edges(), hand.scene.selected_nodes()) == ([("d", 1)], [])
    hand.click(point(hand, ("d", 0), 0.5), modifiers=CTRL)
    assert set(hand.scene.selected_edges()) == {("d", 0), ("d", 1)}


def test_an_edges_end_put_back_changes_nothing(hand: Hand) -> None:
    hand.drag(hand.port("d", 1), hand.port("d", 1) + QPointF(8, 2))
    assert hand.wanted == []


def test_an_edges_end_dropped_where_it_would_make_a_cycle_says_why_and_stays(hand: Hand) -> None:
    hand.begin_drag(hand.port("L", 0), hand.port("e", 0))
    assert "cycle" in hand.view.speech.text()
    hand.release(hand.port("e", 0))
    assert hand.wanted == []
    assert not hand.scene.showing.held


def test_escape_puts_a_taken_edge_back(hand: Hand) -> None:
    hand.begin_drag(hand.port("d", 1), EMPTY)
    hand.key(Qt.Key.Key_Escape)
    hand.release(EMPTY)
    assert hand.wanted == []
    assert not hand.scene.showing.held
    assert not hand.scene.draft.isVisible()


def test_a_click_near_an_edges_end_selects_it(hand: Hand) -> None:
    hand.click(point(hand, ("d", 1), 0.95))
    assert hand.scene.selected_edges() == [("d", 1)]
    assert hand.wanted == []


def test_a_held_edge_is_drawn_no_more_where_it_was(hand: Hand) -> None:
    before = hand.view.grab().toImage()
    place = hand.pixel(point(hand, ("d", 1), 0.5))
    hand.begin_drag(hand.port("d", 1), hand.port("d", 1) + QPointF(0, 200))
    after = hand.view.grab().toImage()
    assert before.pixelColor(place) != after.pixelColor(place)
    hand.key(Qt.Key.Key_Escape)
    assert hand.view.grab().toImage().pixelColor(place) == before.pixelColor(place)


# --- a new edge on the empty canvas
def test_a_new_edge_drawn_from_an_input_tells_which_port_it_would_feed(hand: Hand) -> None:
    hand.apply(edits.disconnect(hand.scene.graph, [("d", 1)]))
    hand.drag(hand.port("d", 1), EMPTY)
    assert hand.wanted == [("dropped", "", "d", 1)]


def test_a_press_on_a_port_that_hardly_moves_asks_for_nothing(hand: Hand) -> None:
    hand.drag(hand.output("c"), hand.output("c") + QPointF(15, 3))
    assert hand.wanted == []


# --- all edges of an output
def test_ctrl_drag_from_an_output_moves_its_edges(hand: Hand) -> None:
    hand.apply(edits.connect(hand.scene.graph, "a", "L", 1))
    hand.begin_drag(hand.output("a"), hand.header("f"), modifiers=CTRL)
    assert hand.scene.showing.held == {("e", 0), ("L", 1)}
    assert hand.view.speech.text() == "Move the 2 edges of a to f"
    hand.release(hand.header("f"), CTRL)
    assert hand.wanted == [("outputs", "a", "f")]
    assert not hand.scene.showing.held


def test_edges_of_an_output_cannot_go_where_all_would_make_a_cycle(hand: Hand) -> None:
    hand.begin_drag(hand.output("e"), hand.header("L"), modifiers=CTRL)
    assert "cycle" in hand.view.speech.text()
    hand.release(hand.header("L"), CTRL)
    assert hand.wanted == []


# --- the knife
def test_ctrl_and_the_right_button_cut_what_they_cross(hand: Hand) -> None:
    hand.begin_drag(QPointF(190, 10), QPointF(190, 180), RIGHT, CTRL)
    assert look_of(hand, ("e", 0)) == look_of(hand, ("e", 1)) == edge_styles.CUT
    assert look_of(hand, ("L", 0)) != edge_styles.CUT
    hand.release(QPointF(190, 180), CTRL)
    assert [(word, sorted(keys)) for word, keys in hand.wanted] == [("slice", [("e", 0), ("e", 1)])]
    assert look_of(hand, ("e", 0)) != edge_styles.CUT


def test_a_knife_that_crosses_nothing_asks_for_nothing(hand: Hand) -> None:
    hand.drag(EMPTY, EMPTY + QPointF(30, 40), RIGHT, CTRL)
    assert hand.wanted == []


def test_escape_takes_the_knife_away(hand: Hand) -> None:
    hand.begin_drag(QPointF(190, 10), QPointF(190, 180), RIGHT, CTRL)
    hand.key(Qt.Key.Key_Escape)
    hand.release(QPointF(190, 180), CTRL)
    assert hand.wanted == []
    assert look_of(hand, ("e", 0)) != edge_styles.CUT


# --- a node on an edge
@pytest.fixture
def loose(hand: Hand) -> Hand:
    """A hand on the seed example with a loose tanh."""
    hand.apply(edits.add_node(hand.scene.graph, "tanh", 240, 360, name="t"))
    return hand


def over(hand: Hand, key: tuple[str, int]) -> QPointF:
    """Where the header of t must go so that its middle lies on an edge."""
    card = hand.scene.items_by_id["t"].card
    return hand.header("t") + point(hand, key, 0.5) - card.center()


def test_a_node_dropped_on_an_edge_is_put_into_it(loose: Hand) -> None:
    there = over(loose, ("d", 1))
    loose.begin_drag(loose.header("t"), there)
    assert look_of(loose, ("d", 1)) == edge_styles.AIMED
    assert loose.view.speech.text() == "Drop to put t between c and d; Alt or Ctrl: just move"
    place = loose.scene.items_by_id["t"].pos()
    loose.release(there)
    assert loose.wanted == [("insert", "t", ("d", 1), (place.x(), place.y()), "")]
    assert look_of(loose, ("d", 1)) != edge_styles.AIMED


def test_the_word_about_a_drop_stays_beside_the_card_while_that_stays_on_its_place_of_the_grid(
    loose: Hand,
) -> None:
    there, card, words = over(loose, ("d", 1)), loose.scene.items_by_id["t"], set()
    loose.begin_drag(loose.header("t"), there)
    for step in range(12):
        loose.move(there + QPointF(step, 0))
        words.add((loose.view.speech.pos() - loose.view.mapFromScene(card.pos())).toTuple())
    assert loose.view.speech.isVisible()
    assert len(words) == 1
    loose.view.cancel_gesture()


def test_a_node_dropped_on_a_card_goes_into_no_edge_there(loose: Hand) -> None:
    card, spot = loose.scene.items_by_id["t"].card, loose.port("d", 1) + QPointF(15, 0)
    assert loose.scene.edge_layer.at(spot, 22) is not None  # its end is near, and d lies beneath
    there = loose.header("t") + spot - card.center()
    loose.begin_drag(loose.header("t"), there)
    assert look_of(loose, ("d", 1)) != edge_styles.AIMED
    assert not loose.view.speech.isVisible()
    loose.release(there)
    assert [wish[0] for wish in loose.wanted] == ["move"]


def test_an_edge_that_lies_under_another_card_takes_no_node(loose: Hand) -> None:
    middle = point(loose, ("d", 1), 0.5)
    graph = loose.scene.graph
    loose.apply(edits.move(graph, {"f": (middle.x() - 72, middle.y() - 42)}))
    loose.scene.edge_layer.lead({})  # the edge runs beneath f, as it does in a graph too large to lead around
    card = loose.scene.items_by_id["t"].card
    assert loose.scene.edge_layer.all_at(middle, 22) == [("d", 1)]
    for shift in (QPointF(0, 0), QPointF(0, 52)):
        there = loose.header("t") + middle + shift - card.center()
        loose.drag(loose.header("t"), there)
        assert [wish[0] for wish in loose.wanted] == ["move"]
        loose.wanted.clear()
        loose.apply(edits.move(graph, {"t": (240.0, 361.0 + shift.y())}))
        loose.scene.edge_layer.lead({})


def test_a_node_goes_only_into_the_edge_that_was_shown_as_its_target(loose: Hand) -> None:
    there = over(loose, ("d", 1))
    away = there + QPointF(0, 300)
    loose.begin_drag(loose.header("t"), away)
    loose.release(there)
    assert [wish[0] for wish in loose.wanted] == ["move"]


def test_alt_only_moves_the_node(loose: Hand) -> None:
    there = over(loose, ("d", 1))
    loose.begin_drag(loose.header("t"), there, modifiers=ALT)
    assert look_of(loose, ("d", 1)) != edge_styles.AIMED
    loose.release(there, ALT)
    assert [wish[0] for wish in loose.wanted] == ["move"]


def test_a_node_that_would_make_a_cycle_says_why_it_is_only_moved(hand: Hand) -> None:
    hand.apply(edits.add_node(hand.scene.graph, "add", 240, 360, name="t"))
    hand.apply(edits.connect(hand.scene.graph, "L", "t", 0))  # its other input is free
    there = over(hand, ("d", 1))
    hand.begin_drag(hand.header("t"), there)
    assert "cycle" in hand.view.speech.text()
    hand.release(there)
    assert [wish[0] for wish in hand.wanted] == ["move"]
    assert not hand.view.speech.isVisible()


def test_an_input_moved_across_an_edge_is_simply_moved(hand: Hand) -> None:
    card = hand.scene.items_by_id["f"].card
    hand.drag(hand.header("f"), hand.header("f") + point(hand, ("d", 1), 0.5) - card.center())
    assert [wish[0] for wish in hand.wanted] == ["move"]


def test_an_edge_deleted_beneath_its_dragged_end_is_let_go_of(hand: Hand) -> None:
    hand.begin_drag(hand.port("d", 1), EMPTY)
    hand.apply(edits.disconnect(hand.scene.graph, [("d", 1)]))
    hand.release(EMPTY)
    assert hand.wanted == []
    assert not hand.scene.showing.held
    hand.view.grab()


def test_an_edge_that_has_come_beneath_a_node_meanwhile_takes_it(loose: Hand) -> None:
    scene, landing = loose.scene, EdgeLanding(loose.scene, "t")
    card = scene.items_by_id["t"].card
    card.moveCenter(point(loose, ("d", 1), 0.5) + QPointF(0, 90))
    landing.look(card)
    assert landing.key != ("d", 1)
    places = {i: (scene.graph.node(i).x, scene.graph.node(i).y + 90) for i in ("c", "d")}
    loose.apply(edits.move(scene.graph, places))
    card.moveCenter(point(loose, ("d", 1), 0.5))
    landing.look(card)
    assert landing.key == ("d", 1)


def test_a_word_beside_a_card_goes_along_and_is_styled_anew_only_when_it_refuses(
    loose: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, styled, speech = over(loose, ("d", 1)), [], loose.view.speech
    style = speech.setStyleSheet
    monkeypatch.setattr(speech, "setStyleSheet", lambda sheet: (styled.append(sheet), style(sheet)))
    loose.begin_drag(loose.header("t"), there)
    before, said = speech.pos(), speech.text()
    card = loose.view.mapFromScene(loose.scene.items_by_id["t"].pos())
    styled.clear()
    loose.move(there + QPointF(12, 0))
    assert speech.text() == said
    way = loose.view.mapFromScene(loose.scene.items_by_id["t"].pos()) - card
    assert speech.pos() - before == way != QPoint()
    loose.view.say("Something else", there)
    assert "Something else" in speech.text()
    assert not styled
    loose.view.say("Something else", there, refused=True)
    assert len(styled) == 1
    loose.release(there)


def test_an_edge_is_looked_for_again_only_where_the_card_or_others_have_moved(
    loose: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, landing, looked = loose.scene, EdgeLanding(loose.scene, "t"), []
    find = landing._visible_edge
    monkeypatch.setattr(landing, "_visible_edge", lambda card: looked.append(card) or find(card))
    card = scene.items_by_id["t"].card
    card.moveCenter(point(loose, ("d", 1), 0.5))
    for _ in range(3):
        landing.look(card)
        assert landing.key == ("d", 1)
    assert len(looked) == 1
    loose.apply(edits.move(scene.graph, {"c": (scene.graph.node("c").x, scene.graph.node("c").y + 300)}))
    landing.look(card)
    assert len(looked) == 2
    assert landing.key != ("d", 1)


# --- a node on one of very many edges
@pytest.fixture
def looked(loose: Hand, monkeypatch: pytest.MonkeyPatch) -> list[QPointF]:
    """Where an edge was looked for; as if there were many, among which one is looked for now and then."""
    asked: list[QPointF] = []
    look = EdgeLanding.look
    monkeypatch.setattr(move, "FEW", 0)
    monkeypatch.setattr(
        EdgeLanding, "look", lambda landing, card: (asked.append(card.center()), look(landing, card))
    )
    return asked


def test_among_many_edges_one_is_looked_for_once_at_first_and_then_where_the_card_has_come_to(
    loose: Hand, looked: list[QPointF], qtbot: QtBot
) -> None:
    card, there = loose.scene.items_by_id["t"], over(loose, ("d", 1))
    loose.begin_drag(loose.header("t"), there + QPointF(0, 200))
    for _ in range(3):
        loose.move(there)
    assert len(looked) == 1
    qtbot.waitUntil(lambda: look_of(loose, ("d", 1)) == edge_styles.AIMED)
    assert looked[-1] == card.card.center()
    assert "between c and d" in loose.view.speech.text()
    loose.view.cancel_gesture()


def test_a_node_is_dropped_into_one_of_many_edges_however_soon(loose: Hand, looked: list[QPointF]) -> None:
    there = over(loose, ("d", 1))
    loose.drag(loose.header("t"), there)
    assert [wish[0] for wish in loose.wanted] == ["insert"]
    assert len(looked) > 1


def test_a_graph_that_is_replaced_meanwhile_has_no_edge_looked_for(
    loose: Hand, looked: list[QPointF], qtbot: QtBot
) -> None:
    loose.begin_drag(loose.header("t"), over(loose, ("d", 1)))
    other = Graph()
    other.apply(edits.add_node(other, "input", 0, 0, name="a"))
    loose.scene.set_graph(other)
    before = len(looked)
    qtbot.wait(3 * move.AIM_MS)
    assert len(looked) == before
