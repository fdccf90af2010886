"""LaTeX that is set as one thing and may be meant as another is refused, or read as it is meant."""

from __future__ import annotations

import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.errors import TextError
from nodegraph.core.latex.latex_functions import without_arguments
from nodegraph.core.latex.latex_signs import Piece


@pytest.mark.parametrize(
    ("text", "column", "name"),
    [
        (r"L = -\log p(x)", 11, "p"),
        (r"y = \ln f(x+1)", 9, "f"),
        (r"y = \exp g((x + 1)(x - 1))", 10, "g"),
        (r"y = \log q(y) + 1", 10, "q"),
        (r"y = \sin^2 f\left(x\right)", 12, "f"),
        (r"y = \log_{2} p\bigl(x\bigr)", 14, "p"),
        (r"y = \ln 2 p(x)", 11, "p"),
    ],
)
def test_a_function_without_brackets_of_a_function_that_is_not_there_is_refused(
    text: str, column: int, name: str
) -> None:
    with pytest.raises(TextError, match=rf"{name}\(…\) is read as a function") as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"y = \log p^2(x)", 10, r"write a letter for p(…), or p^2 \cdot (…)"),
        (r"y = \log 2 p_i^2(x)", 12, r"p_i^2(…) may be a power of a function or a product"),
        (r"y = \sin^2 f^{3}\left(x + 1\right)", 12, "f^3(…) may be a power"),
        (r"$p^2(x)$", 2, "p^2(…) may be a power"),
        (r"$f(x) = x^2, L = f^2(x)$", 18, r"write (f(…))^2, or f^2 \cdot (…)"),
    ],
)
def test_a_power_before_the_bracket_of_a_function_is_refused(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError, match=re.escape(said)) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"y = \log x (a + b)", "y = ln(x) × (a + b)"),
        (r"y = \log x \left(a + b\right)^2", "y = ln(x) × (a + b)²"),
        (r"y = \log (a)(b)", "y = ln(a) × b"),
        (r"$y = x^2(1 - x)$", "y = x² × (1 − x)"),
        (r"y = \log x^2 (a + b)", "y = ln(x²) × (a + b)"),
        (r"y = e^{2x}(x)", "y = e^(2 × x) × x"),
        (r"y = \sin 2x(a + b)", "y = sin(2 × x) × (a + b)"),
        (r"p(x) = x^2; L = \log p(x)", "L = ln(x²)"),
        (r"f(u) = u^2; L = \log f(\frac{x}{2})", "L = ln((x / 2)²)"),
    ],
)
def test_a_function_without_brackets_is_of_one_factor_or_of_a_function_that_is_stated(
    text: str, formula: str
) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("$y = x^10$", 8, r"only the first digit of 10 here; write ^{10}"),
        ("$y = 2^10 a$", 8, r"write ^{10}"),
        ("$y = x^2.5$", 8, r"write ^{2.5}"),
        (r"y = \frac{1}{x^12}", 16, r"write ^{12}"),
        (r"y = \sin^10 x", 10, r"write ^{10}"),
        (r"y = \log_10 x", 10, r"write \log_{10}"),
        (r"y = \sqrt12", 10, r"write \sqrt{12}"),
        (r"y = \frac{1}10", 13, r"write {10}"),
        (r"y = \frac123", 10, r"write {123}"),
    ],
)
def test_a_number_without_braces_of_which_latex_takes_one_digit_is_refused(
    text: str, column: int, said: str
) -> None:
    with pytest.raises(TextError, match=re.escape(said)) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("$y = x^2z$", "y = x² × z"),
        ("$y = x^2 10$", "y = x² × 10"),
        (r"y = \tfrac12 x^{10}", "y = 1 / 2 × x¹⁰"),
        (r"y = \sum_{i=1}^{2} \frac12 x_i", "y = 1 / 2 × x1 + 1 / 2 × x2"),
    ],
)
def test_a_digit_where_latex_takes_one_is_read(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        ("$z = weight*x$", 6, "weight"),
        ("$loss = (pred - target)^2$", 10, "pred"),
        ("$y = lr*g$", 6, "lr"),
        ("$L = err^2$", 6, "err"),
        (r"y = x^{abcd} \cdot 2", 8, "abcd"),
    ],
)
def test_letters_that_may_be_a_word_are_refused(text: str, column: int, word: str) -> None:
    with pytest.raises(TextError, match=f"^line 1.*{word} may be one name or a product") as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("$y = abc$", "y = a × b × c"),
        (r"$E = mgh + \frac{1}{2} mv^2$", "E = m × g × h + 1 / 2 × m × v²"),
        ("$y = a b c d$", "y = a × b × c × d"),
        (r"$y = \text{weight} x$", "y = weight × x"),
        ("$loss = a^2$, $J = loss x$", "J = loss × x"),
    ],
)
def test_letters_that_are_a_product_or_a_name_are_read(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


def test_a_line_with_a_sign_that_names_what_it_goes_on_with_says_what_it_lacks() -> None:
    with pytest.raises(TextError, match="goes on with the one above: begin it with a name and ="):
        parse(r"p &= \sigma(x) \\ &-\log p")


@pytest.mark.parametrize(
    "behind", [r"\; (1)", r"\quad (3.2a)", r"\text{ (loss)}", r"\quad \text{(forward pass)} \\\\"]
)
def test_what_is_said_of_an_equation_behind_it_is_no_factor(behind: str) -> None:
    assert formula_of(parse(rf"$y = 3 x + 2 t {behind}$")) == "y = 3 × x + 2 × t"


@pytest.mark.parametrize(
    "behind",
    [
        r"\; (\text{loss})",
        r"\quad (\text{squared error})",
        r"\; (\text{Eq. 3})",
        r"~(\mathrm{loss})",
        r", \qquad \left(\textit{loss}\right).",
        r"\quad [\text{mean} \; \text{loss}]",
    ],
)
@pytest.mark.parametrize("formula", ["(y - t)^2", "w x", r"2 \theta"])
def test_words_in_brackets_that_stand_apart_behind_a_formula_are_no_factor(formula: str, behind: str) -> None:
    assert formula_of(parse(rf"$L = {formula} {behind}$")) == formula_of(parse(rf"$L = {formula}$"))


def test_words_in_brackets_behind_each_line_of_a_block_are_no_factors() -> None:
    text = r"\begin{align} z &= w x && (\text{linear}) \\ a &= \tanh(z) \quad (\text{act.}) \end{align}"
    assert formula_of(parse(text)) == "a = tanh(w × x)"


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"$L = \log \; (\text{pred})$", "L = ln(pred)"),
        (r"$L = a \cdot \; (\text{score})$", "L = a × score"),
        (r"$L = 2 (\mathrm{price})$", "L = 2 × price"),
        (r"$\text{price} = 3$, $L = 2 \; (\text{price})$", "L = 2 × price"),
    ],
)
def test_a_word_in_brackets_that_is_an_operand_stays_one(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize("behind", [r"\, (\mathrm{loss})", r"(\text{squared error})"])
def test_words_in_brackets_that_may_be_a_factor_are_refused(behind: str) -> None:
    with pytest.raises(TextError, match=r"may be a factor or words about the formula; write \\cdot"):
        parse(rf"$L = (y - t)^2 {behind}$")


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (
            r"$z = w_ij x_j$",
            8,
            "LaTeX takes the i alone as the index here; write _{ij}, or a blank behind the i",
        ),
        (r"$z = w_max x$", 8, "LaTeX takes the m alone as the index here; write _{max}"),
        (r"$z = x_-1$", 8, "LaTeX takes the - alone here; set braces, as in _{-1}"),
        (r"$y = x^-1$", 8, "LaTeX raises the - alone here; set braces, as in ^{-1}"),
        (r"$y = \sigma'(z)$", 6, "σ'(…) may be a derivative, which the backward pass computes, or a product"),
        (r"$y = h'(x + 1)$", 6, r"write h' \cdot (…)"),
        (r"$y = \left\lfloor x \right\rfloor + 1$", 11, "no operation here cuts off decimals"),
        (r"y = \|x\|_0", 10, "of one number, only the norms _1, _2, _p, _F and _\\infty are |x|"),
        (r"y = \lVert x \rVert_{L^2}", 20, "of one number, only the norms"),
        (r"y = \langle w, x \rangle", 5, "and w_1 x_1 + w_2 x_2 for ⟨w, x⟩"),
        (r"$y = \left\langle x \right\rangle + 1$", 11, "this is no bracket of a formula; write ( and )"),
        (r"$y = \left< x \right> + 1$", 11, "this is no bracket of a formula; write ( and )"),
        (r"$a = \frac{1}{1+z}|_{z=2}$", 19, "a formula at one value is not read; give that value on a line"),
    ],
)
def test_a_sign_without_braces_or_a_mark_that_may_be_two_things_is_told(
    text: str, column: int, said: str
) -> None:
    with pytest.raises(TextError, match=re.escape(said)) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"$z = a_ib_i + x_1y_1$", "z = a_i × b_i + x1 × y1"),
        (r"$z = \sum_{i=1}^{2} w_ix_i$", "z = w1 × x1 + w2 × x2"),
        (r"$z = h' \cdot (x + 1)$", "z = h_prime × (x + 1)"),
        (r"$y = |x - |z||$", "y = |x - |z||"),
        (r"$y = ||x| - 1|z$", "y = ||x| - 1| × z"),
    ],
)
def test_indices_marks_and_bars_of_one_meaning_are_read(text: str, formula: str) -> None:
    assert formula_of(parse(text)).replace("−", "-") == formula


def test_names_that_are_set_as_vectors_are_told_to_be_numbers() -> None:
    told = parse(r"$z = \mathbf{w} \cdot \mathbf{x} + b$").remark
    assert told == "w and x, set as vectors, are one number each here."
    assert not parse(r"$z = \mathbf{w} x$").remark


@pytest.mark.parametrize(
    "text",
    [
        *(rf"y = \sigma\{size}l(w x\{size}r)" for size in ("big", "Big", "bigg", "Bigg")),
        *(rf"y = \sigma\{size}(w x\{size})" for size in ("big", "Big", "bigg", "Bigg")),
        *(
            r"y = \sigma{(w x)}",
            r"y = \sigma{\left(w x\right)}",
            r"y = {\sigma}(w x)",
            r"y = σ\Bigl(w x\Bigr)",
        ),
        *(r"y = \mathrm{\sigma}(w x)", r"y = \boldsymbol{\sigma}\left(w x\right)"),
    ],
)
def test_sigma_before_a_bracket_is_the_sigmoid_however_both_are_set(text: str) -> None:
    assert to_text(parse(text)) == to_text(parse(r"y = \sigma(w x)"))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"y = \frac{1}{\sigma}(x - \mu)", "y = (1 / σ) * (x - μ)"),
        (r"y = a^{\sigma}(1 + x)", "y = a ** σ * (1 + x)"),
        (r"y = \hat{\sigma}(1 + x)", "y = σ_hat * (1 + x)"),
    ],
)
def test_a_sigma_that_belongs_to_something_else_is_a_name(text: str, read: str) -> None:
    assert to_text(parse(text)) == to_text(parse(read))


@pytest.mark.parametrize("name", [r"\sigma_g", r"\sigma_{\text{g}}", r"\sigma_\mathrm{g}"])
def test_a_sigma_with_an_index_before_a_bracket_may_be_the_gate_of_a_network(name: str) -> None:
    with pytest.raises(TextError, match=r"σ_g\(…\) is read as .* and the sigmoid \\sigma\(…\)"):
        parse(rf"f_t = {name}(W_f x_t + b_f)")
    assert formula_of(parse(rf"v = {name}^2 (1 - r)")) == "v = σ_g² × (1 − r)"
    assert formula_of(parse(rf"v = {name} \cdot (1 - r)")) == "v = σ_g × (1 − r)"


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (
            r"f_t = \sigma_g(W_f x_t + b_f)",
            7,
            r"a product is written σ_g \cdot (…), and the sigmoid \sigma(…)",
        ),
        (r"y = 2\sigma_{\text{g}}\left(w x + b\right)", 6, r"σ_g \cdot (…), and the sigmoid \sigma(…)"),
        (r"y = \sigma_1(z_1)", 5, r"σ1 \cdot (…), and the sigmoid \sigma(…)"),
        (
            r"y = \varphi_h(w x + b)",
            5,
            r"φ_h(…) is read as a function, and there is none of this name; a product",
        ),
        (
            r"y = \mathrm{act}_g(w x + b)",
            5,
            r"act_g(…) is read as a function, and there is none of this name",
        ),
    ],
)
def test_a_function_with_an_index_is_no_factor_of_the_bracket_behind_it(
    text: str, column: int, said: str
) -> None:
    with pytest.raises(TextError) as caught:
        parse(text)
    assert said in caught.value.message
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"\sigma_x = 2 \\ y = \mu + \sigma_x (z + 1)", "y = μ + σ_x * (z + 1)"),
        (r"y = \frac{x-\mu}{\sigma_x} + \sigma_x (z + 1)", "y = (x - μ) / σ_x + σ_x * (z + 1)"),
        (r"y = \sigma_x^2 + \sigma_x (z + 1)", "y = σ_x ** 2 + σ_x * (z + 1)"),
        (r"y = \hat\sigma_x (z + 1)", "y = σ_hat_x * (z + 1)"),
        (r"y = \sigma_x \cdot (z + 1)", "y = σ_x * (z + 1)"),
        (r"h = h_{t-1} (1 - z_t)", "h = h_t_minus_1 * (1 - z_t)"),
        (r"\sigma_g(z) = 2z \\ y = \sigma_g(w x + b)", "y = 2 * (w * x + b)"),
    ],
)
def test_a_spread_that_stands_by_itself_too_is_a_factor(text: str, read: str) -> None:
    assert to_text(parse(text)) == to_text(parse(f"σ_x = 2; {read}" if "= 2 " in text else read))


def test_names_of_functions_are_looked_for_in_work_that_grows_with_the_text() -> None:
    def work(count: int) -> int:
        """Characters of pieces that are looked at."""
        looks = 0

        class Watched(Piece):
            __slots__ = ()

            def __getattribute__(self, name: str) -> object:
                nonlocal looks
                looks += name == "text"
                return super().__getattribute__(name)

        pieces = [
            Watched(text, number, ends=text not in "(*+\n", begins=text not in ")*+\n")
            for number in range(count)
            for text in (f"σ_{number}", "*", "(", "2", ")", "+", f"σ_{number}", "\n")
        ]
        without_arguments(pieces)
        return looks

    assert work(400) < 2.5 * work(200)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"y = e^{(s + z)(s - z)}", "y = e^((s + z) × (s − z))"),
        (r"y = x^{\left(s + z\right) \cdot \left(s / 10\right)}", "y = x^((s + z) × (s / 10))"),
        (r"y = x^{(s + 1) - (z + 2)} w", "y = x^(s + 1 − (z + 2)) × w"),
        (r"y = x^{(s + 1)} w", "y = x^(s + 1) × w"),
        (r"y = \sin{(s + 1)(z + 2)}", "y = sin((s + 1) × (z + 2))"),
    ],
)
def test_all_of_an_exponent_that_begins_and_ends_with_brackets_is_raised(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize(
    "text", [r"\frac{a}{b} + 1 = y", "a + b = y", r"$a \cdot b = y$", "m = 2\na + b = y  # the sum"]
)
def test_a_formula_before_its_name_is_turned_round(text: str) -> None:
    with pytest.raises(TextError, match="the name stands first: y = …"):
        parse(text)


def test_a_product_with_its_sign_is_no_name_left_of_the_equals_sign() -> None:
    assert parse(r"m v = \frac{p}{2}").output == "mv"
    with pytest.raises(TextError, match="a statement is a name, =, and a formula"):
        parse(r"m \cdot v = \frac{p}{2}")


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"y = \log_2(x)^2", "y = (ln(x) / ln(2))²"),
        (r"y = \log_{10}\left(x\right)^{(a)(b)} w", "y = (ln(x) / ln(10))^(a × b) × w"),
        (r"y = \log_2^2 x", "y = (ln(x) / ln(2))²"),
        (r"y = \log_2 x^2", "y = ln(x²) / ln(2)"),
        (r"$h = \frac{a}{b}$, $y = h \log_2(x + 1)$", "y = a / b × (ln(x + 1) / ln(2))"),
    ],
)
def test_a_power_behind_a_logarithm_is_of_all_of_it(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula
