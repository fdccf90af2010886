"""Nodes and edges of a document: their JSON to records, with the place of what is wrong.

Those that hold nothing special `plain_records` checks all at once; where something may be wrong, they are
looked at one after the other. Knows nothing of bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.naming import article, why_never_name
from nodegraph.core.graph.records import LEAVES, Edge, Node, Point
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.formats import bends, dataset, groups_and_notes, plain_records
from nodegraph.formats.limits import MAX_PORTS
from nodegraph.formats.plain_records import MOST_PORTS
from nodegraph.formats.strict_json import shown
from nodegraph.formats.values import Document, coordinate, flag, is_integer, number, required, unknown, word

_NODE_KEYS = frozenset({"id", "op", "name", "value", "trainable", "x", "y", "muted", "column", "colour"})
_CONSTANT_KEYS = _NODE_KEYS | {"named"}
_PLACEHOLDER_KEYS = _NODE_KEYS - {"value", "trainable", "column"}
_EDGE_KEYS = frozenset({"source", "target", "key", "via"})


# --- nodes
@dataclass(frozen=True)
class Nodes:
    """The nodes of a document, checked. Most are plain ones; `special` are the others, by rank."""

    plain: plain_records.Nodes
    special: Mapping[int, Node]

    @cached_property
    def ops(self) -> dict[str, str]:
        """Their operations by id."""
        ops = dict(zip(self.plain.ids, self.plain.ops, strict=True))
        return ops | {node.id: node.op for node in self.special.values()}

    @cached_property
    def names(self) -> set[str]:
        """What they are called."""
        return {*self.plain.names, *(node.name for node in self.special.values())}

    @cached_property
    def records(self) -> list[Node]:
        """Their records, in the order of the file."""
        count = len(self.plain.ids) + len(self.special)
        if not self.special:
            return self.plain.records(range(count))
        plain = iter(self.plain.records([rank for rank in range(count) if rank not in self.special]))
        return [self.special[rank] if rank in self.special else next(plain) for rank in range(count)]


def nodes(records: Sequence[Document], columns: Collection[str]) -> Nodes:
    """Check the nodes of a document; `columns` are those of its data."""
    found = _mostly_plain(records, columns)
    return found or Nodes(plain_records.NO_NODES, dict(enumerate(_one_by_one(records, columns))))


def _mostly_plain(records: Sequence[Document], columns: Collection[str]) -> Nodes | None:
    """The nodes, the plain ones looked at together; None where one of them may be wrong."""
    usual = [record.keys() <= plain_records.NODE_KEYS for record in records]
    plain = plain_records.nodes([*compress(records, usual)])
    if plain is None:
        return None
    special = [rank for rank, is_usual in enumerate(usual) if not is_usual]
    try:
        found = Nodes(plain, {rank: node(records[rank], rank, f"nodes[{rank}]", columns) for rank in special})
    except DocumentError:  # an earlier one may be wrong too
        return None
    return found if len(found.ops) == len(found.names) == len(records) else None


def _one_by_one(records: Sequence[Document], columns: Collection[str]) -> list[Node]:
    found: dict[str, Node] = {}
    places_by_name: dict[str, str] = {}
    for rank, record in enumerate(records):
        place = f"nodes[{rank}]"
        made = node(record, rank, place, columns)
        if made.id in found:
            raise DocumentError(
                f"{shown(made.id)} is the id of nodes[{found[made.id].rank}] already", f"{place}.id"
            )
        if made.name in places_by_name:
            where = f"{place}.name" if "name" in record else f"{place}.id"
            raise DocumentError(f"{places_by_name[made.name]} is called {shown(made.name)} already", where)
        found[made.id] = made
        places_by_name[made.name] = place
    return list(found.values())


def node(record: Document, rank: int, place: str, columns: Collection[str]) -> Node:
    """The record of one node, which is this one of the document."""
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
    return Node(
        id=node_id,
        op=op,
        name=name,
        value=value,
        trainable=_trainable(record, op, place) if is_known else True,
        x=x,
        y=y,
        rank=rank,
        extra=unknown(record, _keys(op)),
        muted=_muted(record, op, place),
        column=dataset.column(record, op, place, columns) if is_known else None,
        colour=groups_and_notes.colour(record, place, ""),
        named=op == "constant" and flag(record, "named", place),
    )


def _keys(op: str) -> frozenset[str]:
    """What a node of this operation may say."""
    if op == "constant":
        return _CONSTANT_KEYS
    return _NODE_KEYS if op in OPERATIONS else _PLACEHOLDER_KEYS


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


# --- edges
@dataclass(frozen=True)
class Edges:
    """The edges of a document, checked: where they lead and, by their number, what else they hold."""

    ends: plain_records.Edges
    extras: Mapping[int, Document]
    bends: Mapping[int, tuple[Point, ...]]

    @property
    def records(self) -> list[Edge]:
        """Their records, in the order of the file."""
        found = self.ends.records()
        for index in self.extras.keys() | self.bends.keys():
            extra, via = self.extras.get(index, {}), self.bends.get(index, ())
            found[index] = replace(found[index], extra=extra, via=via)
        return found


def edges(records: Sequence[Document], found: Nodes, listed: str) -> Edges:
    """Check the edges of a document between these nodes; `listed` is what the file calls their list."""
    return edges_of(plain_records.edges(records, found.ops) or _ends(records, found, listed), records, listed)


def edges_of(ends: plain_records.Edges, records: Sequence[Document], listed: str) -> Edges:
    """The edges that lead there, with what else their records hold."""
    special = [index for index, record in enumerate(records) if not record.keys() <= _EDGE_KEYS]
    extras = {index: unknown(records[index], _EDGE_KEYS) for index in special}
    return Edges(ends, extras, bends.found(records, listed))


def _ends(records: Sequence[Document], found: Nodes, listed: str) -> plain_records.Edges:
    """Where the edges lead, one looked at after the other."""
    nodes = {node.id: node for node in found.records}
    fillers: dict[tuple[str, int], int] = {}
    sources = []
    for index, record in enumerate(records):
        place = f"{listed}[{index}]"
        source, target = _end(record, "source", nodes, place), _end(record, "target", nodes, place)
        port = _port(record, nodes[target], place)
        filled = (target, port)
        if filled in fillers:
            name, before = nodes[target].name, f"{listed}[{fillers[filled]}]"
            taken = f"input {port} of {name} is filled by {before} already"
            raise DocumentError(taken, f"{place}.key")
        fillers[filled] = index
        sources.append(source)
    return plain_records.Edges(sources, [target for target, _ in fillers], [port for _, port in fillers])


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
    most = MOST_PORTS.get(target.op, MAX_PORTS)
    if most == 0:
        raise DocumentError(f"{target.name} is of the operation {target.op}, which takes no edges", place)
    if port >= most:
        inputs = "input 0 only" if most == 1 else f"inputs 0 to {most - 1:,}"
        raise DocumentError(f"{target.name} ({target.op}) has {inputs}, found {shown(port)}", place)
    return int(port)
