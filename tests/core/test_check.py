"""The numerical check: agrees where the pass is right, fails where a rule is wrong, tells what is special."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from nodegraph.core import check as module
from nodegraph.core import operations
from nodegraph.core.check import Check, asked_nodes, check, check_trace
from nodegraph.core.expression import parse
from nodegraph.core.graph import Graph, Node
from nodegraph.core.operations import Operation
from nodegraph.core.passes import run


def checked(text: str, **values: float) -> dict[str, Check]:
    return {found.name: found for found in check(parse(text, **values))}


def test_the_seed_example_is_confirmed_to_many_digits(seed_graph: Graph) -> None:
    found = check(seed_graph)
    assert [c.name for c in found] == ["a", "b", "c", "f", "e", "d", "L"]
    assert all(c.ok and not c.note and c.error < 1e-9 for c in found)
    assert [round(c.numeric, 6) for c in found] == [15, 10, 5, -4, 5, 5, 1]


def test_constants_are_not_checked() -> None:
    assert set(checked("y = 3*x", x=2)) == {"x", "y"}


@pytest.mark.parametrize("op", ["multiply", "tanh", "sigmoid", "square", "add"])
def test_a_wrong_rule_is_found_out(op: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = operations.OPERATIONS[op]
    wrong: Operation = replace(
        right, derivatives=lambda inputs, y: right.local_derivatives(inputs, y) * 1.001
    )
    catalogue: Mapping[str, Operation] = {**operations.OPERATIONS, op: wrong}
    monkeypatch.setattr(operations, "OPERATIONS", catalogue)
    text = f"y = -{op}(x)" if right.most == 1 else f"y = -{op}(x, z)"
    found = checked(text, x=0.7)
    assert not found["x"].ok
    assert found["x"].error == pytest.approx(1e-3, rel=0.01)
    assert "numerical derivative" in found["x"].note


@pytest.mark.parametrize(
    ("text", "value", "left", "right", "gradient"),
    [
        ("y = relu(x)", 0, "0", "1", 0),
        ("y = abs(x)", 0, "−1", "1", 0),
        ("y = leaky_relu(x)", 0, "0.01", "1", 0.01),
    ],
)
def test_a_kink_is_a_warning_with_both_slopes(
    text: str, value: float, left: str, right: str, gradient: float
) -> None:
    found = checked(text, x=value)["x"]
    assert found.ok
    assert found.analytic == gradient
    assert f"{left} to the left and {right} to the right" in found.note


def test_a_tie_is_a_kink() -> None:
    found = checked("y = max(p, q)", p=2, q=2)
    assert found["p"].ok
    assert found["p"].note.startswith("A kink")


@pytest.mark.parametrize("value", [1e-3, 1e-5, -1e-5, 1e-9])
def test_a_kink_close_by_is_not_taken_for_one_here(value: float) -> None:
    found = checked("y = relu(x) + abs(x)", x=value)["x"]
    assert found.ok
    assert found.note == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("y = log(x)", 1e-20),
        ("y = log(x)", 1e20),
        ("y = sin(x)", 1e6),
        ("y = exp(x)", 700),
        ("y = exp(x)", -700),
        ("y = 1/x", 1e-8),
        ("y = x**2", 0),
        ("y = x/1e200", 1e200),
        ("y = sqrt(x)", 1e-12),
        ("y = tanh(1000*x)", 1e-4),
    ],
)
def test_steps_fit_values_of_any_size(text: str, value: float) -> None:
    found = checked(text, x=value)["x"]
    assert found.ok
    assert found.note == ""
    assert found.error < 1e-6


@pytest.mark.parametrize(("text", "value"), [("y = sigmoid(x)", 40), ("y = tanh(x)", 20)])
def test_a_slope_too_small_for_numbers_is_a_warning(text: str, value: float) -> None:
    found = checked(text, x=value)["x"]
    assert found.ok
    assert "Too small" in found.note


def test_cancellation_in_the_value_is_a_warning_and_no_failure() -> None:
    found = checked("y = (100000000 + x) - 100000000", x=1)["x"]
    assert found.ok
    assert found.numeric == pytest.approx(1, rel=1e-3)


def test_a_slope_at_the_edge_of_the_domain_is_taken_from_inside() -> None:
    assert checked("y = x**1.5", x=0)["x"].ok


@pytest.mark.parametrize(("text", "value"), [("y = log(x)", -1), ("y = 1/x", 0), ("y = sqrt(x)", 0)])
def test_what_is_not_finite_cannot_be_confirmed_and_says_so(text: str, value: float) -> None:
    found = checked(text, x=value)["x"]
    assert not found.ok
    assert "nothing to compare" in found.note
    assert not math.isfinite(found.analytic)


def test_nodes_that_do_not_reach_the_output_are_confirmed_as_zero() -> None:
    found = checked("p = log(z); y = 2*x", x=1, z=-3)
    assert [(c.analytic, c.numeric, c.ok) for c in (found["z"], found["p"])] == [(0, 0, True)] * 2


def test_a_graph_that_cannot_run_has_nothing_to_check() -> None:
    assert check(Graph()) == []
    assert check(Graph.of([Node("s", "add", "s")])) == []


def test_many_nodes_are_checked_in_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 50)
    assert all(
        found.ok for found in check(parse("y = tanh(a*b + c) * sigmoid(a - c) + exp(b)", a=0.3, b=-0.7))
    )


def test_a_graph_can_be_checked_in_parts() -> None:
    trace = run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5))
    asked = asked_nodes(trace)
    parts = [
        found for start in range(0, len(asked), 3) for found in check_trace(trace, asked[start : start + 3])
    ]
    assert parts == check_trace(trace)
