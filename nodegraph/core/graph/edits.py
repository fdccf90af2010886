"""What a person may do to a graph.

Each function checks an intent and returns the Change that does it, or raises Refused with a sentence for the
person. Nothing here changes a graph; `Graph.apply` does.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph import bends
from nodegraph.core.graph.changes import Change, Patch, change_of, patch_of, patches_of
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import (
    MAX_TITLE,
    article,
    fresh_name,
    in_one_spelling,
    numbered,
    why_not_name,
    why_not_text,
    with_name,
)
from nodegraph.core.graph.records import MAX_COORDINATE, Edge, EdgeKey, Node, moved
from nodegraph.core.operations.catalogue import OPERATIONS, Operation, similar
from nodegraph.core.quoting import quoted


# --- asking
def operation_of(graph: Graph, node_id: str) -> Operation | None:
    """The catalogue's record for a node, or None for a placeholder whose operation is not known here."""
    return OPERATIONS.get(graph.node(node_id).op)


def port_count(graph: Graph, node_id: str) -> int:
    """How many input ports a node has now: at least what its operation asks for, and all that are filled."""
    operation = operation_of(graph, node_id)
    filled = max((edge.port + 1 for edge in graph.edges_into(node_id)), default=0)
    return max(operation.least if operation else 0, filled)


def port_counts(graph: Graph) -> dict[str, int]:
    """`port_count` of every node at once, in the order of the nodes, without a list of edges for each."""
    counts = {}
    for node in graph.nodes():
        operation = OPERATIONS.get(node.op)
        count = operation.least if operation else 0
        for parallel in graph.sources[node.id].values():
            for port in parallel:
                if port >= count:
                    count = port + 1
        counts[node.id] = count
    return counts


def free_port(graph: Graph, node_id: str) -> int | None:
    """The first port that waits for an edge; one more where it takes any number; else None."""
    operation = operation_of(graph, node_id)
    if operation is None:
        return None
    filled = {edge.port for edge in graph.edges_into(node_id)}
    for port in range(port_count(graph, node_id)):
        if port not in filled:
            return port
    return port_count(graph, node_id) if operation.is_variadic else None


MANY = 2_000
"""Nodes from which on those that are joined to others are gathered from arrays, where there are any."""


def ancestors(graph: Graph, node_id: str) -> frozenset[str]:
    """The node and all it is computed from. Gathered once per drag, it makes `why_not` a look-up."""
    return upstream(graph, [node_id])


def descendants(graph: Graph, node_id: str) -> frozenset[str]:
    """The node and all that is computed from it."""
    return downstream(graph, [node_id])


def upstream(graph: Graph, node_ids: Iterable[str]) -> frozenset[str]:
    """These nodes and all they are computed from."""
    return _reached(graph, graph.sources, node_ids, back=True)


def downstream(graph: Graph, node_ids: Iterable[str]) -> frozenset[str]:
    """These nodes and all that is computed from them."""
    return _reached(graph, graph.targets, node_ids, back=False)


def _reached(
    graph: Graph, neighbours: Mapping[str, Iterable[str]], node_ids: Iterable[str], *, back: bool
) -> frozenset[str]:
    reached = set(node_ids)
    waiting, compiled = list(reached), graph.compiled
    while waiting:
        if len(reached) > MANY and compiled is not None and compiled.structure == graph.structure:
            found: frozenset[str] | None = compiled.wiring.reached(reached, back=back)
            if found is not None:
                return found
            compiled = None
        further = [other for other in neighbours[waiting.pop()] if other not in reached]
        reached.update(further)
        waiting += further
    return frozenset(reached)


def why_not(
    graph: Graph, source: str, target: str, port: int, upstream: Collection[str] | None = None
) -> str | None:
    """None where `source` may be connected to `port` of `target`, else the sentence that says why not.

    `upstream` is `ancestors(graph, source)`, where the caller has it already.
    """
    if source not in graph:
        return "That node is no longer there."
    if source == target:
        return f"{graph.node(target).name} cannot feed itself."
    refusal = why_not_new(graph, target, port)
    if refusal is not None:
        return refusal
    node = graph.node(target)
    if target in (ancestors(graph, source) if upstream is None else upstream):
        name = graph.node(source).name
        return f"That would make a cycle: {name} is computed from {node.name}."
    held = graph.edge((target, port))
    if held is not None and held.source == source:
        return f"{graph.node(source).name} is connected there already."
    return None


def why_not_new(graph: Graph, target: str, port: int) -> str | None:
    """The same where something new is to feed the port, which can be on no cycle."""
    if target not in graph:
        return "That node is no longer there."
    node = graph.node(target)
    operation = OPERATIONS.get(node.op)
    if operation is None:
        return f"{node.name} has the operation “{quoted(node.op)}”, which is not known here."
    if operation.is_leaf:
        return f"{node.name} is {article(operation.title.lower())}: it takes no edges."
    last = port_count(graph, target) if operation.is_variadic else operation.least - 1
    return None if 0 <= port <= last else f"{node.name} has no input {port + 1}."


# --- nodes
def add_node(
    graph: Graph,
    op: str,
    x: float | None = None,
    y: float | None = None,
    *,
    name: str = "",
    value: float = 1.0,
) -> Change:
    """Make a node of this operation, named afresh unless `name` is given. Its id: `change.patches[0].key`."""
    operation = OPERATIONS.get(op)
    if operation is None:
        near = similar(op)
        raise Refused(f"There is no operation “{op}”." + (f" Did you mean {near}?" if near else ""))
    called = in_one_spelling(name) or fresh_name(graph, op)
    _demand(why_not_name(graph, called))
    node = Node(
        id=_free_id(graph, called),
        op=op,
        name=called,
        value=finite(value) if operation.is_leaf else None,
        x=_coordinate(x),
        y=_coordinate(y),
        rank=graph.next_rank,
    )
    made = with_name(node, called) if name else node
    return Change(f"Add {operation.title.lower()} {called}", (patch_of(None, made),))


def rename(graph: Graph, node_id: str, name: str) -> Change:
    """Rename a node; its id stays."""
    node = _node(graph, node_id)
    name = in_one_spelling(name.strip())
    if name == node.name:
        return Change("Rename")
    _demand(why_not_name(graph, name, node_id))
    return Change(f"Rename {node.name} to {name}", (patch_of(node, with_name(node, name)),))


def set_value(graph: Graph, node_id: str, value: float) -> Change:
    """Set the value of an input or a constant."""
    node = _node(graph, node_id)
    if not node.is_leaf:
        raise Refused(f"{node.name} is computed; only inputs and constants have a value of their own.")
    return change_of(f"Set {node.name}", [(node, replace(node, value=finite(value)))])


def set_trainable(graph: Graph, node_id: str, trainable: bool) -> Change:
    """Mark an input as trainable, or as data."""
    node = _node(graph, node_id)
    if node.op != "input":
        raise Refused(f"{node.name} is no input; only inputs are trainable.")
    name = f"Mark {node.name} as {'trainable' if trainable else 'data'}"
    return change_of(name, [(node, replace(node, trainable=trainable))])


def set_muted(graph: Graph, node_ids: Iterable[str], muted: bool | None = None) -> Change:
    """Let operations pass their first input through, or work again; by default the other way than now.

    Inputs and constants cannot be muted and are left out, unless there is nothing else.
    """
    nodes = [node for node in map(partial(_node, graph), node_ids) if not node.is_leaf]
    if not nodes:
        raise Refused("Only operations can be muted; inputs and constants have nothing to pass through.")
    wanted = not all(node.muted for node in nodes) if muted is None else muted
    touched = [node for node in nodes if node.muted != wanted]
    name = f"{'Mute' if wanted else 'Unmute'} {_list([node.name for node in touched or nodes])}"
    return Change(name, tuple(patch_of(node, replace(node, muted=wanted)) for node in touched))


def move(graph: Graph, positions: Mapping[str, tuple[float, float]]) -> Change:
    """Place nodes at new top-left corners (scene units). Edges both of whose ends go the same way keep their
    shape.
    """
    nodes = [_node(graph, node_id) for node_id in positions]
    places = [(_coordinate(x), _coordinate(y)) for x, y in positions.values()]
    differing = [pair for pair in zip(nodes, places, strict=True) if (pair[0].x, pair[0].y) != pair[1]]
    before = [node for node, _ in differing]
    patches = patches_of(before, moved(before, [place for _, place in differing]))
    names = [node.name for node in before]
    return Change(f"Move {_list(names)}", (*patches, *bends.carried(graph, patches)))


def remove(
    graph: Graph,
    node_ids: Iterable[str],
    edge_keys: Iterable[EdgeKey] = (),
    group_ids: Iterable[str] = (),
    note_ids: Iterable[str] = (),
) -> Change:
    """Delete nodes with all their edges, further edges, groups (their nodes stay) and notes.

    A group vanishes with its last node.
    """
    gone = {node_id: _node(graph, node_id) for node_id in node_ids}
    edges = {
        edge.key: edge for node_id in gone for edge in graph.edges_into(node_id) + graph.edges_from(node_id)
    }
    for key in edge_keys:
        edges[key] = graph.edge_at(key)
    boxes, notes = dict.fromkeys(group_ids), dict.fromkeys(note_ids)
    if any(not graph.has_group(i) for i in boxes) or any(not graph.has_note(i) for i in notes):
        raise Refused("That is no longer there.")
    patches = [
        *without_edges(graph, edges, gone=gone),
        *(patch_of(node, None) for node in gone.values()),
        *without_members(graph, gone, boxes),
        *(patch_of(graph.note(note_id), None) for note_id in notes),
    ]
    if graph.properties.get("output") in gone:
        patches.append(Patch("property", "output", graph.properties["output"], None))
    name = _removal(graph, list(gone.values()), list(edges.values()), len(boxes), len(notes))
    return Change(name, tuple(patches))


def _removal(graph: Graph, nodes: list[Node], edges: list[Edge], groups: int, notes: int) -> str:
    """What a removal is called, by the most important of what goes."""
    if nodes:
        return f"Delete {_list([node.name for node in nodes])}"
    if groups:
        return "Ungroup" if groups == 1 else f"Ungroup {groups} groups"
    if notes:
        return "Delete a note" if notes == 1 else f"Delete {notes} notes"
    if len(edges) != 1:
        return f"Disconnect {len(edges)} edges"
    return f"Disconnect {graph.node(edges[0].source).name} from {graph.node(edges[0].target).name}"


def without_members(graph: Graph, members: Collection[str], also: Collection[str] = ()) -> list[Patch]:
    """Patches that take nodes out of their groups, and groups (`also`, or left empty) away."""
    touched = dict.fromkeys(also)
    homes = map(graph.group_of, members) if graph.groups() else ()
    touched |= dict.fromkeys(home.id for home in homes if home is not None)
    patches = []
    for group in map(graph.group, touched):
        inside = () if group.id in also else group.nodes
        kept = tuple(member for member in inside if member not in members)
        patches.append(patch_of(group, replace(group, nodes=kept) if kept else None))
    return patches


# --- edges
def connect(graph: Graph, source: str, target: str, port: int) -> Change:
    """Draw an edge; what fills the port already is replaced."""
    _demand(why_not(graph, source, target, port))
    edge = Edge(source, target, port)
    name = f"Connect {graph.node(source).name} to {graph.node(target).name}"
    return Change(name, (patch_of(graph.edge(edge.key), edge),))


def disconnect(graph: Graph, keys: Iterable[EdgeKey]) -> Change:
    """Take edges away."""
    return remove(graph, (), keys)


def without_edges(
    graph: Graph, edges: Mapping[EdgeKey, Edge], new: Iterable[Edge] = (), gone: Collection[str] = ()
) -> list[Patch]:
    """Patches that drop edges and draw `new` ones, which win where they fill the same port.

    Where a port of a node of any number of inputs stays empty, the later ones move up beyond its least.
    """
    drawn: dict[str, dict[int, Edge]] = {target: {} for target, _ in edges}
    for edge in new:
        drawn.setdefault(edge.target, {})[edge.port] = edge
    patches = []
    for target, filled in drawn.items():
        before = {edge.port: edge for edge in graph.edges_into(target)}
        after = {edge.port: edge for edge in before.values() if edge.key not in edges} | filled
        operation = operation_of(graph, target)
        emptied = before.keys() - after.keys()
        is_open = operation is not None and operation.is_variadic and target not in gone
        if emptied and is_open and operation and len(before) > operation.least:
            kept = sorted(after.values(), key=lambda edge: edge.port)
            after = {place: replace(edge, port=place) for place, edge in enumerate(kept)}
        for port in sorted(before.keys() | after.keys()):
            if before.get(port) != after.get(port):
                patches.append(patch_of(before.get(port), after.get(port)))
    return patches


# --- the document
def set_output(graph: Graph, node_id: str | None) -> Change:
    """Choose the node L that the backward pass starts from; None lets the graph decide."""
    if node_id is not None:
        _node(graph, node_id)
    name = f"Make {graph.node(node_id).name} the output" if node_id else "Let the last node be the output"
    return _property_change(graph, name, "output", node_id)


def set_title(graph: Graph, title: str) -> Change:
    """Give the document a title; empty for none."""
    title = " ".join(title.split())
    refusal = why_not_text(title, MAX_TITLE)
    if refusal:
        raise Refused(f"A title {refusal}.")
    return _property_change(graph, "Change the title", "title", title or None)


def set_direction(graph: Graph, direction: Direction) -> Change:
    """Let edges lead this way; cards stay where they are."""
    value = None if direction is Direction.RIGHT else direction.value
    return _property_change(graph, f"Lead from {direction.words}", "direction", value)


# --- checks
def _node(graph: Graph, node_id: str) -> Node:
    if node_id not in graph:
        raise Refused("That node is no longer there.")
    return graph.node(node_id)


def _demand(refusal: str | None) -> None:
    if refusal is not None:
        raise Refused(refusal)


def finite(value: float) -> float:
    """A value that a node may have; Refused for any other."""
    if not math.isfinite(value):
        raise Refused("A value must be a finite number.")
    return float(value)


def _coordinate(value: float | None) -> float | None:
    if value is not None and not abs(value) <= MAX_COORDINATE:
        raise Refused("A node cannot lie that far out.")
    return None if value is None else float(value)


def _free_id(graph: Graph, wanted: str) -> str:
    return wanted if wanted not in graph else next(c for c in numbered(wanted) if c not in graph)


def _property_change(graph: Graph, name: str, key: str, value: Any) -> Change:
    before = graph.properties.get(key)
    return Change(name, (Patch("property", key, before, value),) if before != value else ())


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} nodes"
