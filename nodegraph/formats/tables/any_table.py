"""A table in whichever format a file holds it: Parquet by its first bytes, CSV else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TypeAlias

from nodegraph.core.training.tables import Table
from nodegraph.formats import files
from nodegraph.formats.limits import MAX_ROWS
from nodegraph.formats.tables import csv_table, parquet_parts, parquet_table, table_parts

Part: TypeAlias = "table_parts.TablePart | parquet_parts.ParquetPart"

SUFFIXES = (".csv", ".tsv", ".parquet")
"""How the names of tables end."""


def read_and_tell(
    source: bytes | Path,
    title: str = "",
    decimal: str | None = None,
    encoding: str | None = None,
    needed: Collection[str] | None = None,
) -> tuple[Table, list[str]]:
    """The table in a file, or in the bytes of one, and what was taken for granted; DocumentError for none.

    `decimal` is the decimal sign of a text, a point or a comma, and `encoding` the letters of one that is no
    Unicode, where that is known; a text's columns that are not `needed` are left out if they cannot be read.
    """
    if is_parquet(source):
        table, told = parquet_table.read_and_tell(source, title)
        given = {"a decimal sign": decimal, "an encoding": encoding}
        return table, [*told, *(f"{what} means nothing for Parquet" for what, sign in given.items() if sign)]
    return csv_table.read_and_tell(source, title, decimal, encoding, needed)


def fits(path: Path, most_bytes: int) -> bool:
    """Whether a table in a file can be read whole: it has no more bytes than these, nor rows than a table.

    DocumentError where it is no file.
    """
    files.check_readable(path, any_size=True)
    if path.stat().st_size > most_bytes:
        return False
    return parquet_parts.fits(path) if is_parquet(path) else table_parts.lines_of(path) <= MAX_ROWS


def split(
    path: Path, needed: Collection[str] | None = None, told: list[str] | None = None
) -> tuple[Table, Sequence[Part]]:
    """Returns the first rows of a table in a file, and all its parts, each of which returns its `numbers`.

    Columns of text are left out of both, and so are a text's columns that are not `needed` and cannot be
    read. What was taken for granted is added to `told`. DocumentError where it is no table.
    """
    told = [] if told is None else told
    return parquet_parts.split(path, told) if is_parquet(path) else table_parts.split(path, needed, told)


def is_parquet(source: bytes | Path) -> bool:
    """Whether a file, or the bytes of one, begins as Parquet does."""
    if isinstance(source, bytes):
        return source.startswith(parquet_table.BEGINNING)
    try:
        with open(source, "rb") as file:
            return file.read(len(parquet_table.BEGINNING)) == parquet_table.BEGINNING
    except (OSError, ValueError):
        return False  # reading it tells
