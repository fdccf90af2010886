"""Prediction: the questions of a trace in step order, and hints that stop short of the result."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.questions import KINDS, Kind, Question, judge, questions
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from tests.strategies import graphs


def find(trace: Trace, kind: Kind, start: str) -> Question:
    """The question of this kind whose solution begins so."""
    return next(q for q in questions(trace) if q.kind == kind and q.solution.startswith(start))


def test_the_seed_example_asks_three_values_the_seed_and_two_questions_an_edge(seed_trace: Trace) -> None:
    asked = questions(seed_trace)
    assert [q.kind for q in asked] == ["value"] * 3 + ["gradient"] + ["local", "contribution"] * 6
    assert [q.answer for q in asked] == [6, -4, -20, 1, 5, 5, -4, -4, 1, 5, 1, 5, 3, 15, 2, 10]
    assert [q.position for q in asked] == [2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11]


def test_a_question_names_what_it_asks_for(seed_trace: Trace) -> None:
    assert find(seed_trace, "value", "e").prompt == "What is the value of e = a × b?"
    assert find(seed_trace, "local", "∂e/∂a").prompt == "What is ∂e/∂a, the local derivative of e = a × b?"
    assert "What does e send back to a" in find(seed_trace, "contribution", "5 × 3").prompt


def test_a_sum_is_asked_for_when_its_last_contribution_has_arrived() -> None:
    asked = list(questions(run(parse("y = x*x", x=3))))
    assert [q.kind for q in asked[-3:]] == ["local", "contribution", "gradient"]
    assert asked[-1].answer == 6
    assert asked[-1].prompt == "x receives 2 contributions. What is ∂y/∂x, their sum?"


@pytest.mark.parametrize(
    ("kind", "count"), [("value", 3), ("local", 6), ("contribution", 6), ("gradient", 7)]
)
def test_one_kind_alone_can_be_asked_for(seed_trace: Trace, kind: Kind, count: int) -> None:
    assert [q.kind for q in questions(seed_trace, [kind])] == [kind] * count


def test_hints_go_from_the_rule_to_the_numbers_and_stop_short_of_the_result(seed_trace: Trace) -> None:
    assert find(seed_trace, "value", "e").hints[1:] == (
        "e = a × b. Multiply: the product of two or more inputs.",
        "e = 2 × 3",
    )
    assert find(seed_trace, "local", "∂e/∂a").hints[1:] == ("∂e/∂a = b", "Here a = 2, b = 3 and e = 6.")
    assert find(seed_trace, "contribution", "5 × 3").hints[1:] == ("∂L/∂e × ∂e/∂a", "5 × 3")


def test_a_local_derivative_that_is_only_a_number_is_hinted_at_by_one_unit_more(seed_trace: Trace) -> None:
    assert find(seed_trace, "local", "∂d/∂e").hints[1:] == (
        "d = e + c: let e grow by one unit.",
        "d is −4; with e = 7 it would be −3.",
    )


def test_forward_mode_asks_about_what_runs_forward(seed_graph: Graph) -> None:
    asked = questions(run_forward_mode(seed_graph, "a"))
    assert asked[3].solution == "∂a/∂a = 1"
    assert asked[5].prompt.startswith("What does a hand on to e")
    assert [q.answer for q in asked if q.kind == "contribution"] == [3, 3, 15]


def test_what_an_earlier_pass_left_belongs_to_the_gradient() -> None:
    trace = run(parse("y = x*2", x=3), left={"x": 1.0})
    last = questions(trace)[-1]
    assert (last.kind, last.answer) == ("gradient", 3.0)
    assert "still holds 1 of an earlier pass" in last.prompt
    assert "add it" in judge(last, "2").sentence


def test_questions_count_themselves_without_being_made(seed_trace: Trace) -> None:
    asked = questions(seed_trace)
    assert [asked.first_after(position) for position in (0, 1, 2, 5, 6, 11)] == [0, 0, 1, 4, 6, 16]
    assert asked.kinds_between(2, 7) == {"value": 1, "gradient": 1, "local": 2, "contribution": 1}
    assert asked.kinds_between(0, 16) == {"value": 3, "gradient": 1, "local": 6, "contribution": 6}
    assert not +asked.kinds_between(5, 5)
    assert asked[-1] == asked[15]
    assert [q.position for q in asked[2:4]] == [4, 5]
    with pytest.raises(IndexError):
        asked[16]


def test_a_graph_of_thousands_of_steps_is_asked_about_at_once() -> None:
    text = "; ".join(["n0 = x*x", *(f"n{i} = n{i - 1} + x" for i in range(1, 3000))])
    asked = questions(run(parse(text)))
    assert len(asked) == 3000 + 1 + 2 * 6000 + 1
    assert asked[-1].kind == "gradient"
    assert asked[-1].answer == 3001


def test_an_empty_graph_asks_nothing() -> None:
    assert len(questions(run(Graph()))) == 0


@given(graphs())
def test_the_right_answer_is_judged_right_for_every_question_of_any_graph(graph: Graph) -> None:
    asked = questions(run(graph))
    for question in asked:
        assert judge(question, question.answer).is_right, question
        assert judge(question, repr(question.answer)).is_right, question
        assert judge(question, format_number(question.answer)).is_right, question


@given(graphs())
def test_no_mistake_of_any_graph_is_taken_for_the_right_answer(graph: Graph) -> None:
    for question in questions(run(graph)):
        for mistake in question.mistakes:
            verdict = judge(question, mistake.value)
            assert verdict.is_right <= (abs(mistake.value - question.answer) <= question.noise), question
            assert verdict.sentence


@given(graphs())
def test_every_kind_alone_asks_the_same_as_all_together_but_for_single_gradients(graph: Graph) -> None:
    trace = run(graph)
    together = list(questions(trace))
    for kind in KINDS:
        alone = list(questions(trace, [kind]))
        expected = [q for q in together if q.kind == kind]
        assert [q for q in alone if q in expected] == expected
        assert kind == "gradient" or alone == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("L = sin(x)*c", {"x": math.pi, "c": 3.0}),
        ("d = a + b - c; L = d*d", {"a": 0.1, "b": 0.2, "c": 0.3}),
        ("L = cos(x)", {"x": math.pi / 2}),
        ("L = sin(x)", {"x": math.pi / 2}),
        ("s = sin(x); L = exp(s)*s*k", {"x": math.pi, "k": 2.0}),
    ],
)
def test_0_is_the_answer_wherever_only_rounding_is_left(text: str, values: dict[str, float]) -> None:
    asked = questions(run(parse(text, **values)))
    tiny = [question for question in asked if 0 < abs(question.answer) < 1e-14]
    assert tiny
    for question in tiny:
        assert judge(question, "0").sentence.endswith(", which is 0 but for rounding."), question


def test_a_small_number_that_is_no_rounding_is_not_0() -> None:
    asked = questions(run(parse("L = sigmoid(x)*c", x=40, c=1e-12)))
    small = [question for question in asked if 0 < abs(question.answer) < 1e-9]
    assert small
    assert all("not 0" in judge(question, "0").sentence for question in small)
