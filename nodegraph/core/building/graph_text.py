"""Graph to text: statements that `expression` reads back to the same graph. Reads no text."""

from __future__ import annotations

import heapq
import keyword
import unicodedata
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass

from nodegraph.core.building.free_names import CONSTANTS, is_known_constant, why_unclear
from nodegraph.core.building.gathering import CHAINED, SQUARED
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.errors import Refused
from nodegraph.core.graph.demand import demand_graph
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import stands_as_number
from nodegraph.core.graph.records import Node
from nodegraph.core.notation.program_words import MUTED
from nodegraph.core.numbers import format_exact
from nodegraph.core.operations.catalogue import ARITIES, NOTATIONS, OPERATIONS
from nodegraph.core.operations.formula import Call, Name, Number, Tree
from nodegraph.core.operations.formula_writer import write
from nodegraph.core.operations.quoted_names import MARK, can_be_quoted
from nodegraph.core.quoting import quoted

AT_ONCE = 500
"""Nodes that are looked at in one go."""
LONGEST_CHAIN = 12
"""Terms of a sum, or factors of a product, that are written with signs between them; more are a call."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text of a graph, and the id of the node that it states; None where it states none."""

    text: str
    node_id: str | None = None


def to_text(graph: Graph) -> str:
    """Returns the graph as expression text, a statement per computed node in execution order; `parse` reads
    it back, with all inputs at 1.

    A constant that one node uses stands there as its number, pi and e by their names. What no operation uses
    has a line of its own, and so has the output where it is not the last; an input that is called pi or e is
    named first; names that are no identifiers stand between marks: `weight 1`. Raises Refused where the graph
    cannot be run, or a name cannot stand even there.

    >>> from nodegraph.core.building.expression import parse
    >>> to_text(parse("L = (a*b + c)*f"))
    'e = a * b\\nd = e + c\\nL = d * f'
    """
    demand_graph(graph, "to_text")
    inline = _finished(_demand_text(graph))
    plan = plan_of(graph)
    lines = [written(node.name) for node in graph.nodes() if node.op == "input" and _is_ambiguous(node.name)]
    declared = len(lines)
    for node_id in plan.ids:
        node = graph.node(node_id)
        if node.op != "input":
            lines += [statement] if (statement := _statement(graph, node, inline)) else []
        elif not graph.edges_from(node_id) and not _is_ambiguous(node.name):
            lines.append(written(node.name))
    output = graph.output
    if output is not None and (output != plan.ids[-1] or len(lines) == declared):
        lines.append(written(graph.node(output).name))
    return "\n".join(lines)


def lines_of(graph: Graph) -> Iterator[Line]:
    """Yields the graph as the lines of a text: inputs with their values first, then a statement for each
    named node, each after what it is computed from and else in the order of making, with those of a group
    below its title. Raises Refused as `to_text`, before the first line.

    >>> from nodegraph.core.building.expression import parse
    >>> print("\\n".join(line.text for line in lines_of(parse("L = (a*b + 3)*f", a=2, b=-3))))
    a = input(2)
    b = input(-3)
    f = input(1)
    <BLANKLINE>
    e = a * b
    d = e + 3
    L = d * f
    """
    return (line for line in pieces_of(graph) if line is not None)


def pieces_of(graph: Graph) -> Iterator[Line | None]:
    """Yields the lines of `lines_of`, and None where others may have their turn."""
    inline = yield from _demand_text(graph)
    last, heading, is_begun = "", "", False
    for node in graph.nodes():
        if node.op == "input":
            yield Line(f"{written(node.name)} = {_written_input(node)}", last := node.id)
    for node_id in _in_reading_order(graph):
        if node_id is None:
            yield None
            continue
        node = graph.node(node_id)
        statement = "" if node.op == "input" else _statement(graph, node, inline)
        if not statement:
            continue
        home = graph.group_of(node_id)
        above = f"# {home.title or 'Group'}" if home is not None else ""
        if last and (not is_begun or above != heading):
            yield Line("")
        if above and above != heading:
            yield Line(above)
        yield Line(statement, node_id)
        last, heading, is_begun = node_id, above, True
    if (output := graph.output) is not None and output != last:
        if heading:
            yield Line("")
        yield Line(written(graph.node(output).name), output)


def text_of(graph: Graph) -> str:
    """Returns the lines of `lines_of` as one text."""
    return "\n".join(line.text for line in lines_of(graph))


def _written_input(node: Node) -> str:
    value = format_exact(node.value or 0.0)
    return f"input({value})" if node.trainable else f"input({value}, trainable=False)"


# --- what can be said
def _demand_text(graph: Graph) -> Generator[None, None, Collection[str]]:
    """Raise Refused where there is no text of this graph. Returns the ids of constants that need no
    statement: they stand as their number, or by a name that means it.
    """
    plan, nodes = plan_of(graph), graph.nodes()
    for start in range(0, len(nodes), AT_ONCE):
        yield
        for node in nodes[start : start + AT_ONCE]:
            if node.id not in plan.number:
                raise Refused(_why_not_run(graph, node))
            if node.muted and not _can_be_written(graph, node):
                raise Refused(f"{node.name} is muted and lacks an input; connect that, or unmute it.")
    constants = [node for node in nodes if node.op == "constant"]
    unsaid = {node.id for node in constants if is_known_constant(node) and graph.edges_from(node.id)}
    unsaid |= {node.id for node in constants if node.id not in unsaid and _stands_as_number(graph, node.id)}
    for start in range(0, len(nodes), AT_ONCE):
        yield
        for node in nodes[start : start + AT_ONCE]:
            if node.id not in unsaid and not (can_stand_in_text(node.name) or can_be_quoted(node.name)):
                name = quoted(node.name)
                raise Refused(f"“{name}” cannot stand in a formula; rename it first, to letters and digits.")
    return unsaid


def _finished(work: Generator[None, None, Collection[str]]) -> Collection[str]:
    """What work in pieces returns, all of it done at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Collection[str] = end.value
            return found


def _why_not_run(graph: Graph, node: Node) -> str:
    whole = "Only a graph that can be run can be written as text"
    operation = OPERATIONS.get(node.op)
    if operation is None:
        return f"{whole}; {node.name} has the operation “{quoted(node.op)}”, which is not known here."
    filled = {edge.port for edge in graph.edges_into(node.id)}
    if not filled.issuperset(range(max(operation.least, *(port + 1 for port in filled), 0))):
        return f"{whole}; {node.name} waits for an input."
    return f"{whole}."


def _can_be_written(graph: Graph, node: Node) -> bool:
    """Whether an operation is known and has all of its inputs, which a muted one runs without."""
    edges = graph.edges_into(node.id)
    least, most = ARITIES.get(node.op, (0, 0))
    has_all = [edge.port for edge in edges] == list(range(len(edges)))
    return node.is_leaf or (has_all and least <= len(edges) and (most is None or len(edges) <= most))


def can_stand_in_text(name: str) -> bool:
    """Whether Python's grammar, and so ours, reads this name back as it is."""
    fits = name.isidentifier() and name not in ARITIES and not keyword.iskeyword(name)
    return fits and unicodedata.normalize("NFKC", name) == name


def written(name: str) -> str:
    """Returns a name as it stands in text: between marks where it is no identifier.

    >>> written("w1"), written("weight 1")
    ('w1', '`weight 1`')
    """
    return name if can_stand_in_text(name) else f"{MARK}{name}{MARK}"


def _is_ambiguous(name: str) -> bool:
    """Whether a name is read as something else unless it is said to be an input."""
    return name in CONSTANTS or why_unclear(name, is_raised=True) != ""


def _stands_as_number(graph: Graph, node_id: str) -> bool:
    """Whether a constant needs no line: nobody has named it, and one node uses it, where the text is read
    back as it is: `-2` reads as one number, and `x**2` as a square.
    """
    uses = graph.edges_from(node_id)
    if not stands_as_number(graph.node(node_id), graph.named) or len(uses) != 1 or graph.output == node_id:
        return False
    if graph.node(uses[0].target).op == "power" and uses[0].port == 1:
        return graph.node(node_id).value != SQUARED.value
    return graph.node(uses[0].target).op != "negate"


# --- statements
def _in_reading_order(graph: Graph) -> Iterator[str | None]:
    """Yields all nodes, each after those it is computed from: as long as a group has one that is ready, that;
    else the one made first. None where others may have their turn.
    """
    waiting: dict[str, int] = {}
    ready: dict[str | None, list[tuple[int, str]]] = {}

    def add(node_id: str) -> None:
        home = graph.group_of(node_id)
        queue = ready.setdefault(home.id if home is not None else None, [])
        heapq.heappush(queue, (graph.node(node_id).rank, node_id))

    for number, (node_id, sources) in enumerate(graph.sources.items()):
        waiting[node_id] = sum(map(len, sources.values()))
        if not waiting[node_id]:
            add(node_id)
        if number % AT_ONCE == 0:
            yield None
    current: str | None = None
    while ready:
        if current is None or current not in ready:
            current = min(ready, key=lambda home: ready[home][0])
        _, node_id = heapq.heappop(ready[current])
        if not ready[current]:
            del ready[current]
        yield node_id
        for target, parallel in graph.targets[node_id].items():
            waiting[target] -= len(parallel)
            if not waiting[target]:
                add(target)


def _statement(graph: Graph, node: Node, inline: Collection[str]) -> str:
    """Returns the statement of a constant or an operation, or "" where it needs none."""
    if node.id in inline:
        return ""
    if node.op == "constant":
        return f"{written(node.name)} = {write(Number(node.value or 0.0), NOTATIONS, 'python')}"
    operands = [graph.node(edge.source) for edge in graph.edges_into(node.id)]
    tree = _applied(node.op, [_operand(operand, inline) for operand in operands])
    text = write(tree, NOTATIONS, "python")
    return f"{written(node.name)} = {MUTED}({text})" if node.muted else f"{written(node.name)} = {text}"


def _operand(node: Node, inline: Collection[str]) -> Tree:
    as_number = node.id in inline and node.value is not None and not is_known_constant(node)
    return Number(node.value) if as_number and node.value is not None else Name(written(node.name))


def _applied(op: str, operands: list[Tree]) -> Tree:
    """The operation on its operands, as people write it: a square as a power, a short sum or product two at a
    time. It is read back as it was.
    """
    if op == "square":
        return Call("power", (operands[0], SQUARED))
    if op not in CHAINED or not 2 < len(operands) <= LONGEST_CHAIN:
        return Call(op, tuple(operands))
    tree = operands[0]
    for operand in operands[1:]:
        tree = Call(op, (tree, operand))
    return tree
