"""What libraries call what: makers of leaves, methods of one number, and what computes nothing."""

from __future__ import annotations

from collections.abc import Mapping

INPUT, TRAINABLE = "input", "trainable"
"""The function by which a text says that a name is an input, with its value, and its word for whether
training may change that.
"""
MUTED = "muted"
"""The function by which a text says that an operation is muted."""
MAKERS = frozenset(
    (
        *("Value", "Tensor", "tensor", "as_tensor", "FloatTensor", "DoubleTensor", "Variable", "Parameter"),
        *("array", "asarray", "float", "float32", "float64", "constant", "Scalar", "Param"),
    )
)
"""What libraries call a number that is to be a leaf."""
METHODS: Mapping[str, str] = {
    name: op
    for op, names in {
        **{name: name for name in ("tanh", "relu", "exp", "log", "sigmoid", "sin", "cos", "tan", "sqrt")},
        **{name: name for name in ("square", "reciprocal", "softplus", "leaky_relu")},
        "abs": "abs absolute",
        "power": "pow power",
        "negate": "neg negative",
        "add": "add",
        "subtract": "sub subtract",
        "multiply": "mul multiply",
        "divide": "div divide true_divide",
        "max": "max maximum",
        "min": "min minimum",
    }.items()
    for name in names.split()
}
"""Methods of one number, and the operations that they are."""
SAME = frozenset(
    (
        *("double", "float", "item", "clone", "requires_grad_", "retain_grad", "to", "cpu", "cuda", "view"),
        *("sum", "mean", "squeeze", "reshape", "type", "contiguous", "flatten", "numpy", "astype"),
    )
)
"""Methods that leave one number as it is."""
LOOKS = frozenset(("data", "grad", "label", "requires_grad", "T"))
"""Attributes that are looked at or set, and change no value."""
WRITES = ("alert", "echo", "writeln", "WriteLine", "Println", "Print", "Printf", "print_endline")
"""Functions of other languages that print."""
SHOWN = frozenset(
    (
        *WRITES,
        "print",
        "println",
        "printf",
        "fprintf",
        "disp",
        "cat",
        "puts",
        "display",
        "draw_dot",
        "draw",
        "pprint",
        "len",
        "type",
        "repr",
        "help",
        "diff",
        "exit",
        "init_printing",
        "quit",
        "seed",
    )
)
"""Functions that show something."""
PREFIXES = (
    *(
        "plt.",
        "ax.",
        "axs[",
        "axes[",
        "fig.",
        "matplotlib.",
        "seaborn.",
        "sns.",
        "logging.",
        "warnings.",
        "time.",
    ),
    *("jax.config.", "np.random.", "random.", "torch.manual_seed"),
)
EFFECTS = frozenset(
    (
        *(
            "backward",
            "_backward",
            "zero_grad",
            "zero_",
            "step",
            "seterr",
            "set_default_dtype",
            "set_default_device",
            "set_num_threads",
            "manual_seed",
            "seed",
            "watch",
            "update",
            "show",
        ),
        *("requires_grad_", "retain_grad", "render", "view", "item", "append", "set_printoptions", "figure"),
        *("diff", "subs", "evalf", "init_printing", "print", "pprint", "doit"),
        *("info", "debug", "warning", "warn", "error"),
        *("exit", "write", "writelines", "dump", "savefig", "close", "writerow"),
    )
)
"""Methods that are called for what they do."""
