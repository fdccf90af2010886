"""A Parquet table in parts: each row is in one, and no part needs more than its group of rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats.limits import MAX_ROWS
from nodegraph.formats.tables import any_table, parquet_parts, parquet_table

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow, of the extra `parquet`, is not installed")


@pytest.fixture(autouse=True)
def reader() -> None:
    """There is but one."""


def written(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    import pyarrow

    parquet.write_table(pyarrow.table(columns), path, **options)
    return path


def rows_of(path: Path) -> np.ndarray:
    first, parts = any_table.split(path)
    return np.concatenate([part.numbers(first.names) for part in parts], axis=1)


@pytest.mark.parametrize("group", [1000, 64, 7, 1])
@pytest.mark.parametrize("each", [1000, 50, 3])
def test_all_rows_are_in_one_part_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int, each: int
) -> None:
    monkeypatch.setattr(parquet_parts, "ROWS_EACH", each)
    monkeypatch.setattr(parquet_table, "BATCH", 11)
    x = np.random.default_rng(1).normal(size=200)
    gaps = [None if place % 9 == 4 else place for place in range(200)]
    path = written(
        tmp_path / "t.parquet",
        {"x": x, "word": ["a", "b"] * 100, "gaps": gaps, "x.y": x.astype(np.float32), "yes": x > 0},
        row_group_size=group,
    )
    table, told = any_table.read_and_tell(path)
    assert "178 rows" not in told
    first, parts = any_table.split(path)
    assert first.names == ("x", "gaps", "x.y", "yes")
    assert max(part.stop - part.start for part in parts) <= each
    np.testing.assert_array_equal(rows_of(path), [table.column(name) for name in first.names])
    assert parts[0].numbers(["yes", "x"]).shape[0] == 2


def test_what_is_infinite_is_told_with_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_parts, "ROWS_EACH", 10)
    monkeypatch.setattr(parquet_table, "BATCH", 4)
    x = np.arange(100.0)
    x[77] = -np.inf
    path = written(tmp_path / "t.parquet", {"x": x}, row_group_size=30)
    parts = any_table.split(path)[1]
    assert sum(part.numbers(["x"]).shape[1] for part in (*parts[:7], *parts[8:])) == 90
    with pytest.raises(DocumentError, match=r"^row 78, column “x”: expected a finite number, found -inf"):
        parts[7].numbers(["x"])


def test_a_group_of_rows_that_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "t.parquet", {"x": np.arange(5000.0), "word": ["a" * 90] * 5000})
    parts = any_table.split(path)[1]
    monkeypatch.setattr(parquet_table, "MAX_UNPACKED", 30_000)
    with pytest.raises(DocumentError, match=r"^A group of rows in this is too large unpacked "):
        parts[0].numbers(["x"])
    with pytest.raises(DocumentError, match=r"^The first group of rows in this is too large"):
        any_table.split(path)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (
            {"word": ["a", "b"]},
            "This table holds no column of numbers: the text in column “word” is left out.",
        ),
        ({"x": np.empty(0)}, "The table has no rows below the names of its columns."),
        ({"x": [None, 1.0, None, None]}, "This table holds no column of numbers"),
    ],
)
def test_a_table_without_numbers_is_refused(tmp_path: Path, columns: dict[str, Any], said: str) -> None:
    with pytest.raises(DocumentError) as error:
        any_table.split(written(tmp_path / "t.parquet", columns))
    assert str(error.value).startswith(said)


def test_what_fits_is_read_whole(tmp_path: Path) -> None:
    few = written(tmp_path / "few.parquet", {"x": np.zeros(MAX_ROWS)})
    many = written(tmp_path / "many.parquet", {"x": np.zeros(MAX_ROWS + 1)})
    wide = written(tmp_path / "wide.parquet", {f"c{place}": np.zeros(MAX_ROWS) for place in range(11)})
    assert [any_table.fits(path, 10**9) for path in (few, many, wide)] == [True, False, False]
    assert not any_table.fits(few, 100)
    with pytest.raises(DocumentError, match="no such file"):
        any_table.fits(tmp_path / "none.parquet", 100)


def test_a_file_that_was_cut_off_meanwhile_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "t.parquet", {"x": np.random.default_rng(1).normal(size=5000)})
    parts = any_table.split(path)[1]
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DocumentError, match="damaged or cut off"):
        parts[0].numbers(["x"])
