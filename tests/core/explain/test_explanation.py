"""Explanations: the seed's own words, ties, forks, paths and problems."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.explanation import (
    MAX_PATHS,
    change_sentence,
    explain_node,
    step_sentence,
    step_title,
)
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.operations.catalogue import OPERATIONS
from tests.strategies import graphs


def test_each_step_of_the_seed_example_is_told_in_words(seed_trace: Trace) -> None:
    told = [step_sentence(seed_trace.frame(position)) for position in range(12)]
    assert told[1] == "The inputs appear: a = 2, b = 3, c = −10, f = 5."
    assert told[2:5] == ["e = a × b = 2 × 3 = 6.", "d = e + c = 6 + (−10) = −4.", "L = d × f = −4 × 5 = −20."]
    assert told[5].startswith("∂L/∂L = 1")
    assert told[10].startswith("e sends 5 × 3 = 15 back to a, because e = a × b")
    assert "f = 5" in told[6]
    assert step_title(seed_trace.frame(10)) == "Backward, step 10 of 11."
    assert step_title(seed_trace.frame(2)) == "Forward, step 2 of 11."
    assert all(sentence.endswith(".") for sentence in told)


@pytest.mark.parametrize(
    ("name", "gradient"),
    [
        ("a", "∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15"),
        ("b", "∂L/∂b = ∂L/∂e × ∂e/∂b = 5 × 2 = 10"),
        ("c", "∂L/∂c = ∂L/∂d × ∂d/∂c = 5 × 1 = 5"),
        ("f", "∂L/∂f = ∂L/∂L × ∂L/∂f = 1 × (−4) = −4"),
        ("e", "∂L/∂e = ∂L/∂d × ∂d/∂e = 5 × 1 = 5"),
        ("d", "∂L/∂d = ∂L/∂L × ∂L/∂d = 1 × 5 = 5"),
        ("L", "∂L/∂L = 1"),
    ],
)
def test_the_chain_rule_of_the_seed_example_is_written_out(
    seed_trace: Trace, name: str, gradient: str
) -> None:
    found = explain_node(seed_trace, name)
    assert found.gradient is not None
    assert found.gradient.unicode == gradient
    assert found.is_output == (name == "L")


def test_the_term_of_an_edge_says_why(seed_trace: Trace) -> None:
    (term,) = explain_node(seed_trace, "a").terms
    assert term.symbolic == "∂L/∂e × ∂e/∂a"
    assert term.because == "since e = a × b, ∂e/∂a = b"
    assert (term.numbers, term.contribution) == ("5 × 3", 15)


def test_local_derivatives_are_given_by_every_input(seed_trace: Trace) -> None:
    assert [rule.unicode for rule in explain_node(seed_trace, "e").rules] == [
        "∂e/∂a = b = 3",
        "∂e/∂b = a = 2",
    ]
    assert [rule.unicode for rule in explain_node(seed_trace, "d").rules] == ["∂d/∂e = 1", "∂d/∂c = 1"]


def test_the_path_to_the_output_carries_its_factors(seed_trace: Trace) -> None:
    (path,) = explain_node(seed_trace, "a").paths
    assert (path.names, path.factors, path.product) == (("a", "e", "d", "L"), (3, 1, 5), 15)


def test_a_fork_is_explained_by_all_its_terms_and_paths() -> None:
    trace = run(parse("p = x*2; q = x*3; y = p*q", x=5))
    found = explain_node(trace, "x")
    assert len(found.terms) == len(found.paths) == found.path_count == 2
    assert found.gradient is not None
    assert found.gradient.unicode.endswith("= 60")
    assert sum(path.product for path in found.paths) == 60


def test_x_times_x_tells_its_two_edges_apart() -> None:
    found = explain_node(run(parse("y = x*x", x=3)), "x")
    assert found.gradient is not None
    assert len({term.symbolic for term in found.terms}) == 2
    assert found.gradient.unicode.endswith("= 6")


def test_a_tie_is_given_as_the_reason() -> None:
    trace = run(parse("y = max(p, q)", p=2, q=2))
    assert "tied" in explain_node(trace, "p").terms[0].because
    assert "tied" in step_sentence(trace.last_frame)


def test_a_saturated_slope_is_shown_as_it_is_and_not_as_the_formula_would_round_it() -> None:
    (rule,) = explain_node(run(parse("y = sigmoid(x)", x=40)), "y").rules
    assert rule.unicode.endswith("≈ 4.24835e−18")
    assert "≈ 0" not in rule.unicode


def test_paths_beyond_counting_are_counted_and_not_listed() -> None:
    lines = ["n1 = a + a"] + [f"n{i} = n{i - 1} + n{i - 1}" for i in range(2, 101)]
    found = explain_node(run(parse("\n".join(lines))), "a")
    assert found.path_count == 2**100
    assert len(found.paths) == MAX_PATHS


def test_a_constant_is_called_by_its_name_where_somebody_gave_it_one() -> None:
    trace = run(parse("g = 9.81; v = g*t; s = v*0.5", t=2))
    told = [step_sentence(trace.frame(position)) for position in range(len(trace.steps) + 1)]
    assert told[1] == "The input appears: t = 2. The constants appear: g = 9.81, 0.5."
    assert told[2:4] == ["v = g × t = 9.81 × 2 = 19.62.", "s = v × 0.5 = 19.62 × 0.5 = 9.81."]
    assert told[-1] == (
        "v sends 0.5 × 9.81 = 4.905 back to t, because v = g × t changes by g = 9.81 for each unit of t."
    )
    springs = parse("k1 = 50; k2 = 30; F = k1*x + k2*y*4", x=2, y=3)
    assert formula_of(springs) == "F = k1 × x + k2 × y × 4"
    assert "k1 = 50, k2 = 30, 4" in step_sentence(run(springs).frame(1))
    circle = parse("area = pi*r**2", r=2)
    assert formula_of(circle) == "area = pi × r²"
    assert step_sentence(run(circle).frame(3)).startswith("area = pi × e ≈ 3.14159 × 4 ≈ ")


def test_a_node_that_waits_says_for_whom_and_one_with_a_problem_says_which() -> None:
    nodes = [Node("a", "input", "a", 1.0), Node("s", "add", "s", rank=1), Node("y", "negate", "y", rank=2)]
    trace = run(Graph.of(nodes, [Edge("a", "s", 0), Edge("s", "y", 0)]))
    assert explain_node(trace, "y").waits_for == ["s"]
    assert explain_node(trace, "s").problem == "Connect input 2."
    assert explain_node(trace, "s").value is None
    assert explain_node(trace, "a").gradient is None


def test_an_unknown_operation_is_explained_without_a_formula() -> None:
    trace = run(Graph.of([Node("w", "wavelet", "w")]))
    found = explain_node(trace, "w")
    assert (found.title, found.value, found.rules) == ("wavelet", None, [])


def test_what_is_not_finite_does_not_move_but_has_a_slope() -> None:
    trace = run(parse("d = log(b); L = d + c", b=-1, c=2))
    assert change_sentence(trace, ("d", 0)) == "the slope of d = ln(b) by b is 1 / b = −1 here"
    assert change_sentence(trace, ("L", 0)) == "the slope of L = d + c by d is 1 here"


def test_a_value_that_is_no_number_is_explained() -> None:
    trace = run(parse("y = log(x)", x=-1))
    value = explain_node(trace, "y").value
    assert value is not None
    assert "NaN" in value.unicode
    for position in range(len(trace.steps) + 1):
        assert step_sentence(trace.frame(position))


@given(graphs())
def test_any_node_and_any_step_has_an_explanation(graph: Graph) -> None:
    trace = run(graph)
    for position in range(len(trace.steps) + 1):
        assert step_sentence(trace.frame(position)).endswith(".")
    for node in graph.nodes():
        found = explain_node(trace, node.id)
        assert found.value is not None
        assert found.value.latex.count("{") == found.value.latex.count("}")
        total = trace.gradient(node.id)
        if total is not None and node.id != trace.output:
            assert math.fsum(term.contribution for term in found.terms) == pytest.approx(
                total, rel=1e-9, abs=1e-12
            )
            if found.path_count <= MAX_PATHS:
                assert len(found.paths) == found.path_count
                summed = math.fsum(path.product for path in found.paths)
                assert summed == pytest.approx(total, rel=1e-9, abs=1e-12)


def test_the_seed_formula_in_latex_is_what_a_book_prints(seed_trace: Trace) -> None:
    found = explain_node(seed_trace, "a").gradient
    assert found is not None
    assert r"\frac{\partial L}{\partial e} \times \frac{\partial e}{\partial a}" in found.latex


def test_the_paths_of_a_deep_graph_are_counted_but_not_listed() -> None:
    lines = ["n0 = x + x"] + [f"n{i} = n{i - 1} + n{i - 1}" for i in range(1, 200)]
    found = explain_node(run(parse("\n".join(lines))), "x")
    assert found.paths == []
    assert found.path_count == 2**200


def test_every_operation_says_which_rule_gives_each_local_derivative() -> None:
    for operation in OPERATIONS.values():
        for port in range(operation.least):
            said = operation.why(port, operation.least)
            assert said, operation.name
            assert not said.endswith(".")


def test_forward_mode_is_explained_the_other_way_round(seed_graph: Graph) -> None:
    trace = run_forward_mode(seed_graph, "a")
    told = explain_node(trace, "d")
    assert told.gradient is not None
    assert told.gradient.unicode == "∂d/∂a = ∂d/∂e × ∂e/∂a = 1 × 3 = 3"
    assert step_sentence(trace.last_frame).startswith("d passes 5 × 3 = 15 on to L, because L = d × f")
    (path,) = told.paths
    assert path.names == ("d", "e", "a")


def test_what_an_earlier_pass_left_is_part_of_the_sum(seed_graph: Graph) -> None:
    told = explain_node(run(seed_graph, left={"a": 15.0}), "a")
    assert told.gradient is not None
    assert told.gradient.unicode == "a.grad ← 15 + e.grad × ∂e/∂a = 15 + 5 × 3 = 30"


def test_a_product_of_very_many_inputs_is_explained_with_its_middle_left_out() -> None:
    names = [f"x{i}" for i in range(600)]
    nodes = [Node(name, "input", name, 1.0, rank=place) for place, name in enumerate(names)]
    graph = Graph.of([*nodes, Node("y", "multiply", "y", rank=600)],
                     [Edge(name, "y", port) for port, name in enumerate(names)])  # fmt: skip
    told = explain_node(run(graph), "x3")
    assert "x4" in told.terms[0].because
    assert "…" in told.terms[0].because
    assert len(told.terms[0].because) < 200


@pytest.mark.parametrize("c", [0.0, -1.0])
def test_a_power_whose_exponent_is_not_finite_is_explained_all_the_same(c: float) -> None:
    trace = run(parse("y = a**log(c)", a=2, c=c))
    said = [explain_node(trace, node_id).value for node_id in trace.plan.ids]
    assert all(said)
    assert all(step_sentence(trace.frame(position)) for position in range(len(trace.steps) + 1))
