"""What a formula's tree becomes before it is nodes: long sums and products one operation, x**2 a square.

Python's grammar reads `a + b + c` as `(a + b) + c`. A graph is easier to read, and smaller, with one sum of
three terms.
"""

from __future__ import annotations

from nodegraph.core.operations.formula import MAX_OPERANDS, Call, Number, Tree

CHAINED = ("add", "multiply")
"""Operations whose chains are gathered: both take any number of operands, in any order."""
SQUARED = Number(2.0)
"""The exponent for which there is an operation of its own."""


def gathered(tree: Tree) -> Tree:
    """Returns the tree with its topmost operation gathered; operands stay as they are.

    A chain is followed to the left alone, so that the terms keep their order and brackets on the right keep
    what they hold together.

    >>> from nodegraph.core.operations.formula import Name
    >>> a, b, c = Name("a"), Name("b"), Name("c")
    >>> gathered(Call("add", (Call("add", (a, b)), c))) == Call("add", (a, b, c))
    True
    >>> gathered(Call("power", (a, Number(2.0)))) == Call("square", (a,))
    True
    """
    if not isinstance(tree, Call):
        return tree
    if tree.op == "power" and tree.operands[1] == SQUARED:
        return Call("square", tree.operands[:1])
    if tree.op not in CHAINED:
        return tree
    first, later = tree.operands[0], [tree.operands[1:]]
    count = len(tree.operands)
    while isinstance(first, Call) and first.op == tree.op and count + len(first.operands) <= MAX_OPERANDS:
        count += len(first.operands) - 1
        later.append(first.operands[1:])
        first = first.operands[0]
    if len(later) == 1:
        return tree
    return Call(tree.op, (first, *(operand for part in reversed(later) for operand in part)))
