"""Logs of microcontrollers and instruments: greetings, messages amid readings, boot lines, a second table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.errors import DocumentError
from nodegraph.formats.cells import table_readings
from nodegraph.formats.tables.csv_table import read_and_tell

BOOT = (
    "ets Jul 29 2019 12:21:46\n\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n"
    "configsip: 0, SPIWP:0xee\nclk_drv:0x00,q_drv:0x00\nmode:DIO, clock div:1\nload:0x3fff0030,len:1344\n"
    "entry 0x400805f0\n"
)


@pytest.mark.parametrize(
    ("text", "columns", "told"),
    [
        (
            "Starting...\nSensor ready\n23.5,40\n23.6,41\n23.7,42\n",
            {"x1": (23.5, 23.6, 23.7), "x2": (40.0, 41.0, 42.0)},
            "what stands above the table is left out (rows 1 to 2)",
        ),
        (
            "DHT22 test!\ntemp:23.5,hum:40\ntemp:23.6,hum:41\ntemp:23.7,hum:42\n",
            {"temp": (23.5, 23.6, 23.7), "hum": (40.0, 41.0, 42.0)},
            "what stands above the table is left out (row 1)",
        ),
        (
            f"{BOOT}temp:23.5,hum:40,\ntemp:23.6,hum:41,\ntemp:23.7,hum:42,\n",
            {"temp": (23.5, 23.6, 23.7), "hum": (40.0, 41.0, 42.0)},
            "what stands above the table is left out (rows 1 to 8)",
        ),
        (
            "temp:23.5,hum:40\nSensor error, retrying\ntemp:23.6,hum:41\ntemp:23.7,hum:42\n",
            {"temp": (23.5, 23.6, 23.7), "hum": (40.0, 41.0, 42.0)},
            "a line without readings is left out (row 2)",
        ),
        (
            "t,U\n1,4\n2,5\nFailed to read from the sensor!\n3,6\nAgain: no answer.\n4,7\n",
            {"t": (1.0, 2.0, 3.0, 4.0), "U": (4.0, 5.0, 6.0, 7.0)},
            "lines without readings are left out (rows 4, 6)",
        ),
        (
            "time,temp\nLogging started\n0,20\n1,21\n2,22\nLogging stopped.\n",
            {"time": (0.0, 1.0, 2.0), "temp": (20.0, 21.0, 22.0)},
            "a line without readings is left out (row 6)",
        ),
        (
            "light\n512\n513\nsensor lost\n514\n515\n",
            {"light": (512.0, 513.0, 514.0, 515.0)},
            "a line without readings is left out (row 4)",
        ),
        (
            "Record Length,Analog:3\nSample Interval,1e-6\nUnits,V\nSecond,Volt\n0,0.1\n1,0.2\n2,0.3\n",
            {"Second": (0.0, 1.0, 2.0), "Volt": (0.1, 0.2, 0.3)},
            "what stands above the table is left out (rows 1 to 3)",
        ),
        (
            "Rate,100\nRange,5\nt,U\ns,V\n0,0.1\n1,0.2\n2,0.3\n",
            {"t": (0.0, 1.0, 2.0), "U": (0.1, 0.2, 0.3)},
            "what stands above the table is left out (rows 1 to 2)",
        ),
        (
            "Index   time      v(1)\n----------------------\n0\t0.0\t0.5\n1\t0.1\t0.6\n2\t0.2\t0.7\n",
            {"Index": (0.0, 1.0, 2.0), "time": (0.0, 0.1, 0.2), "v(1)": (0.5, 0.6, 0.7)},
            "",
        ),
        (
            "Schritt 1: Fehler 0,5\nSchritt 2: Fehler 0,4\nSchritt 3: Fehler 0,3\n",
            {"Schritt": (1.0, 2.0, 3.0), "Fehler": (0.5, 0.4, 0.3)},
            "decimals have a comma",
        ),
        (
            "12:00:01.000 -> Hello there\n12:00:02.000 -> a:1,b:4\n12:00:03.000 -> a:2,b:5\n"
            "12:00:04.000 -> a:3,b:6\n",
            {
                "time": (12 + 2 / 3600, 12 + 3 / 3600, 12 + 4 / 3600),
                "a": (1.0, 2.0, 3.0),
                "b": (4.0, 5.0, 6.0),
            },
            "what stands above the table is left out (row 1)",
        ),
        (
            "BME280\nTemp: 23.5 °C Hum: 40 %\nTemp: 23.6 °C Hum: 41 %\nTemp: 23.7 °C Hum: 42 %\n",
            {"Temp": (23.5, 23.6, 23.7), "Hum": (40.0, 41.0, 42.0)},
            "what stands above the table is left out (row 1)",
        ),
        (
            "Epoch 1/3\nloss: 0.5 - acc: 0.8\nEpoch 2/3\nloss: 0.4 - acc: 0.9\nEpoch 3/3\n"
            "loss: 0.3 - acc: 1\n",
            {"loss": (0.5, 0.4, 0.3), "acc": (0.8, 0.9, 1.0)},
            "lines without readings are left out (rows 3, 5)",
        ),
        (
            "Step 0: loss=1.25\nStep 10: loss=0.75\nStep 20: loss=0.5\n",
            {"Step": (0.0, 10.0, 20.0), "loss": (1.25, 0.75, 0.5)},
            "",
        ),
        (
            "Run 1\nTime\tTemp\nt\tT\ns\t°C\n\n0\t20.5\n1\t21\n2\t21.5\n",
            {"Time": (0.0, 1.0, 2.0), "Temp": (20.5, 21.0, 21.5)},
            "what stands above the table is left out (row 1)",
        ),
        (
            "Data File\n++++++\nDate: Mon\n>>>Begin Data<<<\n339.09\t0.5\n339.28\t0.6\n339.47\t0.7\n"
            ">>>End Data<<<\n",
            {"x1": (339.09, 339.28, 339.47), "x2": (0.5, 0.6, 0.7)},
            "a line without readings is left out (row 8)",
        ),
    ],
)
def test_what_is_no_reading_is_left_out_and_told(
    text: str, columns: dict[str, tuple[float, ...]], told: str
) -> None:
    table, said = read_and_tell(text.encode())
    assert table.names == tuple(columns)
    for name, numbers in table.columns:
        assert numbers == pytest.approx(columns[name], rel=1e-12)
    assert told in "; ".join(said)


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("x,y\n1,2\n3,4\n\nu,v\n5,6\n7,8\n", 5),
        ("x,y\n1,2\n3,4\n5,6\n\nt,u,v\n0,5,6\n1,7,8\n2,9,9\n", 6),
        ("Table 1\nx;y\n1;2\n3;4\n;;\nTable 2\na;b\n5;6\n7;8\n", 6),
    ],
)
def test_of_two_tables_the_first_is_read_and_the_second_told(text: str, begin: int) -> None:
    table, said = read_and_tell(text.encode())
    assert (table.names, dict(table.columns)["x"][:2]) == (("x", "y"), (1.0, 3.0))
    assert f"a second table begins in row {begin} and is left out" in "; ".join(said)


def test_the_same_names_again_begin_no_second_table() -> None:
    table, said = read_and_tell(b"x,y\n1,2\n3,4\n\nx,y\n5,6\n7,8\n")
    assert dict(table.columns)["x"] == (1.0, 3.0, 5.0, 7.0)
    assert "the names stand again" in "; ".join(said)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("temp:1\ntemp:2\ntemp:x\n", 3),
        ("Hello!\ntemp:1\ntemp:2\ntemp:3\nhum:4\n", 5),
        ("a:1,b:4\na:2,b:5\n12,b:6\n", 3),
    ],
)
def test_a_reading_with_a_slip_is_no_message(text: str, row: int) -> None:
    with pytest.raises(DocumentError, match=f"row {row}: expected"):
        read_and_tell(text.encode())


@pytest.mark.parametrize(
    "text",
    ["1,2\n3,4\nabc\n5,6\n", "1,2\n3,4\n5,six\n5,6\n", "1 2\n3 4\nfive six\n5 6\n", "1;2\n3;4\n5\n6;7\n"],
)
def test_a_row_with_a_slip_is_refused_as_before(text: str) -> None:
    with pytest.raises(DocumentError, match="row 3, column"):
        read_and_tell(text.encode())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("temp:1,hum:4\ntemp:2,hum:\ntemp:3,hum:6\n", "row 2"),
        ("0    1.5\n1    NaN\n2    3.5\nName: x, dtype: float64\n", "row 2"),
        ("Hi!\na:1,b:4\na:2,b:nan\na:3,b:6\n", "row 3"),
    ],
)
def test_rows_below_names_that_are_made_count_as_the_lines_of_their_file(text: str, rows: str) -> None:
    table, said = read_and_tell(text.encode())
    assert f"1 row with a gap is left out: {rows}" in said
    assert len(table.columns[0][1]) == 2


def test_a_log_of_many_lines_is_read_once() -> None:
    text = "Hello there!\n" + "".join(f"a:{k},b:{2 * k}\n" for k in range(5_000)) + "Bye, all.\n"
    table, said = read_and_tell(text.encode())
    assert table.column("b")[-1] == 9_998.0
    assert "a line without readings is left out (row 5002)" in "; ".join(said).replace(",", "")


@pytest.mark.parametrize("marks", ["#", "##", "  ###"])
def test_names_may_stand_behind_several_marks(marks: str) -> None:
    table, said = read_and_tell(f"{marks}Temp./C;Mass/%\n25,5;100,0\n30,0;99,9\n35,0;99,8\n".encode())
    assert dict(table.columns) == {"Temp./C": (25.5, 30.0, 35.0), "Mass/%": (100.0, 99.9, 99.8)}
    assert "the names stand behind #" in said


def test_times_of_a_monitor_within_a_monitor_are_taken_off_once() -> None:
    """Each arrow was taken off by a further call: a line of hundreds ended in an internal error."""
    with pytest.raises(DocumentError, match="columns are too many"):
        read_and_tell(("12:00:01.000 -> " * 600 + "1\n").encode())


@pytest.mark.parametrize("row", ["\x1f1,2", "\x1f\x1f1,2", " 1,2"])
def test_a_sign_that_is_not_seen_before_a_row_hides_and_renumbers_none(row: str) -> None:
    table, _said = read_and_tell(f"x,y\n{row}\n3,4\n5,6\n".encode())
    assert (dict(table.columns)["x"], [*table.numbers]) == ((1.0, 3.0, 5.0), [2, 3, 4])


def test_amid_many_rows_of_plain_numbers_no_cell_is_looked_at_to_find_a_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    numbers_in = table_readings._numbers_in
    monkeypatch.setattr(
        table_readings, "_numbers_in", lambda line, sign: asked.append(line) or numbers_in(line, sign)
    )
    rows = "".join(f"{k},{2 * k}.5,-{k}e-3\n" for k in range(5_000))
    assert table_readings.readings_in(f"{rows}Sensor lost.\n{rows}").count("\n") == 10_001
    assert len(asked) < 1_000


CELLS = st.sampled_from(["1", "-2", "3.5", "1e5", "NaN", "x", "1,5", "+4.", "1.2.3", "5V"])


@given(st.sampled_from([*",;\t "]), st.lists(CELLS))
def test_what_is_taken_for_a_row_of_plain_numbers_is_a_row(sign: str, cells: list[str]) -> None:
    line, width = sign.join(cells), max(1, len(cells))
    if table_readings._plain_row(sign, width).fullmatch(line):
        assert table_readings._is_row(line, sign, width)
