"""Which lines and rows at the start of a table are only words above it: settings, titles, sentences.

Judges lines and cells as text, and knows nothing of what the names below them mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set

from nodegraph.formats.cells.table_cells import is_measured, is_number, is_unit, measure_of
from nodegraph.formats.cells.table_gaps import is_gap
from nodegraph.formats.cells.table_heads import (
    MOST_LOWER,
    YEARS,
    counts,
    counts_columns,
    is_typed,
    is_unit_alone,
    names_index,
    tells_more_apart,
)
from nodegraph.formats.cells.table_rows import Row, cells_in
from nodegraph.formats.cells.table_separators import (
    ROWS_LOOKED_AT,
    are_one_number_each,
    holds_numbers,
    used,
    width_of,
)

FEW_ABOVE, MOST_ABOVE = 5, 400
"""Lines above a table: few are so where a blank line parts them from it; beyond many, none is looked for."""
LEAST_RUN = 3
"""Rows of numbers that show where a table begins."""
CELLS_LOOKED_AT = 2000
"""Cells of a line that say whether it holds numbers; tables have fewer."""
_SIGNS = ("|", "\t", ";", ",", None)
"""What parts the cells; None: blanks."""
_HAS_DIGIT = re.compile(r"\d")
_TITLE = re.compile(r"(?:table|tab|tabelle|tableau|tabla|tabella|figure|fig|abbildung|abb)\b\.?\s*\d", re.I)
"""How words above a table begin, which may have as many commas as its rows."""
_SETTING = re.compile(r"([^\W\d][\w .]*?) ?[=:] ?\S.*")
_KEYED = re.compile(r"[^\W\d]\w*:[^\s:]+")
"""A setting in a cell beside its name, as CH1:V."""
_ANY_SIGN = re.compile(r"[,;|\s]+")


def lines_above(start: str) -> int:
    """Returns how many lines at the start are no part of the table, where they are so many that they could be
    taken for it: an instrument writes its settings there. The names, and a row of units, are none of them.

    >>> lines_above("a: 1, b\\n" * 9 + "\\nt\\tU\\n" + "1\\t2\\n" * 3), lines_above("x,y\\n1,2\\n3,4\\n")
    (10, 0)
    """
    blank = start[: len(start) - len(start.lstrip())].count("\n")
    lines = start.splitlines()[blank : blank + MOST_ABOVE]
    runs = [(*run, sign) for sign in _SIGNS if (run := _first_run(lines, sign)) is not None]
    runs = [run for run in runs if run[2] != "," or not _has_decimals(lines[run[0] :])]
    place, width, sign = min(runs, key=lambda run: run[0], default=(0, 0, None))
    head = place
    if head > 1 and not lines[head - 1].strip() and _is_head(lines[head - 2], sign, width):
        head -= 1  # a blank line parts the names from the numbers
    while head and place - head < MOST_LOWER and _is_head(lines[head - 1], sign, width):
        head -= 1
    if not head:
        return 0
    above = [line for line in lines[:head] if line.strip()]
    if 2 * sum(is_measured(line.strip().strip('"')) for line in above) > len(above):
        return 0  # they are rows, too, of which some later ones hold the sign
    if place <= FEW_ABOVE:
        return blank + head if above and head < place and not lines[head - 1].strip() else 0
    alike = sum(len(line.split(sign)) == width for line in above)
    is_apart = sum(map(bool, map(str.strip, lines[head - 1].split(sign)))) < 2
    return blank + head if is_apart or 2 * alike < len(above) else 0


def _has_decimals(lines: Sequence[str]) -> bool:
    """Whether a comma in lines parts no cells, as it is the decimal sign: they are one number each, or all
    have the same number of semicolons or tabs.
    """
    held = [line.strip() for line in lines[:ROWS_LOOKED_AT] if line.strip()]
    counts = ({line.count(sign) for line in held[:LEAST_RUN]} for sign in "\t;")
    is_parted = any(len(count) == 1 and count != {0} for count in counts)
    return is_parted or are_one_number_each(line for line in held if is_number(line))


def _first_run(lines: Sequence[str], sign: str | None) -> tuple[int, int] | None:
    """The first of some lines below each other that hold numbers, parted by this sign, and their cells; blank
    lines may stand between them.
    """
    since, width, count = 0, 0, 0
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        cells = cells_in(line, sign)
        held = [cell for cell in cells[:CELLS_LOOKED_AT] if not is_gap(cell, True)]
        is_row = len(cells) > 1 and 2 * sum(map(_is_value, held)) > len(held) > 0
        if not is_row or len(cells) != width:
            since, width, count = place, len(cells) if is_row else 0, 0
        count += is_row
        if count >= LEAST_RUN:
            return since, width
    return None


def _is_value(cell: str) -> bool:
    """Whether a cell holds a number, a date or a time, or a number with its unit."""
    return is_measured(cell) or any(
        (found := measure_of(cell, sign)) is not None and is_unit(found[1]) for sign in ".,"
    )


def _is_head(line: str, sign: str | None, width: int) -> bool:
    """Whether a line may name columns, or their units: as many cells, or one for remarks more; no number."""
    cells = cells_in(line, sign)
    is_wide = width <= len(cells) <= width + 1 and sum(map(bool, cells)) > 1
    return is_wide and not any(map(is_measured, cells))


def rows_above(found: Sequence[Row], blanks: Collection[int] = ()) -> int:
    """How many rows at the start are only words above the table: a title, or a sentence or two. `blanks` are
    the numbers of blank rows.
    """
    apart = {place for place, (number, _) in enumerate(found) if number - 1 in blanks}
    rows = [cells for _, cells in found]
    width = width_of(rows)
    if width < 2:
        return _above_one_column(rows, apart)
    title = len(rows) > 2 and _TITLE.match(rows[0][0]) is not None  # with a year in it, maybe
    data = _first_of_numbers(rows, width, int(title))
    if counts_columns(rows[data:]):
        return data
    if any(any(map(_KEYED.fullmatch, row)) for row in rows[: data - 1]) and _names_all(rows[data - 1], width):
        return data - 1
    for place, row in enumerate(rows[:data]):
        is_last = place == data - 1
        if title and not place and not is_last:
            continue
        if not is_last and place + 1 in apart and _names_all(rows[place + 1], width):
            continue  # a title with as many commas
        if _is_above_names(rows[place : place + 3], width):
            continue
        if _are_settings(row) and not is_last and _names_all(rows[place + 1], width):
            continue
        if names_index(rows[place : data + 1]) or is_typed(rows[place : data + 1]):
            return place
        if place and tells_more_apart(rows[place - 1], row):
            return place - 1
        if len(row) == width and (all(row) or used(row) > 1 or is_last):
            return place
        is_short_header = width == 2 and counts(rows[data:])
        if is_last and len(row) > width and any(cell.endswith(":") for cell in row):
            continue  # settings, as X-ray instruments write them in one line
        is_parted_otherwise = len(_ANY_SIGN.split(row[0])) == width
        if is_last and (len(row) > 1 or is_short_header or is_parted_otherwise):
            return place
    return data


def _first_of_numbers(rows: Sequence[Sequence[str]], width: int, start: int) -> int:
    """The place, from this one on, of the first row that is as wide as most and holds numbers; 0 for none."""
    for place in range(start, len(rows)):
        is_row = len(rows[place]) == width and holds_numbers(rows[place])
        if is_row and not _is_above_names(rows[place : place + 3], width):
            return place
    return 0


def _above_one_column(rows: Sequence[Sequence[str]], apart: Set[int]) -> int:
    """How many rows stand above the name of a single column of numbers: settings, titles, dates."""
    first = next((place for place, row in enumerate(rows) if row and is_measured(row[0])), 0)
    while first and is_gap(rows[first - 1][0], True):
        first -= 1
    below = [row[0] for row in rows[first:] if row]
    are_numbers = all(is_measured(cell) or is_gap(cell, True) for cell in below)
    name = first - 1
    if first > 1 and is_unit_alone(rows[name][0]):
        name -= not is_unit(rows[name][0]) or rows[name - 1][0].isidentifier()
    if name < 1 or len(below) < LEAST_RUN or not are_numbers:
        return 0
    above = [cell for row in rows[:name] for cell in row]
    are_words = any(_HAS_DIGIT.search(cell) or ":" in cell or (" " in cell and name > 1) for cell in above)
    return name if are_words or not apart.isdisjoint(range(1, name + 1)) else 0


def _names_all(row: Sequence[str], width: int) -> bool:
    """Whether words name all columns, each by another one, and are not their units."""
    is_whole = len(row) == width and all(row) and len(set(row)) == width
    return is_whole and not any(map(is_measured, row)) and not all(map(is_unit, row))


def _are_settings(row: Sequence[str]) -> bool:
    """Whether each cell is a setting of its own, such as rate=100."""
    found = [_SETTING.fullmatch(cell) for cell in row]
    keys = {one[1] for one in found if one}
    return len(found) > 1 and len(keys) == len(found)


def _is_above_names(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the first of three rows is a setting, a word and its value, above names and numbers."""
    if len(rows) != 3 or used(rows[0]) != 2 or is_measured(rows[0][0]) or not _names_all(rows[1], width):
        return False
    value = rows[0][1]
    is_year = value.isdecimal() and int(value) in YEARS
    is_value = any(measure_of(value, sign) for sign in ".,") or (is_measured(value) and not is_year)
    return is_value and is_measured(rows[2][0]) and not any(is_gap(cell, True) for cell in rows[1])
