"""A table in a Parquet file as parts, each of which is read by itself: no memory has to hold all of it.

A part is of one of the file's groups of rows. Columns of text are left out, as in `table_parts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import DocumentError
from nodegraph.core.training.tables import Table
from nodegraph.formats.limits import MAX_CELLS, MAX_ROWS
from nodegraph.formats.tables import parquet_table
from nodegraph.formats.tables.table_columns import MOST_GAPS

if TYPE_CHECKING:
    import pyarrow
    from pyarrow import parquet

Array = NDArray[np.float64]

ROWS_EACH = 100_000
"""What a part holds at most."""
FIRST_ROWS = 20_000
"""Rows by which it is settled which columns are read, as one with more gaps than numbers is not."""


@dataclass(frozen=True)
class ParquetPart:
    """Rows start…stop of a group of rows in a file, the first of which is row `first` of the table, and the
    columns of numbers: a row with a gap in one of them is left out.
    """

    path: str
    group: int
    start: int
    stop: int
    first: int
    names: tuple[str, ...]

    def numbers(self, names: Sequence[str]) -> Array:
        """The numbers of these columns, of shape (columns, rows). DocumentError names row and column."""
        found, row = np.empty((len(self.names), self.stop - self.start)), 0
        with parquet_table.opened(Path(self.path)) as file:
            parquet_table.refuse_size(file, [self.group], self.names, "A group of rows in this")
            for batch in _batches(file, [self.group], self.names):
                part = np.array([parquet_table.numbers_of(column) for column in batch.columns])
                part = part[:, max(0, self.start - row) : self.stop - row]
                at = max(row, self.start)
                for name, numbers in zip(self.names, part, strict=True):
                    parquet_table.refuse_infinite(name, numbers, self.first + at - self.start)
                found[:, at - self.start : at - self.start + part.shape[1]] = part
                row += batch.num_rows
                if row >= self.stop:
                    break
            if row < self.stop:
                raise DocumentError(parquet_table.DAMAGED)
        whole = ~np.isnan(found).any(axis=0)
        return found[[self.names.index(name) for name in names]][:, whole]


def split(path: Path, told: list[str]) -> tuple[Table, list[ParquetPart]]:
    """Returns the first rows of a table in a file, and all its parts, and tells what is left out of it.
    DocumentError where it is none.
    """
    with parquet_table.opened(path) as file:
        fields = parquet_table.fields_of(file, told)
        names = [field.name for field in fields if parquet_table.is_number(field.type)]
        told += [
            f"the text in column “{field.name}” is left out" for field in fields if field.name not in names
        ]
        sizes = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
        columns = [(name, numbers) for name, numbers in _first_rows(file, names, sizes) if _is_full(numbers)]
    told += [
        f"the column “{name}” has more gaps than numbers and is left out"
        for name in names
        if name not in dict(columns)
    ]
    kept, numbers = parquet_table.whole_rows(columns, told)
    first = Table(path.stem, tuple(kept), numbers=numbers)
    parts, row = [], 1
    for group, size in enumerate(sizes):
        for start in range(0, size, ROWS_EACH):
            stop = min(start + ROWS_EACH, size)
            parts.append(ParquetPart(str(path.resolve()), group, start, stop, row + start, first.names))
        row += size
    return first, parts


def fits(path: Path) -> bool:
    """Whether a file holds no more rows and cells of numbers than a table that is read whole."""
    with parquet_table.opened(path) as file:
        rows = int(file.metadata.num_rows)
        return rows <= MAX_ROWS and rows * len(parquet_table.fields_of(file, [])) <= MAX_CELLS


def _first_rows(
    file: parquet.ParquetFile, names: Sequence[str], sizes: Sequence[int]
) -> list[tuple[str, Array]]:
    """The first rows of these columns, an infinite number as a gap: who reads its part tells of it."""
    groups = [group for group, size in enumerate(sizes) if size][:1]
    parquet_table.refuse_size(file, groups, names, "The first group of rows in this")
    for batch in _batches(file, groups, names):
        columns = [parquet_table.numbers_of(column)[:FIRST_ROWS] for column in batch.columns]
        return [(name, np.where(np.isinf(it), np.nan, it)) for name, it in zip(names, columns, strict=True)]
    return [(name, np.zeros(0)) for name in names]


def _batches(
    file: parquet.ParquetFile, groups: Sequence[int], names: Sequence[str]
) -> Iterator[pyarrow.RecordBatch]:
    """Rows of these columns, in their order, some at a time."""
    for batch in file.iter_batches(parquet_table.BATCH, groups, list(names), use_pandas_metadata=False):
        yield batch.select(list(names))


def _is_full(numbers: Array) -> bool:
    return bool(np.isnan(numbers).sum() <= MOST_GAPS * len(numbers))
