"""Edges bent by hand in the whole window: a double click, a drag, keys, the menu; each is one undo step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from nodegraph.app.platform import announcer
from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.items.node_item import PORT_SCALE
from nodegraph.core.explain.edge_explanation import spoken_edge
from tests.journeys.hand import LEFT, NONE, Hand
from tests.journeys.test_seed import build_seed

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def seed(hand: Hand) -> Hand:
    """The seed example, built by hand, with Fit."""
    build_seed(hand)
    hand.do("view.fit")
    return hand


def key_of(hand: Hand, name: str, port: int = 0) -> tuple[str, int]:
    return hand.graph.named(name).id, port


def middle(hand: Hand, key: tuple[str, int]) -> QPointF:
    return geometry.point_on(hand.scene.edge_layer.curve(key), 0.5)


def via(hand: Hand, key: tuple[str, int]) -> tuple[tuple[float, float], ...]:
    return hand.graph.edge(key).via


def double_click(hand: Hand, place: QPointF) -> None:
    hand.click(place)
    QTest.mouseDClick(hand.canvas.viewport(), LEFT, NONE, hand.pixel(place))


def passes(hand: Hand, key: tuple[str, int], point: tuple[float, float]) -> bool:
    """Whether the drawn curve of an edge leads through a point."""
    distance = geometry.distances_to(hand.scene.edge_layer.curve(key)[None], *point)
    return float(distance[0]) < 1.0


def test_a_double_click_bends_an_edge_a_drag_moves_the_bend_and_a_double_click_takes_it_off(
    seed: Hand,
) -> None:
    key = key_of(seed, "L")
    steps = seed.window.document.stack.index()
    place = middle(seed, key)
    double_click(seed, place)
    (bend,) = via(seed, key)
    assert (QPointF(*bend) - place).manhattanLength() < 4
    assert not seed.window.features.adding.popup.isVisible()
    seed.drag(QPointF(*bend), QPointF(*bend) + QPointF(10, -90))
    (moved,) = via(seed, key)
    assert moved[1] < bend[1] - 60
    assert passes(seed, key, moved)
    assert seed.window.document.stack.index() == steps + 2
    seed.do("edit.undo")
    assert via(seed, key) == (bend,)
    assert passes(seed, key, bend)
    seed.do("edit.redo")
    double_click(seed, QPointF(*moved))
    assert via(seed, key) == ()
    assert seed.scene.selected_edges() == [key]


def test_bends_stand_in_their_order_along_the_edge(seed: Hand) -> None:
    key = key_of(seed, "L")
    for share in (0.5, 0.8, 0.2):
        double_click(seed, geometry.point_on(seed.scene.edge_layer.curve(key), share))
    xs = [x for x, _ in via(seed, key)]
    assert len(xs) == 3
    assert xs == sorted(xs)


def test_a_bend_lies_on_the_grid_but_for_alt_and_shift_keeps_to_one_direction(seed: Hand) -> None:
    key = key_of(seed, "L")
    double_click(seed, middle(seed, key))
    begun = QPointF(*via(seed, key)[0])
    seed.drag(begun, begun + QPointF(33, -141))
    x, y = via(seed, key)[0]
    assert (x % geometry.GRID, y % geometry.GRID) == (0, 0)
    here = QPointF(x, y)
    seed.drag(here, here + QPointF(7, 61), modifiers=SHIFT)
    assert via(seed, key)[0][0] == x
    here = QPointF(*via(seed, key)[0])
    seed.drag(here, here + QPointF(41, 3), modifiers=ALT)
    assert via(seed, key)[0] != (here.x(), here.y())
    assert via(seed, key)[0][0] % geometry.GRID


def test_escape_puts_a_bend_back_that_is_being_dragged(seed: Hand) -> None:
    key = key_of(seed, "L")
    double_click(seed, middle(seed, key))
    bend = QPointF(*via(seed, key)[0])
    seed.press(bend)
    seed.glide(bend, bend + QPointF(0, -80))
    assert passes(seed, key, seed.scene.placement.bends.of(key)[0])
    assert not passes(seed, key, bend.toTuple())
    QTest.keyClick(seed.canvas, Qt.Key.Key_Escape)
    seed.release(bend + QPointF(0, -80))
    assert passes(seed, key, bend.toTuple())
    assert via(seed, key) == (bend.toTuple(),)


def test_bends_go_along_with_both_cards_and_stay_when_one_goes(seed: Hand) -> None:
    key = key_of(seed, "L")
    double_click(seed, middle(seed, key))
    x, y = via(seed, key)[0]
    header = seed.card("d").pos() + QPointF(30, 12)
    seed.drag(header, header + QPointF(0, -80), modifiers=ALT)
    assert via(seed, key) == ((x, y),)
    seed.scene.select([node.id for node in seed.graph.nodes()])
    header = seed.card("d").pos() + QPointF(30, 12)
    seed.press(header)
    seed.glide(header, header + QPointF(0, 40))
    assert passes(seed, key, seed.scene.placement.bends.of(key)[0])
    assert seed.scene.placement.bends.of(key)[0][1] == pytest.approx(y + 40, abs=8)
    seed.release(header + QPointF(0, 40))
    assert via(seed, key)[0] == seed.scene.placement.bends.of(key)[0]
    assert via(seed, key)[0][1] == pytest.approx(y + 40, abs=8)


def test_duplicates_and_an_undone_deletion_have_their_bends(seed: Hand) -> None:
    key = key_of(seed, "L")
    double_click(seed, middle(seed, key))
    bend = via(seed, key)
    seed.scene.select([seed.graph.named("d").id, seed.graph.named("L").id])
    seed.do("edit.duplicate")
    copy = seed.graph.nodes()[-1]
    assert len(via(seed, (copy.id, 0))) == 1
    seed.scene.select([seed.graph.named("L").id])
    seed.do("edit.delete")
    seed.do("edit.undo")
    assert via(seed, key) == bend
    assert passes(seed, key, bend[0])


def test_keys_bend_an_edge_move_the_bend_and_take_it_off(seed: Hand) -> None:
    key = key_of(seed, "L")
    seed.click(middle(seed, key))
    seed.canvas.setFocus()
    QTest.keyClick(seed.canvas, Qt.Key.Key_B)
    (x, y), *_ = via(seed, key)
    QTest.keyClick(seed.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert via(seed, key) == ((x, y - geometry.GRID),)
    QTest.keyClick(seed.canvas, Qt.Key.Key_B)
    assert len(via(seed, key)) == 2
    QTest.keyClick(seed.canvas, Qt.Key.Key_Left)
    QTest.keyClick(seed.canvas, Qt.Key.Key_Right)
    assert seed.scene.selected_edges() == [key]
    QTest.keyClick(seed.canvas, Qt.Key.Key_Delete, SHIFT)
    assert len(via(seed, key)) == 1
    seed.do("graph.straighten")
    assert via(seed, key) == ()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_of_an_edge_bends_it_where_it_was_opened(seed: Hand) -> None:
    key = key_of(seed, "L")
    place = geometry.point_on(seed.scene.edge_layer.curve(key), 0.25)
    menu = seed.menu_at(place)
    names = [action.objectName() for action in menu.actions() if action.isVisible()]
    assert "graph.add_bend" in names
    assert "graph.remove_bend" not in names
    menu.close()
    seed.do("graph.add_bend")
    (bend,) = via(seed, key)
    assert (QPointF(*bend) - place).manhattanLength() < 4
    menu = seed.menu_at(QPointF(*bend))
    names = [action.objectName() for action in menu.actions() if action.isVisible()]
    assert {"graph.remove_bend", "graph.straighten"} <= set(names)
    menu.close()
    seed.do("graph.remove_bend")
    assert via(seed, key) == ()


def test_the_edges_of_a_collapsed_group_cannot_be_bent(seed: Hand) -> None:
    seed.scene.select([seed.graph.named("d").id, seed.graph.named("e").id])
    seed.do("graph.group")
    seed.do("graph.collapse")
    key = key_of(seed, "L")
    steps = seed.window.document.stack.index()
    double_click(seed, middle(seed, key))
    assert seed.window.document.stack.index() == steps
    assert via(seed, key) == ()


def test_a_screen_reader_is_told_of_bends_that_are_added_chosen_moved_and_taken_off(seed: Hand) -> None:
    hand, key = seed, key_of(seed, "L", 1)
    hand.scene.select(edges=[key])
    hand.do("graph.add_bend")
    x, y = (round(value) for value in via(hand, key)[0])
    assert announcer.spoken[-1] == f"Bend 1 of 1 added to the edge from f to L, at {x}, {y}"
    hand.window.workspace.canvas.intents.bend_requested.emit(key, ((x, y), (x + 40.0, y - 8.0)))
    assert announcer.spoken[-1] == f"Bend 2 of 2 added to the edge from f to L, at {x + 40}, {y - 8}"
    hand.scene.placement.bends.chosen = (key, 0)
    hand.key(Qt.Key.Key_Right)
    assert announcer.spoken[-1] == f"Bend 2 of 2, at {x + 40}, {y - 8}"
    hand.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert announcer.spoken[-1] == f"Bend 2 of 2 moved to {x + 40}, {y}"
    assert spoken_edge(hand.graph, key).endswith("input 2, 2 bends")
    hand.do("graph.remove_bend")
    assert announcer.spoken[-1] == "Bend 2 of 2 removed from the edge from f to L"
    hand.do("graph.straighten")
    assert announcer.spoken[-1] == "No bend is left on the edge from f to L"
    hand.do("edit.undo")
    assert announcer.spoken[-1] == f"Bend 1 of 1 added to the edge from f to L, at {x}, {y}"
    hand.move_to("f", 900, 40)
    assert announcer.spoken[-1].startswith("f, Input")  # a card was moved, no bend


def test_where_no_ports_are_seen_a_drag_moves_the_bend_of_a_selected_edge_alone(seed: Hand) -> None:
    key = key_of(seed, "L")
    place = middle(seed, key)
    double_click(seed, place)
    (bend,) = via(seed, key)
    seed.canvas.set_zoom(PORT_SCALE - 0.02)
    seed.scene.select()
    seed.drag(QPointF(*bend), QPointF(*bend) + QPointF(10, -90))
    assert via(seed, key) == (bend,)
    seed.click(QPointF(*bend))
    seed.drag(QPointF(*bend), QPointF(*bend) + QPointF(10, -90))
    assert via(seed, key)[0][1] < bend[1] - 60
