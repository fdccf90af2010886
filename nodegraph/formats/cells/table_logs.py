"""Logs of trainings and other programs, as the text of a table: in each line some numbers behind their names,
amid anything else. Knows text only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from nodegraph.core.errors import DocumentError
from nodegraph.formats.cells.table_cells import is_number
from nodegraph.formats.cells.table_rows import ADDED, BESIDE, LEFT_OUT

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf"
_WORD = r"[^\W\d_][\w.%'/@-]{0,40}"
_NAMED = re.compile(
    rf"(?<![^\W_])(?P<name>{_WORD}(?: {_WORD}){{0,2}})[ \t]*"
    rf"(?:[:=][ \t]*(?P<number>{_NUMBER})(?![\w/:]|[.,]\d)|\[(?P<count>\d+)(?:/\d+)?\])"
)
"""`loss: 0.5`, `lr=1e-3`, and `Epoch [1/3]`, of which the first is taken."""
_COUNTED = re.compile(r"\s*(?:\[(\d+)(?:/\d+)?\]|(\d+):)\s")
"""What a line begins with that is counted, [10] or 10:."""
COUNT = "x1"
"""The name of that column."""
_ENDS = " \t,;|-–()"
_SIGNS = (",", ";", "\t", "|")
_LEAST_LINES = 2
_MOST_OTHERS = 0.2
"""Of the lines with such numbers, as many may have others."""


def logged_in(lines: Sequence[str], start: Sequence[str]) -> list[str] | None:
    r"""Returns the numbers in the lines of a log, below their names, each row at the place of its line; None
    for lines that are no such log by those at the start. DocumentError for a line with other names.

    >>> log = ["[0]\ttrain-rmse:0.5", "[1]\ttrain-rmse:0.4"]
    >>> [line.lstrip(ADDED) for line in logged_in(log, log)]
    ['"x1","train-rmse"', '0,0.5', '1,0.4']
    """
    names = _names_in(start)
    if not names:
        return None
    made: list[str] = []
    first, has_more = -1, False
    for place, line in enumerate(lines):
        there, rest = _named_numbers(line)
        if all(name in there for name in names):
            first = place if first < 0 else first
            made.append(",".join(there[name] for name in names))
            has_more = has_more or len(there) > len(names) or bool(rest.strip(_ENDS))
        elif not line.strip():
            made.append("")
        elif first >= 0 and any(name in there for name in names):
            wanted = ", ".join(f"{name}: …" for name in names)
            raise DocumentError(
                f"expected {wanted} as in the first row; write each number behind its name",
                f"row {place + 1}",
            )
        else:
            made.append(LEFT_OUT)
    made.insert(first, ADDED + ",".join(f'"{name}"' for name in names))
    return [*made, *[BESIDE] * has_more]


def _names_in(start: Sequence[str]) -> list[str]:
    """The names that nearly all of the first lines have that hold numbers behind names; none where as many
    numbers stand alone there, as in the rows of a table.
    """
    if not any(sign in line for line in start for sign in ":=["):
        return []
    found = [(_named_numbers(line), line) for line in start]
    named = [(there, rest, line) for (there, rest), line in found if there]
    if len(named) < _LEAST_LINES:
        return []
    names, count = Counter(tuple(there) for there, _, _ in named).most_common(1)[0]
    first = next(place for place, ((there, _), _) in enumerate(found) if tuple(there) == names)
    if count < _LEAST_LINES or 2 * count < len(start) - first:
        return []
    if sum(not set(names) <= set(there) for there, _, _ in named) > _MOST_OTHERS * len(named):
        return []
    is_table = any(_counted_alone(rest) >= max(1, len(names) - 1) for _, rest, _ in named)
    return [] if is_table or _has_head(start[0], [line for *_, line in named]) else list(names)


def _counted_alone(rest: str) -> int:
    """How many numbers without a name stand there."""
    return sum(is_number(word.strip(_ENDS)) for word in rest.split())


def _has_head(head: str, lines: Sequence[str]) -> bool:
    """Whether a first line without numbers has as many cells as the others: then it names their columns."""
    if _named_numbers(head)[0]:
        return False
    return any(
        head.count(sign) and all(line.count(sign) == head.count(sign) for line in lines) for sign in _SIGNS
    )


def _named_numbers(line: str) -> tuple[dict[str, str], str]:
    """The numbers behind names in a line, and what else stands there.

    >>> _named_numbers("100/100 [====] - 1s - loss: 0.5 - acc: 0.7")
    ({'loss': '0.5', 'acc': '0.7'}, '100/100 [====] - 1s -  - ')
    """
    there: dict[str, str] = {}
    if counted := _COUNTED.match(line):
        there[COUNT] = counted[1] or counted[2]
        line = line[counted.end() :]
    for found in _NAMED.finditer(line):
        there.setdefault(found["name"], found["number"] or found["count"])
    return (there if set(there) - {COUNT} else {}), _NAMED.sub("", line)
