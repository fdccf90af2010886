"""Random formulas as programs that people write: in the words of micrograd, PyTorch, JAX, TensorFlow, NumPy,
autograd, SymPy, plain Python and MATLAB, flat, in functions or below a `main`, with what stands around them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from program_mathematics import FUNCTIONS, Mathematics, Tree

_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "**": 4}
_ATOM = 5


@dataclass
class Spelling:
    """How a library spells functions, `{}` being the operand, and what it calls a leaf."""

    imports: tuple[str, ...]
    functions: Mapping[str, tuple[str, ...]]
    leaf: tuple[str, ...] = ("{}",)
    power: tuple[str, ...] = ("{}**{}",)
    larger: str = "max({}, {})"
    pi: str = "3.141592653589793"
    helpers: Mapping[str, str] = field(default_factory=dict)
    """Functions that a program defines for itself, where it uses them."""


def text_of(tree: Tree, spelling: Spelling, pick: random.Random) -> str:
    """Returns a formula in the words of a library; brackets where they are needed, and sometimes others."""
    gap = pick.choice(("", " "))
    return _text(tree, spelling, pick, gap)[0]


def _text(tree: Tree, spelling: Spelling, pick: random.Random, gap: str) -> tuple[str, int]:
    """The text, and how strongly it binds."""
    if tree.op == "pi":
        return spelling.pi, _ATOM
    if not tree.parts:
        return tree.text, 3 if tree.text.startswith("-") else _ATOM
    parts = [_text(part, spelling, pick, gap) for part in tree.parts]
    binding = _BINDING.get(tree.op, _ATOM)
    if tree.op == "neg":
        return f"-{_bracketed(parts[0], 3, pick)}", 3
    if tree.op == "**":
        index = parts[1][0] if pick.random() < 0.8 else f"({parts[1][0]})"
        return _called(pick.choice(spelling.power), _bracketed(parts[0], _ATOM, pick), index, 4)
    if tree.op == "max":
        return spelling.larger.format(parts[0][0], parts[1][0]), _ATOM
    if len(parts) == 2:
        left = _bracketed(parts[0], binding, pick)
        right = _bracketed(parts[1], binding + (tree.op in "-/"), pick)
        right = f"({right})" if right[0] == "-" and (not gap or pick.random() < 0.8) else right
        if pick.random() < 0.02 and tree.op in "+*":
            return f"({left} {tree.op}\n    {right})", _ATOM
        return f"{left}{gap}{tree.op}{gap}{right}", binding
    how = pick.choice(spelling.functions[tree.op])
    inner = _bracketed(parts[0], _ATOM, pick) if how[0] == "{" and how[2:3] in ".*" else parts[0][0]
    if how.startswith("{}.") and inner[0].isdigit():
        inner = f"({inner})"
    return how.replace("{}", inner), _ATOM if how[0].isalpha() or how.startswith("{}.") else 2


def _called(how: str, base: str, index: str, binding: int) -> tuple[str, int]:
    if how.startswith("{}.") and base[0].isdigit():
        base = f"({base})"
    return how.format(base, index), binding if "**" in how or "^" in how else _ATOM


def _bracketed(part: tuple[str, int], needed: int, pick: random.Random) -> str:
    text, binding = part
    is_bare = binding >= needed and not (pick.random() < 0.05 and binding < _ATOM)
    return text if is_bare else f"({text})"


def _of_module(module: str, **others: str) -> dict[str, tuple[str, ...]]:
    """Functions as module.name({})."""
    found = {name: (f"{module}{name}({{}})",) for name in FUNCTIONS}
    return found | {name: tuple(text.split(" | ")) for name, text in others.items()}


_SIGMOID = "def sigmoid(z):\n    return 1 / (1 + {}exp(-z))"
_RELU = "def relu(z):\n    return {}(0, z)"
_METHODS = {name: ("{}." + name + "()",) for name in FUNCTIONS}

MICROGRAD = Spelling(
    ("from micrograd.engine import Value",),
    {name: _METHODS[name] for name in ("tanh", "relu", "exp")},
    ("Value({})", "Value({}, label='{name}')", "Value(data={})"),
)
TORCH = Spelling(
    ("import torch", "import torch\nimport torch.nn.functional as F", "import torch\nfrom torch import nn"),
    _of_module(
        "torch.",
        exp="torch.exp({}) | {}.exp()",
        tanh="torch.tanh({}) | {}.tanh() | nn.Tanh()({})",
        sigmoid="torch.sigmoid({}) | {}.sigmoid() | F.sigmoid({})",
        relu="torch.relu({}) | {}.relu() | F.relu({}) | {}.clamp(min=0)",
        softplus="F.softplus({})",
        square="torch.square({}) | {}.square() | {}.pow(2) | torch.pow({}, 2)",
        abs="torch.abs({}) | {}.abs() | abs({})",
    ),
    (
        *("torch.tensor({}, requires_grad=True)", "torch.tensor([{}], requires_grad=True)"),
        *("nn.Parameter(torch.tensor({}))", "torch.tensor({}, dtype=torch.float64, requires_grad=True)"),
        *("torch.tensor({}).requires_grad_()", "torch.tensor(float({}), requires_grad=True)"),
    ),
    ("{}**{}", "{}**{}", "torch.pow({}, {})", "{}.pow({})"),
    "torch.max({}, {})",
    "torch.pi",
)
JAX = Spelling(
    ("import jax\nimport jax.numpy as jnp", "import jax.numpy as jnp\nfrom jax import grad, jit"),
    _of_module(
        "jnp.",
        sigmoid="jax.nn.sigmoid({})",
        relu="jax.nn.relu({}) | jnp.maximum({}, 0) | jnp.maximum(0.0, {})",
        softplus="jax.nn.softplus({}) | jnp.log(1 + jnp.exp({})) | jnp.log1p(jnp.exp({}))",
        abs="jnp.abs({}) | abs({})",
    ),
    ("{}", "jnp.array({})", "jnp.float32({})"),
    ("{}**{}", "{}**{}", "jnp.power({}, {})"),
    "jnp.maximum({}, {})",
    "jnp.pi",
)
TENSORFLOW = Spelling(
    ("import tensorflow as tf",),
    _of_module(
        "tf.",
        log="tf.math.log({})",
        sigmoid="tf.sigmoid({}) | tf.nn.sigmoid({}) | tf.math.sigmoid({})",
        relu="tf.nn.relu({}) | tf.maximum({}, 0.0)",
        softplus="tf.nn.softplus({}) | tf.math.softplus({})",
        square="tf.square({}) | {}**2",
        sqrt="tf.sqrt({}) | tf.math.sqrt({})",
    ),
    ("tf.Variable({})", "tf.Variable({}, name='{name}')", "tf.Variable({}, dtype=tf.float64)"),
    ("{}**{}", "tf.pow({}, {})"),
    "tf.maximum({}, {})",
)
NUMPY = Spelling(
    ("import numpy as np",),
    _of_module(
        "np.",
        sigmoid="sigmoid({}) | 1/(1 + np.exp(-({})))",
        relu="relu({}) | np.maximum(0, {}) | np.maximum({}, 0.0)",
        softplus="np.log(1 + np.exp({})) | np.log1p(np.exp({}))",
        abs="np.abs({}) | abs({}) | np.absolute({})",
    ),
    ("{}", "{}", "np.float64({})", "np.array({})"),
    ("{}**{}", "{}**{}", "np.power({}, {})"),
    "np.maximum({}, {})",
    "np.pi",
    {"sigmoid": _SIGMOID.format("np."), "relu": _RELU.format("np.maximum")},
)
AUTOGRAD = Spelling(
    ("import autograd.numpy as np\nfrom autograd import grad",),
    NUMPY.functions,
    ("{}",),
    ("{}**{}",),
    "np.maximum({}, {})",
    "np.pi",
    NUMPY.helpers,
)
SYMPY = Spelling(
    ("import sympy as sp",),
    _of_module(
        "sp.",
        sigmoid="1/(1 + sp.exp(-({})))",
        relu="sp.Max(0, {}) | sp.Max({}, 0)",
        abs="sp.Abs({}) | abs({})",
        softplus="sp.log(1 + sp.exp({}))",
        square="({})**2",
    ),
    ("{}",),
    ("{}**{}", "sp.Pow({}, {})"),
    "sp.Max({}, {})",
    "sp.pi",
)
PLAIN = Spelling(
    ("import math", "from math import exp, log, tanh, sin, cos, sqrt, pi", "from math import *"),
    {},
    ("{}", "{}", "float({})"),
    ("{}**{}", "{} ** {}", "pow({}, {})"),
    pi="{m}pi",
    helpers={"sigmoid": _SIGMOID.format("math."), "relu": _RELU.format("max")},
)
PLAIN_FUNCTIONS = {
    "sigmoid": ("sigmoid({})", "1/(1 + {m}exp(-({})))", "1.0 / (1.0 + {m}exp(-1*({})))"),
    "relu": ("relu({})", "max(0, {})", "max({}, 0.0)"),
    "softplus": ("{m}log(1 + {m}exp({}))",),
    "abs": ("abs({})",),
    "square": ("({})**2", "({})*({})"),
    **{name: ("{m}" + name + "({})",) for name in ("exp", "log", "tanh", "sin", "cos", "sqrt")},
}
MATLAB = Spelling(
    ("",),
    _of_module(
        "", sigmoid="1/(1 + exp(-({})))", relu="max(0, {})", softplus="log(1 + exp({}))", square="({})^2"
    ),
    power=("{}^{}", "{}^{}", "{}.^{}"),
    pi="pi",
)


# --- a program
@dataclass
class Program:
    """A program's text, the name of its file, and what it means: its output and what it derives by."""

    name: str
    text: str
    outputs: frozenset[str]
    """What the output may be called; empty where that is open."""
    mathematics: Mathematics
    derived: frozenset[str]
    """The leaves by which the program derives its output."""
    style: str

    @property
    def data(self) -> bytes:
        """The bytes of the file; of a notebook its cells."""
        if not self.name.endswith(".ipynb"):
            return self.text.encode()
        cells = [
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": part.splitlines(keepends=True)}
            for part in self.text.split("\n\n")
        ]
        title = {"cell_type": "markdown", "metadata": {}, "source": ["# The chain rule\n", "y = 3*x"]}
        return json.dumps({"cells": [title, *cells], "metadata": {}, "nbformat": 4}).encode()
