"""A definition with a letter as its index, y_i = w*x_i + b, which says nothing of y_1 in a graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from nodegraph.core.building.versions import names_in

if TYPE_CHECKING:
    from nodegraph.core.operations.formula_reader import Statement

_GENERAL = re.compile(r"(\w+)_([ijklmnt])")
_NUMBERED = re.compile(r"(\w*[^\W\d_])_?(\d+)")


def unapplied(statements: Sequence[Statement], inputs: Collection[str]) -> tuple[Statement, str] | None:
    """Returns the first definition with an index that nothing uses, while one of these inputs has its name
    with a number, and what to say of it. Its formula has the index too, and the index is no name itself, so
    that N_t = N_0*e^(-k*t) is none.

    >>> from nodegraph.core.operations.formula_reader import Reader
    >>> found = Reader("y_i = w*x_i; L = y_1 + y_2", {}).statements()
    >>> unapplied(found, ["w", "x_i", "y_1", "y_2"])[1]
    'y_i is not used, since y_1 is another name; write its formula for each number, first with 1 for i'
    """
    general = [(one, found) for one in statements if (found := _GENERAL.fullmatch(one.name or ""))]
    if not general:
        return None
    names = {id(one): names_in(one.tree) for one in statements}
    used = set().union(*names.values())
    numbered: dict[str, list[tuple[str, str]]] = {}
    for name in inputs:
        if found := _NUMBERED.fullmatch(name):
            numbered.setdefault(found[1], []).append((found[2], name))
    for statement, found in general:
        base, index = found[1], found[2]
        own = names[id(statement)]
        is_of_index = any(name.endswith(f"_{index}") for name in own)
        if statement.name in used or index in used or not is_of_index:
            continue
        loose = [one for one in numbered.get(base, ()) if one[1] not in own]
        if loose:
            number, name = min(loose, key=lambda one: (len(one[0]), one))
            said = f"{statement.name} is not used, since {name} is another name"
            return statement, f"{said}; write its formula for each number, first with {number} for {index}"
    return None
