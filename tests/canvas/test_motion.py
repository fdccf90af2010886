"""Smart guides while a card is dragged, cards that glide after a layout, and the look of muted nodes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt

from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.layout import placement
from tests.canvas.conftest import Hand

MakeHand = Callable[[Graph], Hand]
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


# --- guides
def straight(hand: Hand) -> float:
    """How far down c must go for its edge to d to run straight."""
    return hand.port("d", 1).y() - hand.output("c").y()


def test_a_card_dragged_near_makes_its_edge_straight(hand: Hand) -> None:
    down = straight(hand)
    start, way = hand.header("c"), QPointF(40, down + 5)
    hand.begin_drag(start, start + way)
    assert hand.output("c").y() == hand.port("d", 1).y()
    assert hand.view.overlay.guides
    hand.view.grab()
    hand.release(start + way)
    assert hand.wanted == [("move", {"c": (40.0, 224 + down)})]
    assert not hand.view.overlay.guides


def test_alt_and_the_setting_leave_the_card_where_the_hand_is(hand: Hand) -> None:
    start, way = hand.header("c"), QPointF(41, straight(hand) + 5)
    hand.begin_drag(start, start + way, modifiers=ALT)
    assert hand.scene.items_by_id["c"].pos() == QPointF(0, 224) + way
    assert not hand.view.overlay.guides
    hand.key(Qt.Key.Key_Escape)
    hand.release(start)
    hand.view.snaps = False
    hand.begin_drag(start, start + way)
    assert hand.scene.items_by_id["c"].pos() == QPointF(0, 224) + way
    hand.release(start + way)


def test_cards_come_to_stand_in_line(hand: Hand) -> None:
    hand.apply(edits.move(hand.scene.graph, {"b": (61.0, 112.0)}))
    start = hand.header("c")
    hand.drag(start, start + QPointF(58, 14))
    ((_, moved),) = hand.wanted
    assert moved["c"][0] == 61.0


def test_shift_keeps_its_direction_beside_guides(hand: Hand) -> None:
    start = hand.header("c")
    hand.press(start)
    hand.move(start + QPointF(100, 4), SHIFT)
    hand.release(start + QPointF(100, 4), SHIFT)
    ((_, moved),) = hand.wanted
    assert moved["c"][1] == 224.0


def test_guides_go_with_a_gesture_given_up(hand: Hand) -> None:
    start = hand.header("c")
    hand.begin_drag(start, start + QPointF(40, straight(hand) + 3))
    hand.key(Qt.Key.Key_Escape)
    assert not hand.view.overlay.guides
    hand.release(start)


# --- gliding
def arrange(hand: Hand) -> Change:
    change = placement.place(hand.scene.graph)
    hand.apply(change)
    hand.view.animate_moves(change)
    return change


def places(hand: Hand) -> dict[str, tuple[float, float]]:
    return {key: (item.pos().x(), item.pos().y()) for key, item in hand.scene.items_by_id.items()}


def meant(hand: Hand) -> dict[str, tuple[float, float]]:
    return {node.id: (node.x or 0.0, node.y or 0.0) for node in hand.scene.graph.nodes()}


def test_cards_glide_from_where_they_were_to_where_they_belong(hand: Hand) -> None:
    before = places(hand)
    arrange(hand)
    assert hand.view.glide.is_moving
    assert places(hand) == before
    hand.view.glide.finish()
    assert places(hand) == meant(hand) != before
    number = hand.scene.edge_layer.rows.number["e", 0]
    assert tuple(hand.scene.edge_layer.rows.values[number][:2]) == hand.output("a").toTuple()


def test_without_motion_cards_are_there_at_once(hand: Hand) -> None:
    hand.view.set_reduced_motion(True)
    arrange(hand)
    assert not hand.view.glide.is_moving
    assert places(hand) == meant(hand)


def test_a_press_finishes_the_glide_first(hand: Hand) -> None:
    arrange(hand)
    hand.press(QPointF(330, 900))
    assert places(hand) == meant(hand)
    hand.release(QPointF(330, 900))


def test_an_undo_during_the_glide_ends_where_the_cards_were(hand: Hand) -> None:
    before = places(hand)
    change = arrange(hand)
    hand.apply(change.inverse())
    assert places(hand) == before == meant(hand)
    assert not hand.view.glide.is_moving


def test_nodes_deleted_during_the_glide_are_let_go_of(hand: Hand) -> None:
    arrange(hand)
    hand.apply(edits.remove(hand.scene.graph, ["a", "e"]))
    assert not hand.view.glide.is_moving
    assert places(hand) == meant(hand)


def test_another_graph_ends_the_glide(hand: Hand) -> None:
    arrange(hand)
    hand.scene.set_graph(hand.scene.graph.copy())
    assert not hand.view.glide.is_moving
    assert places(hand) == meant(hand)


# --- muted
def test_a_muted_node_looks_muted_and_back_again(hand: Hand) -> None:
    before = hand.view.grab().toImage()
    change = edits.set_muted(hand.scene.graph, ["e"])
    hand.apply(change)
    assert hand.scene.items_by_id["e"].node.muted
    muted = hand.view.grab().toImage()
    hand.apply(change.inverse())
    assert before == hand.view.grab().toImage() != muted


# --- many at once
def test_two_thousand_nodes_come_and_go_without_measuring_the_whole_for_each(make_hand: MakeHand) -> None:
    patches = [
        patch_of(None, Node(id=f"n{i}", name=f"n{i}", op="tanh", x=i * 8.0, y=0.0, rank=i))
        for i in range(2000)
    ]
    patches += [patch_of(None, Edge(f"n{i}", f"n{i + 1}", 0)) for i in range(1999)]
    hand = make_hand(Graph())
    measured: list[int] = []
    measure = hand.scene.edge_layer._measure
    hand.scene.edge_layer._measure = lambda numbers: (measured.append(len(numbers)), measure(numbers))  # type: ignore[method-assign]
    change = Change("Paste", tuple(patches))
    hand.apply(change)
    assert len(hand.scene.items_by_id) == 2000
    assert sum(measured) <= 2 * 1999
    hand.apply(change.inverse())
    assert not hand.scene.items_by_id


def test_an_undo_while_a_step_plays_leaves_a_scene_that_paints(hand: Hand) -> None:
    change = edits.connect(hand.scene.graph, "a", "d", 1)
    hand.apply(change)
    trace = run(hand.scene.graph)
    hand.view.show_frame(trace.frame(len(trace.steps) - 1))
    hand.view.show_frame(trace.last_frame, 500, True)
    hand.scene.set_progress(0.4)
    hand.apply(change.inverse())
    hand.apply(edits.remove(hand.scene.graph, ["a"]))
    hand.view.grab()
    hand.scene.set_progress(1.0)
    hand.view.grab()
