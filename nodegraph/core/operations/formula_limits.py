"""How long a text may be that formulas are read from, so that none takes seconds, or all memory."""

from __future__ import annotations

import re
from bisect import bisect_left

from nodegraph.core.errors import TextError
from nodegraph.core.notation import formula_tokens
from nodegraph.core.notation.formula_tokens import InPython, Token

MAX_TEXT = 1_000_000
"""Characters of expression text that are read at most."""
MAX_LINES = 20_000
"""Line ends and semicolons that it has at most: statements cost more than characters."""
MAX_COMMAS = 100_000
MAX_SIGNS = 200_000
"""How many it has at most of each of the signs =, < and >: enough for the >>> of a prompt on each line."""
MAX_BRACES = 20_000
"""Braces that a program has at most: Python's parser takes time with the square of those in one f-string."""
FAR = 20_000
"""Characters before and behind a mistake in which its cause is looked for."""
_DEEP = 50
"""Brackets in one another from which on they are the reason why a text is too deep."""
TOO_DEEP = "this is nested too deeply; name the parts on lines of their own"

_IN_A_ROW = (
    "this has too many signs in a row; write a long sum as add(a, b, c), a long product as "
    "multiply(a, b, c), or name the parts on lines of their own"
)
_BRACKETS = re.compile(r"[()\[\]{}]")


def why_too_deep(text: str) -> str:
    """Returns what to say of a text that Python's parser, or ours, goes too deep into: for brackets in one
    another, or for a + b + c + … of more terms than are read.

    >>> why_too_deep("(" * 99 + "x")[:15], why_too_deep(" + ".join("x" * 2000))[:22]
    ('this is nested ', 'this has too many sign')
    """
    depth = deepest = 0
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket[0] in "([{" else -1
        deepest = max(deepest, depth)
    return TOO_DEEP if deepest > _DEEP else _IN_A_ROW


def refuse_long(text: str) -> None:
    """Raise TextError for a text that holds too much, before anything else goes through all of it."""
    if len(text) > MAX_TEXT:
        raise TextError(f"the text is longer than {MAX_TEXT:,} characters", 1, 1)
    if max(text.count("\n"), text.count("\r")) + text.count(";") > MAX_LINES:
        raise TextError(f"the text has more than {MAX_LINES:,} lines and semicolons", 1, 1)
    for sign in "=<>":
        if text.count(sign) > MAX_SIGNS:
            raise TextError(f"the text has more than {MAX_SIGNS:,} signs {sign}", 1, 1)
    if text.count(",") > MAX_COMMAS:
        raise TextError(f"the text has more than {MAX_COMMAS:,} commas", 1, 1)


def refuse_braces(text: str) -> None:
    """Raise TextError for a program with more braces than are parsed."""
    if text.count("{") > MAX_BRACES:
        raise TextError(f"the text has more than {MAX_BRACES:,} braces {{", 1, 1)


def tokens_about(pasted: InPython, place: int) -> tuple[list[Token], int]:
    """Returns the tokens of a text, and where it begins: of a long one only lines before a place as it was
    typed, and the end of its line, for all of them would take seconds.
    """
    text = pasted.text
    if len(text) <= FAR:
        return formula_tokens.tokens_of(text), 0
    index = bisect_left(pasted.places, place)
    start = text.rfind("\n", 0, max(index - FAR, 0)) + 1
    end = text.find("\n", index + 1, index + FAR)
    return formula_tokens.tokens_of(text[start : end if end > 0 else index + FAR]), start
