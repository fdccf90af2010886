"""A leaf as it is typed where something is added: a number, a new name, or a name with its value. What a
number is, the grammar of formulas says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from keyword import iskeyword

from nodegraph.core.building.expression import DEFAULT_VALUE, parse
from nodegraph.core.building.free_names import CONSTANTS
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import why_not_name
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import ARITIES

_NAMED = re.compile(r"\s*(?P<name>[^\W\d]\w*)\s*(?:=(?P<value>[^=]+))?")


@dataclass(frozen=True)
class TypedLeaf:
    """An input or a constant that somebody asks for; `name` is "" for a number, which is named afresh."""

    op: str
    name: str
    value: float

    @property
    def words(self) -> str:
        """What it is, in words: `input x1 = 0.5`."""
        number = format_number(self.value)
        return f"{self.op} {self.name} = {number}" if self.name else f"{self.op} {number}"


def typed_leaf(text: str, graph: Graph) -> TypedLeaf | None:
    """Returns the leaf that a text asks for, or None where it is none: no number, or a name that an operation
    or a node has.

    >>> graph = Graph()
    >>> typed_leaf("3", graph), typed_leaf("x1 = 0.5", graph)
    (TypedLeaf(op='constant', name='', value=3.0), TypedLeaf(op='input', name='x1', value=0.5))
    >>> typed_leaf("w", graph), typed_leaf("tanh", graph), typed_leaf("a + b", graph)
    (TypedLeaf(op='input', name='w', value=1.0), None, None)
    >>> typed_leaf("pi", graph), typed_leaf("-2", graph).value, typed_leaf("1e-3", graph).value
    (TypedLeaf(op='constant', name='pi', value=3.141592653589793), -2.0, 0.001)
    >>> typed_leaf("x1 = -pi", graph).value, typed_leaf("x1 = 1_000", graph).value
    (-3.141592653589793, 1000.0)
    >>> typed_leaf("½", graph), typed_leaf("inf", graph), typed_leaf("lambda", graph).name
    (TypedLeaf(op='constant', name='', value=0.5), None, 'lambda')
    >>> typed_leaf("`my x` = 3", graph), typed_leaf("x_{1} = 3", graph).name
    (TypedLeaf(op='input', name='my x', value=3.0), 'x1')
    """
    found = _NAMED.fullmatch(text)
    if found is None or not _is_name(found["name"]):
        return _as_in_formulas(text, graph)
    name, typed = found["name"], found["value"]
    value = DEFAULT_VALUE if typed is None else _number(typed, graph)
    if value is None or name in ARITIES or why_not_name(graph, name) is not None:
        return None
    if typed is None and name in CONSTANTS:  # as in a formula
        return TypedLeaf("constant", name, CONSTANTS[name])
    return TypedLeaf("input", name, value)


def _as_in_formulas(text: str, graph: Graph) -> TypedLeaf | None:
    """A number, or what only formulas know for a name and its number, as `my x` = 3 or x_{1} = 3."""
    number = _number(text, graph, names=False)
    if number is None or "=" not in text.partition("#")[0]:
        return None if number is None else TypedLeaf("constant", "", number)
    name = parse(text).nodes()[0].name
    is_free = name not in ARITIES and why_not_name(graph, name) is None
    return TypedLeaf("input", name, number) if is_free else None


def _is_name(word: str) -> bool:
    """Whether a word is a name in formulas too, not a number as ½ is, nor refused as inf is. A word of Python
    may be one, though a formula wants it between backticks.
    """
    try:
        nodes = parse(word).nodes()
    except Refused:
        return iskeyword(word) and word not in ("None", "True", "False")
    return not nodes or nodes[0].op != "constant" or word in CONSTANTS


def _number(text: str, graph: Graph, *, names: bool = True) -> float | None:
    """Returns the number that a formula would take this text for, or a constant's by its name or with a minus
    before it; None for anything else. A node that is called as a constant is no number.
    """
    try:
        nodes = parse(text).nodes()
    except Refused:
        return None
    if not nodes or nodes[0].op != "constant":
        return None
    leaf, *further = nodes
    value = leaf.value
    is_named = leaf.name in CONSTANTS and value == CONSTANTS[leaf.name]
    if is_named and (not names or graph.named(leaf.name) is not None):
        return None
    if value is not None and is_named and [node.op for node in further] == ["negate"]:
        return -value
    return None if further else value
