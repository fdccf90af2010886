"""Badges have room of their own: below chips and below cards nothing else stands."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSizeF

from nodegraph.canvas.drawing.chip_placement import Places, Taken
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene import chip_obstacles, chips
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine import trouble
from nodegraph.core.engine.health import Mark
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trouble import Trouble
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import move
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import group
from nodegraph.core.layout.placement import place, place_missing, turned

GRAPHS = Path(__file__).parents[2] / "graphs"


def graph_of(name: str) -> Graph:
    """One of the graphs of real work, placed."""
    text, values = (GRAPHS / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:2]
    pairs = (pair.split("=") for pair in values.replace(",", " ").split())
    graph = parse(text, **{key: float(value) for key, value in pairs})
    graph.apply(place_missing(graph))
    return graph


def marked_scene(graph: Graph) -> GraphScene:
    scene = GraphScene(graph, LIGHT)
    scene.showing.show_marks(True)
    scene.set_frame(run(graph).last_frame)
    scene.clear_highlight()
    return scene


def labels_of(scene: GraphScene) -> list[QRectF]:
    """Every chip, and every badge below one."""
    return [rect for key in scene.edge_layer.rows.keys for rect in scene.chip_layer.labels(key)]


@pytest.fixture
def _all_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every edge is the cause of some trouble."""
    found = Trouble((Mark("vanishing", "It is too small."),))
    monkeypatch.setattr(trouble, "trouble_of_edge", lambda *_: found)


@pytest.mark.usefixtures("qapp", "_all_marked")
@pytest.mark.parametrize("name", ["lstm-cell", "black-scholes"])
def test_badges_below_chips_cover_no_card_and_no_label(name: str) -> None:
    scene = marked_scene(graph_of(name))
    labels = labels_of(scene)
    badges = [rect for rect in labels if rect.height() < 20]
    assert len(badges) > len(scene.edge_layer.rows) / 2
    for one, other in combinations(scene.edge_layer.rows.keys, 2):
        ours, theirs = scene.chip_layer.labels(one), scene.chip_layer.labels(other)
        assert not [(rect, there) for rect in ours for there in theirs if touches(rect, there)]
    cards = [scene.card_of(node_id) for node_id in scene.items_by_id]
    assert not [(label, card) for label in labels for card in cards if touches(label, card)]


@pytest.mark.usefixtures("qapp", "_all_marked")
def test_a_badge_for_which_there_is_no_room_is_shown_where_one_looks_at_it() -> None:
    graph = parse("e = a*b", a=2, b=3)
    graph.apply(place_missing(graph))
    scene = marked_scene(graph)
    key = scene.edge_layer.rows.keys[0]
    scene.showing.chip_rect(key, scene.showing.chip(key)[0])
    scene.showing.chips._placed.bare.add(key)
    assert scene.showing.edge_badges(key) == []
    scene.select(edges=[key])
    assert len(scene.showing.edge_badges(key)) == 1


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", ["lstm-cell", "logistic-6"])
def test_chips_keep_clear_of_the_badges_below_cards(name: str) -> None:
    scene = marked_scene(graph_of(name))
    assert scene.frame is not None
    below = list(chip_obstacles.below_cards(scene, scene.frame))
    assert below
    assert not [(chip, badge) for chip in labels_of(scene) for badge in below if touches(chip, badge)]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("when", ["before", "later", "after an edit"])
def test_chips_of_edges_that_lead_down_into_a_group_leave_its_title_free(when: str) -> None:
    graph = parse("y = w*x + b; L = (y - t)^2", w=0.5, x=1, b=0, t=1)
    grouping = group(graph, ["e", "y"], "Linear model")
    if when == "before":
        graph.apply(grouping)
    graph = turned(graph, Direction.DOWN)
    graph.apply(place(graph))
    scene = marked_scene(graph)
    if when == "after an edit":  # from then on, what has not moved keeps its chips
        nudge = move(graph, {"e": (graph.node("e").x + 8, graph.node("e").y)})
        for change in (nudge, nudge.inverse()):
            graph.apply(change)
            scene.apply(change)
    labels_of(scene)
    if when != "before":
        graph.apply(grouping)
        scene.apply(grouping)
    titles = list(chip_obstacles.titles(scene, 1.0))
    assert len(titles) == 1
    assert not [(chip, title) for chip in labels_of(scene) for title in titles if touches(chip, title)]


@pytest.mark.usefixtures("qapp")
def test_labels_leave_the_titles_of_groups_free_that_grow_as_one_zooms_out() -> None:
    graph = graph_of("two-neurons")
    chosen = [graph.named(name).id for name in ("e", "d", "b1", "g", "h", "p", "b2", "q")]
    graph.apply(group(graph, chosen, "Weighted sum of inputs"))
    scene = marked_scene(graph)
    scene.showing.chips.see_at(0.35)
    (title,) = chip_obstacles.titles(scene, 0.35)
    covered = []
    for frame in map(scene.frame.trace.frame, range(scene.frame.trace.last_frame.position + 1)):
        scene.set_frame(frame)
        labels = [scene.showing.chip_rect(k, scene.showing.chip(k)[0]) for k in scene.showing.active_edges]
        covered += [label for label in labels if touches(label, title)]
    assert not covered


def touches(one: QRectF, other: QRectF) -> bool:
    """Whether two rectangles share more than a rim."""
    return one.adjusted(0.5, 0.5, -0.5, -0.5).intersects(other)


@pytest.mark.usefixtures("qapp")
def test_no_lines_of_other_edges_are_gathered_for_a_chip_that_lies_above_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene, found, place = marked_scene(graph_of("lstm-cell")), [], chips.place_above

    def note(points: Places, size: QSizeF, taken: Taken, *, is_far: bool) -> QRectF:
        found.append(taken)
        return place(points, size, taken, is_far=is_far)

    monkeypatch.setattr(chips, "place_above", note)
    scene.showing.chips.see_at(0.3)  # where chips have no place at rest
    for key in scene.edge_layer.rows.keys:
        scene.showing.hover(key)
        scene.chip_layer.labels(key)
    assert len(found) > 10
    assert not any(len(taken.lines) for taken in found)
    assert all(len(taken.cards) for taken in found)
