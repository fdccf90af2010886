"""What `nodegraph.Value` takes beside micrograd's: as people write it, and over a recorded graph."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Any

from nodegraph.core.building.shapes import Shape
from nodegraph.core.values.value import Value
from nodegraph.formats.disk import compiled
from scripts import peers
from scripts.engine_bench import Figure, shape_of, side_by_side

GOAL = 10.0
"""At least so many times as fast as micrograd, which builds its graph anew at every pass."""
BUDGET_S = 2.0


def loss_of(shape: Shape) -> tuple[Any, list[Value]]:
    """A shape recorded with our values, with relu where micrograd has no function; and its leaves."""
    functions = dict.fromkeys(("tanh", "exp", "relu"), Value.relu)
    leaves = [Value(value) for value in shape.values.tolist()]
    return peers.applied(shape, leaves, functions)[-1], leaves


def value_step(shape: Shape) -> Callable[[], None]:
    """Build, forward and backward, as one writes it for micrograd."""

    def step() -> None:
        loss_of(shape)[0].backward()

    return step


def recorded_step(shape: Shape) -> Callable[[], None]:
    """Forward and backward over a graph that is there, gradients set to 0 in between."""
    loss, leaves = loss_of(shape)

    def step() -> None:
        for leaf in leaves:
            leaf.grad = 0
        loss.forward()
        loss.backward()

    step()
    return step


def figures_of(kind: str, size: int) -> list[Figure]:
    """One shape at one size; what the collector of garbage leaves to itself is not counted to anybody."""
    shape = shape_of(kind, size)
    name = f"{kind} {len(shape):,}"
    gc.collect()
    theirs, ours, recorded = side_by_side(
        [peers.micrograd_step(shape), value_step(shape), recorded_step(shape)], BUDGET_S
    )
    return [
        Figure(f"{name}: micrograd, build and both passes", theirs / len(shape) * 1e9, "ns/node"),
        Figure(f"{name}: as written, faster than micrograd", theirs / ours),
        Figure(f"{name}: a recorded pass, faster", theirs / recorded, goal=GOAL),
    ]


def measured(sizes: Sequence[int], kinds: Sequence[str], told: Callable[[Figure], None]) -> list[Figure]:
    """All figures, each told as soon as it is there."""
    compiled.load()
    found: list[Figure] = []
    for kind in kinds:
        for size in sizes:
            for figure in figures_of(kind, size):
                told(figure)
                found.append(figure)
    return found
