"""The frozen records a document is made of: nodes, edges, groups and notes.

Plain data; what may be changed in them `edits`, `grouping` and `notes` know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nodegraph.core.graph.annotations import DEFAULT_COLOUR

EdgeKey = tuple[str, int]
"""What identifies an edge: its target and the input port it fills; a port holds at most one edge."""

LEAVES = ("input", "constant")

MAX_COORDINATE = 1e9
"""How far from the origin anything may lie, in scene units."""

Point = tuple[float, float]
"""A place, in scene units."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `value` is set on inputs and constants; `x`, `y` (top left, scene units) may be missing.

    `muted`, an operation passes its first input through. `rank` counts in the order of making, so that an
    undone deletion returns to its place; `extra` keeps keys of the file that this version does not know.
    `column` names the column of the document's table that an input takes its values from; `colour` is a
    group's, or "" for none.
    """

    id: str
    op: str
    name: str
    value: float | None = None
    trainable: bool = True
    x: float | None = None
    y: float | None = None
    rank: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)
    muted: bool = False
    column: str | None = None
    colour: str = ""

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
    extra: Mapping[str, Any] = field(default_factory=dict)
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
    extra: Mapping[str, Any] = field(default_factory=dict)


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
    extra: Mapping[str, Any] = field(default_factory=dict)
