"""When each picture of an animation is shown: exact in sum, whatever a format counts in."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.app.playback import player
from nodegraph.canvas.animation import schedule
from nodegraph.canvas.animation.schedule import Pace, of_passes, of_training
from nodegraph.canvas.scene import frame_display
from nodegraph.core.errors import Refused

PACES = st.builds(
    Pace,
    st.integers(schedule.LEAST_FPS, 50),
    st.floats(0.5, schedule.MOST_SPEED),
    st.floats(0, 3),
    st.floats(0, 3),
)


@given(PACES, st.integers(0, 40), st.sampled_from([100, 1000]))
def test_the_times_add_up_and_none_is_too_short_to_be_shown(pace: Pace, steps: int, ticks: int) -> None:
    timing = of_passes(steps, pace)
    times = [shown for _moment, shown in timing.in_ticks(ticks)]
    assert sum(times) == round(timing.total * ticks)
    assert min(times) >= ticks // pace.fps


@given(PACES, st.integers(0, 40))
def test_it_begins_with_nothing_and_ends_with_all_done(pace: Pace, steps: int) -> None:
    moments = list(of_passes(steps, pace).moments())
    assert moments[0].position == 0
    assert moments[-1].position == steps
    assert moments[-1].progress == 1.0
    order = [(moment.position, moment.progress) for moment in moments]
    assert order == sorted(set(order))
    assert all((moment.start * pace.fps).denominator == 1 for moment in moments)


def test_a_step_lasts_as_long_as_on_the_canvas() -> None:
    assert Fraction(player.STEP_MS, 1000) == schedule.STEP_S
    assert float(schedule.MOTION_SHARE) == player.MOTION_SHARE
    assert schedule.STILL_FROM == frame_display.LANDED
    assert of_passes(10, Pace(hold_start_s=1, hold_end_s=2)).total == 3 + 10 * Fraction(9, 10)
    assert of_passes(10, Pace(speed=2, hold_start_s=0.1, hold_end_s=0)).total == Fraction(46, 10)


def test_thirty_pictures_a_second_are_spread_over_hundredths() -> None:
    moving = [shown for moment, shown in of_passes(3, Pace(fps=30)).in_ticks(100) if moment.progress < 0.8]
    assert set(moving) == {3, 4}


def test_each_step_of_a_training_is_a_picture() -> None:
    moments = list(of_training(300, Pace()).moments())
    assert [moment.position for moment in moments] == list(range(301))


def test_the_steps_of_a_long_training_are_thinned_evenly() -> None:
    timing = of_training(10_000, Pace())
    positions = [moment.position for moment in timing.moments()]
    apart = {late - early for early, late in pairwise(positions[1:-1])}
    assert len(positions) < 600
    assert max(apart) - min(apart) <= 1
    assert (positions[0], positions[-1]) == (0, 10_000)


@pytest.mark.parametrize(
    ("pace", "sentence"),
    [
        (Pace(fps=0), "frame rate of an animation is from 1 to 60 pictures a second, not 0"),
        (Pace(speed=0), "speed of an animation is from 0.1 to 20, not 0"),
        (Pace(speed=float("nan")), "not NaN"),
        (Pace(hold_end_s=-1), "hold of an animation is from 0 to 60 seconds, not −1"),
        (Pace(loop=-1), "loop of an animation"),
    ],
)
def test_a_pace_that_cannot_be_is_refused_in_a_sentence(pace: Pace, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        of_passes(3, pace)


def test_an_animation_without_end_is_refused() -> None:
    with pytest.raises(Refused, match="more than 20,000; raise its speed"):
        of_passes(1_000_000, Pace())
