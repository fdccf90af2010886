"""Functions and constants as programs write them, with their module: np.tanh(x), F.relu(x), torch.pow(x, 2),
np.max([a, b]), math.pi. Says which operation of the catalogue each one is.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TORCH = ("torch", "torch.special", "torch.nn.functional", "nn.functional", "F")
_JAX = ("jax.nn", "jax.lax", "lax", "jnp", "jax.numpy")
_TENSORFLOW = ("tf", "tf.math", "tf.nn", "tf.keras.activations", "keras.activations", "keras.ops")
_SYMPY = ("sp", "sympy")
_NUMPY = ("math", "np", "numpy", "cp", "cupy", "scipy.special", "special")
_MODULES = frozenset((*_NUMPY, *_TORCH, *_JAX, *_TENSORFLOW, *_SYMPY))
"""What programs call the modules whose functions are known here."""

_SAME_EVERYWHERE = (
    *("reciprocal", "square", "sqrt", "exp", "log", "sin", "cos", "tan"),
    *("tanh", "relu", "softplus"),
)
_NAMES: Mapping[str, str] = {
    "add": "add",
    "subtract": "subtract sub",
    "multiply": "multiply mul",
    "divide": "divide true_divide div",
    "negate": "negative neg",
    "power": "power float_power pow",
    "abs": "abs absolute fabs",
    "sigmoid": "sigmoid expit logistic",
    "max": "maximum",
    "min": "minimum",
}
_FUNCTIONS: Mapping[str, str] = {
    **{name: name for name in _SAME_EVERYWHERE},
    **{name: op for op, names in _NAMES.items() for name in names.split()},
}
"""Functions of numbers, and the operations that they are."""
_FUNCTIONS_OF_SOME: Mapping[tuple[str, str], str] = {
    **{(module, "leaky_relu"): "leaky_relu" for module in (*_TORCH, "jax.nn")},
    **{(module, name): name for module in _TORCH for name in ("max", "min")},
    **{(module, name): name.lower() for module in _SYMPY for name in ("Max", "Min", "Abs")},
    **{(module, "ln"): "log" for module in _SYMPY},
}
"""Functions that mean this in some modules only: TensorFlow's leaky_relu has another slope."""
_FUNCTIONS_OF_LISTS: Mapping[str, str] = {
    "max": "max",
    "amax": "max",
    "min": "min",
    "amin": "min",
    "mean": "mean",
    "average": "mean",
    "sum": "add",
    "fsum": "add",
    "prod": "multiply",
}
"""Functions of one list of numbers, and the operations that take as many operands."""
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
"""Constants of these modules, which formulas know by the same names."""


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A call of a module's function: the operation that it is, and its operands."""

    op: str
    operands: Sequence[ast.expr]


def known_call(node: ast.Call) -> KnownCall | None:
    """Returns what the call of a module's function is in the catalogue; None where it is not known.

    >>> known_call(ast.parse("np.maximum(x, 0)", mode="eval").body).op
    'max'
    """
    module, name = _module_and_name(node.func)
    if module not in _MODULES:
        return None
    only = node.args[0] if len(node.args) == 1 else None
    if isinstance(only, ast.List | ast.Tuple) and name in _FUNCTIONS_OF_LISTS:
        return KnownCall(_FUNCTIONS_OF_LISTS[name], only.elts)
    op = _FUNCTIONS_OF_SOME.get((module, name)) or _FUNCTIONS.get(name)
    return KnownCall(op, node.args) if op else None


def known_constant(node: ast.Attribute) -> str:
    """Returns the name of the constant that a module's attribute is, as in np.pi; "" where it is none."""
    module, name = _module_and_name(node)
    return name if module in _MODULES and name in CONSTANTS else ""


def unknown_in_module(node: ast.expr) -> tuple[str, str]:
    """Returns the whole name of what stands in a module that is known, and its name there; two "" otherwise.

    >>> unknown_in_module(ast.parse("np.sinh", mode="eval").body)
    ('np.sinh', 'sinh')
    """
    module, name = _module_and_name(node)
    return (f"{module}.{name}", name) if module in _MODULES else ("", "")


def takes_a_list(name: str) -> bool:
    """Whether a function of these modules takes its numbers as one list."""
    return name in _FUNCTIONS_OF_LISTS


def _module_and_name(node: ast.expr) -> tuple[str, str]:
    """Returns torch.nn.functional and relu for torch.nn.functional.relu; "" and a name for a name alone."""
    if isinstance(node, ast.Name):
        return "", node.id
    if not isinstance(node, ast.Attribute):
        return "", ""
    module, name = _module_and_name(node.value)
    return f"{module}.{name}" if module else name, node.attr
