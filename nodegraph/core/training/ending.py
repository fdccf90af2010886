"""Endings: why a training cannot go on: it would diverge, goes to and fro, or changes nothing any more. A
sentence for each, with what to do.

Judges where a training is, in pieces, for a window that stays alive meanwhile; changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Mean
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.training.arrival import Rest, finding_arrival, surroundings
from nodegraph.core.training.landscape import Landscape, finding_culprit, left_numbers
from nodegraph.core.training.optimizers import EPSILON, LATE, OPTIMIZERS, RATE, State
from nodegraph.core.training.rows import Rows
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.trials import Start, Trials, finding_rate

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Where:
    """Where a training is before a step: what it trains, how, from what, and by which rows of data.

    `first` and `first_loss` are those at which this run began, so many steps `since`; `steps_done` counts
    those of all runs. `data`, of shape (bound, rows), are the values of the step's rows, and `rows` their
    places in the table, of which `called` says what they are called; `landscape` is of all rows that are
    trained on.
    """

    graph: Graph
    landscape: Landscape
    setup: Setup
    names: Sequence[str]
    first: Array
    first_loss: float
    parameters: Array
    steps_done: int
    since: int
    data: Array | None
    rows: Rows | range
    called: Callable[[int], str]

    @property
    def end(self) -> str:
        """What the loss is to become."""
        return "largest" if self.setup.aim == "maximise" else "smallest"

    def gain(self, loss: float, first_loss: float) -> float:
        """Return how far the loss has come in the wanted direction; NaN where that is unknown."""
        gain = loss - first_loss if math.isfinite(loss) else math.nan
        return gain if self.setup.aim == "maximise" else -gain

    def trials(self, left: bool, steps: int) -> Generator[None, None, Trials]:
        """Return which smaller rate would have helped from the start of this run, after so many steps."""
        start = Start(self.names, self.first, self.setup, steps, left)
        return (yield from finding_rate(self.landscape, start))


def finding_divergence(where: Where, mean: Mean, what: str) -> Generator[None, None, str]:
    """Return, in pieces, the sentence that stops a training before a step; `what` is what ran away."""
    at = f"At step {where.steps_done + 1} {what}"
    left = left_numbers(mean)
    why = (yield from _culprit(where, mean)) if left else ""
    is_known = left and where.since and (yield from _is_left_from_the_start(where, mean))
    if left and (is_known or not where.since):
        row = ""
        if where.data is not None and mean.bad_row is not None:
            row = f", in {where.called(int(where.rows[mean.bad_row]))}"
        advice = "Change the inputs or the data so that it is finite."
        if is_known:
            return _sentences(f"{at}{row}, as it does with the values from the start", why, advice)
        if where.steps_done:
            advice = "Go back to the values from before, and try a smaller learning rate there."
        return _sentences(f"{at}{row}, before anything was changed", why, advice)
    if where.gain(mean.loss, where.first_loss) > 0:
        lost = f"perhaps it has no {where.end} value to be found"
        return f"{at}, and the {where.setup.measured} still goes the right way: {lost}."
    trials = yield from where.trials(left, where.since)
    if trials.rate is not None:
        return _sentences(f"{at}: each step overshoots", _advice(trials.rate), why)
    least = format_number(trials.least)
    if left and trials.leaves_numbers:
        goes = "rises" if where.setup.aim == "maximise" else "falls"
        edge = f"the {where.setup.measured} {goes} all the way to the edge"
        advice = f"Smaller learning rates, down to {least}, lead there too: {edge}."
    elif trials.steps:
        went = f"{trials.steps:,} steps go well with a learning rate of {least}"
        advice = f"{went}, but perhaps it only takes longer there."
    else:
        advice = f"No learning rate that was tried helps, down to {least}; start from other values."
    return _sentences(at, why, advice)


def finding_standstill(
    where: Where, mean: Mean, *, is_whole: bool
) -> Generator[None, None, tuple[str, bool]]:
    """Return, in pieces, why nothing changes any more, after a step that changes nothing, and whether it has
    arrived. `mean` is of all rows where that `is_whole`.
    """
    step, first_loss = where.steps_done + 1, where.first_loss
    if not is_whole:  # batches may be at rest each for a reason of its own
        mean = yield from where.landscape.walk(where.parameters)
        first_loss = (yield from where.landscape.walk(where.first, slopes=False)).loss
    at, gain = f"At step {step}", where.gain(mean.loss, first_loss)
    rest = Rest(where.parameters, mean, gain, where.setup.aim == "maximise")
    arrived = yield from finding_arrival(where.graph, where.landscape, rest)
    if arrived is not None:
        return f"{at} it has arrived: {arrived}.", True
    if gain < 0:
        rate = (yield from where.trials(False, where.since + 1)).rate
        slopes = "no gradient moves anything" if mean.gradients.any() else "every gradient is 0"
        worse = f"the {where.setup.measured} is worse than at the start"
        over = f"{at} {slopes}, and {worse}: the steps overshot to where it is flat"
        return _sentences(over, _advice(rate) if rate is not None else ""), False
    if mean.gradients.any() and where.setup.setting("decay"):
        return f"{at} no parameter changes any more: gradient and weight decay are in balance.", False
    if mean.gradients.any():
        return f"{at} no parameter changes any more: {_too_small(where, mean.gradients)}", False
    if (yield from surroundings(where.landscape, rest)) == "better":
        though = f"though the {where.setup.measured} is not the {where.end}"
        return f"{at} every gradient is 0, {though}: start from other values.", False
    return f"{at} every gradient is 0, so nothing changes any more.", False


def _too_small(where: Where, gradients: Array) -> str:
    """What to do about steps that change no digit of a parameter. `gradients` of shape (parameters,)."""
    reach = _reach(where.setup, gradients)
    with np.errstate(all="ignore"):
        least = np.where(reach > 0, np.spacing(np.abs(where.parameters)) / 2 / reach, np.inf)
    has_own_sizes = EPSILON in OPTIMIZERS[where.setup.optimizer].settings
    if least.min() <= (RATE.usual if has_own_sizes else RATE.most):
        return "the steps are too small. Try a larger learning rate."
    largest = format_number(float(np.abs(gradients).max()), 2)
    rate = "usual learning rate" if has_own_sizes else "learning rate"
    return f"no gradient is above {largest}, which no {rate} makes up for. Start from other values."


def _reach(setup: Setup, gradients: Array) -> Array:
    """Returns how far a step at a rate of 1 takes each parameter once the optimiser has come to rest."""
    optimizer, nowhere = OPTIMIZERS[setup.optimizer], np.zeros_like(gradients)
    settings = {**setup.settings, RATE.name: 1.0}
    memory = optimizer.settled(optimizer.start(len(nowhere)), nowhere, gradients, settings)
    return np.abs(optimizer.step(State(LATE, memory), nowhere, gradients, settings)[1])


def finding_swing(where: Where, mean: Mean) -> Generator[None, None, tuple[str, bool]]:
    """Return, in pieces, why nothing is gained any more where each step takes back the one before it, and
    whether it has arrived: at a minimum, too, rounding may send the last digit to and fro.
    """
    at = f"At step {where.steps_done + 1}"
    rest = Rest(
        where.parameters, mean, where.gain(mean.loss, where.first_loss), where.setup.aim == "maximise"
    )
    arrived = yield from finding_arrival(where.graph, where.landscape, rest)
    if arrived is not None:
        return f"{at} it has arrived: {arrived}.", True
    rate = (yield from where.trials(False, where.since + 1)).rate
    over = f"{at} nothing is gained any more: each step overshoots, and the next one comes back"
    return _sentences(over, _advice(rate) if rate is not None else "Try a smaller learning rate."), False


def _is_left_from_the_start(where: Where, mean: Mean) -> Generator[None, None, bool]:
    """Return, in pieces, whether the row that left the finite numbers does so with the first parameters, too:
    a batch that holds it may come late.
    """
    row = mean.bad_row
    if where.data is None or row is None or row >= where.data.shape[1]:
        return False
    landscape = Landscape(where.landscape.batch, where.landscape.leaves.copy(), where.data[:, row : row + 1])
    return left_numbers((yield from landscape.walk(where.first)))


def _culprit(where: Where, mean: Mean) -> Generator[None, None, str]:
    """Return, in pieces, the node that left the finite numbers in the first row of the step where one did."""
    batch, plan = where.landscape.batch, where.landscape.batch.plan
    ids = [plan.ids[number] for number in batch.trained.tolist()]
    values = dict(zip(ids, where.parameters.tolist(), strict=True))
    return (yield from finding_culprit(where.graph, batch, values, where.data, mean.bad_row or 0))


def _advice(rate: float) -> str:
    return f"Try a learning rate below {format_number(rate)}."


def _sentences(first: str, *rest: str) -> str:
    return " ".join([f"{first}.", *filter(None, rest)])
