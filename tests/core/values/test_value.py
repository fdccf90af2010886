"""`Value`: a number that remembers how it was computed."""

from __future__ import annotations

import copy
import gc
import math
import pickle
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nodegraph.core.errors import Refused
from nodegraph.core.kernels import kernels
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.values.value import Value
from nodegraph.formats.disk import compiled

WIDTH = 1e-6


def slope(function: Callable[..., float], point: list[float], place: int) -> float:
    """The slope by one input, from two more values."""
    up, down = list(point), list(point)
    up[place] += WIDTH
    down[place] -= WIDTH
    return (function(*up) - function(*down)) / (2 * WIDTH)


ARITHMETIC: list[Callable[..., object]] = [
    lambda a, b: a + b,
    lambda a, b: a + 3,
    lambda a, b: 3 + a,
    lambda a, b: a - b,
    lambda a, b: a - 3,
    lambda a, b: 3 - a,
    lambda a, b: a * b,
    lambda a, b: 2.5 * a,
    lambda a, b: a / b,
    lambda a, b: a / 4,
    lambda a, b: 4 / a,
    lambda a, b: a**3,
    lambda a, b: a**-0.5,
    lambda a, b: a**b,
    lambda a, b: 2**b,
    lambda a, b: -a,
    lambda a, b: +a,
    lambda a, b: abs(-a),
    lambda a, b: a * a * b - a / (b + 1),
    lambda a, b: sum([a, b, a]),
]


@pytest.mark.parametrize("formula", ARITHMETIC, ids=range(len(ARITHMETIC)))
def test_arithmetic_is_that_of_plain_numbers_and_has_its_slopes(formula: Callable[..., object]) -> None:
    a, b = Value(1.7), Value(0.6)
    result = formula(a, b)
    assert isinstance(result, Value)
    assert result.data == pytest.approx(formula(1.7, 0.6), rel=1e-15)
    result.backward()
    assert a.grad == pytest.approx(slope(formula, [1.7, 0.6], 0), rel=1e-6, abs=1e-8)  # type: ignore[arg-type]
    assert b.grad == pytest.approx(slope(formula, [1.7, 0.6], 1), rel=1e-6, abs=1e-8)  # type: ignore[arg-type]


def test_every_function_of_the_catalogue_is_a_method_with_its_value_and_slopes() -> None:
    operators = {"input", "constant", "add", "subtract", "multiply", "divide", "negate", "power"}
    for name, operation in OPERATIONS.items():
        for sample in operation.samples if name not in operators else ():
            values = [Value(number) for number in sample]
            result = getattr(values[0], name)(*values[1:])
            inputs = [[number] for number in sample]
            expected = operation.value(np.array(inputs))
            assert result.data == pytest.approx(expected[0], rel=1e-13), name
            result.backward()
            slopes = operation.local_derivatives(np.array(inputs), expected)[:, 0]
            assert [value.grad for value in values] == pytest.approx(list(slopes), rel=1e-12), name


def test_in_place_operators_leave_what_was_there_before() -> None:
    a = Value(2.0)
    c = a
    c += 1
    c *= a
    c -= 1
    c /= 2
    c **= 2
    assert (a.data, c.data) == (2.0, 6.25)


def test_gradients_add_up_over_passes_and_start_anew_where_they_are_set_to_nought() -> None:
    a = Value(3.0)
    y = a * a
    y.backward()
    y.backward()
    assert a.grad == 12.0
    a.grad = 0
    (a * a).backward()
    assert a.grad == 6.0


def test_a_value_that_is_not_a_result_may_go_backward_too() -> None:
    a = Value(3)
    a.backward()
    assert a.grad == 1
    assert repr(a) == "Value(data=3, grad=1)"


def test_whole_numbers_stay_whole() -> None:
    assert repr(Value(2) * 3 - 1) == "Value(data=5, grad=0)"


def test_a_deep_chain_needs_no_deep_stack_and_leaves_no_rest() -> None:
    a = Value(1.0)
    x = a
    for _ in range(200_000):
        x = x + a
    x.backward()
    assert a.grad == 200_001


def test_what_is_read_of_a_graph_is_what_micrograd_shows() -> None:
    a, b = Value(2.0, label="a"), Value(3.0)
    total = a + b
    product = total * 2
    assert total._prev == {a, b}
    assert total._op == "+"
    assert [child.data for child in product._prev if child is not total] == [2]
    assert (a**2)._op == "**2"
    assert (a**2)._prev == {a}
    assert (a * a)._prev == {a}
    assert a.relu()._op == "ReLU"
    assert a.tanh()._op == "tanh"
    assert (a._op, a._prev, a.label, total.label) == ("", set(), "a", "")
    total.label = "s"
    assert total.label == "s"
    assert (a - b)._op == "+"
    assert (a / b)._op == "*"


def test_one_step_by_hand_goes_as_in_the_lecture() -> None:
    a, b = Value(2.0), Value(-3.0)
    e = a * b
    L = e + 10.0
    L.grad = 1.0
    L._backward()
    e._backward()
    assert (e.grad, a.grad, b.grad) == (1.0, -3.0, 2.0)


def test_an_operation_of_the_program_s_own_takes_part() -> None:
    def cube(x: Value) -> Value:
        out = Value(x.data**3, (x,), "cube")

        def hand_back() -> None:
            x.grad += 3 * x.data**2 * out.grad

        out._backward = hand_back
        return out

    a = Value(2.0)
    y = cube(a) + a
    y.backward()
    assert a.grad == 13.0
    with pytest.raises(Refused, match="“cube” is an operation of the program's own"):
        y.forward()


def test_an_operation_that_the_catalogue_knows_by_its_sign_is_computed_anew() -> None:
    a = Value(0.5)
    t = Value(math.tanh(0.5), (a,), "tanh")
    a.data = 1.0
    assert t.forward().data == math.tanh(1.0)
    pretended = Value(3.0, (a,), "tanh")
    with pytest.raises(Refused, match="“tanh” is an operation of the program's own, or gives another number"):
        pretended.forward()


def test_comparisons_are_of_numbers_and_equality_is_of_identity() -> None:
    a, b = Value(1.0), Value(2.0)
    assert a < b
    assert a <= 1
    assert b > a
    assert b >= 2
    assert max(a, 3.0) == 3.0
    assert max(a, b) is b
    assert a != Value(1.0)
    assert len({a, b, a}) == 2


@pytest.mark.parametrize("wrong", ["2", None, [1.0], 2j, object()])
def test_what_is_no_real_number_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="a Value holds one real number, not"):
        Value(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Value(1.0) + wrong  # type: ignore[operator]


def test_errors_of_arithmetic_come_where_they_arise() -> None:
    with pytest.raises(ZeroDivisionError):
        Value(1.0) / Value(0.0)
    with pytest.raises(ValueError, match="is no real number"):
        Value(-8.0) ** 0.5
    with pytest.raises(ValueError, match=r"math domain error|positive input"):
        Value(-1.0).log()
    with pytest.raises(TypeError, match="two or more"):
        Value(1.0).max()
    with pytest.raises(TypeError, match="not str"):
        Value(1.0).max("a")


def test_python_s_math_says_what_to_write_instead() -> None:
    with pytest.raises(TypeError, match=r"write x\.exp\(\) for math\.exp\(x\), and .* for math\.hypot"):
        math.exp(Value(1.0))


def test_numpy_takes_values_and_values_take_arrays() -> None:
    a, b = Value(1.0), Value(2.0)
    assert np.exp(a).data == math.e
    assert (np.array([a, b]) @ np.array([a, b])).data == 5.0
    assert [one.data for one in a * np.array([1.0, 2.0])] == [1.0, 2.0]
    assert (np.float64(2.0) * b).data == 4.0
    assert type(Value(np.float32(0.5)).data) is float


CHOICES: list[tuple[Callable[..., Any], str]] = [
    (lambda v: np.maximum(0, v), "max"),
    (lambda v: np.maximum(v, 0.0), "max"),
    (lambda v: np.fmax(v, np.float64(3)), "max"),
    (lambda v: np.minimum(v, 0), "min"),
    (lambda v: np.fmin(1, v), "min"),
    (lambda v: np.clip(v, -1, 1), "min"),
    (lambda v: np.clip(v, -1, None), "max"),
    (lambda v: np.clip(0.5, v, 4), "min"),
]


@pytest.mark.parametrize(("choice", "op"), CHOICES, ids=range(len(CHOICES)))
@pytest.mark.parametrize("number", [-2.0, 0.25, 2.0])
def test_what_numpy_chooses_by_the_numbers_is_recorded(
    choice: Callable[..., Any], op: str, number: float
) -> None:
    v = Value(number)
    result = choice(v)
    assert isinstance(result, Value)
    assert (result._op, result.data) == (op, choice(number))
    result.backward()
    assert v.grad == pytest.approx(slope(choice, [number], 0))


@pytest.mark.parametrize("choice", [np.maximum, np.minimum, np.fmax, np.fmin])
@pytest.mark.parametrize(("x", "y"), [(0.5, math.nan), (math.nan, 0.5), (math.nan, math.nan)])
def test_numpy_s_choices_treat_nan_of_a_value_as_of_a_number(
    choice: Callable[..., Any], x: float, y: float
) -> None:
    for given in ((Value(x), y), (x, Value(y)), (Value(x), Value(y))):
        assert choice(*given).data == pytest.approx(choice(x, y), nan_ok=True)
    (of_numpy,) = choice(Value(x), np.array([np.float64(y)], dtype=object))
    assert of_numpy.data == pytest.approx(choice(x, y), nan_ok=True)


@pytest.mark.parametrize("given", [(math.nan, 0, 1), (0.5, math.nan, 1), (0.5, 0, math.nan)])
def test_clip_passes_nan_on(given: tuple[float, float, float]) -> None:
    x, least, most = given
    for values in ((Value(x), least, most), (x, Value(least), most), (x, least, Value(most))):
        assert math.isnan(np.clip(*values).data)


def test_numpy_chooses_between_a_value_and_each_number_of_an_array() -> None:
    v = Value(1.5)
    larger = np.maximum(np.array([1.0, 2.0]), v)
    assert [(one._op, one.data) for one in larger] == [("max", 1.5), ("max", 2.0)]
    assert [one.data for one in np.add.outer(np.array([1.0, 2.0]), v)] == [2.5, 3.5]


def test_the_signs_of_an_array_of_values_are_plain_numbers_as_the_guide_says() -> None:
    signs = np.sign(np.array([Value(2.0), Value(-3.0)]))
    assert signs.tolist() == [1, -1]
    assert not any(isinstance(one, Value) for one in signs)


@pytest.mark.parametrize("name", ["sign", "floor", "ceil", "trunc", "arctan", "heaviside", "hypot", "isnan"])
def test_a_function_of_numpy_that_is_no_operation_says_what_to_write(name: str) -> None:
    function = getattr(np, name)
    with pytest.raises(TypeError, match=rf"{name} is no operation .* hand numpy\.{name} the number x\.data"):
        function(*[Value(2.0)] * function.nin)


def test_a_mistake_in_what_numpy_is_handed_is_told_as_it_is() -> None:
    with pytest.raises(TypeError, match="not str"):
        np.maximum(Value(2.0), np.array("a", dtype=object))
    with pytest.raises(ValueError, match="broadcast"):
        np.add(Value(2.0) * np.ones(2), Value(2.0) * np.ones(3))


def test_values_are_copied_and_pickled() -> None:
    a = Value(2.0, label="a")
    y = a * a
    for again in (copy.deepcopy(y), pickle.loads(pickle.dumps(y))):
        again.backward()
        (child,) = again._prev
        assert (child.label, child.grad) == ("a", 4.0)
    assert a.grad == 0


def test_what_an_iteration_made_goes_with_it() -> None:
    weights = [Value(0.1 * place) for place in range(50)]
    inputs = [Value(1.0) for _ in range(50)]
    gc.collect()
    gc.disable()
    try:
        counts, gone = [], []
        for _ in range(5):
            loss = sum((w * x for w, x in zip(weights, inputs, strict=True)), Value(0.0)).tanh()
            loss.backward()
            loss.forward()
            gone.append(weakref.ref(loss))
            for weight in weights:
                weight.data -= 0.01 * weight.grad
                weight.grad = 0
            counts.append(sum(isinstance(one, Value) for one in gc.get_objects()))
        assert len(set(counts[1:])) == 1
        assert [one() is None for one in gone] == [True] * 4 + [False]
    finally:
        gc.enable()


def network(weights: list[Value], inputs: list[Value]) -> Value:
    """A formula of some hundred values, with most operations in it."""
    total = Value(0.5)
    for place, weight in enumerate(weights):
        x = inputs[place % len(inputs)]
        total = total + (weight * x + 0.1).tanh() - (weight / (x + 3)).relu() * x.sigmoid()
    several = total.max(total - 1, 0.25) + total.mean(weights[0], weights[1])
    return (several * several).softplus() + weights[2] ** 2 + inputs[0].exp().sqrt()


@pytest.mark.parametrize("by", ["python", "compiled passes"])
def test_computing_anew_gives_what_a_new_formula_gives(by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if by != "python":
        monkeypatch.setattr(kernels, "_loaded", kernels.loaded())  # and back afterwards
        monkeypatch.delenv(compiled.SWITCH, raising=False)
        if compiled.load() is None:
            pytest.skip("numba is not installed, so that nothing is compiled")
    else:
        monkeypatch.setattr(kernels, "wanted", lambda: None)
    weights = [Value(math.sin(place)) for place in range(60)]
    inputs = [Value(math.cos(place)) for place in range(7)]
    loss = network(weights, inputs)
    for leaf in (*weights, *inputs):
        leaf.data *= 1.1
    assert loss.forward() is loss
    loss.backward()
    found = [leaf.grad for leaf in (*weights, *inputs)]
    for leaf in (*weights, *inputs):
        leaf.grad = 0
    new = network(weights, inputs)
    new.backward()
    assert loss.data == pytest.approx(new.data, rel=1e-13)
    assert found == pytest.approx([leaf.grad for leaf in (*weights, *inputs)], rel=1e-11, abs=1e-13)
    assert loss.grad == 1
    loss.backward()
    assert loss._replay.has_arrays is (by != "python")


def test_a_gradient_left_on_a_result_is_handed_on_after_computing_anew_too() -> None:
    a = Value(2.0)
    middle = a * 3
    y = middle * 5
    y.forward()
    middle.grad = 1.0
    y.backward()
    assert (middle.grad, a.grad) == (6.0, 18.0)


@pytest.mark.parametrize("name", ["item", "numpy", "detach", "tolist"])
def test_what_other_libraries_call_the_number_is_told_with_what_it_is_called_here(name: str) -> None:
    assert not hasattr(Value(2.0), name)
    with pytest.raises(AttributeError, match=rf"has no {name}\(\): its number is x\.data"):
        getattr(Value(2.0), name)()


@pytest.mark.parametrize("ask", [range, [1, 2, 3].__getitem__, hex, lambda x: [0] * x, lambda x: "a" * x])
def test_a_whole_number_asked_for_is_told_with_what_to_write(ask: Callable[[Any], object]) -> None:
    with pytest.raises(
        TypeError, match=r"a whole number is asked for.*int\(n\.data\).*default: def f\(x, n=3\)"
    ):
        ask(Value(2.0))


@pytest.mark.parametrize("ask", [float, "%.3f".__mod__, math.exp])
def test_a_plain_number_asked_for_is_told_first_where_the_number_is(ask: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match=r"^a plain number is asked for.*: its number is x\.data; "):
        ask(Value(2.0))


def test_complex_numbers_are_refused_going_back() -> None:
    a = Value(2.0)
    a.data = 1 + 2j
    with pytest.raises(TypeError, match="a graph has no complex numbers"):
        (a * a).backward()
