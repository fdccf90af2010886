"""The curve of one operation along one input: true at every point, with a gap at poles and none invented
outside the domain.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.operation_curve import OperationCurve, curve_along
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits


def curve_of(text: str, port: int = 0, **values: float) -> OperationCurve:
    """The curve of y along one of its inputs."""
    trace = run(parse(text, **values))
    found = curve_along(trace, ("y", port))
    assert found is not None
    return found


def test_each_point_is_what_the_operation_says() -> None:
    curve = curve_of("y = x**3", x=2)
    shown = np.isfinite(curve.y)
    assert np.allclose(curve.y[shown], curve.x[shown] ** 3)
    assert curve.tangent.value == 8.0
    assert curve.tangent.gradient == 12.0
    assert 2.0 in curve.x


def test_a_pole_leaves_a_gap_and_no_line_runs_through_it() -> None:
    curve = curve_of("y = 1 / x", port=1, x=2)
    height = curve.high - curve.low
    signs = [(a, b) for a, b in zip(curve.y, curve.y[1:], strict=False) if a * b < 0]
    assert not [pair for pair in signs if abs(pair[0] - pair[1]) > height]
    assert np.isnan(curve.y).sum() == 1
    assert curve.outside == []
    assert np.nanmin(curve.y[curve.x < 0]) < curve.low
    assert np.nanmax(curve.y[curve.x > 0]) > curve.high


def test_every_pole_of_a_tangent_is_one_gap() -> None:
    curve = curve_of("y = tan(x)", x=1)
    assert np.isnan(curve.y).sum() == 2


@pytest.mark.parametrize(("text", "x"), [("y = log(x)", 0.5), ("y = sqrt(x)", 1.0), ("y = log(x)", -1.0)])
def test_outside_the_domain_there_is_no_curve(text: str, x: float) -> None:
    curve = curve_of(text, x=x)
    (start, end), *others = curve.outside
    assert not others
    assert start == curve.x[0]
    assert end == pytest.approx(0, abs=1e-3)
    assert curve.tangent.is_there is (x > 0)


def test_a_kink_is_in_sight_with_the_slope_that_is_taken_there() -> None:
    curve = curve_of("y = relu(x)", x=-3)
    assert curve.x[-1] > 0
    assert np.nanmax(curve.y) > 0
    assert curve_of("y = abs(x)", x=0).tangent.gradient == 0.0
    rivals = curve_of("y = max(x, z)", x=1, z=100)
    assert rivals.x[0] < 100 < rivals.x[-1]


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("y = exp(x)", 700.0), ("y = exp(x)", 800.0), ("y = x*z", 1e308), ("y = sigmoid(x)", -40.0),
        ("y = x**10", 2.0), ("y = reciprocal(x)", -1e200), ("y = x + z", 5e-324), ("y = square(x)", 1e200),
    ],
)  # fmt: skip
def test_large_small_and_steep_values_have_a_curve_whose_view_is_finite(text: str, x: float) -> None:
    values = {"x": x, "z": 3.0} if "z" in text else {"x": x}
    curve = curve_of(text, **values)
    assert math.isfinite(curve.low)
    assert math.isfinite(curve.high)
    assert curve.low < curve.high
    assert np.isfinite(curve.x).all()
    assert (np.diff(curve.x) >= 0).all()


def test_a_steep_curve_is_seen_close_enough_to_see_it_bend() -> None:
    curve = curve_of("y = exp(x)", x=20)
    assert curve.x[-1] - curve.x[0] < 12
    assert curve.low < curve.tangent.value < curve.high


def test_a_muted_operation_is_a_straight_line_and_what_is_not_computed_has_none() -> None:
    graph = parse("y = x*z", x=2, z=3)
    graph.apply(edits.set_muted(graph, ["y"]))
    muted = curve_along(run(graph), ("y", 0))
    assert muted is not None
    assert muted.tangent.gradient == 1.0
    assert np.array_equal(muted.x, muted.y)
    assert curve_along(run(graph), ("y", 1)) is None
    infinite = run(parse("t = exp(x); y = t + x", x=1000))
    assert curve_along(infinite, ("y", 0)) is None


def test_an_operation_of_very_many_inputs_takes_fewer_points() -> None:
    graph = parse("y = x + z", x=1, z=2)
    for place in range(3000):
        change = edits.add_node(graph, "input", name=f"v{place}")
        graph.apply(change)
        graph.apply(edits.connect(graph, change.patches[0].key, "y", place + 2))
    curve = curve_along(run(graph), ("y", 0))
    assert curve is not None
    assert len(curve.x) < 161
    assert curve.tangent.value == 3003.0
