"""Names as they are typeset: `w11` as w with a lowered 11, `sigma` as σ. The one place that says how.

A typeset line is for the eye; files, searches, what is typed and what is read aloud keep the plain name.
Knows text only; how low and how small an index is written, whoever draws it knows.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

REMEMBERED = 20_000
WORD = r"[^\W⁰¹²³⁴-⁹]+"
"""What may be a name in a sentence, as a pattern: a power behind it, as in e2², is none of it."""
GREEK: Mapping[str, str] = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Σ": "Sigma",
    "Υ": "Upsilon",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
"""The Greek letters that LaTeX has a command for, and what they are called."""
LETTERS: Mapping[str, str] = {word: letter for letter, word in GREEK.items()}
"""The same the other way round."""
LONGEST_INDEX = 12
"""Characters of an index that is a word, as in x_max; what is longer is no index."""
_NAME = re.compile(r"([^\W\d_₀-₉]+)(?:([0-9]+|[₀-₉]+)|)((?:_[^\W_₀-₉]+)*)")
"""Letters, a number right after them, and parts with an underscore before each."""
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = {low: digit for digit, low in _LOWERED.items()}


@dataclass(frozen=True)
class Typeset:
    """A line of text with parts that are written smaller and lower: (text, whether it is an index)."""

    parts: tuple[tuple[str, bool], ...]

    def html(self) -> str:
        """Returns it as HTML."""
        return "".join(f"<sub>{html.escape(t)}</sub>" if low else html.escape(t) for t, low in self.parts)


Line: TypeAlias = str | Typeset
"""Text to be drawn: plain, or with indices."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name that is a stem with an index, or a stem alone; Greek letters stand as themselves."""

    stem: str
    index: tuple[str, ...] = ()


@lru_cache(maxsize=REMEMBERED)
def parts_of(name: str) -> NameParts:
    """Returns the stem of a name and its index.

    A letter, a Greek letter or its name takes any short index; a longer word only a number, for in
    `learning_rate` nothing is one.

    >>> parts_of("w11"), parts_of("x₁"), parts_of("alpha_2")
    (NameParts(stem='w', index=('11',)), NameParts(stem='x', index=('1',)), NameParts(stem='α', index=('2',)))
    >>> parts_of("w_ij").index, parts_of("w_1_2").index, parts_of("x_max").index, parts_of("sigma_mu").index
    (('ij',), ('1', '2'), ('max',), ('μ',))
    >>> parts_of("loss2"), parts_of("learning_rate"), parts_of("h4_p1"), parts_of("x_")
    (NameParts(stem='loss', index=('2',)), NameParts(stem='learning_rate', index=()), \
NameParts(stem='h4_p1', index=()), NameParts(stem='x_', index=()))
    """
    found = _NAME.fullmatch(name)
    if found is None or not _runs_rightward(name):
        return NameParts(name)
    letters, number, rest = found.groups("")
    number = number.translate(_RAISED)
    stem, words = LETTERS.get(letters, letters), rest.split("_")[1:]
    if not words and len(number) <= LONGEST_INDEX:  # as most names are
        return NameParts(stem, (number,) if number else ())
    index = ((number,) if number else ()) + tuple(LETTERS.get(word, word) for word in words)
    if number or len(stem) > 1:
        fits = all(word.isascii() and word.isdigit() for word in words)
    else:
        fits = len(words) == 1 or all(len(word) <= 2 for word in index)
    if not fits or any(len(word) > LONGEST_INDEX for word in index):
        return NameParts(name)
    return NameParts(stem, index)


@lru_cache(maxsize=REMEMBERED)
def typeset(name: str) -> Line:
    """Returns a name as it is drawn.

    >>> typeset("w11"), typeset("sigma"), typeset("learning_rate")
    (Typeset(parts=(('w', False), ('11', True))), 'σ', 'learning_rate')
    """
    parts = parts_of(name)
    return Typeset(((parts.stem, False), (",".join(parts.index), True))) if parts.index else parts.stem


def joined(*pieces: Line) -> Line:
    """Returns lines one after another as one.

    >>> joined("∂L/∂", typeset("x1")), joined("∂L/∂", "x")
    (Typeset(parts=(('∂L/∂x', False), ('1', True))), '∂L/∂x')
    """
    parts: list[tuple[str, bool]] = []
    for piece in pieces:
        for text, is_low in piece.parts if isinstance(piece, Typeset) else ((piece, False),):
            if parts and parts[-1][1] == is_low:
                parts[-1] = parts[-1][0] + text, is_low
            else:
                parts.append((text, is_low))
    return Typeset(tuple(parts)) if any(is_low for _, is_low in parts) else "".join(text for text, _ in parts)


def flat(line: Line) -> str:
    """Returns a line as text without indices.

    >>> flat(typeset("x_1")), flat("a")
    ('x1', 'a')
    """
    return "".join(text for text, _ in line.parts) if isinstance(line, Typeset) else line


def as_html(line: Line) -> str:
    """Returns a line as HTML, with its indices lowered."""
    return line.html() if isinstance(line, Typeset) else html.escape(line)


@lru_cache(maxsize=REMEMBERED)
def in_formula(name: str) -> str:
    """Returns a name as it stands in formulas and sentences: between quotation marks where it could be read
    as a formula, a number or a gradient.

    >>> [in_formula(name) for name in ("w1", "weight 1", "x̂", "f'", "layer.0.weight", "…")]
    ['w1', 'weight 1', 'x̂', "f'", 'layer.0.weight', '…']
    >>> [in_formula(name) for name in ("a + c", "x²", "-x", "2", "NaN", "f(x)", "w.grad", "∂L")]
    ['“a + c”', '“x²”', '“-x”', '“2”', '“NaN”', '“f(x)”', '“w.grad”', '“∂L”']
    """
    return name if _READS_AS_NAME.fullmatch(name) else f"“{name}”"


_READS_AS_NAME = re.compile(
    r"…|(?![0-9.]|NaN$|.*\.grad$|.*[⁰¹²³⁴-⁹])[\w\u0300-\u036f'′″ .:]*[\w\u0300-\u036f'′″]"
)
"""Words with spaces, and nothing that could be a formula, a number, a power or a gradient."""


def has_namesake(name: str, is_used: Callable[[str], object]) -> bool:
    """Whether a name stays plain where such others are used: typeset, one of them would look the same. This
    alone decides it, for what is drawn and for LaTeX.

    >>> has_namesake("x1", {"x1", "x_1"}.__contains__), has_namesake("x1", {"x1", "x_2"}.__contains__)
    (True, False)
    """
    return any(is_used(other) and other in namesakes(name) for other in spellings(name))


@lru_cache(maxsize=REMEMBERED)
def namesakes(name: str) -> frozenset[str]:
    """Returns the other names that would look the same: where both are in a graph, both stay plain.

    >>> sorted(namesakes("x1")), len(namesakes("sigma_2")), namesakes("a")
    (['x_1', 'x₁'], 5, frozenset())
    """
    shown = typeset(name)
    return frozenset(other for other in spellings(name) if typeset(other) == shown)


@lru_cache(maxsize=REMEMBERED)
def spellings(name: str) -> tuple[str, ...]:
    """Returns other names that may look the same; which of them do, `namesakes` finds out.

    >>> sorted(spellings("x1")), spellings("a")
    (['x_1', 'x₁'], ())
    """
    parts = parts_of(name)
    if not parts.index and parts.stem == name and name not in GREEK:
        return ()
    found = _spellings(parts.stem)
    for word in parts.index:  # each with an underscore before it and without, or in lowered digits
        indices = [mark + spelt for spelt in _spellings(word) for mark in ("", "_")]
        found = [one + index for one in found for index in (*indices, word.translate(_LOWERED))]
    return tuple(other for other in dict.fromkeys(found) if other != name)


def _spellings(letter: str) -> list[str]:
    return [letter, GREEK[letter]] if letter in GREEK else [letter]


def _runs_rightward(name: str) -> bool:
    """Whether all of a name runs from left to right, so that an index at its right comes last."""
    return name.isascii() or not any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in name)
