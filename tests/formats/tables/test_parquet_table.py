"""Tables as Parquet: what is read, what is told, and what is refused in one sentence."""

from __future__ import annotations

import contextlib
import datetime
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.core.training.tables import Table
from nodegraph.formats.limits import MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES
from nodegraph.formats.tables import any_table, parquet_table


@pytest.fixture(autouse=True)
def reader() -> None:
    """There is but one."""


@pytest.fixture
def arrow() -> Any:
    return pytest.importorskip("pyarrow", reason="pyarrow, of the extra `parquet`, is not installed")


def a_file(columns: dict[str, Any] | Any, **options: Any) -> bytes:
    """The bytes of a Parquet file with these columns."""
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.table(columns) if isinstance(columns, dict) else columns, out, **options)
    return out.getvalue()


def refusal(source: bytes | Path) -> str:
    with pytest.raises(DocumentError) as error:
        any_table.read_and_tell(source)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_numbers_of_all_kinds_are_read_exactly(arrow: Any, tmp_path: Path) -> None:
    drawn = np.random.default_rng(1).normal(size=50) * 10.0 ** np.arange(-25, 25)
    whole, yes = np.arange(50, dtype=np.int32), np.arange(50) % 2 == 0
    columns = {"x": drawn, "n": whole, "yes": yes, "half": drawn.astype(np.float32)}
    (tmp_path / "points.parquet").write_bytes(a_file(columns))
    table, told = any_table.read_and_tell(tmp_path / "points.parquet")
    assert (table.title, table.names, told) == ("points", ("x", "n", "yes", "half"), [])
    for name, wanted in columns.items():
        assert np.array_equal(table.column(name), wanted.astype(np.float64))
    assert table == any_table.read_and_tell(a_file(columns, row_group_size=7), "points")[0]


def test_words_are_classes_and_rows_with_a_gap_are_left_out_as_in_csv(arrow: Any) -> None:
    columns = {
        "x": [1.0, None, 3.0, float("nan"), 5.0],
        "kind": ["no", "yes", "no", "no", "yes"],
        "text": ["1", "2.5", "3", "4", "5"],
        "coded": arrow.array(["u", "v", "u", "u", "v"]).dictionary_encode(),
    }
    table, told = any_table.read_and_tell(a_file(columns))
    assert {name: numbers.tolist() for name, numbers in table.arrays.items()} == {
        "x": [1, 3, 5], "kind": [0, 0, 1], "text": [1, 3, 5], "coded": [0, 0, 1],
    }  # fmt: skip
    assert told == [
        "in column “kind” no = 0, yes = 1",
        "in column “coded” u = 0, v = 1",
        "2 rows with gaps are left out: rows 2, 4",
    ]


def test_what_is_no_column_of_numbers_is_left_out_and_told(arrow: Any) -> None:
    columns = {
        "x": [1, 2], "day": [datetime.date(2024, 1, 1)] * 2, "list": [[1], [2]], "raw": [b"a", b"b"],
        "record": [{"a": 1}, {"a": 2}], "empty": arrow.array([None, None], arrow.float64()),
        "__index_level_0__": [7, 8],
    }  # fmt: skip
    table, told = any_table.read_and_tell(a_file(columns))
    assert table.names == ("x",)
    assert told == [
        "the index that pandas keeps is left out",
        "the dates or times in column “day” are left out",
        "the column “list” holds lists or records in its cells and is left out",
        "the column “raw” holds binary values, which are no numbers, and is left out",
        "the column “record” holds lists or records in its cells and is left out",
        "the column “empty” has more gaps than numbers and is left out",
    ]


def test_a_number_that_people_write_for_a_gap_is_told_of(arrow: Any) -> None:
    _, told = any_table.read_and_tell(a_file({"x": [1.0, 2.0, 3.0], "y": [1.0, -999.0, None]}))
    said = "-999 in column “y” (row 2) is read as a number; if it stands for a gap, leave such cells empty"
    assert said in told


def test_names_with_points_are_told_apart(arrow: Any) -> None:
    table, _ = any_table.read_and_tell(a_file({"a.b": [1.0], "a": [2.0], "a.b.c": [3.0]}))
    assert [table.column(name)[0] for name in ("a.b", "a", "a.b.c")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"x": [1.0, float("inf")]}, "row 2, column “x”: expected a finite number, found inf; mend it, or"),
        ({"list": [[1], [2]]}, "This table holds no column of numbers: the column “list” holds"),
        ({"x": []}, "This table holds no column of numbers"),
        ({"x": np.empty(0)}, "The table has no rows below the names of its columns."),
        ({"7": [1.0]}, "Expected the name of a column, found the number 7."),
        ({" x": [1.0]}, "A column needs a name, without space around it."),
        ({"x": [1.0, None], "y": [None, 2.0]}, "row 2, column “x”: expected a number, found nothing"),
        ({"word": ["a", "1", "2", "3"]}, "row 1, column “word”: expected a number, found “a”"),
        ({"x": np.zeros(MAX_ROWS + 1)}, "100,001 rows are too many; a table has at most 100,000."),
        ({f"c{n}": [1.0] for n in range(MAX_COLUMNS + 1)}, "1,001 columns are too many; a table"),
        ({f"c{n}": np.zeros(MAX_ROWS) for n in range(11)}, "This has too many cells; a table has"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(columns: dict[str, Any], said: str, arrow: Any) -> None:
    assert refusal(a_file(columns)).startswith(said)


def test_two_columns_of_one_name_are_refused(arrow: Any) -> None:
    table = arrow.table([[1.0], [2.0]], names=["x", "x"])
    assert refusal(a_file(table)) == "Two columns are called “x”."


def test_what_would_be_huge_unpacked_is_refused_before_it_is(
    arrow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = a_file({"text": ["a" * 10_000] * 5_000}, compression="zstd", use_dictionary=False)
    assert len(data) < 100_000
    monkeypatch.setattr(parquet_table, "MAX_UNPACKED", 10_000_000)
    assert refusal(data) == "This is too large unpacked (50 MB); a table has at most 10 MB."


def test_columns_that_are_too_large_are_not_read(
    tmp_path: Path, arrow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.parquet"
    path.write_bytes(a_file({"x": np.random.default_rng(1).normal(size=1000), "b": [bytes(2000)] * 1000}))
    monkeypatch.setattr(parquet_table, "MAX_TABLE_BYTES", 10_000)
    assert any_table.read_and_tell(path)[0].names == ("x",)
    monkeypatch.setattr(parquet_table, "MAX_TABLE_BYTES", 1_000)
    assert refusal(path).startswith("This is too large (9,")


def test_of_a_file_no_more_is_read_than_its_numbers(tmp_path: Path, arrow: Any) -> None:
    path = tmp_path / "large.parquet"
    noise = np.random.default_rng(1).bytes(40_000_000)
    path.write_bytes(
        a_file({"x": [1.0, 2.0], "image": [noise[:20_000_000], noise[20_000_000:]]}, compression="none")
    )
    assert path.stat().st_size > MAX_TABLE_BYTES
    before = arrow.total_allocated_bytes()
    table, told = any_table.read_and_tell(path)
    assert table.column("x").tolist() == [1.0, 2.0]
    assert told == ["the column “image” holds binary values, which are no numbers, and is left out"]
    assert arrow.total_allocated_bytes() - before < 1_000_000


def test_a_long_text_that_occurs_often_is_not_unpacked(arrow: Any) -> None:
    words = arrow.DictionaryArray.from_arrays(arrow.array(np.zeros(90_000, np.int32)), ["x" * 30_000])
    data = a_file({"x": np.arange(90_000.0), "words": words}, store_schema=False)
    assert len(data) < 1_000_000, "it would be 2.7 GB"
    before = arrow.default_memory_pool().max_memory()
    table, told = any_table.read_and_tell(data)
    assert (table.names, told) == (("x",), ["the text in column “words” is left out"])
    assert arrow.default_memory_pool().max_memory() < before + 50_000_000


def test_a_table_of_several_groups_of_rows_is_read_whole(arrow: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_table, "BATCH", 7)
    word = ["no", "yes", None, "no"] * 25
    data = a_file({"x": np.arange(100), "word": word}, row_group_size=30)
    table, told = any_table.read_and_tell(data)
    assert table.column("x").tolist() == [float(x) for x in range(100) if x % 4 != 2]
    assert table.column("word").tolist() == [0.0, 1.0, 0.0] * 25
    assert told[0] == "in column “word” no = 0, yes = 1"


def test_a_damaged_file_is_told_whatever_is_wrong_with_it(arrow: Any, tmp_path: Path) -> None:
    whole = a_file({"x": np.random.default_rng(1).normal(size=100), "word": ["a", "b"] * 50})
    assert refusal(b"PAR1") == parquet_table.DAMAGED
    assert refusal(whole[:-9]) == parquet_table.DAMAGED
    drawn = np.random.default_rng(2)
    for _ in range(300):
        spoilt = bytearray(whole)
        for place in drawn.integers(4, len(whole), drawn.integers(1, 6)):
            spoilt[place] = drawn.integers(256)
        table = Table("", ())
        with contextlib.suppress(DocumentError):
            table = any_table.read_and_tell(bytes(spoilt))[0]
        assert all(np.isfinite(numbers).all() for numbers in table.arrays.values())


def test_without_pyarrow_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_table, "find_spec", lambda name: None)
    assert refusal(b"PAR1\0\0PAR1") == "Reading Parquet needs pyarrow; install it with: pip install pyarrow"


def test_other_tables_are_read_as_csv(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n", encoding="utf-8")
    assert any_table.read_and_tell(tmp_path / "a.csv")[0].names == ("x",)
    assert refusal(tmp_path / "none.parquet").startswith("There is no such file")


@pytest.mark.usefixtures("arrow")
def test_a_column_that_marks_the_rows_for_testing_is_known() -> None:
    table, told = parquet_table.read_and_tell(a_file({"x": [1, 2], "split": ["test", "train"]}))
    assert (dict(table.columns)["split"][0], table.held_by) == (1, "split")
    assert told == ["the column “split” says which rows are for testing (train = 0, test = 1)"]
