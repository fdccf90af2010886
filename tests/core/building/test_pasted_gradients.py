"""What pasted programs do with gradients and no graph does: values taken out of it, gradients added up."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.errors import TextError

LEAF = "x = torch.tensor(2.0, requires_grad=True)\n"
ADDS_UP = "This program calls backward() more than once"


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        ("y = x**2\nz = y.item() * x", 3, ".item()"),
        ("y = x.data * x", 2, ".data"),
        ("y = x.detach().numpy() * x", 2, ".numpy()"),
        ("y = x**2\nz = float(y) * x", 3, "float(…)"),
        ("y = torch.tensor(x * 2) * x", 2, "tensor(…)"),
        ("t = x.detach()\ny = t * x", 3, ".detach()"),
        ("n = (x * 2).item()\ny = n * x", 3, ".item()"),
    ],
)
def test_a_value_that_a_program_takes_out_of_its_graph_is_not_computed_with(
    lines: str, line: int, what: str
) -> None:
    with pytest.raises(TextError) as told:
        parse(LEAF + lines)
    said = f"what {what} gives has no gradient; write the number that it came to, or leave {what} out"
    assert (told.value.line, told.value.message) == (line, said)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (LEAF + "loss = x**2\nloss.backward()\nvalue = loss.item()\nprint(value)", "loss = x²"),
        (LEAF + "c = torch.tensor(3.0)\ny = x * c.item()", "y = x × c"),
        (LEAF + "n = 3.0\ny = x * float(n)", "y = x × n"),
        ("x = np.float64(3.0)\ny = float(x) * 2", "y = x × 2"),
        ("a = Value(2.0)\nL = (a * 3).data", "L = a × 3"),
    ],
)
def test_a_number_without_a_gradient_may_be_taken_out(text: str, formula: str) -> None:
    assert formula_of(parse(text)) == formula


@pytest.mark.parametrize(
    ("calls", "is_told"),
    [
        ("y.backward()\nz = 3*x\nz.backward()", True),
        ("y.backward()\ny.backward()", True),
        ("y.backward()\nx.grad.zero_()\nz = 3*x\nz.backward()", False),
        ("y.backward()\nx.grad = None\nz = 3*x\nz.backward()", False),
        ("y.backward()\noptimizer.zero_grad()\nz = 3*x\nz.backward()", False),
        ("y.backward()", False),
    ],
)
def test_gradients_that_a_program_adds_up_are_told(calls: str, is_told: bool) -> None:
    note = whole_text_note(parse(f"{LEAF}y = x**2\n{calls}"))
    assert note.startswith(ADDS_UP) is is_told


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("y = mx + b", "mx is one input here; for a product, write m*x."),
        ("E = mc²", "mc is one input here; for a product, write m*c."),
        ("k = A*exp(-Ea/RT)", "RT is one input here; for a product, write R*T."),
        ("I = I0*exp(qV/kT)", "qV and kT are one input each here; for products, write q*V and k*T."),
        ("p = nRT/V", "nRT is one input here; for a product, write n*R*T."),
        ("π = TR - TC", ""),
        ("H = 10^-pH + (Rp - Rf)/σp", ""),
        ("pH = -log(c)", "log is the natural logarithm here; for the one to base 10, write log(x, 10)."),
        ("pH = -log(c, 10)", ""),
        ("L = -log(p) + wi*xi + bj", ""),
        ("w_new = w - lr*dw + mu*id", ""),
        ("RT = 2479; y = exp(-E/RT)", ""),
        ("y = ax*bx*cx*kx", ""),
    ],
)
def test_an_input_of_two_letters_is_told_where_it_may_be_a_product(text: str, note: str) -> None:
    assert whole_text_note(parse(text)) == note


def test_another_name_for_two_letters_is_told_as_a_product() -> None:
    with pytest.raises(TextError, match=r"another name for ma; for a product, write m\*a"):
        parse("F = ma")


UPDATE = "with torch.no_grad():\n    x -= 0.1 * x.grad\n    x.grad.zero_()\n"


def test_a_step_of_gradient_descent_without_gradients_is_passed_over() -> None:
    assert formula_of(parse(f"{LEAF}loss = x**2\nloss.backward()\n{UPDATE}")) == "loss = x²"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"{UPDATE}y = x*2", r"what x\.data is set to would be lost here"),
        ("with torch.no_grad():\n    y = x*2", "a with block cannot stand in a graph"),
        ("y = operator.mul(x, 2)", r"what operator\.mul is of these is not known here"),
        ("y = x if x > z else z", r"write relu\(x\), max\(a, b\) or min\(a, b\)"),
    ],
)
def test_what_would_be_computed_otherwise_is_refused(lines: str, said: str) -> None:
    with pytest.raises(TextError, match=said):
        parse(LEAF + lines)


def test_sums_and_means_of_tensorflow_are_read() -> None:
    assert formula_of(parse("y = tf.reduce_mean(tf.square(p - t))")) == "y = (p − t)²"
    assert formula_of(parse("y = tf.reduce_sum([a, b])")) == "y = a + b"


@pytest.mark.parametrize(
    ("lines", "output"),
    [
        ("y = x**3\ny.backward()\nexpected = 3*2.0**2", "y"),
        ("y = x**3\ny.backward()\nh = 0.001", "y"),
        ("with tf.GradientTape() as tape:\n    y = x**2\ng = tape.gradient(y, x)\nz = 2*x", "y"),
        ("y = x**2\ny.backward()\nx.grad.zero_()\nz = 3*x\nz.backward()\nw = x*4", "z"),
        ("y = x**2\ny.backward()\ny = y + 1", "y"),
        ("losses = []\ny = x**2\nlosses.append(y.item())\ny.backward()", "y"),
    ],
)
def test_what_a_program_derives_is_the_output_also_with_lines_behind_it(lines: str, output: str) -> None:
    assert parse(LEAF + lines).output == output
