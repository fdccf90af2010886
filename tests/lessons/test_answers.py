"""What is said to the answers of a lesson's questions."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.lessons.answers import judged, solution
from nodegraph.lessons.records import Ask, NodeName, Option


@pytest.mark.parametrize(
    ("text", "reason", "told"),
    [
        ("It grows.", "", "The answer: It grows. So."),
        ("Close to 0", "", "The answer: Close to 0. So."),
        ("Is it?", "It is.", "The answer: Is it? It is."),
    ],
)
def test_an_answer_that_is_a_sentence_has_its_own_end_and_reason(text: str, reason: str, told: str) -> None:
    graph = parse("L = a*b")
    ask = Ask(1, "choice", options=(Option("No", False), Option(text, True, reason)), why="So.")
    assert solution(ask, run(graph), graph) == told


def test_a_formula_typed_for_a_number_is_told_to_be_one() -> None:
    graph = parse("L = a*b", a=2, b=3)
    ask = Ask(1, "number", prompt="What is it?", number=6.0)
    with pytest.raises(Refused, match=r"^Type a number, not a formula: put in the values of a and b\.$"):
        judged(ask, "a*b", run(graph), graph)


@pytest.mark.parametrize(("text", "told"), [("2", "That is the value of a."), ("-3", "The size is right")])
def test_a_gradient_of_one_contribution_is_no_question_about_an_edge(text: str, told: str) -> None:
    graph = parse("L = a*b", a=2, b=3)
    verdict = judged(Ask(1, "gradient", NodeName("a")), text, run(graph), graph)
    assert verdict.sentence.startswith(told)
    assert "edge" not in verdict.sentence


def test_what_an_earlier_pass_left_belongs_to_the_gradient_that_is_asked_for() -> None:
    graph = parse("L = a*b", a=2, b=3)
    trace = run(graph, left={graph.named("a").id: 5.0})  # type: ignore[union-attr]
    ask = Ask(1, "gradient", NodeName("a"))
    assert judged(ask, "8", trace, graph).is_right
    assert judged(ask, "3", trace, graph).sentence == "a still holds what the earlier pass left: add it."
    assert "size is right" not in judged(ask, "-3", trace, graph).sentence
