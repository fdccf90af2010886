"""Bringing nodes in line: guides while one drags, the grid, aligning, distributing and the layout."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from nodegraph.core.graph import edits
from tests.journeys.hand import NONE, Hand
from tests.journeys.test_seed import build_seed
from tests.opening import open_text

GRAPHS = Path(__file__).parents[1] / "graphs"

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def height_of_ends(hand: Hand, source: str, target: str, port: int) -> tuple[float, float]:
    return hand.card(source).output_port().y(), hand.card(target).input_port(port).y()


# --- guides
def test_a_node_dragged_near_a_straight_edge_is_guided_there_as_one_undo_step(hand: Hand) -> None:
    build_seed(hand)
    before, steps = hand.places(), hand.window.document.stack.count()
    start = hand.held("c")
    out, into = height_of_ends(hand, "c", "d", 1)
    way = QPointF(24, into - out + 4)
    hand.press(start)
    hand.glide(start, start + way)
    (line, *_) = hand.canvas.overlay.guides
    assert line.y1() == line.y2() == into
    hand.release(start + way)
    assert not hand.canvas.overlay.guides
    out, into = height_of_ends(hand, "c", "d", 1)
    assert out == into
    curve = hand.scene.edge_layer.curve((hand.graph.named("d").id, 1))
    assert {round(float(y), 6) for _, y in curve} == {into}
    assert hand.window.document.stack.count() == steps + 1
    hand.do("edit.undo")
    assert hand.places() == before


@pytest.mark.parametrize("free", [ALT, CTRL], ids=["alt", "ctrl"])
def test_with_alt_or_ctrl_held_no_guide_takes_the_node(hand: Hand, free: Qt.KeyboardModifier) -> None:
    build_seed(hand)
    start = hand.held("c")
    out, into = height_of_ends(hand, "c", "d", 1)
    way = QPointF(24, into - out + 4)
    hand.press(start)
    hand.glide(start, start + way, free)
    assert not hand.canvas.overlay.guides
    hand.release(start + way, free)
    assert hand.card("c").pos().y() == 240 + way.y()


@pytest.mark.parametrize("free", [NONE, ALT, CTRL], ids=["alone", "alt", "ctrl"])
def test_a_node_dropped_on_an_edge_is_put_in_unless_alt_or_ctrl_is_held(
    hand: Hand, free: Qt.KeyboardModifier
) -> None:
    change = edits.add_node(hand.graph, "tanh", 560.0, 600.0)
    hand.window.document.apply(change)
    (made,) = change.made()
    hand.scene.select()
    hand.canvas.fit()
    start = hand.held(hand.graph.node(made).name)
    curve = hand.scene.edge_layer.curve((hand.graph.named("L").id, 1))
    aim = start + QPointF(*curve[len(curve) // 2]) - hand.scene.items_by_id[made].card.center()
    hand.press(start)
    hand.glide(start, aim, free)
    hand.release(aim, free)
    assert bool(hand.graph.edges_into(made)) == (free == NONE)


def test_guides_go_when_the_drag_is_given_up(hand: Hand) -> None:
    build_seed(hand)
    before, start = hand.places(), hand.held("c")
    out, into = height_of_ends(hand, "c", "d", 1)
    hand.press(start)
    hand.glide(start, start + QPointF(24, into - out + 4))
    hand.key(Qt.Key.Key_Escape)
    hand.release(start)
    assert not hand.canvas.overlay.guides
    assert hand.places() == before


# --- the grid
def test_dragged_nodes_lie_on_the_grid_until_shift_s_switches_it_off(hand: Hand) -> None:
    build_seed(hand)
    start = hand.held("f")
    hand.drag(start, start + QPointF(13, 331))
    node = hand.graph.named("f")
    assert (node.x % 8, node.y % 8) == (0, 0)
    hand.key(Qt.Key.Key_S, SHIFT)
    start = hand.held("f")
    hand.drag(start, start + QPointF(13, 331))
    moved = hand.graph.named("f")
    assert (moved.x - node.x, moved.y - node.y) == (13, 331)


# --- the whole and parts of it
def test_the_layout_goes_from_left_to_right_glides_and_is_one_undo_step(hand: Hand) -> None:
    build_seed(hand)
    before = hand.places()
    hand.scene.select()
    hand.key(Qt.Key.Key_L)
    assert hand.canvas.glide.is_moving
    hand.canvas.glide.finish()
    x = {name: place[0] for name, place in hand.places().items()}
    assert max(x["a"], x["b"]) < x["e"] < x["d"] < x["L"]
    assert hand.places() != before
    hand.do("edit.undo")
    assert hand.places() == before


def test_only_the_selected_nodes_are_laid_out_where_there_are_some(hand: Hand) -> None:
    build_seed(hand)
    before = hand.places()
    hand.choose("a", "b", "e")
    hand.key(Qt.Key.Key_L)
    assert hand.window.stage.hint.text() == (
        "Only the 3 selected nodes were arranged. Select none to arrange all."
    )
    moved = {name for name, place in hand.places().items() if place != before[name]}
    assert moved
    assert moved <= {"a", "b", "e"}


def test_selected_nodes_that_are_laid_out_elsewhere_are_in_sight(hand: Hand) -> None:
    text, values = (GRAPHS / "attention-3.txt").read_text(encoding="utf-8").split("\n")[:2]
    given = (pair.split("=") for pair in values.replace(",", " ").split())
    open_text(hand.window, text, **{name: float(value) for name, value in given})
    chosen = [hand.window.document.graph.named(name).id for name in ("e1", "e2", "e3", "Z")]
    hand.scene.select(chosen)
    hand.do("view.fit_selection")
    before = hand.places()
    hand.key(Qt.Key.Key_L)
    hand.canvas.glide.finish()
    assert hand.places() != before
    assert hand.canvas.seen().contains(hand.scene.graph_rect(chosen))


def test_a_graph_with_problems_is_laid_out_as_well(hand: Hand) -> None:
    build_seed(hand)
    for name, port in (("L", 0), ("d", 1)):
        key = (hand.graph.named(name).id, port)
        hand.window.document.apply(edits.disconnect(hand.graph, [key]))
    assert hand.window.player.trace.problems
    hand.scene.select()
    hand.key(Qt.Key.Key_L)
    hand.canvas.glide.finish()
    cards = [hand.card(node.name).card for node in hand.graph.nodes()]
    assert not any(one.intersects(other) for one in cards for other in cards if one is not other)


def test_nodes_are_aligned_and_distributed_by_keys_and_one_undo_each(hand: Hand) -> None:
    build_seed(hand)
    before = hand.places()
    hand.choose("a", "e", "L")
    QTest.keySequence(hand.canvas, "Alt+A, T")
    assert [hand.places()[name][1] for name in "aeL"] == [0.0, 0.0, 0.0]
    aligned = hand.places()
    QTest.keySequence(hand.canvas, "Alt+A, H")
    hand.canvas.glide.finish()
    cards = [hand.card(name).card for name in "aeL"]
    gaps = [right.left() - left.right() for left, right in pairwise(cards)]
    assert abs(gaps[0] - gaps[1]) < 0.01
    hand.do("edit.undo")
    assert hand.places() == aligned
    hand.do("edit.undo")
    assert hand.places() == before


def test_a_fitted_graph_is_fitted_again_when_an_arrangement_is_taken_back_or_made_again(hand: Hand) -> None:
    open_text(hand.window, (GRAPHS / "lstm-cell.txt").read_text(encoding="utf-8").split("\n")[0])
    hand.scene.select()
    spread = {node.id: (node.x * 1.5, node.y * 0.4) for node in hand.graph.nodes()}
    hand.window.workspace.editor.move(spread)
    hand.canvas.fit()
    zooms = [hand.canvas.zoom]
    hand.scene.select()
    hand.key(Qt.Key.Key_L)
    zooms.append(hand.canvas.zoom)
    assert zooms[1] != zooms[0]
    hand.do("edit.undo")
    assert hand.canvas.zoom == zooms[0]
    assert hand.canvas.seen().contains(hand.scene.drawn_rect())
    hand.do("edit.redo")
    assert hand.canvas.zoom == zooms[1]
    hand.do("edit.undo")
    hand.canvas.set_zoom(2.0)
    hand.do("edit.redo")
    assert hand.canvas.zoom == 2.0  # nobody asked for the whole any more
