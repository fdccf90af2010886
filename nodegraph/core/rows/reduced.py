"""Both passes over many rows without what need not be done for each: nodes that all rows share are computed
once, and sums of products are matrix products.

The numbers are those of the plain passes to rounding, where all that enter a matrix are finite and of modest
size; a part of the rows of which that is not true is left to the plain passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.kernels.runs import OwnRun, Runs
from nodegraph.core.rows.cut import cut
from nodegraph.core.rows.matrices import Matrix, is_modest
from nodegraph.core.rows.products import Flags, Numbers
from nodegraph.core.rows.stages import Stages, as_slice, following

Array = NDArray[np.float64]

NUMPY_RUN, MATRIX = 3_000, 5_000
"""What numpy's calls for a run take, and those for a matrix beside compiled passes, in numbers computed."""


@dataclass(frozen=True, eq=False)
class Part:
    """Rows start…stop: the output of each, and the sum of their gradients by each trained input."""

    start: int
    stop: int
    outputs: Array
    gradients: Array


@dataclass(frozen=True, eq=False)
class Left:
    """Rows start…stop, which are left to the plain passes."""

    start: int
    stop: int


class Reduced:
    """Passes from `output` back to the leaves `trained`, with data in those `bound`.

    All three count in the numbering of `runs`; `reaching` says which nodes the output depends on.
    """

    def __init__(self, runs: Runs, output: int, reaching: Flags, trained: Numbers, bound: Numbers) -> None:
        varies = following(runs, _flags(bound, len(reaching))) & reaching
        follows = following(runs, _flags(trained, len(reaching))) & reaching
        self.cut, self._follows = cut(runs, reaching, varies, follows), follows
        shared, row = self.cut.shared, self.cut.row
        self.output, self.trained = output, trained
        used = np.flatnonzero(row[bound] >= 0)
        self.data_used, self.data_places = as_slice(used), as_slice(row[bound][used])
        self._is_shared, self._is_row = shared[trained] >= 0, row[trained] >= 0
        self._shared_places, self._row_places = shared[trained], row[trained]
        self.nodes = len(self.cut.row_numbers)
        """Numbers that are computed for each row."""
        self.saved = int(reaching.sum()) - self.nodes
        """Numbers that need not be."""
        self.runs = len(self.cut.shared_runs.table) + len(self.cut.row_runs.table)
        self._rooms: list[_Room] = []

    @cached_property
    def stages(self) -> tuple[Stages, Stages]:
        """What numpy does for the shared runs, and for those of a row."""
        runs = self.cut.shared_runs, self.cut.row_runs
        follows = self._follows[self.cut.shared_numbers], self._follows[self.cut.row_numbers]
        shared, row = (Stages(*each) for each in zip(runs, map(np.ones_like, follows), follows, strict=True))
        return shared, row

    def is_worth_it(self, rows: int, plain_runs: int, *, compiled: bool) -> bool:
        """Whether so many rows take less time so than by plain passes of so many runs."""
        if self.cut.row[self.output] < 0:
            return False
        more = MATRIX * (1 + len(self.cut.blocks)) if compiled else NUMPY_RUN * (self.runs - plain_runs)
        return self.saved * rows > more

    def by_trained(self, shared: Array, row: Array) -> Array:
        """The gradient by each trained leaf, from those of the shared nodes, (nodes,), and of the rows'."""
        found = np.zeros(len(self.trained))
        found[self._is_row] = np.add.reduce(row[self._row_places[self._is_row]], axis=1)
        found[self._is_shared] = shared[self._shared_places[self._is_shared]]
        return found

    def parts(
        self, leaves: Array, data: Array, width: int, *, slopes: bool, compiled: bool
    ) -> Iterator[Part | Left]:
        """Every row, at most `width` at a time; arguments and numbers are those of `Batch.parts`."""
        rows = data.shape[1]
        width = min([width, *(block.most_rows for block in self.cut.blocks.values())])
        width = -(-rows // -(-rows // width))  # as many parts, all of about one size
        room = self._rooms.pop() if self._rooms else _Room()
        try:
            with np.errstate(all="ignore"):
                step = _Step(self, leaves, room, slopes=slopes, compiled=compiled)
            if not step.is_modest:
                yield Left(0, rows)
                return
            for start in range(0, rows, width):
                stop = min(start + width, rows)
                found = step.taken(data[:, start:stop])
                yield Left(start, stop) if found is None else Part(start, stop, *found)
        finally:
            self._rooms[:] = [room]


class _Room:
    """Values and gradients of a part, kept for the next one: new memory takes as long as all that is done."""

    def __init__(self) -> None:
        self._numbers = np.empty((2, 0))

    def of(self, nodes: int, rows: int) -> tuple[Array, Array]:
        """Returns both, of shape (nodes, rows), with whatever is in them."""
        size = nodes * rows
        if self._numbers.shape[1] < size:
            self._numbers = np.empty((2, size))
        values, gradients = self._numbers[:, :size].reshape(2, nodes, rows)
        return values, gradients


class _Step:
    """Passes over the rows with the values of one step: the shared ones are computed at once."""

    def __init__(self, reduced: Reduced, leaves: Array, room: _Room, *, slopes: bool, compiled: bool) -> None:
        cut = reduced.cut
        stages = (None, None) if compiled else reduced.stages
        self._reduced, self._slopes = reduced, slopes
        self._shared = np.empty(len(cut.shared_numbers))
        count = cut.shared_runs.count_leaves(len(self._shared))
        self._shared[:count] = leaves[cut.shared_numbers[:count]]
        self._given = np.zeros_like(self._shared)
        self._once = _Passes(cut.shared_runs, stages[0], slopes=slopes)
        self._each = _Passes(cut.row_runs, stages[1], slopes=slopes)
        self._once.forward(self._shared)
        self.is_modest = is_modest(self._shared)
        """Whether the shared numbers are such that matrices give what plain passes give."""
        self._own = {place: Matrix(block, self._shared, self._given) for place, block in cut.blocks.items()}
        self._room = room

    def taken(self, data: Array) -> tuple[Array, Array] | None:
        """Return the outputs of these rows and the sum of their gradients, or None where some number is not
        modest; what was returned stays as it is.
        """
        cut, slopes = self._reduced.cut, self._slopes
        values, gradients = self._room.of(self._reduced.nodes, data.shape[1])
        values[cut.held] = self._shared[cut.shared[cut.row_numbers[cut.held]], None]
        values[self._reduced.data_places] = data[self._reduced.data_used]
        output = cut.row[self._reduced.output]
        with np.errstate(all="ignore"):
            self._each.forward(values, self._own)
            if not all(matrix.was_modest for matrix in self._own.values()):
                return None
            if not slopes:
                return values[output].copy(), np.zeros(len(self._reduced.trained))
            gradients.fill(0.0)
            gradients[output] = 1.0
            self._given.fill(0.0)
            self._each.backward(values, gradients, self._own)
            held = cut.held
            self._given[cut.shared[cut.row_numbers[held]]] += np.add.reduce(gradients[held], axis=1)
            self._once.backward(self._shared, self._given)
            if not (is_modest(self._given) and all(matrix.was_modest for matrix in self._own.values())):
                return None
        return values[output].copy(), self._reduced.by_trained(self._given, gradients)


class _Passes:
    """Both passes over some runs, by numpy where there are stages, else compiled."""

    def __init__(self, runs: Runs, stages: Stages | None, *, slopes: bool) -> None:
        self._runs, self._stages, self._slopes = runs, stages, slopes
        self._local: list[Array | None] = []

    def forward(self, values: Array, own: Mapping[int, OwnRun] | None = None) -> None:
        """Fill in the values, of shape (nodes,) or (nodes, rows)."""
        if self._stages is None:
            self._runs.forward(values, own)
        else:
            self._local = self._stages.forward(_rows(values), own, slopes=self._slopes)

    def backward(self, values: Array, gradients: Array, own: Mapping[int, OwnRun] | None = None) -> None:
        """Add up the gradients, after a forward pass."""
        if self._stages is None:
            self._runs.backward(values, gradients, own)
        else:
            self._stages.backward(_rows(values), _rows(gradients), self._local, own)


def _rows(values: Array) -> Array:
    return values if values.ndim == 2 else values[:, None]


def _flags(numbers: Numbers, nodes: int) -> Flags:
    found = np.zeros(nodes, dtype=bool)
    found[numbers] = True
    return found
