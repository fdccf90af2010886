"""Formulas of the catalogue as programs write them: two operands at a time, and slopes that are functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nodegraph.core.operations import formula_reader
from nodegraph.core.operations.catalogue import ARITIES, rule_tree
from nodegraph.core.operations.formula import Call, Name, Notation, Number, Tree, simplify, substitute
from nodegraph.formats.programs.helper_functions import SLOPES

SLOPE_ARITIES: Mapping[str, tuple[int, int | None]] = {**ARITIES, **dict.fromkeys(SLOPES, (1, None))}
SLOPE_NOTATIONS = {name: Notation(name + "({0}, {1})", "", "") for name in SLOPES} | {
    name: Notation(name + "({0})", "", "") for name in ("sigmoid_slope", "tanh_slope")
}
MINUS_ONE = (Number(-1.0), Call("negate", (Number(1.0),)))
SPELLED = ("mean", "reciprocal", "square")
"""Operations that programs write by others."""


def slope_of(op: str, port: int, count: int, slopes: Mapping[str, Sequence[str]]) -> Tree:
    """Returns the local derivative of an operation with `count` inputs by `port`, over the names x0, x1… and
    y; what these slopes hold in place of the catalogue's.
    """
    if op not in slopes:
        return rule_tree(op, port, count)
    text = slopes[op][min(port, len(slopes[op]) - 1)]
    if "{" in text:
        text = text.format(port=f"x{port}", inputs=", ".join(f"x{place}" for place in range(count)))
    return formula_reader.Reader(text, SLOPE_ARITIES, cases=True).statements()[0].tree


def contribution(sent: str, slope: Tree, operands: Sequence[Tree], name: str) -> Tree:
    """Returns the gradient that goes along an edge, spelled: the gradient of the node with this name times
    its slope, in which the operands stand for x0, x1… and it for y.
    """
    names: dict[str, Tree] = {f"x{place}": operand for place, operand in enumerate(operands)}
    slope = simplify(substitute(slope, names | {"y": Name(name)}))
    if slope in MINUS_ONE:
        return spelled(Call("negate", (Name(sent),)))
    return spelled(simplify(Call("multiply", (Name(sent), slope))))


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
