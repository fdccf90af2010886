"""How long a text may be that formulas are read from, so that none takes seconds, or all memory."""

from __future__ import annotations

from bisect import bisect_left

from nodegraph.core.errors import TextError
from nodegraph.core.notation import formula_notation
from nodegraph.core.notation.formula_notation import InPython, Token

MAX_TEXT = 1_000_000
"""Characters of expression text that are read at most."""
MAX_LINES = 25_000
"""Line ends and semicolons that it has at most: statements cost more than characters."""
MAX_COMMAS = 100_000
MAX_SIGNS = 200_000
"""How many it has at most of each of the signs =, < and >: enough for the >>> of a prompt on each line."""
FAR = 20_000
"""Characters before and behind a mistake in which its cause is looked for."""
TOO_DEEP = "this is nested too deeply; name the parts on lines of their own"


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


def tokens_about(pasted: InPython, place: int) -> tuple[list[Token], int]:
    """Returns the tokens of a text, and where it begins: of a long one only lines before a place as it was
    typed, and the end of its line, for all of them would take seconds.
    """
    text = pasted.text
    if len(text) <= FAR:
        return formula_notation.tokens_of(text), 0
    index = bisect_left(pasted.places, place)
    start = text.rfind("\n", 0, max(index - FAR, 0)) + 1
    end = text.find("\n", index + 1, index + FAR)
    return formula_notation.tokens_of(text[start : end if end > 0 else index + FAR]), start
