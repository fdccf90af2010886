"""Formulas as chemists write them: ions with their charge, amounts in square brackets, pH, c(NaOH)."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        (r"K_a = \frac{[H^+][A^-]}{[\mathrm{HA}]}", ["H_plus", "A_minus", "HA"]),
        (r"K = [\mathrm{H}^{+}][\mathrm{OH}^{-}]", ["H_plus", "OH_minus"]),
        (r"K = [\mathrm{H_3O^+}][\mathrm{OH^-}]", ["H_3O_plus", "OH_minus"]),
        (r"K = [\mathrm{Ca^{2+}}][\mathrm{SO_4}^{2-}]", ["Ca_2plus", "SO_4_2minus"]),
        (r"y = x^{2-n} + z^{2}-w^{-a}", ["x", "n", "z", "w", "a"]),
    ],
)
def test_an_ion_is_named_by_its_charge(text: str, inputs: list[str]) -> None:
    assert [node.name for node in parse(text).nodes() if node.op == "input"] == inputs


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("c = 10^{-pH}", 10, r"pH may be one name or a product; write \text{pH} or p H"),
        (r"a = pK_a + \log_{10} q", 5, r"pK may be one name or a product; write \text{pK} or p K"),
        (r"K = \frac{[HA]}{b}", 12, "HA may be one name or a product"),
        (r"K = \frac{Na^+}{b}", 11, "Na may be one name or a product"),
        ("y = \\frac{1}{2} x^-1", 19, r"LaTeX raises the - alone here; set braces, as in ^{-1}"),
        ("K = [H+]*[OH-]", 5, "write a name in letters, such as H_ion, for [H+]"),
        ("K = c*[A^-]", 7, "write a name in letters, such as A_ion, for [A^-]"),
    ],
)
def test_what_may_be_one_name_or_a_product_is_asked(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError) as refused:
        parse(text)
    assert refused.value.column == column
    assert refused.value.message.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("c(NaOH) = n/V", "NaOH is in no formula; c(…) is called c here."),
        (r"c(\mathrm{H_3O^+}) = 10^{-\mathrm{pH}}", "H_3O^+ is in no formula; c(…) is called c here."),
        (r"L\left(\theta\right) = (y - t)^2", "θ is in no formula; L(…) is called L here."),
        ("P(A) = 0.3*q; R(B) = P*r", "A and B are in no formula; P(…) and R(…) are called P and R here."),
        ("E(w, b, c) = w*b", "c is in no formula; E(…) is called E here."),
        ("L(w) = (y - t)^2; y = w*x", ""),
        (r"L(w) = (y - t)^2; y = w \cdot x", ""),
        ("f(x) = x^2; y = 2*f(a)", ""),
        (r"c(x) = \frac{n}{x}", ""),
    ],
)
def test_an_argument_that_is_in_no_formula_is_told(text: str, said: str) -> None:
    assert whole_text_note(parse(text)) == said


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        (r"E_{\text{cell}} = E^0 - \frac{RT}{nF}\ln Q", ["E_circ", "R", "T", "n", "F", "Q"]),
        (r"E = E^{0} - \frac{RT}{nF} \ln Q", ["E_circ", "R", "T", "n", "F", "Q"]),
        (r"\mu = \mu^0 + RT\ln a", ["μ_circ", "R", "T", "a"]),
        (r"E_{cell} = E_{cell}^0 - \frac{x}{2}", ["E_cell_circ", "x"]),
        (r"E = E^\ominus - \frac{x}{2}", ["E_circ", "x"]),
        (r"E = E^{\standardstate} - \frac{x}{2}", ["E_circ", "x"]),
    ],
)
def test_a_standard_state_is_a_name_in_each_of_its_signs(text: str, inputs: list[str]) -> None:
    assert [node.name for node in parse(text).nodes() if node.op == "input"] == inputs


@pytest.mark.parametrize(
    "text",
    [
        r"P = \lambda^0 e^{-\lambda}",
        r"y = a \cdot x^0 + b \cdot x^{1} + \frac{x}{2}",
        r"y = x_{1}^0 + x_1 \cdot \frac{a}{2}",
        r"y = x_1^{0} + \sin x_{\mathrm{1}}",
    ],
)
def test_a_power_0_beside_other_powers_stays_one(text: str) -> None:
    assert "power" in [node.op for node in parse(text).nodes()]
    assert not [node.name for node in parse(text).nodes() if "circ" in node.name]
