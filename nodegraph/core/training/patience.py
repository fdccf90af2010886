"""Patience: whether a training still finds a better loss, and the best parameters it has come to.

Knows no graph and takes no step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.numbers import format_number

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Best:
    """The best so far: the loss, and the parameters after so many steps."""

    step: int
    loss: float
    parameters: Array


class Patience:
    """Looks at a loss once an epoch, and stops after so many epochs (0: never) without a better one."""

    def __init__(self, epochs: int, *, maximise: bool, is_held_out: bool) -> None:
        self.epochs = epochs
        self.best: Best | None = None
        self._maximise, self._is_held_out = maximise, is_held_out
        self._waited = 0

    @property
    def is_over(self) -> bool:
        """Whether it has stopped a training."""
        return bool(self.epochs) and self._waited >= self.epochs

    def look(self, step: int, loss: float, parameters: Array) -> str | None:
        """Take in the loss after so many steps; returns the sentence that stops the training, or None."""
        if not self.epochs:
            return None
        if self.best is None or self._is_better(loss, self.best.loss):
            self.best, self._waited = Best(step, loss, parameters), 0
            return None
        self._waited += 1
        if self._waited < self.epochs:
            return None
        plain = "output" if self._maximise else "loss"
        name = f"held-out {plain}" if self._is_held_out else plain
        epochs = "1 epoch" if self.epochs == 1 else f"{self.epochs:,} epochs"
        steps = "step" if self.best.step == 1 else "steps"
        return (
            f"Stopped early after {step:,} steps: the {name} has not become better for {epochs}. Kept are "
            f"the values after {self.best.step:,} {steps}, where it was {format_number(self.best.loss, 4)}."
        )

    def _is_better(self, loss: float, best: float) -> bool:
        if math.isnan(best):
            return not math.isnan(loss)
        return loss > best if self._maximise else loss < best
