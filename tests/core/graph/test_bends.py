"""Bends: put on, moved and taken off in one step each, and carried where their edge goes."""

from __future__ import annotations

import pytest

from nodegraph.core.building import fragments
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph import bends, edits, rewiring
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Point
from nodegraph.core.layout import placement
from tests.core import applying
from tests.core.applying import refusal

AE: EdgeKey = ("e", 0)


@pytest.fixture
def graph() -> Graph:
    """e = a*b, L = e + c, placed, with two bends on the edge from a to e."""
    made = parse("e = a*b; L = e + c")
    places = {"a": (0.0, 0.0), "b": (0.0, 112.0), "c": (0.0, 224.0), "e": (600.0, 56.0), "L": (900.0, 140.0)}
    made.apply(edits.move(made, places))
    made.apply(bends.bend(made, AE, [(250.0, -60.0), (450.0, -60.0)]))
    return made


def applied(graph: Graph, change: Change) -> Graph:
    """A copy of the graph after the change."""
    return applying.applied(graph.copy(), change)


def via(graph: Graph, key: EdgeKey = AE) -> tuple[Point, ...]:
    edge = graph.edge(key)
    assert edge is not None
    return edge.via


def test_a_bend_is_one_step_that_undo_takes_back(graph: Graph) -> None:
    change = bends.bend(graph, AE, [(250.0, -60.0)])
    assert change.name == "Remove a bend of the edge from a to e"
    graph.apply(change)
    assert via(graph) == ((250.0, -60.0),)
    graph.apply(change.inverse())
    assert via(graph) == ((250.0, -60.0), (450.0, -60.0))


def test_a_bend_leaves_the_compiled_plan_as_it_is(graph: Graph) -> None:
    plan = plan_of(graph)
    graph.apply(bends.straighten(graph, [AE]))
    assert plan_of(graph) is plan
    assert via(graph) == ()


def test_edges_both_of_whose_ends_go_the_same_way_keep_their_shape(graph: Graph) -> None:
    there = {node.id: (node.x + 8.0, node.y - 16.0) for node in graph.nodes()}
    assert via(applied(graph, edits.move(graph, there))) == ((258.0, -76.0), (458.0, -76.0))
    assert via(applied(graph, edits.move(graph, {"a": (8.0, 8.0)}))) == via(graph)
    apart = edits.move(graph, {"a": (8.0, 8.0), "e": (608.0, 56.0)})
    assert via(applied(graph, apart)) == via(graph)


def test_copies_take_their_bends_along(graph: Graph) -> None:
    part = fragments.part_of(graph, ["a", "e"])
    copied = applied(graph, fragments.insert_part(graph, part, (40.0, 40.0)))
    assert via(copied, ("e2", 0)) == ((290.0, -20.0), (490.0, -20.0))
    assert via(copied) == via(graph)


def test_a_copy_that_is_fed_by_what_feeds_the_original_has_its_edge_straight(graph: Graph) -> None:
    part, fed_by = fragments.part_of(graph, ["e"]), fragments.incoming(graph, ["e"])
    copied = applied(graph, fragments.insert_part(graph, part, (40.0, 40.0), incoming=fed_by))
    assert via(copied, ("e2", 0)) == ()


def test_undoing_a_deletion_brings_bends_back(graph: Graph) -> None:
    for change in (edits.remove(graph, ["e"]), edits.disconnect(graph, [AE])):
        assert applied(applied(graph, change), change.inverse()) == graph


def test_a_node_put_into_an_edge_leaves_the_bends_before_and_behind_it(graph: Graph) -> None:
    placed = (330.0, -120.0)
    put = applied(graph, rewiring.add_between(graph, "tanh", AE, *placed))
    tanh = next(node.id for node in put.nodes() if node.op == "tanh")
    assert via(put, (tanh, 0)) == ((250.0, -60.0),)
    assert via(put) == ()  # the second bend lies beneath the new card
    added = edits.add_node(graph, "relu", 1000, 1000)
    graph.apply(added)
    (relu,) = added.made()
    dropped = applied(graph, rewiring.insert_on_edge(graph, relu, AE, (260.0, -200.0)))
    assert (via(dropped, (relu, 0)), via(dropped)) == (((250.0, -60.0),), ((450.0, -60.0),))


def test_an_edge_that_ends_at_another_node_is_straight_again(graph: Graph) -> None:
    assert via(applied(graph, rewiring.reroute(graph, AE, "c"))) == ()
    assert via(applied(graph, rewiring.reroute(graph, AE, None, ("L", 1))), ("L", 1)) == ()
    assert via(applied(graph, rewiring.reroute(graph, AE, None, ("e", 1))), ("e", 1)) == via(graph)
    assert via(applied(graph, rewiring.move_outputs(graph, "a", "c"))) == ()


def test_arranging_straightens_the_edges_whose_nodes_it_moves(graph: Graph) -> None:
    assert via(applied(graph, placement.place(graph))) == ()
    still = applied(graph, placement.place(graph, ["L", "c"]))
    assert via(still) == via(graph)


def test_what_cannot_be_bent_is_told_in_a_sentence(graph: Graph) -> None:
    assert refusal(lambda: bends.bend(graph, ("e", 7), [(0, 0)])) == "That edge is no longer there."
    assert refusal(lambda: bends.bend(graph, AE, [(2e9, 0)])) == "A bend cannot lie that far out."
    assert refusal(lambda: bends.bend(graph, AE, [(float("nan"), 0)])) == "A bend cannot lie that far out."
    too_many = [(0.0, 0.0)] * (bends.MAX_BENDS + 1)
    assert refusal(lambda: bends.bend(graph, AE, too_many)) == "An edge has at most 100 bends."
    assert refusal(lambda: bends.straighten(graph, [("e", 1)])) == "No bend was put on this edge by hand."
