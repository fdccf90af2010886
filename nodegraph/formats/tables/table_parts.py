"""A table in a file as parts, each of which is read by itself, so that no memory has to hold all of it.

How the file is read is settled by its first rows. Columns of words are left out, as what a word stands for
would be another number in each part.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import DocumentError
from nodegraph.core.quoting import quoted
from nodegraph.core.training.tables import Table
from nodegraph.formats import files
from nodegraph.formats.cells.table_letters import Decoded, as_in
from nodegraph.formats.cells.table_rows import DELIMITERS, Rows
from nodegraph.formats.cells.table_sums import sum_word
from nodegraph.formats.tables import csv_table, table_doubts, table_reading
from nodegraph.formats.tables.table_body import body_of
from nodegraph.formats.tables.table_reading import Reading
from nodegraph.formats.tables.table_words import MOST_NAMED

ROWS_EACH, CELLS_EACH = 20_000, 400_000
"""What a part holds at most."""
BLOCK = 1 << 20
"""Bytes that are looked through for line ends at a time."""

_ROW = re.compile(r"^row (\d+)")
_CODE = re.compile(rb"(?<![\w.])(-999{0,3})(?:\.0*)?(?=[\s,;]|\Z)")
MOST_CODES = 100
"""Of a block of lines, that are looked at."""


@dataclass(frozen=True)
class TablePart:
    """The lines of a file from byte `start` to `stop`, of which the first is row `first`, and how to read
    them: below the lines `head`, which hold what is above the rows.
    """

    path: str
    start: int
    stop: int
    first: int
    head: str
    reading: Reading
    names: tuple[str, ...]

    def numbers(self, names: Sequence[str]) -> NDArray[np.float64]:
        """The numbers of these columns, of shape (columns, rows). DocumentError names row and column."""
        try:
            with open(self.path, "rb") as file:
                file.seek(self.start)
                data = file.read(self.stop - self.start)
        except OSError as error:
            raise DocumentError(f"{self.path}: {files.sentence_for(error)}") from None
        try:
            if not data.strip():
                return np.zeros((len(names), 0))
            encoding = self.reading.encoding
            text = self.head + (as_in(data, encoding) if encoding else data.decode("utf-8-sig"))
            table = csv_table.read_as(text, table_reading.with_needed(self.reading, names))[0]
        except UnicodeDecodeError:
            raise DocumentError(f"row {self.first} or below: This is no text in UTF-8.") from None
        except DocumentError as error:
            raise DocumentError(self._renumbered(str(error))) from None
        missing = [name for name in names if name not in table.names]
        if missing:
            raise DocumentError(f"row {self.first} or below, column “{missing[0]}”: there are words in it")
        return np.array([table.column(name) for name in names])

    def _renumbered(self, said: str) -> str:
        above = self.head.count("\n")
        return _ROW.sub(lambda found: f"row {int(found[1]) - above + self.first - 1}", said)


def split(
    path: Path, needed: Collection[str] | None = None, told: list[str] | None = None
) -> tuple[Table, list[TablePart]]:
    """Returns the first rows of a table in a file, and all its parts, and tells what was taken for granted.
    Columns that are not `needed` and cannot be read are left out. DocumentError where it is no table.
    """
    files.check_readable(path, any_size=True)
    told = [] if told is None else told
    start, encoding = _first_lines(path)
    reading = replace(table_reading.assume(start, encoding), words="out")
    reading = table_reading.with_needed(reading, needed)
    above = reading.skipped + reading.named + reading.lower
    lines = [f"{line}\n" for line in start.split("\n")]
    head = "".join(lines[:above])
    beginning = "".join(lines[: above + ROWS_EACH])
    first, said = csv_table.read_as(beginning, reading)
    told += said
    names = body_of(beginning, reading).names
    words = frozenset(place for place, name in enumerate(names) if name not in first.names)
    reading = replace(reading, omitted=words)
    each = max(1, min(ROWS_EACH, CELLS_EACH // len(first.columns)))
    parts = [
        TablePart(str(path.resolve()), begin, end, row, head, reading, first.names)
        for begin, end, row in _pieces(path, above, each)
    ]
    if parts:
        parts[-1] = _without_sums(parts[-1], told)
    if len(parts) > 1 and not any(table_doubts.OF_A_GAP in said for said in told):
        told += _codes_below(path, parts[1], first, dict(enumerate(names, int(reading.index))))
    return first, parts


def _codes_below(path: Path, part: TablePart, first: Table, names: Mapping[int, str]) -> list[str]:
    """Some words about a number below 0 that people write for a gap, from a part on, and that is far from the
    numbers of the first rows; the columns have these names by their places.
    """
    asked: set[tuple[str, float]] = set()
    for name, code, row in _codes_from(path, part, names):
        if (name, code) in asked or name not in first.names:
            continue
        asked.add((name, code))
        numbers = [*first.column(name), code]
        if said := table_doubts.told_of_codes(name, numbers, [*[0] * (len(numbers) - 1), row]):
            return list(said.values())
    return []


def _codes_from(path: Path, part: TablePart, names: Mapping[int, str]) -> Iterator[tuple[str, float, int]]:
    """Yields such numbers from a part on, some of each block: the column's name, the number and its row."""
    sign, row = part.reading.delimiter.encode(), part.first
    if part.reading.delimiter not in DELIMITERS:
        return
    with open(path, "rb") as file:
        file.seek(part.start)
        while lines := file.readlines(BLOCK):
            text = b"".join(lines)
            for found in itertools.islice(_CODE.finditer(text), MOST_CODES):
                line = text.rfind(b"\n", 0, found.start()) + 1
                name = names.get(text.count(sign, line, found.start()), "")
                yield name, float(found[1]), row + text.count(b"\n", 0, line)
            row += len(lines)


def _without_sums(part: TablePart, told: list[str]) -> TablePart:
    """A last part without the rows at its end that are called sums or means: what they come to is not known
    where each part holds some of the rows only.
    """
    begin = max(0, part.stop - BLOCK)
    with open(part.path, "rb") as file:
        file.seek(begin)
        lines = file.read(part.stop - begin).splitlines(keepends=True)[begin > 0 :]
    words = [_sum_in(line, part.reading) for line in lines]
    end = len(lines)
    while end and (words[end - 1] or not lines[end - 1].strip()):
        end -= 1
    named = list(filter(None, words[end:]))
    if not named or any(words[:end]) or len(named) > len(set(named)):
        return part  # classes are called so
    shown = ", ".join(f"“{quoted(word)}”" for word in named[:MOST_NAMED])
    told.append(f"what stands below the table is left out ({shown})")
    return replace(part, stop=max(part.start, part.stop - sum(map(len, lines[end:]))))


def _sum_in(line: bytes, reading: Reading) -> str:
    """The word before sums or means in a line, "" without."""
    if not line.strip():
        return ""
    text = as_in(line, reading.encoding) if reading.encoding else line.decode("utf-8", "replace")
    rows = Rows(text, reading.delimiter, reading.marks)
    try:
        return next((sum_word([cell.strip() for cell in cells]) for _, cells in rows), "")
    except DocumentError:
        return ""  # reading its part tells


def lines_of(path: Path) -> int:
    """Returns how many lines a file has."""
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(partial(file.read, BLOCK), b""))


def _first_lines(path: Path) -> Decoded:
    """Returns whole lines at the start of a file."""
    with open(path, "rb") as file:
        data = file.read(BLOCK)
        is_all = not file.read(1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError("This is in UTF-16, which is not read in parts; save the table in UTF-8.")
    whole = data if is_all else data[: data.rfind(b"\n") + 1]
    if not whole and data:
        raise DocumentError("Its first line is too long for a table.")
    return csv_table.text_of(whole)


def _pieces(path: Path, above: int, each: int) -> Iterator[tuple[int, int, int]]:
    """Yields where so many lines begin and end, and the row of the first, from the first line below those
    `above`.
    """
    begin, begin_row, rows, at = 0, 1, 0, 0
    wanted = above
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            ends = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n")) + 1
            while rows + len(ends) >= wanted:
                end = at + int(ends[wanted - rows - 1]) if wanted > rows else begin
                if wanted > above:
                    yield begin, end, begin_row
                begin, begin_row, wanted = end, wanted + 1, wanted + each
            rows += len(ends)
            at += len(block)
    if at > begin:
        yield begin, at, begin_row
