"""LaTeX as textbooks of physics and chemistry have it: differences, standard states, units, degrees."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"\Delta G = \Delta H - T\Delta S", "ΔG = ΔH − T × ΔS"),
        (r"v = \frac{\Delta x}{\Delta t}", "v = Δx / Δt"),
        (r"Q = m c \Delta\theta", "Q = m × c × Δθ"),
        (r"y = \sum_{i=1}^{2} \Delta x_i", "y = Δx1 + Δx2"),
        (r"x = \frac{\sqrt{\Delta}}{2a}", "x = √Δ / (2 × a)"),
        (r"\Delta G^\circ = -RT \ln K", "ΔG_circ = −R × T × ln(K)"),
        (r"z = \underbrace{w x}_{\text{linear}} + b", "z = w × x + b"),
        (r"t_{1/2} = \frac{\ln 2}{k}", "t_1_over_2 = ln(2) / k"),
        (r"E = \hbar\omega", "E = hbar × ω"),
        (r"MPC = \frac{a}{b}; m = \frac{1}{1 - MPC}", "m = 1 / (1 − MPC)"),
        (r"ab = \frac{c}{2}; y = a \cdot b + ab", "y = a × b + c / 2"),
        (r"y = 1/2 x + \alpha", "y = 1 / 2 × x + α"),
        (r"k = A e^{-E_a/(RT)}", "k = A × e^(−E_a / (R × T))"),
        (r"y = 50\% x", "y = 0.5 × x"),
        (r"L = \lambda\sum_{i=1}^{2}|w_i|", "L = λ × (|w1| + |w2|)"),
        (r"y = \left|\sum_{i=1}^{2} x_i\right| + |\sum_{i=1}^{2} x_i| z", "y = |x1 + x2| + |x1 + x2| × z"),
        (r"y = \sum_{i=1}^{2}|x_i||z_i|", "y = |x1| × |z1| + |x2| × |z2|"),
        (r"y = \operatorname{ReLU}^2(x) + tanh^2(x)\cdot a", "y = (relu(x))² + (tanh(x))² × a"),
        (r"y = \bar x^2 - x^2", "y = x_bar² − x²"),
        (r"y = \hat x_1 - \hat{x}_1 - \hat{\mathbf{x}}_1", "y = x_hat1 − x_hat1 − x_hat1"),
        (r"$$y = a b \qquad (3.1)$$", "y = a × b"),
        (r"y = \frac{1}{2}sin x + \frac{ln 2}{a}", "y = 1 / 2 × sin(x) + ln(2) / a"),
        (r"\text{GELU}\left(x\right) = x\sigma(1.702x)", "GELU = x × σ(1.702 × x)"),
        (r"\text{swish}(x) := x\sigma(\beta x), y = \text{swish}(a)", "y = a × σ(β × a)"),
        (r"\operatorname{sinh}(x) = \frac{e^x-e^{-x}}{2}", "sinh = (e^x − e^(−x)) / 2"),
        (r"y = \ln x / \ln 2 + \sin{x}/2", "y = ln(x) / ln(2) + sin(x) / 2"),
        (r"y = 2\frac{a}{b} + 2^2\frac{1}{2}", "y = 2 × (a / b) + 2² × (1 / 2)"),
        (r"y = e^{-x}/√(2\pi)", "y = e^(−x) / √(2 × pi)"),
        (r"\text{pH} = -\log_{10}[\mathrm{H}^+]", "pH = −(ln(H_plus) / ln(10))"),
        (r"y = x_{\max} - x_{\min}", "y = x_max − x_min"),
        (r"E_\mathrm{kin} = \tfrac12 mv^2", "E_kin = 1 / 2 × m × v²"),
        (r"y = w_{\mathbf{x}} x_\max", "y = w_x × x_max"),
        (r"y = 2\mathrm{ReLU}(x)", "y = 2 × relu(x)"),
        (r"the unit is $y = σ(w·x + b)$, as known", "y = σ(w × x + b)"),
        (r"$y = a × b ⋅ σ^2$", "y = a × b × σ²"),
    ],
)
def test_latex_of_textbooks_is_read(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"v = 3\,\mathrm{m/s}", 8, "write the number alone, without a unit"),
        (r"F = \num{6.674e-11} m", 5, r"write the number without \num, such as 5 or 6.674 \cdot 10^{-11}"),
        (r"y = 3~\text{kg} x", 7, "write the number alone, without a unit"),
        (r"R = 4.7\,\mathrm{k\Omega}", 10, "write the number alone, without a unit"),
        (r"C = 10\,\mu\mathrm{F}", 9, "write the number alone, without a unit"),
        (r"p = 1013\,\mathrm{hPa}", 11, "write the number alone, without a unit"),
        (r"v = 3\times 10^8\,\mathrm{m/s}", 19, "write the number alone, without a unit"),
        (r"v = 3\times 10^{8}\frac{\mathrm{m}}{\mathrm{s}}", 19, "write the number alone, without a unit"),
        (r"y = 1\frac{1}{2}x", 5, r"this may be 1 + 1/2 or a product; write + or \cdot between them"),
        (r"y = 3\tfrac12 x", 5, r"this may be 3 + 1/2 or a product; write + or \cdot between them"),
        (r"y = \tanh x/2", 5, "this may be tanh of one factor or of all; set brackets"),
        (
            r"\vec{F} = q(\vec{E}+\vec{v}\times\vec{B})",
            28,
            "a cross product is one of vectors, and a node is one number; write its components out",
        ),
        (
            r"h = o \circ \tanh(c)",
            7,
            r"\circ may be a product or a function of a function; write \cdot, or f(g(x))",
        ),
        (
            r"y=\left.\frac{x^2}{2}\right|_{x=3}",
            29,
            "a formula at one value is not read; give that value on a line of its own, as in x = 3",
        ),
        (r"P(A|B) = \frac{a}{b}", 4, "this bar has no second one; left of = a name alone is read"),
        (
            r"\mathrm{KL}(p\|q) = \log\frac{p}{q}",
            14,
            "this bar has no second one; left of = a name alone is read",
        ),
        (r"y = \hat{x + 1}", 5, "an accent stands over one name here"),
        (r"y = a \cdot \cdot b", 13, "two signs of a product stand side by side"),
        (r"y = \frac{sinx}{2}", 11, r"sinx may be sin(x) or a product of letters; write \sin x"),
        (
            r"\begin{align} L &= (y-p)^2 \\ &= y^2 - 2yp + p^2 \end{align}",
            32,
            "a line begins with a name; leave out what says the same again behind =",
        ),
        (r"y = \mathbb{1}[x>0]", 17, "a comparison cannot stand in a graph; leave it out"),
        (r"y = {a \over b}", 8, r"write \frac{a}{b}"),
        (r"x = v0 t + \frac{1}{2} a t^2", 5, r"v0 may be a name or a product; write v_{0} or v \cdot 0"),
        (r"N = N0 e^{-\lambda t}", 5, r"N0 may be a name or a product; write N_{0} or N \cdot 0"),
        (r"y = x/2\sigma", 8, "this may be divided by one factor or by all; set brackets, as in a/(b c)"),
        (
            r"k = A e^{-E_a/RT}",
            16,
            "this may be divided by one factor or by all; set brackets, as in a/(b c)",
        ),
        (
            r"y = w^{\top} x",
            8,
            "a transpose belongs to a vector or a matrix, and a node is one number; write its products out: "
            "w_1 x_1 + w_2 x_2",
        ),
        (r"T = 25^{\circ}\mathrm{C}", 9, "write the number alone, without a unit"),
        (r"T = 25^\circ C", 8, "write the number alone, without a unit"),
        (r"y = 30^\circ", 8, r"angles are in radians; write x \cdot \pi/180 for x in degrees"),
        (r"y = \sin(x^\circ)", 12, r"angles are in radians; write x \cdot \pi/180 for x in degrees"),
        (
            "y = w_1x_1 + b",
            5,
            "w_1x_1 may be the product w_1*x_1 or one name; write w_1*x_1, or begin with “w_1x_1;”",
        ),
    ],
)
def test_units_degrees_and_indexed_products_are_asked_about(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError) as told:
        parse(text)
    assert (told.value.column, told.value.message) == (column, said)
