"""What a person should know of how a text was read, beside the graph that it became."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nodegraph.core.building.expression import is_known_constant
from nodegraph.core.building.free_names import CONSTANTS
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import is_automatic, listed
from nodegraph.core.graph.records import Node
from nodegraph.core.numbers import format_exact, format_number


def constants_note(nodes: Iterable[Node]) -> str:
    """Returns a sentence that says which names of a text were read as constants, from the nodes that the text
    became; "" where none was.

    >>> from nodegraph.core.building.expression import parse
    >>> constants_note(parse("y = 1/(1 + e**(-x))").nodes())
    'e is the constant 2.71828 here; for an input of that name, begin with “e;”.'
    """
    names = [node.name for node in nodes if is_known_constant(node)]
    if not names:
        return ""
    told = " and ".join(f"{name} is the constant {format_number(CONSTANTS[name])}" for name in names)
    begin = "".join(f"{name}; " for name in names).strip()
    wanted = "an input of that name" if len(names) == 1 else "inputs of these names"
    return f"{told} here; for {wanted}, begin with “{begin}”."


def inserted_note(text: str, graph: Graph, made: Sequence[Node]) -> str:
    """Returns what a person should know of how a text was read that was inserted in a graph, from the nodes
    that it became: `constants_note`, and that its e is not the node e of the graph; "" for nothing.
    """
    told = constants_note(made)
    beside = graph.named("e")
    is_node = beside is None or not is_automatic(graph, beside) or "exp" in text
    if is_node or all(node.op != "exp" for node in made):
        return told
    said = "The e of e^… is Euler's number here, not the node e; to use that node there, rename it first."
    return f"{told} {said}".lstrip()


def whole_text_note(graph: Graph, command: str = "") -> str:
    """Returns what a person should know of how a whole text was read, from the graph that it became; "" where
    there is nothing: `constants_note`, and that no name is an input, so that none gets a gradient. `command`
    is what makes a constant an input on the canvas, where there is one.

    >>> from nodegraph.core.building.expression import parse
    >>> whole_text_note(parse("w = 0.5; x = 2; L = w*x"))
    'w and x are constants, which get no gradient; “w = input(0.5)” makes w an input.'
    """
    numbers = [node for node in graph.nodes() if node.op == "constant" and not is_known_constant(node)]
    named = [node for node in numbers if not is_automatic(graph, node)]
    told = constants_note(graph.nodes())
    if not named or any(node.op == "input" for node in graph.nodes()):
        return told
    first = named[0]
    many = len(named) > 1
    made = f"“{first.name} = input({format_exact(first.value or 0.0)})” makes {first.name} an input"
    if command:
        made = f"in the text {made}, on the canvas {command}"
    names = f"{listed([node.name for node in named])} {'are constants' if many else 'is a constant'}"
    return f"{told} {names}, which {'get' if many else 'gets'} no gradient; {made}.".lstrip()
