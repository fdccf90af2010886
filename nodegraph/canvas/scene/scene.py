"""The scene: one item per node, one layer of edges, one of chips, kept in step with a graph and a frame.

It is told of every change and frame, and says what is where; it edits nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import reduce

from PySide6.QtCore import QPointF, QRectF, Signal

from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.drawing.wording import Wording
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.chip_layer import ChipLayer
from nodegraph.canvas.items.draft_edge import DraftEdge
from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.canvas.items.far_layer import FarLayer
from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.canvas.pictures.kept import KeptPictures
from nodegraph.canvas.pictures.revised_scene import RevisedScene
from nodegraph.canvas.scene.card_builder import CardBuilder
from nodegraph.canvas.scene.cards import Captions, Cards
from nodegraph.canvas.scene.edge_placement import EdgePlacement
from nodegraph.canvas.scene.extent import around, room_for
from nodegraph.canvas.scene.frame_display import FrameDisplay
from nodegraph.canvas.scene.groups_and_notes import Surroundings
from nodegraph.canvas.scene.selection import Selection
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Node
from nodegraph.core.layout.card_size import node_size

MANY = 500
"""Items that are repainted one by one; beyond, the whole scene is."""


class GraphScene(RevisedScene):
    """Shows one graph in one theme at one frame."""

    selection_changed = Signal()
    structure_changed = Signal()
    """Nodes or edges came or went, so a running gesture may hold something that is gone."""
    arranged = Signal()
    """Something is elsewhere, came or went, or looks different."""
    about_to_change = Signal()
    """A change is going to be shown: what moves by itself comes to its end first."""
    replaced = Signal()
    """Another graph is shown."""
    card_type: type[NodeItem] = NodeItem
    edge_layer_type: type[EdgeLayer] = EdgeLayer
    label_layer_type: type[ChipLayer] = ChipLayer

    def __init__(
        self, graph: Graph, theme: Theme, text_scale: float = 1.0, only: Collection[str] | None = None,
        later: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._only = only
        """The nodes that are shown, for a picture of a selection; None for all, with the notes."""
        self.theme = theme
        self.text_scale, self.type_wish, self.is_close = text_scale, 1.0, False
        """How much larger than usual the type is, with cards, chips and notes while places stay; and how much
        larger still it is to be, within cards that stay; and whether badges have no room below cards."""
        self.graph = graph
        self.output_name = ""
        self.lit: frozenset[str] | None = None
        """While an edge is drawn: the nodes at which it may end; the others step back."""
        self.badge_sources: list[badges.BadgeSource] = [badges.arrivals, badges.leftovers, badges.health]
        """What has badges to show below cards."""
        self.awaited_badges: list[badges.BadgeSource] = []
        """Which of them will be there in the end: room is kept for these."""
        self.pictures = KeptPictures()
        self.captions = Captions(self)
        self._selection = Selection()
        self._sorted: tuple[object, list[str]] = (None, [])
        """The selected nodes in order, beside the selection and the structure they were sorted for."""
        self.items_by_id = Cards(self)
        self.showing = FrameDisplay(self)
        self.surroundings = Surroundings(self)
        self.placement = EdgePlacement(self, later)
        self.active_nodes: frozenset[str] = frozenset()
        """The nodes of the step that is active."""
        self.edge_layer, self.far_layer = self.edge_layer_type(self), FarLayer(self)
        self.chip_layer, self.draft = self.label_layer_type(self), DraftEdge(self)
        list(map(self.addItem, (self.edge_layer, self.far_layer, self.chip_layer, self.draft)))
        self.set_graph(graph)

    # --- keeping in step
    def set_graph(self, graph: Graph) -> None:
        """Show another graph from scratch."""
        self.surroundings.clear()
        self.pictures.clear()
        ready = self.items_by_id.ready
        built = ready if ready.graph is graph else CardBuilder(self)
        is_built = built.graph is not None
        self.far_layer.setVisible(is_built)  # a vast graph is first seen from far away
        self.items_by_id.clear()
        had_selection, self._selection = self._selection != Selection(), Selection()
        self.showing.clear()
        self.lit, self.active_nodes = None, frozenset()
        self.draft.setVisible(False)
        self.graph = graph
        self.captions.read()
        built.show()
        self.placement.bends.take(graph, built.bends if is_built else None)
        for node in () if is_built else graph.nodes():
            if self._only is None or node.id in self._only:
                self.items_by_id.add(node)
        self.surroundings.rebuild(with_notes=self._only is None)
        self.items_by_id.hide_and_show(self.surroundings.home)
        self.surroundings.follow(self.surroundings.home)
        if not is_built:
            self.placement.place_all()
        elif self.surroundings.collapsed():
            self.placement.follow(self.surroundings.home)
        self._begin_anew()
        self.forget_ready()
        self.replaced.emit()
        self.arranged.emit()
        if had_selection:
            self.selection_changed.emit()

    def _begin_anew(self) -> None:
        """Everything may lie elsewhere."""
        self.placement.begin()
        self.chip_layer.prepare()
        self.update()

    def make_ready(self, graph: Graph, change: Change | None = None) -> Iterator[float]:
        """Build a graph that is going to be shown, or that a change will make of the one that is, piece by
        piece. Yields the share that is done.
        """
        self.items_by_id.ready = ready = CardBuilder(self, graph, change)
        return ready.whole()

    def make_cards_ready(
        self, nodes: Collection[Node], ports: Mapping[str, int], output: str | None
    ) -> Iterator[float]:
        """The same for nodes that are going to be added."""
        self.items_by_id.ready = ready = CardBuilder(self)
        return (made / len(nodes) for made in ready.cards(nodes, ports, output))

    def forget_ready(self) -> None:
        """What was made ready and not shown will not be shown."""
        self.items_by_id.ready.forget()
        self.placement.forget_foreseen()
        self.items_by_id.ready = CardBuilder(self)

    def apply(self, change: Change) -> None:
        """Show a change that is already in the graph."""
        self.about_to_change.emit()
        drawn = self.placement.there()
        is_ready = self.items_by_id.ready.change is change
        (self._apply_whole if is_ready else self._apply_each)(change)
        is_around = bool(change.of("group") or change.of("note"))
        if change.takes_away or is_around:
            self._drop_from_selection(are_alike=drawn == self.placement.there())
        if change.is_structural or is_around:
            self.structure_changed.emit()

    def _apply_whole(self, change: Change) -> None:
        """Show all anew as it was made ready."""
        self.captions.read()
        self.surroundings.apply(change, lays=False)
        self.items_by_id.ready.show()
        self.surroundings.settle()
        self.placement.bends.take(self.graph, self.items_by_id.ready.bends)
        self.showing.refresh_looks()
        self.showing.forget_all_chips()
        self._begin_anew()
        self.arranged.emit()

    def _apply_each(self, change: Change) -> None:
        """Touch what a change has touched."""
        beyond = change.of("node")
        stale = {patch.key for patch in beyond if not patch.is_place_or_value}
        alike = change.node_ids() - stale if beyond else change.moved.keys()
        stale |= {patch.key[0] for patch in change.of("edge")}
        if len(alike) < len(change.patches):
            self.update()  # names, columns and the output are read far away from their records
        self.edge_layer.drop(self.placement.gone(change))
        stale |= self.captions.stale(change)
        stale |= self.surroundings.apply(change)
        for node_id in stale:
            self.items_by_id.refresh(node_id)
        self.items_by_id.take_alike(alike - stale if stale else alike)
        kept = [*change.moved.values(), *self.graph.nodes_as(alike - change.moved.keys() if beyond else ())]
        if stale or not self.placement.shift(kept, change):
            stale.update(node.id for node in self.placement.elsewhere(kept))
        if stale:  # of another value nothing lies elsewhere
            self.far_layer.drop([node_id for node_id in stale if node_id not in self.graph])
            self.items_by_id.hide_and_show(stale)
            self.placement.follow(stale)

    def _drop_from_selection(self, *, are_alike: bool) -> None:
        """Select no longer what is gone, nor edges that are hidden: neither, where they are alike."""
        left = self._selection.within(self.graph, None if are_alike else self.edge_layer.rows.number)
        if left != self._selection:
            self._selection = left
            self.selection_changed.emit()

    def set_frame(self, frame: Frame) -> None:
        """Show this frame at once."""
        self.begin_step(frame)
        self.set_progress(1.0)

    def begin_step(self, frame: Frame) -> None:
        """Begin the transition from the shown frame to this one; `set_progress` advances it."""
        self.clear_highlight()
        self.showing.begin(frame)
        self.active_nodes = frozenset(frame.active_nodes)
        self._mark_active(True)

    def clear_highlight(self) -> None:
        """Show no step as the active one."""
        self._mark_active(False)
        self.active_nodes = frozenset()
        self.showing.end_highlight()

    def _mark_active(self, is_active: bool) -> None:
        for card in self.items_by_id.made(self.active_nodes):
            card.set_mark(Mark.ACTIVE, is_active)

    def set_progress(self, progress: float) -> None:
        """How much of the step's time has gone, 0…1. The view repaints."""
        self.showing.set_progress(progress)
        if progress == 1.0:
            self.arranged.emit()
        if not self.views():
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show the same in other colours."""
        self.theme = theme
        self.update()

    def set_text_scale(self, scale: float, wish: float = 1.0, *, is_close: bool = False) -> None:
        """Show all type larger or smaller, at the same places; what is wished besides, within its cards."""
        if (scale, wish, is_close) != (self.text_scale, self.type_wish, self.is_close):
            self.text_scale, self.type_wish, self.is_close = scale, wish, is_close
            self._reshape()

    def set_wording(self, wording: Wording) -> None:
        """Show other labels, or numbers in other digits."""
        if wording != self.showing.wording:
            self.showing.wording = wording
            self._reshape()

    def _reshape(self) -> None:
        """Let all cards take the size that what they show asks for."""
        self.about_to_change.emit()
        self.forget_ready()
        self.items_by_id.forget_shapes()
        for card in self.items_by_id.made():
            card.setScale(self.text_scale)
            self.items_by_id.refresh(card.node.id)
        self.surroundings.set_text_scale(self.text_scale)
        self.showing.forget_all_chips()
        self.placement.follow(self.items_by_id)
        self.update()

    def card_size(self, graph: Graph, node_id: str) -> tuple[float, float]:
        """The room of a card, for a layout."""
        return room_for(node_size(graph, node_id), self.text_scale)

    def output_place(self, node_id: str) -> QPointF:
        """Where edges that leave a node begin."""
        group = self.surroundings.hides(node_id) if self.surroundings.groups else None
        return self.items_by_id.output_port(node_id) if group is None else group.output_place(node_id)

    def input_place(self, node_id: str, port: int) -> QPointF:
        """Where an edge into this port of a node ends."""
        group = self.surroundings.hides(node_id) if self.surroundings.groups else None
        if group is None:
            return self.items_by_id.input_port(node_id, port)
        edge = self.graph.edge((node_id, port))
        return group.input_place(edge.source if edge is not None else "")

    def card_of(self, node_id: str) -> QRectF:
        """The card of a node, or of the collapsed group that stands for it."""
        group = self.surroundings.hides(node_id)
        return self.items_by_id.card(node_id) if group is None else group.rect

    # --- what is where
    def graph_rect(self, node_ids: Iterable[str] | None = None) -> QRectF:
        """The rectangle round all cards, or round these."""
        if node_ids is None:
            return self.far_layer.extent.united(self.surroundings.extent())
        if not self.surroundings.collapsed():
            return self.items_by_id.round(set(node_ids))
        return reduce(QRectF.united, map(self.card_of, node_ids), QRectF())

    def drawn_rect(self) -> QRectF:
        """The rectangle round all that is drawn: cards with their rims, and edges that reach out."""
        cards = self.graph_rect()
        return cards if cards.isNull() else around(self, cards)

    # --- the selection
    def selected_nodes(self) -> list[str]:
        """The selected nodes, in the order of their making."""
        found = (self._selection, self.graph.structure)
        if found != self._sorted[0]:
            self._sorted = (found, self.graph.ids_of(self._selection.nodes))
        return list(self._sorted[1])

    @property
    def chosen_nodes(self) -> frozenset[str]:
        """The same as a set."""
        return self._selection.nodes

    @property
    def chosen_edges(self) -> Mapping[EdgeKey, object]:
        """The selected edges, in order, for who does not need them all in a list."""
        return self._selection.edges

    def nodes_as_selected(self) -> list[str]:
        """The selected nodes in the order of selecting; those selected at once, in the order of making."""
        return self._selection.as_chosen(self.selected_nodes())

    def selected_edges(self) -> list[EdgeKey]:
        """The selected edges."""
        return list(self._selection.edges)

    def selected_groups(self) -> list[str]:
        """The selected groups."""
        return sorted(self._selection.groups, key=lambda group_id: self.graph.group(group_id).rank)

    def is_selected_group(self, group_id: str) -> bool:
        """Whether this group is selected."""
        return group_id in self._selection.groups

    def selected_notes(self) -> list[str]:
        """The selected notes."""
        return sorted(self._selection.notes, key=lambda note_id: self.graph.note(note_id).rank)

    def is_selected_note(self, note_id: str) -> bool:
        """Whether this note is selected."""
        return note_id in self._selection.notes

    def is_selected(self, what: str | EdgeKey) -> bool:
        """Whether this node (by id) or edge (by key) is selected."""
        return what in self._selection

    def select(
        self,
        nodes: Iterable[str] = (),
        edges: Iterable[EdgeKey] = (),
        groups: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> None:
        """Select exactly these; a group is selected together with its nodes."""
        around, drawn = self.surroundings, self.edge_layer.rows.number
        self._choose(
            Selection.of(
                self.items_by_id.ids & set(nodes),
                filter(drawn.__contains__, edges),
                around.groups.keys() & set(groups),
                around.notes.keys() & set(notes),
            )
        )

    def select_all(self) -> None:
        """Select every node and edge."""
        self._choose(Selection.of(self.items_by_id.ids, self.edge_layer.rows.number))

    def _choose(self, chosen: Selection) -> None:
        if chosen == self._selection:
            return
        changed = chosen.differing(self._selection, MANY)
        if changed is None or len(changed) > MANY:
            self.update()
        else:
            for item in (*self.items_by_id.made(changed), *self.surroundings.items(changed)):
                item.update()
        self._selection = chosen.after(self._selection)
        self.showing.refresh_looks()
        self.edge_layer.update()
        self.far_layer.update()
        self.selection_changed.emit()

    def light(self, node_ids: frozenset[str] | None) -> None:
        """Light these nodes and let the others step back; None ends it."""
        self.lit = node_ids
        self.update()

    # --- what is shown of the frame
    @property
    def frame(self) -> Frame | None:
        """The frame that is shown."""
        return self.showing.frame

    def set_far(self, far: bool) -> None:
        """Switch between cards and flat rectangles."""
        if self.far_layer.isVisible() != far:
            self.far_layer.setVisible(far)
            self.items_by_id.hide_and_show()
