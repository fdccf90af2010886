"""Arrays as programs print them, [[1. 2.] [3. 4.]], as the text of a table: a line a row, without brackets.

Knows text only; numpy, torch, jax and Python itself print so, and JSON writes lists of lists so.
"""

from __future__ import annotations

import re

_BEGINNING = re.compile(r"\s*(?:[\w.]+\s*=\s*)?(?:[\w.]+\()?\s*[\[(]\s*(?=[\[(]\s*[^\s\[(])")
_ROW = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_BETWEEN = re.compile(r"[\s,;]*(?P<dots>\.\.\.)?[\s,;]*")
_END = re.compile(r"[\s,;]*[\])][\s,]*(?:\w+=[^\[\]\n]*)?\)?[\s;]*")


def without_brackets(text: str) -> str:
    """Returns the rows of a printed array of two dimensions as lines, and any other text as it is.

    >>> without_brackets("array([[1, 2],\\n       [3, 4]])"), without_brackets("[[1 2]\\n ...\\n [8 9]]")
    ('1, 2\\n3, 4\\n', '1 2\\n...\\n8 9\\n')
    """
    found = _BEGINNING.match(text)
    if found is None:
        return text
    lines: list[str] = []
    place = found.end()
    while row := _ROW.match(text, place):
        lines.append(" ".join(row[1].split()).rstrip(", "))
        if _END.fullmatch(text, row.end()):
            return "".join(f"{line}\n" for line in lines)
        between = _BETWEEN.match(text, row.end())
        assert between is not None  # it may be empty
        lines += ["..."] * (between["dots"] is not None)
        place = between.end()
    return text
