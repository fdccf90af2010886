"""Programs of SymPy, and gradients that programs keep under a name and use no further."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (
            "from sympy import symbols, exp\nx, y = symbols('x y')\nf = x**2*y + exp(x*y)",
            "f = x² × y + exp(x × y)",
        ),
        (
            "x = sp.Symbol('x', real=True)\nf = sp.sin(x)*sp.exp(-x) + sp.Rational(1, 2)\nf.diff(x)",
            "f = sin(x) × exp(−x) + 1 / 2",
        ),
        (
            "x = sp.symbols('x')\nf = sp.log(x) + sp.pi*x + sp.E\nprint(sp.diff(f, x))",
            "f = ln(x) + pi × x + e",
        ),
        ("x = symbols('x')\nf = sin(x) + sqrt(x)\ndf = diff(f, x)\ng = simplify(f)", "g = sin(x) + √x"),
        (
            "with tf.GradientTape() as t:\n    y = x**2\ndy_dx = t.gradient(y, x)\nprint(dy_dx)",
            "y = x²",
        ),
        ("y = x**3\ndx, = torch.autograd.grad(y, x)\ng = x.grad.item()", "y = x³"),
    ],
)
def test_what_a_program_computes_is_read_beside_its_gradients(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


def test_a_gradient_that_is_computed_with_is_refused_where_it_is_used() -> None:
    with pytest.raises(TextError, match="a gradient cannot stand in a graph") as told:
        parse("f = x**2\ndf = sp.diff(f, x)\ny = df + 1")
    assert told.value.line == 3
