"""Remarks at the ends of rows, and quotation marks as word processors write them."""

from __future__ import annotations

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats.tables import csv_table

BEHIND = "what stands behind # at the end of a row is left out"


def told_and_read(text: str) -> tuple[dict[str, tuple[float, ...]], list[str]]:
    table, told = csv_table.read_and_tell(text.encode())
    return dict(table.columns), told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x y\n1 3 # first\n2 4\n", ["spaces part the cells", f"{BEHIND} (row 2)"]),
        ("x,y\n1,3 # first, second\n2,4\n", [f"{BEHIND} (row 2)"]),
        ("x\ty\n1\t3\t# first\n2\t4 # second\n", [f"{BEHIND} (row 2, …)"]),
        ("x,y # in cm\n1,3 # 5th run\n2,4\n", [f"{BEHIND} (row 1, …)"]),
        ("# run 5\nx;y\n1;3 // first\n2;4\n",
         ["rows that begin with # are left out", f"{BEHIND.replace('#', '//')} (row 3)"]),
    ],
)  # fmt: skip
def test_a_remark_at_the_end_of_a_row_is_left_out_and_told(text: str, told: list[str]) -> None:
    assert told_and_read(text) == ({"x": (1.0, 2.0), "y": (3.0, 4.0)}, told)


def test_rows_without_names_may_all_have_a_remark() -> None:
    assert told_and_read("1 3 # first\n2 4 # second, of 2\n")[0] == {"x1": (1.0, 2.0), "x2": (3.0, 4.0)}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("x,colour\n1,#ff0000\n2,#00ff00\n", {"x": (1.0, 2.0), "colour": (0.0, 1.0)}),
        ("x,place,y\n1,Apt 5 # 3,2\n2,Road 4 # 2,3\n",
         {"x": (1.0, 2.0), "place": (0.0, 1.0), "y": (2.0, 3.0)}),
        ('x,y\n1,"3 # a"\n2,"4 # b"\n', {"x": (1.0, 2.0), "y": (0.0, 1.0)}),
        ("x y\n1 #N/A\n2 3\n3 4\n", {"x": (2.0, 3.0), "y": (3.0, 4.0)}),
        ("x # y\n1 # 3\n2 # 4\n", {"x": (1.0, 2.0), "#": (0.0, 0.0), "y": (3.0, 4.0)}),
    ],
)  # fmt: skip
def test_a_mark_within_the_cells_of_a_row_begins_no_remark(text: str, columns: dict[str, object]) -> None:
    assert told_and_read(text)[0] == columns


@pytest.mark.parametrize(
    "text",
    [
        "“x”,“y, z”\n1.5,2\n3,4\n",
        "„x“;„y, z“\r\n„1,5“;2\r\n3;4\r\n",
        "”x”\t”y, z”\r\n1.5\t2\r\n3\t4\r\n",
        "«x»; «y, z»\n1.5;2\n3;4\n",
        "‘x’,‘y, z’\n1.5,2\n3,4\n",
        "“x” “y, z”\n1.5 “2”\n3 4\n",
    ],
)
def test_curly_quotation_marks_round_a_cell_are_no_part_of_it(text: str) -> None:
    assert told_and_read(text)[0] == {"x": (1.5, 3.0), "y, z": (2.0, 4.0)}


def test_curly_quotation_marks_within_a_cell_stay() -> None:
    assert "he said “no” = 1" in told_and_read("x,t\n1,yes\n2,he said “no”\n")[1][0]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("x,y,remark\n1,3,ok\n2,4,a bit late, but fine\n", 3),
        ("x,y,remark\n1,3,ok, but\n2,4,ok\n", 2),
        ("x;y;Notiz\n1;3;spät; gut\n2;4;\n", 2),
    ],
)
def test_a_text_at_the_end_keeps_the_sign_that_parts_cells(text: str, row: int) -> None:
    found, told = told_and_read(text)
    assert (found["x"], found["y"]) == ((1.0, 2.0), (3.0, 4.0))
    sign = "semicolon" if ";" in text else "comma"
    assert told[0] == f"a {sign} in a text at the end parts no cells (row {row})"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("x,y,z\n1,2,3\n4,5,,late\n7,8,9\n3,2,1\n5,5,5\n", "put a text that holds a comma in quotes"),
        ("x,y,z\n1,2,3\n4,5,6,7\n7,8,9\n3,2,1\n5,5,5\n", "if decimals have a comma"),
    ],
)
def test_a_row_with_a_cell_too_many_is_refused_with_what_may_be_meant(text: str, hint: str) -> None:
    with pytest.raises(DocumentError, match=f"row 3: expected 3 cells, found 4; {hint}"):
        csv_table.read(text.encode())
