"""Functions and constants as programs write them, with their module: np.tanh(x), F.relu(x), torch.pow(x, 2),
np.max([a, b]), math.pi. Says which operation of the catalogue each one is.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nodegraph.core.notation.not_arithmetic import NAMED, NotArithmetic

_TORCH = ("torch", "torch.special", "torch.nn.functional", "nn.functional", "F")
_JAX = ("jax.nn", "jax.lax", "lax", "jnp", "jax.numpy")
_TENSORFLOW = ("tf", "tf.math", "tf.nn", "tf.keras.activations", "keras.activations", "keras.ops")
_SYMPY = ("sp", "sympy")
_NUMPY = ("math", "np", "numpy", "cp", "cupy", "tnp", "onp", "anp", "scipy.special", "special", "Math", "K")
MODULES = frozenset((*_NUMPY, *_TORCH, *_JAX, *_TENSORFLOW, *_SYMPY))
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
_OF_C: Mapping[str, str] = {
    **{f"{name}f": name for name in ("exp", "log", "sin", "cos", "tan", "tanh", "sqrt")},
    **{
        f"{name}{f}": op
        for name, op in {"fmax": "max", "fmin": "min", "fabs": "abs"}.items()
        for f in ("", "f")
    },
    "powf": "power",
}
"""Those of C that stand without a module, f for a float."""
_FUNCTIONS_OF_SOME: Mapping[tuple[str, str], str] = {
    **{(module, "leaky_relu"): "leaky_relu" for module in (*_TORCH, "jax.nn")},
    **{(module, name): name for module in (*_TORCH, "Math") for name in ("max", "min")},
    **{(module, name): name.lower() for module in _SYMPY for name in ("Max", "Min", "Abs")},
    **{(module, "ln"): "log" for module in _SYMPY},
    **{(module, "Pow"): "power" for module in _SYMPY},
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
    "reduce_sum": "add",
    "reduce_mean": "mean",
    "reduce_max": "max",
    "reduce_min": "min",
}
"""Functions of one list of numbers, and the operations that take as many operands."""
_LAYERS: Mapping[str, str] = {
    "ReLU": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softplus": "softplus",
    "LeakyReLU": "leaky_relu",
}
"""Layers of torch.nn that have no weights, and the operations that they are."""
_OF_SHAPES = frozenset(("axis", "dim", "keepdims", "keepdim", "dtype", "out", "inplace"))
"""Arguments that change nothing about one number, or about what all numbers of a list make together."""
_SECOND = frozenset(("exponent", "other", "negative_slope"))
"""What programs call the second operand, where they give it by name."""
_TWO_MORE = "what {} is of these is not known here; write it with + - * / **"
_LEAK = 0.01
"""The slope of our leaky_relu below 0."""
_NUMBERS = {"tau": "2*pi", "golden": "(1 + sqrt(5))/2", "GoldenRatio": "(1 + sqrt(5))/2"}
"""Numbers of modules that are no constants here, and what they are."""
_NO_NUMBERS = ("inf", "nan", "Inf", "NaN", "oo", "infty", "newaxis", "I")
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
    only = in_list(node.args)
    if not module and only is not None and name in _FUNCTIONS_OF_LISTS:  # sum([a, b]) is Python's own
        return KnownCall(_FUNCTIONS_OF_LISTS[name], only)
    if not module and name == "pow" and len(node.args) == 2:  # Python's own too
        return KnownCall("power", node.args)
    if not module and name in _OF_C:
        return KnownCall(_OF_C[name], node.args)
    if (
        name == "log"
        and module in ("", "math", *_SYMPY)
        and len(node.args) == 2
        and not _is_decimal(*node.args)
    ):
        return KnownCall("divide", [_log_of(one, node) for one in node.args])
    if module not in MODULES:
        return None
    if (form := _known_form(name, node.args)) is not None:
        return form
    if only is not None and name in _FUNCTIONS_OF_LISTS:
        return KnownCall(_FUNCTIONS_OF_LISTS[name], only)
    op = _FUNCTIONS_OF_SOME.get((module, name)) or _FUNCTIONS.get(name)
    return KnownCall(op, node.args) if op else None


def _is_decimal(first: ast.expr, second: ast.expr) -> bool:
    """Whether a comma between two numbers may be a decimal one, as in log(2,5)."""
    are_numbers = isinstance(first, ast.Constant) and isinstance(second, ast.Constant)
    return are_numbers and first.end_col_offset == second.col_offset - 1


def _log_of(operand: ast.expr, place: ast.AST) -> ast.expr:
    """Returns log(x): log(x, 2) is log(x)/log(2)."""
    function = ast.copy_location(ast.Name("log", ast.Load()), place)
    return ast.copy_location(ast.Call(function, [operand], []), place)


def layer(node: ast.expr) -> str:
    """Returns the operation that a layer without weights is, as in nn.Tanh()(x); "" for what is none.

    >>> layer(ast.parse("nn.LeakyReLU(0.01)", mode="eval").body), layer(ast.parse("nn.Linear(2, 1)").body[0])
    ('leaky_relu', '')
    """
    if not isinstance(node, ast.Call):
        return ""
    module, name = _module_and_name(node.func)
    op = _LAYERS.get(name, "") if module in ("", "nn", "torch.nn") else ""
    given = [*node.args, *(word.value for word in node.keywords if word.arg != "inplace")]
    if op == "leaky_relu":
        given = [one for one in given if not (isinstance(one, ast.Constant) and one.value == _LEAK)]
    return "" if given else op


def in_list(arguments: Sequence[ast.expr]) -> Sequence[ast.expr] | None:
    """Returns the elements of the one list that a function is called with, stacked or not, and perhaps with
    its first axis; None without.
    """
    has_axis = len(arguments) == 2 and isinstance(arguments[1], ast.Constant) and _is_zero(arguments[1])
    only = arguments[0] if len(arguments) == 1 or has_axis else None
    if isinstance(only, ast.Call) and _module_and_name(only.func)[1] == "stack" and only.args:
        only = only.args[0]
    return only.elts if isinstance(only, ast.List | ast.Tuple) else None


def stacked(node: ast.Call) -> KnownCall | None:
    """Returns what a method of stacked numbers is, as in torch.stack([a, b]).amax(); None for any other."""
    if not isinstance(node.func, ast.Attribute) or node.args or node.func.attr not in _FUNCTIONS_OF_LISTS:
        return None
    is_stack = isinstance(node.func.value, ast.Call)
    elements = in_list([node.func.value]) if is_stack else None
    return None if elements is None else KnownCall(_FUNCTIONS_OF_LISTS[node.func.attr], elements)


def put_method_by_place(node: ast.Call) -> None:
    """Do what `put_by_place` does for a method of one number. Raises NotArithmetic for one with two others:
    operator.mul(x, 2).
    """
    put_by_place(node)
    if len(node.args) > 1:
        raise NotArithmetic(_TWO_MORE.format(ast.unparse(node.func)), node)


def put_by_place(node: ast.Call) -> None:
    """Let the second operand of a known function stand by its place, as in torch.pow(x, exponent=2), and
    leave out what changes nothing about one number. Raises NotArithmetic for all else.
    """
    for word in list(node.keywords):
        if word.arg in _SECOND:
            node.args = [*node.args, word.value]
            node.keywords.remove(word)
    refuse_named(node)
    node.keywords = []


def refuse_named(node: ast.expr) -> None:
    """Raise NotArithmetic for an argument that would be lost, as in np.average(w, weights=v)."""
    for word in node.keywords if isinstance(node, ast.Call) else ():
        is_lost = word.arg == "out" and getattr(word.value, "value", word) is not None
        if word.arg in ("axis", "dim") and not _is_first_axis(word.value):
            is_lost = True
        if word.arg not in _OF_SHAPES or is_lost:
            raise NotArithmetic(NAMED.format(word.arg or "**"), word)


def _is_first_axis(node: ast.expr) -> bool:
    """Whether an axis may be all of a list of numbers, or is not written out."""
    return not isinstance(node, ast.Constant) or node.value in (None, 0)


def choice(test: ast.expr, body: ast.expr, other: ast.expr) -> KnownCall | None:
    """Returns what a choice is: relu for x if x > 0 else 0, leaky_relu with 0.01*x there; else None."""
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Gt) or len(test.ops) > 1:
        return None
    if not _is_zero(test.comparators[0]) or not _is_same(test.left, body):
        return None
    if _is_zero(other):
        return KnownCall("relu", [body])
    if isinstance(other, ast.BinOp) and isinstance(other.op, ast.Mult):
        sides = [other.left, other.right]
        slope = next((one for one in sides if isinstance(one, ast.Constant)), None)
        if slope is not None and slope.value == _LEAK and any(_is_same(one, body) for one in sides):
            return KnownCall("leaky_relu", [body])
    return None


def _known_form(name: str, operands: Sequence[ast.expr]) -> KnownCall | None:
    """Returns what the functions of several operands are that are operations in one form only; else None."""
    if name == "leaky_relu" and len(operands) == 2 and isinstance(operands[1], ast.Constant):
        return _leaking(operands[0], operands[1])
    if name == "where" and len(operands) == 3:
        return choice(operands[0], operands[1], operands[2])
    if name == "logaddexp" and len(operands) == 2 and _is_zero(operands[1]):
        return KnownCall("softplus", operands[:1])
    if name == "exp" and len(operands) == 1:
        inner = _negated(operands[0])  # exp(-logaddexp(-x, 0)), which keeps the digits of a sigmoid's slope
        if isinstance(inner, ast.Call) and _module_and_name(inner.func)[1] == "logaddexp":
            first = _negated(inner.args[0])
            if first is not None and len(inner.args) == 2 and _is_zero(inner.args[1]):
                return KnownCall("sigmoid", [first])
    return None


def _leaking(operand: ast.expr, slope: ast.Constant) -> KnownCall | None:
    """Returns leaky_relu(x, 0.2) as max(x, 0.2*x), which it is for a slope from 0 to 1; else None. Raises
    NotArithmetic for an operand that would have to be computed twice.
    """
    if slope.value == _LEAK:
        return KnownCall("leaky_relu", [operand])
    if not isinstance(slope.value, int | float) or not 0 <= slope.value <= 1:
        return None
    if not isinstance(operand, ast.Name):
        said = f"name the operand of a leaky_relu with a slope of its own: z = …; max(z, {slope.value}*z)"
        raise NotArithmetic(said, operand)
    product = ast.copy_location(ast.BinOp(slope, ast.Mult(), operand), operand)
    return KnownCall("max", [operand, product])


def _negated(node: ast.expr) -> ast.expr | None:
    """Returns x of -x."""
    return node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else None


def _is_zero(node: ast.expr) -> bool:
    """Whether this is 0, or zeros like something."""
    if isinstance(node, ast.Call):
        return _module_and_name(node.func)[1] in ("zeros_like", "zeros")
    return isinstance(node, ast.Constant) and node.value == 0


def _is_same(one: ast.expr, other: ast.expr) -> bool:
    return ast.dump(one) == ast.dump(other)


def times_its_sign(node: ast.BinOp) -> ast.expr | None:
    """Returns x of sign(x) * x, which is |x|; None for any other."""
    sides = (node.left, node.right), (node.right, node.left)
    for sign, factor in sides:
        if not isinstance(sign, ast.Call) or _module_and_name(sign.func)[1] != "sign":
            continue
        if isinstance(node.op, ast.Mult) and [*map(ast.dump, sign.args)] == [ast.dump(factor)]:
            return factor
    return None


def known_constant(node: ast.Attribute) -> str:
    """Returns the name of the constant that a module's attribute is, as in np.pi; "" where it is none."""
    module, name = _module_and_name(node)
    name = "e" if name == "E" and module in _SYMPY else name
    name = name.lower() if module == "Math" else name  # JavaScript's Math.PI
    return name if module in MODULES and name in CONSTANTS else ""


def why_unknown_constant(node: ast.Attribute) -> str:
    """Returns what to say of what stands in a known module and is no constant here; "" of any other.

    >>> why_unknown_constant(ast.parse("math.tau", mode="eval").body)
    'math.tau is not known here; write the number that it is: 2*pi'
    """
    whole, name = unknown_in_module(node)
    is_function = name in _FUNCTIONS or (whole.rpartition(".")[0], name) in _FUNCTIONS_OF_SOME
    if not whole or is_function or known_constant(node):
        return ""
    if name in _NO_NUMBERS:
        return f"{whole} is no number that can be computed with; leave it out"
    is_known = f": {_NUMBERS[name]}" if name in _NUMBERS else ""
    return f"{whole} is not known here; write the number that it is{is_known}"


def unknown_in_module(node: ast.expr) -> tuple[str, str]:
    """Returns the whole name of what stands in a module that is known, and its name there; two "" otherwise.

    >>> unknown_in_module(ast.parse("np.sinh", mode="eval").body)
    ('np.sinh', 'sinh')
    """
    module, name = _module_and_name(node)
    return (f"{module}.{name}", name) if module in MODULES else ("", "")


def of_lists(name: str) -> str:
    """Returns the operation that a function of one list of numbers is."""
    return _FUNCTIONS_OF_LISTS[name]


def is_optimizer(node: ast.expr) -> bool:
    """Whether this makes an optimiser, which computes no value: torch.optim.SGD([w], lr=0.1)."""
    module = _module_and_name(node.func)[0] if isinstance(node, ast.Call) else ""
    return module in ("torch.optim", "optim", "optax", "tf.keras.optimizers", "keras.optimizers")


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
