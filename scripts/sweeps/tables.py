"""Read random tables as people's programs write them: each must hold the numbers that were written.

    python3 scripts/sweeps/tables.py [--tables 3000] [--seed 0]

Decimals with a point or a comma, signs between thousands, percent and currencies, gaps, words and units;
cells parted by commas, semicolons, tabs, blanks or bars, quoted or not, below settings or none, in four
encodings and with three ends of lines. Every table is made from the seed and its own number. Counted are the
tables that are refused, and those read otherwise with some words about it, as where two words may name
columns. Ends with status 1 where one is read otherwise than it was written and nothing is told, or an error
is none of ours.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from nodegraph.core.errors import NodegraphError  # noqa: E402
from nodegraph.formats.tables import csv_table  # noqa: E402

FAILURES_SHOWN = 20
NAMES = (
    *("time", "t (s)", "Temperature [°C]", "U/V", "I (mA)", "speed_kmh", "x", "y", "z", "Höhe", "mass"),
    *("Sepal.Length", "p-value", "Weight(kg)", "sample", "y_true", "price", "Umsatz", "Année", "Re(z)", "n"),
)
WORDS = (
    *(("setosa", "versicolor", "virginica"), ("yes", "no"), ("male", "female"), ("A", "B", "C")),
    *(("Ja", "Nein"), ("low", "mid", "high"), ("True", "False")),
)
UNITS = ("s", "V", "mA", "(kg)", "[m]", "°C", "-")
GAPS = ("", "NA", "n/a", "-", "NaN", "null", "?")
SETTINGS = (
    "Measured on 12.03.2024",
    "Device: XJ-200",
    "Serial No{}12345",
    "# created by logger v1.2",
    "Version 2.1",
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")

Cells = list[str]
Numbers = list[float | None]


@dataclass(frozen=True)
class Locale:
    """How a program writes numbers, and what parts its cells."""

    decimal: str
    thousands: str
    delimiter: str
    minus: str = "-"

    def written(self, number: float, decimals: int) -> str:
        """Returns a number with so many decimals."""
        plain = f"{abs(number):,.{decimals}f}".replace(",", "\0").replace(".", self.decimal)
        return self.minus * (number < 0) + plain.replace("\0", self.thousands)


LOCALES = (
    *(Locale(".", "", sign) for sign in ",;\t |"),
    *(Locale(",", thousands, sign) for thousands in ("", ".", "\u00a0", "\u202f") for sign in ";\t"),
    *(Locale(".", thousands, sign) for thousands in (",", "'", "’") for sign in ";\t"),
    Locale(".", ",", ","),
)


@dataclass
class Column:
    """A name, the numbers below it (None: a gap), none for words, and their cells."""

    name: str
    numbers: Numbers
    cells: Cells


@dataclass
class Made:
    """A table as a file holds it, and what it means."""

    data: bytes
    columns: list[Column]


# --- columns
def reals(pick: random.Random, rows: int, locale: Locale) -> tuple[Numbers, Cells]:
    """Numbers with some decimals."""
    decimals = pick.randint(0, 4)
    numbers = [round(pick.gauss(0, 30), decimals) + 0.0 for _ in range(rows)]
    return list(numbers), [locale.written(number, decimals) for number in numbers]


def large(pick: random.Random, rows: int, locale: Locale) -> tuple[Numbers, Cells]:
    """Millions."""
    numbers = [round(pick.uniform(-5e6, 5e6), 2) for _ in range(rows)]
    return list(numbers), [locale.written(number, 2) for number in numbers]


def with_exponents(pick: random.Random, rows: int, locale: Locale) -> tuple[Numbers, Cells]:
    """Numbers such as 1.5e-07."""
    numbers = [float(f"{pick.uniform(-1, 1) * 10 ** pick.randint(-9, 9):.3e}") for _ in range(rows)]
    mark = pick.choice("eE")
    return list(numbers), [
        f"{number:.3e}".replace(".", locale.decimal).replace("e", mark) for number in numbers
    ]


def shares(pick: random.Random, rows: int, locale: Locale) -> tuple[Numbers, Cells]:
    """Percentages, which are read as shares of 1."""
    numbers = [round(pick.uniform(0, 100), 1) for _ in range(rows)]
    return [number / 100 for number in numbers], [f"{locale.written(number, 1)}%" for number in numbers]


def amounts(pick: random.Random, rows: int, locale: Locale) -> tuple[Numbers, Cells]:
    """Amounts of money."""
    numbers = [round(pick.uniform(0, 5000), 2) for _ in range(rows)]
    before, behind = pick.choice((("$", ""), ("£", ""), ("", "€"), ("", " €"), ("", " EUR")))
    return list(numbers), [f"{before}{locale.written(number, 2)}{behind}" for number in numbers]


def with_gaps(pick: random.Random, rows: int, locale: Locale) -> tuple[Numbers, Cells]:
    """Numbers of which one in ten is missing."""
    gap = pick.choice(GAPS)
    numbers = [None if pick.random() < 0.1 else round(pick.gauss(0, 3), 2) + 0.0 for _ in range(rows)]
    return list(numbers), [gap if number is None else locale.written(number, 2) for number in numbers]


def words(pick: random.Random, rows: int, _: Locale) -> tuple[Numbers, Cells]:
    """Classes."""
    known = pick.choice(WORDS)
    return [], [pick.choice(known) for _ in range(rows)]


KINDS: tuple[Callable[[random.Random, int, Locale], tuple[Numbers, Cells]], ...] = (
    *(reals, reals, large, with_exponents, shares, amounts, with_gaps, words),
)
"""What a column may hold; between blanks, none that holds any."""


# --- files
def make(pick: random.Random) -> Made:
    """Returns a table of one to six columns and up to thirty rows."""
    locale, rows = pick.choice(LOCALES), pick.randint(4, 30)
    locale = Locale(locale.decimal, locale.thousands, locale.delimiter, pick.choice("----−–"))
    sign = locale.delimiter
    names = pick.sample(NAMES, pick.randint(1 if sign in ",;\t" else 2, 6))
    kinds = [kind for kind in KINDS if sign != " " or kind not in (amounts, with_gaps)]
    columns = [
        Column(name.replace(" ", "_") if sign == " " else name, *pick.choice(kinds)(pick, rows, locale))
        for name in names
    ]
    quoted = pick.choice(("needed", "needed", "words", "all")) if sign in ",;\t" else "never"
    lines = _settings(pick, sign) if sign != "|" and pick.random() < 0.25 else []
    lines.append(line([column.name for column in columns], sign, quoted))
    if sign == "|":
        lines.append("|".join(["", *["---"] * len(columns), ""]))
    elif sign != " " and len(columns) > 1 and pick.random() < 0.1:
        lines.append(line([pick.choice(UNITS) if column.numbers else "" for column in columns], sign, quoted))
    for row in range(rows):
        lines.append(line([column.cells[row] for column in columns], sign, quoted))
        lines += [""] * (pick.random() < 0.01)
    text = pick.choice(("\n", "\r\n", "\r")).join([*lines, ""])
    encoding = pick.choice(ENCODINGS)
    try:
        return Made(text.encode(encoding), columns)
    except UnicodeEncodeError:
        return Made(text.encode(), columns)


def _settings(pick: random.Random, sign: str) -> list[str]:
    lines = [pick.choice(SETTINGS).format(sign) for _ in range(pick.randint(1, 4))]
    return [*lines, ""] if pick.random() < 0.5 else lines


def line(cells: Sequence[str], sign: str, quoted: str = "needed") -> str:
    """Returns a line of a table, quoted where that is needed, below words, everywhere or nowhere."""
    if sign == "|":
        return f"| {' | '.join(cells)} |"
    return sign.join(_quoted(cell, sign, quoted) for cell in cells)


def _quoted(cell: str, sign: str, quoted: str) -> str:
    is_word = cell[:1].isalpha()
    needs = sign in cell and quoted != "never"
    return f'"{cell}"' if needs or quoted == "all" or (quoted == "words" and is_word) else cell


# --- what was read
def judge(made: Made) -> tuple[str, str]:
    """Returns what came of a table, "right", "refused", "told" or "wrong", and some words about it."""
    try:
        table, told = csv_table.read_and_tell(made.data)
    except NodegraphError as error:
        return "refused", str(error)
    except Exception as error:
        return "wrong", f"an internal error: {error!r}"
    found = {_bare(name): np.asarray(numbers) for name, numbers in table.columns}
    whole = [
        row
        for row in range(len(made.columns[0].cells))
        if all(not column.numbers or column.numbers[row] is not None for column in made.columns)
    ]
    for column in made.columns:
        if not column.numbers:
            continue
        wanted = np.array([column.numbers[row] for row in whole], dtype=float)
        read = found.get(_bare(column.name))
        if read is None or read.shape != wanted.shape or not np.allclose(read, wanted, rtol=1e-12, atol=0):
            return "told" if told else "wrong", f"column {column.name!r}; told: {told}"
    return "right", ""


def _bare(name: str) -> str:
    return name.replace(" ", "").replace("_", "")


def main(
    arguments: list[str] | None = None,
    maker: Callable[[random.Random], Made] = make,
    description: str = "Read random tables as people's programs write them.",
    judged: Callable[[Made], tuple[str, str]] = judge,
) -> int:
    """Try as many tables as are asked for; 0 where none is read wrongly without a word."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--tables", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for number in range(asked.tables):
        came, why = judged(maker(random.Random(f"{asked.seed} {number}")))
        counts[came] += 1
        if came == "wrong" and counts[came] <= FAILURES_SHOWN:
            print(f"table {number}: {why}")
    print(", ".join(f"{count:,} {came}" for came, count in counts.most_common()))
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
