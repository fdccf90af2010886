"""`Value`: a number that remembers how it was computed, as micrograd's does, method for method.

A formula of values is computed at once, in Python's own arithmetic; what is kept beside each result is what
it was computed from and by which rule. `backward` puts those into one row and goes along it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from numbers import Real
from typing import Any

from nodegraph.core.values import passes
from nodegraph.core.values.composed import Composed
from nodegraph.core.values.known import known_as
from nodegraph.core.values.not_recorded import AS_NUMBERS, IN_A_SET, NotRecorded
from nodegraph.core.values.rules import (
    ADD,
    CONSTANT,
    INPUT,
    MULTIPLY,
    PAIR,
    POWER,
    RAISE,
    SEVERAL,
    UNARY,
    Rule,
    inputs_of,
    power,
)


class Value(Composed, NotRecorded):
    """A number with a gradient.

    `data` is the number and `grad` the gradient of the last value whose `backward` was called, added to what
    was there before: set it to 0 between passes. `label` names it in a graph, see `nodegraph.trace`.

    >>> a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    >>> loss = (a * b + 10).tanh()
    >>> loss.backward()
    >>> round(loss.data, 6), round(a.grad, 6)
    (0.999329, -0.004023)
    """

    __slots__ = ("__weakref__", "_a", "_b", "_label", "_mark", "_replay", "_rule", "data", "grad")

    data: Any
    grad: Any
    _rule: Rule
    _a: Any
    _b: Any
    _mark: object
    _label: str
    _replay: Any

    def __init__(
        self, data: float, _children: tuple[Value, ...] = (), _op: str = "", label: str = ""
    ) -> None:
        self.data = data if data.__class__ is float else _number(data)
        self.grad = 0
        self._label = label
        self._mark = self._a = self._b = None
        self._rule = INPUT
        if isinstance(_children, str):
            raise TypeError(
                f"what follows the number are values it is computed of; write label={_children!r}"
            )
        if _children:
            self._rule = known_as(_op, self.data, [child.data for child in _children])
            _take_inputs(self, tuple(_children))

    # --- as micrograd's users read it
    def __repr__(self) -> str:
        return f"Value(data={self.data}, grad={self.grad})"

    @property
    def label(self) -> str:
        """What it is called in a graph."""
        try:
            return self._label
        except AttributeError:
            return ""

    @label.setter
    def label(self, text: str) -> None:
        self._label = text

    @property
    def _op(self) -> str:
        return f"**{self._b.data}" if self._rule is RAISE else self._rule.sign

    @property
    def _prev(self) -> set[Value]:
        return {self._a} if self._rule is RAISE else set(inputs_of(self))

    @property
    def _backward(self) -> Callable[[], None]:
        rule = self._rule
        return lambda: rule.hand_back(self)

    @_backward.setter
    def _backward(self, hand_back: Callable[[], None]) -> None:
        self._rule = replace(self._rule, hand_back=lambda out: hand_back())

    # --- both passes
    def backward(self) -> None:
        """Add to the gradient of every value that this one was computed from: its own is set to 1.

        The last computed come first, in the order of a depth-first search that takes inputs as they were
        written, which is micrograd's.
        """
        passes.backward(self)

    def forward(self) -> Value:
        """Compute every value that this one was computed from anew, from the leaves as they are now, by the
        engine. Returns the value itself.

        >>> a = Value(3.0)
        >>> square = a * a
        >>> a.data = 5.0
        >>> square.forward()
        Value(data=25.0, grad=0)
        """
        passes.forward(self)
        return self

    # --- arithmetic; what is done with plain numbers and in which order is micrograd's, bit for bit; the two
    # that programs use most have `_made` written out, since a call takes time
    def __add__(self, other: Any) -> Value:
        if other.__class__ is not Value and (other := _operand(other)) is None:
            return NotImplemented
        out = _new(Value)
        out.data = self.data + other.data
        out.grad = 0
        out._rule = ADD
        out._a = self
        out._b = other
        out._mark = None
        return out

    def __mul__(self, other: Any) -> Value:
        if other.__class__ is not Value and (other := _operand(other)) is None:
            return NotImplemented
        out = _new(Value)
        out.data = self.data * other.data
        out.grad = 0
        out._rule = MULTIPLY
        out._a = self
        out._b = other
        out._mark = None
        return out

    def __pow__(self, other: Any) -> Value:
        exponent = _operand(other)
        if exponent is None:
            return NotImplemented
        return _powered(RAISE if exponent._rule is CONSTANT else POWER, self, exponent)

    def __radd__(self, other: Any) -> Value:
        out: Value = self + other
        return out

    def __rmul__(self, other: Any) -> Value:
        out: Value = self * other
        return out

    def __rpow__(self, other: Any) -> Value:
        base = _operand(other)
        return NotImplemented if base is None else _powered(POWER, base, self)

    def __neg__(self) -> Value:
        return self * -1

    def __pos__(self) -> Value:
        return self

    def __sub__(self, other: Any) -> Value:
        out: Value = self + (-other)
        return out

    def __rsub__(self, other: Any) -> Value:
        out: Value = other + (-self)
        return out

    def __truediv__(self, other: Any) -> Value:
        try:
            inverse = other**-1
        except ValueError:  # numpy's whole numbers have no negative powers
            inverse = int(other) ** -1
        out: Value = self * inverse
        return out

    def __rtruediv__(self, other: Any) -> Value:
        out: Value = other * self**-1
        return out

    def __abs__(self) -> Value:
        return self.abs()

    # --- comparisons are of the numbers; but two values are equal only where they are the same one, as
    # programs look for them in lists, unless a function of numbers is being recorded
    def __hash__(self) -> int:
        if AS_NUMBERS.get():
            raise TypeError(IN_A_SET)
        return object.__hash__(self)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Value):
            return self is other or (AS_NUMBERS.get() and bool(self.data == other.data))
        return bool(self.data == other) if isinstance(other, Real) else NotImplemented

    def __lt__(self, other: Any) -> bool:
        return NotImplemented if (than := _operand(other)) is None else bool(self.data < than.data)

    def __le__(self, other: Any) -> bool:
        return NotImplemented if (than := _operand(other)) is None else bool(self.data <= than.data)

    def __gt__(self, other: Any) -> bool:
        return NotImplemented if (than := _operand(other)) is None else bool(self.data > than.data)

    def __ge__(self, other: Any) -> bool:
        return NotImplemented if (than := _operand(other)) is None else bool(self.data >= than.data)

    # --- functions
    def relu(self) -> Value:
        """Returns max(0, x); its slope at 0 is 0."""
        return _of_one(_RELU, self)

    def leaky_relu(self) -> Value:
        """Returns x where it is above 0, else 0.01 x."""
        return _of_one(UNARY["leaky_relu"], self)

    def tanh(self) -> Value:
        """Returns the hyperbolic tangent."""
        return _of_one(UNARY["tanh"], self)

    def sigmoid(self) -> Value:
        """Returns 1 / (1 + e⁻ˣ)."""
        return _of_one(UNARY["sigmoid"], self)

    def softplus(self) -> Value:
        """Returns ln(1 + eˣ)."""
        return _of_one(UNARY["softplus"], self)

    def exp(self) -> Value:
        """Returns eˣ."""
        return _of_one(UNARY["exp"], self)

    def log(self) -> Value:
        """Returns the natural logarithm."""
        return _of_one(UNARY["log"], self)

    def sqrt(self) -> Value:
        """Returns the square root."""
        return _of_one(UNARY["sqrt"], self)

    def sin(self) -> Value:
        """Returns the sine."""
        return _of_one(UNARY["sin"], self)

    def cos(self) -> Value:
        """Returns the cosine."""
        return _of_one(UNARY["cos"], self)

    def tan(self) -> Value:
        """Returns the tangent."""
        return _of_one(UNARY["tan"], self)

    def abs(self) -> Value:
        """Returns |x|; its slope at 0 is 0."""
        return _of_one(UNARY["abs"], self)

    def square(self) -> Value:
        """Returns x²."""
        return _of_one(UNARY["square"], self)

    def reciprocal(self) -> Value:
        """Returns 1 / x."""
        return _of_one(UNARY["reciprocal"], self)

    # --- of several operations, by the names that numpy's functions ask for
    def __array_ufunc__(self, ufunc: Any, method: str, *given: Any, **named: Any) -> Any:
        from nodegraph.core.values.universal import computed  # numpy is there: it is who calls

        return computed(Value, ufunc, method, given, named)

    def clip(self, least: Any = None, most: Any = None, out: None = None) -> Any:
        """Returns the value, or the bound that it lies beyond."""
        import numpy as np

        own: Any = self
        raised = own if least is None else np.maximum(own, least)
        return raised if most is None else np.minimum(raised, most)

    # --- of several values
    def max(self, *others: Any) -> Value:
        """Returns the largest of this value and others; a tie shares the gradient evenly."""
        return _of_several("max", (self, *others))

    def min(self, *others: Any) -> Value:
        """Returns the smallest of this value and others; a tie shares the gradient evenly."""
        return _of_several("min", (self, *others))

    def mean(self, *others: Any) -> Value:
        """Returns the mean of this value and others."""
        return _of_several("mean", (self, *others))


_new = object.__new__
_RELU = UNARY["relu"]


def _number(data: Any) -> Any:
    """Returns a plain number; TypeError for what is none."""
    if isinstance(data, int):
        return data
    if isinstance(data, Real) or (hasattr(data, "item") and getattr(data, "ndim", 1) == 0):
        return float(data)
    raise TypeError(f"a Value holds one real number, not {type(data).__name__}")


def _operand(other: Any) -> Any:
    """Returns an operand as a value, a plain number as a constant; None for what is no number."""
    if isinstance(other, Value):
        return other
    if not isinstance(other, Real):
        return None
    out = _new(Value)
    out.data = other if isinstance(other, (float, int)) else float(other)
    out.grad = 0
    out._rule = CONSTANT
    out._a = out._b = out._mark = None
    return out


def _made(rule: Rule, data: Any, a: Any, b: Any) -> Value:
    out = _new(Value)
    out.data = data
    out.grad = 0
    out._rule = rule
    out._a = a
    out._b = b
    out._mark = None
    return out


def _of_one(rule: Rule, x: Value) -> Value:
    return _made(rule, rule.value(x.data), x, None)


def _powered(rule: Rule, base: Value, exponent: Value) -> Value:
    return _made(rule, power(base.data, exponent.data), base, exponent)


def _of_several(op: str, values: tuple[Any, ...]) -> Value:
    if len(values) < 2:
        raise TypeError(f"{op} takes two or more values")
    operands = [_operand(value) for value in values]
    if None in operands:
        kind = type(values[operands.index(None)]).__name__
        raise TypeError(f"{op} takes values and numbers, not {kind}")
    rule = SEVERAL[op]
    out = _made(rule, rule.value(*(operand.data for operand in operands)), None, None)
    _take_inputs(out, tuple(operands))
    return out


def _take_inputs(out: Value, values: tuple[Value, ...]) -> None:
    """Set the inputs of a value: from the third on they are held by pairs."""
    out._a = values[0]
    held = values[-1] if len(values) > 1 else None
    for value in values[-2:0:-1]:
        held = _made(PAIR, 0, value, held)
    out._b = held
