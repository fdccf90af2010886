"""Tables as instruments write them: names in two rows, above columns that are empty, behind a mark, and words
around the rows.
"""

from __future__ import annotations

import pytest

from nodegraph.formats.tables import csv_table

Read = dict[str, tuple[float, ...]]


def told_and_read(text: str) -> tuple[Read, list[str]]:
    table, told = csv_table.read_and_tell(text.encode())
    return {name: tuple(map(float, numbers)) for name, numbers in table.columns}, told


ROWS = "0,1.5,2\n1,2.5,4\n2,3.5,6\n3,4.5,9\n"
TABBED = ROWS.replace(",", "\t")
SETTINGS = (
    "Record Length,Analog:7\nVertical Units,CH1:V,CH2:V\nHorizontal Units,s\nHorizontal Scale,1.0e-03\n"
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a,b,c,latitude,longitude\n" + ROWS.replace("\n", ",,\n"), ["a", "b", "c"]),
        (
            "Time(s),CH1(V),CH2(V),t0 = -1.0e-03,tInc = 1.0e-06,\n" + ROWS.replace("\n", ",,\n"),
            ["Time(s)", "CH1(V)"],
        ),
        (SETTINGS + "Model,SDS1104\nSource,CH1,CH2\nSecond,Volt,Volt\n" + ROWS, ["Source", "CH1", "CH2"]),
        ("#Laser=\t532.12 nm\t\n#Grating=\t600 gr/mm\tfine\n" + TABBED, ["x1", "x2", "x3"]),
        ('# Curve title: "sin(x)"\n# x y z\n' + ROWS.replace(",", " "), ["x", "y", "z"]),
        (
            "# Force coefficients\n# Time  \tCd  \tCl  \t\n" + TABBED.replace("\n", "\t\n"),
            ["Time", "Cd", "Cl"],
        ),
        (
            "% Date:  Mar 12 2024, 10:15\n% Time (s)  Humidity (%), Point: 1  Speed (m/s), Point: 2  \n"
            + ROWS.replace(",", "    "),
            ["Time (s)", "Humidity (%), Point: 1", "Speed (m/s), Point: 2"],
        ),
        ("\tPt\tT\tHumidity\n\t#\ts\t%\n" + "\t" + TABBED.replace("\n", "\n\t"), ["Pt", "T", "Humidity"]),
        (
            "Number,Time,CH1,CH2,Alarm\nNO.,Time,degC,V,A123\n"
            + "".join(f"{n},10:15:0{n},2.{n},4.{n},LLL\n" for n in range(4)),
            ["Number", "Time", "CH1", "CH2", "Alarm"],
        ),
        (
            '@    title "Energies"\n@    xaxis  label "Time (ps)"\n@TYPE xy\n'
            '@ s0 legend "Potential"\n@ s1 legend "Kinetic En."\n' + ROWS.replace(",", "   "),
            ["Time (ps)", "Potential", "Kinetic En."],
        ),
        (
            "User: USER,Path: C:\\Data,Test ID: 12\nTest Name: OD600,Date: 12.03.2024\n\n"
            "Well,Col,Content,Raw\n" + "".join(f"A,{n},Sample X{n},0.{n}\n" for n in range(1, 6)),
            ["Well", "Col", "Raw"],
        ),
    ],
)
def test_what_instruments_write_above_their_rows_names_the_columns(text: str, names: list[str]) -> None:
    read, _ = told_and_read(text)

    assert list(read)[: len(names)] == names
    assert list(read.values())[-1][-1] in (9, 4.3, 0, 0.5)


def test_settings_above_rows_without_names_are_left_out() -> None:
    above = (
        "Version\t4.5\nLanguage\tUSE\nRun\t12\nSig1\tTime (min)\nSig2\tT (°C)\nDate\t12-Mar-24\nStartOfData\n"
    )
    read, told = told_and_read(above + "0.0\t1.5\t\n0.5\t1.6\t\n1.0\t1.8\t\n")

    assert read == {"x1": (0, 0.5, 1), "x2": (1.5, 1.6, 1.8)}
    assert "what stands above the table is left out (rows 1 to 7)" in told


def test_what_the_first_row_alone_reaches_to_is_told() -> None:
    text = "No,Time,T,Serial Number\n1,2024-03-12 10:15:00,22.5,000012345\n"
    read, told = told_and_read(text + "2,2024-03-12 10:15:10,22.6\n3,2024-03-12 10:15:20,22.8\n")

    assert read == {"No": (1, 2, 3), "T": (22.5, 22.6, 22.8)}
    assert "row 2 alone reaches to “Serial Number”" in told


def test_lines_of_words_below_a_blank_one_are_left_out() -> None:
    below = "\n##### Extended Information\n[Comments]\nSample name\tX\nComment\t\nUser\tlab\n"
    read, told = told_and_read("500.0\t0.1\n499.0\t0.2\n498.0\t0.4\n497.0\t0.7\n" + below)

    assert read == {"x1": (500, 499, 498, 497), "x2": (0.1, 0.2, 0.4, 0.7)}
    assert any("below the table is left out" in said for said in told)


@pytest.mark.parametrize("word", ["Undetermined", "Bad", "I/O Timeout", "BDL", "b.d.l."])
def test_words_of_instruments_for_no_number_are_gaps(word: str) -> None:
    read, told = told_and_read(f"n,Ct\n1,24.5\n2,{word}\n3,25.1\n4,23.9\n")

    assert read["Ct"] == (24.5, 25.1, 23.9)
    assert told == ["1 row with a gap is left out: row 3"]
