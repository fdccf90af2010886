"""The numerical check: agrees where the pass is right, fails where a rule is wrong, tells what is special."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.checks import gradient_check
from nodegraph.core.checks import nudges as module
from nodegraph.core.checks.gradient_check import UNTOLD, Check, asked_nodes, check, check_most, check_trace
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.numbers import format_number
from nodegraph.core.operations import catalogue as operations
from nodegraph.core.operations.catalogue import Operation


def checked(text: str, **values: float) -> dict[str, Check]:
    return {found.name: found for found in check(parse(text, **values))}


def repeated(step: str, times: int, x: float) -> Graph:
    """The same step many times, from h0 on, which is x."""
    steps = [f"h{i + 1} = " + re.sub(r"\bh\b", f"h{i}", step) for i in range(times)]
    return parse("\n".join(["h0 = x*1", *steps, f"L = h{times}*1"]), x=x)


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
    assert not found.differs


# --- what rounding hides
@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("p = w*x + b; L = (p - t)**2", {"w": 3.1, "x": 2, "b": 1.7, "t": 7.9}),
        ("p = w*x + b; L = (p - t)**2", {"w": 1.1, "x": 3, "b": 0.1, "t": 3.4}),
        ("L = mean((w*p - 0.33)**2, (w*q - 0.77)**2)", {"w": 1.1, "p": 0.3, "q": 0.7}),
        ("L = cos(x) + 1", {"x": math.pi}),
        ("L = (x - 0.3)**2 + 3", {"x": 0.1 + 0.2}),
    ],
)
def test_right_gradients_at_a_minimum_are_not_called_wrong(text: str, values: dict[str, float]) -> None:
    for found in checked(text, **values).values():
        assert found.ok, found
        assert found.finding in ("slope", "rounding"), found


@pytest.mark.parametrize(
    "values", [{"w": 3.1, "x": 2, "b": 1.7, "t": 7.9}, {"w": 1.1, "x": 3, "b": 0.1, "t": 3.4}]
)
def test_a_wrong_gradient_at_a_minimum_is_found_out(values: dict[str, float]) -> None:
    trace = run(parse("p = w*x + b; L = (p - t)**2", **values))
    for number in asked_nodes(trace):
        gradients = trace.node_gradients.copy()
        gradients[number] += 1e-5
        assert check_trace(replace(trace, node_gradients=gradients), [number])[0].differs


@pytest.mark.parametrize(
    ("text", "values", "name"),
    [
        ("L = a + b", {"a": 1e20, "b": 1}, "b"),
        ("L = (a + x) - a", {"a": 1e20, "x": 1}, "x"),
        ("L = tanh(x) + 1e17", {"x": 0.5}, "x"),
        ("L = (a + b)*0.1", {"a": 1e19, "b": 2}, "b"),
    ],
)
def test_where_a_sum_swallows_the_nudge_nothing_is_confirmed(
    text: str, values: dict[str, float], name: str
) -> None:
    trace = run(parse(text, **values))
    number = trace.order.index(name)
    for gradient in (float(trace.node_gradients[number]), 0.0):
        gradients = trace.node_gradients.copy()
        gradients[number] = gradient
        found = check_trace(replace(trace, node_gradients=gradients), [number])[0]
        assert found.ok
        assert found.finding == "undecided"
        assert "to be told numerically" in found.note


def test_noise_is_not_taken_for_a_steep_slope_beside_which_1_would_be_nothing() -> None:
    found = checked("L = a + b + c", a=1e16, b=1, c=-1e16)["b"]
    assert (found.analytic, found.ok, found.finding) == (1, True, "undecided")


@pytest.mark.parametrize(("text", "x"), [("L = exp(x)", 709.7), ("L = x*1.6e308 + 0", 1.05)])
def test_a_slope_close_to_the_largest_number_is_confirmed(text: str, x: float) -> None:
    found = checked(text, x=x)["x"]
    assert (found.ok, found.finding) == (True, "slope")
    assert found.numeric == pytest.approx(found.analytic)


def test_a_doubt_is_told_only_where_it_covers_the_difference() -> None:
    found = checked("L = sin(x)", x=1e15)["x"]
    assert (found.finding, found.note) == ("undecided", f"{UNTOLD}.")


def test_where_nothing_moves_a_slope_of_0_is_confirmed() -> None:
    for text, x in (("L = relu(x) + 1", -1), ("L = 0*x + 1", 2), ("L = max(x, 3)*0.3 + 0.1", 1)):
        found = checked(text, x=x)["x"]
        assert (found.analytic, found.numeric, found.finding, found.note) == (0, 0, "slope", "")


# --- near a kink, and at it
@pytest.mark.parametrize("x", [-1e-2, -1e-4, 1e-4, -3.7e-4, 1e-6, -1e-9, 1e-9, -1e-15])
def test_near_a_kink_none_is_spoken_of(x: float) -> None:
    for found in checked("L = relu(x) + 1", x=x).values():
        assert found.ok
        assert found.note == ""


def test_near_several_kinks_each_slope_is_confirmed() -> None:
    for found in checked("L = max(a, b, c)*3 + 1", a=1e-4, b=2e-4, c=0).values():
        assert found.ok
        assert found.note == ""


def test_a_kink_closer_than_rounding_is_no_kink_but_undecided() -> None:
    found = checked("L = relu(x - 0.3)*2 + 1", x=0.1 + 0.2)["x"]
    assert found.analytic == 2
    assert found.ok
    assert found.finding == "undecided"


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("y = relu(x) + x**2", "0", "1"),
        ("y = relu(x) + 1e3*x**2 + x/3", "0.333333", "1.33333"),
        ("y = sin(x)*abs(x) + relu(x)*3 + exp(x)", "1", "4"),
        ("y = abs(x)*1e-8 + cos(x)", "−1e−8", "1e−8"),
        ("y = max(x, 2*x, tanh(x))", "1", "2"),
    ],
)
def test_the_slopes_told_at_a_kink_are_exact_to_the_last_digit(text: str, left: str, right: str) -> None:
    found = checked(text, x=0)["x"]
    assert found.ok
    assert f"{left} to the left and {right} to the right" in found.note


@pytest.mark.parametrize(
    ("text", "gradient", "slope"),
    [("y = relu(x) - relu(-x)", 0, "1"), ("y = leaky_relu(-leaky_relu(x))", -1e-4, "−0.01")],
)
def test_conventions_that_do_not_add_up_to_a_slope_are_no_error(
    text: str, gradient: float, slope: str
) -> None:
    found = checked(text, x=0)["x"]
    assert found.analytic == pytest.approx(gradient)
    assert found.ok
    assert found.finding == "undecided"
    assert f"{slope} to the left and {slope} to the right" in found.note


def test_a_wrong_gradient_at_a_kink_is_found_out() -> None:
    for text in ("y = relu(x) + x", "y = max(x + x, x)"):
        trace = run(parse(text, x=0))
        number = trace.order.index("x")
        for wrong in (0.9, 2.1):
            gradients = trace.node_gradients.copy()
            gradients[number] = wrong
            assert check_trace(replace(trace, node_gradients=gradients), [number])[0].differs


def test_what_cannot_be_compared_does_not_differ() -> None:
    found = check(parse("y = log(x)", x=-1))
    assert [one.finding for one in found] == ["nothing", "nothing"]
    assert not any(one.differs or one.ok for one in found)


def test_nodes_that_do_not_reach_the_output_are_confirmed_as_zero() -> None:
    found = checked("p = log(z); y = 2*x", x=1, z=-3)
    assert [(c.analytic, c.numeric, c.ok) for c in (found["z"], found["p"])] == [(0, 0, True)] * 2


def test_a_graph_that_cannot_run_has_nothing_to_check() -> None:
    assert check(Graph()) == []
    assert check(Graph.of([Node("s", "add", "s")])) == []


def test_many_nodes_are_checked_in_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = parse("y = tanh(a*b + c) * sigmoid(a - c) + exp(b)", a=0.3, b=-0.7)
    at_once = check(graph)
    monkeypatch.setattr(module, "ROOM", 50)
    monkeypatch.setattr(module, "NARROWEST", 3)
    assert check(graph) == at_once
    assert all(found.ok for found in at_once)


def test_only_what_a_nudge_moves_is_computed_again() -> None:
    sums = run(parse("; ".join(f"s{i} = a{i}*b{i}" for i in range(200)) + "; y = s0 + s199"))
    wide, narrow = module.Nudges(sums), module.Nudges(run(parse("y = a*b + c")))
    for nudges in (wide, narrow):
        numbers = np.array([nudges.trace.order.index("b0" if nudges is wide else "b")])
        nudges.outputs(numbers, np.array([2.0]), with_errors=False)
    rows_of_all = len(wide.trace.plan.ids) * module.AROUND
    assert wide.work - rows_of_all == narrow.work - len(narrow.trace.plan.ids) * module.AROUND


def test_nodes_above_a_kink_are_judged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    outputs = module.Nudges.outputs

    def counted(nudges: module.Nudges, *arguments: Any, **options: Any) -> Any:
        calls.append(arguments)
        return outputs(nudges, *arguments, **options)

    monkeypatch.setattr(module.Nudges, "outputs", counted)
    text = "n0 = relu(x); " + "; ".join(f"n{i} = n{i - 1} + x" for i in range(1, 60))
    found = check(parse(text, x=0))
    assert found[0].finding == "kink"
    assert len(calls) < 10


def test_of_a_large_graph_inputs_come_first_and_the_rest_is_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "n0 = x + w; " + "; ".join(f"n{i} = tanh(n{i - 1})" for i in range(1, 300))
    trace = run(parse(text, x=0.3, w=0.1))
    assert check_most(trace) == check_trace(trace)
    monkeypatch.setattr(gradient_check, "AFFORDED", 1)
    some = check_most(trace)
    assert len(some) == gradient_check.FEWEST
    assert [found.name for found in some[:2]] == ["x", "w"]
    assert abs(int(some[3].name[1:]) - int(some[2].name[1:])) > 30
    assert len(check_most(trace, 20)) == 20
    assert check_most(trace, 1000) == check_trace(trace)


def test_trainable_inputs_come_before_data() -> None:
    graph = parse("y = w*x + b", w=1, x=2, b=3)
    graph.apply(edits.set_trainable(graph, graph.named("w").id, False))
    assert {found.name for found in check_most(run(graph), 2)} == {"x", "b"}


def test_a_graph_can_be_checked_in_parts() -> None:
    trace = run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5))
    asked = asked_nodes(trace)
    parts = [
        found for start in range(0, len(asked), 3) for found in check_trace(trace, asked[start : start + 3])
    ]
    assert parts == check_trace(trace)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("L = tan(x)", {"x": 1e15}),
        ("L = sin(x) + 3", {"x": 1e20}),
        ("L = cos(exp(x))", {"x": 40}),
        ("L = sin(k*x)", {"k": 1e17, "x": 0}),
        ("L = sin(k*x)", {"k": 1e17, "x": 1}),
        ("L = 40*a - softplus(sin(relu(a)))", {"a": 1e200}),
    ],
)
def test_steps_across_whole_waves_tell_nothing(text: str, values: dict[str, float]) -> None:
    found = {one.name: one for one in check(parse(text, **values))}
    assert not [one for one in found.values() if one.differs]
    assert found["x" if "x" in values else "a"].finding == "undecided"


@pytest.mark.parametrize("x", [1e6, 3e9, 1e12])
def test_a_wave_is_confirmed_as_long_as_a_step_fits_into_it(x: float) -> None:
    assert [(one.ok, one.finding) for one in check(parse("L = sin(x)", x=x))] == [(True, "slope")] * 2


@pytest.mark.parametrize(
    ("text", "b"), [("L = a + b*b + c", 1e-9), ("L = a + b*b*b + c", 5e-5), ("L = mean(a, b**9, c)", 5e-5)]
)
def test_what_cancels_inside_one_long_sum_is_counted_as_rounding(text: str, b: float) -> None:
    found = {one.name: one for one in check(parse(text, a=2, b=b, c=-2))}
    assert all(one.ok for one in found.values())
    assert found["b"].finding in ("undecided", "rounding")


def test_what_is_over_within_a_step_and_hidden_by_rounding_does_not_contradict() -> None:
    found = {one.name: one for one in check(parse("e = c*c; L = x/e + (10/c)**3", c=-2.5e-6, x=1e-8))}
    assert found["e"].finding == "undecided"
    assert all(one.ok for one in found.values())


@pytest.mark.parametrize(("a", "b"), [(1e-8, 1e8), (2.0**-24, 2.0**24), (2.0**-40, 2.0**40)])
def test_a_kink_at_a_small_value_is_told_by_steps_that_fit_it(a: float, b: float) -> None:
    found = check(parse("L = max(1/a, b)", a=a, b=b))[0]
    assert (found.finding, found.ok) == ("kink", True)
    assert "0 to the right" in found.note


@pytest.mark.parametrize("x", [5e-324, 1e-322, 1e-320, 1e-316, 1e-310, 2.3e-308, 1e-300])
@pytest.mark.parametrize(
    "text", ["L = sqrt(x)", "L = log(x)", "L = x**0.3", "L = 3*sqrt(x) + 2", "L = log(x*x)"]
)
def test_next_to_the_edge_of_a_domain_no_right_gradient_is_called_wrong(text: str, x: float) -> None:
    assert [found for found in check(parse(text, x=x)) if found.differs] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("L = x**x + 1e9", {"x": 1e-12}),
        ("L = (x**x + 1/c)**3", {"x": 1e-12, "c": 3}),
        ("L = (x**x + 1/c)**3", {"x": 1e-9, "c": 1e-3}),
        ("L = x*log(x) + 1e9", {"x": 1e-12}),
        ("L = x**x", {"x": 1e-300}),
        ("L = x**0.5 + 1e9", {"x": 1e-12}),
    ],
)
def test_steps_beyond_the_edge_of_a_domain_do_not_contradict(text: str, values: dict[str, float]) -> None:
    found = checked(text, **values)
    assert not [one for one in found.values() if one.differs]
    assert found["x"].finding == "undecided"


@pytest.mark.parametrize("power", ["1.000000001", "1.00001", "1.0001", "1.1", "1.3"])
@pytest.mark.parametrize("text", ["L = b**{}", "L = 3*b**{} + c", "L = exp(b**{})", "L = tanh(x*b**{})"])
def test_where_a_slope_turns_faster_than_a_step_numbers_decide_nothing(text: str, power: str) -> None:
    values = {name: 1.0 for name in ("c", "x") if f"{name}" in text.replace("exp", "")}
    found = checked(text.format(power), b=0, **values)
    assert not [one for one in found.values() if one.differs]
    assert (found["b"].analytic, found["b"].finding) == (0, "undecided")


@pytest.mark.parametrize(
    ("text", "x"), [("L = (1/x)*1e200", 1e200), ("L = log(1/x)", 1e200), ("L = log(1/(x*x))", 1e150)]
)
def test_a_factor_that_is_too_small_for_a_number_is_told(text: str, x: float) -> None:
    found = checked(text, x=x)["x"]
    assert (found.ok, found.finding) == (True, "undecided")
    assert found.note.startswith("A factor on the way is too small for a number and counts as 0; ")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("L = x*3 + 1e9", {"x": 1e-12}),
        ("L = a*x + tanh(y)", {"a": 2, "x": 3, "y": 400}),
        ("L = x*x + b**1.1", {"b": 0, "x": 2}),
        ("L = x*x", {"x": 0}),
    ],
)
def test_beside_such_places_a_wrong_gradient_is_still_found(text: str, values: dict[str, float]) -> None:
    trace = run(parse(text, **values))
    gradients = trace.node_gradients.copy()
    number = trace.order.index("x")
    gradients[number] = gradients[number] * 1.01 + 1e-3
    assert check_trace(replace(trace, node_gradients=gradients), [number])[0].differs


@pytest.mark.parametrize(("text", "at"), [("L = x**2", 1e-170), ("L = 1 - cos(x)", 1e-9)])
def test_a_true_gradient_that_is_too_small_to_be_shown_is_not_called_rounding(text: str, at: float) -> None:
    found = {one.name: one for one in check(parse(text, x=at))}["x"]
    assert (found.ok, found.finding) == (True, "undecided")
    assert "0 but for rounding" not in found.note


@pytest.mark.parametrize(
    ("text", "inputs", "shown"),
    [
        ("L = (1-exp(-x))/x", {"x": 1e-9}, "−0.5"),
        ("P = C/x*(1-(1+x)**(-n)) + F/(1+x)**n", {"C": 50, "x": 1e-9, "n": 10, "F": 1000}, "−12750"),
        ("q = ((h+x)**2 - h**2)/x", {"h": 3, "x": 1e-9}, "1"),
    ],
)
def test_a_gradient_that_is_lost_to_rounding_is_not_said_to_agree_with_a_slope_that_is_known(
    text: str, inputs: dict[str, float], shown: str
) -> None:
    found = {one.name: one for one in check(parse(text, **inputs))}["x"]
    assert (found.ok, found.finding) == (True, "undecided")
    assert found.note == f"The gradient is lost to rounding here; the numerical derivative is {shown}."


def test_a_numerical_derivative_of_which_no_digit_is_sure_is_not_said_to_be_0() -> None:
    found = {one.name: one for one in check(parse("L = (1-cos(x))/x**2", x=1e-4))}["x"]
    assert (found.ok, found.finding) == (True, "undecided")
    assert abs(found.numeric) <= found.doubt
    said = "The gradient is lost to rounding here, and the numerical derivative may be off by"
    assert found.note == f"{said} {format_number(found.doubt, 1)}."


def test_a_gradient_that_rounding_hides_is_not_said_to_be_0() -> None:
    trace = run(parse("m = mean(a, b, c); L = sqrt(mean((a-m)**2, (b-m)**2, (c-m)**2))", a=0.7, b=0.7, c=0.7))
    found = {one.name: one for one in check_trace(trace)}
    assert found["m"].analytic == pytest.approx(-1)
    assert (found["m"].finding, found["m"].note) == (
        "rounding",
        "Neither can be told from 0 here: rounding hides more.",
    )


@pytest.mark.parametrize("text", ["L = abs(x)**1.5", "L = relu(x)**1.2", "L = 3*abs(x)**1.7 + 1"])
def test_no_kink_is_told_where_both_slopes_come_to_the_same(text: str) -> None:
    found = {one.name: one for one in check(parse(text, x=0))}["x"]
    assert found.ok
    assert "kink" not in found.note


@pytest.mark.parametrize(("x", "small"), [(-45.8003, 8.272e-5), (-40.0, 3e-4), (-60.0, 1e-6), (-45.0, 0.5)])
def test_the_kink_of_a_small_term_that_every_step_goes_across_accuses_no_right_gradient(
    x: float, small: float
) -> None:
    graph = parse("v = softplus(x); L = v + abs(v*s) - 0.9", x=x, s=small)
    assert [one.name for one in check(graph) if one.differs] == []


@pytest.mark.parametrize(
    ("step", "times", "x"),
    [
        ("4*h*(1 - h)", 50, 0.3),
        ("4*h*(1 - h)", 50, 0.07717736393352351),
        ("h*h - 1.96", 50, 0.12184),
        ("4*h*(1 - h)", 42, 0.8589311614188844),
        ("4*h*(1 - h)", 47, 0.4232227138607264),
        ("h*h - 1.9209962648052477", 49, 0.6586471396184075),
        ("h*h - 1.9856314501271215", 46, 0.43359722217692515),
        ("3.7*h*(1 - h)", 31, 0.48141069678787324),
        ("3.0545357785602043*sin(h)", 46, 0.19785075239903793),
        ("h**2 - 1.9912394696693183", 50, 0.7792141160432176),
        ("1 - 1.8630597566531408*abs(h)", 55, 0.35380095236441184),
        ("1 - 1.8080732676874434*abs(h)", 56, 0.9439812276243386),
    ],
)
def test_a_long_recurrence_that_magnifies_every_nudge_accuses_no_right_gradient(
    step: str, times: int, x: float
) -> None:
    found = check(repeated(step, times, x))
    assert not [one.name for one in found if one.differs]


@pytest.mark.parametrize("factor", [0.0, -1.0, 2.0])
@pytest.mark.parametrize(
    ("step", "times"), [("4*h*(1 - h)", 22), ("h**2 - 1.96", 34), ("1 - 1.9*abs(h)", 34)]
)
def test_a_wrong_gradient_in_a_long_recurrence_is_found_where_a_step_is_short_enough(
    step: str, times: int, factor: float
) -> None:
    trace = run(repeated(step, times, 0.3))
    found = check_trace(replace(trace, node_gradients=trace.node_gradients * factor))
    assert [one.name for one in found if not one.differs] == []
