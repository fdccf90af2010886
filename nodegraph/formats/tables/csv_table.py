"""Tables as CSV: read strictly, so that a wrong cell is named by its row and column, and written.

Rows count as a spreadsheet counts them: the names stand in row 1. Knows nothing of graphs.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.naming import listed
from nodegraph.core.numbers import format_exact
from nodegraph.core.quoting import quoted
from nodegraph.core.training.tables import Column, Table, why_not_column_name
from nodegraph.formats import files, kinds
from nodegraph.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from nodegraph.formats.tables import table_reading
from nodegraph.formats.tables.table_counts import TableCounts
from nodegraph.formats.tables.table_reading import BARS, DELIMITERS, Reading

MOST_CLASSES = 100
MOST_NAMED = 3
"""Of one column; more different texts are names or remarks."""
LONGEST_CLASS = 60
NO_AND_YES = frozenset((("false", "true"), ("no", "yes"), ("f", "t"), ("n", "y"), ("off", "on")))
SPARSE = (
    "The cells stand as place:number (1:0.5), as libsvm writes them, which is not read; save the table with"
    " all its columns as CSV."
)

_WIDE = (b"\xff\xfe", b"\xfe\xff")


# --- reading
def read(source: bytes | Path, title: str = "") -> Table:
    """The table in a file, or in the bytes of one; DocumentError names the row and column of what is wrong.

    Cells are separated by comma, semicolon, tab or spaces. Without a title, a file's name is taken.

    >>> read(b"x; y\\r\\n1; 2,5\\r\\n").columns
    (('x', (1.0,)), ('y', (2.5,)))
    """
    return read_and_tell(source, title)[0]


def read_and_tell(source: bytes | Path, title: str = "") -> tuple[Table, list[str]]:
    """The table as `read` returns it, and what was taken for granted in reading it, each in some words.

    >>> read_and_tell(b"1 no\\n2 yes\\n3 no\\n")[0].columns
    (('x1', (1.0, 2.0, 3.0)), ('x2', (0.0, 1.0, 0.0)))
    """
    if isinstance(source, Path):
        title = title or source.stem
    text = text_of(source)
    return read_as(text, table_reading.assume(text), title)


def read_as(text: str, reading: Reading, title: str = "") -> tuple[Table, list[str]]:
    """The table in a text that is read in this way, and what `read_and_tell` reports.

    >>> read_as("x,name\\n1,a\\n2,b\\n", Reading(words="out"))[0].columns
    (('x', (1.0, 2.0)),)
    """
    if table_reading.is_sparse(text):
        raise DocumentError(SPARSE)
    rows = _rows(text, reading)
    for _ in range(reading.skipped):
        next(rows, None)
    header = next(rows, []) if reading.named else []
    first = [] if reading.named and not header else next(rows, [])
    names = _names(header, reading, len(first))
    start = 1 + reading.skipped + reading.named
    cells = list(_cells(itertools.chain([first] if first else [], rows), names, reading.index, start))
    if not cells:
        raise DocumentError("The table has no rows below the names of its columns.")
    columns, told = _columns(cells, names, reading, start)
    return Table(title, tuple(columns)), [*reading.assumptions(), *_told_of_numbered(header, names), *told]


def text_of(source: bytes | Path) -> str:
    """Returns the text in a file or in its bytes. DocumentError where it is no text, or too much."""
    data = _bytes_of(source)
    kinds.refuse_as_table(data)
    if data.startswith(_WIDE):
        raise DocumentError("This is text in UTF-16; save the table as CSV in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentError("This is no text in UTF-8; save the table as CSV in UTF-8.") from None


def _bytes_of(source: bytes | Path) -> bytes:
    """The bytes of a table: of a file, none are kept before all are counted."""
    if isinstance(source, Path):
        files.check_readable(source)
        return files.read_bytes(source, look=TableCounts(source.stat().st_size).add)
    TableCounts(len(source)).add(source)
    return source


def _rows(text: str, reading: Reading) -> Iterator[list[str]]:
    """The cells of each row, without space around them; blank rows at the end are left out."""
    blank = 0
    try:
        for cells in table_reading.rows(text, reading.delimiter):
            if not any(map(str.strip, cells)):
                blank += 1
                continue
            for _ in range(blank):
                yield []
            blank = 0
            yield cells
    except csv.Error as error:
        raise DocumentError(f"This is no table that can be read: {error}.") from None


def _names(header: Sequence[str], reading: Reading, width: int) -> list[str]:
    """The names of the columns that are taken: those in the first row, or x1, x2, … where it has none."""
    if not reading.named:
        header = [f"x{place}" for place in range(1, width + 1 - reading.index)]
        if reading.classes and header:
            header[-1] = "target"
    elif reading.index:
        header = header[len(header) - width + 1 :] if len(header) < width else header[1:]
    if not header and reading.index:
        raise DocumentError("There is no column beside the first, which only names the rows.")
    if not header:
        raise DocumentError("The first row is empty; it must name the columns.", "row 1")
    if len(header) > MAX_COLUMNS:
        raise DocumentError(f"{len(header):,} columns are too many; a table has at most {MAX_COLUMNS:,}.")
    row = f"row {1 + reading.skipped}"
    names: list[str] = []
    taken: set[str] = set()
    named = table_reading.as_names([cell.strip() for cell in header])
    for place, name in enumerate(named, 1 + reading.index):
        if len(names) in reading.omitted:
            names.append(name or f"column {place}")
            continue
        refusal = why_not_column_name(name, taken)
        if refusal:
            raise DocumentError(f"{refusal} The first row must name the columns.", f"{row}, column {place}")
        names.append(name)
        taken.add(name)
    return names


def _cells(rows: Iterable[list[str]], names: Sequence[str], index: bool, start: int) -> Iterator[list[str]]:
    """The cells of each row below the names, as many as there are names."""
    most = min(MAX_ROWS, MAX_CELLS // len(names))
    for number, cells in enumerate(rows):
        if number >= most:
            raise DocumentError(f"There are too many rows; a table as wide as this has at most {most:,}.")
        yield _fitting(cells[1:] if index else cells, names, start + number)


def _fitting(cells: Sequence[str], names: Sequence[str], row: int) -> list[str]:
    used = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    cells = cells[: max(used, len(names))]  # beyond stands what a spreadsheet leaves at the end of a row
    if not cells:
        raise DocumentError("this row is empty", f"row {row}")
    if len(cells) > len(names):
        raise DocumentError(f"expected {_counted(len(names))}, found {len(cells):,}", f"row {row}")
    if len(cells) < len(names):
        raise DocumentError("this cell is missing", f"row {row}, column “{names[len(cells)]}”")
    return [cell.strip() for cell in cells]


def _columns(
    rows: list[list[str]], names: Sequence[str], reading: Reading, start: int
) -> tuple[list[Column], list[str]]:
    """The numbers of all rows by column, and what was made of columns of text: classes are numbered from 0 in
    the order in which they come, False before True, and text that hardly ever repeats is left out.
    """
    wanted = [place for place in range(len(names)) if place not in reading.omitted]
    texts = {place for place in wanted if _is_text(rows, place)}
    dates = {place for place in texts if all(table_reading.is_date(row[place]) for row in rows)}
    coded = {place: dict.fromkeys(row[place] for row in rows) for place in texts}
    most = {"auto": min(MOST_CLASSES, len(rows) // 2 + 1), "numbers": len(rows), "out": 0}[reading.words]
    kept = {place for place, classes in coded.items() if len(classes) <= most}
    kept -= dates if reading.words == "auto" else set()
    left_out = (texts - kept) | reading.omitted
    if not set(wanted) - left_out:
        raise DocumentError("This table holds no column of numbers.")
    codes = {
        place: {name: float(code) for code, name in enumerate(_in_order(coded[place]))} for place in kept
    }
    numbers: list[list[float]] = [
        [
            codes[place][cell] if place in kept else _number(cell, names[place], start + number, reading)
            for place, cell in enumerate(row)
            if place not in left_out
        ]
        for number, row in enumerate(rows)
    ]
    taken = [name for place, name in enumerate(names) if place not in left_out]
    told = [_told_of_classes(names[place], list(codes[place])) for place in sorted(kept)]
    for place in sorted(texts - kept):
        what, verb = ("dates", "are") if place in dates else ("text", "is")
        told.append(f"the {what} in column “{names[place]}” {verb} left out")
    told += _told_of_omitted([names[place] for place in sorted(reading.omitted) if names[place:]])
    return list(zip(taken, zip(*numbers, strict=True), strict=True)), told


def _is_text(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether every cell of a column is a word or two; a single one is no column of text but a slip."""
    return len(rows) > 1 and all(
        row[place].isprintable()
        and 0 < len(row[place]) <= LONGEST_CLASS
        and not table_reading.looks_like_number(row[place])
        for row in rows
    )


def _in_order(classes: Iterable[str]) -> list[str]:
    """The classes as they come, but a no before its yes."""
    found = list(classes)
    if tuple(name.casefold() for name in reversed(found)) in NO_AND_YES:
        found.reverse()
    return found


def _told_of_classes(name: str, classes: Sequence[str]) -> str:
    shown = ", ".join(f"{one} = {code}" for code, one in enumerate(classes[:4]))
    return f"in column “{name}” {shown}{', …' if len(classes) > 4 else ''}"


def _told_of_numbered(header: Sequence[str], names: Sequence[str]) -> list[str]:
    """Some words about columns that are named by numbers."""
    cells = {cell.strip() for cell in header}
    numbered = [name for name in names if name not in cells and name.removeprefix("x") in cells]
    shown = ", ".join(numbered[:MOST_NAMED]) + (", …" if numbered[MOST_NAMED:] else "")
    return [f"the numbers in the first row name the columns: {shown}"] if numbered else []


def _told_of_omitted(names: Sequence[str]) -> list[str]:
    """Some words about the columns that are not taken, however many they are."""
    quoted = [f"“{name}”" for name in names[:MOST_NAMED]]
    if not quoted:
        return []
    if len(names) == 1:
        return [f"the column {quoted[0]} is not taken"]
    rest = len(names) - len(quoted)
    shown = ", ".join(quoted) + f" and {rest:,} more" if rest else listed(quoted)
    return [f"{len(names):,} columns are not taken: {shown}"]


def _number(cell: str, name: str, row: int, reading: Reading) -> float:
    place = f"row {row}, column “{name}”"
    if not cell:
        raise DocumentError("expected a number, found nothing", place)
    text = table_reading.number_text(cell, reading.decimal)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isfinite(number) and "_" not in text and text.isascii():
        return number
    shown = quoted(cell[:40])
    wanted = "a finite number" if math.isinf(number) or cell.lower().endswith("nan") else "a number"
    hint = "; a date is no number" if table_reading.is_date(cell) else ""
    hint = "; write decimals with a point" if cell.replace(",", "", 1).lstrip("+-").isdecimal() else hint
    raise DocumentError(f"expected {wanted}, found “{shown}{'…' if len(cell) > 40 else ''}”{hint}", place)


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells:,} cells"


# --- writing
def write(table: Table) -> bytes:
    """The table as CSV: its names, then its rows, each number so that it reads back the same.

    The course of a training may hold numbers that are not finite: nan, inf, -inf, which `read` refuses.

    >>> write(Table("", (("x", (1.0, 0.1)), ("y", (2.0, -3.0)))))
    b'x,y\\n1,2\\n0.1,-3\\n'
    """
    out = io.StringIO(newline="")
    apart = any(character in name for name in table.names for character in (*DELIMITERS, BARS, '"', "#"))
    names = csv.writer(out, quoting=csv.QUOTE_ALL if apart else csv.QUOTE_MINIMAL, lineterminator="\n")
    names.writerow(table.names)
    rows = zip(*(map(_text, numbers) for _, numbers in table.columns), strict=True)
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def _text(number: float) -> str:
    return format_exact(number) if math.isfinite(number) else repr(number)
