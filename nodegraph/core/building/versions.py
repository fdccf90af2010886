"""In which order statements give names their values. A name that a program gives several values, one after
the other, as in `c += 1`, is a node for each in a graph, and the last one keeps the name; a paper may say
what a name is behind its use.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from itertools import count
from typing import TYPE_CHECKING

from nodegraph.core.collector import collector_paused
from nodegraph.core.notation.program_words import INPUT
from nodegraph.core.operations.formula import Call, Name, Number, Tree, substitute

if TYPE_CHECKING:
    from nodegraph.core.operations.formula_reader import Statement


_FARTHEST = 200
"""Statements below its last value that a name may get another one from, at most: each is looked at."""
_NAME_ALONE = re.compile(r"=[ \t]*[^\W\d]\w*[ \t]*(?:$|[;#])", re.MULTILINE)
_NAME_GIVEN = re.compile(r"(?<![\w.])([^\W\d]\w*+)[ \t]*+[-+*/]?=(?!=)")
_FUNCTION = re.compile(r"\b(?:def|lambda)\b([^:\n]*+):")
_WORD = re.compile(r"[^\W\d]\w*+")


def may_go_on(text: str) -> bool:
    """Whether a statement is `y = x`, with which whoever types it may go on: `y = x*w`."""
    return _NAME_ALONE.search(text) is not None


def names_given(text: str) -> set[str]:
    """Returns the names to which a text gives something, also those of which no formula is made: f and x of
    def f(x).

    >>> sorted(names_given("def f(x): y = 2*x; return y"))
    ['f', 'x', 'y']
    """
    found = set(_NAME_GIVEN.findall(text))
    for function in _FUNCTION.finditer(text):
        found.update(_WORD.findall(function[1]))
    return found


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


@collector_paused()
def told_apart(statements: Sequence[Statement], *, is_whole: bool = True) -> list[Statement]:
    """Returns the statements with a name of its own for each value. A name that gets another value which does
    not come from the last one stays, for that is a mistake.

    A statement that only gives a value another name, as in `h = x`, goes: what was computed has the new name,
    an input or a number keeps its own. One that nothing comes of stays, for that is a mistake too; so does
    one in a text that may not be whole, since more may follow, but for a name that gets other values.

    >>> from nodegraph.core.operations.formula_reader import Reader
    >>> found = told_apart(Reader("c = a; c = c*b; c = c + 1; L = c", {}).statements())
    >>> [statement.name for statement in found], found[1].tree
    (['c1', 'L'], Call(op='add', operands=(Name(name='c1', plain=False), Number(value=1.0))))
    """
    counts = Counter(statement.name for statement in statements if statement.name)
    if not any(_renames(statement) for statement in statements) and max(counts.values(), default=0) < 2:
        return list(statements)
    names = _Names(statements, is_whole=is_whole)
    found = []
    for number, statement in enumerate(statements):
        meant = {old: Name(names.now[old]) for old in names.used[number] if old in names.now}
        places = {names.now.get(old, old): place for old, place in statement.places.items()}
        if not names.is_other_name(number, statement):
            called, tree = names.of(number, statement), substitute(statement.tree, meant)
            found.append(replace(statement, name=called, tree=tree, places=places))
    meant = {old: Name(new) for old, new in names.renamed.items()}
    return [_with_names(one, meant) for one in found] if meant else found


class _Names:
    """What the names of a text mean, statement by statement."""

    def __init__(self, statements: Sequence[Statement], *, is_whole: bool) -> None:
        self.own = {statement.name for statement in statements if statement.name}
        self.used = [names_in(statement.tree) for statement in statements]
        """The names in each statement."""
        self.taken = self.own.union(*self.used)
        self.is_whole = is_whole
        self.last = len(statements) - 1
        self.last_use = {name: number for number, names in enumerate(self.used) for name in names}
        self.going_on = _going_on(statements, self.used)
        """The numbers of the statements that give their names another value."""
        self.left = Counter(statements[number].name for number in self.going_on)
        self.now: dict[str, str] = {}
        """By name, what the value that it has so far is called."""
        self.renamed: dict[str, str] = {}
        """What was computed under one name and is to have another."""
        self.computed: set[str] = set()
        self.numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))

    def is_other_name(self, number: int, statement: Statement) -> bool:
        """Returns whether a statement only gives a value another name; what it means is known then."""
        name, tree = statement.name, statement.tree
        if name is None or name in self.now or not isinstance(tree, Name):
            return False
        if not self.is_whole and not self.left[name]:
            return False
        known = self.now.get(tree.name, tree.name)
        is_value = tree.name in self.now or (tree.name not in self.own and tree.name != name)
        is_last = number == self.last and known in self.computed
        if not is_value or not (is_last or self.last_use.get(name, -1) > number):
            return False
        if known in self.computed and not self.left[name] and (is_last or known not in self.renamed):
            self.renamed[known] = name
        self.now[name] = known
        return True

    def free(self, name: str) -> str:
        """Returns the name with the next of its numbers that is free; it is taken then."""
        found = next(one for number in self.numbers[name] if (one := f"{name}{number}") not in self.taken)
        self.taken.add(found)
        return found

    def of(self, number: int, statement: Statement) -> str | None:
        """Returns what the value of a statement is called."""
        called = name = statement.name
        goes_on = number in self.going_on
        if name is not None and name in self.now and goes_on:
            self.left[name] -= 1
            called = self.now[name] = name if not self.left[name] else self.free(name)
        elif name is not None and name not in self.now:
            called = self.now[name] = self.free(name) if self.left[name] - goes_on else name
            self.left[name] -= goes_on
        if called is not None and isinstance(statement.tree, Call) and statement.tree.op != INPUT:
            self.computed.add(called)
        return called


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


def numbers_first(statements: Sequence[Statement], known: Collection[str] = ()) -> list[Statement]:
    """Returns the statements, those that only give a number to a name used above them first, as people write
    L = a b and then a = 2. A name that gets several values stays where it is, and so does a `known` one.

    >>> from nodegraph.core.operations.formula_reader import Reader
    >>> found = numbers_first(Reader("L = a*b; a = 2; b = 3; M = L*c", {}).statements())
    >>> [statement.name for statement in found]
    ['a', 'b', 'L', 'M']
    """
    counts = Counter(statement.name for statement in statements)
    used: set[str] = set()
    late: list[Statement] = []
    for statement in statements:
        name = statement.name
        if name in used and name not in known and counts[name] == 1 and _is_number(statement.tree):
            late.append(statement)
        used |= names_in(statement.tree)
    if not late:
        return list(statements)
    moved = set(map(id, late))
    return [*late, *(one for one in statements if id(one) not in moved)]


def _is_number(tree: Tree) -> bool:
    return isinstance(tree, Number) or (isinstance(tree, Call) and tree.op == INPUT)


def _renames(statement: Statement) -> bool:
    return statement.name is not None and isinstance(statement.tree, Name)


def _with_names(statement: Statement, meant: dict[str, Name]) -> Statement:
    """A statement with other names for what was computed."""
    if _renames(statement):
        return statement  # it is a mistake, told as it was written

    def called(name: str) -> str:
        return meant[name].name if name in meant else name

    places = {called(old): place for old, place in statement.places.items()}
    name = statement.name and called(statement.name)
    return replace(statement, name=name, tree=substitute(statement.tree, meant), places=places)


def _going_on(statements: Sequence[Statement], used: Sequence[set[str]]) -> set[int]:
    """Returns the numbers of the statements that give their names another value which comes from the last
    one: c = c + 1, and the second of z = w1*x; a = tanh(z); z = w2*a.
    """
    found = set()
    stated: dict[str, int] = {}
    for number, (statement, names) in enumerate(zip(statements, used, strict=True)):
        name = statement.name
        if name is None:
            continue
        if name in names:
            found.add(number)
        elif number - stated.get(name, -_FARTHEST) < _FARTHEST and isinstance(statement.tree, Call):
            reached = {name}
            for between in range(stated[name] + 1, number):
                if not reached.isdisjoint(used[between]):
                    reached.add(statements[between].name or name)
            if not reached.isdisjoint(names):
                found.add(number)
        stated[name] = number
    return found
