"""Functions with a power at their name, as textbooks have them: sin^2(x) is the square of sin(x)."""

from __future__ import annotations

import ast
from collections.abc import Container

from nodegraph.core.notation.formula_modules import known_call
from nodegraph.core.notation.formula_tokens import FUNCTIONS
from nodegraph.core.notation.not_arithmetic import NotArithmetic

INVERSE = "{0} may mean the inverse function, which is no operation here, or 1/{1}(x): write that"


def power_of_call(node: ast.BinOp, functions: Container[str]) -> ast.BinOp | None:
    """Returns sin(x)**2 for sin**2(x), which Python's parser takes for a call of 2; None for all else. Raises
    NotArithmetic for sin**-1(x), which may mean two things.

    >>> ast.unparse(power_of_call(ast.parse("sin**2(x)", mode="eval").body, ("sin",)))
    'sin(x) ** 2'
    """
    if not isinstance(node.op, ast.Pow) or not isinstance(node.left, ast.Name | ast.Attribute):
        return None
    name = ast.unparse(node.left)
    function = FUNCTIONS.get(name, name)
    call, is_negative = node.right, False
    if isinstance(call, ast.UnaryOp) and isinstance(call.op, ast.USub):
        call, is_negative = call.operand, True
    is_twice = (
        isinstance(call, ast.BinOp) and isinstance(call.op, ast.Pow) and isinstance(call.left, ast.Call)
    )
    if is_twice and function in functions:
        said = f"two powers stand at {name}(x); set brackets around {name}(x) with one of them"
        raise NotArithmetic(said, node)
    if not isinstance(call, ast.Call) or call.keywords or isinstance(call.func, ast.Attribute):
        return None
    if function not in functions and not known_call(ast.Call(node.left, call.args, [])):
        return None
    power = call.func
    if isinstance(power, ast.Name) and power.id in functions:
        return None
    if is_negative:
        power = ast.copy_location(ast.UnaryOp(ast.USub(), power), power)
    if ast.unparse(power) == "-1":
        raise NotArithmetic(INVERSE.format(f"{name}^-1", name), node)
    called = node.left
    if isinstance(called, ast.Name):
        called = ast.copy_location(ast.Name(function, ast.Load()), called)
    of = ast.copy_location(ast.Call(called, call.args, []), node.left)
    return ast.copy_location(ast.BinOp(of, node.op, power), node)
