"""What a person may do with a document's data and its training: the table, which input takes which column,
and how descent is set up.

As `edits`: each function returns the Change that does it, or raises Refused with a sentence. Knows no file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, Patch, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import MAX_NAME, as_title, why_not_text
from nodegraph.core.graph.records import Node
from nodegraph.core.numbers import is_finite
from nodegraph.core.training.tables import Table, why_not_columns

if TYPE_CHECKING:
    from nodegraph.core.training.matching import Unused
    from nodegraph.core.training.setup import Setup

Plain = Mapping[str, float | int | str]
"""A setup as the document keeps it: plain values by name, those of a later version among them."""

DATA, TRAINING = "data", "training"
"""The properties of a graph that hold its table and its setup."""
MOST_SETTINGS = 40
HELD_BY = "held_by"
"""The setting that names the column by which rows are held out."""


# --- asking
def table_of(graph: Graph) -> Table | None:
    """The document's table, or None."""
    return table_in(graph.properties)


def table_in(properties: Mapping[str, Any]) -> Table | None:
    """The table among a document's properties, or None."""
    table = properties.get(DATA)
    return table if isinstance(table, Table) else None


def setup_of(graph: Graph) -> Setup:
    """How the document is trained; at default where it does not say."""
    from nodegraph.core.training.setup import Setup

    return Setup.of(graph.properties.get(TRAINING, {}))


def unknown_settings(graph: Graph) -> list[str]:
    """The names under which the document says something of its training that means nothing here; it is kept,
    as another version may know it.
    """
    from nodegraph.core.training.setup import KEYS

    return [name for name in _plain_setup(graph) if name not in KEYS]


def _plain_setup(graph: Graph) -> Plain:
    """How the document is trained, as it keeps it."""
    plain: Plain = graph.properties.get(TRAINING) or {}
    return plain


def bound_inputs(graph: Graph) -> dict[str, str]:
    """The inputs that take their values from a column: its name by their id, in the order of making."""
    return {node.id: node.column for node in graph.nodes() if node.column is not None}


def columns_wanted(graph: Graph) -> set[str]:
    """Returns the names of the columns that inputs take, or would take, and of the one by which rows are held
    out.
    """
    inputs = [node for node in graph.nodes() if node.op == "input"]
    held_by = {setup_of(graph).held_by} - {None}
    return (
        {node.name for node in inputs} | {node.column for node in inputs if node.column is not None} | held_by
    )


def bound_columns(graph: Graph) -> dict[str, NDArray[np.float64]]:
    """The values of all rows, by the id of the input that takes them; empty without a table."""
    table = table_of(graph)
    return {node_id: table.column(name) for node_id, name in bound_inputs(graph).items()} if table else {}


def unused_data(graph: Graph) -> Unused:
    """Return what of the document's table a training leaves unused, and what obviously belongs together."""
    from nodegraph.core.training.matching import unused

    table = table_of(graph)
    held_by = _plain_setup(graph).get(HELD_BY)
    names = table.names if table is not None else ()
    return unused(graph, [name for name in names if name != held_by], bound_inputs(graph))


def row_values(graph: Graph, row: int) -> dict[str, float]:
    """The values of one row (from 0), by the id of the input that takes them: what `passes.run` takes."""
    return {node_id: float(numbers[row]) for node_id, numbers in bound_columns(graph).items()}


def why_not_plain(plain: Mapping[str, object]) -> str | None:
    """None where a document may keep this as its setup, else the sentence that says why not."""
    if len(plain) > MOST_SETTINGS:
        return f"A training has at most {MOST_SETTINGS} settings."
    for name, value in plain.items():
        if not name or why_not_text(name, MAX_NAME):
            return f"A setting needs a name of at most {MAX_NAME} characters."
        if isinstance(value, bool) or not isinstance(value, float | int | str):
            return f"The setting {name} must be a number or text."
        if isinstance(value, str) and why_not_text(value, MAX_NAME):
            return f"The setting {name} has at most {MAX_NAME} characters, and no control characters."
        if not isinstance(value, str) and not is_finite(value):
            return f"The setting {name} must be a finite number."
    return None


# --- the table
def set_table(graph: Graph, table: Table | None) -> Change:
    """Give the document a table, or none; inputs whose column it does not have take no column any more."""
    name = "Remove the data" if table is None else "Load data"
    return _with_table(graph, table, name, frozenset())


def take_table(
    graph: Graph, table: Table, name: str = "Load data", new: Collection[str] | None = None
) -> Change:
    """The same, and every input that is called as one of its `new` columns is, and takes none, takes that;
    without `new` all of its columns are.
    """
    by_name = frozenset(table.names if new is None else new)
    return _with_table(graph, table, name, by_name, is_loaded=new is None)


def _with_table(
    graph: Graph, table: Table | None, name: str, by_name: frozenset[str], *, is_loaded: bool = True
) -> Change:
    refusal = why_not_columns(table.columns) if table is not None else None
    if refusal:
        raise Refused(refusal)
    if table is not None and (title := as_title(table.title)) != table.title:
        table = replace(table, title=title)  # that of a file may hold what no document can
    known = frozenset(table.names if table is not None else ())
    patches = []
    for node in graph.nodes():
        kept = node.column if node.column in known else None
        named = node.name if node.op == "input" and node.name in by_name else None
        if (column := kept or named) != node.column:
            patches.append(patch_of(node, replace(node, column=column)))
    before = graph.properties.get(DATA)
    if before != table:
        patches.append(Patch("property", DATA, before, table))
    return Change(name, (*patches, *_held_by_table(graph, table, is_loaded)))


def _held_by_table(graph: Graph, table: Table | None, is_loaded: bool) -> tuple[Patch, ...]:
    """Hold out the rows that a table marks for testing when it is loaded, where nothing else is asked for;
    and none by a column that is no longer there.
    """
    before = _plain_setup(graph)
    names = table.names if table is not None else ()
    held_by = before.get(HELD_BY) if before.get(HELD_BY) in names else None
    if table is not None and is_loaded and not before.get("held_out") and table.held_by in names:
        held_by = held_by or table.held_by
    if held_by == before.get(HELD_BY):
        return ()
    after = {name: value for name, value in before.items() if name != HELD_BY}
    after |= {HELD_BY: held_by} if held_by else {}
    return (Patch("property", TRAINING, before or None, after or None),)


def bind(graph: Graph, node_id: str, column: str | None) -> Change:
    """Let an input take its values from a column of the table; None lets it have its own value again."""
    return bind_all(graph, {node_id: column})


def bind_all(graph: Graph, columns: Mapping[str, str | None]) -> Change:
    """The same for several inputs at once, by id."""
    patches = []
    for node_id, column in columns.items():
        node = _input(graph, node_id)
        if column is not None:
            _demand_column(graph, column)
        if node.column != column:
            patches.append(patch_of(node, replace(node, column=column)))
    return Change(_named(graph, columns), tuple(patches))


def bind_matches(graph: Graph) -> Change:
    """Let every input take the unused column that obviously belongs to it."""
    return bind_all(graph, unused_data(graph).matches)


def bind_by_name(graph: Graph) -> Change:
    """Let every input that is called as a column is, and takes none yet, take that column."""
    table = table_of(graph)
    names = table.names if table is not None else ()
    free = [node for node in graph.nodes() if node.op == "input" and node.column is None]
    return bind_all(graph, {node.id: node.name for node in free if node.name in names})


def _named(graph: Graph, columns: Mapping[str, str | None]) -> str:
    if len(columns) != 1:
        return f"Bind {len(columns)} inputs"
    ((node_id, column),) = columns.items()
    name = graph.node(node_id).name
    return f"Bind {name} to column {column}" if column is not None else f"Unbind {name}"


# --- the training
def set_training(graph: Graph, setup: Setup | None) -> Change:
    """Set up how the document is trained; None leaves it at default. What a later version wrote is kept."""
    refusal = setup.why_not() if setup is not None else None
    if refusal:
        raise Refused(refusal)
    from nodegraph.core.training.setup import KEYS

    before: Plain | None = graph.properties.get(TRAINING)
    kept = {name: value for name, value in (before or {}).items() if name not in KEYS}
    after = (setup.plain() if setup is not None else {}) | kept or None
    return Change("Set up training", (Patch("property", TRAINING, before, after),) if before != after else ())


# --- checks
def _input(graph: Graph, node_id: str) -> Node:
    if node_id not in graph:
        raise Refused("That node is no longer there.")
    node = graph.node(node_id)
    if node.op != "input":
        raise Refused(f"{node.name} is no input; only inputs take a column of the data.")
    return node


def _demand_column(graph: Graph, column: str) -> None:
    table = table_of(graph)
    if table is None:
        raise Refused("The document has no data yet; load a table first.")
    if column not in table.names:
        more = len(table.names) - 8
        known = ", ".join(table.names[:8]) + (f" and {more} more" if more > 0 else "")
        raise Refused(f"The data has no column “{column}”; it has {known}.")
