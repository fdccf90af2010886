"""Our own format: `*.nodegraph`, JSON in networkx's node-link form, which `networkx.node_link_graph` opens as
it is.

Reading checks everything before a graph is made, since networkx invents missing nodes and merges equal ids; a
bad document is refused whole, with the place in it. Keys this version does not know are kept and written
back. Knows bytes only, no files (`files`) and no pictures (`png`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from nodegraph.core.collector import collector_paused
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.contents import Contents
from nodegraph.core.graph.cycles import find_cycle
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import why_not_text
from nodegraph.core.graph.records import LEAVES, Group, Note
from nodegraph.core.training.bindings import DATA, TRAINING, table_in
from nodegraph.formats import dataset, groups_and_notes, nodes_and_edges, strict_json
from nodegraph.formats.limits import MAX_EDGES, MAX_NODES, MAX_TITLE
from nodegraph.formats.record_lines import edge_line, json_text, node_line
from nodegraph.formats.strict_json import shown
from nodegraph.formats.values import (
    Document,
    direction,
    is_integer,
    records,
    required,
    text,
    unknown,
)

FORMAT = "nodegraph"
_READ_OTHERS = " A graph that another program wrote becomes a document with: nodegraph new --from."
VERSION = 1

MIGRATIONS: Mapping[int, Callable[[Document], Document]] = {}
"""What turns a document of an older version into one of the next; version 1 is the first, so none yet."""

PIECE, TABLE_PIECE = 100, 50_000
"""Records, and characters of a table, that are written at once."""
_START = b'{\n  "directed": true,\n  "multigraph": true,\n  "graph": {"format": "nodegraph", '
_TOP_KEYS = frozenset({"directed", "multigraph", "graph", "nodes", "edges"})
_GRAPH_KEYS = frozenset(
    {"format", "version", "title", "output", "direction", "groups", "notes", DATA, TRAINING}
)


# --- reading
def begins_as_written(data: bytes) -> bool:
    """Whether a file begins as `write` lets documents begin: then it is no file of another kind."""
    return data.startswith(_START)


def read(data: bytes) -> Graph:
    """The graph of a document; DocumentError with the place of the first thing that is wrong with it."""
    with collector_paused():
        found = _checked(data)
        return Graph.of(found.nodes.records, found.edges.records, found.properties, found.groups, found.notes)


def check(data: bytes, *, in_turns: bool = False) -> None:
    """Raise DocumentError unless `read` would accept this document. Makes no records of what is plain. With
    `in_turns` it takes longer, and other threads have their turn meanwhile.
    """
    with collector_paused():
        _checked(data, in_turns)


class _Checked(NamedTuple):
    """A document in which all is well; records of its nodes and edges are made when they are asked for."""

    nodes: nodes_and_edges.Nodes
    edges: nodes_and_edges.Edges
    properties: Document
    groups: list[Group]
    notes: list[Note]


def _checked(data: bytes, in_turns: bool = False) -> _Checked:
    document = migrate(_recognised(strict_json.parse(data, in_turns=in_turns)))
    _check_flags(document)
    properties = document["graph"]
    table = dataset.table(properties)
    listed = _edge_list(document)
    columns = table.names if table is not None else ()
    found_nodes, found_edges = _records(document, "nodes", MAX_NODES), _records(document, listed, MAX_EDGES)
    _refuse_cycle(found_nodes, found_edges, columns)
    nodes = nodes_and_edges.nodes(found_nodes, columns)
    edges = nodes_and_edges.edges(found_edges, nodes, listed)
    groups, notes = groups_and_notes.groups(properties, nodes.ops), groups_and_notes.notes(properties)
    kept = _properties(document, nodes.ops) | ({DATA: table} if table is not None else {})
    return _Checked(nodes, edges, kept, groups, notes)


def migrate(
    document: Document,
    migrations: Mapping[int, Callable[[Document], Document]] = MIGRATIONS,
    version: int = VERSION,
) -> Document:
    """The document as one of the present version, whatever older version it has."""
    while (found := document["graph"]["version"]) != version:
        if found > version:
            raise DocumentError(
                f"This document was written by a newer nodegraph (format version {found}; this one reads up"
                f" to {version}). Update nodegraph to open it.",
                "graph.version",
            )
        if found not in migrations:
            raise DocumentError(f"there is no format version {found}", "graph.version")
        document = migrations[found](document)
        document["graph"]["version"] = found + 1
    return document


def _recognised(document: Any) -> Document:
    """The document, once it says that it is one of ours and of which version."""
    properties = document.get("graph") if isinstance(document, dict) else None
    if not isinstance(properties, dict) or "format" not in properties:
        raise DocumentError(
            'This is no nodegraph document: it has no "graph" with "format": "nodegraph".'
            + (_READ_OTHERS if _is_node_link(document) else "")
        )
    if properties["format"] != FORMAT:
        raise DocumentError(f'expected "{FORMAT}", found {shown(properties["format"])}', "graph.format")
    version = required(properties, "version", "graph", "a whole number")
    if not is_integer(version) or version < 1:
        raise DocumentError(f"expected a whole number from 1, found {shown(version)}", "graph.version")
    made: Document = document
    return made


def _is_node_link(document: Any) -> bool:
    return isinstance(document, dict) and "nodes" in document and not {"links", "edges"}.isdisjoint(document)


def _check_flags(document: Document) -> None:
    for key in ("directed", "multigraph"):
        if document.get(key, True) is not True:
            raise DocumentError(f"expected true, found {shown(document[key])}", key)


def _edge_list(document: Document) -> str:
    """Returns the key of the list of edges: networkx before 3.6 calls it "links" by default. DocumentError
    where there are two different lists.
    """
    links = document.get("links")
    if "edges" in document and links != document["edges"] and _may_be_edges(links):
        raise DocumentError('a second list of edges, beside "edges"; keep the one that is meant', "links")
    return "links" if "links" in document and "edges" not in document else "edges"


def _may_be_edges(value: object) -> bool:
    """Whether this is a list of edges, and not a key of somebody's own of that name."""
    return isinstance(value, list) and any(
        isinstance(item, dict) and {"source", "target"} <= item.keys() for item in value
    )


def _records(document: Document, key: str, most: int) -> list[Document]:
    """The list of nodes or edges, each item of it an object."""
    if key not in document:
        raise DocumentError(f"missing; a document has a list of {key}", key)
    return records(document[key], key, most)


def _properties(document: Document, nodes: Collection[str]) -> Document:
    """The document's properties as a graph keeps them; what is absent or empty is left out."""
    given = document["graph"]
    title = text(given.get("title", ""), "graph.title", MAX_TITLE)
    refusal = why_not_text(title, MAX_TITLE)
    if refusal:
        raise DocumentError(f"a title {refusal}", "graph.title")
    output = given.get("output")
    if "output" in given and (not isinstance(output, str) or output not in nodes):
        raise DocumentError(f"expected the id of a node, found {shown(output)}", "graph.output")
    kept = {
        "title": title,
        "output": output,
        "direction": direction(given),
        TRAINING: dataset.setup(given),
        "extra": unknown(given, _GRAPH_KEYS),
        "top": unknown(document, _TOP_KEYS | {_edge_list(document)}),
    }
    return {key: value for key, value in kept.items() if value}


def _refuse_cycle(nodes: Sequence[Document], edges: Sequence[Document], columns: Collection[str]) -> None:
    """Raise DocumentError where edges form a cycle: before records are made, each of which costs more."""
    try:
        places = {record.get("id"): place for place, record in enumerate(nodes)}
        sources = [places[record.get("source")] for record in edges]
        targets = [places[record.get("target")] for record in edges]
    except (KeyError, TypeError):  # no node is called so; it is refused with its place
        return
    cycle = find_cycle(len(nodes), sources, targets)
    if cycle and not any(nodes[place].get("op") in LEAVES for place in cycle):  # those take no edges at all
        found = [nodes_and_edges.node(nodes[p], p, f"nodes[{p}]", columns) for p in cycle[:9]]
        names = [node.name for node in found]
        if len(cycle) > 9:
            names = [*names[:8], "…", names[0]]
        raise DocumentError(f"these nodes form a cycle: {' → '.join(names)}", "edges")


# --- writing
def write(graph: Graph) -> bytes:
    """The graph as a document, the same bytes for the same graph: a node or an edge a line, so that diffs
    read well.

    Raises DocumentError for what no document can hold, such as a value that is not finite.
    """
    with collector_paused():
        return b"".join(pieces(Contents.of(graph)))


def pieces(contents: Contents) -> Iterator[bytes]:
    """Yields what `write` returns, in pieces between which others come to their turn; raises the same."""
    try:
        for text in _pieces(contents):
            yield text.encode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:
        raise DocumentError(f"The graph holds something that no document can ({error}).") from None


def _pieces(contents: Contents) -> Iterator[str]:
    top = {key: value for key, value in contents.properties.get("top", {}).items() if key not in _TOP_KEYS}
    yield '{\n  "directed": true,\n  "multigraph": true,\n  "graph": '
    yield from _graph_pieces(contents)
    yield ",\n"
    yield from _list_pieces("nodes", map(node_line, contents.nodes), ",")
    yield from _list_pieces("edges", map(edge_line, contents.edges()), "," if top else "")
    for place, (key, value) in enumerate(top.items(), 1):
        yield f"  {json_text(key)}: {json_text(value)}{',' if place < len(top) else ''}\n"
    yield "}\n"


def _list_pieces(key: str, lines: Iterator[str], end: str) -> Iterator[str]:
    begins = f'  "{key}": [\n    '
    while several := list(islice(lines, PIECE)):
        yield begins + ",\n    ".join(several)
        begins = ",\n    "
    yield f'  "{key}": []{end}\n' if begins[0] == " " else f"\n  ]{end}\n"


def _graph_pieces(contents: Contents) -> Iterator[str]:
    record, table = json_text(_graph_record(contents)), table_in(contents.properties)
    if table is None:
        yield record
        return
    yield f'{record[:-1]}, "{DATA}": '
    text = dataset.table_json(table)
    for start in range(0, len(text), TABLE_PIECE):
        yield text[start : start + TABLE_PIECE]
    yield "}"


def _graph_record(contents: Contents) -> Document:
    properties, record = contents.properties, Document(format=FORMAT, version=VERSION)
    title, output = properties.get("title"), properties.get("output")
    lead = Direction(properties.get("direction", Direction.RIGHT))
    record |= {"title": str(title)} if title else {}
    is_there = output is not None and any(node.id == output for node in contents.nodes)
    record |= {"output": output} if is_there else {}
    record |= {"direction": lead.value} if lead is not Direction.RIGHT else {}
    if contents.groups:
        record["groups"] = [groups_and_notes.group_record(group) for group in contents.groups]
    if contents.notes:
        record["notes"] = [groups_and_notes.note_record(note) for note in contents.notes]
    if TRAINING in properties:
        record[TRAINING] = dict(properties[TRAINING])
    return record | {k: v for k, v in properties.get("extra", {}).items() if k not in _GRAPH_KEYS}
