"""−0 is told where its sign decides another number, and is 0 everywhere else."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import forward, run
from nodegraph.core.engine.rounding import deciding_zeros
from nodegraph.core.explain.derivation import derive_node
from nodegraph.core.explain.explanation import step_sentence
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_value
from tests.strategies import graphs


@pytest.mark.parametrize(
    ("text", "values", "shown"),
    [
        ("z = a*b; y = c/z", {"a": 0, "b": -1}, "−0"),
        ("z = a*b; u = z*1; y = 1/u", {"a": 0, "b": -1}, "−0"),
        ("z = -a; y = z**-3 + 1", {"a": 0}, "−0"),
        ("z = -a; y = z/z", {"a": 0}, "−0"),
        ("y = reciprocal(a + 0*b)", {"a": -0.0, "b": -1}, "−0"),
        ("z = a*b; y = z + 1", {"a": 0, "b": -1}, "0"),
        ("z = a*b; u = z + 0; y = 1/u", {"a": 0, "b": -1}, "0"),
        ("z = relu(a)*b; y = exp(z)", {"a": -1, "b": -1}, "0"),
        ("z = a*b; y = sqrt(z)", {"a": 0, "b": -1}, "0"),
    ],
)
def test_a_zero_has_its_sign_where_that_decides_another_number(
    text: str, values: dict[str, float], shown: str
) -> None:
    trace = run(parse(text, **values))
    node = "z" if "z" in trace.values else "a"
    assert math.copysign(1.0, trace.values[node]) == -1.0
    value = trace.value(node)
    assert value is not None
    assert format_value(value) == shown
    assert derive_node(trace.last_frame, node).lines[0].unicode.endswith(f" {shown}")


def test_one_symbol_has_one_value_in_all_sentences() -> None:
    trace = run(parse("z = a*b; u = z*1; y = c/u", a=0, b=-1, c=2))
    told = [step_sentence(trace.frame(position)) for position in range(2, 5)]
    assert told == [
        "z = a × b = 0 × (−1) = −0.",
        "u = z × 1 = −0 × 1 = −0.",
        "y = c / u = 2 / (−0) = −∞.",
    ]


@given(graphs())
def test_what_decides_nothing_could_as_well_be_0(graph: Graph) -> None:
    trace = run(graph)
    leaves = trace.node_values[: trace.plan.leaves].copy()
    idle = [
        number
        for number, value in enumerate(leaves.tolist())
        if value == 0 and number not in deciding_zeros(trace.plan, trace.node_values)
    ]
    leaves[idle] = 0.0
    values, _ = forward(trace.plan, leaves)
    assert np.array_equal(values, trace.node_values, equal_nan=True)
