"""Nodes on the clipboard: a part of a graph as document text, and the Change that inserts one. Knows no
widget.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from nodegraph.core import edits, layout
from nodegraph.core.changes import Change, of_edge, of_node
from nodegraph.core.errors import DocumentError, Refused, TextError
from nodegraph.core.expression import parse
from nodegraph.core.graph import Edge, Graph, Node
from nodegraph.formats import files, native

NOTHING = (
    "There is nothing on the clipboard that could be inserted: copy nodes, or a formula such as L = a*b."
)


def part_of(graph: Graph, node_ids: Collection[str]) -> Graph:
    """These nodes with the edges between them, as a graph of their own."""
    edges = [edge for edge in graph.edges() if edge.source in node_ids and edge.target in node_ids]
    return Graph.of([graph.node(node_id) for node_id in node_ids], edges)


def to_text(part: Graph) -> str:
    """The part as text for the clipboard, which is a document of its own."""
    return native.write(part).decode()


def from_text(text: str) -> Graph:
    """The part in a text: a document, or a formula. Refused with a sentence where it is neither."""
    if text.lstrip().startswith("{"):
        try:
            part = native.read(text.encode())
        except (DocumentError, UnicodeError) as error:
            raise Refused(NOTHING) from error
    else:
        try:
            part = parse(text)
        except TextError as error:
            raise Refused(NOTHING) from error
    if not len(part):
        raise Refused(NOTHING)
    part.apply(layout.place_missing(part))
    return part


def from_picture(data: bytes) -> Graph:
    """The graph that a picture carries. Refused with a sentence where it carries none."""
    try:
        part = files.graph_of(data)
    except DocumentError as error:
        raise Refused("The picture on the clipboard carries no graph.") from error
    part.apply(layout.place_missing(part))
    return part


def insertion(graph: Graph, part: Graph, by: tuple[float, float], name: str) -> tuple[Change, list[str]]:
    """The change that puts a part into a graph, moved by (x, y), and the ids of its nodes there.

    Names stay where they are free, and become a2, a3… where they are not.
    """
    ids: dict[str, str] = {}
    taken: set[str] = set()
    nodes: list[Node] = []
    for rank, node in enumerate(part.nodes(), graph.next_rank):
        called = edits.unique_name(graph, node.name, taken)
        taken.add(called)
        ids[node.id] = _free_id(graph, called, ids.values())
        place = _inside((node.x or 0.0) + by[0]), _inside((node.y or 0.0) + by[1])
        nodes.append(replace(node, id=ids[node.id], name=called, x=place[0], y=place[1], rank=rank))
    edges = [Edge(ids[edge.source], ids[edge.target], edge.port, edge.extra) for edge in part.edges()]
    patches = [of_node(None, node) for node in nodes] + [of_edge(None, edge) for edge in edges]
    return Change(f"{name} {counted(nodes)}", tuple(patches)), [node.id for node in nodes]


def counted(nodes: list[Node]) -> str:
    """The one node's name, or how many there are."""
    return nodes[0].name if len(nodes) == 1 else f"{len(nodes)} nodes"


def _free_id(graph: Graph, wanted: str, taken: Collection[str]) -> str:
    number, found = 1, wanted
    while found in graph or found in taken:
        number += 1
        found = f"{wanted}{number}"
    return found


def _inside(coordinate: float) -> float:
    return max(-edits.MAX_COORDINATE, min(coordinate, edits.MAX_COORDINATE))
