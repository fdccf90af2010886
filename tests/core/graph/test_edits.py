"""Edits: what a person may do, and the sentence where they may not."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building import shapes
from nodegraph.core.building.expression import parse
from nodegraph.core.engine import plan
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import MAX_TITLE
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.operations.catalogue import OPERATIONS
from tests.core.applying import refusal
from tests.strategies import edited, graphs


def sources(graph: Graph, node_id: str) -> list[tuple[int, str]]:
    return [(edge.port, edge.source) for edge in graph.edges_into(node_id)]


def applied(graph: Graph, change: Change) -> Graph:
    graph.apply(change)
    return graph


@pytest.fixture
def four() -> Graph:
    """s = add(a, b, c, d)."""
    return parse("s = add(a, b, c, d)")


# --- nodes
@pytest.mark.parametrize("op", sorted(OPERATIONS))
def test_every_operation_can_be_added_to_an_empty_graph(op: str) -> None:
    graph = Graph()
    change = edits.add_node(graph, op, 10.0, 20.0)
    node = applied(graph, change).node(change.patches[0].key)
    assert (node.op, node.x, node.y) == (op, 10, 20)
    assert (node.value is None) == (not node.is_leaf)


def test_added_nodes_get_names_of_their_own() -> None:
    graph = Graph()
    for op in ["input"] * 30 + ["add"] * 30 + ["constant"] * 3:
        graph.apply(edits.add_node(graph, op))
    names = [node.name for node in graph.nodes()]
    assert len(set(names)) == 63
    assert names[:4] == ["a", "b", "c", "f"]


def test_an_unknown_operation_is_refused_with_its_neighbour() -> None:
    assert "Did you mean sigmoid" in refusal(lambda: edits.add_node(Graph(), "sigmiod"))


def test_a_rename_keeps_the_id_and_frees_the_old_name(seed_graph: Graph) -> None:
    applied(seed_graph, edits.rename(seed_graph, "L", "Loss"))
    assert seed_graph.node("L").name == "Loss"
    assert seed_graph.named("L") is None
    assert seed_graph.output == "L"
    change = edits.add_node(seed_graph, "input", name="L")
    applied(seed_graph, change)
    named = seed_graph.named("L")
    assert named is not None
    assert named.id != "L"


@pytest.mark.parametrize(
    "name", ["", "   ", "b", "x" * 101, "tab\there", "line\nbreak", "nul\0", "rtl\u202eevil"]
)
def test_a_name_that_cannot_be_is_refused(seed_graph: Graph, name: str) -> None:
    refusal(lambda: edits.rename(seed_graph, "a", name))


def test_a_taken_name_is_refused_by_name(seed_graph: Graph) -> None:
    assert refusal(lambda: edits.rename(seed_graph, "a", "b")) == "Another node is called b already."


@pytest.mark.parametrize(
    ("there", "typed"), [("é", "e\u0301"), ("e\u0301", "é"), ("x′", "x'"), ("x'", "x′"), ("é'", "e\u0301′")]
)
def test_a_name_that_would_look_like_another_is_taken(seed_graph: Graph, there: str, typed: str) -> None:
    node = seed_graph.node("a")
    seed_graph.apply(Change("", (Patch("node", "a", node, replace(node, name=there)),)))
    assert refusal(lambda: edits.rename(seed_graph, "b", typed)).startswith("Another node is called ")
    assert refusal(lambda: edits.add_node(seed_graph, "input", name=typed))


def test_an_accent_that_was_copied_apart_from_its_letter_becomes_one_sign(seed_graph: Graph) -> None:
    seed_graph.apply(edits.rename(seed_graph, "a", "e\u0301"))
    assert seed_graph.node("a").name == "é"


def test_renaming_to_the_same_name_does_nothing(seed_graph: Graph) -> None:
    assert not edits.rename(seed_graph, "a", " a ")


@pytest.mark.parametrize("name", ["größe", "x₁", "θ", "名前", "w 1", "🙂"])
def test_names_may_be_of_any_language(seed_graph: Graph, name: str) -> None:
    assert applied(seed_graph, edits.rename(seed_graph, "a", name)).node("a").name == name


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_must_be_finite(seed_graph: Graph, value: float) -> None:
    assert "finite" in refusal(lambda: edits.set_value(seed_graph, "a", value))


def test_only_leaves_have_a_value_and_only_inputs_are_trainable(seed_graph: Graph) -> None:
    assert refusal(lambda: edits.set_value(seed_graph, "e", 1.0)).startswith("e is computed")
    assert "no input" in refusal(lambda: edits.set_trainable(seed_graph, "e", False))
    assert not edits.set_value(seed_graph, "a", 2.0)


@pytest.mark.parametrize("x", [math.nan, math.inf, 1e10])
def test_a_place_out_of_this_world_is_refused(seed_graph: Graph, x: float) -> None:
    refusal(lambda: edits.move(seed_graph, {"a": (x, 0.0)}))


def test_what_is_no_longer_there_is_refused(seed_graph: Graph) -> None:
    for edit in (
        lambda: edits.rename(seed_graph, "ghost", "g"),
        lambda: edits.set_value(seed_graph, "ghost", 1.0),
        lambda: edits.move(seed_graph, {"ghost": (0.0, 0.0)}),
        lambda: edits.remove(seed_graph, ["ghost"]),
        lambda: edits.disconnect(seed_graph, [("L", 7)]),
        lambda: edits.set_output(seed_graph, "ghost"),
        lambda: edits.connect(seed_graph, "ghost", "e", 0),
    ):
        assert "no longer there" in refusal(edit)


# --- edges
def test_connecting_fills_a_port_and_replaces_what_was_there(seed_graph: Graph) -> None:
    applied(seed_graph, edits.connect(seed_graph, "f", "e", 0))
    assert sources(seed_graph, "e") == [(0, "f"), (1, "b")]


def test_the_edit_is_named_as_a_person_would(seed_graph: Graph) -> None:
    assert edits.connect(seed_graph, "f", "e", 0).name == "Connect f to e"
    assert edits.disconnect(seed_graph, [("e", 0)]).name == "Disconnect a from e"
    assert edits.remove(seed_graph, ["a"]).name == "Delete a"
    assert edits.remove(seed_graph, ["a", "b"]).name == "Delete 2 nodes"
    assert edits.rename(seed_graph, "a", "z").name == "Rename a to z"
    assert edits.move(seed_graph, {"a": (8.0, 8.0)}).name == "Move a"


@pytest.mark.parametrize(
    ("source", "target", "port", "part"),
    [
        ("L", "e", 0, "cycle"),
        ("d", "e", 1, "cycle"),
        ("e", "e", 0, "cannot feed itself"),
        ("e", "a", 0, "an input: it takes no edges"),
        ("a", "e", 3, "e has no input 4"),
        ("a", "e", -1, "has no input"),
        ("a", "e", 0, "connected there already"),
    ],
)
def test_an_illegal_edge_is_refused_with_the_reason(
    seed_graph: Graph, source: str, target: str, port: int, part: str
) -> None:
    why = edits.why_not(seed_graph, source, target, port)
    assert why is not None
    assert part in why
    assert refusal(lambda: edits.connect(seed_graph, source, target, port)) == why
    gathered = edits.ancestors(seed_graph, source)
    assert edits.why_not(seed_graph, source, target, port, gathered) == why


def test_a_port_past_the_last_opens_only_where_any_number_is_taken() -> None:
    graph = parse("s = a + b; m = a - b")
    assert edits.why_not(graph, "b", "s", 2) is None
    assert edits.why_not(graph, "b", "s", 3) is not None
    assert edits.why_not(graph, "b", "m", 2) is not None
    assert (edits.free_port(graph, "s"), edits.free_port(graph, "m")) == (2, None)


def test_an_unknown_operation_takes_no_new_edges() -> None:
    graph = Graph.of([Node("a", "input", "a", 1.0), Node("w", "wavelet", "w", rank=1)])
    assert "not known here" in refusal(lambda: edits.connect(graph, "a", "w", 0))


def test_ports_close_up_when_an_edge_leaves_a_sum_of_many(four: Graph) -> None:
    applied(four, edits.disconnect(four, [("s", 1)]))
    assert sources(four, "s") == [(0, "a"), (1, "c"), (2, "d")]


def test_two_edges_leave_and_the_rest_keeps_its_order(four: Graph) -> None:
    applied(four, edits.disconnect(four, [("s", 0), ("s", 2)]))
    assert sources(four, "s") == [(0, "b"), (1, "d")]


def test_ports_below_the_least_number_stay_where_they_are() -> None:
    graph = parse("s = a + b; m = p - q")
    applied(graph, edits.disconnect(graph, [("s", 0)]))
    assert sources(graph, "s") == [(1, "b")]
    applied(graph, edits.disconnect(graph, [("m", 0)]))
    assert sources(graph, "m") == [(1, "q")]


def test_deleting_a_node_takes_its_edges_and_closes_the_ports_it_fed(four: Graph) -> None:
    applied(four, edits.remove(four, ["b"]))
    assert sources(four, "s") == [(0, "a"), (1, "c"), (2, "d")]
    assert "b" not in four


def test_deleting_and_undoing_gives_everything_back_in_its_order(seed_graph: Graph) -> None:
    before = seed_graph.copy()
    change = edits.remove(seed_graph, ["b", "d", "L"])
    seed_graph.apply(change)
    assert [node.id for node in seed_graph.nodes()] == ["a", "e", "c", "f"]
    assert "output" not in seed_graph.properties
    seed_graph.apply(change.inverse())
    assert seed_graph == before
    assert [node.id for node in seed_graph.nodes()] == [node.id for node in before.nodes()]


def test_the_output_can_be_chosen_and_left_to_the_graph_again(seed_graph: Graph) -> None:
    assert applied(seed_graph, edits.set_output(seed_graph, "e")).output == "e"
    assert applied(seed_graph, edits.set_output(seed_graph, None)).output == "L"
    assert not edits.set_output(seed_graph, None)


def test_a_title_that_no_document_can_hold_is_refused() -> None:
    graph = Graph()
    title = "y" * MAX_TITLE
    assert applied(graph, edits.set_title(graph, title)).title == title
    assert refusal(lambda: edits.set_title(graph, title + "y")) == (
        "A title has at most 500 characters; this one has 501."
    )


def test_a_title_is_tidied_and_control_characters_are_refused() -> None:
    graph = Graph()
    assert applied(graph, edits.set_title(graph, "  The   seed\n example ")).title == "The seed example"
    refusal(lambda: edits.set_title(graph, "bad\0title"))
    assert applied(graph, edits.set_title(graph, "")).properties == {}


# --- at random
@given(graphs(most=6), st.data())
def test_whatever_is_done_no_cycle_no_double_name_and_no_edge_without_an_end_arises(
    graph: Graph, data: st.DataObject
) -> None:
    for _ in range(8):
        graph.apply(data.draw(edited(graph)))
    import networkx as nx

    assert nx.is_directed_acyclic_graph(graph.network)
    names = [node.name for node in graph.nodes()]
    assert len(set(names)) == len(names)
    ids = {node.id for node in graph.nodes()}
    assert all(edge.source in ids and edge.target in ids for edge in graph.edges())
    ranks = [node.rank for node in graph.nodes()]
    assert len(set(ranks)) == len(ranks)


@given(graphs(most=8), st.data())
def test_the_check_while_hovering_says_what_the_drop_says(graph: Graph, data: st.DataObject) -> None:
    ids = st.sampled_from([node.id for node in graph.nodes()])
    source, target, port = data.draw(ids), data.draw(ids), data.draw(st.integers(0, 4))
    why = edits.why_not(graph, source, target, port, edits.ancestors(graph, source))
    if why is None:
        graph.apply(edits.connect(graph, source, target, port))
        assert graph.edge((target, port)) == Edge(source, target, port)
    else:
        assert refusal(lambda: edits.connect(graph, source, target, port)) == why


@pytest.mark.parametrize("seed", range(12))
def test_of_a_large_graph_the_same_nodes_are_gathered_from_arrays(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after edits, of muted operations, and where an edge into a leaf keeps it from running."""
    chance = random.Random(seed)
    shape = shapes.chain_shape if seed == 11 else shapes.random_shape
    graph = shapes.graph_of(shape(700, seed))
    for step in range(6):
        ids = [node.id for node in graph.nodes()]
        asked = chance.sample(ids, 3)
        plan.plan_of(graph)
        monkeypatch.setattr(edits, "MANY", 0)
        fast = [one(graph, asked) for one in (edits.upstream, edits.downstream)]
        monkeypatch.setattr(edits, "MANY", 10**9)
        assert fast == [one(graph, asked) for one in (edits.upstream, edits.downstream)]
        graph.apply(edits.remove(graph, [chance.choice(ids)], [next(graph.edges()).key]))
        if step == 3:
            graph.apply(edits.set_muted(graph, [n.id for n in graph.nodes() if not n.is_leaf][:1]))
        leaf = next(node for node in graph.nodes() if node.is_leaf)
        wrong = Edge(graph.nodes()[0].id, leaf.id, 0)
        if leaf.id != wrong.source and graph.edge(wrong.key) is None:
            graph.apply(Change("Edge", (Patch("edge", wrong.key, None, wrong),)))
