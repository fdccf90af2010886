"""What programs are written for: one record a language or library, and how it writes each operation.

An operation that a record does not name is written as its definition, where it has one in the catalogue. How
libraries differ at ties, kinks and edges of domains was measured; where they can, they are written so that
the slope is the one shown here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from nodegraph.core.operations.catalogue import LEAKY_SLOPE, NOTATIONS
from nodegraph.core.operations.formula import ATOM, CHOICE, POWER, PRODUCT, SUM, Notation
from nodegraph.formats.programs import helper_functions
from nodegraph.formats.programs.titles import TITLES

ARITHMETIC = ("add", "subtract", "multiply", "divide", "negate", "power")
"""Operations that are written as signs, and whose operands may be numbers as they stand."""


@dataclass(frozen=True)
class Target:
    """One language or library.

    `leaf` is how an input with its value is made, `constant` how a number that stands by itself is.
    `notations` say how operations are written, `shown` how a value is printed, `gradient` how the gradient
    that the library left at an input is. `reserved` are names that no node may have; where none of them is
    used, the header is left out. `helpers` are functions that a program defines for itself where it uses
    them.

    Where the library does not differentiate, the backward pass is written out: `slopes` gives local
    derivatives where the catalogue's rule would lose digits, a formula over x0, x1… and y for each port (the
    last for all further ones). `careful` are notations and slopes for a place where the plain ones fail.
    `loses` says, by operation, what a library's own derivative gets wrong, and where.
    """

    name: str
    header: str
    leaf: str
    constant: str
    notations: Mapping[str, Notation]
    reserved: tuple[str, ...]
    shown: str = "{name}"
    gradient: str = ""
    helpers: Mapping[str, str] = field(default_factory=dict)
    slopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    careful: Mapping[str, Notation] = field(default_factory=dict)
    careful_slopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    loses: Mapping[str, Loss] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.name]

    @property
    def differentiates(self) -> bool:
        """Whether gradients come from the library, so that no backward pass is written."""
        return not self.slopes


@dataclass(frozen=True)
class Loss:
    """What a library's own derivative of an operation gets wrong: `where` decides by the inputs' values."""

    sentence: str
    where: Callable[..., bool]


def _written(text: str, binds: int = ATOM, needs: tuple[int, ...] = (CHOICE,)) -> Notation:
    return Notation(text, text, text, binds, needs)


def _calls(prefix: str, names: Iterable[str]) -> dict[str, Notation]:
    return {name: _written(f"{prefix}{name}({{0}})") for name in names}


_SIGNS = {name: NOTATIONS[name] for name in ARITHMETIC}
_FUNCTIONS = ("sqrt", "exp", "log", "sin", "cos", "tan", "tanh")
_SLOPES = {
    "divide": ("1 / x1", "-y / x1"),
    "reciprocal": ("-(y * y)",),
    "sigmoid": ("sigmoid_slope(x0)",),
    "tanh": ("tanh_slope(x0)",),
    "max": ("share({port}, y, {inputs})",),
    "min": ("share({port}, y, {inputs})",),
}
_POWER_SLOPES = {"power": ("power_slope_by_base(x0, x1)", "power_slope_by_exponent(x0, x1)")}
_TANH = Loss("far out the library's slope, 1 - y ** 2, has lost its digits", lambda x: abs(x) > 7)
_POWER = Loss("the library takes another slope by the exponent of 0", lambda x, n: x == 0 and n <= 0)
_LOSSES = {"tanh": _TANH, "power": _POWER}

PYTHON = Target(
    "python",
    "import math",
    "{value}",
    "{value}",
    _SIGNS
    | _calls("math.", _FUNCTIONS)
    | _calls("", ("abs", "sigmoid", "softplus"))
    | {
        "relu": _written("max({0}, 0.0)"),
        "leaky_relu": _written(f"{{0}} if {{0}} > 0 else {LEAKY_SLOPE} * {{0}}", CHOICE, (SUM,)),
        "max": _written("max({0}, {1})"),
        "min": _written("min({0}, {1})"),
    },
    ("math",),
    helpers=helper_functions.PYTHON,
    slopes=_SLOPES,
    careful={"divide": _written("divide({0}, {1})"), "power": _written("power({0}, {1})")}
    | _calls("", ("sqrt", "exp", "log", "sin", "cos", "tan")),
    careful_slopes=_POWER_SLOPES,
)

NUMPY = Target(
    "numpy",
    'import numpy as np\n\nnp.seterr(all="ignore")  # infinity and NaN are results here',
    "np.float64({value})",
    "np.float64({value})",
    _SIGNS
    | _calls("np.", (*_FUNCTIONS, "abs"))
    | _calls("", ("sigmoid",))
    | {
        "softplus": _written("np.logaddexp({0}, 0.0)"),
        "relu": _written("np.maximum({0}, 0.0)"),
        "leaky_relu": _written(f"np.where({{0}} > 0, {{0}}, {LEAKY_SLOPE} * {{0}})"),
        "max": _written("np.max([{0}, {1}])"),
        "min": _written("np.min([{0}, {1}])"),
    },
    ("np",),
    "float({name})",
    helpers=helper_functions.NUMPY,
    slopes=_SLOPES,
    careful_slopes=_POWER_SLOPES,
)

TORCH = Target(
    "torch",
    "import torch\n\ntorch.set_default_dtype(torch.float64)",
    "torch.tensor({value}, requires_grad=True)",
    "torch.tensor({value})",
    _SIGNS
    | _calls("torch.", (*_FUNCTIONS, "abs", "relu"))
    | {
        # the slopes of torch.sigmoid and of PyTorch's softplus lose their digits far out
        "sigmoid": _written("torch.exp(-torch.logaddexp(-{0}, torch.zeros_like({0})))"),
        "softplus": _written("torch.logaddexp({0}, torch.zeros_like({0}))"),
        "leaky_relu": _written(f"torch.where({{0}} > 0, {{0}}, {LEAKY_SLOPE} * {{0}})"),
        "max": _written("torch.stack([{0}, {1}]).amax()"),
        "min": _written("torch.stack([{0}, {1}]).amin()"),
    },
    ("torch",),
    "{name}.item()",
    "{name}.grad.item()",
    loses=_LOSSES,
)

JAX = Target(
    "jax",
    'import jax\nimport jax.numpy as jnp\n\njax.config.update("jax_enable_x64", True)',
    "{value}",
    "{value}",
    _SIGNS
    | _calls("jnp.", _FUNCTIONS)
    | {
        "abs": _written("jnp.sign({0}) * {0}", PRODUCT, (ATOM,)),  # jnp.abs has the slope 1 at 0
        "relu": _written("jax.nn.relu({0})"),
        "sigmoid": _written("jnp.exp(-jnp.logaddexp(-{0}, 0.0))"),  # its own slope loses its digits far out
        "softplus": _written("jnp.logaddexp({0}, 0.0)"),
        "leaky_relu": _written(f"jnp.where({{0}} > 0, {{0}}, {LEAKY_SLOPE} * {{0}})"),
        "max": _written("jnp.max(jnp.stack([{0}, {1}]))"),
        "min": _written("jnp.min(jnp.stack([{0}, {1}]))"),
    },
    ("jax", "jnp", "compute", "inputs", "value", "gradients", "name", "gradient"),
    loses=_LOSSES,
)

MICROGRAD = Target(
    "micrograd",
    "from micrograd.engine import Value",
    "Value({value})",
    "Value({value})",
    _SIGNS
    | {
        "sqrt": _written("{0} ** 0.5", POWER, (ATOM,)),
        "relu": _written("{0}.relu()", ATOM, (ATOM,)),
        "abs": _written("{0}.relu() + (-{0}).relu()", SUM, (ATOM,)),
    },
    ("Value",),
    "{name}.data",
    "{name}.grad",
)

TARGETS: Mapping[str, Target] = {one.name: one for one in (PYTHON, NUMPY, TORCH, JAX, MICROGRAD)}
"""All targets by the word that asks for them."""
