"""The catalogue: every rule against numbers, the conventions, and the edges of floating point."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from nodegraph.core.operations import formula, formula_reader
from nodegraph.core.operations.catalogue import (
    ARITIES,
    NOTATIONS,
    OPERATIONS,
    VALUE_FUNCTIONS,
    Operation,
    groups,
    rule_tree,
    similar,
)
from tests.core.oracle import SLOPE, VALUE

COMPUTED = [operation for operation in OPERATIONS.values() if not operation.is_leaf]
CONTRACT = (
    *(
        "input",
        "constant",
        "add",
        "subtract",
        "multiply",
        "divide",
        "negate",
        "power",
        "reciprocal",
        "square",
    ),
    *("sqrt", "exp", "log", "sin", "cos", "tan", "tanh", "sigmoid", "relu", "leaky_relu", "softplus"),
    *("abs", "max", "min", "mean"),
)


SAMPLES = [(operation.name, place) for operation in COMPUTED for place in operation.samples]


def at(name: str, *inputs: float) -> tuple[float, list[float]]:
    """The value and the local derivatives of an operation at one place."""
    operation = OPERATIONS[name]
    column = np.array(inputs, dtype=float)[:, None]
    with np.errstate(all="ignore"):
        result = operation.value(column)
        slopes = operation.local_derivatives(column, result)
    return float(result[0]), [float(slope) for slope in slopes[:, 0]]


def value_at(name: str, *inputs: float) -> float:
    return at(name, *inputs)[0]


def test_the_catalogue_holds_the_operations_of_the_contract() -> None:
    assert set(OPERATIONS) == set(CONTRACT)
    assert {name for name, op in OPERATIONS.items() if op.is_variadic} == {
        "add",
        "multiply",
        "max",
        "min",
        "mean",
    }


@pytest.mark.parametrize("operation", COMPUTED, ids=lambda op: op.name)
def test_every_operation_is_described_and_has_places_to_test_it(operation: Operation) -> None:
    assert operation.title
    assert operation.symbol
    assert operation.doc.endswith(".")
    assert operation.source
    assert operation.notation is not None
    assert len(operation.samples) >= 2
    assert all(len(place) >= operation.least for place in operation.samples)


@pytest.mark.parametrize(("name", "place"), SAMPLES)
def test_local_derivatives_are_central_differences_at_the_samples(
    name: str, place: tuple[float, ...]
) -> None:
    _, slopes = at(name, *place)
    for port, slope in enumerate(slopes):
        step = 1e-5 * max(1.0, abs(place[port]))

        def moved(by: float, port: int = port) -> float:
            return value_at(name, *(x + by * (p == port) for p, x in enumerate(place)))

        near, far = (
            (moved(step) - moved(-step)) / (2 * step),
            (moved(2 * step) - moved(-2 * step)) / (4 * step),
        )
        assert slope == pytest.approx((4 * near - far) / 3, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize(("name", "place"), SAMPLES)
def test_the_rule_shown_to_people_gives_the_number_that_is_computed(
    name: str, place: tuple[float, ...]
) -> None:
    value, slopes = at(name, *place)
    names = {f"x{port}": np.float64(x) for port, x in enumerate(place)} | {"y": np.float64(value)}
    ties = name in ("max", "min") and place.count(value) > 1
    for port, slope in enumerate(slopes):
        shown = float(formula.evaluate(rule_tree(name, port, len(place)), names, VALUE_FUNCTIONS))
        assert ties or shown == pytest.approx(slope, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(("name", "place"), SAMPLES)
def test_values_and_slopes_agree_with_a_second_engine(name: str, place: tuple[float, ...]) -> None:
    value, slopes = at(name, *place)
    assert value == pytest.approx(VALUE[name](place), rel=1e-14, abs=1e-15)
    for port, slope in enumerate(slopes):
        assert slope == pytest.approx(SLOPE[name](place, port), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("operation", [op for op in COMPUTED if op.definition], ids=lambda op: op.name)
def test_the_definition_gives_the_value(operation: Operation) -> None:
    tree = formula_reader.Reader(operation.definition, ARITIES).statements()[0].tree
    for place in operation.samples:
        names = {f"x{port}": np.float64(x) for port, x in enumerate(place)}
        shown = float(formula.evaluate(tree, names, VALUE_FUNCTIONS))
        assert shown == pytest.approx(value_at(operation.name, *place), rel=1e-14)


@pytest.mark.parametrize("operation", COMPUTED, ids=lambda op: op.name)
def test_many_places_at_once_give_the_same_as_one_by_one(operation: Operation) -> None:
    places = [place for place in operation.samples if len(place) == len(operation.samples[0])]
    table = np.array(places, dtype=float).T
    values = operation.value(table)
    slopes = operation.local_derivatives(table, values)
    assert (values.shape, slopes.shape) == ((len(places),), table.shape)
    for column, place in enumerate(places):
        assert (values[column], list(slopes[:, column])) == at(operation.name, *place)


# --- conventions
@pytest.mark.parametrize(
    ("name", "inputs", "slopes"),
    [
        ("relu", (0.0,), [0]),
        ("relu", (-0.0,), [0]),
        ("abs", (0.0,), [0]),
        ("abs", (-0.0,), [0]),
        ("leaky_relu", (-1.0,), [0.01]),
        ("leaky_relu", (0.0,), [0.01]),
        ("max", (2.0, 2.0), [0.5, 0.5]),
        ("max", (2.0, 1.0, 2.0), [0.5, 0, 0.5]),
        ("min", (1.0, 1.0, 1.0, 5.0), [1 / 3, 1 / 3, 1 / 3, 0]),
        ("max", (0.0, -0.0), [0.5, 0.5]),
        ("mean", (1.0, 2.0, 3.0, 4.0), [0.25] * 4),
        ("multiply", (0.0, 0.0, 5.0), [0, 0, 0]),
        ("multiply", (0.0, 3.0, 5.0), [15, 0, 0]),
    ],
)
def test_conventions_at_kinks_ties_and_zeros(
    name: str, inputs: tuple[float, ...], slopes: list[float]
) -> None:
    assert at(name, *inputs)[1] == slopes


# --- no cancellation
@pytest.mark.parametrize(
    ("name", "x", "value", "slope"),
    [
        ("sigmoid", 40.0, 1.0, 4.248354255291589e-18),
        ("sigmoid", -40.0, 4.248354255291589e-18, 4.248354255291589e-18),
        ("sigmoid", 700.0, 1.0, 9.859676543759771e-305),
        ("sigmoid", -700.0, 9.859676543759771e-305, 9.859676543759771e-305),
        ("sigmoid", 0.0, 0.5, 0.25),
        ("tanh", 20.0, 1.0, 1.699341702116633e-17),
        ("tanh", -20.0, -1.0, 1.699341702116633e-17),
        ("tanh", 0.0, 0.0, 1.0),
        ("softplus", 40.0, 40.0, 1.0),
        ("softplus", 1000.0, 1000.0, 1.0),
        ("softplus", -40.0, 4.248354255291589e-18, 4.248354255291589e-18),
        ("softplus", -700.0, 9.859676543759771e-305, 9.859676543759771e-305),
        ("relu", 1e308, 1e308, 1.0),
    ],
)
def test_saturated_slopes_keep_their_digits(name: str, x: float, value: float, slope: float) -> None:
    got, slopes = at(name, x)
    assert got == pytest.approx(value, rel=1e-12, abs=0)
    assert slopes[0] == pytest.approx(slope, rel=1e-12, abs=0)


@pytest.mark.parametrize("x", [1000.0, math.inf])
def test_squashing_functions_have_slope_zero_far_out(x: float) -> None:
    assert at("sigmoid", x) == (1.0, [0.0])
    assert at("sigmoid", -x) == (0.0, [0.0])
    assert at("tanh", x) == (1.0, [0.0])
    assert at("tanh", -x) == (-1.0, [0.0])


def test_dividing_by_the_very_small_and_the_very_large_keeps_the_slope() -> None:
    """-x0/x1**2 would be -∞ and 0 here, since the square leaves the range of the numbers."""
    assert at("divide", 1e-200, 1e-200)[1][1] == pytest.approx(-1e200)
    assert at("divide", 1e300, 1e200)[1][1] == pytest.approx(-1e-100)


# --- power
@pytest.mark.parametrize(
    ("base", "exponent", "value", "slopes"),
    [
        (0.0, 0.0, 1.0, [0.0, -math.inf]),
        (0.0, 2.0, 0.0, [0.0, 0.0]),
        (0.0, 1.0, 0.0, [1.0, 0.0]),
        (0.0, 0.5, 0.0, [math.inf, 0.0]),
        (5.0, 0.0, 1.0, [0.0, math.log(5)]),
        (1.0, 7.0, 1.0, [7.0, 0.0]),
        (2.0, -1.0, 0.5, [-0.25, 0.5 * math.log(2)]),
        (2.0, math.inf, math.inf, [math.inf, math.inf]),
        (math.inf, 2.0, math.inf, [math.inf, math.inf]),
    ],
)
def test_powers_at_the_edges(base: float, exponent: float, value: float, slopes: list[float]) -> None:
    got, found = at("power", base, exponent)
    assert got == value
    assert found == pytest.approx(slopes, rel=1e-14)


def test_a_negative_base_has_a_slope_by_the_base_where_the_exponent_is_whole() -> None:
    value, (by_base, by_exponent) = at("power", -2.0, 3.0)
    assert (value, by_base) == (-8, 12)
    assert math.isnan(by_exponent)


@pytest.mark.parametrize("name", sorted(op.name for op in COMPUTED))
def test_nan_gives_nan_and_never_an_exception(name: str) -> None:
    operation = OPERATIONS[name]
    value, slopes = at(name, *([math.nan] * operation.least))
    assert math.isnan(value)
    rules = {"add": 1, "subtract": (1, -1), "negate": -1, "mean": 0.5}
    assert slopes == pytest.approx(np.broadcast_to(rules.get(name, math.nan), len(slopes)), nan_ok=True)


@pytest.mark.parametrize(
    ("name", "inputs", "expected"),
    [
        ("log", (-1.0,), [-1]),
        ("sqrt", (-4.0,), [math.nan]),
        ("power", (-8.0, 1 / 3), [math.nan, math.nan]),
        ("power", (math.nan, 0.0), [0, math.nan]),
        ("divide", (0.0, 0.0), [math.inf, math.nan]),
        ("divide", (math.nan, 4.0), [0.25, math.nan]),
        ("multiply", (math.nan, 3.0), [3, math.nan]),
        ("multiply", (math.nan, 3.0, 2.0), [6, math.nan, math.nan]),
        ("add", (math.inf, -math.inf), [1, 1]),
        ("subtract", (math.nan, 1.0), [1, -1]),
        ("mean", (math.nan, 1.0, 2.0, 3.0), [0.25] * 4),
        ("sin", (math.inf,), [math.nan]),
        ("relu", (math.nan,), [math.nan]),
        ("abs", (math.nan,), [math.nan]),
        ("max", (math.nan, 1.0), [math.nan, math.nan]),
    ],
)
def test_the_rule_decides_about_a_slope_where_the_value_is_nan(
    name: str, inputs: tuple[float, ...], expected: list[float]
) -> None:
    _, slopes = at(name, *inputs)
    assert slopes == pytest.approx(expected, nan_ok=True)


def ulps_off(found: float, true: Decimal) -> float:
    """How many units in the last place a number is off."""
    return abs(float((Decimal(found) - true) / Decimal(math.ulp(float(true)))))


@pytest.mark.parametrize("exponent", [0.3, 1.1, -2.7, 7.3, 1 / 3, -0.9, 2.0])
@pytest.mark.parametrize("base", [1e20, 1e-20, 3.7e150 ** (1 / 9), 0.1, 1e-300, 12.5])
def test_a_power_has_exact_slopes_however_large_its_base(base: float, exponent: float) -> None:
    with localcontext() as context:
        context.prec = 60
        log = Decimal(base).ln()
        power = (Decimal(exponent) * log).exp()
        by_base, by_exponent = Decimal(exponent) * power / Decimal(base), power * log
        _, slopes = at("power", base, exponent)
        for found, true in zip(slopes, (by_base, by_exponent), strict=True):
            if Decimal("1e-300") < abs(true) < Decimal("1e300"):
                assert ulps_off(found, true) < 4


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [(1e155, 2.0, 2e155), (-1e155, 2.0, -2e155), (1e-200, 2.0, 2e-200), (1e-310, 1e-10, 1e300)],
)
def test_a_power_that_leaves_the_numbers_keeps_the_slope_that_does_not(
    base: float, exponent: float, expected: float
) -> None:
    assert at("power", base, exponent)[1][0] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (40.0, 40.0**40, math.inf),
        (40.0, -(2.0**60), -0.0),
        (0.01, -(2.0**60), -math.inf),
        (0.01, 2.0**60, 0.0),
        (-40.0, 2.0**60, -math.inf),
        (5e-324, 2.0**60, 0.0),
        (1e308, 2.0**60, math.inf),
    ],
)
def test_an_exponent_that_swallows_its_1_leaves_the_slope_its_sign(
    base: float, exponent: float, expected: float
) -> None:
    slope = at("power", base, exponent)[1][0]
    assert slope == expected
    assert math.copysign(1.0, slope) == math.copysign(1.0, expected)


@pytest.mark.parametrize(
    ("inputs", "value"),
    [
        ((1e200, 1e200, 1e-200, 1e-200), 1.0),
        ((1e-200, 1e-200, 1e200, 1e200), 1.0),
        ((1e-160, -1e-155, 1e300), -1e-15),
        ((1e308, 1e308, 0.0), 0.0),
        ((1e-300, 1e-300, 3.0), 0.0),
        ((1e300, 1e300, -3.0), -math.inf),
        ((math.inf, 1e-300, 1e-300), math.inf),
    ],
)
def test_a_product_does_not_overflow_or_underflow_on_the_way(inputs: tuple[float, ...], value: float) -> None:
    assert value_at("multiply", *inputs) == pytest.approx(value, rel=1e-15)


def test_neither_do_the_slopes_of_a_product() -> None:
    inputs = (1e200, 1e200, 5.0, 1e-200, 1e-200)
    assert at("multiply", *inputs)[1] == pytest.approx([5e-200, 5e-200, 1, 5e200, 5e200], rel=1e-15)
    assert at("multiply", 0.0, 1e200, 1e200, 1e-300)[1] == pytest.approx([1e100, 0, 0, 0], rel=1e-15)
    assert at("multiply", 0.0, 0.0, 2.0)[1] == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "inputs", "value"),
    [
        ("mean", (1.7e308, 1.7e308), 1.7e308),
        ("mean", (1.7e308, 1.7e308, -1.7e308), 1.7e308 / 3),
        ("mean", (-1.5e308,) * 9, -1.5e308),
        ("add", (1.7e308, 1.7e308, -1.7e308), 1.7e308),
        ("add", (1.7e308, 1.7e308), math.inf),
        ("mean", (math.inf, 1.0), math.inf),
    ],
)
def test_a_sum_does_not_overflow_on_the_way(name: str, inputs: tuple[float, ...], value: float) -> None:
    assert value_at(name, *inputs) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(("name", "value"), [("sqrt", 0.0), ("log", -math.inf)])
def test_a_negative_zero_lies_at_the_edge_of_the_domain_and_not_beyond(name: str, value: float) -> None:
    assert at(name, -0.0) == (value, [math.inf])
    assert math.copysign(1.0, value_at("sqrt", -0.0)) == 1.0


def test_the_slope_of_a_reciprocal_is_exact_where_the_square_overflows() -> None:
    assert at("reciprocal", 1e155)[1][0] == pytest.approx(-1e-310, rel=1e-12)
    assert at("reciprocal", -0.0) == (-math.inf, [-math.inf])


@pytest.mark.parametrize(
    ("name", "inputs", "value"),
    [
        ("log", (0.0,), -math.inf),
        ("divide", (1.0, 0.0), math.inf),
        ("reciprocal", (0.0,), math.inf),
        ("exp", (710.0,), math.inf),
        ("power", (0.0, -1.0), math.inf),
        ("multiply", (1e200, 1e200), math.inf),
    ],
)
def test_what_grows_too_large_becomes_infinite(name: str, inputs: tuple[float, ...], value: float) -> None:
    assert value_at(name, *inputs) == value


# --- looking things up
def test_the_palette_shows_every_operation_once() -> None:
    shown = [operation.name for group in groups().values() for operation in group]
    assert sorted(shown) == sorted(OPERATIONS)


@pytest.mark.parametrize(("typed", "meant"), [("sigmiod", "sigmoid"), ("mutliply", "multiply"), ("qqqq", "")])
def test_a_mistyped_name_finds_its_neighbour(typed: str, meant: str) -> None:
    assert similar(typed) == meant


def test_every_operation_with_inputs_can_be_written() -> None:
    assert set(NOTATIONS) == set(ARITIES) == {operation.name for operation in COMPUTED}
