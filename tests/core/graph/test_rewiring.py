"""Rewiring: nodes added connected, dropped on edges, healed over; edges moved, each as one exact step."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.graph import edits, rewiring
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Group
from nodegraph.core.operations.catalogue import OPERATIONS
from tests.core.applying import applied, refusal, sources


@pytest.fixture
def seed() -> Graph:
    """The seed example."""
    return parse("e = a*b; d = e + c; L = d*f")


# --- adding connected
@pytest.mark.parametrize("op", sorted(name for name, one in OPERATIONS.items() if not one.is_leaf))
def test_every_operation_is_added_behind_a_node(seed: Graph, op: str) -> None:
    change = rewiring.add_after(seed, op, "L", 10, 20)
    (made,) = change.made()
    applied(seed, change)
    assert sources(seed, made) == {0: "L"}
    assert (seed.node(made).x, seed.node(made).y) == (10, 20)


def test_several_nodes_feed_what_is_added_as_far_as_it_takes_them(seed: Graph) -> None:
    change = rewiring.add_after(seed, "multiply", "L", further=["a", "b"])
    assert sources(applied(seed, change), change.made()[0]) == {0: "L", 1: "a", 2: "b"}
    change = rewiring.add_after(seed, "divide", "L", further=["a", "b"])
    assert sources(applied(seed, change), change.made()[0]) == {0: "L", 1: "a"}


def test_nothing_feeds_an_input(seed: Graph) -> None:
    assert "Input takes no edges" in refusal(lambda: rewiring.add_after(seed, "input", "L"))
    assert "no longer there" in refusal(lambda: rewiring.add_after(seed, "exp", "gone"))


def test_a_node_added_before_a_port_replaces_what_fed_it(seed: Graph) -> None:
    change = rewiring.add_before(seed, "input", "e", 1)
    (made,) = change.made()
    assert sources(applied(seed, change), "e") == {0: "a", 1: made}
    change = rewiring.add_before(seed, "sin", "e", 2)
    assert sources(applied(seed, change), "e")[2] == change.made()[0]


def test_a_node_cannot_be_added_before_what_takes_no_edges(seed: Graph) -> None:
    assert "takes no edges" in refusal(lambda: rewiring.add_before(seed, "exp", "a", 0))
    assert "has no input 4" in refusal(lambda: rewiring.add_before(seed, "exp", "e", 3))


def test_a_node_added_on_an_edge_takes_its_place(seed: Graph) -> None:
    change = rewiring.add_between(seed, "tanh", ("L", 0))
    (made,) = change.made()
    applied(seed, change)
    assert sources(seed, made) == {0: "d"}
    assert sources(seed, "L") == {0: made, 1: "f"}


def test_a_node_added_inside_a_group_joins_it(seed: Graph) -> None:
    grouped = Graph.of(seed.nodes(), seed.edges(), None, [Group("g", nodes=("d", "L"))])
    change = rewiring.add_between(grouped, "tanh", ("L", 0))
    home = applied(grouped, change).group_of(change.made()[0])
    assert home is not None
    assert home.id == "g"
    change = rewiring.add_between(grouped, "tanh", ("L", 1))
    assert applied(grouped, change).group_of(change.made()[0]) is None


# --- dropping on an edge
def test_a_dropped_node_takes_the_source_and_feeds_the_target(seed: Graph) -> None:
    seed.apply(edits.add_node(seed, "exp", 0, 0, name="z"))
    change = rewiring.insert_on_edge(seed, "z", ("L", 0), (50.0, 60.0))
    applied(seed, change)
    assert sources(seed, "z") == {0: "d"}
    assert sources(seed, "L") == {0: "z", 1: "f"}
    assert (seed.node("z").x, seed.node("z").y) == (50, 60)


@pytest.mark.parametrize(
    ("node_id", "key", "said"),
    [
        ("a", ("L", 0), "takes no edges"),
        ("d", ("L", 0), "an end of this edge"),
        ("e", ("L", 0), "cycle: d is computed from e"),
        ("L", ("d", 0), "cycle: L is computed from d"),
        ("y", ("e", 0), "no free input"),
        ("y", ("e", 5), "no longer there"),
        ("gone", ("e", 0), "no longer there"),
    ],
)
def test_an_illegal_drop_is_told_alike_on_hover_and_on_drop(
    node_id: str, key: tuple[str, int], said: str
) -> None:
    graph = parse("e = a*b; d = e + c; L = d*f; y = exp(w); L")
    known = node_id in graph
    above = edits.ancestors(graph, node_id) if known else frozenset()
    below = edits.descendants(graph, node_id) if known else frozenset()
    told = rewiring.why_not_insert(graph, node_id, key, above, below)
    assert told == rewiring.why_not_insert(graph, node_id, key)
    assert told is not None
    assert said in told
    assert refusal(lambda: rewiring.insert_on_edge(graph, node_id, key)) == told


# --- moving edges
def test_an_edge_starts_elsewhere(seed: Graph) -> None:
    assert sources(applied(seed, rewiring.reroute(seed, ("L", 1), source="a")), "L") == {0: "d", 1: "a"}


def test_an_edge_ends_elsewhere_and_replaces_what_was_there(seed: Graph) -> None:
    applied(seed, rewiring.reroute(seed, ("L", 1), target=("d", 1)))
    assert sources(seed, "L") == {0: "d"}
    assert sources(seed, "d") == {0: "e", 1: "f"}


def test_an_edge_moved_out_of_many_lets_the_later_ones_move_up() -> None:
    graph = parse("s = add(a, b, c); y = exp(d)")
    applied(graph, rewiring.reroute(graph, ("s", 0), target=("y", 0)))
    assert sources(graph, "s") == {0: "b", 1: "c"}
    assert sources(graph, "y") == {0: "a"}


def test_an_edge_moved_within_a_node_of_many_inputs_goes_to_its_end() -> None:
    graph = parse("s = add(a, b, c)")
    applied(graph, rewiring.reroute(graph, ("s", 0), target=("s", 3)))
    assert sources(graph, "s") == {0: "b", 1: "c", 2: "a"}


def test_a_reroute_is_refused_as_connecting_is(seed: Graph) -> None:
    assert "cycle" in refusal(lambda: rewiring.reroute(seed, ("e", 0), source="L"))
    assert "takes no edges" in refusal(lambda: rewiring.reroute(seed, ("e", 0), target=("c", 0)))
    assert "no longer there" in refusal(lambda: rewiring.reroute(seed, ("e", 7)))
    assert not rewiring.reroute(seed, ("e", 0))


def test_all_edges_of_an_output_move_together() -> None:
    graph = parse("y = x*x + sin(x) + z")
    applied(graph, rewiring.move_outputs(graph, "x", "z"))
    assert not graph.edges_from("x")
    assert len(graph.edges_from("z")) == 4


def test_edges_on_a_way_to_the_new_start_stay() -> None:
    graph = parse("y = exp(x); L = x*w + x")
    graph.apply(edits.set_output(graph, "L"))
    applied(graph, rewiring.move_outputs(graph, "x", "y"))
    assert formula_of(graph) == "L = y × w + y"


def test_moving_outputs_is_refused_where_nothing_can_move(seed: Graph) -> None:
    assert "cycle" in refusal(lambda: rewiring.move_outputs(seed, "a", "L"))
    assert "feeds nothing" in refusal(lambda: rewiring.move_outputs(seed, "L", "a"))
    assert "start at a already" in refusal(lambda: rewiring.move_outputs(seed, "a", "a"))


def test_sliced_edges_are_gone_and_named_by_number(seed: Graph) -> None:
    change = rewiring.slice_edges(seed, [("e", 0), ("L", 1), ("e", 0)])
    assert change.name == "Cut 2 edges"
    applied(seed, change)
    assert len(list(seed.edges())) == 4


# --- healing
def test_deleting_and_healing_feeds_consumers_from_the_first_input(seed: Graph) -> None:
    applied(seed, rewiring.remove_and_heal(seed, ["d"]))
    assert formula_of(seed) == "L = a × b × f"


def test_healing_goes_through_all_that_is_deleted(seed: Graph) -> None:
    applied(seed, rewiring.remove_and_heal(seed, ["e", "d"]))
    assert sources(seed, "L") == {0: "a", 1: "f"}


def test_what_a_leaf_fed_stays_open_and_further_inputs_move_up() -> None:
    graph = parse("s = add(a, b, c)")
    applied(graph, rewiring.remove_and_heal(graph, ["a"]))
    assert sources(graph, "s") == {0: "b", 1: "c"}


def test_a_chosen_output_is_handed_on_to_what_fed_it(seed: Graph) -> None:
    assert seed.properties["output"] == "L"
    applied(seed, rewiring.remove_and_heal(seed, ["L"]))
    assert seed.output == "d"
