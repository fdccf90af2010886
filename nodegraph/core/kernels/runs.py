"""Runs of operations as arrays, with both passes over them: compiled where `kernels` are loaded, else by
numpy, run by run. Knows no plan and no graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.kernels import kernels
from nodegraph.core.kernels.kernel_source import NUMPY, coded
from nodegraph.core.kernels.numbering import Indices, targets_and_ports
from nodegraph.core.operations.catalogue import operation_of_run

Array = NDArray[Any]
"""Of float64 or float32."""


class OwnRun(Protocol):
    """A run that no operation of the catalogue computes."""

    def forward(self, values: Array) -> None:
        """Fill in the values of its nodes."""

    def backward(self, values: Array, gradients: Array) -> None:
        """Hand the gradients of its nodes on."""


class Runs:
    """`table` has a row for each run, as a plan's: its operation as a place in `ops`, how many inputs it
    takes, its first node and the one after its last, and its first edge; `sources` has the edges' sources.
    """

    def __init__(
        self, ops: tuple[str, ...], table: Indices, sources: Indices, own: tuple[int, ...] = ()
    ) -> None:
        self.ops, self.table, self.sources, self.own = ops, table, sources, own
        """`own` are the places of runs that whoever asks for a pass computes."""

    def __iter__(self) -> Iterator[tuple[str, int, int, Indices]]:
        """Yields each run's operation, its first node, the one after its last, and its sources, of shape
        (inputs, nodes).
        """
        for code, inputs, start, stop, first in self.table.tolist():
            many = stop - start
            yield (
                self.ops[code],
                start,
                stop,
                self.sources[first : first + inputs * many].reshape(inputs, many),
            )

    @cached_property
    def coded(self) -> Indices:
        """The table as compiled passes read it."""
        found = coded(self.table, self.ops)
        found[list(self.own), 0] = NUMPY
        return found

    @cached_property
    def targets(self) -> Indices:
        """The edges' targets."""
        return targets_and_ports(self.table)[0]

    def count_leaves(self, nodes: int) -> int:
        """Returns how many nodes come before all runs, of so many."""
        return int(self.table[0, 2]) if len(self.table) else nodes

    def pruned(self, kept: NDArray[np.bool_]) -> Runs:
        """Returns the runs of the nodes that are kept, all of whose sources are, numbered anew in order."""
        number = (np.cumsum(kept) - 1).astype(np.int32)
        before = np.concatenate([[0], np.cumsum(kept)]).astype(np.int32)
        table = self.table.copy()
        table[:, 2], table[:, 3] = before[self.table[:, 2]], before[self.table[:, 3]]
        table = table[table[:, 3] > table[:, 2]]
        sizes = table[:, 1] * (table[:, 3] - table[:, 2])
        table[:, 4] = np.cumsum(sizes) - sizes
        return Runs(self.ops, np.ascontiguousarray(table), number[self.sources[kept[self.targets]]])

    def forward(self, values: Array, own: Mapping[int, OwnRun] | None = None) -> None:
        """Fill in values, of shape (nodes,) or (nodes, rows), in which those of the leaves are. `own` are the
        runs of its own, by place.
        """
        ready = kernels.loaded()
        run = 0
        while run < len(self.table):
            if ready is not None:
                kernel = ready.values if values.ndim == 1 else ready.row_values
                run = kernel(self.coded, self.sources, values, run)
            if run < len(self.table):
                if own and run in own:
                    own[run].forward(values)
                else:
                    self._value_of_run(run, values)
                run += 1

    def backward(self, values: Array, gradients: Array, own: Mapping[int, OwnRun] | None = None) -> None:
        """Add up gradients, of the shape of the values, from those that are set in them."""
        ready = kernels.loaded()
        run = len(self.table) - 1
        while run >= 0:
            if ready is not None:
                kernel = ready.gradients if values.ndim == 1 else ready.row_gradients
                run = kernel(self.coded, self.sources, values, gradients, run)
            if run >= 0:
                if own and run in own:
                    own[run].backward(values, gradients)
                else:
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
