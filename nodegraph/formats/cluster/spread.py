"""A training on rows that lie elsewhere, in several parts, of each of which sums are found where it is.

Knows no network: whoever reaches those places is a `Spread`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Mean
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.descent import Training
from nodegraph.core.training.ending import Where
from nodegraph.core.training.evaluation import Predicting, edges_of
from nodegraph.core.training.measures import MEASURES, Reference, need_classes, pairs
from nodegraph.core.training.readiness import why_not_measures
from nodegraph.core.training.rows import Division, Rows, why_not
from nodegraph.core.training.setup import Setup
from nodegraph.formats.cluster import tasks

Array = NDArray[np.float64]
T = TypeVar("T")
BY_SHARE = "On a cluster rows are held out by a share, not by a column; take --held-out 0.2, or 0."


class Lost(Refused):
    """The rows cannot be reached any more."""


class Spread(Protocol):
    """Rows that lie elsewhere, in parts that follow each other. All raise Lost where none can be reached."""

    @property
    def sizes(self) -> Sequence[int]:
        """How many rows each part has, those set apart included."""

    def set_apart(self, held: Sequence[Rows]) -> None:
        """Set these rows of each part apart, in ascending order and counted from its first."""

    def hold(self, thing: Any) -> Any:
        """Hand a thing to all parts, once. Returns what stands for it when a task is asked for."""

    def ask(
        self, task: Callable[..., T], *given: Any, chosen: Sequence[Rows] | None = None, held: bool = False
    ) -> list[T]:
        """Return what a task returns of the rows of each part that are not set apart, in order: all of them,
        or those `chosen`, counted among these; or of those set apart. A part without such a row is left out.
        """


Spreading: TypeAlias = Callable[[Sequence[str]], Spread]
"""Spreads rows that hold these columns, in their order."""


class SpreadTraining(Training):
    """A training on rows that lie elsewhere. The table holds the first of them, to look at."""

    def __init__(
        self,
        graph: Graph,
        setup: Setup,
        table: Any,
        bindings: Mapping[str, str] | None,
        spreading: Spreading,
    ) -> None:
        self._spread: Spread | None = None
        bare = replace(setup, batch=0, held_out=0.0, held_by="", measures=())
        super().__init__(graph, bare, table, bindings)
        if not self._bound:
            raise Refused("No input takes a column of the data, so there are no rows to go over.")
        self._spread = spreading([self._bindings[node_id] for node_id in self._bound])
        refusal = setup.why_not() or self._why_not_rows(setup)
        if refusal:
            raise Refused(refusal)
        self._passes = self._spread.hold(self._batch)
        self._begin(setup)

    def end(self, sentence: str | None) -> None:
        """Stop at the last parameters whose loss is known, as to find it for others would take long, or
        cannot be done; `sentence` says why, None where that is known.
        """
        last = self.last
        if last is not None and last.rows is not None and sentence is None:
            return  # the loss of a batch is none of all rows
        if last is not None and self.steps_done == last.step:
            self.parameters, self.steps_done, self._state = last.before, last.step - 1, last.state
            self._measured = self.steps_done, last.loss if last.rows is None else math.nan
        if self._found is None or self._found[0] != self.steps_done:
            self._found = self.steps_done, np.full(len(self.columns), np.nan)
        if sentence is not None and math.isnan(self.loss()):
            sentence += " What the loss over all rows is now is not known."
        self.stopped = sentence

    # --- the rows
    @property
    def _there(self) -> Spread:
        assert self._spread is not None
        return self._spread

    def _why_not_rows(self, setup: Setup) -> str | None:
        """Return why a setup does not suit all the rows."""
        if setup.held_by:
            return BY_SHARE
        refusal = why_not(setup, sum(self._there.sizes))
        if refusal or not setup.measures:
            return refusal
        used: dict[str, Array] = dict.fromkeys(self._bound, np.zeros(0))
        if need_classes(setup.measures):
            used |= {node_id: self._classes(node_id) for node_id in self._targets(used)}
        return why_not_measures(self._graph, self._batch.plan, used, setup)

    def _targets(self, used: Mapping[str, Array]) -> list[str]:
        try:
            return [target for _, target in pairs(self._graph, used)]
        except Refused:
            return []  # as is told by whoever asks why not

    def _classes(self, node_id: str) -> Array:
        """The different values that an input takes."""
        return np.unique(np.concatenate(self._there.ask(tasks.classes, self._bound.index(node_id))))

    def _divide(self) -> None:
        if self._spread is None:
            super()._divide()  # of the first rows, until all of them are spread
            return
        self._sizes = np.array(self._spread.sizes)
        self.division = Division.of(self.setup, int(self._sizes.sum()))
        self._divided_at = self.steps_done
        held, table = self.division.held, self._table
        self._data = table
        if len(held) and table is not None:
            kept = self.division.kept
            self._data = table[:, kept[kept < table.shape[1]]]
            by_part = _by_part(held, self._sizes)
            self._spread.set_apart([rows for rows, _ in by_part])
            self._sizes = self._sizes - [len(rows) for rows, _ in by_part]
        if self.setup.measures:
            self._begin_measuring(self._spread)

    def _begin_measuring(self, spread: Spread) -> None:
        """Have what measures need of all rows: where classes meet, and the means of the targets."""
        predicting, edges = Predicting.of(self._graph, self._batch, self._bound), np.zeros(0)
        if need_classes(self.setup.measures):
            target = self._bound[predicting.targets[0]]
            edges = edges_of(self._graph, self._bound, self._classes(target)[None])
        self._predicting = spread.hold(predicting)
        self._references = []
        for held, rows in self._sides():
            total = sum(spread.ask(tasks.sums, predicting.targets, held=held), np.zeros(1))
            self._references.append(Reference(total / rows, edges))

    def _sides(self) -> list[tuple[bool, int]]:
        """Whether held out, and how many: the rows that are trained on, and those held out where any are."""
        held = len(self.division.held)
        return [(False, self.rows), *([(True, held)] if held else [])]

    # --- what is found of them
    def _data_of(self, rows: Rows | None) -> Array | None:
        return self._data if rows is None else None

    def _going_over(self, chosen: Rows | None, data: Array | None) -> Generator[float, None, Mean]:
        yield 0.0
        return self._mean(chosen)

    def _loss_of_all(self) -> float:
        return self._mean(slopes=False).loss

    def _finding_loss(self) -> Generator[None, None, float]:
        yield
        return self._loss_of_all()

    def _mean(self, chosen: Rows | None = None, *, slopes: bool = True, held: bool = False) -> Mean:
        """The mean over these rows of the table, or over all that are trained on, or over those held out."""
        asked = self._passes, self._current().copy(), slopes
        if chosen is None:
            return joined(self._there.ask(tasks.mean, *asked, held=held))
        by_part = self._chosen(chosen)
        means = self._there.ask(tasks.mean, *asked, chosen=[rows for rows, _ in by_part])
        answers = zip([places for _, places in by_part if len(places)], means, strict=True)
        bad = [int(places[mean.bad_row]) for places, mean in answers if mean.bad_row is not None]
        return replace(joined(means), bad_row=min(bad, default=None))

    def _chosen(self, rows: Rows) -> list[tuple[Rows, Rows]]:
        """Returns rows of the table by part, see `_by_part`."""
        kept = np.searchsorted(self.division.kept, rows) if len(self.division.held) else rows
        return _by_part(kept, self._sizes)

    def _finding(self) -> Generator[None, None, Array]:
        yield
        names, found = self.setup.measures, []
        for (held, rows), reference in zip(self._sides(), self._references, strict=True) if names else ():
            asked = self._predicting, names, self._current().copy(), reference
            answers = self._there.ask(tasks.measured, *asked, held=held)
            totals = [np.sum(each, axis=0) for each in zip(*answers, strict=True)]
            count = rows * len(reference.means)
            with np.errstate(all="ignore"):
                found.append(
                    [MEASURES[name].end(total, count) for name, total in zip(names, totals, strict=True)]
                )
        numbers = [number for each in zip(*found, strict=True) for number in each]
        if len(self.division.held):
            numbers.insert(0, self._mean(slopes=False, held=True).loss)
        return np.array(numbers)

    def _where(self, data: Array | None, rows: Rows | None) -> Where:
        return super()._where(data if rows is None else self._cells(rows), rows)

    def _cells(self, rows: Rows) -> Array:
        """The values of the bound inputs in these rows of the table, of shape (bound, rows)."""
        by_part = self._chosen(rows)
        found = np.empty((len(self._bound), len(rows)))
        found[:, np.concatenate([places for _, places in by_part])] = np.concatenate(
            self._there.ask(tasks.cells, chosen=[within for within, _ in by_part]), axis=1
        )
        return found


def _by_part(rows: Rows, sizes: Rows) -> list[tuple[Rows, Rows]]:
    """Returns, for each of parts of these sizes, which of the rows are in it, counted from its first, and
    their places among the rows; both in the order of the rows.

    >>> [(rows.tolist(), places.tolist()) for rows, places in _by_part(np.array([4, 0, 3]), np.array([2, 3]))]
    [([0], [1]), ([2, 1], [0, 2])]
    """
    ends = np.cumsum(sizes)
    part = np.searchsorted(ends, rows, side="right")
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(len(sizes) + 1))
    each = [order[start:stop] for start, stop in pairwise(bounds.tolist())]
    starts = (ends - sizes).tolist()
    return [(rows[places] - start, places) for places, start in zip(each, starts, strict=True)]


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
