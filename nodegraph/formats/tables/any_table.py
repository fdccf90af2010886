"""A table in whichever format a file holds it: Parquet by its first bytes, CSV else."""

from __future__ import annotations

from pathlib import Path

from nodegraph.core.training.tables import Table
from nodegraph.formats.tables import csv_table, parquet_table

SUFFIXES = (".csv", ".tsv", ".parquet")
"""How the names of tables end."""


def read_and_tell(
    source: bytes | Path, title: str = "", decimal: str | None = None
) -> tuple[Table, list[str]]:
    """The table in a file, or in the bytes of one, and what was taken for granted; DocumentError for none.

    `decimal` is the decimal sign of a text, a point or a comma, where that is known.
    """
    if is_parquet(source):
        table, told = parquet_table.read_and_tell(source, title)
        return table, [*told, "a decimal sign means nothing for Parquet"] if decimal else told
    return csv_table.read_and_tell(source, title, decimal)


def is_parquet(source: bytes | Path) -> bool:
    """Whether a file, or the bytes of one, begins as Parquet does."""
    if isinstance(source, bytes):
        return source.startswith(parquet_table.BEGINNING)
    try:
        with open(source, "rb") as file:
            return file.read(len(parquet_table.BEGINNING)) == parquet_table.BEGINNING
    except (OSError, ValueError):
        return False  # reading it tells
