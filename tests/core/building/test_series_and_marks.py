"""Sums before letters, accents beside letters, charges, equation numbers, types of C, imaginary units."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import text_of, to_text
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("y = Σxᵢ", "write its terms out, x1 + x2 + x3, or begin with “Σx_i;”"),
        ("m = ΣX/N", "write its terms out, X1 + X2 + X3"),
        ("y = Σxy", "write its terms out, x1*y1 + x2*y2"),
        ("y = 2*Πxᵢ", "write its factors out, x1*x2*x3"),
        ("y = Σwᵢxᵢ", "w1*x1 + w2*x2"),
        ("L = ∑ᵢ (yᵢ − ŷᵢ)²", "write the terms of the sum out: (y1 − ŷ1)² + (y2 − ŷ2)²"),
        ("L = −∑ᵢ yᵢ·log(ŷᵢ)", "y1·log(ŷ1) + y2·log(ŷ2)"),
        ("P = ∏ᵢ pᵢ", "write the factors of the product out: p1*p2*p3"),
    ],
)
def test_a_sum_before_letters_is_refused_with_its_terms(text: str, example: str) -> None:
    with pytest.raises(TextError, match=r"may be|write the") as refusal:
        parse(text)
    assert example in str(refusal.value).splitlines()[0]


def test_a_sum_that_the_text_names_is_one_name() -> None:
    assert run(parse("Σx = 12; n = 4; m = Σx/n")).values["m"] == 3
    assert {node.name for node in parse("Σ11 = a*b; y = Σ11 + Σ_x").nodes()} >= {"Σ11", "Σ_x"}


@pytest.mark.parametrize("name", ["Σx", "w1x1", "sinx", "πr", "maxx"])
def test_an_input_whose_name_may_mean_something_else_comes_back_from_text(name: str) -> None:
    graph = parse(f"{name}; y = {name}*x")
    for text in (to_text(graph), text_of(graph)):
        assert {node.name for node in parse(text).nodes()} == {name, "x", "y"}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("yˆ = w*x", "ŷ = w*x"),
        ("L = (ˆy − y)²", "L = (ŷ - y)**2"),
        ("y = x¯ + x˜", "y = x̄ + x̃"),
        ("y = 2*xˆ2 + (a + b)ˆ(3)", "y = 2*x**2 + (a + b)**3"),
        ("ŷ ≔ w·x + b", "ŷ = w*x + b"),
        ("y ≝ a + b", "y = a + b"),
        ("x = 2; y = tanh(x); disp(y)", "x = 2; y = tanh(x)"),
        ("x = 2\ny = x*x\nprintln(y)", "x = 2; y = x*x"),
        (r"c_{\mathrm{OH}^-} = K_w / c_{\mathrm{H}^{+}}", "c_OH_minus = K_w/c_H_plus"),
        (r"\mathrm{p}K_a = \mathrm{p}H + \mathrm{p}OH", "pK_a = pH + pOH"),
        (r"F = \varrho\, g {\cdot} V {+} 1", "F = ρ*g*V + 1"),
        (r"FL(p_t) = -\alpha p_t^2", "FL = -α*p_t**2"),
        (r"KL(p,q) = p \log\frac{p}{q}; L = KL(p,q) + r", "KL = p*log(p/q); L = KL + r"),
        (r"q = 2 c_{\text{Ca}^{2+}} - c_{\text{SO}_4^{2-}}", "q = 2*c_Ca_2plus - c_SO4_2minus"),
    ],
)
def test_marks_that_people_copy_along_are_read(text: str, same: str) -> None:
    assert text_of(parse(text)) == text_of(parse(same))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("y = xˆz", r"write \^ for a power"),
        ("y = q⊤k", "a transpose belongs to a vector"),
        ("y = w⊺*x", "a transpose belongs to a vector"),
        ("y = maxx", r"write max\(x, …\), or begin with “maxx;”"),
        ("y = max x", r"a function has its operand in brackets: max\(a, b\)"),
        ("y = a*b    (3.2)", "begin what stands behind a formula with #"),
        ("E = ½·k·x²   (3.2a)", "begin what stands behind a formula with #"),
        ("y = k·[A]²·[B]", r"write a name, such as A, for \[A\]"),
        ("K = [H⁺]·[OH⁻]", r"write a name in letters, such as H_ion, for \[H⁺\]"),
        ("long a = 3;", "leave out long: a = …"),
        ("byte b = 2", "leave out byte: b = …"),
        ("bool on = 1", "leave out bool: on = …"),
        ("uint16_t raw = 512;", "leave out uint16_t: raw = …"),
        ("volatile float w = 0.5;", "leave out volatile float: w = …"),
        ("void setup() {\n  x = 1;\n}", "paste the lines that compute something, without their types"),
        ("int main(void) {\n  double x = 2.0;\n}", "paste the lines that compute something"),
    ],
)
def test_what_is_no_formula_is_told_with_what_to_write_instead(text: str, said: str) -> None:
    with pytest.raises(TextError, match=said):
        parse(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("y = exp(i*x)", "i"),
        ("psi = A*exp(i*(k*x - w*t))", "i"),
        (r"\psi = A e^{i(kx - \omega t)}", "i"),
        ("Z = R + j*w*L", "j"),
        ("Z = R + 1/(j*w*C)", "j"),
        ("V = R*i + E", ""),
        ("U = i*R*exp(-t/T)", ""),
        ("y = a*j", ""),
        ("j = 2; Z = R + j*X", ""),
    ],
)
def test_an_input_that_stands_as_the_imaginary_unit_is_told_to_be_none(text: str, unit: str) -> None:
    said = f"{unit} is an input of 1 here, as a graph has no complex numbers"
    note = whole_text_note(parse(text))
    assert (said in note) if unit else ("complex" not in note)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("w2 = w - eta*(dL/dw)", True),
        ("MRS = -dy/dx", True),
        ("dL = 2*e; w2 = w - dL/dw", False),
        ("v = ds/t", False),
        ("r = distance/duration", False),
    ],
)
def test_a_quotient_of_two_inputs_that_looks_like_a_derivative_is_told(text: str, is_told: bool) -> None:
    assert ("is a quotient of two inputs here" in whole_text_note(parse(text))) is is_told


def test_no_argument_that_stands_in_a_formula_is_told_to_be_in_none() -> None:
    for sign in (";", ","):
        assert "in no formula" not in whole_text_note(parse(rf"f(x{sign} \lambda) = \lambda x"))


@pytest.mark.parametrize(
    "lines",
    [
        "plt.plot(x, y)\nplt.show()",
        "fig, ax = plt.subplots()\nax.plot(x, y)\nax.set_title('a')",
        "p, = plt.plot(np.linspace(0, 1, 10), y)",
        "plots = plt.figure()\npart = plots.add_subplot(111)\npart.plot(x, y)",
        "fig, axs = plt.subplots(1, 2)\naxs[0].plot(x, y)\naxs[0].grid = True",
        "plt.rcParams['font.size'] = 12",
    ],
)
def test_pictures_that_a_notebook_makes_are_left_out(lines: str) -> None:
    imported = "import numpy as np\nimport matplotlib.pyplot as plt\n"
    graph = parse(f"{imported}x = 2.0\ny = x**2\n{lines}")
    assert {node.name for node in graph.nodes()} == {"x", "y"}


def test_what_a_picture_gives_a_name_is_no_input_of_a_formula() -> None:
    with pytest.raises(TextError, match="there is no function hist"):
        parse("import matplotlib.pyplot as plt\nn = plt.hist(3.0)\ny = 2*n")
