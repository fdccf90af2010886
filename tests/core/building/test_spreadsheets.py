"""Powers of cells, which spreadsheets take otherwise, are told of; a c(…) that a text states is its own."""

from __future__ import annotations

import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError

OF_A_SIGN = "-A1^2 is -(A1^2) here, which a spreadsheet takes for (-A1)^2."
OF_TWO = "A power of a power is read from the right here, as in a^(b^c); a spreadsheet takes (a^b)^c."


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("-A1^2", OF_A_SIGN),
        ("y = -A1^2 + B1", OF_A_SIGN),
        ("B1*-A1**2", OF_A_SIGN),
        ("-AB12^3", "-AB12^n is -(AB12^n) here, which a spreadsheet takes for (-AB12)^n."),
        ("y = A1^B1^C1", OF_TWO),
        ("B1 - A1^2", ""),
        ("(-A1)^2", ""),
        ("-x^2", ""),
        ("-A1^2 + x", ""),
        ("side = A1^2; y = -side", ""),
        ("-(A1*2)^2", ""),
    ],
)
def test_powers_that_a_spreadsheet_takes_otherwise_are_told_of(text: str, note: str) -> None:
    assert whole_text_note(parse(text)) == note


def test_the_note_is_true() -> None:
    values = run(parse("y = -A1^2; z = A1^B1^C1", A1=3, B1=2, C1=3)).values
    assert (values["y"], values["z"]) == (-9, 3**8)


@pytest.mark.parametrize("stated", ["c(x, y) = x*y", "def c(x, y):\n    return x*y", "c = lambda x, y: x*y"])
def test_a_function_that_the_text_states_is_no_list_of_r(stated: str) -> None:
    with pytest.raises(TextError, match="there is no function foo"):
        parse(f"{stated}\nz = c(2, 3) + foo(x)")


def test_a_list_of_r_is_told_as_one() -> None:
    with pytest.raises(TextError, match=r"a list is written \[1, 2, 3\]"):
        parse("z = c(2, 3) + foo(x)")


EULER = "E is an input of 1 here; Euler's number is written e."
POTENTIAL = "E^0 is a power here, which is 1; a standard potential may be named E0."


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("y = E^x + 1", EULER),
        ("y = k*E**(-x/2)", EULER),
        (r"y = \frac{E^{-x}}{2}", EULER),
        ("y = E^0 + b", POTENTIAL),
        ("y = E^2", ""),
        ("y = E*x", ""),
        ("y = x^E", ""),
        ("E = 3; y = E^x", "E is a constant"),
        ("E = input(3); y = E^x", ""),
    ],
)
def test_an_e_that_may_be_eulers_number_or_a_standard_potential_is_told_of(text: str, note: str) -> None:
    told = whole_text_note(parse(text))
    assert told == note if note != "E is a constant" else EULER not in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("y = ³√x", r"there is no root ³√; write x**(1/3)"),
        ("y = 2³√x", r"³ may be a power or belong to the root: write * before √, or x**(1/3)"),
    ],
)
def test_a_root_with_its_degree_is_told_to_be_a_power(text: str, said: str) -> None:
    with pytest.raises(TextError, match=re.escape(said)):
        parse(text)
