"""Tables as CSV: read as people have them, so that a wrong cell is named by its row and column, and written.

Rows count as a spreadsheet counts them: the names stand in row 1. Knows nothing of graphs.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
from collections.abc import Collection
from pathlib import Path

import numpy as np

from nodegraph.core.errors import DocumentError
from nodegraph.core.numbers import format_exact
from nodegraph.core.training.tables import Table
from nodegraph.formats import carriers, files, kinds
from nodegraph.formats.cells.table_counts import TableCounts
from nodegraph.formats.cells.table_letters import Decoded, decoded, in_other, width_told, with_plain_ends
from nodegraph.formats.cells.table_printed import as_table
from nodegraph.formats.cells.table_rows import BARS, DELIMITERS, MARKS, SPACES
from nodegraph.formats.cells.table_separators import ROWS_LOOKED_AT, other_sign
from nodegraph.formats.tables import even_table, table_reading
from nodegraph.formats.tables.table_body import body_of
from nodegraph.formats.tables.table_columns import Columns, columns_of
from nodegraph.formats.tables.table_reading import Reading

SPARSE = (
    "The cells stand as place:number (1:0.5), as libsvm writes them, which is not read; save the table with"
    " all its columns as CSV."
)


_OTHERS = frozenset((".parquet", ".json", ".xlsx", ".xls", ".ods", ".py"))
"""Endings of files that hold no CSV, beside those of documents and pictures."""
KIND_SHOWN = 4096
"""Characters that show what kind of file a text is."""


# --- reading
def read(source: bytes | Path, title: str = "") -> Table:
    """The table in a file, or in the bytes of one; DocumentError names the row and column of what is wrong.

    Cells are separated by comma, semicolon, tab, spaces or bars. Without a title, a file's name is taken.

    >>> read(b"x; y\\r\\n1; 2,5\\r\\n").columns
    (('x', (1.0,)), ('y', (2.5,)))
    """
    return read_and_tell(source, title)[0]


def read_and_tell(
    source: bytes | Path,
    title: str = "",
    decimal: str | None = None,
    encoding: str | None = None,
    needed: Collection[str] | None = None,
) -> tuple[Table, list[str]]:
    """The table as `read` returns it, and what was taken for granted in reading it, each in some words;
    `decimal` is the decimal sign, and `encoding` the letters of a text that is no Unicode, where known.
    Columns of other names than `needed`, where that is given, are left out if they cannot be read.

    >>> read_and_tell(b"1 no\\n2 yes\\n3 no\\n")[0].columns
    (('x1', (1.0, 2.0, 3.0)), ('x2', (0.0, 1.0, 0.0)))
    """
    if isinstance(source, Path):
        title = title or source.stem
    text, assumed = text_of(source)
    if encoding is not None and assumed:
        text, assumed = in_other(text, assumed, encoding), encoding
    reading = table_reading.assume(text, assumed)
    reading = reading if decimal is None else table_reading.with_decimal(reading, decimal)
    table, told = read_as(text, table_reading.with_needed(reading, needed), title)
    return table, [*told, *["an encoding means nothing for Unicode"] * bool(encoding and not assumed)]


def read_as(text: str, reading: Reading, title: str = "") -> tuple[Table, list[str]]:
    """The table in a text that is read in this way, and what `read_and_tell` reports.

    >>> read_as("x,name\\n1,a\\n2,b\\n", Reading(words="out"))[0].columns
    (('x', (1.0, 2.0)),)
    """
    columns = columns_as(text, reading)
    return table_of(columns, title), columns.told


def table_of(columns: Columns, title: str = "") -> Table:
    """Returns columns that were read as a table."""
    return Table(title, tuple(columns.taken), numbers=columns.rows, held_by=columns.held_by)


def columns_as(text: str, reading: Reading) -> Columns:
    """The columns in a text that is read in this way, where their rows stand, and what was assumed."""
    if table_reading.is_sparse(text):
        raise DocumentError(SPARSE)
    if even_table.is_candidate(text, reading):
        with contextlib.suppress(DocumentError):  # of all rows, the reader of each cell tells
            start = _cell_by_cell(table_reading.first_lines(text), reading)
            if (columns := even_table.columns_of(text, start, reading)) is not None:
                return columns
    return _cell_by_cell(text, reading)


def _cell_by_cell(text: str, reading: Reading) -> Columns:
    body = body_of(text, reading)
    lines = [name for name in body.names if name] + [row[0] for row in body.rows[:ROWS_LOOKED_AT]]
    if len(body.names) == 1 and (sign := other_sign(lines)):
        raise DocumentError(f"A sign {sign} seems to part the cells; put commas or tabs in its place.")
    columns = columns_of(body.rows, body.numbers, body.names, reading)
    columns.told = [*reading.assumptions(), *body.told, *columns.told]
    return columns


def text_of(source: bytes | Path) -> Decoded:
    """Returns the text in a file or in its bytes, and in which letters it is. DocumentError where it is no
    text, or too much.
    """
    data = _bytes_of(source)
    try:
        found = decoded(data)
    except DocumentError:
        kinds.refuse_as_table(data)  # what it is says more
        raise
    kinds.refuse_as_table(found.text[:KIND_SHOWN].encode() if width_told(data) or found.encoding else data)
    return found._replace(text=as_table(with_plain_ends(found.text)))


def _bytes_of(source: bytes | Path) -> bytes:
    """The bytes of a table: of a file, none are kept before all are counted."""
    if isinstance(source, Path):
        files.check_readable(source)
        return files.read_bytes(source, look=TableCounts(source.stat().st_size).add)
    TableCounts(len(source)).add(source)
    return source


# --- writing
def demand_table_name(path: files.StrPath) -> None:
    """Raise DocumentError where a name ends as another kind of file: CSV there could not be opened, and may
    well be in place of what somebody still needs.

    >>> demand_table_name("points.csv")
    """
    suffix = Path(path).suffix.lower()
    if suffix == files.SUFFIX or suffix in _OTHERS or any(suffix == one.suffix for one in carriers.CARRIERS):
        raise DocumentError(f"A table is written as CSV, so its name does not end in {suffix}; take .csv.")


def write(table: Table, gaps: Collection[str] = ()) -> bytes:
    """The table as CSV: its names, then its rows, each number so that it reads back the same.

    The course of a training may hold numbers that are not finite: nan, inf, -inf, which `read` refuses; in
    the columns of `gaps` NaN is an empty cell.

    >>> write(Table("", (("x", (1.0, 0.1)), ("y", (2.0, -3.0)))))
    b'x,y\\n1,2\\n0.1,-3\\n'
    """
    out = io.StringIO(newline="")
    signs = (*DELIMITERS, *MARKS, SPACES, BARS, '"', "'", "sep=", "---")
    apart = any(sign in name.lower() for name in table.names for sign in signs)
    names = csv.writer(out, quoting=csv.QUOTE_ALL if apart else csv.QUOTE_MINIMAL, lineterminator="\n")
    names.writerow(table.names)
    columns = [(name, np.asarray(numbers, dtype=np.float64).tolist()) for name, numbers in table.columns]
    rows = zip(
        *(map(_text_or_gap if name in gaps else _text, numbers) for name, numbers in columns), strict=True
    )
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def _text_or_gap(number: float) -> str:
    return "" if math.isnan(number) else _text(number)


def _text(number: float) -> str:
    return format_exact(number) if math.isfinite(number) else repr(number)
