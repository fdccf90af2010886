"""Gradients that a text computes by hand below its formulas, as courses write them out: dq = z; dx = dq."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from nodegraph.core.building.versions import names_in
from nodegraph.core.operations.formula import Number

if TYPE_CHECKING:
    from nodegraph.core.operations.formula_reader import Statement

_OF_ONE = re.compile(r"(?:d_?|grad_)(\w+)")
_OF_TWO = re.compile(r"d\w+?_d_?(\w+)")
BY_HAND = "{} seems to be a gradient by hand; leave such lines out, for the backward pass computes them"
"""What to say of the first of them."""


def gradients_by_hand(statements: Sequence[Statement]) -> list[str]:
    """Returns the names under which a text computes gradients by hand, where it ends with one of them or with
    a value that is changed by them: its output is none that anybody derives.

    >>> from nodegraph.core.operations.formula_reader import Reader
    >>> gradients_by_hand(Reader("q = x + y; f = q*z; dq = 2*z; dx = dq*1", {}).statements())
    ['dq', 'dx']
    >>> gradients_by_hand(Reader("q = x + y; dq = q - t; L = dq**2", {}).statements())
    []
    """
    if not any(_may_be(statement.name or "") for statement in statements):
        return []
    known: set[str] = set()
    found: list[str] = []
    is_last = False
    for statement in statements:
        name = statement.name or ""
        is_number = isinstance(statement.tree, Number)
        is_gradient = not is_number and _may_be(name) and _is_of_one(name, known)
        is_last = is_gradient or name in known
        found += [name] if is_gradient else []
        known |= names_in(statement.tree) | (set() if is_number or not name else {name})
    return found if is_last else []


def _may_be(name: str) -> bool:
    return name.startswith(("d", "grad_")) or name.endswith("_grad")


def _is_of_one(name: str, known: Container[str]) -> bool:
    """Whether a name is that of a gradient by one of the names that were computed or computed with; de is no
    such name beside a d.
    """
    if (two := _OF_TWO.fullmatch(name)) is not None:
        return two[1] in known
    if (one := _OF_ONE.fullmatch(name)) is not None and "d" not in known:
        above, _, below = one[1].partition("d")
        return one[1] in known or (above in known and below in known)
    return name.removesuffix("_grad") != name and name.removesuffix("_grad") in known
