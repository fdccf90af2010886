"""Nodes come in the order of their making, whatever came and went, and edges are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node


def in_order(graph: Graph) -> bool:
    nodes = graph.nodes()
    ranks = [node.rank for node in nodes]
    return ranks == sorted(ranks) and graph.records() == {node.id: node for node in nodes}


def test_nodes_that_come_back_stand_where_they_were() -> None:
    graph = graph_of(random_shape(40, seed=3))
    before, count = graph.nodes(), graph.edge_count
    change = edits.remove(graph, [before[2].id, before[20].id])
    graph.apply(change)
    assert in_order(graph)
    assert graph.edge_count == len(list(graph.edges())) < count
    graph.apply(change.inverse())
    assert graph.nodes() == before
    assert in_order(graph)
    assert graph.edge_count == count
    assert graph.next_rank == before[-1].rank + 1


def test_a_graph_of_records_in_any_order_is_in_order() -> None:
    nodes = [Node("y", "negate", "y", rank=1), Node("a", "input", "a", 2.0)]
    graph = Graph.of(nodes, [Edge("a", "y", 0)])
    assert [node.id for node in graph.nodes()] == ["a", "y"]
    assert [node.id for node in graph.nodes_of({"y"})] == ["y"]
    assert [node.id for node in graph.nodes_of({"y", "a"})] == ["a", "y"]
    assert in_order(graph)
    assert Graph().next_rank == 0


def test_nodes_come_back_in_any_order_and_go_again() -> None:
    graph = graph_of(random_shape(200, seed=5))
    before = graph.nodes()
    changes = []
    for place in (190, 3, 57, 56, 120):
        changes.append(edits.remove(graph, [before[place].id]))
        graph.apply(changes[-1])
    for change in reversed(changes):  # none is looked at in between
        graph.apply(change.inverse())
    assert graph.nodes() == before
    graph.apply(changes[0])
    graph.apply(changes[0].inverse())
    graph.apply(changes[0])
    assert in_order(graph)
    graph.apply(changes[0].inverse())
    graph.apply(edits.set_value(graph, before[0].id, 9.0))
    assert [node.id for node in graph.nodes()] == [node.id for node in before]
    many = edits.remove(graph, [node.id for node in before[20:120]])
    graph.apply(many)
    graph.apply(many.inverse())
    assert [node.id for node in graph.nodes()] == [node.id for node in before]


def test_a_node_that_takes_another_rank_stands_there() -> None:
    graph = graph_of(random_shape(30, seed=5))
    first, *others = graph.nodes()
    later = replace(first, rank=others[-1].rank + 1)
    graph.apply(Change("Move", (patch_of(first, later),)))
    assert graph.nodes() == [*others, later]


def test_a_pass_and_another_node_need_no_order_after_nodes_that_came_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = graph_of(random_shape(40, seed=3))
    before = graph.nodes()
    run(graph)  # the plan for the first pass is made of all
    change = edits.remove(graph, [before[2].id, before[-1].id])
    graph.apply(change)
    assert graph.next_rank == before[-2].rank + 1
    graph.apply(change.inverse())
    with monkeypatch.context() as patch:
        patch.setattr("nodegraph.core.graph.graph.in_order", lambda *_: pytest.fail("all were put in order"))
        assert set(run(graph).nodes) == {node.id for node in before}
        assert graph.next_rank == before[-1].rank + 1
    assert graph.nodes() == before
    mixed = Graph.of([Node("y", "negate", "y", rank=7), Node("a", "input", "a", 2.0)], [Edge("a", "y", 0)])
    assert (mixed.next_rank, Graph().next_rank) == (8, 0)
