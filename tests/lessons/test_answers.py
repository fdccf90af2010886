"""What is said to the answers of a lesson's questions."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.lessons.answers import judged, solution
from nodegraph.lessons.records import Ask, Option


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
