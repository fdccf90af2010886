"""What pasted programs do with gradients and no graph does: values taken out of it, gradients added up."""

from __future__ import annotations

import re

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.engine.passes import run
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
        (
            "H = 1/(1 + j*omega*R*C)",
            "j is an input of 1 here, as a graph has no complex numbers; write the real and the "
            "imaginary part without it.",
        ),
        ("V = i*R", ""),
        ("i = 2; U = i*R*cos(phi)", ""),
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
        ("with torch.no_grad():\n    y = x*2", "what is computed without gradients"),
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
        ("with tf.GradientTape() as tape:\n    y = x**2\ntape.gradient(y, x)", "y"),
        ("y = x**2\nz = 3*y\ntorch.autograd.grad(y, x)", "y"),
        ("y = x**2\ny.backward()\nx.grad.zero_()\nz = 3*x\nz.backward()\nw = x*4", "z"),
        ("y = x**2\ny.backward()\ny = y + 1", "y"),
        ("losses = []\ny = x**2\nlosses.append(y.item())\ny.backward()", "y"),
    ],
)
def test_what_a_program_derives_is_the_output_also_with_lines_behind_it(lines: str, output: str) -> None:
    assert parse(LEAF + lines).output == output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "def f(x): return x**3\nprint(grad(grad(f))(2.0))",
            "a derivative of a derivative is not computed here; write the first one out, as a formula",
        ),
        (
            "def f(x): return x**3\nprint(jax.hessian(f)(2.0))",
            "a derivative of a derivative is not computed here; write the first one out, as a formula",
        ),
        (
            "x = torch.tensor(1.5, requires_grad=True)\nwith torch.no_grad():\n    c = x*2\ny = c*x",
            "what is computed without gradients would have some in the graph; write the number it came to",
        ),
        (
            "f = lambda w: jnp.sum(jnp.array([w, w*2.0])**2)\nprint(jax.grad(f)(3.0))",
            "a list, a vector or a matrix cannot stand in a graph: a node is one number; name its elements",
        ),
        ("xs = [1.0, 2.0]\ny = sum(xs[1:])*w", "from xs[0] to xs[1]; name those that you mean"),
        ("y = Sin[x] + 2", "the operand of a function stands in round brackets: sin(x)"),
        ("r = k*[A]*[B]**2", "a list, a vector or a matrix cannot stand in a graph; write A for [A]"),
        ("y = params['w']*x", "give this element a name of its own on a line above, such as w = 2.0"),
        ("y = (z := a*b) + z", "give this name a statement of its own, as in z = a*b"),
        ("y = (lambda t: t*t)(x)", "a function has a name here: f = lambda x: x**2"),
    ],
)
def test_what_a_program_does_and_no_graph_is_told_with_what_to_write(text: str, said: str) -> None:
    with pytest.raises(TextError, match=re.escape(said)):
        parse(text)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("y = np.sum(np.exp(x))", True),
        ("loss = ((w*x - y)**2).mean()", True),
        ("w = torch.tensor(1.0, requires_grad=True)\nloss = (w*2).sum()\nloss.backward()", False),
        ("x = np.array([1.0, 2.0])\ny = np.sum(x)*a", False),
    ],
)
def test_the_sum_of_a_name_that_may_be_a_list_is_told_to_be_of_one_number(text: str, is_told: bool) -> None:
    assert (
        "is one number here, and the sum or mean of one number is itself" in parse(text).remark
    ) == is_told


def test_a_number_that_a_library_wraps_within_a_formula_is_a_constant() -> None:
    graph = parse("w = np.float64(3.0)\ny = np.float64(2.0)*w")
    assert {node.value: node.op for node in graph.nodes() if node.is_leaf} == {2: "constant", 3: "input"}
    assert [node.op for node in parse("a = Value(2.0)\nb = a*Value(3.0)").nodes()][:2] == ["input", "input"]


def test_what_a_tape_watches_is_an_input() -> None:
    text = "x = tf.constant(3.0)\nwith tf.GradientTape() as tape:\n    tape.watch(x)\n    y = x*x"
    assert parse(text).node("x").op == "input"


W = "w = torch.tensor(1.0, requires_grad=True)\n"


@pytest.mark.parametrize(
    ("lines", "formula"),
    [
        ("def f(x): return x**2\nprint(f(w))", "f = w²"),
        ("def f(x): return x**2\nf(w).backward()", "e = w²"),
        ("def closure():\n    loss = (w - 3)**2\n    return loss\nprint(closure())", "loss = (w − 3)²"),
        ("((w*2 - 1)**2).mean().backward()", "g = (w × 2 − 1)²"),
        ("(w*2).backward()\nz = w*5", "e = w × 2"),
        ("g, = torch.autograd.grad(w**2 + 1, w)", "d = w² + 1"),
        ("print((w*2).item())", "e = w × 2"),
        ("print(torch.exp(w))", "e = exp(w)"),
        ("def mse(p, t): return (p - t).pow(2)\nprint('loss:', mse(w*2, 1.0).item())", "mse = (w × 2 − t)²"),
        ("print(f'loss {w*2}')", "e = w × 2"),
        ("y = w*3\nprint(w*2)", "y = w × 3"),
        ("loss = w**2\nloss.backward()\nprint(w.grad - 2*w)", "loss = w²"),
        ("loss = w**2\nloss.backward()\nloss.data, w.grad", "loss = w²"),
        ("loss = w**2\nloss.backward()\n(loss, w.grad.item())", "loss = w²"),
    ],
)
def test_what_is_derived_or_printed_without_a_name_is_the_formula(lines: str, formula: str) -> None:
    assert formula_of(parse(W + lines)) == formula


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (W + "criterion(w*2, 1).backward()", "there is no function criterion"),
        (
            W + "z = w**3\ng = torch.autograd.grad(z, w)[0]\nh = torch.autograd.grad(g, w)[0]",
            "a derivative of a derivative is not computed here",
        ),
        ("e = []\ne.append(a*b)\ny = sum(e)", "what is appended to a list is not read; write it out"),
        ("IRR: 0 = -C + R/(1 + i)", "leave out what stands before the formula"),
        ("act = nn.Softplus(beta=2)\ny = act(x)", "the argument beta= cannot stand in a graph"),
        ("w = [1., 2.]\nw.append(3.)\ny = sum(w)*x", "write this element where the list is made: w = […]"),
        (
            "def f(x):\n    global k\n    k = x\n    return x\nz = f(a)*k",
            "a function here sets no name outside",
        ),
    ],
)
def test_what_would_be_lost_is_refused(text: str, said: str) -> None:
    with pytest.raises(TextError, match=re.escape(said)):
        parse(text)


def test_what_is_printed_alone_is_the_formula_or_refused_with_what_to_write() -> None:
    program = "import numpy as np\nw = 0.3\nx = 1.2\nprint('y =', np.{}(np.exp(w*x)))"
    assert len(parse(program.format("log")).nodes()) > 2
    with pytest.raises(TextError, match=r"there is no function np.log1p; write log\(1 \+ x\)"):
        parse(program.format("log1p"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("dz = tape.gradient(z, x)", "dy = tape.gradient(y, x)"),
        ("dy = tape.gradient(y, x)", "dz = tape.gradient(z, x)"),
        ("z.backward(retain_graph=True)", "y.backward()"),
    ],
)
def test_of_two_that_are_derived_the_one_made_of_the_other_is_the_output_and_told(
    first: str, second: str
) -> None:
    graph = parse(f"x = tf.Variable(3.0)\ny = x*x\nz = y*y\n{first}\n{second}")
    assert run(graph).gradients["x"] == 108
    assert "derives" in graph.remark
    assert "the output here is z, and the gradients are its own" in graph.remark


def test_of_two_that_do_not_meet_the_last_is_the_output_and_told() -> None:
    graph = parse(
        "x = tf.Variable(3.0)\ny = x*x\nz = x**3\ndz = tape.gradient(z, x)\ndy = tape.gradient(y, x)"
    )
    assert graph.output == "y"
    assert "This program derives z and y; the output here is y," in graph.remark


def test_of_many_that_are_derived_the_first_ones_are_named() -> None:
    lines = (f"y{number} = y{number - 1}*2\ny{number}.backward()" for number in range(1, 9))
    graph = parse("\n".join(("x = 2.0", "y0 = x*2", *lines)))
    assert graph.output == "y8"
    assert "This program derives y1, y2, y3 and others; the output here is y8," in graph.remark
