"""What is said of one edge: upstream, rule and product, why it carries nothing, and what would change."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode, with_local_derivative
from nodegraph.core.explain.edge_explanation import (
    explain_edge,
    is_upstream_known,
    kind_of_edge,
    shifts,
    spoken_edge,
    spoken_load,
    title_of_edge,
)
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey


@pytest.fixture
def seed() -> Graph:
    """L = (a*b + c)*f"""
    return parse("e = a*b; d = e + c; L = d*f", a=2, b=3, c=-10, f=5)


def test_an_input_that_a_muted_node_leaves_out_is_said_to_be_left_out() -> None:
    graph = parse("e = muted(a*b); L = e*2", a=2, b=3)
    told = explain_edge(run(graph), graph, ("e", 1))
    assert told.nothing == "e is muted and passes a through; its other inputs have no part in it."


def test_an_edge_is_told_by_upstream_rule_and_product(seed: Graph) -> None:
    told = explain_edge(run(seed), seed, ("e", 0))
    assert title_of_edge(seed, ("e", 0)) == "a → e"
    assert kind_of_edge(seed, ("e", 0)) == "Input 1 of e, which is Multiply"
    assert told.upstream is not None
    assert told.upstream.unicode == "∂L/∂e = 5"
    assert told.rule is not None
    assert told.rule.unicode == "∂e/∂a = b = 3"
    assert told.product is not None
    assert told.product.unicode == "∂L/∂e × ∂e/∂a = 5 × 3 = 15"
    assert told.reason == "Product rule by one factor: the other factor remains"
    assert not told.nothing


def test_in_forward_mode_the_factors_stand_the_other_way_round(seed: Graph) -> None:
    trace = run_forward_mode(seed, "a")
    told = explain_edge(trace, seed, ("L", 0))
    assert told.product is not None
    assert told.product.unicode == "∂L/∂d × ∂d/∂a = 5 × 3 = 15"
    assert spoken_load(trace.last_frame, ("L", 0)) == "passes on 5 × 3 = +15"
    other = explain_edge(trace, seed, ("L", 1))
    assert other.nothing == "f does not depend on a, so nothing is passed on."


def test_an_edge_that_carries_nothing_says_why() -> None:
    graph = parse("y = 2*x; idle = log(x)", x=3)
    graph.apply(edits.set_output(graph, "y"))
    trace = run(graph)
    constant = next(edge.key for edge in graph.edges() if graph.node(edge.source).op == "constant")
    assert explain_edge(trace, graph, constant).nothing == "2 is a constant: no gradient is asked for there."
    idle = explain_edge(trace, graph, ("idle", 0))
    assert idle.nothing == "y does not depend on idle, so nothing is sent back."
    assert idle.rule is not None
    assert idle.product is None


def test_an_edge_into_what_waits_says_for_what(seed: Graph) -> None:
    seed.apply(edits.disconnect(seed, [("e", 1)]))
    told = explain_edge(run(seed), seed, ("L", 0))
    assert told.nothing == "L waits for e, so nothing was computed here."
    assert told.rule is None
    alone = explain_edge(run(seed), seed, ("e", 0))
    assert alone.nothing
    assert alone.rule is None


def test_upstream_is_known_once_all_of_it_has_arrived() -> None:
    graph = parse("u = x*x; y = u*3 + u", x=2)
    trace = run(graph)
    key: EdgeKey = ("u", 0)
    known = [is_upstream_known(trace.frame(place), key) for place in range(len(trace.steps) + 1)]
    first = known.index(True)
    frame = trace.frame(first)
    assert frame.arrived("u") == (2, 2)
    assert not frame.has_carried(key)
    assert all(known[first:])
    assert not is_upstream_known(trace.frame(first, guarded=True), key)


def test_a_factor_of_zero_changes_all_gradients_behind_it_and_no_value(seed: Graph) -> None:
    trace = run(seed)
    other = with_local_derivative(trace, ("d", 0), 0.0)
    found = shifts(trace.last_frame, other.last_frame)
    assert [(shift.symbol, shift.before, shift.after) for shift in found] == [
        ("∂L/∂e", 5.0, 0.0), ("∂L/∂b", 10.0, 0.0), ("∂L/∂a", 15.0, 0.0),
    ]  # fmt: skip
    assert other.values == trace.values
    assert other.gradients["c"] == 5.0
    assert trace.gradients["a"] == 15.0


def test_only_what_is_shown_is_said_to_change(seed: Graph) -> None:
    trace = run(seed)
    other = with_local_derivative(trace, ("d", 0), 0.0)
    step = int(trace.edge_step[trace.edge_number["d", 0]])
    names = [shift.node_id for shift in shifts(trace.frame(step), other.frame(step))]
    assert names == ["e"]


def test_zero_times_infinity_is_no_number_here_either() -> None:
    graph = parse("t = x*2; y = log(t)", x=0)
    trace = run(graph)
    other = with_local_derivative(trace, ("t", 0), 0.0)
    (shift,) = shifts(trace.last_frame, other.last_frame)
    assert shift.node_id == "x"
    assert shift.before == float("inf")
    assert shift.after != shift.after


def test_a_forward_run_supposes_it_forward(seed: Graph) -> None:
    trace = run_forward_mode(seed, "a")
    other = with_local_derivative(trace, ("d", 0), 0.0)
    assert [shift.node_id for shift in shifts(trace.last_frame, other.last_frame)] == ["d", "L"]


def test_an_edge_is_spoken_of_by_its_ends(seed: Graph) -> None:
    assert spoken_edge(seed, ("e", 1)) == "Edge from b to e, input 2"
    assert spoken_edge(seed, ("e", 7)) == ""
    frame = run(seed).last_frame
    assert spoken_load(frame, ("e", 1)) == "sends back 5 × 2 = +10"
    assert spoken_load(frame.trace.frame(0), ("e", 1)) == "nothing carried yet"
