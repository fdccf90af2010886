"""What a traced function is handed: each number is an input by its name, or it is said what to hand over."""

from __future__ import annotations

import math
from argparse import Namespace
from array import array
from collections import deque
from dataclasses import InitVar, dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest

import nodegraph as ng
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.errors import Refused


@dataclass
class Line:
    w: Any
    b: Any


@dataclass(frozen=True, slots=True)
class Frozen:
    w: Any
    b: Any
    name: str = "line"


class Pair(NamedTuple):
    w: Any
    b: Any


class Plain:
    def __init__(self) -> None:
        self.w, self.b = 2.0, 1


class Slotted:
    __slots__ = ("b", "w")

    def __init__(self) -> None:
        self.w, self.b = 2.0, 1


class Nested:
    def __init__(self, held: Any) -> None:
        self.name, self.held = "nested", held


class Asking(NamedTuple("_Asked", [("w", Any), ("b", Any)])):
    def __new__(cls, w: Any) -> Any:
        return super().__new__(cls, w, 1.0)


class Model:
    def __init__(self) -> None:
        self.w, self.b = ng.Value(2.0), 1


class Kind(Enum):
    FAST = 2.0


def line(p: Any, x: Any) -> Any:
    return p.w * x + p.b


@pytest.mark.parametrize(
    "given",
    [
        Line(2.0, 1.0),
        Frozen(2.0, 1.0),
        SimpleNamespace(w=2.0, b=1.0),
        Pair(2.0, 1.0),
        Asking(2.0),
        Namespace(w=2.0, b=1.0),
        Line(Fraction(2), Decimal(1)),
        Line(np.array(2.0), np.float32(1)),
    ],
)
def test_what_has_numbers_for_attributes_is_recorded_by_their_names(given: Any) -> None:
    graph = ng.trace(line, p=given, x=3.0)
    assert to_text(graph) == "e = p_w * x\nL = e + p_b"
    assert ng.run(graph).gradients == {"p_w": 3.0, "x": 2.0, "p_b": 1.0, "e": 1.0, "L": 1.0}
    assert not isinstance(given.w, ng.Value), "what was handed over is as it was"


def test_what_a_dataclass_computes_of_its_numbers_is_computed_of_them_in_the_graph() -> None:
    @dataclass
    class Box:
        w: float
        h: float
        mean: float = field(init=False)

        def __post_init__(self) -> None:
            self.mean = math.sqrt(self.w * self.h)

    run = ng.run(ng.trace(lambda box, x: box.mean * x, box=Box(2.0, 8.0), x=3.0))
    assert (run.gradients["box_w"], run.gradients["box_h"]) == pytest.approx((3.0, 0.75), rel=1e-12)


def test_dataclasses_lie_in_lists_and_hold_lists() -> None:
    graph = ng.trace(lambda ps: ps[0].w[1] * ps[1].w[0], ps=[Line([1.0, 2.0], 0.0), Line([3.0], 0.0)])
    assert {node.name: node.value for node in graph.nodes() if node.op == "input"} == {
        "ps0_w1": 2.0,
        "ps1_w0": 3.0,
    }


@dataclass
class WithMore:
    w: float
    more: InitVar[int]


@dataclass
class Careful:
    w: float

    def __post_init__(self) -> None:
        assert isinstance(self.w, float), "w is no float"


@dataclass
class Converting:
    w: float

    def __post_init__(self) -> None:
        self.w = float(self.w)


class Series:
    """As pandas' and polars' do."""

    def to_numpy(self) -> Any:
        return np.array([1.0, 2.0])


CONSTANTS = "and its numbers would be constants; give a "


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Plain(), f"p is a Plain, {CONSTANTS}dict, a dataclass or a SimpleNamespace of them, or, where"),
        (Slotted(), f"p is a Slotted, {CONSTANTS}dict, a dataclass or a SimpleNamespace of them, or, where"),
        (
            {1.0, 2.0},
            f"p is a set, {CONSTANTS}list or a dict of them, or, where constants are meant, leave p",
        ),
        (deque([1.0]), f"p is a deque, {CONSTANTS}list or a dict of them, or"),
        (array("d", [1.0]), f"p is an array, {CONSTANTS}list or a dict of them, or"),
        ([Series()], f"p0 is a Series, {CONSTANTS}list or a dict of them, or"),
        (Nested([2.0]), f"p is a Nested, {CONSTANTS}dict, a dataclass or a SimpleNamespace of them, or"),
        (Nested({"w": Plain()}), f"p is a Nested, {CONSTANTS}dict, a dataclass or a SimpleNamespace of"),
        (Nested(SimpleNamespace(w=2.0)), f"p is a Nested, {CONSTANTS}dict, a dataclass"),
        (Nested(np.array([2.0])), f"p is a Nested, {CONSTANTS}dict, a dataclass"),
        (np.ma.array([1.0]), f"p is a MaskedArray, {CONSTANTS}list or a dict of them, or"),
        (np.array([(1.0,)], dtype=[("w", "f8")]), f"p is a ndarray, {CONSTANTS}list or a dict of them"),
        (Careful(2.0), "p: Careful cannot be made of values: w is no float"),
        (WithMore(2.0, 3), "p: WithMore cannot be made of values: InitVar 'more' must be specified with"),
        (
            Converting(2.0),
            "p: Converting cannot be made of values: it asks for plain numbers; give a dict of",
        ),
        (Fraction(10**400), "p is beyond the range of floats; the leaves of a graph are finite numbers."),
    ],
)
def test_numbers_that_would_be_constants_are_refused_with_what_to_hand_over(given: Any, said: str) -> None:
    with pytest.raises(Refused) as refused:
        ng.trace(lambda p, x: x * 2, p=given, x=3.0)
    assert str(refused.value).startswith(said)


def test_numbers_in_an_array_of_objects_are_inputs_and_one_of_values_stays_as_it_is() -> None:
    weights = np.array([[ng.Value(1.0), None]], dtype=object)
    handed: list[Any] = []

    def f(p: Any, q: Any, x: Any) -> Any:
        handed.append(q)
        return p[0][1] * x

    graph = ng.trace(f, p=np.array([["a", 2.0]], dtype=object), q=weights, x=3.0)
    assert {node.name: node.value for node in graph.nodes() if node.op == "input"} == {"p0_1": 2.0, "x": 3.0}
    assert handed[0] is weights


def test_what_a_function_asserts_of_a_number_is_told_with_its_line() -> None:
    def f(x: Any) -> Any:
        assert isinstance(x, float), "x is no float"
        return x

    with pytest.raises(Refused, match=r"test_inputs\.py, line \d+, in f: x is no float"):
        ng.trace(f, x=2.0)


def test_what_holds_itself_is_refused() -> None:
    endless: list[Any] = [1.0]
    endless.append(endless)
    with pytest.raises(Refused, match=r"^p holds itself, or lists in lists without end; give its numbers"):
        ng.trace(lambda p, x: p[0] * x, p=endless, x=3.0)


@pytest.mark.parametrize(
    "given",
    [
        Model(),
        Kind.FAST,
        Nested("text"),
        Nested([Model(), Kind.FAST, True, math, "2"]),
        "text",
        None,
        range(3),
        math,
        np.random.default_rng(0),
        Line("a", None),
        {"a", "b"},
        np.array([1, 2]),
        Line,
        Series,
    ],
)
def test_what_holds_no_number_or_values_already_stays_as_it_is(given: Any) -> None:
    handed: list[Any] = []

    def f(p: Any, x: Any) -> Any:
        handed.append(p)
        return x * 2

    ng.trace(f, p=given, x=3.0)
    assert handed == [given]
