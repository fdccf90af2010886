r"""LaTeX as Wikipedia gives it to copy, {\displaystyle {\hat {y}}=wx+b}, and what is for the eye alone."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"{\displaystyle f(x)={\frac {1}{1+e^{-x}}}}", "f = 1/(1 + e**(-x))"),
        (r"{\displaystyle y={\frac {e^{x}-1}{e^{x}+1}}.}", "y = (e**x - 1)/(e**x + 1)"),
        (r"{\displaystyle \mathrm {KE} ={\tfrac {1}{2}}mv^{2}},", "KE = (1/2)*m*v**2"),
        (r"{\displaystyle {\text{ReLU}}(x)=\max(0,x)}", "max(0, x)"),
        (r"y={\text{tanh}}(x)^{2}", "y = tanh(x)**2"),
        (r"{\displaystyle {\hat {y}}_{1}={\bar {x}}_{2}+w_{1}}", "y_hat1 = x_bar2 + w1"),
        (r"{\textstyle L={\hat {y}}^{2}}", "L = y_hat**2"),
        (
            r"{\displaystyle {\begin{aligned}h_{t}&=W_{f}x_{t}\\y&=h_{t}^{2}\end{aligned}}}",
            "h_t = W_f*x_t\ny = h_t**2",
        ),
        (r"y=\sum _{i=1}^{2}{x_{i}}", "y = x1 + x2"),
        (r"y = \textcolor{red}{x} + {\color{blue}z}", "y = x + z"),
        (r"y = x^{2}\hspace{1cm} + \phantom{xx} 1", "y = x**2 + 1"),
        (r"y = \sigma\mathopen{}\left(x\right)\mathclose{}", "y = sigmoid(x)"),
        (r"g(x) = 3x+1 \\ y = g(x)^2", "g = 3*x + 1\ny = g**2"),
    ],
)
def test_what_stands_there_for_the_eye_is_passed_over(text: str, read: str) -> None:
    assert to_text(parse(text)) == to_text(parse(read))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"{\displaystyle f(x)=x\Phi (x)}", "Φ(…) is read as a function"),
        (r"y = {\mathcal {L}}(x)", "L(…) is read as a function"),
        (r"y = \sigma{x}", "σ(…) is read as a function"),
        (r"{\displaystyle {\begin{cases}x&x>0\\0&{\text{otherwise}}\end{cases}}}", "a choice cannot stand"),
    ],
)
def test_functions_in_braces_are_functions(text: str, said: str) -> None:
    with pytest.raises(TextError) as caught:
        parse(text)
    assert said in str(caught.value)


def test_powers_of_powers_in_braces_are_read_once() -> None:
    assert len(list(parse("y = " + r"{x}^{" * 60 + "x" + "}" * 60).nodes())) == 61
