"""Tables that hold nothing but even rows of numbers are read at once, and just as cell by cell."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodegraph.core.errors import DocumentError
from nodegraph.formats.tables import csv_table, even_table, table_reading
from nodegraph.formats.tables.table_reading import Reading


def read_twice(text: str, reading: Reading | None = None) -> tuple[object, object]:
    """What the text is as it is read now, and cell by cell: rows, columns and what is told, or the error."""
    reading = reading or table_reading.assume(text)
    found: list[object] = []
    for read in (csv_table.columns_as, csv_table._cell_by_cell):
        try:
            columns = read(text, reading)
        except DocumentError as error:
            found.append(str(error))
        else:
            taken = [(name, [number.hex() for number in map(float, c)]) for name, c in columns.taken]
            found.append((list(columns.rows), taken, columns.told))
    return found[0], found[1]


def a_table(rows: int = 80, width: int = 3, sign: str = ",", seed: int = 1) -> list[str]:
    """The lines of a table of numbers as programs write them."""
    drawn = random.Random(seed)
    ways = (
        lambda: repr(drawn.gauss(0, 1)), lambda: str(drawn.randrange(-99, 99)),
        lambda: f"{drawn.random():.3e}",
        lambda: f"{drawn.gauss(0, 1e9):.2f}", lambda: repr(drawn.random() * 10.0 ** drawn.randint(-300, 300)),
        lambda: f"{drawn.random()}"[1:], lambda: f"{drawn.randrange(99)}.",
    )  # fmt: skip
    head = sign.join(f"c{place}" for place in range(width))
    return [head, *(sign.join(drawn.choice(ways)() for _ in range(width)) for _ in range(rows))]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [1, 2, 10])
def test_even_tables_are_read_as_cell_by_cell(sign: str, end: str, width: int) -> None:
    text = end.join([*a_table(width=width, sign=sign), ""])
    now, carefully = read_twice(text)
    assert now == carefully
    reading = table_reading.assume(text)
    start = csv_table._cell_by_cell(table_reading.first_lines(text), reading)
    found = even_table.columns_of(text, start, reading)
    assert found is not None
    assert len(found.taken[0][1]) == 80


SPOILT = [
    "\n" * 60,
    "", "1,2", "1,2,3,4", "1,,3", ",2,3", "1,2,", "a,2,3", "1,nan,3", "1,inf,3", "1,1e400,3",
    "1,1e-400,3", "1,0x1p3,3", "1,1_000,3", "1,+2,3", "1, 2 ,3", "1,−2,3", "1,٣,3", '1,"2",3', '1,"2',
    "# 1,2,3", "% 1", "1,NA,3", "1,null,3", "1,50%,3", "1,12:30,3", "1,2 kg,3", "1,--2,3", "1,2e,3",
    "1,.,3", "1,-,3", "1;2;3", "total", "1,2,3\r", "1,2\r,3", "1,2,3,", "1,2,3,,", "  1,2,3", "1,0b1,3",
    "1,TRUE,3", "1,2,3\x00", "1,1.7976931348623157e308,3", "1,-0.0,3", "1,4.9e-324,3",
    "1,2.2250738585072011e-308,3", "1,9007199254740993,3", "1,0.1000000000000000055511151231257827,3",
    "1,00012,3", "1,1E5,3", "1,1e+5,3", "1,2d3,3", "1,(3),3", "1,$5,3", "1,1'000,3", "1,infinity,3",
    "1,1.2.3,3",
]  # fmt: skip


@pytest.mark.parametrize("place", [1, 40, 80, 81])
def test_one_line_that_is_not_even_is_read_as_cell_by_cell(place: int) -> None:
    for spoilt in SPOILT:
        lines = a_table()
        lines.insert(place, spoilt)
        now, carefully = read_twice("\n".join(lines))
        assert now == carefully, spoilt


HEADS = [
    "", "\n\n", "A title\n", "sep=,\n", "# made by hand\n", '"first\nname",b,c\n', '"a\n1,2,3",b,c\n',
    "1,2,3\n", "2019,2020,2021\n", ",b,c\n", "a,a,c\n", "a,,c\n", "Unnamed: 0,b,c\n", "cm,kg,s\n",
    "#,b,c\n", "80,2,setosa,virginica\n", "a,b,c\ncm,kg,s\n", "a,b\n", "a,b,c,d\n", "a b,c d,e f\n",
    "% a,b,c\n", "1e5,b,c\n",
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_whatever_stands_above_even_rows_is_read_as_cell_by_cell(head: str) -> None:
    now, carefully = read_twice(head + "\n".join(a_table()[1:]))
    assert now == carefully


@pytest.mark.parametrize(
    "reading",
    [
        Reading(omitted=frozenset({1})), Reading(index=True), Reading(index=True, omitted=frozenset({0})),
        Reading(named=False), Reading(skipped=3), Reading(";"), Reading(";", ","), Reading(words="out"),
        Reading(omitted=frozenset({0, 1, 2})), Reading(lower=1), Reading(" "),
    ],
)  # fmt: skip
def test_however_a_table_is_to_be_read(reading: Reading) -> None:
    now, carefully = read_twice("\n".join(a_table()), reading)
    assert now == carefully


def test_decimal_commas_are_read_at_once_too() -> None:
    text = "\n".join(a_table(sign=";")).replace(".", ",")
    reading = table_reading.assume(text)
    assert (reading.delimiter, reading.decimal) == (";", ",")
    now, carefully = read_twice(text, reading)
    assert now == carefully
    mixed = text.replace(",", ".", 7)
    now, carefully = read_twice(mixed, reading)
    assert now == carefully


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_changed_in_an_even_table(data: st.DataObject) -> None:
    text = "\n".join(a_table(70, data.draw(st.integers(1, 4)), seed=data.draw(st.integers(0, 99))))
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(text) - 1))
        put = data.draw(
            st.sampled_from(["", ",", "\n", "\r", ".", "-", "e", "x", " ", '"', "#", ";", "\t", "0"])
        )
        text = text[:place] + put + text[place + data.draw(st.integers(0, 1)) :]
    now, carefully = read_twice(text)
    assert now == carefully


def test_the_start_of_an_even_table_tells_how_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for sign in (",", ";", "\t"):
        text = "\n".join(a_table(3000, sign=sign))
        assert len(table_reading._start_of(text)) < 6_000
        short = table_reading.assume(text)
        with monkeypatch.context() as patch:
            patch.setattr(table_reading, "_start_of", lambda text: text[: table_reading.LONGEST_START])
            assert table_reading.assume(text) == short
    late = "\n".join([*a_table(3000, sign=";"), *["1;2,5;3"] * 9])
    assert len(table_reading._start_of(late)) > 6_000, "a comma far below tells of decimals"


def test_a_table_is_not_even_where_it_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert not even_table.is_candidate("x\n1\n", Reading())
    assert even_table.is_candidate("x\n" + "1\n" * 20_000, Reading())


def test_a_number_that_people_write_for_a_gap_is_told_of_far_below_too() -> None:
    rows = "".join(f"{place},{-999 if place == 150 else place % 7}\n" for place in range(200))
    said = "-999 in column “y” (row 152) is read as a number; if it stands for a gap, leave such cells empty"
    assert csv_table.read_and_tell(f"x,y\n{rows}".encode())[1] == [said]
