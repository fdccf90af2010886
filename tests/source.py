"""The package's source, each file read once for all tests that ask how it is written."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

Import = ast.Import | ast.ImportFrom | ast.Call


class Source(NamedTuple):
    """What a file holds: its imports and calls of `import_module` and `__import__`, in any function too, and
    its functions, each with the lines that follow its first.
    """

    imports: tuple[Import, ...]
    functions: tuple[tuple[str, int], ...]


@cache
def source_of(path: Path) -> Source:
    """Returns what a file holds; its tree, of which a package has a million nodes, is not kept."""
    imports: list[Import] = []
    functions = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append((node.name, (node.end_lineno or node.lineno) - node.lineno))
        elif isinstance(node, ast.Import | ast.ImportFrom) or (
            isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__")
        ):
            imports.append(node)
    return Source(tuple(imports), tuple(functions))


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
