"""Read random tables as reports, printouts and pages hold them: each must hold the numbers that were written.

    python3 scripts/sweeps/reports.py [--tables 3000] [--seed 0]

Below the rows stand means, sums, signatures or the number of rows, above them settings; names are written
again on each page, stand in the first column, below names of groups or above units; cells are aligned, lie
between drawn lines or in a page of Markdown. Judged as in the sweep of tables, whose words and kinds of
columns these are.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean, stdev

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from sweeps import tables  # noqa: E402
from sweeps.tables import Cells, Column, Locale, Made, Numbers, line  # noqa: E402

NAMES = (
    *("time", "Temperature", "pressure", "U", "I", "speed", "x", "y", "mass", "Umsatz", "Menge", "score"),
    *("height [cm]", "weight (kg)", "age", "price", "load", "dose", "area", "depth/m"),
)
UNITS = ("s", "V", "mA", "kg", "m", "°C", "hPa", "%", "-")
LOCALES = tuple(Locale(*signs) for signs in ((".", "", ","), (".", "", "\t"), (".", "", ";"), (",", "", ";")))
SUMMARIES: tuple[tuple[tuple[str, ...], Callable[[Sequence[float]], float]], ...] = (
    (("Mean", "Average", "Mittelwert", "MW", "Moyenne", "Ø"), fmean),
    (("Total", "Summe", "Gesamt", "Total:", "Σ", "Totals", "Grand total", "Somme"), sum),
    (("SD", "Std.Dev.", "STABW", "Std", "Standardabweichung"), stdev),
    (("Min", "Minimum"), min),
    (("Max", "Maximum"), max),
)
CLOSING = (
    *("Approved by: J. Smith, 12.03.2024", "Unterschrift: ____________", "(12 rows affected)", "Page 1 of 1"),
    *("Source: Federal Statistical Office", "Quelle: Destatis, 2024", "Note: values are provisional."),
    *("* p < 0.05, ** p < 0.01", "© 2024 OECD", "END", "[End of data]"),
)
SETTINGS = (
    *(("Operator", "Smith"), ("Date", "2024-03-12"), ("Serial", "SN-00123"), ("Sample rate", "100 Hz")),
    *(("Channels", "3"), ("Instrument", "Keithley 2400"), ("Gain", "10"), ("Start time", "10:15:00")),
    *(("Interval", "5 min"), ("Software", "XLab 2.0 (build 113)"), ("Mode", "auto")),
)
GROUPS = ("Sensor A", "Sensor B", "Input", "Output", "Group 1", "Group 2", "left", "right")

Grid = list[Cells]


# --- columns
def with_doubts(pick: random.Random, rows: int, locale: Locale) -> tuple[Numbers, Cells]:
    """Numbers with how far they may be off."""
    sign = pick.choice((" ± ", " +/- ", "±"))
    numbers = [round(pick.uniform(0, 50), 2) for _ in range(rows)]
    return list(numbers), [
        locale.written(number, 2) + sign + locale.written(pick.uniform(0.01, 0.9), 2) for number in numbers
    ]


def with_units(pick: random.Random, rows: int, locale: Locale) -> tuple[Numbers, Cells]:
    """Numbers with their unit in each cell."""
    unit = pick.choice((" kg", " mm", "°C", " m/s", " V", " mL", " µg/L"))
    numbers = [round(pick.uniform(0, 50), 1) for _ in range(rows)]
    return list(numbers), [locale.written(number, 1) + unit for number in numbers]


def dates(pick: random.Random, rows: int, _: Locale) -> tuple[Numbers, Cells]:
    """Days, which need not be read as numbers."""
    form = pick.choice(("2024-03-{:02d}", "{:02d}.03.2024", "2024-03-{:02d} 10:15:00"))
    return [], [form.format(day + 1) for day in range(rows)]


KINDS = (
    *(tables.reals, tables.reals, tables.reals, tables.with_exponents, tables.shares, tables.amounts),
    *(tables.with_gaps, tables.words, with_doubts, with_units, dates),
)


# --- pages
def with_summaries(pick: random.Random, grid: Grid, columns: list[Column], locale: Locale) -> list[str]:
    """Below the rows: what they come to together."""
    labels = ["name", *(f"{pick.choice('PST')}{row}" for row in range(1, len(grid)))]
    lines = [line([label, *row], locale.delimiter) for label, row in zip(labels, grid, strict=True)]
    for words, summary in pick.sample(SUMMARIES, pick.randint(1, 3)):
        cells = [_together(column, summary, locale) for column in columns]
        lines.append(line([pick.choice(words), *cells], locale.delimiter))
    return lines


def _together(column: Column, summary: Callable[[Sequence[float]], float], locale: Locale) -> str:
    known = [number for number in column.numbers if number is not None]
    return locale.written(summary(known), 2) if len(known) > 1 else ""


def with_closing(pick: random.Random, grid: Grid, _: list[Column], locale: Locale) -> list[str]:
    """Below the rows: who signed, where they come from, that they end."""
    return [*_lines(grid, locale), *[""] * pick.randint(0, 1), pick.choice(CLOSING)]


def with_settings(pick: random.Random, grid: Grid, _: list[Column], locale: Locale) -> list[str]:
    """Above the names: how it was measured."""
    sign, mark = pick.choice((": ", "=", locale.delimiter, " = ", ":\t")), pick.choice(("", "", "# ", "% "))
    settings = [mark + sign.join(setting) for setting in pick.sample(SETTINGS, pick.randint(1, 8))]
    end: list[str] = pick.choice(([], [""], ["", "Data"], ["---------"])) if not mark else []
    return [*settings, *end, *_lines(grid, locale)]


def on_pages(pick: random.Random, grid: Grid, _: list[Column], locale: Locale) -> list[str]:
    """Names again after some rows."""
    head, *rows = _lines(grid, locale)
    rows_a_page = pick.randint(2, 4)
    return [
        text
        for row, cells in enumerate(rows)
        for text in ((head, cells) if row % rows_a_page == 0 else (cells,))
    ]


def below_groups(pick: random.Random, grid: Grid, columns: list[Column], locale: Locale) -> list[str]:
    """Names of groups above those of the columns."""
    if len(columns) < 3:
        return _lines(grid, locale)
    cells, (first, second) = [""] * len(columns), pick.sample(GROUPS, 2)
    cells[0], cells[pick.randint(1, len(columns) - 1)] = first, second
    return [line(cells, locale.delimiter), *_lines(grid, locale)]


def above_units(pick: random.Random, grid: Grid, columns: list[Column], locale: Locale) -> list[str]:
    """Units between names and numbers."""
    units = [pick.choice(UNITS) if column.numbers else "" for column in columns]
    lines = _lines(grid, locale)
    lines[1:1] = [line([f"[{unit}]" for unit in units] if pick.random() < 0.4 else units, locale.delimiter)]
    return lines


def turned(_: random.Random, grid: Grid, __: list[Column], locale: Locale) -> list[str]:
    """Names in the first column."""
    return _lines([list(cells) for cells in zip(*grid, strict=True)], locale)


def aligned(pick: random.Random, grid: Grid, _: list[Column], __: Locale) -> list[str]:
    """Cells below each other."""
    put = pick.choice((str.ljust, str.rjust))
    return ["  ".join(cells).rstrip() for cells in _wide(grid, put)]


def drawn(pick: random.Random, grid: Grid, _: list[Column], __: Locale) -> list[str]:
    """Between drawn lines, as a database prints."""
    head, *rows = [f"| {' | '.join(cells)} |" for cells in _wide(grid)]
    rule = "".join("+" if sign == "|" else "-" for sign in head)
    if pick.random() < 0.5:
        return [rule, head, rule, *rows, rule]
    return [rule, head, rule.replace("-", "="), *(text for row in rows for text in (row, rule))]


def marked_down(pick: random.Random, grid: Grid, columns: list[Column], __: Locale) -> list[str]:
    """In a page of Markdown."""
    head, *rows = [f"| {' | '.join(cells)} |" for cells in _wide(grid)]
    rule = f"|{'|'.join(pick.choice((':---', '---:', ':-:', '---')) for _ in columns)}|"
    around = pick.random() < 0.3
    return [*["## Results", "", "Numbers:", ""] * around, head, rule, *rows, *["", "That is all."] * around]


FORMS = (
    *(with_summaries, with_closing, with_settings, on_pages, below_groups, above_units, turned, aligned),
    *(drawn, marked_down),
)


def make(pick: random.Random) -> Made:
    """Returns a table of two to five columns and up to fourteen rows in one of these forms."""
    locale, rows = pick.choice(LOCALES), pick.randint(5, 14)
    names = pick.sample(NAMES, pick.randint(2, 5))
    kinds = [tables.reals, *(pick.choice(KINDS) for _ in names[1:])]
    columns = [Column(name, *kind(pick, rows, locale)) for name, kind in zip(names, kinds, strict=True)]
    pick.shuffle(columns)
    grid = [[column.name for column in columns]]
    grid += [[column.cells[row] for column in columns] for row in range(rows)]
    lines = pick.choice(FORMS)(pick, grid, columns, locale)
    return Made((pick.choice(("\n", "\r\n")).join(lines) + pick.choice(("\n", ""))).encode(), columns)


def _lines(grid: Grid, locale: Locale) -> list[str]:
    return [line(cells, locale.delimiter) for cells in grid]


def _wide(grid: Grid, put: Callable[[str, int], str] = str.ljust) -> Grid:
    widths = [max(map(len, cells)) for cells in zip(*grid, strict=True)]
    return [[put(cell, width) for cell, width in zip(cells, widths, strict=True)] for cells in grid]


if __name__ == "__main__":
    sys.exit(tables.main(maker=make, description="Read random tables as reports and printouts hold them."))
