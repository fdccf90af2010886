"""Curves of a training as they are drawn: the loss, and what is found beside it, up to where it is now."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.numbers import format_number
from nodegraph.core.training.descent import Training

Array = NDArray[np.float64]
Curve = tuple[Array, Array]
"""Steps and values."""


def loss_curve(training: Training | None, now: float | None) -> Curve:
    """Returns the loss by step; `now` is the one at the values as they are, where it is known."""
    if training is None:
        return np.zeros(0), np.zeros(0)
    return _with(training, training.history.steps, training.history.losses, now)


def found_curves(training: Training | None, now: Array | None) -> Mapping[str, Curve]:
    """Returns what is found once an epoch by name; `now` is what was found at the values as they are."""
    if training is None:
        return {}
    found = {}
    for place, name in enumerate(training.columns):
        values = training.history.column(name)
        looked = ~np.isnan(values)
        latest = None if now is None else float(now[place])
        found[name] = _with(training, training.history.steps[looked], values[looked], latest)
    return found


def value_now(curves: Mapping[str, Curve], name: str) -> str:
    """Returns the last value of a curve as it is shown; "" where there is none."""
    _, values = curves.get(name, (np.zeros(0), np.zeros(0)))
    return format_number(float(values[-1]), 4) if len(values) else ""


def _with(training: Training, steps: Array, values: Array, now: float | None) -> Curve:
    """Returns a curve with its end, which after an early stop is a step that is there already."""
    if now is None or not training.steps_done or training.kept_step is not None:
        return steps, values
    earlier = steps < training.steps_done
    return np.append(steps[earlier], training.steps_done), np.append(values[earlier], now)
