"""A run of steps shares its time with painting."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from nodegraph.app.features.training import run as module
from nodegraph.app.features.training.run import SHOW_S, Run


class Clock:
    """A clock that only goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(module, "time", found)
    return found


def run_of(clock: Clock, shown: list[float], parent: QObject) -> Run:
    """A run whose steps take 1 ms each."""
    training: Any = SimpleNamespace(steps_done=0, goal=10**9, last=object(), is_done=False)

    def stepping() -> Any:
        clock.now += 0.001
        training.steps_done += 1
        yield 1.0

    training.stepping = stepping
    run = Run(lambda: shown.append(clock.now), lambda: None, parent)
    run.least_s = 0.0
    run.begin(training)
    run._clock.stop()
    return run


@pytest.mark.parametrize("painting_s", [0.005, 0.2])
def test_steps_have_at_least_as_much_time_as_showing_and_painting_take(
    clock: Clock, painting_s: float, qapp: object
) -> None:
    shown: list[float] = []
    parent = QObject()
    run = run_of(clock, shown, parent)
    while len(shown) < 6:
        before = len(shown)
        run.take_steps()
        if len(shown) > before:
            clock.now += painting_s  # what was shown is painted before the next turn
    between = [after - before for before, after in pairwise(shown)]
    assert min(between) - painting_s >= max(SHOW_S, painting_s) - 1e-9
    assert max(between) - painting_s < max(SHOW_S, painting_s) + 2 * module.STEPS_S


def test_no_turn_takes_steps_and_shows_them_too(clock: Clock, qapp: object) -> None:
    shown: list[float] = []
    parent = QObject()
    run = run_of(clock, shown, parent)
    for _ in range(50):
        before, steps = len(shown), run.taken
        run.take_steps()
        assert (len(shown) > before) != (run.taken > steps)
    assert shown
