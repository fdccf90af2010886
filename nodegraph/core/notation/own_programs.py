"""Programs that this one wrote, as the statements in them that compute values: without functions that they
define for themselves, the written-out backward pass, and what is printed. Each character knows its place.

What is in such a program, `formats.programs` decides; knows text only.
"""

from __future__ import annotations

import re

from nodegraph.core.notation.formula_tokens import InPython, NotationError

_MARK = re.compile(r"\A\s*# (Prints|Trains) [^\n]* Written by nodegraph\.\n")
_PARTS = re.compile(r"^# inputs\n(.*?)^# values\n(.*?)^# gradients\n", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"^print\(.*, (?:float\()?(\w+)(?:\.item\(\)|\.data)?\)+$", re.MULTILINE)
_COMPUTE = re.compile(r"^def compute\((.*?)\):\n(.*?)^    return (\w+)$", re.MULTILINE | re.DOTALL)
_GIVEN = re.compile(r"^inputs = \((.*?),?\)$", re.MULTILINE)
_NUMBER = r"-?[\d.]+(?:e[-+]?\d+)?"
_INPUT = re.compile(rf"(?<= = )({_NUMBER})$", re.MULTILINE)
_CONSTANT = re.compile(rf"(?<= = )(?:np\.float64|torch\.tensor|Value)\(({_NUMBER})\)$", re.MULTILINE)
_CUT_OFF = re.compile(r"(?:\bnp\.maximum|(?<![\w.])max)\((\w+), 0\.0\)")
"""How programs without a relu of their own write it; a constant 0 would have a name there."""
_PASSED_ON = re.compile(r"(?<= = )(\S+)  # muted: passes its first input on$", re.MULTILINE)
"""How programs write a muted node, of which they keep the first input alone."""
_MARGIN = re.compile(r"^    ", re.MULTILINE)
_VECTORISED = "a vectorised program holds no single nodes; open the document that it was made of"


def without_frame(typed: InPython) -> InPython:
    """Returns what a program of ours computes, its output last; any other text as it is. Raises NotationError
    for a program on whole arrays.

    >>> text = "# Prints a. Written by nodegraph.\\n# inputs\\na = 2.0\\n"
    >>> text += "# values\\n# gradients\\nprint('a =', a)\\n"
    >>> without_frame(InPython(text, range(len(text) + 1))).text
    'a = input(2.0)\\na\\n'
    """
    mark = _MARK.match(typed.text)
    if mark is None:
        return typed
    if mark[1] == "Trains":
        raise NotationError(_VECTORISED, 0)
    text = typed.text
    parts, compute = _PARTS.search(text), _COMPUTE.search(text)
    if parts is not None and (shown := _SHOWN.search(text, parts.end())) is not None:
        inputs = _replaced(_slice(typed, parts.span(1)), _INPUT, "input(", 1, ")")
        values = _replaced(_slice(typed, parts.span(2)), _CONSTANT, 1)
        values = _with_muted(_replaced(values, _CUT_OFF, "relu(", 1, ")"))
        return _joined(inputs, values, _slice(typed, shown.span(1)), _said("\n", typed, shown.end(1)))
    if compute is not None:
        body = _with_muted(_replaced(_slice(typed, compute.span(2)), _MARGIN))
        output = _slice(typed, compute.span(3))
        return _joined(_arguments(typed, compute), body, output, _said("\n", typed, compute.end(3)))
    return typed


def _with_muted(text: InPython) -> InPython:
    return _replaced(text, _PASSED_ON, "muted(negate(", 1, "))")


def _arguments(typed: InPython, compute: re.Match[str]) -> InPython:
    """Returns the arguments of a function as inputs, with the values that a line below it gives them."""
    given = _GIVEN.search(typed.text, compute.end())
    if given is None:
        return _said("", typed, 0)
    names = re.compile(r"\w+").finditer(typed.text, *compute.span(1))
    values = re.compile(r"[^,\s]+").finditer(typed.text, *given.span(1))
    made = []
    for name, value in zip(names, values, strict=False):
        start, end = name.end(), value.end()
        made += [_slice(typed, name.span()), _said(" = input(", typed, start), _slice(typed, value.span())]
        made.append(_said(")\n", typed, end))
    return _joined(*made)


# --- texts whose characters know their places
def _slice(text: InPython, span: tuple[int, int]) -> InPython:
    return InPython(text.text[slice(*span)], text.places[slice(*span)])


def _said(word: str, text: InPython, at: int) -> InPython:
    """A word that was not typed, at a place of the text."""
    return InPython(word, [text.places[at]] * len(word))


def _joined(*parts: InPython) -> InPython:
    """The parts as one whole text, which also has a place for its end."""
    places = [place for part in parts for place in part.places[: len(part.text)]]
    return InPython("".join(part.text for part in parts), [*places, places[-1] + 1 if places else 0])


def _replaced(text: InPython, pattern: re.Pattern[str], *pieces: str | int) -> InPython:
    """The text with these pieces, words or groups, in place of each match."""
    parts, done = [], 0
    for found in pattern.finditer(text.text):
        parts.append(_slice(text, (done, found.start())))
        for piece in pieces:
            said = _said(piece, text, found.start()) if isinstance(piece, str) else None
            parts.append(said or _slice(text, found.span(piece)))
        done = found.end()
    return _joined(*parts, _slice(text, (done, len(text.text))))
