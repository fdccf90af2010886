"""What a table as text most likely means: what parts its cells and its decimals, and what its first rows are.

Looks at the first rows alone, and says what it takes for granted, so that a person can see it. Knows text and
rows; `csv_table` makes numbers of them.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from nodegraph.core.numbers import MINUS

Words = Literal["auto", "numbers", "out"]
"""What becomes of columns of text: numbers where words repeat, numbers always, or nothing."""

DELIMITERS = (",", ";", "\t")
SPACES = " "
BARS = "|"
ROWS_LOOKED_AT = 30
LONGEST_START = 1_000_000
"""Characters looked at; the rows at the start of a table are short."""

_TOLD = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_WITH_COMMA = re.compile(rf"[+\-{MINUS}]?(\d+|\d{{1,3}}(\.\d{{3}})+)?,\d+([eE][+\-{MINUS}]?\d+)?")
_COMMENT = re.compile(r"\A#[ \t]*")
_DISGUISED = re.compile(rf"[+\-{MINUS}]? ?[$€£¥]? ?\d[\d.,'’ \u00a0\u202f]*[%‰$€£¥]?")
_DATE = re.compile(
    r"\d{4}([-/.])\d{1,2}(\1\d{1,2})?([T ]\d{1,2}:\d{2}.*)?"  # 2024-01-05, 2024-01, 2024-01-05T12:30Z
    r"|\d{1,2}([-/.])\d{1,2}\4\d{2,4}( \d{1,2}:\d{2}.*)?"  # 5.1.2024, 01/05/24 12:30
    r"|\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?"  # 12:30, 1:30 pm
    r"|(\d{1,2}[. -]{1,2})?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[. -]{1,2}"
    r"(\d{1,2},? )?\d{2,4}",  # 5 Jan 2024, Jan 5, 2024, Jan-24
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(r"\d{4}\.\d{1,2}")
"""A number, not a month."""
_RULE = re.compile(r"[ \t]*[|+:=-][ \t|+:=-]*")
_BAR = re.compile(r"(?<!\\)\|")
_SPARSE = re.compile(r"\s*[-+]?[\w.]+(\s+\d+:[-+]?[\d.]+([eE][-+]?\d+)?)+\s*(#.*)?")
_YEARS = range(1500, 2200)
_WORDS = re.compile(r'"((?:[^"]|"")*)"|(\S+)')


@dataclass(frozen=True)
class Reading:
    """How the text of a table is read.

    `skipped` rows at the start hold no data, `named` says whether a row of names follows, `index` whether
    the first cell of each row only numbers or names the row, and `classes` are names that the first row gave.
    `words` says what becomes of text, and `omitted` columns, counted from 0 after that cell, are not taken.
    """

    delimiter: str = ","
    decimal: str = "."
    skipped: int = 0
    named: bool = True
    index: bool = False
    classes: tuple[str, ...] = ()
    words: Words = "auto"
    omitted: frozenset[int] = frozenset()

    def assumptions(self) -> list[str]:
        """Returns what is not as in a plain CSV file, each in some words."""
        told = []
        if self.decimal == ",":
            told.append("decimals have a comma")
        if self.delimiter == SPACES:
            told.append("spaces part the cells")
        if self.delimiter == BARS:
            told.append("bars | part the cells, and what stands around the table is left out")
        if self.classes:
            told.append("the first row holds counts and the names of classes")
        if not self.named:
            told.append("there are no names, so the columns are called x1, x2, …")
        if self.index:
            told.append("the first column only names the rows and is left out")
        return told


def assume(text: str) -> Reading:
    """Returns how a text is most likely meant.

    >>> assume("x;y\\n0,5;1,25\\n").assumptions()
    ['decimals have a comma']
    """
    start = text[:LONGEST_START]
    told = _TOLD.match(start)
    skipped = 0
    if told and told[0].endswith(("\n", "\r")):
        start, skipped = start[told.end() :], 1
    delimiter = told[1] if told and skipped and told[1] in DELIMITERS else _delimiter(start)
    first = _first_rows(start, delimiter)
    classes = _classes(first, start)
    if classes:
        first, skipped = first[1:], skipped + 1
    decimal = "," if delimiter != "," and _has_decimal_commas(first) else "."
    named = not _looks_like_data(first) or _counts_columns(first)
    index = named and bool(first) and _has_index(first, delimiter)
    return Reading(delimiter, decimal, skipped, named, index, classes)


def first_rows(text: str, reading: Reading, most: int) -> tuple[list[str], list[list[str]]]:
    """Returns the names above the columns and at most so many rows below them, as they stand in the text.

    >>> first_rows("id;x\\n7;0,5\\n", Reading(";", ",", index=True), 3)
    (['x'], [['0,5']])
    """
    found: list[list[str]] = []
    try:
        for cells in itertools.islice(rows(text, reading.delimiter), 2 * most + reading.skipped):
            found.append([cell.strip() for cell in cells])
    except csv.Error:
        pass  # reading all of it tells
    found = [cells for cells in found[reading.skipped :] if any(cells)]
    header = as_names(found.pop(0)) if found and reading.named else []
    found = found[:most]
    wide = max(map(len, found), default=len(header))
    if reading.index:
        header = header if len(header) < wide else header[1:]
        found, wide = [cells[1:] for cells in found], wide - 1
    if not reading.named:
        header = [f"x{place}" for place in range(1, wide + 1)]
    return header, found


def rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The cells of each row; a row of spaces alone has none. Raises csv.Error for an open quotation mark."""
    if delimiter == BARS:
        return _rows_between_bars(text)
    lines = _lines(text)
    if delimiter != SPACES:
        return csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    return ([quoted or plain for quoted, plain in _WORDS.findall(line)] for line in lines)


def _rows_between_bars(text: str) -> Iterator[list[str]]:
    """The rows of a table as Markdown or a database has it, without its rules and the text around it."""
    lines = text.splitlines()
    heads = (
        place - 1 for place, line in enumerate(lines) if place and _is_rule(line) and "|" in lines[place - 1]
    )
    start = next(heads, None)
    for line in lines[start or 0 :]:
        if _is_rule(line) or not line.strip():
            if start is not None and not line.strip():
                return
            continue
        if "|" not in line and start is not None:
            return
        line = line.strip()
        cells = _BAR.split(line.removeprefix("|"))
        yield [cell.replace("\\|", "|").strip() for cell in (cells[:-1] if line.endswith("|") else cells)]


def _is_rule(line: str) -> bool:
    """Whether a line only parts the rows of a table: |---|:--:| or +---+---+."""
    return "--" in line and ("|" in line or "+" in line) and _RULE.fullmatch(line) is not None


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, without the mark of a comment that NumPy writes before the names."""
    lines = iter(io.StringIO(text, newline=""))
    for first in itertools.islice(lines, 1):
        yield _COMMENT.sub("", first)
    yield from lines


def looks_like_number(cell: str) -> bool:
    """Whether a cell is meant as a number though none can be read from it: 50%, $5, 1'234 or 1 234."""
    return is_number(cell) or (_DISGUISED.fullmatch(cell) is not None and not is_date(cell))


def is_date(cell: str) -> bool:
    """Whether a cell is a date or a time of day.

    >>> [is_date(cell) for cell in ("2024-01-05", "5.1.2024", "12:30", "Jan 5, 2024", "1.5", "2024.5")]
    [True, True, True, True, False, False]
    """
    return _DATE.fullmatch(cell) is not None and _MONTH_ALONE.fullmatch(cell) is None


def as_names(cells: Sequence[str]) -> list[str]:
    """Returns the cells of the first row as names: numbers in even steps, such as years, with an x in front.

    >>> as_names(["city", "2019", "2020"]), as_names(["1", "y"])
    (['city', 'x2019', 'x2020'], ['1', 'y'])
    """
    if not _steps_evenly([int(cell) for cell in cells if cell.isdecimal()]):
        return list(cells)
    return [f"x{cell}" if cell.isdecimal() else cell for cell in cells]


def _steps_evenly(numbers: Sequence[int]) -> bool:
    """Whether two numbers and more go up by the same step."""
    steps = {after - before for before, after in itertools.pairwise(numbers)}
    return len(steps) == 1 and min(steps) > 0


def is_sparse(text: str) -> bool:
    """Whether the first lines hold places and numbers, such as `1 1:0.5 7:2`, as libsvm writes them."""
    lines = [
        line for line in itertools.islice(io.StringIO(text[:LONGEST_START]), ROWS_LOOKED_AT) if line.strip()
    ]
    return bool(lines) and all(_SPARSE.fullmatch(line.rstrip()) for line in lines[:2])


def is_number(cell: str) -> bool:
    """Whether a cell is a number with a point or a comma; nan and inf are no text either."""
    cell = cell.strip()
    try:
        float(cell.replace(MINUS, "-"))
    except ValueError:
        return _WITH_COMMA.fullmatch(cell) is not None
    return True


def number_text(cell: str, decimal: str) -> str:
    """Returns a number with a typeset minus or a decimal comma as Python writes it; other text as it was."""
    if decimal == "," and _WITH_COMMA.fullmatch(cell):
        cell = cell.replace(".", "").replace(",", ".")
    return cell.replace(MINUS, "-")


def _first_rows(start: str, delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for cells in itertools.islice(rows(start, delimiter), 2 * ROWS_LOOKED_AT):
            if any(map(str.strip, cells)):
                used = max(place for place, cell in enumerate(cells, 1) if cell.strip())
                found.append([cell.strip() for cell in cells[: max(used, len(found[0]) if found else used)]])
    except csv.Error:
        pass  # reading all of it tells
    return found[:ROWS_LOOKED_AT]


def _delimiter(start: str) -> str:
    """The one that parts the rows into the same number of cells, most of them numbers."""
    lines = start.splitlines()[: 10 * ROWS_LOOKED_AT]
    if any(_is_rule(line) and "|" in before for before, line in itertools.pairwise(lines)):
        return BARS
    found = {delimiter: _first_rows(start, delimiter) for delimiter in (*DELIMITERS, SPACES)}
    parting = [d for d in DELIMITERS if found[d] and len(found[d][0]) > 1]
    if _fits(found[SPACES], SPACES) and min(map(len, found[SPACES][1:]), default=0) > 1:
        parting.append(SPACES)
    barred = [line.count("|") for line in lines if "|" in line]
    if not parting and len(barred) > 1 and len(set(barred)) == 1 and "|" in lines[0]:
        return BARS
    if not parting:
        return ";" if _has_decimal_commas(found[";"]) else ","
    return max(parting, key=lambda d: (_fits(found[d], d), _share_of_numbers(found[d]), len(found[d][0])))


def _fits(rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Whether all rows are as wide as the first; R leaves out the name above the names of its rows."""
    widths = {len(row) for row in rows[1:]}
    spare = (0, 1) if delimiter in (SPACES, "\t") else (0,)
    return not widths or (len(widths) == 1 and widths.pop() - len(rows[0]) in spare)


def _share_of_numbers(rows: Sequence[Sequence[str]]) -> float:
    cells = [cell for row in (rows[1:] or rows) for cell in row]
    return sum(map(is_number, cells)) / len(cells) if cells else 0.0


def _has_decimal_commas(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in rows for cell in row]
    return any(map(_WITH_COMMA.fullmatch, cells)) and not any(
        "." in cell and "," not in cell and is_number(cell) for cell in cells
    )


def _looks_like_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row holds numbers where the next one does, and text where that has text.

    Names such as `inf` and `nan`, without a finite number beside them, are a header.
    """
    if not rows or not any(is_number(cell) and _HAS_DIGIT.search(cell) for cell in rows[0]):
        return False
    kinds = [list(map(is_number, row)) for row in rows[:2]]
    return all(kinds[0]) or (len(kinds) == 2 and kinds[0] == kinds[1])


def _counts_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row of numbers names the columns all the same: years in a row, or 0, 1, 2, … as pandas
    writes it, above rows that are no such numbers.
    """
    if len(rows) < 2:
        return False
    named = [cell for cell in rows[0] if is_number(cell)]
    if len(named) < 2 or not all(cell.isdecimal() for cell in named):
        return False
    counted = list(map(int, named))
    below = [cell for row in rows[1:] for cell, name in zip(row, rows[0], strict=False) if is_number(name)]
    if not _steps_evenly(counted):
        return False
    if all(number in _YEARS for number in counted):
        return not any(cell.isdecimal() and int(cell) in _YEARS for cell in below)
    return counted[:2] in ([0, 1], [1, 2]) and len(counted) > 2 and not any(map(str.isdecimal, below))


def _has_index(rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    if len(rows) < 2:
        return False
    short = delimiter in (SPACES, "\t") and len(rows[1]) == len(rows[0]) + 1
    return short or (len(rows[0]) > 1 and (not rows[0][0] or rows[0][0] == "Unnamed: 0"))


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
