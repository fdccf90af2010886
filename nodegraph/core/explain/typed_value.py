"""The number that is typed into a field: digits, or arithmetic of numbers such as pi/2, 2·3 or √2. Knows no
field and no node.
"""

from __future__ import annotations

import math
import re

from nodegraph.core.errors import Refused
from nodegraph.core.numbers import read_number

_NO_SUM = re.compile(r"[=,≈≃≅≡→←⇒<>≤≥≠±~;?!]|\bor\b|\band\b|[.]{2}|…")
"""What stands in an equation, a comparison, between several numbers, or where digits go on; a comma may be a
decimal point.
"""
_NUMBER = re.compile(r"[\dπ]|\bpi\b")
"""What stands in a sum; a number in words alone is none."""
_NAMES = ("e", "E")
"""Constants that nodes are called by more often than they are meant."""


def read_value(text: str) -> float:
    """The finite number a person typed, as a number or as arithmetic of numbers; Refused with the sentence of
    `read_number` otherwise.

    >>> [read_value(text) for text in ("1 000", "3+4", "2·3", "(1 + 2)/4", "2^-1", "1 1/2")]
    [1000.0, 7.0, 6.0, 0.75, 0.5, 1.5]
    >>> read_value("pi/2") == read_value("π/2") == math.pi / 2, read_value("sqrt(2)") == math.sqrt(2)
    (True, True)
    """
    try:
        return read_number(text)
    except Refused:
        value = _calculated(text) if _NUMBER.search(text) and not _NO_SUM.search(text) else None
        if value is None:
            raise
        return value


def _calculated(text: str) -> float | None:
    """What arithmetic comes to; None where it is none, or has no finite result."""
    from nodegraph.core.explain.typed_numbers import read_answer  # needed by few: most type digits

    try:
        value = read_answer(text, _NAMES).value
    except Refused:
        return None
    return value if math.isfinite(value) else None
