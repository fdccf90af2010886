"""Other ways in which people write a number: in words, with its thousands apart, mixed with a fraction, in
LaTeX. Rewrites text; calculates nothing.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from nodegraph.core.errors import Refused

_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NOT_A_NUMBER = ("nan", "undefined", "not defined", "no number", "not a number", "indeterminate")
_INFINITE = ("inf", "infinity", "infinite", "infty", "oo", "∞")
_IN_WORDS = {
    **{word: float(number) for number, word in enumerate(_COUNTED)},
    **dict.fromkeys(("half", "a half", "one half", "one-half"), 0.5),
    **dict.fromkeys(("third", "a third", "one third", "one-third"), 1 / 3),
    **dict.fromkeys(("quarter", "a quarter", "one quarter", "one-quarter"), 0.25),
    **dict.fromkeys(_NOT_A_NUMBER, math.nan),
    **dict.fromkeys(_INFINITE, math.inf),
}
_SIGN_IN_WORDS = re.compile(r"(minus|negative|plus|positive) (?=\S)", re.IGNORECASE)
_GROUPED = re.compile(r"([-+]?\d{1,3}(?:([ ,_'’])\d{3})(?:\2\d{3})*)(\.\d*)?")
_MIXED = re.compile(r"([-+]?) ?(\d+) (\d+) ?/ ?(\d+)")
_SMALL_FRACTION = re.compile("([⁰¹²³⁴-⁹]+)[/⁄]([₀-₉]+)")
_SUBSCRIPT_OF_NUMBER = re.compile("[0-9)][₀-₉]")
_LATEX_FRACTION = re.compile(r"\\[dt]?frac *\{([^{}]*)\} *\{([^{}]*)\}")
_LATEX_SPACES = re.compile(r"\\left|\\right|\\[,;:! ]|\$")
_LATEX_SIGNS = {r"\cdot": "*", r"\times": "*", r"\div": "/", r"\infty": "inf"}
_DEEPEST = 10
"""Fractions within fractions that are read."""


def value_in_words(text: str) -> float | None:
    """Returns the number that these words are, maybe with a sign; None for anything else.

    >>> [value_in_words(text) for text in ("Zero", "minus four", "-oo", "a half", "undefined", "thirty")]
    [0.0, -4.0, -inf, 0.5, nan, None]
    """
    found = re.fullmatch(r"([-+]?) ?(.*)", with_plain_sign(text).lower())
    value = _IN_WORDS.get(found[2]) if found is not None else None
    if found is None or value is None:
        return None
    return -value if found[1] == "-" else value


def with_plain_sign(text: str) -> str:
    """Returns the text with a sign for a word that stands in front: -4 for minus 4."""
    found = _SIGN_IN_WORDS.match(text)
    if found is None:
        return text
    sign = "-" if found[1].lower() in ("minus", "negative") else "+"
    return sign + text[found.end() :]


def without_groups(text: str) -> str:
    """Returns the text without what keeps thousands apart. Refused for a single comma, which may be a decimal
    one.

    >>> [without_groups(text) for text in ("1 000", "-12,345.5", "1_000_000", "3 4")]
    ['1000', '-12345.5', '1000000', '3 4']
    """
    found = _GROUPED.fullmatch(text)
    if found is None:
        return text
    whole, rest = found[1].replace(found[2], ""), found[3] or ""
    if found[2] == "," and found[1].count(",") == 1 and not rest:
        decimal = found[1].replace(",", ".")
        raise Refused(f"“{text}” may mean {whole} or {decimal}. Type one of them, without a comma.")
    return whole + rest


def mixed_number(text: str) -> float | None:
    """Returns the number that is a whole one and a fraction below 1, as 2 1/3; None for anything else.

    >>> mixed_number("-1 1/2"), mixed_number("2 5/3")
    (-1.5, None)
    """
    found = _MIXED.fullmatch(text)
    if found is None or int(found[3]) >= int(found[4]):
        return None
    value = float(int(found[2]) + Fraction(int(found[3]), int(found[4])))
    return -value if found[1] == "-" else value


def with_plain_fractions(text: str) -> str:
    """Returns the text with (1/3) for ¹/₃. Refused where a number has an index, as 2₁."""
    plain = _SMALL_FRACTION.sub(lambda match: f"({_digits(match[1])}/{_digits(match[2])})", text)
    if _SUBSCRIPT_OF_NUMBER.search(plain):
        raise Refused(f"“{text}” cannot be read: a number has no index.")
    return plain


def _digits(text: str) -> str:
    """Raised or lowered digits as those of a line."""
    return "".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".find(c) if c in "⁰¹²³⁴⁵⁶⁷⁸⁹" else "₀₁₂₃₄₅₆₇₈₉".find(c)) for c in text)


def without_latex(text: str) -> str:
    """Returns the text in the signs of a keyboard where it is written in LaTeX.

    >>> without_latex(r"$\\frac{1}{\\sqrt{2}}$"), without_latex(r"2 \\cdot 10^{-3}"), without_latex("5*3")
    ('((1)/(sqrt(2)))', '2 * 10^{-3}', '5*3')
    """
    if "\\" not in text and "$" not in text:
        return text
    plain = _LATEX_SPACES.sub("", text)
    plain = re.sub(r"\\sqrt *\{([^{}]*)\}", r"sqrt(\1)", plain)
    for _ in range(_DEEPEST):
        plain, count = _LATEX_FRACTION.subn(r"((\1)/(\2))", plain)
        if not count:
            break
    for name, sign in _LATEX_SIGNS.items():
        plain = re.sub(re.escape(name) + r"(?![a-zA-Z])", sign, plain)
    return re.sub(r"\\(?=[a-zA-Z])", "", plain).strip()
