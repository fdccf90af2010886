"""Marks: what is unhealthy about a node or an edge in a run: saturated, off or dead, vanishing, exploding.

One rule for all: a mark holds for what is shown and, where there is data, for each of its rows, so that no
one row speaks for all; a relu that is shut here but not in every row is but off. How much arrives where is
judged by tempered passes: a fit whose error is small sends small gradients and is healthy, and one large
factor is but that. Knows no colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine import tempered
from nodegraph.core.engine.tempered import STEEPEST, Columns, Tempered, is_flat, temper
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_number
from nodegraph.core.typeset import in_formula

Array = NDArray[np.float64]
Data = Callable[[], Mapping[str, Array]]
"""Answers with the columns of the data by the ids of inputs; it is asked only where they matter."""
Kind = Literal["saturated", "off", "dead", "vanishing", "exploding"]

VANISHING, EXPLODING = 1e-4, 1e3
"""Tempered gradients smaller or larger than this, beside the 1 the backward pass starts from."""
MOST_NUMBERS = 100_000
"""Values that are computed to see whether a mark holds in every row of the data."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its word, and a sentence with the numbers that earned it."""

    kind: Kind
    sentence: str


def marks_of_node(frame: Frame, node_id: str, data: Data = dict) -> Iterator[Mark]:
    """What is unhealthy about a node, as far as the frame has got."""
    trace = frame.trace
    if frame.is_reached(node_id):
        yield from flatness(trace, (node_id, 0), data)
    arrived, expected = frame.arrived(node_id)
    if frame.gradient(node_id) is None or arrived != expected:
        return
    growth = growth_of(trace, node_id, data)
    if growth is not None:
        yield growth


def growth_of(trace: Trace, node_id: str, data: Data = dict) -> Mark | None:
    """Returns the mark of a node whose gradient, once all of it has arrived, is very small or large."""
    found = _grown.setdefault(trace, {})
    if node_id not in found:
        gradient = trace.gradient(node_id)
        marks: Iterator[Mark] = iter(())
        if gradient and node_id != trace.seed:
            edges = [trace.edge_number[key] for key in trace.edges_back_to(node_id)]
            name, number = in_formula(trace.nodes[node_id].name), trace.plan.number[node_id]
            marks = _growth(trace, edges, number, data, f"The gradient of {name}", gradient)
        found[node_id] = next(marks, None)
    return found[node_id]


def marks_of_edge(frame: Frame, key: EdgeKey, data: Data = dict) -> Iterator[Mark]:
    """What is unhealthy about what an edge has carried."""
    carried = frame.contribution(key)
    if carried is None:
        return
    found = list(flatness(frame.trace, key, data))
    if not found and carried[2]:
        edge = frame.trace.edge_number[key]
        found = list(_growth(frame.trace, [edge], None, data, "What this edge carries", carried[2]))
    yield from found


# --- what is shown, and the rows
@dataclass(eq=False)
class _Rows:
    """The rows of the data, or as many as are enough, evenly spread, and a tempered pass over them."""

    columns: Columns
    passed: Tempered | None = None

    @property
    def count(self) -> int:
        return int(self.columns.values.shape[1])


@dataclass(frozen=True, eq=False)
class _Shown:
    """The sizes in a tempered pass of what is shown; few of very many are asked for."""

    nodes: Array
    edges: Array
    saturated: NDArray[np.bool_]


_shown: WeakKeyDictionary[Trace, _Shown] = WeakKeyDictionary()
_rows: WeakKeyDictionary[Trace, _Rows | None] = WeakKeyDictionary()
_grown: WeakKeyDictionary[Trace, dict[str, Mark | None]] = WeakKeyDictionary()


def _shown_of(trace: Trace) -> _Shown:
    if trace not in _shown:
        found = temper(trace, tempered.shown(trace))
        sizes = np.abs(found.nodes[:, 0]), np.abs(found.edges[:, 0])
        _shown[trace] = _Shown(*sizes, found.saturated[:, 0])
    return _shown[trace]


def _rows_of(trace: Trace, data: Data) -> _Rows | None:
    """The rows that have a say; None where there is no data, or one row, which is no more than an input."""
    if trace not in _rows:
        columns = _columns(trace, data())
        _rows[trace] = None if columns is None else _Rows(columns)
    return _rows[trace]


def _columns(trace: Trace, data: Mapping[str, Array]) -> Columns | None:
    plan = trace.plan
    rows = len(next(iter(data.values()))) if data else 0
    if rows < 2:
        return None
    places = np.linspace(0, rows - 1, min(rows, max(2, MOST_NUMBERS // len(plan.ids)))).astype(int)
    leaves = np.repeat(trace.node_values[: plan.leaves, None], len(places), axis=1)
    for input_id, numbers in data.items():
        if input_id in plan.number:
            leaves[plan.number[input_id]] = numbers[places]
    return tempered.of_leaves(plan, leaves)


def _in_each(rows: _Rows | None) -> str:
    return f" So it is in each of {rows.count:,} rows." if rows is not None else ""


# --- over several edges
def _growth(
    trace: Trace, edges: Sequence[int], node: int | None, data: Data, what: str, gradient: float
) -> Iterator[Mark]:
    """Whether what these edges bring, and what it sums up to at a node, gets very small or large. A tempered
    pass is finite where the gradient is not: NaN is neither, and ∞ is not small.
    """
    if math.isnan(gradient):
        return
    here = _shown_of(trace)
    part = max([here.edges.item(edge) for edge in edges], default=1.0)
    vanishes = part < VANISHING and math.isfinite(gradient)
    if not vanishes and not (part if node is None else here.nodes.item(node)) > EXPLODING:
        return
    rows = _rows_of(trace, data)
    if rows is not None:
        rows.passed = rows.passed or temper(trace, rows.columns)
        smallest, largest = _sizes(rows.passed, edges, node)
        arrives = largest != 0
        if not (smallest < VANISHING if vanishes else largest > EXPLODING)[arrives].all():
            return
    if vanishes:
        why = "the edges on the way here each pass on only a part"
        yield Mark("vanishing", f"{what} vanishes: {_number(gradient)}, because {why}.{_in_each(rows)}")
    else:
        why = "it grows along the way here"
        yield Mark("exploding", f"{what} explodes: {_number(gradient)}, because {why}.{_in_each(rows)}")


def _sizes(passed: Tempered, edges: Sequence[int], node: int | None) -> tuple[Array, Array]:
    """The largest part that arrives along these edges, and the sum of them, in each column."""
    parts = np.abs(passed.edges[edges]).max(axis=0) if len(edges) else np.ones(passed.nodes.shape[1])
    return parts, parts if node is None else np.abs(passed.nodes[node])


# --- one operation
def flatness(trace: Trace, key: EdgeKey, data: Data) -> Iterator[Mark]:
    """Yield a mark where the operation at the edge's target lets hardly anything through."""
    node, local = trace.nodes[key[0]], trace.local(key)
    if local is None or node.muted or not math.isfinite(local):
        return
    edge = trace.edge_number[key]
    if node.op == "relu" and local == 0:
        yield _shut(trace, key, data)
    if node.op not in STEEPEST or not is_flat(node.op, np.array(local)) or _is_idle(trace, node.id):
        return
    if not _shown_of(trace).saturated[edge]:
        return
    rows = _rows_of(trace, data)
    if rows is None or is_flat(node.op, rows.columns.local[edge]).all():
        yield Mark(
            "saturated",
            f"{in_formula(node.name)} is saturated: its slope is {_number(local)} where the steepest is "
            f"{_number(STEEPEST[node.op])}, so hardly any gradient passes.{_in_each(rows)}",
        )


def _is_idle(trace: Trace, node_id: str) -> bool:
    """Whether the backward pass brings nothing to a node that it could hold up."""
    return trace.mode == "reverse" and trace.gradient(node_id) == 0


def _shut(trace: Trace, key: EdgeKey, data: Data) -> Mark:
    """The mark of a relu that is 0 here: dead where it is in every row, else off."""
    name, source = in_formula(trace.nodes[key[0]].name), trace.source(key)
    rows = _rows_of(trace, data)
    if rows is not None and (rows.columns.values[trace.plan.number[source]] <= 0).all():
        return Mark("dead", f"{name} is dead: in each of {rows.count:,} rows the relu is 0 and flat.")
    value = _number(trace.value(source))
    return Mark("off", f"{name} is off: at {value} the relu is 0 and flat, so no gradient passes here.")


def _number(value: float | None) -> str:
    return format_number(math.nan if value is None else value, 3)
