"""Functions that a pasted program calls by numbers alone, or derives: its inputs start at these numbers."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run

SQUARE = "def f(x): return x**2\n"


@pytest.mark.parametrize(
    "shown",
    [
        "f(3.0)",
        "print(f(3.0))",
        'print(f"{f(3.0):.2f}")',
        "print(jax.grad(f)(3.0))",
        "g = jax.grad(f)(3.0)\nprint(g)",
        "g = jax.jit(jax.grad(f))(3.0)",
        "df = grad(f)\nprint(df(3.0))",
        "print(torch.func.grad(f)(torch.tensor(3.0)))",
        "print(f(x=3.0))",
    ],
)
def test_a_function_starts_where_it_is_called_or_derived(shown: str) -> None:
    graph = parse(SQUARE + shown)
    trace = run(graph)
    assert (graph.output, trace.values["f"], trace.gradients["x"]) == ("f", 9.0, 6.0)


def test_both_results_of_value_and_grad_are_known() -> None:
    text = "def loss(w, x):\n    return (w*x - 1)**2\nvalue, slopes = jax.value_and_grad(loss)(0.5, 4.0)\n"
    trace = run(parse(text))
    assert (trace.values["value"], trace.gradients["w"], trace.gradients["x"]) == (1.0, 8.0, 1.0)
    assert run(parse(text + "twice = 2*value")).gradients["w"] == 16.0


LOSS = "W = 0.5\nb = -1.0\nx = 4.0\ndef loss(W, b): return (W*x + b)**2\n"


@pytest.mark.parametrize(
    ("derived", "output"),
    [
        ("W_grad, b_grad = grad(loss, (0, 1))(W, b)\nprint(f'{W_grad=}')", "loss"),
        ("gW, gb = jax.grad(loss, argnums=(0, 1))(W, b)", "loss"),
        ("(gW, gb) = jax.jit(jax.grad(loss, (0, 1)))(W, b=b)", "loss"),
        ("slopes = jax.grad(loss, (0, 1))\ngW, gb = slopes(W, b)", "loss"),
        ("print(jax.grad(loss)(W, b))", "loss"),
        ("value, (gW, gb) = jax.value_and_grad(loss, (0, 1))(W, b)", "value"),
        ("both = jax.jit(jax.value_and_grad(loss))\nvalue, gW = both(W, b)", "value"),
    ],
)
def test_slopes_are_no_name_of_the_output_and_what_they_are_taken_by_are_inputs(
    derived: str, output: str
) -> None:
    graph = parse(LOSS + derived)
    trace = run(graph)
    assert (graph.output, trace.values[output], graph.remark) == (output, 1.0, "")
    assert (trace.gradients["W"], trace.gradients["b"]) == (8.0, 2.0)
    ops = {node.name: node.op for node in graph.nodes()}
    assert (ops["W"], ops["b"], ops["x"]) == ("input", "input", "constant")


def test_a_name_that_has_a_value_is_what_the_function_is_derived_at() -> None:
    graph = parse("f = lambda x: np.sin(x)\nx = 0.0\nprint(jax.grad(f)(x))")
    assert run(graph).gradients["f"] == 1.0
    assert run(graph).values["x"] == 0.0


def test_what_is_only_shown_does_not_change_a_program_that_computes_something() -> None:
    trace = run(parse(SQUARE + "a = Value(5.0)\ny = f(a)\nprint(f(3.0))"))
    assert (trace.values["y"], trace.gradients["a"]) == (25.0, 10.0)


def test_a_function_that_only_prints_may_be_called() -> None:
    assert run(parse('def step(): print("hi")\nstep()\na = 3*b')).gradients["b"] == 3.0


def test_a_function_that_is_called_is_not_added_again() -> None:
    graph = parse("def loss(a, b):\n    return a*b + 1\nL = loss(2.0, 3.0)")
    assert graph.output == "L"
    assert run(graph).values["L"] == 7.0
