"""Why a cell in a column of numbers is none, and what to do about it. Knows one cell."""

from __future__ import annotations

from nodegraph.core.numbers import format_exact
from nodegraph.core.quoting import quoted
from nodegraph.formats.cells import table_cells


def why_no_number(cell: str, decimal: str) -> str:
    """Returns what was found in place of a number, and what to do about it."""
    shown = f"“{quoted(cell[:40])}{'…' if len(cell) > 40 else ''}”"
    other = "," if decimal == "." else "."
    if other in cell and table_cells.number_of(cell, other) is not None:
        sign = "comma" if other == "," else "point"
        hint = f"its decimal sign is a {sign}: choose that for the table, or write one sign in all its cells"
        return f"expected a number, found {shown}; {hint}"
    if table_cells.is_number(cell):
        wanted = "a number" if "_" in cell or not cell.isascii() else "a finite number"
        return f"expected {wanted}, found {shown}; mend it, leave the cell empty, or leave its column out"
    meant = table_cells.short_of(cell, decimal)
    if meant is not None:
        return f"expected a number, found {shown}; if it means {format_exact(meant)}, write that"
    if table_cells.is_date(cell):
        return f"expected a number, found {shown}; a date is no number"
    if cell[:1] == "=":
        return f"expected a number, found the formula {shown}; save the table with its values"
    if label := table_cells.label_of(cell):
        return f"expected a number, found {shown}; write {quoted(label)} above its column, not in each cell"
    if table_cells.is_complex(cell):
        parts = "write its real and its imaginary part into columns of their own"
        return f"expected a number, found {shown}, which is complex; {parts}"
    return f"expected a number, found {shown}; mend it, leave the cell empty, or leave its column out"
