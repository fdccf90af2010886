"""What random programs call their leaves and steps, and lines beside formulas that compute nothing."""

from __future__ import annotations

import random

LEAVES = (
    *(["a", "b", "c", "f"], ["w", "x", "b", "y"], ["x1", "x2", "w1", "w2", "b"], ["x", "y"], ["x"]),
    *(["theta0", "theta1", "x", "y"], ["W", "X", "bias"], ["alpha", "beta", "x"], ["m", "v", "g", "h"]),
    *(["q", "k", "v"], ["w_1", "w_2", "x_1", "t"], ["x0", "y0"], ["mu", "sigma", "x"], ["dx", "dt", "k"]),
    *(["height", "width"], ["r", "t", "P"], ["input1", "weight", "target"], ["S", "I", "E", "N"], ["p", "z"]),
    *(["F", "K", "T"], ["e", "x"], ["nn", "lax"], ["data", "grad", "label"], ["step", "item", "rate"]),
    *(["now", "path", "device"], ["i", "j", "k"], ["n", "N"], ["_x", "x_"], ["value", "f"], ["f", "g"]),
    *(["σ", "μ", "x"], ["Re", "Im"], ["dy", "y0"], ["w", "dw", "lr"], ["grad_x", "x1"], ["D", "B", "A"]),
    *(["a1", "a2"], ["x_train", "y_train", "w"], ["lambda_", "x"], ["k_B", "h_bar"], ["t", "t0", "v0"]),
    *(["lam", "gamma", "s"], ["in_", "w0", "w1"], ["time", "speed"], ["λ", "θ"], ["l", "O", "o1"]),
)
STEPS = (
    *(
        ["e", "d", "L"],
        ["z", "loss"],
        ["n", "o"],
        ["h", "y_hat", "loss"],
        ["u", "y"],
        ["out"],
        ["q", "s", "r"],
    ),
    *(["z1", "a1", "z2", "a2", "cost"], ["pred", "error", "mse"], ["J"], ["result"], ["y_pred", "diff", "L"]),
    *(["forward", "back"], ["net", "act", "err"], ["c", "d", "e", "g"], ["E", "F"], ["dz", "z"], ["val"]),
    *(["linear", "output"], ["x2", "x3", "x4"], ["y1", "y2"], ["reg", "total_loss"], ["log_p", "nll"]),
    *(["energy"], ["s1", "s2", "total"], ["logits", "probability"], ["temp", "value"], ["f1", "f2"]),
)
REMARKS = (
    "# forward pass",
    "# loss",
    "#",
    "# y = 2*x + 1",
    "# TODO: tidy up; then print",
    "# Übung 3 – Kettenregel",
)
IDLE = (
    *("import random; random.seed(42)", "verbose = True", "DEBUG = False", "name = 'experiment 1'"),
    *(
        '"""Exercise 4."""',
        "assert True",
        "pass",
        "import time",
        "import time; t_start = time.time()",
        "print('-' * 40)",
    ),
    *(
        "import matplotlib.pyplot as plt",
        "print('hello')",
        "print()",
        "",
        "import warnings",
        "log_file = None",
    ),
)


MAGICS = ("%matplotlib inline", "!pip install torch", "%load_ext autoreload", "%time", "# In [1]")
"""Lines of notebooks that are no Python."""


def names(pick: random.Random) -> tuple[list[str], list[str]]:
    """Returns names of leaves and of steps, no name twice."""
    while True:
        leaves, steps = list(pick.choice(LEAVES)), list(pick.choice(STEPS))
        if not {*leaves} & {*steps}:
            return leaves, steps
