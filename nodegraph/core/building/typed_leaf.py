"""A leaf as it is typed where something is added: a number, a new name, or a name with its value."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from nodegraph.core.building.expression import CONSTANTS, DEFAULT_VALUE
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import why_not_name
from nodegraph.core.numbers import MINUS, format_number
from nodegraph.core.operations.catalogue import ARITIES

_NUMBER = r"[-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+−]?\d+)?"
_CONSTANT, _VALUE = f"(?P<constant>{_NUMBER})", f"(?P<value>{_NUMBER})"
_TYPED = re.compile(rf"\s*(?:{_CONSTANT}|(?P<name>[^\W\d]\w*)\s*(?:=\s*{_VALUE})?)\s*")


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
    """
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    if found["constant"]:
        number = _number(found["constant"])
        return None if number is None else TypedLeaf("constant", "", number)
    value = DEFAULT_VALUE if found["value"] is None else _number(found["value"])
    if value is None or found["name"] in ARITIES or why_not_name(graph, found["name"]) is not None:
        return None
    if found["value"] is None and found["name"] in CONSTANTS:  # as in a formula
        return TypedLeaf("constant", found["name"], CONSTANTS[found["name"]])
    return TypedLeaf("input", found["name"], value)


def _number(text: str) -> float | None:
    number = float(text.replace(MINUS, "-"))
    return number if math.isfinite(number) else None
