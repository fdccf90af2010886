"""Settings, titles, units and blank rows around the names of a table, and a single column of decimals."""

from __future__ import annotations

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats.tables import csv_table

Read = dict[str, tuple[float, ...]]


def told_and_read(text: str) -> tuple[Read, list[str]]:
    table, told = csv_table.read_and_tell(text.encode())
    return {name: tuple(map(float, numbers)) for name, numbers in table.columns}, told


@pytest.mark.parametrize("above", ["Serial No;12345\n", "Sample rate;100 Hz\n"])
def test_a_setting_above_two_columns_is_not_taken_for_their_names(above: str) -> None:
    read, told = told_and_read(f"{above}U;count\n-3.5;29\n-20.25;26\n31.5;0\n")

    assert read == {"U": (-3.5, -20.25, 31.5), "count": (29, 26, 0)}
    assert told == ["what stands above the table is left out (row 1)"]


def test_a_year_above_two_columns_names_one_of_them() -> None:
    read, _ = told_and_read("Month;2019\n1;5\n2;6\n3;7\n")

    assert read == {"Month": (1, 2, 3), "x2019": (5, 6, 7)}


def test_a_blank_row_amid_quoted_thousands_does_not_end_what_stands_above() -> None:
    rows = [f'{row}, "{row},234,567.5"\n' for row in range(1, 9)]
    read, told = told_and_read("".join(["t, x\n", *rows[:6], "\n", *rows[6:]]))

    assert read == {"t": tuple(range(1, 9)), "x": tuple(row * 1e6 + 234567.5 for row in range(1, 9))}
    assert "blank rows are passed over (row 8)" in told


def test_numbers_above_the_first_row_with_a_comma_are_kept() -> None:
    cells = ["546.94 EUR", "33.18 EUR", "954.09 EUR", "346.02 EUR", "12.50 EUR", "1.75 EUR"]
    thousands = ["2,213.99 EUR", "3,557.72 EUR", "4,807.20 EUR"]
    read, _ = told_and_read("\n".join(["price", *cells, *thousands, ""]))

    assert read == {"price": (546.94, 33.18, 954.09, 346.02, 12.5, 1.75, 2213.99, 3557.72, 4807.2)}


@pytest.mark.parametrize(
    ("text", "name", "numbers"),
    [
        ("n\n-3,846,664.92\n-152,310.15\n384,657.75\n", "n", (-3846664.92, -152310.15, 384657.75)),
        ("x\n-3,108E-09\n6,169E+02\n-1,031E+03\n", "x", (-3.108e-9, 616.9, -1031)),
        ('"id"\n"-6,232e+05"\n"8,700e+06"\n"1,327e-09"\n', "id", (-623200, 8.7e6, 1.327e-9)),
        ("Version 2.1\ncount\n-46,24\n4,64\n35,06\n", "count", (-46.24, 4.64, 35.06)),
        ("Rate;100 Hz\nz\n48,1%\n28,2%\n5,0%\n", "z", (0.481, 0.282, 0.05)),
        ("Taken on 3.5.2024\n\nx\n-3 602 905,19\n208 061,37\n1,05\n", "x", (-3602905.19, 208061.37, 1.05)),
        ("Device: XJ\n\nTitle 1\nx\n60.5\n-25\n7.5\n", "x", (60.5, -25, 7.5)),
        ("price\n[m]\n149\n378\n278\n", "price", (149, 378, 278)),
        ("Run 7\nmass\nmA\n1.5\n2.5\n3.5\n", "mass", (1.5, 2.5, 3.5)),
        ("x;\n1.5;\n2.5;\n3.5;\n", "x", (1.5, 2.5, 3.5)),
    ],
)
def test_a_single_column_is_named_by_the_line_right_above_it(
    text: str, name: str, numbers: tuple[float, ...]
) -> None:
    read, _ = told_and_read(text)

    assert read == {name: numbers}


def test_two_words_above_one_column_are_not_told_apart() -> None:
    with pytest.raises(DocumentError, match="row 2, column “price”: expected a number, found “EUR”"):
        told_and_read("price\nEUR\n149\n378\n278\n")


@pytest.mark.parametrize("units", ["s;V;-", "s;V;", "-;(V);[1]"])
def test_a_column_without_a_unit_has_a_dash_below_its_name(units: str) -> None:
    read, told = told_and_read(f"t;U;n\n{units}\n1;2.5;3\n2;3.5;4\n3;4.5;5\n")

    assert read == {"t": (1, 2, 3), "U": (2.5, 3.5, 4.5), "n": (3, 4, 5)}
    assert told == [f"the second row of names ({', '.join(filter(None, units.split(';')))}) is left out"]


def test_units_in_quotation_marks_stand_below_the_names_amid_settings() -> None:
    names = '"t"\t"U"\n"s"\t"V"\n'
    read, _ = told_and_read(f"Version 2.1\nSerial No\t12345\nDevice: XJ\n\n{names}1\t2.5\n2\t3.5\n3\t4.5\n")

    assert read == {"t": (1, 2, 3), "U": (2.5, 3.5, 4.5)}


def test_a_row_of_gaps_and_a_word_is_no_row_of_units() -> None:
    with pytest.raises(DocumentError, match="row 2, column “U”: expected a number, found “error”"):
        told_and_read("t;U;n\n-;error;-\n1;2.5;3\n2;3.5;4\n")


def test_rows_below_a_blank_line_of_a_markdown_table_are_read_and_a_second_table_is_told() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n"
    read, told = told_and_read(table)
    first, of_two = told_and_read(f"{table}\n| c |\n|---|\n| 5 |\n")

    assert read == first == {"a": (1, 3), "b": (2, 4)}
    assert "blank rows are passed over (row 4)" in told
    assert any("a second table begins in row 7" in said for said in of_two)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_end_in_whichever_way_a_computer_ended_them(end: str) -> None:
    above = ["Taken on 3.5.2024", "Device: XJ", ""]
    read, _ = told_and_read(end.join([*above, "I (mA);class", "-0,25;13", "4,5;67", "-3,75;49", ""]))

    assert read == {"I (mA)": (-0.25, 4.5, -3.75), "class": (13, 67, 49)}


def test_the_signs_of_other_ends_of_lines_end_no_row() -> None:
    read, _ = told_and_read("x,y\n1,2\x0c\n3,4\u2028\n5,6\n")

    assert read == {"x": (1, 3, 5), "y": (2, 4, 6)}


def test_a_column_called_class_makes_no_python_program() -> None:
    read, _ = told_and_read("class Re(z) z\n1 -19.29 3\n2 5.5 4\n")

    assert read == {"class": (1, 2), "Re(z)": (-19.29, 5.5), "z": (3, 4)}
