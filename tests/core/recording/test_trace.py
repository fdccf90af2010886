"""`trace`: what a program computes, as a graph."""

from __future__ import annotations

import math
from math import sqrt, tanh
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

import nodegraph as ng
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.errors import Refused
from nodegraph.core.recording.trace import trace
from nodegraph.core.values.value import Value


def test_labels_name_nodes_and_variables_where_there_are_none() -> None:
    a = Value(2.0, label="first")
    b = Value(-3.0)
    e = a * b
    loss = (e + 10) * a
    graph = trace(loss)
    assert to_text(graph) == "e = first * b\nd = e + 10\nloss = d * first"
    assert graph.output == "loss"
    loss.backward()
    run = ng.run(graph)
    assert run.values["loss"] == loss.data
    assert (run.gradients["first"], run.gradients["b"]) == (a.grad, b.grad)


def test_what_lies_in_lists_and_objects_has_their_names_and_places() -> None:
    class Neuron:
        def __init__(self) -> None:
            self.w = [Value(1.0), Value(2.0)]
            self.b = Value(0.5)

    neurons = [Neuron(), Neuron()]
    x = [Value(3.0), Value(4.0)]
    outs = [sum((w * v for w, v in zip(n.w, x, strict=True)), n.b).tanh() for n in neurons]
    total = outs[0] + outs[1]
    names = {node.name for node in trace(total).nodes() if node.op == "input"}
    assert names == {"w0_0", "w0_1", "w1_0", "w1_1", "b0", "b1", "x0", "x1"}


def test_what_micrograd_computes_in_two_steps_is_one_node() -> None:
    a, b = Value(2.0), Value(4.0)
    y = (a - b) / (1 - a) - 3 + 2 / b + sum([a, b, a]) + (-a) ** 2 + b**-1
    ops = [node.op for node in trace(y).nodes() if not node.is_leaf]
    assert sorted(ops) == sorted(
        [
            "subtract",
            "subtract",
            "divide",
            "subtract",
            "divide",
            "add",
            "add",
            "negate",
            "square",
            "reciprocal",
        ]
    )
    assert ng.run(trace(y)).values["y"] == pytest.approx(y.data, rel=1e-15)


def test_what_has_a_name_or_another_use_is_not_taken_in() -> None:
    a, b = Value(2.0), Value(4.0)
    minus = -b
    y = (a + minus) * minus
    assert to_text(trace(y)) == "minus = -b\ne = a + minus\ny = e * minus"


def test_a_leaf_alone_is_a_graph_and_a_name_twice_is_told_apart() -> None:
    a = Value(2)
    assert [node.name for node in trace(a).nodes()] == ["a"]
    x = Value(1.0, label="w") * Value(2.0, label="w") + Value(3.0, label="x\x00")
    assert [node.name for node in trace(x).nodes()] == ["w", "w2", "e", "a", "x"]


def test_numbers_that_are_not_finite_are_refused() -> None:
    bad = Value(math.inf)
    with pytest.raises(Refused, match="bad is inf; the leaves of a graph are finite numbers"):
        trace(bad * 2)


def scaled(x: Any, rate: float, powers: list[Any], turns: int = 2) -> Any:
    total = 0
    for turn in range(turns):
        total = total + powers[turn] * x**turn
    squashed = tanh(total)
    if total < 100:
        squashed = math.exp(-total) + math.log(x, 2) + sqrt(x) + math.hypot(x, 1)
    return squashed * rate


def test_a_function_is_recorded_with_its_loops_its_branches_and_its_mathematics() -> None:
    given = {"x": 2.0, "rate": 0.5, "powers": [1.5, 0.25]}
    graph = trace(scaled, **given)
    names = {node.name for node in graph.nodes()}
    assert {"x", "rate", "powers0", "powers1", "total", "squashed"} <= names
    assert graph.named("powers1").value == 0.25  # type: ignore[union-attr]
    assert ng.run(graph).values["L"] == pytest.approx(scaled(**given), rel=1e-15)
    assert math.exp(1.0) == math.e
    assert type(math.exp).__name__ == "builtin_function_or_method"
    assert tanh.__module__ == "math"


MATHEMATICS = {
    "exp": (0.3,), "sqrt": (2.0,), "sin": (0.3,), "cos": (0.3,), "tan": (0.3,), "tanh": (0.3,), "log": (3.0,),
    "log2": (3.0,), "log10": (3.0,), "log1p": (0.3,), "expm1": (0.3,), "fabs": (-2.0,), "pow": (2.0, 0.3),
    "hypot": (3.0, 4.0), "sinh": (0.3,), "cosh": (0.3,), "radians": (30.0,), "degrees": (0.3,),
    "exp2": (3.0,),
}  # fmt: skip


@pytest.mark.parametrize("name", MATHEMATICS)
def test_functions_of_mathematics_take_values(name: str) -> None:
    own = getattr(math, name)
    given = {f"x{place}": number for place, number in enumerate(MATHEMATICS[name])}
    graph = trace(lambda **x: getattr(math, name)(*x.values()), **given)
    assert ng.run(graph).values["L"] == pytest.approx(own(*given.values()), rel=1e-14)
    assert getattr(math, name) is own


def test_sums_and_products_of_mathematics_take_values_too() -> None:
    graph = trace(lambda x: math.fsum(v * v for v in x) + math.prod(x), x=[1.0, 2.0, 3.0])
    assert ng.run(graph).values["L"] == 20.0


def no_operation(x: Any) -> Any:
    y = x + 1
    return math.atan(y)


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (
            no_operation,
            r"test_trace\.py, line \d+, in no_operation: math\.atan is no operation of the catalogue",
        ),
        (lambda x: x / (x - 2), r"test_trace\.py, line \d+, in <lambda>: .*divided by 0"),
        (lambda x: [0, 1][x], r"test_trace\.py, line \d+, in <lambda>: a whole number is asked for"),
        (lambda x: x.foo(), r"line \d+, in <lambda>: 'Value' object has no attribute 'foo'"),
        (lambda x: 3.0, r"<lambda> returned the plain number 3\.0"),
        (lambda x: [x, x], r"<lambda> returned 2 things"),
        (lambda x: [[x]], r"<lambda> returned a list of one thing, which is returned without brackets here"),
        (lambda *xs: sum(xs), r"trace\(f, xs=\[2, 3\]\)"),
        (max, r"max does not say what it takes"),
        (lambda x: None, r"<lambda> returned nothing"),
        (lambda x, y: x, r"<lambda>: missing a required argument: 'y'; give each of its inputs a number"),
        (lambda z: z, r"<lambda>: missing a required argument: 'z'"),
    ],
)
def test_what_cannot_be_recorded_is_refused_with_its_line(function: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        trace(function, x=2.0)
    assert "standing" not in repr(math.atan)


def test_what_is_neither_a_value_nor_a_function_is_refused() -> None:
    with pytest.raises(Refused, match="trace takes a Value or a function, not a float"):
        trace(3.0)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="has its inputs already"):
        trace(Value(1.0) * 2, x=3)


def test_a_traced_graph_is_saved_and_leaves_as_a_program() -> None:
    a, b = Value(2.0), Value(3.0)
    loss = (a * b).tanh() - b
    again = ng.parse(ng.to_text(trace(loss)), a=2.0, b=3.0)
    assert ng.run(again).values["loss"] == loss.data
    assert "loss" in ng.to_program(trace(loss), "numpy")


def test_arrays_of_numpy_and_its_numbers_are_inputs() -> None:
    made = ng.trace(lambda w, x, k: np.sum(np.tanh(w) * x) * k, w=np.array([2.0, 3.0]), x=1, k=np.float32(2))
    inputs = {node.name: node.value for node in made.nodes() if node.op == "input"}
    assert inputs == {"w0": 2.0, "w1": 3.0, "x": 1.0, "k": 2.0}


def product(x: Any) -> Any:
    return x * x


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            10**400,
            "x is a whole number beyond the range of floats; the leaves of a graph are finite numbers.",
        ),
        (None, "(x is None; what is recorded is numbers)."),
        ({"a": "b"}, "(x is a dict; what is recorded is numbers)."),
        ([1.0], "(x is a list; what is recorded is numbers)."),
        (
            True,
            "f returned the plain number 1; a graph has one output, which is computed of inputs (x is True;",
        ),
        (1j, "(x is a complex; what is recorded is numbers)."),
    ],
)
def test_an_input_that_is_no_number_is_named(given: Any, said: str) -> None:
    def f(x: Any) -> Any:
        return product(x)

    with pytest.raises(Refused) as refused:
        ng.trace(f, x=given)
    assert said in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (None, "not None; compute with nodegraph.Value"),
        (3, "not an int; compute"),
        ("x*x", "not a str; nodegraph.parse reads text"),
    ],
)
def test_what_is_no_program_is_named(what: Any, said: str) -> None:
    with pytest.raises(Refused) as refused:
        ng.trace(what)
    assert said in str(refused.value)


def test_parameters_in_a_dict_are_recorded_by_their_keys() -> None:
    def line(p: Any, x: float) -> Any:
        return p["w"][0] * x + p["b"]

    graph = ng.trace(line, p={"w": [2.0], "b": 3.0}, x=4.0)
    assert ng.run(graph).values["L"] == 11.0
    assert {node.name for node in graph.nodes() if node.op == "input"} == {"p_w0", "x", "p_b"}


@pytest.mark.parametrize("w", [2, -2])
def test_numpy_s_maximum_is_a_node_on_either_side(w: float) -> None:
    graph = ng.trace(lambda w, x: np.maximum(0, w * x) * 3 + w, w=w, x=3)
    assert sorted(node.op for node in graph.nodes() if node.op not in ("input", "constant")) == [
        "add", "max", "multiply", "multiply",
    ]  # fmt: skip
    assert ng.run(graph).values["L"] == max(0, w * 3) * 3 + w


def test_functions_of_numpy_on_arrays_are_recorded_with_their_means() -> None:
    def loss(x: Any, t: Any) -> Any:
        return (
            np.mean((x - t) ** 2) + np.log1p(x[0]) + np.log10(t).sum() / np.int64(4) + np.fabs(np.sinh(x)[1])
        )

    given = {"x": np.array([1.0, 2.0]), "t": np.array([2.0, 2.5])}
    run = ng.run(trace(loss, **given))
    assert run.output is not None
    assert run.values[run.output] == pytest.approx(loss(**given), rel=1e-12)


def takes_its_number(x: Any) -> Any:
    return float(x) * 2


def puts_it_among_plain_numbers(x: Any) -> Any:
    numbers = np.zeros(3)
    numbers[0] = x
    return numbers.sum()


@pytest.mark.parametrize(
    "function", [takes_its_number, puts_it_among_plain_numbers, lambda x: np.float64(x) * 2]
)
def test_a_plain_number_asked_for_in_a_traced_function_is_told_with_what_to_write(function: Any) -> None:
    with pytest.raises(
        Refused, match=r"a plain number is asked for.*: leave float\(\) out, .*x\.data"
    ) as told:
        trace(function, x=2.0)
    assert "nodegraph.trace" not in str(told.value)
    assert "math.exp" not in str(told.value)


@pytest.mark.parametrize(
    ("function", "library"),
    [
        (lambda x: np.interp(x, [0, 1], [0, 2]), "numpy.interp"),
        (lambda x: np.random.normal(x, 1.0), "numpy.random.normal"),
        (lambda x: NormalDist().cdf(x), "statistics.cdf"),
        (lambda x: np.cov([x, 2 * x], [x, 1])[0, 1], "numpy.cov"),
        (lambda x: np.round(np.array([x]))[0], "numpy.round"),
        (lambda x: np.linalg.det([[x, 1.0], [1.0, 2.0]]), "numpy.linalg.det"),
    ],
)
def test_a_function_of_a_library_is_told_by_its_name_and_the_line_that_calls_it(
    function: Any, library: str
) -> None:
    line = function.__code__.co_firstlineno
    said = rf"^test_trace\.py, line {line}, in <lambda>: {library} .*: compose it of operations, or hand it"
    with pytest.raises(Refused, match=said):
        trace(function, x=2.0)


def test_a_mistake_in_a_call_of_a_library_keeps_its_words_and_has_the_program_s_line() -> None:
    with pytest.raises(
        Refused, match=r"^test_trace\.py, line \d+, in <lambda>: axis 3 is out of bounds .*\.$"
    ):
        trace(lambda x: np.mean([x, x], axis=3), x=2.0)


def test_the_line_is_that_of_a_helper_of_the_program_where_the_mistake_is_there() -> None:
    line = takes_its_number.__code__.co_firstlineno + 1
    with pytest.raises(Refused, match=rf"^test_trace\.py, line {line}, in <lambda>: "):
        trace(lambda x: takes_its_number(x) + 1, x=2.0)


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda x: round(x, 1) * x, "round"),
        (lambda x: int(x) * x, "int"),
        (lambda x: x // 2, "x // y"),
        (lambda x: 7 % x, "x % y"),
        (lambda x: divmod(x, 2)[0] * x, "divmod"),
        (lambda x: math.floor(x) * x, r"math\.floor"),
        (lambda x: math.ceil(x) * x, r"math\.ceil"),
        (lambda x: math.trunc(x) * x, r"math\.trunc"),
        (lambda x: np.floor(np.array([x]))[0] * x, r"(math\.)?floor"),  # numpy 2.0 asks Python for it
    ],
)
def test_what_rounds_a_value_is_refused_with_what_to_write(function: Any, name: str) -> None:
    with pytest.raises(
        Refused, match=rf": {name} is no operation of the catalogue, .*: compose it .*x\.data"
    ):
        trace(function, x=2.5)


def test_a_value_is_printed_in_a_form_for_numbers() -> None:
    assert (f"{Value(2.5):.2f}", f"{Value(2.5):>5}") == ("2.50", "  2.5")
    assert f"{Value(2.5)}" == "Value(data=2.5, grad=0)"


@pytest.mark.parametrize(
    "function", [np.std, np.var, lambda x: np.array(x).std(ddof=1), lambda x: np.mean(x) * np.var(x)]
)
def test_numpy_s_mean_and_spread_of_a_list_are_recorded(function: Any) -> None:
    given = [2.0, 5.0, 3.5]
    graph = trace(lambda x: function(x), x=given)
    assert ng.run(graph).values["L"] == pytest.approx(function(given), rel=1e-14)


@pytest.mark.parametrize("name", ["log1p", "expm1", "sinh"])
@pytest.mark.parametrize("x", [1e-300, 1e-17, 1e-12, 3e-8, 1e-3, 0.5, 2.0, 0.0, -1e-17, -1e-12, -0.5])
def test_functions_that_keep_digits_near_0_keep_them_as_a_graph(name: str, x: float) -> None:
    graph = trace(lambda x: getattr(math, name)(x), x=x)
    run = ng.run(graph)
    slope = {"log1p": 1 / (1 + x), "expm1": math.exp(x), "sinh": math.cosh(x)}[name]
    assert run.values[run.output or ""] == pytest.approx(getattr(math, name)(x), rel=1e-9, abs=0.0)
    assert run.gradients["x"] == pytest.approx(slope, rel=1e-9)


@pytest.mark.parametrize("name", ["log1p", "expm1", "sinh"])
@pytest.mark.parametrize("x", [5e-324, -1e-310, math.nan])
def test_for_the_smallest_numbers_and_for_none_they_have_the_slope_of_their_formula(
    name: str, x: float
) -> None:
    value = ng.Value(x)
    getattr(value, name)().backward()
    assert value.grad == pytest.approx(1 + 0 * x, nan_ok=True)


def test_where_no_digits_are_lost_the_known_formula_is_recorded() -> None:
    assert to_text(trace(lambda x: np.log1p(x), x=0.05)) == "e = x + 1\nL = log(e)"
    assert to_text(trace(lambda x: np.expm1(x), x=-2.0)) == "e = exp(x)\nL = e - 1"


def spread_out(w: Any, *xs: Any, k: float = 3.0) -> Any:
    return w * xs[0] * xs[1] ** 2 * k


def by_place(a: Any = 1.0, b: Any = 2.0, /) -> Any:
    return a * b * b


def test_lists_stand_for_what_a_function_takes_any_number_of() -> None:
    graph = trace(spread_out, w=2.0, xs=[3.0, 5.0])
    found = ng.run(graph)
    assert found.values[graph.output or ""] == 450.0
    slopes = {node.name: found.gradients[node.id] for node in graph.nodes() if node.op == "input"}
    assert slopes == {"w": 225.0, "xs0": 150.0, "xs1": 180.0}


def test_inputs_that_are_taken_by_place_alone_have_names_too() -> None:
    graph = trace(by_place, a=2.0, b=3.0)
    assert ng.run(graph).gradients[(graph.named("b") or graph.nodes()[0]).id] == 12.0
    with pytest.raises(Refused, match="by_place"):  # b would be taken for a
        trace(by_place, b=3.0)
