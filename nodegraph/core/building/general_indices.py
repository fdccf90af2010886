"""A letter as an index, as in y_i = w*x_i + b, which says nothing of y_1 in a graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from nodegraph.core.building.versions import names_in

if TYPE_CHECKING:
    from nodegraph.core.operations.formula_reader import Statement

_GENERAL = re.compile(r"(\w+)_([i-np-vαβμν]|[i-n]{2})")
_ANY = re.compile(r"(\w*[^\W\d_])_[ijk]")
_NUMBERED = re.compile(r"(\w*[^\W\d_])_?(\d+(?:_\d+)?)")


def unapplied(statements: Sequence[Statement], inputs: Collection[str]) -> tuple[Statement, str, str] | None:
    """Returns the first definition with an index that nothing uses, while one of these inputs has its name
    with a number, and what to say of it. Its formula has the index too, or it is i or j, and the index is no
    name itself, so that N_t = N_0*e^(-k*t) is none. z_ij takes two numbers. Likewise the first formula with
    an input x_i beside several such as x_1, of which a sum was written out.

    >>> from nodegraph.core.operations.formula_reader import Reader
    >>> found = Reader("y_i = w*x_i; L = y_1 + y_2", {}).statements()
    >>> unapplied(found, ["w", "x_i", "y_1", "y_2"])[1]
    'y_i is not used, since y_1 is another name; write its formula for each number, first with 1 for i'
    """
    general = [(one, found) for one in statements if (found := _GENERAL.fullmatch(one.name or ""))]
    loose_ones = {name: found[1] for name in inputs if (found := _ANY.fullmatch(name))}
    if not general and not loose_ones:
        return None
    stated = {one.name for one in statements}
    names = {id(one): names_in(one.tree) for one in statements}
    used = set().union(*names.values())
    numbered: dict[str, list[tuple[str, str]]] = {}
    for name in inputs:
        if found := _NUMBERED.fullmatch(name):
            numbered.setdefault(found[1], []).append((found[2], name))
    for statement, found in general:
        base, index = found[1], found[2]
        own = names[id(statement)]
        is_of_index = index in "ij" or any(name.rpartition("_")[2] in (index, *index) for name in own)
        if statement.name in used or not used.isdisjoint(index) or not is_of_index:
            continue
        loose = [one for one in numbered.get(base, ()) if one[1] not in own and _fits(index, one[0])]
        if loose:
            number, name = min(loose, key=lambda one: (len(one[0]), one))
            said = f"{statement.name} is not used, since {name} is another name"
            said = f"{said}; write its formula for each number, first with {number} for {index}"
            return statement, said, statement.name or ""
    for statement in statements if loose_ones else ():
        for name in sorted(loose_ones.keys() & names[id(statement)] - stated):
            if said := _why_loose(name, numbered.get(loose_ones[name], ())):
                return statement, said, name
    return None


def _why_loose(name: str, others: Sequence[tuple[str, str]]) -> str:
    """Says which x_i may be meant where several with numbers, and their names, stand beside it; else ""."""
    if len(others) < 2:
        return ""
    first, second = (one for _, one in sorted(others, key=lambda one: (len(one[0]), one))[:2])
    said = f"{name} may be {first}, {second} or another one; write which"
    return f"{said}, or give it a name without an index"


def _fits(index: str, number: str) -> bool:
    """Whether a number may stand for an index: any for i, 11 and 1_10 for ij."""
    return (len(index) == 2) == ("_" in number) or (len(index) == 2 and len(number) == 2)
