"""Formulas written as Python, Unicode or LaTeX, with the brackets they need and no others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from nodegraph.core.numbers import MINUS, format_exact, format_number, is_negative_zero, superscript
from nodegraph.core.operations.formula import (
    ATOM,
    CHOICE,
    POWER,
    PRODUCT,
    RULE_ONLY,
    SUM,
    Call,
    Dialect,
    Name,
    Notation,
    Number,
    Tree,
)
from nodegraph.core.typeset import GREEK, NameParts, in_formula, parts_of

_LATEX_SIGNS: Mapping[str, str] = {c: "\\" + c for c in "#$%&_{} "} | {
    "\\": r"\backslash{}",
    "^": r"\wedge{}",
    "~": r"\sim{}",
    "-": r"\text{-}",
    **{sign: f"{{{sign}}}" for sign in ":=+*<>,;"},  # or they would have room round them, as in a formula
    **{lowered: f"{{}}_{{{digit}}}" for digit, lowered in enumerate("₀₁₂₃₄₅₆₇₈₉")},
}
"""How a character of a name is written in LaTeX where it cannot stand for itself."""
_LETTER_COMMANDS: Mapping[str, str] = {letter: "\\" + word for letter, word in GREEK.items()} | {
    "∂": r"\partial",
    "∇": r"\nabla",
    "ℓ": r"\ell",
    "∞": r"\infty",
    "′": "'",
    "″": "''",
}
_ACCENTS: Mapping[str, str] = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0307": "dot"}
_MARKED = re.compile(f"([a-zA-Z{''.join(GREEK)}])(?:([{''.join(_ACCENTS)}])|('+))")
"""A letter with one of the marks that mathematics has, or with primes."""
DIVISORS = (("divide", 1), ("reciprocal", 0))
"""Operands, by operation and port, where the sign of a zero decides that of the result: 1 / (−0) = −∞."""


def write(tree: Tree, notations: Mapping[str, Notation], dialect: Dialect, digits: int = 6) -> str:
    """The tree as text, with the brackets it needs and no others."""
    return _write(tree, notations, dialect, digits)[0]


def write_operand(
    tree: Tree,
    notations: Mapping[str, Notation],
    dialect: Dialect,
    digits: int = 6,
    *,
    needs: int = SUM,
    follows: bool = False,
) -> str:
    """The tree as an operand: in brackets where it holds together less tightly than its place `needs`, and
    where it begins with a minus sign and `follows` another sign. All brackets of all dialects are set here.

    >>> write_operand(Number(1e-6), {}, "unicode", needs=ATOM), write_operand(Number(-4.0), {}, "unicode")
    ('(1e−6)', '−4')
    >>> write_operand(Number(1e-6), {}, "latex", needs=ATOM)
    '(1 \\\\times 10^{-6})'
    """
    text, binds = _write(tree, notations, dialect, digits)
    if binds >= needs and not (follows and text.startswith(("-", MINUS)) and needs > CHOICE):
        return text
    return bracketed(text, dialect)


def bracketed(text: str, dialect: Dialect) -> str:
    """A text in brackets."""
    return fitted(rf"\left({text}\right)", dialect) if dialect == "latex" else f"({text})"


def fitted(text: str, dialect: Dialect) -> str:
    """A formula whose round brackets, in LaTeX, grow with what they hold only where that is tall.

    >>> fitted(r"\\left(a + b\\right)", "latex"), fitted(r"\\left(\\frac{a}{b}\\right)", "latex")
    ('(a + b)', '\\\\left(\\\\frac{a}{b}\\\\right)')
    """
    if dialect != "latex" or r"\frac" in text or r"\begin" in text:
        return text
    return text.replace(r"\left(", "(").replace(r"\right)", ")")


@lru_cache(maxsize=4096)
def write_name(name: str, dialect: Dialect, plain: bool = False) -> str:
    """A name in a formula; what could be read as something else stands between quotation marks."""
    if dialect == "python":
        return name
    told = in_formula(name)
    if dialect != "latex":
        return told
    written = name_in_latex(name, plain)
    return written if told == name else rf"\text{{“}}{written}\text{{”}}"


@lru_cache(maxsize=4096)
def name_in_latex(name: str, plain: bool = False) -> str:
    """A name as `typeset` has it, in LaTeX: Greek letters have their commands, an index is lowered, and
    longer names stand upright. A `plain` one is written as it was typed.

    >>> [name_in_latex(name) for name in ("w1", "w_1", "sigma", "θ2", "h4_p1", "x_max")]
    ['w_{1}', 'w_{1}', '\\\\sigma', '\\\\theta_{2}', '\\\\mathrm{h4\\\\_p1}', 'x_{\\\\mathrm{max}}']
    >>> [name_in_latex(name) for name in ("größe", "é1", "Δxy")]
    ['\\\\text{größe}', '\\\\text{é}_{1}', '\\\\mathrm{\\\\Delta xy}']
    >>> name_in_latex("a->b"), name_in_latex("layer:w")
    ('\\\\mathrm{a\\\\text{-}{>}b}', '\\\\mathrm{layer{:}w}')
    >>> [name_in_latex(name) for name in ("ŷ", "θ\u0304", "x'", "σ''", "x′")]
    ['\\\\hat{y}', '\\\\bar{\\\\theta}', "{x'}", "{\\\\sigma''}", "\\\\mathrm{x' }"]
    >>> [name_in_latex(name, plain=True) for name in ("x1", "x_1", "x₁", "sigma", "σ")]
    ['\\\\mathrm{x1}', '\\\\mathrm{x\\\\_1}', '\\\\mathrm{x{}_{1}}', '\\\\mathrm{sigma}', '\\\\sigma']
    """
    if name == "…":
        return r"\cdots"
    parts = NameParts(name) if plain else parts_of(name)
    index = ",".join(word if word.isdigit() else _latex_word(word, 2) for word in parts.index)
    return _latex_word(parts.stem, 1) + (f"_{{{index}}}" if index else "")


def _latex_word(word: str, longest: int) -> str:
    """A word of a name: up to so many letters as variables, a longer one upright. Letters that are neither
    Latin nor Greek, or have an accent, are text: pdflatex has none of them among its variables.
    """
    if word in _LETTER_COMMANDS:
        return _LETTER_COMMANDS[word]
    if found := _MARKED.fullmatch(unicodedata.normalize("NFD", word)):
        letter, accent, primes = found.groups()
        letter = _latex_word(letter, 1)
        return rf"\{_ACCENTS[accent]}{{{letter}}}" if accent else f"{{{letter}{primes}}}"
    if not word.isascii():
        return _latex_text(word)
    if len(word) <= longest and word.isalpha() and not any(c in _LATEX_SIGNS for c in word):
        return word
    if len(word) == 1 and word not in _LATEX_SIGNS and not word.isdigit():
        return word
    return rf"\mathrm{{{''.join(_LATEX_SIGNS.get(c, c) for c in word)}}}"


def _latex_text(word: str) -> str:
    if not any(c in _LATEX_SIGNS or c in _LETTER_COMMANDS for c in word):
        return rf"\text{{{word}}}"
    signs = {**_LATEX_SIGNS, **{letter: f"{command} " for letter, command in _LETTER_COMMANDS.items()}}
    letters = (signs.get(c, c) if c.isascii() or c in signs else rf"\text{{{c}}}" for c in word)
    return rf"\mathrm{{{''.join(letters)}}}"


def write_number(value: float, dialect: Dialect, digits: int = 6) -> str:
    """A number as text: exact in Python, for the eye elsewhere."""
    if dialect == "python":
        return format_exact(value)
    text = format_number(value, digits)
    return text if dialect == "unicode" else number_in_latex(text)


def number_in_latex(text: str) -> str:
    """A number for the eye as LaTeX."""
    text = text.replace(MINUS, "-").replace("∞", r"\infty").replace("NaN", r"\mathrm{NaN}")
    mantissa, marker, exponent = text.partition("e")
    return rf"{mantissa} \times 10^{{{exponent}}}" if marker else text


def _write_number(value: float, dialect: Dialect, digits: int) -> tuple[str, int]:
    """A number, and how tightly it holds together: 1e−6 is no base of a power, nor is −4."""
    text = write_number(value, dialect, digits)
    if text.startswith(("-", MINUS)):
        return text, PRODUCT
    if dialect != "python" and ("e" in text or "times" in text):
        return text, PRODUCT if dialect == "latex" else POWER
    return text, ATOM


def _write(tree: Tree, notations: Mapping[str, Notation], dialect: Dialect, digits: int) -> tuple[str, int]:
    if isinstance(tree, Number):
        return _write_number(tree.value, dialect, digits)
    if isinstance(tree, Name):
        return write_name(tree.name, dialect, tree.plain), ATOM
    if dialect == "unicode" and tree.op == "power" and isinstance(tree.operands[1], Number):
        exponent = tree.operands[1].value
        if abs(exponent) < 1000 and exponent == int(exponent):
            base = write_operand(tree.operands[0], notations, dialect, digits, needs=ATOM)
            base = negative_zero(dialect) if _turns_sign(tree, 0) else base
            return base + superscript(int(exponent)), POWER
    notation = RULE_ONLY.get(tree.op) or notations[tree.op]
    count = len(tree.operands)
    if dialect == "python" and count > 2 and notation.binds < ATOM and tree.op not in RULE_ONLY:
        inner = ", ".join(_write(operand, notations, dialect, digits)[0] for operand in tree.operands)
        return f"{tree.op}({inner})", ATOM
    pieces = [_operand(tree, index, notation, notations, dialect, digits) for index in range(count)]
    template = getattr(notation, dialect)
    binds = ATOM if _is_call(notation, dialect) else notation.binds
    if dialect == "latex" and template.startswith(r"\frac"):
        binds = POWER  # its line holds it together
    if count > 2 and "{2}" not in template:
        head, _, rest = template.partition("{0}")
        between, _, tail = rest.partition("{1}")
        head, between, tail = (part.replace("{{", "{").replace("}}", "}") for part in (head, between, tail))
        text = head + between.join(pieces) + tail
    else:
        text = template.format(*pieces)
    return fitted(text, dialect), binds


def negative_zero(dialect: Dialect) -> str:
    """−0 as an operand."""
    return "(-0)" if dialect == "latex" else f"({MINUS}0)"


def _turns_sign(tree: Call, index: int) -> bool:
    """Whether an operand is −0 where 0 would have another result: below a fraction bar, or with an exponent
    below 0.
    """
    operand = tree.operands[index]
    if not (isinstance(operand, Number) and is_negative_zero(operand.value)):
        return False
    if tree.op != "power" or index:
        return (tree.op, index) in DIVISORS
    exponent = tree.operands[1]
    return isinstance(exponent, Number) and exponent.value < 0


def _is_call(notation: Notation, dialect: Dialect) -> bool:
    """Whether it is written as a call in Python, which needs no more brackets inside or out."""
    return dialect == "python" and notation.python.endswith(")")


def _operand(
    tree: Call,
    index: int,
    notation: Notation,
    notations: Mapping[str, Notation],
    dialect: Dialect,
    digits: int,
) -> str:
    operand = tree.operands[index]
    held = dialect == "latex" and f"{{{{{{{index}}}}}}}" in notation.latex  # by braces
    if dialect != "python" and _turns_sign(tree, index):
        return "-0" if held else negative_zero(dialect)
    if held or _is_call(notation, dialect):
        return _write(operand, notations, dialect, digits)[0]
    needs = notation.needs[min(index, len(notation.needs) - 1)]
    follows = tree.op not in RULE_ONLY and (index > 0 or tree.op in ("negate", "reciprocal"))
    return write_operand(operand, notations, dialect, digits, needs=needs, follows=follows)
