"""Room for groups that open: what their boxes would cover is pushed aside, as part of the same Change.

As `edits`: knows places and sizes, nothing of paint; the canvas passes its own sizes.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.edits import move
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import corner, set_collapsed
from nodegraph.core.layout.card_size import group_size as size_of_group
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import GROUP_SIDE, GROUP_TOP, Size

GAP, GRID = 32.0, 8.0
"""Between an open box and what was pushed out of it; and what the way of a push is a multiple of."""
_MOST_PUSHES = 4
"""How often one thing is pushed at most: by a box, and by others that were pushed."""

Rect: TypeAlias = NDArray[np.float64]
"""Left, top, right, bottom."""
Way: TypeAlias = tuple[float, float]


def expand(
    graph: Graph, group_ids: Iterable[str], size: Size = node_size, group_size: Size = size_of_group
) -> Change:
    """Open groups, and push aside what their boxes would cover; notes stay where they are."""
    change = set_collapsed(graph, dict.fromkeys(group_ids), collapsed=False)
    opened = [patch.key for patch in change.patches]
    if not opened:
        return change
    blocks = _Blocks(graph, opened, size, group_size)
    for group_id in opened:
        blocks.open(group_id, group_size(graph, group_id))
    moved = blocks.moved()
    return change.then(move(graph, moved)) if moved else change


class _Blocks:
    """All that is moved as one: nodes by themselves, and groups with their nodes, as they are drawn once
    `opened` are open.
    """

    def __init__(self, graph: Graph, opened: Collection[str], size: Size, group_size: Size) -> None:
        self.graph = graph
        grouped = {member for group in graph.groups() for member in group.nodes}
        loose = [node for node in graph.nodes() if node.x is not None and node.id not in grouped]
        self.nodes = [group.nodes for group in graph.groups()] + [(node.id,) for node in loose]
        self.number = {group.id: place for place, group in enumerate(graph.groups())}
        boxes = [
            _card(*corner(graph, group.id), group_size(graph, group.id))
            if group.collapsed and group.id not in opened
            else _box(graph, group.nodes, size)
            for group in graph.groups()
        ]
        cards = [_card(*node.place, size(graph, node.id)) for node in loose]
        self.rects = np.array([*boxes, *cards])
        self.began = self.rects.copy()
        self.pushes = np.zeros(len(self.rects), dtype=int)

    def open(self, group_id: str, size: tuple[float, float]) -> None:
        """Push what a box covers away from where its collapsed card was, and what that covers further."""
        own = self.number[group_id]
        shift = self.rects[own, :2] - self.began[own, :2]
        x, y = corner(self.graph, group_id)
        card = np.array(_card(x + shift[0], y + shift[1], size))
        pushed: deque[tuple[int, Way]] = deque()
        for block in self._covered_by(own, own):
            pushed.append((block, self._push(block, _way_out(self.rects[block], self.rects[own], card))))
        while pushed:
            pusher, way = pushed.popleft()
            for block in self._covered_by(pusher, own):
                onward = _onward(self.rects[block], self.rects[pusher], way)
                pushed.append((block, self._push(block, onward)))

    def moved(self) -> dict[str, Way]:
        """Where the nodes lie that were pushed."""
        found = {}
        for block in np.flatnonzero(self.pushes).tolist():
            dx, dy = (self.rects[block, :2] - self.began[block, :2]).tolist()
            for node_id in self.nodes[block]:
                x, y = self.graph.node(node_id).place
                found[node_id] = (x + dx, y + dy)
        return found

    def _covered_by(self, pusher: int, own: int) -> list[int]:
        """The blocks that may be pushed and overlap this one."""
        left, top, right, bottom = self.rects[pusher]
        rects = self.rects
        over = (rects[:, 0] < right) & (rects[:, 2] > left) & (rects[:, 1] < bottom) & (rects[:, 3] > top)
        over &= self.pushes < _MOST_PUSHES
        over[[pusher, own]] = False
        return [int(block) for block in np.flatnonzero(over)]

    def _push(self, block: int, way: Way) -> Way:
        self.rects[block] += (*way, *way)
        self.pushes[block] += 1
        return way


def _card(x: float, y: float, size: tuple[float, float]) -> tuple[float, float, float, float]:
    return x, y, x + size[0], y + size[1]


def _box(graph: Graph, members: Iterable[str], size: Size) -> tuple[float, float, float, float]:
    """The open box round these nodes."""
    cards = np.array([_card(*graph.node(node_id).place, size(graph, node_id)) for node_id in members])
    (left, top), (right, bottom) = cards[:, :2].min(axis=0), cards[:, 2:].max(axis=0)
    return left - GROUP_SIDE, top - GROUP_TOP, right + GROUP_SIDE, bottom + GROUP_SIDE


def _way_out(block: Rect, box: Rect, card: Rect) -> Way:
    """The shortest way out of a box on a side of the card where the block lies; else right or down."""
    right, down, left, up = _ways(block, box)
    sides = [
        (right, block[0] >= card[2]),
        (down, block[1] >= card[3]),
        (left, block[2] <= card[0]),
        (up, block[3] <= card[1]),
    ]
    open_ways = [way for way, lies_there in sides if lies_there] or [right, down]
    return min(open_ways, key=lambda way: abs(way[0]) + abs(way[1]))


def _onward(block: Rect, pusher: Rect, way: Way) -> Way:
    """The way out from under a pusher, in the direction in which that was pushed."""
    right, down, left, up = _ways(block, pusher)
    if way[0]:
        return right if way[0] > 0 else left
    return down if way[1] > 0 else up


def _ways(block: Rect, other: Rect) -> tuple[Way, Way, Way, Way]:
    """How far a block must go to lie right of, below, left of and above another."""
    right, down = _up(other[2] - block[0]), _up(other[3] - block[1])
    left, up = _up(block[2] - other[0]), _up(block[3] - other[1])
    return (right, 0.0), (0.0, down), (-left, 0.0), (0.0, -up)


def _up(way: float) -> float:
    return math.ceil((way + GAP) / GRID) * GRID
