"""Functions as mathematics states them, f(x) = x^2, in plain text and in LaTeX."""

from __future__ import annotations

import math

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError

SIGMOID = 1 / (1 + math.exp(-2))


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("f(x) = x^2 + 3*x", "f = x² + 3 × x"),
        ("g(x, y) = x*y + sin(x)", "g = x × y + sin(x)"),
        ("J(θ) = (θ*x - y)^2", "J = (θ × x − y)²"),
        ("x = 3; f(x) = x^2", "f = x²"),
        ("f(x) = x^2; x = 3", "f = x²"),
        ("R(q) = p*q; C(q) = 100 + 2*q; π(q) = R(q) - C(q)", "π = R − C"),
        ("V(r) = -G*M/r; F = V(r)/r", "F = V / r"),
        ("f(e) = e^2 + 1", "f = e² + 1"),
        (r"f(x) = x^2; g(x) = f(x) + \frac{1}{2}", "g = x² + 1 / 2"),
    ],
)
def test_what_a_function_of_a_name_is_has_the_name_of_the_function(text: str, formula: str) -> None:
    graph = parse(text)
    assert formula_of(graph) == formula
    assert graph.named(formula[0]) is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("f(x) = x**2 + 1; y = f(3)", 10.0),
        ("y = f(3); f(x) = x**2 + 1", 10.0),
        ("f(x) = x**2; g(x) = 2*x; h(x) = f(g(x))", 4.0),
        ("sigma(z) = 1/(1 + exp(-z)); y = sigma(w*x + b)", SIGMOID),
        ("f(x) = g(x) + 1; g(x) = x^2; y = f(3)", 10.0),
        ("f(x) = x^2 + 1; g(x) = f(x)/2; h = g(3)", 5.0),
        ("f(x) = g(x) + 1; g(x) = h(x)*2; h(x) = x^2; y = f(3); z = y + g(x)", 21.0),
        ("σ(z) = 1/(1 + e^(-z)); y = σ(w*x + b)", SIGMOID),
        (r"\sigma(z) = \frac{1}{1 + e^{-z}}; y = \sigma(w x + b)", SIGMOID),
        (r"y = \sigma(w x + b) \text{ where } \sigma(z) = \frac{1}{1+e^{-z}}", SIGMOID),
        (r"\begin{align} f(x) &= x^2 \\ g(x) &= f(x + 1) \end{align}", 4.0),
        (r"f(x) = x^2; y = f(\frac{a}{b}) + f(3)", 10.0),
        (r"f(x) = \frac{x}{2}, \quad g(x, y) = f(x + y)", 1.0),
        (r"y = \text{ReLU}(w + b), \quad \text{ReLU}(z) = 2\max(0, z)", 4.0),
    ],
)
def test_a_function_that_is_stated_is_put_in_where_it_is_of_something_else(text: str, value: float) -> None:
    graph = parse(text)
    assert run(graph).value(graph.output or "") == pytest.approx(value)


@pytest.mark.parametrize(
    "text", [r"\text{ReLU}(x) = \max(0, x)", r"\mathrm{ReLU}\left(x\right) &= \max(0, x)"]
)
def test_a_function_that_is_an_operation_but_for_its_capitals_names_its_node_in_latex(text: str) -> None:
    assert to_text(parse(text)) == "ReLU = max(0, x)"


def test_no_function_that_is_stated_is_lost() -> None:
    assert [node.name for node in parse("f(x) = x^2; y = 3*x").nodes() if not node.is_leaf] == ["f", "y"]


def test_the_e_of_a_function_is_its_argument() -> None:
    assert parse("f(e) = e^2").node("e").op == "input"


def test_a_definition_in_latex_at_a_number_is_refused() -> None:
    with pytest.raises(TextError, match="is read as a function, and there is none of this name"):
        parse(r"h(2) = \frac{1}{2}")


@pytest.mark.parametrize(
    "text",
    ["logit(p) = b0 + b1*x", "log10(y) = a*x", r"\operatorname{logit}(p) = b_0 + b_1 x", "ln(y) = a*x"],
)
def test_a_known_function_left_of_an_equals_sign_does_not_lose_what_it_is_of(text: str) -> None:
    with pytest.raises(TextError, match="left of = stands a name"):
        parse(text)


def test_a_known_function_that_a_text_states_is_what_it_says() -> None:
    assert parse("erf(x) = tanh(1.2*x)").named("erf") is not None


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("def f(x): return x*x\ndef g(x): return f(x + 1) + x\nprint(g(3.0))", 19),
        ("def f(x): return x**2 + x\ndef g(x): return f(x + 1) - f(x - 1)\nprint(g(3.0))", 14),
        ("def f(x): return x*x + x\ndef g(x): return f(f(x)) - x\nprint(g(2.0))", 40),
        ("def f(x, y): return x*x*y*y\ndef g(x, y): return f(y + 1, x) + x\ng(2.0, 3.0)", 66),
        ("def sq(x): return x*x\ndef loss(x, t): return sq(x - t) + x\nprint(grad(loss)(3.0, 1.0))", 7),
    ],
)
def test_a_function_called_by_one_with_the_same_argument_keeps_its_own(program: str, value: float) -> None:
    graph = parse(program)
    assert run(graph).values[graph.output or ""] == value
    assert next(node.name for node in graph.nodes() if node.op == "input") == "x"
