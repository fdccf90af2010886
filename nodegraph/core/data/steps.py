"""What makes a document's data ready for a training: standardised, one-hot, shuffled, without gaps.

As `bindings`: each function returns the Change that does it, with a sentence that says what was done, or
raises Refused with one that says why not. Inputs keep the columns they take.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.data.generators import MOST_SEED, Random
from nodegraph.core.data.summaries import mean_and_deviation
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_exact, format_number, is_finite_number
from nodegraph.core.training.bindings import bound_inputs, setup_of, table_of, take_table
from nodegraph.core.training.rows import Rows, kept_of
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import MOST_CELLS, MOST_COLUMNS, Column, Table

Array = NDArray[np.float64]
STANDARDISED = "standardised"
"""The key of a table that tells what its columns were standardised with."""
MOST_CLASSES = 100
"""Columns that one-hot makes of one."""
MOST_NAMED = 3
NEAR = 1e-6
"""How far a mean is from 0, or a deviation from 1, that rounding explains."""
NO_DATA = "There are no data yet; load a table, or generate one."


@dataclass(frozen=True)
class Step:
    """A change of the data, and a sentence that says what it does."""

    change: Change
    told: str
    whole: str = ""
    """The sentence with every column in it, where `told` names the first of many."""


def standardised_with(table: Table) -> Mapping[str, tuple[float, float]]:
    """Return the mean and the deviation that columns were standardised with, by name, as the table tells."""
    kept = table.extra.get(STANDARDISED)
    if not isinstance(kept, Mapping):
        return {}
    return {
        name: (float(pair[0]), float(pair[1]))
        for name, pair in kept.items()
        if name in table.names
        and isinstance(pair, list)
        and len(pair) == 2
        and all(map(is_finite_number, pair))
    }


def standardise(graph: Graph, names: Sequence[str], setup: Setup | None = None) -> Step:
    """Subtract the mean of each of these columns and divide by its standard deviation.

    Both are of the rows that are trained on by this setup, or the document's: by those of all rows a training
    would know something of the rows held out.
    """
    table = _table(graph, names)
    kept_rows = kept_of(setup or setup_of(graph), table)
    trained = "" if kept_rows is None else " that is trained on"
    if not names:
        raise Refused("No column has more than two different numbers; choose the columns to standardise.")
    used: dict[str, tuple[float, float]] = {}
    arrays: dict[str, Array] = {}
    for name in dict.fromkeys(names):
        numbers = table.column(name)
        held = _held(numbers, kept_rows)
        if not len(held) or held.min() == held.max():
            every = f"every row{trained}"
            raise Refused(f"The column “{name}” has the same number in {every} and cannot be standardised.")
        mean, deviation = used[name] = mean_and_deviation(held)
        with np.errstate(over="ignore"):  # which `take_table` refuses
            arrays[name] = (numbers - mean) / deviation
    before = standardised_with(table)
    kept = dict(before)
    for name, (mean, deviation) in used.items():
        first, size = before.get(name, (0.0, 1.0))
        kept[name] = (first + mean * size, deviation * size)
    extra = {**table.extra, STANDARDISED: {name: list(pair) for name, pair in kept.items()}}
    columns = tuple((name, arrays.get(name, numbers)) for name, numbers in table.arrays.items())
    said = [
        f"{name} (mean {format_number(mean)}, deviation {format_number(deviation)})"
        for name, (mean, deviation) in used.items()
    ]
    change = take_table(graph, replace(table, columns=columns, extra=extra), f"Standardise {_few(used)}", ())
    by = "" if kept_rows is None else f", by the {len(kept_rows):,} rows that are trained on"
    return Step(change, f"Standardised {_listed(said)}{by}.", f"Standardised {', '.join(said)}{by}.")


def seen_before(table: Table | None, setup: Setup, used: Collection[str]) -> str:
    """Return a sentence where columns that are used were standardised by other rows than those this setup
    trains on, and so by rows that it holds out; "" where not.
    """
    names = [name for name in standardised_with(table) if name in used] if table is not None else []
    kept = kept_of(setup, table) if table is not None and names else None
    if table is None or kept is None:
        return ""
    names = [name for name in names if not _is_standard(_held(table.column(name), kept))]
    if not names:
        return ""
    is_one = len(names) == 1
    were = f"column {_few(names)} was" if is_one else f"columns {_few(names)} were"
    return (
        f"The {were} standardised by rows that are held out now; standardise {'it' if is_one else 'them'} "
        "again to keep those rows unseen."
    )


def _is_standard(numbers: Array) -> bool:
    """Whether numbers have mean 0 and deviation 1, but for rounding."""
    if not len(numbers):
        return True
    mean, deviation = mean_and_deviation(numbers)
    return abs(mean) < NEAR and abs(deviation - 1) < NEAR


def _held(numbers: Array, kept: Rows | None) -> Array:
    """The numbers that are there, of all rows or of those kept."""
    numbers = numbers if kept is None else numbers[kept]
    return numbers[~np.isnan(numbers)]


def varied(table: Table) -> list[str]:
    """Return the columns with more than two different numbers: what is standardised if nothing is chosen."""
    return [name for name, numbers in table.arrays.items() if _is_varied(_held(numbers, None))]


def _is_varied(held: Array) -> bool:
    return bool(len(held)) and bool(((held != held.min()) & (held != held.max())).any())


def one_hot(graph: Graph, name: str) -> Step:
    """Put a column of 0 and 1 for each of its different numbers in place of a column, from the least on.

    They are called by the column's name and 1, 2, 3, …, as the targets of a softmax are, where that is free.
    """
    table = _table(graph, [name])
    numbers = table.column(name)
    if np.isnan(numbers).any():
        raise Refused(f"The column “{name}” has missing cells; leave their rows out first.")
    values = _values(numbers)
    most = min(MOST_CLASSES, min(MOST_COLUMNS, MOST_CELLS // table.rows) + 1 - len(table.names))
    if len(values) < 2:
        raise Refused(f"The column “{name}” has the same number in every row.")
    if len(values) > most:
        count = f"more than {MOST_CLASSES:,}" if len(values) > MOST_CLASSES else f"{len(values):,}"
        raise Refused(f"The column “{name}” has {count} different numbers, too many for a column each.")
    others = set(table.names) - {name}
    new = [f"{name}{place}" for place in range(1, len(values) + 1)]
    if others & set(new):
        new = [f"{name}={format_exact(value)}" for value in values.tolist()]
    if others & set(new):
        raise Refused(f"There are columns called {new[0]} and so on already.")
    hot: list[Column] = [
        (called, (numbers == value).astype(np.float64)) for called, value in zip(new, values, strict=True)
    ]
    place = table.names.index(name)
    columns = (*table.columns[:place], *hot, *table.columns[place + 1 :])
    change = take_table(graph, replace(table, columns=columns), f"One-hot {name}", new)
    said = [f"{called} is {name} = {format_number(value)}" for called, value in zip(new, values, strict=True)]
    lost = [graph.node(node_id).name for node_id, column in bound_inputs(graph).items() if column == name]
    freed = f" The column {name} is gone, so {_few(lost)} has its own value again." if lost else ""
    return Step(change, f"{_listed(said)}.{freed}", f"{', '.join(said)}.{freed}")


def shuffle(graph: Graph, seed: int) -> Step:
    """Put the rows into the random order of a seed."""
    table = _table(graph)
    if not 0 <= seed <= MOST_SEED:
        raise Refused(f"A seed is a whole number from 0 to {MOST_SEED:,}, not {seed:,}.")
    if table.rows < 2:
        raise Refused("There is one row only, which has no other order.")
    order = Random(seed).permutation(table.rows)
    told = f"Shuffled {table.rows:,} rows, seed {seed}."
    return Step(take_table(graph, _rows(table, order), "Shuffle the rows", ()), told)


def leave_gaps_out(graph: Graph) -> Step:
    """Leave out the rows with a missing cell."""
    table = _table(graph)
    whole = ~np.logical_or.reduce([np.isnan(numbers) for numbers in table.arrays.values()])
    count = table.rows - int(whole.sum())
    if not count:
        raise Refused("No cell is missing.")
    if count == table.rows:
        raise Refused("No row is without a missing cell; take fewer columns.")
    told = f"Left out {count:,} row{'s' * (count != 1)} with missing cells; {table.rows - count:,} remain."
    return Step(take_table(graph, _rows(table, whole), "Leave out rows with gaps", ()), told)


# --- what they share
def _table(graph: Graph, names: Collection[str] = ()) -> Table:
    """The document's table, which has these columns."""
    table = table_of(graph)
    if table is None:
        raise Refused(NO_DATA)
    for name in names:
        if name not in table.names:
            raise Refused(f"There is no column “{name}” in the data.")
    return table


def _rows(table: Table, chosen: NDArray[np.intp] | NDArray[np.bool_]) -> Table:
    columns = tuple((name, numbers[chosen]) for name, numbers in table.arrays.items())
    stood = None if table.numbers is None else np.asarray(table.numbers)[chosen]
    return replace(table, columns=columns, numbers=stood)


def _values(numbers: Array) -> Array:
    """The different numbers of a column, from the least on; a missing one is none."""
    return np.unique(numbers[~np.isnan(numbers)])


def _listed(said: Sequence[str]) -> str:
    more = f" and {len(said) - MOST_NAMED:,} more" if len(said) > MOST_NAMED else ""
    return ", ".join(said[:MOST_NAMED]) + more


def _few(names: Collection[str]) -> str:
    return ", ".join(list(names)[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
