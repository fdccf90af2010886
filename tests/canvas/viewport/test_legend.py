"""The legend: there while contributions are shown, and right about what the shades stand for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing import legend_bars
from nodegraph.canvas.drawing.theme import DARK, LIGHT
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.canvas.viewport.legend import DELAY_MS
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.changes import Change
from nodegraph.core.layout.placement import place_missing


@pytest.fixture
def view(qtbot: QtBot) -> CanvasView:
    graph = parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    graph.apply(place_missing(graph))
    shown = CanvasView(GraphScene(graph, LIGHT))
    qtbot.addWidget(shown)
    shown.resize(800, 600)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_it_is_there_while_contributions_are_shown(view: CanvasView) -> None:
    trace = run(view.graph_scene.graph)
    seen = []
    for position in (0, trace.forward_steps, trace.forward_steps + 1, len(trace.steps)):
        view.show_frame(trace.frame(position))
        seen.append(view.legend.isVisible())
    assert seen == [False, False, True, True]


def test_it_names_the_largest_contribution_and_where_the_scale_ends(view: CanvasView) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    assert view.legend.words() == ["−15", "±0.015", "+15"]
    assert "From −15 to +15" in view.legend.accessibleDescription()


def test_it_can_be_turned_off_and_makes_way_on_a_small_canvas(view: CanvasView) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    view.legend.set_wanted(False)
    assert not view.legend.isVisible()
    view.legend.set_wanted(True)
    assert view.legend.isVisible()
    view.resize(300, 200)
    view.legend.follow()
    assert not view.legend.isVisible()


def test_it_gives_nothing_away_to_a_learner_who_predicts(view: CanvasView) -> None:
    trace = run(view.graph_scene.graph)
    view.show_frame(trace.frame(trace.forward_steps + 1, guarded=True))
    assert not view.legend.isVisible()


def test_seen_from_far_away_it_comes_a_moment_later_and_goes_at_once_for_a_learner_who_predicts(
    view: CanvasView, qtbot: QtBot
) -> None:
    trace = run(view.graph_scene.graph)
    view.graph_scene.set_far(True)
    view.show_frame(trace.last_frame)
    assert not view.legend.isVisible()
    qtbot.waitUntil(view.legend.isVisible)
    view.show_frame(trace.frame(trace.forward_steps + 1, guarded=True))
    assert not view.legend.isVisible()


def test_both_ends_are_painted_in_their_colours(view: CanvasView) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    image = view.legend.grab().toImage()
    left, right = (image.pixelColor(view.legend.width() // 2 + x, 25) for x in (-102, 102))
    assert (left.name().upper(), right.name().upper()) == (LIGHT.negative, LIGHT.positive)


def test_it_lies_in_a_corner_where_no_card_is(view: CanvasView) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    view.fit()
    view.legend.follow()
    box = view.mapToScene(view.legend.geometry()).boundingRect()
    assert hit_test.cards_in(view.graph_scene, box) == []
    scene, place = view.graph_scene, view.mapToScene(view.legend.pos())
    change = edits.move(scene.graph, {"a": (place.x(), place.y())})
    scene.graph.apply(change)
    scene.apply(change)
    view.legend.follow()
    box = view.mapToScene(view.legend.geometry()).boundingRect()
    assert not box.intersects(scene.items_by_id["a"].card)


def test_it_keeps_clear_of_collapsed_groups_too(view: CanvasView) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    scene, place = view.graph_scene, view.mapToScene(view.legend.pos())
    for change in (
        edits.move(scene.graph, {"a": (place.x(), place.y())}),
        grouping.group(scene.graph, ["a"]),
    ):
        scene.graph.apply(change)
        scene.apply(change)
    change = grouping.set_collapsed(scene.graph, [scene.graph.groups()[0].id], True)
    scene.graph.apply(change)
    scene.apply(change)
    view.legend.follow()
    box = view.mapToScene(view.legend.geometry()).boundingRect()
    (card,) = scene.surroundings.collapsed()
    assert not card.rect.intersects(box)


def test_it_hides_where_it_would_cover_a_card_in_each_corner(view: CanvasView) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    view.fit()
    view.legend.follow()
    assert view.legend.isVisible()
    view.set_zoom(3.0)
    view.set_center(view.graph_scene.items_by_id["e"].card.center())
    view.resize(621, 421)
    for node_id, corner in zip("abcd", ("topLeft", "topRight", "bottomLeft", "bottomRight"), strict=True):
        scene, place = view.graph_scene, getattr(view.seen(), corner)()
        change = edits.move(scene.graph, {node_id: (place.x() - 60, place.y() - 40)})
        scene.graph.apply(change)
        scene.apply(change)
    view.legend.follow()
    assert not view.legend.isVisible()


def test_it_covers_no_number_on_an_edge(view: CanvasView) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    scene = view.graph_scene
    (key, *_) = [key for key in scene.edge_layer.rows.keys if scene.showing.chip(key) is not None]
    chip = scene.chip_layer.labels(key)[0]
    for corner in (view.legend.pos(), QPoint(12, 12)):
        view.look_at(chip.center() - view.mapToScene(corner + QPoint(130, 20)) + view.center(), 1.0)
        view.legend.follow()
        if view.legend.isVisible():
            box = view.mapToScene(view.legend.geometry()).boundingRect()
            drawn = scene.chip_layer.chipped(box, view.zoom)
            assert not any(r.intersects(box) for other in drawn for r in scene.chip_layer.labels(other))


def beneath(view: CanvasView, box: QRectF) -> list[str]:
    """The cards that reach into a rectangle, and the ends of the edges whose numbers do."""
    scene = view.graph_scene
    numbered = scene.chip_layer.chipped(box, view.zoom * scene.text_scale)
    return [
        *(card.node.id for card in hit_test.cards_in(scene, box) if card.card.intersects(box)),
        *(f"→{key[0]}" for key in numbered if any(r.intersects(box) for r in scene.chip_layer.labels(key))),
    ]


def covered_by(view: CanvasView) -> list[str]:
    """What lies beneath the legend, of these."""
    box = view.mapToScene(view.legend.geometry()).boundingRect()
    return [] if view.legend.isHidden() else beneath(view, box)


def move_beneath(view: CanvasView, *node_ids: str, aside: float = 0.0) -> Change:
    """Put nodes where the legend lies, beside each other with so much between them."""
    scene, middle = view.graph_scene, view.mapToScene(view.legend.geometry()).boundingRect().center()
    card, first = scene.items_by_id[node_ids[0]].card, -aside * (len(node_ids) - 1) / 2
    places = {
        node_id: (middle.x() - card.width() / 2 + first + number * aside, middle.y() - card.height() / 2)
        for number, node_id in enumerate(node_ids)
    }
    change = edits.move(scene.graph, places)
    scene.graph.apply(change)
    scene.apply(change)
    return change


@pytest.mark.parametrize("glides", [True, False])
def test_it_makes_way_for_a_card_that_comes_to_lie_beneath_it(
    qtbot: QtBot, view: CanvasView, glides: bool
) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    view.fit()
    qtbot.wait(3 * DELAY_MS)
    was = view.mapToScene(view.legend.geometry()).boundingRect()
    change = move_beneath(view, "a")
    if glides:
        view.animate_moves(change)
        qtbot.waitUntil(lambda: not view.glide.is_moving)
    assert "a" in beneath(view, was)
    qtbot.waitUntil(lambda: not covered_by(view))


def test_it_makes_way_for_a_number_that_comes_to_lie_beneath_it(qtbot: QtBot, view: CanvasView) -> None:
    view.resize(1200, 700)
    view.show_frame(run(view.graph_scene.graph).last_frame)
    view.fit()
    qtbot.wait(3 * DELAY_MS)
    was = view.mapToScene(view.legend.geometry()).boundingRect()
    move_beneath(view, "d", "L", aside=was.width() + 160)
    assert beneath(view, was) == ["→L"]
    qtbot.waitUntil(lambda: not covered_by(view))


def test_it_is_as_large_as_the_type_of_the_cards(view: CanvasView) -> None:
    view.resize(1000, 700)
    view.show_frame(run(view.graph_scene.graph).last_frame)
    before = view.legend.size()
    view.set_text_scale(1.4)
    view.legend.follow()
    assert view.legend.height() == round(before.height() * 1.4)
    image = view.legend.grab().toImage()
    inked = [
        x for x in range(image.width()) if image.pixelColor(x, image.height() // 3) != image.pixelColor(3, 12)
    ]
    assert max(inked) > before.width()


def test_it_keeps_clear_of_what_lies_over_the_canvas(view: CanvasView) -> None:
    view.show_frame(run(view.graph_scene.graph).last_frame)
    covered = view.legend.geometry()
    view.cover([covered])
    assert view.legend.isHidden() or not view.legend.geometry().intersects(covered)
    view.cover([])
    assert view.legend.isVisible()


@pytest.mark.parametrize(
    ("largest", "words"),
    [
        (15.0, ["−15", "±0.015", "+15"]),
        (345.845, ["−350", "±0.35", "+350"]),
        (1234.5, ["−1200", "±1.2", "+1200"]),
        (7.8e-12, ["−7.8e−12", "±7.8e−15", "+7.8e−12"]),
    ],
)
def test_its_ends_are_told_to_two_digits_and_written_out(largest: float, words: list[str]) -> None:
    assert legend_bars.words_for(largest)[1:] == words


def test_its_bars_are_drawn_once_and_again_in_another_theme(
    view: CanvasView, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    bars = legend_bars.paint_bars
    monkeypatch.setattr(
        legend_bars, "paint_bars", lambda painter, theme: drawn.append(theme.name) or bars(painter, theme)
    )
    view.show_frame(run(view.graph_scene.graph).last_frame)
    light = view.legend.grab().toImage()
    assert view.legend.grab().toImage() == light
    view.graph_scene.set_theme(DARK)
    assert view.legend.grab().toImage() != light
    view.graph_scene.set_theme(LIGHT)
    assert view.legend.grab().toImage() == light
    assert drawn == [LIGHT.name, DARK.name, LIGHT.name]
