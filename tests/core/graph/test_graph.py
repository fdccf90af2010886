"""The graph: records, order, names, ports and the choice of the output."""

from __future__ import annotations

from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node


def leaf(name: str, rank: int, value: float = 1.0) -> Node:
    return Node(name, "input", name, value, rank=rank)


def test_nodes_come_in_the_order_of_making_whatever_order_they_were_given_in() -> None:
    graph = Graph.of([leaf("c", 2), leaf("a", 0), leaf("b", 1)])
    assert [node.id for node in graph.nodes()] == ["a", "b", "c"]


def test_edges_into_a_node_come_by_port_and_out_of_it_by_target_then_port() -> None:
    nodes = [leaf("a", 0), Node("p", "add", "p", rank=2), Node("q", "add", "q", rank=1)]
    edges = [Edge("a", "p", 1), Edge("a", "p", 0), Edge("a", "q", 1), Edge("a", "q", 0)]
    graph = Graph.of(nodes, edges)
    assert [edge.key for edge in graph.edges_into("p")] == [("p", 0), ("p", 1)]
    assert [edge.key for edge in graph.edges_from("a")] == [("q", 0), ("q", 1), ("p", 0), ("p", 1)]


def test_the_same_node_may_feed_two_ports() -> None:
    graph = parse("y = x*x")
    assert [(edge.source, edge.port) for edge in graph.edges_into("y")] == [("x", 0), ("x", 1)]
    assert graph.edge(("y", 1)) == Edge("x", "y", 1)
    assert graph.edge(("y", 2)) is None
    assert graph.edge(("nobody", 0)) is None


def test_networkx_is_shown_the_nodes_and_edges_that_there_are_now() -> None:
    graph = parse("y = x*x + b")
    assert set(graph.network) == set(graph.node_ids)
    assert sorted(graph.network.edges(keys=True)) == sorted(
        (e.source, e.target, e.port) for e in graph.edges()
    )
    graph.apply(edits.remove(graph, ["b"]))
    assert "b" not in graph.network
    assert graph.network.number_of_edges() == graph.edge_count


def test_a_graph_is_equal_to_one_with_the_same_records_in_the_same_order() -> None:
    graph = parse("L = (a*b + c)*f")
    assert graph == graph.copy()
    assert graph != parse("L = (a*b + c)*f", a=2)
    assert graph != Graph.of(graph.nodes(), list(graph.edges())[1:], graph.properties)
    assert graph != Graph.of(graph.nodes(), graph.edges())
    assert graph != "graph"


def test_a_copy_does_not_follow_the_original() -> None:
    graph = parse("y = x*2")
    copy = graph.copy()
    from nodegraph.core.graph.edits import set_value

    graph.apply(set_value(graph, "x", 9.0))
    assert copy.node("x").value == 1


def test_with_values_sets_leaves_and_leaves_the_original_alone() -> None:
    graph = parse("y = x*z", x=2, z=3)
    other = graph.with_values({"x": 7.0})
    assert [node.value for node in other.nodes()] == [7, 3, None]
    assert graph.node("x").value == 2


def test_the_output_is_the_chosen_node_while_it_is_there() -> None:
    nodes = [leaf("a", 0), Node("n", "negate", "n", rank=1)]
    assert Graph.of(nodes, [Edge("a", "n", 0)], {"output": "a"}).output == "a"
    assert Graph.of(nodes, [Edge("a", "n", 0)], {"output": "gone"}).output == "n"


def test_the_only_sink_is_the_output_and_of_several_the_one_made_last() -> None:
    nodes = [leaf("a", 0), Node("p", "negate", "p", rank=1), Node("q", "negate", "q", rank=2)]
    assert Graph.of(nodes[:2], [Edge("a", "p", 0)]).output == "p"
    assert Graph.of(nodes, [Edge("a", "p", 0), Edge("a", "q", 0)]).output == "q"


def test_a_fresh_node_without_edges_does_not_take_the_output_away() -> None:
    nodes = [leaf("a", 0), Node("p", "negate", "p", rank=1), leaf("z", 2)]
    assert Graph.of(nodes, [Edge("a", "p", 0)]).output == "p"


def test_an_empty_graph_has_no_output_and_the_rank_zero_to_give() -> None:
    assert (Graph().output, Graph().next_rank, len(Graph()), Graph().nodes()) == (None, 0, 0, [])


def test_a_cycle_has_no_sink_and_so_no_output() -> None:
    nodes = [Node("p", "negate", "p"), Node("q", "negate", "q", rank=1)]
    assert Graph.of(nodes, [Edge("p", "q", 0), Edge("q", "p", 0)]).output is None


def test_the_output_is_evident_where_it_was_chosen_or_alone_ends_what_edges_lead_to() -> None:
    nodes = [leaf("a", 0), Node("p", "negate", "p", rank=1), Node("q", "negate", "q", rank=2), leaf("z", 3)]
    one, two = [Edge("a", "p", 0)], [Edge("a", "p", 0), Edge("a", "q", 0)]
    assert Graph.of(nodes).evident_output is None
    assert Graph.of(nodes, one).evident_output == "p"
    assert Graph.of(nodes, two).evident_output is None
    assert Graph.of(nodes, two, {"output": "z"}).evident_output == "z"
    assert Graph.of(nodes[:1]).evident_output is None
    assert Graph().evident_output is None


def test_a_graph_is_printed_in_a_line() -> None:
    graph = Graph.of([Node("a", "input", "a", 2.0), Node("y", "negate", "y", rank=1)], [Edge("a", "y", 0)])
    assert str(graph) == "<Graph: 2 nodes, 1 edge, output y>"
    assert str(Graph()) == "<Graph: 0 nodes, 0 edges>"
