"""Means and spreads of Python's `statistics` in a traced function."""

from __future__ import annotations

import statistics
from statistics import stdev
from typing import Any

import pytest

import nodegraph as ng
from nodegraph.core.errors import Refused
from nodegraph.core.recording.trace import trace


@pytest.mark.parametrize(
    "function",
    [
        lambda x: statistics.mean(x),
        lambda x: statistics.fmean(x),
        lambda x: stdev(x),
        lambda x: statistics.pstdev(x),
        lambda x: statistics.variance(x),
        lambda x: statistics.pvariance(x),
        lambda x: statistics.fmean([*x, 4.0], weights=[1, 2, 3, 4]),
        lambda x: statistics.variance([1.0, *x], 2.0),
        lambda x: statistics.mean(one * one for one in x),
        lambda x: statistics.mean({"first": x[0], "second": x[1]}.values()),
    ],
)
def test_means_and_spreads_of_statistics_take_values(function: Any) -> None:
    given = [2.0, 5.0, 3.5]
    run = ng.run(trace(function, x=given))
    assert run.values[run.output or ""] == pytest.approx(function(given), rel=1e-14)
    step = 1e-6
    raised, lowered = (function([2.0, 5.0 + by, 3.5]) for by in (step, -step))
    assert run.gradients["x1"] == pytest.approx((raised - lowered) / (2 * step), rel=1e-6)
    assert statistics.mean([1, 2]) == 1.5
    assert stdev.__module__ == "statistics"
    assert not hasattr(stdev, "__wrapped__")


def test_the_mean_of_nothing_is_refused_in_a_traced_function_as_outside() -> None:
    for function in (lambda x: x * statistics.mean([]), lambda x: statistics.pvariance([], x)):
        with pytest.raises(Refused, match="at least one data point"):
            trace(function, x=1.0)
