"""Curves of a training as they are drawn: the loss, and what is found beside it, up to where it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.numbers import format_number
from nodegraph.core.stage.trail import Trail
from nodegraph.core.training.descent import Training

Array = NDArray[np.float64]
Curve = tuple[Array, Array]
"""Steps and values."""
Other = tuple[str, Curve]
"""Another run: what it is called, and its losses."""
NOTHING: Curve = np.zeros(0), np.zeros(0)


@dataclass(frozen=True, eq=False)
class Curves:
    """The loss by step, and what is found once an epoch, by name.

    `now` are the numbers at the values as they are, by the same names and "loss", as far as they are known;
    `kept_step` is the one whose values these are after an early stop, None where that is the last one.
    `measured` is what the output is called, as one that is to become large is no loss.
    """

    loss: Curve = NOTHING
    found: Mapping[str, Curve] = field(default_factory=dict)
    now: Mapping[str, float] = field(default_factory=dict)
    kept_step: int | None = None
    measured: str = "loss"

    @classmethod
    def of(cls, training: Training | None, loss: float | None, found: Array | None) -> Curves:
        """Those of a training, where the loss and what is found now are known as far as they are not None."""
        if training is None:
            return cls()
        now = {} if loss is None else {"loss": loss}
        if found is not None:
            now |= dict(zip(training.columns, found.tolist(), strict=True))
        history = training.history
        curves = {}
        for name in training.columns:
            values = history.column(name)
            looked = ~np.isnan(values)
            curves[name] = _with(training, history.steps[looked], values[looked], now.get(name))
        losses = _with(training, history.steps, history.losses, loss)
        return cls(losses, curves, now, training.kept_step, training.setup.measured)

    @classmethod
    def at(cls, trail: Trail, place: int) -> Curves:
        """Those of a run that was kept, of which the step at this place is shown."""
        steps, found = trail.steps.astype(np.float64), {}
        for name, values in trail.found.items():
            looked = ~np.isnan(values)
            found[name] = steps[looked], values[looked]
        now = {"loss": float(trail.losses[place]), **trail.found_at(place)}
        return cls((steps, trail.losses), found, now, int(trail.steps[place]), trail.setup.measured)

    def told(self, name: str) -> str:
        """Returns the number at the values as they are, or at the end of its curve, as it is shown."""
        values = (self.loss if name == "loss" else self.found.get(name, NOTHING))[1]
        number = self.now.get(name, float(values[-1]) if len(values) else None)
        return "" if number is None else format_number(number, 4)


def _with(training: Training, steps: Array, values: Array, now: float | None) -> Curve:
    """Returns a curve with its end, which after an early stop is a step that is there already."""
    if now is None or not training.steps_done or training.kept_step is not None:
        return steps, values
    earlier = steps < training.steps_done
    return np.append(steps[earlier], training.steps_done), np.append(values[earlier], now)
