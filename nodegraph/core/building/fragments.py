"""Parts: some nodes of a graph as a graph of their own, and the Change that inserts one elsewhere.

Copying, duplicating, dragging between documents and typing a formula all insert a part. Knows no clipboard
and no file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import count

from nodegraph.core.building.expression import part_in_text
from nodegraph.core.errors import Refused
from nodegraph.core.graph import bends
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.edits import set_direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import MAX_NAME
from nodegraph.core.graph.records import Edge, Group, Node, Note, Point
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import Size, place
from nodegraph.core.training.bindings import DATA, table_of
from nodegraph.core.training.tables import Table

ALL_THERE = "These are names of nodes that are there already; write a formula such as a*b."


def part_of(graph: Graph, node_ids: Collection[str], note_ids: Iterable[str] = ()) -> Graph:
    """These nodes, the edges between them, these notes, and the groups all of whose nodes are among them.

    Where they take columns of the document's data, those columns come along.
    """
    inside = set(node_ids)
    nodes = [graph.node(node_id) for node_id in inside]
    edges = [edge for node_id in inside for edge in graph.edges_into(node_id) if edge.source in inside]
    groups = [group for group in graph.groups() if inside.issuperset(group.nodes)]
    data = {DATA: table} if (table := _taken(graph, nodes)) is not None else None
    return Graph.of(nodes, edges, data, groups, [graph.note(note_id) for note_id in note_ids])


def _taken(graph: Graph, nodes: Iterable[Node]) -> Table | None:
    """The columns that these nodes take, as a table; None where they take none."""
    table = table_of(graph)
    names = {node.column for node in nodes}
    columns = tuple(column for column in table.columns if column[0] in names) if table is not None else ()
    return replace(table, columns=columns) if table is not None and columns else None


def incoming(graph: Graph, node_ids: Collection[str]) -> list[Edge]:
    """The edges that arrive at these nodes from elsewhere."""
    inside = set(node_ids)
    ordered = sorted(inside, key=lambda node_id: graph.node(node_id).rank)
    arriving = (edge for node_id in ordered for edge in graph.edges_into(node_id))
    return [edge for edge in arriving if edge.source not in inside]


def made_part(graph: Graph, change: Change) -> Graph:
    """The nodes that a change makes, as they will be: with what feeds them, and the output that is named."""
    made = {patch.key: patch.after for patch in change.patches if patch.kind == "node" and not patch.before}
    edges = [
        patch.after
        for patch in change.patches
        if patch.kind == "edge" and patch.after is not None and patch.after.target in made
    ]
    around = {edge.source for edge in edges} - made.keys()
    chosen = graph.properties.get("output")
    if isinstance(chosen, str) and chosen in graph:
        around.add(chosen)
    nodes = [*map(graph.node, around), *made.values()]
    return Graph.of(nodes, edges, {"output": chosen} if chosen in around else None)


def insert_part(
    graph: Graph, part: Graph, by: Point = (0.0, 0.0), name: str = "Insert", incoming: Iterable[Edge] = ()
) -> Change:
    """Put a part into a graph, moved by (x, y). Names stay where they are free, else become a2, a3…; inputs
    keep the column they take where the graph's data has it.

    `incoming` are edges from nodes of the graph to nodes of the part; those whose ends are gone are
    left out. The new ids: `change.made()`, in the order of the part.
    """
    nodes, ids = _renamed(graph, part.nodes(), by)
    edges = [
        replace(edge, source=ids[edge.source], target=ids[edge.target], via=bends.shifted(edge.via, by))
        for edge in part.edges()
    ]
    edges += [
        replace(edge, target=ids[edge.target], via=())  # it would run over what is there
        for edge in incoming
        if edge.source in graph and edge.target in ids
    ]
    groups, notes = _boxes(graph, part, ids, by)
    patches = [*(patch_of(None, node) for node in nodes), *(patch_of(None, edge) for edge in edges)]
    patches += [*(patch_of(None, group) for group in groups), *(patch_of(None, note) for note in notes)]
    return Change(f"{name} {_counted(nodes, notes)}", tuple(patches))


def insert_text(graph: Graph, text: str, x: float, y: float, size: Size = node_size) -> Change:
    """Insert what a formula says, laid out with its top left at x, y.

    A name that the graph has means that node, until the text itself gives it another meaning, but for the e
    of e^(-x) where nobody named a node so; any other name becomes an input at 1. The text's own names stay
    where they are free, else become L2. TextError for text that cannot be read.

    >>> from nodegraph.core.building.expression import parse
    >>> graph = parse("e = a*b")
    >>> graph.apply(insert_text(graph, "L = e*w + 1", 400, 0))
    >>> [node.name for node in graph.nodes()], [edge.source for edge in graph.edges_from("e")]
    (['a', 'b', 'e', 'w', 'd', 'k', 'L'], ['e'])
    """
    part, arriving = part_in_text(text, graph)
    if not len(part):
        raise Refused(ALL_THERE)
    part.apply(set_direction(part, graph.direction))
    part.apply(place(part, None, size))
    corner = min(n.x or 0.0 for n in part.nodes()), min(n.y or 0.0 for n in part.nodes())
    return insert_part(graph, part, (x - corner[0], y - corner[1]), incoming=arriving)


def names_in_text(graph: Graph, text: str) -> list[str]:
    """Returns the names of the nodes that `insert_text` would make. TextError for text that cannot be read.

    >>> from nodegraph.core.building.expression import parse
    >>> names_in_text(parse("e = a*b"), "e = e*w"), names_in_text(parse("e = a*b"), "e")
    (['w', 'e2'], [])
    """
    return [node.name for node in _renamed(graph, part_in_text(text, graph)[0].nodes(), (0.0, 0.0))[0]]


# --- names and ids that are free
def _renamed(graph: Graph, nodes: Sequence[Node], by: Point) -> tuple[list[Node], dict[str, str]]:
    """The nodes as they will be in the graph, and their new ids by the old ones."""
    free_name = _free(lambda name: graph.named(name) is not None)
    free_id = _free(lambda wanted: wanted in graph)
    table = table_of(graph)
    columns = table.names if table is not None else ()
    ids: dict[str, str] = {}
    made = []
    for rank, node in enumerate(nodes, graph.next_rank):
        called = free_name(node.name)
        ids[node.id] = free_id(called)
        ((x, y),) = bends.shifted([node.place], by)
        column = node.column if node.column in columns else None
        made.append(replace(node, id=ids[node.id], name=called, x=x, y=y, rank=rank, column=column))
    return made, ids


def _boxes(graph: Graph, part: Graph, ids: dict[str, str], by: Point) -> tuple[list[Group], list[Note]]:
    free_id = _free(lambda wanted: graph.has_group(wanted) or graph.has_note(wanted) or wanted in graph)
    groups = [
        replace(group, id=free_id("group1"), nodes=tuple(ids[i] for i in group.nodes), rank=rank)
        for rank, group in enumerate(part.groups(), 1 + max((g.rank for g in graph.groups()), default=-1))
    ]
    notes = []
    for rank, note in enumerate(part.notes(), 1 + max((n.rank for n in graph.notes()), default=-1)):
        ((x, y),) = bends.shifted([(note.x, note.y)], by)
        notes.append(replace(note, id=free_id("note1"), x=x, y=y, rank=rank))
    return groups, notes


def _free(taken: Callable[[str], bool]) -> Callable[[str], str]:
    """Returns a function that maps each wanted name to a free one: itself, or a2, a3… where it is taken.

    It remembers how far it has counted, so that thousands of names of one kind cost no more than a look each.
    """
    given: set[str] = set()
    counters: dict[str, count[int]] = {}

    def free(wanted: str) -> str:
        found = wanted
        if taken(found) or found in given:
            stem = (wanted.rstrip("0123456789") or wanted)[: MAX_NAME - 8]
            numbers = counters.setdefault(stem, count(2))
            found = next(
                c for c in (f"{stem}{number}" for number in numbers) if not taken(c) and c not in given
            )
        given.add(found)
        return found

    return free


def _counted(nodes: Sequence[Node], notes: Sequence[Note]) -> str:
    if len(nodes) == 1:
        return nodes[0].name
    if nodes:
        return f"{len(nodes)} nodes"
    return "a note" if len(notes) == 1 else f"{len(notes)} notes"
