"""Arrival: what it means that a step changed nothing: a minimum, a flat place, or steps that are too small.

Judges the loss around the parameters, in pieces, for a window that stays alive meanwhile; knows no training
and takes no step.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Mean
from nodegraph.core.engine.bounds import finding_bounds_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.training.landscape import Landscape
from nodegraph.core.training.optimizers import length_of

Array = NDArray[np.float64]

NUDGE = 1e-4
"""How far a parameter is moved to see what is around it, as a part of its size (at least 1)."""
MOST_NUDGED = 64
MOST_WORK = 5_000_000
"""Numbers that are computed for such nudges, about: a tenth of a second."""
MOST_RUNS = 20_000
"""Runs of operations up to which is computed what the loss can come to at all: some 0.7 s, in pieces."""
CORNERS = 8
"""Nudges of all parameters at once, up or down at random: along each alone, w·v is flat at 0."""
NEGLIGIBLE = 1e-12
"""What is still to be gained, as a part of what was, that nobody would miss."""
CLOSE = 1e-9
"""How near the lowest place a parameter is to be, as a part of its size."""


@dataclass(frozen=True, eq=False)
class Rest:
    """Where a training rests: the parameters, what was found there, and how far the loss has come."""

    parameters: Array
    mean: Mean
    gain: float
    maximise: bool


def finding_arrival(graph: Graph, landscape: Landscape, rest: Rest) -> Generator[None, None, str | None]:
    """Return, in pieces, the words that say why this is where it was to arrive, or None where it is not."""
    loss, shown = rest.mean.loss, format_number(rest.mean.loss, 4)
    stands = f"the {'output' if rest.maximise else 'loss'} is {shown}"
    assert graph.output is not None
    yield
    if len(landscape.batch.plan.runs) <= MOST_RUNS:
        least, most = yield from finding_bounds_of(graph, graph.output, landscape.fixed())
        if loss == (most if rest.maximise else least):
            return f"{stands}, the {'most' if rest.maximise else 'least'} it can be"
    end = "maximum" if rest.maximise else "minimum"
    if rest.mean.gradients.any():
        if (yield from _is_close(landscape, rest)):
            return f"{stands}, and what a step could still change is less than rounding"
        return None
    if (yield from surroundings(landscape, rest)) == "worse":
        return f"every gradient is 0, at a {end} of {shown}"
    return None


def surroundings(landscape: Landscape, rest: Rest) -> Generator[None, None, str]:
    """Return, in pieces, "better" where a small nudge improves the loss, "worse" where it only spoils it, or
    "flat".

    Where each look is dear, as many parameters are nudged as there is time for.
    """
    here, found = rest.parameters, "flat"
    tolerance = NEGLIGIBLE * abs(rest.mean.loss)
    for there in _around(here, MOST_WORK // (2 * landscape.cost)):
        beside = yield from landscape.walk(there, slopes=False)
        change = beside.loss - rest.mean.loss
        worse = -change if rest.maximise else change
        if worse < -tolerance:
            return "better"
        if worse > 0:
            found = "worse"
    return found


def _around(here: Array, most: int) -> Iterator[Array]:
    """Places with one parameter nudged up or down, for so many parameters at most; then with all of them."""
    with np.errstate(all="ignore"):
        size = NUDGE * np.maximum(1.0, np.abs(here))
        up, down = here + size, here - size
        corners = here + np.random.default_rng(0).choice([-1.0, 1.0], (CORNERS, len(here))) * size
    for parameter in range(min(len(here), MOST_NUDGED, max(1, most))):
        for nudged in (up, down):
            there = here.copy()
            there[parameter] = nudged[parameter]
            yield there
    yield from corners


def _is_close(landscape: Landscape, rest: Rest) -> Generator[None, None, bool]:
    """Whether the lowest place along the gradient is so near that nothing is gained by going there."""
    here, slope = rest.parameters, rest.mean.gradients
    length, unit = length_of(slope)
    size = max(1e-300, float(np.linalg.norm(here)))
    step = 1e-6 * max(1.0, size)
    with np.errstate(all="ignore"):
        beside = here + step * unit
    found = yield from landscape.walk(beside)
    with np.errstate(all="ignore"):
        turned = found.gradients - slope
        curvature = float(turned @ unit) / step * (-1 if rest.maximise else 1)
        if not (math.isfinite(curvature) and curvature > 0) or rest.gain < 0:
            return False
        to_gain = length / curvature * length / 2
        is_there = length / curvature <= CLOSE * size
    return is_there or to_gain <= NEGLIGIBLE * max(rest.gain, abs(rest.mean.loss))
