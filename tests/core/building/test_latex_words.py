"""Letters side by side in LaTeX: products, and words that somebody typed without \\text."""

from __future__ import annotations

import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "word", "column"),
    [
        (r"$y = net x$", "net", 6),
        (r"$a = \sigma(net)$", "net", 13),
        (r"$L = (t - out)^2$", "out", 11),
        (r"$y = Sum + x$", "Sum", 6),
        (r"$w_1 = w_0 - lr g$", "lr", 14),
        (r"$w_1 = w_0 - g lr$", "lr", 16),
        (r"$w_1 = w_0 - lr \cdot g$", "lr", 14),
        (r"$w_1 = w_0 - \eta dw$", "dw", 19),
        (r"$w_1 = w_0 - \eta \, dw$", "dw", 22),
        (r"$w_1 = w_0 - \eta dw_1$", "dw", 19),
        (r"$y = \sigma(net_{h1})$", "net", 13),
        (r"$L = loss_1 + a$", "loss", 6),
    ],
)
def test_letters_that_may_be_a_word_are_asked_for(text: str, word: str, column: int) -> None:
    said = rf"{word} may be one name or a product; write \text{{{word}}} or {' '.join(word)}"
    with pytest.raises(TextError, match=re.escape(said)) as told:
        parse(text)
    assert told.value.column == column


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"$y = abc$", "y = a × b × c"),
        (r"$f = axy + bxz$", "f = a × x × y + b × x × z"),
        (r"$V = lwh$", "V = l × w × h"),
        (r"$p = \frac{nRT}{V}$", "p = n × R × T / V"),
        (r"$F = ab \times cd$", "F = a × b × c × d"),
        (r"$q = \frac{1}{2} \cdot mv^2$", "q = 1 / 2 × m × v²"),
        (r"$A = \pi ab$", "A = pi × a × b"),
        (r"$y = a + b + x + abx$", "y = a + b + x + a × b × x"),
        (r"$y = l r + lr g$", "y = l × r + l × r × g"),
        (r"$F = q d + dE + E$", "F = q × d + d × E + E"),
        (r"$net = w x, a = \sigma(net)$", "a = σ(net)"),
        (r"$y = wx_1 + mv_0^2$", "y = w × x1 + m × v0²"),
        (r"$net_{h1} = w x \\ a = \sigma(-net_{h1})$", "a = σ(-net_h1)"),
        (r"$ab_1 = 3, y = ab_1 x$", "y = ab1 × x"),
        (r"$L = \text{learning rate} \cdot g$", "L = learningrate × g"),
    ],
)
def test_letters_that_stand_alone_elsewhere_or_are_no_word_are_factors(text: str, formula: str) -> None:
    assert formula_of(parse(text)).replace("−", "-") == formula


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (r"$y = w x \text{ for all } x$", 10),
        (r"$y = x^2 \text{ if } x$", 10),
        (r"$L = -\log p \quad \text{if } y = 1$", 20),
        (r"$L = \text{learning rate} g$", 6),
        (r"$y = \text{the} x$", 6),
    ],
)
def test_prose_that_would_be_a_factor_is_refused(text: str, column: int) -> None:
    with pytest.raises(TextError, match="may be a factor or words about the formula") as told:
        parse(text)
    assert told.value.column == column


def test_a_product_across_quad_is_refused() -> None:
    with pytest.raises(TextError, match=r"\\quad parts what stands around it; write \\cdot before a factor"):
        parse(r"$y = w x \quad \text{for all } x$")


@pytest.mark.parametrize("between", [r"\quad", r"\qquad ", "&", r"& \quad", r", &"])
def test_formulas_that_stand_apart_in_a_line_are_several(between: str) -> None:
    text = rf"\begin{{align}} z &= w x + b {between} a &= \tanh(z) \\ L &= (a - t)^2 \end{{align}}"
    graph = parse(text)
    assert formula_of(graph).replace("−", "-") == "L = (tanh(w × x + b) - t)²"
    assert [node.name for node in graph.nodes() if node.name in "zaL"] == ["z", "a", "L"]


@pytest.mark.parametrize(
    "behind", [r"\; \forall x", r", \quad x \in \mathbb{R}", r" ∀ x", r"\quad (\exists x)"]
)
def test_for_which_values_a_formula_holds_is_to_be_left_out(behind: str) -> None:
    with pytest.raises(TextError, match="leave out for which values this holds"):
        parse(rf"$y = \max(0, x) {behind}$")


def test_an_index_may_stand_behind_the_mark_of_a_name() -> None:
    assert formula_of(parse(r"$x_{n+1} = x_n - \frac{f_n}{f'_n}$")).endswith("f_n / f_n_prime")


def test_an_upright_d_before_a_name_is_no_factor() -> None:
    with pytest.raises(TextError, match="an upright d is that of a derivative or an integral; leave it out"):
        parse(r"$y = x \, \mathrm{d}x$")
    assert formula_of(parse(r"$y = \mathrm{d} + x$")) == "y = d + x"
