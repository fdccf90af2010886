"""Words and numbers that stand behind a formula of LaTeX and say something of it."""

from __future__ import annotations

import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    "behind",
    [
        r"\quad \text{loss}",
        r"\qquad \text{squared error}.",
        r"\hfill \textit{loss}",
        r", \text{ the loss}",
        r"\quad \mathrm{(loss)}",
        r"\quad \textbf{(loss)}",
        r"& \text{loss} \\",
        r"\qquad (\ast)",
        r"\quad (**)",
        r"\quad (ii)",
        r"\quad (A.1)",
    ],
)
@pytest.mark.parametrize("formula", ["(y - t)^2", "w x", r"2 \theta"])
def test_what_stands_apart_behind_a_formula_is_no_factor(formula: str, behind: str) -> None:
    assert formula_of(parse(rf"$L = {formula} {behind}$")) == formula_of(parse(rf"$L = {formula}$"))


def test_words_before_the_comma_of_the_next_formula_are_no_factor() -> None:
    graph = parse(r"$z = w x \quad (\text{forward}), \quad L = z^2 \quad \text{loss}$")
    assert formula_of(graph) == "L = (w × x)²"


def test_words_that_join_two_formulas_join_them() -> None:
    assert formula_of(parse(r"$L = z^2 \quad \text{where} \quad z = w x$")) == "L = (w × x)²"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (r"$L = (y-t)^2 (\text{loss})$", 15),
        (r"$L = x^2(\text{price})$", 10),
        (r"$L = w x (\text{loss})$", 11),
        (r"$L = (y-t)^2 \text{loss}$", 14),
        (r"$L = \eta \; \text{grad}$", 14),
        (r"$F = m a \; \text{N}$", 13),
    ],
)
def test_words_behind_a_formula_that_may_be_a_factor_are_asked_for(text: str, column: int) -> None:
    with pytest.raises(TextError, match=r"may be a factor or words about the formula; write \\cdot") as told:
        parse(text)
    assert told.value.column == column


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"$L = 2 \text{price}$", "L = 2 × price"),
        (r"$L = \text{price} \cdot \text{count}$", "L = price × count"),
        (r"$\text{lr} = 0.1$, $d = g \, \text{lr}$", "d = g × lr"),
        (r"$y = x \, \mathrm{net}$", "y = x × net"),
        (r"$y = \log \text{loss}$", "y = ln(loss)"),
        (r"$y = - \text{loss}$", "y = -loss"),
    ],
)
def test_a_word_that_is_an_operand_stays_one(text: str, formula: str) -> None:
    assert formula_of(parse(text)).replace("−", "-") == formula


@pytest.mark.parametrize("aside", [r"(\text{with } t = 3)", r"[\text{for } t > 0]", r"(\mbox{if } t = 3)"])
def test_a_formula_in_brackets_behind_another_one_is_no_factor(aside: str) -> None:
    said = (
        "what stands in this bracket is no factor; leave it out, or write what it says on a line of its own"
    )
    with pytest.raises(TextError, match=re.escape(said)):
        parse(rf"$y = w t \quad {aside}$")


@pytest.mark.parametrize(
    "text",
    [
        r"(a) $z = w x$ \\ (b) $a = \tanh(z)$",
        "1) $z = w x$\n2) $a = \\tanh(z)$",
        "1. $z = w x$ 2. $a = \\tanh(z)$",
        r"\textbf{Step 1:} z = w x \\ \text{Forward: } a = \tanh(z)",
        r"\begin{align} \text{Forward:} \quad z &= w x \\ \text{and:} \; a &= \tanh(z) \end{align}",
    ],
)
def test_what_counts_formulas_or_names_them_is_none(text: str) -> None:
    graph = parse(text)
    assert formula_of(graph) == "a = tanh(w × x)"
    assert sorted(node.name for node in graph.nodes()) == ["a", "w", "x", "z"]


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"$$\boxed{L = (y-t)^2}$$", "L = (y - t)²"),
        (r"$\boxed{a = 1, b = 2}, c = ab$", "c = a × b"),
        (r"$\boxed{y = \frac{x}{2}}$", "y = x / 2"),
        (r"$y = \boxed{w x} + b$", "y = w × x + b"),
    ],
)
def test_a_statement_may_stand_in_a_box(text: str, formula: str) -> None:
    assert formula_of(parse(text)).replace("−", "-") == formula
