"""Absolute values between bars: behind functions, products, and norms of one number; sums of many terms."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.errors import TextError
from nodegraph.core.notation.formula_signs import NO_UNIT, REFUSED

OF_VECTORS = REFUSED["⊗"]


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("y = w•x ✕ v\u2010b", "y = w × x × v − b"),
        ("y = w ⊙ x\u2009+\u202fb", "y = w × x + b"),
        ("w = m̂/(√v̂ + x²)", "w = m̂ / (√v̂ + x²)"),
        ("f = ln|x|", "f = ln(|x|)"),
        ("f = ln |x - 1| + sqrt|x|", "f = ln(|x − 1|) + √|x|"),
        ("f = |sin|x||", "f = |sin(|x|)|"),
        ("L = d² + λ·‖w‖²", "L = d² + λ × |w|²"),
        ("f = ||x|-2|", "f = ||x| − 2|"),
        ("ｆ＝［ｘ＋１］".replace("［", "（").replace("］", "）") + "＾２／４", "f = (x + 1)² / 4"),
        ("y ＝ ｜x｜", "y = |x|"),
        ("y = ∆x·2", "y = Δx × 2"),
        ("y = w⨉x ➖ b﹣1", "y = w × x − b − 1"),
    ],
)
def test_bars_are_read(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("f = 2|x|", 6, "write * between two factors"),
        ("f = |a||b|", 8, "write * between two factors"),
        ("f = a || b", 7, "there is no operator ||; write what it computes"),
        ("y = x^1/2", 6, "the power may be 1/2 or 1; write ^(1/2) or (…^1)/2"),
        ("y = 3 + e ^ -1/20", 11, "the power may be -1/20 or -1; write ^(-1/20) or (…^-1)/20"),
        ("y = x^1/2.5", 6, "the power may be 1/2.5 or 1; write ^(1/2.5) or (…^1)/2.5"),
        (
            "y = 1 + x^2_1",
            11,
            "an index stands behind its name, as in x_1, and a number has _ between thousands only: 1_000",
        ),
        ("y = sinx", 5, "sinx may be sin(x) or one name; write sin(x), or begin with “sinx;”"),
        (
            "y = x_1x_2",
            5,
            "x_1x_2 may be the product x_1*x_2 or one name; write x_1*x_2, or begin with “x_1x_2;”",
        ),
        ("p = ρgh", 5, "ρgh may be the product ρ*g*h or one name; write ρ*g*h, or begin with “ρgh;”"),
        (
            "y = 1/(1 + jωRC)",
            12,
            "jωRC may be the product j*ω*R*C or one name; write j*ω*R*C, or begin with “jωRC;”",
        ),
        ("y = x ∘ z", 7, "∘ may be a product or a function of a function; write *, or f(g(x))"),
        ("y = x — 1", 7, "write - for a minus sign, and # before a remark"),
        ("y = a*b — forward", 9, "write - for a minus sign, and # before a remark"),
        ("R = R1 ∥ R2", 8, "there is no operator ∥; write what it computes, such as 1/(1/R1 + 1/R2)"),
        ("y = ［x + 1］*2", 5, "brackets are round here: ( and )"),
        ("y = ⟨x⟩", 5, "brackets are round here: ( and )"),
        ("y ：= x + 1", 3, "write = alone between a name and its formula"),
        ("y = 5‰*x", 6, "write a decimal for a number of thousandths, such as 0.005 for 5‰"),
        ("y = ⌊x⌋", 5, REFUSED["⌊"]),
        ("y = x ≪ 1", 7, REFUSED["≤"]),
        ("y = x*2。", 8, "leave out the full stop behind the formula"),
        ("y = x ⊗ z", 7, OF_VECTORS),
        ("y = x ⊕ z", 7, OF_VECTORS),
        (r"y = x \oplus z", 7, OF_VECTORS),
        ("L = 4.50 € * n", 10, NO_UNIT),
        ("L = £4.50*n", 5, NO_UNIT),
        ("L = $4.50*n", 5, NO_UNIT),
        ("L = 4.50 $*n", 10, NO_UNIT),
        ("y = $A$1*B$2^2", 5, "leave out the $: A1"),
        ("y = $A$1*$B$2", 5, "leave out the $: A1"),
        ("y = max{0, x}", 8, "brackets are round here: ( and )"),
        ("y = [a + b]*c", 5, "brackets are round here: ( and )"),
        ("y = {a + b}*c", 5, "brackets are round here: ( and )"),
        ("y = 1'234.5*x", 6, "a number has no marks between thousands, as in 1000"),
        ("y = x″ + 2", 6, "a derivative cannot stand in a graph; it is what the backward pass computes"),
        ("syms x y; f = x*y", 1, "leave out syms: a name needs no line of its own"),
        ("t½ = ln(2)/λ", 2, "write 1/2*t, or a name such as t_half"),
        (
            "A = Pe^(r*t)",
            5,
            "Pe may be the product P*e or one name; write P*e^…, or begin with “Pe;”",
        ),
        (
            "N = N0e^(-λ*t)",
            5,
            "N0e may be the product N0*e or one name; write N0*e^…, or begin with “N0e;”",
        ),
        ("k = lnA - E", 5, "lnA may be ln(A) or one name; write ln(A), or begin with “lnA;”"),
        (
            "y = 1 000*x",
            7,
            "a number has no spaces, as in 1000, and * stands between two factors",
        ),
        ("f(x) = x^2. g(x) = 3*x", 13, "a new statement begins on a line of its own or behind a semicolon"),
        ("R = 100 Ω; I = 2*R", 9, "write the number alone, without a unit, or * between two factors"),
        ("p = 1013 hPa; y = 2*p", 10, "write the number alone, without a unit, or * between two factors"),
        ("P = 3 GW/h; y = 2*P", 7, "write the number alone, without a unit, or * between two factors"),
        ("E = 5 eV; y = E*2", 7, "write the number alone, without a unit, or * between two factors"),
        ("T = 20 °C", 8, "write the number alone, without a unit"),
        ("Q = m*c*(80°C - 20 °C)", 12, "write the number alone, without a unit"),
        ("T = 20℃", 7, "write the number alone, without a unit"),
        ("R = 4.7kΩ; U = R*I", 8, "write the number alone, without a unit, or * between two factors"),
        ("R = 10k; U = R*I", 7, "write 10e3 for 10k as a number, or * between two factors"),
        ("C = 2.2 µ; y = C*2", 9, "write 2.2e-6 for 2.2µ as a number, or * between two factors"),
        ("y = 10k*x", 7, "write * between two factors"),
        ("R = 1e3k; U = R*I", 8, "write * between two factors"),
        (
            "a = 45°; b = a*2",
            7,
            "angles are in radians; write x*pi/180 for x in degrees, and E0 for a name such as E°",
        ),
        ("a = 9.81 m/s²", 10, "write the number alone, without a unit, or * between two factors"),
        ("y = 2 m*v", 7, "write * between two factors"),
        (
            "if x > 0 then y = x else y = 0",
            10,
            "a choice cannot stand in a graph; write relu(x), max(a, b) or min(a, b), or the case that you "
            "mean",
        ),
        ("y == x + 1", 3, "write = alone between a name and its formula"),
        ("x.add_(1)", 2, "add_ changes a value in place; give the new one a name: y = add(x)"),
        ("y = 1e-400*x", 5, "this number is too small to be told from 0"),
        ("y <- x*2", 3, "write = for <-"),
        ("y = max(0; x)", 10, "operands stand between commas: max(0, x)"),
        ("h = max(0; x); L = (h", 10, "operands stand between commas: max(0, x)"),
        ("h = tanh(w*x; L = (h - y)**2", 9, "a bracket is opened here and never closed"),
        ("h = (max(0, x); L = (h - y)**2; M = L", 5, "a bracket is opened here and never closed"),
        ("y => x", 3, "an arrow cannot stand in a formula; write = between a name and its formula"),
        ("FV = PV(1+i)", 6, "there is no function PV; write PV*(x) for a product"),
    ],
)
def test_what_signs_may_mean_is_told(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError) as told:
        parse(text)
    assert (told.value.column, told.value.message) == (column, said)


@pytest.mark.parametrize("sign", [" + ", " * ", " - "])
def test_a_sum_of_very_many_terms_is_told_as_that_and_how_it_is_read(sign: str) -> None:
    terms = [f"x{number}" for number in range(3000)]
    with pytest.raises(TextError, match=r"too many signs in a row; write a long sum as add\(a, b, c\)"):
        parse(f"y = {sign.join(terms)}")
    assert len(parse(f"y = add({', '.join(terms)})")) == 3001


@pytest.mark.parametrize("text", ["y = Re^0.8", "y = rate^n", "Pe; A = Pe^n", "Pe = 3; A = Pe^n", "y = e^x"])
def test_a_name_that_ends_in_e_may_be_raised(text: str) -> None:
    assert "^" in formula_of(parse(text))


@pytest.mark.parametrize("name", ["θmax", "ρair", "θin", "ωij", "ηlr", "dθdt", "Δx"])
def test_a_greek_letter_before_a_word_is_a_name(name: str) -> None:
    assert parse(f"y = {name}*2").node(name).op == "input"


def test_powers_that_are_divided_and_thousands_are_read() -> None:
    assert formula_of(parse("y = x^2/2 + x^(1/2) + x**1/3")) == "y = x² / 2 + x^(1 / 2) + x¹ / 3"
    assert formula_of(parse("y = 1_000*x_1_2 + 0xF_F")) == "y = 1000 × x_1_2 + 255"


@pytest.mark.parametrize(
    "text", ["y = a + -b", "y = a - +b", "y = a*-b", "y = -+b", "y = a--b", "y = a*b # +- c"]
)
def test_signs_that_are_no_plus_minus_are_read(text: str) -> None:
    assert parse(text).remark == ""


def test_plus_and_minus_side_by_side_in_a_program_are_told() -> None:
    graph = parse("import math\np = 4.0\nx = -p/2 +-math.sqrt(p)\n")
    assert graph.remark == "“+-” in line 3 is a plus and a minus sign, as in Python, and no ±."
