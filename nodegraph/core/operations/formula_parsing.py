"""Text to the trees of Python's own parser, which never runs it."""

from __future__ import annotations

import ast
import re
import warnings

from nodegraph.core.notation.long_texts import pieces_of

_LINE_END = re.compile(r"\r\n|\n|\r")
LEFT_OF_EQUALS = (
    "a statement is a name, =, and a formula: L = (a*b + c)*f",
    "left of = stands a name alone: f = x**2 + 1 for f(x) = x**2 + 1",
)
"""What to say where something else than a name stands left of =, and where a function of inputs does."""


def starts_of_lines(text: str) -> list[int]:
    """Returns where each line begins, and where the text ends."""
    return [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]


def parsed(text: str) -> list[ast.stmt]:
    """Python's own reading, a long text in pieces: other threads have their turn in between."""
    pieces = pieces_of(text)
    if len(pieces) == 1:
        return _at_once(text)
    found: list[ast.stmt] = []
    lines = 0
    for piece in pieces:
        try:
            found += _at_once(
                "\n" * lines + piece
            )  # by far quicker than to count up the lines of what is read
        except SyntaxError:
            return _at_once(text)  # with the place in the whole
        lines += len(_LINE_END.findall(piece))
    return found


def _at_once(text: str) -> list[ast.stmt]:
    """Python's own reading, without its warnings of what we refuse by a sentence of ours, such as `2if`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text).body
