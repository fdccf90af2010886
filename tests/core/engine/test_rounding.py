"""The rule for rounding noise: what is noise is told, what is small but known is not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.rounding import is_noise
from nodegraph.core.engine.trace import Trace


def value_is_noise(trace: Trace, name: str) -> bool:
    number = trace.order.index(name)
    return is_noise(float(trace.node_values[number]), float(trace.noise.values[number]))


def gradient_is_noise(trace: Trace, name: str) -> bool:
    number = trace.order.index(name)
    return is_noise(float(trace.node_gradients[number]), float(trace.noise.gradients[number]))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("y = a + b - c", {"a": 0.1, "b": 0.2, "c": 0.3}),
        ("y = sqrt(a + b - c)", {"a": 0.1, "b": 0.2, "c": 0.3}),
        ("y = sin(x)", {"x": math.pi}),
        ("y = cos(x)", {"x": math.pi / 2}),
        ("y = 1e9*(1.1*x - 1.1*x*7/7)", {"x": 0.7}),
        ("y = mean(a, b, c, -0.2)", {"a": 0.1, "b": -0.3, "c": 0.4}),
    ],
)
def test_what_rounding_leaves_where_0_should_be_is_noise(text: str, values: dict[str, float]) -> None:
    trace = run(parse(text, **values))
    assert trace.values["y"] != 0
    assert value_is_noise(trace, "y")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("y = 1e-300*x", {"x": 1e-10}),
        ("y = x*x", {"x": 1e-150}),
        ("y = exp(x)", {"x": -700}),
        ("y = a - b", {"a": 9007199254740991, "b": 9007199254740990}),
        ("y = a - b", {"a": 1.5, "b": 1.4999999}),
        ("y = log(x)", {"x": 1.000001}),
        ("y = x - 0.5", {"x": 0.5}),
        ("y = log(x)", {"x": -1}),
    ],
)
def test_a_small_number_that_is_known_and_0_itself_are_none(text: str, values: dict[str, float]) -> None:
    assert not value_is_noise(run(parse(text, **values)), "y")


def test_what_noise_is_divided_by_is_wrong_but_not_about_0() -> None:
    trace = run(parse("y = 1/(a + b - c)", a=0.1, b=0.2, c=0.3))
    assert trace.values["y"] > 1e15
    assert not value_is_noise(trace, "y")


def test_gradients_at_a_minimum_are_noise_and_tiny_ones_elsewhere_are_not() -> None:
    trace = run(parse("p = w*x + b; L = (p - t)**2", w=1.1, x=3, b=0.1, t=3.4))
    assert 0 < abs(trace.gradients["w"] or 0) < 1e-13
    assert all(gradient_is_noise(trace, name) for name in ("w", "x", "b", "t", "p"))
    saturated = run(parse("y = sigmoid(x)", x=40))
    assert saturated.gradients["x"] == 4.248354255291589e-18
    assert not gradient_is_noise(saturated, "x")


def test_local_derivatives_and_contributions_are_judged_too() -> None:
    trace = run(parse("d = a + b - c; L = d*d", a=0.1, b=0.2, c=0.3))
    for edge, key in enumerate(trace.plan.keys):
        noisy = trace.nodes[key[0]].name == "L"
        assert is_noise(float(trace.local_derivatives[edge]), float(trace.noise.local[edge])) == noisy
        assert is_noise(float(trace.contributions[edge]), float(trace.noise.contributions[edge]))


def test_forward_mode_is_judged_too() -> None:
    graph = parse("d = a + b - c; L = d*d", a=0.1, b=0.2, c=0.3)
    trace = run_forward_mode(graph, graph.named("a").id)
    assert gradient_is_noise(trace, "L")
    assert not gradient_is_noise(trace, "d")


def test_noise_is_the_same_at_every_call_and_leaves_the_trace_alone() -> None:
    graph = parse("y = tanh(a*b + 0.3) - tanh(b*a + 0.3)*c", a=0.3, b=-0.7, c=1.1)
    one, other = run(graph), run(graph)
    before = one.node_values.copy()
    assert np.array_equal(one.noise.gradients, other.noise.gradients)
    assert np.array_equal(one.noise.values, other.noise.values)
    assert np.array_equal(one.node_values, before)


def test_a_graph_without_nodes_or_output_has_no_noise_to_tell() -> None:
    from nodegraph.core.graph.graph import Graph
    from nodegraph.core.graph.records import Node

    assert run(Graph()).noise.values.shape == (0,)
    assert run(Graph.of([Node("s", "add", "s")])).noise.gradients.shape == (0,)
