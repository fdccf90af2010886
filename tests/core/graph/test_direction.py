"""A graph may lead down: its document keeps that, undoing it is exact, and turning twice is nothing."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph import edits
from nodegraph.core.graph.bends import bend
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place_missing, turn, turned
from nodegraph.formats import native


def seed() -> Graph:
    graph = parse("e = a*b; d = e + c; L = d*f")
    graph.apply(place_missing(graph))
    return graph


def test_turning_there_and_back_changes_nothing() -> None:
    places = np.arange(24.0).reshape(3, 2, 4)
    there = Direction.DOWN.turned_all(places)
    assert there[0, 0].tolist() == [1, 0, 3, 2]
    assert (Direction.DOWN.turned_all(there) == places).all()
    assert Direction.RIGHT.turned_all(places) is places
    assert Direction.DOWN.turned_all(np.empty((0, 4))).shape == (0, 4)


def test_a_document_keeps_its_direction() -> None:
    graph = seed()
    assert b"direction" not in native.write(graph)
    graph.apply(turn(graph, Direction.DOWN))
    again = native.read(native.write(graph))
    assert again == graph
    assert again.direction is Direction.DOWN


@pytest.mark.parametrize("value", ['"up"', "1", "null", '["top-to-bottom"]', "true"])
def test_a_direction_that_there_is_not_is_refused_with_its_place(value: str) -> None:
    data = native.write(seed()).replace(b'"version": 1', b'"version": 1, "direction": ' + value.encode())
    with pytest.raises(DocumentError, match=r"graph\.direction: expected") as refused:
        native.read(data)
    assert '"left-to-right" or "top-to-bottom"' in str(refused.value)


def test_a_document_may_say_that_it_leads_to_the_right() -> None:
    data = native.write(seed())
    said = data.replace(b'"version": 1', b'"version": 1, "direction": "left-to-right"')
    assert native.write(native.read(said)) == data


def test_turning_lays_out_anew_takes_bends_off_and_is_undone_whole() -> None:
    graph = seed()
    graph.apply(bend(graph, (graph.named("L").id, 1), [(300.0, 400.0)]))
    before = graph.copy()
    change = turn(graph, Direction.DOWN)
    graph.apply(change)
    assert graph.direction is Direction.DOWN
    assert not any(edge.via for edge in graph.edges())
    place = {node.name: (node.x, node.y) for node in graph.nodes()}
    assert place["a"][0] < place["b"][0]  # the first input is at the left
    for edge in graph.edges():
        source, target = graph.node(edge.source), graph.node(edge.target)
        assert source.y + 84 < target.y
    graph.apply(change.inverse())
    assert graph == before


def test_turning_to_where_it_leads_does_nothing_and_a_graph_without_places_gets_none() -> None:
    graph = seed()
    assert not turn(graph, Direction.RIGHT)
    assert turned(graph, Direction.RIGHT) is graph
    bare = parse("y = a*b")
    bare.apply(turn(bare, Direction.DOWN))
    assert bare.direction is Direction.DOWN
    assert all(node.x is None for node in bare.nodes())
    empty = Graph()
    empty.apply(turn(empty, Direction.DOWN))
    assert empty.direction is Direction.DOWN


def test_turning_says_where_it_leads() -> None:
    assert edits.set_direction(Graph(), Direction.DOWN).name == "Lead from top to bottom"
