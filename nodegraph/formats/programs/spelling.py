"""Formulas of the catalogue as programs write them: two operands at a time, and slopes that are functions."""

from __future__ import annotations

from collections.abc import Mapping

from nodegraph.core.operations.catalogue import ARITIES
from nodegraph.core.operations.formula import Call, Notation, Number, Tree
from nodegraph.formats.programs.helper_functions import SLOPES

SLOPE_ARITIES: Mapping[str, tuple[int, int | None]] = {**ARITIES, **dict.fromkeys(SLOPES, (1, None))}
SLOPE_NOTATIONS = {name: Notation(name + "({0}, {1})", "", "") for name in SLOPES} | {
    name: Notation(name + "({0})", "", "") for name in ("sigmoid_slope", "tanh_slope")
}
MINUS_ONE = (Number(-1.0), Call("negate", (Number(1.0),)))
SPELLED = ("mean", "reciprocal", "square")
"""Operations that programs write by others."""


def spelled(tree: Tree) -> Tree:
    """The tree with sums and products of two at a time, and without the operations of `SPELLED`."""
    if not isinstance(tree, Call):
        return tree
    operands = tuple(spelled(operand) for operand in tree.operands)
    if tree.op == "mean":
        return Call("divide", (_in_twos("add", operands), Number(float(len(operands)))))
    if tree.op in ("add", "multiply"):
        return _in_twos(tree.op, operands)
    if tree.op == "reciprocal":
        return Call("divide", (Number(1.0), *operands))
    if tree.op == "square":
        return Call("power", (*operands, Number(2.0)))
    return Call(tree.op, operands)


def _in_twos(op: str, operands: tuple[Tree, ...]) -> Tree:
    first, *others = operands
    for other in others:
        first = Call(op, (first, other))
    return first
