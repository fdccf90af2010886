"""What a table as text most likely means: what parts its cells and its decimals, and what its first rows are.

Looks at the first rows alone, and says what it takes for granted, so that a person can see it. Knows text and
rows; `csv_table` makes numbers of them.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nodegraph.core.data.letters import ENCODINGS, UNICODE
from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import format_exact
from nodegraph.formats.tables.table_cells import (
    decimal_sign,
    is_gap,
    is_measured,
    is_number,
    is_plain,
    number_of,
)
from nodegraph.formats.tables.table_rows import ALIGNED, BARS, MARKS, SPACES, Row, Rows
from nodegraph.formats.tables.table_separators import (
    ROWS_LOOKED_AT,
    TOLD,
    first_rows_of,
    fit_without_tails,
    holds_numbers,
    likely_delimiter,
    marks_in,
    tails_in,
    told_delimiter,
    used,
    width_of,
)

Words = Literal["auto", "numbers", "out"]
"""What becomes of columns of text: numbers where words repeat, numbers always, or nothing."""

Gaps = Literal["out", "keep"]

ROWS_OF_NUMBERS = 2000
"""Rows that are asked for their decimal sign; it may come late."""
LONGEST_START = 1_000_000
"""Characters looked at; the rows at the start of a table are short."""

FIRST_LINES = 64
"""Lines that tell all where only plain numbers follow."""

MOST_REMARKS = 5
"""Above the table, of which one may name the columns."""

_HAS_DIGIT = re.compile(r"\d")
_ANY_SIGN = re.compile(r"[,;|\s]+")
_SPARSE = re.compile(r"\s*[-+]?[\w.]+(\s+\d+:[-+]?[\d.]+([eE][-+]?\d+)?)+\s*(#.*)?")
_PLAIN_SIGNS = b"0123456789.+-eE\r\n"
_OTHER = {".": ",", ",": "."}
"""The other decimal sign."""
_YEARS = range(1500, 2200)


@dataclass(frozen=True)
class Reading:
    """How the text of a table is read.

    `skipped` rows at the start hold no data, `named` says whether a row of names follows, `double` whether a
    second one follows that, `index` whether the first cell of each row only numbers or names the row, and
    `classes` are names that the first row gave. `marks` begin a remark, those with a blank before them behind
    the cells of a row. `words` says what becomes of text, and `omitted` columns, counted from 0 after that
    cell, are not taken. Rows with `gaps` are left out, or kept with missing cells. `unsure` is a cell that is
    another number with another decimal sign, where none tells which is meant. `encoding` names the letters of
    a text that is no Unicode. A column that cannot be read is left out where it is not `needed`;
    None: all are.
    """

    delimiter: str = ","
    decimal: str = "."
    skipped: int = 0
    named: bool = True
    index: bool = False
    classes: tuple[str, ...] = ()
    words: Words = "auto"
    omitted: frozenset[int] = frozenset()
    double: bool = False
    marks: tuple[str, ...] = MARKS
    gaps: Gaps = "out"
    unsure: str = ""
    encoding: str = UNICODE
    needed: frozenset[str] | None = None

    def assumptions(self) -> list[str]:
        """Returns what is not as in a plain CSV file, each in some words."""
        told = []
        if self.encoding:
            told.append(f"it is no UTF-8, and its letters are taken for {ENCODINGS[self.encoding]}")
        if self.decimal == ",":
            told.append("decimals have a comma")
        if self.unsure:
            read, other = (
                number_of(self.unsure, sign) or 0.0 for sign in (self.decimal, _OTHER[self.decimal])
            )
            if abs(read) < abs(other):  # of signs between thousands the column tells
                told.append(f"{self.unsure} is read as {format_exact(read)}, not as {format_exact(other)}")
        if self.delimiter == SPACES:
            told.append("spaces part the cells")
        if self.delimiter == ALIGNED:
            told.append("the cells stand below each other, parted by blanks")
        if self.delimiter == BARS:
            told.append("bars | part the cells, and any text around the table is left out")
        if self.classes:
            told.append("the first row holds counts and the names of classes")
        if not self.named:
            told.append("there are no names, so the columns are called x1, x2, …")
        if self.index:
            told.append("the first column only names the rows and is left out")
        return told

    def rows(self, text: str) -> Rows:
        """Returns the rows of a text as they are read so, from its first line on."""
        return Rows(text, self.delimiter, self.marks, self.skipped + 1 if self.named else 0)


def assume(text: str, encoding: str = UNICODE) -> Reading:
    """Returns how a text, which was in these letters, is most likely meant.

    >>> assume("x;y\\n0,5;1,25\\n").assumptions()
    ['decimals have a comma']
    """
    start = _start_of(text)
    told = TOLD.match(start)
    skipped = 1 if told else 0
    table = start[told.end() :] if told else start
    plain = marks_in(table)
    marks = (*plain, *tails_in(table)) if plain else plain
    delimiter = told_delimiter(told) or likely_delimiter(table, marks)
    if marks != plain and not fit_without_tails(start, delimiter, marks, skipped):
        marks = plain
        delimiter = told_delimiter(told) or likely_delimiter(table, marks)
    found = first_rows_of(start, delimiter, marks, skipped)
    classes = _classes([cells for _, cells in found], table)
    found = found[1 if classes else _rows_above(found) :]
    skipped = found[0][0] - 1 if found else skipped
    rows = [cells for _, cells in found]
    decimal = _decimal(start, Reading(delimiter, skipped=skipped, marks=marks))
    named = not _looks_like_data(rows) or _counts_columns(rows)
    if not named:
        behind = _names_in_remark(start, delimiter, marks, skipped, max(map(len, rows), default=0))
        named, skipped = bool(behind), behind - 1 if behind else skipped
        rows = [[""] * len(rows[0]), *rows] if behind else rows
    double = _is_double(rows, named)
    index = named and _has_index(rows, delimiter, double)
    reading = Reading(
        delimiter, decimal, skipped, named, index, classes, double=double, marks=marks, encoding=encoding
    )
    return replace(reading, unsure=_unsure(start, reading))


def with_decimal(reading: Reading, decimal: str) -> Reading:
    """Returns a way of reading with a decimal sign that somebody chose.

    >>> with_decimal(assume("x;y\\n1.234;2\\n"), ",").assumptions()
    ['decimals have a comma']
    """
    return replace(reading, decimal=decimal, unsure="")


def first_lines(text: str) -> str:
    """Returns the first lines with their ends, as many as show how to read what follows if that is even."""
    return "".join(itertools.islice(io.StringIO(text[:LONGEST_START], newline=""), FIRST_LINES))


def _start_of(text: str) -> str:
    """The start of a text by which it is judged: the first lines alone where only plain numbers follow."""
    start, head = text[:LONGEST_START], first_lines(text)
    names = head.partition("\n")[0]
    if names[:1].isdecimal() and any(map(str.isalpha, names)):
        return start  # it may count its rows and name its classes
    try:
        rest = start[len(head) :].encode("ascii").translate(None, _PLAIN_SIGNS)
    except UnicodeEncodeError:
        return start
    is_even = rest[:1] in (b",", b";", b"\t") and rest.count(rest[:1]) == len(rest)
    return head if is_even else start


def is_sparse(text: str) -> bool:
    """Whether the first lines hold places and numbers, such as `1 1:0.5 7:2`, as libsvm writes them."""
    lines = [
        line for line in itertools.islice(io.StringIO(text[:LONGEST_START]), ROWS_LOOKED_AT) if line.strip()
    ]
    return bool(lines) and all(_SPARSE.fullmatch(line.rstrip()) for line in lines[:2])


# --- the first rows
def _decimal(start: str, reading: Reading) -> str:
    """The decimal sign that the first rows, and the rows after those, ask for."""
    found = first_rows_of(start, reading.delimiter, reading.marks, reading.skipped, ROWS_OF_NUMBERS)
    cells = itertools.chain.from_iterable(cells for _, cells in found)
    return decimal_sign(cells, reading.delimiter != ",")


def _unsure(start: str, reading: Reading) -> str:
    """The first cell whose sign may part thousands or decimals, where no other cell decides; "" else. A point
    is doubtful between semicolons, which people use whose decimals have a comma, and a comma wherever it
    parts no cells.
    """
    if reading.delimiter == ",":
        return ""
    found = first_rows_of(start, reading.delimiter, reading.marks, reading.skipped, ROWS_OF_NUMBERS)
    open_ = ""
    for cell in itertools.chain.from_iterable(cells for _, cells in found):
        if "," not in cell and "." not in cell:
            continue
        read, other = number_of(cell, "."), number_of(cell, ",")
        if (read is None) != (other is None):
            return ""
        is_doubtful = read != other and ("," in cell or reading.delimiter == ";")
        open_ = open_ or (cell if is_doubtful else "")
    return open_


def _rows_above(found: Sequence[Row]) -> int:
    """How many rows at the start are only words above the table: a title, or a sentence or two."""
    rows = [cells for _, cells in found]
    width = width_of(rows)
    if width < 2:
        return 0
    data = next((place for place, row in enumerate(rows) if len(row) == width and holds_numbers(row)), 0)
    for place, row in enumerate(rows[:data]):
        is_last = place == data - 1
        if _names_index(rows[place : data + 1]):
            return place
        if len(row) == width and (all(row) or used(row) > 1 or is_last):
            return place
        is_short_header = width == 2 and _counts(rows[data:])
        is_parted_otherwise = len(_ANY_SIGN.split(row[0])) == width
        if is_last and (len(row) > 1 or is_short_header or is_parted_otherwise):
            return place
    return data


def _counts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cells number the rows one by one, or are words."""
    first = [row[0] for row in rows]
    if not any(map(is_number, first)):
        return True
    numbers = [int(cell) for cell in first if cell.isdecimal()]
    return len(numbers) == len(first) > 1 and numbers == list(range(numbers[0], numbers[0] + len(first)))


def _is_plain(cell: str) -> bool:
    return bool(cell) and (is_plain(cell, ".") or is_plain(cell, ","))


def _looks_like_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row holds numbers where the next one does, and text where that has text.

    Names such as `inf` and `nan`, without a finite number beside them, are a header.
    """
    if not rows or not any(is_measured(cell) and _HAS_DIGIT.search(cell) for cell in rows[0]):
        return False
    if len(rows) > 1 and all(map(_is_plain, rows[1])) and not any(map(_is_plain, rows[0])):
        return False  # 25%, 50%, 75% above plain numbers are names, as of quantiles
    if all(is_measured(cell) or is_gap(cell, True) for cell in rows[0]):
        return True
    pairs = list(itertools.chain.from_iterable(zip(rows[0], row, strict=False) for row in rows[1:2]))
    return bool(pairs) and all(
        is_measured(cell) == is_measured(below) or is_gap(below, True) for cell, below in pairs
    )


def _is_double(rows: Sequence[Sequence[str]], named: bool) -> bool:
    """Whether a second row belongs to the names: units, or names below those of several columns.

    It has words above all columns of numbers, and above others only where a name is missing in the first row.
    """
    if not named or len(rows) < 3:
        return False
    first, second, *below = rows
    if _names_index(rows[:3]):
        return True
    of_numbers = [
        place
        for place in range(len(second))
        if all(is_number(row[place]) or is_gap(row[place], True) for row in below if place < len(row))
    ]
    words = [second[place] for place in of_numbers if second[place]]
    if not words or any(is_measured(cell) or is_gap(cell, True) for cell in words):
        return False
    others = [
        cell for place, cell in enumerate(second) if place not in of_numbers and not is_gap(cell, False)
    ]
    return is_open(first, second) or (not others and len(second) > 1)


def _names_index(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second of three rows only names the column left of the others, as pandas prints it: below
    the names of those, and above rows that have one cell more.
    """
    if len(rows) != 3 or any(map(is_measured, rows[1])) or used(rows[1]) != 1 or not rows[1][0]:
        return False
    names, _, cells = rows
    is_beside = len(names) == len(cells) - 1 or (len(names) == len(cells) and not names[0])
    return is_beside and len(cells) > 1 and all(names[-1:]) and holds_numbers(cells)


def is_open(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the names in a first row do not tell columns apart that a second row names.

    >>> is_open(["", "length", ""], ["id", "min", "max"]), is_open(["", "x"], ["", "cm"])
    (True, False)
    """
    named = [first[place] if place < len(first) else "" for place, cell in enumerate(second) if cell]
    return not all(named) or len(set(named)) < len(named)


def _names_in_remark(start: str, delimiter: str, marks: Sequence[str], skipped: int, width: int) -> int:
    """The number of the row above the table that names the columns behind the mark of a remark, or 0."""
    rows = Rows(start, delimiter, marks)
    try:
        first = next((number for number, _ in rows if number > skipped), 0)
    except DocumentError:
        return 0  # reading all of it tells
    above = [number for number, _ in rows.remarks if number < first]
    for number in reversed(above[-MOST_REMARKS:]):
        cells = _cells_behind(start, delimiter, marks, number)
        if len(cells) == width and all(cells) and not any(map(is_measured, cells)):
            return number
    return 0


def _cells_behind(start: str, delimiter: str, marks: Sequence[str], number: int) -> list[str]:
    """The cells of a row behind the mark of a remark; none where a quotation mark in it is not closed."""
    rows = Rows(start, delimiter, marks, number)
    try:
        cells = next((cells for found, cells in rows if found == number), [])
    except DocumentError:
        return []
    return [cell.strip() for cell in cells]


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


def _counts_columns(rows: Sequence[Sequence[str]]) -> bool:
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
    if all(number in _YEARS for number in counted):
        return not any(cell.isdecimal() and int(cell) in _YEARS for cell in below)
    is_told = not rows[0][0] or not any(map(str.isdecimal, below))
    return counted[:2] in ([0, 1], [1, 2]) and len(counted) > 2 and is_told


def _has_index(rows: Sequence[Sequence[str]], delimiter: str, double: bool) -> bool:
    """Whether the first cells only name the rows: they have no name, as pandas and R write them."""
    if len(rows) < 2:
        return False
    if double and _names_index(rows[:3]):
        return True
    if len(rows[0]) == len(rows[1]) - 1:
        return delimiter in (SPACES, "\t") or _counts(rows[1:])
    if double and rows[1][0]:
        return False
    is_numbered = any(rows[0][1:]) and not rows[0][0]
    if len(rows[0]) > 1 and rows[0][0] == "#":
        return _counts(rows[1:])
    return is_numbered or (len(rows[0]) > 1 and rows[0][0] == "Unnamed: 0")


def _classes(rows: Sequence[Sequence[str]], start: str) -> tuple[str, ...]:
    """The names of classes in a first row such as `150,4,setosa,versicolor,virginica`: how many rows follow,
    how many columns stand before the class, and the names.
    """
    if len(rows) < 2 or len(rows[0]) < 4 or not all(cell.isdecimal() for cell in rows[0][:2]):
        return ()
    names = tuple(filter(None, rows[0][2:]))
    wide = len(rows[1]) == int(rows[0][1]) + 1
    counted = sum(1 for line in start.splitlines() if line.strip()) - 1
    return names if wide and counted == int(rows[0][0]) and not any(map(is_number, names)) else ()
