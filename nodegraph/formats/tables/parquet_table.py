"""Tables as Parquet, as data frames are kept: read by pyarrow (the extra `parquet`), counted before, column
by column, and of each some rows at a time. Columns of other kinds, however large, are not read.

What a cell means, a row with a gap or a column of words, is as in a CSV table. Rows count from 1.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import DocumentError
from nodegraph.core.training.tables import Column, Table, why_not_column_name
from nodegraph.formats import files
from nodegraph.formats.cells.table_rows import TOO_WIDE
from nodegraph.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES, in_megabytes
from nodegraph.formats.tables import table_columns, table_doubts
from nodegraph.formats.tables.table_reading import Reading

if TYPE_CHECKING:
    import pyarrow
    from pyarrow import parquet

BEGINNING = b"PAR1"
NEEDS_PYARROW = "Reading Parquet needs pyarrow; install it with: pip install pyarrow"
DAMAGED = "This Parquet file is damaged or cut off; copy it again."
MAX_UNPACKED = 256_000_000
"""Bytes that the columns which are read may say they take unpacked."""
BATCH = 65_536
"""Rows that are in memory as Parquet has them, of one column."""
MOST_BYTES = 4 * table_columns.LONGEST_CLASS
"""Of a text that may be a number or name a class."""
MOST_METADATA = 10_000_000
"""Bytes or entries of a file's own description."""
_INDEX = "__index_level_"


def read_and_tell(source: bytes | Path, title: str = "") -> tuple[Table, list[str]]:
    """The table in a Parquet file, or in the bytes of one, and what was taken for granted in reading it.
    DocumentError where it cannot be read or holds too much. Without a title, a file's name is taken.
    """
    if isinstance(source, Path):
        title = title or source.stem
    with opened(source) as file:
        if file.metadata.num_rows > MAX_ROWS:
            raise DocumentError(
                f"{file.metadata.num_rows:,} rows are too many; a table has at most {MAX_ROWS:,}."
            )
        told: list[str] = []
        marking: list[str] = []
        columns, numbers = _columns(file, told, marking)
    held_by = next((name for name, _ in columns if name in marking), "")
    return Table(title, tuple(columns), numbers=numbers, held_by=held_by), told


@contextlib.contextmanager
def opened(source: bytes | Path) -> Iterator[parquet.ParquetFile]:
    """A Parquet file, or the bytes of one, of which nothing but its description is read; columns of text will
    be read as places in a list of different ones. DocumentError for what goes wrong meanwhile.
    """
    if find_spec("pyarrow") is None:
        raise DocumentError(NEEDS_PYARROW)
    if isinstance(source, Path):
        files.check_readable(source, any_size=True)
    import pyarrow

    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(_file(source, []))
            texts = [field.name for field in file.schema_arrow if _is_text(field.type)]
            yield stack.enter_context(_file(source, texts)) if texts else file
        except (pyarrow.ArrowException, OSError, MemoryError, ValueError, KeyError):
            raise DocumentError(DAMAGED) from None


def _file(source: bytes | Path, texts: Sequence[str]) -> parquet.ParquetFile:
    import pyarrow
    from pyarrow import parquet

    return parquet.ParquetFile(
        pyarrow.BufferReader(source) if isinstance(source, bytes) else source,
        thrift_string_size_limit=MOST_METADATA,
        thrift_container_size_limit=MOST_METADATA,
        read_dictionary=list(texts),
    )


def fields_of(file: parquet.ParquetFile, told: list[str]) -> list[pyarrow.Field]:
    """The columns that may hold numbers, telling of the others. DocumentError for names that cannot be."""
    if file.metadata.num_columns > MAX_COLUMNS:
        raise DocumentError(f"{file.metadata.num_columns:,} columns are too many; {TOO_WIDE}")
    fields = [field for field in file.schema_arrow if not field.name.startswith(_INDEX)]
    if len(fields) < len(file.schema_arrow):
        told.append("the index that pandas keeps is left out")
    for place, field in enumerate(fields):
        if why := why_not_column_name(field.name, [other.name for other in fields[:place]]):
            raise DocumentError(why)
    said = [_left_out(field) for field in fields]
    told += filter(None, said)
    return [field for field, why in zip(fields, said, strict=True) if not why]


def refuse_size(
    file: parquet.ParquetFile, groups: Sequence[int], names: Collection[str], what: str = "This"
) -> None:
    """Raise DocumentError where these columns of these groups of rows, as the file says of itself, hold too
    much to be read at once.
    """
    if not groups:
        return
    first = file.metadata.row_group(0)
    places = [n for n in range(first.num_columns) if first.column(n).path_in_schema in names]
    columns = [file.metadata.row_group(group).column(n) for group in groups for n in places]
    packed = sum(column.total_compressed_size for column in columns)
    unpacked = sum(column.total_uncompressed_size for column in columns)
    for size, most, how in ((packed, MAX_TABLE_BYTES, ""), (unpacked, MAX_UNPACKED, " unpacked")):
        if size > most:
            shown, limit = in_megabytes(size, most), in_megabytes(most)
            raise DocumentError(f"{what} is too large{how} ({shown}); a table has at most {limit}.")


def _columns(
    file: parquet.ParquetFile, told: list[str], marking: list[str]
) -> tuple[list[Column], NDArray[np.intp]]:
    """The columns of numbers, without rows that have a gap, and where those stand; tells of the others, and
    adds the names of those to `marking` that say which rows are for testing.
    """
    fields, rows = fields_of(file, told), file.metadata.num_rows
    groups = range(file.metadata.num_row_groups)
    refuse_size(file, groups, {field.name for field in fields})
    taken: list[tuple[str, NDArray[np.float64]]] = []
    for field in fields:
        if (len(taken) + 1) * rows > MAX_CELLS:
            raise DocumentError(f"This has too many cells; a table has at most {MAX_CELLS:,}.")
        batches = file.iter_batches(BATCH, groups, [field.name], use_pandas_metadata=False)
        if _is_text(field.type):
            numbers = _of_words(field.name, batches, rows, told, marking)
        else:
            numbers = _filled(field.name, batches, rows, told)
        if numbers is not None:
            taken.append((field.name, numbers))
    return whole_rows(taken, told)


def _left_out(field: pyarrow.Field) -> str:
    """Why a column is none of numbers by its type alone, or ""."""
    from pyarrow import types

    kind = field.type
    if types.is_nested(kind):
        return f"the column “{field.name}” holds lists or records in its cells and is left out"
    if types.is_temporal(kind):
        return f"the dates or times in column “{field.name}” are left out"
    if _is_text(kind) or is_number(kind):
        return ""
    return f"the column “{field.name}” holds {kind} values, which are no numbers, and is left out"


def _is_text(kind: pyarrow.DataType) -> bool:
    from pyarrow import types

    if types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(types.is_string(kind) or types.is_large_string(kind))


def is_number(kind: pyarrow.DataType) -> bool:
    """Whether the values of a type of column are numbers as they stand."""
    from pyarrow import types

    if types.is_dictionary(kind):
        return is_number(kind.value_type)
    return any(
        asked(kind) for asked in (types.is_integer, types.is_floating, types.is_boolean, types.is_decimal)
    )


def numbers_of(column: pyarrow.Array) -> NDArray[np.float64]:
    """A column of numbers of any type, a gap as NaN."""
    import pyarrow
    from pyarrow import types

    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not types.is_floating(column.type) or types.is_float16(column.type):
        column = column.cast(pyarrow.float64(), safe=False)
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def refuse_infinite(name: str, numbers: NDArray[np.float64], first: int) -> None:
    """Raise DocumentError where a number is infinite; `first` is the row of the first one."""
    bad = np.flatnonzero(np.isinf(numbers))
    if len(bad):
        shown = "inf" if numbers[bad[0]] > 0 else "-inf"
        raise DocumentError(
            f"expected a finite number, found {shown}; mend it, or leave its column out",
            f"row {first + bad[0]}, column “{name}”",
        )


def _filled(
    name: str, batches: Iterable[pyarrow.RecordBatch], rows: int, told: list[str]
) -> NDArray[np.float64] | None:
    """A column of so many numbers, batch by batch; None where it is left out, which is told."""
    found, row = np.empty(rows), 0
    for batch in batches:
        numbers = numbers_of(batch.column(0))
        refuse_infinite(name, numbers, row + 1)
        found[row : row + len(numbers)] = numbers  # ValueError where there are more than was said
        row += len(numbers)
    if row < rows:
        raise DocumentError(DAMAGED)
    if np.isnan(found).sum() > table_columns.MOST_GAPS * rows:
        told.append(f"the column “{name}” has more gaps than numbers and is left out")
        return None
    told += table_doubts.told_of_codes_among(name, found, range(1, rows + 1))
    return found


def _of_words(
    name: str, batches: Iterable[pyarrow.RecordBatch], rows: int, told: list[str], marking: list[str]
) -> NDArray[np.float64] | None:
    """A column of text as a CSV table has it: numbers in words, classes, or nothing that can be used. A text
    that occurs often is kept once; where one is long, the column is left out.
    """
    from pyarrow import compute

    cells: list[str] = []
    for batch in batches:
        column = batch.column(0)
        if (compute.max(compute.binary_length(column.dictionary)).as_py() or 0) > MOST_BYTES:
            told.append(f"the text in column “{name}” is left out")
            return None
        words = [" ".join((word or "").split()) for word in column.dictionary.to_pylist()]
        cells += [words[place] if place is not None else "" for place in column.indices.to_pylist()]
        if len(cells) > rows:
            raise DocumentError(DAMAGED)
    if len(cells) < rows:
        raise DocumentError(DAMAGED)
    read = table_columns.read_column(name, cells, range(1, rows + 1), Reading())
    testing = table_doubts.told_of_testing(name, cells)
    told += [*read.told.values(), *testing.values()]
    marking += [name] * bool(testing)
    return None if read.numbers is None else np.array(read.numbers, dtype=np.float64)


def whole_rows(
    columns: Sequence[tuple[str, NDArray[np.float64]]], told: list[str]
) -> tuple[list[Column], NDArray[np.intp]]:
    """The rows without a gap, and where they stand, counted from 1."""
    if not columns:
        said = f": {'; '.join(told)}" if told else ""
        raise DocumentError(f"This table holds no column of numbers{said}.")
    if not len(columns[0][1]):
        raise DocumentError("The table has no rows below the names of its columns.")
    gaps = np.logical_or.reduce([np.isnan(numbers) for _, numbers in columns])
    if gaps.all():
        name, numbers = next((name, numbers) for name, numbers in columns if np.isnan(numbers).any())
        place = f"row {np.flatnonzero(np.isnan(numbers))[0] + 1}, column “{name}”"
        raise DocumentError(table_columns.NO_WHOLE_ROW, place)
    if gaps.any():
        told += table_columns.told_of_gaps(np.flatnonzero(gaps).tolist(), range(1, len(gaps) + 1))
        columns = [(name, numbers[~gaps]) for name, numbers in columns]
    return list(columns), np.flatnonzero(~gaps) + 1
