"""Zoom, keys, fields in place, drops and the clock of a step, with real events."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.theme import DARK, LIGHT
from nodegraph.canvas.fields.text_field import Field
from nodegraph.canvas.gestures.drops import OPERATION_MIME
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.canvas.viewport import step_changes
from nodegraph.canvas.viewport.camera import MAX_ZOOM, MIN_ZOOM
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import add_note
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.layout.placement import place_missing
from tests.canvas.conftest import LEFT, MIDDLE, PLAIN, RIGHT, Hand, edge_middle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
EMPTY = QPointF(330, 420)


def turn(view: CanvasView, pixel: QPoint, steps: int) -> None:
    """Turn the wheel over a pixel."""
    event = QWheelEvent(
        QPointF(pixel),
        QPointF(view.viewport().mapToGlobal(pixel)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


# --- looking
@pytest.mark.parametrize("pixel", [QPoint(0, 0), QPoint(480, 320), QPoint(913, 77)])
def test_the_wheel_zooms_and_the_point_under_the_cursor_stays(hand: Hand, pixel: QPoint) -> None:
    held = hand.view.mapToScene(pixel)
    for steps in (1, 3, -2, -6, 4):
        before = hand.view.zoom
        turn(hand.view, pixel, steps)
        assert (hand.view.zoom > before) is (steps > 0)
        assert (hand.view.mapFromScene(held) - pixel).manhattanLength() <= 4


def test_zoom_stays_within_its_bounds(hand: Hand) -> None:
    turn(hand.view, QPoint(10, 10), 100)
    assert hand.view.zoom == pytest.approx(MAX_ZOOM)
    turn(hand.view, QPoint(10, 10), -200)
    assert hand.view.zoom == pytest.approx(MIN_ZOOM)


def test_fit_brings_every_card_into_view(hand: Hand) -> None:
    hand.view.set_center(QPointF(9000, 9000))
    hand.view.fit()
    seen = hand.view.mapToScene(hand.view.viewport().rect()).boundingRect()
    assert all(seen.contains(item.card) for item in hand.scene.items_by_id.values())
    hand.scene.select(["a"])
    hand.view.fit_selection()
    assert (hand.view.center() - hand.scene.items_by_id["a"].card.center()).manhattanLength() < 3


def test_fitting_the_selection_shows_a_note_alone(make_hand: Callable[[Graph], Hand], graph: Graph) -> None:
    graph.apply(add_note(graph, "far away", 3000, 2000))
    hand = make_hand(graph)
    hand.scene.select(notes=[graph.notes()[0].id])
    hand.view.fit_selection()
    assert (hand.view.center() - QPointF(3120, 2060)).manhattanLength() < 8, "not its middle"


def test_fit_without_a_node_shows_the_middle(make_hand: Callable[[Graph], Hand]) -> None:
    hand = make_hand(Graph())
    hand.view.fit()
    assert hand.view.zoom == 1.0


def test_fit_in_a_view_without_size_does_no_harm(scene: GraphScene, qtbot: QtBot) -> None:
    view = CanvasView(scene)
    qtbot.addWidget(view)
    view.resize(0, 0)
    view.show()
    view.fit()
    view.zoom_in()
    assert MIN_ZOOM <= view.zoom <= MAX_ZOOM


def test_what_is_brought_into_view_from_close_by_leaves_its_neighbour_in_view(hand: Hand) -> None:
    view = hand.view
    view.set_zoom(1.0)
    height = view.viewport().height()
    center = hand.scene.items_by_id["a"].card.center()
    hand.apply(edits.move(hand.scene.graph, {"e": (center.x(), center.y() + height / 2)}))
    view.set_center(center)
    a, e = (hand.scene.card_of(name) for name in "ae")
    assert view.seen().contains(a)
    assert not view.seen().contains(e)
    view.reveal("e")
    assert view.seen().contains(e)
    assert view.seen().contains(a)


def test_what_is_brought_into_view_from_afar_is_in_the_middle(hand: Hand) -> None:
    view = hand.view
    view.set_zoom(1.0)
    view.set_center(hand.scene.card_of("e").center() + QPointF(2 * view.viewport().width(), 0))
    view.reveal("e")
    off = view.seen().center() - hand.scene.card_of("e").center()
    assert abs(off.x()) + abs(off.y()) <= 2


@pytest.mark.parametrize("far", [1e7, 1e9])
def test_a_node_at_the_edge_of_the_world_can_be_looked_at_and_moved(hand: Hand, far: float) -> None:
    hand.apply(edits.move(hand.scene.graph, {"e": (far, -far)}))
    hand.show_step()
    hand.view.fit()
    hand.view.grab()
    for zoom in (MAX_ZOOM, 1.0, 0.5, MIN_ZOOM, 1.0):
        hand.view.set_zoom(zoom)
        hand.view.reveal("e")
        hand.view.set_center(hand.scene.items_by_id["e"].card.center())
        middle = hand.view.viewport().rect().center()
        assert (hand.pixel(hand.scene.items_by_id["e"].card.center()) - middle).manhattanLength() <= 3
        hand.view.grab()
    hand.drag(hand.header("e"), hand.header("e") + QPointF(-80, 0))
    assert hand.wanted == [("move", {"e": (far - 80, -far)})]


def test_where_not_all_can_be_seen_fit_shows_a_node_rather_than_none(hand: Hand) -> None:
    hand.apply(edits.move(hand.scene.graph, {"e": (1e9, -1e9)}))
    hand.view.fit()
    seen = hand.view.mapToScene(hand.view.viewport().rect()).boundingRect()
    assert hit_test.cards_in(hand.scene, seen)


def test_a_place_for_a_new_node_is_clear_of_the_others(hand: Hand) -> None:
    for _ in range(5):
        place = hand.view.free_place()
        hand.apply(edits.add_node(hand.scene.graph, "add", place.x(), place.y()))
    hand.scene.select(["a"])
    place = hand.view.free_place()
    hand.apply(edits.add_node(hand.scene.graph, "add", place.x(), place.y()))
    cards = [item.card for item in hand.scene.items_by_id.values()]
    assert not any(one.intersects(other) for i, one in enumerate(cards) for other in cards[:i])


# --- Space
def test_a_tap_on_space_plays(hand: Hand) -> None:
    hand.key(Qt.Key.Key_Space)
    assert hand.wanted == [("play",)]


def test_space_held_with_a_drag_pans_and_does_not_play(hand: Hand) -> None:
    before = hand.view.center()
    QTest.keyPress(hand.view, Qt.Key.Key_Space)
    start = hand.pixel(hand.header("a"))
    hand.press(hand.header("a"))
    hand.move(hand.view.mapToScene(start + QPoint(60, 40)))
    hand.release(hand.view.mapToScene(start + QPoint(60, 40)))
    QTest.keyRelease(hand.view, Qt.Key.Key_Space)
    assert (hand.view.center() - before + QPointF(60, 40)).manhattanLength() <= 2
    assert hand.wanted == []


def test_space_and_arrows_are_the_canvas_own_even_where_an_action_has_them(hand: Hand) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Return):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, PLAIN)
        event.ignore()
        QApplication.sendEvent(hand.view, event)
        assert event.isAccepted()
    other = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_S, CTRL)
    other.ignore()
    QApplication.sendEvent(hand.view, other)
    assert not other.isAccepted()


# --- arrows
def test_arrows_walk_to_the_next_node_that_way(hand: Hand) -> None:
    hand.scene.select(["a"])
    walked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right):
        hand.key(key)
        walked += hand.chosen
    assert walked == ["b", "c", "b", "e", "d"]


def test_an_arrow_without_a_selection_starts_at_the_first_node(hand: Hand) -> None:
    hand.key(Qt.Key.Key_Right)
    assert hand.chosen == ["a"]


def test_shift_and_an_arrow_add_to_the_selection(hand: Hand) -> None:
    hand.scene.select(["a"])
    hand.key(Qt.Key.Key_Down, SHIFT)
    assert hand.chosen == ["a", "b"]


def test_ctrl_and_an_arrow_move_the_selection_by_a_step_of_the_grid(hand: Hand) -> None:
    hand.scene.select(["a", "b"])
    hand.key(Qt.Key.Key_Right, CTRL)
    assert hand.wanted == [("move", {"a": (8.0, 0.0), "b": (8.0, 112.0)})]


def test_escape_selects_nothing(hand: Hand) -> None:
    hand.scene.select(["a"])
    hand.key(Qt.Key.Key_Escape)
    assert hand.chosen == []


# --- fields
def field(hand: Hand) -> Field:
    assert hand.view.field is not None
    return hand.view.field


def type_in(hand: Hand, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    entry = field(hand)
    entry.selectAll()
    QTest.keyClicks(entry, text)
    QTest.keyClick(entry, key)


def test_a_double_click_on_an_inputs_number_edits_it(hand: Hand) -> None:
    hand.double_click(hand.number("a"))
    assert field(hand).text() == "2"
    assert field(hand).accessibleName() == "Value of a"
    type_in(hand, "-1e-3")
    assert hand.wanted == [("value", "a", -0.001, 0)]
    assert hand.view.field is None


def test_a_double_click_on_a_header_edits_the_name(hand: Hand) -> None:
    hand.double_click(hand.header("e"))
    type_in(hand, "product")
    assert hand.wanted == [("rename", "e", "product")]


def test_enter_edits_the_selected_node(hand: Hand) -> None:
    hand.scene.select(["b"])
    hand.key(Qt.Key.Key_Return)
    type_in(hand, "7")
    assert hand.wanted == [("value", "b", 7.0, 0)]
    hand.scene.select(["e"])
    hand.key(Qt.Key.Key_Enter)
    assert field(hand).text() == "e"


@pytest.mark.parametrize("text", ["two", "1,5", "", "inf", "nan", "1_0", "٣x"])
def test_a_wrong_number_is_refused_beside_the_field_which_stays_open(hand: Hand, text: str) -> None:
    hand.view.edit_value("a")
    entry = field(hand)
    entry.setText(text)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert hand.wanted == []
    assert field(hand).speech.isVisible()
    assert len(field(hand).speech.text()) > 10
    assert not field(hand).speech.geometry().intersects(field(hand).geometry())
    type_in(hand, "4")
    assert hand.wanted == [("value", "a", 4.0, 0)]


@pytest.mark.parametrize("text", ["٣", "３", "३", "+3.0"])
def test_a_number_in_digits_of_any_script_is_taken(hand: Hand, text: str) -> None:
    hand.view.edit_value("a")
    field(hand).setText(text)
    QTest.keyClick(field(hand), Qt.Key.Key_Return)
    assert hand.wanted == [("value", "a", 3.0, 0)]


@pytest.mark.parametrize("text", ["", "   ", "b", "x" * 101, "a\u200fb"])
def test_a_wrong_name_is_refused_beside_the_field_which_stays_open(hand: Hand, text: str) -> None:
    hand.view.edit_name("a")
    field(hand).setText(text)
    QTest.keyClick(field(hand), Qt.Key.Key_Return)
    assert hand.wanted == []
    assert field(hand).speech.isVisible()


def test_escape_leaves_the_value_as_it_was(hand: Hand) -> None:
    hand.view.edit_value("a")
    type_in(hand, "9", Qt.Key.Key_Escape)
    assert hand.wanted == []
    assert hand.view.field is None


def test_an_unchanged_value_asks_for_nothing(hand: Hand) -> None:
    hand.view.edit_value("a")
    QTest.keyClick(field(hand), Qt.Key.Key_Return)
    assert (hand.wanted, hand.view.field) == ([], None)


def test_a_press_on_the_canvas_takes_a_right_text_and_drops_a_wrong_one(hand: Hand) -> None:
    hand.view.edit_value("a")
    field(hand).setText("5")
    hand.click(EMPTY)
    assert hand.wanted == [("value", "a", 5.0, 0)]
    hand.view.edit_value("a")
    field(hand).setText("five")
    hand.click(EMPTY)
    assert len(hand.wanted) == 1
    assert hand.view.field is None


@pytest.mark.parametrize("zoom", [0.3, 1.0, 3.0])
def test_a_field_lies_over_its_line_at_every_zoom_and_follows_it(hand: Hand, zoom: float) -> None:
    hand.view.set_zoom(zoom)
    hand.view.set_center(hand.scene.items_by_id["a"].card.center())
    hand.view.edit_value("a")
    for _ in range(2):
        line = hand.scene.items_by_id["a"].shape_of_card.value_line
        corner = hand.pixel(hand.scene.items_by_id["a"].pos() + line.topLeft())
        assert field(hand).geometry().top() - corner.y() <= 2
        assert field(hand).height() >= 26
        hand.view.set_center(hand.view.center() + QPointF(20, 10))


def test_a_field_whose_node_is_deleted_goes_with_it(hand: Hand) -> None:
    hand.view.edit_value("a")
    field(hand).setText("5")
    hand.apply(edits.remove(hand.scene.graph, ["a"]))
    assert hand.view.field is None
    assert hand.wanted == []


def test_a_field_does_not_outlive_the_graph_it_belongs_to(hand: Hand, graph: Graph) -> None:
    hand.view.edit_value("a")
    hand.scene.set_graph(graph.copy())
    assert hand.view.field is None
    assert hand.wanted == []


# --- the menu and drops
def test_the_context_menu_is_asked_for_what_lies_under_the_cursor(hand: Hand) -> None:
    for place, chosen in ((hand.header("a"), ["a"]), (hand.header("e"), ["e"])):
        pixel = hand.pixel(place)
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, pixel, hand.view.viewport().mapToGlobal(pixel)
        )
        QApplication.sendEvent(hand.view.viewport(), event)
        assert hand.chosen == chosen
    pixel = hand.pixel(edge_middle(hand.scene, ("d", 1)))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, pixel, hand.view.viewport().mapToGlobal(pixel))
    QApplication.sendEvent(hand.view.viewport(), event)
    assert hand.scene.selected_edges() == [("d", 1)]
    assert hand.wanted == [("menu",)] * 3


def drag_enter(pixel: QPoint, mime: QMimeData) -> QDragEnterEvent:
    """Returns what Qt sends when a drag comes over the view; Qt 6.12 deprecates whole pixels there, and older
    versions take nothing else.
    """
    place = QPointF(pixel) if QLibraryInfo.version() >= QVersionNumber(6, 12) else pixel
    return QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, LEFT, PLAIN)


def drop(view: CanvasView, pixel: QPoint, mime: QMimeData) -> bool:
    enter = drag_enter(pixel, mime)
    QApplication.sendEvent(view.viewport(), enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(pixel), Qt.DropAction.CopyAction, mime, LEFT, PLAIN)
        QApplication.sendEvent(view.viewport(), event)
    return enter.isAccepted()


def test_what_is_dragged_over_the_canvas_may_leave_it_again(hand: Hand) -> None:
    mime = QMimeData()
    mime.setData(OPERATION_MIME, b"tanh")
    enter = drag_enter(hand.pixel(EMPTY), mime)
    leave = QDragLeaveEvent()  # Qt's own handler would log that nothing has come
    for event in (enter, leave):
        QApplication.sendEvent(hand.view.viewport(), event)
    assert leave.isAccepted()
    assert hand.wanted == []


def test_an_operation_dropped_from_the_palette_asks_for_a_node_there_on_the_grid(hand: Hand) -> None:
    mime = QMimeData()
    mime.setData(OPERATION_MIME, b"tanh")
    assert drop(hand.view, hand.pixel(EMPTY), mime)
    ((kind, op, place),) = hand.wanted
    assert (kind, op) == ("add", "tanh")
    assert isinstance(place, QPointF)
    assert place.x() % 8 == place.y() % 8 == 0
    assert (place + QPointF(72, 42) - EMPTY).manhattanLength() < 10


def test_files_dropped_are_handed_on_and_other_things_are_not_welcome(hand: Hand) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/one.nodegraph"), QUrl("https://example.org/two")])
    assert drop(hand.view, QPoint(5, 5), mime)
    assert hand.wanted == [("files", ["/one.nodegraph"])]
    other = QMimeData()
    other.setData("application/x-other", b"1")
    assert not drop(hand.view, QPoint(5, 5), other)


# --- the clock of a step
def test_a_step_moves_for_its_time_and_then_stands(hand: Hand, qtbot: QtBot) -> None:
    trace = run(hand.scene.graph)
    hand.view.show_frame(trace.frame(9))
    hand.view.show_frame(trace.frame(10), 40)
    assert hand.view.is_moving
    qtbot.waitUntil(lambda: not hand.view.is_moving)
    assert hand.scene.showing.pulses() == []
    assert hand.scene.showing.gradient("e") == 5.0


def test_what_travels_stays_within_what_is_repainted(hand: Hand) -> None:
    trace = run(hand.scene.graph)
    for position in (4, 9, 10):
        hand.view.show_frame(trace.frame(position))
        hand.view.show_frame(trace.frame(position + 1), 100_000)
        hand.view.viewport().repaint()
        for progress in (0.1, 0.3, 0.5, 0.79, 0.81, 1.0):
            hand.view.travel.show_progress(progress)
            moving = step_changes.moving(hand.view)
            places = [hand.view.mapFromScene(place) for place, _, _ in hand.scene.showing.pulses()]
            assert len(places) == (len(hand.scene.showing.active_edges) if 0.15 < progress < 0.8 else 0)
            assert all(moving.contains(place) for place in places)
        assert hand.scene.showing.has_landed


def test_reduced_motion_shows_a_step_at_once(hand: Hand) -> None:
    trace = run(hand.scene.graph)
    hand.view.set_reduced_motion(True)
    hand.view.show_frame(trace.frame(10), 500)
    assert not hand.view.is_moving


def test_a_node_deleted_while_its_step_moves_takes_the_motion_along(hand: Hand) -> None:
    trace = run(hand.scene.graph)
    hand.view.show_frame(trace.frame(9))
    hand.view.show_frame(trace.frame(10), 5000)
    hand.scene.set_progress(0.5)
    hand.apply(edits.remove(hand.scene.graph, [*trace.frame(10).active_nodes]))
    hand.view.grab()
    hand.show_step()
    hand.view.grab()


def test_another_graph_stops_the_motion(hand: Hand, graph: Graph) -> None:
    trace = run(hand.scene.graph)
    hand.view.show_frame(trace.frame(9))
    hand.view.show_frame(trace.frame(10), 5000)
    hand.scene.set_graph(graph.copy())
    assert not hand.view.is_moving
    hand.view.grab()


# --- odd graphs
ODD_NAMES = [
    "x" * 100,
    "קלט ראשון",
    "🙂🙃 emoji",
    "e\u0301\u0302\u0303",
    "W" * 60,
    "∂L/∂x",
    "<b>bold</b>",
    "&amp;",
]


def test_odd_names_and_numbers_are_painted_at_every_zoom(make_hand: Callable[[Graph], Hand]) -> None:
    values = [float("nan"), float("inf"), -float("inf"), 1e308, -5e-324, 0.1 + 0.2, -123456.789, 0.0]
    nodes = [
        Node(f"n{i}", "input", name, value, True, 200.0 * (i % 4), 120.0 * (i // 4), i)
        for i, (name, value) in enumerate(zip(ODD_NAMES, values, strict=True))
    ]
    nodes.append(Node("s", "add", "sum of all", None, True, 900, 0, 9))
    nodes.append(Node("u", "an operation of tomorrow", "u", None, True, 900, 300, 10))
    edges = [Edge(f"n{i % 8}", "s", i) for i in range(200)] + [Edge("s", "u", 0)]
    hand = make_hand(Graph.of(nodes, edges))
    hand.show_step()
    for theme in (LIGHT, DARK):
        hand.scene.set_theme(theme)
        for zoom in (0.05, 0.3, 0.5, 1.0, 3.0):
            hand.view.set_zoom(zoom)
            hand.view.grab()
    assert len(hand.scene.items_by_id["s"].shape_of_card.inputs) == 200


def test_thousands_of_paints_and_signals_do_no_harm(make_hand: Callable[[Graph], Hand]) -> None:
    graph = parse("y = tanh(a*b + c); L = y*y + y", a=1, b=2, c=3)
    graph.apply(place_missing(graph))
    hand = make_hand(graph)
    trace = run(graph)
    heard: list[object] = []
    hand.view.hint.connect(heard.append)
    canvas: QWidget = hand.view.viewport()
    for turn_ in range(400):
        hand.view.show_frame(trace.frame(turn_ % (len(trace.steps) + 1)))
        canvas.repaint()
        for _ in range(10):
            hand.view.hint.emit("")
    assert len(heard) == 4000


def test_a_change_and_a_frame_may_come_in_any_order(hand: Hand) -> None:
    before = run(hand.scene.graph)
    change: Change = edits.remove(hand.scene.graph, ["d"])
    hand.apply(change)
    hand.view.show_frame(before.last_frame)
    hand.view.grab()
    hand.apply(change.inverse())
    hand.view.grab()
    hand.show_step()
    hand.view.grab()


def test_buttons_that_mean_nothing_here_do_nothing(hand: Hand) -> None:
    hand.click(hand.header("a"), RIGHT)
    hand.click(hand.header("a"), Qt.MouseButton.BackButton)
    hand.click(hand.header("a"), MIDDLE)
    assert [wish for wish in hand.wanted if wish != ("menu",)] == []
