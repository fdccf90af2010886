"""Sensitivity: how the output moves when one input does, beside the straight line its gradient predicts.

Values come from forward passes side by side; the gradient is a trace's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.batch import evaluate
from nodegraph.core.trace import Trace

POINTS = 161


@dataclass(frozen=True)
class Tangent:
    """The line that touches the output's curve at one value of an input: L(x) ≈ L(x₀) + ∂L/∂x × (x − x₀)."""

    at: float
    value: float
    gradient: float

    def predicted(self, x: float) -> float:
        """What the line says of the output at x."""
        return self.value + self.gradient * (x - self.at)


def tangent_of(trace: Trace, input_id: str) -> Tangent | None:
    """The tangent where the graph stands; None without an output or where a number is missing.

    >>> from nodegraph.core.expression import parse
    >>> from nodegraph.core.passes import run
    >>> tangent_of(run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)), "a")
    Tangent(at=2.0, value=-20.0, gradient=15.0)
    """
    at, gradient = trace.value(input_id), trace.gradient(input_id)
    value = None if trace.output is None else trace.value(trace.output)
    if at is None or value is None or gradient is None:
        return None
    if trace.mode == "forward":
        reached = trace.seed == input_id and trace.output is not None
        gradient = trace.gradient(trace.output) if reached and trace.output is not None else None
    return None if gradient is None else Tangent(at, value, gradient)


def reach_of(value: float) -> float:
    """How far to either side of a value the curve is worth a look."""
    return max(1.0, abs(value))


def curve(
    trace: Trace, input_id: str, low: float, high: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The input from low to high and the output there, each of shape (POINTS,); all else stays as it is.

    What leaves the real numbers becomes NaN or ±∞. Empty without an output that can run.
    """
    plan = trace.plan
    if trace.output not in plan.number or input_id not in plan.number or trace.output is None:
        return np.empty(0), np.empty(0)
    x = np.linspace(low, high, POINTS)
    leaves = np.repeat(trace.node_values[: plan.leaves, None], POINTS, axis=1)
    leaves[plan.number[input_id]] = x
    return x, evaluate(plan, leaves)[plan.number[trace.output]]
