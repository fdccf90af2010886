"""Our own format: `*.nodegraph`, JSON in networkx's node-link form, which `networkx.node_link_graph` opens as
it is.

Reading checks everything before a graph is made, since networkx invents missing nodes and merges equal ids; a
bad document is refused whole, with the place in it. Keys this version does not know are kept and written
back. Knows bytes only, no files (`files`) and no pictures (`png`).
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.cycles import find_cycle
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article, why_never_name, why_not_text
from nodegraph.core.graph.records import LEAVES, Edge, Group, Node, Note
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.training.bindings import DATA, TRAINING, table_of
from nodegraph.formats import bends, dataset, groups_and_notes, strict_json
from nodegraph.formats.limits import MAX_EDGES, MAX_NODES, MAX_PORTS, MAX_TITLE
from nodegraph.formats.record_lines import edge_line, json_text, node_line
from nodegraph.formats.strict_json import shown
from nodegraph.formats.values import (
    Document,
    coordinate,
    direction,
    flag,
    is_integer,
    number,
    records,
    required,
    text,
    unknown,
    word,
)

FORMAT = "nodegraph"
_READ_OTHERS = " A graph that another program wrote becomes a document with: nodegraph new --from."
VERSION = 1

MIGRATIONS: Mapping[int, Callable[[Document], Document]] = {}
"""What turns a document of an older version into one of the next; version 1 is the first, so none yet."""

_START = b'{\n  "directed": true,\n  "multigraph": true,\n  "graph": {"format": "nodegraph", '
_TOP_KEYS = frozenset({"directed", "multigraph", "graph", "nodes", "edges"})
_GRAPH_KEYS = frozenset(
    {"format", "version", "title", "output", "direction", "groups", "notes", DATA, TRAINING}
)
_NODE_KEYS = frozenset({"id", "op", "name", "value", "trainable", "x", "y", "muted", "column", "colour"})
_USUAL_KEYS = frozenset({"id", "op", "name", "value", "x", "y"})
_PLACEHOLDER_KEYS = _NODE_KEYS - {"value", "trainable", "column"}
_EDGE_KEYS = frozenset({"source", "target", "key", "via"})


# --- reading
def begins_as_written(data: bytes) -> bool:
    """Whether a file begins as `write` lets documents begin: then it is no file of another kind."""
    return data.startswith(_START)


def read(data: bytes) -> Graph:
    """The graph of a document; DocumentError with the place of the first thing that is wrong with it."""
    with _collector_paused():
        return Graph.of(*_checked(data))


def check(data: bytes) -> None:
    """Raise DocumentError unless `read` would accept this document."""
    with _collector_paused():
        _checked(data)


def _checked(data: bytes) -> tuple[list[Node], list[Edge], Document, list[Group], list[Note]]:
    """What `Graph.of` takes, of a document in which all is well."""
    document = migrate(_recognised(strict_json.parse(data)))
    _check_flags(document)
    properties = document["graph"]
    table = dataset.table(properties)
    listed = _edge_list(document)
    columns = table.names if table is not None else ()
    found_nodes, found_edges = _records(document, "nodes", MAX_NODES), _records(document, listed, MAX_EDGES)
    _refuse_cycle(found_nodes, found_edges, columns)
    nodes = _nodes(found_nodes, columns)
    edges = _edges(found_edges, nodes, listed)
    groups, notes = groups_and_notes.groups(properties, nodes), groups_and_notes.notes(properties)
    kept = _properties(document, nodes) | ({DATA: table} if table is not None else {})
    return list(nodes.values()), edges, kept, groups, notes


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Making many records takes half the time while Python does not look for garbage among them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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


def _properties(document: Document, nodes: Mapping[str, Node]) -> Document:
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


def _nodes(records: Sequence[Document], columns: Collection[str]) -> dict[str, Node]:
    """The node records by id, in the order of the file; `columns` are those of the document's data."""
    nodes: dict[str, Node] = {}
    places_by_name: dict[str, str] = {}
    for rank, record in enumerate(records):
        place = f"nodes[{rank}]"
        node = _node(record, rank, place, columns)
        if node.id in nodes:
            raise DocumentError(
                f"{shown(node.id)} is the id of nodes[{nodes[node.id].rank}] already", f"{place}.id"
            )
        if node.name in places_by_name:
            where = f"{place}.name" if "name" in record else f"{place}.id"
            raise DocumentError(f"{places_by_name[node.name]} is called {shown(node.name)} already", where)
        nodes[node.id] = node
        places_by_name[node.name] = place
    return nodes


def _node(record: Document, rank: int, place: str, columns: Collection[str]) -> Node:
    op = word(record, "op", place)
    is_known = op in OPERATIONS
    node_id = word(record, "id", place)
    name = record.get("name", node_id)
    problem = why_never_name(name) if isinstance(name, str) else f"expected text, found {shown(name)}"
    if problem:
        raise DocumentError(problem, f"{place}.name" if "name" in record else f"{place}.id")
    if ("x" in record) != ("y" in record):
        raise DocumentError("x and y belong together; give both or neither", place)
    value = _value(record, op, place) if is_known else None
    x, y = (coordinate(record, "x", place), coordinate(record, "y", place)) if "x" in record else (None, None)
    if record.keys() <= _USUAL_KEYS and is_known:
        return Node(node_id, op, name, value, True, x, y, rank)
    return Node(
        id=node_id,
        op=op,
        name=name,
        value=value,
        trainable=_trainable(record, op, place) if is_known else True,
        x=x,
        y=y,
        rank=rank,
        extra=unknown(record, _NODE_KEYS if is_known else _PLACEHOLDER_KEYS),
        muted=_muted(record, op, place),
        column=dataset.column(record, op, place, columns) if is_known else None,
        colour=groups_and_notes.colour(record, place, ""),
    )


def _value(record: Document, op: str, place: str) -> float | None:
    if op in LEAVES:
        return number(required(record, "value", place, "a finite number"), f"{place}.value")
    if "value" in record:
        why_not = f"{OPERATIONS[op].title} is computed; only inputs and constants have a value"
        raise DocumentError(why_not, f"{place}.value")
    return None


def _trainable(record: Document, op: str, place: str) -> bool:
    if "trainable" in record and op != "input":
        raise DocumentError("only an input is trainable or not", f"{place}.trainable")
    return flag(record, "trainable", place, True)


def _muted(record: Document, op: str, place: str) -> bool:
    if record.get("muted", False) is True and op in LEAVES:
        why_not = f"{article(op)} cannot be muted; it has nothing to pass through"
        raise DocumentError(why_not, f"{place}.muted")
    return flag(record, "muted", place)


def _edges(records: Sequence[Document], nodes: Mapping[str, Node], listed: str) -> list[Edge]:
    """The edge records in the order of the file; `listed` is what the file calls their list."""
    edges: list[Edge] = []
    fillers: dict[tuple[str, int], int] = {}
    rooms = {node.id: _MOST_PORTS.get(node.op, MAX_PORTS) for node in nodes.values()}
    for index, record in enumerate(records):
        source: Any = record.get("source")
        target: Any = record.get("target")
        port: Any = record.get("key")
        is_plain = type(source) is type(target) is str and type(port) is int
        if not (is_plain and source in nodes and 0 <= port < rooms.get(target, 0)):  # most need no place
            place = f"{listed}[{index}]"
            source, target = _end(record, "source", nodes, place), _end(record, "target", nodes, place)
            port = _port(record, nodes[target], place)
        filled = (target, port)
        if filled in fillers:
            name, before = nodes[target].name, f"{listed}[{fillers[filled]}]"
            taken = f"input {port} of {name} is filled by {before} already"
            raise DocumentError(taken, f"{listed}[{index}].key")
        fillers[filled] = index
        edges.append(Edge(source, target, port, unknown(record, _EDGE_KEYS)))
    return bends.led(edges, records, listed)


_MOST_PORTS = {name: MAX_PORTS if op.most is None else op.most for name, op in OPERATIONS.items()}
"""How many inputs a node of each operation may have."""


def _end(record: Document, key: str, nodes: Mapping[str, Node], place: str) -> str:
    node_id = word(record, key, place)
    if node_id not in nodes:
        raise DocumentError(f"no node has the id {shown(node_id)}", f"{place}.{key}")
    return node_id


def _port(record: Document, target: Node, place: str) -> int:
    port = required(record, "key", place, "the number of an input, from 0")
    place = f"{place}.key"
    if not is_integer(port) or port < 0:
        raise DocumentError(f"expected the number of an input, from 0, found {shown(port)}", place)
    most = _MOST_PORTS.get(target.op, MAX_PORTS)
    if most == 0:
        raise DocumentError(f"{target.name} is of the operation {target.op}, which takes no edges", place)
    if port >= most:
        inputs = "input 0 only" if most == 1 else f"inputs 0 to {most - 1:,}"
        raise DocumentError(f"{target.name} ({target.op}) has {inputs}, found {shown(port)}", place)
    return int(port)


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
        names = [_node(nodes[place], place, f"nodes[{place}]", columns).name for place in cycle[:9]]
        if len(cycle) > 9:
            names = [*names[:8], "…", names[0]]
        raise DocumentError(f"these nodes form a cycle: {' → '.join(names)}", "edges")


# --- writing
def write(graph: Graph) -> bytes:
    """The graph as a document, the same bytes for the same graph: a node or an edge a line, so that diffs
    read well.

    Raises DocumentError for what no document can hold, such as a value that is not finite.
    """
    try:
        with _collector_paused():
            return "\n".join(_lines(graph)).encode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:
        raise DocumentError(f"The graph holds something that no document can ({error}).") from None


def _lines(graph: Graph) -> Iterator[str]:
    nodes = graph.nodes()
    arrivals = graph.arrivals()
    edges = [edge for node in nodes for edge in arrivals[node.id]]
    top = {key: value for key, value in graph.properties.get("top", {}).items() if key not in _TOP_KEYS}
    yield "{"
    yield '  "directed": true,'
    yield '  "multigraph": true,'
    yield f'  "graph": {_graph_json(graph)},'
    yield from _list_lines("nodes", [node_line(node) for node in nodes], ",")
    yield from _list_lines("edges", [edge_line(edge) for edge in edges], "," if top else "")
    for place, (key, value) in enumerate(top.items(), 1):
        yield f"  {json_text(key)}: {json_text(value)}{',' if place < len(top) else ''}"
    yield "}"
    yield ""


def _list_lines(key: str, records: Sequence[str], end: str) -> Iterator[str]:
    if not records:
        yield f'  "{key}": []{end}'
        return
    yield f'  "{key}": ['
    for record in records[:-1]:
        yield f"    {record},"
    yield f"    {records[-1]}"
    yield f"  ]{end}"


def _graph_json(graph: Graph) -> str:
    record, table = json_text(_graph_record(graph)), table_of(graph)
    return record if table is None else f'{record[:-1]}, "{DATA}": {dataset.table_json(table)}}}'


def _graph_record(graph: Graph) -> Document:
    record: Document = {"format": FORMAT, "version": VERSION}
    record |= {"title": graph.title} if graph.title else {}
    output = graph.properties.get("output")
    record |= {"output": output} if output is not None and output in graph else {}
    record |= {"direction": graph.direction.value} if graph.direction is not Direction.RIGHT else {}
    if graph.groups():
        record["groups"] = [groups_and_notes.group_record(group) for group in graph.groups()]
    if graph.notes():
        record["notes"] = [groups_and_notes.note_record(note) for note in graph.notes()]
    if TRAINING in graph.properties:
        record[TRAINING] = dict(graph.properties[TRAINING])
    return record | {k: v for k, v in graph.properties.get("extra", {}).items() if k not in _GRAPH_KEYS}
