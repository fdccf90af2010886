"""What the first rows of a table are, below the words above it: names in one row or two, data, counts of
classes; and whether the first cells only name the rows.

Judges cells as text, and knows nothing of how they are parted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from nodegraph.core.numbers import MINUS
from nodegraph.formats.cells.table_cells import flagged_in, is_measured, is_number, is_plain, is_unit
from nodegraph.formats.cells.table_gaps import is_gap
from nodegraph.formats.cells.table_rows import SPACES
from nodegraph.formats.cells.table_separators import holds_numbers, used
from nodegraph.formats.cells.table_sums import is_summary

MOST_LOWER = 4
"""Rows of names below the first; Origin writes units, remarks and sample rates."""
YEARS = range(1500, 2200)
"""Numbers that may be years."""
_HAS_DIGIT = re.compile(r"\d")
_WIDTH = re.compile(r"\d{1,4}[sndh]")
_IN_BRACKETS = re.compile(r"\[.{1,9}\]|\(.{1,9}\)")
"""How a unit stands alone in a cell."""
_DASHES = ("-", "--", "–", "—", MINUS, "[]", "()", "1")
"""What stands in a row of units above numbers that have none."""


def counts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cells number the rows one by one, or are words."""
    first = [row[0] for row in rows]
    if not any(map(is_number, first)) or is_summary(first):
        return True
    numbers = [int(cell) for cell in first if cell.isdecimal()]
    return len(numbers) == len(first) > 1 and numbers == list(range(numbers[0], numbers[0] + len(first)))


def _is_plain(cell: str) -> bool:
    return bool(cell) and (is_plain(cell, ".") or is_plain(cell, ","))


def looks_like_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row holds numbers where the next one does, and text where that has text.

    Names such as `inf` and `nan`, without a finite number beside them, are a header.
    """
    if not rows or not any(is_measured(cell) and _HAS_DIGIT.search(cell) for cell in rows[0]):
        return False
    if len(rows) > 1 and all(map(_is_plain, rows[1])) and not any(map(_is_plain, rows[0])):
        return False  # 25%, 50%, 75% above plain numbers are names, as of quantiles
    if len(rows) > 1 and _are_days_above(rows[0], rows[1]):
        return False
    if all(is_measured(cell) or is_gap(cell, True) for cell in rows[0]):
        return True
    pairs = list(itertools.chain.from_iterable(zip(rows[0], row, strict=False) for row in rows[1:2]))
    return bool(pairs) and all(
        is_measured(cell) == is_measured(below) or is_gap(below, True) for cell, below in pairs
    )


def _are_days_above(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether all that is measured in a row are days or times, which stand above plain numbers: names."""
    places = [place for place, cell in enumerate(row[: len(below)]) if is_measured(cell)]
    return len(places) > 1 and all(not is_number(row[place]) and _is_plain(below[place]) for place in places)


def lower_names(rows: Sequence[Sequence[str]], named: bool) -> int:
    """Returns how many rows below the first one belong to the names: units, remarks, or names below those of
    several columns.

    >>> lower_names([["t", "U"], ["s", "V"], ["", "probe 1"], ["1", "2"], ["3", "4"]], True)
    2
    """
    if not named:
        return 0
    if names_index(rows[:3]) or is_typed(rows[:3]) or (len(rows) > 1 and _sizes_columns(rows[1])):
        return 1
    of_words = itertools.takewhile(_holds_words, rows[1 : MOST_LOWER + 1])
    for count in range(len(list(of_words)), 0, -1):
        below = rows[count + 1 :]
        if below and all(_is_lower(rows[0], row, below) for row in rows[1 : count + 1]):
            return count
    return 0


def _holds_words(row: Sequence[str]) -> bool:
    return any(cell and not is_measured(cell) for cell in row)


def _is_lower(first: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row has words above all columns of numbers, and above others only where a name is missing in
    the first row.
    """
    columns = [
        [row[place] for row in below if place < len(row) and not is_gap(row[place], True)]
        for place in range(len(second))
    ]
    measured = [place for place, held in enumerate(columns) if _is_of_numbers(held, second[place])]
    filled = {place for row in below for place, cell in enumerate(row) if not is_gap(cell, True)}
    words = [second[place] for place in measured if second[place] and second[place] not in _DASHES]
    if measured and not words and not any(is_measured(second[place]) for place in measured):
        # none above numbers: units above columns of words, which hold none of these
        are_new = not any(cell in held for cell, held in zip(second, columns, strict=True) if cell)
        above = [cell for cell in second if cell and cell not in _DASHES]
        return are_new and bool(above) and all(map(is_unit_alone, above))
    if not words or any(is_measured(cell) or is_gap(cell, True) or flagged_in(cell, ".") for cell in words):
        return False
    has_none = any(second[place] in _DASHES for place in measured)
    if has_none and not all(map(is_unit_alone, words)):
        return False  # it is a row of data with gaps
    pairs = zip(second, columns, strict=True)
    if any(is_measured(cell) and cell not in _DASHES and _are_numbers(held) for cell, held in pairs):
        return False
    others = [
        cell
        for place, cell in enumerate(second)
        if place in filled and place not in measured and not is_gap(cell, False)
    ]
    if is_open(first, second):
        return True
    are_units = not any(cell in held for cell, held in zip(second, columns, strict=True) if cell)
    if are_units and len(measured) > 1 and len(words) == len(measured) and all(second):
        return True  # no row of data has words in place of several numbers
    others = [cell for cell in others if not (are_units and (is_unit_alone(cell) or cell in _DASHES))]
    return not others and (len(second) > 1 or is_unit_alone(second[0]))


def is_unit_alone(cell: str) -> bool:
    """Whether a unit stands in a cell, maybe in brackets; in those any few letters are one.

    >>> is_unit_alone("V"), is_unit_alone("[counts]"), is_unit_alone("U (V)")
    (True, True, False)
    """
    return is_unit(cell) or _IN_BRACKETS.fullmatch(cell) is not None


def _is_of_numbers(held: Sequence[str], above: str) -> bool:
    """Whether a column holds numbers below a cell, but for a slip here and there, which is no such cell."""
    return _are_numbers(held) and above not in held


def _are_numbers(held: Sequence[str]) -> bool:
    return 2 * sum(map(is_measured, held)) > len(held)


def names_index(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second of three rows only names the column left of the others, as pandas prints it: below
    the names of those, and above rows that have one cell more.
    """
    if len(rows) != 3 or any(map(is_measured, rows[1])) or used(rows[1]) != 1 or not rows[1][0]:
        return False
    names, _, cells = rows
    is_beside = len(names) == len(cells) - 1 or (len(names) == len(cells) and not names[0])
    return is_beside and len(cells) > 1 and all(names[-1:]) and holds_numbers(cells)


def _names_indexes(names: Sequence[Sequence[str]]) -> bool:
    """Whether the last of several rows of names has a first one alone, as pandas writes that of its index
    below names in levels, of which the first stand above several columns each.
    """
    above = names[0][1:]
    return len(names) > 2 and len(set(above)) < len(above) and used(names[-1]) == 1


def is_typed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether two rows of words stand above the cells of a third but for its first one, as R prints a tibble:
    the names of columns, and their types in angle brackets.
    """
    if len(rows) != 3 or not len(rows[0]) == len(rows[1]) == len(rows[2]) - 1:
        return False
    return all(cell[:1] == "<" and cell[-1:] == ">" for cell in rows[1])


def _sizes_columns(row: Sequence[str]) -> bool:
    """Whether a row says how wide columns are, and of what kind, as the USGS writes below names: 15s, 14n."""
    return len(row) > 1 and all(map(_WIDTH.fullmatch, row))


def is_open(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the names in a first row do not tell columns apart that a second row names.

    >>> is_open(["", "length", ""], ["id", "min", "max"]), is_open(["", "x"], ["", "cm"])
    (True, False)
    """
    named = [first[place] if place < len(first) else "" for place, cell in enumerate(second) if cell]
    return not all(named) or len(set(named)) < len(named)


def tells_more_apart(above: Sequence[str], names: Sequence[str]) -> bool:
    """Whether words stand above names of which some are the same, each another one.

    >>> tells_more_apart(["Source", "CH1", "CH2"], ["Second", "Volt", "Volt"])
    True
    """
    is_whole = len(above) == len(names) == len(set(above)) > len(set(names)) and all(above)
    return is_whole and not any(map(is_measured, above))


def as_names(cells: Sequence[str]) -> list[str]:
    """Returns the cells of the first row as names: a bare number has an x in front.

    >>> as_names(["city", "2019", "2020"]), as_names(["1", "25%"])
    (['city', 'x2019', 'x2020'], ['x1', '25%'])
    """
    return [f"x{cell}" if _is_plain(cell) and _HAS_DIGIT.match(cell) else cell for cell in cells]


def _steps_evenly(numbers: Sequence[int]) -> bool:
    """Whether two numbers and more go up by the same step."""
    steps = {after - before for before, after in itertools.pairwise(numbers)}
    return len(steps) == 1 and min(steps) > 0


def counts_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row of numbers names the columns all the same: years in a row, or 0, 1, 2, … as pandas
    writes it, above rows that are no such numbers.
    """
    if len(rows) < 2:
        return False
    named = [cell for cell in rows[0] if is_number(cell)]
    if not named or not all(cell.isdecimal() for cell in named):
        return False
    counted = list(map(int, named))
    below = [cell for row in rows[1:] for cell, name in zip(row, rows[0], strict=False) if is_number(name)]
    is_one_of_several = len(counted) == 1 < len(rows[0])
    if not is_one_of_several and not _steps_evenly(counted):
        return False
    if all(number in YEARS for number in counted):
        return not any(cell.isdecimal() and int(cell) in YEARS for cell in below)
    is_told = not rows[0][0] or not any(map(str.isdecimal, below))
    return counted[:2] in ([0, 1], [1, 2]) and len(counted) > 2 and is_told


def has_index(rows: Sequence[Sequence[str]], delimiter: str, lower: int) -> bool:
    """Whether the first cells only name the rows: they have no name, as pandas and R write them."""
    if len(rows) < 2:
        return False
    if lower and (names_index(rows[:3]) or is_typed(rows[:3])):
        return True
    if len(rows[0]) == len(rows[1]) - 1:
        return delimiter in (SPACES, "\t") or counts(rows[1:])
    if lower and rows[1][0]:
        return _names_indexes(rows[: lower + 1])
    is_numbered = any(rows[0][1:]) and not rows[0][0]
    if len(rows[0]) > 1 and rows[0][0] == "#":
        return counts(rows[1:])
    return is_numbered or (len(rows[0]) > 1 and rows[0][0] == "Unnamed: 0")


def classes_in(rows: Sequence[Sequence[str]], start: str) -> tuple[str, ...]:
    """The names of classes in a first row such as `150,4,setosa,versicolor,virginica`: how many rows follow,
    how many columns stand before the class, and the names.
    """
    if len(rows) < 2 or len(rows[0]) < 4 or not all(cell.isdecimal() for cell in rows[0][:2]):
        return ()
    names = tuple(filter(None, rows[0][2:]))
    wide = len(rows[1]) == int(rows[0][1]) + 1
    counted = sum(1 for line in start.splitlines() if line.strip()) - 1
    return names if wide and counted == int(rows[0][0]) and not any(map(is_number, names)) else ()
