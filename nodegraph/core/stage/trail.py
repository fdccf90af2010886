"""The trail of a run: its parameters and its loss after so many steps, to go back to any step that was kept.

Also the runs of a document beside each other, in bounded memory. Takes no step and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.training.descent import Training
from nodegraph.core.training.optimizers import OPTIMIZERS
from nodegraph.core.training.setup import Setup

Array = NDArray[np.float64]

MOST_BYTES = 64 * 2**20
"""What the trails of all runs take together."""
MOST_RUNS = 12
FEWEST = 3
"""Steps that are kept at least: the first, the newest, and one between them."""


@dataclass(frozen=True, eq=False)
class Trail:
    """Steps of one run that were kept, the first and the newest among them.

    `steps` and `losses` have the shape (kept,), `parameters` (kept, trained). `found` is what was looked for
    beside the loss, by name, each of shape (kept,), NaN where it was not looked for. `ids` are those
    of the trained inputs. `now` is the place of the values as they are, the newest unless it stopped
    early. `begun_at` is the step of another run that it went on from, else 0.
    """

    ids: tuple[str, ...]
    setup: Setup
    steps: NDArray[np.int64]
    losses: Array
    parameters: Array
    now: int
    found: Mapping[str, Array] = field(default_factory=dict)
    begun_at: int = 0

    @classmethod
    def of(
        cls,
        training: Training,
        loss: float | None = None,
        found: Mapping[str, float] | None = None,
        begun_at: int = 0,
    ) -> Trail:
        """Returns the trail of a training as it stands, with arrays of its own. `loss` is the newest;
        left out, it is measured. `found` is what was found beside it by name.
        """
        history, kept = training.history, training.kept_step
        earlier = history.steps < training.steps_done if kept is None else np.full(len(history), True)
        steps, losses, parameters = history.steps[earlier], history.losses[earlier], history.trails[earlier]
        columns = {name: history.column(name)[earlier] for name in history.columns}
        if kept is None:
            steps = np.append(steps, training.steps_done)
            losses = np.append(losses, training.loss() if loss is None else loss)
            parameters = np.concatenate([parameters, training.parameters[None, :]])
            newest = found or {}
            columns = {name: np.append(it, newest.get(name, np.nan)) for name, it in columns.items()}
        now = len(steps) - 1 if kept is None else int(np.argmin(np.abs(steps - kept)))
        whole = steps.astype(np.int64)
        return cls(training.ids, training.setup, whole, losses, parameters, now, columns, begun_at)

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def bytes(self) -> int:
        """What its arrays take."""
        arrays = (self.steps, self.losses, self.parameters, *self.found.values())
        return sum(array.nbytes for array in arrays)

    def found_at(self, place: int) -> Mapping[str, float]:
        """Returns what was found beside the loss by name, there or, where nothing was looked for, before."""
        found = {}
        for name, numbers in self.found.items():
            looked = np.flatnonzero(~np.isnan(numbers[: place + 1]))
            if len(looked):
                found[name] = float(numbers[looked[-1]])
        return found

    def values(self, place: int) -> Mapping[str, float]:
        """Returns the parameters at a place, by id."""
        return dict(zip(self.ids, self.parameters[place].tolist(), strict=True))

    def place_of(self, graph: Graph) -> int | None:
        """Returns the place at which its inputs had the values that they have in a graph, `now` before any
        other; None where they have had them at no kept step, or where one of them is gone.
        """
        places = np.arange(len(self))
        for at in {0, len(self.ids) // 2, len(self.ids) - 1}:  # which leave few or none to look at whole
            node_id = self.ids[at]
            if node_id not in graph:
                return None
            places = places[self.parameters[places, at] == graph.node(node_id).value]
        if not len(places) or not all(i in graph for i in self.ids):
            return None
        values = np.array([graph.node(i).value for i in self.ids], dtype=np.float64)
        places = places[(self.parameters[places] == values).all(axis=1)]
        return self.now if self.now in places else int(places[0]) if len(places) else None

    def change(self, graph: Graph, place: int) -> Change:
        """Returns the Change that sets the inputs to what they were at a place. Refused where they are that
        already, or where none of them is there any more.
        """
        values = self.values(place)
        nodes = [graph.node(i) for i in values if i in graph and graph.node(i).op == "input"]
        if not nodes:
            raise Refused("The inputs of this run are no longer there.")
        patches = [patch_of(n, replace(n, value=values[n.id])) for n in nodes if n.value != values[n.id]]
        if not patches:
            raise Refused("The document has these values already.")
        return Change(f"Take the values of step {self.steps[place]:,}", tuple(patches))

    def thinned(self) -> Trail:
        """Returns every second step of it, the first, the newest and that of the values as they are among
        them.
        """
        places = np.unique([*range(0, len(self), 2), self.now, len(self) - 1])
        return replace(
            self,
            steps=self.steps[places],
            losses=self.losses[places],
            parameters=self.parameters[places],
            now=int(np.searchsorted(places, self.now)),
            found={name: numbers[places] for name, numbers in self.found.items()},
        )


@dataclass(frozen=True, eq=False)
class Run:
    """A run by its number, from 1."""

    number: int
    trail: Trail

    @property
    def title(self) -> str:
        """What it is called."""
        return f"Run {self.number}"

    @property
    def summary(self) -> str:
        """How it was trained: "Adam, rate 0.1, 200 steps", and from which step of another it went on."""
        trail, setup = self.trail, self.trail.setup
        rate, steps = format_number(setup.setting("rate")), int(trail.steps[-1])
        said = f"{OPTIMIZERS[setup.optimizer].title}, rate {rate}, {steps:,} step{'' if steps == 1 else 's'}"
        return f"{said} from step {trail.begun_at:,}" if trail.begun_at else said


class Runs:
    """The runs of a document, oldest first, in at most `most_bytes`: the longest are thinned evenly until all
    fit, and beyond MOST_RUNS the oldest goes.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.kept: list[Run] = []
        self._number = 0

    def __len__(self) -> int:
        return len(self.kept)

    def add(self, trail: Trail) -> Run:
        """Keep one more run; others may be thinned or go. Returns it."""
        self._number += 1
        self.kept = [*self.kept, Run(self._number, trail)][-MOST_RUNS:]
        self._make_room()
        return self.kept[-1]

    def renew(self, trail: Trail) -> Run:
        """Let the newest run have this trail: it went on. Returns it."""
        self.kept[-1] = replace(self.kept[-1], trail=trail)
        self._make_room()
        return self.kept[-1]

    def get(self, number: int) -> Run | None:
        """Returns a run by its number; None where it is not kept any more."""
        return next((run for run in self.kept if run.number == number), None)

    def clear(self) -> None:
        """Forget all runs and begin to count anew."""
        self.kept, self._number = [], 0

    def _make_room(self) -> None:
        while sum(run.trail.bytes for run in self.kept) > self.most_bytes:
            place = max(range(len(self.kept)), key=lambda i: self.kept[i].trail.bytes)
            longest = self.kept[place]
            if len(longest.trail) <= FEWEST:
                if len(self.kept) == 1:
                    return
                del self.kept[0]
            else:
                self.kept[place] = replace(longest, trail=longest.trail.thinned())
