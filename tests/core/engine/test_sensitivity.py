"""Sensitivity: the curve is the forward pass itself, and the tangent touches it with the gradient's slope."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.sensitivity import POINTS, Tangent, curve, reach_of, tangent_of, verdict
from nodegraph.core.graph.edits import set_value
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from tests.strategies import graphs


def test_a_linear_output_lies_on_its_tangent() -> None:
    trace = run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5))
    x, y = curve(trace, "a", 0, 4)
    tangent = tangent_of(trace, "a")
    assert tangent is not None
    assert y == pytest.approx([tangent.predicted(at) for at in x.tolist()])


def test_the_tangent_of_a_square_touches_it_in_one_place() -> None:
    trace = run(parse("y = x*x", x=3))
    x, y = curve(trace, "x", 2, 4)
    tangent = tangent_of(trace, "x")
    assert tangent == Tangent(3.0, 9.0, 6.0)
    above = y - [tangent.predicted(at) for at in x.tolist()]
    assert np.argmin(above) == POINTS // 2
    assert above.min() == pytest.approx(0.0)
    assert tangent.predicted(3.5) == 12.0


def test_what_leaves_the_real_numbers_is_in_the_curve_in_silence() -> None:
    _, y = curve(run(parse("y = log(x)", x=1)), "x", -1, 1)
    assert math.isnan(y[0])
    assert y[-1] == 0.0


def test_without_an_output_that_can_run_there_is_neither() -> None:
    graph = Graph.of([Node("a", "input", "a", 2.0), Node("y", "add", "y", rank=1)])
    assert [len(part) for part in curve(run(graph), "y", 0, 1)] == [0, 0]
    assert tangent_of(run(graph), "y") is None
    assert tangent_of(run(Graph()), "a") is None


def test_forward_mode_by_that_input_gives_the_same_tangent_and_by_another_none() -> None:
    graph = parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    assert tangent_of(run_forward_mode(graph, "a"), "a") == tangent_of(run(graph), "a")
    assert tangent_of(run_forward_mode(graph, "b"), "a") is None


def test_far_values_are_looked_at_from_further_away() -> None:
    assert [reach_of(value) for value in (0.0, -0.5, 20.0, -300.0)] == [1.0, 1.0, 20.0, 300.0]


@given(graphs())
def test_the_curve_is_what_setting_the_input_gives(graph: Graph) -> None:
    trace = run(graph)
    inputs = [node.id for node in graph.nodes() if node.op == "input"]
    if not inputs or trace.output is None:
        return
    x, y = curve(trace, inputs[0], -1.0, 1.0)
    for place in (0, POINTS // 3, POINTS - 1):
        graph.apply(set_value(graph, inputs[0], float(x[place])))
        assert y[place] == pytest.approx(run(graph).value(trace.output), nan_ok=True, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "begin", "end", "said"),
    [
        ("L = sqrt(x)", 0.0, 1.0, "No line touches the curve where it began."),
        ("L = log(x)", 0.0, 1.0, "No line touches the curve where it began."),
        ("L = log(x)", 1.0, 0.0, "The output has left the finite numbers on the way."),
        ("L = log(x)", 1.0, -1.0, "The output has left the finite numbers on the way."),
        ("L = a*sqrt(x)", 1e-300, 1e300, "The line has left the finite numbers on the way."),
        ("L = x*3", 1.0, 2.0, "Just right."),
    ],
)
def test_the_verdict_names_what_is_no_finite_number(text: str, begin: float, end: float, said: str) -> None:
    ends = [tangent_of(run(parse(text, x=x)), "x") for x in (begin, end)]
    assert None not in ends
    assert verdict(ends[0], ends[1]) == said
