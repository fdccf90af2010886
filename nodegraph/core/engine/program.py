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
from nodegraph.core.kernels.runs import Runs

Array = NDArray[Any]
"""Of float64 or float32."""


class Program(Runs):
    """The value of a node and its gradients by the leaves of a plan.

    `numbers` are the plan's numbers of the nodes that it holds, in its own numbering; those of `leaves` come
    first. Numbers are computed as `dtype`, float64 or float32. It keeps its arrays, so it is for one thread.

    >>> plan = Plan.from_arrays(("input", "multiply"), [0, 0, 1], [0, 0, 0, 2], [0, 1])
    >>> value, gradients = Program(plan, plan.number["2"]).step([3.0, 5.0])
    >>> value, gradients.tolist()
    (15.0, [5.0, 3.0])
    """

    def __init__(self, plan: Plan, output: int, *, dtype: DTypeLike = np.float64) -> None:
        self.dtype = np.dtype(dtype)
        kept = plan.reaching(output)
        self.numbers = np.flatnonzero(kept)
        runs = plan.arrays if kept.all() else plan.arrays.pruned(kept)
        super().__init__(plan.ops, runs.table, np.ascontiguousarray(runs.sources, dtype=np.int32))
        self.coded = runs.coded
        self.leaves = int(np.searchsorted(self.numbers, plan.leaves))
        self.output = int(np.searchsorted(self.numbers, output))
        self._is_whole = bool((self.coded[:-1, 0] >= 0).all())
        self._is_of_doubles = self.dtype == np.float64
        self._values = np.zeros(len(self.numbers), dtype=self.dtype)
        self._gradients = np.zeros_like(self._values)
        self._of_leaves = self._values[: self.leaves], self._gradients[: self.leaves]
        self._of_output = self._values[self.output, ...]
        self._passed = self.coded, self.sources, self._values, self._gradients, self.output
        """What compiled passes are handed."""
        self._all_leaves = plan.leaves
        self._held = None if self.leaves == plan.leaves else self.numbers[: self.leaves]

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
        held, (of_leaves, by_leaves) = self._held, self._of_leaves
        of_leaves[...] = leaves if held is None else np.asarray(leaves, dtype=self.dtype)[held]
        ready = kernels.loaded() if self._is_whole else None
        both = None if ready is None else ready.both_of_doubles if self._is_of_doubles else ready.both
        if both is None or not both(*self._passed):
            self._pass_by_runs()
        value = float(self._of_output)
        if held is None:
            return value, by_leaves.copy()
        found = np.zeros(self._all_leaves, dtype=self.dtype)
        found[held] = by_leaves
        return value, found

    def _pass_by_runs(self) -> None:
        """Both passes, also over runs that no kernel computes."""
        self.forward(self._values)
        self._gradients.fill(0.0)
        self._gradients[self.output] = 1.0
        self.backward(self._values, self._gradients)
