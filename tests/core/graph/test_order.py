"""Nodes come in the order of their making, whatever came and went, and edges are counted."""

from __future__ import annotations

from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node


def in_order(graph: Graph) -> bool:
    nodes = graph.nodes()
    ranks = [node.rank for node in nodes]
    return ranks == sorted(ranks) and list(graph.records().values()) == nodes


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
