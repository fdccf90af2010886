"""A table in whichever format a file holds it: Parquet by its first bytes, CSV else."""

from __future__ import annotations

from pathlib import Path

from nodegraph.core.training.tables import Table
from nodegraph.formats.tables import csv_table, parquet_table

SUFFIXES = (".csv", ".tsv", ".parquet")
"""How the names of tables end."""


def read_and_tell(source: bytes | Path, title: str = "") -> tuple[Table, list[str]]:
    """The table in a file, or in the bytes of one, and what was taken for granted; DocumentError for none."""
    if is_parquet(source):
        return parquet_table.read_and_tell(source, title)
    return csv_table.read_and_tell(source, title)


def is_parquet(source: bytes | Path) -> bool:
    """Whether a file, or the bytes of one, begins as Parquet does."""
    if isinstance(source, bytes):
        return source.startswith(parquet_table.BEGINNING)
    try:
        with open(source, "rb") as file:
            return file.read(len(parquet_table.BEGINNING)) == parquet_table.BEGINNING
    except (OSError, ValueError):
        return False  # reading it tells
