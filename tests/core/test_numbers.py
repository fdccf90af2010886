"""Numbers: written for people, written exactly, and read with a sentence where they are wrong."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.errors import Refused
from nodegraph.core.numbers import (
    format_exact,
    format_number,
    format_signed,
    plain_digits,
    read_number,
    superscript,
)

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite)
def test_exact_text_reads_back_as_the_same_number(value: float) -> None:
    assert read_number(format_exact(value)) == value


@given(finite)
def test_numbers_for_people_are_right_to_their_digits(value: float) -> None:
    shown = float(format_number(value).replace("−", "-"))
    assert shown == pytest.approx(value, rel=1e-5, abs=0)


@given(st.floats())
def test_numbers_for_people_are_short_and_never_use_a_hyphen(value: float) -> None:
    text = format_number(value)
    assert "-" not in text
    assert len(text) <= 13
    assert format_signed(value).startswith("+") == (value > 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (15.0, "15"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e6, "1e6"),
        (999999.0, "999999"),
        (123456.7, "123457"),
        (1e-5, "1e−5"),
        (0.0001, "0.0001"),
        (2.5e300, "2.5e300"),
        (-1 / 3, "−0.333333"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
    ],
)
def test_numbers_look_as_people_write_them(value: float, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        (" -1e-3 ", -0.001),
        ("−2.5", -2.5),
        (".5", 0.5),
        ("+4", 4),
        ("1E5", 1e5),
        ("–4", -4),
        ("1e–3", 0.001),
    ],
)
def test_numbers_are_read_as_they_are_typed(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "Type a number"),
        ("two", "“two” is not a number"),
        ("1,5", "comma"),
        ("nan", "NaN"),
        ("inf", "finite"),
        ("1e999", "finite"),
        ("1e-400", "at least about 5e-324"),
        ("-3e-999%", "at least about 5e-324"),
        ("-1/0", "finite"),
        ("0/0", "NaN"),
        ("1_000", "not a number"),
        ("١٢a", "not a number"),
        ("0x10", "not a number"),
        ("1 2", "not a number"),
        ("3–4", "not a number"),
        ("--1", "not a number"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(text: str, part: str) -> None:
    with pytest.raises(Refused, match=part):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0,05", "has a comma. Write decimals with a point: 0.05"),
        ("−12,5e-3", "has a comma. Write decimals with a point: -12.5e-3"),
        ("1,25/2", "has a comma. Write decimals with a point: 1.25/2"),
        ("2,5%", "has a comma. Write decimals with a point: 2.5%"),
        ("0,500", "has a comma. Write decimals with a point: 0.500"),
        ("1,000", "may mean 1000 or 1.000. Type one of them, without a comma."),
        ("1,234,567", "has a comma. Write decimals with a point: 1234567"),
        ("1,234.5", "has a comma. Write decimals with a point: 1234.5"),
        ("1.234,5", "has a comma. Write decimals with a point: 1234.5"),
        ("1,2,3", "has a comma. Write decimals with a point: 0.5"),
        ("a,b", "has a comma. Write decimals with a point: 0.5"),
    ],
)
def test_a_number_with_a_comma_is_told_as_it_is_written_here(text: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_number(text)
    assert str(refusal.value) == f"“{text}” {said}"
    written = said.removesuffix("or 1.000. Type one of them, without a comma.").split()[-1]
    assert read_number(written) is not None


def test_exponents_are_written_raised() -> None:
    assert superscript(-120) == "⁻¹²⁰"


@pytest.mark.parametrize(
    ("text", "value"),
    [("٣", 3.0), ("١٫٥", 1.5), ("－２．５", -2.5), ("५e３", 5000.0), ("５０％", 0.5), ("１/４", 0.25)],
)
def test_digits_of_every_script_are_read(text: str, value: float) -> None:
    assert read_number(text) == value


@given(st.text())
def test_plain_digits_leave_every_character_at_its_place(text: str) -> None:
    made = plain_digits(text)
    assert len(made) == len(text)
    assert all(
        new == old or old.isdecimal() or old in "－＋．٫٬，％" for new, old in zip(made, text, strict=True)
    )


@pytest.mark.parametrize("text", ["0", "0.000", "0e5", "-0.0e-9", "0/5", "0%"])
def test_a_number_that_is_0_is_read_as_0(text: str) -> None:
    assert read_number(text) == 0
