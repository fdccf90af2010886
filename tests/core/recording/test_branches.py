"""Branches of a function that is recorded run on the numbers, as they do for plain ones, or are refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.recording.jaxprs import graph_of_jaxpr
from nodegraph.core.recording.trace import trace
from nodegraph.core.values.not_recorded import public_name
from nodegraph.core.values.value import Value

FUNCTIONS: list[Callable[..., Any]] = [
    lambda x, y: x * 2 if x else y + 5,
    lambda x, y: y + 5 if not x else x * 2,
    lambda x, y: (x or 1.0) * y,
    lambda x, y: (x and y) * 3 + y,
    lambda x, y: y * 2 if any([x, x]) else y * 7,
]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_whether_a_number_is_true_is_as_for_plain_ones_or_refused_where_it_is_0(
    function: Callable[..., Any],
) -> None:
    graph = trace(function, x=3.0, y=4.0)
    assert graph.output is not None
    assert run(graph).values[graph.output] == function(3.0, 4.0)
    with pytest.raises(Refused, match="write x != 0 to ask for the number"):
        trace(function, x=0.0, y=4.0)


def test_outside_of_a_recorded_function_a_value_is_true_as_in_micrograd() -> None:
    bias = Value(0.0)
    assert bias
    assert Value(2.0) != Value(2.0)
    with pytest.raises(Refused):
        trace(lambda x: x if x else -x, x=0)
    assert bias


@pytest.mark.parametrize(
    "function",
    [
        lambda x, y: x * 3 if x == y else x * 5,
        lambda x, y: x * 5 if x != y else x * 3,
        lambda x, y: x * 3 if y in [x, 7] else x * 5,
        lambda x, y: x * 3 if math.isclose(x, y) else x * 5,
    ],
)
@pytest.mark.parametrize("y", [2.0, 4.0])
def test_two_values_of_a_recorded_function_are_equal_as_numbers(
    function: Callable[..., Any], y: float
) -> None:
    graph = trace(function, x=2.0, y=y)
    assert graph.output is not None
    assert run(graph).values[graph.output] == function(2.0, y)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x: 1 / x, "something is divided by 0"),
        (lambda x: {1: 2}[x + 5] * x, "there is no key Value"),
        (lambda x: np.linalg.det(np.array([[x]])), r"numpy\.linalg\.det does not take"),
        (lambda x: np.sign(x), r"hand numpy\.sign the number"),
    ],
)
def test_what_a_function_cannot_do_is_told_by_its_name(function: Callable[..., Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        trace(function, x=0.0)


def test_functions_are_called_as_programs_call_them() -> None:
    assert public_name("det", "numpy.linalg._linalg") == "numpy.linalg.det"
    assert public_name("walk", "os") == "os.walk"
    assert public_name("nothing", "no.such.module") == "no.nothing"


def test_a_label_in_the_place_of_the_values_is_told() -> None:
    with pytest.raises(TypeError, match="write label='a'"):
        Value(2.0, "a")  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "number"), [("exp", 1000.0), ("log", -2.0), ("rsqrt", 0.0)])
def test_a_jaxpr_without_a_finite_result_is_refused(name: str, number: float) -> None:
    x, found = _Variable(), _Variable()
    equation = SimpleNamespace(primitive=SimpleNamespace(name=name), params={}, invars=[x], outvars=[found])
    jaxpr = SimpleNamespace(constvars=[], invars=[x], eqns=[equation], outvars=[found])
    with pytest.raises(Refused, match=f"jax: “{name}” has no finite result at these numbers"):
        graph_of_jaxpr(SimpleNamespace(jaxpr=jaxpr, consts=[]), {"x": number})


class _Variable:
    """One number of a jaxpr; unlike a namespace it can be the key of a dict."""

    aval = SimpleNamespace(shape=())
