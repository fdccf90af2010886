"""Numbers as people type them: decimals, fractions, and the notation that the program itself writes, such as
√2, 2³, |−2|, σ(1) or ½. Reads arithmetic without names; knows no question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from nodegraph.core.errors import Refused
from nodegraph.core.explain.number_spellings import (
    ONE_NUMBER,
    mixed_number,
    repeating_decimal,
    said_of_more,
    said_twice,
    value_in_words,
    why_two_meanings,
    with_plain_fractions,
    with_plain_sign,
    with_signs_for_words,
    without_groups,
    without_latex,
    without_remark,
)
from nodegraph.core.explain.typed_arithmetic import TOO_LARGE, calculated, is_function, takes_one_number
from nodegraph.core.numbers import plain_digits, read_number
from nodegraph.core.quoting import COPIED_ALONG

LONGEST_ANSWER = 200
_SMALL = "5e-324"
"""What the refusal of a number speaks of that is smaller than all but 0."""
_LEFT_OF_ZERO = 1e-15
EXACT = 17
"""The digits that arithmetic has, of which nobody typed a result."""
_SIGNS = str.maketrans(
    dict.fromkeys("−–—‒‑‐﹣－", "-")
    | dict.fromkeys("×·⋅∙•✕✖⨯∗", "*")
    | dict.fromkeys("÷∕⁄", "/")
    | {"^": "**", "‰": "/1000", "{": "(", "}": ")", "＋": "+", "﹢": "+", "∣": "|"}
    | COPIED_ALONG
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_EXPONENT = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_FRACTION = re.compile(r"(\d*) ?([¼-¾⅐-⅞])")
_SCIENTIFIC = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)) ?\* ?10 ?\*\* ?\(?([-+]?\d+)\)?")
_LETTER_TIMES = re.compile(r"(?:(?<=[\d)])(?<!\b0) ?|(?<=\d) )[xX] ?(?=[-\d.(√|])")
"""The letter between two numbers, which many type for ×; 0x10 is none."""
_GOES_ON = re.compile(r"(\.\d+?)(?:\.{1,3}|…)$")
"""Dots behind decimals: there are more of them; one ends a sentence."""
_OVERFLOWING = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE]\+?\d+)?", re.ASCII)
"""A decimal number; one that is read goes on, so that one that is told of is too large."""
_ARROW = re.compile("[=-]>|[⇒∴]")
_FOR_A_VALUE = re.compile(r"\d.*\b(?:at|when|for|if|with|where)\b.*=|=[^=:]*\d ?: ")
_COMPARED = re.compile("[<>≤≥≠±]|!=")


@dataclass(frozen=True)
class Typed:
    """A number as it was typed: how many significant digits it has, and what its last one counts."""

    value: float
    digits: int = EXACT
    unit: float = 0.0
    rounding: float = 0.0
    """What arithmetic may leave of a 0, as in sin(π) or 0.1 + 0.2 − 0.3."""
    is_of_euler: bool = False
    """Whether the e of e^(-x) was read as Euler's number, although a node is called e."""


def read_answer(text: str, names: Collection[str] = ()) -> Typed:
    """Returns the number in a text: 0.5, −1e-3, 1/3, 5 × 3 = 15, ln(2), √2, 2³, ½, 50%, nan. Refused with a
    sentence otherwise, and where a constant is one of the `names` that stand for something else.

    >>> read_answer("5 × 3").value, read_answer("0.707").digits, read_answer("= −∞").value
    (15.0, 3, -inf)
    >>> [read_answer(text).value for text in ("|−2|³", "√(16)", "2·10⁻³", "1½", "max(1, 2)")]
    [8.0, 4.0, 0.002, 1.5, 2.0]
    """
    if len(text) > LONGEST_ANSWER:
        raise Refused(f"That is too long for a number. {ONE_NUMBER}")
    text = _ARROW.sub("=", plain_digits(text)).replace("(=", "(")
    if _FOR_A_VALUE.search(text):
        raise Refused(f"“{text.strip()}” holds several numbers. {ONE_NUMBER}")
    if _COMPARED.search(text):
        raise Refused(f"“{text.strip()}” may be any of several numbers. {ONE_NUMBER}")
    told = without_remark(_last_side(text, names))
    plain = _in_plain_signs(told)
    in_words = value_in_words(plain) if plain not in names else None
    if in_words is not None:
        return Typed(in_words)
    if why := why_two_meanings(plain):
        raise Refused(f"“{told}” {why}")
    if (parts := said_twice(plain)) is not None and not is_function(parts[0]):
        first, second = (read_answer(part, names) for part in parts)
        return _one_of(first, second, told)
    if (percentage := _percentage(plain)) is not None:
        return percentage
    try:
        return _with_digits(read_number(plain), plain)
    except Refused as refusal:
        exact = mixed_number(plain)
        exact = repeating_decimal(plain) if exact is None else exact
        if exact is not None:
            return Typed(exact)
        if (found := calculated(plain, names, told)) is None:
            raise Refused(_why_not(told, str(refusal))) from None
        value, is_of_euler = found
        return Typed(value, rounding=_LEFT_OF_ZERO, is_of_euler=is_of_euler)


def _one_of(first: Typed, second: Typed, told: str) -> Typed:
    """The first of two numbers that are one within their digits; else Refused."""
    if abs(first.value - second.value) > max(first.unit / 2, second.unit / 2, 1e-9 * abs(first.value)):
        raise Refused(f"“{told}” holds several numbers. {ONE_NUMBER}")
    return first


def _last_side(text: str, names: Collection[str]) -> str:
    """What stands behind the last equals sign or arrow, or before it where only a name is behind."""
    sides = [side for part in re.split("[=≈≃≅→←]", text) if (side := part.strip())]
    told = next((side for side in reversed(sides) if side not in names), "".join(sides[-1:]))
    return told.lstrip("~").strip()


_SEVERAL = re.compile(r"([^\W\d]\w*) ?\([^()]*,[^()]*\)")
"""A function with several numbers in its brackets, or with a decimal that has a comma."""


def _why_not(text: str, refusal: str) -> str:
    if (called := _SEVERAL.search(text)) is not None:
        if not is_function(called[1]):
            return f"“{text}” has {called[1]}, which is no function here. Type the number that it comes to."
        if takes_one_number(called[1]):
            return f"“{text}” gives {called[1]} several numbers, or a comma for a decimal point."
    if text.count(",") > 1 or re.fullmatch(r"[\[({].*,.*[\])}]", text):
        return f"“{text}” holds several numbers, or decimals with a comma. {ONE_NUMBER}"
    if not text:
        return ONE_NUMBER
    if "," in text:
        return refusal if text == "0,5" else re.sub(": 0[.]5$", ".", refusal)
    if _SMALL in refusal:
        return f"“{text}” is too small to be told from 0. Type 0 where that is meant."
    if _OVERFLOWING.fullmatch(text.replace("−", "-")):
        return f"“{text}” {TOO_LARGE}"
    if sentence := said_of_more(text):
        return sentence
    return f"“{text}” cannot be read as a number. Type digits, with a point before decimals."


def _with_digits(value: float, text: str) -> Typed:
    try:
        number = Decimal(text).as_tuple()
    except InvalidOperation:  # its exponent is longer than Decimal takes: it is 0 to whoever calculates
        return Typed(value)
    exponent = number.exponent
    unit = 10.0**exponent if isinstance(exponent, int) and -323 < exponent < 309 else 0.0
    return Typed(value, len(number.digits), unit)


def _percentage(text: str) -> Typed | None:
    if not text.endswith("%") or text.count("%") > 1:
        return None
    try:
        number = read_number(text.removesuffix("%"))
    except Refused:
        return None
    typed = _with_digits(number, text.removesuffix("%").strip())
    return Typed(typed.value / 100, typed.digits, typed.unit / 100)


def _in_plain_signs(text: str) -> str:
    """The text in the signs of a keyboard: − becomes -, × becomes *, ² becomes **(2), ½ becomes (1/2)."""
    text = with_plain_fractions(without_latex(text))
    text = _EXPONENT.sub(lambda match: f"**({match[0].translate(_RAISED)})", text)
    text = _FRACTION.sub(_as_quotient, text.translate(_SIGNS))
    text = _GOES_ON.sub(r"\1", text.rstrip())
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = with_signs_for_words(plain)
    plain = _LETTER_TIMES.sub(" * ", without_groups(with_plain_sign(plain)))
    scientific = _SCIENTIFIC.fullmatch(plain)
    return f"{scientific[1]}e{scientific[2]}" if scientific else plain


def _as_quotient(match: re.Match[str]) -> str:
    part = Fraction(unicodedata.numeric(match[2])).limit_denominator(10)
    return f"({match[1] or 0}+{part.numerator}/{part.denominator})"
