"""The cards of a scene, by the ids of their nodes. Those of a vast graph are made when somebody asks for one,
or when the view comes near; where they will lie is known before. And which of them read otherwise once names
or the output change.

Reads no frame and knows no mouse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping, Set
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas.drawing.cells import box_round
from nodegraph.canvas.drawing.geometry import MARGIN, CardShape
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.node_item import Mark, NodeItem, shape_of
from nodegraph.canvas.scene.card_builder import CardBuilder, places_of
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.edits import port_count
from nodegraph.core.graph.records import Node
from nodegraph.core.typeset import namesakes

if TYPE_CHECKING:
    from nodegraph.canvas.drawing.geometry import CardFace
    from nodegraph.canvas.scene.board import Board

MOST_RENAMED = 2_000
"""Cards up to which all take the width that another name of the output asks for; of more, what is too long is
shortened.
"""
LATER = 1e-7
"""How much higher a card lies than the one of the node made before: in whatever order cards are made."""
RAISED = 0.5
MANY = 500
"""Cards that are not made, of which each is asked where it will lie."""
AHEAD = 500.0
"""How far beside the view, in scene units, cards are made with those in it, to be there when it is panned."""


class Cards(Mapping[str, NodeItem]):
    """The card of every node that is shown; to ask for one makes it, to ask where it lies does not."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.ready = CardBuilder(board)
        """What was built before it is shown."""
        self._items: dict[str, NodeItem | None] = {}
        """None for a card that is not made yet."""
        self._made: dict[str, NodeItem] = {}
        """Those that are."""
        self._shapes: dict[str, CardShape] = {}
        """Of cards that are not made, in usual type: those that were asked for, until they look otherwise."""
        self._other: set[str] = set()
        """Those that are not made and may be of another size than the far layer knows."""
        self._near = QRectF()
        """Within which no card waits; null where that is to be looked at again."""
        self._raised: str | None = None

    def __getitem__(self, node_id: str) -> NodeItem:
        item = self._items[node_id]
        if item is None:
            item = self.add(self.board.graph.node(node_id))
        return item

    @property
    def ids(self) -> KeysView[str]:
        """The ids of all nodes that are shown."""
        return self._items.keys()

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def made(self, node_ids: Set[str] | None = None) -> list[NodeItem]:
        """The cards that are made already, of all nodes or of these."""
        if node_ids is None:
            return list(self._made.values())
        if len(node_ids) > len(self._made) // 2:  # to look each of many up takes longer
            return [item for node_id, item in self._made.items() if node_id in node_ids]
        return [item for item in map(self._made.get, node_ids) if item is not None]

    # --- making
    def add(self, node: Node) -> NodeItem:
        """Make the card of a node, or take the one that is ready."""
        board = self.board
        is_output = node.id == board.captions.marked
        item = self.ready.take(node, is_output)
        face = board.showing.face(node.name)
        if item is None:
            item = board.card_type(node, port_count(board.graph, node.id), is_output, face, board.text_scale)
        elif item.face != face:
            item.show_node(node, port_count(board.graph, node.id), is_output, face)
        item.setZValue(node.rank * LATER)
        item.set_mark(Mark.ACTIVE, node.id in board.active_nodes)
        self._items[node.id] = self._made[node.id] = item
        self.show_or_hide(item)
        if item.scene() is None:
            board.addItem(item)
        return item

    def wait(self, node_ids: Iterable[str]) -> None:
        """Show the cards of these nodes and of no others; those that are not made yet wait until needed."""
        items: dict[str, NodeItem | None] = dict.fromkeys(node_ids)
        for node_id in [node_id for node_id in self._made if node_id not in items]:
            self.drop(node_id)
        items.update(self._made)
        self._items = items
        self.forget_shapes()
        self.look_again()
        for node_id in self._made:
            self.refresh(node_id)
        if self.board.surroundings.groups:  # one may have been opened
            self.hide_and_show()

    def make_in(self, rect: QRectF) -> None:
        """Make the cards of which anything may be seen in a rectangle of the scene."""
        if self._may_wait(rect):
            large = self.board.text_scale
            side, reach = max(badges.OVERHANG, MARGIN) * large, badges.REACH * large
            for node_id in self.board.far_layer.touched(rect.adjusted(-side, -reach, side, MARGIN * large)):
                self[node_id]

    def make_near(self, seen: QRectF) -> None:
        """Make the cards in view, and those beside it that come into view next."""
        if self._may_wait(seen):
            near = seen.adjusted(-AHEAD, -AHEAD, AHEAD, AHEAD)
            self.make_in(near)
            self._near = near

    @property
    def any_waits(self) -> bool:
        """Whether any card is not made yet."""
        return len(self._made) < len(self._items)

    def _may_wait(self, rect: QRectF) -> bool:
        """Whether a card that is seen in a rectangle may not be made yet; from far away none is seen."""
        return self.any_waits and not self.board.far_layer.isVisible() and not self._near.contains(rect)

    def look_again(self) -> None:
        """The far layer knows how cards lie now, so that others may be near."""
        self._near = QRectF()
        self._other.clear()

    # --- keeping in step
    def refresh(self, node_id: str) -> None:
        """Show the record of a node as it is now; take its card away where there is none."""
        graph = self.board.graph
        self._shapes.pop(node_id, None)
        self._other.add(node_id)
        if node_id not in graph:
            self.drop(node_id)
        elif node_id not in self._items:
            self.add(graph.node(node_id))
        elif (item := self._items[node_id]) is not None:
            node = graph.node(node_id)
            is_output, face = node_id == self.board.captions.marked, self.board.showing.face(node.name)
            item.show_node(node, port_count(graph, node_id), is_output, face)

    def take_alike(self, node_ids: Set[str]) -> None:
        """`refresh` for records of other places and values, with which a card has the same shape."""
        for card in self.made(node_ids):
            self.refresh(card.node.id)

    def forget_shapes(self) -> None:
        """All cards look otherwise."""
        self._shapes.clear()
        self._other.update(self._items)

    def drop(self, node_id: str) -> None:
        """Take the card of a node away, where there is one."""
        if node_id in self._items:
            del self._items[node_id]
            if (item := self._made.pop(node_id, None)) is not None:
                self.board.removeItem(item)
        if self._raised == node_id:
            self._raised = None

    def clear(self) -> None:
        """Take all cards away."""
        for item in self.made():
            self.board.removeItem(item)
        self._items, self._made, self._raised = {}, {}, None
        self.forget_shapes()
        self.look_again()

    def show_or_hide(self, item: NodeItem) -> None:
        """Show a card, unless it is seen from far away or a collapsed group stands for it."""
        board, node_id = self.board, item.node.id
        is_hidden = bool(board.surroundings.groups) and board.surroundings.hides(node_id) is not None
        item.setVisible(not is_hidden and not board.far_layer.isVisible())

    def hide_and_show(self, node_ids: Set[str] | None = None) -> None:
        """Hide cards for which a collapsed group stands, and show the others; of all nodes, or of these."""
        for card in self.made(node_ids):
            self.show_or_hide(card)
        around = self.board.surroundings
        if around.groups:
            self.board.far_layer.drop({i for i in node_ids or around.home if around.hides(i) is not None})

    def raise_card(self, node_id: str) -> None:
        """Lay this card above the others."""
        if self._raised is not None:
            self[self._raised].setZValue(self.board.graph.node(self._raised).rank * LATER)
        self._raised = node_id
        self[node_id].setZValue(RAISED)

    # --- where they lie, in scene units
    def place(self, node_id: str) -> QPointF:
        """The top left of a card."""
        return self._placed(node_id)[0]

    def spot(self, node_id: str) -> tuple[float, float]:
        """The same as numbers."""
        item = self._items[node_id]
        return self.board.graph.node(node_id).place if item is None else (item.x(), item.y())

    def card(self, node_id: str) -> QRectF:
        """The rectangle of a card."""
        place, outline = self._placed(node_id)
        return outline.rect.translated(place)

    def round(self, node_ids: Set[str], moved: Set[str] = frozenset()) -> QRectF:
        """The rectangle round those of these cards that there are; null where there are none. Of many, those
        that wait lie where the far layer has them, but for those that have `moved` since.
        """
        known, asked = np.empty((0, 4)), node_ids
        if len(node_ids) > MANY:
            known, asked = self._known(node_ids, moved)
        rects = [self.card(node_id).getRect() for node_id in asked if node_id in self._items]
        boxes = np.vstack([np.array(rects).reshape(-1, 4), known])
        boxes[:, 2:] += boxes[:, :2]
        return box_round(boxes)

    def corner(self, node_ids: Set[str]) -> QRectF:
        """A rectangle at the top left of these cards, however large they are; null where there are none."""
        waiting = [node_id for node_id in node_ids if self._items.get(node_id, self) is None]
        made = [item.pos().toTuple() for item in self.made(node_ids)]
        places = np.vstack([places_of(self.board.graph.nodes_as(waiting)), np.array(made).reshape(-1, 2)])
        return QRectF(*places.min(axis=0).tolist(), 1.0, 1.0) if len(places) else QRectF()

    def _known(self, node_ids: Set[str], moved: Set[str]) -> tuple[NDArray[np.float64], Set[str]]:
        """Returns where those of many cards lie that nobody need ask, and the ids of the others. Those that
        are not among them are looked up, since very many that belong together are nearly all there are.
        """
        rows = self.board.far_layer.rows
        others = rows.number.keys() - node_ids
        asked = node_ids & (self._made.keys() | self._other | (moved if len(moved) <= MANY else set()))
        if len(rows) - len(others) < len(node_ids):
            asked |= node_ids - rows.number.keys()
        is_known = np.ones(len(rows), dtype=np.bool_)
        is_known[rows.numbers([*others, *(asked & rows.number.keys())])] = False
        rects = rows.values[is_known]
        if len(moved) > MANY:
            rects[:, :2] = places_of(self.board.graph.nodes_as(compress(rows.keys, is_known.tolist())))
        return rects, asked

    def output_port(self, node_id: str) -> QPointF:
        """The centre of the output port of a card."""
        place, outline = self._placed(node_id)
        return place + outline.output

    def input_port(self, node_id: str, port: int) -> QPointF:
        """The centre of an input port of a card, also of one that does not exist yet."""
        place, outline = self._placed(node_id)
        return place + outline.input(port)

    def _placed(self, node_id: str) -> tuple[QPointF, CardShape]:
        item = self._items[node_id]
        if item is not None:
            return item.pos(), item.outline
        node, scale = self.board.graph.node(node_id), self.board.text_scale
        return QPointF(*node.place), self._shape(node).times(scale)

    def _shape(self, node: Node) -> CardShape:
        """The shape that a card will have in usual type once it is made."""
        shape = self._shapes.get(node.id)
        if shape is None:
            board, node_id = self.board, node.id
            face: CardFace = board.showing.face(node.name)
            shape = shape_of(node, port_count(board.graph, node_id), node_id == board.captions.marked, face)
            self._shapes[node_id] = shape
        return shape


class Captions:
    """What stands on cards because of other nodes: the mark of the output, its name in ∂L/∂x, and x_1 plain
    where there is an x1 too.
    """

    def __init__(self, scene: Board) -> None:
        self.scene = scene
        self.marked: str | None = None
        """The node that is marked as the output."""

    def read(self) -> None:
        """Read the output of another graph."""
        self.marked = self.scene.graph.evident_output
        self.scene.output_name = self.scene.graph.output_name

    def stale(self, change: Change) -> set[str]:
        """Returns the nodes that look different after a change of others."""
        graph, before = self.scene.graph, self.marked
        if any(patch.key == "direction" for patch in change.of("property")):
            self.read()
            return set(self.scene.items_by_id)
        found = {node.id for name in _names(change) if (node := graph.named(name)) is not None}
        touched = change.is_structural or change.of("property")
        if touched or change.touches(graph.output):
            name = self.scene.output_name
            self.read()
            if self.marked != before:
                found |= {node_id for node_id in (before, self.marked) if node_id is not None}
            if name != self.scene.output_name:
                self.scene.update()
                if len(self.scene.items_by_id) <= MOST_RENAMED:
                    found |= self.scene.items_by_id.keys()
        return found & self.scene.items_by_id.keys()


def _names(change: Change) -> Iterator[str]:
    """Yield the names that look like one that a change has given or taken away."""
    for patch in change.of("node"):
        before, after = patch.before, patch.after
        if before is not None and after is not None and before.name == after.name and before.op == after.op:
            continue
        names = {record.name for record in (before, after) if isinstance(record, Node)}
        if len(names) == 2 or patch.is_structural:
            for name in names:
                yield from namesakes(name)
