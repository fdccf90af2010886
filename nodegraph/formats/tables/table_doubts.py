"""What a column may mean beside its numbers: that rows are for testing, or that a number stands for a gap.
Nothing is done about either, so that it is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from nodegraph.core.numbers import format_exact

_TRAINING = frozenset(("train", "training", "trn"))
_TESTING = frozenset(
    (
        *("test", "testing", "tst", "val", "valid", "validation", "dev", "eval", "evaluation"),
        *("holdout", "hold-out", "hold_out", "heldout", "held-out", "held_out"),
    )
)
_IS_TESTING = re.compile(
    r"(is|in)[_ .-]?(train(ing)?|test(ing)?|val(id(ation)?)?|hold[_ -]?out)", re.IGNORECASE
)
"""Names of columns of 0 and 1 that say it."""
_CODES = (-99999.0, -9999.0, -999.0, -99.0, 9999.0, 99999.0)
"""What stands for a gap in many tables."""


def told_of_testing(name: str, cells: Sequence[str]) -> Mapping[str, str]:
    """Some words about a column that says which rows a training is not to see: it sees all."""
    held = {cell.casefold() for cell in cells}
    is_split = held & _TESTING and held <= {*_TRAINING, *_TESTING, ""}
    if not is_split and not (_IS_TESTING.fullmatch(name) and len(held) > 1):
        return {}
    said = f"the column “{name}” says which rows are for testing, but all rows are trained on"
    return {"testing": f"{said}: take those rows out of the table, or have a share of all rows held out"}


def told_of_codes(name: str, numbers: Sequence[float | None], rows: Sequence[int]) -> Mapping[str, str]:
    """Some words about a number that people write for a gap, where all others are far from it."""
    code = next((code for code in _CODES if code in numbers), None)
    if code is None or any(number and number != code and abs(number) > abs(code) / 5 for number in numbers):
        return {}
    row = rows[list(numbers).index(code)]
    shown = f"{format_exact(code)} in column “{name}” (row {row:,})"
    return {"code": f"{shown} is read as a number; if it stands for a gap, leave such cells empty"}
