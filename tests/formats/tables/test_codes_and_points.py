"""Codes and dates of digits alone, thousands beside hundreds, points in brackets, and what reports print."""

from __future__ import annotations

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats.tables import csv_table


def told_and_read(text: str) -> tuple[dict[str, tuple[float, ...]], list[str]]:
    table, told = csv_table.read_and_tell(text.encode())
    return dict(table.columns), told


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("10115,01234,02139", "01234 in column “c” is read as 1234"),
        ("001,002,003", "001 in column “c” is read as 1"),
        ("5,9007199254740993,7", "9007199254740993 in column “c” is read as 9007199254740992"),
        ("20240101,20240102", "the dates in column “c” are read as numbers: 20240101"),
        ("202401011530,202401011540", "the dates in column “c” are read as numbers: 202401011530"),
    ],
)
def test_digits_that_are_less_as_numbers_are_told_of(cells: str, said: str) -> None:
    rows = "".join(f"{cell},{place}\n" for place, cell in enumerate(cells.split(",")))
    assert told_and_read(f"c,y\n{rows}")[1] == [said]


@pytest.mark.parametrize(
    "cells", ["05,10,15", "0,1,2", "0.5,00.5,1", "20241301,20240102", "1e20,5", "007.5,8"]
)
def test_of_other_digits_nothing_is_told(cells: str) -> None:
    rows = "".join(f"{cell},{place}\n" for place, cell in enumerate(cells.split(",")))
    assert told_and_read(f"c,y\n{rows}")[1] == []


@pytest.mark.parametrize(("code", "at"), [("01234", 150), ("9007199254740993", 150), ("01234", 3)])
def test_codes_are_told_of_far_below_in_a_large_even_table_too(code: str, at: int) -> None:
    rows = "".join(f"{0.5 + place},{code if place == at else 10000 + place}\n" for place in range(3000))
    said = f"{code} in column “zip” is read as {int(float(code))}"
    read, told = told_and_read(f"x,zip\n{rows}")
    assert told == [said]
    assert len(read["x"]) == 3000


@pytest.mark.parametrize(
    "text",
    [
        "city\tpeople\nA\t1,234\nB\t2,345\nC\t800\n",
        "city\tpeople\nA\t1,234[2]\nB\t2,345[3]\nC\t800\n",
        "| city | people |\n|---|---|\n| A | 1,234 |\n| B | 2,345 |\n| C | 800 |\n",
        "city\tpeople\nA\t1,234 km\nB\t2,345 km\nC\t800 km\n",
    ],
)
def test_a_comma_beside_hundreds_parts_thousands(text: str) -> None:
    assert told_and_read(text)[0]["people"] == (1234, 2345, 800)


@pytest.mark.parametrize("sign", ["\t", ";"])
def test_a_comma_in_measures_parts_no_cells(sign: str) -> None:
    rows = ["city\twide", "A\t1,5 km", "B\t2,5 km", "C\t8,1 km", ""]
    assert told_and_read("\n".join(rows).replace("\t", sign))[0] == {"wide": (1.5, 2.5, 8.1)}


def test_a_tab_may_stand_behind_each_comma() -> None:
    assert told_and_read("x,\ty\n1,\t2\n3,\t4\n")[0] == {"x": (1, 3), "y": (2, 4)}


@pytest.mark.parametrize("last", ["0,8", "5", "1,5"])
def test_a_comma_beside_other_numbers_is_that_of_decimals(last: str) -> None:
    read, _ = told_and_read(f"city\tx\nA\t1,234\nB\t2,345\nC\t{last}\n")
    assert read["x"][:2] == (1.234, 2.345)


@pytest.mark.parametrize(
    "text",
    [
        "(1, 2.5)\n(3, 4.5)\n", "(1,2.5)\n(3,4.5)\n", "A(1|2,5)\nB(3|4,5)\n",
        "P1 = (1; 2.5)\nP2 = (3; 4.5)\n",
        "[1, 2.5],\n[3, 4.5]\n", "{1, 2.5},\n{3, 4.5}\n", "double a[2][2] = {{1, 2.5}, {3, 4.5}};\n",
        '"1;2,5"\n"3;4,5"\n',
    ],
)  # fmt: skip
def test_points_are_read_as_people_write_them(text: str) -> None:
    assert told_and_read(text)[0] == {"x1": (1, 3), "x2": (2.5, 4.5)}


def test_brackets_around_single_numbers_stay_those_of_bookkeepers() -> None:
    assert told_and_read("(1.5)\n(3)\n")[0] == {"x1": (-1.5, -3)}


@pytest.mark.parametrize("text", ['"x,y"\n"1,2"\n"3,4"\n', '"x;y"\r\n"1;2"\r\n"3;4"\r\n'])
def test_rows_that_stand_whole_in_quotation_marks_are_read(text: str) -> None:
    assert told_and_read(text)[0] == {"x": (1, 3), "y": (2, 4)}


def test_a_name_with_a_comma_above_decimals_in_quotation_marks_stays_one_column() -> None:
    assert told_and_read('"Length, cm"\n"1,5"\n"2,5"\n')[0] == {"Length, cm": (1.5, 2.5)}


@pytest.mark.parametrize(
    ("text", "numbers"), [('"1,5"\n"2,5"\n"3,25"\n', (1.5, 2.5, 3.25)), ('"1,234"\n"2,345"\n', (1234, 2345))]
)
def test_numbers_alone_in_quotation_marks_stay_one_column(text: str, numbers: tuple[float, ...]) -> None:
    assert told_and_read(text)[0] == {"x1": numbers}


REPORT = """              precision    recall  f1-score   support

           0       0.90      0.80      0.85        10
           1       0.70      0.85      0.77         7

    accuracy                           0.82        17
   macro avg       0.80      0.82      0.81        17
weighted avg       0.82      0.82      0.82        17
"""


def test_the_averages_of_a_report_of_scikit_learn_are_no_rows() -> None:
    read, told = told_and_read(REPORT)
    assert read["recall"] == (0.8, 0.85)
    assert "what stands below the table is left out (rows 7, 8)" in told


def test_the_index_of_pandas_below_names_in_levels_names_the_rows() -> None:
    read, told = told_and_read("g,a,a,b\ns,mean,std,mean\nid,,,\n0,1,0.1,2\n1,1.5,0.2,2.5\n2,2,0.3,3\n")
    assert read == {"a mean": (1, 1.5, 2), "a std": (0.1, 0.2, 0.3), "b mean": (2, 2.5, 3)}
    assert "the first column only names the rows and is left out" in told
    origin = "t,U,I\ns,V,A\nrun,,\n0,1,0.1\n1,1.5,0.2\n2,1.7,0.3\n"
    assert told_and_read(origin)[0]["t"] == (0, 1, 2), "no names in levels"


def test_a_summary_whose_numbers_come_again_is_no_row_of_names() -> None:
    text = """              x         y
count  3.000000  3.000000
mean   2.000000  4.000000
std    1.000000  2.000000
min    1.000000  2.000000
25%    1.500000  3.000000
50%    2.000000  4.000000
75%    2.500000  5.000000
max    3.000000  6.000000
"""
    read, told = told_and_read(text)
    assert read["x"] == (3, 2, 1, 1, 1.5, 2, 2.5, 3)
    assert "the rows look like a summary of other data: count, mean, std, …" in told


def test_how_many_rows_a_database_selected_is_no_row() -> None:
    read, told = told_and_read(
        "  ID          X\n---- ----------\n   1        1.5\n   2        2.5\n\n2 rows selected.\n"
    )
    assert read == {"ID": (1, 2), "X": (1.5, 2.5)}
    assert "what stands below the table is left out (row 6)" in told


def test_objects_of_javascript_are_named() -> None:
    with pytest.raises(DocumentError, match="objects of JavaScript"):
        csv_table.read(b"const data = [{x: 1, y: 2}, {x: 3, y: 4}];\n")


@pytest.mark.parametrize("above", ["Experiment 7, run 2\n\n", "rate=100,range=5\n", "rate: 100,range: 5\n"])
def test_words_above_the_names_may_have_as_many_commas(above: str) -> None:
    read, told = told_and_read(f"{above}Time,Volt\n0,1.5\n1,2.5\n")
    assert read == {"Time": (0, 1), "Volt": (1.5, 2.5)}
    assert "what stands above the table is left out (row 1)" in told


@pytest.mark.parametrize("text", ["t,U\n\ns,V\n0,1\n1,2\n", "t,U\n# in\nsec,Volt\n0,1\n1,2\n"])
def test_units_a_line_below_the_names_are_none(text: str) -> None:
    assert told_and_read(text)[0] == {"t": (0, 1), "U": (1, 2)}


def test_bars_part_cells_of_which_some_hold_commas() -> None:
    read, _ = told_and_read("id|x|name\n1|1.5|a,b\n2|2.5|c,d\n(2 rows)\n")
    assert (read["id"], read["x"]) == ((1, 2), (1.5, 2.5))


def test_thousands_of_a_measure_may_stand_apart() -> None:
    assert told_and_read("n\tm\n1\t1 234 km\n2\t12 345 km\n3\t800 km\n")[0]["m"] == (1234, 12345, 800)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Umsatz;Stück;Land\n1.200,00 €;150;DE\n1.400,00 €;200;AT\n1.600,00 €;180;CH\n4.200,00 €;530;\n", 5),
        ("x,t\n1.1,10\n2.2,25\n3.3,5\n6.6,40\n", 5),
        ("day,x\n1,0.5\n2,1.5\n3,2.5\n,4.5\n", 5),
    ],
)
def test_a_last_row_of_sums_without_a_name_is_told_of(text: str, row: int) -> None:
    said = f"row {row} holds the sums of those above and is kept; remove it if it is a total"
    assert said in told_and_read(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "x\n1\n2\n3\n6\n",
        "x,t\n1.1,10\n2.2,25\n3.3,5\n6.6,41\n",
        "x,t\n1,1\n2,2\n3,3\n",
        "x,t\n0,0\n0,0\n0,0\n0,0\n",
        "x,t\n1,0\n2,0\n3,0\n6,0\n",
        "x,t\n1e308,1\n1e308,2\n1e308,3\n1,6\n",
    ],
)
def test_of_another_last_row_nothing_is_told(text: str) -> None:
    assert not [said for said in told_and_read(text)[1] if "sums" in said]
