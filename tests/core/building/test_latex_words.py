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
        (r"$V = lwh$", "V = l × w × h"),
        (r"$p = \frac{nRT}{V}$", "p = n × R × T / V"),
        (r"$F = ab \times cd$", "F = a × b × c × d"),
        (r"$q = \frac{1}{2} \cdot mv^2$", "q = 1 / 2 × m × v²"),
        (r"$A = \pi ab$", "A = pi × a × b"),
        (r"$y = a + b + x + abx$", "y = a + b + x + a × b × x"),
        (r"$y = l r + lr g$", "y = l × r + l × r × g"),
        (r"$F = q d + dE + E$", "F = q × d + d × E + E"),
        (r"$net = w x, a = \sigma(net)$", "a = σ(net)"),
    ],
)
def test_letters_that_stand_alone_elsewhere_or_are_no_word_are_factors(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula
