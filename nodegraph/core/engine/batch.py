"""Both passes of a graph for many rows of data at once; the loss is the mean of the output over the rows.

The rows stand side by side as columns of arrays and are taken in parts small enough for the processor's
cache, so that a caller may stop between two parts. `core.rows` leaves out what need not be done for each row.
Knows no table, no optimiser and no history.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan
from nodegraph.core.engine.program import Program
from nodegraph.core.kernels import kernels
from nodegraph.core.operations.catalogue import operation_of_run
from nodegraph.core.rows.reduced import Part as Part
from nodegraph.core.rows.reduced import Reduced
from nodegraph.core.rows.stages import Stages, following

Array = NDArray[np.float64]

NUMBERS_AT_ONCE = 200_000
"""Values of nodes that a part holds, about: 1.6 MB, which with their slopes stay in a processor's cache."""
LEAST_ROWS = 64
"""Rows below which the cost of calling numpy outweighs the cache."""
RUN_COST = 2_000
"""What the calls for a run of operations in one part take, in numbers computed meanwhile."""
MOST_AT_ONCE, MANY_RUNS = 500_000, 2_000
"""Values that a part holds at most, for whoever waits for its end; unless the calls cost more still."""
WORTH_TAKING, WORTH_LOADING = 10_000, 1_000_000
"""Values over all rows from which compiled passes are taken where they are ready, and from which they are
loaded in the background where they are not.
"""
TILE_BYTES, LEAST_TILE, LARGEST_TILE = 1_000_000, 8, 1_024
"""What values and gradients of a compiled part take, and the rows that it has at least and at most."""


@dataclass(frozen=True, eq=False)
class Mean:
    """The mean over all rows: the loss, and its gradient by each trained input.

    `bad_row` is the first row (from 0) whose output is not finite, or None.
    """

    rows: int
    loss: float
    gradients: Array
    bad_row: int | None


class Batch:
    """A plan made ready for rows: from `output` back to the leaves `trained`, with data in those `bound`.

    All three count in the plan's numbering. It holds no values, so one serves for a whole training.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.plan import plan_of
    >>> plan = plan_of(parse("L = (w*x - y)**2", w=1))
    >>> w, x, y, L = (plan.number[name] for name in ("w", "x", "y", "L"))
    >>> batch = Batch(plan, L, trained=[w], bound=[x, y])
    >>> mean = mean_of(batch.parts(np.array([1.0, 0, 0]), np.array([[1.0, 2], [3, 4]])))
    >>> mean.loss, mean.gradients.tolist()
    (4.0, [-6.0])
    """

    def __init__(self, plan: Plan, output: int, trained: Sequence[int], bound: Sequence[int] = ()) -> None:
        self.plan = plan
        self.output = output
        self.trained = np.array(trained, dtype=np.intp)
        self.bound = np.array(bound, dtype=np.intp)
        self._reaching = plan.reaching(output)

    def width(self, rows: int) -> int:
        """How many rows a part holds."""
        return self._width(len(self.plan.ids), rows)

    def _width(self, nodes: int, rows: int) -> int:
        least = LEAST_ROWS if len(self.plan.runs) > MANY_RUNS else min(LEAST_ROWS, MOST_AT_ONCE // nodes)
        return min(rows, max(least, NUMBERS_AT_ONCE // nodes, 1))

    def cost(self, rows: int) -> int:
        """Return about how many numbers a pass over all rows computes, the time for calls included."""
        calls = len(self.plan.runs) * -(-rows // max(1, self.width(rows)))
        return RUN_COST * calls + rows * len(self.plan.ids)

    def parts(self, leaves: Array, data: Array | None = None, *, slopes: bool = True) -> Iterator[Part]:
        """Every row, part by part; stop early by asking for no more.

        `leaves` of shape (plan.leaves,) are the values that all rows share, `data` of shape (bound, rows)
        what the bound leaves hold instead; without data there is one row. Without `slopes` only the forward
        pass is run and the gradients are zeros. What is not finite stays in the numbers, in silence.
        """
        rows = 1 if data is None else data.shape[1]
        work = rows * len(self.plan.ids)
        ready = kernels.wanted() if work >= WORTH_LOADING else kernels.loaded()
        compiled = work >= WORTH_TAKING and ready is not None
        plain = self._compiled_parts if compiled else self._numpy_parts
        if data is None or not self._reduced.is_worth_it(rows, len(self.plan.table), compiled=compiled):
            yield from plain(leaves, data, 0, rows, slopes)
            return
        width = self._width(self._reduced.nodes, rows)
        for part in self._reduced.parts(leaves, data, width, slopes=slopes, compiled=compiled):
            if isinstance(part, Part):
                yield part
            else:
                yield from plain(leaves, data, part.start, part.stop, slopes)

    def _numpy_parts(
        self, leaves: Array, data: Array | None, first: int, last: int, slopes: bool
    ) -> Iterator[Part]:
        """The rows first…last by numpy, every node for every row."""
        width = self.width(last - first)
        values = np.empty((len(self.plan.ids), width))
        values[: self.plan.leaves] = leaves[:, None]
        gradients = np.empty_like(values) if slopes else values
        for start in range(first, last, max(width, 1)):
            stop = min(start + width, last)
            shown, summed = values[:, : stop - start], gradients[:, : stop - start]
            if data is not None:
                shown[self.bound] = data[:, start:stop]
            sums = np.zeros(len(self.trained))
            with np.errstate(all="ignore"):
                local = self._stages.forward(shown, slopes=slopes)
                if slopes:
                    summed[:] = 0.0
                    summed[self.output] = 1.0
                    self._stages.backward(shown, summed, local)
                    sums = summed[self.trained].sum(axis=1)
            yield Part(start, stop, shown[self.output].copy(), sums)

    @cached_property
    def _stages(self) -> Stages:
        trained = np.zeros(len(self.plan.ids), dtype=bool)
        trained[self.trained] = True
        return Stages(self.plan.arrays, self._reaching, following(self.plan.arrays, trained))

    @cached_property
    def _reduced(self) -> Reduced:
        return Reduced(self.plan.arrays, self.output, self._reaching, self.trained, self.bound)

    @cached_property
    def _program(self) -> Program:
        return Program(self.plan, self.output)

    def _compiled_parts(
        self, leaves: Array, data: Array | None, first: int, last: int, slopes: bool
    ) -> Iterator[Part]:
        """Do the same by compiled passes, in parts that stay in the nearer cache."""
        program = self._program
        held = program.numbers[: program.leaves]
        bound, trained = program.places_of(self.bound), program.places_of(self.trained)
        bound_here, trained_here = bound >= 0, trained >= 0
        width = _tile(len(program), last - first)
        for start in range(first, last, width):
            stop = min(start + width, last)
            if start == first or stop - start < width:
                values = np.empty((len(program), stop - start))
                values[: program.leaves] = leaves[held, None]
                gradients = np.empty_like(values) if slopes else values
            if data is not None:
                values[bound[bound_here]] = data[bound_here, start:stop]
            sums = np.zeros(len(self.trained))
            with np.errstate(all="ignore"):
                program.forward(values)
                if slopes:
                    gradients.fill(0.0)
                    gradients[program.output] = 1.0
                    program.backward(values, gradients)
                    sums[trained_here] = gradients[: program.leaves].sum(axis=1)[trained[trained_here]]
            yield Part(start, stop, values[program.output].copy(), sums)


def _tile(nodes: int, rows: int) -> int:
    """How many rows a compiled part holds."""
    return max(1, min(rows, max(LEAST_TILE, min(LARGEST_TILE, TILE_BYTES // (16 * nodes) & ~7))))


def mean_of(parts: Iterable[Part]) -> Mean:
    """The loss and its gradients, from all parts in order."""
    rows, total, gradients, bad_row = 0, 0.0, np.zeros(0), None
    with np.errstate(all="ignore"):
        for part in parts:
            sum_of_part = float(part.outputs.sum())
            if bad_row is None and not math.isfinite(sum_of_part):
                bad = np.flatnonzero(~np.isfinite(part.outputs))  # none, where only the sum is too large
                bad_row = part.start + int(bad[0]) if len(bad) else None
            total += sum_of_part
            gradients = part.gradients if rows == 0 else gradients + part.gradients
            rows = part.stop
        if rows == 0:
            raise ValueError("there is no row to take a mean of")
        return Mean(rows, total / rows, gradients / rows, bad_row)


def evaluate(plan: Plan, leaves: Array) -> Array:
    """The values of all nodes, of shape (nodes, rows), for leaves of shape (plan.leaves, rows)."""
    values = np.empty((len(plan.ids), leaves.shape[1]))
    values[: plan.leaves] = leaves
    with np.errstate(all="ignore"):
        for run in plan.runs:
            inputs = values[run.sources].reshape(len(run.sources), -1)
            result = operation_of_run(run.op).value(inputs)
            values[run.start : run.stop] = result.reshape(run.stop - run.start, -1)
    return values
