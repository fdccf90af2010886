"""Data frames as R, Julia, Stata, SAS and MATLAB print them, and what Arduino logs, are read as tables."""

from __future__ import annotations

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats import kinds
from nodegraph.formats.tables import csv_table

R_BLOCKS = """  Sepal.Length Sepal.Width
1          5.1         3.5
2          4.9         3.0
  Petal.Width Species
1         0.2  setosa
2         0.4  virginica
"""
R_NAMED_ROWS = """                mpg cyl
Mazda RX4      21.0   6
Mazda RX4 Wag  21.0   4
                disp  hp
Mazda RX4        160 110
Mazda RX4 Wag    170  93
"""
R_MATRIX = "     [,1] [,2]\n[1,]    1    4\n[2,]    2    5\n     [,3]\n[1,]    7\n[2,]    8\n"
PANDAS = "   a  b  \\\n0  1  2   \n1  3  4   \n\n   c  \n0  5  \n1  6  \n"
JULIA = """3×2 DataFrame
 Row │ name     x
     │ String?  Float64
─────┼──────────────────
   1 │ Ann B        0.5
   2 │ Cy           1.0
   3 │ Ann B        1.5
"""
STATA = """     +---------------------------+
     | make           price   mpg |
     |---------------------------|
  1. | AMC Concord    4,099    22 |
  2. | Buick          4,749    17 |
     |---------------------------|
  3. | Buick         13,799    22 |
     +---------------------------+
"""
SAS = """             The SAS System       1

  Obs    Height    Age

   1      69.0     14
   2      56.5     13
"""
MATLAB = """T =

  2×2 table

      Name       Age
    _________    ___

    {'Ann B'}    38
    {'Cy'   }    43

"""


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (R_BLOCKS, {"Sepal.Length": (5.1, 4.9), "Sepal.Width": (3.5, 3), "Petal.Width": (0.2, 0.4)}),
        (R_NAMED_ROWS, {"mpg": (21, 21), "cyl": (6, 4), "disp": (160, 170), "hp": (110, 93)}),
        (R_MATRIX, {"V1": (1, 2), "V2": (4, 5), "V3": (7, 8)}),
        ("     x y\n[1,] 1 4\n[2,] 2 5\n", {"x": (1, 2), "y": (4, 5)}),
        (" [1] 1.5 2.5\n[10] 3.5\n", {"x1": (1.5, 2.5, 3.5)}),
        (PANDAS, {"a": (1, 3), "b": (2, 4), "c": (5, 6)}),
        (JULIA, {"name": (0, 1, 0), "x": (0.5, 1, 1.5)}),
        (STATA, {"make": (0, 1, 1), "price": (4099, 4749, 13799), "mpg": (22, 17, 22)}),
        (SAS, {"Height": (69, 56.5), "Age": (14, 13)}),
        (MATLAB, {"Age": (38, 43)}),
        ("       x      y\n   <num> <char>\n1:     1      a\n2:     2      b\n", {"x": (1, 2), "y": (0, 1)}),
        ("0    1.5\n1    2.5\nName: x, dtype: float64\n", {"x": (1.5, 2.5)}),
        ("0    1.5\n1    2.5\ndtype: float64\n", {"x1": (0, 1), "x2": (1.5, 2.5)}),
        ("A =\n\n    1.5    2.0\n    3.0   -4.0\n\n", {"x1": (1.5, 3), "x2": (2, -4)}),
        ("+---+---+\n| x | y |\n+===+===+\n| 1 | 2 |\n+---+---+\n| 3 | 4 |\n", {"x": (1, 3), "y": (2, 4)}),
        ("stars,y\n***,1\n****,2\n***,3\n", {"stars": (0, 1, 0), "y": (1, 2, 3)}),
    ],
)
def test_a_printed_frame_is_a_table(text: str, columns: dict[str, tuple[float, ...]]) -> None:
    read = dict(csv_table.read(text.encode()).columns)
    assert columns.items() <= read.items()
    assert read.keys() - columns.keys() <= {"Species", "Name"}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("temp:23.5,hum:40\ntemp:23.6,hum:41\n", {"temp": (23.5, 23.6), "hum": (40, 41)}),
        ("x=1 y=2\nx=3 y=4\n", {"x": (1, 3), "y": (2, 4)}),
        ("T: 23.5, H: 40\nT: 23.6, H: 41\n", {"T": (23.5, 23.6), "H": (40, 41)}),
        ("Sensor value: 512\nSensor value: 498\n", {"Sensor value": (512, 498)}),
        ("x:1,y:2\nx:3,y:\nx:5,y:6\n", {"x": (1, 5), "y": (2, 6)}),
        ("06:00:00.000 -> 5,6\n06:00:36.000 -> 7,8\n", {"x1": (6, 6.01), "x2": (5, 7), "x3": (6, 8)}),
        ("06:00:00.000 -> a\tb\n06:00:36.000 -> 7\t8\n", {"time": (6.01,), "a": (7,), "b": (8,)}),
        ("06:00:00.000 -> t:5\n06:00:36.000 -> t:7\n", {"time": (6, 6.01), "t": (5, 7)}),
    ],
)
def test_what_arduino_logs_is_a_table(text: str, columns: dict[str, tuple[float, ...]]) -> None:
    assert dict(csv_table.read(text.encode()).columns) == columns


def test_rows_of_two_dots_stand_for_rows_that_are_left_out() -> None:
    text = "     x   y\n0    1   2\n..  ..  ..\n98  99  100\n\n[99 rows x 2 columns]\n"
    table, told = csv_table.read_and_tell(text.encode())
    assert dict(table.columns) == {"x": (1, 99), "y": (2, 100)}
    assert "a row of dots (row 3) stands for rows that this printout does not hold" in told


def test_stars_among_numbers_are_a_gap() -> None:
    table, told = csv_table.read_and_tell(b"Year,Jan\n1880,-.20\n1881,***\n1882,.15\n")
    assert dict(table.columns)["Jan"] == (-0.2, 0.15)
    assert told == ["1 row with a gap is left out: row 3"]


def test_what_a_logger_of_campbell_writes_of_itself_is_no_row_of_names() -> None:
    head = '"TOA5","CR1000","CR1000"\n"TIMESTAMP","RECORD","U"\n"TS","RN","Volts"\n"","","Avg"\n'
    text = head + '"2024-01-01 00:00:00",1,12.5\n"2024-01-01 00:10:00",2,12.4\n'
    assert dict(csv_table.read(text.encode()).columns) == {"RECORD": (1, 2), "U": (12.5, 12.4)}


GAP_OF_CAMPBELL = '"TOA5","CR1000"\n"U","I"\n"V","A"\n12.5,1\n"NAN",2\n12.3,3\n'
GAP_OF_JULIA = JULIA.replace("1.0\n", "NaN\n")
GAP_OF_STATA = STATA.replace("13,799    22", "13,799     .")
GAP_OF_SAS = SAS.replace("56.5     13", "  .      13")
GAP_OF_MATLAB = "T =\n\n  3×2 table\n\n    a    b\n    _    ___\n\n    1    38\n    2    NaN\n    3    40\n"
GAP_OF_BLOCKS = "A =\n\n  Columns 1 through 2\n\n  1   2\n  3 NaN\n  5   6\n\n  Column 3\n\n  7\n  8\n  9\n"
GAP_OF_R = "\n" + R_BLOCKS.replace("0.4  virginica", " NA  virginica")
GAP_OF_MATRIX = "A =\n\n     1     2\n     3   NaN\n     5     6\n"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (GAP_OF_CAMPBELL, 5),
        (GAP_OF_JULIA, 6),
        (GAP_OF_STATA, 7),
        (GAP_OF_SAS, 6),
        (GAP_OF_MATLAB, 9),
        (GAP_OF_MATRIX, 4),
        (GAP_OF_BLOCKS, 6),
        (GAP_OF_R, 4),
    ],
    ids=("campbell", "julia", "stata", "sas", "matlab", "matrix", "blocks", "R"),
)
def test_a_row_of_what_a_program_printed_is_told_as_its_line_in_the_file(text: str, row: int) -> None:
    _, told = csv_table.read_and_tell(text.encode())
    assert f"1 row with a gap is left out: row {row}" in told


def test_the_name_of_a_single_column_may_be_several_words() -> None:
    assert dict(csv_table.read(b"Sensor value (V)\n5.12\n4.98\n").columns) == {
        "Sensor value (V)": (5.12, 4.98)
    }


def test_a_summary_of_one_column_keeps_its_name() -> None:
    rows = ("count  3.0", "mean   2.0", "std    1.0", "min    1.0", "25%    1.5", "50%    2.0", "75%    2.5")
    text = "\n".join(["          x", *rows, "max    3.0", ""])
    assert csv_table.read(text.encode()).names == ("x",)


def test_names_and_rules_in_marks_of_markdown_are_read() -> None:
    table, told = csv_table.read_and_tell(
        b"| **x** | *y* | `z` |\n|:-:|:-:|--|\n| 1 | 2 | 5 |\n| 3 | 4 | 6 |\n"
    )
    assert dict(table.columns) == {"x": (1, 3), "y": (2, 4), "z": (5, 6)}
    assert not any("second row" in one for one in told)


def test_minutes_and_seconds_with_a_fraction_are_times_and_may_have_units() -> None:
    text = "'Elapsed time','MLII'\n'hh:mm:ss.mmm','mV'\n'0:00.000',0.1\n'0:36.000',0.2\n"
    assert dict(csv_table.read(text.encode()).columns) == {"Elapsed time": (0, 0.01), "MLII": (0.1, 0.2)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Freq.\tV(out)\n10\t(-1.0e-02dB,-1.0e+00°)\n100\t(-2.0e-02dB,-2.0e+00°)\n",
            "“(-1.0e-02dB,-1.0e+00°)”, which is complex; write its real and its imaginary part into columns",
        ),
        ("1+2i,3\n4+5i,6\n", "“1+2i”, which is complex; write its real and its imaginary part into columns"),
        ("'data.frame':\t3 obs. of  2 variables:\n $ x: num  1 2 3\n $ y: num  4 5 6\n", "write.csv"),
        ("x,y\n1,=A2*2\n3,=A3*2\n", "found the formula “=A2*2”; save the table with its values"),
        ("a:1,b:2\na:3,c:4\n", "row 2: expected a:…, b:…"),
        (
            "       x              y      \n Min.   :1.00   Min.   :2.0  \n 1st Qu.:1.50   1st Qu.:3.0  \n"
            " Median :2.00   Median :4.0  \n",
            "summary",
        ),
        ("  Length:3           Min.   :1.0  \n  Class :character   1st Qu.:1.5  \n", "summary"),
        (
            "   Min. 1st Qu.  Median    Mean 3rd Qu.    Max. \n  1.0    1.5    2.0    2.0    2.5    3.0 \n",
            "summary",
        ),
        ("structure(list(x = c(1, 2), y = c(3, 4)), row.names = 1:2)\n", "write.csv"),
        ("{'x': [1, 2], 'y': [3, 4]}\n", "Python dictionary"),
        ("- x: 1\n  y: 2\n- x: 3\n  y: 4\n", "YAML"),
        (JULIA + "  2 columns and 9 rows omitted\n", "leaves columns out"),
    ],
)
def test_what_is_no_table_says_what_to_do(text: str, said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        csv_table.read(text.encode())
    assert said in str(caught.value)


def test_a_frame_of_julia_tells_of_rows_that_it_leaves_out() -> None:
    text = JULIA.replace("   2 │ Cy           1.0", "  ⋮  │   ⋮         ⋮") + "     9 rows omitted\n"
    table, told = csv_table.read_and_tell(text.encode())
    assert dict(table.columns)["x"] == (0.5, 1.5)
    assert any("a row of dots" in said for said in told)


def test_a_list_of_records_in_yaml_is_no_document() -> None:
    assert kinds.name_of(b"- x: 1\n  y: 2\n- x: 3\n  y: 4\n") == ("a YAML file", kinds._NO_GRAPH)


def test_the_summaries_of_several_groups_are_rows_of_a_table() -> None:
    text = "   Min. 1st Qu. Median\na  1.0     1.5    2.0\nb  2.0     2.5    3.0\n"
    assert dict(csv_table.read(text.encode()).columns)["Median"] == (2, 3)
