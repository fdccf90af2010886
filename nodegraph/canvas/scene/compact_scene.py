"""A graph in compact notation: circles in the order in which its cards lie, as near to each other as their
numbers allow.

Draws a copy of the graph whose nodes lie nearer; the graph itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial, reduce

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing.cells import box_round
from nodegraph.canvas.drawing.geometry import NAME, CardFace
from nodegraph.canvas.drawing.lettering import text_width
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.items import badges, compact_card
from nodegraph.canvas.items.compact_card import NAME_HEIGHT, CompactCard, widest_sum
from nodegraph.canvas.items.compact_labels import CompactLabels, Crowding, EdgesWithGaps
from nodegraph.canvas.items.group_item import title_size
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.graph.changes import Change, Patch, patch_of
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import port_count
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import shown_name, stands_as_number
from nodegraph.core.layout.card_size import group_size, node_size
from nodegraph.core.training.bindings import bound_columns

EDGE_ROOM = 66.0
"""How far apart the rims of two nodes are that an edge joins, for its numbers."""
BESIDE, BELOW = 14.0, 24.0
"""The same of nodes that nothing joins, beside and below each other: names stand above circles."""
BESIDE_NAMES = (56.0, 14.0)
"""The same at least where names stand at the left of circles, and sums at their right."""
BETWEEN_NAMES = 10.0
"""How far apart names are, and a name and a sum."""
MOST_COMPARED = 3000
"""Nodes up to which each is held off each other; of more the distances are a fixed share."""
MOST_WRITTEN = 1000
"""Nodes up to which names and sums are held off each other: of more no picture can be read."""
SHARE = 0.6
APART = (1.0, 1.15, 1.3, 1.5, 1.75)
"""How many times as far as need be circles lie, the least for which every number finds a place."""
WIDEST_FOR_LINES, WIDENING = 1.3, 6.0
"""How far apart circles lie at most so that numbers stand on fewer foreign edges, and how many of these are
as bad as twice the width.
"""
MORE_IN_TEX = 0.3
"""How much more room a title takes in TeX's type, as a share of its width."""
MOST_COUNTED = 300
"""Edges up to which that is tried."""


class CompactScene(GraphScene):
    """Shows one graph in compact notation."""

    card_type = CompactCard
    edge_layer_type = EdgesWithGaps
    label_layer_type = CompactLabels

    def __init__(
        self, graph: Graph, theme: Theme, text_scale: float = 1.0, only: Collection[str] | None = None,
        later: Callable[[], object] | None = None, apart: float = 1.0, trace: Trace | None = None,
    ) -> None:  # fmt: skip
        """`trace` is what will be shown, where that is known: forward mode has its sums at other circles."""
        super().__init__(drawn_together(graph, text_scale, apart, trace), theme, text_scale, only, later)
        self.apart, self.trace = apart, trace
        self._let_titles_reach()

    def _let_titles_reach(self) -> None:
        """Let titles of open groups go on beyond boxes that are too narrow, as far as nothing is there."""
        groups = [group for group in self.surroundings.groups.values() if group.rect.width() > 0]
        wide = [group for group in groups if not group.group.collapsed]
        style = title_size(1.0, self.text_scale), NAME[1]
        widths = {group: text_width(group.title, style) for group in wide}
        lacks = {group: width - group.title_place(1.0).width() for group, width in widths.items()}
        if not any(lack > 0 for lack in lacks.values()):
            return
        taken = [box for item in self.items_by_id.values() if isinstance(item, CompactCard)
                 for box in item.taken(is_sum=True)]  # fmt: skip
        for group, lack in lacks.items():
            room = QRectF(group.handle)
            room.setRight(room.right() + lack + 2 + MORE_IN_TEX * widths[group] * (lack > 0))
            others = [other.rect for other in groups if other is not group]
            in_the_way = [box.left() for box in (*taken, *others)
                          if box.intersects(room) and box.left() >= group.rect.right()]  # fmt: skip
            end = min([room.right(), *(left - BETWEEN_NAMES for left in in_the_way)])
            group.title_reach = max(0.0, end - group.rect.right())

    @cached_property
    def crowding(self) -> Crowding:
        """How many numbers stand in the way of reading, once both passes are through, and where all stand."""
        labels = self.chip_layer
        if len(self.edge_layer.rows) > MOST_COUNTED or not isinstance(labels, CompactLabels):
            return Crowding(0, 0)
        return labels.crowding(self.trace or run(self.graph))

    @property
    def is_crowded(self) -> bool:
        """Whether circles had better lie farther apart, so that numbers find better places."""
        return self.crowding.covering > 0 or (self.crowding.crossed > 0 and self.apart < WIDEST_FOR_LINES)

    def drawn_rect(self) -> QRectF:
        """The rectangle round all that is drawn, with names, numbers and the line that leaves the output."""
        rect = super().drawn_rect()
        if rect.isNull():
            return rect
        rect = rect.adjusted(0, -NAME_HEIGHT * self.text_scale, 0, 4 * self.text_scale)
        rect = reduce(QRectF.united, self._beside(), rect)
        rect = rect.united(box_round(self.crowding.boxes))
        output = self.items_by_id.get(self.graph.evident_output or "")
        if output is None or not output.isVisible():
            return rect
        assert isinstance(output, CompactCard)
        return rect.united(QRectF(*output.output_line()).adjusted(-1, -1, 1, 1))

    def _beside(self) -> Iterator[QRectF]:
        """Yields what stands beside circles at any step: names, and sums with the badges below them."""
        frame, coming = self.showing.visible, _coming(self.graph, self.trace)
        for node_id, item in self.items_by_id.items():
            below = badges.counted(coming(node_id))
            if frame is not None and frame.is_stale(node_id):
                below.append(badges.STALE)
            if item.isVisible() and (below or not item.node.is_leaf):
                assert isinstance(item, CompactCard)
                yield from item.taken(is_sum=coming(node_id) > 1, below=below)
        for group in self.surroundings.groups.values():
            if not group.group.collapsed:
                yield group.title_place(1.0)


def crowding(scene: GraphScene) -> tuple[int, float]:
    """Returns how badly a picture can be read beside others of its graph, the best first."""
    if not isinstance(scene, CompactScene):
        return 0, 0.0
    return scene.crowding.covering, scene.crowding.crossed + WIDENING * (scene.apart - 1)


@dataclass(frozen=True)
class _Block:
    """What moves as one: a node, a note, or a collapsed group with its nodes. Where its middle is, and its
    size before and afterwards.
    """

    ids: tuple[str, ...]
    middle: tuple[float, float]
    before: tuple[float, float]
    size: tuple[float, float]
    written: tuple[float, float] = (0.0, 0.0)
    """How wide its name is, and the sum that it may have."""
    is_marked: bool = False
    """Whether a badge will stand below it."""


def drawn_together(
    graph: Graph, text_scale: float = 1.0, apart: float = 1.0, trace: Trace | None = None
) -> Graph:
    """Returns a copy of a graph, all of whose nodes have a place, with circles as near as they may be, or so
    many times as far.
    """
    graph = graph.copy()
    blocks = _blocks(graph, trace)
    if not blocks:
        return graph
    across, down = (share * apart for share in _shares(graph, blocks, text_scale))
    patches: list[Patch] = []
    for block in blocks:
        x, y = block.middle[0] * across, block.middle[1] * down
        patches += _moved(graph, block, x, y, text_scale)
    for edge in graph.edges():
        if edge.via:
            via = tuple((x * across, y * down) for x, y in edge.via)
            patches.append(patch_of(edge, replace(edge, via=via)))
    graph.apply(Change("Draw together", tuple(patches)))
    return graph


def _coming(graph: Graph, trace: Trace | None) -> Callable[[str], int]:
    """Returns what tells how many contributions a node's gradient has: one for each edge that leaves it, but
    where derivatives are carried forward.
    """
    if trace is None or trace.mode == "reverse":
        return lambda node_id: len(graph.edges_from(node_id))
    last = trace.last_frame
    return lambda node_id: last.arrived(node_id)[1]


def _is_marked(graph: Graph, last: Frame, node_id: str) -> bool:
    """Whether a badge stands below a node once all has come to it."""
    found = badges.lasting(last, node_id, partial(bound_columns, graph), shows_marks=not last.guarded)
    return node_id in last.trace.nodes and bool(found)


def _blocks(graph: Graph, trace: Trace | None) -> list[_Block]:
    coming, last = _coming(graph, trace), trace.last_frame if trace else None
    blocks: list[_Block] = []
    inside: set[str] = set()
    for group in graph.groups():
        if group.collapsed and group.nodes:
            members = [graph.node(node_id) for node_id in group.nodes]
            left, top = min(n.x or 0.0 for n in members), min(n.y or 0.0 for n in members)
            size = group_size(graph, group.id)
            inside.update(group.nodes)
            blocks.append(_Block(tuple(group.nodes), (left + size[0] / 2, top + size[1] / 2), size, size))
    for node in graph.nodes():
        if node.id not in inside:
            width, height = node_size(graph, node.id)
            middle = ((node.x or 0.0) + width / 2, (node.y or 0.0) + height / 2)
            is_bare = stands_as_number(node, graph.named)
            face = CardFace(shown_name(graph, node.name), "", stands_as_number=is_bare)
            size = compact_card.size_of(node, port_count(graph, node.id), face)
            name = 0.0 if node.is_leaf else text_width(face.name, compact_card.NAME)
            sum_ = widest_sum(last, node.id) if coming(node.id) > 1 else ""
            written = (name, text_width(sum_, compact_card.NAME))
            marked = bool(sum_) or (last is not None and _is_marked(graph, last, node.id))
            blocks.append(_Block((node.id,), middle, (width, height), size, written, marked))
    for note in graph.notes():
        middle, size = (note.x + note.width / 2, note.y + note.height / 2), (note.width, note.height)
        blocks.append(_Block((note.id,), middle, size, size))
    return blocks


def _moved(graph: Graph, block: _Block, x: float, y: float, large: float) -> list[Patch]:
    """The patches that put the middle of a block there."""
    width, height = block.size
    left, top = x - width * large / 2, y - height * large / 2
    if graph.has_note(block.ids[0]) and block.ids[0] not in graph:
        note = graph.note(block.ids[0])
        return [patch_of(note, replace(note, x=left, y=top))]
    nodes = [graph.node(node_id) for node_id in block.ids]
    by_x = left - min(node.x or 0.0 for node in nodes)
    by_y = top - min(node.y or 0.0 for node in nodes)
    return [patch_of(n, replace(n, x=(n.x or 0.0) + by_x, y=(n.y or 0.0) + by_y)) for n in nodes]


def _shares(graph: Graph, blocks: list[_Block], large: float) -> tuple[float, float]:
    """How much nearer middles may lie, across and down, so that nothing touches."""
    if len(blocks) > MOST_COMPARED:
        return SHARE * large, SHARE * large
    middles = np.array([block.middle for block in blocks])
    sizes, before = (np.array([getattr(b, name) for b in blocks]) for name in ("size", "before"))
    apart = np.abs(middles[:, None] - middles[None])
    is_down = graph.direction is Direction.DOWN
    onward = int(is_down)
    room = (sizes[:, None] + sizes[None]) / 2 + np.array(BESIDE_NAMES if is_down else (BESIDE, BELOW))
    if len(blocks) <= MOST_WRITTEN:
        room = np.maximum(room, _written(blocks, middles, sizes, is_down=is_down))
    number = {node_id: place for place, block in enumerate(blocks) for node_id in block.ids}
    for edge in graph.edges():
        one, other = number[edge.source], number[edge.target]
        if one != other:
            least = (sizes[one, onward] + sizes[other, onward]) / 2 + EDGE_ROOM
            least = max(least, float(room[one, other, onward]))
            room[one, other, onward] = room[other, one, onward] = least
    were_apart = apart >= (before[:, None] + before[None]) / 2
    return _least(apart, room * large, were_apart)


def _written(
    blocks: list[_Block], middles: NDArray[np.float64], sizes: NDArray[np.float64], *, is_down: bool
) -> NDArray[np.float64]:
    """The room that names, sums and badges need between each two, across and down; shape (n, n, 2)."""
    names, sums = np.array([block.written for block in blocks]).T
    room = np.zeros((len(blocks), len(blocks), 2))
    if is_down:  # the sum of the left one, then the name of the right one
        is_left = middles[:, None, 0] < middles[None, :, 0]
        aside = np.array([names, sums]) + compact_card.ASIDE
        between = np.where(is_left, aside[1][:, None] + aside[0][None], aside[0][:, None] + aside[1][None])
        room[..., 0] = (sizes[:, None, 0] + sizes[None, :, 0]) / 2 + between + BETWEEN_NAMES
        return room
    room[..., 0] = (names[:, None] + names[None]) / 2 + BETWEEN_NAMES
    is_above = middles[:, None, 1] < middles[None, :, 1]
    summed = np.where(is_above, sums[:, None] > 0, sums[None] > 0)
    lines = (summed * 1.0 + np.where(is_above, names[None] > 0, names[:, None] > 0)) * NAME_HEIGHT
    marks = np.array([block.is_marked for block in blocks])
    marked = np.where(is_above, marks[:, None], marks[None])
    lines += marked * (badges.HEIGHT + badges.GAP)  # how many have arrived, below the sum
    room[..., 1] = (sizes[:, None, 1] + sizes[None, :, 1]) / 2 + lines + 2 * compact_card.APART
    return room


def _least(
    apart: NDArray[np.float64], room: NDArray[np.float64], were: NDArray[np.bool_]
) -> tuple[float, float]:
    """The least shares of distances that keep pairs apart which were so, in the direction in which they
    were.
    """
    needed = room / np.maximum(apart, 1e-9)
    only_across, only_down = were[..., 0] & ~were[..., 1], were[..., 1] & ~were[..., 0]
    across = float(np.max(needed[..., 0], where=only_across, initial=0.05))
    down = float(np.max(needed[..., 1], where=only_down, initial=0.05))
    either = were.all(axis=2)
    while True:
        wrong = either & (needed[..., 0] > across + 1e-9) & (needed[..., 1] > down + 1e-9)
        if not wrong.any():
            return across, down
        more = np.stack([needed[..., 0][wrong] / across, needed[..., 1][wrong] / down])
        axis, pair = np.unravel_index(int(more.argmin()), more.shape)
        if axis == 0:
            across *= float(more[axis, pair])
        else:
            down *= float(more[axis, pair])
