"""Sensitivity: how the output moves when one input does, beside the straight line its gradient predicts.

Values come from forward passes side by side; the gradient is a trace's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import evaluate
from nodegraph.core.engine.trace import Trace
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.equations import in_numbers, joined
from nodegraph.core.operations.formula import Call, Number

POINTS = 161
EPSILON = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Tangent:
    """The line that touches the output's curve at one value of an input: L(x) ≈ L(x₀) + ∂L/∂x × (x − x₀)."""

    at: float
    value: float
    gradient: float

    @property
    def is_there(self) -> bool:
        """Whether there is such a line: not where the output or its slope is infinite, or no number."""
        return math.isfinite(self.value) and math.isfinite(self.gradient)

    def predicted(self, x: float) -> float:
        """What the line says of the output at x."""
        return self.value + self.gradient * (x - self.at)


def tangent_of(trace: Trace, input_id: str) -> Tangent | None:
    """The tangent where the graph stands; None without an output or where a number is missing.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
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


def prediction(tangent: Tangent, x: float) -> str:
    """What the line says of the output at x, as it is calculated.

    >>> prediction(Tangent(2.0, -20.0, 15.0), 2.5)
    '−20 + 15 × 0.5 = −12.5'
    """
    rise = Call("multiply", (Number(tangent.gradient), Number(x - tangent.at)))
    return joined(in_numbers(Call("add", (Number(tangent.value), rise)), tangent.predicted(x), noisy=True))


def verdict(tangent: Tangent, latest: Tangent) -> str:
    """How well the line foretold where the output is now. What counts is how far the output moved: a rest of
    that which rounding explains is none.

    >>> verdict(Tangent(2.0, -20.0, 15.0), Tangent(2.5, -12.5, 15.0))
    'Just right.'
    >>> verdict(Tangent(0.0, 0.0, 5e-14), Tangent(1.0, 9e-14, 5e-14))
    'Off by 4e−14: the slope changes on the way.'
    """
    predicted = tangent.predicted(latest.at)
    off, rise = latest.value - predicted, predicted - tangent.value
    if not math.isfinite(latest.value):
        return "The output has left the finite numbers on the way."
    if not tangent.is_there:
        return "No line touches the curve where it began."
    if not math.isfinite(off):
        return "The line has left the finite numbers on the way."
    moved = max(abs(latest.value - tangent.value), abs(rise))
    rounding = 8 * EPSILON * max(abs(latest.value), abs(predicted), abs(tangent.value))
    if abs(off) <= max(1e-9 * moved, rounding):
        return "Just right."
    return f"Off by {format_number(off, 5)}: the slope changes on the way."


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
