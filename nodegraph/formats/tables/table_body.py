"""The body of a table as it is read: its names, the rows below them, and what stands around both.

Names are made so that each column has one and no two have the same. Knows text only.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import plain_digits
from nodegraph.core.quoting import quoted
from nodegraph.core.training.tables import why_not_column_name
from nodegraph.formats.cells.table_cells import is_measured, is_number
from nodegraph.formats.cells.table_heads import as_names, is_open
from nodegraph.formats.cells.table_rows import ALIGNED, DELIMITERS, SPACES, TOO_WIDE, Row
from nodegraph.formats.cells.table_separators import ends_early, used, with_whole_text
from nodegraph.formats.cells.table_sums import (
    is_nameless_total,
    is_sum_word,
    is_summary,
    sum_word,
    sums_below,
    sums_between,
)
from nodegraph.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from nodegraph.formats.tables.table_reading import Reading
from nodegraph.formats.tables.table_words import MOST_NAMED, named_rows
from nodegraph.formats.tables.told_rows import told_of_numbered, told_of_rows

_PLACES = ("second", "third", "fourth", "fifth")
_COUNTS = ("", "one", "two", "three", "four", "five")
_REMARKS = ("comment", "comments", "remark", "remarks", "note", "notes", "bemerkung", "kommentar")
"""Names of a last column that instruments leave out of the rows."""
_COUNT_OF_ROWS = re.compile(r"\d+ rows? [a-z ]+\.?")
"""What a database writes below a table."""
LEAST_ROWS = 2
"""Above words that stand below a table."""
LEAST_WORDS = 3
"""Of a sentence below a table, which may have a comma or a year in it."""
_IN_TEXTS = {",": "comma", ";": "semicolon"}
"""Signs between cells that stand in texts, too."""
NOTHING = "There is no row to read: each line is blank, a remark, or stands above the table."


@dataclass
class Body:
    """What stands in a text: the names above the columns, "" above one that is empty, and the rows below."""

    names: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """Where each row stands in the file, counted from 1."""
    told: list[str] = field(default_factory=list)
    """What is not taken, or is named otherwise than it stands there."""


def body_of(text: str, reading: Reading) -> Body:
    """Returns the names and all rows. DocumentError names the first place that does not fit."""
    rows = reading.rows(text)
    found = iter(rows)
    above, header = _above(found, reading)
    if reading.named and header is None:
        raise DocumentError(NOTHING)
    body = Body()
    first, lower = _headers(body, header, found, reading)
    heads = [row for row in (first, *lower) if used(row) > 1]
    again: list[int] = []
    for number, cells in found:
        row = _stripped(cells)
        if row in heads:  # as where a file was appended to another, or printed by pages
            again.append(number)
            continue
        body.rows.append(row)
        body.numbers.append(number)
        most = min(MAX_ROWS, MAX_CELLS // max(1, min(MAX_COLUMNS, len(body.rows[0]))))
        if len(body.rows) > most:
            raise DocumentError(f"There are too many rows; a table as wide as this has at most {most:,}.")
    told = told_of_rows(rows, above, reading, sorted([*body.numbers, *again]))
    told += [f"the names stand again and are passed over ({named_rows(again)})"] * bool(again)
    _leave_words_below_out(body, reading)
    _refuse_width(used(first))
    if not body.rows:
        raise DocumentError("The table has no rows below the names of its columns.")
    top = [next(filter(None, cells), "") for cells in itertools.zip_longest(first, *lower, fillvalue="")]
    width = _width(body, top, reading)
    _join_texts(body, width, reading)
    _fill_up(body, first, reading)
    for place, row in enumerate(body.rows):
        body.rows[place] = _fitting(row, width, first, body.numbers[place], reading)
    _name(body, first, lower, reading)
    _refuse_names(body, reading)
    body.told = [*told, *body.told]
    return body


def first_rows(text: str, reading: Reading, most: int) -> Body:
    """Returns the names and at most so many rows as they stand in the text, whether they fit or not.

    >>> first = first_rows("id;x\\n7;0,5\\n", Reading(";", ",", index=True), 3)
    >>> first.names, first.rows, first.numbers
    (['x'], [['0,5']], [2])
    """
    body = Body()
    found = iter(reading.rows(text))
    try:
        header = _above(found, reading)[1]
        first, lower = _headers(body, header, found, reading)
        for number, cells in itertools.islice(found, most - len(body.rows)):
            body.rows.append(_stripped(cells))
            body.numbers.append(number)
    except DocumentError:
        return body  # reading all of it tells
    _join_texts(body, used(first), reading)
    _name(body, first, lower, reading)
    return body


# --- rows
def _above(rows: Iterator[Row], reading: Reading) -> tuple[list[Row], Row | None]:
    """The rows above the table, and its first one."""
    above: list[Row] = []
    for row in rows:
        if row[0] > reading.skipped:
            return above, row
        above.append(row)
    return above, None


def _headers(
    body: Body, header: Row | None, rows: Iterator[Row], reading: Reading
) -> tuple[list[str], list[list[str]]]:
    """The cells of the first row of names, and of those below it; a first row of data goes to the body."""
    cells = [cell.strip() for cell in header[1]] if header else []
    if not reading.named:
        if header:
            body.rows.append(cells)
            body.numbers.append(header[0])
        return [], []
    return cells, [[cell.strip() for cell in row] for _, row in itertools.islice(rows, reading.lower)]


def _stripped(cells: Sequence[str]) -> list[str]:
    """The cells without space around them, each in one line, with the digits 0 to 9."""
    return [
        plain_digits(" ".join(cell.split()) if "\n" in cell or "\r" in cell else cell.strip())
        for cell in cells
    ]


def _leave_words_below_out(body: Body, reading: Reading) -> None:
    """Leave out words below the table: rows that have a first cell alone, which is no number, and sums of the
    columns.
    """
    if not body.rows or len(body.rows[0]) < 2:
        return
    is_counted = is_number(body.rows[0][0])
    left_out = _leave_blocks_out(body)
    while len(body.rows) > 2 and _is_apart(body.rows, body.numbers):
        body.rows.pop()
        left_out.append(body.numbers.pop())
    while len(body.rows) > 1:
        first, *others = body.rows[-1]
        is_sum = is_counted and is_sum_word(first)
        if (any(others) and not is_sum) or is_number(first) or not (is_counted or not others) or not first:
            break
        body.rows.pop()
        left_out.append(body.numbers.pop())
    if is_summary([row[0] for row in body.rows]):
        said = "the rows look like a summary of other data: count, mean, std, …"
    else:
        said = _told_of_sums_between(body, reading.decimal)
    sums, kept = (0, 0) if said else sums_below(body.rows, body.numbers, reading.decimal)
    if said:
        body.told.append(said)
    if sums:
        left_out += body.numbers[-sums:]
        del body.rows[-sums:], body.numbers[-sums:]
    if not (said or left_out or kept) and is_nameless_total(body.rows, reading.decimal):
        last = named_rows(body.numbers[-1:])
        body.told.append(f"{last} holds the sums of those above and is kept; remove it if it is a total")
    if left_out:
        body.told.append(f"what stands below the table is left out ({named_rows(sorted(left_out))})")
    if kept:
        words = dict.fromkeys(f"“{quoted(sum_word(row))}”" for row in body.rows[-kept:])
        said = f"{named_rows(body.numbers[-kept:])}, {', '.join(list(words)[:MOST_NAMED])}"
        is_kept = "is kept: its" if kept == 1 else "are kept: their"
        body.told.append(f"{said}, {is_kept} numbers are not what the rows above come to")


def _told_of_sums_between(body: Body, decimal: str) -> str:
    """Some words about rows that are called sums where some stand among the others; "" where none does."""
    words = {body.numbers[place]: word for place, word in sums_between(body.rows, decimal).items()}
    if not words:
        return ""
    rows = list(words)
    called = " and ".join(
        f"“{quoted(word)}”" for word in dict.fromkeys(words[row] for row in rows[:MOST_NAMED])
    )
    return f"what is called {called} is kept ({named_rows(rows)})"


def _leave_blocks_out(body: Body) -> list[int]:
    """Leave out the rows at the end that hold no number, below a blank row, where all others do; returns
    where they stand.
    """
    start = len(body.rows)
    while start and not any(map(is_measured, body.rows[start - 1])):
        start -= 1
    is_apart = LEAST_ROWS < start < len(body.rows) and body.numbers[start] - body.numbers[start - 1] > 1
    if not is_apart or not all(any(map(is_measured, row)) for row in body.rows[:start]):
        return []
    left_out = body.numbers[start:]
    del body.rows[start:], body.numbers[start:]
    return left_out


def _is_apart(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> bool:
    """Whether the last row is words below the table, parted as its cells are: a blank row stands before it,
    it begins with a word, and no other has as many cells, or does so.
    """
    count = used(rows[-1])
    is_word = not is_measured(rows[-1][0]) or _COUNT_OF_ROWS.fullmatch(" ".join(rows[-1])) is not None
    is_below = numbers[-1] - numbers[-2] > 1 and is_word
    if all(used(row) != count for row in rows[:-1]):
        return is_below
    is_sentence = len(rows[-1][0].split()) >= LEAST_WORDS
    is_worded = is_sentence or not any(map(is_number, rows[-1]))
    return is_below and is_worded and all(is_measured(row[0]) for row in rows[:-1])


def _width(body: Body, first: Sequence[str], reading: Reading) -> int:
    """How many cells each row has: as many as there are names, and cells below an empty one."""
    top = first or body.rows[0]
    most = max(map(used, body.rows))
    if reading.named and used(top) == most + 1 and top[used(top) - 1].casefold() in _REMARKS:
        body.told.append(f"the column “{top[used(top) - 1]}” is empty and is left out")
        return most
    if reading.index and reading.named and len(top) < len(body.rows[0]):
        return len(top) + 1
    return max(used(top), min(len(top), most))


def _join_texts(body: Body, width: int, reading: Reading) -> None:
    """Join what stands in the last column of a table where texts in it hold the sign that parts cells."""
    if reading.delimiter not in _IN_TEXTS or not reading.named:
        return
    joined: list[int] = []
    for place, row in enumerate(body.rows):
        if len(row) > width and (whole := with_whole_text(row, width, reading.delimiter)) is not row:
            body.rows[place] = whole
            joined.append(body.numbers[place])
    if joined:
        where = named_rows(joined)
        body.told.append(f"a {_IN_TEXTS[reading.delimiter]} in a text at the end parts no cells ({where})")


def _fill_up(body: Body, first: Sequence[str], reading: Reading) -> None:
    """Fill up the rows where all but the first end before the last column."""
    if reading.delimiter not in DELIMITERS or not ends_early([first, *body.rows]):
        return
    for row in body.rows[1:]:
        row += [""] * (len(first) - len(row))
    body.told.append(f"{named_rows(body.numbers[:1])} alone reaches to “{first[-1]}”")


def _fitting(cells: list[str], width: int, first: Sequence[str], row: int, reading: Reading) -> list[str]:
    """The cells of a row, without empty ones beyond the table, which spreadsheets leave there."""
    count = used(cells)
    if count > width:
        hint = ""
        if len(first) == 1:
            hint = "; the names are not parted as the rows are"
        elif reading.delimiter == "," and all(cell.lstrip("+-").isdecimal() for cell in cells[:count]):
            hint = "; if decimals have a comma, let semicolons part the cells, or put the numbers in quotes"
        elif reading.delimiter in _IN_TEXTS and not all(map(is_number, filter(None, cells[width - 1 :]))):
            hint = f"; put a text that holds a {_IN_TEXTS[reading.delimiter]} in quotes"
        wanted = width - reading.index
        raise DocumentError(
            f"expected {_counted(wanted)}, found {count - reading.index:,}{hint}", f"row {row}"
        )
    if len(cells) < len(first) and reading.delimiter == SPACES and row == reading.skipped + 2:
        raise DocumentError(
            f"the line of names above has {len(first)} words, this row {_counted(len(cells))}; part the "
            "names by several blanks each, or put those of several words in quotes",
            f"row {row}",
        )
    if len(cells) < width:
        place = len(cells) - (len(first) < width)
        name = as_names(first)[place] if place < len(first) else f"x{len(cells) + 1 - reading.index}"
        raise DocumentError(
            "this cell is missing; fill it in, or remove the row", f"row {row}, column “{name}”"
        )
    return cells[:width]


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells:,} cells"


# --- names
def _name(body: Body, first: Sequence[str], lower: Sequence[Sequence[str]], reading: Reading) -> None:
    """Name the columns, and take away the cells that only name the rows."""
    width = max(map(len, body.rows), default=len(first))
    if reading.index:
        first, lower = (first if len(first) < width else first[1:]), [row[1:] for row in lower]
        body.rows, width = [row[1:] for row in body.rows], width - 1
    if not reading.named:
        names = [f"x{place}" for place in range(1, width + 1)]
        if reading.classes and names:
            names[-1] = "target"
        body.names = names
        return
    names = [" ".join(cell.split()) for cell in (*first, *[""] * width)][:width]
    if any(map(any, lower)):
        names = _joined(body, names, list(filter(any, lower)))
    numbered = as_names(names)
    if reading.delimiter == ALIGNED and 2 * len(list(filter(None, names))) < len(names):
        where = f"row {reading.skipped + 1}"
        raise DocumentError("most columns below have no name here; save the table as CSV", where)
    body.told += told_of_numbered(names, numbered)
    body.names = _apart(body, numbered, reading)


def _joined(body: Body, first: list[str], lower: Sequence[Sequence[str]]) -> list[str]:
    """Names of several rows, as many as tell the columns apart: the others hold units and remarks."""
    names, used_rows = first, 1
    for which, row in zip(_PLACES, lower, strict=False):
        cells = [*row, *[""] * (len(first) - len(row))][: len(first)]
        if not is_open(names, cells):
            shown = quoted(", ".join(filter(None, row)))
            body.told.append(f"the {which} row of names ({shown}) is left out")
            continue
        above, joined = "", []
        for upper, cell in zip(names, cells, strict=True):
            above = upper or (above if cell else "")
            joined.append(f"{above} {cell}".strip())
        names, used_rows = joined, used_rows + 1
    if used_rows > 1:
        body.told.append(f"the names stand in {_COUNTS[used_rows]} rows")
    return names


def _apart(body: Body, names: Sequence[str], reading: Reading) -> list[str]:
    """Names of which no two are the same; "" for columns that have neither a name nor anything else."""
    found: list[str] = []
    taken = set(names)
    for place, name in enumerate(names):
        if place in reading.omitted or (not name and not any(_column(body, place))):
            found.append(name)
            continue
        if not name or name in found:
            stem = name or "column"
            numbers = itertools.count(2 if name else place + 1 + reading.index)
            other = next(new for number in numbers if (new := f"{stem} {number}") not in taken)
            said = f"another “{name}”" if name else f"column {place + 1 + reading.index} has no name and"
            body.told.append(f"{said} is called “{other}”")
            name = other
            taken.add(name)
        found.append(name)
    return found


def _column(body: Body, place: int) -> Iterable[str]:
    return (row[place] for row in body.rows if place < len(row))


def _refuse_names(body: Body, reading: Reading) -> None:
    count = len(list(filter(None, body.names)))
    if not count:
        what = "beside the first, which only names the rows" if reading.index else "that holds anything"
        raise DocumentError(f"There is no column {what}.")
    _refuse_width(count)
    for place, name in enumerate(body.names):
        refusal = why_not_column_name(name) if name and place not in reading.omitted else None
        if refusal:
            column = place + 1 + reading.index
            raise DocumentError(
                f"{refusal} The first row must name the columns.",
                f"row {reading.skipped + 1}, column {column}",
            )


def _refuse_width(count: int) -> None:
    if count > MAX_COLUMNS:
        raise DocumentError(f"{count:,} columns are too many; {TOO_WIDE}")
