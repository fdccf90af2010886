"""Schedules of the learning rate: their factors, what is refused, and that steps are taken by them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.training.descent import Training
from nodegraph.core.training.schedules import SCHEDULES, factors, why_not
from nodegraph.core.training.setup import Setup


def test_the_named_ones_are_what_they_say() -> None:
    n = 40
    k = np.arange(n)
    assert factors("constant", n).tolist() == [1.0] * n
    assert factors("step", n).tolist() == [1.0] * 10 + [0.5] * 10 + [0.25] * 10 + [0.125] * 10
    assert factors("linear", n) == pytest.approx(1 - k / n, rel=1e-15)
    assert factors("cosine", n) == pytest.approx([(1 + math.cos(math.pi * i / n)) / 2 for i in k], rel=1e-14)
    assert factors("warm-up", n).tolist() == [0.25, 0.5, 0.75] + [1.0] * 37


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("steps", [1, 2, 7, 1000])
def test_every_named_one_is_a_schedule_for_any_number_of_steps(name: str, steps: int) -> None:
    assert why_not(name, steps) is None
    assert factors(name, steps).shape == (steps,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 - 2*k/n", "At step 7 (k = 6, n = 10) the schedule is −0.2; a factor on the learning rate is a"),
        ("1/k", "At step 1 (k = 0, n = 10) the schedule is ∞;"),
        ("sqrt(k - 1)", "At step 1 (k = 0, n = 10) the schedule is NaN;"),
        ("0*k", "The schedule is 0 at every step, which would change nothing."),
        ("1 - x", "A schedule knows k, the step counted from 0, and n, the number of steps, but no x;"),
        ("1 -", "The schedule cannot be read at character 4:"),
        ("(k", "The schedule cannot be read at character 1: a bracket is opened here and never closed."),
        ("a = k", "A schedule is one expression in k and n, such as"),
        ("1; k", "A schedule is one expression in k and n, such as"),
        ("", "A schedule is one expression in k and n, such as"),
        ("1" + "+1" * 60, "A schedule has at most 100 characters."),
    ],
)
def test_what_is_none_is_refused_with_the_place(text: str, said: str) -> None:
    assert (Setup(steps=10, schedule=text).why_not() or "").startswith(said)


def test_a_schedule_that_is_right_for_some_steps_is_refused_for_more() -> None:
    assert Setup(steps=10, schedule="1 - k/10").why_not() is None
    assert (Setup(steps=12, schedule="1 - k/10").why_not() or "").startswith("At step 12 (k = 11, n = 12)")


def test_steps_are_taken_by_it() -> None:
    """w ← w − rate·(1 − 0.9·k/n)·2·(w − 3), as one does it by hand."""
    training = Training(
        parse("L = (w - 3)**2", w=0.0), Setup(settings={"rate": 0.2}, steps=5, schedule="1 - 0.9*k/n")
    )
    w = 0.0
    for k in range(5):
        training.step()
        w -= 0.2 * (1 - 0.9 * k / 5) * 2 * (w - 3)
        assert training.values()["w"] == pytest.approx(w, rel=1e-14)
    (line,) = training.explain("w")
    assert "0.056 × " in line  # the rate of the last step, 0.2 · (1 − 0.9 · 4/5), and not 0.2


def test_a_run_begins_its_schedule_anew_and_the_same_run_goes_on_with_it() -> None:
    setup = Setup(settings={"rate": 0.2}, steps=4, schedule="1 - k/n")
    training = Training(parse("L = (w - 3)**2", w=0.0), setup)

    def rate() -> float:
        training.step()
        assert training.last is not None
        return training.last.setup.setting("rate")

    assert rate() == pytest.approx(0.2)
    training.go_on(setup, same_run=True)
    assert rate() == pytest.approx(0.15)
    training.go_on(setup)
    assert [rate() for _ in range(4)] == pytest.approx([0.2, 0.15, 0.1, 0.05])
    training.go_on(setup, same_run=True)  # the run was through
    assert rate() == pytest.approx(0.2)


def test_a_step_at_a_factor_of_0_is_no_standstill() -> None:
    training = Training(parse("L = (w - 3)**2", w=0.0), Setup(steps=3, schedule="k"))
    training.step()
    assert (training.stopped, training.values()) == (None, {"w": 0.0})
    training.step()
    assert training.values()["w"] == pytest.approx(0.6)


def test_a_document_keeps_it() -> None:
    setup = Setup(steps=50, schedule="1 - 0.9*k/n")
    assert setup.plain()["schedule"] == "1 - 0.9*k/n"
    assert Setup.of(setup.plain()) == setup
    assert "schedule" not in Setup().plain()
    assert Setup.of({"schedule": 3}).why_not() == "A schedule is text, such as 1 - k/n."
