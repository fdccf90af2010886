"""What the names of a translated function stand for, and what they are called in the script."""

from __future__ import annotations

import ast
import builtins
import json
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any, Protocol

_RESERVED = frozenset(
    [
        "arguments",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "var",
        "void",
        "while",
        "with",
        "yield",
        "of",
        "as",
        "get",
        "set",
    ]
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORT_NAMES = tuple(
    name
    for name in (*_LETTERS, *(one + other for one in _LETTERS for other in _LETTERS + "0123456789"))
    if name not in _RESERVED
)
"""What local names are called; the runtime has no name of its own that is so short."""


class Refers(Protocol):
    """Has a JavaScript expression for a value of Python that is no local name."""

    def refer(self, value: object) -> str: ...


class Names:
    """What the names of a function stand for: its own, those of functions round it, and of its module."""

    def __init__(self, script: Refers, outside: Mapping[str, Any]) -> None:
        self.script = script
        self.outside = outside
        self._inside: list[dict[str, str]] = []

    def is_local(self, name: str) -> bool:
        """Whether the function itself, or one round it, sets the name."""
        return any(name in names for names in self._inside)

    def enter(self, names: Iterable[str]) -> None:
        """Begin a function that sets these names; each is given a short one, for the page to be small."""
        taken = {short for inside in self._inside for short in inside.values()}
        free = (short for short in SHORT_NAMES if short not in taken)
        self._inside.append(dict(zip(names, free, strict=False)))

    def leave(self) -> None:
        """End the function that was entered last."""
        self._inside.pop()

    def shown(self, name: str) -> str:
        """Returns a local name as it stands in the script."""
        return next(names[name] for names in reversed(self._inside) if name in names)

    def value(self, tree: ast.expr) -> tuple[bool, Any]:
        """Returns whether an expression stands for one value known already, and that."""
        if isinstance(tree, ast.Name) and not self.is_local(tree.id):
            if tree.id in self.outside:
                return True, self.outside[tree.id]
            return hasattr(builtins, tree.id), getattr(builtins, tree.id, None)
        if isinstance(tree, ast.Attribute):
            known, owner = self.value(tree.value)
            if known and isinstance(owner, ModuleType) and hasattr(owner, tree.attr):
                return True, getattr(owner, tree.attr)
        return False, None


def text(value: str) -> str:
    """Returns a text as JavaScript has it, also within a page."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/").replace("<!", "<\\!")
