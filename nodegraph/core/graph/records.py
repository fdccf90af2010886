"""The frozen records a document is made of: nodes, edges, groups and notes.

Plain data; what may be changed in them `edits`, `grouping` and `notes` know.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, make_dataclass
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from nodegraph.core.graph.annotations import DEFAULT_COLOUR

EdgeKey = tuple[str, int]
"""What identifies an edge: its target and the input port it fills; a port holds at most one edge."""

LEAVES = ("input", "constant")

MAX_COORDINATE = 1e9
"""How far from the origin anything may lie, in scene units."""

Point = tuple[float, float]
"""A place, in scene units."""


Record = TypeVar("Record")
FEW = 500
"""Records that are made sooner than the class for what they are at first."""


def _nothing() -> Mapping[str, Any]:
    """The one mapping of all records that hold no key of a file besides."""
    return _NOTHING


_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `value` is set on inputs and constants; `x`, `y` (top left, scene units) may be missing.

    `muted`, an operation passes its first input through. `rank` counts in the order of making, so that an
    undone deletion returns to its place; `extra` keeps keys of the file that this version does not know.
    `column` names the column of the document's table that an input takes its values from; `colour` is a
    group's, or "" for none. `named`, a constant is called by its name although it might be an automatic one:
    a person chose k for it.
    """

    id: str
    op: str
    name: str
    value: float | None = None
    trainable: bool = True
    x: float | None = None
    y: float | None = None
    rank: int = 0
    extra: Mapping[str, Any] = field(default_factory=_nothing)
    muted: bool = False
    column: str | None = None
    colour: str = ""
    named: bool = field(default=False, compare=False)

    @property
    def place(self) -> tuple[float, float]:
        """Its top left corner; the origin where it has none yet."""
        return self.x or 0.0, self.y or 0.0

    @property
    def is_leaf(self) -> bool:
        """Whether the node takes no edges: an input or a constant."""
        return self.op in LEAVES

    @property
    def learns(self) -> bool:
        """Whether training may change its value: a trainable input that takes it from no column."""
        return self.op == "input" and self.trainable and self.column is None


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge, from the node `source` to input `port` (from 0) of the node `target`.

    `via` are the points through which a person leads it, in order from its source.
    """

    source: str
    target: str
    port: int
    extra: Mapping[str, Any] = field(default_factory=_nothing)
    via: tuple[Point, ...] = ()

    @property
    def key(self) -> EdgeKey:
        """The port this edge fills, which is its identity."""
        return (self.target, self.port)


@dataclass(frozen=True, slots=True)
class Group:
    """A titled box that carries its nodes; `collapsed`, it is drawn as one node. A node is in one at most.

    `colour` is a name of `COLOURS` or `#rrggbb`. `rank` and `extra` as a node's.
    """

    id: str
    title: str = ""
    colour: str = DEFAULT_COLOUR
    nodes: tuple[str, ...] = ()
    collapsed: bool = False
    rank: int = 0
    extra: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Note:
    """Text (simple Markdown) on the canvas; `x`, `y` its top left, in scene units as its size."""

    id: str
    text: str = ""
    x: float = 0.0
    y: float = 0.0
    width: float = 240.0
    height: float = 120.0
    rank: int = 0
    extra: Mapping[str, Any] = field(default_factory=_nothing)


Late: TypeAlias = set[str] | None
"""The ids of the last nodes of a mapping, all before which lie in the order of their making; None where any
may lie anywhere.
"""
MOST_PUT_BACK = 50
"""Nodes that are put back to their places one by one; with more, all are sorted."""
_rank = attrgetter("rank")


def in_order(nodes: Mapping[str, Node], late: Late) -> dict[str, Node]:
    """Returns the nodes in the order of their making."""
    if late is None or len(late) > MOST_PUT_BACK:
        return {node.id: node for node in sorted(nodes.values(), key=_rank)}
    ids, ordered = list(nodes), list(nodes.values())
    first = len(ordered) - len(late)
    put_back, ids[first:], ordered[first:] = ordered[first:], [], []
    for node in put_back:
        place = bisect(ordered, node.rank, key=_rank)
        ids.insert(place, node.id)
        ordered.insert(place, node)
    return dict(zip(ids, ordered, strict=True))  # to read the id of every node takes three times as long


def rank_after(nodes: dict[str, Node], late: Late) -> int:
    """Returns the rank for a node to be made next, without a look at all where their order is known."""
    last = islice(reversed(nodes.values()), len(nodes) if late is None else len(late) + 1)
    return max((node.rank for node in last), default=-1) + 1


def records_of(kind: type[Record], first: Sequence[Any], *others: Iterable[Any]) -> list[Record]:
    """Returns a record of each row of these columns, which are its fields in order, but for the last ones.

    To make a frozen record takes Python five times as long as one that can be changed, as many are at first.
    """
    if len(first) <= FEW:
        return list(map(kind, first, *others))
    plain: Any = kind  # for mypy does not know that classes are hashable
    found: list[Any] = list(map(_draft_of(plain), first, *others))
    for record in found:
        record.__class__ = kind
    return found


def moved(nodes: Sequence[Node], places: Iterable[tuple[float | None, float | None]]) -> list[Node]:
    """Returns the same nodes at these places."""
    columns = {each.name: list(map(attrgetter(each.name), nodes)) for each in fields(Node)}
    columns["x"], columns["y"] = map(list, zip(*places, strict=True)) if nodes else ([], [])
    return records_of(Node, *columns.values())


@cache
def _draft_of(kind: type) -> type:
    """A class whose objects hold the same and can be changed."""
    given = [
        (each.name, each.type, field(default=each.default, default_factory=each.default_factory))
        for each in fields(kind)
    ]
    return make_dataclass("Draft", given, slots=True)
