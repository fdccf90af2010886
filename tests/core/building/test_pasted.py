"""Code as people paste it, in lecture style, from notebooks and textbooks: it becomes the right graph, or is
named at its place.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import text_of
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError
from nodegraph.core.notation import own_functions
from nodegraph.core.notation.not_arithmetic import TRANSPOSE
from nodegraph.core.operations.formula_parsing import DECIMAL_COMMA

NEURON = """
# inputs x1,x2
x1 = Value(2.0, label='x1')
x2 = Value(0.0, label='x2')
# weights w1,w2
w1 = Value(-3.0, label='w1')
w2 = Value(1.0, label='w2')
# bias of the neuron
b = Value(6.8813735870195432, label='b')
x1w1 = x1*w1; x1w1.label = 'x1*w1'
x2w2 = x2*w2; x2w2.label = 'x2*w2'
x1w1x2w2 = x1w1 + x2w2; x1w1x2w2.label = 'x1*w1 + x2*w2'
n = x1w1x2w2 + b; n.label = 'n'
o = n.tanh(); o.label = 'o'
o.backward()
draw_dot(o)
"""
README = """
from micrograd.engine import Value

a = Value(-4.0)
b = Value(2.0)
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).relu()
d += 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f
print(f'{g.data:.4f}') # prints 24.7041, the outcome of this forward pass
g.backward()
print(f'{a.grad:.4f}') # prints 138.8338
"""
TORCH = """
import torch
x1 = torch.Tensor([2.0]).double()                ; x1.requires_grad = True
x2 = torch.Tensor([0.0]).double()                ; x2.requires_grad = True
w1 = torch.Tensor([-3.0]).double()               ; w1.requires_grad = True
w2 = torch.Tensor([1.0]).double()                ; w2.requires_grad = True
b = torch.Tensor([6.8813735870195432]).double()  ; b.requires_grad = True
n = x1*w1 + x2*w2 + b
o = torch.tanh(n)

print(o.data.item())
o.backward()

print('---')
print('x2', x2.grad.item())
"""
CASES: dict[str, tuple[str, float, dict[str, float]]] = {
    "lecture neuron": (NEURON, 0.7071067811865476, {"x1": -1.5, "w1": 1.0, "w2": 0.0, "x2": 0.5}),
    "micrograd's README": (README, 24.70408163265306, {"a": 138.83381924198252, "b": 645.5772594752186}),
    "lecture in PyTorch": (TORCH, 0.7071066904050358, {"x1": -1.5000003851533106, "x2": 0.5000001283844369}),
    "one line of a lecture": (
        "a = Value(2.0, label='a'); b = Value(-3.0); c = Value(10.0); e = a*b; d = e + c; d.label = 'd'\n"
        "f = Value(-2.0, label='f')\nL = d * f; L.label = 'L'\nL",
        -8.0,
        {"a": 6.0, "b": -4.0, "c": -2.0, "f": 4.0},
    ),
    "tanh spelled out": (
        "n = Value(0.8814)\ne = (2*n).exp()\no = (e - 1) / (e + 1)\no.backward()\ndraw_dot(o)",
        0.7071199874301227,
        {"n": 0.4999813233768232},
    ),
    "data and weights in PyTorch": (
        "x, y = torch.tensor(1.5), torch.tensor(2.0)\n"
        "w = torch.tensor(0.5, requires_grad=True)\n"
        "b = torch.tensor(0.1, requires_grad=True)\n"
        "y_hat = w * x + b\nloss = (y_hat - y).pow(2).mean()\nloss.backward()",
        1.3225,
        {"w": -3.45, "b": -2.3},
    ),
    "a notebook with numpy": (
        "import numpy as np\nx = np.array([0.5])\nw = np.array(2.0)\nz = np.exp(-w * x)\n1 / (1 + z)",
        0.7310585786300049,
        {"w": 0.09830596662074093},
    ),
    "a notebook cell that stands indented": (
        "    x: float = Value(3.0)\n    y = x ** 2 + 2 * x\n    print(y)",
        15.0,
        {"x": 8.0},
    ),
    "jax": (
        "import jax.numpy as jnp\nw = jnp.array(0.5)\nx = jnp.float32(2)\n"
        "loss = jnp.square(jnp.tanh(w * x) - 1)",
        0.0568373464744,
        {"w": -0.4004955},
    ),
    "F and nn": (
        "import torch.nn.functional as F\nx = torch.tensor(-1.0, requires_grad=True)\n"
        "h = F.relu(x) + F.softplus(x) + torch.sigmoid(x)",
        0.5822031094462183,
        {"x": 0.4655533},
    ),
    "cross-entropy": (
        "z = Value(0.4); t = Value(1.0)\np = z.sigmoid()\nloss = -(t*p.log() + (1 - t)*(1 - p).log())",
        0.5130152523999526,
        {"z": -0.4013123398875481},
    ),
    "hinge": ("x = Value(0.3)\nloss = (1 + -1*x).relu()\nloss.backward()", 0.7, {"x": -1.0}),
    "parameters of a module": (
        "w = nn.Parameter(torch.tensor(2.0))\nx = torch.tensor(3.0)\nout = torch.mul(w, x) + torch.abs(-w)",
        8.0,
        {"w": 4.0},
    ),
    "a constant of mathematics": (
        "r = Value(2.0)\narea = math.pi * r**2",
        12.566370614359172,
        {"r": 12.566370},
    ),
    "a textbook in Unicode": ("z = w·x + b\nŷ = σ(z)\nL = (ŷ − y)²", 0.0142093366186, {"w": -0.0250310}),
    "a quotient of numbers": ("p = Value(1/3)\nH = -(p*math.log(p))", 0.36620409622270317, {"p": 0.0986123}),
    "an expression of a calculator": ("f = x^2 × 3 ÷ 2 + |x|", 2.5, {"x": 4.0}),
    "in place": ("a = Value(2.0)\nb = a * 3\nb *= a\nb -= 1\nb /= 2\nb **= 2", 30.25, {"a": 66.0}),
    "in pieces of a sum": (
        "x = Value(2.0)\nloss = 0.5 * x\nloss = loss + 0.1 * x**2\nloss = loss.exp()",
        4.055199966844675,
        {"x": 3.649679970160207},
    ),
    "modules under names of their own": (
        "import torch as t\nfrom torch import nn as N\nimport math as m\n"
        "from micrograd.engine import Value as V\nfrom scipy.special import expit\n"
        "from numpy import maximum\n"
        "x = V(0.5); y = N.ReLU()(t.tanh(x)) + m.exp(x)*m.pi + expit(x) + maximum(x, 0)",
        6.764187120310615,
        {"x": 7.201062077016273},
    ),
    "a step in place at the end": (
        "w = torch.tensor(3.0, requires_grad=True); loss = (w*2 - 1).pow(2); loss.backward()\n"
        "w.data -= 0.1*w.grad; w.grad.zero_()",
        25.0,
        {"w": 20.0},
    ),
    "a semicolon too many": ("a = Value(1.0); b = Value(2.0);\nL = max(a, b);", 2.0, {"a": 0.0, "b": 1.0}),
}

LATEX: dict[str, tuple[str, str]] = {
    "the seed": (r"$L = \frac{a b + c}{f}$", "L = (a*b + c)/f"),
    "a neuron": (r"\hat{y} = \sigma\left(\mathbf{w} x + b\right)", "y_hat = sigmoid(w*x + b)"),
    "a sine of several factors": (
        r"y = \sin 2\pi f t + \cos \pi x \sin x",
        "y = sin(2*pi*f*t) + cos(pi*x)*sin(x)",
    ),
    "decimals in braces alone": ("y = 0{,}05 x", "y = 0.05*x"),
    "a share": (r"y = 50\% x + \frac{d_1}{d_2}", "y = 0.5*x + d1/d2"),
    "a logarithm to a base of a number": (
        r"$y = \log_2 8 + \operatorname*{max}(a, b)$",
        "y = log(8)/log(2) + max(a, b)",
    ),
    "decimals in braces": (r"$y = 0{,}05 x + 10\,000{.}5 z$", "y = 0.05*x + 10000.5*z"),
    "a sum written out": (r"z = \sum_{i=1}^{3} w_i x_i + b", "z = (w1*x1 + w2*x2 + w3*x3) + b"),
    "a sum of an expression": (
        r"L = \frac{1}{2} \sum_{k=1}^{2} (t_{k} - y_{k})^2",
        "L = (1/2)*((t1 - y1)**2 + (t2 - y2)**2)",
    ),
    "cross-entropy": (
        r"L = -\left(t \log p + (1-t)\log(1-p)\right)",
        "L = -(t*log(p) + (1 - t)*log(1 - p))",
    ),
    "the logistic function": (r"p = \frac{1}{1 + e^{-z}}", "p = 1/(1 + e**(-z))"),
    "aligned": (r"\begin{align} z &= w x + b \\ a &= \tanh(z) \end{align}", "z = w*x + b; a = tanh(z)"),
    "a normal density": (
        r"f = \frac{1}{\sigma\sqrt{2\pi}} \exp\left(-\frac{(x-\mu)^{2}}{2\sigma^{2}}\right)",
        "f = (1/(σ*sqrt(2*pi)))*exp(-((x - μ)**2/(2*σ**2)))",
    ),
    "products and roots": (r"y = \prod_{k=1}^{2} a_k \cdot \sqrt{b}", "y = a1*sqrt(b)*(a2*sqrt(b))"),
    "sizes and names": (
        r"\mathcal{L} = \lvert x_{\text{max}} - 3 \rvert + \mathrm{ReLU}(x_1)^2",
        "L = abs(x_max - 3) + relu(x1)**2",
    ),
    "display": ("$$\nloss = (y - t)^2\n$$", "loss = (y - t)**2"),
    "a sine of a product": (r"y = \sin 2x + \cos^2 x", "y = sin(2*x) + cos(x)**2"),
    "two formulas": ("$z = w x$\n\n$y = z^2$", "z = w*x; y = z**2"),
    "in brackets of its own": ("\\[ z = w x \\]\n\\( y = z^2 \\)", "z = w*x; y = z**2"),
    "a cell before this one": (
        r"h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_{t+1})",
        "h_t = tanh(W_hh*h_t_minus_1 + W_xh*x_t_plus_1)",
    ),
    "indices that a sum moves": (
        r"y = \sum_{i=1}^{2} w_{i+1,i} x_{i-2}",
        "y = w_2_1*x_minus_1 + w_3_2*x0",
    ),
    "lines set apart": ("z &= w x \\\\[4pt]\ny &= z^2", "z = w*x; y = z**2"),
    "a norm": (r"y = \|x\|^2 + \lVert w \rVert", "y = abs(x)**2 + abs(w)"),
    "a power in brackets": (r"y = x^{(a + b)}", "y = x**(a + b)"),
    "prose between formulas": (
        "We set $z = w x + b$, where $w$ is a weight,\nand then\n\\[ a = \\tanh(z), \\]\nso that $L = a^2$.",
        "z = w*x + b; a = tanh(z); L = a**2",
    ),
    "what a name means behind its use": (
        "It is\n\\begin{equation}\\label{eq:1}\nL = (e + c)^2\n\\end{equation}\nwith $e = a b$, $c = 3$.",
        "c = 3; e = a*b; L = (e + c)**2",
    ),
    "what an index runs over": (
        r"for $i = 1, \dots, n$ we have $y = a b$ with $a \in (0, 1)$ % and so on",
        "y = a*b",
    ),
    "what is known of a sigmoid": (
        r"We use $y = \sigma(w x)$, where $\sigma(z) = \frac{1}{1+e^{-z}}$ is the logistic function.",
        "y = sigmoid(w*x)",
    ),
    "two statements in a line": (
        r"i = \sigma(a x), \quad f = \sigma(b x), c = 2",
        "c = 2; i = sigmoid(a*x); f = sigmoid(b*x)",
    ),
    "a word between": (r"L = (y - t)^2, \quad \text{where } y = w x.", "y = w*x; L = (y - t)**2"),
    "a function by its arguments": (
        r"\mathcal{L}(w, b) = (w x + b)^2 \\ J = 2 \mathcal{L}(w, b)",
        "L = (w*x + b)**2; J = 2*L",
    ),
    "names of parts": (r"y = \underbrace{w x}_{z} \odot b_1 + \ell_1", "y = (w*x)*b1 + l1"),
    "stars and primes": (r"x^* = a^{\star} b' + c^\prime", "x_star = a_star*b_prime + c_prime"),
    "a logarithm to a base": (r"H = -p \log_2 p", "H = -p*(log(p)/log(2))"),
    "a squared logarithm": (r"H = \log_{10}^2 x", "H = (log(x)/log(10))**2"),
    "an assignment": (r"\theta_1 \leftarrow \theta_0 - \eta g", "θ1 = θ0 - η*g"),
    "a definition": (r"L := \frac{a}{2}", "L = a/2"),
    "the sign of a sum": (r"L = ∑_{i=1}^{2} x_{i}", "L = x1 + x2"),
    "a norm with its index": (r"y = \|x\|_2^2", "y = abs(x)**2"),
    "other norms of one number": (
        r"y = \|x\|_p + \|a\|_\infty + \lVert b \rVert_{3}",
        "y = abs(x) + abs(a) + abs(b)",
    ),
    "a full stop behind a number": (r"y = \frac{a}{2}.", "y = a/2"),
    "aligned without a block": (r"y &= a b \\ z &= y + 1", "y = a*b; z = y + 1"),
}


@pytest.mark.parametrize(("latex", "text"), LATEX.values(), ids=LATEX)
def test_latex_becomes_the_graph_of_the_same_formula(latex: str, text: str) -> None:
    read, meant = parse(latex), parse(text)
    assert [(n.op, n.name, n.value) for n in read.nodes()] == [(n.op, n.name, n.value) for n in meant.nodes()]
    assert {edge.key: edge for edge in read.edges()} == {edge.key: edge for edge in meant.edges()}


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"L = \frac{a", 10, "never closed"),
        (r"L = \frac{a}", 5, "lacks what it stands for"),
        (r"L = \left(a + b", 5, "never closed by a"),
        (r"L = a + b\right)", 10, "has no"),
        (r"L = \sum_i x_i", 5, "with an index and numbers"),
        (r"L = \sum_{i=1}^{9999} x_i", 5, "at most"),
        (r"y = \mathbf{w}^T x", 15, "a transpose"),
        (r"y = \sin^{-1} x", 9, "the inverse of sin, which is not known here, or 1 over it: 1/sin"),
        (r"y = \tanh^{ - 1}(x)", 10, "the inverse of tanh"),
        (r"y = \begin{pmatrix} a & b \end{pmatrix}", 5, "a matrix or a table"),
        (r"y = \int_0^1 x", 5, "an integral"),
        (r"y = \foo{x}", 5, "is not known here; leave it out"),
        (r"$y = 1{,}000 x$", 6, "1{,}000 may be 1000 or 1.000; write one of these"),
        (r"$y = 1.000.000 x$", 11, "a number has one decimal point"),
        (r"$y = 2 3 x$", 8, "between two numbers"),
        (r"y = {a + b", 5, "never closed"),
        (r"y = a}", 6, "closes nothing"),
        (r"y = x_{1", 5, "never closed"),
        (r"y = \sigma(", 11, "never closed"),
        (r"y = \mu + x^", 12, "lacks what"),
        ("$y = " + "{" * 5_000 + "x$", 86, "nested too deeply"),
        (r"y = x_1 + \ldots + x_n", 11, "dots"),
        (r"y = w a^{[1]}", 8, "an index or a power; write _"),
        (r"x^{(i)} = w", 2, "an index or a power"),
        (r"L = \frac{1}{N} \sum_{n=1}^{N} x_n", 17, "write the number that N is"),
        (r"C = S \Phi(d_1)", 7, "is read as a function"),
        (r"p = \mathrm{softmax}(z + 1)", 5, "there is no operation softmax; write exp"),
        (r"y = \operatorname{sech} x", 5, "there is no operation sech; write 2/"),
        (r"y = \operatorname{foo} x", 5, "there is no operation foo"),
        (r"y = \arctan x", 5, "there is no operation arctan"),
        (r"v = \frac{dx}{dt}", 5, "a derivative cannot stand in a graph"),
        (r"v = \frac{\mathrm{d}}{\mathrm{d}x} x^2", 5, "a derivative cannot stand in a graph"),
        (r"y = \sin \omega t", 5, "this may be sin of one factor or of all; set brackets"),
        (r"y = \ln x y_0", 5, "this may be log of one factor or of all; set brackets"),
        (r"y = x \approx 3", 7, "write = between a name and its formula"),
        (r"y = \frac{1}{2} x!", 18, "there is no factorial"),
        (r"J = (h_\theta(x) - y)^2", 6, "is read as a function"),
        (r"L = -\mathbb{E}[\log p]", 6, "an expectation"),
        (r"f = \begin{cases} x & x > 0 \\ 0 \end{cases}", 5, "a choice"),
        (r"y = f^\circ", 7, "angles are in radians"),
        (r"We say $y = \int x$ and go on.", 13, "an integral"),
        (r"$L = a M$ and $M = L + 1$ meet.", 8, "used here before its own statement"),
    ],
)
def test_latex_that_no_graph_can_hold_or_that_has_no_end_is_named_at_its_place(
    text: str, column: int, said: str
) -> None:
    with pytest.raises(TextError, match=said) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (1, column)


def test_a_backslash_in_a_string_of_python_is_no_latex() -> None:
    assert len(parse('print("a\\nb")\n"""\\frac{a}{b}"""\nL = a*b')) == 3


@pytest.mark.parametrize(("text", "value", "gradients"), CASES.values(), ids=CASES)
def test_a_pasted_program_becomes_the_graph_that_computes_the_same(
    text: str, value: float, gradients: dict[str, float]
) -> None:
    trace = run(parse(text))
    assert not trace.problems
    assert trace.value(trace.output or "") == pytest.approx(value, rel=1e-4)
    for name, gradient in gradients.items():
        assert trace.gradients[name] == pytest.approx(gradient, rel=1e-4), name


OWN = {
    "a sigmoid": (
        "def sigmoid(x):\n    return 1/(1 + math.exp(-x))\ny = sigmoid(w*x)",
        "y = 1/(1 + exp(-(w*x)))",
    ),
    "a lambda": ("f = lambda x: 3*x**2 - x\ny = f(3.0)", "x = 3; y = 3*x**2 - x"),
    "what is in it": (
        "def loss(w, b=0.5):\n    z = w + b\n    z += 1\n    return z*z",
        "b = input(0.5); z = w + b; z2 = z + 1; loss = z2*z2",
    ),
    "what it calls a name": (
        "def f(x):\n    d = x + 1\n    return d*d\nd = f(a)\nL = f(d)",
        "d2 = a + 1; d = d2*d2; d3 = d + 1; L = d3*d3",
    ),
    "names that change places": ("def f(a, b):\n    a, b = b, a\n    return a/b\nL = f(x, y)", "L = y/x"),
    "functions in one another": (
        "@jax.jit\ndef lin(x, w, b=0.0):\n    return w*x + b\ndef mse(y, t): return (y - t)**2\n"
        "L = mse(lin(x, w, b=1), t)",
        "L = (w*x + 1 - t)**2",
    ),
    "a main without a value": (
        "def main():\n    x = Value(2.0)\n    y = x*3\n    y.backward()\nif __name__ == 'main':\n    main()",
        "x = input(2); y = x*3",
    ),
    "a tape": ("with tf.GradientTape() as tape:\n    y = pow(x, 3)", "y = x**3"),
    "lists and their elements": (
        "w = [2, -3, -3]\nx = [-1, u]\ndot = w[0]*x[0] + w[1]*x[1] + w[-1]",
        "w0 = 2; w1 = -3; w2 = -3; x0 = -1; dot = w0*x0 + w1*u + w2",
    ),
    "a product of lists": (
        "w = np.array([0.1, 0.2])\nx = np.array([1.0, 2.0])\ny = np.dot(w, x) + w @ x + w.dot(x)",
        "w0 = input(0.1); w1 = input(0.2); x0 = input(1); x1 = input(2); "
        "y = (w0*x0 + w1*x1) + (w0*x0 + w1*x1) + (w0*x0 + w1*x1)",
    ),
    "an array of names": ("p = 2\nw = np.array([p, 3.0])\ny = w[0]*w[1]", "p = 2; w1 = input(3); y = p*w1"),
    "a loop over lists": (
        "x = [Value(1.0), Value(2.0)]\nw = [Value(3.0), Value(4.0)]\nb = Value(0.5)\n"
        "act = sum((wi*xi for wi, xi in zip(w, x)), b)\nout = act.tanh()",
        "x0 = input(1); x1 = input(2); w0 = input(3); w1 = input(4); b = input(0.5); "
        "act = b + w0*x0 + w1*x1; out = tanh(act)",
    ),
    "a list in a function": (
        "def f(x, w, b):\n    return tanh(np.dot(w, x) + b)\nx = [1, 2]\nw = [3, 4]\ny = f(x, w, 5)",
        "x0 = 1; x1 = 2; w0 = 3; w1 = 4; y = tanh(w0*x0 + w1*x1 + 5)",
    ),
    "what is said of a list": (
        "z = [a*2, b]\nL = np.mean(z) + max(z) + sum(z[i]**2 for i in range(2)) + z.sum()",
        "z0 = a*2; L = mean(z0, b) + max(z0, b) + (z0**2 + b**2) + (z0 + b)",
    ),
    "a mean of one number": ("L = torch.mean((y - t)**2) + np.sum(x.T)", "L = (y - t)**2 + x"),
    "an optimiser": (
        "w = Value(2)\nopt = torch.optim.SGD([w], lr=0.1)\nL = w**2\nopt.step()",
        "w = input(2); L = w**2",
    ),
}


@pytest.mark.parametrize(("text", "meant"), OWN.values(), ids=OWN)
def test_functions_of_a_program_are_put_in_where_they_are_called(text: str, meant: str) -> None:
    read, other = parse(text), parse(meant)
    assert [(n.op, n.name, n.value) for n in read.nodes()] == [(n.op, n.name, n.value) for n in other.nodes()]
    assert {edge.key: edge for edge in read.edges()} == {edge.key: edge for edge in other.edges()}


def test_functions_that_call_one_another_without_end_are_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(own_functions, "MOST_PIECES", 3_000)  # at ten times as many it takes a second
    names = "abcdefghijk"
    text = "def a(x): return x + x\n"
    text += "".join(f"def {two}(x): return {one}({one}({one}(x)))\n" for one, two in pairwise(names))
    with pytest.raises(TextError, match="too often for one graph"):
        parse(text + "y = k(2)")


def test_of_a_program_that_says_what_learns_only_that_is_trainable() -> None:
    graph = parse(CASES["data and weights in PyTorch"][0])
    assert {node.name: node.trainable for node in graph.nodes() if node.op == "input"} == {
        "x": False,
        "y": False,
        "w": True,
        "b": True,
    }
    assert all(node.trainable for node in parse(TORCH).nodes())


def test_each_value_that_a_name_had_is_a_node_and_the_last_one_has_the_name() -> None:
    names = [node.name for node in parse(README).nodes()]
    assert [name for name in names if name[0] == "c"] == ["c1", "c2", "c"]
    assert [name for name in names if name[0] == "g"] == ["g1", "g"]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("s = 0\nfor i in range(3):\n    s += i", 2, 1, "a loop cannot stand"),
        ("while x > 0:\n    x -= 1", 1, 1, "a loop cannot stand"),
        ("y = sum([w*x for w in ws])", 1, 9, "a loop cannot stand"),
        ("h = W @ x", 1, 5, "@ multiplies matrices"),
        ("W = np.array([[1, 2], [3, 4]])", 1, 14, "a list, a vector or a matrix"),
        ("w = [1, 2]\ny = w * 3", 2, 5, "w is a list"),
        ("w = [1, 2]\ny = w[2]", 2, 5, "w has 2 elements, from w[0] to w[1]"),
        ("w = [1, 2]; x = [1, 2, 3]\ny = w @ x", 2, 5, "these lists have 2 and 3 elements"),
        ("w = [" + "1, " * 300 + "]", 1, 5, "up to 200 elements"),
        ("w = [1]*3\ny = w[0]", 1, 5, "a list, a vector or a matrix"),
        ("y = a*b\nx <- -3", 2, 3, "write = for <-"),
        ("y = x[0] * 2", 1, 5, "write x0 for x[0]"),
        ("y = model(x)", 1, 5, "no function model"),
        ("y = a*b\nz = y.frobnicate()", 2, 6, "no function frobnicate"),
        ("y = map(lambda x: x**2, xs)", 1, 9, "a function has a name here"),
        ("def f(x):\n    return f(x - 1)\ny = f(3)", 2, 12, "f calls itself"),
        ("def f(x):\n    return x\ny = f(3, 4)", 3, 5, "f is called otherwise than it is defined: f(x)"),
        ("def f(x, y):\n    return x*y\ny = f(3)", 3, 5, "this call of f lacks y"),
        ("def f(x):\n    for i in x:\n        x += i\n    return x", 2, 5, "a loop cannot stand"),
        ("def f(x):\n    if x > 0:\n        return x\n    return -x", 2, 5, "a choice cannot stand"),
        ("def f(x):\n    return x, 2\ny = f(3)", 2, 5, "f returns several values"),
        ("def f(x):\n    print(x)\ny = f(3)", 3, 5, "f returns nothing"),
        ("def f(*x):\n    return x", 1, 8, "a fixed number of arguments"),
        ("@vmap\ndef f(x):\n    return x", 1, 2, "leave it out"),
        ("def f(x):\n    def g(y):\n        return x*y\n    return g(x)", 2, 5, "define it before"),
        ("w = Value(1.0)\nw -= 0.1 * w.grad", 2, 12, "a gradient cannot stand"),
        ("def f(x): return x**2\ny = jax.grad(f)(2.0)\nz = 2*y", 3, 7, "a gradient cannot stand"),
        ("def f(x): return x**2\ny = jax.grad(jax.grad(f))(2.0)", 2, 5, "a derivative of a derivative"),
        ("w = Value(1.0)\nw.data = 5.0\nL = w*2", 3, 5, "what w.data is set to would be lost here"),
        ("if a > b:\n    y = a", 1, 1, "a choice cannot stand"),
        ("with torch.no_grad():\n    w = w - 0.1", 1, 1, "what is computed without gradients"),
        ("class Neuron:\n    pass", 1, 1, "a class"),
        ("scheduler = torch.StepLR(params)", 1, 13, "no function torch.StepLR"),
        ("a = Value('two')", 1, 11, "plain numbers"),
        ("a = Value(1/0)", 1, 11, "no finite number"),
    ],
)
def test_what_no_graph_can_hold_is_named_at_its_place(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(TextError, match=re.escape(said)) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    ["L = " + "(" * 5_000 + "x", "x" * 2_000_000, "x." * 20_000 + "y", "a = Value(" * 500 + "1"],
    ids=["brackets", "length", "points", "values"],
)
def test_endless_text_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse(text)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("sign", ["√x + ", "x² + ", "|x| + ", "½ + ", "x × ", "50% + "])
def test_a_statement_of_very_many_signs_is_refused_before_they_are_looked_at(sign: str) -> None:
    with pytest.raises(
        TextError, match="more than 150,000 characters with signs such as √ or ² are not"
    ) as it:
        parse("a = 2\n" * 2_000 + "L = " + sign * 40_000 + "1")
    assert it.value.line == 1_335  # where the piece of text begins in which they stand


@pytest.mark.parametrize("text", ["$e = ab$ ", "$a=", r"\alpha+", "$abcd$ ", "x^2+$", r"$\mathrm{ab}+"])
def test_very_much_latex_is_refused_before_it_is_looked_at(text: str) -> None:
    with pytest.raises(TextError, match="formulas in LaTeX have at most 100,000 characters in all"):
        parse(text * 40_000 + r"\alpha")


def test_words_around_formulas_in_latex_do_not_count() -> None:
    graph = parse("These are only words. " * 9_000 + "Then $L = a b$ holds.")
    assert graph.output == "L"


def test_a_long_text_of_many_signs_is_read_in_pieces_as_a_whole_and_its_mistakes_have_their_place() -> None:
    lines = [f"y{i} = √(x) + x² × {i}" for i in range(2_000)]
    assert run(parse("\n".join(lines), x=4)).values["y1999"] == 2 + 16 * 1999
    lines[1_500] = "y1500 = √(x) + * x²"
    with pytest.raises(TextError) as caught:
        parse("\n".join(lines))
    assert (caught.value.line, caught.value.column) == (1_501, 16)
    lines[1_500] = "y1500 = √(x)²"
    with pytest.raises(TextError, match="write √") as caught:
        parse("\n".join(lines))
    assert (caught.value.line, caught.value.column) == (1_501, 13)


def test_a_name_that_gets_thousands_of_values_is_read() -> None:
    graph = parse("a = Value(1.0)\n" + "a += 1\n" * 3_000)
    assert run(graph).values["a"] == 3_001


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (">>> x = 3.0\n>>> y = x*2\n>>> y\n6.0\n>>> L = (y +\n...      1)\n", 7.0),
        ("In [1]: x = 3.0\n\nIn [2]: y = x*2\n   ...: L = y + 1\n\nIn [3]: L\nOut[3]: 7.0\n", 7.0),
        (">>> L = 2*3", 6.0),
        (">>>x = 3\n>>>L = (x*2)", 6.0),
        ("import math\n%matplotlib inline\n!pip install torch\nx = 3.0\nL = x + 1", 4.0),
        ("In [1]: %time y = 1\nIn [2]: x = 3.0\nIn [3]: L = x*2 + y", 7.0),
        ("w = 2\n%time z = w*3\nL = (z - 1)**2", 25.0),
        ("w = 2\n%timeit w*3\n?np.exp\nL = w*3\nL??", 6.0),
        ("x = 3.0\nL = x*2\nL._backward()", 6.0),
        (r">>> L = \max\{0, 3\}", 3.0),
        ("julia> x = 3\n3\n\njulia> L = x^2 + 1\n10", 10.0),
        ("octave:1> x = 3\nx = 3\noctave:2> L = x^2\nL = 9", 9.0),
        (">> x = 3\n\nx =\n\n     3\n\n>> L = x^2\n\nL =\n\n     9\n", 9.0),
        (">> x = 3\nx = 3\n>> 2*x\nans = 6\n\n>> L = x^2\nL = 9\n", 9.0),  # the window of Octave
        ("> x = 3\n> L = x^2\n> L\n[1] 9\n", 9.0),
        ("x = 3.0\nL = x*2\n>>> L\n6.0\n", 6.0),
        (">>> x = 3.0\nL = x*2\n>>> L\n6.0\n", 6.0),
        (">>> x = 3.0\n>>> L = x*2\n>>> print('y =', L)\ny = 6.0\n>>> print(f'L = {L}')\nL = x + 6.0\n", 6.0),
        ("Python 3.11.7 (main) on linux\nType help for more.\n>>> x = 3.0\n>>> L = x*2", 6.0),
        ("L ← sum([1, 2, max([3, 4])]) + mean((5, 7))", 13.0),
    ],
)
def test_what_was_typed_at_prompts_is_read_without_them_and_without_answers(text: str, value: float) -> None:
    trace = run(parse(text))
    assert trace.values["L"] == value


@pytest.mark.parametrize(
    "text",
    [
        "> z = w*x\nL = z^2",
        "y = x\n > 3",
        "> x = 3\nx = 4\n> L = x",
        ">> x = 3\ny = 4\n>> L = x",
        ">> x = 3\nx = y",
    ],
)
def test_no_line_is_lost_beside_one_that_begins_as_a_prompt_does(text: str) -> None:
    with pytest.raises(TextError):
        parse(text)


def test_a_mistake_behind_a_prompt_is_told_where_it_stands() -> None:
    with pytest.raises(TextError) as told:
        parse(">>> y = x\n... \n1.0\n>>> L = y % 2")
    assert (told.value.line, told.value.column) == (4, 11)
    assert told.value.source_line == ">>> L = y % 2"
    with pytest.raises(TextError) as told:
        parse("In [3]: y = a*b. z = 3")
    assert (told.value.line, told.value.column) == (1, 16)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\max\{0, x\}", 3.0),
        (r"\max\lbrace 0, x\rbrace + 1", 4.0),
        (r"2\{x + 1\}^2", 32.0),
        (r"\min\left\{2, x\right\}", 2.0),
        (r"\operatorname{max}\{x, 1\}", 3.0),
    ],
)
def test_braces_that_are_seen_are_brackets_in_latex(text: str, value: float) -> None:
    assert run(parse(f"L = {text}", x=3.0)).values["L"] == value


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"\max\{0, x", 5, "a bracket is opened here and never closed"),
        (r"x\}", 2, "this bracket closes nothing"),
        ("let L = x", 1, "leave out let: L = …"),
        ("a = 1; const L = x;", 8, "leave out const: L = …"),
        ("Let L = x", 1, "leave out Let: L = …"),
        ("y := x", 3, "write = alone between a name and its formula"),
        ("y = sinh x", 5, "there is no function sinh; write (exp(x) - exp(-x))/2"),
        ("y = 2 * lg x", 9, "there is no function lg; write log(x)/log(10)"),
        ("y = ln x", 8, "a function has its operand in brackets: ln(x)"),
        ("y = ∂L/∂w", 5, "a derivative cannot stand in a graph; it is what the backward pass computes"),
        ("y = wᵀ*x", 6, f"{TRANSPOSE}: w1*x1 + w2*x2"),
        ("y = w^T*x", 6, f"{TRANSPOSE}: w1*x1 + w2*x2; a power is w**T"),
        ("y = σ(w^T x + b)", 8, f"{TRANSPOSE}: w1*x1 + w2*x2; a power is w**T"),
        ("y = nn.ReLU(x)", 7, "there is no function ReLU; write relu(x)"),
        ("y = nn.LeakyReLU(0.2)(x)", 7, "there is no function LeakyReLU; write max(x, slope*x)"),
        (
            "m = nn.Sequential(a, b)",
            7,
            "there is no function Sequential; write its layers out: h = relu(w1*x1 + w2*x2 + b)",
        ),
        (
            "y = x.detach()*2",
            6,
            "there is no function detach; write the number it came to, which gets no gradient",
        ),
        (
            "y = torch.where(x > 1, x, 1)",
            5,
            "there is no function torch.where; write the case that you mean, or relu(x)",
        ),
        ("y = sigmod(x)", 5, "there is no function sigmod; write sigmoid(x)"),
        ("L = nn.MSELoss()(y, t)", 7, "there is no function MSELoss; write (y - t)**2"),
        ("y = Σ x_i", 5, "Σ is a name here; write its terms out: a + b + c"),
        ("y = Σ(x_i)", 5, "there is no function Σ; write its terms out: a + b + c"),
        ("f(3) = x + 1", 1, "left of = stands a name, or a function of names: f(x) = x**2 + 1"),
        (
            "sin(x) = y",
            1,
            "sin is an operation and means what it always does; left of = stands a name, or a function of "
            "names: f(x) = x**2 + 1",
        ),
        ("f(x) = x; f(y) = y", 11, "f is stated already; give this function another name"),
        ("f(x) = x**2; y = f(2, 3)", 18, "f is called otherwise than it is defined: f(x)"),
        ("y = np.log1p(x)", 5, "there is no function np.log1p; write log(1 + x)"),
        ("y = x.clamp(0, 1)", 6, "there is no function clamp; write min(max(x, low), high)"),
        ("y = ∑x", 5, r"write the terms of the sum out: x1 + x2 + x3, or \sum_{i=1}^{3} x_i"),
        ("L += x", 1, "L has no value yet that this could change; write L = … first"),
        ("p = 0,5*x", 6, DECIMAL_COMMA),
        ("p = 0,05", 6, DECIMAL_COMMA),
        ("a = 1\np = 10 , 05*x", 8, DECIMAL_COMMA),
        ("    p = 0,05 x", 10, DECIMAL_COMMA),
        ("p = exp(-0,05)", 11, DECIMAL_COMMA),
        ("a = Value(0,08)", 12, DECIMAL_COMMA),
        (r"y = \frac{0,05}{x}", 12, DECIMAL_COMMA),
        ("p = 05", 5, "a number begins with no zero: 5 for 05"),
        ("p = max(x, 007)", 12, "a number begins with no zero: 5 for 05"),
    ],
)
def test_what_is_no_statement_is_told_with_what_to_write(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError) as told:
        parse(text)
    assert (told.value.column, told.value.message) == (column, said)


@pytest.mark.parametrize("name", ["atan", "asin", "sign", "erf", "round"])
def test_no_other_function_is_offered_for_one_that_is_spelt_alike(name: str) -> None:
    with pytest.raises(TextError, match=f"there is no function {name}; the functions are "):
        parse(f"y = {name}(x)")


@pytest.mark.parametrize(
    ("name", "made"), [("elu", "relu(x) + min(exp(x) - 1, 0)"), ("relu6", "min(relu(x), 6)"), ("sqr", "x**2")]
)
def test_what_the_operations_make_together_is_offered_for_a_function_that_is_none(
    name: str, made: str
) -> None:
    with pytest.raises(TextError) as told:
        parse(f"y = {name}(x)")
    assert told.value.message == f"there is no function {name}; write {made}"
    parse(f"y = {made}")


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("y = nn.ReLU()(x)", "relu"),
        ("act = torch.nn.Tanh()\ny = act(x)", "tanh"),
        ("self.act = nn.ReLU(inplace=True)\ny = self.act(x)", "relu"),
        ("y = nn.LeakyReLU(0.01)(x)", "leaky_relu"),
        ("y = w^T", "power"),
        ("y = 2*K^T*x - T", "subtract"),
        ("y = K/(1 + r)^T*x", "multiply"),
    ],
)
def test_layers_without_weights_are_operations_and_a_t_that_is_a_number_stays_one(text: str, op: str) -> None:
    assert parse(text).node("y").op == op


def test_names_of_other_languages_words_stay_names() -> None:
    graph = parse("val = a*b; L = val + set")
    assert {"val", "set"} <= {node.name for node in graph.nodes()}


@pytest.mark.parametrize(
    "text",
    [
        "```python\na = Value(2.0)\nL = 3*a\n```",
        "Here it is:\n\n```\na = Value(2.0)\nL = 3*a\n```\nIts slope is 3.",
        "  ~~~ py\n  a = Value(2.0)\n  L = 3*a\n  ~~~",
        "First\n```python\na = Value(2.0)\n```\nand then\n```python\nL = 3*a\n```",
        "```python\n>>> a = Value(2.0)\n>>> L = 3*a\n>>> L\n6.0\n```",
    ],
)
def test_of_a_message_the_code_between_fences_is_read(text: str) -> None:
    assert run(parse(text)).gradients["a"] == 3.0


def test_a_slip_between_fences_is_told_where_it_stands() -> None:
    with pytest.raises(TextError) as told:
        parse("So:\n```python\na = 2\nL = a +\n```")
    assert told.value.line == 4


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("z = w1*x; a = tanh(z); z = w2*a", "z1 = w1 * x; a = tanh(z1); z = w2 * a"),
        (
            "z = x*w; a = z + 1; z = a*2; a = z*3; L = a*b",
            "z1 = x * w; a1 = z1 + 1; z = a1 * 2; a = z * 3; L = a * b",
        ),
        (r"$z = w_1 x$, $a = \tanh(z)$, $z = w_2 a$", "z1 = w1 * x; a = tanh(z1); z = w2 * a"),
    ],
)
def test_a_name_that_gets_a_value_by_way_of_others_is_a_node_for_each(text: str, formula: str) -> None:
    lines = text_of(parse(text)).splitlines()
    assert "; ".join(line for line in lines if line and "input(" not in line) == formula


@pytest.mark.parametrize("text", ["z = w*x; L = z**2; z = w*x + b", "z = w*x; L = z**2; z = 3"])
def test_a_name_that_gets_a_value_which_has_nothing_of_the_last_one_is_refused(text: str) -> None:
    with pytest.raises(TextError, match="column 20: the name z has a meaning already"):
        parse(text)
