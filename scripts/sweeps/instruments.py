"""Read random tables as instruments, loggers and programs that simulate them write them.

    python3 scripts/sweeps/instruments.py [--tables 3000] [--seed 0]

Oscilloscopes, spectrometers, loggers, telephones, simulators, laboratories, plants and weather stations;
their forms stand in `instrument_forms`. Judged as in the sweep of tables, but that a column may have more in
its name.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from instrument_forms import FORMS, Form  # noqa: E402
from sweeps import tables  # noqa: E402
from sweeps.tables import Column, Made  # noqa: E402

from nodegraph.core.errors import NodegraphError  # noqa: E402
from nodegraph.formats.tables import csv_table  # noqa: E402

QUANTITIES = (
    *(("Voltage", "V"), ("Temperature", "°C"), ("Pressure", "hPa"), ("Humidity", "%"), ("Force", "N")),
    *(("Current", "mA"), ("Speed", "m/s"), ("Distance", "mm")),
)
SHARE_OF_GAPS = 0.1
_OF_CHANNELS = re.compile(r"<([^<>]*)>", re.DOTALL)


@dataclass
class Channel:
    """One column of numbers: what it is called in a form, and its cells."""

    fields: Mapping[str, str]
    column: Column


def make(pick: random.Random, forms: Sequence[Form] = FORMS) -> Made:
    """Returns a table of up to thirty rows in one of these forms."""
    form = pick.choice(forms)
    rows, count = pick.randint(5, 30), pick.randint(form.least, form.most)
    decimal, words = pick.choice(form.decimals), pick.sample(QUANTITIES, count)
    style, gap = pick.choice(form.values), pick.choice((*form.gaps, *[None] * bool(form.gaps), None))
    channels = []
    for place, (word, unit) in enumerate(words):
        fields = {"q": word, "u": unit, "c": str(place + 1), "a": "ABCD"[place], "k": str(place)}
        name = form.channel.format_map(fields)
        numbers = [None if _is_gap(pick, gap) else _rounded(pick.gauss(0, 30), style) for _ in range(rows)]
        cells = [gap if number is None else _written(number, style, decimal) for number in numbers]
        channels.append(Channel(fields, Column(name, list(numbers), [cell or "" for cell in cells])))
    step, style = pick.choice((0.001, 0.5, 1, 10)), pick.choice(form.times)
    times = [_rounded(row * step, style) for row in range(rows)]
    known = {"rows": str(rows), "all": str(count), "dec": decimal, "w": "600", "q0": words[0][0]}
    known["comma"] = "COMMA" if decimal == "," else "POINT"
    lines = [_filled(form.head, known, channels)] * bool(form.head)
    for row in range(rows):
        of_row = {**known, **_stamps(row), "t": _written(times[row], style, decimal)}
        lines.append(_filled(form.row, of_row, channels, row))
    lines += [_filled(form.end, {**known, **_stamps(rows)}, channels)] * bool(form.end)
    columns = [channel.column for channel in channels]
    if form.time:
        columns.insert(0, Column(form.time, list(times), ["" for _ in times]))
    text = pick.choice(("\n", "\r\n")).join("\n".join([*lines, ""]).split("\n"))
    return Made(_encoded(text, pick.choice(form.encodings)), columns)


def _is_gap(pick: random.Random, gap: str | None) -> bool:
    return gap is not None and pick.random() < SHARE_OF_GAPS


def _rounded(number: float, style: str) -> float:
    return float(format(number, style)) + 0.0


def _written(number: float, style: str, decimal: str) -> str:
    return format(number, style).replace(".", decimal)


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()


def _stamps(row: int) -> dict[str, str]:
    """The place of a row, and the time at which it was written."""
    clock = f"10:15:{row:02d}"
    return {
        "i": str(row),
        "n": str(row + 1),
        "nn": f"{row + 10:02d}",
        "clock": clock,
        "hms": f"0:{row:02d}:00",
        "first": ",000012345" * (row == 0),
        "day": f"2024-03-{row % 28 + 1:02d}",
        "day8": f"202403{row % 28 + 1:02d}",
        "stamp": f"2024-03-12 {clock}",
        "german": f"12.03.2024 {clock}",
        "ampm": f"{row % 12 + 1}:00a",
        "american": f"03/12/24 {clock} AM",
        "american9": f"3/{row % 28 + 1}/24",
    }


def _filled(text: str, known: Mapping[str, str], channels: Sequence[Channel], row: int = 0) -> str:
    """A form with what it has for each channel, and all that it has but once."""
    values = {f"v{place}": one.column.cells[row] for place, one in enumerate(channels, 1)}
    first = {"v": values["v1"], "v5": values["v1"].rjust(5), **channels[0].fields}
    others = channels["{v1}" in text :]

    def each(found: re.Match[str]) -> str:
        parts = []
        for one in others:
            cell = one.column.cells[row]
            signed = f"- {cell[1:]}" if cell.startswith("-") else f"+ {cell}"
            of_cell = {"v": cell, "v5": cell.rjust(5), "signed": signed}
            parts.append(found[1].format_map({**known, **one.fields, **of_cell}))
        return "".join(parts)

    parts = _OF_CHANNELS.split(text)
    texts = [
        each(re.match(r"(.*)", part, re.DOTALL))
        if place % 2
        else part.format_map({**first, **values, **known})
        for place, part in enumerate(parts)
    ]
    return "".join(texts)


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
        for row in range(len(made.columns[0].numbers))
        if all(column.numbers[row] is not None for column in made.columns)
    ]
    for column in made.columns:
        wanted = np.array([column.numbers[row] for row in whole], dtype=float)
        named = [numbers for name, numbers in found.items() if _bare(column.name) in name]
        if not any(
            one.shape == wanted.shape and np.allclose(one, wanted, rtol=1e-12, atol=0) for one in named
        ):
            return "told" if told else "wrong", f"column {column.name!r} among {list(found)}; told: {told}"
    return "right", ""


def main(arguments: list[str] | None = None) -> int:
    """Try as many tables as are asked for; 0 where none is read wrongly without a word."""
    return tables.main(arguments, make, "Read random tables as instruments write them.", judge)


def _bare(name: str) -> str:
    return name.replace(" ", "").replace("_", "").casefold()


if __name__ == "__main__":
    sys.exit(main())
