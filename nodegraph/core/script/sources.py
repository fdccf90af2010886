"""Where functions and classes were written: the syntax tree of each, found again in its module's source."""

from __future__ import annotations

import ast
import linecache
import sys
from functools import cache
from types import CodeType, FunctionType

from nodegraph.core.errors import NodegraphError


class Untranslatable(NodegraphError):
    """Something cannot be translated; the sentence says what."""


@cache
def _module(path: str) -> ast.Module:
    text = "".join(linecache.getlines(path))
    if not text:
        raise Untranslatable(f"The source of {path} is not there, so it cannot be translated.")
    return ast.parse(text)


@cache
def _functions(path: str) -> dict[int, list[ast.FunctionDef | ast.Lambda]]:
    """Every function of a module by the line on which it begins, decorators included."""
    found: dict[int, list[ast.FunctionDef | ast.Lambda]] = {}
    for node in ast.walk(_module(path)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            found.setdefault(first, []).append(node)
        elif isinstance(node, ast.Lambda):
            found.setdefault(node.lineno, []).append(node)
    return found


def function_tree(function: FunctionType) -> ast.FunctionDef | ast.Lambda:
    """Returns the syntax tree of a function, by what its code says of its place."""
    code = function.__code__
    near = _functions(code.co_filename).get(code.co_firstlineno, [])
    if code.co_name == "<lambda>":
        found = [tree for tree in near if isinstance(tree, ast.Lambda) and _holds(tree.body, code)]
        return min(found, key=_size) if found else _lost(function)
    return next(
        (tree for tree in near if isinstance(tree, ast.FunctionDef) and tree.name == code.co_name), None
    ) or _lost(function)


def class_tree(found: type) -> ast.ClassDef:
    """Returns the syntax tree of a class."""
    for node in ast.walk(_module(str(sys.modules[found.__module__].__file__))):
        if isinstance(node, ast.ClassDef) and node.name == found.__name__:
            return node
    raise Untranslatable(f"The source of {found.__qualname__} was not found.")


def _holds(tree: ast.expr, code: CodeType) -> bool:
    """Whether all of a code lies within an expression."""
    start, end = (tree.lineno, tree.col_offset), (tree.end_lineno, tree.end_col_offset)
    for line, last_line, column, last_column in code.co_positions():
        if line is None or column is None or column == last_column:
            continue
        if (line, column) < start or (last_line, last_column) > end:
            return False
    return True


def _size(tree: ast.Lambda) -> tuple[int, int]:
    return (tree.end_lineno or 0) - tree.lineno, (tree.end_col_offset or 0) - tree.col_offset


def _lost(function: FunctionType) -> ast.FunctionDef:
    raise Untranslatable(f"The source of {function.__qualname__} was not found.")
