"""What the mouse does on the canvas, with real events; the graph itself is never touched, only asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from nodegraph.canvas.drawing.geometry import PADDING
from nodegraph.canvas.gestures.dispatch import cursor_at
from nodegraph.canvas.items.node_item import Mark
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place_missing
from tests.canvas.conftest import MIDDLE, RIGHT, Hand, edge_middle

SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
EMPTY = QPointF(330, 420)
"""A place of the seed example where nothing lies."""


# --- connecting
def test_a_drag_from_port_to_port_asks_for_an_edge(hand: Hand) -> None:
    hand.drag(hand.output("c"), hand.port("e", 1))
    assert hand.wanted == [("connect", "c", "e", 1)]


def test_an_edge_can_be_drawn_from_its_input_end_too(hand: Hand) -> None:
    hand.apply(edits.disconnect(hand.scene.graph, [("d", 1)]))
    hand.drag(hand.port("d", 1), hand.output("a"))
    assert hand.wanted == [("connect", "a", "d", 1)]


def test_an_edge_drawn_from_an_input_may_end_anywhere_on_a_card(hand: Hand) -> None:
    hand.apply(edits.disconnect(hand.scene.graph, [("d", 1)]))
    hand.drag(hand.port("d", 1), hand.header("b"))
    assert hand.wanted == [("connect", "b", "d", 1)]


def test_a_port_takes_the_end_of_an_edge_from_some_pixels_off(hand: Hand) -> None:
    hand.drag(hand.output("c") + QPointF(4, 4), hand.port("e", 1) + QPointF(-10, 6))
    assert hand.wanted == [("connect", "c", "e", 1)]


def test_an_edge_dropped_on_a_card_takes_its_nearest_port_where_all_are_filled(hand: Hand) -> None:
    graph = hand.scene.graph
    hand.apply(edits.add_node(graph, "power", 480, 280, name="p"))
    for port, source in enumerate("ab"):
        hand.apply(edits.connect(graph, source, "p", port))
    for port in (0, 1):
        hand.drag(hand.output("c"), hand.port("p", port) + QPointF(60, 3))
        assert hand.wanted.pop() == ("connect", "c", "p", port)


def test_an_edge_dropped_on_a_card_takes_its_first_free_port(hand: Hand) -> None:
    hand.apply(edits.disconnect(hand.scene.graph, [("e", 0)]))
    hand.drag(hand.output("c"), hand.port("e", 1) + QPointF(60, 4))
    assert hand.wanted == [("connect", "c", "e", 0)]


@pytest.mark.parametrize("op", ["add", "multiply", "max", "min", "mean"])
def test_a_node_of_any_number_of_inputs_takes_one_more_on_its_card(hand: Hand, op: str) -> None:
    hand.apply(edits.add_node(hand.scene.graph, op, 520, 400, name="s"))
    for port, source in enumerate("abc"):
        hand.drag(hand.output(source), hand.scene.items_by_id["s"].card.center())
        assert hand.wanted.pop() == ("connect", source, "s", port)
        hand.apply(edits.connect(hand.scene.graph, source, "s", port))
    assert len(hand.scene.items_by_id["s"].shape_of_card.inputs) == 3


def test_while_an_edge_is_drawn_the_aimed_card_is_lit_and_the_word_says_what_will_happen(hand: Hand) -> None:
    hand.begin_drag(hand.output("c"), hand.port("e", 1))
    assert hand.scene.items_by_id["e"].mark & Mark.TARGET
    assert hand.view.speech.text() == "Connect c to e, input 2, in place of b"
    assert hand.scene.draft.isVisible()
    assert hand.scene.lit is not None
    assert "e" in hand.scene.lit
    assert "f" not in hand.scene.lit
    hand.release(hand.port("e", 1))
    assert not hand.scene.items_by_id["e"].mark & Mark.TARGET
    assert not hand.scene.draft.isVisible()
    assert not hand.view.speech.isVisible()
    assert hand.scene.lit is None


def test_an_edge_that_would_make_a_cycle_is_marked_and_says_why_and_is_not_asked_for(hand: Hand) -> None:
    hand.begin_drag(hand.output("d"), hand.port("e", 0))
    assert hand.scene.items_by_id["e"].mark & Mark.REFUSED
    assert "cycle" in hand.view.speech.text()
    hand.release(hand.port("e", 0))
    assert hand.wanted == []
    assert "cycle" in hand.hints[-1]
    assert not hand.scene.items_by_id["e"].mark & (Mark.REFUSED | Mark.TARGET)


def test_an_edge_from_a_node_to_itself_says_why_not(hand: Hand) -> None:
    hand.begin_drag(hand.output("e"), hand.port("e", 0))
    assert hand.view.speech.text().endswith("e cannot feed itself.")
    hand.release(hand.port("e", 0))
    assert hand.wanted == []


def test_an_edge_to_an_input_says_that_it_takes_none(hand: Hand) -> None:
    hand.begin_drag(hand.output("e"), hand.header("a"))
    assert "takes no edges" in hand.view.speech.text()
    hand.release(hand.header("a"))
    assert hand.wanted == []


def test_an_edge_dropped_on_the_empty_canvas_asks_what_is_to_be_there(hand: Hand) -> None:
    hand.drag(hand.output("c"), EMPTY)
    assert hand.wanted == [("dropped", "c", "", -1)]
    assert not hand.scene.draft.isVisible()


# --- giving up
Begin = Callable[[Hand], None]


def connecting(hand: Hand) -> None:
    hand.begin_drag(hand.output("c"), hand.port("e", 1))


def moving(hand: Hand) -> None:
    hand.begin_drag(hand.header("a"), hand.header("a") + QPointF(64, 40))


def boxing(hand: Hand) -> None:
    hand.begin_drag(QPointF(-40, -40), QPointF(200, 240))


def panning(hand: Hand) -> None:
    hand.begin_drag(EMPTY, EMPTY + QPointF(50, 30), MIDDLE)


def by_escape(hand: Hand) -> None:
    hand.key(Qt.Key.Key_Escape)


def by_right_button(hand: Hand) -> None:
    held = hand.held
    hand.press(EMPTY, RIGHT)
    hand.held = held


@pytest.mark.parametrize("give_up", [by_escape, by_right_button])
@pytest.mark.parametrize("begin", [connecting, moving, boxing, panning])
def test_a_gesture_given_up_leaves_everything_as_it_was(hand: Hand, begin: Begin, give_up: Begin) -> None:
    hand.scene.select(["f"])
    places = {key: item.card.getRect() for key, item in hand.scene.items_by_id.items()}
    ends = hand.scene.edge_layer.rows.values.copy()
    center = hand.view.center()
    begin(hand)
    give_up(hand)
    hand.release(EMPTY)
    assert hand.wanted == []
    assert {key: item.card.getRect() for key, item in hand.scene.items_by_id.items()} == places
    assert (hand.scene.edge_layer.rows.values == ends).all()
    assert (hand.view.center() - center).manhattanLength() <= 2
    assert hand.scene.lit is None
    assert not hand.scene.draft.isVisible()
    assert not hand.view.speech.isVisible()
    assert hand.chosen == (["a"] if begin is moving else ["f"])


def test_a_scrub_given_up_takes_its_value_back_in_the_same_undo_step(hand: Hand) -> None:
    hand.begin_drag(hand.number("a"), hand.number("a") + QPointF(60, 0))
    hand.key(Qt.Key.Key_Escape)
    hand.release(hand.number("a"))
    values = [wish[2] for wish in hand.wanted]
    assert values[-1] == 2.0 != values[0]
    assert len({wish[3] for wish in hand.wanted}) == 1


# --- moving
def test_a_drag_on_a_card_asks_once_to_move_it_onto_the_fine_grid(hand: Hand) -> None:
    hand.drag(hand.header("a"), hand.header("a") + QPointF(33, 21))
    assert hand.wanted == [("move", {"a": (32.0, 24.0)})]


def test_alt_moves_freely(hand: Hand) -> None:
    hand.drag(hand.header("a"), hand.header("a") + QPointF(33, 21), modifiers=ALT)
    assert hand.wanted == [("move", {"a": (33.0, 21.0)})]


def test_shift_keeps_a_move_to_one_direction(hand: Hand) -> None:
    start = hand.header("a")
    hand.press(start)
    hand.move(start + QPointF(50, 20), SHIFT)
    hand.release(start + QPointF(50, 20), SHIFT)
    assert hand.wanted == [("move", {"a": (48.0, 0.0)})]


def test_the_whole_selection_moves_in_one_wish_and_keeps_its_distances(hand: Hand) -> None:
    hand.apply(edits.move(hand.scene.graph, {"b": (3.0, 113.0)}))
    hand.scene.select(["a", "b"])
    hand.drag(hand.header("a"), hand.header("a") + QPointF(16, 8))
    assert hand.wanted == [("move", {"a": (16.0, 8.0), "b": (19.0, 121.0)})]


def test_edges_follow_their_card_while_it_is_dragged(hand: Hand) -> None:
    hand.begin_drag(hand.header("e"), hand.header("e") + QPointF(16, 160))
    number = hand.scene.edge_layer.rows.number["e", 0]
    _, _, x, y = hand.scene.edge_layer.rows.values[number]
    assert QPointF(x, y) == hand.port("e", 0)
    hand.release(hand.header("e") + QPointF(16, 160))


def test_a_press_that_trembles_by_a_pixel_is_a_click(hand: Hand) -> None:
    hand.press(hand.header("a"))
    hand.move(hand.header("a") + QPointF(1, 1))
    hand.release(hand.header("a") + QPointF(1, 1))
    assert hand.wanted == []
    assert hand.chosen == ["a"]


# --- selecting
def test_a_click_selects_a_node_and_a_click_on_the_canvas_selects_nothing(hand: Hand) -> None:
    hand.click(hand.header("a"))
    assert hand.chosen == ["a"]
    hand.click(hand.header("e"))
    assert hand.chosen == ["e"]
    hand.click(EMPTY)
    assert hand.chosen == []


@pytest.mark.parametrize("key", [SHIFT, CTRL])
def test_a_click_with_shift_or_ctrl_adds_and_takes_away(hand: Hand, key: Qt.KeyboardModifier) -> None:
    hand.click(hand.header("a"))
    hand.click(hand.header("e"), modifiers=key)
    assert sorted(hand.chosen) == ["a", "e"]
    hand.click(hand.header("a"), modifiers=key)
    assert hand.chosen == ["e"]


def test_a_click_on_one_of_several_selects_it_alone_once_it_is_no_drag(hand: Hand) -> None:
    hand.scene.select(["a", "b"])
    hand.press(hand.header("a"))
    assert set(hand.chosen) == {"a", "b"}
    hand.release(hand.header("a"))
    assert hand.chosen == ["a"]


def test_a_click_on_an_edge_selects_it(hand: Hand) -> None:
    hand.click(edge_middle(hand.scene, ("d", 1)))
    assert hand.scene.selected_edges() == [("d", 1)]
    hand.click(edge_middle(hand.scene, ("L", 1)), modifiers=SHIFT)
    assert set(hand.scene.selected_edges()) == {("d", 1), ("L", 1)}


def test_a_box_selects_what_it_touches_and_is_drawn_meanwhile(hand: Hand) -> None:
    hand.begin_drag(QPointF(-20, 90), QPointF(100, 260))
    assert set(hand.chosen) == {"b", "c"}
    hand.release(QPointF(100, 260))
    assert set(hand.chosen) == {"b", "c"}


def test_a_box_with_shift_adds_and_with_ctrl_takes_away(hand: Hand) -> None:
    hand.scene.select(["L"])
    hand.drag(QPointF(-20, 90), QPointF(100, 260), modifiers=SHIFT)
    assert set(hand.chosen) == {"L", "b", "c"}
    hand.drag(QPointF(-20, 90), QPointF(100, 150), modifiers=CTRL)
    assert set(hand.chosen) == {"L", "c"}


# --- scrubbing
def scrub(
    hand: Hand, pixels: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> float:
    start = hand.number("a")
    hand.press(start)
    for share in (0.25, 0.5, 1.0):
        hand.move(start + QPointF(pixels * share, 0), modifiers)
    hand.release(start + QPointF(pixels, 0), modifiers)
    assert len({wish[3] for wish in hand.wanted}) == 1
    assert all(wish[:2] == ("value", "a") for wish in hand.wanted)
    value = hand.wanted[-1][2]
    assert isinstance(value, float)
    return value


def test_a_drag_on_an_inputs_number_changes_it_by_tenths(hand: Hand) -> None:
    assert scrub(hand, 60) == 3.0


def test_a_drag_to_the_left_makes_it_less(hand: Hand) -> None:
    assert scrub(hand, -60) == 1.0


def test_shift_makes_a_scrub_ten_times_finer_and_ctrl_ten_times_coarser(hand: Hand) -> None:
    assert scrub(hand, 60, SHIFT) == 2.1
    hand.wanted.clear()
    assert scrub(hand, 60, CTRL) == 12.0


def test_each_scrub_is_an_undo_step_of_its_own(hand: Hand) -> None:
    scrub(hand, 60)
    first = hand.wanted[-1][3]
    hand.wanted.clear()
    scrub(hand, 30)
    assert hand.wanted[-1][3] != first != 0


@pytest.mark.parametrize("zoom", [0.5, 0.7, 1.0])
def test_the_last_digit_of_a_number_is_the_numbers_and_what_is_right_of_it_the_ports(
    hand: Hand, zoom: float
) -> None:
    hand.view.look_at(QPointF(200, 200), zoom)
    line = hand.scene.items_by_id["a"].outline.value_line.translated(hand.scene.items_by_id["a"].pos())
    last = QPointF(line.right() - PADDING - 3, line.center().y())
    assert cursor_at(hand.view, last) == Qt.CursorShape.SizeHorCursor
    hand.drag(last, last + QPointF(60 / zoom, 0))
    assert {wish[0] for wish in hand.wanted} == {"value"}
    beside = QPointF(line.right() - 4, line.center().y())
    assert cursor_at(hand.view, beside) == Qt.CursorShape.CrossCursor


def test_a_computed_number_cannot_be_scrubbed_but_its_card_moves(hand: Hand) -> None:
    hand.drag(hand.number("e"), hand.number("e") + QPointF(64, 0))
    assert [wish[0] for wish in hand.wanted] == ["move"]


# --- looking round
def test_the_middle_button_drags_the_canvas(hand: Hand) -> None:
    before = hand.view.center()
    start = hand.pixel(EMPTY)
    hand.press(EMPTY, MIDDLE)
    hand.move(hand.view.mapToScene(start.x() + 50, start.y() + 30))
    hand.release(EMPTY)
    moved = hand.view.center() - before
    assert (moved + QPointF(50, 30)).manhattanLength() <= 2
    assert hand.wanted == []


def test_a_drag_of_the_canvas_keeps_the_pressed_point_under_the_cursor(hand: Hand) -> None:
    hand.press(EMPTY, MIDDLE)
    pixel = hand.pixel(EMPTY)
    for dx in (10, 40, 90):
        hand.move(hand.view.mapToScene(pixel.x() + dx, pixel.y() - dx // 2))
        seen = hand.pixel(EMPTY)
        assert (abs(seen.x() - pixel.x() - dx), abs(seen.y() - pixel.y() + dx // 2)) <= (1, 1)
    hand.release(EMPTY)


# --- the ground moves
def test_what_is_deleted_while_it_is_dragged_is_let_go_of(hand: Hand) -> None:
    moving(hand)
    hand.apply(edits.remove(hand.scene.graph, ["a"]))
    hand.move(EMPTY)
    hand.release(EMPTY)
    assert hand.wanted == []


def test_an_edge_drawn_to_a_node_that_is_deleted_comes_to_nothing(hand: Hand) -> None:
    connecting(hand)
    hand.apply(edits.remove(hand.scene.graph, ["e", "c"]))
    hand.move(EMPTY)
    hand.release(EMPTY)
    assert hand.wanted == []
    assert not hand.scene.draft.isVisible()


def test_a_number_whose_node_is_deleted_is_scrubbed_no_further(hand: Hand) -> None:
    hand.begin_drag(hand.number("a"), hand.number("a") + QPointF(60, 0))
    hand.wanted.clear()
    hand.apply(edits.remove(hand.scene.graph, ["a"]))
    hand.move(EMPTY)
    hand.release(EMPTY)
    assert hand.wanted == []


def test_an_undo_beneath_a_drag_does_not_stop_it(hand: Hand) -> None:
    change = edits.move(hand.scene.graph, {"a": (8.0, 0.0)})
    hand.apply(change)
    moving(hand)
    hand.apply(change.inverse())
    hand.release(hand.header("a"))
    assert [wish[0] for wish in hand.wanted] == ["move"]


@pytest.mark.parametrize("begin", [connecting, moving, boxing, panning])
def test_another_graph_beneath_a_gesture_ends_it(hand: Hand, begin: Begin, qapp: object) -> None:
    begin(hand)
    other = parse("y = a*a", a=3)
    other.apply(place_missing(other))
    hand.scene.set_graph(other)
    places = {key: item.card.getRect() for key, item in hand.scene.items_by_id.items()}
    hand.move(QPointF(300, 300))
    hand.release(QPointF(300, 300))
    assert hand.wanted == []
    assert {key: item.card.getRect() for key, item in hand.scene.items_by_id.items()} == places
    assert not hand.view.speech.isVisible()


def test_a_node_that_goes_while_the_cursor_is_on_it_is_forgotten(hand: Hand) -> None:
    hand.move(hand.header("a"))
    assert hand.scene.items_by_id["a"].mark & Mark.HOVERED
    hand.apply(edits.remove(hand.scene.graph, ["a"]))
    hand.move(hand.header("b"))
    assert hand.scene.items_by_id["b"].mark & Mark.HOVERED


def test_a_second_button_does_not_disturb_a_drag(hand: Hand) -> None:
    hand.begin_drag(hand.header("a"), hand.header("a") + QPointF(64, 0))
    hand.press(EMPTY, MIDDLE)
    hand.held = Qt.MouseButton.LeftButton
    hand.release(hand.header("a"))
    assert [wish[0] for wish in hand.wanted] == ["move"]


def test_a_square_shows_two_edges_from_one_port(make_hand: Callable[[Graph], Hand]) -> None:
    graph = parse("y = x*x", x=3)
    graph.apply(place_missing(graph))
    hand = make_hand(graph)
    for port in (0, 1):
        x, y = hand.scene.edge_layer.curve(("y", port))[13]
        hand.click(QPointF(x, y))
        assert hand.scene.selected_edges() == [("y", port)]
    assert hand.scene.graph_rect().intersects(QRectF(0, 0, 10, 10))
