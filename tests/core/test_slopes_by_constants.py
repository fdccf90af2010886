"""A local derivative by a constant is never asked for, so that it may be what it will."""

from __future__ import annotations

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.explain.explanation import explain_node


def test_a_negative_base_with_a_constant_exponent_is_no_problem() -> None:
    trace = run(parse("L = (p - t)**2", p=7, t=9))
    assert trace.problems == []
    assert trace.gradients["p"] == -4.0


def test_a_negative_base_with_an_exponent_that_varies_is_a_problem() -> None:
    assert [name for name, _ in run(parse("L = p**n", p=-2, n=2)).problems] == ["L"]


def test_an_explanation_gives_no_slope_by_a_constant() -> None:
    told = explain_node(run(parse("L = d**2", d=-2)), "L")
    assert [rule.unicode for rule in told.rules] == ["∂L/∂d = 2 × d = 2 × (−2) = −4"]
