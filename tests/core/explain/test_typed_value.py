"""What may be typed into a field for a number: arithmetic too, and nothing that may mean two things."""

from __future__ import annotations

import math

import pytest

from nodegraph.core.errors import Refused
from nodegraph.core.explain.typed_value import read_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("1 000", 1000.0), ("1 000 000", 1e6), ("12\u202f345.5", 12345.5), ("pi/2", math.pi / 2)),
        *(("-π", -math.pi), ("3+4", 7.0), ("2·3", 6.0), ("(1 + 2)/4", 0.75), ("√2", math.sqrt(2))),
        *(("1 1/2", 1.5), ("ln 2", math.log(2)), ("2^-1", 0.5), ("−4", -4.0), ("50 %", 0.5)),
    ],
)
def test_arithmetic_and_blanks_between_thousands_are_a_number(text: str, value: float) -> None:
    assert read_value(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        *("1 5", "10 00", "1 0000", "e", "2*e", "a+b", "2a", "x = 3", "5 or 6", "<5", "0.333…", "0.3..."),
        *("3 kg", "1,5", "1 000,5", "sin(1, 2)", "5!", "10^400", "9^9^9^9", "0*inf", "√(-1)", "two", ""),
    ],
)
def test_what_may_mean_two_things_or_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_value(text)
