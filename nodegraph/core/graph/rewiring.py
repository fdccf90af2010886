"""What a person may do to edges and what hangs on them: add a node connected, insert, re-route, heal.

As `edits`: each function returns the Change that does it, or raises Refused with a sentence. The questions
`why_not_…` serve hover and drop alike; what they need of the graph can be gathered once, when a drag starts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from nodegraph.core.errors import Refused
from nodegraph.core.graph import bends
from nodegraph.core.graph.changes import Change, Patch, patch_of
from nodegraph.core.graph.edits import (
    add_node,
    ancestors,
    descendants,
    disconnect,
    free_port,
    move,
    remove,
    why_not,
    why_not_new,
    without_edges,
)
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey, Node, Point
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.quoting import quoted


# --- a new node, connected from the start
def add_after(
    graph: Graph,
    op: str,
    source: str,
    x: float | None = None,
    y: float | None = None,
    further: Sequence[str] = (),
) -> Change:
    """Make a node whose first input takes `source`, and whose next ones take `further`, as many as it has."""
    added, node = _added(graph, op, x, y)
    if node.is_leaf:
        raise Refused(f"{OPERATIONS[op].title} takes no edges, so nothing can feed it.")
    sources = [source, *further][: OPERATIONS[op].most]
    if any(feeding not in graph for feeding in sources):
        raise Refused("That node is no longer there.")
    edges = (patch_of(None, Edge(feeding, node.id, port)) for port, feeding in enumerate(sources))
    return Change(f"{added.name} after {graph.node(source).name}", (*added.patches, *edges))


def add_before(
    graph: Graph,
    op: str,
    target: str,
    port: int,
    x: float | None = None,
    y: float | None = None,
    *,
    name: str = "",
    value: float = 1.0,
) -> Change:
    """Make a node that feeds `port` of `target`; what fills the port already is replaced. `name` and `value`
    are as in `edits.add_node`.
    """
    added, node = _added(graph, op, x, y, name, value)
    refusal = why_not_new(graph, target, port)
    if refusal:
        raise Refused(refusal)
    edge = Edge(node.id, target, port)
    done = f"{added.name} before {graph.node(target).name}"
    return Change(done, (*added.patches, patch_of(graph.edge(edge.key), edge)))


def add_between(
    graph: Graph, op: str, key: EdgeKey, x: float | None = None, y: float | None = None
) -> Change:
    """Make a node in the middle of an edge: its first input takes the edge's source, and it feeds the target.

    Between two nodes of one group it joins the group.
    """
    edge = graph.edge_at(key)
    added, node = _added(graph, op, x, y)
    if node.is_leaf:
        raise Refused(f"{OPERATIONS[op].title} takes no edges, so it cannot lie on one.")
    place = None if node.x is None or node.y is None else (node.x, node.y)
    patches = [*added.patches, *_parted(graph, edge, node.id, 0, place)]
    home = graph.group_of(edge.source)
    if home is not None and edge.target in home.nodes:
        patches.append(Patch("group", home.id, home, replace(home, nodes=(*home.nodes, node.id))))
    name = f"{added.name} between {graph.node(edge.source).name} and {graph.node(edge.target).name}"
    return Change(name, tuple(patches))


def _added(
    graph: Graph, op: str, x: float | None, y: float | None, name: str = "", value: float = 1.0
) -> tuple[Change, Node]:
    change = add_node(graph, op, x, y, name=name, value=value)
    node: Node = change.patches[0].after
    return change, node


def _refed(edge: Edge, source: str, via: tuple[Point, ...] = ()) -> Patch:
    """The same port, fed by another source; bends that led there from the old one are of no use."""
    return patch_of(edge, replace(edge, source=source, via=via))


def _parted(graph: Graph, edge: Edge, node_id: str, port: int, place: Point | None) -> tuple[Patch, Patch]:
    """An edge in two, with a node in between that has this place."""
    before, behind = bends.halves(graph, edge, place)
    return patch_of(None, Edge(edge.source, node_id, port, via=before)), _refed(edge, node_id, behind)


# --- an existing node, dropped on an edge
def why_not_insert(
    graph: Graph,
    node_id: str,
    key: EdgeKey,
    above: Collection[str] | None = None,
    below: Collection[str] | None = None,
) -> str | None:
    """None where a node may be inserted into an edge, else the sentence that says why not.

    `above` and `below` are `ancestors` and `descendants` of the node, where the caller has them already.
    """
    edge = graph.edge(key)
    if node_id not in graph or edge is None:
        return "That is no longer there."
    node, source, target = graph.node(node_id), graph.node(edge.source), graph.node(edge.target)
    if node_id in (edge.source, edge.target):
        return f"{node.name} is an end of this edge already."
    if node.op not in OPERATIONS:
        return f"{node.name} has the operation “{quoted(node.op)}”, which is not known here."
    if node.is_leaf:
        return f"{node.name} takes no edges, so it cannot lie on one."
    if edge.source in (descendants(graph, node_id) if below is None else below):
        return f"That would make a cycle: {source.name} is computed from {node.name}."
    if edge.target in (ancestors(graph, node_id) if above is None else above):
        return f"That would make a cycle: {node.name} is computed from {target.name}."
    if free_port(graph, node_id) is None:
        return f"{node.name} has no free input; disconnect one first."
    return None


def insert_on_edge(
    graph: Graph, node_id: str, key: EdgeKey, position: tuple[float, float] | None = None
) -> Change:
    """Put a node into an edge: its first free input takes the edge's source, and it feeds the target.

    `position` is where it was dropped, so that moving and inserting are one step.
    """
    refusal = why_not_insert(graph, node_id, key)
    if refusal:
        raise Refused(refusal)
    edge = graph.edge_at(key)
    port = free_port(graph, node_id)
    assert port is not None
    moved = move(graph, {node_id: position}).patches if position is not None else ()
    node = graph.node(node_id)
    place = position or (None if node.x is None or node.y is None else (node.x, node.y))
    names = (graph.node(i).name for i in (node_id, edge.source, edge.target))
    return Change(
        "Insert {} between {} and {}".format(*names),
        (*moved, *_parted(graph, edge, node_id, port, place)),
    )


# --- edges that are there
def why_not_reroute(
    graph: Graph,
    key: EdgeKey,
    source: str | None = None,
    target: EdgeKey | None = None,
    upstream: Collection[str] | None = None,
) -> str | None:
    """None where an edge may start or end elsewhere, else the sentence; `upstream` is `ancestors` of its
    source-to-be.
    """
    edge = graph.edge(key)
    if edge is None:
        return "That edge is no longer there."
    start, end = source or edge.source, target or key
    # The edge cannot lie on a way from its new target to its new source, or it would be on a cycle now;
    # so the graph may be asked as it is, with the edge still in it.
    return None if (start, end) == (edge.source, key) else why_not(graph, start, *end, upstream)


def reroute(graph: Graph, key: EdgeKey, source: str | None = None, target: EdgeKey | None = None) -> Change:
    """Let an edge start at another node, or end at another port; what fills that port is replaced."""
    refusal = why_not_reroute(graph, key, source, target)
    if refusal:
        raise Refused(refusal)
    edge = graph.edge_at(key)
    end = target or key
    is_moved = (source or edge.source, end[0]) != (edge.source, edge.target)
    via = () if is_moved else edge.via  # points that lead to another card are of no use
    new = replace(edge, source=source or edge.source, target=end[0], port=end[1], via=via)
    name = f"Connect {graph.node(new.source).name} to {graph.node(new.target).name}"
    return Change(name, tuple(without_edges(graph, {key: edge}, [new])) if new != edge else ())


def why_not_move_outputs(
    graph: Graph, source: str, to: str, upstream: Collection[str] | None = None
) -> str | None:
    """None where at least one edge from `source` may start at `to` instead, else the sentence that says why
    not; `upstream` is `ancestors(graph, to)`.
    """
    if source not in graph or to not in graph:
        return "That node is no longer there."
    name, other = graph.node(source).name, graph.node(to).name
    if source == to or not graph.edges_from(source):
        return f"{name} feeds nothing yet." if source != to else f"These edges start at {name} already."
    if not _movable(graph, source, ancestors(graph, to) if upstream is None else upstream):
        return f"That would make a cycle: {other} is computed from all that {name} feeds."
    return None


def move_outputs(graph: Graph, source: str, to: str) -> Change:
    """Let the edges that leave `source` start at `to`; those on a way to `to` stay, since they would close a
    cycle.
    """
    upstream = ancestors(graph, to) if to in graph else frozenset()
    refusal = why_not_move_outputs(graph, source, to, upstream)
    if refusal:
        raise Refused(refusal)
    patches = tuple(_refed(edge, to) for edge in _movable(graph, source, upstream))
    return Change(f"Move the edges of {graph.node(source).name} to {graph.node(to).name}", patches)


def _movable(graph: Graph, source: str, upstream: Collection[str]) -> list[Edge]:
    return [edge for edge in graph.edges_from(source) if edge.target not in upstream]


def slice_edges(graph: Graph, keys: Iterable[EdgeKey]) -> Change:
    """Cut edges."""
    cut = disconnect(graph, list(dict.fromkeys(keys)))
    return Change("Cut 1 edge" if len(cut.patches) == 1 else f"Cut {len(cut.patches)} edges", cut.patches)


def remove_and_heal(graph: Graph, node_ids: Iterable[str]) -> Change:
    """Delete nodes, and let what their first connected input was feed what they fed.

    What a leaf fed stays open. A chosen output moves on to what fed it.
    """
    gone = dict.fromkeys(node_ids)
    removal = remove(graph, gone)
    heirs = _heirs(graph, gone)
    old = {edge.key: edge for i in gone for edge in graph.edges_into(i) + graph.edges_from(i)}
    new = [
        replace(edge, source=heir, via=())
        for edge in old.values()
        if edge.target not in gone and (heir := heirs[edge.source]) is not None
    ]
    patches = [patch for patch in removal.patches if patch.kind not in ("edge", "property")]
    patches += without_edges(graph, old, new, gone)
    output = graph.properties.get("output")
    if output in gone:
        patches.append(Patch("property", "output", output, heirs[output]))
    return Change(f"{removal.name} and reconnect", tuple(patches))


def _heirs(graph: Graph, gone: Mapping[str, None]) -> dict[str, str | None]:
    """For each removed node, its first connected input, or where that is removed too, what it passes on."""
    heirs: dict[str, str | None] = {}
    for node_id in gone:
        passed: list[str] = []
        heir: str | None = node_id
        while heir is not None and heir in gone and heir not in heirs:
            passed.append(heir)
            feeding = graph.edges_into(heir)
            heir = feeding[0].source if feeding else None
        found = heirs.get(heir, heir) if heir is not None else None
        heirs |= dict.fromkeys(passed, found)
    return heirs
