"""Table: rows of data as plain columns of numbers, which inputs can be bound to (`binding`).

Knows neither files (`formats.tables.csv_table` reads them) nor graphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph.naming import MAX_NAME, why_not_text
from nodegraph.core.quoting import why_not_seen

Numbers: TypeAlias = tuple[float, ...] | NDArray[np.float64]
Column = tuple[str, Numbers]
"""A column's name and its numbers, from the first row to the last: an array where they are many."""

MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_CELLS = 1_000_000
"""Of one table, all columns together: it travels in the document, where each takes some twenty characters."""


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of finite numbers, all of the same length, and a title, possibly empty. A missing cell is NaN.

    Whoever makes one has checked it with `why_not_columns`. `extra` keeps keys of the file that this version
    does not know. `numbers` say where each row stands in the file that it was read from, counted from 1 as a
    spreadsheet counts; they are no part of the data, so neither compared nor kept in a document. Neither is
    `held_by`, the column of which the file says that its rows of 1 are for testing.

    >>> table = Table("XOR", (("x1", (0.0, 1.0)), ("t", (1.0, 0.0))))
    >>> table.rows, table.names, table.column("t")
    (2, ('x1', 't'), array([1., 0.]))
    """

    title: str
    columns: tuple[Column, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)
    numbers: Sequence[int] | NDArray[np.intp] | None = None
    held_by: str = ""

    def __eq__(self, other: object) -> bool:
        """Whether both have the same title and the same numbers in columns of the same names."""
        if not isinstance(other, Table):
            return NotImplemented
        return self is other or (
            (self.title, self.names, self.extra) == (other.title, other.names, other.extra)
            and all(map(_is_same, self.arrays.values(), other.arrays.values()))
        )

    def __hash__(self) -> int:
        return hash((self.title, self.names, self.rows))

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.columns[0][1]) if self.columns else 0

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns' names, from left to right."""
        return tuple(name for name, _ in self.columns)

    @cached_property
    def has_gaps(self) -> bool:
        """Whether any cell is missing."""
        return any(np.isnan(numbers).any() for numbers in self.arrays.values())

    def called(self, row: int) -> str:
        """Return what a row, counted from 0, is called in a sentence: as the Data panel counts, and as the
        file does where that is known and counts otherwise.

        >>> Table("", (("x", (1.0, 2.0)),), numbers=[2, 4]).called(1), Table("", ()).called(1)
        ('row 2 of the data (row 4 of its file)', 'row 2')
        """
        said = f"row {row + 1:,}"
        if self.numbers is None or not row < len(self.numbers) or self.numbers[row] == row + 1:
            return said
        return f"{said} of the data (row {self.numbers[row]:,} of its file)"

    def column(self, name: str) -> NDArray[np.float64]:
        """The numbers of a column, read-only; KeyError if there is none of this name."""
        return self.arrays[name]

    @cached_property
    def arrays(self) -> Mapping[str, NDArray[np.float64]]:
        """All columns by name, from left to right, read-only: what a training takes."""
        arrays = {name: np.asarray(numbers, dtype=np.float64).view() for name, numbers in self.columns}
        for array in arrays.values():
            array.setflags(write=False)
        return arrays


def size_of(table: Table) -> str:
    """How large a table is, in words.

    >>> size_of(Table("", (("x", (1.0, 2.0)),)))
    '2 rows × 1 column'
    """
    rows, columns = table.rows, len(table.columns)
    return f"{rows:,} row{'s' * (rows != 1)} × {columns:,} column{'s' * (columns != 1)}"


def why_not_column_name(name: str, taken: Iterable[str] = ()) -> str | None:
    """None where a column may be called so, else the sentence that says why not.

    >>> why_not_column_name("1.5")
    'Expected the name of a column, found the number 1.5.'
    """
    if not name or name != name.strip():
        return "A column needs a name, without space around it."
    refusal = why_not_text(name, MAX_NAME) or why_not_seen(name)
    if refusal:
        return f"A column's name {refusal.rstrip('.')}."
    if _is_number(name):
        return f"Expected the name of a column, found the number {name}."
    return f"Two columns are called “{name}”." if name in taken else None


def why_not_columns(columns: Iterable[Column]) -> str | None:
    """None where these columns make a table, else the sentence that says why not."""
    lengths: dict[str, int] = {}
    for name, numbers in columns:
        refusal = why_not_column_name(name, lengths)
        if refusal:
            return refusal
        lengths[name] = len(numbers)
        if np.isinf(np.asarray(numbers, dtype=np.float64)).any():
            return f"Column “{name}” holds a number that is not finite."
    if not lengths or not all(lengths.values()):
        return "A table needs at least one column and one row."
    return "The columns differ in length." if len(set(lengths.values())) > 1 else None


def _is_same(these: NDArray[np.float64], those: NDArray[np.float64]) -> bool:
    return these is those or bool(np.array_equal(these, those, equal_nan=True))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text[-1:].isdigit() or text.endswith(".")  # “nan” and “inf” are words that may name a column
