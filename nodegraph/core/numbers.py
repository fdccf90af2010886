"""How numbers are written for people and read from them: one place, so that they look the same everywhere."""

from __future__ import annotations

import math

from nodegraph.core.errors import Refused

MINUS = "\u2212"
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def format_number(value: float, digits: int = 6) -> str:
    """A number for people: at most `digits` significant digits, a real minus sign, no trailing zeros.

    >>> format_number(-20.0), format_number(2 / 3), format_number(4.248354255291589e-18)
    ('−20', '0.666667', '4.24835e−18')
    >>> format_number(float("-inf")), format_number(float("nan")), format_number(-0.0)
    ('−∞', 'NaN', '0')
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    if value == 0:
        return "0"
    if value == int(value) and abs(value) < 10 ** max(digits, 6):
        text = str(int(value))
    else:
        text = f"{value:.{digits}g}"
        if "e" in text:
            mantissa, exponent = text.split("e")
            text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def format_signed(value: float, digits: int = 6) -> str:
    """As `format_number`, with a plus sign before a positive number, so that the sign never rests on colour.

    >>> format_signed(15.0), format_signed(-4.0), format_signed(0.0)
    ('+15', '−4', '0')
    """
    return ("+" if value > 0 else "") + format_number(value, digits)


def format_exact(value: float) -> str:
    """The shortest text that reads back as the same number: for files, expression text and edit fields.

    >>> format_exact(2.0), format_exact(-0.1), format_exact(1e-30)
    ('2', '-0.1', '1e-30')
    """
    if value == 0:
        return "0"
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


def read_number(text: str) -> float:
    """The finite number a person typed; Refused with a sentence that says what would do.

    >>> read_number(" −1e-3 ")
    -0.001
    """
    cleaned = text.strip().replace(MINUS, "-")
    sentence = f"“{text.strip()}” is not a number. Type one such as 3, -0.5 or 1e-3."
    if not cleaned:
        raise Refused("Type a number such as 3, -0.5 or 1e-3.")
    if "," in cleaned:
        raise Refused(f"“{text.strip()}” has a comma. Write decimals with a point: 0.5")
    try:
        number = float(cleaned)
    except ValueError:
        raise Refused(sentence) from None
    if "_" in cleaned or not cleaned.isascii():
        raise Refused(sentence)
    if math.isnan(number):
        raise Refused("A value must be a number; NaN is not one.")
    if math.isinf(number):
        raise Refused("A value must be finite, at most about 1.8e308 in size.")
    return number


def is_finite(value: float) -> bool:
    """Whether a number is one that arithmetic can go on with; a whole number beyond every float is not."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
