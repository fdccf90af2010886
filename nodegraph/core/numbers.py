"""How numbers are written for people and read from them: one place, so that they look the same everywhere."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TypeGuard

from nodegraph.core.errors import Refused

MINUS = "\u2212"
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


_PARTS = "¼½¾⅓⅔⅕⅖⅗⅘⅛⅜⅝⅞"
_SIZES = (1 / 4, 1 / 2, 3 / 4, 1 / 3, 2 / 3, 1 / 5, 2 / 5, 3 / 5, 4 / 5, 1 / 8, 3 / 8, 5 / 8, 7 / 8)

_NUMBER = re.compile(r"(?<!\w)[－＋]?[\d.．٫][\w.．٫٬，％]*")
_SIGNS_OF_NUMBERS = {"－": "-", "＋": "+", "．": ".", "٫": ".", "٬": "'", "，": ",", "％": "%"}
"""Signs in numbers of other scripts, and what they are beside the digits 0 to 9."""
EVERY_DIGIT = 17
"""So many digits fix a number exactly: it is written as the shortest text that reads back as the same."""
WIDEST_WHOLE, WIDEST_EXACT = 1e6, 1e12
"""Whole numbers below the first are always written out, below the second where rounding would change them."""


def format_number(value: float, digits: int = 6) -> str:
    """A number for people: at most `digits` significant digits, a real minus sign, no trailing zeros.

    Whole numbers are written out as far as there is room for six digits or more.

    >>> format_number(-20.0), format_number(2 / 3), format_number(4.248354255291589e-18)
    ('−20', '0.666667', '4.24835e−18')
    >>> format_number(1002001.0), format_number(123456789012.0), format_number(1e9), format_number(1002001, 4)
    ('1002001', '123456789012', '1e9', '1.002e6')
    >>> format_number(1000001.0, EVERY_DIGIT), format_number(1e9, EVERY_DIGIT)
    ('1000001', '1000000000')
    >>> format_number(float("-inf")), format_number(float("nan")), format_number(-0.0)
    ('−∞', 'NaN', '0')
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    if value == 0:
        return "0"
    text = repr(float(value)) if digits >= EVERY_DIGIT else f"{value:.{digits}g}"
    if _is_written_out(value, text, digits):
        text = str(int(value))
    elif "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def _is_written_out(value: float, rounded: str, digits: int) -> bool:
    """Whether a number is whole and stands with all its digits."""
    size = abs(value)
    if size >= WIDEST_EXACT or value != int(value):
        return False
    return size < WIDEST_WHOLE or digits >= EVERY_DIGIT or (digits >= 6 and float(rounded) != value)


def format_signed(value: float, digits: int = 6) -> str:
    """As `format_number`, with a plus sign before a positive number, so that the sign never rests on colour.

    >>> format_signed(15.0), format_signed(-4.0), format_signed(0.0)
    ('+15', '−4', '0')
    """
    return ("+" if value > 0 else "") + format_number(value, digits)


def format_value(value: float, digits: int = 6) -> str:
    """As `format_number`, for the value of a node as a trace tells it: there −0 has a sign that decides.

    >>> format_value(-0.0), format_value(0.0), format_value(-0.5)
    ('−0', '0', '−0.5')
    """
    return f"{MINUS}0" if is_negative_zero(value) else format_number(value, digits)


def format_exact(value: float) -> str:
    """The shortest text that reads back as the same number: for files, expression text and edit fields.

    >>> format_exact(2.0), format_exact(-0.1), format_exact(1e-30), format_exact(-0.0)
    ('2', '-0.1', '1e-30', '-0')
    """
    if value == 0:
        return "-0" if math.copysign(1.0, value) < 0 else "0"
    return str(int(value)) if value == int(value) and abs(value) < 1e16 else repr(value)


def format_count(count: int) -> str:
    """A count for people: exact below 10^15, beyond that the nearest power of ten. Paths through a graph can
    be so many that Python would refuse to write them out.

    >>> format_count(0), format_count(12_345), format_count(9 * 10**5000)
    ('0', '12,345', 'about 10^5001')
    """
    return f"{count:,}" if count < 10**15 else f"about 10^{round(math.log10(count))}"


def superscript(integer: int) -> str:
    """An integer as a Unicode superscript.

    >>> superscript(-12)
    '⁻¹²'
    """
    return str(integer).translate(_SUPERSCRIPTS)


def plain_digits(text: str) -> str:
    """Returns a text in which numbers have the digits 0 to 9, whichever script they were written in. Each
    character stays at its place, and names stay as they are.

    >>> plain_digits("x٣ + ٣٫٥"), plain_digits("１．５"), plain_digits("－２"), plain_digits("५e३")
    ('x٣ + 3.5', '1.5', '-2', '5e3')
    """
    if text.isascii() or not any(c.isdecimal() and c > "9" for c in set(text)):
        return text
    return _NUMBER.sub(_in_plain_digits, text)


def _in_plain_digits(match: re.Match[str]) -> str:
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else _SIGNS_OF_NUMBERS.get(c, c) for c in match[0]
    )


def read_number(text: str) -> float:
    """The finite number a person typed; Refused with a sentence that says what would do.

    >>> read_number(" −1e-3 "), read_number("-1/4"), read_number("2½"), read_number("50%"), read_number("–4")
    (-0.001, -0.25, 2.5, 0.5, -4.0)
    """
    cleaned = plain_digits(text.strip()).replace(MINUS, "-").replace("–", "-")
    sentence = f"“{text.strip()}” is not a number. Type one such as 3, -0.5 or 1e-3."
    if not cleaned:
        raise Refused("Type a number such as 3, -0.5 or 1e-3.")
    if "," in cleaned:
        raise Refused(f"“{text.strip()}” {said_of_comma(cleaned)}")
    if "_" in cleaned or not cleaned.rstrip(_PARTS).isascii():
        raise Refused(sentence)
    try:
        number = _number_of(cleaned)
    except ValueError:
        raise Refused(sentence) from None
    if math.isnan(number):
        raise Refused("A value must be a number; NaN is not one.")
    if math.isinf(number):
        raise Refused("A value must be finite, at most about 1.8e308 in size.")
    if not number and any(digit in _ahead(cleaned) for digit in "123456789"):
        raise Refused("A value that is not 0 must be at least about 5e-324 in size.")
    return number


def _ahead(text: str) -> str:
    """What stands before the exponent, and before a divisor."""
    return text.lower().partition("e")[0].partition("/")[0]


def said_of_comma(text: str) -> str:
    """What to say of a number with a comma: how it is written here, where that is plain."""
    decimal = text.replace(",", ".")
    ways = [way for way in (_without_thousands(text), decimal if decimal.count(".") == 1 else "") if way]
    try:
        list(map(_number_of, ways))
    except ValueError:
        ways = []
    if len(ways) == 2:
        return f"may mean {ways[0]} or {ways[1]}. Type one of them, without a comma."
    return f"has a comma. Write decimals with a point: {ways[0] if ways else '0.5'}"


def _without_thousands(text: str) -> str:
    """A number with commas or points between its thousands, as it is written here; of any other "".

    >>> _without_thousands("1,234,567.8"), _without_thousands("1.234,5"), _without_thousands("0,500")
    ('1234567.8', '1234.5', '')
    """
    sign, point = (",", ".") if "," in text.partition(".")[0] else (".", ",")
    whole, _, part = text.partition(point)
    first, *others = whole.removeprefix("-").removeprefix("+").split(sign)
    is_grouped = 0 < len(first) < 4 and not first.startswith("0") and all(len(one) == 3 for one in others)
    if not others or not is_grouped or not "".join([first, *others, part]).isdecimal():
        return ""
    return text.replace(sign, "").replace(",", ".")


def _number_of(text: str) -> float:
    """A decimal, a fraction, a number with a part such as ½ behind it, or a percentage; else ValueError."""
    if "/" in text:
        above, below = text.split("/", 1)
        divisor = float(below)
        return float(above) / divisor if divisor else float(above) * math.inf
    if text.endswith("%"):
        return float(text[:-1]) / 100
    whole = text.rstrip(_PARTS)
    if len(whole) == len(text) - 1:
        sign = -1.0 if whole.startswith("-") else 1.0
        size = 0.0 if whole in ("", "+", "-") else abs(float(whole))
        return sign * (size + _SIZES[_PARTS.index(text[-1])])
    return float(text)


def is_negative_zero(value: float) -> bool:
    """Whether a number is −0, which `format_number` writes as 0, and `format_value` as it is."""
    return value == 0 and math.copysign(1.0, value) < 0


def is_finite(value: float) -> bool:
    """Whether a number is one that arithmetic can go on with; a whole number beyond every float is not."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def is_finite_number(value: object) -> TypeGuard[float]:
    """Whether something is a finite number, and no truth value, which Python counts among them."""
    return isinstance(value, int | float) and not isinstance(value, bool) and is_finite(value)
