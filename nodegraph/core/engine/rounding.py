"""Rounding: how much of each number of a trace is nothing but the rounding of the operations behind it.

The one rule by which noise is judged, in values, gradients and numerical derivatives: a result may be off by
a unit in its last place unless it is exact, and by as much as its inputs, which may be off too, can move it
(N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., §3.3, "Running Error Analysis"). How
far that is, the operation itself is asked, at the corners of what its inputs may be.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan, Run
from nodegraph.core.operations.catalogue import operation_of_run

Array = NDArray[np.float64]

MOST_EDGES = 50_000
"""Edges up to which pictures say of a number that it is 0 but for rounding."""
ABOUT_ZERO = "≈ 0"
"""What stands for a number that is 0 but for rounding."""
SMALL = 1e-6
"""Noise is at most this part of the largest number it comes from; what is larger is wrong, but not ≈ 0."""
LARGEST_EXACT = 2.0**53
"""Below this size every whole number is a floating-point number."""
NEVER_ROUND = frozenset(("negate", "abs", "relu", "max", "min", "pass_through"))
"""Operations whose result is one of their inputs, with the same sign or the other."""
NEVER_LOST = NEVER_ROUND | {"add", "subtract"}
"""Operations whose result is 0 only where it should be; others may be too small for a number."""
SUMS = frozenset(("add", "mean"))
PERIODIC = frozenset(("sin", "cos", "tan"))
"""Operations that repeat themselves, however large their input is."""
SMALLEST = float(np.spacing(0.0))
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


class Computed(Protocol):
    """The numbers of a run whose rounding is asked for, as a `Trace` has them; each is said there."""

    @property
    def plan(self) -> Plan: ...
    @property
    def node_values(self) -> Array: ...
    @property
    def local_derivatives(self) -> Array: ...
    @property
    def contributions(self) -> Array: ...
    @property
    def seed(self) -> str | None: ...
    @property
    def has_derivatives(self) -> bool: ...
    @property
    def start(self) -> Array: ...
    @property
    def carried_order(self) -> NDArray[np.int32]: ...
    @property
    def givers(self) -> NDArray[np.int32]: ...
    @property
    def receivers(self) -> NDArray[np.int32]: ...


def is_noise(number: float, noise: float) -> bool:
    """Whether a number, not 0 itself, is indistinguishable from 0 because of rounding.

    >>> is_noise(5.551115123125783e-17, 2e-16), is_noise(0.0, 2e-16), is_noise(1e-9, 2e-16)
    (True, False, False)
    """
    return number != 0 and math.isfinite(number) and abs(number) <= noise


class Judged(Computed, Protocol):
    """A run whose noise can be asked for, as a `Trace` keeps it."""

    @property
    def node_gradients(self) -> Array: ...
    @property
    def noise(self) -> Noise: ...


Numbers = Literal["values", "gradients", "local", "contributions"]
"""The numbers of a trace by what `Noise` calls them."""


def noise_in(trace: Judged, kind: Numbers, place: int) -> float:
    """Returns the size up to which a number of a trace is mere rounding; 0 where the number is not small
    beside others, without computing it: the noise of a large graph takes many passes.
    """
    number = float(_numbers(trace, kind)[place])
    if not number or not is_small(trace, number):
        return 0.0
    found: Array = getattr(trace.noise, kind)
    return float(found[place])


def is_small(trace: Judged, number: float) -> bool:
    """Whether a number is so small beside those of a trace that it may be mere rounding."""
    return abs(number) < SMALL * _largest_of(trace)


def is_rounding(trace: Judged, kind: Numbers, place: int) -> bool:
    """Whether a number of a trace is 0 but for rounding: the one rule for all who show or judge it.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
    >>> trace = run(parse("y = (x + h - x) - h; L = y*y", x=0.1, h=0.2))
    >>> is_rounding(trace, "gradients", trace.plan.number["x"]), trace.gradient("h") == 0
    (False, True)
    """
    return is_noise(float(_numbers(trace, kind)[place]), noise_in(trace, kind, place))


def may_be_asked(trace: Computed) -> bool:
    """Whether the noise of a trace is computed so fast that one may ask while a picture is painted."""
    return len(trace.plan.edge_source) <= MOST_EDGES


def _numbers(trace: Judged, kind: Numbers) -> Array:
    named = {"values": "node_values", "gradients": "node_gradients", "local": "local_derivatives"}
    found: Array = getattr(trace, named.get(kind, kind))
    return found


_largest: WeakKeyDictionary[Judged, float] = WeakKeyDictionary()


def _largest_of(trace: Judged) -> float:
    """The largest number of a trace, computed once."""
    if trace not in _largest:
        kinds: tuple[Numbers, ...] = ("values", "gradients", "local", "contributions")
        sizes = (np.abs(_numbers(trace, kind)) for kind in kinds)
        _largest[trace] = max(float(size[np.isfinite(size)].max(initial=0.0)) for size in sizes)
    return _largest[trace]


def noise_of(trace: Computed) -> Noise:
    """The noise in all numbers of a trace; ask `trace.noise`, which keeps it.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
    >>> trace = run(parse("d = a + b - c; L = d*d", a=0.1, b=0.2, c=0.3))
    >>> number = trace.plan.number[trace.output]
    >>> d = trace.order.index("d")
    >>> bool(0 < trace.node_values[d] < trace.noise.values[d] < 1e-15)
    True
    >>> bool(is_noise(trace.node_gradients[d], trace.noise.gradients[d]))
    True
    """
    values = np.zeros(len(trace.plan.ids))
    local = np.zeros(len(trace.plan.edge_source))
    leaves = trace.node_values[: trace.plan.leaves]
    values[: trace.plan.leaves] = np.where(_is_whole(leaves), 0.0, _unit(leaves))
    with np.errstate(all="ignore"):
        for part in trace.plan.runs:
            here, edges = slice(part.start, part.stop), slice(part.edges, part.edges + part.sources.size)
            inputs, result = trace.node_values[part.sources], trace.node_values[here]
            slopes = trace.local_derivatives[edges].reshape(inputs.shape)
            error = error_of(part.op, inputs, values[part.sources], result)
            off = np.where(_is_whole(slopes), 0.0, _unit(slopes))
            off += _slopes_off(part.op, inputs, values[part.sources], slopes)
            if part.op in PERIODIC:
                error, off = _told_by_waves(error, result), _told_by_waves(off, slopes)
            values[here] = error
            local[edges] = off.ravel()
        return _bounded(trace, values, local, *_carried(trace, local))


def error_of(op: str, inputs: Array, off: Array, result: Array) -> Array:
    """Returns how far results of an operation of a run may be off, given how far its inputs may be.

    `inputs` and `off` have shape (ports, places), `result` (places,).
    """
    rounded = _unit(result)
    if op in NEVER_ROUND:
        rounded = np.zeros_like(result)
    elif op in EXACT_ON_WHOLE_NUMBERS:
        exact = (_is_whole(inputs) & (off == 0)).all(axis=0) & (np.abs(result) < LARGEST_EXACT)
        rounded = np.where(exact, 0.0, rounded)
    if op not in NEVER_LOST:
        rounded[(result == 0) & (inputs != 0).all(axis=0)] = SMALLEST
    if op in SUMS and len(inputs) > 2:
        rounded = rounded + _rounded_on_the_way(inputs)
    value = operation_of_run(op).value
    moved = np.zeros_like(result)
    for corner in _corners(inputs, off):
        moved = np.maximum(moved, _finite(np.abs(value(corner) - result)))
    return moved + rounded


def _told_by_waves(off: Array, numbers: Array) -> Array:
    """Bound how far what repeats itself may be off. Far out an input may be off by whole waves, so that would
    be anything, yet what is asked for and told is the number that this very input leads to.
    """
    return np.minimum(off, SMALL * np.maximum(1.0, np.abs(numbers)))


def _rounded_on_the_way(inputs: Array) -> Array:
    """How far the sums of all inputs but the last are rounded, before what is added then cancels them."""
    total: Array = inputs[0]
    off: Array = np.zeros_like(total)
    for row in inputs[1:-1]:
        longer = total + row
        lost = np.where(np.abs(total) >= np.abs(row), total - longer + row, row - longer + total)
        off += np.where(lost != 0, _unit(longer), 0.0)
        total = longer
    return off


def _slopes_off(op: str, inputs: Array, off: Array, slopes: Array) -> Array:
    """How far inputs that are off can move the local derivatives, shape (ports, places)."""
    operation = operation_of_run(op)
    moved = np.zeros_like(slopes)
    for corner in _corners(inputs, off):
        there = operation.local_derivatives(corner, operation.value(corner))
        moved = np.maximum(moved, _finite(np.abs(there - slopes)))
    return moved


def _corners(inputs: Array, off: Array) -> Iterator[Array]:
    """The inputs moved as far as they may be off: every one in both directions, or where there are many, all
    up, all down, all away from 0 and all towards it, which moves sums, products and extremes farthest.
    """
    if not off.any():
        return
    if len(inputs) == 1:
        directions = [[1.0], [-1.0]]
    elif len(inputs) == 2:
        directions = [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]
    else:
        away = np.sign(inputs) * off
        yield from (inputs + off, inputs - off, inputs + away, inputs - away)
        return
    for direction in directions:
        yield inputs + np.reshape(direction, (-1, *[1] * (inputs.ndim - 1))) * off


def _is_whole(numbers: Array) -> NDArray[np.bool_]:
    whole: NDArray[np.bool_] = (numbers == np.rint(numbers)) & (np.abs(numbers) < LARGEST_EXACT)
    return whole


def _unit(numbers: Array) -> Array:
    """One unit in the last place; 0 for what is exact: 0, and for what is not finite."""
    return np.where(np.isfinite(numbers) & (numbers != 0), np.spacing(np.abs(numbers)), 0.0)


def _finite(numbers: Array) -> Array:
    return np.where(np.isfinite(numbers), numbers, 0.0)


def _carried(trace: Computed, local: Array) -> tuple[Array, Array]:
    """How far gradients, shape (nodes,), and contributions, shape (edges,), may be off."""
    eps = float(np.finfo(float).eps)
    gradients, sums = [0.0] * len(trace.plan.ids), trace.start.tolist()
    contributions, off = [0.0] * len(local), local.tolist()
    if trace.has_derivatives and trace.seed is not None:
        sums[trace.plan.number[trace.seed]] = 1.0
    givers, receivers, slopes = (
        trace.givers.tolist(),
        trace.receivers.tolist(),
        trace.local_derivatives.tolist(),
    )
    carried = trace.contributions.tolist()
    for edge in trace.carried_order.tolist():  # lists are read ten times as fast as arrays, one by one
        giver, receiver, sent = givers[edge], receivers[edge], carried[edge]
        moved = abs(sums[giver]) * off[edge] + abs(slopes[edge]) * gradients[giver]
        contributions[edge] = moved + gradients[giver] * off[edge] + eps * abs(sent)
        sums[receiver] += sent
        gradients[receiver] += contributions[edge] + eps * abs(sums[receiver])
    return _finite(np.array(gradients)), _finite(np.array(contributions))


def _bounded(trace: Computed, values: Array, local: Array, gradients: Array, contributions: Array) -> Noise:
    """The noise, no more of it than a small part of the numbers it comes from."""
    plan = trace.plan
    size = _finite(np.abs(trace.node_values))
    for part in plan.runs:
        here = slice(part.start, part.stop)
        size[here] = np.maximum(size[here], size[part.sources].max(axis=0))
    slope = np.maximum(_finite(np.abs(trace.local_derivatives)), size[plan.edge_target])
    sent, back = _finite(np.abs(trace.contributions)).tolist(), np.abs(trace.start).tolist()
    slopes, givers, receivers = slope.tolist(), trace.givers.tolist(), trace.receivers.tolist()
    for edge in trace.carried_order.tolist():
        sent[edge] = max(sent[edge], slopes[edge], back[givers[edge]])
        back[receivers[edge]] = max(back[receivers[edge]], sent[edge])
    return Noise(
        np.minimum(values, SMALL * size),
        np.minimum(gradients, SMALL * np.array(back)),
        np.minimum(local, SMALL * slope),
        np.minimum(contributions, SMALL * np.array(sent)),
    )


# --- the sign of zero
def deciding_zeros(plan: Plan, values: Array) -> frozenset[int]:
    """Returns the numbers of the nodes that are −0 where 0 would lead to another value or local derivative,
    as 1 / (−0) is −∞, and not only to a zero of the other sign. Elsewhere nobody needs to know the sign.

    `values` has shape (nodes,), in the plan's numbering.
    """
    zeros = (values == 0) & np.signbit(values)
    decides = np.zeros(len(values), dtype=bool)
    if not zeros.any():
        return frozenset()
    edges = np.flatnonzero(zeros[plan.edge_source])
    taking = np.unique(np.searchsorted(plan.table[:, 4], edges, side="right") - 1)
    with np.errstate(all="ignore"):
        for place in taking[::-1].tolist():
            part = plan.runs[place]
            for port in np.flatnonzero(zeros[part.sources].any(axis=1)).tolist():
                sources = part.sources[port]
                decides[sources[_turned(part, port, values, decides) & zeros[sources]]] = True
    return frozenset(np.flatnonzero(decides).tolist())


def _turned(part: Run, port: int, values: Array, decides: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For which nodes of a run 0 at this port would make a difference, shape (nodes of the run,)."""
    operation, inputs = operation_of_run(part.op), values[part.sources]
    result = values[part.start : part.stop]
    slopes = operation.local_derivatives(inputs, result)
    inputs[port] += 0.0  # −0 + 0 is 0
    other = operation.value(inputs)
    other_slopes = operation.local_derivatives(inputs, other)
    is_turned = (result == 0) & (np.signbit(result) != np.signbit(other)) & decides[part.start : part.stop]
    found: NDArray[np.bool_] = (
        is_turned | _differs(result, other) | _differs(slopes, other_slopes).any(axis=0)
    )
    return found


def _differs(one: Array, other: Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (one != other) & ~(np.isnan(one) & np.isnan(other))
    return found
