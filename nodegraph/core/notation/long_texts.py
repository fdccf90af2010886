"""Long texts in pieces, so that none is held in memory sign by sign as a whole. Knows signs only."""

from __future__ import annotations

import re
from itertools import pairwise

PIECE = 8_000
"""Characters of a long text that are read in one go, at least."""
_STATEMENT = re.compile(r"^[^\W\d]\w*[ \t]*=(?!=)", re.MULTILINE)


def pieces_of(text: str) -> list[str]:
    """Returns a text in pieces that each begin with a statement, unless brackets or quotes are open there.

    >>> pieces_of("a = 1\\nb = 2\\n")
    ['a = 1\\nb = 2\\n']
    """
    cuts, last = [0], 0
    if len(text) > PIECE:
        for match in _STATEMENT.finditer(text):
            if match.start() - last >= PIECE:
                last = match.start()
                cuts.append(last)
    return [text[start:end] for start, end in pairwise([*cuts, len(text)])]
