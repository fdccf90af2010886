"""Gradient descent on a graph: step by step, and the Change that keeps what was learnt.

The graph itself is never touched while it trains. Knows no window: whoever calls decides when the next step
is due, and may stop between any two parts of one.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.batch import Batch, Mean, Part, mean_of
from nodegraph.core.changes import Change, of_node
from nodegraph.core.errors import Refused
from nodegraph.core.formula import Dialect
from nodegraph.core.graph import Graph
from nodegraph.core.history import History
from nodegraph.core.numbers import format_number
from nodegraph.core.optimizers import OPTIMIZERS, Optimizer, State
from nodegraph.core.plan import Plan, plan_of
from nodegraph.core.training_setup import Setup

Array = NDArray[np.float64]
Columns = Mapping[str, NDArray[np.float64]]

LARGEST = 1e12
"""How many times its size at the start (at least 1) a parameter or the loss may reach."""

ENOUGH_ROWS = 10_000
"""Rows that tell well enough how the loss curves."""


@dataclass(frozen=True, eq=False)
class Update:
    """One step, from 1: the loss and the gradients it found at the parameters `before`, and those after.

    `setup` was in force, and `state` is what the optimiser remembered before it.
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

    `table` holds columns by name, all of one length; `bindings` says which input (by id) takes which column,
    as a rule the one that `Node.column` names. The loss is the mean of the output over the rows. Raises
    Refused with a sentence where there is nothing to train.

    >>> from nodegraph.core.expression import parse
    >>> training = Training(parse("L = (w*2 + b - 9)**2", w=3, b=1), Setup(settings={"rate": 0.05}))
    >>> update = training.step()
    >>> update.loss, training.values(), training.loss(), training.change().name
    (4.0, {'w': 3.4, 'b': 1.2}, 1.0, 'Train 1 step')
    """

    def __init__(
        self,
        graph: Graph,
        setup: Setup,
        table: Columns | None = None,
        bindings: Mapping[str, str] | None = None,
    ) -> None:
        bindings = columns_by_input(graph) if bindings is None else bindings
        refusal = setup.why_not() or why_not(graph, table, bindings)
        if refusal:
            raise Refused(refusal)
        plan = plan_of(graph)
        self._graph = graph
        self.ids = tuple(_trained(graph, plan, bindings))
        """The trained inputs, in the order of making; all arrays of parameters are in this order."""
        self.names = tuple(graph.node(node_id).name for node_id in self.ids)
        bound = [node_id for node_id in bindings if node_id in plan.number]
        columns = [(table or {})[bindings[node_id]] for node_id in bound]
        self._data = np.array(columns, dtype=np.float64) if columns else None
        self.rows = 1 if self._data is None else self._data.shape[1]
        self._leaves = np.array([graph.node(i).value for i in plan.ids[: plan.leaves]], dtype=np.float64)
        assert graph.output is not None
        trained = [plan.number[node_id] for node_id in self.ids]
        self._batch = Batch(plan, plan.number[graph.output], trained, [plan.number[i] for i in bound])
        self.parameters: Array = self._leaves[trained]
        self._since = 0
        self._first = self.parameters
        self._first_loss = math.nan
        self._measured: tuple[int, float] | None = None
        self.steps_done = 0
        self.history = History(len(self.ids))
        self.last: Update | None = None
        self.stopped: str | None = None
        """Why it cannot go on as it is, as a sentence."""
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
        patches = (of_node(n, replace(n, value=x)) for n, x in nodes if n.op == "input" and n.value != x)
        return Change(f"Train {steps}", tuple(patches))

    # --- going on
    def step(self) -> Update:
        """Do one step and tell what it did; a step that would diverge leaves the parameters as they were."""
        for _ in self.stepping():
            pass
        assert self.last is not None
        return self.last

    def stepping(self) -> Iterator[float]:
        """Do one step in parts, telling after each what share of the rows is done.

        Nothing has happened before the last part: whoever stops asking cancels the step.
        """
        if self.stopped is not None:
            raise Refused(self.stopped)
        parts: list[Part] = []
        for part in self._batch.parts(self._current(), self._data):
            parts.append(part)
            if part.stop < self.rows:
                yield part.stop / self.rows
        self._update(mean_of(parts))
        yield 1.0

    def go_on(self, setup: Setup) -> None:
        """Take another setup, and its number of steps from here; the same optimiser keeps its memory.

        Possible after a divergence too: what counts as grown is measured from here.
        """
        refusal = setup.why_not()
        if refusal:
            raise Refused(refusal)
        if setup.optimizer != self.setup.optimizer:
            self._state = OPTIMIZERS[setup.optimizer].start(len(self.ids))
        self.setup = setup
        self.goal = self.steps_done + setup.steps
        self.stopped = None
        self._since, self._first = self.steps_done, self.parameters

    def _current(self) -> Array:
        self._leaves[self._batch.trained] = self.parameters
        return self._leaves

    def _update(self, mean: Mean) -> None:
        before, step = self.parameters, self.steps_done + 1
        self.history.append(self.steps_done, mean.loss, before)
        self._measured = (self.steps_done, mean.loss)
        if self.steps_done == self._since:
            self._first_loss = mean.loss
        state, after = self.optimizer.step(
            self._state, before, mean.gradients, self.setup.settings, maximise=self.setup.aim == "maximise"
        )
        self.stopped = self._divergence(mean, after)
        diverged = self.stopped is not None
        self.last = Update(
            step, mean.loss, mean.gradients, before, before if diverged else after, self._state, self.setup
        )
        if diverged:
            return
        self._state, self.parameters, self.steps_done = state, after, step
        if (after == before).all() and (not self.optimizer.memory or not mean.gradients.any()):
            self.stopped = self._standstill(mean)

    def _divergence(self, mean: Mean, after: Array) -> str | None:
        """The sentence that stops the training before this step, or None."""
        what = self._runaway(mean, after)
        if what is None:
            return None
        at = f"At step {self.steps_done + 1} {what}"
        if self.steps_done == 0 and not (math.isfinite(mean.loss) and np.isfinite(mean.gradients).all()):
            row = (
                f", in row {mean.bad_row + 1}" if self._data is not None and mean.bad_row is not None else ""
            )
            return (
                f"{at}{row}, before anything was changed. Change the inputs or the data so that it is finite."
            )
        if self._gain(mean) > 0:
            end = "largest" if self.setup.aim == "maximise" else "smallest"
            return f"{at}, and the loss still goes the right way: perhaps it has no {end} value to be found."
        suggested = format_number(self._suggested_rate())
        return f"{at}: each step overshoots. Try a learning rate below {suggested}."

    def _runaway(self, mean: Mean, after: Array) -> str | None:
        """What is no longer finite, or beyond all bounds, in the order in which it is found."""
        if not math.isfinite(mean.loss):
            return f"the loss became {_called(mean.loss)}"
        if abs(mean.loss) > LARGEST * max(1.0, abs(self._first_loss)):
            return f"the loss grew to {format_number(mean.loss, 2)}"
        for numbers, called in ((mean.gradients, "the gradient of {}"), (after, "the parameter {}")):
            wrong = np.flatnonzero(~np.isfinite(numbers))
            if len(wrong):
                return f"{called.format(self.names[wrong[0]])} became {_called(float(numbers[wrong[0]]))}"
        beyond = np.flatnonzero(np.abs(after) > LARGEST * np.maximum(1.0, np.abs(self._first)))
        if len(beyond):
            return (
                f"the parameter {self.names[beyond[0]]} grew to {format_number(float(after[beyond[0]]), 2)}"
            )
        return None

    def _standstill(self, mean: Mean) -> str:
        """Why nothing changes any more, after a step that changed nothing."""
        at = f"At step {self.steps_done}"
        if mean.gradients.any():
            return f"{at} no parameter changes any more: the steps have become too small."
        if self._gain(mean) < 0:
            suggested = format_number(self._suggested_rate())
            return (
                f"{at} every gradient is 0, and the loss is worse than at the start: the steps overshot "
                f"to where it is flat. Try a learning rate below {suggested}."
            )
        return f"{at} every gradient is 0, so nothing changes any more."

    def _gain(self, mean: Mean) -> float:
        """How far the loss has come in the wanted direction; NaN where that cannot be told."""
        gain = mean.loss - self._first_loss if math.isfinite(mean.loss) else math.nan
        return gain if self.setup.aim == "maximise" else -gain

    def _suggested_rate(self) -> float:
        """A tenth of the rate, or less where the loss curves more at the start, to one digit and at most 1.

        On a parabola of curvature c, descent converges for rates below 2/c and is quickest at 1/c.
        """
        curvature = self._curvature()
        rates = [self.setup.setting("rate") / 10, 1.0]
        if math.isfinite(curvature) and curvature > 0:
            rates.append(1 / curvature)
        rate = max(min(rates), sys.float_info.min)  # a tenth of the least float of all is 0
        size = 10.0 ** math.floor(math.log10(rate))
        return max(1, math.floor(rate / size * (1 + 1e-6))) * size

    def _curvature(self) -> float:
        """How fast the gradient turns along itself at the start; two passes over some of the rows."""
        some = None if self._data is None else self._data[:, :ENOUGH_ROWS]

        def gradients(parameters: Array) -> Array:
            self._leaves[self._batch.trained] = parameters
            return mean_of(self._batch.parts(self._leaves, some)).gradients

        with np.errstate(all="ignore"):
            here = gradients(self._first)
            length = float(np.linalg.norm(here))
            step = 1e-5 * max(1.0, float(np.linalg.norm(self._first)))
            turned = gradients(self._first + step * here / length) - here if length else here
            return float(np.linalg.norm(turned)) / step


# --- checks
def columns_by_input(graph: Graph) -> dict[str, str]:
    """The inputs that take their values from a column, by id."""
    return {node.id: node.column for node in graph.nodes() if node.op == "input" and node.column is not None}


def why_not(
    graph: Graph, table: Columns | None = None, bindings: Mapping[str, str] | None = None
) -> str | None:
    """None where the graph can be trained on these data, else the sentence that says what to do first."""
    bindings = columns_by_input(graph) if bindings is None else bindings
    if graph.output is None:
        return "There is no output to train; add nodes, or choose which one is the output."
    output, plan = graph.node(graph.output), plan_of(graph)
    if output.id not in plan.number:
        cause = output.id if output.id in plan.problems else plan.waiting[output.id]
        return f"{output.name} cannot be computed. {graph.node(cause).name}: {plan.problems[cause]}"
    return _why_not_data(graph, table or {}, bindings) or _why_not_trained(graph, plan, bindings)


def _why_not_trained(graph: Graph, plan: Plan, bindings: Mapping[str, str]) -> str | None:
    if _trained(graph, plan, bindings):
        return None
    assert graph.output is not None
    name = graph.node(graph.output).name
    free = [node for node in graph.nodes() if node.op == "input" and node.id not in bindings]
    if any(node.trainable for node in free):
        return f"No trainable input reaches {name}; connect one, or choose another output."
    if free:
        return "All inputs are data; mark at least one as trainable."
    return "There is no input to train; add one, or unbind one from its column."


def _why_not_data(graph: Graph, table: Columns, bindings: Mapping[str, str]) -> str | None:
    used: dict[str, NDArray[np.float64]] = {}
    for node_id, column in bindings.items():
        if node_id not in graph or graph.node(node_id).op != "input":
            return "Only inputs that are there can take a column of the data."
        if column not in table:
            known = f"it has {', '.join(table)}" if table else "there is none"
            return f"{graph.node(node_id).name} takes the column “{column}” of the data, but {known}."
        used[column] = table[column]
    for column, numbers in used.items():
        if len(numbers) == 0:
            return f"The column “{column}” has no rows."
        if len(numbers) != len(next(iter(used.values()))):
            first = next(iter(used))
            return f"The columns “{first}” and “{column}” have {len(used[first])} and {len(numbers)} rows."
        bad = np.flatnonzero(~np.isfinite(numbers))
        if len(bad):
            return f"The column “{column}” has no finite number in row {bad[0] + 1}."
    return None


def _trained(graph: Graph, plan: Plan, bindings: Mapping[str, str]) -> list[str]:
    assert graph.output is not None
    reaching = plan.reaching(plan.number[graph.output])
    return [
        node.id
        for node in graph.nodes()
        if node.op == "input" and node.trainable and node.id not in bindings
        if node.id in plan.number and reaching[plan.number[node.id]]
    ]


def _called(value: float) -> str:
    return "infinite" if math.isinf(value) else "NaN, which is not a number"
