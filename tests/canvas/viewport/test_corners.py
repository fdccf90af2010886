"""Corners that are free: without cards, and without numbers that are shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items import chip_layer
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.canvas.viewport.corners import CLEAR_PX, free_corner
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.notes import add_note
from nodegraph.core.layout.placement import place_missing


@pytest.fixture
def view(qtbot: QtBot) -> CanvasView:
    graph = parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    graph.apply(place_missing(graph))
    graph.apply(
        edits.move(graph, {node.id: (2 * (node.x or 0), 2 * (node.y or 0)) for node in graph.nodes()})
    )
    shown = CanvasView(GraphScene(graph, LIGHT))
    qtbot.addWidget(shown)
    shown.resize(1200, 900)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.set_zoom(0.7)
    shown.centerOn(shown.graph_scene.edge_layer.boundingRect().center())
    trace = run(graph)
    shown.show_frame(trace.frame(len(trace.steps) - 1))
    return shown


def numbers_beside_cards(view: CanvasView) -> list[QRect]:
    """Boxes in which a piece of a number lies, away from the card that it stands before."""
    scene = view.graph_scene
    found = []
    for key in scene.edge_layer.rows.keys:
        for rect in scene.chip_layer.labels(key):
            box = view.mapFromScene(rect).boundingRect()
            box.setWidth(box.width() // 4)
            reach = view.mapToScene(box.adjusted(-CLEAR_PX, -CLEAR_PX, CLEAR_PX, CLEAR_PX)).boundingRect()
            if view.room().contains(box) and not hit_test.is_any_card_in(scene, reach):
                found.append(box)
    return found


def is_free(view: CanvasView, box: QRect) -> bool:
    return free_corner(view, box.size(), [QPoint(box.topLeft())]) is not None


def test_numbers_take_a_corner_only_where_they_are_shown(
    view: CanvasView, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes = numbers_beside_cards(view)
    assert boxes
    assert not any(is_free(view, box) for box in boxes)
    # From here on there are too many edges in view for a number on each; in a corner there are few.
    for name in ("MOST_CHIPS", "FEW_CHIPS"):
        monkeypatch.setattr(chip_layer, name, len(view.graph_scene.edge_layer.rows.keys) - 1)
    assert any(is_free(view, box) for box in boxes)


def test_a_corner_through_which_no_edge_passes_is_taken_first(view: CanvasView) -> None:
    """The legend lay over two edges of a network, with an empty corner at the other end of the view."""
    scene, size = view.graph_scene, QSize(20, 12)
    boxes = [QRect(QPoint(x, y), size) for x in range(10, 1100, 30) for y in range(10, 800, 30)]
    free = [box for box in boxes if is_free(view, box)]
    crossed = [box for box in free if len(scene.edge_layer.passing(view.mapToScene(box).boundingRect()))]
    (apart, *_) = [
        box for box in free if not box.intersects(view.mapFromScene(scene.drawn_rect()).boundingRect())
    ]
    assert crossed
    assert free_corner(view, size, [crossed[0].topLeft(), apart.topLeft()]) == apart.topLeft()
    assert free_corner(view, size, [crossed[0].topLeft(), QPoint(-50, 0)]) == crossed[0].topLeft()


def test_a_corner_without_a_note_is_taken_first(view: CanvasView) -> None:
    """The legend lay over the heading of a note, with an empty corner at the other end of the view."""
    scene, size = view.graph_scene, QSize(20, 12)
    here, there = QPoint(20, 20), QPoint(1100, 20)
    assert free_corner(view, size, [here, there]) == here
    change = add_note(scene.graph, "# Read me", *view.mapToScene(here).toTuple())
    scene.graph.apply(change)
    scene.apply(change)
    assert free_corner(view, size, [here, there]) == there
    assert free_corner(view, size, [here]) == here
