"""What a person should know of how a text was read, beside the graph that it became."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from nodegraph.core.building.expression import DEFAULT_VALUE
from nodegraph.core.building.free_names import CONSTANTS, factors_in, is_known_constant
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import is_automatic, listed
from nodegraph.core.graph.records import Node
from nodegraph.core.numbers import format_exact, format_number

_TO_BASE_TEN = re.compile(r"p(?:H|OH|K\w*)|L?_?dB|SNR")
"""Names of what is measured by logarithms to base 10."""
ANGLES = ("omega", "ω", "pi", "π", "theta", "θ", "phi", "φ")
"""Names that engineers write behind the imaginary unit."""
_OF_TWO_PARTS = ("add", "subtract", "sqrt", "reciprocal")
"""Operations of numbers with a real and an imaginary part, such as R + j*X."""
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")
"""A cell of a spreadsheet."""
_POWERS = ("power", "square")
_OF_A_POWER = "A power of a power is read from the right here, as in a^(b^c); a spreadsheet takes (a^b)^c."
_DIFFERENTIAL = re.compile(r"d[^\W\d]\w?")
_ALIKE = str.maketrans(
    "АВЕКМНОРСТХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTXIJSaeopcyxijsABEZHIKMNOPTYXo",
)
"""Letters of other alphabets, and the Latin ones that look the same."""
MOST_PRODUCTS = 3
"""Names that are told to be no products, at most: a text that has more of them means names."""


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


def names_note(nodes: Sequence[Node], graph: Graph) -> str:
    """Returns what a person should know of how the names of a text were read, from the nodes that it became
    in a graph: `constants_note`, whether an i or j may be meant for the imaginary unit, whether dL/dw may be
    meant for a derivative, and which inputs may be meant for products.

    >>> from nodegraph.core.building.expression import parse
    >>> told = [names_note(graph.nodes(), graph) for graph in map(parse, ("y = mx + b", "h = Wx*x"))]
    >>> told
    ['mx is one input here; for a product, write m*x.', '']
    >>> names_note((graph := parse("k = A*exp(-Ea/RT); E = mc²")).nodes(), graph)
    'RT and mc are one input each here; for products, write R*T and m*c.'
    """
    free = [node.name for node in nodes if _is_free(node)]
    meant = {name: product for name in free if (product := factors_in(name, free))}
    of_signs = (
        *(_imaginary_note(nodes, graph), _derivative_note(nodes, graph), _logarithm_note(nodes)),
        *(_spreadsheet_note(nodes, graph), _euler_note(nodes, graph), _alike_note(nodes)),
    )
    told = " ".join(filter(None, (constants_note(nodes), *of_signs)))
    if not meant or len(meant) > MOST_PRODUCTS:
        return told
    names, products = (listed([*part]) for part in (meant, meant.values()))
    are = "is one input here; for a product" if len(meant) == 1 else "are one input each here; for products"
    return f"{told} {names} {are}, write {products}.".lstrip()


def _is_free(node: Node) -> bool:
    """Whether a node is an input that got no value."""
    return node.op == "input" and node.value == DEFAULT_VALUE


def _imaginary_note(nodes: Sequence[Node], graph: Graph) -> str:
    """Returns that an i or j is no imaginary unit where it stands beside an angle or as such a unit does, and
    got no value; else "".
    """
    free = {node.name: node.id for node in nodes if _is_free(node)}
    beside_angles = any(node.name in ANGLES for node in nodes)
    for unit in ("i", "j"):
        if unit in free and (beside_angles or _is_as_a_unit(graph, free[unit])):
            value = format_number(DEFAULT_VALUE)
            one = f"{unit} is an input of {value} here, as a graph has no complex numbers"
            return f"{one}; write the real and the imaginary part without it."
    return ""


def _is_as_a_unit(graph: Graph, unit: str) -> bool:
    """Whether an input stands as the imaginary unit does: a factor in the exponent of e, and a j, which is
    seldom a current, in a product that is added to something or divides it.
    """
    waiting, seen = [unit], {unit}
    is_j = graph.node(unit).name == "j"
    while waiting:
        for edge in graph.edges_from(waiting.pop()):
            op = graph.node(edge.target).op
            if op == "exp" or (is_j and (op in _OF_TWO_PARTS or (op == "divide" and edge.port == 1))):
                return True
            if op in ("multiply", "negate", "divide", "add", "subtract") and edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return False


def _derivative_note(nodes: Iterable[Node], graph: Graph) -> str:
    """Returns that what looks like a derivative, dL/dw, is the quotient of two inputs where these got no
    value; else "".
    """
    for node in nodes:
        if node.op != "divide":
            continue
        ends = [graph.node(edge.source) for edge in graph.edges_into(node.id)]
        if ends and ends[0].op == "negate":
            ends[:1] = [graph.node(edge.source) for edge in graph.edges_into(ends[0].id)]
        if len(ends) == 2 and all(_is_free(one) and _DIFFERENTIAL.fullmatch(one.name) for one in ends):
            shown = "/".join(one.name for one in ends)
            return (
                f"{shown} is a quotient of two inputs here; a derivative is what the backward pass computes."
            )
    return ""


def _alike_note(nodes: Iterable[Node]) -> str:
    """Returns that two names look the same, as one has a letter of another alphabet; else ""."""
    seen: dict[str, str] = {}
    for node in nodes:
        name = node.name
        other = seen.setdefault(name.translate(_ALIKE), name)
        if other != name:
            at = next(place for place, pair in enumerate(zip(name, other, strict=True)) if len({*pair}) > 1)
            scripts = [unicodedata.name(one[at]).partition(" ")[0].capitalize() for one in (other, name)]
            said = f"the {name[at]} of one is a {scripts[0]} letter, and that of the other a {scripts[1]} one"
            return f"Two names look like {name} here: {said}; for one name, type both alike."
    return ""


def _euler_note(nodes: Sequence[Node], graph: Graph) -> str:
    """Returns that an E that got no value is an input, where it is raised to 0 or to what is no number, as in
    E^x; else "".
    """
    energy = next((node for node in nodes if node.name == "E" and _is_free(node)), None)
    for edge in () if energy is None else graph.edges_from(energy.id):
        if graph.node(edge.target).op == "power" and edge.port == 0:
            powers = [graph.node(one.source) for one in graph.edges_into(edge.target) if one.port == 1]
            if any(power.op != "constant" for power in powers):
                return f"E is an input of {format_number(DEFAULT_VALUE)} here; Euler's number is written e."
            if any(power.value == 0 for power in powers):
                return "E^0 is a power here, which is 1; a standard potential may be named E0."
    return ""


def _spreadsheet_note(nodes: Sequence[Node], graph: Graph | None) -> str:
    """Returns which power of cells a spreadsheet takes otherwise: its -A1^2 is (-A1)^2, and its A1^B1^2 is
    (A1^B1)^2; else "".

    >>> from nodegraph.core.building.expression import parse
    >>> _spreadsheet_note([*(graph := parse("-A1^2 + B1")).nodes()], graph)
    '-A1^2 is -(A1^2) here, which a spreadsheet takes for (-A1)^2.'
    """
    inputs = [node.name for node in nodes if node.op == "input"]
    if graph is None or not inputs or not all(map(_CELL.fullmatch, inputs)):
        return ""
    for node in nodes:
        sources = [graph.node(edge.source) for edge in graph.edges_into(node.id)]
        last = sources[-1] if node.op in ("negate", "power") and sources else None
        if last is None or last.op not in _POWERS or not is_automatic(graph, last):
            continue
        if node.op == "power":
            return _OF_A_POWER
        base = next(graph.node(edge.source) for edge in graph.edges_into(last.id))
        if base.op == "input":
            index = "^2" if last.op == "square" else "^n"
            cell = f"{base.name}{index}"
            return f"-{cell} is -({cell}) here, which a spreadsheet takes for (-{base.name}){index}."
    return ""


def _logarithm_note(nodes: Sequence[Node]) -> str:
    """Returns that log is the natural logarithm, beside names that chemists and engineers have for logarithms
    to base 10, where that is not written out; else "".
    """
    is_natural = any(node.op == "log" for node in nodes) and all(node.value != 10 for node in nodes)
    if not is_natural or not any(_TO_BASE_TEN.fullmatch(node.name) for node in nodes):
        return ""
    return "log is the natural logarithm here; for the one to base 10, write log(x, 10)."


def inserted_note(text: str, graph: Graph, made: Sequence[Node], part: Graph | None = None) -> str:
    """Returns what a person should know of how a text was read that was inserted in a graph, from the nodes
    that it became: `names_note`, that its e is not the node e of the graph, that its last node, though it
    builds on the output, is not the output, and `unused_note`; "" for nothing.
    `part` is the graph of these nodes where they have other ids than in the graph they were inserted in.
    """
    told = " ".join(
        filter(
            None,
            (names_note(made, part or graph), _output_note(graph, made), unused_note(part or graph, made)),
        )
    )
    beside = graph.named("e")
    is_node = beside is None or not is_automatic(graph, beside) or "exp" in text
    if is_node or all(node.op != "exp" for node in made):
        return told
    said = "The e of e^… is Euler's number here, not the node e; to use that node there, rename it first."
    return f"{told} {said}".lstrip()


def _output_note(graph: Graph, made: Sequence[Node]) -> str:
    """Returns that the output stays what it was where a new node is computed from it and ends the graph."""
    output, ids = graph.output, {node.id for node in made}
    if output is None or output in ids or not any(edge.target in ids for edge in graph.edges_from(output)):
        return ""
    ends = [node for node in made if not graph.edges_from(node.id)]
    if not ends:
        return ""
    stays = f"{graph.node(output).name} stays the output"
    return f"{stays}; for {ends[-1].name}, select it and choose Edit ▸ Make It the Output."


def _ends_note(graph: Graph) -> str:
    """Returns which named nodes of a text nothing is made of, beside its output, and where some of them are
    no results, which inputs got no value: one of these may be what was meant.
    """
    is_of_a_leaf = graph.output is not None and graph.node(graph.output).is_leaf
    ends = [
        node
        for node in graph.nodes()
        if node.id != graph.output and not graph.edges_from(node.id)
        if node.is_leaf or not is_automatic(graph, node) or is_of_a_leaf
    ]
    if not ends or graph.output is None:
        return ""
    are = "is" if len(ends) == 1 else "are"
    told = f"The output is {graph.node(graph.output).name}; {listed([node.name for node in ends])} {are}"
    return f"{told} no part of it{_free_beside(graph, ends)}."


def unused_note(graph: Graph, made: Sequence[Node]) -> str:
    """Returns which of the nodes that a text became in a graph nothing is made of though they have a value,
    beside inputs of the same text that got none; "" without both.
    """
    unused = [node for node in made if node.is_leaf and not graph.edges_from(node.id)]
    free = _free_beside(graph, unused, made)
    if not free:
        return ""
    return f"Nothing uses {listed([node.name for node in unused])}{free}."


def _free_beside(graph: Graph, unused: Sequence[Node], nodes: Iterable[Node] = ()) -> str:
    """Returns how a sentence on unused nodes goes on with the inputs that got no value; "" where none did."""
    free = [
        node.name
        for node in nodes or graph.nodes()
        if node.op == "input" and node.value == DEFAULT_VALUE and graph.edges_from(node.id)
    ]
    if not free or not any(node.is_leaf for node in unused):
        return ""
    are = "is an input" if len(free) == 1 else "are inputs"
    return f", and {listed(free)} {are} of {format_number(DEFAULT_VALUE)}"


def whole_text_note(graph: Graph, command: str = "") -> str:
    """Returns what a person should know of how a whole text was read, from the graph that it became; "" where
    there is nothing: its `remark`, `names_note`, what is no part of the output, and that no name is an input,
    so that none gets a gradient.
    `command` is what makes a constant an input on the canvas, where there is one.

    >>> from nodegraph.core.building.expression import parse
    >>> whole_text_note(parse("w = 0.5; x = 2; L = w*x"))
    'w and x are constants, which get no gradient; “w = input(0.5)” makes w an input.'
    """
    numbers = [node for node in graph.nodes() if node.op == "constant" and not is_known_constant(node)]
    named = [node for node in numbers if not is_automatic(graph, node)]
    told = " ".join(filter(None, (graph.remark, names_note(graph.nodes(), graph), _ends_note(graph))))
    if not named or any(node.op == "input" for node in graph.nodes()):
        return told
    first = next((node for node in named if graph.edges_from(node.id)), named[0])
    many = len(named) > 1
    made = f"“{first.name} = input({format_exact(first.value or 0.0)})” makes {first.name} an input"
    if command:
        made = f"in the text {made}, on the canvas {command}"
    names = f"{listed([node.name for node in named])} {'are constants' if many else 'is a constant'}"
    return f"{told} {names}, which {'get' if many else 'gets'} no gradient; {made}.".lstrip()
