"""A document's data and training: their JSON to records and back, for `native`.

Checks as strictly as `native` does, with the place of what is wrong. Knows nothing of bytes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.naming import why_not_text
from nodegraph.core.training.bindings import DATA, TRAINING, Plain, why_not_plain
from nodegraph.core.training.tables import Column, Numbers, Table, why_not_column_name
from nodegraph.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TITLE
from nodegraph.formats.strict_json import inside, shown
from nodegraph.formats.values import Document, number, required, text, unknown

PIECE = 2_000
"""Cells that are written at once."""
MANY = 1_000
"""Rows from which on a column is kept as an array."""
_DATA_KEYS = frozenset({"title", "columns"})


# --- reading
def table(properties: Document) -> Table | None:
    """The table in a document's `graph` object, or None."""
    if DATA not in properties:
        return None
    place = f"graph.{DATA}"
    record = _object(properties[DATA], place)
    title = text(record.get("title", ""), f"{place}.title", MAX_TITLE)
    refusal = why_not_text(title, MAX_TITLE)
    if refusal:
        raise DocumentError(f"a title {refusal}", f"{place}.title")
    columns = _columns(required(record, "columns", place, "numbers by column"), f"{place}.columns")
    return Table(title, columns, unknown(record, _DATA_KEYS))


def _columns(record: Any, place: str) -> tuple[Column, ...]:
    columns = _object(record, place)
    if not columns:
        raise DocumentError("expected one column or more, found none", place)
    if len(columns) > MAX_COLUMNS:
        raise DocumentError(
            f"{len(columns):,} are too many; a table has at most {MAX_COLUMNS:,} columns", place
        )
    found: list[Column] = []
    most = min(MAX_ROWS, MAX_CELLS // len(columns))
    for name, cells in columns.items():
        where = inside(place, name)
        refusal = why_not_column_name(name)
        if refusal:
            raise DocumentError(refusal, where)
        if not isinstance(cells, list) or not cells:
            raise DocumentError(f"expected a list of one number or more, found {shown(cells)}", where)
        if len(cells) > most:
            raise DocumentError(f"{len(cells):,} are too many rows; this table may have {most:,}", where)
        if found and len(cells) != len(found[0][1]):
            count = len(found[0][1])
            wanted = f"{count:,} number{'' if count == 1 else 's'} as in “{found[0][0]}”"
            raise DocumentError(f"expected {wanted}, found {len(cells):,}", where)
        found.append((name, _numbers(cells, where)))
    return tuple(found)


def _numbers(cells: list[Any], place: str) -> Numbers:
    if all(type(cell) is float for cell in cells):  # no place is spelt out for what is right
        return tuple(cells) if len(cells) < MANY else np.array(cells)
    return tuple(
        math.nan if cell is None else number(cell, f"{place}[{row}]") for row, cell in enumerate(cells)
    )


def setup(properties: Document) -> Plain:
    """How the document is trained; empty where it does not say."""
    if TRAINING not in properties:
        return {}
    place = f"graph.{TRAINING}"
    record = _object(properties[TRAINING], place)
    refusal = why_not_plain(record)
    if refusal:
        raise DocumentError(refusal, place)
    return record


def column(record: Document, op: str, place: str, names: Collection[str]) -> str | None:
    """The column that a node names: only an input may, and the data must have it."""
    if "column" not in record:
        return None
    place = f"{place}.column"
    if op != "input":
        raise DocumentError("only an input takes a column of the data", place)
    name = record["column"]
    if not isinstance(name, str) or name not in names:
        raise DocumentError(f"expected the name of a column of graph.{DATA}, found {shown(name)}", place)
    return name


def _object(value: Any, place: str) -> Document:
    if not isinstance(value, dict):
        raise DocumentError(f"expected an object, found {shown(value)}", place)
    return value


# --- writing
@lru_cache(maxsize=4)
def table_json(table: Table) -> str:
    """A table as the document has it, kept as text: it is large, and stays while the graph is edited."""
    record: Document = {"title": table.title} if table.title else {}
    record |= {"columns": None}
    record |= {key: value for key, value in table.extra.items() if key not in _DATA_KEYS}
    columns = ", ".join(f"{_text(name)}: [{_cells(array)}]" for name, array in table.arrays.items())
    fields = (
        f"{_text(key)}: {f'{{{columns}}}' if key == 'columns' else _text(value)}"
        for key, value in record.items()
    )
    return f"{{{', '.join(fields)}}}"


def _cells(numbers: NDArray[np.float64]) -> str:
    """A column's cells, in pieces between which another thread comes to its turn."""
    pieces = []
    for start in range(0, len(numbers), PIECE):
        piece: list[float | None] = numbers[start : start + PIECE].tolist()
        if np.isnan(numbers[start : start + PIECE]).any():
            piece = [None if cell != cell else cell for cell in piece]
        pieces.append(_text(piece)[1:-1])
    return ", ".join(pieces)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
