"""Edits of several nodes at once: each one change, and each of those nodes only that it concerns.

As in `edits`, a function returns a Change, or raises Refused with a sentence; nothing here changes a graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from operator import attrgetter, not_
from typing import Any

from nodegraph.core.bits import Bits
from nodegraph.core.errors import Refused
from nodegraph.core.graph.annotations import is_colour
from nodegraph.core.graph.changes import Change, change_of
from nodegraph.core.graph.edits import finite
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import with_name
from nodegraph.core.graph.records import LEAVES, Node

AT_ONCE = 2_000
"""Nodes that are looked at in one go."""


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


@dataclass
class Common:
    """What several nodes have in common: each thing that any of them holds, once."""

    leaves: list[Node] = field(default_factory=list)
    """The inputs and constants among them."""
    values: set[float] = field(default_factory=set)
    trainable: set[bool] = field(default_factory=set)
    """Of the inputs alone."""
    muted: set[bool] = field(default_factory=set)
    """Of the operations alone."""
    colours: set[str] = field(default_factory=set)


def common(nodes: Sequence[Node]) -> Bits[Common]:
    """Find what nodes have in common, so many at a time."""
    found = Common()
    for start in range(0, len(nodes), AT_ONCE):
        some = nodes[start : start + AT_ONCE]
        are_leaves = list(map(LEAVES.__contains__, map(attrgetter("op"), some)))
        leaves = list(compress(some, are_leaves))
        found.leaves += leaves
        found.values.update(node.value for node in leaves if node.value is not None)
        found.trainable.update(node.trainable for node in leaves if node.op == "input")
        found.muted.update(map(attrgetter("muted"), compress(some, map(not_, are_leaves))))
        found.colours.update(map(attrgetter("colour"), some))
        yield
    return found
