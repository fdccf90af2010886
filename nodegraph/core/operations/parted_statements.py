"""Statements that a comma, a word or brackets part in one line, as people give values: y = w*x, where w = 2,
x = 3. Knows signs only.
"""

from __future__ import annotations

import re

from nodegraph.core.notation.formula_tokens import QUOTED, InPython

_SECOND = (
    r"(?:,(?:[ \t]*(?:and|where|with|for|at)\b)?|[ \t](?:and|where|with|for|at)\b)"
    r"(?=[ \t]*[^\W\d]\w*[ \t]*(?:\([^()\n]*\)[ \t]*)?=(?!=))"
)
"""What parts two statements, before the name and the = of the second."""
_PARTED = re.compile(_SECOND)
_SIGN = re.compile(
    rf"{QUOTED}|#[^\n]*|[(\[{{]|[)\]}}]|[\n\r;]|\blambda\b|{_SECOND}|(?<![=<>!:+\-*/%@&|^])=(?!=)", re.DOTALL
)
_GIVEN = re.compile(
    r"(?<=[^\s=,;(\[{])[ \t]+([(\[])(?=[ \t]*(?:(?:where|with|for|at)[ \t]+)?[^\W\d]\w*[ \t]*=(?!=))"
    r"([^()\[\]{}\n#]*)[)\]](?=[ \t]*(?:#[^\n]*|\r?)$)",
    re.MULTILINE,
)
"""Brackets at the end of a line that begin with a name and its =, behind a blank."""
_NAME_GIVEN = re.compile(r"([^\W\d]\w*)[ \t]*=(?!=)")


def _without_brackets(text: str) -> str:
    """Returns a text of the same length with a comma for the brackets around values: L = a*b (a = 2, b = 3).

    Each name must stand in the line before, which those of a call's operands by name do not.
    """

    def opened(found: re.Match[str]) -> str:
        before = set(re.findall(r"\w+", text[text.rfind("\n", 0, found.start()) + 1 : found.start()]))
        if not before.issuperset(_NAME_GIVEN.findall(found[2])):
            return found[0]
        return found[0].replace(found[1], ",", 1)[:-1] + " "

    return _GIVEN.sub(opened, text)


def with_semicolons(read: InPython) -> tuple[InPython, bool]:
    """Returns a text with a semicolon for what parts two statements in a line, and whether there is such.

    >>> text = "x = 2, y = 3; L = max(x, y)"
    >>> with_semicolons(InPython(text, range(len(text) + 1)))[0].text
    'x = 2; y = 3; L = max(x, y)'
    """
    read = InPython(_without_brackets(read.text), read.places)
    if not _PARTED.search(read.text):
        return read, False
    made, done = "", 0
    depth = 0
    is_said = is_lambda = False
    for found in _SIGN.finditer(read.text):
        sign = found[0]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth = max(depth - 1, 0)
        elif sign in "\n\r;":
            is_said, is_lambda = is_said and depth > 0, is_lambda and depth > 0
        elif sign == "lambda":
            is_lambda = True
        elif sign[0] in ", \t" and is_said and not depth and not is_lambda:
            made += read.text[done : found.start()] + ";".ljust(len(sign))
            done = found.end()
        elif sign == "=" and not depth:
            is_said = True
    return InPython(made + read.text[done:], read.places), done > 0
