"""Rows of a training: which are held out, and which ones a step takes, shuffled anew for each epoch.

Both follow from the seed, so a run can be repeated, and the rows of any step can be told. Rows count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.numbers import format_number
from nodegraph.core.quoting import quoted
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table

Rows = NDArray[np.intp]
Marks = NDArray[np.bool_]
"""Whether each row of a table is held out."""

_MARKS_TRAINING = re.compile(r"(is|in)[_ .-]?train(ing)?", re.IGNORECASE)
"""Names of columns in which the rows to train on are 1."""
MOST_NAMED = 6


def held_rows(rows: int, share: float) -> int:
    """How many of so many rows a share is.

    >>> held_rows(100, 0.2), held_rows(4, 0.1)
    (20, 0)
    """
    return round(rows * share)


def split(rows: int, share: float, seed: int) -> tuple[Rows, Rows]:
    """Returns the rows to train on and those held out, both in the order of the table.

    >>> [part.tolist() for part in split(5, 0.4, seed=1)]
    [[1, 2, 3], [0, 4]]
    """
    held = held_rows(rows, share)
    if not held:
        return np.arange(rows), np.zeros(0, dtype=np.intp)
    order = shuffled(rows, seed, 0)
    return np.sort(order[held:]), np.sort(order[:held])


@lru_cache(maxsize=4)
def shuffled(rows: int, seed: int, epoch: int) -> Rows:
    """Returns so many rows in the order of an epoch, from 1; epoch 0 is the one that `split` holds out by."""
    order = np.random.default_rng([seed, epoch]).permutation(rows)
    order.setflags(write=False)
    return order


def steps_in_epoch(rows: int, batch: int) -> int:
    """How many steps go through so many rows once; a batch of 0 is all rows.

    >>> steps_in_epoch(100, 0), steps_in_epoch(100, 32)
    (1, 4)
    """
    return -(-rows // batch) if batch else 1


def rows_of_step(rows: int, batch: int, seed: int, step: int) -> Rows | None:
    """Returns the rows that a step (from 0) takes, or None for all of them in the order of the table.

    The last batch of an epoch has what is left.

    >>> [rows_of_step(3, 2, 0, step).tolist() for step in range(4)]
    [[2, 0], [1], [2, 1], [0]]
    """
    if not batch or batch >= rows:
        return None
    epoch, place = divmod(step, steps_in_epoch(rows, batch))
    return shuffled(rows, seed, epoch + 1)[place * batch : (place + 1) * batch]


@dataclass(frozen=True)
class Division:
    """How a setup divides so many rows, whichever they are: some are kept to train on, some held out.

    Where there are `marks`, they say which rows are held out, not a share.

    >>> division = Division.of(Setup(batch=2, held_out=0.4, seed=1), 5)
    >>> division.kept.tolist(), division.of_step(0).tolist(), division.steps_in_epoch
    ([1, 2, 3], [3, 1], 2)
    """

    rows: int
    share: float
    batch: int
    seed: int
    marks: Marks | None = field(default=None, compare=False)

    @classmethod
    def of(cls, setup: Setup, rows: int, marks: Marks | None = None) -> Division:
        """The division that a setup asks for."""
        return cls(rows, setup.held_out, setup.batch, setup.seed, marks)

    @cached_property
    def _parts(self) -> tuple[Rows, Rows]:
        if self.marks is not None:
            return np.flatnonzero(~self.marks), np.flatnonzero(self.marks)
        return split(self.rows, self.share, self.seed)

    @property
    def kept(self) -> Rows:
        """The rows that are trained on."""
        return self._parts[0]

    @property
    def held(self) -> Rows:
        """The rows that are held out."""
        return self._parts[1] if self._held_count else np.zeros(0, dtype=np.intp)

    @property
    def held_count(self) -> int:
        """How many rows are held out."""
        return self._held_count

    @property
    def kept_count(self) -> int:
        """How many rows are trained on."""
        return self.rows - self._held_count

    @cached_property
    def _held_count(self) -> int:
        return held_rows(self.rows, self.share) if self.marks is None else int(self.marks.sum())

    @property
    def steps_in_epoch(self) -> int:
        """How many steps go through the kept rows once."""
        return steps_in_epoch(self.kept_count, self.batch)

    def of_step(self, step: int) -> Rows | None:
        """Returns the rows of the table that a step (from 0) takes; None for all that are kept, in order."""
        places = rows_of_step(self.kept_count, self.batch, self.seed, step)
        return places if places is None or not self._held_count else self.kept[places]


def held_number(name: str) -> int:
    """Returns the number that rows which are held out have in a column of this name.

    >>> held_number("split"), held_number("is_train")
    (1, 0)
    """
    return 0 if _MARKS_TRAINING.fullmatch(name) else 1


def marks_of(setup: Setup, columns: Mapping[str, NDArray[np.float64]]) -> Marks | None:
    """Returns which rows the column holds out that a setup names; None where it names none. Raises Refused
    where that column cannot.

    >>> marks_of(Setup(held_by="test"), {"test": np.array([0.0, 1.0])}).tolist()
    [False, True]
    """
    name = setup.held_by
    if not name:
        return None
    held = f"The rows are held out by the column “{quoted(name)}”"
    if name not in columns:
        shown = ", ".join(map(quoted, list(columns)[:MOST_NAMED])) + ", …" * (len(columns) > MOST_NAMED)
        raise Refused(f"{held}, but {f'the data have {shown}' if columns else 'there are no data'}.")
    numbers = columns[name]
    odd = np.flatnonzero(~np.isin(numbers, (0.0, 1.0)))
    if len(odd):
        found = "nothing" if np.isnan(numbers[odd[0]]) else format_number(float(numbers[odd[0]]))
        raise Refused(f"{held}, which must be 0 or 1, but row {odd[0] + 1:,} holds {found}.")
    return np.asarray(numbers == held_number(name))


def why_not(
    setup: Setup, rows: int | None, columns: Mapping[str, NDArray[np.float64]] | None = None
) -> str | None:
    """None where a setup suits so many rows (None: no data) of these columns, else the sentence that says why
    not.
    """
    if rows is None:
        asked = [
            name
            for name, is_asked in (
                ("A batch", setup.batch),
                ("A held-out share", setup.held_out),
                ("A column that holds rows out", setup.held_by),
                ("A measure", setup.measures),
            )
            if is_asked
        ]
        return (
            f"{asked[0]} needs rows of data that inputs take; load a table with such columns."
            if asked
            else None
        )
    try:
        marks = marks_of(setup, columns or {})
    except Refused as refusal:
        return str(refusal)
    held = Division.of(setup, rows, marks).held_count
    if marks is not None and held in (0, rows):
        which = "no row" if not held else "all rows"
        return f"The column “{quoted(setup.held_by)}” holds out {which}; take another one, or a share."
    of = f"A held-out share of {format_number(setup.held_out)} of {_rows(rows)}"
    if setup.held_out and not held:
        return f"{of} is no row; take a larger share or more rows."
    if held >= rows:
        return f"{of} leaves none to train on; take a smaller share or more rows."
    if setup.batch > rows - held:
        there = f"{_rows(rows)} of the data" if not held else f"{_rows(rows - held)} that are not held out"
        return f"A batch of {_rows(setup.batch)} is more than the {there}; take at most {rows - held:,}."
    return None


def why_not_for(setup: Setup, table: Table | None) -> str | None:
    """The same for a table; without one yet, only a column is refused, which nobody can look for."""
    if table is not None:
        return why_not(setup, table.rows, table.arrays)
    return why_not(setup, None) if setup.held_by else None


def kept_of(setup: Setup, table: Table) -> Rows | None:
    """Returns the rows of a table that are trained on, where some are held out; None for all of them, and
    where the setup does not suit the table.

    >>> kept_of(Setup(held_by="test"), Table("", (("test", (0.0, 1.0, 0.0)),))).tolist()
    [0, 2]
    """
    of_any_batch = replace(setup, batch=0)
    if of_any_batch.why_not() or why_not(of_any_batch, table.rows, table.arrays):
        return None
    division = Division.of(setup, table.rows, marks_of(setup, table.arrays))
    return division.kept if division.held_count else None


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
