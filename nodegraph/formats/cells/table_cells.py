"""What one cell of a table means: a number as people write it, a date, a time of day, a measure, or a gap.

A number may have a decimal comma, signs between thousands, a percent or currency sign, or brackets for a
minus. Knows no columns, but where all cells together say which sign is the decimal one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nodegraph.core.numbers import MINUS

LONGEST_KNOWN = 60
"""Characters of a cell of which it is kept whether it is a number."""
_SPACES = " \u00a0\u2007\u2009\u202f"
_MINUS = f"{MINUS}–‐‑-"
_MONEY = (
    r"(?:(?:US|R|CA|C|AU|A|NZ|HK|NT|S|MX)?\$|[€£¥₹₽₩₺₪₫₴]|USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|BRL|CAD|AUD|NZD|MXN|ZAR"
    r"|SEK|NOK|DKK|PLN|CZK|HUF|RON|TRY|RUB|KRW|HKD|SGD|Fr\.|Rs\.?|kr\.?|zł|Kč|Ft|lei|元|円|원|руб\.?)"
)
_CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "Fr.": "CHF"}
_EXPONENT = rf"(?:[eEdD][+{_MINUS}]?[0-9]+)?"


def _form(decimal: str, other: str) -> re.Pattern[str]:
    """A number with this decimal sign; the other one may stand between thousands."""
    thousands = rf"[1-9][0-9]{{0,2}}(?P<apart>['’{_SPACES}{other}])[0-9]{{3}}(?:(?P=apart)[0-9]{{3}})*"
    lakhs = rf"[1-9][0-9]?(?:[{other}][0-9]{{2}})+[{other}][0-9]{{3}}"
    digits = rf"(?:{thousands}|{lakhs}|[0-9]+)(?:[{decimal}][0-9]*)?|[{decimal}][0-9]+"
    return re.compile(
        rf"(?P<open>\()?(?P<sign>[+{_MINUS}])?[{_SPACES}]?(?P<money>{_MONEY})?[{_SPACES}]?(?P<later>[+{_MINUS}])?"
        rf"(?P<digits>{digits})(?P<exponent>{_EXPONENT})"
        rf"[{_SPACES}]?(?P<behind>{_MONEY})?(?P<share>[%‰])?(?P<last>[{_MINUS}])?(?P<close>\))?"
    )


_FORMS = {".": _form(".", ","), ",": _form(",", ".")}
_DECIMALS = frozenset(_FORMS)
_POWERS = {"%": -2, "‰": -3}
_BETWEEN = re.compile(rf"['’{_SPACES}.,]")

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?[ \w+:./()\[\]-]{0,24}"
"""A time of day behind a date, with its zone."""
_MONTH = (
    r"(?:jan(?:uar|uary|v|vier)?|ene(?:ro)?|feb(?:ruar|ruary|rero)?|fév(?:r|rier)?|mar(?:ch|s|zo)?|märz?|mrz"
    r"|a[pvb]r(?:il)?|ma[iy]o?|jun[ei]?o?|juin|jul[iy]?o?|juil(?:let)?|aug(?:ust)?|août|ago(?:sto)?"
    r"|sept?(?:ember|embre|iembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?"
    r"|(?:de[cz]|déc|dic)(?:ember|embre|iembre)?)"
)
_WEEKDAY = r"(?:mon|tues?|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)[^\W\d_]{0,8}"
_DATE = re.compile(
    rf"(?:{_WEEKDAY}\.?,? )?(?:"
    rf"\d{{4}}([-/.])\d{{1,2}}(\1\d{{1,2}})?([T ]{_CLOCK})?"  # 2024-01-05, 2024-01, 2024-01-05T12:30Z
    rf"|\d{{1,2}}([-/.])\d{{1,2}}\4\d{{2,4}}(,? {_CLOCK})?"  # 5.1.2024, 01/05/24 12:30
    rf"|(\d{{1,2}}[. /-]{{1,2}})?{_MONTH}[. /-]{{1,2}}"
    rf"(\d{{1,2}},? )?\d{{2,4}}((,? |:){_CLOCK})?"  # 5 Jan 2024, Jan 5, 2024, 10:30 AM, Jan-24
    rf"|{_MONTH} +\d{{1,2}} +\d{{1,2}}:\d{{2}}:\d{{2}}( [A-Z]{{2,5}})? \d{{4}}"  # Jan 5 10:11:12 2024
    rf"|\d{{1,2}}{_MONTH}\d{{2,4}}(:[\d:.]+)?"  # 05JAN2024, as SAS writes
    r"|\d{8}T\d{4,6}Z?"  # 20240105T1011
    rf"|\d{{4}}年\d{{1,2}}月(\d{{1,2}}日)?( ?{_CLOCK})?"
    r"|\d{4}[- ]?(W\d{1,2}(-\d)?|Q[1-4])|Q[1-4][- ]?\d{4})",  # 2024-W05, 2024-Q1
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(r"\d{4}\.\d{1,2}")
"""A number, not a month."""
_TIME = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9](?:[.,][0-9]+)?))?(?: ?([AaPp])\.? ?[Mm]\.?)?")
_MINUTES = re.compile(r"([0-9]{1,3}):([0-5][0-9][.,][0-9]+)")
"""Minutes and seconds, which have a fraction: 1:23.456."""
_LABELLED = re.compile(rf"([^\W\d]\w*) ?[:=] ?[+{_MINUS}]?[0-9.]+{_EXPONENT}")
_COMPLEX = re.compile(rf"[+{_MINUS}]?[0-9.]+{_EXPONENT} ?[+{_MINUS}] ?[0-9.]*{_EXPONENT} ?\*?[ij]")
_POLAR = re.compile(rf"\([+{_MINUS}]?[0-9.]+{_EXPONENT}dB,[+{_MINUS}]?[0-9.]+{_EXPONENT}°\)")
"""A complex number as LTspice writes it."""
_POWER_OF_TEN = re.compile(
    rf"(?:(?<=[0-9.,])[{_SPACES}]?[×·⋅∙*xX][{_SPACES}]?|(?<![\w.,]))10(?:(?:\^|\*\*)\(?([+{_MINUS}]?[0-9]+)\)?|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
)
"""1.5×10^3, 1.5·10³, 10^-3."""
_APART = re.compile(rf"(?<=[0-9.,])(?:\*\^|[{_SPACES}][eE])(?=[+{_MINUS}]?[0-9]+$)")
"""What stands before an exponent as Mathematica writes it, 1.5*^3, or behind a blank, 1.5 E3."""
_UNCERTAIN = re.compile(
    rf"(.*[0-9.])[{_SPACES}]?(?:±|\+/-|\+-)[{_SPACES}]?[0-9.,]+{_EXPONENT}"
    rf"|(?P<known>[+{_MINUS}]?[0-9]*[.,][0-9]+)\([0-9]+\)(?P<power>{_EXPONENT})"
)
_UNCERTAIN_MEASURE = re.compile(
    rf"\(?(.*[0-9.])[{_SPACES}]?(?:±|\+/-|\+-)[{_SPACES}]?[0-9.,]+{_EXPONENT}\)?([{_SPACES}]?[^\W\d_].*|[{_SPACES}]?°.*)",
    re.DOTALL,
)
_FOOTNOTE = re.compile(rf"(.*[0-9%‰)])[{_SPACES}]?(?:[*†‡§¶]{{1,4}}|(?:\[(?:[0-9]{{1,3}}|[a-z])\])+)")
"""A mark behind a number: 12.5*, 0.03**, 1,234[a]."""
_ROUGHLY = re.compile(r"(?:[~≈∼≃]|(?:ca|approx|env)\.?|circa|about|etwa|environ) ?(?=[^ ])", re.IGNORECASE)
"""Words and signs before a number that is not quite so."""
_FLAG = re.compile(r"(.*[0-9.%]) {1,2}([abcdefinprsuz]{1,3})")
"""Letters that statistical offices write behind a number, and people behind the means of groups."""
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_IN_BASE = re.compile(r"0(?:x[0-9a-f]+|b[01]+|o[0-7]+)", re.IGNORECASE)
_IN_SHORT = re.compile(rf"(?:{_MONEY}[{_SPACES}]?)?([+{_MINUS}]?[0-9][0-9.,]*)[{_SPACES}]?([kKMGBT])")
_SHORT = {"k": 3, "M": 6, "G": 9, "B": 9, "T": 12}
_MEASURE = re.compile(
    rf"(?!0[xX][0-9A-Fa-f]+$)([+{_MINUS}]?[0-9](?:[0-9.,]|[{_SPACES}](?=[0-9]{{3}}(?![0-9])))*{_EXPONENT})([{_SPACES}]?)([^\W\d_][\w/²³·^]{{0,7}}|°[CFK]?)"
)

_PREFIXED = ("g", "m", "s", "l", "L", "A", "V", "W", "J", "N", "Pa", "Hz", "mol", "Ω", "eV", "Wh", "bit", "B")
_UNITS = frozenset(
    (
        *(prefix + unit for unit in _PREFIXED for prefix in ("", *"kMGTmµμnpcdh")),
        *("t", "min", "h", "hr", "d", "sec", "ha", "bar", "mbar", "hPa", "atm", "psi", "K", "C", "F"),
        *(
            "°C",
            "°F",
            "°K",
            "in",
            "ft",
            "yd",
            "mi",
            "lb",
            "lbs",
            "oz",
            "gal",
            "mph",
            "px",
            "pt",
            "cal",
            "kcal",
        ),
        *("m²", "m2", "cm²", "km²", "m³", "m3", "cm³", "m/s", "km/h", "m/s²", "rpm"),
    )
)
"""Units that people write right behind a number."""

_ODD = re.compile(r"['’]?[~<>≈≤≥±+\-−]{0,2} ?[0-9½¼¾][^\w\-–—]*(?:[0-9½¼¾][^\w\-–—]*)*")
"""Digits and signs, but no span such as 20-30."""


def number_of(cell: str, decimal: str) -> float | None:
    """Returns the finite number in a cell, or None where there is none with this decimal sign.

    >>> [number_of(cell, ".") for cell in ("−1.5", "1,234.5", "50%", "($3)", "1'000", "1.5D3", "0,5")]
    [-1.5, 1234.5, 0.5, -3.0, 1000.0, 1500.0, None]
    >>> [number_of(cell, ".") for cell in ("12.5*", "0.03 **", "1,234[a]", "[1]", "*")]
    [12.5, 0.03, 1234.0, None, None]
    >>> [number_of(cell, ",") for cell in ("0,5", "1.234,5", "1.234", "1 234", "5 €", "1.5", "1.234e2")]
    [0.5, 1234.5, 1234.0, 1234.0, 5.0, None, None]
    >>> number_of("1.200,-", ","), number_of("1.200,50-", ",")
    (1200.0, -1200.5)
    """
    found = _FORMS[decimal].fullmatch(_with_exponent(_without_uncertainty(_without_mark(_exactly(cell)))))
    if found is None or (found["open"] is None) != (found["close"] is None):
        return None
    signs = [sign for sign in (found["open"], found["sign"], found["later"], found["last"]) if sign]
    if len(signs) > 1 or (found["money"] and found["behind"]):
        return None
    if found["exponent"] and found["apart"] in _DECIMALS:
        return None  # -6,232e+05 has a decimal comma: nobody parts thousands before an exponent
    digits = ".".join(_BETWEEN.sub("", part) for part in found["digits"].split(decimal))
    exponent = int(re.sub(f"[{_MINUS}]", "-", found["exponent"][1:]) or 0)
    number = float(f"{digits}e{exponent + _POWERS.get(found['share'], 0)}")
    if math.isinf(number):
        return None
    is_whole = found["last"] is not None and found["digits"].endswith(decimal)  # 5,- has no cents
    return number if not signs or signs[0] == "+" or is_whole else -number


def _exactly(cell: str) -> str:
    """The cell without a word or a sign that says that its number is not quite so."""
    may_be_rough = cell[:1] in ("~", "≈", "∼", "≃") or cell[:1].isalpha()
    return _ROUGHLY.sub("", cell, count=1) if may_be_rough and _ROUGHLY.match(cell) else cell


def _without_mark(cell: str) -> str:
    """The cell without the mark of a footnote behind its number."""
    found = _FOOTNOTE.fullmatch(cell) if cell[-1:] in "*†‡§¶]" else None
    return cell if found is None else found[1]


def _without_uncertainty(cell: str) -> str:
    """The cell without what its number may be off by: 1.0±0.1 and 1.00(5)e3 without ±0.1 and (5)."""
    found = _UNCERTAIN.fullmatch(cell) if "±" in cell or "+" in cell or "(" in cell else None
    return cell if found is None else (found[1] or found["known"] + found["power"])


def _with_exponent(cell: str) -> str:
    """The cell with a power of ten in it as an exponent: 1.5×10³ and 1.5*^3 are 1.5e3, and 10^5 is 1e5."""
    cell = _APART.sub("e", cell)
    found = _POWER_OF_TEN.search(cell) if "10" in cell else None
    if found is None:
        return cell
    exponent = found[1] or found[2].translate(_RAISED)
    is_alone = not cell[: found.start()].strip(f"(+{_MINUS}")
    return f"{cell[: found.start()]}{'1' * is_alone}e{exponent}{cell[found.end() :]}"


def short_of(cell: str, decimal: str) -> float | None:
    """Returns the number that a cell means in a notation that is not read, such as 0x1F or 3M, or None.

    >>> [short_of(cell, ".") for cell in ("0x1F", "0b11", "1.5k", "3 M", "12", "5 km")]
    [31.0, 3.0, 1500.0, 3000000.0, None, None]
    """
    if _IN_BASE.fullmatch(cell):
        return float(int(cell, 0)) if len(cell) < 200 else None
    found = _IN_SHORT.fullmatch(cell)
    number = None if found is None else number_of(found[1], decimal)
    return None if found is None or number is None else number * 10.0 ** _SHORT[found[2].replace("K", "k")]


def currency_of(cell: str, decimal: str) -> str | None:
    """Returns the currency of an amount by its code, or by its sign where that has none; None without one.

    >>> [currency_of(cell, ".") for cell in ("$5", "5 USD", "€ 3", "4 kr", "5")]
    ['USD', 'USD', 'EUR', 'kr', None]
    """
    found = _FORMS[decimal].fullmatch(cell)
    sign = None if found is None else found["money"] or found["behind"]
    return None if sign is None else _CURRENCIES.get(sign, sign.removesuffix("."))


def flagged_in(cell: str, decimal: str) -> tuple[float, str] | None:
    """Returns the number in a cell and the letters behind it that are a flag; None where there are none.

    >>> flagged_in("41510 b", "."), flagged_in("5,6 ab", ","), flagged_in("5 km", ".")
    ((41510.0, 'b'), (5.6, 'ab'), None)
    """
    found = _FLAG.fullmatch(cell)
    number = None if found is None else number_of(found[1], decimal)
    return None if found is None or number is None else (number, found[2])


def is_plain(cell: str, decimal: str) -> bool:
    """Whether a number has nothing but digits, its sign, its decimal sign and an exponent."""
    return re.fullmatch(rf"[+{_MINUS}]?[0-9]*[{decimal}]?[0-9]*(?:[eE][+{_MINUS}]?[0-9]+)?", cell) is not None


def decimal_sign(cells: Iterable[str], is_apart: bool) -> str:
    """Returns the decimal sign that most cells ask for; a comma in `1,234` is one if it does not part cells.

    >>> decimal_sign(["1.234", "0,5"], True), decimal_sign(["1,234", "2,345"], False)
    (',', '.')
    """
    points = commas = open_ = 0
    for cell in cells:
        if "," not in cell and "." not in cell:
            continue
        cell = found[1] if (found := _measure_in(cell)) is not None else cell
        with_point, with_comma = number_of(cell, ".") is not None, number_of(cell, ",") is not None
        points += with_point and not with_comma
        commas += with_comma and not with_point
        open_ += with_point and with_comma and "," in cell
    if points == commas:
        return "," if open_ and is_apart and not points else "."
    return "," if commas > points else "."


def part_thousands(columns: Iterable[Sequence[str]]) -> bool:
    """Whether each comma may part thousands, and hundreds without one stand beside it in its column.

    >>> part_thousands([["1,234", "800"]]), part_thousands([["1,234", "5"]]), part_thousands([["0,8", "800"]])
    (True, False, False)
    """
    are_hundreds = False
    for column in columns:
        cells = [cell if (found := _measure_in(cell)) is None else found[1] for cell in column]
        with_comma = [cell for cell in cells if "," in cell and number_of(cell, ",") is not None]
        if any(number_of(cell, ".") is None for cell in with_comma):
            return False
        if with_comma and not any(len(cell) == 3 and cell.isdecimal() for cell in cells):
            return False
        are_hundreds = are_hundreds or bool(with_comma)
    return are_hundreds


def is_number(cell: str) -> bool:
    """Whether a cell is meant as a number, with whichever decimal sign; nan and inf are no text either."""
    return _is_known_number(cell) if len(cell) <= LONGEST_KNOWN else _is_number(cell)


@lru_cache(maxsize=10_000)
def _is_known_number(cell: str) -> bool:
    """The same for a short cell; those of the first rows are asked many times."""
    return _is_number(cell)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return number_of(cell, ".") is not None or number_of(cell, ",") is not None
    return True


def is_measured(cell: str) -> bool:
    """Whether a cell holds a number, a date or a time."""
    return is_number(cell) or is_date(cell) or hours_of(cell) is not None


def label_of(cell: str) -> str:
    """Returns the name before a number in a cell, such as temp in temp:23.5, or "".

    >>> label_of("temp:23.5"), label_of("12:30"), label_of("a: b")
    ('temp', '', '')
    """
    found = _LABELLED.fullmatch(cell) if ":" in cell or "=" in cell else None
    return "" if found is None else found[1]


def is_complex(cell: str) -> bool:
    """Whether a cell holds a complex number.

    >>> is_complex("1+2i"), is_complex("1.5e3 - 2j"), is_complex("2i")
    (True, True, False)
    """
    if cell[-2:] == "°)":
        return _POLAR.fullmatch(cell) is not None
    return cell[-1:] in ("i", "j") and _COMPLEX.fullmatch(cell) is not None


def is_odd(cell: str) -> bool:
    """Whether a cell that is no number looks like one all the same: it has digits and signs, but no letters
    beside that of a complex number.

    >>> is_odd("5±0.1"), is_odd("2;"), is_odd("1/2"), is_odd("1+2i"), is_odd("20-30"), is_odd("2nd")
    (True, True, True, True, False, False)
    """
    if is_complex(cell):
        return True
    return _ODD.fullmatch(cell) is not None and not cell.replace(" ", "").lstrip("+").isdecimal()


def is_date(cell: str) -> bool:
    """Whether a cell is a date, with a time of day or without.

    >>> [is_date(cell) for cell in ("2024-01-05", "5.1.2024", "Jan 5, 2024", "05JAN24", "12:30", "2024.5")]
    [True, True, True, True, False, False]
    """
    return _DATE.fullmatch(cell) is not None and _MONTH_ALONE.fullmatch(cell) is None


def hours_of(cell: str) -> float | None:
    """Returns the hours of a time of day or of a duration, or None where a cell is none.

    >>> hours_of("12:30"), hours_of("1:30 pm"), hours_of("0:00:36"), hours_of("0:36.0"), hours_of("12")
    (12.5, 13.5, 0.01, 0.01, None)
    """
    if (lap := _MINUTES.fullmatch(cell)) is not None:
        return (int(lap[1]) * 60 + float(lap[2].replace(",", "."))) / 3600
    found = _TIME.fullmatch(cell)
    if found is None:
        return None
    hours = int(found[1])
    if found[4]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + 12 * (found[4] in "pP")
    seconds = float((found[3] or "0").replace(",", "."))
    return (hours * 3600 + int(found[2]) * 60 + seconds) / 3600


def is_unit(word: str) -> bool:
    """Whether a word is a unit that people measure in: kg and km/h, not nd as in 2nd."""
    return word in _UNITS


def measure_of(cell: str, decimal: str) -> tuple[float, str] | None:
    """Returns the number and the unit of a measure, or None where a cell is none.

    >>> measure_of("5.5 km", "."), measure_of("20°C", "."), measure_of("b2", ".")
    ((5.5, 'km'), (20.0, '°C'), None)
    >>> measure_of("1.5 ± 0.1 ms", "."), measure_of("(1.5+/-0.1) ms", ".")
    ((1.5, 'ms'), (1.5, 'ms'))
    """
    found = _measure_in(cell)
    number = None if found is None else number_of(found[1], decimal)
    return None if found is None or number is None else (number, found[3])


def _measure_in(cell: str) -> re.Match[str] | None:
    """The measure in a cell, without what it may be off by, which stands before its unit."""
    if "±" in cell or "+" in cell[1:]:
        found = _UNCERTAIN_MEASURE.fullmatch(cell)
        cell = cell if found is None else found[1] + found[2]
    return _MEASURE.fullmatch(cell)
