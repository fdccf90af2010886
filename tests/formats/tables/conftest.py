"""Every test of tables is done by each of the readers: cell by cell, and at once where a table is even."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nodegraph.formats.tables import even_table
from nodegraph.formats.tables.table_columns import Columns


@pytest.fixture(autouse=True, params=["each cell", "numpy", "pyarrow"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which reader is asked first, however short a table is."""
    if request.param != "each cell":
        monkeypatch.setattr(even_table, "LEAST_LENGTH", 0)
        monkeypatch.setattr(even_table, "PIECE", 40)
        monkeypatch.setattr(even_table, "columns_of", with_tuples(even_table.columns_of))
    if request.param == "pyarrow":
        pytest.importorskip("pyarrow")
        monkeypatch.setattr(even_table, "LEAST_FOR_ARROW", 0)
    return str(request.param)


def with_tuples(read: Callable[..., Columns | None]) -> Callable[..., Columns | None]:
    """The same reader with tuples in place of arrays, which cannot be compared with ==."""

    def columns_of(*arguments: object) -> Columns | None:
        found = read(*arguments)
        if found is not None:
            found.taken = [(name, tuple(map(float, numbers))) for name, numbers in found.taken]
        return found

    return columns_of
