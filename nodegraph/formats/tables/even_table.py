"""Large tables that hold nothing but numbers, in rows of one width: read at once by a library, where
`table_body` and `table_columns` look at each cell. Whatever is not so even is left to those.

pyarrow (the extra `parquet`) reads them as fast as a disk does, numpy else; both exactly.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from nodegraph.formats.cells.number_text import read_numbers
from nodegraph.formats.cells.table_rows import ADDED, DELIMITERS
from nodegraph.formats.limits import MAX_CELLS, MAX_ROWS
from nodegraph.formats.tables.table_columns import Columns
from nodegraph.formats.tables.table_digits import may_hold_codes, told_of_digits_among
from nodegraph.formats.tables.table_doubts import told_of_codes_among
from nodegraph.formats.tables.table_reading import Reading

Array = NDArray[np.float64]

LEAST_LENGTH = 20_000
"""Characters of a text below which there is nothing to gain."""
PIECE = 400_000
"""Bytes that numpy reads at once."""
BLOCK = 1 << 22
"""Bytes that pyarrow reads at once; of smaller blocks the columns are put together again."""
LEAST_FOR_ARROW = 500_000
"""Bytes for which loading pyarrow pays."""


def is_candidate(text: str, reading: Reading) -> bool:
    """Whether a text may be so even, and is long enough for that to matter."""
    is_plain = reading.delimiter in DELIMITERS and not reading.lower and not reading.classes
    is_plain = is_plain and ADDED not in text
    return len(text) >= LEAST_LENGTH and is_plain and (reading.decimal == "." or reading.delimiter != ",")


def columns_of(text: str, start: Columns, reading: Reading) -> Columns | None:
    """Returns what `start`, the columns of the first lines of a text, becomes with all its rows; None where
    any row or cell is not even.
    """
    if not start.rows or list(start.rows) != list(range(start.rows[0], start.rows[0] + len(start.rows))):
        return None
    begin = _place_of_line(text, start.rows[0])
    if reading.decimal == "," and text.find(".", begin) >= 0:
        return None
    numbers = _numbers(text, begin, reading)
    if numbers is None:
        return None
    left = range(len(numbers) - reading.index)
    at = [place + reading.index for place in left if place not in reading.omitted]
    taken = [numbers[place] for place in at]
    if len(at) != len(start.taken) or not _begin_so(taken, start):
        return None
    names = [name for name, _ in start.taken]
    rows = range(start.rows[0], start.rows[0] + len(taken[0]))
    columns = zip(names, taken, strict=True)
    told = [said for name, column in columns for said in told_of_codes_among(name, column, rows)]
    told = list(dict.fromkeys([*start.told, *told]))  # the first rows may have told of the same
    if may_hold_codes(text, begin, reading.delimiter, taken):
        held = dict(zip(names, zip(at, taken, strict=True), strict=True))
        told = _with_codes(told, text[begin:].splitlines(), reading.delimiter, held, len(start.rows))
    return replace(start, taken=list(zip(names, taken, strict=True)), rows=rows, told=told)


def _begin_so(columns: Sequence[Array], start: Columns) -> bool:
    """Whether columns begin with the numbers that each cell of the first lines holds."""
    pairs = zip(columns, start.taken, strict=True)
    return all(tuple(column[: len(start.rows)]) == tuple(known) for column, (_, known) in pairs)


def _with_codes(
    told: list[str], lines: Sequence[str], sign: str, columns: Mapping[str, tuple[int, Array]], count: int
) -> list[str]:
    """What is told; of digits, by all lines and not by the first ones, of this count, alone."""
    start = {name: (place, numbers[:count]) for name, (place, numbers) in columns.items()}
    known = told_of_digits_among(lines[:count], sign, start).values()
    said = told_of_digits_among(lines, sign, columns).values()
    return [*(one for one in told if one not in known), *said]


def _place_of_line(text: str, number: int) -> int:
    """Where a line begins, counted from 1."""
    place = 0
    for _ in range(number - 1):
        place = text.find("\n", place) + 1
    return place


def _numbers(text: str, begin: int, reading: Reading) -> Sequence[Array] | None:
    """The columns of lines of numbers, all of the same width; None where they are none, or too many."""
    lines = text.count("\n", begin) + (not text.endswith("\n"))
    end = text.find("\n", begin)
    width = text.count(reading.delimiter, begin, end if end >= 0 else len(text)) + 1
    if lines > MAX_ROWS or lines * width > MAX_CELLS:
        return None
    found = None
    if len(text) - begin >= LEAST_FOR_ARROW and find_spec("pyarrow") is not None:
        found = _by_arrow(_bytes_of(text[begin:], reading), reading.delimiter, width)
    if found is None:
        found = _by_numpy(text, begin, reading, (lines, width))
    if found is None or len(found[0]) != lines:
        return None
    return found if all(np.isfinite(column).all() for column in found) else None


def _bytes_of(text: str, reading: Reading) -> bytes:
    """A text of numbers, with points in them."""
    return text.encode() if reading.decimal == "." else text.encode().replace(b",", b".")


def _by_arrow(body: bytes, delimiter: str, width: int) -> list[Array] | None:
    import pyarrow
    from pyarrow import csv

    names = [str(place) for place in range(width)]
    try:
        table = csv.read_csv(
            pyarrow.BufferReader(body),
            csv.ReadOptions(column_names=names, block_size=BLOCK),
            csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(
                column_types=dict.fromkeys(names, pyarrow.float64()), null_values=[], check_utf8=False
            ),
        )
    except pyarrow.ArrowInvalid:
        return None
    if any(column.null_count for column in table.columns):
        return None
    return [column.to_numpy() for column in table.columns]


def _by_numpy(text: str, begin: int, reading: Reading, shape: tuple[int, int]) -> list[Array] | None:
    """In pieces, between which another thread comes to its turn: numpy does not let it while it reads."""
    (lines, width), row = shape, 0
    found = np.empty((width, lines))
    while begin < len(text):
        end = text.find("\n", begin + PIECE) + 1 or len(text)
        piece = _bytes_of(text[begin:end], reading)
        part = read_numbers(
            piece if end < len(text) else piece.rstrip(b"\n") + b"\n", reading.delimiter, width
        )
        if part is None:
            part = _by_numpys_reader(piece, reading.delimiter)
        if part is None or part.shape[1] != width or row + len(part) > lines:
            return None
        found[:, row : row + len(part)] = part.T
        begin, row = end, row + len(part)
    return list(found) if row == lines else None


def _by_numpys_reader(body: bytes, delimiter: str) -> Array | None:
    """Slower, and for spaces around numbers too."""
    if body.isspace():
        return None  # numpy would warn of it
    try:
        found: Array = np.loadtxt(io.BytesIO(body), delimiter=delimiter, comments=None, ndmin=2)
    except ValueError:
        return None
    return found
