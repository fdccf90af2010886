"""Formulas that go on in their next line, as wide ones do in a paper."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.errors import TextError
from nodegraph.core.latex.formula_latex import from_latex


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"\begin{align} z &= w x \\ &+ b \\ L &= z^2 \end{align}", "L = (w × x + b)²"),
        (r"L &= -y\log a \\ &\quad - (1-y)\log(1-a)", "L = −y × ln(a) − (1 − y) × ln(1 − a)"),
        (r"\begin{split} z &= w x \\[2mm] & {}- b \end{split}", "z = w × x − b"),
        (r"\begin{multline} L = a b \\ + c \end{multline}", "L = a × b + c"),
        ("\\begin{align}\nz &= w x \\nonumber\\\\\n&+ b\n\\end{align}", "z = w × x + b"),
        (r"z = (a + b) \\ \times c", "z = (a + b) × c"),
        (r"L = \left[ a b \\ + c \right] f", "L = (a × b + c) × f"),
    ],
)
def test_a_line_of_latex_that_begins_with_a_sign_goes_on_with_the_line_above(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize(
    "text",
    [
        "z = w*x\n+ b",
        "z = w*x\n- b*c",
        "z = w*x\n# the bias\n+ b",
        "z = w*x\n\n- b",
        "a*b\n\n\n- c*d",
        "a*b\n+ c",
        "$z = w x$\n$+ b$",
        "$$z = w x$$ $$- b$$",
    ],
)
def test_a_line_that_may_go_on_with_the_one_above_is_refused(text: str) -> None:
    with pytest.raises(TextError, match="this may go on with the line above; put both on one line"):
        parse(text)


def test_a_bracket_that_closes_in_another_line_is_refused() -> None:
    with pytest.raises(TextError, match="column 5: write what stands in this bracket on one line"):
        parse(r"L = \left(a b \right. \\ \left. + c\right) f")


@pytest.mark.parametrize("text", ["-x", "$-x$", "\n\n-x", r"\begin{align} &-x \end{align}"])
def test_a_first_line_may_begin_with_a_sign(text: str) -> None:
    assert formula_of(parse(text)).endswith("= −x")


@pytest.mark.parametrize(
    "text", ["p = sigmoid(z)\n-log(p)", "p = sigmoid(z); -log(p)", "a = 2\n\n-a*b", "a = 2\nb = 3*a\n\n-a*b"]
)
def test_a_line_with_a_minus_that_says_something_of_its_own_is_read(text: str) -> None:
    assert "= −" in formula_of(parse(text))


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("y_1 = w x_1\nL = \\sigma(y_1)", "y1 = w*x1\nL = sigmoid(y1)"),
        ("y_1 = w x_1\r\nL = \\sigma(y_1)", "y1 = w*x1\nL = sigmoid(y1)"),
        ("$$\nz = w x\n+ b\nL = \\tanh(z)\n$$", "z = w*x + b\nL = tanh(z)"),
        ("\\[\nz = w x \\\\\na = \\tanh(z)\nL = a^2\n\\]", "z = w*x\na = tanh(z)\nL = a**(2)"),
        ("\\hat{y} = w x\n\\mathcal{L}(w) = (\\hat{y} - t)^2", "y_hat = w*x\nL = (y_hat - t)**(2)"),
        ("L = \\frac12\n\\sum_{\ni=1}^{2} x_i", "L = ((1)/(2))*((x1) + (x2))"),
        ("L = c \\left(\na b\n+ d\\right)\nQ = L^2", "L = c*(a*b + d)\nQ = L**(2)"),
        ("a = 1,\nb = \\frac{a}{c}", "a = 1\nb = ((a)/(c))"),
    ],
)
def test_a_line_of_latex_that_says_what_another_name_is_ends_the_statement_above(
    text: str, python: str
) -> None:
    assert from_latex(text).text.strip() == python


def test_two_statements_in_one_line_of_latex_are_told_how_statements_end() -> None:
    with pytest.raises(TextError, match=r"column 22: .*end the first with \\\\ or an empty line"):
        parse(r"y = \frac{a}{b} \; z = y")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (r"$\hat{y} = \sigma(z) = \frac{1}{1 + e^{-z}}$", 22),
        (r"$y = f(x) = x^2$", 11),
        (r"$L = \mathrm{CE}(p) = -\log p$", 21),
        (r"$z = w x = 3$", 10),
    ],
)
def test_a_second_sign_in_a_statement_of_latex_is_told(text: str, column: int) -> None:
    with pytest.raises(TextError, match="a statement has one =; leave out what says the same again") as told:
        parse(text)
    assert told.value.column == column
