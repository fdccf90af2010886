"""Edits of several nodes at once: each one change, and each of those nodes only that it concerns.

As in `edits`, a function returns a Change, or raises Refused with a sentence; nothing here changes a graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import compress
from operator import attrgetter
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.annotations import is_colour
from nodegraph.core.graph.changes import Change, change_of
from nodegraph.core.graph.edits import finite
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import with_name
from nodegraph.core.graph.records import LEAVES, Node


def set_value(graph: Graph, node_ids: Iterable[str], value: float) -> Change:
    """Give these inputs and constants one value; computed nodes among them are left out."""
    leaves = _those(graph, node_ids, lambda node: node.is_leaf)
    if not leaves:
        raise Refused("Only inputs and constants have a value of their own.")
    return _change(f"Set {_listed(leaves)}", leaves, value=finite(value))


def set_trainable(graph: Graph, node_ids: Iterable[str], trainable: bool) -> Change:
    """Mark these inputs as trainable, or as data; other nodes among them are left out."""
    inputs = _those(graph, node_ids, lambda node: node.op == "input")
    if not inputs:
        raise Refused("Only inputs are trainable.")
    name = f"Mark {_listed(inputs)} as {'trainable' if trainable else 'data'}"
    return _change(name, inputs, trainable=trainable)


def exchange_leaves(graph: Graph, node_ids: Iterable[str]) -> Change:
    """Make these constants inputs or, where there is none among them, these inputs constants. They keep their
    values; an input that becomes a constant takes a column no more. Computed nodes are left out.
    """
    leaves = _those(graph, node_ids, lambda node: node.is_leaf)
    if not leaves:
        raise Refused("Only an input can become a constant, and only a constant an input.")
    constants = [node for node in leaves if node.op == "constant"]
    touched, op = (constants, "input") if constants else (leaves, "constant")
    kind = {"input": "an input", "constant": "a constant"}[op] if len(touched) == 1 else f"{op}s"
    made = [replace(node, op=op, trainable=True, column=None) for node in touched]
    pairs = [(before, with_name(after, before.name)) for before, after in zip(touched, made, strict=True)]
    return change_of(f"Make {_listed(touched)} {kind}", pairs)


def set_colour(graph: Graph, node_ids: Iterable[str], colour: str) -> Change:
    """Give these nodes a colour of groups; "" takes it away."""
    if colour and not is_colour(colour):
        raise Refused(f"There is no colour “{colour}”.")
    nodes = _those(graph, node_ids, lambda _node: True)
    name = f"Paint {_listed(nodes)}" if colour else f"Take the colour of {_listed(nodes)} away"
    return _change(name, nodes, colour=colour)


def _those(graph: Graph, node_ids: Iterable[str], wanted: Callable[[Node], bool]) -> list[Node]:
    ids = list(dict.fromkeys(node_ids))
    if any(node_id not in graph for node_id in ids):
        raise Refused("That node is no longer there.")
    return [node for node in map(graph.node, ids) if wanted(node)]


def _change(name: str, nodes: list[Node], **values: Any) -> Change:
    return change_of(name, [(node, replace(node, **values)) for node in nodes])


def _listed(nodes: list[Node]) -> str:
    return nodes[0].name if len(nodes) == 1 else f"{len(nodes)} nodes"


def leaves(nodes: Sequence[Node]) -> list[Node]:
    """Returns the inputs and constants among these nodes."""
    return list(compress(nodes, map(LEAVES.__contains__, map(attrgetter("op"), nodes))))


def held(nodes: Iterable[Node], field: str) -> set[Any]:
    """Returns what these nodes hold in a field, each thing once."""
    return set(map(attrgetter(field), nodes))
