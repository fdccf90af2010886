"""Reports and printouts: names in quotes or two blanks apart, units behind numbers, and what stands below."""

from __future__ import annotations

import pytest

from nodegraph.formats.tables import csv_table

Read = dict[str, tuple[float, ...]]


def told_and_read(text: str) -> tuple[Read, list[str]]:
    table, told = csv_table.read_and_tell(text.encode())
    return {name: tuple(map(float, numbers)) for name, numbers in table.columns}, told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (',"speed, km/h","mass, kg",U\n0,1.5,6,2\n1,2.5,5,3\n2,3.5,4,2\n', ["speed, km/h", "mass, kg", "U"]),
        ("x;dose;;\n91,1;142;;\n50,5;329;;\n57,8;353;;\n", ["x", "dose"]),
        ("area,U,load (N),,\n45.3,5,235,,\n72.3,2,457,,\n80.7,3,412,,\n", ["area", "U", "load (N)"]),
        ("U (V)  pressure, hPa\n-2.2   1.1\n29.1   93.7\n43.8   88.2\n", ["U (V)", "pressure, hPa"]),
        ("speed;age\n" + "2,6 mL;20,9\n7,3 mL;86,7\n46,3 mL;34,4\n" * 3, ["speed", "age"]),
        (
            "| weight | load | depth |\n|:-:|:--|---|\n" + "| 49,87 | 23,34 | 6 275 418 |\n" * 4,
            ["weight", "load", "depth"],
        ),
    ],
)
def test_names_above_numbers_are_no_greeting(text: str, names: list[str]) -> None:
    read, told = told_and_read(text)

    assert list(read) == names
    assert not any("no names" in said for said in told)


def test_settings_behind_semicolons_are_not_taken_for_names_of_measures() -> None:
    above = "; Operator=Smith\n; Unit=mm\n; Gain=1,5\n; File=run1.csv\n; Points=10\n\n"
    read, _ = told_and_read(above + "speed;age\n" + "2,6 mL;20,9\n7,3 mL;86,7\n46,3 mL;34,4\n")

    assert read == {"speed": (2.6, 7.3, 46.3), "age": (20.9, 86.7, 34.4)}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Umsatz   load     area\n"
            "3.841    5.743    1.2 %\n20.927   -0.863   43.2 %\n-15.86   21.95    1.9 %\n",
            {
                "Umsatz": (3.841, 20.927, -15.86),
                "load": (5.743, -0.863, 21.95),
                "area": (0.012, 0.432, 0.019),
            },
        ),
        (
            "mass  height  price\n192   428     Kunde E4\n92    440     sample D7\n410   43      Kunde A19\n",
            {"mass": (192, 92, 410), "height": (428, 440, 43)},
        ),
        (
            "x               depth\n31.52 +/- 0.88    475\n39.01 +/- 0.49    252\n 9.73 +/- 0.24    325\n",
            {"x": (31.52, 39.01, 9.73), "depth": (475, 252, 325)},
        ),
        (
            "area [m²]    U     time\n"
            "      203  322   5,7 kg\n      166  361  13,9 kg\n       32  10   34,4 kg\n",
            {"area [m²]": (203, 166, 32), "U": (322, 361, 10), "time": (5.7, 13.9, 34.4)},
        ),
    ],
)
def test_cells_two_blanks_apart_may_hold_single_blanks(text: str, read: Read) -> None:
    assert told_and_read(text)[0] == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("x\tT\tI\ns\t°C\t1\n1.5\t20\t3\n2.5\t21\t4\n", {"x": (1.5, 2.5), "T": (20, 21), "I": (3, 4)}),
        ("age,m\n[],[kg]\n5,1.5\n6,2.5\n7,3.5\n", {"age": (5, 6, 7), "m": (1.5, 2.5, 3.5)}),
        ("U;name;T\nV;N;s\n2;A7;39\n5;B7;54\n3;C7;40\n9;D7;41\n", {"U": (2, 5, 3, 9), "T": (39, 54, 40, 41)}),
        ("load;v\nN;m/s\n5,5;4 km\n6,5;5 km\n", {"load": (5.5, 6.5), "v": (4, 5)}),
    ],
)
def test_a_row_of_units_is_known_by_its_units(text: str, read: Read) -> None:
    found, told = told_and_read(text)

    assert found == read
    assert any(said.startswith("the second row of names (") for said in told)


def test_a_class_called_as_a_unit_is_no_row_of_units() -> None:
    read, _ = told_and_read("sex,size,x\nm,S,1\nf,m,2\nm,S,3\nf,S,4\n")

    assert read["x"] == (1, 2, 3, 4)


@pytest.mark.parametrize("deviation", ["s", "σ", "Std."])
@pytest.mark.parametrize("mean", ["Mittelwert", "Mean value", "Arithm. Mittel"])
def test_a_mean_and_a_deviation_below_a_table_are_left_out(mean: str, deviation: str) -> None:
    rows = "P1;4;10\nP2;8;30\nP3;6;20\n"
    read, told = told_and_read(f"name;x;y\n{rows}{mean};6;20\n{deviation};2;10\nmin.;4;10\nMax;8;30\n")

    assert (read["x"], read["y"]) == ((4, 8, 6), (10, 30, 20))
    assert "what stands below the table is left out (rows 5, 6, 7, …)" in told


def test_a_sample_called_s_is_kept() -> None:
    assert told_and_read("name;x\nr;4\nq;8\np;6\ns;5\n")[0]["x"] == (4, 8, 6, 5)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1.200,-", 1200), ("12,–", 12), ("R$ 4.046,75", 4046.75), ("500,5-", -500.5)],
)
def test_an_amount_without_cents_is_no_debt(cell: str, number: float) -> None:
    assert told_and_read(f"id;x\n1;{cell}\n2;{cell}\n3;{cell}\n")[0]["x"] == (number,) * 3


@pytest.mark.parametrize("code", ["999.9", "-999.25", "1E+30", "9999.9"])
def test_numbers_that_instruments_write_for_a_gap_are_told(code: str) -> None:
    _, told = told_and_read(f"x,y\n1,2.5\n2,{code}\n3,4.5\n4,3.5\n")

    assert any("if it stands for a gap" in said for said in told)


def test_a_first_table_with_names_in_quotes_is_read_and_the_second_told() -> None:
    first, second = (
        "22.38,-13.4\n32.32,-16.3\n41.47,-23.7\n",
        "9.1,18.8,40.8\n87.5,51.8,77.7\n51.5,48.8,0.1\n",
    )
    read, told = told_and_read(f'y,"area, m²"\n{first}\ndepth,Umsatz,U\n{second}{second}{second}')

    assert read == {"y": (22.38, 32.32, 41.47), "area, m²": (-13.4, -16.3, -23.7)}
    assert any(said.startswith("a second table begins in row 6 and is left out") for said in told)


def test_dates_between_drawn_lines_are_rows_of_the_table() -> None:
    line = "+--------------+--------+\n"
    rows = line.join(f"| Jan {day:02}, 2024 | {day}.5   |\n" for day in range(3, 13))
    read, told = told_and_read(f"{line}| weight       | price  |\n{line.replace('-', '=')}{rows}{line}")

    assert read["price"] == tuple(day + 0.5 for day in range(3, 13))
    assert not any("below the table" in said for said in told)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_names_in_the_first_column_are_told(sign: str) -> None:
    lines = ["time 1 2 3 4", "speed 2.5 3.5 4.5 5.5", "load 7 8 9 7"]
    _, told = told_and_read("".join(line.replace(" ", sign) + "\n" for line in lines))

    said = "the words in column “x1” may name what stands in each row; then turn the table, rows into columns"
    assert said in told


def test_of_samples_without_names_it_is_not_said_that_the_table_is_turned() -> None:
    _, told = told_and_read("".join(f"sample{row}a,{row}.5,{row + 2}\n" for row in range(8)))

    assert not any("turn the table" in said for said in told)


@pytest.mark.parametrize("gap", ["n. n.", "n.n.", "n.b.", "fehlt", "not detected", "no data", "(null)"])
def test_what_laboratories_write_for_no_number_is_a_gap(gap: str) -> None:
    read, told = told_and_read(f"x;y\n1;2\n2;{gap}\n3;4\n4;5\n")

    assert read == {"x": (1, 3, 4), "y": (2, 4, 5)}
    assert "1 row with a gap is left out: row 3" in told


@pytest.mark.parametrize("units", ["-,kg", ",kg", "--,[kg]"])
def test_a_unit_above_a_column_of_words_is_none_of_them(units: str) -> None:
    read, told = told_and_read(f"U,answer\n{units}\n1.5,ja\n2.5,nein\n3.5,ja\n")

    assert read == {"U": (1.5, 2.5, 3.5), "answer": (1, 0, 1)}
    assert "in column “answer” nein = 0, ja = 1" in told


@pytest.mark.parametrize("first", ["1,A", "1,kg"])
def test_a_word_beside_a_number_is_a_row_though_it_may_be_a_unit(first: str) -> None:
    read, _ = told_and_read(f"x,grade\n{first}\n2,B\n3,C\n4,B\n")

    assert read["x"] == (1, 2, 3, 4)
