"""LaTeX that says another thing on paper than it seems to say as it is typed."""

from __future__ import annotations

import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"$y = {a+b}^2$", 6, "braces are not seen on paper; write ( and )"),
        (r"$y = {a+b} c$", 6, "braces are not seen on paper"),
        (r"$y = c{a-b}$", 7, "braces are not seen on paper"),
        (r"$y = {-a}^2$", 6, "braces are not seen on paper"),
        (r"$y = {ab}^2$", 6, "braces are not seen on paper"),
        (r"$\eta = 1e-3$", 9, r"1e-3 may be a number or a product with e; write 1 \cdot 10^{-3}"),
        (r"$\eta = 2.5e+3$", 9, r"2.5e+3 may be a number or a product with e; write 2.5 \cdot 10^{+3}"),
        (r"$\eta = 2e5$", 10, r"e5 may be a name or a product; write 2 \cdot 10^{5} or e \cdot 5"),
        (
            r"$y = \scalebox{2}{x}$",
            6,
            r"\scalebox is not known here; leave it out, or write what it says",
        ),
    ],
)
def test_what_is_set_otherwise_than_it_is_typed_is_refused(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError, match=re.escape(said)) as told:
        parse(text)
    assert told.value.column == column


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"$y = {a+b}$", "y = a + b"),
        (r"$y = {(a+b)}^2 + {x_1}^2$", "y = (a + b)² + x1²"),
        (r"$y = \frac{{a+b}}{c} + \exp{a+b}$", "y = (a + b) / c + exp(a + b)"),
        (r"$y = 2e^{x} + 2e - 3$", "y = 2 × e^x + 2 × e - 3"),
        (r"$z = x^2_1 + x^{n}_2$", "z = x1² + x2^n"),
    ],
)
def test_braces_numbers_and_indices_of_one_meaning_are_read(text: str, formula: str) -> None:
    assert formula_of(parse(text)).replace("−", "-") == formula


def test_what_a_function_of_a_number_is_made_of_is_of_that_number() -> None:
    graph = parse(r"$f(x) = a x,\ g(x) = f(x) + 1,\ y = g(2)$", a=3)
    assert run(graph).values["y"] == 7
