"""What programs give to what makes a leaf: the number in Value(2.0, label='a') and torch.tensor([2.0]), and
whether it gets a gradient. Knows the standard library's trees only; nothing is run.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator

from nodegraph.core.notation.not_arithmetic import LIST, ONE_VALUE, NotArithmetic

_OF_VALUES = frozenset(("data", "value", "initial_value", "object"))
"""The names of the argument that is the number."""
_OF_GRADIENTS = frozenset(("requires_grad", "trainable"))
_IN_NUMBERS = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop)
"""What a number that is written out is made of."""


def pieces(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yields all that statements consist of, as `ast.walk` has it, in a third of the time."""
    waiting = list(statements)
    while waiting:
        piece = waiting.pop()
        yield piece
        for held in vars(piece).values():
            if isinstance(held, ast.AST):
                waiting.append(held)
            elif isinstance(held, list):
                waiting += [one for one in held if isinstance(one, ast.AST)]


def value_of(call: ast.Call, given: Container[str]) -> ast.expr:
    """Returns the one number, or formula, that a leaf is made of, in a program that gave these names to
    something. Raises NotArithmetic for a second one, as in Value(2,5), which would be lost.

    >>> ast.unparse(value_of(ast.parse("Value(2.0, (), label='a')", mode="eval").body, ()))
    '2.0'
    """
    values = [*call.args[:1], *(word.value for word in call.keywords if word.arg in _OF_VALUES)]
    lost = [*values[1:], *(one for one in call.args[1:] if not _says_how(one, given))]
    if lost or (call.keywords and not values):
        raise NotArithmetic(ONE_VALUE, lost[0] if lost else call)
    value = values[0] if values else ast.copy_location(ast.Constant(0.0), call)
    while isinstance(value, ast.List | ast.Tuple):
        if len(value.elts) != 1:
            raise NotArithmetic(LIST, value)
        value = value.elts[0]
    return value


def is_written_out(value: ast.expr) -> bool:
    """Whether an expression is a number that is written out, such as -2.0 or 1/3."""
    return all(isinstance(one, _IN_NUMBERS) for one in ast.walk(value))


def is_said_to_learn(call: ast.Call) -> bool | None:
    """Returns whether a leaf is said to get a gradient or none, as by nn.Parameter(2.0, False); None where
    nothing is said.
    """
    second = [one for one in call.args[1:2] if isinstance(one, ast.Constant) and isinstance(one.value, bool)]
    said = [*(word.value for word in call.keywords if word.arg in _OF_GRADIENTS), *second]
    return isinstance(said[0], ast.Constant) and bool(said[0].value) if said else None


def frozen_by(piece: ast.AST) -> str:
    """Returns the name of a leaf that a piece of a program says gets no gradient, as w.requires_grad = False
    and w.requires_grad_(False) do; "" for any other.
    """
    if isinstance(piece, ast.Assign):
        target, value = piece.targets[0], piece.value
    elif isinstance(piece, ast.Call) and len(piece.args) == 1:
        target, value = piece.func, piece.args[0]
    else:
        return ""
    is_frozen = isinstance(target, ast.Attribute) and target.attr in ("requires_grad", "requires_grad_")
    is_off = isinstance(value, ast.Constant) and value.value is False
    return ast.unparse(target.value) if is_off and is_frozen and isinstance(target, ast.Attribute) else ""


def _says_how(argument: ast.expr, given: Container[str]) -> bool:
    """Whether an argument behind the value is none itself: a type, a label, or the nodes it was made of."""
    if isinstance(argument, ast.Tuple | ast.List):
        return not any(map(_is_number, argument.elts))
    if isinstance(argument, ast.Name):
        return argument.id not in given
    if isinstance(argument, ast.Call):
        return isinstance(argument.func, ast.Name) and argument.func.id in ("set", "tuple", "list")
    is_plain = isinstance(argument, ast.Constant) and not _is_number(argument)
    return is_plain or isinstance(argument, ast.Attribute | ast.Set)


def _is_number(node: ast.expr) -> bool:
    """Whether this is a number that is written out, or the negative of one."""
    node = node.operand if isinstance(node, ast.UnaryOp) else node
    is_word = isinstance(getattr(node, "value", None), bool | str | None)
    return isinstance(node, ast.Constant) and not is_word
