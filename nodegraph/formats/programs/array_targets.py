"""What vectorised programs are written for: one record a library, and how it writes operations on arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nodegraph.core.operations.formula import Notation
from nodegraph.formats.programs.targets import JAX, NUMPY, TORCH, Target

HELPERS: Mapping[str, str] = {
    "sigmoid": """
def sigmoid(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)
""",
    "sigmoid_slope": """
def sigmoid_slope(x):
    small = np.exp(-np.abs(x))  # keeps its digits where y * (1 - y) does not
    return small / (1.0 + small) ** 2
""",
    "tanh_slope": """
def tanh_slope(x):
    small = np.exp(-2.0 * np.abs(x))  # keeps its digits where 1 - y ** 2 does not
    return 4.0 * small / (1.0 + small) ** 2
""",
    "share": '''
def share(x, y, *inputs):
    """Returns the part of the gradient that x receives: all inputs that equal y share it evenly."""
    return (x == y) / np.maximum(sum(one == y for one in inputs), 1)
''',
    "shares": '''
def shares(inputs, y):
    """Returns the parts of the gradient of inputs along the first axis: those that equal y share it."""
    tied = inputs == y
    return tied / np.maximum(tied.sum(axis=0), 1)
''',
    "others": '''
def others(inputs):
    """Returns the products of all inputs along the first axis but each one, without dividing."""
    ones = np.ones_like(inputs[:1])
    before = np.cumprod(np.concatenate([ones, inputs[:-1]]), axis=0)
    after = np.cumprod(np.concatenate([ones, inputs[:0:-1]]), axis=0)[::-1]
    return before * after
''',
    "power_slope_by_base": """
def power_slope_by_base(x, n):
    return np.where(n == 0, 0.0, n * np.power(x, n - 1.0))
""",
    "power_slope_by_exponent": """
def power_slope_by_exponent(x, n):
    return np.where((x == 0) & (n > 0), 0.0, np.power(x, n) * np.log(x))
""",
}
"""Functions that programs define for themselves where they use them: those of NumPy, for schedules too."""


@dataclass(frozen=True)
class ArrayTarget:
    """One library: how it writes operations on arrays, beyond what its `Target` says.

    `join` puts arrays below each other, `widen` repeats one column for each row of data. `folds` are
    operations on all inputs along the first axis, `slopes` their local derivatives where a backward pass is
    written out. `names` are names of its own that no node may have.
    """

    target: Target
    notations: Mapping[str, Notation]
    join: str
    widen: str
    folds: Mapping[str, str]
    names: tuple[str, ...]
    slopes: Mapping[str, str] = field(default_factory=dict)


def _two(text: str) -> Notation:
    return Notation(text, "", "")


_FOLDED = {"add": "sum", "multiply": "prod", "mean": "mean"}

ARRAY_TARGETS: Mapping[str, ArrayTarget] = {
    one.target.name: one
    for one in (
        ArrayTarget(
            NUMPY,
            {
                **NUMPY.notations,
                "max": _two("np.maximum({0}, {1})"),
                "min": _two("np.minimum({0}, {1})"),
                "choose": _two("np.where({0}, {1}, {2})"),
            },
            "np.concatenate([{0}])",
            "np.broadcast_to({0}, ({1}, rows))",
            {op: f"{{0}}.{name}(axis=0)" for op, name in {**_FOLDED, "max": "max", "min": "min"}.items()},
            ("np",),
            {"multiply": "others({0})", "max": "shares({0}, {1})", "min": "shares({0}, {1})"},
        ),
        ArrayTarget(
            TORCH,
            {
                **TORCH.notations,
                "max": _two("torch.maximum({0}, {1})"),
                "min": _two("torch.minimum({0}, {1})"),
            },
            "torch.cat([{0}])",
            "{0}.expand({1}, rows)",
            {op: f"{{0}}.{name}(0)" for op, name in {**_FOLDED, "max": "amax", "min": "amin"}.items()},
            ("torch", "os", "np"),
        ),
        ArrayTarget(
            JAX,
            {
                **JAX.notations,
                "max": _two("jnp.maximum({0}, {1})"),
                "min": _two("jnp.minimum({0}, {1})"),
            },
            "jnp.concatenate([{0}])",
            "jnp.broadcast_to({0}, ({1}, rows))",
            {op: f"{{0}}.{name}(axis=0)" for op, name in {**_FOLDED, "max": "max", "min": "min"}.items()},
            ("jax", "jnp", "np"),
        ),
    )
}
"""All of them by the word that asks for them."""
