"""A table in parts: each row of the file is in one, and mistakes are told with the rows of the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.errors import DocumentError
from nodegraph.formats.limits import MAX_DOCUMENT_BYTES, MAX_ROWS
from nodegraph.formats.tables import any_table, csv_table, table_doubts, table_parts
from nodegraph.formats.tables.table_parts import split


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of three rows, found in blocks of a few bytes."""
    monkeypatch.setattr(table_parts, "ROWS_EACH", 3)


def rows_of(path: Path, names: list[str]) -> np.ndarray:
    return np.concatenate([part.numbers(names) for part in split(path)[1]], axis=1)


@given(
    st.lists(st.tuples(st.integers(-99, 99), st.floats(-9, 9, width=32)), min_size=1, max_size=17),
    st.sampled_from(["x,y\n", "", "a title\nx,y\n", "# remark\nx,y\n"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.integers(1, 5),
    st.integers(3, 60),
)
def test_all_rows_are_in_one_part_each(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[int, float]],
    head: str,
    end: str,
    is_ended: bool,
    each: int,
    block: int,
) -> None:
    path = tmp_path_factory.mktemp("parts") / "t.csv"
    text = head + "\n".join(f"{x},{y!r}" for x, y in rows) + ("\n" if is_ended else "")
    path.write_bytes(text.replace("\n", end).encode())
    whole = csv_table.read(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table_parts, "ROWS_EACH", each)
        first, parts = split(path)
        patch.setattr(table_parts, "BLOCK", block)
        pieces = list(table_parts._pieces(path, parts[0].head.count("\n"), each))
    assert first.names == whole.names
    assert [(part.start, part.stop, part.first) for part in parts] == pieces
    found = np.concatenate([part.numbers(whole.names) for part in parts], axis=1)
    np.testing.assert_array_equal(found, [whole.column(name) for name in whole.names])


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x,y\n" + "1,2\n" * 7 + "1,b\n", "row 9, column “y”: expected a number, found “b”"),
        ("x,y\n" + "1,2\n" * 7 + "1,inf\n", "row 9, column “y”: expected a finite number, found “inf”"),
        ("x,y\n" + "1,2\n" * 7 + "1,b\n1,c\n", "row 9, column “y”: expected a number, found “b”"),
    ],
)
def test_what_is_no_number_is_told_with_its_row_in_the_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(DocumentError) as raised:
        rows_of(path, ["x", "y"])
    assert str(raised.value).startswith(said)


@pytest.mark.usefixtures("few")
def test_columns_of_words_are_left_out_and_decimals_have_the_comma_of_the_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("x;kind;y\n" + "0,5;a;1\n1;b;2\n" * 5)
    first, parts = split(path)
    assert first.names == ("x", "y")
    assert np.concatenate([part.numbers(["x"])[0] for part in parts]).tolist() == [0.5, 1.0] * 5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("x,y\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"", "There is no row to read"),
        (b"a,b\nc,d\nc,d\n", "no column of numbers"),
    ],
)
def test_what_cannot_be_read_in_parts_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=said):
        split(path)


def test_a_file_that_is_gone_when_a_part_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("x,y\n1,2\n")
    part = split(path)[1][0]
    path.unlink()
    with pytest.raises(DocumentError, match=r"t\.csv: "):
        part.numbers(["x"])


def test_a_file_larger_than_any_document_is_split(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    line = "0.123456789,1.5\n"
    path.write_text("x,y\n" + line * (MAX_DOCUMENT_BYTES // len(line) + 1), encoding="utf-8")
    assert not any_table.fits(path, 10**9)
    first, parts = split(path)
    assert first.names == ("x", "y")
    assert parts[-1].numbers(["x"])[0, -1] == 0.123456789


def test_a_file_of_more_rows_than_a_table_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("x\n" + "1\n" * (MAX_ROWS - 1), encoding="utf-8")
    assert any_table.fits(path, 10**9)
    path.write_text("x\n" + "1\n" * MAX_ROWS, encoding="utf-8")
    assert not any_table.fits(path, 10**9)


@pytest.mark.usefixtures("few")
def test_a_sum_below_the_last_part_and_columns_that_nobody_needs_are_left_out_and_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.csv"
    rows = "".join(f"{name},{place},{place}\n" for place, name in enumerate("abcdefgh"))
    path.write_text("name,x,code\n" + rows.replace("6,6", "6,A/5") + "\nTotal,28,30\n")
    told: list[str] = []
    parts = split(path, {"x"}, told)[1]
    assert np.concatenate([part.numbers(["x"])[0] for part in parts]).tolist() == list(range(8))
    assert "what stands below the table is left out (“Total”)" in told
    assert "the text in column “name” is left out" in told


@pytest.mark.usefixtures("few")
def test_rows_of_a_class_called_total_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("kind,x\n" + "total,1\nmean,2\n" * 4)
    assert rows_of(path, ["x"]).tolist() == [[1, 2] * 4]


@pytest.mark.usefixtures("few")
def test_the_file_of_a_logger_is_read_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "logger.dat"
    path.write_text('"TOA5","CR1000"\n"U","I"\n"V","A"\n' + "".join(f"{n},{n / 2}\n" for n in range(8)))
    np.testing.assert_array_equal(rows_of(path, ["U", "I"]), [np.arange(8), np.arange(8) / 2])
    path.write_text(path.read_text().replace("\n6,", "\nErr,"))
    with pytest.raises(DocumentError, match="row 10, column “U”"):
        rows_of(path, ["U", "I"])


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("number", "is_told"), [("-999", True), ("-999.0", True), ("-98", False)])
def test_a_number_for_a_gap_is_told_of_in_a_later_part(tmp_path: Path, number: str, is_told: bool) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,x,t\n" + "".join(f"{i},{i},{number if i == 8 else i % 5}\n" for i in range(12)))
    told: list[str] = []
    split(path, told=told)
    said = "-999 in column “t” (row 10) is read as a number; if it stands for a gap, leave such cells empty"
    assert told == [said] * is_told


@pytest.mark.usefixtures("few")
def test_a_number_for_a_gap_is_told_of_at_the_end_of_the_last_line(tmp_path: Path) -> None:
    path, told = tmp_path / "t.csv", list[str]()
    path.write_text("x,t\n" + "".join(f"{i},{i}\n" for i in range(9)) + "9,-999")
    split(path, told=told)
    assert [said.partition(" is")[0] for said in told] == ["-999 in column “t” (row 11)"]


@pytest.mark.usefixtures("few")
def test_whether_a_number_stands_for_a_gap_is_asked_once_for_each_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column that holds it again and again took minutes in a large file."""
    path, asked, told_of_codes = tmp_path / "t.csv", list[str](), table_doubts.told_of_codes

    def ask(name: str, *told: Any) -> Any:
        asked.append(name)
        return told_of_codes(name, *told)

    path.write_text("x,t\n-300,1\n300,2\n" + "-99,3\n" * 30)
    monkeypatch.setattr(table_doubts, "told_of_codes", ask)
    split(path)
    assert asked[:2] == ["x", "t"]
    assert {*asked[2:]} == {"x"}
    assert len(asked) < 6, "of 30 rows"
