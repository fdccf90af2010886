"""What a person may do with groups, and what a collapsed group shows: presentation, never the graph beneath.

As `edits`: each function returns the Change that does it, or raises Refused with a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass, replace
from itertools import count, islice

from nodegraph.core.errors import Refused
from nodegraph.core.graph.annotations import COLOURS, is_colour
from nodegraph.core.graph.changes import Change, change_of, patch_of
from nodegraph.core.graph.edits import free_port, remove, without_members
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import why_not_text
from nodegraph.core.graph.records import Edge, EdgeKey, Group

MAX_GROUP_TITLE = 200
"""Characters a group's title may have."""


@dataclass(frozen=True, slots=True)
class Face:
    """One row on a border: the node a value comes from, and its edges that cross the border."""

    source: str
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Faces:
    """The inputs and outputs of a group, a row for each source."""

    incoming: list[Face]
    outgoing: list[Face]


# --- asking
def group_faces(graph: Graph, group_id: str) -> Faces:
    """The edges that cross a group's border: incoming by source outside, outgoing by member.

    The output, and an operation whose result nothing takes yet, have an outgoing row without edges: there is
    something to show and to connect. Incoming rows stand in the order in which members take them, outgoing
    ones in the order of making.
    """
    members = sorted(graph.group(group_id).nodes, key=lambda member: graph.node(member).rank)
    inside = set(members)
    fed = (member for member in members if not graph.sources[member].keys() <= inside)
    arriving = [e for member in fed for e in graph.edges_into(member) if e.source not in inside]
    feeding = (member for member in members if not graph.targets[member].keys() <= inside)
    leaving = [e for member in feeding for e in graph.edges_from(member) if e.target not in inside]
    giving = {edge.source for edge in leaving}
    giving.update(member for member in members if _ends_here(graph, member))
    by_source = {face.source: face for face in _rows(leaving)}
    outgoing = [by_source.get(member, Face(member, ())) for member in members if member in giving]
    return Faces(_rows(arriving), outgoing)


def _ends_here(graph: Graph, node_id: str) -> bool:
    if node_id == graph.properties.get("output"):
        return True
    return not graph.targets[node_id] and not graph.node(node_id).is_leaf


def _rows(edges: Iterable[Edge]) -> list[Face]:
    rows: dict[str, list[Edge]] = {}
    for edge in edges:
        rows.setdefault(edge.source, []).append(edge)
    return [Face(source, tuple(crossing)) for source, crossing in rows.items()]


def free_inputs(graph: Graph, group_id: str) -> list[EdgeKey]:
    """The first free port of each member that has one, in execution order."""
    ports = ((member, free_port(graph, member)) for member in _in_order(graph, group_id))
    return [(member, port) for member, port in ports if port is not None]


def results(graph: Graph, group_id: str) -> list[str]:
    """The members whose values leave the group, or that no other member takes; in execution order."""
    inside = set(graph.group(group_id).nodes)
    return [member for member in _in_order(graph, group_id) if _leaves(graph, member, inside)]


def _leaves(graph: Graph, node_id: str, inside: Set[str]) -> bool:
    taken_by = graph.targets[node_id]
    return not taken_by or not taken_by.keys() <= inside


def proposed_title(graph: Graph, node_ids: Set[str]) -> str:
    """Returns a title for a group of these nodes: the name of what they compute, where it is one node, else a
    number; none that a group has already.
    """
    ends = list(islice((node_id for node_id in node_ids if _leaves(graph, node_id, node_ids)), 2))
    taken = {other.title for other in graph.groups()}
    if len(ends) == 1 < len(node_ids) and (name := graph.node(ends[0]).name) not in taken:
        return name
    numbers = (f"Group {number}" for number in count(1))
    return next(title for title in numbers if title not in taken)


def _in_order(graph: Graph, group_id: str) -> list[str]:
    """The members, each after those it is computed from; else in the order of making."""
    import networkx as nx

    within = graph.network.subgraph(graph.group(group_id).nodes)
    return list(nx.lexicographical_topological_sort(within, key=lambda member: graph.node(member).rank))


def muted_members(graph: Graph, group_id: str) -> int:
    """How many operations in a group pass their first input on as it is."""
    return sum(graph.node(member).muted for member in graph.group(group_id).nodes)


def hidden_nodes(graph: Graph) -> dict[str, str]:
    """The nodes that collapsed groups hide, each with the id of its group."""
    return {member: group.id for group in graph.groups() if group.collapsed for member in group.nodes}


def corner(graph: Graph, group_id: str) -> tuple[float, float]:
    """The top left of a group's members, where it is drawn when it is collapsed."""
    members = [graph.node(member) for member in graph.group(group_id).nodes]
    return min(node.x or 0.0 for node in members), min(node.y or 0.0 for node in members)


# --- making
def group(graph: Graph, node_ids: Iterable[str], title: str = "", colour: str | None = None) -> Change:
    """Draw a box round nodes, which leave the groups they were in. Without a colour it takes the one that is
    used least.
    """
    wanted = dict.fromkeys(node_ids)
    members = tuple(wanted)
    if not members:
        raise Refused("Select the nodes that belong together first.")
    _demand_nodes(graph, members)
    made = Group(
        free_id(graph, "group"),
        _title(title),
        _colour(colour or _next_colour(graph)),
        members,
        rank=max((other.rank for other in graph.groups()), default=-1) + 1,
    )
    name = f"Group {graph.node(members[0]).name if len(members) == 1 else f'{len(members)} nodes'}"
    return Change(name, (patch_of(None, made), *without_members(graph, wanted)))


def ungroup(graph: Graph, group_ids: Iterable[str]) -> Change:
    """Take boxes away; their nodes stay."""
    return remove(graph, (), group_ids=group_ids)


def set_collapsed(graph: Graph, group_ids: Iterable[str], collapsed: bool) -> Change:
    """Draw groups as one node each, or open them again."""
    patches = []
    for before in [_group(graph, group_id) for group_id in group_ids]:
        if before.collapsed != collapsed:
            patches.append(patch_of(before, replace(before, collapsed=collapsed)))
    verb = "Collapse" if collapsed else "Expand"
    return Change(f"{verb} a group" if len(patches) == 1 else f"{verb} {len(patches)} groups", tuple(patches))


def rename_group(graph: Graph, group_id: str, title: str) -> Change:
    """Give a group a title; empty for none."""
    group = _group(graph, group_id)
    return change_of("Rename a group", [(group, replace(group, title=_title(title)))])


def recolour_group(graph: Graph, group_id: str, colour: str) -> Change:
    """Give a group another colour: a name of the palette, or #rrggbb."""
    group = _group(graph, group_id)
    return change_of("Colour a group", [(group, replace(group, colour=_colour(colour)))])


def add_to_group(graph: Graph, group_id: str, node_ids: Iterable[str]) -> Change:
    """Put nodes into a group; they leave the one they were in."""
    home = _group(graph, group_id)
    inside = frozenset(home.nodes)
    new = dict.fromkeys(node_id for node_id in node_ids if node_id not in inside)
    _demand_nodes(graph, new)
    if not new:
        return Change("Add to a group")
    left = without_members(graph, new)
    return Change("Add to a group", (patch_of(home, replace(home, nodes=(*home.nodes, *new))), *left))


def remove_from_group(graph: Graph, node_ids: Iterable[str]) -> Change:
    """Take nodes out of their groups; a group vanishes with its last node."""
    return Change("Take out of a group", tuple(without_members(graph, dict.fromkeys(node_ids))))


def free_id(graph: Graph, kind: str, taken: Collection[str] = ()) -> str:
    """An id for a group or a note that nothing in the graph has, and that is not among those `taken`."""
    asked = (graph.has_group, graph.has_note, graph.__contains__, taken.__contains__)
    number = 1
    while any(has(f"{kind}{number}") for has in asked):
        number += 1
    return f"{kind}{number}"


# --- checks
def _group(graph: Graph, group_id: str) -> Group:
    if not graph.has_group(group_id):
        raise Refused("That group is no longer there.")
    return graph.group(group_id)


def _demand_nodes(graph: Graph, node_ids: Collection[str]) -> None:
    if len(graph.there(node_ids)) < len(node_ids):
        raise Refused("That node is no longer there.")


def _title(title: str) -> str:
    title = " ".join(title.split())
    refusal = why_not_text(title, MAX_GROUP_TITLE)
    if refusal:
        raise Refused(f"A title {refusal}.")
    return title


def _colour(colour: str) -> str:
    if not is_colour(colour):
        raise Refused(f"“{colour}” is no colour here; take {', '.join(COLOURS)} or #rrggbb.")
    return colour


def _next_colour(graph: Graph) -> str:
    used = Counter(other.colour for other in graph.groups())
    return min(COLOURS, key=lambda colour: used[colour])
