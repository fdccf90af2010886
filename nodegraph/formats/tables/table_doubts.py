"""What a column may mean beside its numbers: that rows are for testing, or that a number stands for a gap,
about which nothing is done, so that it is told; and what cannot be told apart, which is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import format_exact
from nodegraph.core.quoting import quoted
from nodegraph.formats.cells.table_cells import is_measured
from nodegraph.formats.cells.table_gaps import is_bound, is_error, is_gap, is_over_range
from nodegraph.formats.tables.table_digits import told_of_digits

_TRAINING = frozenset(
    (
        *("train", "training", "trn", "trainingsdaten", "trainingsmenge", "entraînement", "apprentissage"),
        *("entrenamiento", "addestramento"),
    )
)
_TESTING = frozenset(
    (
        *("test", "testing", "tst", "val", "valid", "validation", "dev", "eval", "evaluation"),
        *("testdaten", "testmenge", "validierung", "validierungsdaten"),
        *("prueba", "validación", "validazione"),
        *("holdout", "hold-out", "hold_out", "heldout", "held-out", "held_out"),
    )
)
_IS_TESTING = re.compile(
    r"(is|in)[_ .-]?(train(ing)?|test(ing)?|val(id(ation)?)?|hold[_ -]?out)", re.IGNORECASE
)
"""Names of columns of 0 and 1 that say it."""
TESTING = "testing"
"""The key of what is told of a column that says which rows are for testing."""
_CODES = (
    *(-99999.0, -9999.0, -999.0, -99.0, 9999.0, 99999.0, -99.9, -99.99, -999.9, -999.99, -9999.9),
    *(-999.25, 999.9, 9999.9, 1e30, -1e30),
    *(9.91e37, 9.9e37, -9.9e37),
)
"""What stands for a gap in many tables; in those of meters, numbers that are much too large."""
OF_A_GAP = "if it stands for a gap"


def told_of(
    name: str, cells: Sequence[str], numbers: Sequence[float | None] | None, rows: Sequence[int]
) -> Mapping[str, str]:
    """Some words about all that a column may mean beside its numbers, by what is told once for all columns;
    there are no numbers where it is left out.
    """
    codes = told_of_codes(name, numbers or (), rows)
    return {**told_of_testing(name, cells), **codes, **told_of_digits(name, cells, numbers)}


def testing_in(cells: Sequence[str]) -> list[float | None] | None:
    """Returns 0 for each row to train on and 1 for each for testing, None for a gap, where the cells of a
    column say that in words; else None.

    >>> testing_in(["train", "Test", "val", ""]), testing_in(["train", "bus"])
    ([0.0, 1.0, 1.0, None], None)
    """
    words = [cell.casefold() for cell in cells]
    held = set(words)
    if not held & _TESTING or not held & _TRAINING or not held <= {*_TRAINING, *_TESTING, ""}:
        return None
    return [float(word in _TESTING) if word else None for word in words]


def told_of_testing(name: str, cells: Sequence[str]) -> Mapping[str, str]:
    """Some words about a column that says which rows a training is not to see."""
    said = f"the column “{name}” says which rows are for testing"
    if testing_in(cells) is not None:
        rest = dict.fromkeys(cell for cell in cells if cell.casefold() in _TESTING)
        words = next(cell for cell in cells if cell.casefold() in _TRAINING)
        return {TESTING: f"{said} ({words} = 0, {' and '.join(rest)} = 1)"}
    is_named = _IS_TESTING.fullmatch(name) and len({cell.casefold() for cell in cells}) > 1
    return {TESTING: said} if is_named else {}


def refuse_odd_share(name: str, cells: Sequence[str], rows: Sequence[int]) -> None:
    """Raise DocumentError where a number is no percentage among some that are: it may be meant as one."""
    is_share = ["%" in cell or "‰" in cell for cell in cells]  # maybe in brackets, or with a mark behind it
    is_share = [is_one and not is_gap(cell, True) for is_one, cell in zip(is_share, cells, strict=True)]
    if not any(is_share):
        return
    for cell, row, is_fine in zip(cells, rows, is_share, strict=True):
        if not is_fine and cell.strip("0.,+-") and not is_gap(cell, True):
            found = f"expected a percentage as in other rows, found “{quoted(cell[:40])}”"
            raise DocumentError(f"{found}; write all in one way", f"row {row}, column “{name}”")


def told_of_error(name: str, cells: Sequence[str], rows: Sequence[int]) -> Mapping[str, str]:
    """Some words about the first error of a spreadsheet, of a meter, and the first bound amid numbers."""
    told: dict[str, str] = {}
    for cell, row in zip(cells, rows, strict=True):
        what, todo = "is an error of the spreadsheet" if is_error(cell) else "", ""
        what = what or ("is more than the meter could measure" if is_over_range(cell) else "")
        if not what and is_bound(cell):
            what, todo = "is a bound, not a number,", "; to use its row, write a number there"
        if what and what not in told:
            told[what] = f"{quoted(cell)} (row {row:,}, column “{name}”) {what} and read as a gap{todo}"
    return told


def told_of_turned(rows: Sequence[Sequence[str]], names: Sequence[str], named: bool) -> list[str]:
    """Some words about columns without names beside a first one of words, which may name what stands in each
    row: there are more columns than rows, and all else are numbers.

    >>> told_of_turned([["x", "1", "2", "3"], ["t", "2", "4", "6"]], ["x1", "x2", "x3", "x4"], False)
    ['the words in column “x1” may name what stands in each row; then turn the table, rows into columns']
    """
    if named or len(names) <= len(rows) + 1:
        return []
    first = [row[0] for row in rows]
    are_words = len(set(first)) == len(first) > 1 and not any(map(is_measured, first)) and all(first)
    if not are_words or not all(is_measured(cell) or is_gap(cell, True) for row in rows for cell in row[1:]):
        return []
    said = f"the words in column “{names[0]}” may name what stands in each row"
    return [f"{said}; then turn the table, rows into columns"]


def told_of_codes(name: str, numbers: Sequence[float | None], rows: Sequence[int]) -> Mapping[str, str]:
    """Some words about a number that people write for a gap, where all others are far from it, or it is the
    only one below 0.
    """
    code = next((code for code in _CODES if code in numbers), None)
    if code is None:
        return {}
    others = [number for number in numbers if number is not None and number != code]
    is_far = all(abs(number) <= abs(code) / 5 for number in others)
    if not is_far and (code > 0 or min(others) < 0):
        return {}
    row = rows[numbers.index(code)]
    shown = f"{format_exact(code)} in column “{name}” (row {row:,})"
    return {"code": f"{shown} is read as a number; {OF_A_GAP}, leave such cells empty"}


def told_of_codes_among(name: str, numbers: NDArray[np.float64], rows: Sequence[int]) -> list[str]:
    """The same of a column of many numbers, a gap as NaN."""
    if not len(numbers) or (numbers.min() > -99 and numbers.max() < 999):  # a NaN goes on
        return []
    if not np.isin(numbers, _CODES).any():
        return []
    known = [None if number != number else number for number in numbers.tolist()]
    return list(told_of_codes(name, known, rows).values())
