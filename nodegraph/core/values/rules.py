"""Rules: how each operation is computed on plain numbers, and what it hands back to its inputs.

In Python's own arithmetic, number by number, so that a recorded program gives the bits that it would give
without being recorded. Knows values by their `data` and `grad` alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pickle import PicklingError
from typing import Any, Protocol

from nodegraph.core.operations.catalogue import LEAKY_SLOPE

Function = Callable[[float], float]


class Recorded(Protocol):
    """What a rule needs to know of a recorded value: `_a` and `_b` are its inputs, where it has them."""

    data: Any
    grad: Any
    _a: Any
    _b: Any


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """An operation of the catalogue by name, or "" for one that it does not have; the sign that micrograd
    writes for it; what adds to the gradients of a value's inputs, and what computes it from their numbers.
    """

    op: str
    sign: str
    hand_back: Callable[[Any], None]
    value: Callable[..., Any] = field(default=lambda *numbers: numbers[0])

    def __deepcopy__(self, known: object) -> Rule:
        return self

    def __reduce__(self) -> tuple[Callable[[str], Rule], tuple[str]]:
        for key, rule in RULES.items():
            if rule is self:
                return rule_called, (key,)
        raise PicklingError(f"“{self.sign}” is an operation of the program's own, which cannot be pickled")


def rule_called(key: str) -> Rule:
    """Returns a rule by its place in `RULES`."""
    return RULES[key]


# --- of two inputs
def _add_back(out: Recorded) -> None:
    out._a.grad += out.grad
    out._b.grad += out.grad


def _multiply_back(out: Recorded) -> None:
    a, b = out._a, out._b
    a.grad += b.data * out.grad
    b.grad += a.data * out.grad


def _raise_back(out: Recorded) -> None:
    """By the base alone: the exponent is a plain number."""
    exponent = out._b.data
    out._a.grad += (exponent * out._a.data ** (exponent - 1)) * out.grad


def _power_back(out: Recorded) -> None:
    base, exponent, grad = out._a.data, out._b.data, out.grad
    out._a.grad += (exponent * power(base, exponent - 1) if exponent else 0.0) * grad
    out._b.grad += (
        out.data * math.log(base) if base > 0 else 0.0 if base == 0 < exponent else math.nan
    ) * grad


def power(base: float, exponent: float) -> Any:
    """Returns base ** exponent; ValueError where that is no real number.

    >>> power(2, 3), power(4.0, -0.5)
    (8, 0.5)
    """
    result = base**exponent
    if isinstance(result, complex):
        raise ValueError(f"{base} ** {exponent} is no real number")
    return result


def inputs_of(out: Recorded) -> Iterator[Any]:
    """Yields the inputs of a value in the order in which they were written, from a chain of pairs too."""
    if out._a is not None:
        yield out._a
    pair = out._b
    while pair is not None:
        if pair._rule is not PAIR:
            yield pair
            return
        yield pair._a
        pair = pair._b


def _share_among_ties(out: Recorded) -> None:
    tied = [value for value in inputs_of(out) if value.data == out.data]
    for value in tied:
        value.grad += 1 / len(tied) * out.grad


def _mean_back(out: Recorded) -> None:
    values = list(inputs_of(out))
    for value in values:
        value.grad += 1 / len(values) * out.grad


def hand_nothing_back(out: Recorded) -> None:
    """Leave all gradients as they are."""


ADD = Rule("add", "+", _add_back, lambda x, y: x + y)
MULTIPLY = Rule("multiply", "*", _multiply_back, lambda x, y: x * y)
RAISE = Rule("power", "**", _raise_back, power)
"""To a plain number."""
POWER = Rule("power", "**", _power_back, power)
"""To another value."""
INPUT = Rule("input", "", hand_nothing_back)
"""A leaf."""
PAIR = Rule("", "", hand_nothing_back)
"""No operation: holds two further inputs of a value that has more."""
CONSTANT = Rule("constant", "", hand_nothing_back)
"""A leaf that nobody made: a plain number in a formula."""
SEVERAL: Mapping[str, Rule] = {
    "max": Rule("max", "max", _share_among_ties, max),
    "min": Rule("min", "min", _share_among_ties, min),
    "mean": Rule("mean", "mean", _mean_back, lambda *numbers: sum(numbers) / len(numbers)),
}


# --- of one input
def sigmoid(x: float) -> float:
    """Returns 1 / (1 + e⁻ˣ) without overflow."""
    small = math.exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1.0 + small)


def _sigmoid_slope(x: float, y: float) -> float:
    small = math.exp(-abs(x))
    return small / ((1.0 + small) * (1.0 + small))


def _tanh_slope(x: float, y: float) -> float:
    if abs(y) < 0.99:
        return 1.0 - y * y
    small = math.exp(-2.0 * abs(x))
    return 4.0 * small / ((1.0 + small) * (1.0 + small))


def softplus(x: float) -> float:
    """Returns ln(1 + eˣ) without overflow."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _relu(x: float) -> float:
    return 0 if x < 0 else x


def _of_one(op: str, sign: str, value: Function, slope: Callable[[float, float], float]) -> Rule:
    def hand_back(out: Recorded) -> None:
        out._a.grad += slope(out._a.data, out.data) * out.grad

    return Rule(op, sign, hand_back, value)


UNARY: Mapping[str, Rule] = {
    rule.op: rule
    for rule in (
        _of_one("relu", "ReLU", _relu, lambda x, y: y > 0),
        _of_one("leaky_relu", "LeakyReLU", lambda x: x if x > 0 else LEAKY_SLOPE * x,
                lambda x, y: 1.0 if x > 0 else LEAKY_SLOPE),
        _of_one("tanh", "tanh", math.tanh, _tanh_slope),
        _of_one("sigmoid", "sigmoid", sigmoid, _sigmoid_slope),
        _of_one("softplus", "softplus", softplus, lambda x, y: sigmoid(x)),
        _of_one("exp", "exp", math.exp, lambda x, y: y),
        _of_one("log", "log", math.log, lambda x, y: 1 / x),
        _of_one("sqrt", "sqrt", math.sqrt, lambda x, y: 1 / (2 * y) if y else math.inf),
        _of_one("sin", "sin", math.sin, lambda x, y: math.cos(x)),
        _of_one("cos", "cos", math.cos, lambda x, y: -math.sin(x)),
        _of_one("tan", "tan", math.tan, lambda x, y: 1 + y * y),
        _of_one("abs", "abs", abs, lambda x, y: (x > 0) - (x < 0)),
        _of_one("square", "**2", lambda x: x * x, lambda x, y: 2 * x),
        _of_one("reciprocal", "**-1", lambda x: 1 / x, lambda x, y: -(y * y)),
    )
}  # fmt: skip
"""The functions of one number, by their names in the catalogue."""
RULES: Mapping[str, Rule] = {
    "add": ADD,
    "multiply": MULTIPLY,
    "raise": RAISE,
    "power": POWER,
    "pair": PAIR,
    "constant": CONSTANT,
    "input": INPUT,
    **SEVERAL,
    **UNARY,
}
"""All of them."""
