"""Plain text as LaTeX: every sign that TeX would read as its own, or lacks, is written by its command."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nodegraph.core.typeset import GREEK


def escaped(text: str) -> str:
    """Returns text that LaTeX sets as it reads, outside mathematics.

    >>> escaped("50% of x_1"), escaped("5 × 3 = +15")
    ('50\\\\% of x\\\\_1', '5 $\\\\times$ 3 = +15')
    """
    return "".join(_COMMANDS.get(character, character) for character in text)


OTHER_LETTERS = r"""% Letters that the font lacks are set as their numbers; lualatex and xelatex
% have them where \setmainfont of the package fontspec names a font that does.
\DeclareRobustCommand\otherletters[3]{\text{\ifPDFTeX\scriptsize #2\else
  \iffontchar\font"#3 #1\else\scriptsize #2\fi\fi}}
"""
"""What a document with iftex and amsmath defines, where `with_other_letters` stands in it."""
_OTHER = re.compile(
    "[^\\x00-\u017f\u2010-\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]+"
)
"""What pdflatex has no letters for: it would end there, and lualatex leave them out."""


def with_other_letters(text: str) -> str:
    r"""Returns LaTeX in which letters that are neither Latin nor written by a command cannot stop it.

    >>> with_other_letters(r"\text{Жд} + x")
    '\\text{\\otherletters{Жд}{U+0416 U+0434}{0416}} + x'
    """
    return text if text.isascii() else _OTHER.sub(_as_other_letters, text)


def _as_other_letters(match: re.Match[str]) -> str:
    numbers = [f"{ord(letter):04X}" for letter in match[0]]
    told = " ".join(f"U+{number}" for number in numbers)
    return f"\\otherletters{{{match[0]}}}{{{told}}}{{{numbers[0]}}}"


_COMMANDS: Mapping[str, str] = {c: "\\" + c for c in "#$%&_{}"} | {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{
        sign: f"$\\{word}$"
        for sign, word in (
            ("∂", "partial"),
            ("×", "times"),
            ("→", "to"),
            ("∞", "infty"),
            ("÷", "div"),
            ("≈", "approx"),
            *GREEK.items(),
        )
    },
    "−": "$-$",
    "…": r"\ldots{}",
    "½": r"$\tfrac12$",
    "¼": r"$\tfrac14$",
    "√": r"$\surd$",
    **{sign: f"$^{{{plain}}}$" for sign, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ˣⁿ", "0123456789-xn", strict=True)},
}
