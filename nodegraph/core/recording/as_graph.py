"""A recorded value as a graph: what micrograd computes in two steps is read back as one.

`a - b` is recorded as a + b × −1 and `a / b` as a × b ** −1, which gives micrograd's bits; the graph says
subtract and divide, and takes a long sum for one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import name_candidates, numbered, why_never_name, with_name
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.numbers import is_finite
from nodegraph.core.operations.formula import MAX_OPERANDS
from nodegraph.core.values.known import operation_of
from nodegraph.core.values.passes import order_below
from nodegraph.core.values.rules import CONSTANT, PAIR, RAISE, inputs_of

Part = tuple[str, tuple[Any, ...]]
"""An operation, and what it is done on: values, and plain numbers. Without an operation it is its input."""


def graph_of(root: Any, names: Mapping[int, str]) -> Graph:
    """Returns the graph of a value and all that it was computed from; the value is its output.

    Labels name nodes, and where there is none `names`, by the ids of values. Raises Refused for operations of
    the program's own and for numbers that are not finite.
    """
    order = [value for value in order_below(root) if value._rule is not PAIR and value._a is not None]
    draft = _Draft(root, names, order)
    parts = _Folding(draft.given, order).parts
    for value in _needed(parts, root, order):
        op, inputs = parts[id(value)]
        draft.add(value, op, [_meant(parts, taken) for taken in inputs])
    if not order:
        draft.leaf(root)
    return draft.graph()


class _Folding:
    """Reads values back one after the other; `given` are the names that people gave."""

    def __init__(self, given: Mapping[int, str], order: list[Any]) -> None:
        self.given = given
        self.uses = Counter(id(taken) for value in order for taken in inputs_of(value))
        self.parts: dict[int, Part] = {}
        for value in order:
            self.parts[id(value)] = self._part(value)

    def _part(self, value: Any) -> Part:
        op, inputs = operation_of(value), tuple(inputs_of(value))
        if value._rule is RAISE:
            return _raised(*inputs)
        if op == "multiply" and len(inputs) == 2:
            return self._product(*inputs)
        if op == "add" and len(inputs) == 2:
            return self._sum(value, *inputs)
        return op, inputs

    def _product(self, a: Any, b: Any) -> Part:
        if _is_number(b) and b.data == -1:
            return "negate", (a,)
        if self._is_inside(b, "reciprocal"):
            return "divide", (a, *self.parts[id(b)][1])
        if _is_number(b) and self._is_inside(a, "reciprocal"):
            return "divide", (b, *self.parts[id(a)][1])
        return "multiply", (a, b)

    def _sum(self, value: Any, a: Any, b: Any) -> Part:
        if self._is_inside(b, "negate"):
            return "subtract", (a, *self.parts[id(b)][1])
        if _is_number(b) and self._is_inside(a, "negate"):
            return "subtract", (b, *self.parts[id(a)][1])
        if _is_number(b) and b.data == 0 and isinstance(b.data, int) and id(value) not in self.given:
            return "", (a,)  # where sum() begins
        if _is_number(b) and b.data < 0:
            return "subtract", (a, -b.data)
        first = _meant(self.parts, a)
        if self._is_inside(first, "add") and len(self.parts[id(first)][1]) < MAX_OPERANDS:
            return "add", (*self.parts[id(first)][1], b)
        return "add", (first, b)

    def _is_inside(self, value: Any, op: str) -> bool:
        """Whether a value does this and has no name and no other use, so that another one may take it in."""
        is_that = id(value) in self.parts and self.parts[id(value)][0] == op
        return is_that and self.uses[id(value)] == 1 and id(value) not in self.given


def _raised(base: Any, exponent: Any) -> Part:
    if exponent.data == 2:
        return "square", (base,)
    return ("reciprocal", (base,)) if exponent.data == -1 else ("power", (base, exponent))


def _is_number(value: Any) -> bool:
    return value._rule is CONSTANT and not value.label


def _meant(parts: Mapping[int, Part], value: Any) -> Any:
    """Returns the value itself, or the one that it is where nothing was added to that."""
    while id(value) in parts and not parts[id(value)][0]:
        value = parts[id(value)][1][0]
    return value


def _needed(parts: Mapping[int, Part], root: Any, order: list[Any]) -> Iterator[Any]:
    """Yields the values that become nodes, in their order."""
    needed = {id(root)}
    for value in reversed(order):
        if id(value) in needed:
            needed.update(id(_meant(parts, taken)) for taken in parts[id(value)][1])
    return (value for value in order if id(value) in needed)


class _Draft:
    """Makes records, each with a name of its own."""

    def __init__(self, root: Any, names: Mapping[int, str], order: list[Any]) -> None:
        self.root = root
        self.given: dict[int, str] = {}
        self.taken: set[str] = set()
        leaves = [taken for value in order for taken in inputs_of(value) if taken._a is None]
        for value in (*leaves, *order, root):
            self._give(value, value.label.strip() or names.get(id(value), ""))
        self.free = {op: name_candidates(op) for op in ("input", "constant", "")}
        self.ids: dict[int, str] = {}
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        if id(root) not in self.given:
            self._give(root, "L")

    def _give(self, value: Any, name: str) -> None:
        if not name or id(value) in self.given or why_never_name(name):
            return
        free = (other for other in numbered(name) if other not in self.taken)
        self.given[id(value)] = next(free) if name in self.taken else name
        self.taken.add(self.given[id(value)])

    def add(self, value: Any, op: str, inputs: list[Any]) -> None:
        """Add the node of a value, after those of the leaves that it is the first to take."""
        sources = [self.leaf(taken) for taken in inputs]
        name = self._name(value, "")
        self.nodes.append(Node(name, op, name, rank=len(self.nodes)))
        self.edges += [Edge(source, name, port) for port, source in enumerate(sources)]

    def leaf(self, taken: Any) -> str:
        """Returns the name of a node, made where it is a leaf that was not there before."""
        is_number = isinstance(taken, int | float)
        if not is_number and id(taken) in self.ids:
            return self.ids[id(taken)]
        op = "constant" if is_number or _is_number(taken) else "input"
        name = self._fresh(op) if is_number else self._name(taken, op)
        data = taken if is_number else taken.data
        if not is_finite(data):
            said = "a whole number beyond the range of floats" if isinstance(data, int) else data
            raise Refused(f"{name} is {said}; the leaves of a graph are finite numbers.")
        node = Node(name, op, name, float(data), rank=len(self.nodes))
        self.nodes.append(with_name(node, name) if id(taken) in self.given else node)
        return name

    def _name(self, value: Any, op: str) -> str:
        name = self.ids[id(value)] = self.given.get(id(value)) or self._fresh(op)
        return name

    def _fresh(self, op: str) -> str:
        name = next(name for name in self.free[op] if name not in self.taken)
        self.taken.add(name)
        return name

    def graph(self) -> Graph:
        """Returns the graph."""
        return Graph.of(self.nodes, self.edges, {"output": self.ids[id(self.root)]})
