"""Writes a graph as a program that prints its output and the gradient by each input."""

from __future__ import annotations

import math
import operator
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.demand import demand_graph, demand_target
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Node
from nodegraph.core.operations import formula_reader
from nodegraph.core.operations.catalogue import ARITIES, OPERATIONS, title_of
from nodegraph.core.operations.formula import Call, Name, Notation, Number, Tree, substitute
from nodegraph.core.operations.formula_writer import write
from nodegraph.core.quoting import quoted
from nodegraph.formats.programs.helper_functions import called
from nodegraph.formats.programs.names import Names, node_names
from nodegraph.formats.programs.spelling import SLOPE_NOTATIONS, SPELLED, contribution, slope_of, spelled
from nodegraph.formats.programs.targets import ARITHMETIC, TARGETS, Target


def to_program(graph: Graph, to: str = "python", *, vectorised: bool = False) -> str:
    """Returns the source of a program for one of `TARGETS` that computes what the graph does.

    A `vectorised` one, for NumPy, PyTorch and JAX, trains the graph as its document says, on whole arrays.

    Raises Refused where the graph has no output, cannot be run, or does what the target cannot, and where
    there is nothing to train.

    >>> from nodegraph.core.building.expression import parse
    >>> print(to_program(parse("y = a*b", a=2, b=3), "micrograd").split("# values")[1])
    <BLANKLINE>
    y = a * b
    <BLANKLINE>
    # gradients
    y.backward()
    print('y =', y.data)
    print('dy/da =', a.grad)
    print('dy/db =', b.grad)
    <BLANKLINE>
    """
    demand_graph(graph, "to_program")
    demand_target(to, "to_program", TARGETS)
    if vectorised:
        from nodegraph.formats.programs.vectorised import to_vectorised

        return to_vectorised(graph, to)
    if to not in TARGETS:
        raise Refused(f"There is no program for “{quoted(to)}”; there is one for {', '.join(TARGETS)}.")
    trace = run(graph)
    if trace.output is None or not trace.has_derivatives:
        raise Refused("The graph has no output to compute; add a node, or choose an output.")
    if len(trace.plan.ids) < len(graph):
        name = next(node.name for node in graph.nodes() if node.id not in trace.plan.number)
        raise Refused(f"{quoted(name)} cannot be computed; only a graph that can be run becomes a program.")
    try:
        return _Writer(graph, trace, TARGETS[to]).source()
    except RecursionError:
        raise Refused("A node takes too many inputs to be written in one line; sum them in parts.") from None


@dataclass(frozen=True)
class _Writer:
    """One graph on its way to a program."""

    graph: Graph
    trace: Trace
    target: Target

    @cached_property
    def _pool(self) -> Names:
        return Names((*self.target.reserved, *self.target.helpers))

    @cached_property
    def names(self) -> dict[str, str]:
        """What each node is called, by id."""
        return node_names((self.graph.node(i) for i in self.trace.plan.ids), self._pool)

    @cached_property
    def gradients(self) -> dict[str, str]:
        """What the gradient of each node is called, by id; only those that a written pass computes."""
        wanted = {self.output, *map(self.trace.receiver, self.carried)}
        return {i: self._pool.take(f"grad_{self.names[i]}") for i in self.trace.plan.ids if i in wanted}

    @property
    def output(self) -> str:
        """The id of the output."""
        assert self.trace.output is not None
        return self.trace.output

    @cached_property
    def carried(self) -> list[EdgeKey]:
        """The edges that carry a contribution, in the order of the backward pass."""
        return [self.trace.plan.keys[number] for number in self.trace.carried_order.tolist()]

    @cached_property
    def inputs(self) -> list[Node]:
        """The inputs, in the order in which they were made."""
        return [node for node in self.graph.nodes() if node.op == "input"]

    @cached_property
    def reached(self) -> Collection[str]:
        """The ids of nodes on which the output depends."""
        return {self.output, *map(self.trace.receiver, self.carried)}

    # --- the whole
    def source(self) -> str:
        """Returns the program."""
        body = list(self._jax() if self.target.name == "jax" else self._straight())
        text = "\n".join(body)
        used = called(text, self.target.helpers)
        said = quoted(self.graph.node(self.output).name)
        head = [f"# Prints {said} and its gradient by each input. Written by nodegraph."]
        if any(word in "".join((text, *used)) for word in self.target.reserved):
            head.append(self.target.header)
        return "\n".join([*head, *used, "", text]) + "\n"

    def _straight(self) -> Iterator[str]:
        yield "# inputs"
        for node in self.inputs:
            yield f"{self.names[node.id]} = {self._leaf(node)}"
        yield from ("", "# values", *self._values())
        yield from ("", "# gradients")
        if not self.target.differentiates:
            yield from self._backward()
        elif self.carried:
            yield f"{self.names[self.output]}.backward()"
        yield from self._printed()

    def _jax(self) -> Iterator[str]:
        arguments = [self.names[node.id] for node in self.inputs]
        yield from ("", f"def compute({', '.join(arguments)}):")
        yield from (f"    {line}" if line else "" for line in self._values())
        yield from (f"    return {self.names[self.output]}", "", "")
        values = ", ".join(_literal(_set_on(node)) for node in self.inputs)
        yield f"inputs = ({values}{',' if len(self.inputs) == 1 else ''})"
        said = self.graph.node(self.output).name
        if not self.inputs:
            yield f"print({said + ' ='!r}, float(compute()))"
            return
        places = f"argnums={tuple(range(len(self.inputs)))}"
        yield f"value, gradients = jax.value_and_grad(compute, {places})(*inputs)"
        yield f"print({said + ' ='!r}, float(value))"
        yield f"for name, gradient in zip({[node.name for node in self.inputs]!r}, gradients):"
        yield f"    print({f'd{said}/d'!r} + name, '=', float(gradient))"

    def _printed(self) -> Iterator[str]:
        said, target = self.graph.node(self.output).name, self.target
        yield f"print({said + ' ='!r}, {target.shown.format(name=self.names[self.output])})"
        for node in self.inputs:
            words = repr(f"d{said}/d{node.name} =")
            if node.id not in self.reached:
                yield f"print({words}, 0.0)  # does not reach the output"
            elif not target.differentiates:
                yield f"print({words}, {target.shown.format(name=self.gradients[node.id])})"
            elif self.carried:
                yield f"print({words}, {target.gradient.format(name=self.names[node.id])})"
            else:
                yield f"print({words}, 1.0)"

    # --- values
    def _leaf(self, node: Node) -> str:
        form = self.target.leaf if node.op == "input" else self.target.constant
        return form.format(value=_literal(_set_on(node)))

    def _values(self) -> Iterator[str]:
        for node_id in self.trace.plan.ids:
            node = self.graph.node(node_id)
            if node.op == "constant" and self._needs_a_line(node_id):
                yield f"{self.names[node_id]} = {self._leaf(node)}"
            elif not node.is_leaf:
                yield f"{self.names[node_id]} = {self._value(node)}"

    def _value(self, node: Node) -> str:
        operands = self._operands(node.id)
        if node.muted:
            return (
                f"{write(operands[0], self.target.notations, 'python')}  # muted: passes its first input on"
            )
        tree = spelled(self._known(node, operands))
        text = write(tree, self._notations(node.id), "python")
        loss = self.target.loses.get(node.op)
        inputs = [self.trace.value(source) or 0.0 for source in self.trace.sources(node.id)]
        if loss is not None and loss.where(*inputs):
            return f"{text}  # {loss.sentence}"
        if _leaves_the_numbers(node.op, inputs) and math.isfinite(self.trace.value(node.id) or 0.0):
            return f"{text}  # {_ON_THE_WAY}"
        return text

    def _known(self, node: Node, operands: list[Tree]) -> Tree:
        """The operation on its operands, or its definition where the target does not know it."""
        target, operation = self.target, OPERATIONS[node.op]
        if target.name == "micrograd" and node.op == "power" and not isinstance(operands[1], Number):
            raise Refused(f"micrograd raises to a number alone, and {quoted(node.name)} to another node.")
        if node.op in target.notations or node.op in SPELLED:
            return Call(node.op, tuple(operands))
        if not operation.definition or target.name == "micrograd":
            raise Refused(f"{target.title} has no {title_of(node.op)}, which {quoted(node.name)} needs.")
        tree = formula_reader.Reader(operation.definition, ARITIES).statements()[0].tree
        return substitute(tree, {f"x{port}": operand for port, operand in enumerate(operands)})

    def _operands(self, node_id: str) -> list[Tree]:
        sources = self.trace.sources(node_id)
        return [self._operand(node_id, port, source) for port, source in enumerate(sources)]

    def _operand(self, node_id: str, port: int, source: str) -> Tree:
        if self._stands_as_number(node_id, port, source):
            return Number(_set_on(self.graph.node(source)))
        return Name(self.names[source])

    def _stands_as_number(self, node_id: str, port: int, source: str) -> bool:
        """Whether a constant is written as its number where it is used: in arithmetic with what is none."""
        op = self.graph.node(node_id).op
        if self.graph.node(source).op != "constant" or op not in (*ARITHMETIC, "mean"):
            return False
        number = _set_on(self.graph.node(source))
        if number == 0 and math.copysign(1.0, number) < 0:
            return False  # -0 is written as a whole number would be, which has no sign
        if all(self.graph.node(one).op == "constant" for one in self.trace.sources(node_id)):
            return False
        return (op == "power" and port == 1) or len(self.graph.edges_from(source)) == 1

    def _needs_a_line(self, constant: str) -> bool:
        uses = self.graph.edges_from(constant)
        return constant == self.output or any(
            not self._stands_as_number(edge.target, edge.port, constant) for edge in uses
        )

    # --- places where the plain way fails
    def _notations(self, node_id: str) -> dict[str, Notation]:
        careful = self.target.careful if self._is_corner(node_id) else {}
        return {**self.target.notations, **careful}

    def _is_corner(self, node_id: str) -> bool:
        """Whether Python would raise an error, or a rule fail: at no finite number, and at powers of 0."""
        sources = self.trace.sources(node_id)
        numbers = [self.trace.value(node_id), *map(self.trace.value, sources)]
        numbers += [self.trace.local((node_id, port)) for port in range(len(sources))]
        if any(number is None or not math.isfinite(number) for number in numbers):
            return True
        return self.graph.node(node_id).op == "power" and self.trace.value(sources[0]) == 0

    # --- the backward pass
    def _backward(self) -> Iterator[str]:
        begun = {self.output}
        yield f"{self.gradients[self.output]} = 1.0"
        for key in self.carried:
            receiver = self.trace.receiver(key)
            sign = "+=" if receiver in begun else "="
            begun.add(receiver)
            yield f"{self.gradients[receiver]} {sign} {self._contribution(key)}"

    def _contribution(self, key: EdgeKey) -> str:
        node_id, port = key
        node, sent = self.graph.node(node_id), self.gradients[node_id]
        if node.muted:
            return sent
        operands, slopes = self._operands(node_id), self.target.slopes
        if self._is_corner(node_id):
            slopes = {**slopes, **self.target.careful_slopes}
        slope = slope_of(node.op, port, len(operands), slopes)
        tree = contribution(sent, slope, operands, self.names[node_id])
        return write(tree, self._notations(node_id) | SLOPE_NOTATIONS, "python")


_ON_THE_WAY = "taken one after the other, these numbers leave the range of a float on the way"


def _set_on(leaf: Node) -> float:
    """The number that a leaf holds; −0 is another than 0."""
    return 0.0 if leaf.value is None else leaf.value


def _literal(value: float) -> str:
    """A number as Python reads it, and as a float: 2.0, not 2."""
    return repr(float(value))


def _leaves_the_numbers(op: str, inputs: Sequence[float]) -> bool:
    """Whether a sum or product of three and more is too large, or 0, before the last of them is taken."""
    if op == "mean":
        return not math.isfinite(sum(inputs))
    if len(inputs) < 3 or op not in ("add", "multiply"):
        return False
    taken = list(accumulate(inputs, operator.add if op == "add" else operator.mul))
    return not all(map(math.isfinite, taken)) or (op == "multiply" and 0.0 in taken and 0.0 not in inputs)
