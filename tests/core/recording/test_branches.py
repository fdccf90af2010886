"""Branches of a function that is recorded run on the numbers, as they do for plain ones, or are refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
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


def test_outside_of_a_recorded_function_values_are_kept_in_sets() -> None:
    first, second = Value(2.0), Value(2.0)
    assert len({first, second, first}) == 2


@pytest.mark.parametrize("inner", [lambda y: math.sin(y), lambda y: math.sin(y) / 0])
def test_a_function_may_be_recorded_within_another_one(inner: Callable[..., Any]) -> None:
    def outer(x: Any) -> Any:
        with suppress(Refused):
            trace(inner, y=1.0)
        return math.exp(x) * 2

    own = math.exp
    graph = trace(outer, x=0.0)
    assert [node.op for node in graph.nodes() if not node.is_leaf] == ["exp", "multiply"]
    assert math.exp is own


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda speed, time: speed * time, r"by the name of its input, as in trace\(f, speed=2\)"),
        (math.exp, r"as in trace\(exp, x=2\)"),
        (Value(2.0), r"as in trace\(f, x=2\)"),
    ],
)
def test_numbers_without_names_are_refused_with_what_to_write(what: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        trace(what, 1.0)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x: 1 / x, "something is divided by 0"),
        (lambda x: {1: 2}[x.data + 5] * x, "there is no key 5.0"),
        (
            lambda x: {1: 2}[x + 5] * x,
            r"look for the value itself, not for its number: write x\.data in \{1, 2\}",
        ),
        (
            lambda x: x * 2 if x in {0, 1} else x,
            r"line \d+, in <lambda>: a set or a dictionary would look for",
        ),
        (lambda x: sum({x, x + 1}), "or keep values in a list"),
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
