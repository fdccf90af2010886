"""A graph that leads down is worked on like one that leads to the right."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt

from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.grouping import group, set_collapsed
from nodegraph.formats import files
from tests.journeys.hand import Hand
from tests.journeys.test_adding import type_in_popup
from tests.journeys.test_seed import build_seed

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def downward(hand: Hand) -> Hand:
    """The seed example, turned by its key."""
    build_seed(hand)
    turn(hand)
    assert hand.graph.direction is Direction.DOWN
    return hand


def turn(hand: Hand) -> None:
    """Turn the graph by its key, and let the cards arrive."""
    hand.key(Qt.Key.Key_L, SHIFT)
    hand.canvas.glide.finish()


def layer(hand: Hand) -> EdgeLayer:
    return hand.scene.edge_layer


def test_a_key_turns_ports_edges_and_layout_in_one_step_and_back(hand: Hand) -> None:
    build_seed(hand)
    before, count = hand.places(), hand.window.document.stack.count()
    turn(hand)
    assert hand.window.document.stack.count() == count + 1
    assert hand.window.commands.action("graph.top_to_bottom").isChecked()
    for edge in hand.graph.edges():
        source, target = (hand.scene.items_by_id[end] for end in (edge.source, edge.target))
        assert source.output_port().y() == source.card.bottom()
        assert target.input_port(edge.port).y() == target.card.top()
        line = layer(hand).curve(edge.key)
        assert line[0].tolist() == list(source.output_port().toTuple())
        assert line[-1].tolist() == list(target.input_port(edge.port).toTuple())
        assert (line[1:, 1] >= line[:-1, 1]).all()  # down, nowhere up
    hand.do("edit.undo")
    assert hand.places() == before
    assert hand.graph.direction is Direction.RIGHT
    assert not hand.window.commands.action("graph.top_to_bottom").isChecked()
    assert hand.card("e").output_port().x() == hand.card("e").card.right()
    hand.do("edit.redo")
    turn(hand)
    assert hand.graph.direction is Direction.RIGHT


def test_it_is_saved_and_opened_again(downward: Hand, tmp_path: Path) -> None:
    files.save(downward.graph, tmp_path / "down.nodegraph")
    places = downward.places()
    turn(downward)
    downward.window.document.open(tmp_path / "down.nodegraph")
    assert downward.graph.direction is Direction.DOWN
    assert downward.places() == places
    assert downward.window.commands.action("graph.top_to_bottom").isChecked()


def test_an_edge_is_drawn_to_a_port_above_and_taken_off(downward: Hand) -> None:
    hand = downward
    hand.connect("f", "e", 1)
    assert hand.feeding("e") == ["a", "f"]
    hand.do("edit.undo")
    assert hand.feeding("e") == ["a", "b"]


def test_arrows_lead_along_an_edge_as_it_leads(downward: Hand) -> None:
    hand = downward
    key = (hand.graph.named("d").id, 0)
    hand.scene.select(edges=[key])
    hand.key(Qt.Key.Key_Right)
    assert hand.scene.selected_edges() == [(key[0], 1)]
    hand.key(Qt.Key.Key_Left)
    hand.key(Qt.Key.Key_Down)
    assert hand.chosen() == ["d"]
    hand.scene.select(edges=[key])
    hand.key(Qt.Key.Key_Up)
    assert hand.chosen() == ["e"]
    hand.key(Qt.Key.Key_Down)
    assert hand.chosen() == ["d"]


def test_a_node_dropped_on_an_edge_is_put_in(downward: Hand) -> None:
    hand = downward
    line = layer(hand).curve((hand.graph.named("L").id, 1))
    place = QPointF(*line[len(line) // 2].tolist())
    hand.window.workspace.editor.add_at("tanh", hand.empty())
    (name,) = hand.chosen()
    hand.move_to(name, place.x() - 72, place.y() - 42)
    assert hand.feeding(name) == ["f"]
    assert hand.feeding("L") == ["d", name]


def test_a_card_is_guided_to_where_its_edge_is_plumb(downward: Hand) -> None:
    hand = downward
    start = hand.held("c")
    out, into = hand.card("c").output_port().x(), hand.card("d").input_port(1).x()
    end = start + QPointF(into - out + 4, -60)
    hand.press(start)
    hand.glide(start, end)
    lines = hand.canvas.overlay.guides
    assert any(line.x1() == line.x2() == into for line in lines)
    hand.release(end)
    assert hand.card("c").output_port().x() == into


def test_what_is_added_for_a_port_lies_above_it(downward: Hand) -> None:
    hand = downward
    hand.window.workspace.editor.add_at("tanh", hand.card("f").pos() + QPointF(400, 200))
    (name,) = hand.chosen()
    below = hand.card(name).card.top()
    hand.window.features.adding.keys.pointer = None
    hand.do("graph.add")
    type_in_popup(hand, "k7")
    assert hand.feeding(name) == ["k7"]
    assert hand.card("k7").card.bottom() < below


def test_a_collapsed_group_has_its_ports_above_and_below(downward: Hand) -> None:
    hand = downward
    editor, graph = hand.window.workspace.editor, hand.graph
    ids = [graph.named(name).id for name in ("e", "d")]
    editor.attempt(lambda: group(graph, ids))
    (made,) = graph.groups()
    editor.attempt(lambda: set_collapsed(graph, [made.id], collapsed=True))
    item = hand.scene.surroundings.groups[made.id]
    places = {hit.port is None: place.y() for hit, place in item.ports()}
    assert places == {True: item.rect.bottom(), False: item.rect.top()}
    for edge in graph.edges_into(graph.named("L").id):
        if edge.source in ids:
            assert layer(hand).curve(edge.key)[0][1] == item.rect.bottom()
