"""Powers of cells, which spreadsheets take otherwise, are told of; a c(…) that a text states is its own."""

from __future__ import annotations

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
