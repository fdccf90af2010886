"""Tables as CSV: what spreadsheets write is read; what is wrong is refused by row and column."""

from __future__ import annotations

import math
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.data.letters import ENCODINGS
from nodegraph.core.errors import DocumentError
from nodegraph.core.training.tables import Table, why_not_column_name
from nodegraph.formats.cells import table_letters
from nodegraph.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES
from nodegraph.formats.tables import csv_table, table_reading
from nodegraph.formats.tables.table_body import first_rows
from nodegraph.formats.tables.table_reading import Reading

XY = (("x", (1.0, 3.0)), ("y", (2.5, -4.0)))


def refusal(text: str | bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        csv_table.read(text.encode() if isinstance(text, str) else text)
    return str(caught.value)


# --- what is right
@pytest.mark.parametrize(
    "text",
    [
        "x,y\n1,2.5\n3,-4\n",
        "x,y\n1,2.5\n3,-4",
        "x;y\n1;2.5\n3;-4\n",
        "x\ty\n1\t2.5\n3\t-4\n",
        "\ufeffx,y\r\n1,2.5\r\n3,-4\r\n",
        "x,y\r1,2.5\r3,-4\r",
        "x,y\n1,2.5\n3,-4\n\n  \n,\n",
        '"x" , "y"\n 1, 2.5\n"3", -4e0 \n'.replace('"x" ,', '"x",'),
        "x,y\n1,2.5,,\n3,-4\n",
    ],
)
def test_what_spreadsheets_write_is_read(text: str) -> None:
    assert csv_table.read(text.encode()).columns == XY


@pytest.mark.parametrize(
    "text",
    [
        "x;y\n1;2,5\n3;-4\n",
        "x;y\r\n1,0;2,5\r\n3,0;-4,0\r\n",
        "x\ty\n1,0\t2,5\n3\t-4\n",
        "sep=;\nx;y\n1;2,5\n3;-4\n",
        "sep=,\r\nx,y\r\n1,2.5\r\n3,-4\r\n",
        "SEP=\t\nx\ty\n1\t2.5\n3\t-4\n",
        ",x,y\n0,1,2.5\n1,3,-4\n",
        "Unnamed: 0,x,y\n0,1,2.5\n1,3,-4\n",
        '"","x","y"\n"1",1,2.5\n"2",3,-4\n',
        '"x" "y"\n"1" 1 2.5\n"2" 3 -4\n',
        "x\ty\nann\t1\t2.5\nbob\t3\t-4\n",
        "x y\n1 2.5\n3 -4\n",
        "  x    y\n  1    2.5   \n  3   -4\n",
        "x y\n1,0 2,5\n3,0 -4,0\n",
        '"x"   "y"\n1   2.5\n3   -4\n',
        "x,name,y\n1,ann bell,2.5\n3,bob cole,-4\n",
    ],
)
def test_what_people_have_is_read(text: str) -> None:
    table = csv_table.read(text.encode())
    assert [column for column in table.columns if column[0] in "xy"] == list(XY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x,y\n1,2.5\n3,-4\n", []),
        ("x;y\n1;2,5\n3;-4\n", ["decimals have a comma"]),
        ("x y\n1 2\n3 4\n", ["spaces part the cells"]),
        ("1,-2\n3,4\n", ["there are no names, so the columns are called x1, x2, …"]),
        ("1,2.5\n3,4\n", ["there are no names, so the columns are called x1, x2, …"]),
        (
            "1,5\n-2,25\n",
            [
                "1,5 is read as 1 and 5; a decimal comma needs ; between cells",
                "there are no names, so the columns are called x1, x2, …",
            ],
        ),
        (
            "1 234,5\n2 345,6\n",
            [
                "1 234,5 is read as 1 234 and 5; a decimal comma needs ; between cells",
                "there are no names, so the columns are called x1, x2, …",
                "1 234 is read as 1234",
            ],
        ),
        ("x,ok\n1,✓\n2,✗\n", ["in column “ok” ✗ = 0, ✓ = 1"]),
        (",x\n0,1\n1,3\n", ["the first column only names the rows and is left out"]),
        ("x,k\n1,a\n2,b\n3,a\n", ["in column “k” a = 0, b = 1"]),
        ("x,k\n1,a\n2,b\n3,c\n4,d\n", ["the text in column “k” is left out"]),
    ],
)
def test_what_was_taken_for_granted_is_told(text: str, told: list[str]) -> None:
    assert csv_table.read_and_tell(text.encode())[1] == told


def test_decimals_with_a_comma_may_have_points_between_thousands() -> None:
    assert csv_table.read(b"x;y\n1.234,5;-0,25\n7;1,5e3\n").columns == (
        ("x", (1234.5, 7.0)),
        ("y", (-0.25, 1500.0)),
    )


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("True", "False"), (1.0, 0.0)),
        (("False", "True"), (0.0, 1.0)),
        (("YES", "no"), (1.0, 0.0)),
        (("T", "F"), (1.0, 0.0)),
        (("setosa", "other"), (0.0, 1.0)),
    ],
)
def test_a_yes_is_1_wherever_it_comes(words: tuple[str, str], numbers: tuple[float, float]) -> None:
    table, told = csv_table.read_and_tell(f"x,y\n1,{words[0]}\n2,{words[1]}\n".encode())
    assert table.columns[1] == ("y", numbers)
    assert f"{words[0]} = {numbers[0]:.0f}" in told[0]


@pytest.mark.parametrize("text", ["# x y\n1 2\n3 4\n", "# x,y\n1,2\n3,4\n", "#x\ty\n1\t2\n3\t4\n"])
def test_names_behind_the_mark_of_a_comment_are_read(text: str) -> None:
    assert csv_table.read(text.encode()).columns == (("x", (1.0, 3.0)), ("y", (2.0, 4.0)))


def test_a_name_that_begins_as_a_comment_keeps_its_mark_when_written() -> None:
    table = Table("", (("#x", (1.0,)), ("y", (2.0,))))
    assert csv_table.read(csv_table.write(table)) == table


@pytest.mark.parametrize("text", ["0,5;1,25\n2,5;3\n", "0.5 1.25\n2.5 3\n", "0.5,1.25\n2.5,3\n"])
def test_a_table_without_names_gets_some(text: str) -> None:
    assert csv_table.read(text.encode()).columns == (("x1", (0.5, 2.5)), ("x2", (1.25, 3.0)))


def test_a_table_without_names_may_hold_text() -> None:
    rows = b"5.1,3.5,Iris-setosa\n7.0,3.2,Iris-versicolor\n6.3,3.3,Iris-setosa\n"
    assert csv_table.read(rows).columns[2] == ("x3", (0.0, 1.0, 0.0))


def test_a_first_row_of_counts_and_class_names_is_no_data() -> None:
    table, told = csv_table.read_and_tell(b"3,2,setosa,versicolor\n5.1,3.5,0\n7.0,3.2,1\n6.3,3.3,1\n")
    assert table.names == ("x1", "x2", "target")
    assert table.rows == 3
    assert "counts" in told[0]


def test_a_decimal_comma_in_a_column_of_its_own_is_read() -> None:
    assert csv_table.read(b"x\n0,5\n1,25\n").columns == (("x", (0.5, 1.25)),)


@pytest.mark.parametrize(
    "text", ["x,y\n−1.5,+2e−3\n3,−4\n", "x;y\n−1,5;+2e−3\n3;−4\n", "x;y\n−1,5;+0,2e−2\n3;−4\n"]
)
def test_a_minus_as_it_is_printed_is_read(text: str) -> None:
    assert csv_table.read(text.encode()).columns == (("x", (-1.5, 3.0)), ("y", (0.002, -4.0)))


def test_names_may_hold_the_other_delimiters_in_quotes() -> None:
    table = csv_table.read(b'"length, in cm";y\n1;2\n')
    assert table.names == ("length, in cm", "y")


def test_a_file_gives_its_name_as_the_title(tmp_path: Path) -> None:
    path = tmp_path / "iris.csv"
    path.write_text("x,y\n1,2.5\n3,-4\n")
    assert csv_table.read(path) == Table("iris", XY)
    assert csv_table.read(path, "Flowers").title == "Flowers"


def test_one_column_is_a_table() -> None:
    assert csv_table.read(b"x\n1\n2\n").columns == (("x", (1.0, 2.0)),)


# --- what is wrong
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "x,y\n1,2\n3,abc\n",
            "row 3, column “y”: expected a number, found “abc”; mend it, leave the cell empty, or leave",
        ),
        (
            "x,y\n,1\n2,\n",
            "row 2, column “x”: expected a number, found nothing, and no row is without a gap; take fewer"
            " columns, or fill gaps in",
        ),
        ("x,y\n1\n", "row 2, column “y”: this cell is missing; fill it in, or remove the row"),
        ("x,y\n1,2\n1,2,3\n", "row 3: expected 2 cells, found 3"),
        ("x,y\n1,nan\n", "row 2, column “y”: expected a number, found nothing"),
        (
            "x,y\n-inf,1\n",
            "row 2, column “x”: expected a finite number, found “-inf”; mend it, leave the cell empty, or",
        ),
        ("x,y\n1e999,1\n", "row 2, column “x”: expected a finite number, found “1e999”"),
        ("x,y\n1_000,1\n", "row 2, column “x”: expected a number, found “1_000”; mend it, leave"),
        ("x,y\nⅣ,1\n", "row 2, column “x”: expected a number, found “Ⅳ”"),
        (
            "x;y\n1,5;1.5\n",
            "row 2, column “x”: expected a number, found “1,5”; its decimal sign is a comma: choose",
        ),
        ("x,y\n1,a\x00b\n", "row 2, column “y”: expected a number, found “a\\x00b”"),
        ("x,y\n1," + "z" * 90, f"row 2, column “y”: expected a number, found “{'z' * 40}…”"),
        (f"x,{'y' * 101}\n1,2\n", "row 1, column 2: A column's name has at most 100 characters"),
        ("x,y\u202e\n1,2\n", "row 1, column 2: A column's name cannot hold characters that turn"),
        ("sep=;\nx;y\n1;2\n3\n", "row 4, column “y”: this cell is missing; fill it in, or remove the row"),
        ("name\nann\nbob\ncid\ndan\n", "This table holds no column of numbers:"),
        ("x,y\n", "The table has no rows below the names of its columns."),
        ("", "There is no row to read: each line is blank"),
        ("\n\n\n", "There is no row to read: each line is blank"),
        ('x,y\n"1,2\n', "row 2: a quotation mark is opened here and never closed"),
        ('x,y\n1,2\n"a"b,2\n', "row 3: text follows a closed quotation mark"),
        (b"\xff\xfex", "This is no text in UTF-16"),
        (b"x,y\n\x81\x40,2\n", "This is no text in UTF-8"),
        ("größe,wärme\n1,2\n".encode() + b"\xe4,2\n", "This is no text in UTF-8"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(text: str | bytes, said: str) -> None:
    assert refusal(text).startswith(said)


def test_a_cell_of_endless_text_is_refused() -> None:
    assert "a cell has more than 131,072 characters" in refusal("x,y\n" + "1" * 200_000 + ",2")
    assert "a cell has more than 131,072 characters" in refusal("x" * 200_000)


def test_too_many_rows_columns_cells_and_bytes_are_refused() -> None:
    header = ",".join(f"c{number}" for number in range(MAX_COLUMNS + 1))
    assert refusal(header) == (
        "1,001 columns are too many; a table has at most 1,000 columns. Save it again with those alone that"
        " inputs are to take."
    )
    assert refusal("x\n" + "1\n" * (MAX_ROWS + 1)).endswith("has at most 100,000.")
    wide = ",".join(f"c{number}" for number in range(100)), ",".join("1" * 100)
    rows = MAX_CELLS // 100
    assert csv_table.read("\n".join([wide[0], *[wide[1]] * rows]).encode()).rows == rows
    assert "at most 10,000" in refusal("\n".join([wide[0], *[wide[1]] * (rows + 1)]))
    assert refusal(b" " * (MAX_TABLE_BYTES + 1)).startswith(
        "This is too large (32,000,001 bytes); a table has at most 32 MB."
    )


def test_of_a_file_with_too_many_lines_hardly_more_is_in_memory_than_its_start(tmp_path: Path) -> None:
    path = tmp_path / "blank.csv"
    path.write_bytes(b"\n" * 20_000_000)
    csv_table.text_of(b"x\n1\n")
    tracemalloc.start()
    with pytest.raises(DocumentError, match="too many lines"):
        csv_table.read(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 6_000_000


def test_a_file_that_is_not_there_is_a_document_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        csv_table.read(tmp_path / "none.csv")


# --- there and back
names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6)
numbers = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    called = draw(st.lists(names.filter(lambda name: not why_not_column_name(name)), min_size=1, unique=True))
    rows = draw(st.integers(1, 4))
    row = st.lists(numbers, min_size=rows, max_size=rows).map(tuple)
    return Table("", tuple((name, draw(row)) for name in called))


@given(tables())
def test_what_is_written_is_read_the_same(table: Table) -> None:
    assert csv_table.read(csv_table.write(table)) == table


@given(st.binary(max_size=60) | st.text('x1,;\t"\n\r .e-', max_size=40).map(str.encode))
def test_any_bytes_give_a_table_or_a_document_error(data: bytes) -> None:
    try:
        table = csv_table.read(data)
    except DocumentError:
        return
    assert table.rows
    assert csv_table.read(csv_table.write(table)) == table


@pytest.mark.parametrize(
    ("text", "reading", "columns"),
    [
        ("x;y\n1;2\n", Reading(";", named=True, omitted=frozenset({1})), (("x", (1.0,)),)),
        ("1;2\n3;4\n", Reading(";", named=False, index=True), (("x1", (2.0, 4.0)),)),
        ("x,x\n1,a\n2,\n", Reading(omitted=frozenset({1})), (("x", (1.0, 2.0)),)),
        ("a,x\nu,1\nv,2\nw,3\n", Reading(words="numbers"), (("a", (0.0, 1.0, 2.0)), ("x", (1.0, 2.0, 3.0)))),
        ("a,x\nu,1\nu,2\n", Reading(words="out"), (("x", (1.0, 2.0)),)),
    ],
)
def test_a_table_is_read_as_it_is_told_to(text: str, reading: Reading, columns: object) -> None:
    assert csv_table.read_as(text, reading)[0].columns == columns


@pytest.mark.parametrize(
    ("text", "reading", "place"),
    [
        ("x;y\n0,5;1\n", Reading(";"), "row 2, column “x”"),
        ("x,y\n1,2\n", Reading(named=False), "row 1, column “x1”"),
        ("x,y\n1,two\n", Reading(), "row 2, column “y”"),
        ("x\n1\n", Reading(index=True), "beside the first"),
    ],
)
def test_what_does_not_fit_a_reading_is_told_by_its_place(text: str, reading: Reading, place: str) -> None:
    with pytest.raises(DocumentError, match=place):
        csv_table.read_as(text, reading)


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"%PDF-1.7\n1 0 obj\n", "a PDF"),
        (b"PAR1\x15\x04\x15\0", "a Parquet file"),
        (b"<!DOCTYPE html>\n<p>1,2\n3,4", "a web page"),
    ],
)
def test_a_file_of_another_kind_given_as_a_table_is_named(beginning: bytes, name: str) -> None:
    with pytest.raises(DocumentError, match=f"This is {name}, not a table"):
        csv_table.read(beginning)


@pytest.mark.parametrize("name", ["MZ", "PAR1", "BZh", "MZ " + "of the ion " * 8 + "as given"])
def test_a_column_named_as_a_binary_file_begins_is_a_column(name: str) -> None:
    assert [column for column, _ in csv_table.read(f"{name},t\n1,2\n3,4\n".encode()).columns] == [name, "t"]


@pytest.mark.parametrize("name", ["INF", "nan", "Infinity", "-inf"])
def test_a_column_may_be_named_as_a_number_that_is_not_finite(name: str) -> None:
    table, _ = csv_table.read_and_tell(f"{name}\n1\n2\n".encode())
    assert table.columns == ((name, (1.0, 2.0)),)


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4.5 |\n",
        "# A page\n\nwords, and more\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n| 3 | 4.5 |\n\nand an end, too\n",
        "a | b\n--- | ---\n1 | 2\n3 | 4.5\n",
        " a | b \n---+-----\n 1 | 2\n 3 | 4.5\n(2 rows)\n",
        "+---+-----+\n| a | b   |\n+---+-----+\n| 1 | 2   |\n| 3 | 4.5 |\n+---+-----+\n",
        "a|b\n1|2\n3|4.5\n",
        "| a | b |\n| 1 | 2 |\n| 3 | 4.5 |\n",
    ],
)
def test_a_table_between_bars_is_read_and_that_is_told(text: str) -> None:
    table, told = csv_table.read_and_tell(text.encode())
    assert table.columns == (("a", (1.0, 3.0)), ("b", (2.0, 4.5)))
    assert told == ["bars | part the cells, and any text around the table is left out"]


def test_a_bar_within_a_cell_is_written_so_that_it_is_read_the_same() -> None:
    assert csv_table.read(b"| a\\|b | c |\n|---|---|\n| 1 | 2 |\n").names == ("a|b", "c")
    table = Table("", (("a|b", (1.0,)), ("c", (2.0,))))
    assert csv_table.read(csv_table.write(table)) == table


@pytest.mark.parametrize(
    "cells",
    [
        ("2024-01-05", "2024-01-06"),
        ("05.01.2024", "05.01.2024"),
        ("1/5/24", "1/6/24"),
        ("2024-01-05T10:00:00Z", "2024-01-05 11:00"),
        ("5 Jan 2024", "6 January 2024"),
        ("Jan-24", "Feb-24"),
    ],
)
def test_dates_are_left_out_and_told_and_numbered_where_that_is_wished(cells: tuple[str, str]) -> None:
    text = f"day;x\n{cells[0]};1.5\n{cells[1]};2.5\n"
    table, told = csv_table.read_and_tell(text.encode())
    assert table.columns == (("x", (1.5, 2.5)),)
    assert told == ["the dates in column “day” are left out"]
    reading = replace(table_reading.assume(text), words="numbers")
    assert csv_table.read_as(text, reading)[0].names == ("day", "x")


def test_a_date_among_numbers_is_named_as_one() -> None:
    assert refusal("x,y\n1,2\n2024-01-05,3\n").endswith("found “2024-01-05”; a date is no number")


def test_cells_with_their_places_are_refused_by_a_sentence() -> None:
    assert refusal("1 1:0.5 2:0.3\n-1 1:0.2 7:1e-3 # last\n").startswith(
        "The cells stand as place:number (1:0.5)"
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2019,2020,2021\n1.5,2.5,3\n", ("x2019", "x2020", "x2021")),
        ("city,2019,2020\nA,1,2\nB,3,4\nA,5,6\n", ("city", "x2019", "x2020")),
        ("1990;2000;2010\n0,5;1;2\n", ("x1990", "x2000", "x2010")),
        ("0,1,2\n0.5,0.25,1.5\n", ("x0", "x1", "x2")),
        (",0,1,2\n0,0.5,1,2\n1,3,4,5\n", ("x0", "x1", "x2")),
    ],
)
def test_years_and_counted_columns_in_the_first_row_are_names(text: str, names: tuple[str, ...]) -> None:
    table, told = csv_table.read_and_tell(text.encode())
    assert table.names == names
    assert any(line.startswith("the numbers in the first row name the columns: x") for line in told)
    as_data = replace(table_reading.assume(text), named=False)
    assert len(first_rows(text, as_data, 9).rows) == table.rows + 1


@pytest.mark.parametrize(
    "text",
    ["2019,2020\n2021,2022\n", "1,2,3\n4,5,6\n", "2019,7\n2020,8\n", "2020,2019\n1,2", "0,1\n0.5,1\n"],
)
def test_numbers_that_go_on_below_are_data(text: str) -> None:
    assert csv_table.read(text.encode()).names[0] == "x1"


def test_rows_with_gaps_are_kept_with_missing_cells_where_that_is_chosen() -> None:
    text = "x,y\n1,2\n,3\n4,NA\n5,6\n"
    assert csv_table.read(text.encode()).columns == (("x", (1.0, 5.0)), ("y", (2.0, 6.0)))
    table, told = csv_table.read_as(text, Reading(gaps="keep"))
    assert table == Table("", (("x", (1.0, math.nan, 4.0, 5.0)), ("y", (2.0, 3.0, math.nan, 6.0))))
    assert told == ["2 rows with gaps are kept: rows 2, 3 of the data (rows 3, 4 of their file)"]
    table, told = csv_table.read_as("x,y\n1,\n,2\n", Reading(gaps="keep"))
    assert (table.rows, told) == (
        2,
        ["2 rows with gaps are kept: rows 1, 2 of the data (rows 2, 3 of their file)"],
    )
    told = csv_table.read_as("1,2\n,3\n4,5\n", replace(Reading(gaps="keep"), named=False))[1]
    assert told[-1] == "1 row with a gap is kept: row 2"  # both count alike: said once


# --- letters that are no Unicode
OLD = "Größe;Gewicht;t\n1,5;2;süß\n2,5;3;salzig\n3,5;1;süß\n".encode("windows-1252")


def test_a_table_that_is_no_unicode_is_read_and_its_letters_are_told() -> None:
    table, told = csv_table.read_and_tell(OLD)
    assert table.names == ("Größe", "Gewicht", "t")
    assert table.column("Größe").tolist() == [1.5, 2.5, 3.5]
    assert told[0] == "it is no UTF-8, and its letters are taken for Western European (Windows-1252)"
    cyrillic = "Вес,Рост\n1,2\n3,4\n".encode("windows-1251")
    assert csv_table.read_and_tell(cyrillic, encoding="windows-1251")[0].names == ("Вес", "Рост")
    assert csv_table.read_and_tell(cyrillic)[0].names == ("Âåñ", "Ðîñò")
    told = csv_table.read_and_tell("Größe,t\n1,2\n".encode(), encoding="windows-1250")[1]
    assert told == ["an encoding means nothing for Unicode"]


@pytest.mark.parametrize("before", ENCODINGS)
@pytest.mark.parametrize("after", ENCODINGS)
def test_letters_taken_for_others_lose_nothing(before: str, after: str) -> None:
    data = bytes(range(256))
    read = table_letters.as_in(data, before)
    assert table_letters.in_other(read, before, after) == table_letters.as_in(data, after)
    assert table_letters.in_other(table_letters.as_in(data, after), after, before) == read


def test_a_table_knows_where_its_rows_stand_in_the_file() -> None:
    table = csv_table.read(b"a title\nx,t\n1,2\n2,\n3,4\n\n0,5\n")
    assert [table.called(row) for row in range(3)] == [
        "row 1 of the data (row 3 of its file)",
        "row 2 of the data (row 5 of its file)",
        "row 3 of the data (row 7 of its file)",
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_the_mark_at_its_start(encoding: str) -> None:
    assert csv_table.read("x,t\n1,2\n2,4\n".encode(encoding)).column("t").tolist() == [2, 4]
