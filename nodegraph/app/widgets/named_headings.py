"""Headings of tables: names for them, which Qt leaves without one where they are read aloud, and columns so
wide, and names so short, that no two of these look alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from os.path import commonprefix

from PySide6.QtWidgets import QTableView, QTreeView

from nodegraph.app.platform import style

WIDEST_PX = 260
MOST_FITTED = 60
"""Columns that get the width of what stands in them; each of the others keeps the usual one."""
LONGEST_NAME = 28
"""Characters of a name that are seen in the widest column."""
_BEFORE = 6
"""Characters that are seen before the one in which a name differs from others."""


def name_headings(view: QTableView | QTreeView) -> None:
    """Name the headings above the rows and beside them."""
    if isinstance(view, QTreeView):
        view.header().setAccessibleName("Headings of the columns")
        return
    view.horizontalHeader().setAccessibleName("Headings of the columns")
    view.verticalHeader().setAccessibleName("Headings of the rows")


def fit_columns(view: QTableView, width_of: Callable[[int], int] = lambda place: 0) -> None:
    """Give the first columns the width of their names, and of what this function says of a column."""
    header = view.horizontalHeader()
    for place in range(min(header.count(), MOST_FITTED)):
        wanted = max(width_of(place), header.sectionSizeHint(place))
        header.resizeSection(place, min(max(wanted, header.defaultSectionSize()), style.px(WIDEST_PX)))


def told_apart(names: Sequence[str], most: int = LONGEST_NAME) -> list[str]:
    """Returns names, of which those that are longer are shortened: in the middle, or where several would look
    alike then, so that the place is seen in which these differ.

    >>> told_apart(["t", "hours of sleep before the exam", "grade"], 14)
    ['t', 'hours o…e exam', 'grade']
    >>> told_apart(["hours of sleep before the exam", "hours of work before the exam"], 16)
    ['…rs of sleep be…', '…rs of work bef…']
    """
    shown = [name if len(name) <= most else _in_the_middle(name, most) for name in names]
    alike = defaultdict(list)
    for place, short in enumerate(shown):
        if len(names[place]) > most:
            alike[short].append(place)
    for places in alike.values():
        if len(places) > 1:
            start = len(commonprefix([names[place] for place in places]))  # noqa: RUF071, of characters
            for place in places:
                shown[place] = _around(names[place], start, most)
    return shown


def _in_the_middle(name: str, most: int) -> str:
    end = (most - 1) // 2
    return f"{name[: most - 1 - end]}…{name[len(name) - end :]}"


def _around(name: str, start: int, most: int) -> str:
    """The part of a name around this place."""
    begin = max(0, min(start - _BEFORE, len(name) - most + 1))
    part = name[begin : begin + most - 1 - (begin > 0)]
    return "…" * (begin > 0) + part + "…" * (begin + len(part) < len(name))
