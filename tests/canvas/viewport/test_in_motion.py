"""While cards move or the view is panned the screen is as if Qt painted it, and little is painted anew."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing.theme import DARK, LIGHT, Theme
from nodegraph.canvas.gestures import move
from nodegraph.canvas.items import edge_picture
from nodegraph.canvas.items.edge_picture import EdgePicture
from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.canvas.scene.frame_display import FrameDisplay
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.canvas.viewport import step_motion
from nodegraph.canvas.viewport.carried import Carried
from nodegraph.canvas.viewport.in_motion import InMotion
from nodegraph.canvas.viewport.turns import REST_MS
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph import edits, grouping, notes
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from tests.canvas.conftest import Hand
from tests.canvas.pictures.test_kept_pictures import differing, direct_screen, pixels_of, screen_of

MakeHand = Callable[[Graph], Hand]
SPECKS, CROSSINGS = 60, 300
"""Pixels that may differ, also where edges on their way are drawn over others that they lie below at rest."""


def screen_now(hand: Hand) -> np.ndarray:
    """What stands on the canvas, while things are on their way."""
    hand.view.turns._rest.stop()  # it would end within a moment
    QApplication.processEvents()
    hand.view.turns._rest.stop()
    return pixels_of(hand.view.screen().grabWindow(hand.view.winId()).toImage())


def as_qt_paints(hand: Hand) -> np.ndarray:
    """The same, painted by Qt."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(InMotion, "paint", lambda *_: False)
        hand.view.in_motion._give_back()
        hand.view.viewport().repaint()
        return screen_now(hand)


@pytest.fixture
def hand(make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """A hand on a graph of which a part is in view, at whole pixels."""
    monkeypatch.setattr(move, "AIM_MS", 3_600_000)  # else what lies beneath shows between two pictures
    hand = make_hand(graph_of(random_shape(60, seed=3), placed=True))
    hand.view.minimap.set_wanted(False)
    hand.view.legend.set_wanted(False)  # both come and go a moment later
    hand.view.set_reduced_motion(True)
    hand.show_step()
    cards = sorted(hand.scene.items_by_id.values(), key=lambda item: item.card.center().x())
    hand.view.look_at(cards[len(cards) // 2].card.center().toPoint().toPointF(), 1.0)
    hand.settle()
    for _ in range(2):
        hand.view.viewport().repaint()
    return hand


def test_a_view_that_is_gone_is_not_painted_once_all_rests(qapp: QApplication) -> None:
    scene = GraphScene(graph_of(random_shape(60, seed=3), placed=True), DARK)
    view = CanvasView(scene)
    turns = view.turns
    shiboken6.delete(view)
    turns.rest_soon()
    turns.finish()


def card_in_view(hand: Hand) -> NodeItem:
    middle = hand.view.seen().center()
    items = hand.scene.items_by_id.values()
    return min(items, key=lambda item: (item.card.center() - middle).manhattanLength())


@pytest.mark.parametrize("seed", range(3))
def test_while_a_card_is_dragged_the_screen_is_as_if_qt_painted_it(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, item = random.Random(seed), card_in_view(hand)
    place, painted = hand.header(item.node.id), []
    in_motion = InMotion.paint
    monkeypatch.setattr(InMotion, "paint", lambda *told: painted.append(in_motion(*told)) or painted[-1])
    hand.press(place)
    for step in range(12):
        place += QPointF(chance.randint(-70, 70), chance.randint(-50, 50))
        hand.move(place)
        shown = screen_now(hand)
        assert differing(shown, as_qt_paints(hand)) <= CROSSINGS, step
        if step == 4:
            hand.scene.set_theme(DARK)
        if step == 6:
            hand.scene.select([item.node.id, next(iter(hand.scene.items_by_id))])
        if step == 8:
            hand.view.set_center(hand.view.center() + QPointF(30, -20))
        if step == 9:
            frame = hand.scene.frame
            assert frame is not None
            hand.view.show_frame(frame.trace.frame(3))
    assert sum(painted) > 6
    hand.release(place)
    assert differing(screen_of(hand), direct_screen(hand, monkeypatch)) <= 12
    painted.clear()
    hand.view.viewport().repaint()
    assert painted == [False]


def lone_cards(hand: Hand) -> list[str]:
    """Add cards without edges, which would have all between them painted again."""
    middle = hand.view.seen().center().toPoint()
    for number in range(2):
        place = middle.x() - 200 + 180 * number, middle.y() - 60
        hand.apply(edits.add_node(hand.scene.graph, "input", *place, name=f"lone{number}"))
    hand.settle()
    hand.view.viewport().repaint()
    return [node.id for node in hand.scene.graph.nodes() if node.name.startswith("lone")]


def test_nothing_shines_through_the_picture_of_all_that_is_still(hand: Hand) -> None:
    place = hand.header(card_in_view(hand).node.id)
    hand.press(place)
    for step in range(1, 5):
        hand.move(place + QPointF(12 * step, 9 * step))
        screen_now(hand)
    still = hand.view.in_motion._still._sheet._shown
    assert still is not None
    assert still.picture is not None
    assert not still.picture.hasAlphaChannel()  # else Qt looks at each of its pixels


def test_no_trail_is_left_where_a_card_that_was_dragged_goes_back_at_once(hand: Hand) -> None:
    lone = lone_cards(hand)[0]
    start, graph = hand.header(lone), hand.scene.graph
    node = graph.node(lone)
    hand.press(start)
    for share in (0.2, 0.6, 1.0, 0.5):
        hand.move(start + QPointF(210, 150) * share)
        screen_now(hand)
    hand.view.cancel_gesture()
    screen_now(hand)
    for dx in (150.0, -120.0):  # as undoing does, before all rests
        hand.apply(edits.move(graph, {lone: ((node.x or 0) + dx, node.y or 0)}))
        shown = screen_now(hand)
    assert differing(shown, as_qt_paints(hand)) <= SPECKS


def test_a_box_that_follows_its_card_leaves_no_trail(hand: Hand) -> None:
    lone = lone_cards(hand)
    hand.apply(grouping.group(hand.scene.graph, lone, "Some"))
    start = hand.header(lone[0])
    hand.press(start)
    for share in (0.3, 0.6, 1.0, 0.4):
        hand.move(start + QPointF(-150, 170) * share, Qt.KeyboardModifier.AltModifier)
        shown = screen_now(hand)
    assert differing(shown, as_qt_paints(hand)) <= SPECKS
    hand.view.cancel_gesture()


def with_boxes(hand: Hand, *, collapsed: bool = False) -> str:
    """Put a group and a note into view, beneath cards. Returns a node near them that is in no group."""
    graph, seen = hand.scene.graph, hand.view.seen()
    near = [i.node.id for i in hand.scene.items_by_id.values() if seen.contains(i.card)]
    near.sort(key=lambda node_id: (hand.scene.items_by_id[node_id].card.center() - seen.center()).x())
    hand.apply(grouping.group(graph, near[:3], "Some"))
    (group,) = graph.groups()
    hand.apply(grouping.set_collapsed(graph, [group.id], collapsed))
    place = seen.center()
    hand.apply(notes.add_note(graph, "# Seen\n\nbeneath *cards*", place.x(), place.y()))
    hand.settle()
    hand.view.viewport().repaint()
    return near[-1]


@pytest.mark.parametrize("collapsed", [False, True])
def test_among_groups_and_notes_too_the_screen_is_as_if_qt_painted_it(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, collapsed: bool
) -> None:
    node_id, shown_still = with_boxes(hand, collapsed=collapsed), []
    paint = Carried.paint
    monkeypatch.setattr(Carried, "paint", lambda *told: shown_still.append(paint(*told)))
    (box,) = hand.scene.surroundings.groups.values()
    start = hand.header(node_id)
    way = box.rect.center() - start
    hand.press(start)
    for step, share in enumerate((0.1, 0.15, 0.2, 0.6, 1.0, 0.95, 0.9, 0.4, 0.2, 0.25)):
        hand.move(start + way * share)  # into the group and out of it
        shown = screen_now(hand)
        assert differing(shown, as_qt_paints(hand)) <= CROSSINGS, step
    assert bool(shown_still) is not collapsed
    hand.view.cancel_gesture()
    hand.settle()
    assert differing(screen_of(hand), direct_screen(hand, monkeypatch)) <= 12


def test_a_frame_of_a_drag_is_painted_in_one_part_though_card_and_edges_lie_apart(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, parts, paint = card_in_view(hand), list[int](), InMotion.paint

    def note(self: InMotion, exposed: QRegion) -> bool:
        parts.append(exposed.rectCount())
        return paint(self, exposed)

    start = hand.header(item.node.id)
    hand.press(start)
    for step in range(9):
        if step == 4:
            monkeypatch.setattr(InMotion, "paint", note)
        hand.move(start + QPointF(24.0, 13.0) * step, Qt.KeyboardModifier.AltModifier)
        screen_now(hand)
    assert set(parts) == {1}
    assert item.opacity() == 0.0  # Qt would have it painted where it has painted it last, too
    hand.view.cancel_gesture()
    hand.settle()
    assert item.opacity() == 1.0


def test_cards_are_drawn_once_also_that_which_is_dragged(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    item, painted, paint = card_in_view(hand), [], NodeItem.paint

    def note(self: NodeItem, *rest: object) -> None:
        painted.append(self.node.id)
        paint(self, *rest)  # type: ignore[arg-type]

    start = hand.header(item.node.id)
    hand.press(start)
    for step in range(5):
        hand.move(start + QPointF(20.0, 9.0) * step)
        screen_now(hand)
    monkeypatch.setattr(NodeItem, "paint", note)
    for step in range(4):
        hand.move(start + QPointF(110 + 20.0 * step, 40))
        screen_now(hand)
    assert not painted
    hand.view.cancel_gesture()


def test_what_comes_to_look_otherwise_shows_at_once_though_a_card_is_carried_on(hand: Hand) -> None:
    item, scene, graph = card_in_view(hand), hand.scene, hand.scene.graph
    start, layer = hand.header(item.node.id), scene.edge_layer
    beside = next(
        card
        for card in scene.items_by_id.values()
        if card is not item and hand.view.seen().contains(card.card)
    )
    edges = [layer.rows.keys[number] for number in layer.visible(hand.view.seen())]
    own = next(key for key in edges if item.node.id in (*key[:1], graph.edge(key).source))
    others = [key for key in edges if item.node.id not in (*key[:1], graph.edge(key).source)]
    happens = (
        lambda: beside.set_mark(Mark.HOVERED, on=True),
        lambda: item.set_mark(Mark.REFUSED, on=True),
        lambda: scene.showing.mark(aimed=others[0]),
        lambda: scene.showing.light(others),
        lambda: scene.showing.light(()),
        lambda: scene.showing.mark(cut=[own]),
        lambda: scene.showing.hover(others[0]),
        lambda: scene.showing.hover(own),
        lambda: scene.select([beside.node.id]),
    )
    hand.press(start)
    place = start
    for number, happen in enumerate(happens):
        for _step in range(4):  # until a frame copies what the one before it has found
            place += QPointF(1, 0)
            hand.move(place, Qt.KeyboardModifier.AltModifier)
            screen_now(hand)
        place += QPointF(1, 0)
        hand.move(place, Qt.KeyboardModifier.AltModifier)
        happen()  # after the hand has moved, which then marks what it aims at
        shown = screen_now(hand)
        assert differing(shown, as_qt_paints(hand)) <= CROSSINGS, number
    hand.view.cancel_gesture()


def test_no_chip_is_asked_what_it_says_but_those_of_edges_that_go_along_with_a_dragged_card(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, asked, chip = card_in_view(hand), set(), FrameDisplay.chip
    start, layer = hand.header(item.node.id), hand.scene.edge_layer
    hand.press(start)
    for step in range(6):
        hand.move(start + QPointF(20.0, 9.0) * step)
        screen_now(hand)

    def note(self: FrameDisplay, key: EdgeKey) -> object:
        asked.add(key)
        return chip(self, key)

    monkeypatch.setattr(FrameDisplay, "chip", note)
    for step in range(4):
        hand.move(start + QPointF(110 + 20.0 * step, 50))
        shown = screen_now(hand)
    assert asked
    assert asked <= {layer.rows.keys[number] for number in layer.picture.moving}
    assert 2 * len(asked) < len(layer.visible(hand.view.seen()))
    assert differing(shown, as_qt_paints(hand)) <= CROSSINGS
    hand.view.cancel_gesture()


def test_while_it_is_panned_the_screen_is_as_if_qt_painted_it(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, painted, in_motion = random.Random(3), [], InMotion.paint
    monkeypatch.setattr(InMotion, "paint", lambda *told: painted.append(in_motion(*told)) or painted[-1])
    for step in range(16):
        far = 400 if step % 6 == 5 else 60
        way = QPointF(chance.randint(-far, far), chance.randint(-far, far))
        hand.view.set_center((hand.view.center() + way).toPoint().toPointF())
        shown = screen_now(hand)
        if step % 3 == 2:
            assert differing(shown, as_qt_paints(hand)) <= CROSSINGS, step
    assert sum(painted) > 8
    assert differing(screen_of(hand), direct_screen(hand, monkeypatch)) <= CROSSINGS
    painted.clear()
    hand.view.viewport().repaint()
    assert painted == [False]


@pytest.mark.parametrize("way", [QPointF(9, 4), QPointF(-7, -11)])
def test_edges_are_whole_wherever_the_view_has_been_panned_before(hand: Hand, way: QPointF) -> None:
    for step in range(60):
        hand.view.set_center(hand.view.center() + way)
        shown = screen_now(hand)
        if step == 12:
            hand.settle()
        if step % 6 == 5:
            assert differing(shown, as_qt_paints(hand)) <= CROSSINGS, step


def test_a_card_that_was_moved_out_of_sight_and_panned_to_shows_that_it_is_selected(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    lone, seen = lone_cards(hand)[0], hand.view.seen()
    for way in (QPointF(seen.width() + 300, 0), QPointF(seen.width() + 340, 30)):
        place = seen.center() + way
        hand.apply(edits.move(hand.scene.graph, {lone: place.toPoint().toTuple()}))
        hand.settle()
        QApplication.processEvents()
    for share in (0.3, 0.5, 0.8, 1.0):
        there = seen.center() + QPointF(seen.width() + 340, 30) * share
        hand.view.set_center(there.toPoint().toPointF())
        screen_now(hand)
    screen_of(hand)
    hand.scene.select([lone])
    shown = screen_of(hand)
    hand.view.viewport().repaint()
    assert differing(shown, screen_of(hand)) == 0


def test_while_it_is_panned_the_card_below_the_pointer_is_the_only_one_that_is_drawn_anew(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    center, asked, look = hand.view.center(), [], NodeItem._look
    for dx in (2, 3, 4):
        hand.view.set_center(center + QPointF(dx, 0))
        hand.view.viewport().update()
        screen_now(hand)

    def note(self: NodeItem, *told: object) -> tuple[object, ...]:
        asked.append(self.node.id)
        return look(self, *told)  # type: ignore[arg-type]

    monkeypatch.setattr(NodeItem, "_look", note)
    hovered = card_in_view(hand)
    hovered.set_mark(Mark.HOVERED, on=True)
    for dx in (3, 4):  # no further than before
        hand.view.set_center(center + QPointF(dx, 0))
        shown = screen_now(hand)
    assert set(asked) == {hovered.node.id}
    assert differing(shown, as_qt_paints(hand)) <= CROSSINGS


@pytest.mark.parametrize("zoom", [1.0, 0.45])
def test_while_it_is_scrubbed_the_screen_is_as_if_qt_painted_it(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, zoom: float
) -> None:
    chance, painted, in_motion = random.Random(f"scrub {zoom}"), [], InMotion.paint
    monkeypatch.setattr(InMotion, "paint", lambda *told: painted.append(in_motion(*told)) or painted[-1])
    hand.view.set_zoom(zoom)
    hand.scene.showing.show_marks(True)
    hand.settle()
    trace, position = run(hand.scene.graph), 0
    for step in range(24):
        near = position + chance.choice([-1, 1, 2, 5])
        ends = 0, trace.forward_steps, trace.forward_steps + 1, len(trace.steps)
        position = chance.choice([near, near, near, chance.choice(ends), chance.randint(0, len(trace.steps))])
        position = max(0, min(position, len(trace.steps)))
        hand.view.show_frame(trace.frame(position))
        if step == 6:
            hand.scene.select([card_in_view(hand).node.id])
        if step == 9:
            hand.view.set_center((hand.view.center() + QPointF(60, -40)).toPoint().toPointF())
        if step == 14:
            leaf = next(node.id for node in hand.scene.graph.nodes() if node.op == "input")
            hand.apply(edits.set_value(hand.scene.graph, leaf, 0.25))
            trace = run(hand.scene.graph)
            hand.view.show_frame(trace.frame(position))
        shown = screen_now(hand)
        if step % 2:
            assert differing(shown, as_qt_paints(hand)) <= CROSSINGS, step
    assert sum(painted) > 8  # what changes nothing in view paints nothing
    hand.settle()
    assert differing(screen_of(hand), direct_screen(hand, monkeypatch)) <= 12


def scrubbed(make_hand: MakeHand, theme: Theme, nodes: int) -> list[np.ndarray]:
    """Scrub back and forth through what happens in view. Returns the screen after each frame."""
    hand, chance = make_hand(graph_of(random_shape(nodes, seed=3), placed=True)), random.Random(nodes)
    hand.view.set_reduced_motion(True)
    hand.scene.set_theme(theme)
    hand.scene.showing.show_marks(True)
    hand.view.legend.set_wanted(False)  # it follows a moment later
    trace, screens = run(hand.scene.graph), []
    hand.view.look_at(card_in_view(hand).card.center().toPoint().toPointF(), 0.9)
    near = [k for k in range(1, len(trace.steps)) if in_view(hand, trace.frame(k).active_nodes)]
    hand.view.show_frame(trace.frame(near[-1]))
    hand.settle()
    place = 0
    for step in range(40):
        near_by = max(0, place + chance.choice([-2, -1, 1, 3]))
        place = near_by if step % 10 else chance.randrange(len(near))
        if step == 20:
            hand.scene.select(edges=[trace.frame(near[-5]).active_edges[0]])
        hand.view.show_frame(trace.frame(near[min(place, len(near) - 1)]))
        screens.append(screen_now(hand))
    return screens


@pytest.mark.parametrize("nodes", [60, 400])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_while_it_is_scrubbed_what_is_painted_in_parts_is_as_if_painted_whole(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch, theme: Theme, nodes: int
) -> None:
    asked, find = [], step_motion.round_changed
    with monkeypatch.context() as patch:
        patch.setattr(step_motion, "round_changed", lambda *told: asked.append(find(*told)) or asked[-1])
        in_parts = scrubbed(make_hand, theme, nodes)
        patch.setattr(step_motion, "round_changed", lambda view, _: view.viewport().rect())
        whole = scrubbed(make_hand, theme, nodes)
    assert [differing(a, b) for a, b in zip(in_parts, whole, strict=True)] == [0] * len(whole)
    largest = max(rect.width() * rect.height() for rect in asked)
    assert sum(rect.width() * rect.height() < largest / 2 for rect in asked) > 10


def test_a_frame_that_changes_nothing_in_view_asks_for_no_painting(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, asked = make_hand(graph_of(random_shape(400, seed=3), placed=True)), list[QRect]()
    hand.view.set_reduced_motion(True)
    hand.view.look_at(card_in_view(hand).card.center().toPoint().toPointF(), 0.9)
    trace, find = run(hand.scene.graph), step_motion.round_changed
    near = [k for k in range(1, trace.forward_steps) if in_view(hand, trace.frame(k).active_nodes)]
    away = [k for k in range(near[-1] + 3, trace.forward_steps) if not passing(hand, trace.frame(k))]
    monkeypatch.setattr(step_motion, "round_changed", lambda *told: asked.append(find(*told)) or asked[-1])
    for position in (*near[-4:], away[0], away[1], near[-1]):
        hand.view.show_frame(trace.frame(position))
        screen_now(hand)
    assert asked[-2].isEmpty()
    assert not asked[-1].isEmpty()


def passing(hand: Hand, frame: Frame) -> set[EdgeKey]:
    """Which edges of a frame's step are in view, or near it."""
    seen, layer = hand.view.seen().adjusted(-400, -400, 400, 400), hand.scene.edge_layer
    return {layer.rows.keys[number] for number in layer.visible(seen).tolist()} & set(frame.active_edges)


def test_cards_that_a_frame_does_not_touch_are_not_asked_what_they_look_like(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = run(hand.scene.graph)
    first = next(k for k in range(3, len(trace.steps)) if in_view(hand, trace.frame(k).active_nodes))
    for position in (first - 3, first - 2, first - 1):
        hand.view.show_frame(trace.frame(position))
        screen_now(hand)
    asked: list[str] = []
    look = NodeItem._look

    def note(self: NodeItem, *told: object) -> tuple[object, ...]:
        asked.append(self.node.id)
        return look(self, *told)  # type: ignore[arg-type]

    monkeypatch.setattr(NodeItem, "_look", note)
    hand.view.show_frame(trace.frame(first))
    screen_now(hand)
    active = {*trace.frame(first - 1).active_nodes, *trace.frame(first).active_nodes}
    assert asked
    assert set(asked) <= active


def in_view(hand: Hand, node_ids: tuple[str, ...]) -> bool:
    """Whether any of these cards is in view."""
    return any(hand.scene.items_by_id[i].card.intersects(hand.view.seen()) for i in node_ids)


def test_while_it_is_scrubbed_nothing_shines_through_of_edges_that_were_thicker(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.scene.set_theme(DARK)
    trace, layer = run(hand.scene.graph), hand.scene.edge_layer
    seen = {layer.rows.keys[number] for number in layer.passing(hand.view.seen()).tolist()}
    steps = range(trace.forward_steps + 2, len(trace.steps))
    carrying = [k for k in steps if set(trace.frame(k).active_edges) & seen]
    hand.view.show_frame(trace.frame(carrying[-1] + 1))
    hand.settle()
    for position in reversed(carrying[-6:]):
        hand.view.show_frame(trace.frame(position - 1))
        shown = screen_now(hand)
    with monkeypatch.context() as patch:
        patch.setattr(InMotion, "paint", lambda *_: False)
        assert differing(shown, direct_screen(hand, patch)) <= CROSSINGS


def test_where_very_many_edges_are_in_view_a_frame_draws_those_alone_that_look_otherwise(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge_picture, "MOST_LOOSE", 1)
    monkeypatch.setattr(edge_picture, "SHARE_OF_MANY", 0.5)
    monkeypatch.setattr(edge_picture, "MOST_CLEAN", 0)
    trace, drawn, draw = run(hand.scene.graph), [], EdgePicture._draw_edges
    carries = trace.forward_steps + 2
    for position in (carries, carries + 1):
        hand.view.show_frame(trace.frame(position))
        screen_now(hand)

    def note(self: EdgePicture, painter: object, numbers: np.ndarray, *rest: object) -> None:
        drawn.append(len(numbers))
        draw(self, painter, numbers, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(EdgePicture, "_draw_edges", note)
    for position in range(carries + 2, carries + 9):
        hand.view.show_frame(trace.frame(position))
        shown = screen_now(hand)
    assert max(drawn) <= 10 < len(hand.scene.edge_layer.visible(hand.view.seen()))
    assert differing(shown, as_qt_paints(hand)) <= CROSSINGS


def test_a_view_that_takes_long_to_paint_rests_no_sooner_for_it(hand: Hand) -> None:
    hand.view.turns.rest_soon()
    time.sleep(1.5 * REST_MS / 1000)  # while it is painted
    hand.view.viewport().repaint()
    QApplication.processEvents()
    assert hand.view.turns._rest.isActive()


def test_where_most_edges_look_otherwise_at_each_frame_no_picture_is_drawn_of_them(hand: Hand) -> None:
    trace = run(hand.scene.graph)
    for position in (0, trace.forward_steps, len(trace.steps), trace.forward_steps):
        hand.view.show_frame(trace.frame(position))
        shown = screen_now(hand)
    assert hand.scene.edge_layer.picture.sheet.bytes == 0
    assert differing(shown, as_qt_paints(hand)) <= CROSSINGS
