"""Answers: which numbers are read, how exact one must be, and what is said without telling the answer."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.answers import Mistake, Question, judge, read_answer
from nodegraph.core.errors import Refused


def asked(answer: float, *mistakes: Mistake, noise: float = 0.0) -> Question:
    return Question("value", 1, "y", None, "What is y?", answer, "y = …", (), "Look again.", mistakes, noise)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0),
        (" −1e-3 ", -0.001),
        ("+.5", 0.5),
        ("1/3", 1 / 3),
        ("5*3", 15.0),
        ("5 × (−3)", -15.0),
        ("2**-1", 0.5),
        ("= 6", 6.0),
        ("exp(0)", 1.0),
        ("∞", math.inf),
        ("-inf", -math.inf),
        ("1/0", math.inf),
        ("1e-99999999999999999999", 0.0),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_answer(text).value == value


def test_nan_is_a_number_that_can_be_answered() -> None:
    assert math.isnan(read_answer("NaN").value)
    assert judge(asked(math.nan), "nan").is_right
    assert not judge(asked(1.0), "nan").is_right
    assert not judge(asked(math.nan), "1").is_right


@pytest.mark.parametrize("text", ["", "two", "a*b", "1;2", "3 4", "1 if 1 else 2", "(" * 150, "9" * 500])
def test_what_is_no_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"[Tt]ype one|Type a number|too long"):
        read_answer(text)


def test_a_decimal_comma_is_refused_with_the_point_that_would_do() -> None:
    with pytest.raises(Refused, match="with a point"):
        read_answer("0,5")


@pytest.mark.parametrize("text", ["0.70710678", "0.7071", "0.707", "0.7078"])
def test_a_thousandth_or_three_digits_are_enough(text: str) -> None:
    assert judge(asked(0.70710678), text).is_right


@pytest.mark.parametrize(("text", "more"), [("0.71", True), ("0.7", True), ("0.73", False)])
def test_fewer_digits_and_small_slips_are_close_but_not_right(text: str, more: bool) -> None:
    verdict = judge(asked(0.70710678), text)
    assert not verdict.is_right
    assert verdict.is_close
    assert ("one more digit" in verdict.sentence) == more


def test_a_small_number_is_not_0_and_0_is_not_a_small_number() -> None:
    assert "not 0" in judge(asked(4e-18), "0").sentence
    assert not judge(asked(0.0), "1e-9").is_right
    assert judge(asked(0.0), "0.000").is_right


def test_what_rounding_leaves_of_a_sum_counts_as_0() -> None:
    assert judge(asked(5.551115123125783e-17, noise=1e-12), "0").is_right


def test_a_known_mistake_is_named_before_anything_else() -> None:
    question = asked(15.0, Mistake(8.0, "You added."))
    assert judge(question, "8").sentence == "You added."


@pytest.mark.parametrize(
    ("answer", "text", "said"),
    [
        (15.0, "100", "Too large."),
        (15.0, "2", "Too small."),
        (-15.0, "-100", "Too large in size."),
        (15.0, "-7", "The sign is wrong, and so is the size."),
        (15.0, "inf", "It is an ordinary, finite number."),
        (math.inf, "7", "It is no ordinary number"),
        (0.0, "-7", "Too large in size."),
    ],
)
def test_any_other_number_is_told_where_the_answer_lies(answer: float, text: str, said: str) -> None:
    assert judge(asked(answer), text).sentence.startswith(said)


@given(st.floats())
def test_a_number_is_always_right_for_itself_however_it_is_written(value: float) -> None:
    assert judge(asked(value), value).is_right
    assert judge(asked(value), repr(value)).is_right
