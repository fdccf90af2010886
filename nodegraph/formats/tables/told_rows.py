"""What is told of the rows of a table that are passed over, and of names that are made. Knows rows only."""

from __future__ import annotations

from collections.abc import Sequence

from nodegraph.formats.cells.table_rows import Row, Rows
from nodegraph.formats.tables.table_reading import Reading
from nodegraph.formats.tables.table_words import MOST_NAMED, named_rows


def told_of_numbered(names: Sequence[str], numbered: Sequence[str]) -> list[str]:
    """Returns some words about columns that are named by numbers."""
    changed = [new for name, new in zip(names, numbered, strict=True) if name != new]
    shown = ", ".join(changed[:MOST_NAMED]) + (", …" if changed[MOST_NAMED:] else "")
    return [f"the numbers in the first row name the columns: {shown}"] if changed else []


def told_of_rows(rows: Rows, above: Sequence[Row], reading: Reading, numbers: Sequence[int]) -> list[str]:
    """Returns some words about rows that are passed over; those that are read have these numbers."""
    told = []
    words = [number for number, cells in above if not cells[0].lower().startswith("sep=")]
    words = words[:-1] if reading.classes else words
    if words:
        shown = f"row {words[0]:,}" if len(words) == 1 else f"rows {words[0]:,} to {words[-1]:,}"
        told.append(f"what stands above the table is left out ({shown})")
    told += _told_of_lines(rows, numbers)
    if rows.mark_of_names:
        told.append(f"the names stand behind {rows.mark_of_names}")
    marks = dict.fromkeys(mark for _, mark in rows.remarks)
    if marks:
        told.append(f"rows that begin with {' or '.join(marks)} are left out")
    if rows.tails:
        behind = " or ".join(dict.fromkeys(mark for _, mark in rows.tails))
        shown = f"row {rows.tails[0][0]:,}{', …' if rows.tails[1:] else ''}"
        told.append(f"what stands behind {behind} at the end of a row is left out ({shown})")
    if rows.has_formulas:
        told.append('of formulas such as ="1" what stands in quotes is read')
    drawn = [number for number in rows.rules if numbers and number > numbers[0]]  # others only mark the names
    if drawn:
        told.append(f"lines of dashes are passed over (row {drawn[0]:,}{', …' if drawn[1:] else ''})")
    if rows.dots:
        shown = f"row {rows.dots[0]:,}{', …' if rows.dots[1:] else ''}"
        told.append(f"a row of dots ({shown}) stands for rows that this printout does not hold")
    if rows.blanks:
        told.append(f"blank rows are passed over (row {rows.blanks[0]:,}{', …' if rows.blanks[1:] else ''})")
    return told


def _told_of_lines(rows: Rows, numbers: Sequence[int]) -> list[str]:
    """Some words about lines that are no rows, though words stand in them."""
    first = numbers[0] if numbers else 0
    above = [number for number in rows.left_out if number < first]
    amid = [number for number in rows.left_out if number > first]
    told = []
    if above:
        shown = f"row {above[0]:,}" if len(above) == 1 else f"rows {above[0]:,} to {above[-1]:,}"
        told.append(f"what stands above the table is left out ({shown})")
    if amid:
        what = "a line without readings is" if len(amid) == 1 else "lines without readings are"
        told.append(f"{what} left out ({named_rows(amid)})")
    if rows.has_more:
        told.append("only the numbers behind these names are read, and what else the lines hold is left out")
    if rows.second:
        said = f"a second table begins in row {rows.second:,} and is left out"
        told.append(f"{said}; to read that, save it in a file of its own")
    return told
