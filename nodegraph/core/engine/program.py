"""A program: what a plan computes of one output, made ready for values and gradients again and again.

Holds the nodes that the output depends on, and nothing along edges; compiled where `kernels` are loaded, else
by numpy, run by run. The numbers are those of `passes` and `batch` to rounding. Knows no graph.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from nodegraph.core.engine.plan import Plan
from nodegraph.core.kernels import kernels
from nodegraph.core.kernels.kernel_source import coded
from nodegraph.core.kernels.numbering import Indices
from nodegraph.core.operations.catalogue import operation_of_run

Array = NDArray[Any]
"""Of float64 or float32."""


class Program:
    """The value of a node and its gradients by the leaves of a plan.

    `numbers` are the plan's numbers of the nodes that it holds, in its own numbering; those of `leaves` come
    first. Numbers are computed as `dtype`, float64 or float32. It keeps its arrays, so it is for one thread.

    >>> plan = Plan.from_arrays(("input", "multiply"), [0, 0, 1], [0, 0, 0, 2], [0, 1])
    >>> value, gradients = Program(plan, plan.number["2"]).step([3.0, 5.0])
    >>> value, gradients.tolist()
    (15.0, [5.0, 3.0])
    """

    def __init__(self, plan: Plan, output: int, *, dtype: DTypeLike = np.float64) -> None:
        self.ops = plan.ops
        self.dtype = np.dtype(dtype)
        kept = plan.reaching(output)
        self.numbers = np.flatnonzero(kept)
        self.table, self.sources = (plan.table, plan.edge_source) if kept.all() else _pruned(plan, kept)
        self.leaves = int(np.searchsorted(self.numbers, plan.leaves))
        self.output = int(np.searchsorted(self.numbers, output))
        self.coded = plan.coded if kept.all() else coded(self.table, plan.ops)
        self._is_whole = bool((self.coded[:-1, 0] >= 0).all())
        self._all_leaves = plan.leaves
        self._values = np.zeros(len(self.numbers), dtype=self.dtype)
        self._gradients = np.zeros_like(self._values)

    def __len__(self) -> int:
        return len(self.numbers)

    def places_of(self, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
        """Returns where nodes of the plan are among its own, −1 for those that it does not hold."""
        places = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        return np.where(self.numbers[places] == numbers, places, -1)

    def step(self, leaves: ArrayLike) -> tuple[float, Array]:
        """Returns the output for values of all leaves of the plan, and its gradients by them, each of shape
        (plan.leaves,).
        """
        given, held = np.asarray(leaves, dtype=self.dtype), self.numbers[: self.leaves]
        values, gradients = self._values, self._gradients
        values[: self.leaves] = given if len(held) == self._all_leaves else given[held]
        ready = kernels.loaded()
        if ready is None or not self._is_whole or not self._both(ready):
            self.forward(values)
            gradients.fill(0.0)
            gradients[self.output] = 1.0
            self.backward(values, gradients)
        found = gradients[: self.leaves].copy()
        if len(held) < self._all_leaves:
            by_leaf = np.zeros(self._all_leaves, dtype=self.dtype)
            by_leaf[held] = found
            found = by_leaf
        return float(values[self.output]), found

    def _both(self, ready: kernels.Kernels) -> bool:
        """Do both passes in one call. Returns whether nothing was left to numpy."""
        return bool(ready.both(self.coded, self.sources, self._values, self._gradients, self.output))

    def forward(self, values: Array) -> None:
        """Fill in values, of shape (nodes,) or (nodes, rows), in which those of the leaves are."""
        ready = kernels.loaded()
        run = 0
        while run < len(self.table):
            if ready is not None:
                kernel = ready.values if values.ndim == 1 else ready.row_values
                run = kernel(self.coded, self.sources, values, run)
            if run < len(self.table):
                self._value_of_run(run, values)
                run += 1

    def backward(self, values: Array, gradients: Array) -> None:
        """Add up gradients, of the shape of the values, from those that are set in them."""
        ready = kernels.loaded()
        run = len(self.table) - 1
        while run >= 0:
            if ready is not None:
                kernel = ready.gradients if values.ndim == 1 else ready.row_gradients
                run = kernel(self.coded, self.sources, values, gradients, run)
            if run >= 0:
                self._gradient_of_run(run, values, gradients)
                run -= 1

    def _value_of_run(self, run: int, values: Array) -> None:
        code, count, start, stop, first = self.table[run].tolist()
        inputs = values[self.sources[first : first + count * (stop - start)]].reshape(count, -1)
        with np.errstate(all="ignore"):
            result = operation_of_run(self.ops[code]).value(inputs)
        values[start:stop] = result.reshape(values[start:stop].shape)

    def _gradient_of_run(self, run: int, values: Array, gradients: Array) -> None:
        code, count, start, stop, first = self.table[run].tolist()
        many, operation = stop - start, operation_of_run(self.ops[code])
        sources = self.sources[first : first + count * many]
        inputs, result = values[sources].reshape(count, -1), values[start:stop].reshape(-1)
        with np.errstate(all="ignore"):
            local = operation.local_derivatives(inputs, result).reshape(count, *values[start:stop].shape)
            sent = gradients[start:stop] * local
            # the last node first, and its ports from 0, as in every backward pass
            order = sources.reshape(count, many)[:, ::-1].T.ravel()
            np.add.at(gradients, order, np.swapaxes(sent[:, ::-1], 0, 1).reshape(-1, *values.shape[1:]))


def _pruned(plan: Plan, kept: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Returns the table and the sources of the nodes that are kept, all of whose sources are."""
    number = (np.cumsum(kept) - 1).astype(np.int32)
    before = np.concatenate([[0], np.cumsum(kept)]).astype(np.int32)
    table = plan.table.copy()
    table[:, 2], table[:, 3] = before[plan.table[:, 2]], before[plan.table[:, 3]]
    table = table[table[:, 3] > table[:, 2]]
    sizes = table[:, 1] * (table[:, 3] - table[:, 2])
    table[:, 4] = np.cumsum(sizes) - sizes
    return np.ascontiguousarray(table), number[plan.edge_source[kept[plan.edge_target]]]
