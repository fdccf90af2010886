"""Marks: saturated, dead, vanishing and exploding where the numbers say so, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from nodegraph.core.expression import parse
from nodegraph.core.graph import Graph
from nodegraph.core.marks import EXPLODING, VANISHING, marks_of_edge, marks_of_node
from nodegraph.core.passes import run
from nodegraph.core.trace import Frame
from tests.strategies import graphs


def frame(text: str, **values: float) -> Frame:
    return run(parse(text, **values)).last_frame


def kinds(found: Frame, node_id: str) -> list[str]:
    return [mark.kind for mark in marks_of_node(found, node_id)]


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("y = sigmoid(x)", 0, []),
        ("y = sigmoid(x)", 40, ["saturated"]),
        ("y = sigmoid(x)", -40, ["saturated"]),
        ("y = tanh(x)", 2.6, []),
        ("y = tanh(x)", 2.7, ["saturated"]),
        ("y = softplus(x)", -9, ["saturated"]),
        ("y = softplus(x)", 9, []),
        ("y = relu(x)", 3, []),
        ("y = relu(x)", 0, ["dead"]),
        ("y = relu(x)", -2, ["dead"]),
        ("y = leaky_relu(x)", -2, []),
        ("y = x*x", 0, []),
    ],
)
def test_an_operation_that_is_flat_here_is_marked(text: str, x: float, expected: list[str]) -> None:
    assert kinds(frame(text, x=x), "y") == expected


def test_a_mark_says_the_numbers_that_earned_it() -> None:
    (dead,) = marks_of_node(frame("y = relu(x)", x=-2), "y")
    assert dead.sentence == "y is dead: at −2 the relu is 0 and flat, so no gradient passes."


@pytest.mark.parametrize(
    ("factor", "expected"), [(1e4, ["exploding"]), (1e-5, ["vanishing"]), (2.0, []), (0, [])]
)
def test_gradients_out_of_all_proportion_are_marked(factor: float, expected: list[str]) -> None:
    found = frame("y = w*x", w=factor, x=1)
    assert kinds(found, "x") == expected
    assert [mark.kind for mark in marks_of_edge(found, ("y", 1))] == expected


def test_an_edge_through_a_flat_operation_carries_its_mark() -> None:
    found = frame("y = sigmoid(x)*3", x=40)
    (edge,) = [key for key in found.trace.plan.keys if found.trace.source(key) == "x"]
    assert [mark.kind for mark in marks_of_edge(found, edge)] == ["saturated"]


def test_nothing_is_marked_before_it_is_reached() -> None:
    trace = run(parse("y = relu(x)*w", x=-2, w=1e4))
    relu = next(node_id for node_id, node in trace.nodes.items() if node.op == "relu")
    assert kinds(trace.frame(1), relu) == []
    assert kinds(trace.frame(2), relu) == ["dead"]
    assert kinds(trace.frame(trace.forward_steps), relu) == ["dead"]
    assert set(kinds(trace.last_frame, relu)) == {"dead", "exploding"}


def test_the_output_and_what_it_does_not_depend_on_are_not_marked() -> None:
    found = frame("y = a*b; z = c*2", a=1e9, b=1e9, c=1)
    assert kinds(found, found.trace.output or "") == []


def test_a_sum_is_judged_only_when_it_is_complete() -> None:
    trace = run(parse("y = a*x - a*x", a=1e5, x=1))
    seen = [kinds(trace.frame(position), "x") for position in range(len(trace.steps) + 1)]
    assert all(found == [] for found in seen)


@settings(deadline=None)
@given(graphs())
def test_marks_of_any_graph_agree_with_its_gradients(graph: Graph) -> None:
    found = run(graph).last_frame
    for node_id in found.trace.plan.ids:
        gradient = found.gradient(node_id)
        said = set(kinds(found, node_id))
        if gradient is not None and node_id != found.trace.seed:
            assert ("exploding" in said) == (abs(gradient) > EXPLODING)
            assert ("vanishing" in said) == (0 < abs(gradient) < VANISHING)
