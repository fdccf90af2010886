"""Groups and notes on the canvas, kept in step with the graph, and what collapsed groups hide.

The scene tells it of changes and asks it where hidden nodes' edges end; it edits nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Set
from functools import reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.note_item import NoteItem
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.grouping import Faces, group_faces, muted_members
from nodegraph.core.graph.records import Edge

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import CardLook
    from nodegraph.canvas.scene.board import Board


FEW = 50
"""Nodes that have moved of which each is asked where it was."""
UNSEEN = Faces([], [])
"""What crosses the border of an open group: nobody sees it there."""


class Surroundings:
    """The items of groups and notes, by id, and which nodes collapsed groups hide."""

    def __init__(self, scene: Board) -> None:
        self.scene = scene
        self.groups: dict[str, GroupItem] = {}
        self.notes: dict[str, NoteItem] = {}
        self.home: dict[str, str] = {}
        """The group of each node that is in one."""
        self.still: Collection[str] = ()
        """Groups whose boxes stay while their nodes are dragged."""
        self.titles = GroupTitles(lambda: self.groups.values())
        scene.addItem(self.titles)

    # --- keeping in step
    def clear(self) -> None:
        """Another graph is shown."""
        for item in (*self.groups.values(), *self.notes.values()):
            self.scene.removeItem(item)
        self.groups, self.notes, self.home, self.still = {}, {}, {}, ()

    def rebuild(self, *, with_notes: bool = True) -> None:
        """Show all groups whose nodes are there, and all notes."""
        for note in self.scene.graph.notes() if with_notes else ():
            self._take_note(note.id)
        for group in self.scene.graph.groups():
            if all(member in self.scene.items_by_id for member in group.nodes):
                self._take(group.id)

    def apply(self, change: Change, *, lays: bool = True) -> set[str]:
        """Show a change. Returns the nodes whose edges may end elsewhere now. Without `lays`, boxes are laid
        round their nodes by `settle`, once those are known to lie where they do.
        """
        touched: set[str] = set()
        changed = change.of("group")
        for patch in changed:
            records = [record for record in (patch.before, patch.after) if record is not None]
            if any(record.collapsed for record in records):  # round nodes of an open one nothing changes
                touched.update(*(record.nodes for record in records))
        lies = [patch.key for patch in changed if self._lies_elsewhere(patch)]
        for patch in changed:
            self._take(patch.key)
        for patch in change.of("note"):
            self._take_note(patch.key)
        for patch in change.of("property"):
            if patch.key in ("output", "direction"):
                ends = {self.home[i] for i in (patch.before, patch.after) if i in self.home}
                for group_id in list(self.groups) if patch.key == "direction" else ends:
                    touched.update(self._take(group_id))
        for group_id in dict.fromkeys((*self._at_edges(change), *self._of_muted(change))):
            touched.update(self._take(group_id))
        if changed and lays:  # labels keep off titles
            items = [self.groups[patch.key] for patch in changed if patch.key in self.groups]
            for group_id in lies:
                if group_id in self.groups:
                    self.lay(self.groups[group_id])  # a new one is nowhere yet
            self.scene.showing.forget_chips((), [item.title_place(1.0) for item in items])
        return touched

    @staticmethod
    def _lies_elsewhere(patch: Patch) -> bool:
        """Whether a change of a group may have it lie elsewhere: an open one stays round the same nodes."""
        before, after = patch.before, patch.after
        return not patch.keeps_members or before.collapsed or after.collapsed

    def _at_edges(self, change: Change) -> list[str]:
        """The groups at which edges change, each once: their faces are found from all their members."""
        ends: dict[str, None] = {}
        for patch in change.of("edge") if self.home else ():
            sources = (e.source for e in (patch.before, patch.after) if e is not None)
            ends.update(dict.fromkeys((*sources, patch.key[0])))
        return list(dict.fromkeys(self.home[node_id] for node_id in ends if node_id in self.home))

    def _of_muted(self, change: Change) -> list[str]:
        """The groups of nodes that are muted now, or no longer."""
        nodes = [patch for patch in change.of("node") if patch.key in self.home] if self.home else []
        pairs = ((self.home[patch.key], patch.before, patch.after) for patch in nodes)
        return [home for home, before, after in pairs if before and after and before.muted != after.muted]

    def _take(self, group_id: str) -> tuple[str, ...]:
        graph, item = self.scene.graph, self.groups.get(group_id)
        self._note_members(group_id)
        if not graph.has_group(group_id):
            if item is not None:
                self.scene.removeItem(self.groups.pop(group_id))
            return ()
        group = graph.group(group_id)
        if item is None:
            item = self.groups[group_id] = GroupItem(group, self.scene.text_scale)
            self.scene.addItem(item)
        if not group.collapsed:
            item.show_group(group, UNSEEN, graph.direction)
            return ()
        muted = muted_members(graph, group_id)
        item.show_group(group, group_faces(graph, group_id), graph.direction, muted)
        return group.nodes

    def _note_members(self, group_id: str) -> None:
        """Know that the nodes of a group are in it, and no others; of very many this takes its time."""
        graph, item = self.scene.graph, self.groups.get(group_id)
        before = item.group.nodes if item is not None else ()
        now = graph.group(group_id).nodes if graph.has_group(group_id) else ()
        if before != now:
            for member in before:
                if self.home.get(member) == group_id:
                    del self.home[member]
            homes = dict.fromkeys(now, group_id)
            if self.home:
                self.home.update(homes)  # for each of very many groups a copy would take long
            else:
                self.home = homes

    def _take_note(self, note_id: str) -> None:
        graph, item = self.scene.graph, self.notes.get(note_id)
        if not graph.has_note(note_id):
            if item is not None:
                self.scene.removeItem(self.notes.pop(note_id))
        elif item is None:
            self.notes[note_id] = NoteItem(graph.note(note_id), self.scene.text_scale)
            self.scene.addItem(self.notes[note_id])
        else:
            item.show_note(graph.note(note_id))

    def follow(self, node_ids: Collection[str]) -> set[str]:
        """Re-lay the groups of these nodes. Returns the hidden nodes that moved with a collapsed card."""
        moved: set[str] = set()
        if not self.home:
            return moved
        inside = self.home.keys() & node_ids
        for group_id in {self.home[node_id] for node_id in inside}:
            item = self.groups[group_id]
            before = item.rect
            if group_id not in self.still or item.group.collapsed:
                self._reach_round(item, inside) or self.lay(item, inside)
            if item.group.collapsed and item.rect != before:
                moved |= item.members
        return moved

    def settle(self, node_ids: Iterable[str] | None = None) -> None:
        """Re-lay the groups of these nodes, or all, where every card lies as the far layer has it."""
        for group_id in self.groups if node_ids is None else {*map(self.home.get, node_ids)}:
            if group_id is not None and group_id not in self.still:
                self.lay(self.groups[group_id])

    def _reach_round(self, item: GroupItem, moved: Set[str]) -> bool:
        """Let an open group reach round those of its nodes that have `moved`, if none of these was at its
        border: all others lie as before, and nobody asks where. Returns whether it does.
        """
        rows, cards = self.scene.far_layer.rows, item.cards
        mine = [i for i in moved if self.home[i] == item.group.id] if len(moved) <= FEW else []
        if not mine or item.group.collapsed or not all(i in rows.number for i in mine):
            return False
        were = rows.values[rows.numbers(mine)]
        starts, ends = were[:, :2], were[:, :2] + were[:, 2:]
        if not (starts > cards.topLeft().toTuple()).all() or not (ends < cards.bottomRight().toTuple()).all():
            return False
        item.lie_round(reduce(QRectF.united, map(self.scene.items_by_id.card, mine), cards))
        self.titles.reach_over(item)
        return True

    def set_text_scale(self, scale: float) -> None:
        """Show groups and notes in type so much larger than usual."""
        for note in self.notes.values():
            note.setScale(scale)
        for group in self.groups.values():
            group.text_scale = scale
            self.lay(group)

    def lay(self, item: GroupItem, moved: Set[str] = frozenset()) -> None:
        """Lay a group round its members, wherever those are now; some have `moved` just now."""
        cards, members = self.scene.items_by_id, item.members
        around = cards.corner(members) if item.group.collapsed else cards.round(members, moved)
        if not around.isNull():
            item.lie_round(around)
            self.titles.reach_over(item)

    def hold_still(self, group_ids: Collection[str]) -> None:
        """These boxes do not follow their nodes; () lets all follow again."""
        released, self.still = self.still, group_ids
        for group_id in released:
            if group_id in self.groups and group_id not in group_ids:
                self.lay(self.groups[group_id])

    # --- asking
    def hides(self, node_id: str) -> GroupItem | None:
        """The collapsed group that stands for a node."""
        group_id = self.home.get(node_id)
        item = self.groups.get(group_id) if group_id is not None else None
        return item if item is not None and item.group.collapsed else None

    def collapsed(self) -> list[GroupItem]:
        """The groups that are drawn as one card."""
        return [item for item in self.groups.values() if item.group.collapsed]

    def is_inner(self, edge: Edge) -> bool:
        """Whether an edge runs inside a collapsed group."""
        hidden = self.hides(edge.source)
        return hidden is not None and hidden is self.hides(edge.target)

    def aim(self, group_id: str | None) -> None:
        """Mark the group into which a drop would put something."""
        for item in self.groups.values():
            if item.is_aimed != (item.group.id == group_id):
                item.is_aimed = not item.is_aimed
                item.update()

    def handle_at(self, place: QPointF) -> GroupItem | None:
        """The group that a press here takes: by its title, or as a collapsed card, which is on top."""
        found = [item for item in self.groups.values() if item.handle.contains(place)]
        return max(found, key=lambda item: item.group.collapsed, default=None)

    def card_at(self, place: QPointF) -> GroupItem | None:
        """The collapsed group whose card is here."""
        found = [item for item in self.collapsed() if item.rect.contains(place)]
        return found[-1] if found else None

    def box_at(self, place: QPointF) -> GroupItem | None:
        """The smallest group whose box or card is here."""
        found = [item for item in self.groups.values() if item.rect.contains(place)]
        return min(found, key=lambda item: item.rect.width() * item.rect.height(), default=None)

    def note_at(self, place: QPointF) -> NoteItem | None:
        """The note made last of those that lie here."""
        found = [item for item in self.notes.values() if item.rect.contains(place)]
        return max(found, key=lambda item: item.note.rank, default=None)

    def items(self, ids: Collection[str]) -> set[GroupItem | NoteItem]:
        """The groups and notes that have one of these ids, and the collapsed groups that hide one."""
        kinds = (self.groups, self.notes)
        found = {kind[one] for one in ids for kind in kinds if one in kind}
        return found | {hidden for one in ids if (hidden := self.hides(one)) is not None}

    def extent(self) -> QRectF:
        """The rectangle round all groups and notes."""
        rect = QRectF()
        for item in (*self.groups.values(), *self.notes.values()):
            rect = rect.united(item.rect)
        return rect


class GroupTitles(QGraphicsItem):
    """The titles of all open groups, above the edges that cross them and below cards. A group with another
    title asks to be painted again, and this with it, as it lies there.
    """

    def __init__(self, groups: Callable[[], Iterable[GroupItem]]) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(-0.5)
        self._groups = groups
        self._bounds = QRectF()

    def reach_over(self, group: GroupItem) -> None:
        """Reach as far as the title of this group, too."""
        if not self._bounds.contains(reach := group.boundingRect()):
            self.prepareGeometryChange()
            self._bounds = self._bounds.united(reach)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scene: CardLook = self.scene()  # type: ignore[assignment]
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale >= 0.2)
        for group in self._groups():
            if not group.group.collapsed and group.boundingRect().intersects(option.exposedRect):
                group.paint_title(painter, scene.theme, scale)
