"""What SymPy's programs say that computes nothing, and numbers in its words. Knows trees only."""

from __future__ import annotations

import ast

from nodegraph.core.notation.program_arguments import last_name

_SYMBOLS = frozenset(("symbols", "Symbol", "var", "Dummy"))
_SAME = frozenset(("Integer", "Float", "S", "sympify", "simplify", "nsimplify", "expand", "factor"))


def is_symbol(value: ast.expr) -> bool:
    """Whether a value is a name that stands for itself: symbols('x y').

    >>> is_symbol(ast.parse("sp.Symbol('x', real=True)", mode="eval").body)
    True
    """
    if not isinstance(value, ast.Call) or not value.args or last_name(value.func) not in _SYMBOLS:
        return False
    return isinstance(value.args[0], ast.Constant) and isinstance(value.args[0].value, str)


def in_numbers(node: ast.expr) -> ast.expr:
    """Returns 1/2 for Rational(1, 2), 3 for Integer(3), and what simplify(…) is of; else the same.

    >>> ast.unparse(in_numbers(ast.parse("sp.Rational(1, 2)", mode="eval").body))
    '1 / 2'
    """
    if not isinstance(node, ast.Call) or node.keywords:
        return node
    name, count = last_name(node.func), len(node.args)
    if name == "Rational" and count == 2:
        return ast.copy_location(ast.BinOp(node.args[0], ast.Div(), node.args[1]), node)
    return node.args[0] if count == 1 and (name in _SAME or name == "Rational") else node
