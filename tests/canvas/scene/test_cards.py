"""Cards of a vast graph: made where the view comes near, and the same as those that are made at once."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.geometry import CardShape
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items import node_item
from nodegraph.canvas.items.node_item import Mark
from nodegraph.canvas.scene import cards, hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building.expression import parse
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph import bends, edits, grouping
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node

COUNT = 400


@pytest.fixture(scope="module")
def vast() -> Graph:
    return graph_of(random_shape(COUNT, seed=1), placed=True)


def shown(qtbot: QtBot, graph: Graph, *, is_ready: bool) -> CanvasView:
    """A view of a graph that was made ready before, as large documents are, or is built at once."""
    scene = GraphScene(Graph(), LIGHT)
    if is_ready:
        assert list(scene.make_ready(graph))[-1] == 1.0
    scene.set_graph(graph)
    view = CanvasView(scene)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    view.fit()
    scene.set_frame(run(graph).last_frame)
    return view


def image(view: CanvasView) -> QImage:
    view.repaint()
    return view.grab().toImage()


def made(view: CanvasView) -> set[str]:
    return {card.node.id for card in view.graph_scene.items_by_id.made()}


def test_only_cards_near_the_view_are_made_and_they_look_as_if_all_were(qtbot: QtBot, vast: Graph) -> None:
    waiting, at_once = (shown(qtbot, vast, is_ready=is_ready) for is_ready in (True, False))
    assert not made(waiting)
    assert len(made(at_once)) == COUNT
    for node_id in (vast.nodes()[10].id, vast.nodes()[COUNT // 2].id):
        for view in (waiting, at_once):
            view.look_at(view.graph_scene.card_of(node_id).center(), 0.8)
        assert image(waiting) == image(at_once)
        assert node_id in made(waiting)
    assert 0 < len(made(waiting)) < COUNT / 2


def test_where_a_waiting_card_lies_is_known_without_it(qtbot: QtBot, vast: Graph) -> None:
    waiting, at_once = (shown(qtbot, vast, is_ready=is_ready).graph_scene for is_ready in (True, False))
    for node in vast.nodes():
        assert waiting.card_of(node.id) == at_once.card_of(node.id)
        assert waiting.output_place(node.id) == at_once.output_place(node.id)
    for edge in vast.edges():
        assert waiting.input_place(*edge.key) == at_once.input_place(*edge.key)
        there = at_once.edge_layer.rows.number[edge.key], waiting.edge_layer.rows.number[edge.key]
        assert (
            at_once.edge_layer.rows.values[there[0]].tolist()
            == waiting.edge_layer.rows.values[there[1]].tolist()
        )
    assert not waiting.items_by_id.made()


def test_room_below_very_many_cards_is_found_without_making_them(qtbot: QtBot, vast: Graph) -> None:
    waiting, at_once = (shown(qtbot, vast, is_ready=is_ready).graph_scene for is_ready in (True, False))
    everything = at_once.far_layer.boundingRect()
    found = hit_test.below_others(waiting, everything)
    assert not waiting.items_by_id.made()
    assert found.y() >= max(at_once.card_of(node.id).bottom() for node in vast.nodes())
    assert found == hit_test.below_others(at_once, everything)
    beside = everything.translated(everything.width() + 50, 0)
    assert hit_test.below_others(waiting, beside) == beside.topLeft()


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_of_few_and_of_many_nodes_the_same_cards_are_made(qtbot: QtBot, vast: Graph, share: float) -> None:
    view = shown(qtbot, vast, is_ready=True)
    view.look_at(view.graph_scene.card_of(vast.nodes()[10].id).center(), 0.8)
    image(view)
    asked = {node.id for node in vast.nodes()[: int(share * COUNT)]}
    assert 0 < len(made(view) & asked) < len(asked)
    found = view.graph_scene.items_by_id.made(asked)
    assert sorted(card.node.id for card in found) == sorted(made(view) & asked)


def test_edits_touch_waiting_cards_and_make_none(qtbot: QtBot, vast: Graph) -> None:
    graph = vast.copy()
    view = shown(qtbot, graph, is_ready=True)
    scene, nodes = view.graph_scene, graph.nodes()

    def apply(change: Change) -> None:
        graph.apply(change)
        scene.apply(change)

    moved, gone = nodes[-1].id, nodes[-2].id
    apply(edits.move(graph, {moved: (-4000.0, 50.0)}))
    apply(edits.rename(graph, moved, "a_name_that_is_rather_long"))
    apply(edits.remove(graph, [gone]))
    assert not scene.items_by_id.made()
    assert gone not in scene.items_by_id
    assert len(scene.items_by_id) == COUNT - 1
    afresh = GraphScene(graph, LIGHT)
    assert scene.card_of(moved) == afresh.card_of(moved)
    rows = dict(zip(scene.far_layer.rows.keys, scene.far_layer.rows.values.tolist(), strict=True))
    assert rows == dict(zip(afresh.far_layer.rows.keys, afresh.far_layer.rows.values.tolist(), strict=True))
    view.look_at(scene.card_of(moved).center(), 1.0)
    image(view)
    assert made(view) == {moved}


def test_moving_waiting_cards_measures_none_of_them_again(
    qtbot: QtBot, vast: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = vast.copy()
    scene = shown(qtbot, graph, is_ready=True).graph_scene
    measured: list[str] = []

    def shape_of(node: Node, *words: Any) -> CardShape:
        measured.append(node.id)
        return node_item.shape_of(node, *words)

    def apply(change: Change) -> None:
        graph.apply(change)
        scene.apply(change)

    monkeypatch.setattr(cards, "shape_of", shape_of)
    away = edits.move(graph, {node.id: ((node.x or 0.0) + 70.0, node.y or 0.0) for node in graph.nodes()})
    apply(away)
    assert sorted(measured) == sorted(node.id for node in graph.nodes())
    measured.clear()
    apply(away.inverse())
    with monkeypatch.context() as patch:
        patch.setattr(scene.placement, "follow", None)  # with another value none lies elsewhere
        apply(edits.set_value(graph, next(node.id for node in graph.nodes() if node.is_leaf), 7.0))
    assert measured == []
    renamed = graph.nodes()[COUNT // 2].id
    apply(edits.rename(graph, renamed, "a_name_that_is_rather_long"))
    assert measured == [renamed]
    scene.set_text_scale(2.0)
    assert scene.card_of(renamed) == GraphScene(graph, LIGHT, 2.0).card_of(renamed)
    assert not scene.items_by_id.made()


def test_a_card_that_is_moved_into_view_is_made(qtbot: QtBot, vast: Graph) -> None:
    graph = vast.copy()
    view = shown(qtbot, graph, is_ready=True)
    view.look_at(QPointF(-1e5, -1e5), 1.0)
    image(view)
    assert not made(view)
    change = edits.move(graph, {"n5": view.center().toTuple()})
    graph.apply(change)
    view.graph_scene.apply(change)
    image(view)
    assert made(view) == {"n5"}


def test_selecting_and_playing_make_no_card(qtbot: QtBot, vast: Graph) -> None:
    view = shown(qtbot, vast, is_ready=True)
    scene, trace = view.graph_scene, run(vast)
    scene.select(vast.node_ids, [edge.key for edge in vast.edges()])
    assert len(scene.selected_nodes()) == COUNT
    frame = trace.frame(trace.forward_steps // 2)
    scene.set_frame(frame)
    assert not made(view)
    (active,) = list(frame.active_nodes)[:1]
    assert scene.items_by_id[active].mark & Mark.ACTIVE


def test_a_waiting_card_in_a_collapsed_group_stays_hidden(qtbot: QtBot, vast: Graph) -> None:
    graph = vast.copy()
    members = [node.id for node in graph.nodes()][5:20]
    graph.apply(grouping.group(graph, members, "Some"))
    graph.apply(grouping.set_collapsed(graph, [graph.groups()[0].id], True))
    view = shown(qtbot, graph, is_ready=True)
    view.look_at(view.graph_scene.card_of(members[0]).center(), 1.0)
    image(view)
    assert not made(view) & set(members)
    assert not view.graph_scene.items_by_id[members[0]].isVisible()


def test_cards_lie_on_each_other_as_they_were_made_in_the_graph(qtbot: QtBot, vast: Graph) -> None:
    scene = shown(qtbot, vast, is_ready=True).graph_scene
    first, later = vast.nodes()[3].id, vast.nodes()[9].id
    heights = [scene.items_by_id[node_id].zValue() for node_id in (later, first)]
    assert heights[0] > heights[1]
    scene.items_by_id.raise_card(first)
    assert scene.items_by_id[first].zValue() > heights[0]
    scene.items_by_id.raise_card(later)
    assert scene.items_by_id[first].zValue() == heights[1]


def test_bends_of_a_graph_that_was_made_ready_are_those_of_its_edges(qtbot: QtBot, vast: Graph) -> None:
    graph = vast.copy()
    edge = next(graph.edges())
    graph.apply(bends.bend(graph, edge.key, [(-300.0, 40.0)]))
    waiting, at_once = (shown(qtbot, graph, is_ready=is_ready).graph_scene for is_ready in (True, False))
    for scene in (waiting, at_once):
        assert scene.placement.bends.all() == {edge.key: ((-300.0, 40.0),)}
    curves = [scene.edge_layer.curve(edge.key).tolist() for scene in (waiting, at_once)]
    assert curves[0] == curves[1]


def test_which_row_is_which_number_of_the_plan_is_known_before_a_graph_is_shown(vast: Graph) -> None:
    scene = GraphScene(Graph(), LIGHT)
    assert list(scene.make_ready(vast))[-1] == 1.0
    scene.set_graph(vast)
    plan = plan_of(vast)
    for rows, known in ((scene.far_layer.rows, plan.number), (scene.edge_layer.rows, plan.edge_number)):
        assert rows._found is not None
        assert rows._found[0] is known
        assert rows.numbers_in(known).tolist() == [known[key] for key in rows.keys]


def test_a_group_of_very_many_waiting_cards_lies_round_all_and_asks_none(
    qtbot: QtBot, vast: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = vast.copy()
    scene, asked = shown(qtbot, graph, is_ready=True).graph_scene, list[str]()
    monkeypatch.setattr(cards, "MANY", 100)
    card = scene.items_by_id.card
    monkeypatch.setattr(scene.items_by_id, "card", lambda node_id: asked.append(node_id) or card(node_id))
    nodes = graph.nodes()
    assert scene.graph_rect([node.id for node in nodes]) == scene.far_layer.extent
    assert not asked
    low = max(nodes, key=lambda node: node.y)
    for change in (
        lambda: grouping.group(graph, [node.id for node in nodes[1:]], "nearly all"),
        lambda: edits.move(graph, {low.id: (low.x, low.y + 900.0)}),
        lambda: edits.rename(graph, low.id, "a_name_that_is_rather_long"),
        lambda: edits.move(graph, {low.id: (low.x + 9000.0, low.y)}),
        lambda: edits.remove(graph, [low.id]),
    ):
        before = len(asked)
        made = change()
        graph.apply(made)
        scene.apply(made)
        (group,) = scene.surroundings.groups.values()
        (anew,) = GraphScene(graph, LIGHT).surroundings.groups.values()
        assert group.rect == anew.rect
        assert len(asked) - before < 20
    scene.set_text_scale(1.5)
    (anew,) = GraphScene(graph, LIGHT, 1.5).surroundings.groups.values()
    assert group.rect == anew.rect
    assert not scene.items_by_id.made()


def test_a_card_that_moves_within_its_group_asks_no_other_where_it_lies(
    qtbot: QtBot, vast: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = vast.copy()
    scene, asked = shown(qtbot, graph, is_ready=True).graph_scene, list[object]()
    monkeypatch.setattr(cards, "MANY", 100)
    change = grouping.group(graph, [node.id for node in graph.nodes()], "all")
    graph.apply(change)
    scene.apply(change)
    find = scene.items_by_id.round
    monkeypatch.setattr(scene.items_by_id, "round", lambda *given: asked.append(given) or find(*given))
    (group,) = scene.surroundings.groups.values()
    nodes = sorted(graph.nodes(), key=lambda node: node.x)
    inner, outer = nodes[len(nodes) // 2], nodes[0]
    low = max(node.y for node in nodes)
    for node, place, is_asked in (
        (inner, (inner.x + 8.0, inner.y), False),
        (inner, (inner.x, low + 900.0), False),
        (inner, (inner.x, inner.y), True),
        (outer, (inner.x, inner.y), True),
        (outer, (outer.x - 900.0, inner.y), False),
    ):
        asked.clear()
        change = edits.move(graph, {node.id: place})
        graph.apply(change)
        scene.apply(change)
        assert bool(asked) is is_asked
        (anew,) = GraphScene(graph, LIGHT).surroundings.groups.values()
        assert group.rect == anew.rect


def test_a_group_of_very_many_waiting_cards_collapses_and_asks_none_how_large_it_is(
    qtbot: QtBot, vast: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = vast.copy()
    scene, asked = shown(qtbot, graph, is_ready=True).graph_scene, list[str]()
    card = scene.items_by_id.card
    monkeypatch.setattr(scene.items_by_id, "card", lambda node_id: asked.append(node_id) or card(node_id))
    nodes = graph.nodes()
    for make in (
        lambda: grouping.group(graph, [node.id for node in nodes[1:]], "nearly all"),
        lambda: grouping.set_collapsed(graph, [graph.groups()[0].id], True),
        lambda: edits.move(graph, {nodes[5].id: (nodes[5].x - 5000.0, nodes[5].y)}),
    ):
        asked.clear()
        change = make()
        graph.apply(change)
        scene.apply(change)
        (group,) = scene.surroundings.groups.values()
        (anew,) = GraphScene(graph, LIGHT).surroundings.groups.values()
        assert group.rect == anew.rect
        assert len(asked) < 20 or not group.group.collapsed


def test_where_nodes_belong_is_noted_group_by_group_and_never_copied(qapp: object) -> None:
    """Each group copied the homes of all others, which takes long where there are very many."""
    graph = parse("e = a*b; d = e + c; L = d*f")
    scene = GraphScene(graph, LIGHT)
    homes = None
    for names in ("ab", "cf", "ed"):
        change = grouping.group(graph, [graph.named(name).id for name in names])
        graph.apply(change)
        scene.apply(change)
        assert homes is None or scene.surroundings.home is homes
        homes = scene.surroundings.home
    assert len(homes) == 6
