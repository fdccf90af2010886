"""Gradient descent on a graph: step by step, and the Change that keeps what was learnt.

The graph itself is never touched while it trains. Knows no window: whoever calls decides when the next step
is due, and may stop between any two parts of one.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, Mean, Part, mean_of
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.formula import Dialect
from nodegraph.core.training.arrival import Rest, finding_arrival, surroundings
from nodegraph.core.training.history import History
from nodegraph.core.training.landscape import Landscape, finding_culprit, left_numbers, runaway
from nodegraph.core.training.optimizers import OPTIMIZERS, Optimizer, State
from nodegraph.core.training.readiness import checked_bindings, columns_of, trained_inputs
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.trials import Start, Trials, finding_rate

Array = NDArray[np.float64]

SEARCHING = 0.999
"""The share of a step that is reported while it ends with a search."""


@dataclass(frozen=True, eq=False)
class Update:
    """One step, from 1: the loss and the gradients it found at the parameters `before`, and those after.

    `setup` was in force, with the learning rate of this step, and `state` is what the optimiser remembered
    before it.
    """

    step: int
    loss: float
    gradients: Array
    before: Array
    parameters: Array
    state: State
    setup: Setup


class Training:
    """A training of the inputs that are trainable, not bound to a column, and reach the output.

    `table` holds columns by name, all of one length: a mapping, a data frame or a structured array; without
    it the document's own counts. `bindings` says which input (by id) takes which column; left out, it is the
    one that `Node.column` names, or the one of the input's name. The loss is the mean of the output over the
    rows. Warns with `UnusedData` of columns that no input takes and of inputs of data without one. Raises
    Refused with a sentence where there is nothing to train.

    >>> from nodegraph.core.building.expression import parse
    >>> training = Training(parse("L = (w*2 + b - 9)**2", w=3, b=1), Setup(settings={"rate": 0.05}))
    >>> update = training.step()
    >>> update.loss, training.values(), training.loss(), training.change().name
    (4.0, {'w': 3.4, 'b': 1.2}, 1.0, 'Train 1 step')
    """

    def __init__(
        self,
        graph: Graph,
        setup: Setup,
        table: Any = None,
        bindings: Mapping[str, str] | None = None,
    ) -> None:
        columns = columns_of(graph, table)
        bindings = checked_bindings(graph, setup, columns, bindings)
        plan = plan_of(graph)
        self._graph = graph
        self.ids = tuple(trained_inputs(graph, plan, bindings))
        """The trained inputs, in the order of making; all arrays of parameters are in this order."""
        self.names = tuple(graph.node(node_id).name for node_id in self.ids)
        bound = [node_id for node_id in bindings if node_id in plan.number]
        self._data = np.array([columns[bindings[node_id]] for node_id in bound]) if bound else None
        self.rows = 1 if self._data is None else self._data.shape[1]
        self._leaves = np.array([graph.node(i).value for i in plan.ids[: plan.leaves]], dtype=np.float64)
        assert graph.output is not None
        trained = [plan.number[node_id] for node_id in self.ids]
        self._batch = Batch(plan, plan.number[graph.output], trained, [plan.number[i] for i in bound])
        self.parameters: Array = self._leaves[trained]
        self._since = 0
        self._run_from = 0
        """The steps that were done before this run: its schedule counts from there."""
        self._first = self.parameters
        self._first_loss = math.nan
        self._measured: tuple[int, float] | None = None
        self.steps_done = 0
        self.history = History(len(self.ids))
        self.last: Update | None = None
        self.stopped: str | None = None
        """Why it cannot go on as it is, as a sentence."""
        self.has_arrived = False
        """Whether it stopped because there is nothing left to learn."""
        self.setup = setup
        self.goal = setup.steps
        self._state = self.optimizer.start(len(self.ids))

    # --- looking
    @property
    def optimizer(self) -> Optimizer:
        """The optimiser that takes the steps."""
        return OPTIMIZERS[self.setup.optimizer]

    @property
    def is_done(self) -> bool:
        """Whether all steps that were asked for are done, or it stopped before."""
        return self.stopped is not None or self.steps_done >= self.goal

    def values(self) -> dict[str, float]:
        """The trained inputs' values as they are now, by id."""
        return dict(zip(self.ids, self.parameters.tolist(), strict=True))

    @property
    def loss_cost(self) -> int:
        """About how many numbers `loss` computes."""
        return self._batch.cost(self.rows)

    def loss(self) -> float:
        """The loss at the parameters as they are now: one forward pass over all rows."""
        if self._measured is None or self._measured[0] != self.steps_done:
            parts = self._batch.parts(self._current(), self._data, slopes=False)
            self._measured = (self.steps_done, mean_of(parts).loss)
        return self._measured[1]

    def explain(self, node_id: str, dialect: Dialect = "unicode") -> tuple[str, ...]:
        """The optimiser's rule with the numbers of the last step in it, for one trained input."""
        if self.last is None:
            return ()
        index, last = self.ids.index(node_id), self.last
        return OPTIMIZERS[last.setup.optimizer].in_numbers(
            self.names[index],
            last.state,
            index,
            float(last.before[index]),
            float(last.gradients[index]),
            last.setup.settings,
            maximise=last.setup.aim == "maximise",
            dialect=dialect,
        )

    def history_table(self) -> tuple[tuple[str, ...], Array]:
        """The course so far, for a file: the columns' names, and a row for each step kept and the last."""
        titles = tuple(f"{title}_" if title in self.names else title for title in ("step", "loss"))
        latest = np.array([[self.steps_done, self.loss(), *self.parameters]])
        earlier = self.history.table[self.history.steps < self.steps_done]
        return (*titles, *self.names), np.concatenate([earlier, latest])

    def change(self) -> Change:
        """The Change that sets the trained inputs to what they are now; without it nothing has happened."""
        steps = f"{self.steps_done} step" + "s" * (self.steps_done != 1)
        nodes = [(self._graph.node(i), x) for i, x in self.values().items() if i in self._graph]
        patches = (patch_of(n, replace(n, value=x)) for n, x in nodes if n.op == "input" and n.value != x)
        return Change(f"Train {steps}", tuple(patches))

    # --- going on
    def step(self) -> Update:
        """Take one step and return what it did; one that would diverge leaves the parameters as they were."""
        for _ in self.stepping():
            pass
        assert self.last is not None
        return self.last

    def stepping(self) -> Iterator[float]:
        """Do one step in parts, telling after each what share of the rows is done.

        Where it diverges, the search for a rate that helps is the end of the step. Nothing has happened
        before the last part: whoever stops asking cancels the step.
        """
        if self.stopped is not None:
            raise Refused(self.stopped)
        parts: list[Part] = []
        for part in self._batch.parts(self._current(), self._data):
            parts.append(part)
            if part.stop < self.rows:
                yield part.stop / self.rows
        for _ in self._update(mean_of(parts)):
            yield SEARCHING
        yield 1.0

    def go_on(self, setup: Setup, *, same_run: bool = False) -> None:
        """Take another setup, and its number of steps from here; the same optimiser keeps its memory.

        Possible after a divergence too: what counts as grown is measured from here. The schedule begins anew,
        except within the same run, for as many steps as the run has.
        """
        refusal = setup.why_not()
        if refusal:
            raise Refused(refusal)
        if setup.optimizer != self.setup.optimizer:
            self._state = OPTIMIZERS[setup.optimizer].start(len(self.ids))
        self.setup = setup
        self.goal = self.steps_done + setup.steps
        self.stopped, self.has_arrived = None, False
        self._since, self._first = self.steps_done, self.parameters
        if not same_run or self.steps_done - self._run_from >= setup.steps:
            self._run_from = self.steps_done

    def _current(self) -> Array:
        self._leaves[self._batch.trained] = self.parameters
        return self._leaves

    def _update(self, mean: Mean) -> Iterator[None]:
        before, step = self.parameters, self.steps_done + 1
        if self.steps_done == self._since:
            self._first_loss = mean.loss
        setup = self.setup.at_step(self.steps_done - self._run_from)
        maximise = setup.aim == "maximise"
        state, after = self.optimizer.step(
            self._state, before, mean.gradients, setup.settings, maximise=maximise
        )
        stopped = yield from self._divergence(mean, after)
        diverged = stopped is not None
        if not diverged and setup.setting("rate") and self._rests(mean, after):
            stopped = yield from self._standstill(mean, step)
        self.history.append(self.steps_done, mean.loss, before)
        self._measured, self.stopped = (self.steps_done, mean.loss), stopped
        self.last = Update(
            step, mean.loss, mean.gradients, before, before if diverged else after, self._state, setup
        )
        if not diverged:
            self._state, self.parameters, self.steps_done = state, after, step

    def _rests(self, mean: Mean, after: Array) -> bool:
        """Whether a step changes nothing, and no memory of the optimiser's will change that."""
        return bool((after == self.parameters).all()) and not (self.optimizer.memory and mean.gradients.any())

    def _divergence(self, mean: Mean, after: Array) -> Generator[None, None, str | None]:
        """The sentence that stops the training before this step, or None."""
        what = runaway(self.names, mean, after, self._first_loss, self._first)
        if what is None:
            return None
        at = f"At step {self.steps_done + 1} {what}"
        left = left_numbers(mean)
        why = ""
        if left:
            bad = mean.bad_row or 0
            why = yield from finding_culprit(self._graph, self._batch, self.values(), self._data, bad)
        if left and self.steps_done == self._since:
            row = (
                f", in row {mean.bad_row + 1}" if self._data is not None and mean.bad_row is not None else ""
            )
            advice = "Change the inputs or the data so that it is finite."
            if self.steps_done:
                advice = "Go back to the values from before, and try a smaller learning rate there."
            return _sentences(f"{at}{row}, before anything was changed", why, advice)
        if self._gain(mean) > 0:
            lost = f"perhaps it has no {self._end} value to be found"
            return f"{at}, and the loss still goes the right way: {lost}."
        trials = yield from self._trials(left, self.steps_done)
        if trials.rate is not None:
            return _sentences(f"{at}: each step overshoots", self._advice(trials.rate), why)
        least = format_number(trials.least)
        if left and trials.leaves_numbers:
            goes = "rises" if self.setup.aim == "maximise" else "falls"
            advice = (
                f"Smaller learning rates, down to {least}, lead there too: the loss {goes} all the way to "
                "the edge."
            )
        else:
            advice = f"No learning rate that was tried helps, down to {least}; start from other values."
        return _sentences(at, why, advice)

    def _standstill(self, mean: Mean, step: int) -> Generator[None, None, str]:
        """Why nothing changes any more, after a step that changes nothing."""
        at = f"At step {step}"
        rest = Rest(self.parameters, mean, self._gain(mean), self.setup.aim == "maximise")
        arrived = yield from finding_arrival(self._graph, self._landscape(), rest)
        self.has_arrived = arrived is not None
        if arrived is not None:
            return f"{at} it has arrived: {arrived}."
        if self._gain(mean) < 0:
            rate = (yield from self._trials(False, step)).rate
            slopes = "no gradient moves anything" if mean.gradients.any() else "every gradient is 0"
            over = (
                f"{at} {slopes}, and the loss is worse than at the start: the steps overshot to where it is "
                "flat"
            )
            return _sentences(over, self._advice(rate) if rate is not None else "")
        if mean.gradients.any():
            return f"{at} no parameter changes any more: the steps are too small. Try a larger learning rate."
        if (yield from surroundings(self._landscape(), rest)) == "better":
            return (
                f"{at} every gradient is 0, though the loss is not the {self._end}: start from other values."
            )
        return f"{at} every gradient is 0, so nothing changes any more."

    @property
    def _end(self) -> str:
        return "largest" if self.setup.aim == "maximise" else "smallest"

    def _advice(self, rate: float) -> str:
        return f"Try a learning rate below {format_number(rate)}."

    def _gain(self, mean: Mean) -> float:
        """How far the loss has come in the wanted direction; NaN where that is unknown."""
        gain = mean.loss - self._first_loss if math.isfinite(mean.loss) else math.nan
        return gain if self.setup.aim == "maximise" else -gain

    def _landscape(self) -> Landscape:
        return Landscape.of(self._batch, self._leaves, self._data)

    def _trials(self, left: bool, steps: int) -> Generator[None, None, Trials]:
        """Which smaller rate would have helped from the start of this run, after so many steps in all."""
        start = Start(self.names, self._first, self.setup, steps - self._since, left)
        return (yield from finding_rate(self._landscape(), start))


def _sentences(first: str, *rest: str) -> str:
    return " ".join([f"{first}.", *filter(None, rest)])
