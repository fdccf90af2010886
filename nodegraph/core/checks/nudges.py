"""Nudges: what the output comes to where one node is held at another value than its own.

Forward passes again, many side by side, a column of an array each, over the nodes that the nudged ones move
and no others: where a graph is wide, those are few. Depends on the operations' values only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.rounding import PERIODIC, error_of
from nodegraph.core.engine.trace import Trace
from nodegraph.core.operations.catalogue import operation_of_run

Array = NDArray[np.float64]
Indices = NDArray[np.int_]

ROOM = 4_000_000
"""Numbers that passes side by side hold at most, unless fewer than `NARROWEST` of them would have room."""
NARROWEST = 64
TURN = 1.0
"""How far an input of what repeats itself moves before its way can no longer be told."""
EXPRESSION, AROUND = 2_000, 8
"""So many numbers could be computed in the time that one array expression takes for itself, and in what it
takes for each node of the graph to find out which of them move."""


class _Part(NamedTuple):
    """The nodes of one run that move: the rows of a table they stand in, and those of their inputs.

    Columns `first` to `last` hold one of the nodes itself at a value.
    """

    op: str
    rows: slice | Indices
    sources: Indices
    first: int
    last: int


class Nudges:
    """Forward passes over a trace that has an output, with nodes held at other values.

    `work` is how many numbers were computed so far, and what array expressions cost: the same everywhere.
    """

    def __init__(self, trace: Trace) -> None:
        assert trace.output is not None
        self.trace = trace
        self.output = trace.plan.number[trace.output]
        self.reaching = trace.plan.reaching(self.output)
        self.work = 0

    def outputs(self, numbers: Indices, values: Array, *, with_errors: bool) -> tuple[Array, Array]:
        """Returns the output's value for each (node, value) pair, and how far rounding may have moved it.

        Both have the shape of `values`; the nodes' numbers ascend. What cannot reach the output leaves it.
        """
        found = np.full(len(values), self.trace.node_values[self.output])
        off = np.zeros(len(values))
        places = np.flatnonzero(self.reaching[numbers])
        for span, moved in self._spans(numbers, places):
            table = _Table(self.trace, moved, numbers[span], values[span])
            self.work += AROUND * len(table.place) + len(table.parts) * EXPRESSION + table.values.size
            found[span] = table.values[table.place[self.output]]
            if with_errors:
                off[span] = table.errors()[table.place[self.output]]
                self.work += 2 * len(table.parts) * EXPRESSION + 8 * table.values.size
        return found, off

    def _spans(self, numbers: Indices, places: Indices) -> Iterator[tuple[Indices, NDArray[np.bool_]]]:
        """The places in spans that memory has room for, each with which nodes move in it."""
        if not len(places):
            return
        moved = self.trace.plan.reached_from(np.unique(numbers[places])) & self.reaching
        if len(places) <= NARROWEST or len(places) * np.count_nonzero(moved) <= ROOM:
            yield places, moved
            return
        for half in np.array_split(places, 2):
            yield from self._spans(numbers, half)


class _Table:
    """The numbers of forward passes side by side: a row for each node that moves or feeds one that does."""

    def __init__(self, trace: Trace, moved: NDArray[np.bool_], numbers: Indices, values: Array) -> None:
        plan, columns = trace.plan, np.arange(len(numbers))
        needed = moved.copy()
        needed[plan.edge_source[moved[plan.edge_target]]] = True
        rows = np.flatnonzero(needed)
        self.place = np.zeros(len(plan.ids), dtype=np.int64)
        self.place[rows] = np.arange(len(rows))
        self.start = trace.node_values[rows]
        self.held = self.place[numbers], columns, values
        self.parts = list(self._parts(trace, np.flatnonzero(moved), numbers))
        self.values = np.repeat(self.start[:, None], len(numbers), axis=1)
        self.values[self.place[numbers], columns] = values
        self._compute()

    def _parts(self, trace: Trace, moved: Indices, numbers: Indices) -> Iterator[_Part]:
        runs = trace.plan.runs
        ends = np.array([run.stop for run in runs])
        moved = moved[moved >= trace.plan.leaves]
        at = np.searchsorted(ends, moved, side="right")
        bounds = np.flatnonzero(np.diff(at, prepend=-1, append=len(runs)))
        rows, held = self.place[moved], np.searchsorted(numbers, ends).tolist()
        for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            index = int(at[begin])
            run, first = runs[index], int(rows[begin])
            sources = run.sources
            if end - begin < run.stop - run.start:
                sources = sources[:, moved[begin:end] - run.start]
            here = (
                slice(first, first + end - begin)
                if rows[end - 1] - first == end - begin - 1
                else rows[begin:end]
            )
            before = held[index - 1] if index else np.searchsorted(numbers, run.start)
            yield _Part(run.op, here, self.place[sources], int(before), held[index])

    def _compute(self) -> None:
        width = self.values.shape[1]
        rows, columns, held = self.held
        with np.errstate(all="ignore"):
            for part in self.parts:
                inputs = self.values[part.sources]
                result = operation_of_run(part.op).value(inputs.reshape(len(inputs), -1))
                self.values[part.rows] = result.reshape(-1, width)
                if part.first < part.last:
                    here = slice(part.first, part.last)
                    self.values[rows[here], columns[here]] = held[here]

    def errors(self) -> Array:
        """Returns how far each number may be off; not at all where its inputs are the trace's, for then it is
        rounded as it was there, and by anything once a wave has gone by in between.
        """
        error, passed = np.zeros_like(self.values), np.zeros(self.values.shape[1], dtype=bool)
        rows, columns, _ = self.held
        with np.errstate(all="ignore"):
            for part in self.parts:
                inputs, off = self.values[part.sources], error[part.sources]
                start = self.start[part.sources][:, :, None]
                differs = ((inputs != start) | (off > 0)).any(axis=0)
                if differs.any():
                    found = np.zeros(differs.shape)
                    result = self.values[part.rows][differs]
                    found[differs] = error_of(part.op, inputs[:, differs], off[:, differs], result)
                    error[part.rows] = found
                if part.op in PERIODIC:
                    passed |= (np.abs(inputs - start) > TURN).any(axis=(0, 1))
                if part.first < part.last:
                    here = slice(part.first, part.last)
                    error[rows[here], columns[here]] = 0.0
        error[:, passed] = np.inf
        return error
