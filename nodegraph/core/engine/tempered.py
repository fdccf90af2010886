"""Tempered passes: how much of a gradient gets where, whatever the error it starts from.

In a tempered pass no edge counts for much, and one whose slope only tells how far off a result is counts as
1. So does what is flat because it is where the output would have it: a fit that has arrived holds nothing up.
Everything is computed for several columns of values side by side: what is shown, or rows of data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import evaluate
from nodegraph.core.engine.bounds import bounds
from nodegraph.core.engine.passes import backward, tangents
from nodegraph.core.engine.plan import Plan
from nodegraph.core.engine.trace import Trace
from nodegraph.core.operations.catalogue import operation_of_run

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "softplus": 1.0}
"""The steepest slope of each operation that flattens out."""
WIDTHS = {"sigmoid": 1.0, "tanh": 2.0, "softplus": 1.0}
"""How far each of them goes between its flat ends; a softplus has one, and this far from it it is steep."""
FLAT = 0.02
"""A slope below this share of the steepest one is saturated: a tanh beyond ±0.99."""
LEAST, MOST = 0.05, 20.0
"""What one edge passes on at least and at most in a tempered pass, where it passes on anything."""
ERRORS = frozenset(("square", "power", "abs", "mean", "log", "exp", "max", "min"))
"""Operations whose slope shows how far off a result is, or shares it out: in a tempered pass it is ±1."""
LOSSES = frozenset(("square", "power", "abs", "log", "softplus"))
"""Operations by which a result is judged: only behind one of them has a flat operation a place to be at."""
MOST_RUNS = 200
"""Runs of a plan up to which is looked whether what is flat has arrived (30 µs each)."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Values of all nodes, of shape (nodes, columns), and their local derivatives, (edges, columns)."""

    values: Array
    local: Array


@dataclass(frozen=True, eq=False)
class Tempered:
    """The sums of a tempered pass, of shape (nodes, columns), and what edges carry in it, (edges, columns);
    and where an operation is flat and holds something up, (edges, columns).
    """

    nodes: Array
    edges: Array
    saturated: Mask


def shown(trace: Trace) -> Columns:
    """Return the one column of what a trace shows."""
    return Columns(trace.node_values[:, None], trace.local_derivatives[:, None])


def of_leaves(plan: Plan, leaves: Array) -> Columns:
    """Return as many columns as the leaves have, which are of shape (leaves, columns)."""
    values = evaluate(plan, leaves)
    local = np.empty((len(plan.edge_source), leaves.shape[1]))
    with np.errstate(all="ignore"):
        for run in plan.runs:
            inputs = values[run.sources].reshape(len(run.sources), -1)
            result = values[run.start : run.stop].reshape(-1)
            slopes = operation_of_run(run.op).local_derivatives(inputs, result)
            local[run.edges : run.edges + run.sources.size] = slopes.reshape(run.sources.size, -1)
    return Columns(values, local)


def is_flat(op: str, slopes: Array) -> Mask:
    """Return where an operation that flattens out is flat, by its slopes."""
    flat: Mask = np.abs(slopes) < FLAT * STEEPEST[op]
    return flat


def temper(trace: Trace, columns: Columns) -> Tempered:
    """Return the tempered pass of a trace over these columns."""
    kinds = _kinds_of(trace.plan)
    flat = np.abs(columns.local) < FLAT * kinds.steepest
    if not trace.has_derivatives:
        return Tempered(np.zeros(columns.values.shape), np.zeros(columns.local.shape), flat)
    local = np.nan_to_num(columns.local, posinf=MOST, neginf=-MOST)
    signs = np.sign(local)
    slopes = np.where(kinds.is_error, signs, signs * np.clip(np.abs(local), LEAST, MOST))
    if trace.mode == "reverse" and flat.any():
        errors = np.where(kinds.is_error, np.clip(local, -MOST, MOST), np.where(flat, signs, slopes))
        gradients = _carry(trace, errors)[0][trace.plan.edge_target]
        arrived = flat & _have_arrived(trace, columns, gradients)
        slopes = np.where(arrived, signs, slopes)
        flat &= ~arrived
    return Tempered(*_carry(trace, slopes), flat)


def _have_arrived(trace: Trace, columns: Columns, gradients: Array) -> Mask:
    """Whether moving the operation at an edge's target through all it can be would lower the output by next
    to nothing, beside what the gradient there promises; of shape (edges, columns).

    How low the output can come is computed with every leaf fixed that no flat operation depends on, such as
    a target.
    """
    plan, kinds = trace.plan, _kinds_of(trace.plan)
    assert trace.seed is not None
    seed = plan.number[trace.seed]
    reaching = plan.reaching(seed)
    judged = _above(plan, kinds.is_loss & reaching) | (kinds.is_softplus & (np.arange(len(reaching)) != seed))
    if len(plan.runs) > MOST_RUNS or not (judged & reaching).any():
        return np.zeros(columns.local.shape, dtype=bool)
    leaves = columns.values[: plan.leaves]
    constant = np.array([trace.nodes[i].op == "constant" for i in plan.ids[: plan.leaves]], dtype=bool)
    moves = kinds.moves_flat[: plan.leaves] & ~constant
    lows = np.where(moves, -np.inf, leaves.min(axis=1))
    highs = np.where(moves, np.inf, leaves.max(axis=1))
    with np.errstate(all="ignore"):
        to_gain = columns.values[seed] - bounds(plan, lows, highs)[0][seed]
        nothing = FLAT * np.abs(gradients) * kinds.width
        arrived: Mask = (judged & reaching)[plan.edge_target][:, None] & (to_gain <= nothing)
    return arrived


# --- what a plan consists of
@dataclass(frozen=True, eq=False)
class _Kinds:
    """What nodes, of shape (nodes,), and edges, of shape (edges, 1), are by their operations alone."""

    is_loss: Mask
    is_softplus: Mask
    moves_flat: Mask
    is_error: Mask
    steepest: Array
    width: Array


_kinds: WeakKeyDictionary[Plan, _Kinds] = WeakKeyDictionary()


def _kinds_of(plan: Plan) -> _Kinds:
    if plan not in _kinds:
        codes = np.full(len(plan.ids), len(plan.ops))  # that of a leaf stands behind those of all operations
        codes[plan.leaves :] = np.repeat(plan.table[:, 0], plan.table[:, 3] - plan.table[:, 2])
        at_end = codes[plan.edge_target][:, None]
        _kinds[plan] = _Kinds(
            is_loss=_looked_up(plan, codes, dict.fromkeys(LOSSES, 1.0)) > 0,
            is_softplus=_looked_up(plan, codes, {"softplus": 1.0}) > 0,
            moves_flat=_above(plan, _looked_up(plan, codes, STEEPEST) > 0),
            is_error=_looked_up(plan, at_end, dict.fromkeys(ERRORS, 1.0)) > 0,
            steepest=_looked_up(plan, at_end, STEEPEST),
            width=_looked_up(plan, at_end, WIDTHS),
        )
    return _kinds[plan]


def _looked_up(plan: Plan, codes: NDArray[np.int_], numbers: Mapping[str, float]) -> Array:
    """The number of each operation, by its code; 0 for those without one."""
    return np.array([*(numbers.get(op, 0.0) for op in plan.ops), 0.0])[codes]


def _above(plan: Plan, chosen: Mask) -> Mask:
    """Which nodes one of the chosen nodes depends on; they themselves only where another does."""
    found, counts = np.zeros(len(plan.ids), dtype=bool), chosen
    for run in reversed(plan.runs):
        span = slice(run.start, run.stop)
        found[run.sources[:, found[span] | counts[span]]] = True
    return found


# --- passes
def _carry(trace: Trace, slopes: Array) -> tuple[Array, Array]:
    """Carry 1 from the seed along these slopes; returns sums (nodes, columns), and what edges carry."""
    plan, is_reverse = trace.plan, trace.mode == "reverse"
    assert trace.seed is not None
    seed = plan.number[trace.seed]
    if slopes.shape[1] == 1:
        one = (backward if is_reverse else tangents)(plan, seed, slopes[:, 0], trace.carried)
        return one[0][:, None], one[1][:, None]
    sums, carried = np.zeros((len(plan.ids), slopes.shape[1])), np.zeros(slopes.shape)
    sums[seed] = 1.0
    with np.errstate(all="ignore"):
        for run in reversed(plan.runs) if is_reverse else plan.runs:
            edges = np.arange(run.edges, run.edges + run.sources.size)
            edges = edges[trace.carried[edges]]
            carried[edges] = sums[trace.givers[edges]] * slopes[edges]
            np.add.at(sums, trace.receivers[edges], carried[edges])
    return sums, carried
