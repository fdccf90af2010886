"""Plain text as LaTeX: every sign that TeX would read as its own, or lacks, is written by its command."""

from __future__ import annotations

from collections.abc import Mapping

from nodegraph.core.typeset import GREEK


def escaped(text: str) -> str:
    """Returns text that LaTeX sets as it reads, outside mathematics.

    >>> escaped("50% of x_1"), escaped("5 × 3 = +15")
    ('50\\\\% of x\\\\_1', '5 $\\\\times$ 3 = +15')
    """
    return "".join(_COMMANDS.get(character, character) for character in text)


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
