"""The plan: order, runs, and a sentence for every node that keeps the rest from running."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from nodegraph.core.building import shapes
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.plan import Plan, compile_plan, plan_of
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from tests.strategies import graphs


def make(ops: dict[str, str], *edges: tuple[str, str, int]) -> Graph:
    nodes = [
        Node(name, op, name, 1.0 if op in ("input", "constant") else None, rank=rank)
        for rank, (name, op) in enumerate(ops.items())
    ]
    return Graph.of(nodes, [Edge(*edge) for edge in edges])


@given(graphs())
def test_every_node_comes_after_what_it_is_computed_from(graph: Graph) -> None:
    plan = compile_plan(graph)
    assert sorted(plan.ids) == sorted(node.id for node in graph.nodes())
    assert (plan.edge_source < plan.edge_target).all()
    assert all(graph.node(i).is_leaf == (number < plan.leaves) for number, i in enumerate(plan.ids))


@given(graphs())
def test_the_arrays_say_what_the_edges_say(graph: Graph) -> None:
    plan = compile_plan(graph)
    found = {(plan.ids[s], *key) for s, key in zip(plan.edge_source, plan.keys, strict=True)}
    assert found == {(edge.source, edge.target, edge.port) for edge in graph.edges()}
    assert [plan.ids[t] for t in plan.edge_target] == [target for target, _ in plan.keys]
    assert sorted(plan.backward_order) == list(range(len(plan.keys)))
    assert (np.diff(plan.edge_target[plan.backward_order]) <= 0).all()


def test_within_a_generation_nodes_keep_the_order_of_making() -> None:
    graph = parse("p = a*b; q = c*d; r = a*d; L = add(p, q, r)")
    assert run(graph).order == ["a", "b", "c", "d", "p", "q", "r", "L"]


def test_a_plan_is_kept_until_the_structure_changes(seed_graph: Graph) -> None:
    plan = plan_of(seed_graph)
    seed_graph.apply(edits.set_value(seed_graph, "a", 7.0))
    seed_graph.apply(edits.rename(seed_graph, "a", "alpha"))
    seed_graph.apply(edits.move(seed_graph, {"a": (5.0, 5.0)}))
    assert plan_of(seed_graph) is plan
    seed_graph.apply(edits.connect(seed_graph, "f", "e", 1))
    assert plan_of(seed_graph) is not plan
    assert run(seed_graph).values["e"] == 35


def test_missing_inputs_are_told_at_their_node() -> None:
    graph = make({"a": "input", "m": "subtract", "n": "negate", "s": "add", "p": "power"}, ("a", "m", 1))
    assert dict(run(graph).problems) == {
        "m": "Connect input 1.",
        "n": "Connect its input.",
        "s": "Connect inputs 1 and 2.",
        "p": "Connect inputs 1 and 2.",
    }


def test_a_gap_between_ports_is_a_missing_input() -> None:
    graph = make({"a": "input", "s": "add"}, ("a", "s", 0), ("a", "s", 1), ("a", "s", 4))
    assert dict(run(graph).problems) == {"s": "Connect inputs 3 and 4."}


def test_too_many_inputs_are_told() -> None:
    graph = make({"a": "input", "m": "subtract"}, ("a", "m", 0), ("a", "m", 1), ("a", "m", 2))
    assert dict(run(graph).problems) == {"m": "Subtract takes 2 inputs; here are 3."}


def test_an_edge_into_a_leaf_is_a_problem_there_and_does_not_stop_the_rest() -> None:
    graph = make(
        {"a": "input", "m": "negate", "b": "input", "n": "negate"},
        ("a", "m", 0),
        ("a", "b", 0),
        ("b", "n", 0),
    )
    trace = run(graph)
    assert trace.values == {"a": 1, "m": -1}
    assert dict(trace.problems) == {"b": "Input takes no edges; remove the one that arrives here."}


def test_a_cycle_is_told_at_each_of_its_nodes_with_their_names() -> None:
    graph = make(
        {"a": "input", "p": "add", "q": "negate", "below": "negate", "fine": "negate"},
        ("a", "p", 0), ("q", "p", 1), ("p", "q", 0), ("q", "below", 0), ("a", "fine", 0),
    )  # fmt: skip
    trace = run(graph)
    told = dict(trace.problems)
    assert set(told) == {"p", "q"}
    assert all("cycle (p, q)" in sentence for sentence in told.values())
    assert trace.values == {"a": 1, "fine": -1}


def test_a_node_that_feeds_itself_is_a_cycle_of_one() -> None:
    graph = make({"p": "negate"}, ("p", "p", 0))
    assert "cycle (p)" in dict(run(graph).problems)["p"]


def test_an_unknown_operation_cannot_run_and_says_so_while_the_rest_does() -> None:
    graph = make(
        {"a": "input", "w": "wavelet", "y": "negate", "z": "negate"},
        ("a", "w", 0), ("w", "y", 0), ("a", "z", 0),
    )  # fmt: skip
    trace = run(graph)
    assert set(dict(trace.problems)) == {"w"}
    assert "wavelet" in dict(trace.problems)["w"]
    assert trace.values == {"a": 1, "z": -1}
    assert plan_of(graph).waiting == {"y": "w"}


def test_a_node_below_a_problem_waits_and_has_none_of_its_own() -> None:
    graph = make({"s": "add", "y": "negate", "z": "negate"}, ("s", "y", 0), ("y", "z", 0))
    trace = run(graph)
    assert [name for name, _ in trace.problems] == ["s"]
    assert plan_of(graph).waiting == {"y": "s", "z": "s"}


@pytest.mark.parametrize("kind", shapes.SHAPES)
def test_arrays_make_the_plan_that_their_graph_makes(kind: str) -> None:
    shape = shapes.SHAPES[kind](300, 2)
    plan = Plan.from_arrays(shapes.OPS, shape.codes, shape.starts, shape.sources)
    graph = shapes.graph_of(shape)
    same = compile_plan(graph)
    names = [node.id for node in graph.nodes()]
    assert [names[int(i)] for i in plan.ids] == list(same.ids)
    assert [plan.number[i] for i in plan.ids] == list(range(300))
    assert (plan.table == same.table).all()
    assert (plan.edge_source == same.edge_source).all()
    assert plan.leaves == same.leaves


@pytest.mark.parametrize(
    ("codes", "starts", "sources", "said"),
    [
        ([0, 1], [0, 0, 1], [1], "node 1 takes node 1, not one before it"),
        ([0, 1], [0, 0, 1], [-1], "node 1 takes node -1, not one before it"),
        ([0, 2], [0, 0, 1], [0], "node 1: 'add' cannot run with 1 inputs"),
        ([0, 1], [0, 1, 1], [0], "node 0 takes node 0"),
        ([0, 3], [0, 0, 1], [0], "codes must be places in ops"),
        ([0, 1], [0, 0], [0], "starts must rise"),
        ([0, 1], [0, 0, 1], [0.0], "sources must be a row of whole numbers"),
        ([0, 1], [0, 0, 0], [], "node 1: 'tanh' cannot run with 0 inputs"),
    ],
)
def test_arrays_that_make_no_graph_are_refused(
    codes: list[int], starts: list[int], sources: list[float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Plan.from_arrays(("input", "tanh", "add"), codes, starts, sources)


def test_a_plan_of_no_nodes_is_a_plan() -> None:
    plan = Plan.from_arrays((), [], [0], [])
    assert not plan.runs
    assert not plan.keys


def test_an_operation_that_nobody_knows_is_refused_in_arrays() -> None:
    with pytest.raises(ValueError, match="node 0: 'conv' cannot run with 0 inputs"):
        Plan.from_arrays(("conv",), [0], [0, 0], [])


def test_many_gaps_are_counted() -> None:
    graph = make({"a": "input", "s": "add"}, ("a", "s", 0), ("a", "s", 5))
    assert dict(run(graph).problems) == {"s": "Connect 4 more of its inputs."}
