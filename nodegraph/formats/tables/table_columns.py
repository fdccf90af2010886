"""Columns of numbers, made of columns of cells: what each holds, which rows have gaps, and what was made of
words, times and measures. Says what it took for granted. Knows no file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.naming import listed
from nodegraph.core.numbers import format_exact
from nodegraph.core.quoting import quoted
from nodegraph.core.training.tables import Column
from nodegraph.formats.cells import table_cells, table_gaps
from nodegraph.formats.tables import table_doubts
from nodegraph.formats.tables.table_reading import Reading
from nodegraph.formats.tables.table_refusals import why_no_number
from nodegraph.formats.tables.table_words import MOST_NAMED, named_rows

MOST_CLASSES = 100
"""Of one column; more different texts are names or remarks."""
LONGEST_CLASS = 60
MOST_GAPS = 0.5
"""Of the rows; a column with more gaps is left out whole."""
LEAST_WORDS = 0.75
"""Of the cells in a column of classes; words here and there are notes."""

_TEXT, UNREAD = "text", "unread"
"""The key of what is told of a column that is left out: of text, or one that cannot be read."""
NO_WHOLE_ROW = (
    "expected a number, found nothing, and no row is without a gap; take fewer columns, or fill gaps in"
)
Kind = Literal["numbers", "times", "dates", "measures", "words", "nothing"]
_PAIRS = (
    *(("negative", "positive"), ("false", "true"), ("no", "yes"), ("f", "t"), ("n", "y"), ("off", "on")),
    *(("falsch", "wahr"), ("nein", "ja"), ("faux", "vrai"), ("non", "oui"), ("falso", "verdadero")),
    *(("falso", "vero"), ("falso", "verdadeiro"), ("no", "sí"), ("no", "sì"), ("no", "si"), ("não", "sim")),
    *(("onwaar", "waar"), ("nee", "ja"), ("nej", "ja"), ("nei", "ja"), ("fałsz", "prawda"), ("nie", "tak")),
    *(("✗", "✓"), ("✘", "✔"), ("✘", "✓"), ("☐", "☑"), ("☐", "☒"), ("❌", "✅")),
)
"""A no and its yes."""


@dataclass
class Columns:
    """What was read: the columns that are taken, where their rows stand in the file, and what was assumed."""

    taken: list[Column] = field(default_factory=list)
    rows: Sequence[int] = ()
    told: list[str] = field(default_factory=list)
    held_by: str = ""
    """The column that says which rows are for testing."""
    left_out: Mapping[int, str] = field(default_factory=dict)
    """What is said of each column that cannot be read and is left out, by its place."""


@dataclass(frozen=True)
class Read:
    """One column: a number for each row, None for a gap; no numbers where it is left out."""

    name: str
    numbers: Sequence[float | None] | None
    told: Mapping[str, str] = field(default_factory=dict)
    """What was taken for granted, by what is told once for all columns."""


def columns_of(
    rows: Sequence[Sequence[str]], numbers: Sequence[int], names: Sequence[str], reading: Reading
) -> Columns:
    """Make columns of the rows that stand at these numbers in the file. DocumentError names a wrong cell."""
    read, left_out = _each_read(rows, numbers, names, reading)
    taken = [column for column in read if column.numbers is not None]
    if not taken:
        _each_read(rows, numbers, names, replace(reading, needed=None, left_out=()))  # says what is wrong
        why = "; ".join(said for column in read[:MOST_NAMED] for said in column.told.values())
        raise DocumentError(f"This table holds no column of numbers{f': {why}' if why else ''}.")
    filled = None if reading.filled is None else {*reading.filled, *_marking(taken)}
    asked = [column for column in taken if filled is None or column.name in filled]
    gaps = {place for column in asked for place, number in enumerate(column.numbers or ()) if number is None}
    is_kept = reading.gaps == "keep"
    if len(gaps) == len(rows) and not is_kept:
        _refuse_gaps(asked, numbers)
    whole = [place for place in range(len(rows)) if is_kept or place not in gaps]
    found = Columns(rows=[numbers[place] for place in whole], left_out=left_out)
    for column in taken:
        kept = [column.numbers[place] for place in whole] if column.numbers else []
        found.taken.append((column.name, tuple(math.nan if number is None else number for number in kept)))
    found.held_by = next(_marking(taken), "")
    omitted = [names[place] for place in sorted(reading.omitted) if any(names[place:])]
    found.told = [*left_out.values(), *_told_of(read), *told_of_gaps(sorted(gaps), numbers, is_kept)]
    found.told += [*_told_of_omitted(omitted), *table_doubts.told_of_turned(rows, names, reading.named)]
    return found


def _each_read(
    rows: Sequence[Sequence[str]], numbers: Sequence[int], names: Sequence[str], reading: Reading
) -> tuple[list[Read], dict[int, str]]:
    """Each column but those left out, of which those that cannot be read are told by their places."""
    read: list[Read] = []
    left_out = {place: said for place, said in reading.left_out if any(names[place:])}
    for place, name in enumerate(names):
        if not name or place in reading.omitted or place in left_out:
            continue
        column = _read_or_left_out(name, [row[place] for row in rows], numbers, reading)
        if UNREAD in column.told:
            left_out[place] = column.told[UNREAD]
        else:
            read.append(column)
    return read, left_out


def _told_of(read: Sequence[Read]) -> Iterable[str]:
    """What was taken for granted in the columns, each once; of many columns of text, how many there are."""
    told: dict[str, str] = {}
    for column in read:
        for what, said in column.told.items():
            told.setdefault(said if what == _TEXT else what, said)
    of_text = [column for column in read if _TEXT in column.told]
    if len(of_text) > MOST_NAMED:
        shown = ", ".join(f"“{column.name}”" for column in of_text[:MOST_NAMED])
        for column in of_text:
            del told[column.told[_TEXT]]
        rest = len(of_text) - MOST_NAMED
        told[_TEXT] = f"the text in {len(of_text):,} columns is left out: {shown} and {rest:,} more"
    return told.values()


def _marking(columns: Sequence[Read]) -> Iterator[str]:
    """The names of the columns that say which rows are for testing."""
    return (column.name for column in columns if table_doubts.TESTING in column.told)


def _refuse_gaps(columns: Sequence[Read], numbers: Sequence[int]) -> None:
    for column in columns:
        if column.numbers is not None and None in column.numbers:
            place = f"row {numbers[list(column.numbers).index(None)]}, column “{column.name}”"
            raise DocumentError(NO_WHOLE_ROW, place)


# --- one column
_ADVICE = re.compile("; [^“”]*$")
"""What an error says to do, behind the names and cells that it quotes."""


def _read_or_left_out(name: str, cells: Sequence[str], rows: Sequence[int], reading: Reading) -> Read:
    """One column; without numbers where it cannot be read and nobody needs it."""
    is_needed = reading.needed is not None and name in reading.needed
    try:
        read = read_column(name, cells, rows, reading)
        read = replace(read, told={**read.told, **table_doubts.told_of(name, cells, read.numbers, rows)})
        if is_needed and read.numbers is None:
            _refuse_needed(read, cells, rows, reading.decimal)
        return read
    except DocumentError as error:
        if reading.needed is None or is_needed:
            raise
        why = _ADVICE.sub("", str(error))
        said = f"the column “{name}” is left out, as no input takes it and it cannot be read ({why})"
        return Read(name, None, {UNREAD: said})


def _refuse_needed(read: Read, cells: Sequence[str], rows: Sequence[int], decimal: str) -> None:
    """Raise DocumentError for a column that an input is to take and that would be left out."""
    for cell, row in zip(cells, rows, strict=True):
        is_number = bool(_plain([cell], decimal)) or table_cells.number_of(cell, decimal) is not None
        if not is_number and not table_gaps.is_gap(cell, True):
            raise DocumentError(why_no_number(cell, decimal), f"row {row}, column “{read.name}”")
    empty = "is empty" if all(table_gaps.is_gap(cell, True) for cell in cells) else "has too many gaps"
    raise DocumentError(f"The column “{read.name}”, which an input is to take, {empty}.")


def read_column(name: str, cells: Sequence[str], rows: Sequence[int], reading: Reading) -> Read:
    """Returns one column as numbers, whatever its cells hold; DocumentError names a wrong one."""
    plain = _plain(cells, reading.decimal)
    if plain is not None:
        return Read(name, plain)
    if (testing := table_doubts.testing_in(cells)) is not None:
        return Read(name, testing)
    if (truths := _truths(cells)) is not None:
        said = f"in column “{name}” a no is 0, and a yes is 1"
        return Read(name, truths, {said: said})
    kind = _kind(cells, reading)
    if kind == "nothing" and set(cells) <= {"...", "…"}:
        return _left_out(name, "a column of dots stands for columns that this printout does not hold")
    if kind == "nothing":
        return _left_out(name, f"the column “{name}” is empty and is left out")
    if kind == "words" or (kind == "dates" and reading.words == "numbers"):
        return _of_words(name, cells, reading)
    if kind == "dates":
        return _left_out(name, f"the dates in column “{name}” are left out")
    make = {"numbers": _of_numbers, "times": _of_times, "measures": _of_measures}[kind]
    read = make(name, cells, rows, reading)
    read = replace(read, told={**read.told, **table_doubts.told_of_error(name, cells, rows)})
    gaps = list(read.numbers or ()).count(None)
    if gaps > MOST_GAPS * len(cells) and len(cells) > 1:
        return _left_out(name, f"the column “{name}” has more gaps than numbers and is left out")
    return read


def _left_out(name: str, said: str) -> Read:
    return Read(name, None, {said: said})


def _plain(cells: Sequence[str], decimal: str) -> list[float] | None:
    """The numbers of cells that all hold one as Python writes it, or None."""
    if decimal == "," and any("." in cell for cell in cells):
        return None
    cells = [cell.replace(",", ".") for cell in cells] if decimal == "," else cells
    try:
        numbers = list(map(float, cells))
    except ValueError:
        return None
    is_odd = any("_" in cell for cell in cells)
    return (
        None
        if is_odd or not all(map(str.isascii, cells)) or not all(map(math.isfinite, numbers))
        else numbers
    )


def _kind(cells: Sequence[str], reading: Reading) -> Kind:
    """What a column holds, by its cells that are no gaps. A single word is no column of words but a slip."""
    held = [cell for cell in cells if not table_gaps.is_gap(cell, True)]
    if not held and len({cell for cell in cells if cell.startswith("*")}) > 1:
        return "words"  # as many stars as somebody gave
    if not held and any(map(table_gaps.is_bound, cells)):
        return "words" if len(set(filter(table_gaps.is_bound, cells))) > 1 else "numbers"
    if not held:
        return "nothing" if len(cells) > 1 or not any(cells) else "numbers"
    of_numbers = sum(map(table_cells.is_number, held))
    if of_numbers == len(held):
        return "numbers"
    is_time = [table_cells.hours_of(cell) is not None for cell in held]
    if all(is_time):
        return "times"
    if all(is_one or table_cells.is_date(cell) for is_one, cell in zip(is_time, held, strict=True)):
        return "dates"
    flags = [table_cells.flagged_in(cell, reading.decimal) for cell in held]
    letters = {flag[1] for flag in flags if flag is not None}
    are_flags = (len(letters) > 1 or None in flags) and not all(map(table_cells.is_unit, letters))
    if are_flags and len(held) - flags.count(None) + of_numbers == len(held):
        return "numbers"
    measures = [table_cells.measure_of(cell, reading.decimal) for cell in held]
    units = {measure[1] for measure in measures if measure is not None}
    if units == {"k"} and None not in measures:  # no unit, but a thousand
        return "numbers"
    is_apart = any(" " in cell for cell in held) or all(map(table_cells.is_unit, units))
    if None not in measures and (len(units) == 1 or is_apart):
        return "measures"
    shorts = [table_cells.short_of(cell, reading.decimal) is not None for cell in held]
    if all(map(table_cells.is_odd, held)) or (sum(shorts) + of_numbers == len(held) and len(held) > 1):
        return "numbers"
    if all(cell[:1] == "=" and len(cell) > 1 for cell in held):
        return "numbers"  # formulas, which are told
    labels = set(map(table_cells.label_of, held))
    if len(labels) == 1 and "" not in labels and len(set(held)) > 1:
        return "numbers"
    is_short = all(cell.isprintable() and len(cell) <= LONGEST_CLASS for cell in held)
    return "words" if is_short and len(cells) > 1 and of_numbers < len(held) / 2 else "numbers"


# --- numbers
def _of_numbers(name: str, cells: Sequence[str], rows: Sequence[int], reading: Reading) -> Read:
    numbers: list[float | None] = []
    told: dict[str, str] = {}
    amount = ""
    for cell, row in zip(cells, rows, strict=True):
        if table_gaps.is_gap(cell, True):
            numbers.append(None)
            continue
        plain = _plain([cell], reading.decimal)
        number = plain[0] if plain else table_cells.number_of(cell, reading.decimal)
        if number is None and (flagged := table_cells.flagged_in(cell, reading.decimal)) is not None:
            numbers.append(flagged[0])
            said = f"the letters behind numbers are left out: {quoted(cell)} (row {row:,}, column “{name}”)"
            told.setdefault("flags", said)
            continue
        if number is None:
            raise DocumentError(why_no_number(cell, reading.decimal), f"row {row}, column “{name}”")
        numbers.append(number)
        currency = None if plain else table_cells.currency_of(cell, reading.decimal)
        if currency and amount and currency != table_cells.currency_of(amount, reading.decimal):
            found = f"expected the currency of “{quoted(amount)}” as above, found “{quoted(cell[:40])}”"
            raise DocumentError(f"{found}; write all in the same currency", f"row {row}, column “{name}”")
        amount = amount or (cell if currency else "")
        if plain is None and not table_cells.is_plain(cell, reading.decimal):
            told.setdefault(_way(cell, reading.decimal), f"{quoted(cell)} is read as {format_exact(number)}")
    table_doubts.refuse_odd_share(name, cells, rows)
    return Read(name, numbers, told)


def _way(cell: str, decimal: str) -> str:
    """How a number is written, without its digits, so that each way is told once."""
    return "".join(
        dict.fromkeys(sign for sign in cell if not sign.isdecimal() and sign not in f"{decimal}+-")
    )


def _of_times(name: str, cells: Sequence[str], rows: Sequence[int], reading: Reading) -> Read:
    """Times as hours."""
    numbers = [table_cells.hours_of(cell) for cell in cells]
    first = next(place for place, number in enumerate(numbers) if number is not None)
    hours = numbers[first] or 0.0
    shown = format_exact(round(hours, 4))
    sign = "=" if float(shown) == hours else "≈"
    said = f"the times in column “{name}” are read as hours: {cells[first]} {sign} {shown}"
    return Read(name, numbers, {said: said})


def _of_measures(name: str, cells: Sequence[str], rows: Sequence[int], reading: Reading) -> Read:
    """The numbers of measures, which must have the same unit."""
    measures = [table_cells.measure_of(cell, reading.decimal) for cell in cells]
    unit = next(measure[1] for measure in measures if measure is not None)
    for measure, cell, row in zip(measures, cells, rows, strict=True):
        if measure is not None and measure[1] != unit:
            found = f"expected a number of {quoted(unit)} as above, found “{quoted(cell[:40])}”"
            raise DocumentError(f"{found}; write all in the same unit", f"row {row}, column “{name}”")
    said = f"the unit {quoted(unit)} in column “{name}” is left out"
    first = next(cell for cell, measure in zip(cells, measures, strict=True) if measure is not None)
    meant = table_cells.short_of(first, reading.decimal)
    if meant is not None:
        said += f"; where {quoted(first)} means {format_exact(meant)}, write that"
    said += f", and {quoted(first)} is taken without what is behind its ±" * ("±" in first)
    return Read(name, [None if measure is None else measure[0] for measure in measures], {said: said})


# --- words
def _of_words(name: str, cells: Sequence[str], reading: Reading) -> Read:
    """Classes by number from 0, in the order in which they come, a no before its yes; names not at all."""
    held = [cell for cell in cells if not table_gaps.is_gap(cell, False)]
    most = {"auto": min(MOST_CLASSES, len(cells) // 2 + 1), "numbers": len(cells), "out": 0}[reading.words]
    codes = _codes(list(dict.fromkeys(held)))
    if len(set(codes.values())) > most or len(held) < LEAST_WORDS * len(cells):
        return Read(name, None, {_TEXT: f"the text in column “{name}” is left out"})
    shown = ", ".join(f"{quoted(one)} = {code:.0f}" for one, code in list(codes.items())[:4])
    said = f"in column “{name}” {shown}{', …' if len(codes) > 4 else ''}"
    return Read(name, [codes.get(cell) for cell in cells], {said: said})


def _truths(cells: Sequence[str]) -> list[float | None] | None:
    """The numbers of cells of which some say no or yes in words and the others 0 or 1; else None."""
    held = {cell.casefold() for cell in cells if not table_gaps.is_gap(cell, True)}
    words = held - {"0", "1"}
    pairs = [pair for pair in _PAIRS if words <= set(pair)] if words and words != held else []
    if not pairs:
        return None
    number = {"0": 0.0, "1": 1.0, pairs[0][0]: 0.0, pairs[0][1]: 1.0}
    return [None if table_gaps.is_gap(cell, True) else number[cell.casefold()] for cell in cells]


def _codes(classes: Sequence[str]) -> dict[str, float]:
    """The classes with their numbers; TRUE is 1 though it were alone, or written in two ways."""
    folded = {name.casefold() for name in classes}
    for no, yes in _PAIRS:
        if folded <= {no, yes} and (len(folded) == 2 or len(no) > 1):
            codes = {name: float(name.casefold() == yes) for name in classes}
            return dict(sorted(codes.items(), key=lambda pair: pair[1]))
    return {name: float(code) for code, name in enumerate(classes)}


# --- what is told
def told_of_gaps(places: Sequence[int], numbers: Sequence[int], is_kept: bool = False) -> list[str]:
    """Returns some words about the rows with gaps at these places, counted from 0, which are left out, and
    so counted by their file alone, or kept.

    >>> told_of_gaps([1], [2, 3], is_kept=True)
    ['1 row with a gap is kept: row 2 of the data (row 3 of its file)']
    """
    if not places:
        return []
    in_data = named_rows([place + 1 for place in places])
    shown = named_rows([numbers[place] for place in places])
    if is_kept and shown != in_data:
        shown = f"{in_data} of the data ({shown} of {'their' if places[1:] else 'its'} file)"
    done = "kept" if is_kept else "left out"
    if len(places) == 1:
        return [f"1 row with a gap is {done}: {shown}"]
    return [f"{len(places):,} rows with gaps are {done}: {shown}"]


def _told_of_omitted(names: Sequence[str]) -> list[str]:
    """Some words about the columns that are not taken, however many they are."""
    shown = [f"“{name}”" for name in names[:MOST_NAMED]]
    if not shown:
        return []
    if len(names) == 1:
        return [f"the column {shown[0]} is not taken"]
    rest = len(names) - len(shown)
    text = ", ".join(shown) + f" and {rest:,} more" if rest else listed(shown)
    return [f"{len(names):,} columns are not taken: {text}"]
