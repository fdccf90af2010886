"""The tokens of a formula as people write it: numbers, names, signs, raised and lowered letters, and what
each is in Python's signs; and long texts in pieces, none of which is held sign by sign as a whole. Knows
signs only, no tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from keyword import iskeyword
from typing import NamedTuple

from nodegraph.core.notation.formula_signs import REFUSED, SIGMAS, SIGNS, why_no_name, why_refused
from nodegraph.core.numbers import MINUS

FUNCTIONS: Mapping[str, str] = {"σ": "sigmoid", "ln": "log", "leaky": "leaky_relu"}
"""How the program writes functions, where that is not the name of the operation."""

SPACES = "\u00a0\x0c\u3000\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
_BLANKS = str.maketrans(SPACES, " " * len(SPACES))
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ"
LOWERED = "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
PARTS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
QUOTED = r"\"{3}.*?\"{3}|'{3}.*?'{3}|\"[^\"\n\r]*\"|'[^'\n\r]*'"
"""A string of Python, which is left as it is."""
_LETTER = rf"[^\W{RAISED}{LOWERED}{PARTS}ˆ]"
_TOKEN = re.compile(
    rf"(?P<blank>[ \t{SPACES}]+)|(?P<remark>\#[^\n\r]*)|(?P<quoted>{QUOTED})"
    rf"|(?P<raised>[{RAISED}]+)|(?P<lowered>[{LOWERED}]+)"
    rf"|(?P<number>0[xXbBoO]\w+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+{MINUS}]?[0-9]+)?)"
    rf"|(?P<part>[{PARTS}])|(?P<word>(?![0-9])(?:{_LETTER}[\u0300-\u036f]*)+)|(?P<latex>\\[a-zA-Z]+|\\[^\w\s]|[$`])|(?P<sign>\*\*|//|.)",
    re.DOTALL,
)

_CALLED = re.compile(r"[ \t]*\(")

_JOINS = frozenset(("number", "word", "part", "raised", "lowered", "end"))
"""Kinds of tokens with which an operand ends."""

PIECE = 8_000
"""Characters of a long text that are read in one go, at least."""
_STATEMENT = re.compile(r"^[^\W\d]\w*[ \t]*=(?!=)", re.MULTILINE)


class Token(NamedTuple):
    """A piece of text in Python's signs, what kind of piece it is, and where it stood as it was typed."""

    text: str
    kind: str
    place: int
    typed: str

    @property
    def ends(self) -> bool:
        """Whether an operand may end with it."""
        return self.kind in _JOINS and not iskeyword(self.text)

    @property
    def begins(self) -> bool:
        """Whether an operand may begin with it."""
        return (self.kind in ("number", "word", "part", "begin") or self.text == "√") and not iskeyword(
            self.text
        )


@dataclass(frozen=True)
class InPython:
    """A text in Python's signs; `places` are the characters' places in the text as it was typed."""

    text: str
    places: Sequence[int]


class NotationError(ValueError):
    """What cannot be read, and its place in the text, counted from 0."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.message, self.place = message, place


def tokens_of(text: str) -> list[Token]:
    """Returns the tokens of a text. Raises NotationError for a sign that no formula has."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind, typed = match.lastgroup or "sign", match[0]
        made = typed
        if kind == "sign":
            if typed in REFUSED:
                raise NotationError(why_refused(text, match.start()), match.start())
            made = SIGNS.get(typed, typed)
            if made == "*" and found and found[-1].text == "*":
                raise NotationError("two signs of a product stand side by side; a power is **", match.start())
            kind = {"(": "begin", ")": "end"}.get(made, kind)
        elif kind == "blank":
            made = typed.translate(_BLANKS)
        elif kind == "number":
            made = typed.replace(MINUS, "-")
        elif kind == "word" and _CALLED.match(text, match.end()):
            made = FUNCTIONS.get("σ" if typed in SIGMAS else typed, typed)
        elif kind == "latex":
            said = (why_no_name if typed == "`" else why_refused)(text, match.start())
            raise NotationError(said, match.start())
        found.append(Token(made, kind, match.start(), typed))
    return found


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
