"""Cells that stand below each other in lines, two blanks apart or where a column of blanks runs through all
lines. Knows text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nodegraph.formats.cells.table_cells import is_number

Cut = tuple[int, int | None]
"""From where to where the cells of a column reach."""

_INK, _BLANK = re.compile(r"\S"), re.compile(r"\s")
_TWO_BLANKS = re.compile(r" {2,}")


def cells_below_each_other(lines: Sequence[str]) -> Iterable[list[str]]:
    """Returns the cells of each line: of all of them as many, two blanks apart, or else what stands in each
    column.

    >>> list(cells_below_each_other(["load  area, m2", "1.5   2"]))
    [['load', 'area, m2'], ['1.5', '2']]
    """
    apart = [cells_apart(line) for line in lines]
    if len(set(map(len, apart))) == 1 and len(apart[0]) > 1:
        return apart
    cuts = _with_whole_labels(cuts_of(lines), lines)
    return ([line[start:end].strip() for start, end in cuts] for line in lines)


def cells_apart(line: str) -> list[str]:
    """Returns the cells of a line that stand two blanks or more apart."""
    return _TWO_BLANKS.split(line.strip())


def cuts_of(lines: Sequence[str]) -> list[Cut]:
    """Returns from where to where each column reaches, of lines whose cells stand below each other.

    >>> cuts_of(["name  x", "a b   1", "c"])
    [(0, 6), (6, None)]
    """
    inked = 0
    for line in lines:
        inked |= int(_BLANK.sub("0", _INK.sub("1", line))[::-1] or "0", 2)
    signs = format(inked, "b")[::-1]
    starts = [run.start() for run in re.finditer("1+", signs)]
    return list(zip(starts, [*starts[1:], None], strict=True)) if inked else []


def _with_whole_labels(cuts: list[Cut], lines: Sequence[str]) -> list[Cut]:
    """The same columns, of which those are one that hold the words of the rows' names: the first line has
    nothing above them, and names all others.
    """
    head = next(filter(str.strip, lines), "")
    first = next((place for place, (start, end) in enumerate(cuts) if head[start:end].strip()), 0)
    is_named = all(head[start:end].strip() for start, end in cuts[first:])
    if first < 2 or not is_named or any(is_number(line[slice(*cuts[0])].strip()) for line in lines[1:]):
        return cuts
    return [(cuts[0][0], cuts[first - 1][1]), *cuts[first:]]
