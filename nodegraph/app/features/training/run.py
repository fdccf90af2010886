"""A run of training: its steps are taken a few at a time, so that the window stays alive meanwhile. Knows no
document and no canvas.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, QTimer

from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup

TURN_MS = 4
"""How often steps are taken, while there is nothing else to do."""
STEPS_S = 0.018
"""How long steps are taken in one go."""
SHOW_S = 0.04
"""How often is shown where the training is; less often where showing and painting takes longer."""
LEAST_RUN_S = 1.0
"""How long a run takes at least, so that it can be watched; a single step takes no time."""


def is_through(training: Training) -> bool:
    """Whether all steps are done, or nothing changes any more and the loss is no worse than at first."""
    if training.last is None or training.stopped is None:
        return training.steps_done >= training.goal
    if training.kept_step is not None:
        return True
    has_diverged = training.last.step != training.steps_done
    gain = float(training.history.losses[0]) - training.last.loss
    return not has_diverged and (-gain if training.setup.aim == "maximise" else gain) >= 0


class Run(QObject):
    """Takes the steps of one training up to its goal. Calls `show` now and then, and `finish` at the end."""

    def __init__(self, show: Callable[[], None], finish: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self.show, self.finish = show, finish
        self.training: Training | None = None
        """What is being trained; None while there is no run."""
        self.share = 0.0
        """How much of the step that is being taken is done."""
        self.least_s = LEAST_RUN_S
        self._parts: Iterator[float] | None = None
        self._from = 0
        self._began = self._show_at = 0.0
        self._shown_at: float | None = None
        """When something was shown that is being painted before the next turn."""
        self._clock = QTimer(self, interval=TURN_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self.take_steps)

    @property
    def taken(self) -> int:
        """How many steps this run has taken."""
        return self.training.steps_done - self._from if self.training is not None else 0

    @property
    def wanted(self) -> int:
        """How many steps this run is to take."""
        return self.training.goal - self._from if self.training is not None else 0

    def begin(self, training: Training) -> None:
        """Begin to take steps; the first ones at the next turn."""
        self.training = training
        self._from = training.steps_done
        self._began = time.monotonic()
        self._show_at, self._shown_at = self._began + SHOW_S, None
        self._clock.start()

    def halt(self) -> None:
        """Take no more steps."""
        self._clock.stop()
        self.training, self._parts, self.share = None, None, 0.0

    def go_on_with(self, setup: Setup) -> None:
        """Take the steps that are left by another setup."""
        training = self.training
        if training is None:
            return
        is_same = setup.steps == training.setup.steps
        goal = training.goal if is_same else self._from + setup.steps
        self._parts = None
        training.go_on(setup, same_run=True)
        training.goal = max(goal, training.steps_done)

    def take_steps(self) -> None:
        """Take as many parts of steps as there is time for; and show where that has led."""
        now = time.monotonic()
        if self._shown_at is not None:  # steps have as much time as it took to show and paint the last
            self._show_at, self._shown_at = now + max(SHOW_S, now - self._shown_at), None
        is_well = False
        try:
            if now >= self._show_at and self.training is not None and self.training.last is not None:
                self._show()  # and no step at this turn: the canvas is painted now
            else:
                while self._is_due(now) and time.monotonic() < now + STEPS_S:
                    self.take_part()
            is_well = True
        finally:
            if not is_well:
                self.halt()  # a fault is told once, not at every tick of the clock

    def _is_due(self, now: float) -> bool:
        """Whether the next step may be taken already: a short run is spread over the least time."""
        passed = (now - self._began) / self.least_s if self.least_s else math.inf
        return self.training is not None and self.taken <= passed * self.wanted

    def take_part(self) -> None:
        """Take a part of a step; after the last one the run is finished."""
        assert self.training is not None
        if self._parts is None:
            self._parts = self.training.stepping()
        self.share = next(self._parts)
        if self.share < 1:
            return
        self._parts, self.share = None, 0.0
        if self.training.is_done:
            self.finish()

    def _show(self) -> None:
        self._shown_at = time.monotonic()
        self.show()
