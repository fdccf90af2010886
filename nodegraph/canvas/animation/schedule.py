"""When each picture of an animation is shown, and for how long: exact times, and their sum in the ticks of a
format. Imports no Qt and knows nothing of what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise
from typing import NamedTuple

from nodegraph.core.errors import Refused
from nodegraph.core.numbers import format_number, is_finite

STEP_S = Fraction(9, 10)
"""How long a step of both passes lasts at speed 1, as on the canvas."""
MOTION_SHARE = Fraction(85, 100)
"""The part of a step in which its numbers travel, as on the canvas; then they stand."""
STILL_FROM = 0.8
"""The share of the motion from which nothing moves any more."""
LEAST_FPS, MOST_FPS = 1, 60
LEAST_SPEED, MOST_SPEED = 0.1, 20.0
LONGEST_HOLD_S = 60.0
MOST_LOOPS = 1_000
LONGEST_TRAINING_S = 20
"""Seconds of a training's steps at speed 1."""
MOST_PICTURES = 20_000
"""Of one animation: more would take hours and nobody would watch them."""


@dataclass(frozen=True)
class Pace:
    """How an animation runs: pictures in a second, speed, seconds that its first and last picture stand, and
    how often it is played (0: for ever).
    """

    fps: int = 25
    speed: float = 1.0
    hold_start_s: float = 0.5
    hold_end_s: float = 2.0
    loop: int = 0

    def demand(self) -> None:
        """Raise Refused where one of the numbers is none, with what would do."""
        _demand("frame rate", self.fps, LEAST_FPS, MOST_FPS, " pictures a second")
        _demand("speed", self.speed, LEAST_SPEED, MOST_SPEED)
        for seconds in (self.hold_start_s, self.hold_end_s):
            _demand("hold", seconds, 0.0, LONGEST_HOLD_S, " seconds")
        _demand("loop", self.loop, 0, MOST_LOOPS, " times")


def _demand(name: str, number: float, least: float, most: float, unit: str = "") -> None:
    if not (is_finite(number) and least <= number <= most):
        raise Refused(
            f"The {name} of an animation is from {least:g} to {most:g}{unit}, not {format_number(number)}."
        )


class Moment(NamedTuple):
    """What is shown from a time on: how many steps are done or on their way, and how far the last one is."""

    start: Fraction
    position: int
    progress: float


@dataclass(frozen=True)
class Schedule:
    """Steps that last equally long, between two holds."""

    steps: int
    step_s: Fraction
    pace: Pace
    moves: bool = True
    """Whether something moves within a step."""

    @property
    def total(self) -> Fraction:
        """Seconds of one round, exactly; at least those of its first and its last picture."""
        held = _exact(self.pace.hold_start_s) + _exact(self.pace.hold_end_s)
        return max(held + self.steps * self.step_s, Fraction(2 if self.steps else 1, self.pace.fps))

    def moments(self) -> Iterator[Moment]:
        """Yields what is shown, and from when: in times of the frame rate, each only where it differs from
        the one before. The first shows nothing done and the last all.
        """
        count, before = int(self.total * self.pace.fps), None
        for number in range(count):
            position, progress = self._shown(Fraction(number, self.pace.fps), number == count - 1)
            if number == 0:
                position, progress = 0, 1.0
            if (position, progress) != before:
                before = (position, progress)
                yield Moment(Fraction(number, self.pace.fps), position, progress)

    def _shown(self, time: Fraction, is_last: bool) -> tuple[int, float]:
        gone = time - _exact(self.pace.hold_start_s)
        if is_last or gone >= self.steps * self.step_s:
            return self.steps, 1.0
        if gone < 0:
            return 0, 1.0
        number, within = divmod(gone, self.step_s)
        progress = float(within / (self.step_s * MOTION_SHARE))
        return int(number) + 1, progress if self.moves and progress < STILL_FROM else 1.0

    def in_ticks(self, ticks: int) -> Iterator[tuple[Moment, int]]:
        """Yields each moment with how many ticks it lasts, of so many in a second; their sum is the total,
        rounded once.
        """
        end = Moment(self.total, self.steps, 1.0)
        for this, following in pairwise(chain(self.moments(), (end,))):
            yield this, round(following.start * ticks) - round(this.start * ticks)


def of_passes(steps: int, pace: Pace) -> Schedule:
    """Returns when the steps of both passes are shown. Raises Refused for a pace that cannot be."""
    pace.demand()
    return _within(Schedule(steps, STEP_S / _exact(pace.speed), pace))


def of_training(steps: int, pace: Pace) -> Schedule:
    """Returns when the steps of a training are shown: each a picture, and evenly thinned where they would
    last too long. Raises Refused for a pace that cannot be.
    """
    pace.demand()
    step_s = min(Fraction(1, pace.fps), Fraction(LONGEST_TRAINING_S, max(steps, 1))) / _exact(pace.speed)
    return _within(Schedule(steps, step_s, pace, moves=False))


def _exact(number: float) -> Fraction:
    """Returns the fraction that somebody means who writes a number such as 0.1."""
    return Fraction(number).limit_denominator(1000)


def _within(schedule: Schedule) -> Schedule:
    pictures = int(schedule.total * schedule.pace.fps)
    if pictures > MOST_PICTURES:
        raise Refused(
            f"The animation would have {pictures:,} pictures, more than {MOST_PICTURES:,}; "
            "raise its speed, or lower its frame rate."
        )
    return schedule
