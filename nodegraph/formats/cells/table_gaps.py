"""What says in a cell that there is no number: a gap, an error of a spreadsheet, a meter out of its range."""

from __future__ import annotations

import re

from nodegraph.core.numbers import MINUS
from nodegraph.formats.cells.table_cells import number_of

_GAPS = frozenset(
    (
        *("", "na", "n/a", "n.a.", "n. a.", "#na", "<na>", "nan", "k.a.", "k. a.", "?", ".", ".."),
        *("-", "--", "---", "–", "—", MINUS),
    )
)
_GAPS_AMONG_NUMBERS = (
    _GAPS
    | {"none", "null", "nil", "missing", "nat", "void", "...", "…"}
    | {
        "n.n.",
        "n. n.",
        "n.b.",
        "n. b.",
        "n.g.",
        "n.r.",
        "o.a.",
        "fehlt",
        "no data",
        "nodata",
        "н/д",
        "(null)",
    }
    | {"not measured", "not recorded", "not detected", "nicht gemessen", "nicht erfasst", "non mesuré"}
    | {"undetermined", "i/o timeout", "bad", "bad input", "no good data", "bdl", "b.d.l.", "n.q.", "u.d.b."}
    | {":", r"\n", "n/v", "n.v.", "n/d", "n.d.", "nd", "s/d", "k.w.", "not available", "keine angabe"}
)
"""In small letters; among words these are words."""
_OVER_RANGE = re.compile(
    r"[-+]?(?:ol|o\.l\.?|ovl|ovld|ovr|ovrng|ovflw|ovrflw|overload|overflow|over ?range|∞)", re.IGNORECASE
)
"""What meters write where a value is more than they can measure."""
_GAP_AMONG_NUMBERS = re.compile(r"\.[a-z]|\*+|MM|: ?[a-z]{1,3}")
"""As Stata writes it, .a; stars, as NASA does, or Fortran where a number has no room; MM, as NOAA does; and
: with a flag, as Eurostat does.
"""
_BOUND = re.compile(
    r"[<>≤≥]=? ?(?:(?P<limit>LOD|LOQ|LLOQ|ULOQ|MDL|MRL|DL|RL|NWG|BG|LD|LQ)|(?P<number>.+))", re.I
)
"""A limit of what can be measured, by its name or as a number."""
_NOT_AVAILABLE = r"#(?:N/?[ADB]\b!?|NV\b|I/T\b|Н/Д\b)"
_FAILED = r"#[¡¿]?[^\W\d_][\w/]{0,19}[!?]"
SPREADSHEET_ERROR = f"(?:{_NOT_AVAILABLE}|{_FAILED})"
"""What a spreadsheet writes where it has no value, in any language: #N/A, #NV; #VALUE!, #WERT!, #¿NOMBRE?."""
_NO_VALUE = re.compile(_NOT_AVAILABLE, re.IGNORECASE)
_ERROR = re.compile(rf"{_FAILED}|#{{2,}}|(?:err|error|errore|erreur|fehler):\d{{3}}", re.IGNORECASE)
"""Beside those, ### of a column that was too narrow, and Err:502 of LibreOffice."""


def is_gap(cell: str, among_numbers: bool) -> bool:
    """Whether a cell says that there is nothing to tell; the errors of a spreadsheet are such."""
    if not cell:
        return True  # at once: most gaps are empty cells
    if is_error(cell) or (cell[:1] == "#" and _NO_VALUE.fullmatch(cell)):
        return True
    if among_numbers and (_GAP_AMONG_NUMBERS.fullmatch(cell) or is_over_range(cell) or is_bound(cell)):
        return True
    return cell.lower() in (_GAPS_AMONG_NUMBERS if among_numbers else _GAPS)


def is_error(cell: str) -> bool:
    """Whether a spreadsheet wrote here that it failed to compute something.

    >>> [is_error(cell) for cell in ("#WERT!", "#¡DIV/0!", "####", "Err:502", "#NV", "#1", "#tag")]
    [True, True, True, True, False, False, False]
    """
    return cell[:1] in ("#", "E", "F", "e", "f") and _ERROR.fullmatch(cell) is not None


def is_over_range(cell: str) -> bool:
    """Whether a meter wrote here that a value was more than it can measure.

    >>> [is_over_range(cell) for cell in ("OL", "-∞", "O.L", "old", "1")]
    [True, True, True, False, False]
    """
    return cell[-1:] in ("∞", ".", *"ldrgewLDRGEW") and _OVER_RANGE.fullmatch(cell) is not None


def is_bound(cell: str) -> bool:
    """Whether a cell says no more than that a value lies below something, or above.

    >>> [is_bound(cell) for cell in ("<0.05", "> 1,5", "<LOD", "≤ 3 %", "<18 years", "<")]
    [True, True, True, True, False, False]
    """
    found = _BOUND.fullmatch(cell) if cell[:1] in ("<", ">", "≤", "≥") else None
    if found is None or found["limit"]:
        return found is not None
    return any(number_of(found["number"], sign) is not None for sign in ".,")
