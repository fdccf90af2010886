"""What a network says that its graph does not have: told, or refused where its values would be others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nodegraph.core.engine import passes
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import LEAVES
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import LEAKY_SLOPE, OPERATIONS
from nodegraph.core.quoting import quoted
from nodegraph.formats.foreign.dot import SUBGRAPHS
from nodegraph.formats.foreign.labels import numbers_in
from nodegraph.formats.foreign.words import NUMBERS, SPOKEN, meaning, number_of, said_by, shown, to_number

if TYPE_CHECKING:
    import networkx as nx

_PARAMETERS: Mapping[str, Mapping[str, float]] = {
    "leaky_relu": dict.fromkeys(("negative_slope", "alpha", "slope", "leak"), LEAKY_SLOPE),
    "softplus": {"beta": 1.0},
    "add": {"alpha": 1.0},
    "subtract": {"alpha": 1.0},
    "log": {"base": math.e},
}
"""Attributes that change what an operation computes, and what they are here."""
_NO_NEWS = frozenset((*SPOKEN, *NUMBERS, "id", "muted", "trainable"))
"""Attributes of nodes that are read; of which labels not all is, a reading notes itself."""
TITLES = ("title", "label", "name")
"""Attributes of a network that may say what it is called, the surest first."""
_OF_EVERY_NETWORK = frozenset(
    (*TITLES, "output", "format", "version", "node_default", "edge_default", "node", "edge")
)
_CLOSE = 1e-4
"""How far a value may lie from one that was written with few digits, relative to it or to 1."""
_MOST_NAMED = 5


def refuse_parameters(name: str, op: str, attributes: Mapping[str, Any]) -> None:
    """Raise Refused where an attribute asks an operation for another number than it has here."""
    for key, here in _PARAMETERS.get(op, {}).items():
        held = attributes.get(key)
        if held is None or held == "":
            continue
        number = to_number(held)
        if number is None or not math.isclose(number, here, rel_tol=1e-6):
            title = OPERATIONS[op].title
            said = f"its {key} is {shown(held)}, and {title} has {format_number(here)} here"
            raise Refused(f"{quoted(name)}: {said}; make it of other operations, or map it to one.")


def told_of(
    network: nx.Graph[Any],
    ops: Mapping[Hashable, str],
    graph: Graph,
    started: Collection[str],
    stated: Mapping[str, float],
    ports: Collection[str],
    unread: Sequence[tuple[str, str, str]],
) -> list[str]:
    """Returns sentences about what a network does not say, or says and a graph of it does not have.

    `ops` is what its nodes do, `started` are the leaves without a value, `stated` the values that computed
    nodes were said to have, by name, `ports` the attributes of edges that told the order of inputs, and
    `unread` the labels of which not all is read: the attribute, what it says and its node's name.
    """
    found = []
    if started:
        verb = "has no value and starts" if len(started) == 1 else "have no value and start"
        found.append(f"{_named(started)} {verb} at 1")
    without_boxes = any(
        ops[source] not in ("", *LEAVES) and ops[target] for source, target in network.edges()
    )
    named = [
        str(node)
        for node in network
        if not ops[node]
        and (
            (without_boxes and _stands_between(network, node))
            or _has_its_name(network, next(network.predecessors(node)), ops)
        )
    ]
    if named:
        only = "only names what feeds it" if len(named) == 1 else "only name what feeds them"
        found.append(f"{_named(named)} {only}: no operation known here is said there")
    found += _other_values(graph, stated)
    unused = [*_labels(unread), *_unused(network, ops, ports)]
    if unused:
        found.append(f"not used: {', '.join(unused)}")
    return found


def _has_its_name(network: nx.Graph[Any], node: Hashable, ops: Mapping[Hashable, str]) -> bool:
    """Whether a node is known by its own name, so that the one behind it is no box for its result: a leaf,
    and one that says nothing but its name, of which a person has said what it does.
    """
    said = said_by(network.nodes[node], node)
    return ops[node] in LEAVES or (said == [str(node)] and meaning(said[0], {}) is None)


def _stands_between(network: nx.Graph[Any], node: Hashable) -> bool:
    """Whether a node feeds others and tells no number: where operations feed each other without boxes for
    their results, it may be an operation too.
    """
    attributes = network.nodes[node]
    said = (*said_by(attributes, node), *numbers_in(attributes, node))
    return network.out_degree(node) > 0 and number_of(str(node), attributes, [*said]) is None


def _other_values(graph: Graph, stated: Mapping[str, float]) -> Iterator[str]:
    """Yields which computed nodes come to other values than the network says."""
    if not stated:
        return
    values = passes.run(graph).values
    others = [
        (name, said, values[name])
        for name, said in stated.items()
        if name in values and not math.isclose(values[name], said, rel_tol=_CLOSE, abs_tol=_CLOSE)
    ]
    for name, said, value in others[:_MOST_NAMED]:
        yield f"{quoted(name)} is said to be {format_number(said)}, and comes to {format_number(value)}"
    if len(others) > _MOST_NAMED:
        yield f"{len(others) - _MOST_NAMED} more come to other values than is said"


def _unused(network: nx.Graph[Any], ops: Mapping[Hashable, str], ports: Collection[str]) -> Iterator[str]:
    """Yields the attributes that are not read, and how many nodes and edges have them."""
    of_nodes = Counter(
        str(key)
        for node, held in network.nodes(data=True)
        for key in held
        if (key not in _NO_NEWS and key not in _PARAMETERS.get(ops[node], ())) or _is_second(key, held)
    )
    of_edges = Counter(str(key) for *_, held in network.edges(data=True) for key in held if key not in ports)
    of_network = [
        str(key)
        for key, held in network.graph.items()
        if key not in _OF_EVERY_NETWORK and held not in ({}, []) and key != SUBGRAPHS
    ]
    yield from _counted(of_nodes, "node")
    yield from _counted(of_edges, "edge")
    if of_network:
        yield f"{', '.join(map(quoted, of_network[:_MOST_NAMED]))} (of the whole)"
    yield from _of_subgraphs(dict(network.graph.get(SUBGRAPHS, {})))


def _of_subgraphs(held: dict[str, Sequence[str]]) -> Iterator[str]:
    """Yields the titles of subgraphs, and which other attributes they have."""
    titles = list(filter(None, held.pop("label", [])))
    if titles:
        more = f" and {len(titles) - _MOST_NAMED} more" if len(titles) > _MOST_NAMED else ""
        yield f"the titles of subgraphs: {', '.join(map(shown, titles[:_MOST_NAMED]))}{more}"
    if held:
        yield f"{', '.join(map(quoted, [*held][:_MOST_NAMED]))} (of subgraphs)"


def _labels(unread: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    for key, label, name in unread[:_MOST_NAMED]:
        yield f"the {key} {shown(label)} of {quoted(name)}"
    if len(unread) > _MOST_NAMED:
        yield f"{len(unread) - _MOST_NAMED} more names or labels"


def _is_second(key: object, held: Mapping[str, Any]) -> bool:
    """Whether an attribute holds a number beside the one that is taken, and another one."""
    if key not in NUMBERS:
        return False
    first = next((name for name in NUMBERS if held.get(name) not in (None, "")), key)
    return key != first and to_number(held[key]) != to_number(held[first])


def _counted(keys: Counter[str], noun: str) -> Iterator[str]:
    for key, count in keys.most_common(_MOST_NAMED):
        yield f"{quoted(key)} ({count} {noun}{'s' * (count > 1)})"
    if len(keys) > _MOST_NAMED:
        yield f"and {len(keys) - _MOST_NAMED} more attributes of {noun}s"


def _named(names: Iterable[str]) -> str:
    listed = [quoted(name) for name in names]
    if len(listed) > _MOST_NAMED:
        return f"{', '.join(listed[:_MOST_NAMED])} and {len(listed) - _MOST_NAMED} more"
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
