"""What nodes are called in a program: their own names, where Python lets them."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from nodegraph.core.graph.records import Node

PYTHON_WORDS = frozenset(keyword.kwlist) | frozenset(dir(builtins))
"""Names that mean something in every Python program."""


class Names:
    """Identifiers, each given out once.

    >>> names = Names({"math"})
    >>> [names.take(name) for name in ("a", "math", "a", "lambda", "w 1", "2x")]
    ['a', 'math_', 'a_2', 'lambda_', 'w_1', '_2x']
    """

    def __init__(self, reserved: Collection[str]) -> None:
        self._taken = {*reserved, *PYTHON_WORDS}
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Returns the identifier nearest to a name that nothing else is called, and keeps it."""
        plain = _identifier(wanted)
        if plain in PYTHON_WORDS or (plain in self._taken and plain not in self._next):
            self._next.setdefault(plain, 2)
            plain += "_"
        found = next(name for name in self._numbered(plain) if name not in self._taken)
        self._taken.add(found)
        self._next.setdefault(found, 2)
        return found

    def _numbered(self, plain: str) -> Iterator[str]:
        yield plain
        number = self._next.get(plain, 2)
        while True:
            self._next[plain] = number + 1
            yield f"{plain}_{number}"
            number += 1


def _identifier(name: str) -> str:
    """A name with what no identifier holds replaced. Python itself reads identifiers in the form NFKC."""
    plain = re.sub(r"\W", "_", unicodedata.normalize("NFKC", name))
    return plain if plain.isidentifier() else f"_{plain}"


def node_names(nodes: Iterable[Node], names: Names) -> dict[str, str]:
    """Returns what each node is called in a program, by id."""
    return {node.id: names.take(node.name) for node in nodes}
