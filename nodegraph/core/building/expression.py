"""Expression text to graph: statements become nodes, numbers become constants, free names inputs.

The text is read by `formula`; this module decides what its trees mean as nodes and edges.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nodegraph.core.building.free_names import CONSTANTS, beside_numpy, factors_in, why_unclear
from nodegraph.core.building.gathering import gathered
from nodegraph.core.building.general_indices import unapplied
from nodegraph.core.building.hand_gradients import BY_HAND, gradients_by_hand
from nodegraph.core.building.versions import (
    may_go_on,
    names_given,
    names_in,
    numbers_first,
    told_apart,
    used_last,
)
from nodegraph.core.collector import collector_paused
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.graph.demand import kind_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import (
    MAX_NAME,
    is_automatic,
    listed,
    name_candidates,
    unique_name,
    with_name,
)
from nodegraph.core.graph.records import LEAVES, Edge, Node
from nodegraph.core.latex.latex_words import unused_arguments, vectors_in
from nodegraph.core.notation.program_words import INPUT, MUTED
from nodegraph.core.notation.stated_functions import without_arguments
from nodegraph.core.numbers import is_finite
from nodegraph.core.operations.catalogue import ARITIES
from nodegraph.core.operations.formula import Call, Name, Number, Tree

if TYPE_CHECKING:
    from nodegraph.core.operations.formula_reader import Reader, Statement

_OF_ONE = (
    "{0} is one number here, and the sum or mean of one number is itself; for several, write the terms out, "
    "such as {0}1 + {0}2."
)
_BEGINS_WITH_A_SIGN = "a line that begins with a sign goes on with the one above: begin it with a name and ="
DEFAULT_VALUE = 1.0
"""What an input is set to where nothing else is said."""


def parse(text: str, /, **values: float) -> Graph:
    """The graph of expression text; inputs are set to `values`, or to 1.

    Statements part at semicolons or line ends; the last one is the output. `pi`, `π` and `e` are constants,
    unless the text gives the name to a node, `values` sets it, or it stands alone as an earlier statement, as
    in `e; y = e*x`. Raises TextError with line and column for text that cannot be read, Refused for a value
    that fits no input.

    >>> graph = parse("e = a*b; L = e + c", a=2, b=3)
    >>> [node.name for node in graph.nodes()], graph.output, graph.node("c").value
    (['a', 'b', 'e', 'c', 'L'], 'L', 1.0)
    >>> node = parse("y = sin(pi*x)").node("pi")
    >>> node.op, node.value
    ('constant', 3.141592653589793)
    """
    if not isinstance(text, str):
        raise Refused(f"parse reads text, not {kind_of(text)}.")
    return parse_with(text, values)


def parse_with(text: str, values: Mapping[str, float], *, binary: bool = False) -> Graph:
    """The graph of expression text as in `parse`; `binary` keeps what the text says two operands at a time.

    Otherwise a sum or product of three and more terms without names becomes one node, and `x**2` the square
    of x.

    >>> [node.op for node in parse_with("L = a + b + x**2", {}).nodes() if not node.is_leaf]
    ['square', 'add']
    >>> [node.op for node in parse_with("L = a + b + x**2", {}, binary=True).nodes() if not node.is_leaf]
    ['add', 'power', 'add']
    """
    return _built(text, Graph(), values.keys(), binary=binary).graph(values)


@dataclass(frozen=True)
class Draft:
    """What a text says: its graph, the names that stand in it, those that have a statement of their own, and
    the leaves whose values it says.
    """

    graph: Graph
    named: frozenset[str]
    stated: frozenset[str]
    valued: frozenset[str]


def drafted(text: str) -> Draft:
    """Returns what a text says that is being typed, as `parse` reads it. Raises TextError.

    >>> draft = drafted("a = input(2); L = tanh(a*b)")
    >>> sorted(draft.named), sorted(draft.stated), sorted(draft.valued)
    (['L', 'a', 'b'], ['L', 'a'], ['a'])
    """
    builder = _built(text, Graph(), is_whole=not may_go_on(text))
    leaves = frozenset(node.name for node in builder.nodes.values() if node.is_leaf)
    said = builder.assigned | {node.name for node in builder.nodes.values() if node.op == "constant"}
    return Draft(builder.graph({}), frozenset(builder.mentioned), frozenset(builder.assigned), leaves & said)


def part_in_text(text: str, around: Graph) -> tuple[Graph, list[Edge]]:
    """What a text adds to a graph: its nodes as a graph of their own, and the edges that come from `around`.

    A name of `around` means its node there, unless an earlier statement gave it a meaning of its own; names
    that the text gives are changed where they are taken. `pi` and `e` are the constants as in `parse`.

    >>> part, edges = part_in_text("L = L*w", parse("L = a*b"))
    >>> [node.name for node in part.nodes()], edges[0].source, edges[0].target
    (['w', 'L2'], 'L', 'L2')
    """
    builder = _built(text, around)
    return Graph.of(builder.nodes.values(), builder.edges), builder.incoming


@collector_paused()
def _built(
    text: str, around: Graph, inputs: Collection[str] = (), *, binary: bool = False, is_whole: bool = True
) -> _Builder:
    from nodegraph.core.operations.formula_limits import why_too_deep
    from nodegraph.core.operations.formula_reader import Reader  # whoever writes formulas reads none

    reader = Reader(text, ARITIES, mutes=True)
    statements = reader.statements()
    if reader.is_latex and len(vectors := vectors_in(text)) > 1:
        reader.remark = f"{listed(vectors)}, set as vectors, are one number each here."
    if by_hand := gradients_by_hand(statements):
        _refuse_renaming(reader, statements, by_hand)
        reader.remark = f"{reader.remark} {BY_HAND.format(by_hand[0])}.".lstrip()
    if (reader.stated or reader.is_latex) and (said := _unused_arguments(reader, statements)):
        reader.remark = f"{reader.remark} {said}".lstrip()
    statements = told_apart(statements, is_whole=is_whole)
    if reader.is_latex or reader.stated or reader.is_parted:
        statements = used_last(statements)
    statements = numbers_first(
        statements, {one.name for one in statements if one.name and around.named(one.name)}
    )
    if not statements:
        raise reader.error(1, 1, "write a formula, such as L = (a*b + c)*f")
    builder = _Builder(reader, statements, around, inputs, binary=binary)
    free = [name for name in builder.mentioned - builder.assigned - builder.inputs if not around.named(name)]
    if (found := unapplied(statements, free)) is not None:
        raise _of_an_index(reader, *found)
    try:
        for statement in statements:
            builder.add(statement)
    except RecursionError:
        raise reader.error(1, 1, why_too_deep(text)) from None
    return builder


def _of_an_index(reader: Reader, statement: Statement, said: str, name: str) -> TextError:
    """What to say of a letter as an index, at its name; of that of a sum also how far the sum goes."""
    if name not in statement.places:
        return reader.error(statement.line, statement.column, said)
    if rf"\sum_{{{name.rpartition('_')[2]}=" in reader.text.replace(" ", ""):
        said = f"{said}; a sum ends before a + or a -, unless its terms stand in brackets"
    return reader.error_at(statement.places[name], said)


def _unused_arguments(reader: Reader, statements: Sequence[Statement]) -> str:
    """Returns what functions are called of which an argument is in no formula, as in c(NaOH) = n/V; or ""."""
    found = without_arguments(reader.in_python, reader.stated)
    if reader.is_latex:
        found |= unused_arguments(reader.text)
    unused = {one.name: found[one.name] for one in statements if one.name and one.name in found}
    if not unused:
        return ""
    arguments = [name for names in unused.values() for name in names]
    are = "is" if len(arguments) == 1 else "are"
    called = "is called" if len(unused) == 1 else "are called"
    functions = listed([f"{name}(…)" for name in unused])
    return f"{listed(arguments)} {are} in no formula; {functions} {called} {listed([*unused])} here."


def _refuse_renaming(reader: Reader, statements: Sequence[Statement], by_hand: Collection[str]) -> None:
    """Refuse a gradient by hand that is one of the values, as in dq = z: it would be another name of that."""
    for statement in statements:
        if statement.name in by_hand and isinstance(statement.tree, Name):
            raise reader.error(statement.line, statement.column, BY_HAND.format(statement.name))


class _Builder:
    """Turns statements into records, one after the other; `around` holds what names may mean already, and
    `inputs` are names that are given values; `binary` keeps operations as the text says them.
    """

    def __init__(
        self,
        reader: Reader,
        statements: list[Statement],
        around: Graph,
        inputs: Collection[str],
        *,
        binary: bool,
    ) -> None:
        self.binary = binary
        self.reader = reader
        self.around = around
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.incoming: list[Edge] = []
        self.called: dict[str, str] = {}
        """What the text's own names are called in the graph, where they were taken."""
        self.output = ""
        self.assigned = {statement.name for statement in statements if statement.name}
        used = [(statement.name, names_in(statement.tree)) for statement in statements]
        self.changed = {name for name, names in used if name in names}
        """Names of which a statement gives a value that comes from the one before."""
        self.mentioned = self.assigned.union(*(names for _, names in used))
        self.has_long_names = max(map(len, self.mentioned), default=0) > MAX_NAME
        declared = {statement.tree.name for statement in statements[:-1] if isinstance(statement.tree, Name)}
        self.inputs = {*inputs, *declared}
        """Names that are inputs, whatever else they may mean."""
        self.unused: dict[str, Iterator[str]] = {}

    def add(self, statement: Statement) -> None:
        name = statement.name
        if self.has_long_names and max(map(len, {name or "", *names_in(statement.tree)})) > MAX_NAME:
            raise self._error(statement, f"a name has at most {MAX_NAME} characters")
        if name in self.nodes or name in self.called:
            raise self._error(statement, f"the name {name} has a meaning already; give this one another name")
        if name is not None and isinstance(statement.tree, Name):
            other, product = statement.tree.name, factors_in(statement.tree.name)
            self._refuse_unclear(other, statement)
            said = f"the name {name} would only be another name for {other}"
            instead = f"for a product, write {product}" if product else f"leave it out and write {other}"
            raise self._error(statement, f"{said}; {instead}")
        if isinstance(statement.tree, Name) and self._outside(statement.tree) is not None:
            return  # a name alone adds nothing where it has its node already
        called = name
        if name is not None and self.around.named(name) is not None:
            called = unique_name(self.around, name, self.nodes.keys() | self.mentioned)
        self.output = self._node(statement.tree, called, statement)
        if name is not None and called is not None and called != name:
            self.called[name] = called

    @collector_paused()
    def graph(self, values: Mapping[str, float]) -> Graph:
        inputs = [node.name for node in self.nodes.values() if node.op == "input"]
        for name, value in values.items():
            if name not in inputs:
                raise Refused(f"There is no input {name}; {_told_of_inputs(inputs)}.")
            try:
                is_fine = is_finite(value)
            except TypeError:
                is_fine = False
            if not is_fine:
                raise Refused(f"The value of {name} must be a finite number.")
        set_nodes = [
            node if node.name not in values else replace(node, value=float(values[node.name]))
            for node in self.nodes.values()
        ]
        graph = Graph.of(set_nodes, self.edges, {"output": self.output})
        graph.remark = self.reader.remark
        if said := beside_numpy(self.reader.text, graph.nodes()):
            graph.remark = f"{graph.remark} {said}".lstrip()
        free = next((name for name in inputs if name in self.mentioned - self.assigned), None)
        if self.reader.is_of_one and free is not None:
            graph.remark = f"{graph.remark} {_OF_ONE.format(free)}".lstrip()
        return graph

    def _node(self, tree: Tree, name: str | None, statement: Statement) -> str:
        """The id (which is the name) of the node this tree becomes."""
        if isinstance(tree, Name):
            known = self.called.get(tree.name, tree.name)
            if known not in self.nodes:
                if tree.name in self.assigned:
                    raise self._used_early(tree.name, statement)
                self._record(tree.name, *self._meaning(tree.name, statement))
            return known
        if isinstance(tree, Number):
            made = self._record(name or self._fresh("constant"), "constant", tree.value)
            self.nodes[made] = with_name(self.nodes[made], made) if name else self.nodes[made]
            return made
        if not self.binary:
            tree = gathered(tree)
            assert isinstance(tree, Call)
        if tree.op == MUTED:
            made = self._node(tree.operands[0], name, statement)
            self.nodes[made] = replace(self.nodes[made], muted=True)
            return made
        if tree.op == INPUT:
            return self._declared(name or self._fresh(INPUT), tree)
        if self._is_of_euler(tree):
            tree = Call("exp", tree.operands[1:])
        sources = [
            self._outside(operand) or self._node(operand, None, statement) for operand in tree.operands
        ]
        called = self._record(name or self._fresh(tree.op), tree.op, None)
        for port, source in enumerate(sources):
            if isinstance(source, Node):
                self.incoming.append(Edge(source.id, called, port))
            else:
                self.edges.append(Edge(source, called, port))
        return called

    def _used_early(self, name: str, statement: Statement) -> Refused:
        """What to say of a name that stands before its own statement."""
        if name == statement.name and self.reader.is_latex and r"\\" in self.reader.text:
            instead = _BEGINS_WITH_A_SIGN
        elif name in self.changed:
            instead = f"give its new value another name, such as {name}_new"
        else:
            instead = "put that one above"
        message = f"the name {name} is used here before its own statement; {instead}"
        return self.reader.error_at(statement.places[name], message)

    def _declared(self, name: str, tree: Call) -> str:
        """The id of an input that the text gives its value."""
        value, *fixed = tree.operands
        assert isinstance(value, Number)
        self.nodes[name] = Node(name, INPUT, name, value.value, trainable=not fixed, rank=len(self.nodes))
        return name

    def _meaning(self, name: str, statement: Statement) -> tuple[str, float]:
        """What a name that no statement explains stands for: an operation and its value."""
        self._refuse_unclear(name, statement)
        if name in CONSTANTS and name not in self.inputs:
            return "constant", CONSTANTS[name]
        return "input", DEFAULT_VALUE

    def _refuse_unclear(self, name: str, statement: Statement) -> None:
        """Refuse a name that may be meant for something else than what no statement explains."""
        if name in self.inputs or name in self.nodes or name in self.assigned:
            return
        if said := why_unclear(name, is_raised=name in self.reader.raised):
            raise self.reader.error_at(statement.places[name], said)

    def _outside(self, tree: Tree) -> Node | None:
        """The node of the surrounding graph that a name means here."""
        if not isinstance(tree, Name) or tree.name in self.called or tree.name in self.nodes:
            return None
        return self.around.named(tree.name)

    def _is_of_euler(self, tree: Call) -> bool:
        """Whether this is e^(-x) beside a node e that nobody named: its e is Euler's number, as in every
        textbook. e^2 is the square of that node.
        """
        if tree.op != "power" or tree.operands[0] != Name("e") or isinstance(tree.operands[1], Number):
            return False
        node = self._outside(tree.operands[0])
        return node is not None and is_automatic(self.around, node)

    def _record(self, name: str, op: str, value: float | None) -> str:
        self.nodes[name] = Node(name, op, name, value, rank=len(self.nodes))
        return name

    @cached_property
    def _given(self) -> set[str]:
        """The names of the text, also of its functions, which a node without a name should not have."""
        return names_given(self.reader.in_python)

    def _fresh(self, op: str) -> str:
        kind = op if op in LEAVES else "operation"
        if kind not in self.unused:
            self.unused[kind] = name_candidates(op)
        return next(
            name
            for name in self.unused[kind]
            if name not in self.nodes
            and name not in self.mentioned
            and name not in self._given
            and self.around.named(name) is None
            and name not in self.around
        )

    def _error(self, statement: Statement, message: str) -> Refused:
        return self.reader.error(statement.line, statement.column, message)


def _told_of_inputs(names: Sequence[str]) -> str:
    if not names:
        return "there are no inputs"
    return f"the only input is {names[0]}" if len(names) == 1 else f"the inputs are {', '.join(names)}"
