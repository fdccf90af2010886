"""The sweep over words: a slice of it finds nothing, and its reader does find what is false."""

from __future__ import annotations

import math

import nightly
import pytest
from latex_lines import unicode_of
from printed_equations import Reader, why_false
from sweeps import words

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.explain import symbols

VALUES = {
    "a": 2.0, "b": 3.0, "e": 6.0, "y": 8.0, "x": 2.0, "∂y/∂x": 12.0, "∂y/∂x[2]": 4.0, "a.grad": 3.0,
    "m": -0.1, "z": 0.0, "h": 2000.0, "r": 0.0, "q": math.nan,
    "c": -1e-292, "k": -7e291, "u": math.inf, "l": 3e-162, "v": (3e-162 * 3e-162) ** 0.01,
}  # fmt: skip


def falsehoods(text: str) -> list[str]:
    return [found for sides in Reader(VALUES).equations(text) if (found := why_false(sides))]


@pytest.mark.parametrize("part", range(3))
def test_a_slice_of_random_graphs_is_told_in_true_words(part: int) -> None:
    findings = words.Findings()
    words.sweep(10, seed=part, findings=findings)
    assert findings.wrong == []
    assert findings.counts["equations"] > 1000
    assert findings.counts["equations in LaTeX"] > 300


def test_two_nodes_of_one_symbol_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(symbols, "is_plain", lambda trace, name: False)
    trace = run(parse("L = x1*x_1", x1=2, x_1=3))
    findings = words.Findings()
    words.check_trace("here", words.Printed(), trace, findings)
    assert findings.wrong == ["two nodes, one symbol, here: x_{1} is x1 and x_1"]


@pytest.mark.parametrize(
    "text",
    [
        "e = a × b = 2 × 3 = 7",
        "∂y/∂x = e = 4",
        "∂y/∂x = ∂y/∂x[2] = 1 + 2 × 1 = 3",
        "y = 2 / 3 = 0.666667",
        "y = 8 ≈ 8.01",
        "1001 × 1001 = 1.002e6",
        "1e−6² = 1e−12",
        "a sends 5 × 3 = 14 back to b, because e = a × b",
        "a.grad ← 1 + 2 × 2",
        "x = √2² = 4",
        "x = ln(−1) = 0",
        "1.21678e−308 + 1.21678e−308 = 2.43357e−308",
        "(−∞)² = −∞",
        "(1e200)² ≈ ∞",
        "2 × 3 → ∞",
        "−(1e200)² → ∞",
        "1 / (−0) = ∞",
    ],
)
def test_the_reader_finds_a_false_equation(text: str) -> None:
    assert falsehoods(text)


@pytest.mark.parametrize(
    "text",
    [
        "e = a × b = 2 × 3 = 6",
        "∂y/∂x[2] = e − a = 4",
        "y ≈ 2.66667 × 3 ≈ 8",
        "2 / 3 ≈ 0.666667",
        "(1e−6)² = 1e−12",
        "a.grad ← 1 + 2 × 1 = 3",
        "(1e200)² → ∞",
        "1 / (−0) = −∞",
        "w1 → y  −∞",
        "1 / 0 = ∞",
        "y = |−8| = 8",
        "max(a, 8) = 8",
        "e = 2 × 3 + …",
        "z = mean(m, 0.1)",
        "r = √(−1 / exp(h))",
        "q = (a^h) / (a^h)",
        "u = k × c^(k − 1)",
        "v = (l × l)^0.01",
        "1.21678e−308 + 1.21678e−308 = 2.43356e−308",
        "4.94066e−324 + 4.94066e−324 = 9.88131e−324",
        "(−∞)^0.08 = ∞",
        "(−∞)³ = −∞",
        "(−2.5)^∞ = ∞",
        "(−2.5)^(−∞) = 0",
        "1^NaN = 1",
    ],
)
def test_the_reader_lets_true_equations_pass(text: str) -> None:
    assert falsehoods(text) == []


def test_formulas_in_latex_are_read_as_the_same_text() -> None:
    latex = r"\frac{\partial y}{\partial x[2]} = \frac{-e}{x^{2}} \times \left(1 \times 10^{-6}\right)"
    assert unicode_of(latex, {name: name for name in "exy"}) == "∂y/∂x[2] = ((−e) / (x^(2))) × (1e−6)"


def test_a_number_with_an_exponent_is_one_number_in_latex_too() -> None:
    reader = Reader({"c": 5e-324, "y": math.log(5e-324)})
    [sides] = reader.equations(unicode_of(r"y = \ln\left(4.94066 \times 10^{-324}\right)", {}))
    assert why_false(sides) == ""
    assert unicode_of(r"a \times 10^{3}", {}) == "a × 10^(3)"
    [sides] = Reader({}).equations(unicode_of(r"1 \times 10^{-6}^{2} = 1 \times 10^{-12}", {}))
    assert why_false(sides)


def test_what_is_kept_of_a_gradient_may_be_rounded_where_names_are_added_to_it() -> None:
    for kept, is_true in ((0.0, True), (1e-9, False)):
        reader = Reader({"a.grad": kept, "w.grad": -0.0625, "∂w/∂a": 3.58400191603097e-05})
        summed = "2.24e−6 + w.grad × ∂w/∂a ≈ 2.24e−6 + (−0.0625 × 3.584e−5) = 2.24e−6 + (−2.24e−6)"
        [sides] = reader.equations(f"a.grad ← {summed}")
        assert (why_false(sides) == "") is is_true


def test_the_sine_of_a_large_computed_angle_is_not_judged() -> None:
    reader = Reader({"a": 1e200, "b": 1.1, "y": math.cos(1e200 * 1.1), "z": math.cos(1e200)})
    [computed] = reader.equations("y = cos(a × b)")
    assert why_false(computed) == ""
    [given] = reader.equations("y = cos(a)")
    assert why_false(given)
    [right] = reader.equations("z = cos(a)")
    assert why_false(right) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It is is so.", "doubled word"),
        ("one more for each of 1 input", "plural with one"),
        ("1 of 2 have arrived", "plural with one"),
        ("a − −b", "sign upon sign"),
        ("f(x", "brackets"),
    ],
)
def test_slips_of_grammar_are_found(text: str, kind: str) -> None:
    assert kind in [found for found, _ in words.slips_in(text)]


def test_every_sweep_is_run_at_night() -> None:
    assert "words" in nightly.sweeps()
