"""The edge as a thing of its own: clicked, looked at, walked to by keys, and made to run elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from nodegraph.core.building.expression import parse
from tests.journeys.hand import NONE, Hand

MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def middle(hand: Hand, target: str, port: int) -> QPointF:
    """The middle of an edge."""
    curve = hand.scene.edge_layer.curve((hand.graph.named(target).id, port))
    return QPointF(*curve[len(curve) // 2])


def page_text(hand: Hand) -> str:
    """What the inspector says."""
    return str(hand.window.features.inspector.panel.text())


def choose(menu: QMenu, action_id: str) -> None:
    """Click an entry of a menu."""
    action = next(one for one in menu.actions() if one.objectName() == action_id)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NONE, menu.actionGeometry(action).center())


def test_a_click_on_an_edge_or_its_label_shows_it(hand: Hand) -> None:
    hand.window.player.to_end()
    hand.click(middle(hand, "d", 1))
    assert hand.scene.selected_edges() == [("d", 1)]
    assert page_text(hand).startswith("c → d")
    rect = hand.scene.showing.chip_rect(("e", 0), hand.scene.showing.chip(("e", 0))[0])
    hand.click(rect.center())
    assert hand.scene.selected_edges() == [("e", 0)]
    assert "∂L/∂e × ∂e/∂a = 5 × 3 = 15" in page_text(hand)


def test_an_edge_is_hit_as_many_pixels_off_at_every_zoom(hand: Hand) -> None:
    place = middle(hand, "d", 1)
    for zoom in (0.25, 0.38, 0.6, 1.0, 2.0):
        hand.canvas.set_zoom(zoom)
        hand.canvas.centerOn(place)
        off = QPointF(0, 4 / hand.canvas.zoom)
        hand.click(place + off)
        assert hand.scene.selected_edges() == [("d", 1)], zoom
        assert page_text(hand).startswith("c → d")
        hand.click(place + 4 * off)
        assert hand.scene.selected_edges() == [], zoom


def test_what_if_is_clicked_and_the_canvas_shows_it(hand: Hand) -> None:
    hand.window.player.to_end()
    hand.click(middle(hand, "d", 0))
    box = hand.window.features.inspector.panel.edge_page.what_if
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, NONE, QPointF(10, box.height() / 2).toPoint())
    assert box.isChecked()
    assert hand.shown()["a"] == (2.0, 0.0)
    assert hand.shown()["e"] == (6.0, 0.0)
    assert hand.shown()["c"] == (-10.0, 5.0)
    hand.click(hand.empty())
    QTest.qWait(1)
    assert hand.shown()["a"] == (2.0, 15.0)


def test_keys_walk_to_an_edge_along_it_and_beside_it(hand: Hand) -> None:
    hand.canvas.setFocus()
    hand.scene.select(["e"])
    hand.key(Qt.Key.Key_E)
    assert hand.scene.selected_edges() == [("e", 0)]
    assert not hand.scene.selected_nodes()
    hand.key(Qt.Key.Key_Down)
    assert hand.scene.selected_edges() == [("e", 1)]
    hand.key(Qt.Key.Key_Down)
    assert hand.scene.selected_edges() == [("e", 1)]
    hand.key(Qt.Key.Key_Right)
    assert hand.scene.selected_nodes() == ["e"]
    hand.key(Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert hand.scene.selected_edges() == [("d", 0)]
    hand.key(Qt.Key.Key_Left)
    assert hand.scene.selected_nodes() == ["e"]
    hand.scene.select()
    seen = []
    for _ in range(7):
        hand.key(Qt.Key.Key_E)
        seen.append(hand.scene.selected_edges()[0])
    assert len(set(seen[:6])) == 6
    assert seen[6] == seen[0]


@MENUS
def test_the_menu_of_an_edge_goes_to_its_ends_and_its_step(hand: Hand) -> None:
    choose(hand.menu_at(middle(hand, "d", 1)), "pass.to_edge")
    step = hand.window.player.frame.step
    assert step is not None
    assert step.edge == ("d", 1)
    choose(hand.menu_at(middle(hand, "d", 1)), "view.derive_edge")
    assert hand.window.workspace.dock.current_page == "derivation"
    choose(hand.menu_at(middle(hand, "d", 1)), "edit.go_to_source")
    assert hand.chosen() == ["c"]
    choose(hand.menu_at(middle(hand, "d", 1)), "edit.go_to_target")
    assert hand.chosen() == ["d"]


@MENUS
def test_an_edge_is_led_elsewhere_from_its_menu_by_the_mouse(hand: Hand) -> None:
    choose(hand.menu_at(middle(hand, "L", 1)), "graph.reroute_from")
    hand.point_at(hand.card("c").card.center())
    hand.click(hand.card("c").card.center())
    assert hand.graph.edge(("L", 1)).source == "c"
    assert hand.canvas.gesture is None
    hand.window.commands.run("edit.undo")
    choose(hand.menu_at(middle(hand, "L", 1)), "graph.reroute_from")
    hand.key(Qt.Key.Key_Escape)
    assert hand.graph.edge(("L", 1)).source == "f"
    assert hand.canvas.gesture is None


def test_an_edge_is_led_elsewhere_by_keys_alone(hand: Hand) -> None:
    hand.canvas.setFocus()
    hand.scene.select(edges=[("L", 1)])
    hand.key(Qt.Key.Key_X)
    assert hand.canvas.gesture is not None
    assert "f to" in hand.canvas.gesture.sentence()
    aim = hand.canvas.gesture.aim
    hand.key(Qt.Key.Key_Return)
    assert hand.graph.edge(aim[1:]).source == "f"
    assert not hand.graph.edge(("L", 1)) or hand.graph.edge(("L", 1)).source != "f"


def test_an_edge_that_can_end_nowhere_else_says_so(hand: Hand) -> None:
    hand.window.document.replace(parse("y = exp(x)", x=1))
    hand.scene.select(edges=[("y", 0)])
    hand.do("graph.reroute_to")
    assert hand.canvas.gesture is None
    assert "There is no other input that x could feed." in hand.window.stage.banner.text.text()
    hand.do("graph.reroute_from")
    assert "There is no other node that could feed y there." in hand.window.stage.banner.text.text()
