"""Which sign parts the cells of a table, and which lines are remarks: what makes even rows of numbers.

Looks at the first rows alone. Knows text and rows only.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import plain_digits
from nodegraph.formats.cells.table_aligned import cells_apart
from nodegraph.formats.cells.table_cells import (
    currency_of,
    is_measured,
    is_number,
    is_unit,
    measure_of,
    number_of,
)
from nodegraph.formats.cells.table_gaps import is_gap
from nodegraph.formats.cells.table_rows import (
    ALIGNED,
    BARS,
    DELIMITERS,
    MARKS,
    SPACES,
    Marks,
    Row,
    Rows,
    is_rule,
)

ROWS_LOOKED_AT = 30
MOST_FIT = 0.8
"""Of the rows, as many as have the same number of cells where their separator is known."""

TOLD = re.compile(r'"?sep=(.|\\t)"?[,;\t ]*(\r\n?|\n)', re.IGNORECASE)
"""A first line that names the separator, as Excel writes it."""
_MARK_OF_TAIL = re.compile(r"(?<=[ \t])(#|//)")
_NUMBER_BEFORE = re.compile(r"(?:^|[,;\s])[+\-−]?\d[\d.,]*(?:[eE][+-]?\d+)?%?[ \t]+$")
"""As it ends before such a mark."""
_OTHER_SIGNS = "~^:§¦&/\\_="
"""What parts the cells of some tables that are not read."""
LONGEST_NUMBER, MOST_MARKS = 40, 10_000
LEAST_THAT_END = 4
"""Rows, with that of the names, of which all but the first two end early."""
ROWS_WITH_TAILS = 1000
"""Rows whose width is compared where some seem to end with a remark."""
_COMMA_ALONE = re.compile(r"[+\-−]?(\d+|\d*,\d+)")
_PAIR = re.compile(r"(?:[+\-−]?[1-9]\d*|0),(?:0|[1-9]\d*)")
"""Two whole numbers, maybe: nobody writes 05 or -0 for one."""
_HAS_DIGIT = re.compile(r"\d")
_HAS_SIGN = re.compile(r"[\t|\"]|[,;]$")


def told_delimiter(told: re.Match[str] | None) -> str | None:
    """The separator that the first line names, as Excel writes it."""
    sign = {"\\t": "\t"}.get(told[1], told[1]) if told else None
    return sign if sign in (*DELIMITERS, BARS, SPACES) else None


def marks_in(start: str) -> tuple[str, ...]:
    """The signs that begin a remark, unless most lines that follow the first begin so: then they are data."""
    lines = [line.lstrip() for line in start.splitlines() if line.strip()]
    others = sum(not line.startswith(MARKS) for line in lines)
    return MARKS if others > 1 or (others and lines and not lines[-1].startswith(MARKS)) else ()


def tails_in(start: str) -> tuple[str, ...]:
    """The marks that seem to begin a remark at the end of a row: one stands behind a number.

    >>> tails_in("x y\\n1 3 # first\\n"), tails_in("x,colour\\n1,#ff0000\\n")
    (('#',), ())
    """
    marks: dict[str, None] = {}
    for found in itertools.islice(_MARK_OF_TAIL.finditer(start), MOST_MARKS):
        before = start[max(0, found.start() - LONGEST_NUMBER) : found.start()]
        if _NUMBER_BEFORE.search(before[before.rfind("\n") + 1 :]):
            marks[found[1]] = None
    return tuple(marks)


def fit_without_tails(start: str, delimiter: str, marks: Marks, skipped: int) -> bool:
    """Whether rows whose end is taken for a remark have as many cells as the others, or as the names."""
    rows = Rows(start, delimiter, marks)
    try:
        widths = {
            number: used(cells)
            for number, cells in itertools.islice(rows, ROWS_WITH_TAILS)
            if number > skipped
        }
    except DocumentError:
        return False
    cut = {number for number, _ in rows.tails}
    others = Counter(width for number, width in widths.items() if number not in cut)
    wanted = max(others or Counter(widths.values()), key=lambda width: (others[width], width), default=0)
    return all(widths.get(number, wanted) == wanted for number in cut) and (bool(others) or wanted > 1)


def first_rows_of(
    start: str, delimiter: str, marks: Marks, skipped: int = 0, most: int = ROWS_LOOKED_AT
) -> list[Row]:
    """The first rows that hold something, without the empty cells at the end that all of them have; a text in
    the last cell is whole, though the sign that parts the cells stands in it, too.
    """
    found: list[Row] = []
    try:
        for number, cells in Rows(start, delimiter, marks):
            if number > skipped:
                found.append((number, [plain_digits(cell.strip()) for cell in cells]))
            if len(found) >= most:
                break
    except DocumentError:
        pass  # reading all of it tells
    wide = max((used(cells) for _, cells in found), default=0)
    found = [(number, cells[:wide]) for number, cells in found]
    if delimiter in DELIMITERS and ends_early([cells for _, cells in found]):
        return [(number, [*cells, *[""] * (wide - len(cells))]) for number, cells in found]
    if delimiter not in ",;" or not _ends_in_texts([cells for _, cells in found]):
        return found
    width = len(found[0][1])
    return [(number, with_whole_text(cells, width, delimiter)) for number, cells in found]


def used(cells: Sequence[str]) -> int:
    """How many cells a row has without the empty ones at its end."""
    return max((place for place, cell in enumerate(cells, 1) if cell), default=0)


def likely_delimiter(start: str, marks: Marks) -> str:
    """The one that parts the rows into the same number of cells, most of them numbers."""
    lines = [line for line in start.splitlines()[: 10 * ROWS_LOOKED_AT] if line.strip()]
    if sure := _sure_delimiter(lines):
        return sure
    found = {
        sign: [cells for _, cells in first_rows_of(start, sign, marks)] for sign in (*DELIMITERS, SPACES)
    }
    parting = {sign: _fit(rows) for sign, rows in found.items() if width_of(rows) > 1}
    if _is_column_of_decimals(found[";"]) or _is_column_of_measures(found[";"]):
        return ";"
    measured = [sign for sign in DELIMITERS if parting.get(sign) == 1 and _are_measures(found[sign])]
    if measured:
        return measured[0]  # a blank stands within them
    is_unsure = parting.get(SPACES, 0) < 1 or _has_nameless_start(lines, found[SPACES])
    if is_unsure and not any(parting.get(sign, 0) >= MOST_FIT for sign in DELIMITERS):
        rows = [cells for _, cells in first_rows_of(_head(start), ALIGNED, marks)]
        filled = [cell for row in rows for cell in row if cell]
        is_full = '"' not in start and len(filled) > MOST_FIT / 2 * sum(map(len, rows))
        is_wide = any(sum(map(bool, row)) > 1 for row in rows[1:])  # else a name has several words
        if is_wide and is_full and _share_of_numbers(rows) >= _share_of_numbers(found[SPACES]):
            found[ALIGNED], parting[ALIGNED] = rows, _fit(rows)
            if parting.get(SPACES) == 1 and parting[ALIGNED] == 1:
                del parting[SPACES]
    barred = [line.count("|") for line in lines if "|" in line]
    is_barred = len(barred) > 1 and len(set(barred)) == 1 and "|" in lines[0]
    if is_barred and (not parting or (len(barred) == len(lines) and set(parting) <= {SPACES, ALIGNED})):
        return BARS
    if parting.get("\t") == 1 and any("\t" in cell for row in found[","] for cell in row):
        parting.pop(",", None)  # it stands within numbers or names
    if is_barred and len(barred) >= len(lines) - 1:
        rows = [cells for _, cells in first_rows_of(start, BARS, marks)]
        if _share_of_numbers(rows) > max(map(_share_of_numbers, found.values())):
            return BARS
    if not parting:
        return ";" if {line.rstrip()[-1] for line in lines} == {";"} else ","
    return max(parting, key=lambda sign: _how_likely(sign, parting[sign], found[sign]))


def _sure_delimiter(lines: Sequence[str]) -> str:
    """What parts the cells of lines between bars, or two blanks apart; "" where neither is sure."""
    if any(is_rule(line) and "|" in before for before, line in itertools.pairwise(lines)):
        return BARS
    if len(lines) > 1 and all(line.strip()[0] == line.strip()[-1] == "|" for line in lines):
        return BARS
    return ALIGNED if _stand_apart(lines) else ""


def _ends_in_texts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the last column holds texts of which some are parted, too, as in 1,2,late, but fine."""
    if len(rows) < 2 or not all(rows[0]) or any(map(is_measured, rows[0])):
        return False
    width = len(rows[0])
    are_texts = (
        len(row) >= width > 1
        and any(map(is_measured, row[: width - 1]))
        and len(with_whole_text(list(row), width, "")) == width
        and (len(row) > width or not is_measured(row[-1]))
        for row in rows[1:]
    )
    return any(len(row) > width for row in rows[1:]) and all(are_texts)


def with_whole_text(cells: list[str], width: int, sign: str) -> list[str]:
    """Returns the cells of a row, of which those at the end are one text with the sign in it that parts the
    cells, where there are more than columns, and none from the last column on is empty or a number.

    >>> with_whole_text(["1", "2", "late", "but fine"], 3, ","), with_whole_text(["1", "2", "3", "4"], 3, ",")
    (['1', '2', 'late, but fine'], ['1', '2', '3', '4'])
    """
    rest = cells[width - 1 : used(cells)] if width > 1 else []
    if len(rest) < 2 or not all(rest) or any(map(is_measured, rest)):
        return cells
    return [*cells[: width - 1], f"{sign} ".join(rest)]


def _how_likely(sign: str, fit: float, rows: Sequence[Sequence[str]]) -> tuple[float | bool, ...]:
    """How likely a sign parts the cells; what comes first decides."""
    return (
        fit >= MOST_FIT,
        _fits_above(rows),
        _share_of_numbers(rows),
        sign in DELIMITERS,
        fit,
        width_of(rows),
        sign == ";",  # a comma stands in numbers and names, too
    )


def _has_nameless_start(lines: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first line has as many words as the next has cells, though nothing stands above the first
    of those: then one of the names is two words.
    """
    lines = [line for line in lines if set(line) - set("-=\t ")]
    if len(lines) < 2 or len(rows) < 2 or len(rows[0]) != len(rows[1]):
        return False
    first, second = (line[: len(line) - len(line.lstrip())] for line in lines[:2])
    begin = lines[1][len(second) :].split(None, 1)[0]
    return len(first) > len(second) + len(begin) and not is_measured(begin)


def _stand_apart(lines: Sequence[str]) -> bool:
    """Whether all lines have as many cells as names, two blanks apart, and single blanks stand in the cells.

    >>> _stand_apart(["load  area", "1.5   2.5 %"]), _stand_apart(["load  area", "1.5   2.5"])
    (True, False)
    """
    rows = [cells_apart(line) for line in lines if set(line) - set("-=\t ")]
    if len(set(map(len, rows))) != 1 or len(rows[0]) == 1 or any(map(is_measured, rows[0])):
        return False
    cells = [cell for row in rows for cell in row]
    return any(" " in cell for cell in cells) and not any(_HAS_SIGN.search(cell) for cell in cells)


def _head(start: str) -> str:
    """The first lines of a text."""
    return "".join(itertools.islice(io.StringIO(start, newline=""), 2 * ROWS_LOOKED_AT))


def other_sign(lines: Sequence[str]) -> str:
    """Returns a sign that seems to part the cells of a table though it is none that is looked for, or "".

    >>> other_sign(["x~t", "1~2", "2~4"]), other_sign(["time (h:m)", "10:30", "11:30"])
    ('~', '')
    """
    for sign in _OTHER_SIGNS:
        parted = [line.split(sign) for line in lines]
        widths = set(map(len, parted))
        if len(lines) > 1 and len(widths) == 1 and widths != {1} and all(map(str.strip, parted[0])):
            is_named = all(re.fullmatch(r"[\s\w\"'.-]+", cell) for cell in parted[0])
            if is_named and all(any(map(is_number, map(str.strip, cells))) for cells in parted[1:]):
                return sign
    return ""


def width_of(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most rows have; R leaves out the name above the names of its rows."""
    widths = Counter(map(len, rows[1:] or rows))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _fit(rows: Sequence[Sequence[str]]) -> float:
    """The share of the rows that have as many cells as most, not counting words above and below the table."""
    width = width_of(rows)
    fitting = [place for place, row in enumerate(rows) if len(row) == width]
    if len(fitting) < len(rows) / 2:
        return len(fitting) / len(rows) if rows else 0.0
    return len(fitting) / (fitting[-1] - fitting[0] + 1)


def _share_of_numbers(rows: Sequence[Sequence[str]]) -> float:
    """How many cells are numbers, from the first row on that holds mostly such: remarks have some, too."""
    data = next((place for place, row in enumerate(rows) if place and is_mostly_numbers(row)), 1)
    cells = [cell for row in (rows[data:] or rows) for cell in row if cell]
    return sum(map(is_measured, cells)) / len(cells) if cells else 0.0


def is_mostly_numbers(row: Sequence[str]) -> bool:
    """Whether more than half of what a row holds are numbers."""
    held = list(filter(None, row))
    return 2 * sum(map(is_measured, held)) > len(held)


def _fits_above(rows: Sequence[Sequence[str]]) -> int:
    """How well the row above the first one that holds numbers fits: as many cells, one less, or others."""
    width = width_of(rows)
    data = next((place for place, row in enumerate(rows) if len(row) == width and holds_numbers(row)), 0)
    if not data or len(rows[data - 1]) == width:
        return 2
    return 1 if len(rows[data - 1]) == width - 1 else 0


def ends_early(rows: Sequence[Sequence[str]]) -> int:
    """Returns how many cells those rows have that end before the last column, where below the names only the
    first row reaches so far: what holds for all is written there alone. 0 where it is not so.

    >>> ends_early([["t", "U", "No."], ["0", "1.5", "A7"], ["1", "1.6"], ["2", "1.4"]])
    2
    """
    if len(rows) < LEAST_THAT_END or not len(rows[0]) == len(rows[1]) > len(rows[2]) > 1:
        return 0
    is_even = all(len(row) == len(rows[2]) for row in rows[3:])
    are_names = not any(map(is_measured, rows[0])) and all(rows[0])
    return len(rows[2]) if is_even and are_names and holds_numbers(rows[1]) else 0


def _is_column_of_decimals(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a name stands above numbers with a comma, and nothing else but words further above."""
    first = next((place for place, row in enumerate(rows) if len(row) == 1 and is_number(row[0])), 0)
    while first and len(rows[first - 1]) == 1 and is_gap(rows[first - 1][0], True):
        first -= 1
    if not first or any(len(row) != 1 for row in rows[first - 1 :]):
        return False
    name = rows[first - 1][0]
    if "," in name or not any(map(str.isalpha, name)):
        return False
    below = [row[0] for row in rows[first:] if not is_gap(row[0], True)]
    if not any("," in cell for cell in below):
        return False
    if are_one_number_each(below):
        return True
    decimals = {len(cell.partition(",")[2]) for cell in below}
    return all(map(_COMMA_ALONE.fullmatch, below)) and (first == 1 or len(decimals) == 1)


def are_one_number_each(cells: Iterable[str]) -> bool:
    """Whether cells are numbers with the same decimal sign, and one with a comma cannot be two whole ones.

    >>> [are_one_number_each(cells) for cells in (["1,5", "2,05"], ["1,234.5", "7"], ["1,5", "2,25"])]
    [True, True, False]
    """
    signs, is_sure = {".", ","}, False
    for cell in cells:
        signs -= {sign for sign in signs if number_of(cell, sign) is None}
        if not signs:
            return False
        is_sure = is_sure or ("," in cell and _PAIR.fullmatch(cell) is None)
    return is_sure


def _is_column_of_measures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a name, or none, stands above measures such as `5 cm` and `5,50 €`, and nothing else."""
    if len(rows) < 2 or any(len(row) != 1 for row in rows) or "," in rows[0][0]:
        return False
    if not any(" " in row[0] or "," in row[0] for row in rows[1:]):
        return False
    units = [_unit_in(row[0]) for row in rows[1:]]
    counted = [row[0].split(" ")[0] for row in rows[1:]]  # as the rows of R are, beside a column of letters
    is_counted = counted == [str(number) for number in range(1, len(rows))]
    return all(units) and (len(set(units)) == 1 or not is_counted)


def _are_measures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether numbers alone stand below the first row, some of which have a unit behind a blank."""
    cells = [cell for row in rows[1:] for cell in row if cell]
    return any(" " in cell and _unit_in(cell) for cell in cells) and all(
        is_measured(cell) or _unit_in(cell) for cell in cells
    )


def _unit_in(cell: str) -> str:
    """The unit, the currency or the percent sign of a number in a cell; "" without one."""
    for decimal in ".,":
        measure = measure_of(cell, decimal)
        if measure and is_unit(measure[1]):
            return measure[1]
        if cell[-1:] in "%‰" and is_number(cell.rstrip("%‰ ")):
            return cell[-1]
        if currency := currency_of(cell, decimal):
            return currency
    return ""


def holds_numbers(row: Sequence[str]) -> bool:
    return any(is_measured(cell) and _HAS_DIGIT.search(cell) for cell in row)
