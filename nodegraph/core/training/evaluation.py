"""What is found of a training beside its steps: the loss of held-out rows, and measures of the predictions.

Takes the parameters as they are and changes nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, mean_of
from nodegraph.core.engine.plan import Plan
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.measures import MEASURES, edges_between, pairs
from nodegraph.core.training.rows import Rows

Array = NDArray[np.float64]

HELD_OUT = "held_out_"
"""What stands before the name of a column that is of the held-out rows."""
HELD_OUT_LOSS = f"{HELD_OUT}loss"


def names_of(names: Sequence[str], has_held_out: bool) -> tuple[str, ...]:
    """Returns the names of what is found, in order: the held-out loss, then each measure, also held out.

    >>> names_of(["accuracy"], True)
    ('held_out_loss', 'accuracy', 'held_out_accuracy')
    """
    found = [HELD_OUT_LOSS] if has_held_out else []
    for name in names:
        found += [name, HELD_OUT + name] if has_held_out else [name]
    return tuple(found)


def title_of(name: str) -> str:
    """Returns what a column, or the loss, is called by people.

    >>> title_of("loss"), title_of("held_out_loss"), title_of("r2"), title_of("held_out_accuracy")
    ('Loss', 'Held-out loss', 'R²', 'Held-out accuracy')
    """
    plain = name.removeprefix(HELD_OUT)
    title = {"loss": "Loss", "mae": "MAE", "rmse": "RMSE"}.get(plain) or MEASURES[plain].title
    if plain == name:
        return title
    return f"Held-out {title if plain in ('mae', 'rmse', 'r2') else title.lower()}"


class Evaluation:
    """A way to evaluate a graph on a table's rows, those `kept` to train on and those `held` out.

    `data`, of shape (bound, rows), are the values of the inputs `bound`, by id, in every row. Raises Refused
    for measures where predictions and targets cannot be told.
    """

    def __init__(
        self, graph: Graph, batch: Batch, names: Sequence[str], bound: Sequence[str], data: Array | None
    ) -> None:
        self.names = tuple(names)
        self._batch, self._data = batch, data
        self._predicting: list[Batch] = []
        self._targets = np.zeros((0, 0))
        self._edges = np.zeros(0)
        if not names or data is None:
            return
        found = pairs(graph, bound)
        self._predicting = [_forward(batch.plan, prediction, batch) for prediction, _ in found]
        self._targets = data[[list(bound).index(target) for _, target in found]]
        if len(found) == 1:
            self._edges = edges_between(graph, bound, found[0], self._targets[0])

    def finding(self, leaves: Array, kept: Rows, held: Rows) -> Generator[None, None, Array]:
        """Return, in pieces, what `names_of` names, at these values of the leaves."""
        parts = [kept, held] if len(held) else [kept]
        found: Mapping[str, list[float]] = {name: [] for name in self.names}
        for rows in parts if self.names else []:
            predictions = yield from self._predictions(leaves, rows)
            with np.errstate(all="ignore"):
                for name, numbers in found.items():
                    measure = MEASURES[name]
                    numbers.append(measure.value(predictions, self._targets[:, rows], self._edges))
        numbers = [number for each in found.values() for number in each]
        if len(held):
            numbers.insert(0, (yield from self.finding_loss(leaves, held)))
        return np.array(numbers)

    def finding_loss(self, leaves: Array, rows: Rows) -> Generator[None, None, float]:
        """Return, in pieces, the mean loss over these rows."""
        parts = []
        assert self._data is not None
        for part in self._batch.parts(leaves, self._data[:, rows], slopes=False):
            parts.append(part)
            yield
        return mean_of(parts).loss

    def _predictions(self, leaves: Array, rows: Rows) -> Generator[None, None, Array]:
        """Return, in pieces, each prediction in each of these rows, of shape (outputs, rows)."""
        assert self._data is not None
        found = np.empty((len(self._predicting), len(rows)))
        data = self._data[:, rows]
        for place, batch in enumerate(self._predicting):
            for part in batch.parts(leaves, data, slopes=False):
                found[place, part.start : part.stop] = part.outputs
                yield
        return found


def _forward(plan: Plan, node_id: str, like: Batch) -> Batch:
    return Batch(plan, plan.number[node_id], [], like.bound.tolist())
