"""Columns: what a program hands over as data, read as columns of numbers by name.

Takes whatever returns a sequence for a name: a mapping, a data frame (pandas, polars, pyarrow), a structured
array of numpy, or a `Table`. None of those libraries is imported. A column is read when it is asked for, so
what nobody uses may hold anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.numbers import MINUS
from nodegraph.core.training.tables import Table

Array = NDArray[np.float64]

EXPECTED = 'Expected columns by name, such as {"x": [0, 1], "t": [1, 0]} or a data frame'
NUMBERS = frozenset("biuf")
"""numpy's kinds of what is a number as it stands: truth values, whole and floating-point numbers."""


class Columns(Mapping[str, Array]):
    """A table of any kind as a mapping of names to arrays of numbers; Refused for what is none.

    >>> Columns({"x": [1, 2.5]})["x"], list(Columns(np.array([(1, 2)], dtype=[("a", int), ("b", int)])))
    (array([1. , 2.5]), ['a', 'b'])
    """

    def __init__(self, table: Any) -> None:
        self._source = (
            table.arrays if isinstance(table, Table) else _with_index({} if table is None else table)
        )
        self.called = (table if isinstance(table, Table) else Table("", ())).called
        """Returns what a row, counted from 0, is called in a sentence."""
        names = _names(self._source)
        self._keys: dict[str, Any] = {}
        self._read: dict[str, Array] = {}
        for name in names:
            if str(name) in self._keys:
                raise Refused(f"Two columns are called “{name}”.")
            self._keys[str(name)] = name

    def __getitem__(self, name: str) -> Array:
        """Return the numbers of a column; KeyError if there is none, Refused if it holds anything else."""
        if name not in self._read:
            key = self._keys[name]
            try:
                column = self._source[key]
            except TypeError:
                raise Refused(
                    f"{EXPECTED}; found {_a(self._source)}, which gives no column by its name."
                ) from None
            self._read[name] = _numbers(column, name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, name: object) -> bool:
        return name in self._keys


def _with_index(table: Any) -> Any:
    """Returns a data frame of pandas in which the levels of its index are columns, too, that have a name of
    their own, and any other table as it is.
    """
    if not hasattr(table, "columns") or not hasattr(table, "reset_index"):
        return table
    named = [level for level in table.index.names if level is not None and level not in table.columns]
    return table.reset_index(level=named) if named else table


def _names(table: Any) -> Sequence[Any]:
    """The names of a table's columns, in its order, as it spells them."""
    if isinstance(table, Mapping):
        return list(table)
    if isinstance(table, np.ndarray):
        if table.dtype.names is not None:
            return list(table.dtype.names)
        shape = " × ".join(map(str, table.shape)) or "no"
        raise Refused(f"{EXPECTED}; found an array of {shape} numbers, which has no names for its columns.")
    named = ("column_names", "columns") if hasattr(table, "dtype") else ("column_names", "columns", "keys")
    for attribute in named:  # the keys of a single column, which has a type, are those of its rows
        found = getattr(table, attribute, None)
        found = found() if callable(found) else found
        if found is not None and hasattr(table, "__getitem__") and not isinstance(found, str):
            return list(found)
    raise Refused(f"{EXPECTED}; found {_a(table)}.")


def _a(found: Any) -> str:
    """The type of what was found, with its article."""
    kind = type(found).__name__
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def _numbers(column: Any, name: str) -> Array:
    """One column as an array of shape (rows,); Refused where it is none."""
    if isinstance(column, np.ma.MaskedArray):
        column = np.ma.filled(column.astype(np.float64), np.nan)  # else numpy shows what is under the mask
    try:
        found = np.asarray(column)
    except (TypeError, ValueError, RuntimeError):
        raise Refused(f"The column “{name}” is no sequence of numbers.") from None
    if found.ndim != 1:
        is_single = np.isscalar(column) or isinstance(column, np.ndarray)
        alone = "a single value" if is_single else _a(column)
        what = alone if found.ndim == 0 else f"an array of {found.ndim} dimensions"
        raise Refused(f"The column “{name}” is {what}, not a sequence of numbers.")
    if found.dtype.kind in NUMBERS:
        return found.astype(np.float64)
    if found.dtype.kind in "OUS":
        return _converted(found, name)
    raise Refused(f"The column “{name}” holds {found.dtype.name} values; it must hold numbers.")


def _converted(cells: NDArray[Any], name: str) -> Array:
    """Numbers out of cells of any kind, None and the like as NaN; Refused with the row that holds none."""
    numbers = np.empty(len(cells))
    for row, cell in enumerate(cells):
        try:
            numbers[row] = np.nan if cell is None or type(cell).__name__ == "NAType" else _number(cell)
        except OverflowError:
            raise Refused(
                f"The column “{name}” holds a number in row {row + 1} that is too large for a floating-point "
                "number."
            ) from None
        except (TypeError, ValueError):
            shown = ascii(str(cell)[:40])
            raise Refused(
                f"The column “{name}” holds {shown} in row {row + 1}, which is no number."
            ) from None
    return numbers


def _number(cell: Any) -> float:
    """The number in a cell, which as text may have a minus that was typeset."""
    return float(cell.replace(MINUS, "-") if isinstance(cell, str) else cell)
