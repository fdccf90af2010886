"""Formulas as trees, evaluated on numbers or arrays. `formula_reader` reads them from text, `formula_writer`
writes them as Python, Unicode or LaTeX.

What an operation is called and how it is written, `catalogue` says; this module knows no graph.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Dialect = Literal["python", "unicode", "latex"]

MAX_OPERANDS = 10_000
"""Operands of one function; a node has as many inputs at most."""

# How tightly a piece of formula holds together; brackets go round a looser piece in a tighter place.
CHOICE, COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(7)


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number. −0 is another than 0: what is told of 1 / (−0) is not what is told of 1 / 0."""

    value: float

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Number):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[float, bool]:
        return self.value, self.value == 0 and math.copysign(1.0, self.value) < 0


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands for a value. One that is `plain` is not typeset: another would look the same."""

    name: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of the catalogue (or one of `RULE_ONLY`) applied to operands."""

    op: str
    operands: tuple[Tree, ...]


Tree = Number | Name | Call


@dataclass(frozen=True, slots=True)
class Notation:
    """How one application is written in each dialect, its operands in place of {0}, {1}…

    `binds` is how tightly the result holds together, `needs` what each operand must at least hold
    (the last counts for all further ones). More than two are joined by what stands between {0} and {1}.
    """

    python: str
    unicode: str
    latex: str
    binds: int = ATOM
    needs: tuple[int, ...] = (CHOICE,)


RULE_ONLY: Mapping[str, Notation] = {
    "if": Notation(
        "{1} if {0} else {2}",
        "{1} if {0}, else {2}",
        r"\begin{{cases}} {1} & {0} \\ {2} & \text{{otherwise}} \end{{cases}}",
        CHOICE,
        (COMPARISON, SUM, CHOICE),
    ),
    "greater": Notation("{0} > {1}", "{0} > {1}", "{0} > {1}", COMPARISON, (SUM,)),
    "equal": Notation("{0} == {1}", "{0} = {1}", "{0} = {1}", COMPARISON, (SUM,)),
}
"""What a local derivative may use beyond the catalogue: a choice between cases."""

_RULE_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "if": np.where,
    "greater": np.greater,
    "equal": np.equal,
}


# --- evaluating
def evaluate(tree: Tree, names: Mapping[str, Any], functions: Mapping[str, Callable[[Any], Any]]) -> Any:
    """The value of a tree. `functions` take operands stacked along the first axis, as the catalogue's do."""
    if isinstance(tree, Number):
        return np.float64(tree.value)
    if isinstance(tree, Name):
        return names[tree.name]
    operands = [evaluate(operand, names, functions) for operand in tree.operands]
    if tree.op in _RULE_FUNCTIONS:
        return _RULE_FUNCTIONS[tree.op](*operands)
    return functions[tree.op](np.stack(np.broadcast_arrays(*operands)))


def substitute(tree: Tree, names: Mapping[str, Tree]) -> Tree:
    """The tree with names replaced."""
    if isinstance(tree, Name):
        return names.get(tree.name, tree)
    if isinstance(tree, Call):
        return Call(tree.op, tuple(substitute(operand, names) for operand in tree.operands))
    return tree


def names_in(tree: Tree) -> frozenset[str]:
    """Returns the names that stand in a tree."""
    if isinstance(tree, Name):
        return frozenset([tree.name])
    return frozenset().union(*map(names_in, tree.operands)) if isinstance(tree, Call) else frozenset()


def simplify(tree: Tree) -> Tree:
    """The tree without what a person would not write: `3 - 1` in an exponent, a factor 1, a power 1."""
    if not isinstance(tree, Call):
        return tree
    operands = tuple(simplify(operand) for operand in tree.operands)
    if tree.op == "power":
        operands = (operands[0], _difference(operands[1]))
    if tree.op == "power" and operands[1] == Number(1.0):
        return operands[0]
    if tree.op == "power" and operands[1] in (Number(0.0), Number(-0.0)):
        return Number(1.0)
    if tree.op == "multiply" and len(operands) == 2 and Number(1.0) in operands:
        return operands[1] if operands[0] == Number(1.0) else operands[0]
    return Call(tree.op, operands)


def _difference(tree: Tree) -> Tree:
    """3 − 1 as 2."""
    if isinstance(tree, Call) and tree.op == "subtract":
        first, second = tree.operands
        if isinstance(first, Number) and isinstance(second, Number):
            return Number(first.value - second.value)
    return tree


_ARITHMETIC: Mapping[str, Callable[..., float]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": math.pow,
    "negate": operator.neg,
}


def number_of(tree: Tree) -> float | None:
    """Returns the number that a tree of numbers and plain arithmetic comes to; None for any other. Raises
    ArithmeticError or ValueError where it comes to none.

    >>> number_of(Call("divide", (Number(1.0), Number(4.0)))), number_of(Name("x"))
    (0.25, None)
    """
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Name) or tree.op not in _ARITHMETIC:
        return None
    operands = [number_of(operand) for operand in tree.operands]
    if None in operands:
        return None
    value = _ARITHMETIC[tree.op](*operands)
    if not math.isfinite(value):
        raise OverflowError
    return value
