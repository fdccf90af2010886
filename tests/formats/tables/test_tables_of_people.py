"""Tables as people have them, each read as it is meant with what was assumed told, or refused with advice."""

from __future__ import annotations

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats import kinds
from nodegraph.formats.cells import table_above, table_separators
from nodegraph.formats.tables import csv_table

XY = {"x": (1.5, 3.0), "y": (2.0, 4.0)}


def told_and_read(text: str | bytes) -> tuple[dict[str, tuple[float, ...]], list[str]]:
    data = text.encode() if isinstance(text, str) else text
    table, told = csv_table.read_and_tell(data)
    return dict(table.columns), told


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        csv_table.read(text.encode())
    return str(caught.value)


# --- lines that are no rows
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# run 5\n\nx,y\n1.5,2\n3,4\n", ["rows that begin with # are left out"]),
        ("x,y\n1.5,2\n\n  \n3,4\n", ["blank rows are passed over (row 4)"]),
        ("x,y\n1.5,2\n# 9,9\n3,4\n", ["rows that begin with # are left out"]),
        ('x,y\n1.5,2\n# a "quoted\n3,4\n', ["rows that begin with # are left out"]),
        ("// one\n% two\nx\ty\n1.5\t2\n3\t4\n", ["rows that begin with // or % are left out"]),
        (
            "Measured on Monday\nx;y\n1.5;2\n3;4\n",
            ["what stands above the table is left out (row 1)"],
        ),
        (
            "Report;\n;\nby Ann, Bo;\nx;y\n1.5;2\n3;4\n",
            ["what stands above the table is left out (rows 1 to 3)", "blank rows are passed over (row 2)"],
        ),
        ("x,y\n1.5,2\n3,4\nSource: NOAA\n", ["what stands below the table is left out (row 4)"]),
        ("x;y\n1.5;2\n3;4\nSource: NOAA;\n", ["what stands below the table is left out (row 4)"]),
        ("x,y,\n1.5,2,\n3,4,\n", []),
        ("x;y;;\n1.5;2;;\n3;4;;\n", []),
        ("x,,y\n1.5,,2\n3,,4\n", []),
        ('"sep=,"\nx,y\n1.5,2\n3,4\n', []),
        ("sep=;;\r\nx;y\r\n1.5;2\r\n3;4\r\n", []),
        ("x\ty\r\n1.5\t2\n3\t4\r", []),
        ("x,y\nm,s\n1.5,2\n3,4\n", ["the second row of names (m, s) is left out"]),
        ("x    y   \n---  ---\n1.5  2   \n3    4   \n", ["spaces part the cells"]),
    ],
)
def test_what_is_no_row_is_passed_over_and_told(text: str, told: list[str]) -> None:
    assert told_and_read(text) == (XY, told)


@pytest.mark.parametrize(
    "text",
    [
        "> x;y\n> 1.5;2\n> 3;4\n",
        ">> x;y\r\n>> 1.5;2\r\n>> 3;4",
        "On Monday, Ann wrote:\n\n> > x  y\n> > 1.5  2\n>\n> > 3  4\n",
    ],
)
def test_a_table_in_a_mail_that_another_one_quotes_is_read(text: str) -> None:
    assert told_and_read(text)[0] == XY


def test_a_bound_at_the_start_of_each_row_is_no_mark_of_a_quoted_mail() -> None:
    assert "in column “x1” > = 0" in told_and_read("> 5\n> 6\n")[1]


def test_rows_are_numbered_as_they_stand_in_the_file() -> None:
    assert refusal("# one\n\nx,y\n1,2\n\n# two\n3,abc\n").startswith("row 7, column “y”")
    assert refusal('x,y\n"1\n",2\n3,abc\n').startswith("row 3, column “y”")
    assert refusal("x y\n\n1 2\n3 abc\n").startswith("row 4, column “y”")


@pytest.mark.parametrize("mark", ["#", "//", "%"])
def test_names_behind_a_mark_are_found_among_remarks(mark: str) -> None:
    read, told = told_and_read(f"{mark} made by hand\n{mark} x y\n1.5 2\n3 4\n")
    assert read == XY
    assert told[1] == f"the names stand behind {mark}"


def test_colours_and_a_name_of_one_sign_are_no_remarks() -> None:
    assert told_and_read("colour,x\n#f00,1\n#0f0,2\n#f00,3\n")[0]["colour"] == (0.0, 1.0, 0.0)
    assert told_and_read("#,x,y\n1,1.5,2\n2,3,4\n")[0] == XY


# --- numbers
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"x","y"\n"1,5","2,0"\n"3,0","4"\n', ["decimals have a comma"]),
        ('"x","y"\n"1,234","5"\n', ["1,234 is read as 1234"]),
        ('x,y\n"1,234.50",5\n', ["1,234.50 is read as 1234.5"]),
        ("x;y\n1.234;0,5\n", ["decimals have a comma", "1.234 is read as 1234"]),
        ("x;y\n1.234.567;1\n", ["decimals have a comma", "1.234.567 is read as 1234567"]),
        ("x;y\n1,234;5\n", ["decimals have a comma", "1,234 is read as 1.234, not as 1234"]),
        ("x;y\n1'234,5;1\n", ["decimals have a comma", "1'234,5 is read as 1234.5"]),
        ("x;y\n1\u2009234.5;1\n", ["1\u2009234.5 is read as 1234.5"]),
        ("x;y\n1 234;1\n", ["1 234 is read as 1234"]),
        ('x;y\n"12,34,567.5";1\n', ["12,34,567.5 is read as 1234567.5"]),
        ("x;y\n50%;1\n", ["50% is read as 0.5"]),
        ("x;y\n12,5 %;1\n", ["decimals have a comma", "12,5 % is read as 0.125"]),
        ("x;y\n-$5.00;1\n", ["-$5.00 is read as -5"]),
        ("x;y\n1.200,00 €;1\n", ["decimals have a comma", "1.200,00 € is read as 1200"]),
        ("x;y\n(4);1\n", ["(4) is read as -4"]),
        ("x;y\n1.5D+02;1\n", ["1.5D+02 is read as 150"]),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, told: list[str]) -> None:
    read, said = told_and_read(text)
    assert said == told
    shown = [line.partition(" is read as ")[2].partition(", not")[0] for line in told if " is read " in line]
    assert [f"{read['x'][0]:.10g}"] == shown or not shown


def test_a_sign_that_both_parts_decimals_and_does_not_is_refused() -> None:
    assert "its decimal sign is a point" in refusal("x;y\n1.5;0,5\n2;1,5\n3;2,5\n")
    hint = "if decimals have a comma, let semicolons part the cells, or put the numbers in quotes"
    assert refusal("x,y\n1,5,2,5\n3,5,4,5\n").endswith(hint)
    assert refusal("x,y\n1,5,2\n3,5,4\n").endswith(hint)


def test_a_decimal_comma_far_below_is_found() -> None:
    assert told_and_read("x;y\n" + "1;2\n" * 500 + "0,5;1\n")[0]["x"][-1] == 0.5


@pytest.mark.parametrize("gap", ["", "NaN", "NA", "-", "n.a.", "?", "#N/A", "null", "—", "#NV", "#N/D"])
def test_rows_with_gaps_are_left_out_and_told(gap: str) -> None:
    read, told = told_and_read(f"x,y\n1.5,2\n{gap},7\n3,4\n")
    assert read == XY
    assert told == ["1 row with a gap is left out: row 3"]


@pytest.mark.parametrize(
    "error", ["#DIV/0!", "#WERT!", "#BEZUG!", "#NOM?", "#¡DIV/0!", "#####", "Fehler:502"]
)
def test_the_errors_of_a_spreadsheet_are_gaps_in_any_language_and_are_told(error: str) -> None:
    read, told = told_and_read(f"x;y\n1,5;2\n{error};7\n3;4\n")
    assert read == XY
    place = "row 3, column “x”"
    assert told[1:] == [
        f"{error} ({place}) is an error of the spreadsheet and read as a gap",
        "1 row with a gap is left out: row 3",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "     x    y\n0  1.5  2.0\n1  3.0  4.0\n",
        "        x    y\nname          \na     1.5  2.0\nb     3.0  4.0\n",
        "     x    y\n0  1.5  2.0\n1  3.0  4.0\n\n[2 rows x 2 columns]\n",
        "x,y\n1.5,2\n3,4\n\nSource: a bureau, of the city, 2024\n",
    ],
)
def test_tables_are_read_as_pandas_prints_them_with_words_below(text: str) -> None:
    assert told_and_read(text)[0] == XY


def test_rows_that_a_printout_leaves_out_are_told() -> None:
    read, told = told_and_read("      x    y\n0   1.5  2.0\n..  ...  ...\n9   3.0  4.0\n")
    assert read == XY
    assert "a row of dots (row 3) stands for rows that this printout does not hold" in told


@pytest.mark.parametrize(
    "text",
    [
        "[[1.5 2. ]\n [3.  4. ]]\n",
        "array([[1.5, 2. ],\n       [3. , 4. ]])",
        "tensor([[1.5, 2.],\n        [3., 4.]], dtype=torch.float64)",
        "data = [[1.5, 2], [3, 4]]",
        "[(1.5, 2), (3, 4)]",
    ],
)
def test_arrays_are_read_as_programs_print_them(text: str) -> None:
    assert told_and_read(text)[0] == {"x1": (1.5, 3.0), "x2": (2.0, 4.0)}


@pytest.mark.parametrize("sign", "~^:")
def test_a_sign_between_cells_that_is_not_read_is_named(sign: str) -> None:
    said = f"A sign {sign} seems to part the cells; put commas or tabs in its place."
    assert refusal(f"x{sign}t\n1{sign}2\n3{sign}4\n") == said
    assert told_and_read("time (h:m)\n10:30\n11:30\n")[0] == {"time (h:m)": (10.5, 11.5)}


@pytest.mark.parametrize("cell", ["1.5±0.1", "1.5 +/- 0.1", "1.50(12)"])
def test_what_a_number_may_be_off_by_is_left_out_and_told(cell: str) -> None:
    assert told_and_read(f"x,y\n{cell},2\n3,4\n") == (XY, [f"{cell} is read as 1.5"])


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"Key {n}: value {n}, unit\n" for n in range(40)) + "\nx (s)\ty (V)\n1.5\t2\n3\t4\n5\t6\n",
        "".join(f"Key {n}\tvalue\n" for n in range(9)) + "\nx (s)\ty (V)\n1.5\t2\n3\t4\n5\t6\n",
        "[Header]\nName=ABC\nDate=2024-01-05\nBy=X, Y\n[Data]\nx (s),y (V)\n1.5,2\n3,4\n5,6\n",
        "Key: 1\n" * 8 + "x (s);y (V)\ns;V\n1,5;2\n3;4\n5;6\n",
    ],
)
def test_many_lines_of_settings_above_a_table_are_left_out(text: str) -> None:
    read, told = told_and_read(text)
    assert read == {"x (s)": (1.5, 3.0, 5.0), "y (V)": (2.0, 4.0, 6.0)}
    assert any("what stands above the table is left out" in said for said in told)


@pytest.mark.parametrize(
    "text",
    [
        "Operator\tMax\nDate\t2024-01-05\nSample\tA 1\n\nx\ty\n1.5\t2\n3\t4\n5\t6\n",
        "LabVIEW Measurement\t\nWriter_Version\t2\n***End***\t\nChannels\t1\t\nSamples\t3\t\n"
        "Date\t2024/01/05\n***End***\t\t\nx\ty\tComment\n1.5\t2\n3\t4\n5\t6\n",
        "LabVIEW Measurement\t\nOperator\tLab\nDate\t2024/01/05\n***End***\t\n\t\nChannels\t1\t\n"
        "X_Dimension\tTime\t\nX0\t0.0E+0\t\nDelta_X\t0.5\t\n***End***\t\t\nx\ty\tComment\n1.5\t2\n3\t4\n5\t6\n",
        "x\ty\n1.5\t2\n3\t4\n5\t6\n\nStd. Error: 0.1\tR²: 0.99\n",
    ],
)
def test_words_around_a_table_are_left_out_where_they_are_parted_as_it_is(text: str) -> None:
    assert told_and_read(text)[0] == {"x": (1.5, 3.0, 5.0), "y": (2.0, 4.0, 6.0)}


def test_names_that_a_blank_row_follows_are_names() -> None:
    assert told_and_read("x,y\n\n1.5,2\n3,4\n5,6\n")[0] == {"x": (1.5, 3.0, 5.0), "y": (2.0, 4.0, 6.0)}


def test_subtotals_among_rows_are_told() -> None:
    told = told_and_read("name,x\na,1\nb,2\nSubtotal,3\nc,3\nd,4\nSubtotal,7\nTotal,9\n")[1]
    assert "what is called “Subtotal” and “Total” is kept (rows 4, 7, 8)" in told


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("id,x,y\na,1,10\nb,3,30\nMean,2,20\nc,5,50\nd,7,70\nMean,6,60\n", "“Mean” is kept (rows 4, 7)"),
        (
            "Tier;Masse\na;2,5\nb;3,5\nMW;3\nStabw;0,71\nc;4,5\nd;6,5\nMW;5,5\nStabw;1,41\n",
            "is kept (rows 4, 5, 8, …)",
        ),
        ("shop,sold\na,2\nb,3\nSum,5\nc,4\nd,5\nSum,9\nGrand total,14\n", "is kept (rows 4, 7, 8)"),
        (
            "group,x,t\nA,1,3\nA,2,5\nA Total,3,8\nB,3,7\nB,4,9\nB Total,7,16\nGrand Total,10,24\n",
            "“A Total” and “B Total” and “Grand Total” is kept (rows 4, 7, 8)",
        ),
        ("group,x\nA,1\nA Total,1\nB,3\nB,4\nB Total,7\nGrand Total,8\n", "is kept (rows 3, 6, 7)"),
        ("day,x\n2024-01-05,1\n2024-01-06,4\nMonth mean,2.5\n", "“Month mean” is kept (row 4)"),
        (
            "T;y\nA;2,5\nA;3,5\nMittelwert A;3\nStabw A;0,71\nB;4,5\nB;6\nMittelwert B;5,25\nStabw B;1,06\n",
            "is kept (rows 4, 5, 8, …)",
        ),
        ("g,x\nA,1\nA,2\nSubtotal A,3\nB,4\nB,5\nSubtotal: B,9\n", "“Subtotal A” and “Subtotal: B” is kept"),
        ("g,x\nA,1\nA,2\nMean of A,1.5\nB,4\n", "“Mean of A” is kept (row 4)"),
        (
            "g,x,y\nA,1,9\nA,3,4\nA Max,3,9\nB,5,2\nB,6,8\nB Max,6,8\n",
            "“A Max” and “B Max” is kept (rows 4, 7)",
        ),
        (
            "g,x\nA,3\nA,1\nMin of A,1\nB,6\nB,5\nMin of B,5\n",
            "“Min of A” and “Min of B” is kept (rows 4, 7)",
        ),
        ("g,x\nA,3\nA,1\nA Count,2\nB,6\n", "“A Count” is kept (row 4)"),
    ],
)
def test_means_and_sums_between_groups_are_told(text: str, rows: str) -> None:
    assert rows in "; ".join(told_and_read(text)[1])


@pytest.mark.parametrize(
    "text",
    [
        "part,x\ntotal,9\nhead,1\ntail,4\ntotal,7\nhead,2\ntail,3\n",
        "film,x,t\nAlien,3,1\nHeat,4,2\nTotal Recall,7,5\nJaws,2,6\nTotal Recall,6,1\n",
        "film,x\nJaws,2\nTotal Recall,2\nHeat,4\nAlien,3\n",
        "name,x\nAnn,1\nBob,3\nJim Max,2\nMin Yu,4\nEve,5\n",
    ],
)
def test_classes_that_are_called_as_sums_are_no_sums_of_groups(text: str) -> None:
    assert "is kept" not in "; ".join(told_and_read(text)[1])


def test_words_below_a_table_are_told_beside_sums_between_its_rows() -> None:
    told = told_and_read("g,x\nA,1\nA,3\nA Total,4\nB,5\nB,6\nB Total,11\nSource: me\n")[1]
    assert "what is called “A Total” and “B Total” is kept (rows 4, 7)" in told
    assert "what stands below the table is left out (row 8)" in told


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("length\n5 cm\n6.5 cm\n7 cm\n", (5, 6.5, 7)),
        ("Länge\n5,5 cm\n6,5 cm\n", (5.5, 6.5)),
        ("length;\n5 cm;\n6 cm;\n", (5, 6)),
        ("T\n21,5°C\n22,0°C\n", (21.5, 22)),
        ("price\n5 €\n6 €\n7 €\n", (5, 6, 7)),
        ("price\nEUR 5,50\nEUR 6\n", (5.5, 6)),
        ("share\n5 %\n6 %\n", (0.05, 0.06)),
        ("time\n1 s\n2 s\n3 s\n", (1, 2, 3)),
    ],
)
def test_a_single_column_of_measures_is_not_parted_at_their_blanks(
    text: str, numbers: tuple[float, ...]
) -> None:
    assert list(told_and_read(text)[0].values()) == [numbers]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("x,y\n1.5,2\nx,y\n3,4\n", "row 3"),
        ("x;y\n1,5;2\nx;y\n3;4\nx;y\n", "rows 3, 5"),
        ("x,y\ns,V\n1.5,2\nx,y\ns,V\n3,4\n", "rows 4, 5"),
    ],
)
def test_names_that_stand_again_among_the_rows_are_passed_over_and_told(text: str, rows: str) -> None:
    read, told = told_and_read(text)
    assert read == XY
    assert f"the names stand again and are passed over ({rows})" in told


@pytest.mark.parametrize(
    "title", ["Table 1: Results, 2024", "Tab. 3: Lengths, in cm", "Abbildung 2, mit Zahlen"]
)
def test_a_title_with_as_many_commas_as_the_rows_names_no_column(title: str) -> None:
    read, told = told_and_read(f"{title}\nx,y\n1.5,2\n3,4\n")
    assert read == XY
    assert "what stands above the table is left out (row 1)" in told
    assert list(told_and_read("Table 1,x\n1.5,2\n3,4\n")[0]) == ["Table 1", "x"]


def test_percentages_in_brackets_and_with_marks_are_percentages_too() -> None:
    assert told_and_read("p,q\n12.5%,1\n(13%),2\n14%*,3\n")[0]["p"] == (0.125, -0.13, 0.14)
    with pytest.raises(DocumentError, match=r"expected a percentage as in other rows, found “0\.2”"):
        told_and_read("p,q\n12.5 %*,1\n0.2,2\n")


def test_percentages_among_plain_numbers_are_refused_but_for_0() -> None:
    said = "row 3, column “p”: expected a percentage as in other rows, found “6”; write all in one way"
    assert refusal("p,y\n5%,1\n6,2\n7%,3\n") == said
    assert told_and_read("p,y\n5%,1\n0,2\n,3\n7%,4\n")[0]["p"] == (0.05, 0, 0.07)


@pytest.mark.parametrize(
    "cells", [("1.5 ± 0.1 ms", "3 ± 0.2 ms"), ("(1.5+/-0.1) ms", "(3+/-0.2) ms"), ("1,5±0,1 °C", "3±0,2 °C")]
)
def test_what_a_measure_may_be_off_by_is_left_out(cells: tuple[str, str]) -> None:
    first, second = cells
    assert told_and_read(f"x;y\n{first};2\n{second};4\n")[0] == XY


def test_settings_in_one_line_with_more_words_than_columns_name_none() -> None:
    read, told = told_and_read('Id: "x" Comment: "y"\n10.00 123\n10.02 130\n10.04 128\n')
    assert list(read.values()) == [(10, 10.02, 10.04), (123, 130, 128)]
    assert "what stands above the table is left out (row 1)" in told


def test_a_number_behind_an_apostrophe_is_no_class() -> None:
    assert refusal("x,y\n'1,2\n'3,4\n").startswith("row 2, column “x”: expected a number, found “'1”")


@pytest.mark.parametrize(
    "text",
    [
        "As follows:\n\n|===\n|x |y\n\n|1.5 |2\n|3 |4\n|===\n\nThat is | all.\n",
        '[cols="1,1"]\r\n|===\r\n|x|y\r\n\r\n|1.5|2\r\n|3|4\r\n|===\r\n',
        "||x||y||\n|1.5|2|\n|3|4|\n",
    ],
)
def test_tables_of_asciidoc_and_jira_are_read(text: str) -> None:
    assert told_and_read(text)[0] == XY


def test_every_hyphen_before_a_number_is_its_minus() -> None:
    assert told_and_read("x\n\u20101\n\u20112\n\u20133\n")[0] == {"x": (-1, -2, -3)}


def test_an_amount_in_short_is_refused_with_what_it_may_mean() -> None:
    assert "found “$1.2M”; if it means 1200000, write that" in refusal("sales\n$1.2M\n$800K\n")


def test_a_single_column_of_two_units_is_refused() -> None:
    assert refusal("length\n5 cm\n0.6 m\n7 cm\n").startswith(
        "row 3, column “length”: expected a number of cm"
    )


def test_counted_rows_with_letters_that_are_units_too_are_no_measures() -> None:
    assert told_and_read("kind\n1 m\n2 s\n3 m\n")[0] == {"kind": (0, 1, 0)}


@pytest.mark.parametrize(
    "text",
    ["x，y\n1.5，2\n3，4\n", "x，y\n1.5,2\n3,4\n", "x；y\n１．５；２\n３；４\n", "x；y\n1,5；2\n3；4\n"],
)
def test_signs_as_wide_as_chinese_letters_part_cells_too(text: str) -> None:
    assert told_and_read(text)[0] == XY


def test_why_no_column_holds_numbers_is_told() -> None:
    said = refusal("x,y\n2024-01-05,\n2024-01-06,\n")
    told = "the dates in column “x” are left out; the column “y” is empty and is left out"
    assert said == f"This table holds no column of numbers: {told}."


def test_rows_of_text_above_the_first_numbers_are_rows_all_the_same() -> None:
    rows = "".join(f"{place},a,b,c\n" for place in range(8))
    text = f"x,p,q,y\n{rows}" + "1,2,3,4\n" * 10
    table, _ = csv_table.read_and_tell(text.encode(), needed={"x"})
    assert table.column("x").tolist() == [*range(8), *[1] * 10]


def test_a_second_row_of_names_may_hold_numbers_where_nothing_stands_below() -> None:
    read, told = told_and_read("x,y,Start,Increment\nSequence,Volt,-6e-3,2e-5\n1.5,2,,\n3,4,,\n")
    assert read == XY
    assert told[0] == "the second row of names (Sequence, Volt, -6e-3, 2e-5) is left out"


@pytest.mark.parametrize(
    "text",
    [
        "# A tibble: 2 × 2\n      x     y\n  <dbl> <dbl>\n1   1.5     2\n2   3       4\n",
        "shape: (2, 2)\n┌─────┬─────┐\n│ x   ┆ y   │\n│ --- ┆ --- │\n│ f64 ┆ i64 │\n"
        "╞═════╪═════╡\n│ 1.5 ┆ 2   │\n│ 3.0 ┆ 4   │\n└─────┴─────┘\n",
        "┌────────┬───────┐\n│   x    │   y   │\n│ double │ int32 │\n├────────┼───────┤\n"
        "│    1.5 │     2 │\n│    3.0 │     4 │\n└────────┴───────┘\n",
        "x y\n(s) (V)\n1.5 2\n3 4\n",
    ],
)
def test_tables_are_read_as_r_polars_and_duckdb_print_them(text: str) -> None:
    assert told_and_read(text)[0] == XY


def test_a_factor_above_numbers_is_not_lost() -> None:
    said = refusal("   1.0e+03 *\n\n    0.0010    0.0020\n    1.0000    2.0000\n")
    assert "without the factor 1.0e+03 that stands above them" in said


def test_what_describes_other_data_is_told_to_do_so() -> None:
    text = "".join(
        f"{name:6}  1.5  2.0\n" for name in ("        x    y", "count", "mean", "std", "min", "max")
    )
    text = text.replace("y  1.5  2.0", "y")
    assert "the rows look like a summary of other data: count, mean, std, …" in told_and_read(text)[1]


def test_words_for_yes_and_no_are_read_among_0_and_1() -> None:
    assert told_and_read("x,y\n1,True\n2,0\n3,1\n4,False\n")[0]["y"] == (1.0, 0.0, 1.0, 0.0)


def test_signs_that_nobody_sees_are_left_out() -> None:
    assert told_and_read("\ufeffx\u200b,\u200ey\n1.5\u200b,2\n3,4\n")[0] == XY


def test_the_text_in_many_columns_is_told_at_once() -> None:
    rows = (",".join([str(row), *(f"{column}{row}" for column in "abcde")]) for row in range(8))
    told = told_and_read("x,c0,c1,c2,c3,c4\n" + "\n".join(rows))[1]
    assert told == ["the text in 5 columns is left out: “c0”, “c1”, “c2” and 2 more"]


def test_a_column_that_an_input_takes_is_refused_where_it_would_be_left_out() -> None:
    def said(text: str) -> str:
        with pytest.raises(DocumentError) as error:
            csv_table.read_and_tell(text.encode(), needed={"x"})
        return str(error.value)

    assert said("x,y\n2024-01-05,1\n2024-01-06,2\n").endswith("found “2024-01-05”; a date is no number")
    assert said("x,y\n1+2i,1\n2-i,2\n3,3\n").startswith("row 2, column “x”: expected a number, found “1+2i”")
    assert said("x,y\n,1\n,2\n") == "The column “x”, which an input is to take, is empty."


def test_gaps_in_columns_that_no_input_takes_leave_no_row_out() -> None:
    table, told = csv_table.read_and_tell(b"x,y\n1,\n2,4\n3,\n4,5\n", needed={"x"})
    assert table.column("x").tolist() == [1, 2, 3, 4]
    assert told == []


def test_missing_values_of_stata_are_gaps() -> None:
    assert told_and_read("x,y\n1.5,2\n.a,7\n3,4\n")[0] == XY


def test_columns_that_are_empty_or_nearly_are_left_out_rather_than_all_rows() -> None:
    assert told_and_read("x,y,z\n1.5,2,\n3,4,\n") == (XY, ["the column “z” is empty and is left out"])
    read, told = told_and_read("x,y,z\n1.5,2,\n3,4,\n5,6,1\n")
    assert list(read) == ["x", "y"]
    assert told == ["the column “z” has more gaps than numbers and is left out"]


# --- words, dates, times, measures
@pytest.mark.parametrize(
    ("text", "numbers", "told"),
    [
        ("t,x\n12:30,1\n0:45,2\n", (12.5, 0.75), "the times in column “t” are read as hours: 12:30 = 12.5"),
        (
            "t,x\n1:30 pm,1\n12:00 AM,2\n",
            (13.5, 0.0),
            "the times in column “t” are read as hours: 1:30 pm = 13.5",
        ),
        (
            "t,x\n0:00:36,1\n1:00:00.5,2\n",
            (0.01, 3600.5 / 3600),
            "the times in column “t” are read as hours: 0:00:36 = 0.01",
        ),
        ("t,x\n5 km,1\n7.5 km,2\n", (5.0, 7.5), "the unit km in column “t” is left out"),
        ("t,x\nTRUE,1\nFALSE,2\n", (1.0, 0.0), "in column “t” FALSE = 0, TRUE = 1"),
        ("t,x\nTRUE,1\nTRUE,2\n", (1.0, 1.0), "in column “t” TRUE = 1"),
        ("t,x\nyes,1\nYes,2\nno,3\n", (1.0, 1.0, 0.0), "in column “t” no = 0, yes = 1, Yes = 1"),
        ('t,x\n"a\nb",1\nc,2\n', (0.0, 1.0), "in column “t” a b = 0, c = 1"),
    ],
)
def test_what_is_no_plain_number_is_made_one_and_told(
    text: str, numbers: tuple[float, ...], told: str
) -> None:
    read, said = told_and_read(text)
    assert read["t"] == numbers
    assert said == [told]


@pytest.mark.parametrize(
    "text",
    [
        "date,x\n2024-01-05,1.5\n,3\n",
        "date,x\n2024-01-05,1.5\n2024-01-06,3\n",
        "date,x\n2024-01-05 12:30,1.5\nn.a.,3\n",
    ],
)
def test_dates_with_gaps_lose_no_row(text: str) -> None:
    assert told_and_read(text) == ({"x": (1.5, 3.0)}, ["the dates in column “date” are left out"])


def test_measures_tell_the_decimal_sign_too() -> None:
    read, told = told_and_read("t;T\n1;21,5 °C\n2;1.021,75 °C\n")
    assert read == {"t": (1.0, 2.0), "T": (21.5, 1021.75)}
    assert told == ["decimals have a comma", "the unit °C in column “T” is left out"]


def test_a_date_in_one_word_is_no_measure() -> None:
    read, told = told_and_read("x,d\n1,01JAN2024\n2,02jan24\n")
    assert (read, told) == ({"x": (1.0, 2.0)}, ["the dates in column “d” are left out"])


def test_a_date_in_a_table_of_one_row_is_left_out() -> None:
    assert told_and_read("date,x\n2024-01-05,1\n")[0] == {"x": (1.0,)}
    assert told_and_read("2024-01-05,1\n")[0] == {"x2": (1.0,)}


@pytest.mark.parametrize("cells", [("5~", "6~"), ("1/2", "3/4"), ("½", "¼")])
def test_what_looks_like_a_number_and_is_none_is_no_class(cells: tuple[str, str]) -> None:
    said = refusal(f"x,y\n{cells[0]},1\n{cells[1]},2\n")
    assert said.startswith(f"row 2, column “x”: expected a number, found “{cells[0]}”")


def test_notes_here_and_there_are_left_out_with_no_row_lost() -> None:
    read, told = told_and_read("x,y,note\n1.5,2,good\n3,4,\n")
    assert read == XY
    assert told == ["the text in column “note” is left out"]


def test_measures_of_two_units_are_refused_with_the_place() -> None:
    assert refusal("d,x\n5 km,1\n7 mi,2\n").startswith("row 3, column “d”: expected a number of km as above")


# --- columns and names
@pytest.mark.parametrize(
    "text",
    [
        "Date;Time;x\n05.01.2024;12:30;1,5\n06.01.2024;12:30;2,5\n",
        "first name,last name,x\nAnn Lee,Bo Li,1.5\nCy Do,Ed Fu,2.5\n",
        "a b;x\n1 2;1,5\n3 4;2,5\n",
        "x\n1,5\n2,5\n",
        "phone;x\n+49 89;1,5\n+49 90;2,5\n",
    ],
)
def test_the_sign_that_parts_the_names_too_parts_the_cells(text: str) -> None:
    assert told_and_read(text)[0]["x"] == (1.5, 2.5)


def test_names_that_are_parted_otherwise_than_the_rows_are_not_lost() -> None:
    for text in ("x;y\n1,2\n3,4\n", "x y z\n1,2,3\n4,5,6\n"):
        assert refusal(text).endswith("the names are not parted as the rows are")


@pytest.mark.parametrize(
    "text",
    [
        "x [m],y [s]\n1.5,2\n3,4\n",
        "x [m], y [s]\n1.5, 2\n3, 4\n",
        "x [m];y [s]\n1,5;2\n3;4\n",
        "x [m]\ty [s]\n1.5\t2\n3\t4\n",
        "x [m]  y [s]\n1.5    2\n3      4\n",
        "x [m] y [s]\n1.5 2\n3 4\n",
    ],
)
def test_a_unit_stays_with_its_name(text: str) -> None:
    assert told_and_read(text)[0] == {"x [m]": (1.5, 3.0), "y [s]": (2.0, 4.0)}


def test_cells_below_each_other_may_hold_blanks_and_gaps() -> None:
    read, told = told_and_read(
        "name        x    y\nAnn Bell  1.5    2\nBob       3.0    4\nCy               5\n"
    )
    assert read == XY
    assert told == [
        "the cells stand below each other, parted by blanks",
        "the text in column “name” is left out",
        "1 row with a gap is left out: row 4",
    ]


@pytest.mark.parametrize(
    ("text", "names", "told"),
    [
        ("x,x,x\n1,2,3\n", ["x", "x 2", "x 3"], "another “x” is called “x 2”"),
        ("x,,y\n1,2,3\n", ["x", "column 2", "y"], "column 2 has no name and is called “column 2”"),
        ("1,y\n3,4\n", ["x1", "y"], "the numbers in the first row name the columns: x1"),
        ('"length\n(cm)",y\n1,2\n', ["length (cm)", "y"], None),
        ("'x','y, z'\n'1','2'\n", ["x", "y, z"], None),
        (
            ",length,,width,\nid,min,max,min,max\n1,1,2,3,4\n2,2,3,4,5\n",
            ["id", "length min", "length max", "width min", "width max"],
            "the names stand in two rows",
        ),
    ],
)
def test_each_column_gets_a_name_of_its_own(text: str, names: list[str], told: str | None) -> None:
    read, said = told_and_read(text)
    assert list(read) == names
    assert told is None or told in said


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_with_a_mark_of_its_encoding_is_read(encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("e") else ""
    assert told_and_read(f"{mark}x,y\r\n1.5,2\r\n3,4\r\n".encode(encoding))[0] == XY


def test_a_table_given_in_utf_16_may_not_be_another_kind_of_file() -> None:
    with pytest.raises(DocumentError, match="a web page"):
        csv_table.read("<!DOCTYPE html>\n<p>1,2\n3,4".encode("utf-16"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('[{"x": 1, "y": 2}, {"x": 3, "y": 4}]', "JSON"),
        ('{"x": 1, "y": 2}\n{"x": 3, "y": 4}\n', "JSON"),
        ('{"x": {"0": 1, "1": 3}}', "JSON"),
        ("\\begin{tabular}{ll}\nx & y \\\\\n1 & 2 \\\\\n\\end{tabular}\n", "a LaTeX file"),
        ("<table><tr><th>x</th></tr><tr><td>1</td></tr></table>", "a web page"),
    ],
)
def test_records_of_other_formats_are_named_and_not_read_as_cells(text: str, kind: str) -> None:
    with pytest.raises(DocumentError, match=f"This is {kind}, not a table; save the numbers as CSV"):
        kinds.refuse_as_table(text.encode())


@pytest.mark.parametrize("text", ["x & y \\\\\n1 & 2 \\\\\n", "1 & 2.5 \\\\ \\hline\n2 & 3.5 \\\\\n"])
def test_rows_of_latex_are_refused_with_what_makes_a_table_of_them(text: str) -> None:
    assert refusal(text).startswith("These are rows of LaTeX; put a tab in place of each &")


# --- currencies
def test_two_currencies_in_one_column_are_refused() -> None:
    said = "expected the currency of “1 €” as above, found “3 $”; write all in the same currency"
    assert refusal("x,y\n1 €,2\n3 $,4\n") == f"row 3, column “x”: {said}"
    assert "as above, found “GBP 3”" in refusal("x;y\n1,00 €;2\n5;6\nGBP 3;4\n")


def test_one_currency_may_be_written_in_two_ways() -> None:
    assert told_and_read("x,y\n$1.5,2\n3 USD,4\n")[0] == XY


# --- other notations
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('x,y\n="1.5",2\n="3",4\n', (1.5, 3.0)),
        ('x,y\n"=""1.5""",2\n"=""3""",4\n', (1.5, 3.0)),
        ("x\ty\n1×10³\t2\n3·10^5\t4\n", (1000.0, 300000.0)),
        ("x;y\n1,5 × 10⁻³;2\n−2*10**-2;4\n", (0.0015, -0.02)),
        ("x,y\n10^5,2\n-10²,4\n", (100000.0, -100.0)),
        ("x,y\nWAHR,2\nFALSCH,4\n", (1.0, 0.0)),
        ("x,y\nVRAI,2\nFAUX,4\n", (1.0, 0.0)),
        ("x,y\nja,2\nnein,4\n", (1.0, 0.0)),
        ("x,y\nsí,2\nno,4\n", (1.0, 0.0)),
    ],
)
def test_a_number_in_another_notation_is_that_number(text: str, numbers: tuple[float, ...]) -> None:
    read, told = told_and_read(text)
    assert read == {"x": numbers, "y": (2.0, 4.0)}
    assert told


@pytest.mark.parametrize(
    ("cells", "found", "meant"),
    [
        (("0x1F", "0x2a"), "0x1F", "31"),
        (("0b101", "7"), "0b101", "5"),
        (("1k", "3M"), "1k", "1000"),
        (("5", "2.5 k"), "2.5 k", "2500"),
    ],
)
def test_a_notation_that_is_not_read_is_refused_with_the_number_that_it_may_mean(
    cells: tuple[str, str], found: str, meant: str
) -> None:
    said = refusal(f"x,y\n{cells[0]},2\n{cells[1]},4\n")
    assert f"found “{found}”; if it means {meant}, write that" in said


def test_numbers_within_words_are_words() -> None:
    assert told_and_read("x,y\nx10^5,2\nx10^6,4\nx10^5,6\n")[0]["x"] == (0.0, 1.0, 0.0)


# --- what is far too wide
@pytest.mark.parametrize(
    ("text", "row"),
    [
        (",".join(f"c{place}" for place in range(30_000)) + "\n1\n", 1),
        ("x y\n" + "1     " * 30_000, 2),
        ("x   y\n1   2\n" + "1     " * 30_000, 3),
    ],
)
def test_a_row_of_far_too_many_cells_is_refused_before_they_are_looked_at(
    text: str, row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(table_separators, "is_measured", lambda cell: bool(looked_at.append(cell)))
    said = "this row has more than 20,000 cells; a table has at most 1,000 columns. Save it again with"
    assert refusal(text) == f"row {row}: {said} those alone that inputs are to take."
    assert len(looked_at) < 1_000


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_row_of_far_too_many_cells_is_refused_before_its_names_are_looked_for(
    sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(table_above, "is_measured", lambda cell: bool(looked_at.append(cell)))
    assert refusal("x\n" + sign.join(["1"] * 30_000)).startswith(
        "row 2: this row has more than 20,000 cells;"
    )
    assert len(looked_at) < 1_000


def test_a_long_row_below_a_narrow_header_does_not_make_the_most_rows_none() -> None:
    assert "expected 2 cells, found 1,500" in refusal("x,y\n" + ",".join(["1.5"] * 1_500) + "\n")


def test_shares_above_plain_numbers_are_names_as_of_quantiles() -> None:
    table = csv_table.read(b"25%,50%,75%\n1,2,3\n4,5,6\n")
    assert table.columns == (("25%", (1.0, 4.0)), ("50%", (2.0, 5.0)), ("75%", (3.0, 6.0)))
    assert csv_table.read(b"25%,50%\n75%,100%\n").rows == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "x,y\n1k,1\n3k,2\n",
            "row 2, column “x”: expected a number, found “1k”; if it means 1000, write that",
        ),
        ("x,y\n1.5 k,1\n3 k,2\n", "row 2, column “x”: expected a number, found “1.5 k”; if it means 1500"),
        ("x,y\n1kg,1\n3g,2\n", "row 3, column “x”: expected a number of kg as above, found “3g”"),
        ("x,y\n10ms,1\n4s,2\n", "row 3, column “x”: expected a number of ms as above, found “4s”"),
        ("x,y\n5m/s,1\n4km/h,2\n", "row 3, column “x”: expected a number of m/s as above"),
    ],
)
def test_thousands_in_short_and_two_units_are_refused_with_advice(text: str, said: str) -> None:
    assert refusal(text).startswith(said)


@pytest.mark.parametrize(
    ("cells", "numbers", "said"),
    [
        (("1kg", "3kg"), (1.0, 3.0), "the unit kg in column “x” is left out"),
        (
            ("5M", "3M"),
            (5.0, 3.0),
            "the unit M in column “x” is left out; where 5M means 5000000, write that",
        ),
        (("1st", "2nd"), (0.0, 1.0), "in column “x” 1st = 0, 2nd = 1"),
        (("5k", "abc"), (0.0, 1.0), "in column “x” 5k = 0, abc = 1"),
        (("3D", "2D"), (3.0, 2.0), "the unit D in column “x” is left out"),
    ],
)
def test_one_unit_is_left_out_and_words_stay_words(
    cells: tuple[str, str], numbers: tuple[float, float], said: str
) -> None:
    assert told_and_read(f"x,y\n{cells[0]},1\n{cells[1]},2\n") == ({"x": numbers, "y": (1.0, 2.0)}, [said])


# --- what may be read in two ways
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x;y\n1.234;2\n5.678;4\n", ["1.234 is read as 1.234, not as 1234"]),
        ("x\ty\n1,234\t2\n5,678\t4\n", ["decimals have a comma", "1,234 is read as 1.234, not as 1234"]),
        ('x,y\n"1,234",2\n"5,678",4\n', ["1,234 is read as 1234"]),
        ("x;y\n1.234;2\n5.67;4\n", []),
        ("x;y\n1.234;0,5\n5.678;4\n", ["decimals have a comma", "1.234 is read as 1234"]),
        ("x,y\n1.234,2\n5.678,4\n", []),
        ("x\ty\n1.234\t2\n5.678\t4\n", []),
        ("x\ty\n1.200\t2\n800\t4\n", ["1.200 is read as 1.2, not as 1200"]),
        ("x\ty\n1.200\t0.5\n800\t4\n", []),
    ],
)
def test_numbers_that_may_be_read_in_two_ways_are_told(text: str, told: list[str]) -> None:
    assert told_and_read(text)[1] == told


def test_the_decimal_sign_may_be_chosen_instead() -> None:
    table, told = csv_table.read_and_tell(b"x;y\n1.234;2\n5.678;4\n", decimal=",")
    assert tuple(dict(table.columns)["x"]) == (1234.0, 5678.0)
    assert told == ["decimals have a comma", "1.234 is read as 1234"]


@pytest.mark.parametrize(
    "text",
    [
        "x,y\n１．５,２\n３,４\n",
        "x,y\n١٫٥,٢\n٣,٤\n",
        "x,y\n१.५,२\n३,४\n",
        "x;y\n１,５;２\n３;４\n",
        "x y\n1.5 ２\n3 ４\n",
    ],
)
def test_digits_of_every_script_are_digits(text: str) -> None:
    assert told_and_read(text)[0] == XY


@pytest.mark.parametrize(
    "text", ["x,y\n1.5,2\n3,4\n\nTotal,6\n", "x;y\n1.5;2\n3;4\nSumme:;6\nMittelwert;3\n"]
)
def test_sums_below_a_table_are_left_out_and_told(text: str) -> None:
    read, told = told_and_read(text)
    assert read == XY
    assert any("what stands below the table is left out" in line for line in told)


def test_a_column_of_words_keeps_a_row_that_is_called_total() -> None:
    read, _ = told_and_read("name,y\na,1\nTotal,2\na,3\ntotal,4\n")
    assert len(read["y"]) == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,T [°C]\n1,2\n2,3\n---\n3,4\n", ["lines of dashes are passed over (row 4)"]),
        ("a,T [°C]\n----\n1,2\n2,3\n3,4\n", []),
        ("a;b\n1;2\n- - - - -\n2;3\n3;4\n=====\n", ["lines of dashes are passed over (row 3, …)"]),
        ("a\tb\n1\t2\n2\t3\n======\n3\t4\n", ["lines of dashes are passed over (row 4)"]),
        ("---\na,b\n1,2\n___\n2,3\n3,4\n", ["lines of dashes are passed over (row 4)"]),
    ],
)
def test_lines_drawn_across_a_table_are_no_rows_and_are_told(text: str, told: list[str]) -> None:
    table, found = csv_table.read_and_tell(text.encode())
    assert [column for _, column in table.columns] == [(1, 2, 3), (2, 3, 4)]
    assert [one for one in found if "dashes" in one] == told


def test_a_line_drawn_across_words_below_each_other_is_no_row() -> None:
    table, found = csv_table.read_and_tell(b"a  b\n1  2\n2  3\n--------\n3  4\n")
    assert [column for _, column in table.columns] == [(1, 2, 3), (2, 3, 4)]
    assert found[-1] == "lines of dashes are passed over (row 4)"


def test_dashes_in_a_table_of_one_column_are_a_gap() -> None:
    assert csv_table.read_and_tell(b"a\n1\n---\n2\n3\n")[1] == ["1 row with a gap is left out: row 3"]


LEFT_OUT = "what stands below the table is left out"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Month,x,t\nJan,1,2\nFeb,2,4\nMar,3,6\nTotal,6,12\n", "row 5"),
        ("Month,x,t\nJan,1,2\nFeb,2,4\nMar,3,6\nSum:,6,\nMean,2,4\n", "rows 5, 6"),
        ("Monat;x;t\nJan;1,5;2\nFeb;2,5;4\nMär;3,5;6\nSumme;7,5;4\n", "row 5"),
        ("Month,x,t\nJan,1,2\nFeb,2,4\nMar,3,6\n\nTotal,7,13\n", "row 6"),
        ("Month,x,t\nJan,1,2\nFeb,2,4\nMar,3,6\n---\nTotal,7,13\n", "row 6"),
        (
            "| Month | x | t |\n|---|---|---|\n| Jan | 1 | 2 |\n| Feb | 2 | 4 |\n| Mar | 3 | 6 |\n"
            "|---|---|---|\n| Total | 9 | 9 |\n",
            "row 7",
        ),
        ("Month,x,t\nJan,1.3,$2\nFeb,2.4,$4\nMar,3.3,$6\nAverage,2.33,$4\n", "row 5"),
        ("Year,Month,x\n2023,Jan,1\n2023,Feb,2\n2023,Mar,3\n2023,Total,6\n", "row 5"),
        ("Month,x,t\nJan,1,2\nFeb,2,4\nMar,3,6\nTotal,6,12\nSource: NOAA\n", "rows 5, 6"),
    ],
)
def test_sums_below_rows_that_words_name_are_left_out_and_told(text: str, rows: str) -> None:
    read, told = told_and_read(text)
    assert f"{LEFT_OUT} ({rows})" in told
    assert len(read["x"]) == 3


@pytest.mark.parametrize(
    "name",
    [
        *("Grand Total", "Total Result", "Gesamtergebnis", "Total général", "Totale complessivo", "Totaal"),
        *("Razem", "合计", "All", "Ergebnis"),
    ],
)
def test_what_pivot_tables_call_their_totals_is_known(name: str) -> None:
    read, told = told_and_read(f"g,x,y\nA,4,7\nB,11,3\nC,2,2\n{name},17,12\n")
    assert read["x"] == (4, 11, 2)
    assert f"{LEFT_OUT} (row 5)" in told


@pytest.mark.parametrize("name", ["All", "Result"])
def test_a_class_called_all_stays_where_one_of_its_numbers_is_no_sum(name: str) -> None:
    assert told_and_read(f"g,x,y\nA,4,7\nB,11,3\nC,2,2\n{name},17,5\n")[0]["x"] == (4, 11, 2, 17)


PROBES = "Probe;x;t\nA;1.0;2.0\nB;1.1;2.2\nC;1.2;2.4\nD;1.3;2.7\n"


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        ("Mean;1.15;2.325\nSD;0.129;0.299\n", "rows 6, 7"),
        ("Mittelwert;1.15;2.325\nStdabw.;0.129;0.299\n", "rows 6, 7"),
        ("Mean;1.15;2.325\nStd. Dev.;0.112;0.259\n", "rows 6, 7"),
        ("Durchschnitt;1.15;2.325\n", "row 6"),
        ("MW;1.15;2.325\n", "row 6"),
        ("\nMean;1.15;2.325\nStandard deviation;0.129;0.299\n", "rows 7, 8"),
        ("Mean;1.15;2.325\nS.D.;0.129;0.299\nCV (%);11.2;12.8\n", "rows 6, 7, 8"),
        ("Mean;1.15;2.325\nSEM;0.065;0.149\nN;4;4\nMax;1.3;2.7\n", "rows 6, 7, 8, …"),
        ("Mean;1.15;2.325\nSD;0.5;0.9\n", "rows 6, 7"),
    ],
)
def test_means_and_deviations_below_rows_that_words_name_are_left_out_and_all_told(
    below: str, rows: str
) -> None:
    read, told = told_and_read(PROBES + below)
    assert f"{LEFT_OUT} ({rows})" in told
    assert list(read["x"]) == [1.0, 1.1, 1.2, 1.3]


@pytest.mark.parametrize("name", ["Max", "SD", "N", "Media"])
def test_a_last_row_whose_name_may_mean_a_sum_stays_where_one_of_its_numbers_is_none(name: str) -> None:
    read, told = told_and_read(PROBES + f"{name};1.3;2.5\n")
    assert list(read["x"]) == [1.0, 1.1, 1.2, 1.3, 1.3]
    assert f"row 6, “{name}”, is kept: its numbers are not what the rows above come to" in told


def test_a_row_of_a_person_above_the_row_of_means_stays() -> None:
    read, told = told_and_read(PROBES + "Max;1.4;2.2\nMean;1.2;2.3\n")
    assert list(read["x"]) == [1.0, 1.1, 1.2, 1.3, 1.4]
    assert f"{LEFT_OUT} (row 7)" in told


def test_rows_that_are_called_mean_and_deviation_and_are_none_stay_and_are_both_told() -> None:
    read, told = told_and_read(PROBES + "Mean;7;8\nSD;9;9\n")
    assert len(read["x"]) == 6
    assert "rows 6, 7, “Mean”, “SD”, are kept: their numbers are not what the rows above come to" in told


@pytest.mark.parametrize(
    "text",
    [
        "brand,x,t\nShell,1,2\nTotal,5,4\nBP,3,6\n",
        "brand,x,t\nTotal,1,2\nShell,2,4\nTotal,3,6\n",
        "what,x,t\nmean,1,2\nmin,0,1\nmax,1,2\n",
    ],
)
def test_a_class_that_is_called_as_sums_are_stays(text: str) -> None:
    read, told = told_and_read(text)
    assert len(read["x"]) == 3
    assert not any(LEFT_OUT in line or "is kept" in line for line in told)


@pytest.mark.parametrize("cells", ["5,9", "1,0", "1e308,1e308"])
def test_a_last_row_that_is_called_total_and_is_none_stays_and_is_told(cells: str) -> None:
    read, told = told_and_read(f"brand,x,t\nShell,0,1e308\nBP,3,1.5e308\nTotal,{cells}\n")
    assert len(read["x"]) == 3
    assert "row 4, “Total”, is kept: its numbers are not what the rows above come to" in told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x,state\n1,1\n2,2;5\n3,3\n", "row 3, column “state”: expected a number, found “2;5”"),
        ('x,"a;b"\n1,1\n2,2+\n3,3\n', "row 3, column “a;b”: expected a number, found “2+”"),
    ],
)
def test_why_a_column_that_nobody_needs_is_left_out_is_told_to_the_end(text: str, why: str) -> None:
    _, told = csv_table.read_and_tell(text.encode(), needed={"x"})
    assert told[0].endswith(f"as no input takes it and it cannot be read ({why})")


@pytest.mark.parametrize(
    "text",
    [
        "Time step    Temp    Flux\n1.5    2    5\n3    4    6\n",
        "Time step    Temp    Flux\n      1.5       2       5\n        3       4      -6\n",
        " Time step         Temp         Flux\n  0.15E+01  0.2E+01 5\n  0.3E+01  0.4E+01 6\n",
        "Time step   Temp   Flux\n 1.5 2 5\n 3 4 6\n",
        "Run 5 of Monday\nTime step    Temp    Flux\n1.5  2  5\n3  4  6\n",
        "Time step\tTemp   Flux\n1.5  2  5\n3  4  6\n",
    ],
)
def test_names_of_several_words_are_parted_by_their_wide_gaps(text: str) -> None:
    read, _ = told_and_read(text)
    assert list(read) == ["Time step", "Temp", "Flux"]
    assert (read["Time step"], read["Temp"]) == ((1.5, 3.0), (2.0, 4.0))


def test_names_of_several_words_that_no_gap_tells_apart_are_refused_as_that() -> None:
    assert refusal("Time step Temp Flux\n1.5 2 5\n3 4 6\n") == (
        "row 2: the line of names above has 4 words, this row 3 cells; part the names by several blanks "
        "each, or put those of several words in quotes"
    )
