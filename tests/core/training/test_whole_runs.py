"""Whole runs beside PyTorch: batches, held-out rows, clipping, decay and a schedule at once, and the loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup

NETWORK = "h = tanh(a*x1 + b*x2 + c); k = tanh(d*x1 + e*x2 + f); y = p*h + q*k + r; L = (y - t)**2"
START = {"a": 0.5, "b": -0.3, "c": 0.1, "d": -0.6, "e": 0.8, "f": 0.0, "p": 0.7, "q": -0.4, "r": 0.2}
ROWS, STEPS = 30, 40
SETUPS: dict[str, dict[str, float]] = {
    "sgd": {"rate": 0.2},
    "momentum": {"rate": 0.05, "momentum": 0.8},
    "rmsprop": {"rate": 0.02, "smoothing": 0.95, "eps": 1e-8},
    "adam": {"rate": 0.05, "beta1": 0.85, "beta2": 0.99, "eps": 1e-8},
    "adamw": {"rate": 0.05, "beta1": 0.85, "beta2": 0.99, "eps": 1e-8},
}
AFTER: dict[str, list[float]] = {
    "sgd": [
        0.17891823152161182, 0.25091996623175383, 0.19163362297125003, -0.19019240350753006,
        -0.06645134759600083,
    ],
    "momentum": [
        0.17930058664686385, 0.24878209230455373, 0.16660855266417993, -0.17050272738702052,
        -0.06541101868505209,
    ],
    "rmsprop": [
        0.17831103240947166, 0.2357874123957456, 0.18043598401786645, -0.2151351172393352,
        -0.006183078456805045,
    ],
    "adam": [
        0.17768454965514624, 0.23229330549239743, 0.1225932701929948, -0.2280872108638894,
        -0.02620210617904278,
    ],
    "adamw": [
        0.17754201091502708, 0.23206935824750544, 0.13910037106542705, -0.1792868806566922,
        -0.025823068223718264,
    ],
}  # fmt: skip
"""The loss over all rows that were trained on, that of the held-out rows, a, q and r after all steps, as
PyTorch 2.13.0 found them in 64 bit (`in_pytorch`).
"""


def points() -> dict[str, np.ndarray]:
    """Thirty points on a saddle, the same everywhere."""
    turn = np.arange(ROWS)
    x1, x2 = np.sin(1.3 * turn), np.cos(0.7 * turn + 0.2)
    return {"x1": x1, "x2": x2, "t": x1 * x2}


def setup_of(name: str) -> Setup:
    settings = SETUPS[name] | {"clip": 0.5, "decay": 0.02}
    return Setup("minimise", name, settings, STEPS, "1 - 0.9*k/n", batch=7, seed=3, held_out=0.2)


def ours(name: str) -> list[float]:
    training = Training(parse(NETWORK, **START), setup_of(name), points())
    while not training.is_done:
        training.step()
    learnt = dict(zip(training.names, training.parameters.tolist(), strict=True))
    return [training.loss(), float(training.found()[0]), learnt["a"], learnt["q"], learnt["r"]]


def in_pytorch(torch: Any, name: str) -> list[float]:
    """The same run with torch.optim, `clip_grad_norm_` and the rows drawn by numpy as they are documented."""
    setup, settings = setup_of(name), SETUPS[name]
    table = {key: torch.tensor(column) for key, column in points().items()}
    weights = {
        key: torch.tensor(value, dtype=torch.float64, requires_grad=True) for key, value in START.items()
    }
    words = {
        "sgd": {},
        "momentum": {"momentum": settings.get("momentum")},
        "rmsprop": {"alpha": settings.get("smoothing"), "eps": 1e-8},
        "adam": {"betas": (0.85, 0.99), "eps": 1e-8},
        "adamw": {"betas": (0.85, 0.99), "eps": 1e-8},
    }[name]
    kind = {"sgd": "SGD", "momentum": "SGD", "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW"}[name]
    optimizer = getattr(torch.optim, kind)(weights.values(), lr=settings["rate"], weight_decay=0.02, **words)
    falling = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: 1 - 0.9 * k / STEPS)

    def loss(rows: np.ndarray) -> Any:
        w, x1, x2, t = weights, *(table[key][rows] for key in ("x1", "x2", "t"))
        h = torch.tanh(w["a"] * x1 + w["b"] * x2 + w["c"])
        k = torch.tanh(w["d"] * x1 + w["e"] * x2 + w["f"])
        return ((w["p"] * h + w["q"] * k + w["r"] - t) ** 2).mean()

    drawn = np.random.default_rng([setup.seed, 0]).permutation(ROWS)
    held, kept = np.sort(drawn[:6]), np.sort(drawn[6:])
    step, epoch = 0, 0
    while step < STEPS:
        epoch += 1
        order = kept[np.random.default_rng([setup.seed, epoch]).permutation(len(kept))]
        for start in range(0, len(kept), 7):
            if step == STEPS:
                break
            optimizer.zero_grad()
            loss(order[start : start + 7]).backward()
            torch.nn.utils.clip_grad_norm_(list(weights.values()), 0.5)
            optimizer.step()
            falling.step()
            step += 1
    return [float(it.detach()) for it in (loss(kept), loss(held), weights["a"], weights["q"], weights["r"])]


@pytest.mark.parametrize("name", SETUPS)
def test_a_whole_run_is_the_one_that_was_recorded_of_pytorch(name: str) -> None:
    assert ours(name) == pytest.approx(AFTER[name], rel=1e-10)


@pytest.mark.parametrize("name", SETUPS)
def test_a_whole_run_is_that_of_the_pytorch_that_is_installed(name: str) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    assert ours(name) == pytest.approx(in_pytorch(torch, name), rel=1e-10)
