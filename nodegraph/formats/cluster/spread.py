"""A training on rows that lie elsewhere, in several places, each of which finds the mean over its own.

Knows no network: whoever reaches those places is a `Spread`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, Mean
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.descent import Training
from nodegraph.core.training.ending import Where
from nodegraph.core.training.rows import Rows
from nodegraph.core.training.setup import Setup

Array = NDArray[np.float64]


class Lost(Refused):
    """The rows cannot be reached any more."""


class Spread(Protocol):
    """Rows that lie elsewhere. Both raise Lost where they cannot be reached."""

    @property
    def rows(self) -> int:
        """How many rows there are."""

    def mean(self, leaves: Array, *, slopes: bool = True) -> Mean:
        """The loss over all rows and its gradients, for these values of the leaves, (plan.leaves,)."""


Spreading: TypeAlias = Callable[[Batch, Sequence[str]], Spread]
"""Makes a spread for a batch whose bound inputs take these columns, in their order."""


def why_not(setup: Setup) -> str | None:
    """Return why a setup does not suit rows that lie elsewhere; None where it does."""
    asked = {"batches": setup.batch, "held-out rows": setup.held_out, "measures": setup.measures}
    named = [name for name, is_asked in asked.items() if is_asked]
    return f"Each step takes all rows, and finds the loss alone; leave out {named[0]}." if named else None


class SpreadTraining(Training):
    """A training whose every step takes all rows, which lie elsewhere. The table is some of them, to look at.

    Raises Refused too for a setup that is not for them, see `why_not`.
    """

    def __init__(
        self,
        graph: Graph,
        setup: Setup,
        table: Any,
        bindings: Mapping[str, str] | None,
        spreading: Spreading,
    ) -> None:
        refusal = why_not(setup)
        if refusal:
            raise Refused(refusal)
        super().__init__(graph, setup, table, bindings)
        self._spread = spreading(self._batch, [self._bindings[node_id] for node_id in self._bound])

    @property
    def rows(self) -> int:
        """How many rows are trained on."""
        return self._spread.rows

    def end(self, sentence: str | None) -> None:
        """Stop at the last parameters whose loss is known, as to find it for others would take long, or
        cannot be done; `sentence` says why, None where that is known.
        """
        if self.last is not None and self.steps_done == self.last.step:
            self.parameters, self.steps_done = self.last.before, self.last.step - 1
            self._state, self._measured = self.last.state, (self.steps_done, self.last.loss)
        self.stopped = sentence

    def _loss_of_all(self) -> float:
        return self._spread.mean(self._current(), slopes=False).loss

    def _going_over(self, data: Array | None, rows: int) -> Generator[float, None, Mean]:
        yield 0.0
        return self._spread.mean(self._current())

    def _where(self, data: Array | None, rows: Rows | None) -> Where:
        return replace(super()._where(data, rows), rows=range(self.rows))


def joined(means: Sequence[Mean]) -> Mean:
    """Returns the mean over all rows, from those over parts that follow each other.

    >>> parts = [Mean(2, 1.0, np.array([3.0]), None), Mean(6, 5.0, np.array([-1.0]), 4)]
    >>> whole = joined(parts)
    >>> whole.rows, whole.loss, whole.gradients.tolist(), whole.bad_row
    (8, 4.0, [0.0], 6)
    """
    rows = sum(mean.rows for mean in means)
    with np.errstate(all="ignore"):
        loss = sum(mean.loss * mean.rows for mean in means) / rows
        gradients: Array = sum((mean.gradients * mean.rows for mean in means), np.zeros(1)) / rows
    before, bad_row = 0, None
    for mean in means:
        if bad_row is None and mean.bad_row is not None:
            bad_row = before + mean.bad_row
        before += mean.rows
    return Mean(rows, loss, gradients, bad_row)
