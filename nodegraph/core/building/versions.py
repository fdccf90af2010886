"""In which order statements give names their values. A name that a program gives several values, one after
the other, as in `c += 1`, is a node for each in a graph, and the last one keeps the name; a paper may say
what a name is behind its use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from itertools import count
from typing import TYPE_CHECKING

from nodegraph.core.operations.formula import Call, Name, Tree, substitute

if TYPE_CHECKING:
    from nodegraph.core.operations.formula_reader import Statement


def names_in(tree: Tree) -> set[str]:
    """Returns the names in a formula."""
    found, waiting = set(), [tree]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, Name):
            found.add(piece.name)
        elif isinstance(piece, Call):
            waiting += piece.operands
    return found


def told_apart(statements: Sequence[Statement]) -> list[Statement]:
    """Returns the statements with a name of its own for each value. A name that gets another value which does
    not come from the last one stays, for that is a mistake.

    >>> from nodegraph.core.operations.formula_reader import Reader
    >>> found = told_apart(Reader("c = a; c = c*b; c = c + 1; L = c", {}).statements())
    >>> [statement.name for statement in found], found[3].tree
    (['c1', 'c2', 'c', 'L'], Name(name='c'))
    """
    counts = Counter(statement.name for statement in statements if statement.name)
    if not counts or counts.most_common(1)[0][1] == 1:
        return list(statements)
    taken = {*counts, *(name for statement in statements for name in names_in(statement.tree))}
    now: dict[str, str] = {}
    left = Counter(statement.name for statement in statements if _goes_on(statement))
    found = []
    for statement in statements:
        name, meant = statement.name, {old: Name(new) for old, new in now.items() if old != new}
        places = {now.get(old, old): place for old, place in statement.places.items()}
        called = name
        if name is not None and name in now and _goes_on(statement):
            left[name] -= 1
            called = now[name] = name if not left[name] else _free(name, taken)
        elif name is not None and name not in now:
            called = now[name] = _free(name, taken) if left[name] - _goes_on(statement) else name
            left[name] -= _goes_on(statement)
        found.append(replace(statement, name=called, tree=substitute(statement.tree, meant), places=places))
    return found


def used_last(statements: Sequence[Statement]) -> list[Statement]:
    """Returns the statements, each behind those of the names in it, as far as none needs itself: a paper says
    L = e f, where e = a b. Numbers come first, so that the last one is what all is about.

    >>> from nodegraph.core.operations.formula_reader import Reader
    >>> found = used_last(Reader("L = e*f; e = a*b; f = 2", {}).statements())
    >>> [statement.name for statement in found]
    ['f', 'e', 'L']
    """
    own = {statement.name: statement for statement in statements if statement.name}
    if len(own) < sum(statement.name is not None for statement in statements):
        return list(statements)
    needs = {name: [one for one in names_in(made.tree) if one in own] for name, made in own.items()}
    try:
        levels = {name: place for place, name in enumerate(TopologicalSorter(needs).static_order())}
    except CycleError:
        return list(statements)
    done: set[str] = set()
    found: list[Statement] = []
    first = [one for one in statements if not isinstance(one.tree, Call)]
    for statement in [*first, *(one for one in statements if isinstance(one.tree, Call))]:
        name = statement.name
        wanted = names_in(statement.tree) if name is None else {name}
        waiting = [one for one in wanted if one in own]
        needed: set[str] = set()
        while waiting:
            if (one := waiting.pop()) not in needed and one not in done:
                needed.add(one)
                waiting += needs[one]
        done |= needed
        found += [own[one] for one in sorted(needed, key=levels.__getitem__)]
        found += [statement] if name is None else []
    return found


def _goes_on(statement: Statement) -> bool:
    """Whether a statement gives its name another value that comes from the last one."""
    return statement.name is not None and statement.name in names_in(statement.tree)


def _free(name: str, taken: set[str]) -> str:
    """The name with a number that is free; it is taken then."""
    found = next(one for one in (f"{name}{number}" for number in count(1)) if one not in taken)
    taken.add(found)
    return found
