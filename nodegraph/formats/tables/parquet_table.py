"""Tables as Parquet, as data frames are kept: read by pyarrow (the extra `parquet`), counted before.

What a cell means, a row with a gap or a column of words, is as in a CSV table. Rows count from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import DocumentError
from nodegraph.core.training.tables import Column, Table, why_not_column_name
from nodegraph.formats import files
from nodegraph.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES, in_megabytes
from nodegraph.formats.tables import table_columns
from nodegraph.formats.tables.table_reading import Reading

if TYPE_CHECKING:
    import pyarrow
    from pyarrow import parquet

BEGINNING = b"PAR1"
NEEDS_PYARROW = "Reading Parquet needs pyarrow; install it with: pip install pyarrow"
DAMAGED = "This Parquet file is damaged or cut off; copy it again."
MAX_UNPACKED = 256_000_000
"""Bytes that the columns of a file may say they take unpacked."""
MOST_METADATA = 10_000_000
"""Bytes or entries of a file's own description."""
_INDEX = "__index_level_"


def read_and_tell(source: bytes | Path, title: str = "") -> tuple[Table, list[str]]:
    """The table in a Parquet file, or in the bytes of one, and what was taken for granted in reading it.
    DocumentError where it cannot be read or holds too much. Without a title, a file's name is taken.
    """
    if find_spec("pyarrow") is None:
        raise DocumentError(NEEDS_PYARROW)
    if isinstance(source, Path):
        title = title or source.stem
        _refuse_size(source.stat().st_size if source.is_file() else 0)
        source = files.read_bytes(source)
    _refuse_size(len(source))
    import pyarrow

    try:
        columns, told = _columns(_opened(source))
    except (pyarrow.ArrowException, OSError, MemoryError, ValueError, KeyError):
        raise DocumentError(DAMAGED) from None
    return Table(title, tuple(columns)), told


def _refuse_size(size: int) -> None:
    if size > MAX_TABLE_BYTES:
        shown, limit = in_megabytes(size, MAX_TABLE_BYTES), in_megabytes(MAX_TABLE_BYTES)
        raise DocumentError(f"This is too large ({shown}); a table has at most {limit}.")


def _opened(data: bytes) -> parquet.ParquetFile:
    """The file, once what it says of itself is within bounds."""
    import pyarrow
    from pyarrow import parquet

    file = parquet.ParquetFile(
        pyarrow.BufferReader(data),
        thrift_string_size_limit=MOST_METADATA,
        thrift_container_size_limit=MOST_METADATA,
    )
    told = file.metadata
    if told.num_rows > MAX_ROWS:
        raise DocumentError(f"{told.num_rows:,} rows are too many; a table has at most {MAX_ROWS:,}.")
    if told.num_columns > MAX_COLUMNS:
        raise DocumentError(
            f"{told.num_columns:,} columns are too many; a table has at most {MAX_COLUMNS:,}."
        )
    unpacked = sum(told.row_group(group).total_byte_size for group in range(told.num_row_groups))
    if unpacked > MAX_UNPACKED:
        shown, limit = in_megabytes(unpacked, MAX_UNPACKED), in_megabytes(MAX_UNPACKED)
        raise DocumentError(f"This is too large unpacked ({shown}); a table has at most {limit}.")
    return file


def _columns(file: parquet.ParquetFile) -> tuple[list[Column], list[str]]:
    """The columns of numbers, without rows that have a gap, and what is told of the others."""
    told: list[str] = []
    fields = [field for field in file.schema_arrow if not field.name.startswith(_INDEX)]
    for place, field in enumerate(fields):
        if why := why_not_column_name(field.name, [other.name for other in fields[:place]]):
            raise DocumentError(why)
    taken: list[tuple[str, NDArray[np.float64]]] = []
    for field in fields:
        if said := _left_out(field):
            told.append(said)
            continue
        if (len(taken) + 1) * file.metadata.num_rows > MAX_CELLS:
            raise DocumentError(f"This has too many cells; a table has at most {MAX_CELLS:,}.")
        column = file.read([field.name], use_pandas_metadata=False).column(field.name)
        numbers = _numbers(field.name, column, told)
        if numbers is not None:
            taken.append((field.name, numbers))
    return _whole(taken, told)


def _left_out(field: pyarrow.Field) -> str:
    """Why a column is none of numbers by its type alone, or ""."""
    from pyarrow import types

    kind = field.type
    if types.is_nested(kind):
        return f"the column “{field.name}” holds lists or records in its cells and is left out"
    if types.is_temporal(kind):
        return f"the dates or times in column “{field.name}” are left out"
    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_dictionary(kind)
    if is_text or any(
        asked(kind) for asked in (types.is_integer, types.is_floating, types.is_boolean, types.is_decimal)
    ):
        return ""
    return f"the column “{field.name}” holds {kind} values, which are no numbers, and is left out"


def _numbers(name: str, column: pyarrow.ChunkedArray, told: list[str]) -> NDArray[np.float64] | None:
    """A column as numbers, a gap as NaN; None where it is left out, which is told."""
    import pyarrow
    from pyarrow import types

    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if types.is_string(column.type) or types.is_large_string(column.type):
        return _of_words(name, column.to_pylist(), told)
    if not types.is_floating(column.type) or types.is_float16(column.type):
        column = column.cast(pyarrow.float64(), safe=False)
    numbers: NDArray[np.float64] = np.asarray(column.to_numpy(), dtype=np.float64)
    bad = np.flatnonzero(np.isinf(numbers))
    if len(bad):
        shown = "inf" if numbers[bad[0]] > 0 else "-inf"
        raise DocumentError(f"expected a finite number, found {shown}", f"row {bad[0] + 1}, column “{name}”")
    if np.isnan(numbers).sum() > table_columns.MOST_GAPS * len(numbers):
        told.append(f"the column “{name}” has more gaps than numbers and is left out")
        return None
    return numbers


def _of_words(name: str, cells: Sequence[Any], told: list[str]) -> NDArray[np.float64] | None:
    """A column of text as a CSV table has it: numbers in words, classes, or nothing that can be used."""
    texts = ["" if cell is None else " ".join(cell.split()) for cell in cells]
    read = table_columns.read_column(name, texts, range(1, len(texts) + 1), Reading())
    told += read.told.values()
    return None if read.numbers is None else np.array(read.numbers, dtype=np.float64)


def _whole(
    columns: Sequence[tuple[str, NDArray[np.float64]]], told: list[str]
) -> tuple[list[Column], list[str]]:
    """The rows without a gap."""
    if not columns:
        said = f": {'; '.join(told)}" if told else ""
        raise DocumentError(f"This table holds no column of numbers{said}.")
    if not len(columns[0][1]):
        raise DocumentError("The table has no rows below the names of its columns.")
    gaps = np.logical_or.reduce([np.isnan(numbers) for _, numbers in columns])
    if gaps.all():
        name, numbers = next((name, numbers) for name, numbers in columns if np.isnan(numbers).any())
        place = f"row {np.flatnonzero(np.isnan(numbers))[0] + 1}, column “{name}”"
        raise DocumentError("expected a number, found nothing, and no row is without a gap", place)
    if gaps.any():
        told += table_columns.told_of_gaps((np.flatnonzero(gaps) + 1).tolist())
        columns = [(name, numbers[~gaps]) for name, numbers in columns]
    return list(columns), told
