"""Landscape: the loss as a function of the trained parameters, over all rows of the data or some of them.

What a training walks on, for whoever wants to look ahead without walking. Knows no optimiser.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, Mean, mean_of
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.leaf_values import of_leaves
from nodegraph.core.numbers import format_number
from nodegraph.core.training.optimizers import length_of

Array = NDArray[np.float64]

LARGEST = 1e12
"""How many times its size at the start (at least 1) a parameter or the loss may reach."""
ENOUGH_ROWS = 10_000
"""Rows that are enough to see how the loss curves."""
MOST_LOOKED_AT = 200
"""Rows that are looked through for the node that left the finite numbers."""
MOST_NODES_LOOKED_AT, MOST_NUMBERS_LOOKED_AT = 10_000, 200_000
"""Nodes up to which this is done at all (a row of them takes some 30 ms), and nodes times rows."""
STEP_COST = 5_000
"""What a step takes before the first row, in numbers computed."""


@dataclass(frozen=True, eq=False)
class Landscape:
    """A loss over its parameters; `leaves` of shape (plan.leaves,), `data` of shape (bound, rows) or None."""

    batch: Batch
    leaves: Array
    data: Array | None

    @classmethod
    def of(cls, batch: Batch, leaves: Array, data: Array | None) -> Landscape:
        """A landscape of its own, over as many rows as are enough."""
        return cls(batch, leaves.copy(), None if data is None else data[:, :ENOUGH_ROWS])

    def at(self, parameters: Array, *, slopes: bool = True) -> Mean:
        """Return the loss here, and its gradients unless `slopes` is False."""
        self.leaves[self.batch.trained] = parameters
        return mean_of(self.batch.parts(self.leaves, self.data, slopes=slopes))

    def walk(self, parameters: Array, *, slopes: bool = True) -> Generator[None, None, Mean]:
        """Do the same in pieces, part of the rows by part, for a window that stays alive meanwhile."""
        parts = []
        self.leaves[self.batch.trained] = parameters
        for part in self.batch.parts(self.leaves, self.data, slopes=slopes):
            parts.append(part)
            yield
        return mean_of(parts)

    @property
    def cost(self) -> int:
        """About how many numbers a step computes, what it takes beside them included."""
        rows = 1 if self.data is None else self.data.shape[1]
        return STEP_COST + self.batch.cost(rows)

    def fixed(self) -> dict[str, tuple[float, float]]:
        """Return the least and the largest value of each leaf that is not trained, by id."""
        plan, trained = self.batch.plan, set(self.batch.trained.tolist())
        found = {plan.ids[n]: (v, v) for n, v in enumerate(self.leaves.tolist()) if n not in trained}
        for number, numbers in zip(self.batch.bound, () if self.data is None else self.data, strict=False):
            found[plan.ids[number]] = (float(numbers.min()), float(numbers.max()))
        return found

    def curvature(self, parameters: Array) -> Generator[None, None, float]:
        """Return, in pieces, how fast the gradient turns along itself here; NaN or infinite where it cannot
        be told.
        """
        here = (yield from self.walk(parameters)).gradients
        step = 1e-5 * max(1.0, length_of(parameters)[0])
        with np.errstate(all="ignore"):
            beside = parameters + step * length_of(here)[1]
        there = (yield from self.walk(beside)).gradients
        with np.errstate(all="ignore"):
            return length_of(there - here)[0] / step


def runaway(
    names: Sequence[str], mean: Mean, after: Array, first_loss: float, first: Array, output: str = "loss"
) -> str | None:
    """Return what is no longer finite, or beyond all bounds, in the order in which it is found; or None.
    `output` is what the output is called.
    """
    if not math.isfinite(mean.loss):
        return f"the {output} became {_called(mean.loss)}"
    if abs(mean.loss) > LARGEST * max(1.0, abs(first_loss)):
        went = "grew" if mean.loss > first_loss else "fell"
        return f"the {output} {went} to {format_number(mean.loss, 2)}"
    if _largest(mean.gradients) < math.inf and _largest(after) <= LARGEST:
        return None  # as nearly always; NaN is neither
    for numbers, called in ((mean.gradients, "the gradient of {}"), (after, "the parameter {}")):
        wrong = np.flatnonzero(~np.isfinite(numbers))
        if len(wrong):
            return f"{called.format(names[wrong[0]])} became {_called(float(numbers[wrong[0]]))}"
    beyond = np.flatnonzero(np.abs(after) > LARGEST * np.maximum(1.0, np.abs(first)))
    if len(beyond):
        return f"the parameter {names[beyond[0]]} grew to {format_number(float(after[beyond[0]]), 2)}"
    return None


def _largest(numbers: Array) -> float:
    """The largest size among numbers; NaN where there is one."""
    return float(np.abs(numbers).max(initial=0.0))


def left_numbers(mean: Mean) -> bool:
    """Whether a node left the finite numbers here, in its value or in its slope."""
    return not (math.isfinite(mean.loss) and bool(np.isfinite(mean.gradients).all()))


def finding_culprit(
    graph: Graph, batch: Batch, values: Mapping[str, float], data: Array | None, row: int
) -> Generator[None, None, str]:
    """Return, in pieces, which node leaves the finite numbers first, and why, in the first row from `row`
    where one does.

    `values` are those of the trained inputs, by id; "" where no node does in the rows that are looked at: as
    many as are quick, and none of a graph that is too large for that.
    """
    nodes = len(batch.plan.ids)
    most = min(MOST_LOOKED_AT, MOST_NUMBERS_LOOKED_AT // nodes) if nodes <= MOST_NODES_LOOKED_AT else 0
    bound = [] if data is None else [batch.plan.ids[number] for number in batch.bound]
    rows = [[]] if data is None else data[:, row : row + most].T.tolist()
    for cells in rows[:most]:
        yield
        row_values = {**values, **dict(zip(bound, cells, strict=True))}
        problems = run(graph, values=of_leaves(graph, row_values)).problems  # it may have been edited since
        if problems:
            name, why = problems[0]
            return f"{name}: {why}"
    return ""


def _called(value: float) -> str:
    return "infinite" if math.isinf(value) else "NaN, which is not a number"
