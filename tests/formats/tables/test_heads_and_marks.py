"""Tables with several rows of names, marks behind numbers, columns in blocks, and rows for testing."""

from __future__ import annotations

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats import kinds
from nodegraph.formats.tables import csv_table

Read = dict[str, tuple[float, ...]]


def told_and_read(text: str) -> tuple[Read, list[str]]:
    table, told = csv_table.read_and_tell(text.encode())
    return {name: tuple(map(float, numbers)) for name, numbers in table.columns}, told


@pytest.mark.parametrize(
    ("head", "names", "told"),
    [
        (
            "Time\tVoltage\ns\tV\n\tProbe 1\n",
            ["Time", "Voltage"],
            ["the second row of names (s, V) is left out", "the third row of names (Probe 1) is left out"],
        ),
        (
            "A\tB\nTime\tVoltage\ns\tV\nrun 1\trun 1\n",
            ["A", "B"],
            [
                "the second row of names (Time, Voltage) is left out",
                "the third row of names (s, V) is left out",
                "the fourth row of names (run 1, run 1) is left out",
            ],
        ),
        (
            "size\tsize\nmin\tmax\ncm\tcm\n",
            ["size min", "size max"],
            ["the names stand in two rows", "the third row of names (cm, cm) is left out"],
        ),
        (
            "size\tsize\nouter\touter\nmin\tmax\n",
            ["size outer min", "size outer max"],
            ["the names stand in three rows"],
        ),
    ],
)
def test_rows_of_names_units_and_remarks_stand_above_the_data(
    head: str, names: list[str], told: list[str]
) -> None:
    read, said = told_and_read(f"{head}0\t1.5\n1\t1.6\n2\t1.7\n")
    assert list(read.values()) == [(0, 1, 2), (1.5, 1.6, 1.7)]
    assert list(read) == names
    assert set(told) <= set(said)


@pytest.mark.parametrize("rule", ["", "-" * 54 + "\n"])
def test_a_name_of_two_words_shifts_no_column(rule: str) -> None:
    read, _ = told_and_read(
        "                 coef    std err          t      P>|t|\n"
        f"{rule}const         5.2426      9.771      0.537      0.592\n"
        "x1           -0.0401      0.145     -0.275      0.783\n"
    )
    assert read["coef"] == (5.2426, -0.0401)
    assert read["std err"] == (9.771, 0.145)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0\n", ["x1", "x2"]),
        ("{{1, 2}, {3, 4}}\n", ["x1", "x2"]),
        ("# name: A\n# type: matrix\n# rows: 2\n 1 2\n 3 4\n", ["x1", "x2"]),
        ("#WDIR WSPD\n#degT m/s\n1 2\n3 4\n", ["WDIR", "WSPD"]),
        ("a,b\n1*^0,2\n3,0.4*^1\n", ["a", "b"]),
        ("a,b\n0.1 E1,20 E-1\n0.3 E1,40 E-1\n", ["a", "b"]),
        ("a | b\n1 | 2\n3 | 4\n", ["a", "b"]),
        ("a\tb\n1\t2\n3\t4\n7\t: \n\\N\t8\n", ["a", "b"]),
    ],
)
def test_what_other_programs_print_keeps_its_first_column_and_names(text: str, names: list[str]) -> None:
    assert told_and_read(text)[0] == dict(zip(names, [(1, 3), (2, 4)], strict=True))


def test_a_negative_is_0_and_a_positive_1() -> None:
    read, told = told_and_read("x,label\n1,positive\n2,negative\n3,positive\n")
    assert read["label"] == (1, 0, 1)
    assert "in column “label” negative = 0, positive = 1" in told


def test_years_below_other_rows_of_words_name_the_columns() -> None:
    read, _ = told_and_read(
        '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-01-01",\n\n'
        '"Country Name","Code","1960","1961",\n"Aruba","ABW","5","6",\n"Chad","TCD","1","2",\n'
    )
    assert read["x1960"] == (5, 1)
    assert read["x1961"] == (6, 2)


def test_a_printout_whose_columns_go_on_below_beside_other_rows_is_refused_with_what_to_do() -> None:
    with pytest.raises(DocumentError, match="save the table with to_csv"):
        told_and_read("     a    b  \\\n0  1.0  2.0   \n1  3.0  4.0   \n\n     c  \n0  5.0  \n2  6.0  \n")


def test_a_number_with_its_uncertainty_may_have_an_exponent() -> None:
    assert told_and_read("x,y\n1.23(4)e-5,1\n2.5(1)e-5,2\n")[0]["x"] == (1.23e-5, 2.5e-5)


def test_a_mark_behind_a_number_is_left_out_and_told() -> None:
    read, told = told_and_read('x,p\n1,12.5*\n2,13\n3,"1,234[a]"\n')
    assert read["p"] == (12.5, 13, 1234)
    assert told[0] == "12.5* is read as 12.5"


@pytest.mark.parametrize("bound", ["<0.01", ">100", "< 5 %", "<LOD", "≤ 3"])
def test_a_bound_is_a_gap_and_told_with_what_to_write(bound: str) -> None:
    read, told = told_and_read(f"x,p\n1,0.4\n2,{bound}\n3,0.5\n")

    assert read == {"x": (1, 3), "p": (0.4, 0.5)}
    assert told == [
        f"{bound} (row 3, column “p”) is a bound, not a number, and read as a gap; to use its row, write a "
        "number there",
        "1 row with a gap is left out: row 3",
    ]


def test_bounds_that_are_all_a_column_holds_are_classes() -> None:
    read, told = told_and_read("age,x\n<18,1\n>=18,2\n<18,3\n>=18,4\n")

    assert read["age"] == (0, 1, 0, 1)
    assert told == ["in column “age” <18 = 0, >=18 = 1"]


def test_letters_behind_some_numbers_are_flags_and_told() -> None:
    text = "geo\\TIME_PERIOD\t2019 \t2020 \nAT\t44780 \t42540 p\nBE\t: \t41510 b\nDE\t1 bp\t: c\nFR\t2 \t3 \n"
    read, told = told_and_read(text)

    assert read == {"x2019": (44780, 2), "x2020": (42540, 3)}
    assert "the letters behind numbers are left out: 1 bp (row 4, column “x2019”)" in told
    assert "2 rows with gaps are left out: rows 3, 4" in told


def test_units_that_differ_are_no_flags() -> None:
    with pytest.raises(DocumentError, match="expected a number of s as above, found “3 d”"):
        told_and_read("g,y\nA,5 s\nB,4 s\nC,5 s\nD,3 d\n")


def test_a_number_that_is_not_quite_so_is_read_and_told() -> None:
    read, told = told_and_read("x,y\n1,~5\n2,ca. 6\n3,about 7\n4,8\n")

    assert read["y"] == (5, 6, 7, 8)
    assert told == ["~5 is read as 5", "ca. 6 is read as 6", "about 7 is read as 7"]


@pytest.mark.parametrize(
    "text",
    ["[[0 1 ... 8 9]\n [2 3 ... 4 5]]\n", "   a  b  ...  y  z\n0  0  1  ...  8  9\n1  2  3  ...  4  5\n"],
)
def test_a_column_of_dots_is_told(text: str) -> None:
    read, told = told_and_read(text)
    assert list(read.values()) == [(0, 2), (1, 3), (8, 4), (9, 5)]
    assert "a column of dots stands for columns that this printout does not hold" in told


@pytest.mark.parametrize(
    "text",
    [
        "A =\n\n  Columns 1 through 3\n\n    1     2    3\n    4     5    6\n\n  Column 4\n\n   7\n   8\n\n",
        " Columns 1 through 3:\n\n   1   2   3\n   4   5   6\n\n Column 4:\n\n   7\n   8\n\n",
        " Columns 1 and 2:\r\n\r\n  1 2\r\n  4 5\r\n\r\n Columns 3 and 4:\r\n\r\n  3 7\r\n  6 8\r\n",
    ],
)
def test_columns_printed_below_each_other_stand_beside_each_other(text: str) -> None:
    read, _ = told_and_read(text)
    assert list(read.values()) == [(1, 4), (2, 5), (3, 6), (7, 8)]
    assert (kinds.name_of(text.encode()) or ("",))[0] == "a table"


@pytest.mark.parametrize(
    "text",
    [
        "A =\n\n  Columns 1 through 2\n\n  1 2\n  3 4\n\n  Column 3\n\n  5\n",
        "A =\n\n   1.0e+03 *\n\n  Columns 1 through 2\n\n  1 2\n  3 4\n\n  Column 3\n\n  5\n  6\n",
    ],
)
def test_blocks_that_do_not_tell_their_numbers_are_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="MATLAB printed"):
        told_and_read(text)


@pytest.mark.parametrize(
    "column",
    [
        "split,train,train,test",
        "Satz,Training,Validierung,Test",
        "Jeu,apprentissage,validation,test",
        "Set,Train,Validation,Train",
        "is_train,True,True,False",
        "is_test,0,0,1",
    ],
)
def test_rows_that_are_for_testing_are_told_of(column: str) -> None:
    name, *cells = column.split(",")
    _, told = told_and_read(f"x,{name}\n" + "".join(f"{place},{cell}\n" for place, cell in enumerate(cells)))
    assert any(one.startswith(f"the column “{name}” says which rows are for testing") for one in told)


def test_the_rows_that_are_for_testing_are_1_in_whichever_order_they_come() -> None:
    text = "x,split\n1,test\n2,train\n3,Val\n"
    table, told = csv_table.read_and_tell(text.encode())
    assert dict(table.columns)["split"] == (1, 0, 1)
    assert table.held_by == "split"
    assert told == ["the column “split” says which rows are for testing (train = 0, test and Val = 1)"]
    gap, said = csv_table.read_and_tell(b"x,split\n1,test\n2,\n3,train\n", needed={"x"})
    assert dict(gap.columns) == {"x": (1, 3), "split": (1, 0)}
    assert "1 row with a gap is left out: row 3" in said
    assert csv_table.read(b"x,is_test\n1,0\n2,1\n").held_by == "is_test"
    assert csv_table.read(b"x,split\n1,test\n2,test\n").held_by == ""


@pytest.mark.parametrize("column", ["test,80,90,70", "split,0.1,0.2,0.3", "day,train,car,train"])
def test_other_columns_are_no_such(column: str) -> None:
    name, *cells = column.split(",")
    _, told = told_and_read(f"x,{name}\n" + "".join(f"{place},{cell}\n" for place, cell in enumerate(cells)))
    assert not any("testing" in one for one in told)


def test_a_number_that_people_write_for_a_gap_is_told_of() -> None:
    read, told = told_and_read("x,t\n1,-999\n2,3\n3,4\n4,-999\n")
    assert read["t"] == (-999, 3, 4, -999)
    said = "-999 in column “t” (row 2) is read as a number; if it stands for a gap, leave such cells empty"
    assert said in told


@pytest.mark.parametrize("cells", ["34,-99,41,29", "-999,1200,0,3500"])
def test_such_a_number_is_told_of_where_it_is_the_only_one_below_0(cells: str) -> None:
    _, told = told_and_read("age\n" + cells.replace(",", "\n") + "\n")
    assert any("if it stands for a gap" in one for one in told)


@pytest.mark.parametrize("cells", ["-999,-500,3", "-99,-98,-97", "9998,9999,10000", "1,2,3"])
def test_such_a_number_among_others_like_it_is_none(cells: str) -> None:
    _, told = told_and_read("t\n" + cells.replace(",", "\n") + "\n")
    assert not any("gap" in one for one in told)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Temp,Pressure\nC,hPa\n21.5,1013.2\nErr,1013.0\n22.0,1012.5\n", 4),
        (
            "Time;Temp;Pressure\n;°C;hPa\n12:00;21,5;1013,2\n12:10;---;1013,0\n12:20;Err;1012,8\n12:30;22;1\n12:40;22;1\n",
            5,
        ),
        ("t,U\ns,V\n,Avg\n0,1\n1,Err\n2,3\n", 5),
    ],
    ids=("units", "no unit of times", "units and remarks"),
)
def test_a_stray_word_among_numbers_is_found_below_a_row_of_units(text: str, row: int) -> None:
    with pytest.raises(DocumentError, match=f"row {row}, column .*found “Err”"):
        csv_table.read(text.encode())


def test_a_word_that_stands_among_the_numbers_again_is_no_unit() -> None:
    with pytest.raises(DocumentError, match="row 2, column “x”: expected a number, found “low”"):
        csv_table.read(b"x,y\nlow,high\n1,2\nlow,3\n4,5\n6,high\n")


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_a_blank_between_a_number_and_its_unit_parts_no_cells_where_another_sign_does(sign: str) -> None:
    rows = ["Voltage U;Current I", "1.0 V;0.10 A", "2.0 V;0.21 A", "3.0 V;0.29 A"]
    text = "\n".join(rows).replace(";", sign)
    table, told = csv_table.read_and_tell(text.encode())
    assert table.columns == (("Voltage U", (1.0, 2.0, 3.0)), ("Current I", (0.1, 0.21, 0.29)))
    assert "the unit V in column “Voltage U” is left out" in told
    mixed = text.replace("3.0 V", "3 kV")
    with pytest.raises(DocumentError, match="write all in the same unit"):
        csv_table.read_and_tell(mixed.encode())


def test_a_reading_that_arduino_prints_as_nan_is_a_gap_and_units_behind_readings_are_told() -> None:
    table, told = csv_table.read_and_tell(b"Temp:23.50,Hum:41.20\nTemp:nan,Hum:nan\nTemp:23.80,Hum:40.70\n")
    assert table.columns == (("Temp", (23.5, 23.8)), ("Hum", (41.2, 40.7)))
    assert any("1 row with a gap is left out" in one for one in told)
    table, told = csv_table.read_and_tell("Temp: 23.50 °C, Hum: 41.2 %\nTemp: 23.70 °C, Hum: 41 %\n".encode())
    assert table.columns == (("Temp", (23.5, 23.7)), ("Hum", (0.412, 0.41)))
    assert "the unit °C in column “Temp” is left out" in told
    with pytest.raises(DocumentError, match="found “ovf”"):
        csv_table.read_and_tell(b"a:1,b:ovf\na:2,b:3\n")
