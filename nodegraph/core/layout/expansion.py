"""Room for groups that are made or open, and for cards that have grown: what they would cover is pushed
aside. And room for the notes that a new layout would cover.

As `edits`: knows places and sizes, nothing of paint; the canvas passes its own sizes.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.edits import move
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import corner, hidden_nodes, set_collapsed
from nodegraph.core.graph.grouping import group as group_of
from nodegraph.core.graph.notes import move_notes
from nodegraph.core.layout.card_size import group_size as size_of_group
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import GROUP_SIDE, GROUP_TOP, Size

GAP, GRID = 32.0, 8.0
"""Between an open box and what was pushed out of it; and what the way of a push is a multiple of."""
NEAR = 16.0
"""How near a card that has grown may come to another one before that gives way: both have ports there."""
MOST_PUSHED_ASIDE = 1_000
"""Nodes of a graph up to which a new group pushes others aside: in a larger one each edit is to be quick."""
MOST_NOTES_MOVED = 200
"""Notes that a new layout puts beside the graph, at most: each looks where the others lie."""
PLACES = 17
"""Places along an edge at which is seen whether a note lies there."""
_MOST_PUSHES = 4
"""How often one thing is pushed at most: by a box, and by others that were pushed."""

Rect: TypeAlias = NDArray[np.float64]
"""Left, top, right, bottom."""
Way: TypeAlias = tuple[float, float]
Sides: TypeAlias = tuple[float, float, float, float]


def expand(
    graph: Graph, group_ids: Iterable[str], size: Size = node_size, group_size: Size = size_of_group
) -> Change:
    """Open groups, and push aside what their boxes would cover; notes stay where they are."""
    change = set_collapsed(graph, dict.fromkeys(group_ids), collapsed=False)
    opened = [patch.key for patch in change.patches]
    if not opened:
        return change
    blocks, groups, _loose = _drawn_blocks(graph, opened, size, group_size)
    for group_id in opened:
        card = np.array(_card(*corner(graph, group_id), group_size(graph, group_id)))
        own = groups[group_id]
        blocks.push_from(own, card, spares_covered=False)
    moved = _moved(graph, blocks.ways())
    return change.then(move(graph, moved)) if moved else change


def enclose(
    graph: Graph,
    node_ids: Iterable[str],
    title: str,
    size: Size = node_size,
    group_size: Size = size_of_group,
    scale: float = 1.0,
) -> Change:
    """Draw a box round nodes, and push aside the cards and notes that its rim or its title would cover; what
    lies wholly among the nodes stays there, and in a large graph all does. Notes are drawn so many times as
    large as they say.
    """
    members = dict.fromkeys(node_ids)
    change = group_of(graph, members, title)
    if len(graph) > MOST_PUSHED_ASIDE:
        return change
    placed = [node_id for node_id in members if graph.node(node_id).x is not None]
    if not placed:
        return change
    box, papers = np.array(_around(_cards(graph, placed, size))), _papers(graph, scale)
    is_on_paper = any(_overlap(np.array(paper), box) for paper in papers.values())
    if not is_on_paper and not _lies_near(graph, members, box, size):
        return change
    after = graph.copy()
    after.apply(change)
    blocks, groups, _loose = _drawn_blocks(after, (), size, group_size)
    first = blocks.add(papers.values())
    (made,) = change.made("group")
    rim = np.array((GROUP_SIDE, GROUP_TOP, -GROUP_SIDE, -GROUP_SIDE))
    blocks.push_out(groups[made], box + rim)
    moved = _moved(after, blocks.ways())
    pushed = {note_id: blocks.place(first + number) for number, note_id in enumerate(papers)}
    pushed = {note_id: place for note_id, place in pushed.items() if place != papers[note_id][:2]}
    change = change.then(move(after, moved)) if moved else change
    return change.then(move_notes(after, pushed)) if pushed else change


def clear_notes(
    graph: Graph, change: Change, size: Size = node_size, group_size: Size = size_of_group, scale: float = 1.0
) -> Change:
    """Returns a layout in which notes that cards or edges would come to lie on are put beside the graph. They
    are drawn so many times as large as they say.
    """
    notes = graph.notes()
    if not notes or not len(graph):
        return change
    after = graph.copy()
    after.apply(change)
    blocks, _groups, _loose = _drawn_blocks(after, (), size, group_size)
    lines = _lines(after, blocks, size)
    rects = _papers(after, scale)
    covered = {note_id: rect for note_id, rect in rects.items() if _is_met(rect, blocks.rects, lines)}
    others = [rect for note_id, rect in rects.items() if note_id not in covered]
    (left, top), (right, bottom) = blocks.rects[:, :2].min(axis=0), blocks.rects[:, 2:].max(axis=0)
    places: dict[str, tuple[float, float]] = {}
    for note_id, rect in islice(covered.items(), MOST_NOTES_MOVED):
        others.append(_beside(rect, (left, top, right, bottom), others))
        places[note_id] = others[-1][:2]
    return change.then(move_notes(after, places)) if places else change


def make_room(
    graph: Graph,
    grown: Mapping[str, Way],
    size: Size = node_size,
    group_size: Size = size_of_group,
    grown_groups: Mapping[str, Way] = MappingProxyType({}),
) -> Change:
    """Push aside what cards that have grown cover, or nearly touch; they are those of nodes by themselves, in
    open groups, or of collapsed groups, and had the size that stands behind their id. Nodes of a group push
    each other, and its box what lies around it; what lay beneath before stays there.
    """
    blocks, groups, loose = _drawn_blocks(graph, (), size, group_size, NEAR)
    blocks.most_pushes += len(grown) + len(grown_groups)
    ways: dict[str, Way] = {}
    in_order = sorted(grown, key=lambda node_id: graph.node(node_id).place)  # each pushes on what lies behind
    for group in graph.groups():
        own, rows = groups[group.id], {member: row for row, member in enumerate(group.nodes)}
        inner = [] if group.collapsed else [node_id for node_id in in_order if node_id in rows]
        if inner:
            cards = _Blocks([(member,) for member in group.nodes], _cards(graph, group.nodes, size), NEAR)
            cards.most_pushes += len(inner)
            before = _cards(graph, group.nodes, lambda _graph, i: grown.get(i) or size(graph, i))
            for node_id in inner:
                cards.push_from(rows[node_id], np.array(before[rows[node_id]]))
            ways |= cards.ways()
            pushed = blocks.rects[own] - blocks.began[own]  # by another group
            blocks.began[own] = _around(cards.rects)
            blocks.rects[own] = blocks.began[own] + pushed
            blocks.push_from(own, np.array(_around(before)))
    for node_id in in_order:
        if node_id in loose:
            blocks.push_from(loose[node_id], np.array(_card(*graph.node(node_id).place, grown[node_id])))
    for group_id, before_it in grown_groups.items():
        blocks.push_from(groups[group_id], np.array(_card(*corner(graph, group_id), before_it)))
    for node_id, (dx, dy) in blocks.ways().items():
        x, y = ways.get(node_id, (0.0, 0.0))
        ways[node_id] = (x + dx, y + dy)
    return move(graph, _moved(graph, ways))


def _drawn_blocks(
    graph: Graph, opened: Collection[str], size: Size, group_size: Size, near: float = 0.0
) -> tuple[_Blocks, dict[str, int], dict[str, int]]:
    """Returns all that is moved as one, as it is drawn once `opened` are open: groups with their nodes, and
    nodes by themselves; and the numbers of both, by id.
    """
    grouped = {member for group in graph.groups() for member in group.nodes}
    groups = {group.id: number for number, group in enumerate(graph.groups())}
    loose = [node.id for node in graph.nodes() if node.x is not None and node.id not in grouped]
    boxes = [
        _card(*corner(graph, group.id), group_size(graph, group.id))
        if group.collapsed and group.id not in opened
        else _around(_cards(graph, group.nodes, size))
        for group in graph.groups()
    ]
    nodes = [*(group.nodes for group in graph.groups()), *((node_id,) for node_id in loose)]
    blocks = _Blocks(nodes, [*boxes, *_cards(graph, loose, size)], near)
    return blocks, groups, {node_id: number for number, node_id in enumerate(loose, len(groups))}


def _papers(graph: Graph, scale: float) -> dict[str, Sides]:
    """Returns where each note lies, drawn so many times as large as it says."""
    return {
        note.id: _card(note.x, note.y, (note.width * scale, note.height * scale)) for note in graph.notes()
    }


def _lies_near(graph: Graph, members: Collection[str], box: Rect, size: Size) -> bool:
    """Whether a card that is none of the members lies in this box, wholly or in part."""
    left, top, right, bottom = box.tolist()
    if len(members) == len(graph):
        return False
    others = (node for node in graph.nodes() if node.id not in members and node.x is not None)
    near = [node for node in others if node.place[0] < right and node.place[1] < bottom]
    return any(
        node.place[0] + width > left and node.place[1] + height > top
        for node in near
        for width, height in [size(graph, node.id)]
    )


def _lines(graph: Graph, blocks: _Blocks, size: Size) -> NDArray[np.float64]:
    """Returns places along each edge, about as it is drawn; shape (edges, places, 2)."""
    cards = {
        node.id: _card(*node.place, size(graph, node.id)) for node in graph.nodes() if node.x is not None
    }
    drawn = {node_id: blocks.rects[n] for n, node_ids in enumerate(blocks.nodes) for node_id in node_ids}
    cards |= {node_id: drawn[node_id] for node_id in hidden_nodes(graph)}
    edges = [edge for edge in graph.edges() if edge.source in cards and edge.target in cards]
    ends = np.array([(cards[edge.source], cards[edge.target]) for edge in edges]).reshape(-1, 2, 4)
    begins, ends = np.moveaxis(graph.direction.turned_all(ends), 1, 0)
    way = np.linspace(0, 1, PLACES)[:, None]
    along = begins[:, 2] + way * (ends[:, 0] - begins[:, 2])
    across = begins[:, 1::2].mean(axis=1) * (1 - _eased(way)) + ends[:, 1::2].mean(axis=1) * _eased(way)
    return graph.direction.turned_all(np.stack([along, across], axis=-1)).swapaxes(0, 1)


def _eased(way: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far across an edge has come, which leaves a card straight on and arrives so."""
    return way * way * (3 - 2 * way)


def _is_met(rect: Sides, rects: Rect, lines: NDArray[np.float64]) -> bool:
    """Whether a rectangle overlaps one of these, or one of these lines comes near it."""
    left, top, right, bottom = rect
    x, y = lines[..., 0], lines[..., 1]
    near = (x > left - NEAR) & (x < right + NEAR) & (y > top - NEAR) & (y < bottom + NEAR)
    return bool(near.any() or _overlap(rects.T, np.array(rect)).any())


def _beside(rect: Sides, whole: Sides, others: Sequence[Sides]) -> Sides:
    """Returns where a rectangle lies clear of all that is drawn, and of some others, the nearest way out."""
    began, lying = np.array(rect), np.array(others).reshape(-1, 4)
    found = [_clear_of(lying, began + np.tile(way, 2), way) for way in _ways(began, np.array(whole))]
    left, top, right, bottom = min(found, key=lambda placed: np.abs(placed - began).sum()).tolist()
    return left, top, right, bottom


def _clear_of(others: Rect, placed: Rect, way: Way) -> Rect:
    """Returns a rectangle as far on in the direction of a way as it has to go to lie clear of others. They
    are met in the order in which they begin, so that each is passed once.
    """
    along, across = (0, 1) if way[0] else (1, 0)
    is_level = (others[:, across] < placed[across + 2] + NEAR) & (
        others[:, across + 2] > placed[across] - NEAR
    )
    others = others[is_level]
    ahead = others[:, along] if sum(way) > 0 else -others[:, along + 2]
    for other in others[np.argsort(ahead, kind="stable")]:
        if _overlap(placed, other, NEAR):
            placed = placed + np.tile(_onward(placed, other, way), 2)
    return placed


def _moved(graph: Graph, ways: Mapping[str, Way]) -> dict[str, Way]:
    """Returns where nodes lie that go so far."""
    places = {node_id: graph.node(node_id).place for node_id in ways}
    return {node_id: (x + ways[node_id][0], y + ways[node_id][1]) for node_id, (x, y) in places.items()}


class _Blocks:
    """Rectangles that are pushed, each with the nodes that go along."""

    def __init__(self, nodes: Sequence[Sequence[str]], rects: Sequence[Sides], near: float) -> None:
        self.nodes, self.near, self.most_pushes = nodes, near, _MOST_PUSHES
        self.rects = np.array(rects)
        self.began = self.rects.copy()
        self.pushes = np.zeros(len(self.rects), dtype=int)

    def push_from(self, own: int, card: Rect, *, spares_covered: bool = True) -> None:
        """Push what a block covers away from the card that it was before, and what that covers further; but
        what that card covered already, where it is spared.
        """
        pushed: deque[tuple[int, Way]] = deque()
        shift = np.tile(self.rects[own, :2] - self.began[own, :2], 2)
        for block in self._covered_by(own, own):
            if spares_covered and _overlap(self.began[block], card):
                continue
            pushed.append(
                (block, self._push(block, _way_out(self.rects[block], self.rects[own], card + shift)))
            )
        self._push_on(pushed, own)

    def push_out(self, own: int, inner: Rect) -> None:
        """Push out of a block what it covers, wholly or in part, and what that covers further; but what lies
        wholly in the inner part of the block.
        """
        pushed: deque[tuple[int, Way]] = deque()
        for block in self._covered_by(own, own):
            begun = self.began[block]
            if (begun[:2] >= inner[:2]).all() and (begun[2:] <= inner[2:]).all():
                continue
            pushed.append((block, self._push(block, _shortest(_ways(self.rects[block], self.rects[own])))))
        self._push_on(pushed, own)

    def add(self, rects: Iterable[Sides]) -> int:
        """Let these be pushed too, which carry no nodes. Returns the number of the first of them."""
        first, rects = len(self.rects), np.array([*rects]).reshape(-1, 4)
        self.nodes = [*self.nodes, *[()] * len(rects)]
        self.rects = np.vstack([self.rects, rects])
        self.began = self.rects.copy()
        self.pushes = np.zeros(len(self.rects), dtype=int)
        return first

    def place(self, block: int) -> Way:
        """Returns the top left of a block."""
        left, top = self.rects[block, :2].tolist()
        return left, top

    def ways(self) -> dict[str, Way]:
        """Returns how far the nodes go that were pushed."""
        ways: dict[str, Way] = {}
        for block in np.flatnonzero(self.pushes).tolist():
            dx, dy = (self.rects[block, :2] - self.began[block, :2]).tolist()
            ways |= dict.fromkeys(self.nodes[block], (dx, dy))
        return ways

    def _push_on(self, pushed: deque[tuple[int, Way]], own: int) -> None:
        """Push what they cover that were pushed so far."""
        while pushed:
            pusher, way = pushed.popleft()
            for block in self._covered_by(pusher, own):
                onward = _onward(self.rects[block], self.rects[pusher], way)
                pushed.append((block, self._push(block, onward)))

    def _covered_by(self, pusher: int, own: int) -> list[int]:
        """The blocks that may be pushed and overlap this one."""
        over = _overlap(self.rects.T, self.rects[pusher], self.near) & (self.pushes < self.most_pushes)
        over[[pusher, own]] = False
        return [int(block) for block in np.flatnonzero(over)]

    def _push(self, block: int, way: Way) -> Way:
        self.rects[block] += (*way, *way)
        self.pushes[block] += 1
        return way


def _card(x: float, y: float, size: tuple[float, float]) -> Sides:
    return x, y, x + size[0], y + size[1]


def _cards(graph: Graph, node_ids: Iterable[str], size: Size) -> list[Sides]:
    return [_card(*graph.node(node_id).place, size(graph, node_id)) for node_id in node_ids]


def _around(cards: Sequence[Sides] | Rect) -> Sides:
    """Returns the open box round these cards."""
    (left, top), (right, bottom) = np.array(cards)[:, :2].min(axis=0), np.array(cards)[:, 2:].max(axis=0)
    return left - GROUP_SIDE, top - GROUP_TOP, right + GROUP_SIDE, bottom + GROUP_SIDE


def _overlap(rects: Rect, other: Rect, near: float = 0.0) -> NDArray[np.bool_]:
    """Returns whether a rectangle overlaps another, or is nearer; of one, or each column of many."""
    left, top, right, bottom = other[0] - near, other[1] - near, other[2] + near, other[3] + near
    beside = (rects[0] < right) & (rects[2] > left)
    over: NDArray[np.bool_] = beside & (rects[1] < bottom) & (rects[3] > top)
    return over


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
    return _shortest(open_ways)


def _shortest(ways: Iterable[Way]) -> Way:
    return min(ways, key=lambda way: abs(way[0]) + abs(way[1]))


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
