"""Derivations: the lines for each step and each node, and what is not reached yet is not given away."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse, parse_with
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.derivation import MOST_TERMS, derive_node, derive_step
from nodegraph.core.explain.derivation_lines import Derivation
from nodegraph.core.explain.explanation import step_sentence
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.numbers import format_number
from tests.strategies import graphs

FORK = "p = x*2; q = x*3; y = p*q"


def texts(derivation: Derivation, kind: str) -> list[str]:
    return [line.unicode for part in derivation.parts if part.kind == kind for line in part.lines]


def test_a_node_that_is_evaluated_has_its_value_written_out(seed_trace: Trace) -> None:
    told = derive_step(seed_trace.frame(2))
    assert told.title == "e is computed from a and b"
    assert texts(told, "value") == ["e = a × b = 2 × 3 = 6"]
    assert told.lines[0].latex == r"e = a \times b = 2 \times 3 = 6"


def test_a_contribution_has_its_rule_the_reason_for_it_and_the_chain_rule(seed_trace: Trace) -> None:
    told = derive_step(seed_trace.frame(10))
    local, gradient = told.lines
    assert local.unicode == "∂e/∂a = b = 3"
    assert local.why == "Product rule by one factor: the other factor remains."
    assert gradient.unicode == "∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15"
    assert told.active == ("e", 0)
    assert r"\frac{\partial L}{\partial e} \times \frac{\partial e}{\partial a}" in gradient.latex


def test_every_term_of_a_sum_is_linked_to_its_edge() -> None:
    symbols, factors, terms, total = derive_node(run(parse(FORK, x=5)).last_frame, "x").parts[1].lines
    assert symbols.unicode == "∂y/∂x = ∂y/∂q × ∂q/∂x + ∂y/∂p × ∂p/∂x"
    assert (factors.unicode, terms.unicode, total.unicode) == ("= 10 × 3 + 15 × 2", "= 30 + 30", "= 60")
    for line in (symbols, factors, terms):
        assert [piece.edges for piece in line.pieces if piece.edges] == [(("q", 0),), (("p", 0),)]


def test_the_paths_of_a_fork_are_listed_with_all_their_edges() -> None:
    told = derive_node(run(parse(FORK, x=5)).last_frame, "x")
    assert texts(told, "paths") == ["x → q → y: 3 × 10 = 30", "x → p → y: 2 × 15 = 30"]
    assert told.parts[-1].lines[0].pieces[0].edges == (("q", 0), ("y", 1))


@pytest.mark.parametrize(
    ("text", "values", "value", "local"),
    [
        ("y = tanh(x)", {"x": 400}, "y = tanh(x) = tanh(400) ≈ 1", "∂y/∂x = 1 − y² ≈ 1 − 1² = 0"),
        ("y = tanh(x)", {"x": 100}, "y = tanh(x) = tanh(100) ≈ 1", "∂y/∂x = 1 − y² ≈ 5.53559e−87"),
        ("y = sigmoid(x)", {"x": 800}, "y = σ(x) = σ(800) ≈ 1", "∂y/∂x = y × (1 − y) ≈ 1 − 1 = 0"),
        ("y = tanh(x)", {"x": 0}, "y = tanh(x) = tanh(0) = 0", "∂y/∂x = 1 − y² = 1 − 0² = 1"),
        ("y = a*x", {"a": 1e200, "x": 1e200}, "y = a × x = 1e200 × 1e200 → ∞", "∂y/∂x = a = 1e200"),
        ("y = exp(x)", {"x": 1000}, "y = exp(x) = exp(1000) → ∞", "∂y/∂x = y = ∞"),
        ("y = a/x", {"a": 1, "x": 1e-200}, "", "∂y/∂x = −a / x² = −1 / (1e−200)² → −∞"),
        ("y = 1/x", {"x": -0.0}, "y = 1 / x = 1 / (−0) = −∞", "∂y/∂x = −1 / x² = −1 / (−0)² = −∞"),
        ("y = -x", {"x": 0}, "y = −x = −0 = 0", "∂y/∂x = −1"),
    ],
)
def test_equations_are_true_at_the_edges_of_numbers(
    text: str, values: dict[str, float], value: str, local: str
) -> None:
    told = derive_node(run(parse(text, **values)).last_frame, "y")
    assert not value or texts(told, "value") == [value]
    assert local in texts(told, "local")


def test_a_zero_below_0_is_told_where_its_sign_decides() -> None:
    frame = run(parse("e = -(a*b); y = 1/e", a=0, b=2)).last_frame
    assert texts(derive_node(frame, "e"), "value") == ["e = −d = −0"]
    assert texts(derive_node(frame, "y"), "value") == ["y = 1 / e = 1 / (−0) = −∞"]
    typed = run(parse("y = x**(-1)", x=-0.0)).last_frame
    assert texts(derive_node(typed, "x"), "value") == ["x = −0"]
    assert derive_node(typed, "y").lines[0].latex == r"y = x^{-1} = (-0)^{-1} = -\infty"


def test_the_number_of_an_input_is_written_alike_in_words_and_in_latex() -> None:
    told = derive_node(run(parse_with("y = x*x", {"x": 3}, binary=True)).last_frame, "y")
    local = next(part for part in told.parts if part.kind == "local")
    assert local.lines[0].unicode.startswith("∂y/∂x[1] = ")
    assert local.lines[0].latex.startswith(r"\frac{\partial y}{\partial x[1]} = ")


def test_x_times_x_has_two_terms_with_an_edge_each() -> None:
    told = derive_node(run(parse("y = x*x", x=3)).last_frame, "x")
    line = told.parts[1].lines[0]
    assert [piece.edges for piece in line.pieces if piece.edges] == [(("y", 0),), (("y", 1),)]
    assert told.parts[1].lines[-1].unicode == "= 6"


def test_nothing_is_given_away_before_it_is_reached(seed_trace: Trace) -> None:
    at_start = derive_node(seed_trace.frame(0), "e")
    assert texts(at_start, "value") == ["e = a × b = …"]
    assert texts(at_start, "local") == ["∂e/∂a = b", "∂e/∂b = a"]
    after_forward = derive_node(seed_trace.frame(seed_trace.forward_steps), "e")
    assert texts(after_forward, "value") == ["e = a × b = 2 × 3 = 6"]
    assert texts(after_forward, "local") == ["∂e/∂a = b = 3", "∂e/∂b = a = 2"]
    assert texts(after_forward, "gradient") == ["∂L/∂e = ∂L/∂d × ∂d/∂e"]
    assert texts(derive_node(seed_trace.frame(2), "d"), "local") == ["∂d/∂e = …", "∂d/∂c = …"]


def test_while_a_learner_predicts_local_derivatives_come_only_with_their_contribution(
    seed_trace: Trace,
) -> None:
    forward = seed_trace.frame(seed_trace.forward_steps, guarded=True)
    assert texts(derive_node(forward, "e"), "local") == []
    assert texts(derive_node(seed_trace.frame(10, guarded=True), "e"), "local") == ["∂e/∂a = b = 3"]
    asked = run(parse("y = log(x)", x=-1)).frame(1, guarded=True)
    assert derive_node(asked, "y").note == ""


def test_of_a_sum_only_the_terms_that_have_arrived_have_numbers() -> None:
    trace = run(parse(FORK, x=5))
    told = derive_step(trace.frame(len(trace.steps) - 1))
    assert told.parts[1].note == "1 of 2 terms has arrived; so far the sum is 30."
    assert texts(told, "gradient")[1:] == ["= 10 × 3 + …", "= 30 + …"]
    assert "2 paths" not in [
        part.heading for part in derive_node(trace.frame(len(trace.steps) - 1), "x").parts
    ]


def test_of_very_many_terms_the_rest_is_counted_and_the_active_one_is_always_shown() -> None:
    lines = [f"n{i} = x*{i + 2}" for i in range(48)] + ["y = " + " + ".join(f"n{i}" for i in range(48))]
    trace = run(parse("\n".join(lines), x=1))
    told = derive_node(trace.last_frame, "x")
    symbols = told.parts[1].lines[0]
    assert symbols.unicode.endswith(f"… and {48 - MOST_TERMS + 1} more")
    assert told.parts[1].lines[-1].unicode == f"= {sum(range(2, 50))}"
    assert told.parts[-1].note.startswith("48 paths join x and y")
    last = derive_step(trace.last_frame)
    assert last.active in [edge for piece in last.parts[1].lines[0].pieces for edge in piece.edges]


def test_a_muted_node_says_what_it_passes_through() -> None:
    graph = parse("e = a*b; L = e*f", a=2, f=5)
    graph.apply(edits.set_muted(graph, ["e"]))
    told = derive_node(run(graph).last_frame, "e")
    assert told.note == "e is muted: it passes a through."
    assert texts(told, "value") == ["e = a = 2"]
    assert told.parts[1].lines[0].why == "e is muted and passes a through, one for one."


def test_a_tied_maximum_gives_the_tie_as_its_reason_but_only_once_it_is_reached() -> None:
    trace = run(parse("y = max(p, q)", p=2, q=2))
    assert (
        derive_step(trace.last_frame).lines[0].why == "2 inputs of y are tied and share the gradient evenly."
    )
    before = derive_node(trace.frame(1), "y").parts[1].lines[0]
    assert "tied" not in before.why
    assert "0.5" not in before.unicode


def test_no_derivative_is_asked_for_by_a_constant() -> None:
    graph = parse_with("L = d**2", {"d": -2}, binary=True)
    told = derive_node(run(graph).last_frame, "L")
    assert texts(told, "local") == ["∂L/∂d = 2 × d = 2 × (−2) = −4"]
    two = next(node for node in graph.nodes() if node.op == "constant")
    assert texts(derive_node(run(graph).last_frame, two.id), "gradient") == []


def test_a_node_on_which_the_output_does_not_depend_says_so() -> None:
    graph = parse("y = a*2; z = b*3", a=1, b=1)
    graph.apply(edits.set_output(graph, "y"))
    line = derive_node(run(graph).last_frame, "b").parts[-1].lines[0]
    assert (line.unicode, line.why) == ("∂y/∂b = 0", "y does not depend on b.")


def test_what_an_earlier_pass_left_is_the_first_term() -> None:
    told = derive_node(run(parse(FORK, x=5), left={"x": 60.0}).last_frame, "x")
    assert texts(told, "gradient")[1:] == ["= 60 + 10 × 3 + 15 × 2", "= 60 + 30 + 30", "= 120"]
    assert told.parts[1].note == "60 was left by an earlier pass; zero the gradients to start afresh."


def test_forward_mode_sums_what_comes_from_the_chosen_input() -> None:
    told = derive_step(run_forward_mode(parse(FORK, x=5), "x").last_frame)
    assert texts(told, "gradient")[0] == "∂y/∂x = ∂y/∂p × ∂p/∂x + ∂y/∂q × ∂q/∂x"
    assert texts(told, "gradient")[-1] == "= 60"


def test_values_that_are_no_numbers_are_derived_all_the_same() -> None:
    trace = run(parse("y = log(x); z = y*y + exp(w)", x=-1, w=1000))
    for position in range(len(trace.steps) + 1):
        derive_step(trace.frame(position))
    assert texts(derive_node(trace.last_frame, "y"), "value")[0].endswith("= NaN")
    assert r"\infty" in "".join(line.latex for line in derive_node(trace.last_frame, "w").lines)


def test_a_node_that_cannot_run_says_why_and_derives_nothing() -> None:
    nodes = [Node("a", "input", "a", 1.0), Node("s", "add", "s", rank=1), Node("y", "negate", "y", rank=2)]
    frame = run(Graph.of(nodes, [Edge("a", "s", 0), Edge("s", "y", 0)])).last_frame
    assert (derive_node(frame, "s").note, derive_node(frame, "s").parts) == ("Connect input 2.", ())
    assert derive_node(frame, "y").note == "This waits for s."


def test_names_that_look_like_numbers_do_not_confuse_the_two_ways_of_writing() -> None:
    told = derive_node(run(Graph.of([Node("a", "input", "−4", -4.0)])).last_frame, "a")
    assert texts(told, "value") == ["“−4” = −4"]


def test_names_that_read_as_formulas_are_told_from_formulas() -> None:
    graph = parse("e = a*b; L = e + x**2", a=3, b=5, x=2)
    for old, new in (("a", "x²"), ("b", "x + 1"), ("e", "∂L/∂x")):
        graph.apply(edits.rename(graph, old, new))
    trace = run(graph)
    told = derive_node(trace.last_frame, "e")
    assert texts(told, "value") == ["“∂L/∂x” = “x²” × “x + 1” = 3 × 5 = 15"]
    assert texts(told, "local")[0] == "∂“∂L/∂x”/∂“x²” = “x + 1” = 5"
    assert told.title == "“∂L/∂x” · Multiply"
    assert told.lines[0].latex.startswith(r"\text{“}\mathrm{\partial L/\partial x}\text{”} = \text{“}")
    assert step_sentence(trace.frame(len(trace.steps))) == (
        "“∂L/∂x” sends 1 × 3 = 3 back to “x + 1”, because “∂L/∂x” = “x²” × “x + 1” "
        "changes by “x²” = 3 for each unit of “x + 1”."
    )


@pytest.mark.parametrize(
    "text", ["d = relu(e)", "d = leaky_relu(e)", "d = abs(e)", "d = max(e, b)", "d = min(b, e)"]
)
def test_no_case_of_a_rule_is_told_where_an_input_is_nan(text: str) -> None:
    trace = run(parse(f"e = log(x); {text}; y = d + b", x=-1, b=3))
    reasons = {line.why for line in derive_node(trace.last_frame, "d").parts[1].lines}
    assert reasons == {"NaN is neither above nor below any number, so no case of the rule holds."}


def test_the_reason_of_a_power_of_0_names_no_other_node() -> None:
    trace = run(parse("y = 7; p = x**n + y", x=0, n=2))
    (reason,) = {
        line.why for line in derive_node(trace.last_frame, "e").parts[1].lines if "∂n" in line.unicode
    }
    assert reason.startswith(
        "0 raised to any positive exponent is 0, so the exponent has no effect: the power"
    )


def test_an_output_that_is_a_constant_starts_the_derivatives_all_the_same() -> None:
    trace = run(parse("c = 3"))
    assert [line.unicode for line in derive_step(trace.last_frame).lines] == ["∂c/∂c = 1"]
    assert derive_node(trace.frame(1), "c").lines[-1].unicode != "∂c/∂c = 1"


@given(graphs())
def test_any_step_and_node_of_any_graph_is_derived(graph: Graph) -> None:
    trace = run(graph)
    for position in range(len(trace.steps) + 1):
        for line in derive_step(trace.frame(position)).lines:
            assert line.latex.count("{") == line.latex.count("}")
            assert line.unicode
    for node in graph.nodes():
        total = trace.gradient(node.id)
        written = texts(derive_node(trace.last_frame, node.id), "gradient")
        if total is not None:
            assert re.split("[=≈] ", written[-1])[-1] == format_number(total)


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_a_gradient_that_is_not_finite_is_written_down(value: float) -> None:
    told = derive_node(run(parse(FORK, x=5), left={"x": value}).last_frame, "x")
    assert texts(told, "gradient")[-1] == f"= {format_number(value)}"
