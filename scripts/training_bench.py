"""What a step of a training takes beside the step that one writes in numpy, and that `jax.jit` compiles.

The known demo: 100 rows of two moons, a 2-16-16-1 network, hinge loss with L2. All compute with float64 from
the same numbers, and their losses must agree; ours is the whole step of a training, its record included.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from nodegraph.core.building.networks import mlp
from nodegraph.core.data.generators import generate
from nodegraph.core.graph.graph import Graph
from nodegraph.core.kernels import kernels
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup
from nodegraph.formats.disk import compiled
from scripts.engine_bench import Figure, side_by_side

SIZES, ROWS, PENALTY, RATE = (2, 16, 16, 1), 100, 1e-4, 0.1
BUDGET_S = 3.0
GOAL_OF_JAX = 2.0
"""At most so many times what jax takes, with compiled passes."""
AGREE = 1e-9

Layers = list[tuple[np.ndarray, np.ndarray]]
Step = Callable[[], float]
"""Takes a step, and returns the loss before it."""


def training_of(steps: int = 1_000_000) -> Training:
    """The demo's training as nodegraph takes it."""
    graph = Graph()
    graph.apply(mlp(graph, SIZES, "relu", "linear", "hinge", penalty=PENALTY, start="unit", seed=1))
    table = generate("moons", ROWS, 0.1, 1337, signed=True)
    return Training(graph, Setup(settings={"rate": RATE}, steps=steps), table)


def layers_of(training: Training) -> Layers:
    """Its weights and biases, layer by layer: (neurons, inputs) and (neurons, 1)."""
    values, found = iter(training.parameters.tolist()), []
    for inputs, neurons in pairwise(SIZES):
        rows = np.array([[next(values) for _ in range(inputs + 1)] for _ in range(neurons)])
        found.append((rows[:, :-1].copy(), rows[:, -1:].copy()))
    return found


def data_of() -> tuple[np.ndarray, np.ndarray]:
    """The points, of shape (2, rows), and the sides on which they are."""
    table = generate("moons", ROWS, 0.1, 1337, signed=True)
    return np.array([table.column("x1"), table.column("x2")]), table.column("t")[None, :]


def our_step(training: Training) -> Step:
    """A step as the window and the command line take it."""
    return lambda: training.step().loss


def numpy_step(layers: Layers) -> Step:
    """The step as one writes it in numpy, a matrix to each layer."""
    x, t = data_of()
    layers = [(w.copy(), b.copy()) for w, b in layers]

    def step() -> float:
        values = [x]
        for place, (w, b) in enumerate(layers):
            total = w @ values[-1] + b
            values.append(total if place == len(layers) - 1 else np.maximum(total, 0))
        short = 1 - t * values[-1]
        penalty = PENALTY * sum(float((p * p).sum()) for layer in layers for p in layer)
        loss = float(np.maximum(short, 0).mean()) + penalty
        upstream = np.where(short > 0, -t, 0.0) / ROWS
        for place in range(len(layers) - 1, -1, -1):
            w, b = layers[place]
            by_w = upstream @ values[place].T + 2 * PENALTY * w
            by_b = upstream.sum(axis=1, keepdims=True) + 2 * PENALTY * b
            if place:
                upstream = np.where(values[place] > 0, w.T @ upstream, 0.0)
            layers[place] = w - RATE * by_w, b - RATE * by_b
        return loss

    return step


def jax_step(layers: Layers) -> Step:
    """The step that jax compiles, from the loss alone."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    x, t = map(jnp.asarray, data_of())

    def loss_of(layers: Any) -> Any:
        values = x
        for place, (w, b) in enumerate(layers):
            total = w @ values + b
            values = total if place == len(layers) - 1 else jnp.maximum(total, 0)
        penalty = PENALTY * sum((p * p).sum() for layer in layers for p in layer)
        return jnp.maximum(1 - t * values, 0).mean() + penalty

    @jax.jit
    def stepped(layers: Any) -> Any:
        loss, slopes = jax.value_and_grad(loss_of)(layers)
        return loss, jax.tree.map(lambda p, slope: p - RATE * slope, layers, slopes)

    state = [jax.tree.map(jnp.asarray, layers)]

    def step() -> float:
        loss, state[0] = stepped(state[0])
        return float(jax.block_until_ready(loss))

    return step


def peers_of(training: Training) -> dict[str, Step]:
    """The steps of others that are there, by name, from the same numbers."""
    layers = layers_of(training)
    found = {"numpy by hand": numpy_step(layers)}
    if importlib.util.find_spec("jax") is not None:
        found["jax.jit"] = jax_step(layers)
    return found


def demand_agreement(steps: Sequence[Step], count: int = 5) -> None:
    """Raise AssertionError where the first losses are not the same."""
    for _ in range(count):
        losses = [step() for step in steps]
        assert max(losses) - min(losses) < AGREE, f"the losses differ: {losses}"


def measured(told: Callable[[Figure], None]) -> list[Figure]:
    """All figures, each told as soon as it is there: without compiled passes, then with them."""
    found: list[Figure] = []
    for is_compiled in (False, True):
        if is_compiled and compiled.load() is None:
            break
        training = training_of()
        steps = {"ours": our_step(training), **peers_of(training)}
        demand_agreement(list(steps.values()))
        kept = kernels.loaded()
        if not is_compiled and kept is not None:
            raise RuntimeError("compiled passes are loaded already")
        taken = side_by_side(list(steps.values()), BUDGET_S, time.perf_counter)  # jax may take threads
        times = dict(zip(steps, taken, strict=True))
        by = "compiled" if is_compiled else "by numpy"
        figures = [Figure(f"the demo, {by}: a step", times["ours"] * 1e6, "µs")]
        for peer in list(steps)[1:]:
            goal = GOAL_OF_JAX if peer == "jax.jit" and is_compiled else None
            figures.append(
                Figure(f"the demo, {by}: of {peer}", times["ours"] / times[peer], "×", goal, at_least=False)
            )
        for figure in figures:
            told(figure)
        found += figures
    return found
