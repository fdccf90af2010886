"""Powers of cells, an E, roots, degrees, functions of other programs: read as they are meant, or told of."""

from __future__ import annotations

import math
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("y = sind(30)*x", "write sin(x*pi/180)"),
        ("y = cospi(x)", "write cos(pi*x)"),
        ("y = log3(x)", "write log(x)/log(3)"),
        ("y = sin2(x)", "write sin(x)**2"),
        ("y = prelu(x)", "write max(x, a*x)"),
        ("y = 30 deg", "angles are in radians; write x*pi/180 for x in degrees: 30*pi/180"),
        ("y = sin(30º)", "angles are in radians"),
        (r"$\theta = 30\degree$", "angles are in radians"),
        (r"$\theta = \ang{30}$", "angles are in radians"),
        (r"$\theta = 30\textdegree$", "angles are in radians"),
        (r"$\theta = 30\,\si{\degree}$", "angles are in radians"),
        (r"$\theta = \SI{30}{\degree}$", "angles are in radians"),
        (r"$F = \SI{5}{\newton}$", "write the number alone, without a unit"),
    ],
)
def test_what_is_written_in_place_of_a_function_is_the_same(text: str, said: str) -> None:
    with pytest.raises(TextError, match=re.escape(said)):
        parse(text)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("f\\left(x\\right)=x^{2}e^{-x}\nf\\left(2\\right)", "f", 4 / math.e**2),
        ("f(x) = x^3\ndiff(f(x), x).subs(x=2)", "f", 8.0),
        (r"\begin{array}{ll} r = \tanh(x) + 1 \\ z = r x \end{array}", "z", 1 + math.tanh(1)),
    ],
)
def test_a_function_at_a_number_and_equations_in_an_array_are_read(
    text: str, name: str, value: float
) -> None:
    graph = parse(text)
    assert graph.output == name
    assert run(graph).values[name] == pytest.approx(value, rel=1e-12)


def test_an_array_without_an_equation_is_refused() -> None:
    with pytest.raises(TextError, match="a matrix or a table cannot stand in a graph"):
        parse(r"y = \begin{array}{cc} 1 & 2 \end{array}")
