"""What is found of a training beside its steps: the loss of held-out rows, and measures of the predictions.

Takes the parameters as they are and changes nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, mean_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.measures import MEASURES, Reference, edges_between, need_classes, pairs
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


def title_of(name: str, measured: str = "loss") -> str:
    """Returns what a column, or the loss, is called by people; `measured` is what the output is called.

    >>> title_of("loss"), title_of("held_out_loss"), title_of("r2"), title_of("held_out_accuracy")
    ('Loss', 'Held-out loss', 'R²', 'Held-out accuracy')
    """
    plain = name.removeprefix(HELD_OUT)
    title = {"loss": measured.capitalize(), "mae": "MAE", "rmse": "RMSE"}.get(plain) or MEASURES[plain].title
    if plain == name:
        return title
    return f"Held-out {title if plain in ('mae', 'rmse', 'r2') else title.lower()}"


@dataclass(frozen=True, eq=False)
class Predicting:
    """How each prediction is computed, from data of shape (bound, rows), in which rows `targets` are those
    that it is compared with.
    """

    batches: Sequence[Batch]
    targets: Sequence[int]

    @classmethod
    def of(cls, graph: Graph, batch: Batch, bound: Sequence[str]) -> Predicting:
        """The predictions of a graph whose inputs `bound`, by id, take data. Raises Refused where which node
        predicts which of them cannot be told.
        """
        found, plan, places = pairs(graph, bound), batch.plan, list(bound)
        return cls(
            [Batch(plan, plan.number[prediction], [], batch.bound.tolist()) for prediction, _ in found],
            [places.index(target) for _, target in found],
        )

    def finding(self, leaves: Array, data: Array) -> Generator[None, None, Array]:
        """Return, in pieces, each prediction in each row, of shape (outputs, rows)."""
        found = np.empty((len(self.batches), data.shape[1]))
        for place, batch in enumerate(self.batches):
            for part in batch.parts(leaves, data, slopes=False):
                found[place, part.start : part.stop] = part.outputs
                yield
        return found

    def sums(self, names: Sequence[str], leaves: Array, data: Array, reference: Reference) -> list[Array]:
        """Returns what each of these measures adds up over these rows."""
        predictions = result_of(self.finding(leaves, data))
        with np.errstate(all="ignore"):
            return [MEASURES[name].sums(predictions, data[self.targets], reference) for name in names]


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
        if not names or data is None:
            return
        self._predicting = Predicting.of(graph, batch, bound)
        self._targets = data[self._predicting.targets]
        self._edges = edges_of(graph, bound, self._targets) if need_classes(names) else np.zeros(0)

    def finding(self, leaves: Array, kept: Rows, held: Rows) -> Generator[None, None, Array]:
        """Return, in pieces, what `names_of` names, at these values of the leaves."""
        parts = [kept, held] if len(held) else [kept]
        found: Mapping[str, list[float]] = {name: [] for name in self.names}
        for rows in parts if self.names else []:
            assert self._data is not None
            predictions = yield from self._predicting.finding(leaves, self._data[:, rows])
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


def edges_of(graph: Graph, bound: Sequence[str], targets: Array) -> Array:
    """Returns where classes meet (`edges_between`) for these values of the targets, of shape (outputs, any
    number); of several outputs the largest counts, and there is no such place.
    """
    found = pairs(graph, bound)
    return edges_between(graph, bound, found[0], targets[0]) if len(found) == 1 else np.zeros(0)


def result_of(task: Generator[None, None, Array]) -> Array:
    """Returns what a task in pieces comes to."""
    while True:
        try:
            next(task)
        except StopIteration as done:
            found: Array = done.value
            return found
