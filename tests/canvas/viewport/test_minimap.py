"""The minimap and the fingers: both look elsewhere, and edit nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGesture, QPanGesture, QPinchGesture
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.theme import DARK
from nodegraph.canvas.viewport import map_of_edges, touch
from nodegraph.canvas.viewport.minimap import Minimap
from nodegraph.core.graph import edits
from tests.canvas.conftest import LEFT, PLAIN, Hand


@pytest.fixture
def minimap(hand: Hand) -> Minimap:
    """The minimap, with a node far out so that not all is in view."""
    hand.apply(edits.move(hand.scene.graph, {"L": (4000.0, 2000.0)}))
    hand.view.minimap.follow()
    return hand.view.minimap


def test_it_hides_while_all_is_in_view(hand: Hand) -> None:
    hand.view.fit()
    hand.view.minimap.follow()
    assert not hand.view.minimap.isVisible()


def test_it_shows_once_something_lies_outside_and_can_be_switched_off(hand: Hand, minimap: Minimap) -> None:
    assert minimap.isVisible()
    assert hand.view.rect().contains(minimap.geometry())
    minimap.set_wanted(False)
    assert not minimap.isVisible()
    minimap.set_wanted(True)
    assert minimap.isVisible()


def test_a_small_canvas_has_no_room_for_it(hand: Hand, minimap: Minimap) -> None:
    hand.view.resize(300, 200)
    minimap.follow()
    assert not minimap.isVisible()


def pixel_of(minimap: Minimap, place: QPointF) -> QPoint:
    """Where on the map a place of the scene is, by asking the map back and forth."""
    origin, one = minimap.scene_place(QPointF(0, 0)), minimap.scene_place(QPointF(1, 1))
    way, pitch = place - origin, one - origin
    return QPoint(round(way.x() / pitch.x()), round(way.y() / pitch.y()))


def test_a_click_on_it_looks_there(hand: Hand, minimap: Minimap) -> None:
    there = hand.scene.items_by_id["L"].card.center()
    QTest.mouseClick(minimap, LEFT, PLAIN, pixel_of(minimap, there))
    assert (hand.view.center() - there).manhattanLength() < 60
    assert hand.wanted == []


def test_arrows_move_the_view_and_escape_goes_back_to_the_canvas(hand: Hand, minimap: Minimap) -> None:
    minimap.setFocus()
    assert minimap.hasFocus()
    before = hand.view.center()
    QTest.keyClick(minimap, Qt.Key.Key_Right)
    assert hand.view.center().x() > before.x()
    QTest.keyClick(minimap, Qt.Key.Key_Escape)
    assert hand.view.hasFocus()


def test_its_focus_is_not_lost_when_it_hides(hand: Hand, minimap: Minimap) -> None:
    minimap.setFocus()
    QTest.keyClick(minimap, Qt.Key.Key_Home)
    minimap.follow()
    assert not minimap.isVisible()
    assert hand.view.hasFocus()


def test_it_paints_the_cards_and_the_part_that_is_seen(hand: Hand, minimap: Minimap) -> None:
    before = minimap.grab().toImage()
    hand.view.set_center(QPointF(2000, 1000))
    assert minimap.grab().toImage() != before


def test_very_many_edges_are_drawn_a_part_at_a_time_and_come_to_the_same_picture(
    hand: Hand, minimap: Minimap, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then the edges are shown as they lay before."""
    hand.view.set_center(QPointF(2000, 1000))
    before = minimap.grab().toImage()
    node = hand.scene.graph.nodes()[0]
    change = edits.move(hand.scene.graph, {node.id: (node.x or 0.0, (node.y or 0.0) + 400)})
    hand.apply(change)
    whole = minimap.grab().toImage()
    assert whole != before
    monkeypatch.setattr(map_of_edges, "AT_ONCE", 1)
    for _ in range(2):
        monkeypatch.setattr(minimap, "_edges", map_of_edges.MapOfEdges(minimap))
        minimap.grab()
        assert minimap._edges._next.isActive()
        qtbot.waitUntil(lambda: not minimap._edges._next.isActive())
        assert minimap.grab().toImage() == whole
    hand.apply(change.inverse())
    minimap.grab()
    assert minimap._edges._next.isActive()
    qtbot.waitUntil(lambda: not minimap._edges._next.isActive())
    assert minimap.grab().toImage() == before


# --- fingers
class Fingers:
    """What Qt hands over when it has recognised fingers; an event made by hand would be freed twice."""

    def __init__(self, gesture: QGesture) -> None:
        self.found = gesture
        self.accepted = False

    def gesture(self, kind: Qt.GestureType) -> QGesture | None:
        return self.found if _kind(self.found) == kind else None

    def accept(self) -> None:
        self.accepted = True


def _kind(gesture: QGesture) -> Qt.GestureType:
    pinch = isinstance(gesture, QPinchGesture)
    return Qt.GestureType.PinchGesture if pinch else Qt.GestureType.PanGesture


def test_a_pinch_zooms_and_keeps_the_point_between_the_fingers(hand: Hand) -> None:
    pixel = QPointF(300, 200)
    held, zoom = hand.view.mapToScene(pixel.toPoint()), hand.view.zoom
    pinch = QPinchGesture()
    pinch.setScaleFactor(1.5)
    pinch.setChangeFlags(QPinchGesture.ChangeFlag.ScaleFactorChanged)
    spot = QPointF(hand.view.viewport().mapToGlobal(pixel.toPoint()))
    pinch.setCenterPoint(spot)
    pinch.setLastCenterPoint(spot)
    touch.follow(hand.view, Fingers(pinch))
    assert hand.view.zoom == pytest.approx(zoom * 1.5)
    assert (hand.pixel(held) - pixel.toPoint()).manhattanLength() <= 3


def test_two_fingers_pan(hand: Hand) -> None:
    before = hand.view.center()
    pan = QPanGesture()
    pan.setOffset(QPointF(40, 24))
    touch.follow(hand.view, Fingers(pan))
    assert (hand.view.center() - before + QPointF(40, 24)).manhattanLength() <= 2


def test_touch_is_accepted_on_the_canvas(hand: Hand) -> None:
    device = QTest.createTouchDevice()
    assert isinstance(device, QPointingDevice)
    assert hand.view.viewport().testAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)


def test_a_drag_on_it_goes_as_far_as_the_hand_and_stays_on_the_map(hand: Hand, minimap: Minimap) -> None:
    """The map used to shrink beneath the hand, and the view ran away from the graph."""
    start = pixel_of(minimap, hand.view.center())
    wanted = minimap.scene_place(QPointF(start + QPoint(20, 10)))
    QTest.mousePress(minimap, LEFT, PLAIN, start)
    for step in range(1, 11):
        pixel = QPointF(start + QPoint(2 * step, step))
        there = QPointF(minimap.mapToGlobal(pixel))
        QApplication.sendEvent(
            minimap, QMouseEvent(QEvent.Type.MouseMove, pixel, there, Qt.MouseButton.NoButton, LEFT, PLAIN)
        )
    assert (hand.view.center() - wanted).manhattanLength() < 60
    QTest.mouseRelease(minimap, LEFT, PLAIN, start + QPoint(20, 10))
    assert minimap.isVisible()


def covered(hand: Hand, minimap: Minimap) -> bool:
    """Whether the map lies on a card."""
    box = hand.view.mapToScene(minimap.geometry()).boundingRect()
    return any(item.card.intersects(box) for item in hand.scene.items_by_id.values())


def test_it_never_lies_on_a_card(hand: Hand, minimap: Minimap) -> None:
    seen, hidden = set(), 0
    for x in range(-600, 1200, 90):
        for y in range(-400, 700, 90):
            hand.view.set_center(QPointF(x, y))
            minimap.follow()
            if minimap.isVisible():
                assert not covered(hand, minimap)
                seen.add(minimap.pos().toTuple())
            else:
                hidden += 1
    assert len(seen) > 1


def test_it_goes_where_no_card_is_and_else_away(hand: Hand, minimap: Minimap) -> None:
    places = [minimap.pos()]
    for node_id in "abcd":
        box = hand.view.mapToScene(minimap.geometry()).boundingRect()
        hand.apply(edits.move(hand.scene.graph, {node_id: (box.center().x() - 40, box.center().y() - 30)}))
        minimap.follow()
        places.append(minimap.pos() if minimap.isVisible() else None)
    assert places[-1] is None
    assert len({place.toTuple() for place in places if place is not None}) > 1


def test_its_ground_is_drawn_once_and_again_where_it_looks_otherwise(hand: Hand, minimap: Minimap) -> None:
    before, shot = minimap._ground(), minimap.grab().toImage()
    assert minimap._ground().cacheKey() == before.cacheKey()
    hand.scene.set_theme(DARK)
    assert minimap._ground().cacheKey() != before.cacheKey()
    assert minimap.grab().toImage().pixelColor(12, 12) != shot.pixelColor(12, 12)
