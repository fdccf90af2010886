"""LaTeX in other spellings of the same: fonts of old, norms, positive parts, systems in braces, arrows."""

from __future__ import annotations

import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"y = V_{\rm out} + {\bf n}", "y = V_out + n"),
        (r"y = {\rm sin}(x) + {\rm e}^{x}", "y = sin(x) + e^x"),
        (r"y = {\sin}(x) + {\ln}(x)", "y = sin(x) + ln(x)"),
        (r"y \stackrel{\text{def}}{=} 2 x", "y = 2 × x"),
        (r"y \overset{!}{=} 2 x \cdotp z", "y = 2 × x × z"),
        (r"y \colon= 2\,x", "y = 2 × x"),
        (r"y = \left\lVert w \right\rVert", "y = |w|"),
        (r"y = \left\Vert w\right\Vert_2^2", "y = |w|²"),
        (r"y = \abs{x} + \norm{w}_2^2 + \abs*{b}", "y = |x| + |w|² + |b|"),
        (r"y = \|\sum_{i=1}^{2} w_i\|^2", "y = |w1 + w2|²"),
        (r"y = \lbrace \sum_{i=1}^{2} w_i \rbrace^2", "y = (w1 + w2)²"),
        (r"L = \left[1 - t\,y\right]_+", "L = relu(1 − t × y)"),
        (r"C = (S - K)^{+}\,n", "C = relu(S − K) × n"),
        (r"y = \sigma[w\,x] + \sigma\{b\}", "y = σ(w × x) + σ(b)"),
        (r"y = \mathrm{log}_2(\alpha)", "y = ln(α) / ln(2)"),
        (r"y = e^{(x)} + 2^{\left(z\right)}", "y = e^x + 2^z"),
        (r"\implies y = 2\,x", "y = 2 × x"),
        (r"\small y = \mathop{2\,x} \tag*{(7)}", "y = 2 × x"),
        (r"\begin{aligned}[t] y &= 2 x \end{aligned}", "y = 2 × x"),
        (r"\begin{alignat*}{2} y &= 2 x \end{alignat*}", "y = 2 × x"),
        (r"y={}&2\,x", "y = 2 × x"),
        (r"\text{Let } y = 2\,x", "y = 2 × x"),
        (r"y = \phi\,\varphi", "y = φ × varphi"),
        (r"y = \varphi\,x_\varphi", "y = φ × x_φ"),
    ],
)
def test_other_spellings_are_read_as_what_they_say(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{cases} h = x^2 \\ y = 3 h \end{cases}",
        r"\begin{equation} \begin{cases} h &= x^2 \\ y &= 3 h \end{cases} \end{equation}",
        r"\left\{ \begin{aligned} h &= x^2 \\ y &= 3 h \end{aligned} \right.",
        r"\left\lbrace \begin{array}{l} h = x^2 \\ y = 3 h \end{array} \right.",
        r"h = x^2 \implies y = 3 h",
        r"\begin{align} h &= x^2 \\ \intertext{and} y &= 3 h \end{align}",
        r"h = x^2 \hfill y = 3 h",
    ],
)
def test_systems_of_equations_are_read_one_by_one(text: str) -> None:
    assert to_text(parse(text)) == "h = x ** 2\ny = 3 * h"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"f(x) = \begin{cases} x^2 & x < 0 \\ 2x & x \ge 0 \end{cases}", "a choice cannot stand in a graph"),
        (r"f(x) = \left\{ \begin{array}{ll} x & x>0 \\ 0 & x \le 0 \end{array} \right.", "cannot stand"),
        (r"a \implies b", "an arrow cannot stand in a formula"),
        (r"\stackrel{f}{\to}", r"\stackrel is not known here"),
        (r"y = x^{(3)}", "this may be an index or a power"),
        (r"x = 2\,y \Rightarrow x = y\,2", "the name x has a meaning already"),
    ],
)
def test_what_those_spellings_are_not_is_refused_as_before(text: str, said: str) -> None:
    with pytest.raises(TextError, match=re.escape(said)):
        parse(text)
