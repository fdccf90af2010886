"""Rounding: how much of each number of a trace is nothing but the rounding of the operations behind it.

The one rule by which noise is judged, in values, gradients and numerical derivatives: whatever rounds is
moved by a unit in its last place, up or down at random, and the passes are run again; what a number moves by
then is noise (D. S. Parker, "Monte Carlo Arithmetic", 1997; J. Vignes, "Discrete Stochastic Arithmetic for
Validating Results of Numerical Software", 2004). The random signs are the same at every call.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.operations import operation_of_run

if TYPE_CHECKING:
    from nodegraph.core.trace import Trace

Array = NDArray[np.float64]

RUNS = 8
"""How often the passes are run with other roundings."""
SAFETY = 4.0
"""By how much the largest movement seen is multiplied: a few runs do not meet the worst case."""
SMALL = 1e-6
"""Noise is at most this part of the largest number it comes from; what is larger is wrong, but not ≈ 0."""
LARGEST_EXACT = 2.0**53
"""Below this size every whole number is a floating-point number."""
NEVER_ROUND = frozenset(("negate", "abs", "relu", "max", "min", "pass_through"))
"""Operations whose result is one of their inputs, with the same sign or the other."""
EXACT_ON_WHOLE_NUMBERS = frozenset(("add", "subtract", "multiply", "square"))


@dataclass(frozen=True, eq=False)
class Noise:
    """The size up to which each number of a trace is mere rounding, in the plan's numbering.

    Shapes are (nodes,) for `values` and `gradients`, (edges,) for `local` derivatives and `contributions`.
    """

    values: Array
    gradients: Array
    local: Array
    contributions: Array


def is_noise(number: float, noise: float) -> bool:
    """Whether a number, not 0 itself, cannot be told from 0 because of rounding.

    >>> is_noise(5.551115123125783e-17, 2e-16), is_noise(0.0, 2e-16), is_noise(1e-9, 2e-16)
    (True, False, False)
    """
    return number != 0 and math.isfinite(number) and abs(number) <= noise


def noise_of(trace: Trace) -> Noise:
    """The noise in all numbers of a trace; ask `trace.noise`, which keeps it.

    >>> from nodegraph.core.expression import parse
    >>> from nodegraph.core.passes import run
    >>> trace = run(parse("d = a + b - c; L = d*d", a=0.1, b=0.2, c=0.3))
    >>> number = trace.plan.number[trace.output]
    >>> d = trace.order.index("d")
    >>> bool(0 < trace.node_values[d] < trace.noise.values[d] < 1e-15)
    True
    >>> bool(is_noise(trace.node_gradients[d], trace.noise.gradients[d]))
    True
    """
    plan, width = trace.plan, RUNS
    rng = np.random.default_rng(0)
    values = np.repeat(trace.node_values[:, None], width, axis=1)
    local = np.empty((len(plan.keys), width))
    leaves = values[: plan.leaves]
    values[: plan.leaves] = np.where(_is_whole(leaves), leaves, _moved(leaves, rng))
    with np.errstate(all="ignore"):
        for part in plan.runs:
            operation = operation_of_run(part.op)
            inputs = values[part.sources].reshape(len(part.sources), -1)
            result = operation.value(inputs)
            slopes = operation.local_derivatives(inputs, result).reshape(part.sources.size, width)
            local[part.edges : part.edges + part.sources.size] = np.where(
                _is_whole(slopes), slopes, _moved(slopes, rng)
            )
            values[part.start : part.stop] = round_otherwise(part.op, inputs, result, rng).reshape(-1, width)
        gradients, contributions = _carried(trace, local, rng)
        return _noise(trace, values, gradients, local, contributions)


def round_otherwise(op: str, inputs: Array, result: Array, rng: np.random.Generator) -> Array:
    """The results of an operation of a run, each moved by a unit in its last place unless it is exact.

    `inputs` has shape (ports, places), `result` (places,).
    """
    if op in NEVER_ROUND:
        return result
    moved = _moved(result, rng)
    if op not in EXACT_ON_WHOLE_NUMBERS:
        return moved
    exact = _is_whole(inputs).all(axis=0) & (np.abs(result) < LARGEST_EXACT)
    return np.where(exact, result, moved)


def largest_move(moved: Array, base: Array) -> Array:
    """How far at most the numbers of each row lie from its base, those aside that are not finite."""
    with np.errstate(all="ignore"):
        off = np.abs(moved - base[:, None])
    largest: Array = np.where(np.isfinite(off), off, 0.0).max(axis=1, initial=0.0)
    return largest


def _is_whole(numbers: Array) -> NDArray[np.bool_]:
    whole: NDArray[np.bool_] = (numbers == np.rint(numbers)) & (np.abs(numbers) < LARGEST_EXACT)
    return whole


def _moved(numbers: Array, rng: np.random.Generator) -> Array:
    """Up or down by one unit in the last place; 0 and what is not finite stay."""
    up = rng.integers(0, 2, numbers.shape, dtype=np.int8) * 2 - 1
    with np.errstate(all="ignore"):
        moved = numbers + up * np.spacing(np.abs(numbers))
    return np.where(np.isfinite(moved) & (numbers != 0), moved, numbers)


def _carried(trace: Trace, local: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Gradients, shape (nodes, runs), and contributions, shape (edges, runs), each rounded otherwise."""
    width = local.shape[1]
    gradients = np.repeat(trace.start[:, None], width, axis=1)
    contributions = np.zeros_like(local)
    if trace.has_derivatives and trace.seed is not None:
        gradients[trace.plan.number[trace.seed]] = 1.0
    order = trace.carried_order
    eps = np.finfo(float).eps
    rounding = 1 + eps * (rng.integers(0, 2, (2, len(order), width), dtype=np.int8) * 2.0 - 1)
    givers, receivers = trace.givers.tolist(), trace.receivers.tolist()
    for place, edge in enumerate(order.tolist()):
        sent = contributions[edge] = gradients[givers[edge]] * local[edge] * rounding[0, place]
        gradients[receivers[edge]] = (gradients[receivers[edge]] + sent) * rounding[1, place]
    return gradients, contributions


def _noise(trace: Trace, values: Array, gradients: Array, local: Array, contributions: Array) -> Noise:
    """What the numbers have moved by, no more of it than a small part of the numbers they come from."""
    plan = trace.plan
    size = np.where(np.isfinite(trace.node_values), np.abs(trace.node_values), 0.0)
    for part in plan.runs:
        here = slice(part.start, part.stop)
        size[here] = np.maximum(size[here], size[part.sources].max(axis=0))
    slope = np.where(np.isfinite(trace.local_derivatives), np.abs(trace.local_derivatives), 0.0)
    slope = np.maximum(slope, size[plan.edge_target])
    sent = np.where(np.isfinite(trace.contributions), np.abs(trace.contributions), 0.0)
    back = np.abs(trace.start)
    for edge in trace.carried_order.tolist():
        giver, receiver = trace.givers[edge], trace.receivers[edge]
        sent[edge] = max(sent[edge], slope[edge], back[giver])
        back[receiver] = max(back[receiver], sent[edge])

    def bounded(moved: Array, base: Array, scale: Array) -> Array:
        return np.minimum(SAFETY * largest_move(moved, base), SMALL * scale)

    return Noise(
        bounded(values, trace.node_values, size),
        bounded(gradients, trace.node_gradients, back),
        bounded(local, trace.local_derivatives, slope),
        bounded(contributions, trace.contributions, sent),
    )
