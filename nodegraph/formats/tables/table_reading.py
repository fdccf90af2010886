"""What a table as text most likely means: what parts its cells and its decimals, and what its first rows are.

Looks at the first rows alone, and says what it takes for granted, so that a person can see it. Knows text and
rows; `csv_table` makes numbers of them.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nodegraph.core.data.letters import ENCODINGS, UNICODE
from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import format_exact
from nodegraph.formats.cells.table_above import lines_above, rows_above
from nodegraph.formats.cells.table_cells import (
    decimal_sign,
    is_measured,
    number_of,
    part_thousands,
)
from nodegraph.formats.cells.table_heads import (
    classes_in,
    counts_columns,
    has_index,
    looks_like_data,
    lower_names,
)
from nodegraph.formats.cells.table_rows import (
    ALIGNED,
    BARS,
    SPACES,
    USUAL_MARKS,
    Marks,
    Rows,
    refuse_far_too_wide,
)
from nodegraph.formats.cells.table_separators import (
    ROWS_LOOKED_AT,
    TOLD,
    first_rows_of,
    fit_without_tails,
    is_mostly_numbers,
    likely_delimiter,
    marks_in,
    tails_in,
    told_delimiter,
    used,
)

Words = Literal["auto", "numbers", "out"]
"""What becomes of columns of text: numbers where words repeat, numbers always, or nothing."""

Gaps = Literal["out", "keep"]

ROWS_OF_NUMBERS = 2000
"""Rows that are asked for their decimal sign; it may come late."""
LONGEST_START, LONGEST_START_LINES = 1_000_000, 10_000
"""Characters and lines looked at; the rows at the start of a table are short, and few are blank."""

FIRST_LINES = 64
"""Lines that tell all where only plain numbers follow."""

MOST_REMARKS = 5
"""Above the table, of which one may name the columns."""

_SPARSE = re.compile(r"\s*+[-+]?[\w.]+(\s+\d+:[-+]?[\d.]+([eE][-+]?\d+)?)+\s*(#.*)?")
_PLAIN_SIGNS = b"0123456789.+-eE\r\n"
_WHOLE = re.compile(r"[-+]?\d+(?: \d{3})*")
_OTHER = {".": ",", ",": "."}
"""The other decimal sign."""


@dataclass(frozen=True)
class Reading:
    """How the text of a table is read.

    `skipped` rows at the start hold no data, `named` says whether a row of names follows, `lower` how many
    more follow that (units, remarks), `index` whether the first cell of each row only names the row, and
    `classes` are names that the first row gave. `marks` begin a remark. `words` says what becomes of text,
    and `omitted` columns, counted from 0 after that cell, are not taken. Rows with `gaps` are left out, or
    kept with missing cells. `unsure` is a number that is another one with another decimal sign, where none
    tells which is meant. `encoding` names the letters of a text that is no Unicode. A column that cannot be
    read is left out where it is not `needed`; None: all are. Columns in `left_out` were found so before, by
    their places with what is said of each. Gaps count where a column is to be `filled`; None: all are.
    """

    delimiter: str = ","
    decimal: str = "."
    skipped: int = 0
    named: bool = True
    index: bool = False
    classes: tuple[str, ...] = ()
    words: Words = "auto"
    omitted: frozenset[int] = frozenset()
    lower: int = 0
    marks: Marks = USUAL_MARKS
    gaps: Gaps = "out"
    unsure: str = ""
    encoding: str = UNICODE
    needed: frozenset[str] | None = None
    filled: frozenset[str] | None = None
    left_out: tuple[tuple[int, str], ...] = ()

    def assumptions(self) -> list[str]:
        """Returns what is not as in a plain CSV file, each in some words."""
        told = []
        if self.encoding:
            told.append(f"it is no UTF-8, and its letters are taken for {ENCODINGS[self.encoding]}")
        if self.decimal == ",":
            told.append("decimals have a comma")
        if self.unsure and self.delimiter == ",":
            whole, part = self.unsure.split(",")
            told.append(f"{self.unsure} is read as {whole} and {part}; a decimal comma needs ; between cells")
        elif self.unsure:
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
    refuse_far_too_wide(start)
    told = TOLD.match(start)
    skipped = 1 if told else 0
    table = start[told.end() :] if told else start
    above = lines_above(table)
    if above:
        skipped += above
        table = "".join(io.StringIO(table).readlines()[above:])
    delimiter, marks = _signs_in(start, table, skipped, told_delimiter(told))
    found = first_rows_of(start, delimiter, marks, skipped)
    classes = classes_in([cells for _, cells in found], table)
    found = found[1 if classes else rows_above(found, _blanks_in(start, delimiter, marks)) :]
    skipped = found[0][0] - 1 if found else skipped
    rows = [cells for _, cells in found]
    if rows and rows[0] in rows[1:] and not any(map(is_measured, rows[0])):
        rows = [list(cells) for cells in dict.fromkeys(map(tuple, rows))]  # names and units stand again
    decimal = _decimal(start, Reading(delimiter, skipped=skipped, marks=marks))
    named = not looks_like_data(rows) or counts_columns(rows)
    may_be_data = not named or (bool(rows) and is_mostly_numbers(rows[0]) and not counts_columns(rows))
    width = max(map(len, rows), default=0)
    behind = _names_in_remark(start, delimiter, marks, skipped, width) if may_be_data else 0
    if behind:
        named, skipped, rows = True, behind - 1, [[""] * len(rows[0]), *rows]
    lower = lower_names(rows, named)
    index = named and has_index(rows, delimiter, lower)
    reading = Reading(
        delimiter, decimal, skipped, named, index, classes, lower=lower, marks=marks, encoding=encoding
    )
    return replace(reading, unsure=_unsure(start, reading))


def _signs_in(start: str, table: str, skipped: int, told: str | None) -> tuple[str, Marks]:
    """What parts the cells of a table, if nobody `told`, and which signs begin its remarks."""
    plain = marks_in(table)
    marks = Marks(plain, tails_in(table) if plain else ())
    delimiter = told or likely_delimiter(table, marks)
    if marks.tails and not fit_without_tails(start, delimiter, marks, skipped):
        marks = Marks(plain)
        delimiter = told or likely_delimiter(table, marks)
    return delimiter, marks


def with_decimal(reading: Reading, decimal: str) -> Reading:
    """Returns a way of reading with a decimal sign that somebody chose.

    >>> with_decimal(assume("x;y\\n1.234;2\\n"), ",").assumptions()
    ['decimals have a comma']
    """
    return replace(reading, decimal=decimal, unsure="")


def first_lines(text: str) -> str:
    """Returns the first lines with their ends, as many as show how to read what follows if that is even."""
    return _lines_of(text, FIRST_LINES)


def _lines_of(text: str, most: int) -> str:
    return "".join(itertools.islice(io.StringIO(text[:LONGEST_START], newline=""), most))


def _start_of(text: str) -> str:
    """The start of a text by which it is judged: the first lines alone where only plain numbers follow."""
    start, head = _lines_of(text, LONGEST_START_LINES), first_lines(text)
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


def with_needed(reading: Reading, names: Collection[str] | None) -> Reading:
    """Returns a way of reading in which only these columns must be read and filled; None: all."""
    needed = None if names is None else frozenset(names)
    return replace(reading, needed=needed, filled=needed)


# --- the first rows
def _blanks_in(start: str, delimiter: str, marks: Marks) -> list[int]:
    """The numbers of blank rows among the first ones."""
    rows = Rows(start, delimiter, marks)
    with contextlib.suppress(DocumentError):  # reading all of it tells
        for _ in itertools.islice(rows, ROWS_LOOKED_AT):
            pass
    return rows.blanks


def _decimal(start: str, reading: Reading) -> str:
    """The decimal sign that the first rows, and the rows after those, ask for."""
    found = first_rows_of(start, reading.delimiter, reading.marks, reading.skipped, ROWS_OF_NUMBERS)
    columns = list(itertools.zip_longest(*(cells for _, cells in found), fillvalue=""))
    sign = decimal_sign(itertools.chain.from_iterable(columns), reading.delimiter != ",")
    is_open = sign == "," and reading.delimiter != ";"  # which people use whose decimals have a comma
    return "." if is_open and part_thousands(columns) else sign


def _unsure(start: str, reading: Reading) -> str:
    """The first cell whose sign may part thousands or decimals, where no other cell decides; "" else. A point
    is doubtful between semicolons, which people use whose decimals have a comma, and between tabs beside
    hundreds without one, as in 1.200 and 800; a comma wherever it parts no cells, or where whole numbers
    alone stand in pairs without names.
    """
    if reading.delimiter == ",":
        return _maybe_decimal(start, reading)
    found = first_rows_of(start, reading.delimiter, reading.marks, reading.skipped, ROWS_OF_NUMBERS)
    cells = [cell for _, row in found for cell in row]
    are_points_doubtful = reading.delimiter == ";" or (
        reading.delimiter == "\t" and any(len(cell) == 3 and cell.isdecimal() for cell in cells)
    )
    open_ = ""
    for cell in cells:
        if "," not in cell and "." not in cell:
            continue
        read, other = number_of(cell, "."), number_of(cell, ",")
        if (read is None) != (other is None):
            return ""
        is_doubtful = read != other and ("," in cell or are_points_doubtful)
        open_ = open_ or (cell if is_doubtful else "")
    return open_


def _maybe_decimal(start: str, reading: Reading) -> str:
    """The first two cells as one number, where each two of a row may be one with a decimal comma."""
    found = first_rows_of(start, ",", reading.marks, reading.skipped, ROWS_OF_NUMBERS)
    rows = [cells for _, cells in found]
    if reading.named or len(rows) < 2 or len(rows[0]) % 2 or any(len(row) != len(rows[0]) for row in rows):
        return ""
    wholes, parts = ([cell for row in rows for cell in row[which::2]] for which in (0, 1))
    are_pairs = all(map(_WHOLE.fullmatch, wholes)) and all(map(str.isdecimal, parts))
    return f"{rows[0][0]},{rows[0][1]}" if are_pairs else ""


def _names_in_remark(start: str, delimiter: str, marks: Marks, skipped: int, width: int) -> int:
    """The number of the row above the table that names the columns behind the mark of a remark, or 0."""
    rows = Rows(start, delimiter, marks)
    try:
        first = next((number for number, _ in rows if number > skipped), 0)
    except DocumentError:
        return 0  # reading all of it tells
    above = [number for number, _ in rows.remarks if number < first]
    found = 0
    for number in reversed(above[-MOST_REMARKS:]):
        cells = _cells_behind(start, delimiter, marks, number)
        if len(cells) == width and _are_names(cells):
            found = number  # units stand below names
        elif found:
            break
    return found


def _are_names(cells: Sequence[str]) -> bool:
    """Whether cells in a remark name columns; `type: matrix` and `gain = high` do not."""
    are_words = all(cells) and not any(map(is_measured, cells))
    return are_words and not any(cell.endswith((":", "=")) for cell in cells)


def _cells_behind(start: str, delimiter: str, marks: Marks, number: int) -> list[str]:
    """The cells of a row behind the mark of a remark; none where a quotation mark in it is not closed."""
    rows = Rows(start, delimiter, marks, number)
    try:
        cells = next((cells for found, cells in rows if found == number), [])
    except DocumentError:
        return []
    cells = [cell.strip() for cell in cells]
    return cells[: used(cells)]
