"""In a large graph edges are led and chips placed a bit at a time; until then each lies where it did."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.viewport.turns import REST_MS
from nodegraph.core.building.expression import parse
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import bends, edits
from tests.canvas.conftest import Hand

MakeHand = Callable[..., Hand]


@pytest.fixture
def hand(make_hand: MakeHand) -> Hand:
    """A graph whose chips are many, all placed."""
    hand = make_hand(graph_of(random_shape(80, seed=3), placed=True))
    hand.view.minimap.set_wanted(False)
    hand.view.set_reduced_motion(True)
    hand.view.look_at(hand.scene.graph_rect().center(), 0.8)
    hand.show_step()
    settle(hand)
    return hand


def settle(hand: Hand) -> None:
    hand.view.viewport().repaint()
    hand.settle()
    assert len(hand.scene.showing.chips) == len(hand.scene.edge_layer.rows)


def places(scene: GraphScene) -> dict[object, tuple[object, ...]]:
    """What each chip says and where it lies."""
    chips = {key: scene.showing.chip(key) for key in scene.edge_layer.rows.keys}
    return {key: (chip[0], scene.showing.chip_rect(key, chip[0])) for key, chip in chips.items() if chip}


def drop_elsewhere(hand: Hand) -> None:
    seen = hand.view.seen().adjusted(150, 150, -150, -150)
    item = next(item for item in hand.scene.items_by_id.values() if seen.contains(item.card))
    hand.apply(edits.move(hand.scene.graph, {item.node.id: (item.x() + 70, item.y() + 90)}))
    hand.view.viewport().repaint()


def test_a_drop_places_no_more_than_a_few_chips_and_the_others_stay_where_they_were(hand: Hand) -> None:
    before = places(hand.scene)
    drop_elsewhere(hand)
    chips = hand.scene.showing.chips
    assert hand.scene.placement.waits
    while not chips.waits:
        QApplication.processEvents()
    assert len(chips) <= 20 < len(before)
    still = [key for key, place in places(hand.scene).items() if before.get(key) == place]
    assert len(still) > 0.8 * len(before)


def test_in_the_end_chips_lie_as_if_all_were_placed_at_once(hand: Hand) -> None:
    drop_elsewhere(hand)
    settle(hand)
    scene = hand.scene
    in_turns, curves = places(scene), scene.edge_layer.points.copy()
    scene.placement.later = scene.showing.chips.later = None
    scene.placement.lead_around()
    assert np.array_equal(scene.edge_layer.points, curves)
    scene.showing.forget_all_chips()
    assert places(scene) == in_turns


def test_while_cards_are_on_their_way_edges_that_wait_are_led_around_where_they_are_now(hand: Hand) -> None:
    drop_elsewhere(hand)
    item = next(iter(hand.scene.items_by_id.values()))
    hand.scene.items_by_id[item.node.id].setPos(item.pos() + QPointF(0, 40))
    hand.scene.placement.follow([item.node.id], is_passing=True)
    assert hand.scene.placement.waits
    settle(hand)
    curves = hand.scene.edge_layer.points.copy()
    hand.scene.placement.lead_around()
    assert np.array_equal(hand.scene.edge_layer.points, curves)


def test_a_chip_that_waits_goes_along_with_its_edge(hand: Hand) -> None:
    hand.scene.showing.forget_all_chips()
    hand.view.viewport().repaint()
    assert hand.scene.showing.chips.waits
    before = places(hand.scene)
    key = next(iter(before))
    edge = hand.scene.graph.edge(key)
    assert edge is not None
    for node_id in (edge.source, edge.target):
        item = hand.scene.items_by_id[node_id]
        item.setPos(item.pos() + QPointF(0, 64))
    hand.scene.placement.follow([edge.source, edge.target], is_passing=True)
    assert places(hand.scene)[key][1].center().y() == pytest.approx(before[key][1].center().y() + 64, abs=8)


def test_whoever_zooms_sees_chips_before_they_are_placed_in_larger_type(hand: Hand) -> None:
    before = places(hand.scene)
    hand.view.set_zoom(0.7)
    hand.view.viewport().repaint()
    assert hand.scene.showing.chips.waits
    assert places(hand.scene).keys() == before.keys()


def test_the_edges_of_a_graph_that_is_opened_are_led_when_there_is_time(hand: Hand) -> None:
    graph = graph_of(random_shape(90, seed=4), placed=True)
    edge = next(graph.edges())
    graph.apply(bends.bend(graph, edge.key, [(5_000.0, -4_000.0)]))
    scene = hand.scene
    scene.set_graph(graph)
    assert scene.placement.waits
    direct = scene.edge_layer.points.copy()
    assert np.abs(scene.edge_layer.curve(edge.key) - (5_000.0, -4_000.0)).sum(axis=1).min() < 200
    hand.settle()
    assert not scene.placement.waits
    in_turns = scene.edge_layer.points.copy()
    assert not np.array_equal(in_turns, direct)
    scene.placement.lead_around()
    assert np.array_equal(scene.edge_layer.points, in_turns)


def test_the_few_edges_of_a_small_graph_that_is_opened_are_led_at_once(hand: Hand) -> None:
    graph = graph_of(random_shape(34, seed=4), placed=True)
    assert 50 < graph.edge_count <= 60
    hand.scene.set_graph(graph)
    assert not hand.scene.placement.waits
    assert hand.scene.placement.routes._ways


def test_chips_that_say_nothing_yet_are_placed_after_the_canvas_is_painted(make_hand: MakeHand) -> None:
    hand = make_hand(parse("(a*b + c)*f", a=2, b=3, c=-10, f=5))
    trace, chips = run(hand.scene.graph), hand.scene.showing.chips
    hand.scene.set_frame(trace.frame(0))
    chips.clear()
    hand.view.viewport().repaint()
    assert (len(chips), chips.waits) == (0, True)
    hand.settle()
    assert len(chips) == len(hand.scene.edge_layer.rows)


def test_a_step_shows_the_chips_of_a_small_graph_at_once_though_they_still_wait(make_hand: MakeHand) -> None:
    hand = make_hand(parse("(a*b + c)*f", a=2, b=3, c=-10, f=5))
    trace, chips = run(hand.scene.graph), hand.scene.showing.chips
    hand.scene.set_frame(trace.frame(0))
    chips.clear()
    hand.view.viewport().repaint()
    hand.scene.set_frame(trace.last_frame)
    hand.view.viewport().repaint()
    assert len(chips) == len(hand.scene.edge_layer.rows)
    assert places(hand.scene)


def test_chips_that_are_placed_while_a_part_of_a_view_is_painted_are_painted_whole(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = make_hand(parse("(a*b + c)*f", a=2, b=3, c=-10, f=5))
    hand.scene.set_frame(run(hand.scene.graph).last_frame)
    hand.scene.clear_highlight()
    hand.view.viewport().repaint()
    hand.settle()
    hand.scene.showing.chips.clear()
    painted: list[QRectF] = []
    monkeypatch.setattr(hand.scene.chip_layer, "repaint_rooms", painted.extend)
    middle = hand.view.viewport().rect().center()
    hand.view.viewport().repaint(QRect(middle, QSize(4, 400)))
    hand.settle()
    assert places(hand.scene)
    assert all(any(room.contains(rect) for room in painted) for _, rect in places(hand.scene).values())


def test_all_rests_only_once_the_last_that_moved_has_been_still_for_long_enough(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, rested, clock = hand.view.turns, [], [100.0]
    monkeypatch.setattr("nodegraph.canvas.viewport.turns.perf_counter", lambda: clock[0])
    turns.rested.connect(lambda: rested.append(clock[0]))
    turns.rest_soon()
    clock[0] += 0.9 * REST_MS / 1000
    turns.rest_soon()
    clock[0] += 0.2 * REST_MS / 1000
    turns._rest.timeout.emit()
    assert not rested
    assert turns._rest.isActive()
    clock[0] += 0.8 * REST_MS / 1000
    turns._rest.timeout.emit()
    assert rested
