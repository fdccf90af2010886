"""Trials: which learning rate would help after a divergence, found by trying it on a copy.

Takes a landscape, an optimiser's setup and where the training began; touches no training.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.training.landscape import Landscape, left_numbers, runaway
from nodegraph.core.training.optimizers import OPTIMIZERS
from nodegraph.core.training.setup import Setup

Array = NDArray[np.float64]

MOST_WORK = 15_000_000
"""Numbers that all trials together compute, about: some tenths of a second."""
LEAST_STEPS = 20
"""The fewest steps that show something."""
MOST_RATES = 12
SMALLER = math.sqrt(10)
"""By how much each rate is below the one that was tried before it."""
SLOW, ALIKE = 20, 1.25
"""So many steps are a way and no single leap; ways that differ by this factor at most are the same."""
LITTLE = 0.1
"""Of what the first half of the steps gained, where the second gains no more."""
FARTHER = 2.0
"""A trial goes this many times as far as the training went before it left the numbers."""


@dataclass(frozen=True)
class Trials:
    """What was found: the rate that helps, or None; the least that was tried; whether a node left the numbers
    at the smallest rates too; and for how many steps it went well there, without an end in sight.
    """

    rate: float | None
    least: float
    leaves_numbers: bool
    steps: int = 0


@dataclass(frozen=True, eq=False)
class Start:
    """Where a training began, its setup, and how many steps it took until it `left` the numbers or grew."""

    names: Sequence[str]
    parameters: Array
    setup: Setup
    steps: int
    left: bool


def finding_rate(landscape: Landscape, start: Start) -> Generator[None, None, Trials]:
    """Try ever smaller rates from the start until one neither diverges nor ends worse than it began.

    It does so in short pieces, and may be given up after any of them.

    The first is a tenth of the rate, or less where the loss curves more at the start: on a parabola of
    curvature c descent converges for rates below 2/c and is quickest at 1/c.
    """
    work, rate = MOST_WORK, start.setup.setting("rate")
    curvature = yield from landscape.curvature(start.parameters)
    is_slow = start.left and start.steps >= SLOW
    rates = [rate / (SMALLER if is_slow else 10), 1.0]
    if math.isfinite(curvature) and curvature > 0:
        rates.append(1 / curvature)
    tried = least = rounded(min(rates))
    exits = [(start.steps, start.steps * rate)] if start.left else []
    for _ in range(MOST_RATES):
        wanted = start.setup.steps
        if start.left:  # the same way takes more steps of a smaller size
            wanted = max(wanted, math.ceil(min(FARTHER * start.steps * (rate / tried), 1e9)))
        steps = min(wanted, work // landscape.cost)
        if steps < min(wanted, LEAST_STEPS):
            break
        outcome, taken, has_settled = yield from _outcome(landscape, start, tried, steps)
        work -= taken * landscape.cost
        if not outcome and (steps == wanted or has_settled or not is_slow):
            return Trials(tried, tried, False)
        if not outcome:
            return Trials(None, tried, False, steps)
        least = tried
        exits = [*exits, (taken, taken * tried)] if outcome == "left" else []
        tried = rounded(tried / SMALLER)
        if _is_gradual(exits) or tried == least:
            break
    return Trials(None, least, _is_gradual(exits))


def _is_gradual(exits: Sequence[tuple[int, float]]) -> bool:
    """Whether descent left the numbers after the same way (rate × steps) at each rate, so that none helps.

    `exits` are the steps taken and the way, from the largest rate to the smallest.
    """
    slow = [way for steps, way in exits if steps >= SLOW]
    return len(slow) >= 2 and max(slow[-2:]) <= ALIKE * min(slow[-2:])


def rounded(rate: float) -> float:
    """A rate to one digit, rounded down, at least the smallest normal number."""
    rate = max(rate, sys.float_info.min)
    size = 10.0 ** math.floor(math.log10(rate))
    return float(f"{max(1, math.floor(rate / size * (1 + 1e-6))) * size:.0e}")


def _outcome(
    landscape: Landscape, start: Start, rate: float, steps: int
) -> Generator[None, None, tuple[str, int, bool]]:
    """How descent at this rate goes wrong: "left" the numbers, "grew", "worse" than at the start, or "";
    after how many steps; and whether the second half of them gained little beside the first: it settles.
    """
    setup = replace(start.setup, settings={**start.setup.settings, "rate": rate})
    optimizer, up = OPTIMIZERS[setup.optimizer], setup.aim == "maximise"
    parameters, state = start.parameters, optimizer.start(len(start.parameters))
    first_loss = half_loss = math.nan
    for step in range(steps):
        mean = yield from landscape.walk(parameters)
        first_loss = mean.loss if step == 0 else first_loss
        half_loss = mean.loss if step <= steps // 2 else half_loss
        settings = setup.at_step(step).settings
        with np.errstate(all="ignore"):
            state, after = optimizer.step(state, parameters, mean.gradients, settings, maximise=up)
        if left_numbers(mean):
            return "left", step + 1, False
        if runaway(start.names, mean, after, first_loss, start.parameters):
            return "grew", step + 1, False
        if optimizer.rests(state, parameters, after, mean.gradients, settings, maximise=up):
            break
        parameters = after
    loss = (yield from landscape.walk(parameters, slopes=False)).loss
    if not math.isfinite(loss):
        return "left", steps, False
    has_settled = abs(loss - half_loss) <= LITTLE * abs(half_loss - first_loss)
    return "worse" if (loss < first_loss if up else loss > first_loss) else "", steps, has_settled
