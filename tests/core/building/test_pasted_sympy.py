"""Programs of SymPy, and gradients that programs keep under a name and use no further."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.engine.passes import run
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


@pytest.mark.parametrize(
    ("look", "values"),
    [
        ("print(f.subs({x: 2, y: -3}))", (2, -3)),
        ("print(f.subs(x, 2).subs(y, 3))", (2, 3)),
        ("print(f.subs([(x, 2), (y, 3)]))", (2, 3)),
        ("df = diff(f, x)\nprint(df.subs(x, Rational(1, 2)).evalf())", (0.5, 1)),
        ("f.evalf(subs={x: 2, y: 3})", (2, 3)),
        ("print(N(f.subs(x, 2)), float(diff(f, x).subs(y, 4)))", (2, 4)),
        ("slope = diff(f, x).subs(x, 2)\nprint(slope)", (2, 1)),
        ("v = f.subs({x: 2, y: 3}).evalf()\nprint(v)", (2, 3)),
        ("print(f.subs(x, 2), f.subs(x, 5))", (2, 1)),
        ("for v in (2, 3):\n    print(f.subs(x, v))", (1, 1)),
        ("f_num = sp.lambdify((x, y), f, 'numpy')\nprint(f_num(2.0, 3.0))", (2, 3)),
        ("f_num = sp.lambdify(x, f)\nv = f_num(2.0)\nprint(v)", (2, 1)),
    ],
)
def test_the_numbers_at_which_a_formula_is_looked_at_are_those_of_its_inputs(
    look: str, values: tuple[float, float]
) -> None:
    graph = parse(f"x, y = symbols('x y')\nf = x**2*y + sin(x*y)\n{look}")
    assert (graph.node("x").value, graph.node("y").value) == values
    assert graph.output == "f"


@pytest.mark.parametrize(
    "look",
    [
        "print(approx_fprime(2.0, f, 1e-6))", "print(approx_fprime(np.array([2.0]), f))",
        "print(derivative(f, 2.0, dx=1e-6))", "print(jax.jvp(f, (2.0,), (1.0,)))",
        "print(nd.Derivative(f)(2.0))", "g = approx_fprime([2.0], f, 1e-6)\nprint(g)",
        "res = minimize(f, 2.0)\nprint(res.x)", "print(minimize(f, x0=[2.0]).x)",
        "x_min = minimize(f, 2.0).x[0]", "print(newton(f, 2.0))", "root = fsolve(f, [2.0])[0]\nprint(root)",
        "d = derivative(f, 2.0)",
    ],
)  # fmt: skip
def test_a_function_is_derived_at_the_number_that_is_said(look: str) -> None:
    assert parse(f"def f(x):\n    return x**3\n{look}").node("x").value == 2


@pytest.mark.parametrize(
    "look",
    [
        "print((x**2*y).subs({x: 2, y: 3}))", "print(diff(x**2*y, x).subs({x: 2, y: 3}))",
        "print((x**2*y).diff(x).subs(x, 2).subs(y, 3).evalf())", "diff(x**2*y, x).subs({x: 2, y: 3})",
        "print('at', (x**2*y).evalf(subs={x: 2, y: 3}))", "Derivative(x**2*y, x).doit().subs({x: 2, y: 3})",
    ],
)  # fmt: skip
def test_a_formula_without_a_name_that_is_shown_is_read(look: str) -> None:
    graph = parse(f"x, y = symbols('x y')\n{look}")
    assert (graph.node("x").value, graph.node("y").value) == (2, 3)
    assert run(graph).values[graph.output or ""] == 12


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "print(f.subs(x, y))",
            r"subs\(…\) puts in numbers alone here; leave it out, and write the formula with y for x",
        ),
        ("g = f.subs(x, y + 1)", r"write the formula with y \+ 1 for x"),
        ("g = lambdify(x, x**2)", "name the formula on a line above, f = …, and write lambdify of that"),
        (
            "g = lambdify(x, f)\nv = g(2.0)\nz = v*2",
            "write the formula itself in place of what lambdify makes",
        ),
        ("g = lambdify(x, f)\nz = g(2.0)*2", "write the formula itself in place of what lambdify makes"),
    ],
)
def test_what_is_put_into_a_formula_and_is_no_number_is_refused_with_what_to_write(
    line: str, said: str
) -> None:
    with pytest.raises(TextError, match=said):
        parse(f"x, y = symbols('x y')\nf = x**2*y\n{line}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "res = minimize(f, 2.0)\ny = res.x*2",
            "what minimize finds is no formula; leave this line out, or write",
        ),
        ("g = approx_fprime(2.0, f)\ny = g*2", "a gradient cannot stand in a graph"),
    ],
)
def test_what_is_found_from_a_function_is_not_computed_with(line: str, said: str) -> None:
    with pytest.raises(TextError, match=said):
        parse(f"def f(x):\n    return x**3\n{line}")


def test_a_number_with_a_name_is_put_in() -> None:
    graph = parse("a = 3\nx = symbols('x')\nf = x**2\nprint(f.subs(x, a))")
    assert (graph.node("x").value, graph.output) == (3, "f")


def test_functions_of_a_program_are_called_as_it_likes() -> None:
    assert parse("def newton(x):\n    return x**2\ny = newton(3.0)").output == "y"
    assert parse("def root(f, x):\n    return f*x\nf = 2.0\ny = root(f, 3.0)").output == "y"


def test_a_formula_of_what_was_put_in_is_refused_with_what_to_write() -> None:
    with pytest.raises(TextError, match=r"leave subs\(…\) out, and write x = 2 above") as told:
        parse("f = x**2\nv = f.subs(x, 2)\ng = v*x")
    assert told.value.line == 2
