"""What a recorded value is equal to: a traced function takes the branch that it would take on numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import nodegraph as ng
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.recording.trace import trace
from nodegraph.core.values.value import Value


def sinc(x: Any) -> Any:
    return 1 + x if x == 0 else math.sin(x) / x


def powered(x: Any, n: Any) -> Any:
    return x if n == 1 else x * powered(x, n - 1)


@pytest.mark.parametrize(
    ("function", "given", "text"),
    [
        (sinc, {"x": 0.0}, "L = x + 1"),
        (sinc, {"x": 2.0}, "e = sin(x)\nL = e / x"),
        (powered, {"x": 3.0, "n": 3}, "e = x * x\nL = x * e"),
        (lambda x: x * 2 if x != 0 else x, {"x": 0.0}, "x"),
        (lambda x: x * 2 if np.float64(2) == x else x, {"x": 2.0}, "L = x * 2"),
        (lambda x: x * 2 if x in (1, 2) else x, {"x": 2.0}, "L = x * 2"),
        (lambda x, b: math.log(x, b), {"x": 2.0, "b": math.e}, "e = log(x)\nd = log(b)\nL = e / d"),
    ],
)
def test_a_branch_that_compares_with_a_number_is_taken_as_on_numbers(
    function: Any, given: dict[str, float], text: str
) -> None:
    """A value was never equal to a number, so that the other branch was recorded in silence."""
    graph = trace(function, **given)
    assert to_text(graph) == text
    assert ng.run(graph).values[graph.output or ""] == pytest.approx(function(**given))


def test_two_values_of_one_number_are_told_apart_in_lists_and_sets() -> None:
    a, b = Value(2.0), Value(2.0)
    assert (a == b, a in [b], a == None, a == "a", len({a, b, a})) == (False, False, False, False, 2)  # noqa: E711
