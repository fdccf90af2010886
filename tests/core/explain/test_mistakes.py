"""Mistakes: a wrong answer is told which factor is wrong."""

from __future__ import annotations

import math
import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.questions import Kind, judge, questions
from nodegraph.core.graph import edits


def said(trace: Trace, kind: Kind, start: str, text: str) -> str:
    """What is said to this answer to the question whose solution begins so."""
    question = next(q for q in questions(trace) if q.kind == kind and q.solution.startswith(start))
    verdict = judge(question, text)
    assert not verdict.is_right
    return verdict.sentence


@pytest.mark.parametrize(
    ("kind", "start", "text", "sentence"),
    [
        ("value", "e", "5", "You added; this node multiplies."),
        ("value", "d", "-60", "You multiplied; this node adds."),
        ("value", "d", "16", "You subtracted; this node adds."),
        ("value", "L", "20", "The size is right, but the sign is not."),
        ("value", "e", "2", "That is the value of a"),
        ("gradient", "∂L/∂L", "-20", "That is the value of L"),
        ("local", "∂e/∂a", "2", "That is ∂e/∂b: by a, what stays is what a is multiplied by."),
        ("local", "∂e/∂a", "6", "That is the value of e; the question is how fast e changes."),
        ("local", "∂e/∂a", "5", "That is ∂L/∂e; the local derivative is about e and its inputs alone."),
        ("local", "∂e/∂a", "15", "That is the whole contribution; leave ∂L/∂e out of it."),
        ("contribution", "5 × 3", "5", "The upstream gradient ∂L/∂e is right, but it stands alone"),
        ("contribution", "5 × 3", "3", "The local derivative ∂e/∂a is right, but it stands alone"),
        ("contribution", "5 × 3", "8", "You added the two factors; the chain rule multiplies them."),
        ("contribution", "5 × 3", "-15", "The size is right, but the sign is not."),
        (
            "contribution",
            "5 × 3",
            "10",
            "The upstream gradient ∂L/∂e is right, the local derivative is not. That is ∂e/∂b",
        ),
        (
            "contribution",
            "5 × 3",
            "18",
            "The local derivative ∂e/∂a is right, ∂L/∂e is not: you took the value of e.",
        ),
        ("contribution", "5 × 3", "77", "Too large. Look at both factors, ∂L/∂e and ∂e/∂a."),
    ],
)
def test_the_seed_example_names_the_wrong_factor(
    seed_trace: Trace, kind: Kind, start: str, text: str, sentence: str
) -> None:
    assert said(seed_trace, kind, start, text).startswith(sentence)


@pytest.fixture
def fork() -> Trace:
    """x feeds p and q; contributions of 6 and 10 arrive at it."""
    return run(parse("y = x*6 + x*10", x=3))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("10", "That is the last contribution alone; gradients add up."),
        ("6", "That is one contribution alone; gradients add up."),
        ("60", "You multiplied; contributions are added."),
        ("8", "That is the average; contributions are added."),
        ("-16", "The size is right, but the sign is not."),
    ],
)
def test_a_sum_of_contributions_must_be_a_sum_of_all(fork: Trace, text: str, sentence: str) -> None:
    last = questions(fork)[-1]
    parts = [fork.contributions[fork.edge_number[key]] for key in fork.edges_back_to("x")]
    swapped = {"10": f"{parts[-1]:g}", "6": f"{parts[0]:g}"}.get(text, text)
    assert judge(last, swapped).sentence == sentence


def test_the_sum_so_far_is_no_contribution(fork: Trace) -> None:
    last = next(q for q in reversed(questions(fork)) if q.kind == "contribution")
    assert judge(last, "16").sentence.startswith("That is the sum at x")


def test_an_upstream_gradient_of_several_paths_is_their_sum() -> None:
    trace = run(parse("u = a*2; y = u*3 + u*7", a=1))
    assert "you took one contribution instead of their sum" in said(trace, "contribution", "10 × 2", "14")


@pytest.mark.parametrize(
    ("text", "x", "kind", "wrong", "sentence"),
    [
        ("y = relu(x)", -2, "value", "-2", "The gate is closed"),
        ("y = relu(x)", -2, "local", "1", "The gate is closed"),
        ("y = relu(x)", 2, "local", "0", "The gate is open"),
        ("y = square(x)", 3, "local", "3", "The factor 2 is missing"),
        ("y = tanh(x)", 0.5, "local", "0.75", "Square the value, not the input."),
        ("y = sigmoid(x)", 1, "local", "0.269", "A factor is missing: the value itself."),
        ("y = cos(x)", 1, "local", "0.841", "The size is right|The sign turns"),
        ("y = exp(x)", 2, "local", "5.4366", "That is the rule for powers"),
        ("y = sqrt(x)", 4, "local", "0.5", "The factor ½ is missing."),
        ("y = log(x)", 4, "value", "0.602", "That is the logarithm to base 10"),
        ("y = mean(x, 5)", 1, "value", "6", "That is the sum; divide it"),
        ("y = x**3", 2, "local", "4", "A factor is missing in front of the power."),
        ("y = 3*x", 0, "value", "3", "That is the constant 3; y still has to be computed."),
        ("y = 3*x", 0.002, "value", "3", "That is the constant 3; y still has to be computed."),
        ("y = 3 + x", 1, "value", "3", "That is the constant 3; y still has to be computed."),
    ],
)
def test_each_operation_has_its_own_classic(
    text: str, x: float, kind: Kind, wrong: str, sentence: str
) -> None:
    assert re.match(sentence, said(run(parse(text, x=x)), kind, "" if kind == "value" else "∂y/∂x", wrong))


def test_a_contribution_that_is_the_value_of_a_card_beside_the_edge_was_copied_from_there() -> None:
    trace = run(parse("g = d - t; L = g*g", d=0.5, t=1))
    assert said(trace, "contribution", "−1 × (−1)", "-0.5").startswith(
        "That is the value of g; the question is"
    )
    trace = run(parse("g = d - t; L = g*g", d=0.5, t=0.25))
    assert said(trace, "contribution", "0.5 × (−1)", "0.25").startswith("That is the value of ")


def test_a_share_of_a_tie_is_no_whole() -> None:
    trace = run(parse("y = max(a, b)", a=2, b=2))
    assert said(trace, "local", "∂y/∂a", "1").startswith("2 inputs of y are tied")


def test_a_muted_node_has_no_mistakes_of_its_operation() -> None:
    graph = parse("y = relu(x)", x=-2)
    graph.apply(edits.set_muted(graph, ["y"], True))
    asked = questions(run(graph))
    assert judge(asked[0], "-2").is_right
    assert "muted" in asked[0].hints[1]


@pytest.mark.parametrize(
    ("text", "values"),
    [("L = sqrt(a)", {"a": 0.0}), ("L = a + b + c", {"a": 1e308, "b": 1e308, "c": -1e308})],
)
def test_a_mistake_that_leads_to_no_finite_number_is_passed_over(text: str, values: dict[str, float]) -> None:
    asked = list(questions(run(parse(text, **values))))
    assert all(math.isfinite(mistake.value) for question in asked for mistake in question.mistakes)


def test_0_for_the_slope_of_a_saturated_sigmoid_is_small_but_not_0() -> None:
    trace = run(parse("y = sigmoid(x)", x=40))
    assert said(trace, "local", "∂y/∂x", "0").startswith("Small, but not 0")
    assert said(trace, "local", "∂y/∂x", "1").startswith("That is the value of y")


@pytest.mark.parametrize(
    ("text", "kind", "start", "typed", "sentence"),
    [
        (
            "y = x*x",
            "local",
            "∂y/∂x[1]",
            "6",
            "That is both edges from x together; the question is about one",
        ),
        (
            "y = x*x",
            "contribution",
            "1 ×",
            "6",
            "That is both edges from x together; the question is about one",
        ),
        ("y = x + x", "local", "∂y/∂x[2]", "2", "That is both edges from x together"),
        ("y = multiply(x, x, x)", "local", "∂y/∂x[1]", "27", "That is all 3 edges from x together"),
        ("L = 5*(x*x)", "contribution", "5 ×", "30", "That is both edges from x together"),
    ],
)
def test_what_several_edges_come_to_together_is_not_what_one_of_them_has(
    text: str, kind: Kind, start: str, typed: str, sentence: str
) -> None:
    assert said(run(parse(text, x=3)), kind, start, typed).startswith(sentence)


def test_the_whole_gradient_is_no_contribution_even_before_it_is_complete(fork: Trace) -> None:
    first = next(q for q in questions(fork) if q.kind == "contribution" and q.node == "x")
    assert judge(first, "16").sentence.startswith("That is the whole gradient of x")


def test_0_is_not_told_to_be_the_value_of_an_input_that_happens_to_be_0() -> None:
    trace = run(parse("y1 = sigmoid(x); y = 3*y1", x=0))
    assert said(trace, "local", "∂y1/∂x", "0") == "y1 does change when x does."
    assert "y1 does change when x does." in said(trace, "contribution", "3 ×", "0")


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("value", "0", "The gate is open: a positive input passes unchanged."),
        ("local", "0", "The gate is open: a positive input passes unchanged."),
        ("local", "0.01", "A hundredth is for what is not positive; here the gate is open."),
    ],
)
def test_a_leaky_gate_that_is_open_does_not_leak(kind: Kind, text: str, sentence: str) -> None:
    trace = run(parse("y1 = leaky_relu(x); y = 3*y1", x=2))
    assert said(trace, kind, "y1" if kind == "value" else "∂y1", text) == sentence


def test_a_leaky_gate_at_0_has_no_negative_input() -> None:
    trace = run(parse("y1 = leaky_relu(x); y = 3*y1", x=0))
    sentence = "The input is not positive, so only a hundredth gets through."
    assert said(trace, "local", "∂y1", "1") == sentence


@pytest.mark.parametrize(
    "text", ["y1 = 1/x; y2 = y1 - y1; y = y2*y2", "z = x*1; y = z/x", "y1 = relu(log(x - 1)); y = max(y1, x)"]
)
def test_0_for_what_is_no_number_is_told_no_rule_that_does_not_hold(text: str) -> None:
    asked = [q for q in questions(run(parse(text, x=0))) if math.isnan(q.answer)]
    assert {q.kind for q in asked} >= {"local", "contribution"}
    told = " ".join(judge(q, "0").sentence for q in asked)
    assert not any(rule in told for rule in ("does change", "Neither", "gate is", "one that is taken"))
