"""A second table in a text, below the first. Its lines become ones that `table_rows` passes over, so that
each row keeps its number. Knows text only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nodegraph.formats.cells.table_cells import is_measured
from nodegraph.formats.cells.table_rows import SECOND, cells_in

MOST_BLOCKS, ROWS_OF_A_BLOCK = 50, 20
"""Of which a second table is looked for, and how many rows of each are looked at."""
_SIGNS = (",", ";", "\t")
_BELOW_A_GAP = re.compile(r"\n[ \t,;]*\r?\n[ \t]*[\"#]?[^\W\d_]")
"""Words below a line without any."""


def first_table(text: str) -> str:
    r"""Returns a text of the same lines with marks in place of a second table, which has other names, below a
    blank line.

    >>> first_table("x,y\n1,2\n3,4\n\nu,v\n5,6\n7,8\n").splitlines()[:3]
    ['x,y', '1,2', '3,4']
    """
    gap = _BELOW_A_GAP.search(text)
    if gap is None:
        return text
    lines = text.splitlines()
    blocks = _blocks(lines)[:MOST_BLOCKS]
    for sign in _SIGNS:
        heads = [(place, _head_of(lines[slice(*block)], sign)) for place, block in enumerate(blocks)]
        tables = [(place, head) for place, head in heads if head]
        if len(tables) < 2 or any(head == tables[0][1] for _, head in tables[1:]):
            continue
        begin = blocks[tables[1][0]][0]
        if '"' in text and sum(line.count('"') for line in lines[:begin]) % 2:
            return text
        before = blocks[tables[1][0] - 1]
        if tables[1][0] - 1 > tables[0][0] and before[1] - before[0] == 1:
            begin = before[0]  # its title
        kept = [*lines[:begin], *[SECOND] * (len(lines) - begin)]
        return "".join(f"{line}\n" for line in kept)
    return text


def _blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where the lines reach between which there are none without cells."""
    blocks: list[tuple[int, int]] = []
    start = -1
    for place, line in enumerate([*lines, ""]):
        is_blank = not line.strip(" \t,;")
        if is_blank and start >= 0:
            blocks.append((start, place))
        start = -1 if is_blank else place if start < 0 else start
    return blocks


def _head_of(block: Sequence[str], sign: str) -> list[str]:
    """The names at the start of lines that are a table by themselves, maybe below a title; else none."""
    for head in range(min(2, len(block) - 1)):
        names = [cell.strip(' "') for cell in cells_in(block[head].strip().rstrip(sign), sign)]
        rows = [
            cells_in(line.rstrip().rstrip(sign), sign)
            for line in block[head + 1 : head + 1 + ROWS_OF_A_BLOCK]
        ]
        is_named = len(names) > 1 and all(names) and not any(map(is_measured, names))
        holds = [sum(is_measured(cell.strip(' "')) for cell in row) for row in rows]
        is_whole = len(rows) > 1 and max(map(len, rows)) == len(names) and holds[-1] > 0
        if is_named and is_whole and sum(map(bool, holds)) >= len(rows) - 1:
            return names
    return []
