"""Tables as CSV: read strictly, so that a wrong cell is named by its row and column, and written.

Rows count as a spreadsheet counts them: the names stand in row 1. Knows nothing of graphs.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import format_exact
from nodegraph.core.quoting import quoted
from nodegraph.core.tables import Table, why_not_column_name
from nodegraph.formats import files
from nodegraph.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from nodegraph.formats.table_counts import refuse_excess

DELIMITERS = (",", ";", "\t")
LONGEST_HEADER = 1_000_000
"""Characters looked at for what parts the cells; names of columns are short."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")


# --- reading
def read(source: bytes | Path, title: str = "") -> Table:
    """The table in a file, or in the bytes of one; DocumentError names the row and column of what is wrong.

    Comma, semicolon or tab parts the cells. Without a title, a file gives its name.

    >>> read(b"x; y\\r\\n1; 2.5\\r\\n").columns
    (('x', (1.0,)), ('y', (2.5,)))
    """
    if isinstance(source, Path):
        title = title or source.stem
        source = files.read_bytes(source)
    text = _decoded(source)
    rows = _rows(text)
    names = _names(next(rows, []))
    return Table(title, tuple(zip(names, _columns(rows, names), strict=True)))


def _decoded(data: bytes) -> str:
    refuse_excess(data)
    if data.startswith(_WIDE):
        raise DocumentError("This is text in UTF-16; save the table as CSV in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentError("This is no text in UTF-8; save the table as CSV in UTF-8.") from None


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of each row, without space around them; blank rows at the end are left out."""
    lines = io.StringIO(text, newline="")
    blank = 0
    try:
        for cells in csv.reader(lines, delimiter=_delimiter(text), strict=True, skipinitialspace=True):
            if not any(map(str.strip, cells)):
                blank += 1
                continue
            for _ in range(blank):
                yield []
            blank = 0
            yield cells
    except csv.Error as error:
        raise DocumentError(f"This is no table that can be read: {error}.") from None


def _delimiter(text: str) -> str:
    """The one that parts the first line into the most cells."""
    head = text.lstrip("\r\n")[:LONGEST_HEADER].splitlines()[:1]

    def cells(delimiter: str) -> int:
        return len(next(csv.reader(head, delimiter=delimiter, skipinitialspace=True), []))

    return max(DELIMITERS, key=cells)


def _names(header: Sequence[str]) -> list[str]:
    if not header:
        raise DocumentError("The first row is empty; it must name the columns.", "row 1")
    if len(header) > MAX_COLUMNS:
        raise DocumentError(f"{len(header):,} columns are too many; a table has at most {MAX_COLUMNS:,}.")
    names: list[str] = []
    for place, name in enumerate(map(str.strip, header), 1):
        refusal = why_not_column_name(name, names)
        if refusal:
            raise DocumentError(f"{refusal} The first row must name the columns.", f"row 1, column {place}")
        names.append(name)
    return names


def _columns(rows: Iterator[list[str]], names: Sequence[str]) -> list[tuple[float, ...]]:
    """The numbers of all rows below the first, by column."""
    most = min(MAX_ROWS, MAX_CELLS // len(names))
    found: list[list[float]] = []
    for number, cells in enumerate(rows, 2):
        if len(found) >= most:
            raise DocumentError(f"There are too many rows; a table as wide as this has at most {most:,}.")
        found.append(_numbers(cells, names, number))
    if not found:
        raise DocumentError("The table has no rows below the names of its columns.")
    return list(zip(*found, strict=True))


def _numbers(cells: Sequence[str], names: Sequence[str], row: int) -> list[float]:
    used = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    cells = cells[: max(used, len(names))]  # beyond stands what a spreadsheet leaves at the end of a row
    if not cells:
        raise DocumentError("this row is empty", f"row {row}")
    if len(cells) > len(names):
        raise DocumentError(f"expected {_counted(len(names))}, found {len(cells):,}", f"row {row}")
    if len(cells) < len(names):
        raise DocumentError("this cell is missing", f"row {row}, column “{names[len(cells)]}”")
    return [_number(cell.strip(), name, row) for cell, name in zip(cells, names, strict=True)]


def _number(cell: str, name: str, row: int) -> float:
    place = f"row {row}, column “{name}”"
    if not cell:
        raise DocumentError("expected a number, found nothing", place)
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if math.isfinite(number) and "_" not in cell and cell.isascii():
        return number
    shown = quoted(cell[:40])
    wanted = "a finite number" if math.isinf(number) or cell.lower().endswith("nan") else "a number"
    hint = "; write decimals with a point" if cell.replace(",", "", 1).lstrip("+-").isdecimal() else ""
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
    apart = any(character in name for name in table.names for character in (*DELIMITERS, '"'))
    names = csv.writer(out, quoting=csv.QUOTE_ALL if apart else csv.QUOTE_MINIMAL, lineterminator="\n")
    names.writerow(table.names)
    rows = zip(*(map(_text, numbers) for _, numbers in table.columns), strict=True)
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def _text(number: float) -> str:
    return format_exact(number) if math.isfinite(number) else repr(number)
