"""Nodes and edges that hold nothing special, as nearly all of a large document do: checked all at once, in a
fifth of the time that it takes to look at one after the other.

Says only that all is well, or that one has to look closer: what is wrong, and where, `nodes_and_edges` finds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import lt
from typing import Any, NamedTuple

from nodegraph.core.graph.records import LEAVES, Edge, Node, records_of
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.formats.limits import MAX_COORDINATE, MAX_ID, MAX_NAME, MAX_PORTS
from nodegraph.formats.values import Document

NODE_KEYS = frozenset({"id", "op", "name", "value", "x", "y"})
MOST_PORTS = {name: MAX_PORTS if op.most is None else op.most for name, op in OPERATIONS.items()}
"""How many inputs a node of each operation may have."""


class Nodes(NamedTuple):
    """Nodes column by column."""

    ids: list[str]
    ops: list[str]
    names: list[str]
    values: list[float | None]
    xs: list[float | None]
    ys: list[float | None]

    def records(self, ranks: Sequence[int]) -> list[Node]:
        """Returns them as records, with these ranks."""
        values, trainable = self.values, repeat(True)
        return records_of(Node, self.ids, self.ops, self.names, values, trainable, self.xs, self.ys, ranks)


class Edges(NamedTuple):
    """The same of edges."""

    sources: list[str]
    targets: list[str]
    ports: list[int]

    def records(self) -> list[Edge]:
        """Returns them as records."""
        return records_of(Edge, self.sources, self.targets, self.ports)


NO_NODES = Nodes([], [], [], [], [], [])


def nodes(records: Sequence[Document]) -> Nodes | None:
    """The nodes in these records, which hold no keys but NODE_KEYS; None where one may be wrong."""
    ids, ops = _column(records, "id"), _column(records, "op")
    if not (_are(ids, str) and _are(ops, str) and _are_named_so(records, ops)):
        return None
    names: list[Any] = [record.get("name", node_id) for record, node_id in zip(records, ids, strict=True)]
    values, xs, ys = (_numbers(records, key) for key in ("value", "x", "y"))
    if values is None or xs is None or ys is None:
        return None
    is_well = (
        all(ids)
        and max(map(len, ids), default=0) <= MAX_ID
        and _may_be_names(names)
        and max(_farthest(xs), _farthest(ys)) <= MAX_COORDINATE
    )
    return Nodes(ids, ops, names, values, xs, ys) if is_well else None


def edges(records: Sequence[Document], ops: Mapping[str, str]) -> Edges | None:
    """Where the edges in these records lead, whatever else they hold; None where one may be wrong. `ops` are
    the operations of all nodes by id.
    """
    sources, targets, ports = (_column(records, key) for key in ("source", "target", "key"))
    is_typed = _are(sources, str) and _are(targets, str) and _are(ports, int)
    if not is_typed or not ops.keys() >= {*sources, *targets}:
        return None
    rooms = (MOST_PORTS.get(ops[target], MAX_PORTS) for target in targets)
    is_free = len(set(zip(targets, ports, strict=True))) == len(records)
    is_well = is_free and min(ports, default=0) >= 0 and all(map(lt, ports, rooms))
    return Edges(sources, targets, ports) if is_well else None


def _column(records: Sequence[Document], key: str) -> list[Any]:
    """What each record has under this key, None where it has none."""
    return [record.get(key) for record in records]


def _are(values: Sequence[Any], *kinds: type) -> bool:
    return set(map(type, values)) <= set(kinds)


def _are_named_so(records: Sequence[Document], ops: Sequence[str]) -> bool:
    """Whether all operations are known, and each record has the keys that go with its own."""
    return all(
        op in OPERATIONS and ("value" in keys) == (op in LEAVES) and ("x" in keys) == ("y" in keys)
        for op, keys in set(zip(ops, map(tuple, records), strict=True))
    )


def _may_be_names(names: Sequence[Any]) -> bool:
    """Whether nodes may be called so, whatever the others are called."""
    if not _are(names, str) or max(map(len, names), default=0) > MAX_NAME:
        return False
    return all(names) and "".join(names).isprintable() and list(map(str.strip, names)) == names


def _numbers(records: Sequence[Document], key: str) -> list[float | None] | None:
    """What is under this key, and None in a record without it; None where something is no number."""
    found = _column(records, key)
    count = sum(key in record for record in records)
    if not _are(found, float, int, type(None)) or len(found) - found.count(None) != count:
        return None
    try:
        return [float(value) if type(value) is int else value for value in found]
    except OverflowError:
        return None


def _farthest(places: Sequence[float | None]) -> float:
    return max(map(abs, filter(None, places)), default=0.0)
