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
from nodegraph.core.graph.demand import demand_graph
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.formula import Dialect
from nodegraph.core.training.ending import Where, finding_divergence, finding_standstill, finding_swing
from nodegraph.core.training.evaluation import Evaluation, names_of, result_of
from nodegraph.core.training.history import History
from nodegraph.core.training.landscape import Landscape, runaway
from nodegraph.core.training.optimizers import OPTIMIZERS, Optimizer, State, length_of
from nodegraph.core.training.patience import Patience
from nodegraph.core.training.readiness import checked_bindings, columns_of, trained_inputs, why_not_rows
from nodegraph.core.training.rows import Division, Rows, marks_of
from nodegraph.core.training.schedules import CONSTANT
from nodegraph.core.training.setup import Setup

Array = NDArray[np.float64]

MOST_SWINGS = 10
"""Steps in a row that only go to and fro between two places, after which one has seen that they do."""
SEARCHING = 0.999
"""The share of a step that is reported while it ends with a search."""


@dataclass(frozen=True, eq=False)
class Update:
    """One step, from 1: the loss and the gradients it found at the parameters `before`, and those after.

    `setup` was in force, with the learning rate of this step, and `state` is what the optimiser remembered
    before it. `rows` are those of the table (from 0) that it took, None for all that are trained on; loss and
    gradients are means over them.
    """

    step: int
    loss: float
    gradients: Array
    before: Array
    parameters: Array
    state: State
    setup: Setup
    rows: Rows | None = None


class Training:
    """A training of the inputs that are trainable, not bound to a column, and reach the output.

    `table` holds columns by name, all of one length: a mapping, a data frame or a structured array; without
    it the document's own counts. `bindings` says which input (by id) takes which column; left out, it is the
    one that `Node.column` names, or the one of the input's name. The loss is the mean of the output over the
    rows that are not held out. Warns with `UnusedData` of columns that no input takes and of inputs of data
    without one. Raises Refused with a sentence where there is nothing to train.

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
        demand_graph(graph, "Training")
        columns = columns_of(graph, table)
        bindings = checked_bindings(graph, setup, columns, bindings)
        plan = plan_of(graph)
        self._graph, self._columns, self._bindings = graph, columns, bindings
        self.ids = tuple(trained_inputs(graph, plan, bindings))
        """The trained inputs, in the order of making; all arrays of parameters are in this order."""
        self.names = tuple(graph.node(node_id).name for node_id in self.ids)
        bound = [node_id for node_id in bindings if node_id in plan.number]
        self._table = np.array([columns[bindings[node_id]] for node_id in bound]) if bound else None
        self._bound = bound
        self._leaves = np.array([graph.node(i).value for i in plan.ids[: plan.leaves]], dtype=np.float64)
        assert graph.output is not None
        trained = [plan.number[node_id] for node_id in self.ids]
        self._batch = Batch(plan, plan.number[graph.output], trained, [plan.number[i] for i in bound])
        self.parameters: Array = self._leaves[trained]
        self.steps_done = 0
        self.kept_step: int | None = None
        """After how many steps the parameters are those that are kept, where it stopped early; else None."""
        self.last: Update | None = None
        self.stopped: str | None = None
        """Why it cannot go on as it is, as a sentence."""
        self.has_arrived = False
        """Whether it stopped because there is nothing left to learn."""
        self._begin(setup)

    def _begin(self, setup: Setup) -> None:
        self.setup, self.goal = setup, setup.steps
        self._since = 0
        self._run_from = 0
        """The steps that were done before this run: its schedule counts from there."""
        self._first = self.parameters
        self._first_loss = math.nan
        self._measured: tuple[int, float] | None = None
        self._found: tuple[int, Array] | None = None
        self._state = self.optimizer.start(len(self.ids))
        self._still = 0
        """Steps in a row that changed nothing."""
        self._swung = 0
        """Steps in a row that led back to where the step before them began."""
        self._divide()
        self.history = History(len(self.ids), self.columns)
        self._begin_patience()

    def _divide(self) -> None:
        """Choose the rows to train on, and begin a first epoch."""
        setup, table = self.setup, self._table
        marks = None if table is None else marks_of(setup, self._columns)
        self.division = Division.of(setup, 1 if table is None else table.shape[1], marks)
        self._divided_at = self.steps_done
        held = self.division.held
        self._data = table[:, self.division.kept] if table is not None and len(held) else table
        self._evaluation = Evaluation(self._graph, self._batch, setup.measures, self._bound, table)

    def _begin_patience(self) -> None:
        maximise, is_held_out = self.setup.aim == "maximise", bool(len(self.division.held))
        self._patience = Patience(self.setup.patience, maximise=maximise, is_held_out=is_held_out)

    # --- looking
    @property
    def rows(self) -> int:
        """How many rows are trained on."""
        return self.division.kept_count

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of what is found once an epoch beside the loss: held-out loss and measures."""
        return names_of(self.setup.measures, bool(len(self.division.held)))

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
        """The loss at the parameters as they are now: one forward pass over all rows that are trained on."""
        if self._measured is None or self._measured[0] != self.steps_done:
            self._measured = (self.steps_done, self._loss_of_all())
        return self._measured[1]

    def _loss_of_all(self) -> float:
        return mean_of(self._batch.parts(self._current(), self._data, slopes=False)).loss

    def found(self) -> Array:
        """What `columns` name, at the parameters as they are now: forward passes over all rows."""
        if self._found is None or self._found[0] != self.steps_done:
            self._found = (self.steps_done, result_of(self._finding()))
        return self._found[1]

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
            norm=length_of(last.gradients)[0],
            maximise=last.setup.aim == "maximise",
            dialect=dialect,
        )

    def history_table(self) -> tuple[tuple[str, ...], Array]:
        """The course so far, for a file: the columns' names, and a row for each step kept and the last."""
        titles = ("step", "loss", *self.history.columns)
        return (*(f"{it}_" if it in self.names else it for it in titles), *self.names), self.course()

    def course(self) -> Array:
        """The course so far as `history.table`, with a row for the parameters as they are now."""
        if self.kept_step is not None:
            return self.history.table.copy()  # they are those of a row that is there
        latest = np.array([[self.steps_done, self.loss(), *self.found(), *self.parameters]])
        earlier = self.history.table[self.history.steps < self.steps_done]
        return np.concatenate([earlier, latest])

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
        rows = self.division.of_step(self.steps_done - self._divided_at)
        data = self._data_of(rows)
        mean = yield from self._going_over(rows, data)
        for _ in self._update(mean, rows, data):
            yield SEARCHING
        yield 1.0

    def _data_of(self, rows: Rows | None) -> Array | None:
        """The values of the bound inputs in these rows of the table; None for all that are trained on."""
        return self._data if rows is None or self._table is None else self._table[:, rows]

    def _going_over(self, chosen: Rows | None, data: Array | None) -> Generator[float, None, Mean]:
        """Return the loss of these rows and its gradients, in parts."""
        parts: list[Part] = []
        rows = self.rows if chosen is None else len(chosen)
        for part in self._batch.parts(self._current(), data):
            parts.append(part)
            if part.stop < rows:
                yield part.stop / rows
        return mean_of(parts)

    def go_on(self, setup: Setup, *, same_run: bool = False) -> None:
        """Take another setup, and its number of steps from here; the same optimiser keeps its memory.

        Possible after a divergence too: what counts as grown is measured from here. The schedule begins anew,
        except within the same run, for as many steps as the run has.
        """
        refusal = setup.why_not() or self._why_not_rows(setup)
        if refusal:
            raise Refused(refusal)
        if setup.optimizer != self.setup.optimizer:
            self._state = OPTIMIZERS[setup.optimizer].start(len(self.ids))
        before, self.setup = self.setup, setup
        self.goal = self.steps_done + setup.steps
        self.stopped, self.has_arrived, self.kept_step = None, False, None
        if _rows_asked(before) != _rows_asked(setup):
            self._divide()
            self.history = self.history.with_columns(self.columns)
            self._measured = self._found = None
        if not same_run or _watched(before) != _watched(setup) or self._patience.is_over:
            self._begin_patience()
        self._since, self._first = self.steps_done, self.parameters
        if not same_run or self.steps_done - self._run_from >= setup.steps:
            self._run_from = self.steps_done

    def _why_not_rows(self, setup: Setup) -> str | None:
        return why_not_rows(self._graph, self._batch.plan, self._columns, self._bindings, setup)

    def _current(self) -> Array:
        self._leaves[self._batch.trained] = self.parameters
        return self._leaves

    def _update(self, mean: Mean, rows: Rows | None, data: Array | None) -> Iterator[None]:
        before, step = self.parameters, self.steps_done + 1
        if self.steps_done == self._since:
            self._first_loss = mean.loss
        setup = self.setup.at_step(self.steps_done - self._run_from)
        maximise = setup.aim == "maximise"
        state, after = self.optimizer.step(
            self._state, before, mean.gradients, setup.settings, maximise=maximise
        )
        stopped, arrived = None, False
        what = runaway(self.names, mean, after, self._first_loss, self._first, setup.measured)
        if what is not None:
            stopped = yield from finding_divergence(self._where(data, rows), mean, what)
        diverged = stopped is not None
        rests = self.optimizer.rests(state, before, after, mean.gradients, setup.settings, maximise=maximise)
        still = self._still + 1 if rests else 0
        epoch = self.division.steps_in_epoch
        is_over = still >= epoch and (step - self._divided_at) % epoch == 0
        if not diverged and setup.setting("rate") and is_over:
            where = self._where(data, rows)
            stopped, arrived = yield from finding_standstill(where, mean, is_whole=rows is None)
        swung = self._swung + 1 if rows is None and self._swings(after) else 0
        if stopped is None and swung >= MOST_SWINGS:
            stopped, arrived = yield from finding_swing(self._where(data, rows), mean)
        found, watched = yield from self._looking(mean)
        self.history.append(self.steps_done, mean.loss, before, found)
        if rows is None:
            self._measured = (self.steps_done, mean.loss)
        if found is not None:
            self._found = (self.steps_done, found)
        if stopped is None and watched is not None and self._loses_patience(watched):
            return
        self.stopped, self.has_arrived, self._still, self._swung = stopped, arrived, still, swung
        self.last = Update(
            step, mean.loss, mean.gradients, before, before if diverged else after, self._state, setup, rows
        )
        if not diverged:
            self._state, self.parameters, self.steps_done = state, after, step

    def _looking(self, mean: Mean) -> Generator[None, None, tuple[Array | None, float | None]]:
        """Return, in pieces and at the beginning of an epoch, what `columns` name, and the loss by which to
        stop early; else None for both.
        """
        if (self.steps_done - self._divided_at) % self.division.steps_in_epoch:
            return None, None
        found = yield from self._finding()
        if len(self.division.held):
            return found, float(found[0])
        if self.setup.patience and self.division.steps_in_epoch > 1:
            return found, (yield from self._finding_loss())
        return found, mean.loss

    def _finding(self) -> Generator[None, None, Array]:
        return self._evaluation.finding(self._current(), self.division.kept, self.division.held)

    def _finding_loss(self) -> Generator[None, None, float]:
        """Return, in pieces, the loss over all rows that are trained on."""
        return self._evaluation.finding_loss(self._current(), self.division.kept)

    def _loses_patience(self, loss: float) -> bool:
        """Go back to the best parameters and stop, where no better loss was found for long enough."""
        sentence = self._patience.look(self.steps_done, loss, self.parameters)
        best = self._patience.best
        if sentence is None or best is None:
            return False
        self.stopped, self.has_arrived, self.kept_step = sentence, True, best.step
        self.parameters, self._measured, self._found = best.parameters, None, None
        self._state = self.optimizer.start(len(self.ids))  # what it remembers belongs to other parameters
        return True

    def _swings(self, after: Array) -> bool:
        """Whether a step leads back to where the one before it began, as all further ones will."""
        if self.optimizer.memory or self.setup.schedule != CONSTANT or self.last is None:
            return False
        is_alike = self.last.step == self.steps_done and self.last.setup == self.setup
        return is_alike and bool((after == self.last.before).all() and (after != self.parameters).any())

    def _where(self, data: Array | None, rows: Rows | None) -> Where:
        """Return where the training is, for who looks why it cannot go on."""
        return Where(
            self._graph,
            Landscape.of(self._batch, self._leaves, self._data),
            self.setup,
            self.names,
            self._first,
            self._first_loss,
            self.parameters,
            self.steps_done,
            self.steps_done - self._since,
            data,
            self.division.kept if rows is None else rows,
            self._columns.called,
        )


def _rows_asked(setup: Setup) -> tuple[object, ...]:
    """Returns what of a setup says which rows are taken and what is found of them."""
    return setup.batch, setup.seed, setup.held_out, setup.held_by, setup.measures


def _watched(setup: Setup) -> tuple[object, ...]:
    """Returns what of a setup says when to stop early."""
    return setup.patience, setup.aim, setup.held_out, setup.held_by, setup.seed
