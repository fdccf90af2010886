"""The quiz: how a learner gets through the questions of a trace, and what the score makes of it."""

from __future__ import annotations

import pytest

from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import Refused
from nodegraph.core.explain.questions import questions
from nodegraph.core.explain.quiz import Quiz, Score


@pytest.fixture
def quiz(seed_trace: Trace) -> Quiz:
    """The seed example, from its start."""
    return Quiz(questions(seed_trace), 0)


def test_a_wrong_answer_stays_at_its_question_and_a_right_one_goes_on(quiz: Quiz) -> None:
    assert not quiz.answer("5").is_right
    assert (quiz.place, quiz.tries) == (0, 1)
    assert quiz.answer("6").is_right
    assert (quiz.place, quiz.tries) == (1, 0)
    assert quiz.score.total.at_first_try == 0


def test_what_is_no_number_is_no_try(quiz: Quiz) -> None:
    with pytest.raises(Refused):
        quiz.answer("many")
    assert quiz.tries == 0


def test_hints_come_to_an_end(quiz: Quiz) -> None:
    assert [quiz.take_hint() for _ in range(4)] == [True, True, True, False]
    quiz.answer("6")
    assert (quiz.score.total.hints, quiz.score.total.at_first_try, quiz.hints) == (3, 0, 0)


def test_what_is_shown_counts_and_what_is_skipped_does_not(quiz: Quiz) -> None:
    assert quiz.show().solution == "e = 6"
    assert quiz.show_up_to(4)
    assert not quiz.show_up_to(3)
    assert quiz.score.total.shown == 3
    quiz.skip_to(10)
    assert quiz.score.total.asked == 3
    assert quiz.question is not None
    assert quiz.question.solution == "∂e/∂b = 2"
    quiz.skip_to(11)
    assert quiz.question is None


def test_a_score_counts_first_tries_hints_and_what_was_shown() -> None:
    score = Score()
    score.count_right("value", tries=1, hints=0)
    score.count_right("value", tries=2, hints=0)
    score.count_right("local", tries=1, hints=2)
    score.count_shown("gradient", 3)
    total = score.total
    assert (total.asked, total.at_first_try, total.hints, total.shown) == (6, 1, 2, 3)
    assert [kind for kind, _ in score.kinds()] == ["value", "local", "gradient"]


def test_a_score_ends_with_what_to_practise() -> None:
    score = Score()
    score.count_right("value", tries=1, hints=0)
    assert score.sentence() == "Everything right at the first try: you know how gradients flow."
    score.count_shown("gradient")
    assert score.sentence().startswith("Practise gradients: the output's own is 1")
    assert Score().sentence() == "Nothing was asked."


@pytest.mark.parametrize("text", ["1*f", "2f", "−f"])
def test_a_formula_of_a_node_that_the_question_does_not_name_is_told_to_be_one(
    seed_trace: Trace, text: str
) -> None:
    quiz = Quiz(questions(seed_trace, ("contribution",)), 0)
    assert quiz.question is not None
    assert "f" not in quiz.question.prompt.split()
    with pytest.raises(Refused, match=r"^Type a number, not a formula: put in the value of f\.$"):
        quiz.answer(text)
    with pytest.raises(Refused, match="cannot be read as a number"):
        quiz.answer("1*q")
