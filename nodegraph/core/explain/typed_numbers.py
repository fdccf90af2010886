"""Numbers as people type them: decimals, fractions, and the notation that the program itself writes, such as
√2, 2³, |−2|, σ(1) or ½. Reads arithmetic without names; knows no question.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from nodegraph.core.building.free_names import CONSTANTS
from nodegraph.core.errors import Refused, TextError
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
from nodegraph.core.numbers import plain_digits, read_number
from nodegraph.core.operations.catalogue import ARITIES, VALUE_FUNCTIONS
from nodegraph.core.operations.formula import Call, Name, Tree, evaluate
from nodegraph.core.operations.formula_reader import Reader

LONGEST_ANSWER = 200
EXACT = 17
"""The digits that arithmetic has, of which nobody typed a result."""
_NAME = "name_"
"""What marks a name of the question."""
_OTHER_NAMES = {
    "ln": "log",
    "σ": "sigmoid",
    "sigma": "sigmoid",
    "logistic": "sigmoid",
    "leaky": "leaky_relu",
    "lg": "log10",
    "ld": "log2",
    "lb": "log2",
    "tg": "tan",
    "arctan": "atan",
    "arcsin": "asin",
    "arccos": "acos",
    "sum": "add",
    "prod": "multiply",
    "product": "multiply",
    "pow": "power",
    "avg": "mean",
    "average": "mean",
}
"""How the program, or a calculator, writes functions, where that is not the name of the operation."""


def _first_row(function: Callable[[Any], Any], rows: Any) -> Any:
    """Apply a function of one number to operands stacked along the first axis, as the catalogue's are."""
    return function(rows[0])


_ROOTS = {"√": "sqrt", "∛": "cbrt", "∜": "root4"}
_OF_ONE_NUMBER: Mapping[str, Callable[[Any], Any]] = {
    "cbrt": np.cbrt,
    "root4": lambda number: np.sqrt(np.sqrt(number)),
    "log10": np.log10,
    "log2": np.log2,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "sech": lambda number: 1 / np.cosh(number),
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
}
"""What calculators have and the catalogue has not."""
_MORE_FUNCTIONS = {name: partial(_first_row, function) for name, function in _OF_ONE_NUMBER.items()}
_FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {**VALUE_FUNCTIONS, **_MORE_FUNCTIONS}
_ARITIES = {**ARITIES, **dict.fromkeys(_MORE_FUNCTIONS, (1, 1))}
_SIGNS = str.maketrans(
    dict.fromkeys("−–—‒‑‐﹣－", "-")
    | dict.fromkeys("×·⋅∙•✕✖⨯∗", "*")
    | dict.fromkeys("÷∕⁄", "/")
    | {"^": "**", "‰": "/1000", "{": "(", "}": ")", "＋": "+", "﹢": "+", "∣": "|"}
    | dict.fromkeys("\u200b\u200e\u200f\u2060\ufeff", "")
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
_TOO_LARGE = "is larger than any number here. Type inf or -inf for what is infinite."
_ARROW = re.compile("[=-]>|[⇒∴]")
_FOR_A_VALUE = re.compile(r"\d.*\b(?:at|when|for|if|with|where)\b.*=|=[^=:]*\d ?: ")
_COMPARED = re.compile("[<>≤≥≠±]|!=")
_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?: ?%)?)|(?P<word>[^\W\d]\w*)|(?P<sign>\*\*|\S)"
)


@dataclass(frozen=True)
class Typed:
    """A number as it was typed: how many significant digits it has, and what its last one counts."""

    value: float
    digits: int = EXACT
    unit: float = 0.0
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
        raise Refused("That is too long for a number. Type one such as 3, -0.5 or 1/3.")
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
    if (parts := said_twice(plain)) is not None and parts[0].lower() not in {*_ARITIES, *_OTHER_NAMES}:
        first, second = (read_answer(part, names) for part in parts)
        if abs(first.value - second.value) > max(first.unit / 2, second.unit / 2, 1e-9 * abs(first.value)):
            raise Refused(f"“{told}” holds several numbers. {ONE_NUMBER}")
        return first
    if (percentage := _percentage(plain)) is not None:
        return percentage
    try:
        return _with_digits(read_number(plain), plain)
    except Refused as refusal:
        exact = mixed_number(plain)
        exact = repeating_decimal(plain) if exact is None else exact
        number = _calculated(plain, names, told) if exact is None else Typed(exact)
        if number is None:
            raise Refused(_why_not(told, str(refusal))) from None
        return number


def _last_side(text: str, names: Collection[str]) -> str:
    """What stands behind the last equals sign or arrow, or before it where only a name is behind."""
    sides = [side for part in re.split("[=≈≃≅→←]", text) if (side := part.strip())]
    told = next((side for side in reversed(sides) if side not in names), "".join(sides[-1:]))
    return told.lstrip("~").strip()


_SEVERAL = re.compile(r"([^\W\d]\w*) ?\([^()]*,[^()]*\)")
"""A function with several numbers in its brackets, or with a decimal that has a comma."""


def _why_not(text: str, refusal: str) -> str:
    if (called := _SEVERAL.search(text)) is not None:
        name = called[1].lower()
        if name not in (*_ARITIES, *_OTHER_NAMES):
            return f"“{text}” has {called[1]}, which is no function here. Type the number that it comes to."
        if _ARITIES[_OTHER_NAMES.get(name, name)] == (1, 1):
            return (
                f"“{text}” gives {called[1]} several numbers, or a decimal with a comma. Write 0.5 for 0,5."
            )
    if text.count(",") > 1 or re.fullmatch(r"[\[({].*,.*[\])}]", text):
        return f"“{text}” holds several numbers, or decimals with a comma. {ONE_NUMBER}"
    if not text or "," in text:
        return refusal
    if _OVERFLOWING.fullmatch(text.replace("−", "-")):
        return f"“{text}” {_TOO_LARGE}"
    if sentence := said_of_more(text):
        return sentence
    return f"“{text}” cannot be read as a number. Type one such as 3, -0.5, 1e-3 or 1/3."


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


# --- arithmetic
def _calculated(text: str, names: Collection[str], told: str) -> Typed | None:
    """What simple arithmetic comes to; None for anything else. Refused for a formula of names, and for what
    overflows.
    """
    if re.search(r"\blog ?\([^()]*\d,\d", text):  # log(8,2) may be the logarithm of 8.2
        return None
    text = re.sub(r"\) ?%", ")/100", text)
    tokens = _with_names(typed := [match[0] for match in _TOKEN.finditer(text)], names)
    is_of_euler = "e" in names and ("e", "E") in zip(typed, tokens, strict=True)
    tokens = [part for token in tokens for part in _apart(token)]
    tokens = _with_powers(_with_roots(_with_bars(tokens)))
    try:
        statements = Reader(_joined(tokens, names), _ARITIES).statements()
    except TextError:
        return None
    if len(statements) != 1 or statements[0].name is not None:
        return None
    tree = statements[0].tree
    found = sorted({name.removeprefix(_NAME) for name in _names_in(tree)})
    if found and all(name in names for name in found):
        if isinstance(tree, Name):
            raise Refused(f"Type a number, not a name: the value of {found[0]}.")
        listed = " and ".join([", ".join(found[:-1]), found[-1]] if found[1:] else found)
        values = "values" if found[1:] else "value"
        raise Refused(f"Type a number, not a formula: put in the {values} of {listed}.")
    if found:
        return None
    overflows: list[str] = []
    with np.errstate(all="ignore", over="call"), np.errstate(call=lambda kind, _: overflows.append(kind)):
        value = float(evaluate(tree, {}, _FUNCTIONS))
    if overflows and not math.isfinite(value):  # as 1/0 is infinite, and this only larger than all numbers
        raise Refused(f"“{told}” {_TOO_LARGE}")
    return Typed(value, is_of_euler=is_of_euler)


def _with_names(tokens: list[str], names: Collection[str]) -> list[str]:
    """The tokens with a mark before names that are called as a function but are none here, as in max*2. The e
    of e^(-1) is Euler's number though a node is called e; e^2 may be the square of that node.
    """
    made = list(tokens)
    for place, token in enumerate(tokens):
        behind = tokens[place + 1] if place + 1 < len(tokens) else ""
        power = "".join(tokens[place + 2 : place + 4]).lstrip("(") if behind in ("^", "**") else ""
        if token == "e" and power and not power[0].isdigit():
            made[place] = "E"  # which is a constant, too
        elif token in names and token[0].isalpha() and behind != "(" and not behind[:1].isdigit():
            made[place] = _NAME + token
    return made


def _apart(token: str) -> list[str]:
    """A word as the function and the number that it is made of, such as ln2; else the word as it is."""
    name = token.rstrip("0123456789")
    if name == token or name.lower() not in {*_ARITIES, *_OTHER_NAMES} or token.lower() in _ARITIES:
        return [token]
    return [name, token[len(name) :]]


def _with_powers(tokens: list[str]) -> list[str]:
    """The tokens with sin²(1) as (sin(1))²; sin⁻¹ may mean two things and stays."""
    made = list(tokens)
    for place in reversed(range(len(made) - 5)):
        raised = made[place + 1 : place + 6]
        if made[place][0].isalpha() and raised[:2] == ["**", "("] and raised[3:] == [")", "("]:
            end = _end_of_operand(made, place + 5)
            made[place:end] = ["(", made[place], *made[place + 5 : end], ")", *raised[:4]]
    return made


def _with_bars(tokens: list[str]) -> list[str]:
    """The tokens with |x| as abs(x)."""
    made: list[str] = []
    is_open = 0
    for token in tokens:
        if token != "|":
            made.append(token)
        elif is_open and made and _ends_operand(made[-1]):
            made.append(")")
            is_open -= 1
        else:
            made += ["abs", "("]
            is_open += 1
    return made


def _with_roots(tokens: list[str]) -> list[str]:
    """The tokens with √ as sqrt( ) round the number, bracket or call behind it, and ln 2 as ln(2)."""
    made = list(tokens)
    for place in reversed(range(len(made))):
        if made[place] in _ROOTS or _is_without_bracket(made, place):
            end = _end_of_operand(made, place + 1)
            name = _ROOTS.get(made[place], made[place])
            made[place:end] = [name, "(", *made[place + 1 : end], ")"]
    return made


def _is_without_bracket(tokens: list[str], place: int) -> bool:
    """Whether a function of one number stands before a plain number, with nothing behind it that might belong
    to its operand, as in sin 2 / 3.
    """
    name = _OTHER_NAMES.get(tokens[place].lower(), tokens[place].lower())
    behind = tokens[place + 1 : place + 4]
    if behind[:1] in (["-"], ["+"]):
        del behind[0]
    behind = behind[:2]
    if _ARITIES.get(name) != (1, 1) or not behind or not behind[0][0].isdigit():
        return False
    return len(behind) == 1 or behind[1] in ("+", "-", ")")


def _end_of_operand(tokens: list[str], place: int) -> int:
    """Where the number, constant, bracket or call that begins at a place, maybe with a sign, has ended."""
    while tokens[place : place + 1] in (["-"], ["+"]):
        place += 1
    if tokens[place + 1 : place + 2] == ["("] and tokens[place][:1].isalpha():
        place += 1
    depth = 0
    for end in range(place, len(tokens)):
        depth += (tokens[end] == "(") - (tokens[end] == ")")
        if depth <= 0:
            return end + 1
    return len(tokens)


def _joined(tokens: list[str], names: Collection[str]) -> str:
    """The tokens as expression text: constants and percentages as numbers, * where a product has no sign."""
    made: list[str] = []
    for token in tokens:
        before = made[-1] if made else ""
        if token[0].isalpha() or token == "(":
            is_called = token == "(" and before in _ARITIES
            if _ends_operand(before) and not is_called:
                made.append("*")
        made.append(_meant(token, names))
    return " ".join(made)


def _meant(token: str, names: Collection[str]) -> str:
    if token.endswith("%") and token != "%":
        return f"({token[:-1]}/100)"
    if not token[0].isalpha():
        return token
    known = next((word for word in (token, token.lower()) if word in CONSTANTS), "")
    if known and token not in names:
        return f"({CONSTANTS[known]!r})"
    return _OTHER_NAMES.get(token.lower(), token.lower() if token.lower() in _ARITIES else token)


def _ends_operand(token: str) -> bool:
    """Whether a product may go on behind this token without a sign."""
    return bool(token) and token not in _ARITIES and (token[-1].isalnum() or token[-1] in ")%.")


def _names_in(tree: Tree) -> Iterator[str]:
    """The names that a tree leaves open."""
    if isinstance(tree, Name):
        yield tree.name
    elif isinstance(tree, Call):
        for operand in tree.operands:
            yield from _names_in(operand)
