"""A slice of the sweep that tries the gradient check on random graphs."""

from __future__ import annotations

import random

import pytest
from sweeps import gradient_check

from nodegraph.core.checks import gradient_check as check
from nodegraph.core.checks import slopes


def test_no_right_gradient_is_called_wrong_and_no_kink_is_invented() -> None:
    families = [family for family in gradient_check.FAMILIES if family is not gradient_check.recurrence]
    counts, wrong = gradient_check.sweep_right(50, 20, families)
    assert wrong == []
    assert counts["slope"] > 300
    assert counts["undecided"] < counts["slope"] / 10


def test_of_recurrences_that_magnify_each_nudge_less_is_told_and_nothing_wrong() -> None:
    counts, wrong = gradient_check.sweep_right(10, 20, [gradient_check.recurrence])
    assert wrong == []
    assert counts["slope"] > counts["undecided"]


def test_every_spoilt_gradient_is_found_or_said_to_be_undecidable() -> None:
    counts, missed = gradient_check.sweep_spoilt(30, seed=20)
    assert missed == []
    assert counts["found"] > 20


def test_the_sweep_sees_a_check_that_is_too_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slopes, "DOUBT", 0.0)
    assert gradient_check.sweep_right(20, seed=20)[1]


def test_the_sweep_sees_a_check_that_is_too_lax(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "TOLERANCE", 10.0)
    assert gradient_check.sweep_spoilt(20, seed=20)[1]


@pytest.mark.parametrize(("right", "noise"), [(5.8e-15, 1e-13), (0.0, 1e-12), (3.0, 1e-15)])
def test_a_gradient_is_spoilt_by_more_than_rounding(right: float, noise: float) -> None:
    spoilt = [gradient_check._spoilt(right, noise, random.Random(number)) for number in range(200)]
    assert min(abs(one - right) for one in spoilt) > 2 * noise
