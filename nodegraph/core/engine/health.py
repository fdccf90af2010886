"""Marks: what is unhealthy about a node or an edge in a run: saturated, off or dead, vanishing, exploding.

Vanishing and exploding is what builds up over several edges, judged by a second backward pass in which no
edge counts for much (`tempered_of`): a fit whose error is small sends small gradients and is healthy, and one
large factor is but that. A relu is dead where no row of the data opens it, else off. What is flat in this row
but not in every row of the data is no more saturated than what no gradient arrives at. Knows no colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import evaluate
from nodegraph.core.engine.passes import backward, tangents
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import OPERATIONS

Array = NDArray[np.float64]
Columns = Mapping[str, Array]
Rows = Callable[[], Columns]
Kind = Literal["saturated", "off", "dead", "vanishing", "exploding"]

STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "softplus": 1.0}
"""The steepest slope of each operation that flattens out."""
FLAT = 0.02
"""A slope below this share of the steepest one is saturated: a tanh beyond ±0.99."""
VANISHING, EXPLODING = 1e-4, 1e3
"""Tempered gradients smaller or larger than this, beside the 1 the backward pass starts from."""
LEAST, MOST = 0.05, 20.0
"""What one edge passes on at least and at most in a tempered pass, where it passes on anything."""
ERRORS = frozenset(("square", "power", "abs", "mean", "log", "exp", "max", "min"))
"""Operations whose slope tells how far off a result is, or shares it out: in a tempered pass it is ±1."""
MOST_NUMBERS = 100_000
"""Values that are computed to see whether an operation is flat in every row of the data."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its word, and a sentence with the numbers that earned it."""

    kind: Kind
    sentence: str


def marks_of_node(frame: Frame, node_id: str, data: Rows = dict) -> Iterator[Mark]:
    """What is unhealthy about a node, as far as the frame has got; `data` answers with the columns
    of the data by the ids of inputs, and is asked only where they matter.
    """
    trace = frame.trace
    if frame.is_reached(node_id):
        yield from _flatness(trace, (node_id, 0), data)
    gradient = frame.gradient(node_id)
    arrived, expected = frame.arrived(node_id)
    if gradient is None or arrived != expected or node_id == trace.seed or not gradient:
        return
    tempered = tempered_of(trace)
    name = trace.nodes[node_id].name
    sent = [abs(float(tempered.edges[trace.edge_number[key]])) for key in trace.edges_back_to(node_id)]
    total = float(tempered.nodes[trace.plan.number[node_id]])
    yield from _size(gradient, max(sent, default=1.0), abs(total), f"The gradient of {name}")


def marks_of_edge(frame: Frame, key: EdgeKey, data: Rows = dict) -> Iterator[Mark]:
    """What is unhealthy about what an edge has carried."""
    carried = frame.contribution(key)
    if carried is None:
        return
    found = list(_flatness(frame.trace, key, data))
    if not found and carried[2]:
        size = abs(float(tempered_of(frame.trace).edges[frame.trace.edge_number[key]]))
        found = list(_size(carried[2], size, size, "What this edge carries"))
    yield from found


# --- over several edges
@dataclass(frozen=True, eq=False)
class Tempered:
    """A backward pass in which no edge counts for much: sums of shape (nodes,), what is carried (edges,)."""

    nodes: Array
    edges: Array


_rows: WeakKeyDictionary[Trace, Array | None] = WeakKeyDictionary()
_tempered: WeakKeyDictionary[Trace, Tempered] = WeakKeyDictionary()


def tempered_of(trace: Trace) -> Tempered:
    """Return the tempered pass of a trace, computed when it is first asked for."""
    if trace not in _tempered:
        _tempered[trace] = _temper(trace)
    return _tempered[trace]


def _temper(trace: Trace) -> Tempered:
    plan, local = trace.plan, np.nan_to_num(trace.local_derivatives, posinf=MOST, neginf=-MOST)
    slopes = np.sign(local) * np.clip(np.abs(local), LEAST, MOST)
    is_error = np.zeros(len(plan.ids), dtype=bool)
    for run in plan.runs:
        is_error[run.start : run.stop] = run.op in ERRORS
    slopes = np.where(is_error[plan.edge_target], np.sign(local), slopes)
    assert trace.seed is not None
    seed = plan.number[trace.seed]
    if trace.mode == "forward":
        return Tempered(*tangents(plan, seed, slopes, trace.carried))
    return Tempered(*backward(plan, seed, slopes, trace.carried))


def _size(gradient: float, smallest: float, largest: float, what: str) -> Iterator[Mark]:
    if smallest < VANISHING:
        why = "the edges on the way here each pass on only a part"
        yield Mark("vanishing", f"{what} vanishes: {_number(gradient)}, because {why}.")
    elif largest > EXPLODING:
        yield Mark("exploding", f"{what} explodes: {_number(gradient)}, because it grows along the way here.")


# --- one operation
def _flatness(trace: Trace, key: EdgeKey, data: Rows) -> Iterator[Mark]:
    """Whether the operation at the edge's target lets hardly anything through."""
    node, local = trace.nodes[key[0]], trace.local(key)
    if local is None or node.muted or not math.isfinite(local):
        return
    if node.op == "relu" and local == 0:
        yield _shut(trace, key, data)
    steepest = STEEPEST.get(node.op)
    if steepest is None or abs(local) >= FLAT * steepest or _is_idle(trace, node.id):
        return
    if _is_flat_everywhere(trace, key, data, FLAT * steepest):
        yield Mark(
            "saturated",
            f"{node.name} is saturated: its slope is {_number(local)} where the steepest is "
            f"{_number(steepest)}, so hardly any gradient passes.",
        )


def _is_idle(trace: Trace, node_id: str) -> bool:
    """Whether the backward pass brings nothing to a node that it could hold up."""
    return trace.mode == "reverse" and trace.gradient(node_id) == 0


def _is_flat_everywhere(trace: Trace, key: EdgeKey, data: Rows, most: float) -> bool:
    """Whether the slope of an operation that is flat here is below `most` in every row of the data, too."""
    rows = _over_rows(trace, trace.source(key), data)
    if rows is None or len(rows) < 2:
        return True
    operation = OPERATIONS[trace.nodes[key[0]].op]
    with np.errstate(all="ignore"):
        slopes = operation.local_derivatives(rows[None], operation.value(rows[None]))
    return not (np.abs(slopes) >= most).any()


def _shut(trace: Trace, key: EdgeKey, data: Rows) -> Mark:
    """The mark of a relu that is 0 here: dead where it is in every row, else off."""
    name, source = trace.nodes[key[0]].name, trace.source(key)
    rows = _over_rows(trace, source, data)
    if rows is not None and len(rows) > 1 and (rows <= 0).all():
        return Mark("dead", f"{name} is dead: in each of {len(rows):,} rows the relu is 0 and flat.")
    value = _number(trace.value(source))
    return Mark("off", f"{name} is off: at {value} the relu is 0 and flat, so no gradient passes here.")


def _over_rows(trace: Trace, node_id: str, data: Rows) -> Array | None:
    """A node's values in the rows of the data, or in as many as are enough, evenly spread; None without."""
    if trace not in _rows:
        _rows[trace] = _values(trace, data())
    values = _rows[trace]
    return None if values is None else values[trace.plan.number[node_id]]


def _values(trace: Trace, data: Columns) -> Array | None:
    if not data:
        return None
    plan = trace.plan
    rows = len(next(iter(data.values())))
    places = np.unique(np.linspace(0, rows - 1, min(rows, max(2, MOST_NUMBERS // len(plan.ids)))).astype(int))
    leaves = np.repeat(trace.node_values[: plan.leaves, None], len(places), axis=1)
    for input_id, numbers in data.items():
        if input_id in plan.number:
            leaves[plan.number[input_id]] = numbers[places]
    return evaluate(plan, leaves)


def _number(value: float | None) -> str:
    return format_number(math.nan if value is None else value, 3)
