"""Search: which operations a few typed letters mean, and which fit where an edge was let go.

Reads the catalogue and a graph; adds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from nodegraph.core.graph.edits import port_count
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.catalogue import OPERATIONS, Operation

TYPED = {"*": "×", "·": "×", "-": "−", "/": "÷", "^": "xⁿ", "**": "xⁿ", "1/": "1/x", "|": "|x|"}
"""What is on a keyboard, for symbols that are not."""


def search(query: str, among: Iterable[Operation] | None = None) -> list[Operation]:
    """The operations that fit what was typed, best first; all of them, in their order, where nothing was.

    >>> [operation.name for operation in search("mul")], search("*")[0].name, search("times")[0].name
    (['multiply', 'reciprocal'], 'multiply', 'multiply')
    """
    operations = list(OPERATIONS.values() if among is None else among)
    ranked = [(rank(operation, query), place) for place, operation in enumerate(operations)]
    return [operations[place] for _, place in sorted((r, place) for r, place in ranked if r is not None)]


def rank(operation: Operation, query: str) -> int | None:
    """How well an operation fits what was typed: 0 best, None not at all.

    Its own name counts before its synonyms, these before what else it is searched by, a beginning before a
    middle, and letters in order come last.
    """
    wanted = " ".join(query.casefold().split())
    if not wanted:
        return 0
    own = [operation.title.casefold(), operation.name, operation.symbol.casefold()]
    others = [synonym.casefold() for synonym in operation.synonyms]
    for place, names in enumerate((own, others)):
        if wanted in names or TYPED.get(wanted) in names:
            return place
    if wanted in operation.searched:
        return 3
    for place, names in enumerate((own, others)):
        if any(word.startswith(wanted) for name in names for word in (name, *name.split())):
            return 2 + place
    for place, names in enumerate((own, others)):
        if any(wanted in name for name in names):
            return 4 + place
    if any(word.startswith(wanted) for phrase in operation.searched for word in (phrase, *phrase.split())):
        return 5
    return 6 if len(wanted) > 1 and any(_in_order(wanted, name) for name in own + others) else None


def _in_order(letters: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)


def operations_taking(graph: Graph, source: str) -> list[Operation]:
    """What may be added behind a node, whose edge was let go on empty canvas: what this graph uses most, then
    the rest of the catalogue.
    """
    if source not in graph:
        return []
    return _by_use(graph, (operation for operation in OPERATIONS.values() if not operation.is_leaf))


def operations_feeding(graph: Graph, target: str, port: int) -> list[Operation]:
    """What may be added before an input port, whose edge was let go on empty canvas: inputs and constants,
    then what this graph uses most, then the rest of the catalogue.
    """
    operation = OPERATIONS.get(graph.node(target).op) if target in graph else None
    if operation is None or operation.is_leaf:
        return []
    last = port_count(graph, target) if operation.is_variadic else operation.least - 1
    if not 0 <= port <= last:
        return []
    leaves = [found for found in OPERATIONS.values() if found.is_leaf]
    return leaves + _by_use(graph, (found for found in OPERATIONS.values() if not found.is_leaf))


def _by_use(graph: Graph, operations: Iterable[Operation]) -> list[Operation]:
    used = Counter(node.op for node in graph.nodes())
    return sorted(operations, key=lambda operation: -used[operation.name])
