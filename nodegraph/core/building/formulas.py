"""The output of a graph as a formula in one line, for people; `graph_text` writes what can be read back."""

from __future__ import annotations

from collections.abc import Iterator

from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import is_automatic, stands_as_number
from nodegraph.core.operations.catalogue import ARITIES, NOTATIONS
from nodegraph.core.operations.equations import in_names, joined
from nodegraph.core.operations.formula import Call, Dialect, Name, Number, Tree
from nodegraph.core.operations.formula_writer import write
from nodegraph.core.typeset import has_namesake

LONGEST_FORMULA = 24
"""Operations that are written into one line before the parts are named instead."""


def formula_of(graph: Graph, dialect: Dialect = "unicode") -> str:
    """The output in one line: intermediate results that have a name of their own stay names, and what is used
    once and called by a letter that nobody chose is written out; "" without an output.

    >>> from nodegraph.core.building.expression import parse
    >>> formula_of(parse("e = a*b; L = (e + c)*f")), formula_of(parse("pred = w*x + b; L = (pred - t)**2"))
    ('L = (a × b + c) × f', 'L = (pred − t)²')
    """
    return next(iter(formulas_of(graph, dialect)), "")


def formulas_of(graph: Graph, dialect: Dialect = "unicode") -> tuple[str, ...]:
    """The same, and shorter ones in which more and more stays a name, down to the output's own operation.

    >>> from nodegraph.core.building.expression import parse
    >>> formulas_of(parse("e = a*b; L = (e + c)*f"))
    ('L = (a × b + c) × f', 'L = (e + c) × f', 'L = d × f')
    """
    if dialect not in graph.written:
        graph.written[dialect] = tuple(_formulas(graph, dialect))
    return graph.written[dialect]


def _formulas(graph: Graph, dialect: Dialect) -> Iterator[str]:
    output = graph.output
    if output is None:
        return
    trees = [_one_level(graph, output)]
    while tree := _written_out(graph, output, len(trees) + 1, [LONGEST_FORMULA]):
        if tree == trees[-1]:
            break
        trees.append(tree)
    else:
        trees = trees[:1]  # it is too long, or has no end
    name = _name(graph.node(output).name, graph)
    for tree in reversed(trees):
        if isinstance(tree, Name):
            yield write(tree, NOTATIONS, dialect)
        elif dialect == "python":
            yield f"{name.name} = {write(tree, NOTATIONS, dialect)}"
        else:
            yield joined([in_names(name), in_names(tree)], dialect)


def _leaf(graph: Graph, node_id: str) -> Tree:
    node = graph.node(node_id)
    if stands_as_number(node, graph.named) and node.value is not None:
        return Number(node.value)
    return _name(node.name, graph)


def _name(name: str, graph: Graph) -> Name:
    return Name(name, has_namesake(name, graph.named))


def _at_work(graph: Graph, node_id: str) -> str:
    """The node itself, or what muted nodes pass through."""
    while graph.node(node_id).muted and (edge := graph.edge((node_id, 0))) is not None:
        node_id = edge.source
    return node_id


def _one_level(graph: Graph, node_id: str) -> Tree:
    return _applied(graph, node_id, [_leaf(graph, edge.source) for edge in graph.edges_into(node_id)])


def _written_out(graph: Graph, node_id: str, levels: int, budget: list[int]) -> Tree | None:
    """The formula below a node, so many operations deep and down to what stays a name; None once it needs
    more operations than the budget holds.
    """
    node_id = _at_work(graph, node_id)
    if graph.node(node_id).op not in NOTATIONS or graph.node(node_id).muted:
        return _leaf(graph, node_id)
    budget[0] -= 1
    operands = []
    for edge in graph.edges_into(node_id):
        source = _at_work(graph, edge.source)
        if levels == 1 or _stays_a_name(graph, source) or len(graph.edges_from(edge.source)) > 1:
            operands.append(_leaf(graph, source))
            continue
        operand = _written_out(graph, source, levels - 1, budget) if budget[0] >= 0 else None
        if operand is None:
            return None
        operands.append(operand)
    return _applied(graph, node_id, operands)


def _stays_a_name(graph: Graph, node_id: str) -> bool:
    """Whether a result is used more than once, or has a name that somebody chose."""
    return len(graph.edges_from(node_id)) > 1 or not is_automatic(graph, graph.node(node_id))


def _applied(graph: Graph, node_id: str, operands: list[Tree]) -> Tree:
    """The node's operation on these operands, with … for inputs that are not connected yet."""
    node = graph.node(node_id)
    if node.muted:
        return operands[0] if graph.edge((node_id, 0)) is not None else Name("…")
    if node.op not in ARITIES:
        return _leaf(graph, node_id)
    held = dict(zip((edge.port for edge in graph.edges_into(node_id)), operands, strict=True))
    count = max(ARITIES[node.op][0], *(port + 1 for port in held), 1)
    return Call(node.op, tuple(held.get(port, Name("…")) for port in range(count)))
