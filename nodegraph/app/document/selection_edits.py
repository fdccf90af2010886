"""Selection edits: what menus and keys do to the selection beyond adding and deleting: mute, group, align,
heal, lay out, select along the edges. Each becomes a Change through `Editor`. Paints nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from nodegraph.app.document.canvas_edits import CanvasEdits
from nodegraph.app.document.editor import Editor
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE, Aside, Task
from nodegraph.canvas.grown_cards import MOST_PUSHED
from nodegraph.canvas.scene.extent import room_for
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.graph import edits, grouping, rewiring, together
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import alignment, expansion, placement
from nodegraph.core.layout.alignment import Axis, Side
from nodegraph.core.layout.card_size import group_size as size_of_group
from nodegraph.core.layout.card_sizes import scaled, sizes_of

MOST_ARRANGED_AT_ONCE = 150
"""Nodes that are laid out in one go; more are a long task."""
ARRANGED_ALREADY = "It is arranged already."
IN_LINE, EVEN_ALREADY = "They are in line already.", "The gaps are even already."


class SelectionEdits(QObject):
    """What those commands do."""

    def __init__(self, editing: Editor, handling: CanvasEdits, scene: GraphScene) -> None:
        super().__init__(editing)
        self.editing = editing
        self.handling = handling
        self.scene = scene

    @property
    def graph(self) -> Graph:
        """The open graph."""
        return self.editing.graph

    @property
    def nodes(self) -> list[str]:
        """The selected nodes."""
        return self.scene.selected_nodes()

    def groups(self) -> list[str]:
        """The groups that are selected, or in which something is."""
        return list(self.editing.selection.now.groups)

    def _attempt(self, make: Callable[[], Change], nothing: str) -> Change | None:
        """Make a change, and say so where there is nothing to be changed."""
        change = self.editing.attempt(make)
        if change is not None and not change:
            self.editing.said.emit(nothing)
        return change

    # --- nodes
    def mute(self) -> None:
        """Let the selected operations pass their first input through, or work again."""
        nodes = self.nodes
        if nodes:
            self.editing.attempt_soon("Mute", lambda: edits.set_muted(self.graph, nodes), len(nodes))

    def exchange_leaves(self) -> None:
        """Make the selected constants inputs, or the selected inputs constants."""
        nodes = self.nodes
        if nodes:
            exchange = partial(together.exchange_leaves, self.graph, nodes)
            self.editing.attempt_soon("Exchange", exchange, len(nodes))

    def delete_and_heal(self) -> None:
        """Delete the selected nodes and connect what they were between."""
        nodes = self.nodes
        if nodes:
            heal = partial(rewiring.remove_and_heal, self.graph, nodes)
            self.editing.attempt_soon("Delete", heal, len(nodes))

    # --- groups
    def group(self) -> None:
        """Put the selected nodes into a group, and let its title be typed where any of it can be seen."""
        nodes = self.nodes
        if len(nodes) > MOST_AT_ONCE and not self.editing.tasks.is_running:
            self.editing.tasks.begin("Group", self._grouping(nodes))
        elif 0 < len(nodes) <= MOST_AT_ONCE:
            sizes = self._size, self.handling.group_size, self.scene.text_scale
            self._show_group(self.editing.attempt(partial(_enclosed, self.graph, nodes, *sizes)))

    def _grouping(self, nodes: list[str]) -> Task:
        """Group many nodes in pieces; amid very many, nothing is pushed aside for it."""
        yield 0.0
        compute, scale = partial(_grouped, self.graph, nodes), self.scene.text_scale
        if len(self.graph) <= MOST_PUSHED:
            sizes = yield Aside(partial(sizes_of, self.graph))
            size = scaled(sizes, scale)
            compute = partial(_enclosed, self.graph, nodes, size, size_of_group, scale)
        self._show_group((yield from self.editing.attempting(compute)))

    def _show_group(self, change: Change | None) -> None:
        """Let the title of a new group be typed."""
        made = change.made("group") if change is not None else ()
        canvas = self.editing.canvas
        if made and canvas.is_fitted:
            canvas.fit()  # its box reaches beyond the cards
        self._glide(change)
        if made and canvas.seen().intersects(self.scene.surroundings.groups[made[0]].rect):
            canvas.edit_title(made[0])

    def ungroup(self) -> None:
        """Take the boxes of the selected groups away; their nodes stay."""
        groups = self.groups()
        if groups:
            count = sum(len(self.graph.group(group_id).nodes) for group_id in groups)
            self.editing.attempt_soon("Ungroup", partial(grouping.ungroup, self.graph, groups), count)

    def collapse(self) -> None:
        """Collapse the selected groups, or expand them if all are collapsed."""
        groups = self.groups()
        if groups:
            collapsed = all(self.graph.group(group_id).collapsed for group_id in groups)
            self.handling.collapse_all(groups, not collapsed)

    def colour(self, name: str) -> None:
        """Give the selected groups another colour."""
        groups = self.groups()
        if groups:
            change = self.handling.recolour(groups, name)
            if change is not None and not change:
                self.editing.said.emit(f"It is {name} already.")

    # --- along the edges
    def select_upstream(self) -> None:
        """Select all that the selected nodes are computed from, too."""
        self._select(edits.upstream(self.graph, self.nodes), "Nothing else feeds what is selected.")

    def select_downstream(self) -> None:
        """Select all that is computed from the selected nodes, too."""
        self._select(edits.downstream(self.graph, self.nodes), "Nothing else is fed by what is selected.")

    def _select(self, nodes: frozenset[str], nothing: str) -> None:
        if nodes == frozenset(self.nodes):
            self.editing.said.emit(nothing)
        between = [e.key for e in self.graph.edges() if e.source in nodes and e.target in nodes]
        self.scene.select(nodes, between)

    # --- layout
    def arrange(self) -> None:
        """Lay out the selected nodes, or all where fewer than two are selected."""
        chosen, aspect = self.nodes, self.editing.canvas.aspect
        only = chosen if len(chosen) > 1 else None

        def compute(size: placement.Size) -> Change:
            return self._clear(placement.place(self.graph, only, size, aspect=aspect), size)

        self._lay_out(self.graph, only, compute)

    def lead(self, direction: Direction) -> None:
        """Let edges lead this way, and lay out the whole graph so."""
        turned, aspect = self.graph.copy(), self.editing.canvas.aspect
        turned.apply(edits.set_direction(turned, direction))

        def compute(size: placement.Size) -> Change:
            return self._clear(placement.turn(self.graph, direction, size, aspect=aspect), size)

        self._lay_out(turned, None, compute)

    def _clear(self, change: Change, size: placement.Size) -> Change:
        """A layout in which no card comes to lie on a note."""
        return expansion.clear_notes(self.graph, change, size, scale=self.scene.text_scale)

    def _lay_out(
        self, measured: Graph, only: list[str] | None, compute: Callable[[placement.Size], Change]
    ) -> None:
        """Make a layout of some nodes, or of all, whose cards are as large as in the graph to be measured."""
        if self.editing.tasks.is_running:
            return
        self.editing.canvas.cancel_gesture()
        if only is None:
            self.editing.canvas.set_text_scale(round(self.scene.text_scale * self.scene.type_wish, 3))
        if len(only or measured) > MOST_ARRANGED_AT_ONCE:
            self.editing.tasks.begin("Arrange", self._arranging(measured, only, compute))
        else:
            self._arrange(partial(compute, self.scene.card_size), only)

    def _arranging(
        self, measured: Graph, only: list[str] | None, compute: Callable[[placement.Size], Change]
    ) -> Task:
        scale = self.scene.text_scale
        sizes = yield Aside(partial(sizes_of, measured))
        yield 0.4
        change = yield Aside(partial(compute, lambda _graph, i: room_for(sizes[i], scale)))
        yield 1.0
        self._arrange(lambda: change, only)

    def _arrange(self, compute: Callable[[], Change], only: list[str] | None) -> None:
        change = self._attempt(compute, ARRANGED_ALREADY)
        if change is None:
            return
        canvas = self.editing.canvas
        if only is None or not canvas.seen().contains(self.scene.graph_rect(only)):
            canvas.fit()
        if only is not None and len(only) < len(self.graph):
            self.editing.said.emit(
                f"Only the {len(only):,} selected nodes were arranged. Select none to arrange all."
            )
        self._glide(change)

    # --- in line
    def align(self, side: Side) -> None:
        """Put the selected cards in line at one side, or at their middles."""
        nodes = self.nodes
        change = self._attempt(lambda: alignment.align(self.graph, nodes, side, self._size), IN_LINE)
        self._glide(change)

    def distribute(self, along: Axis) -> None:
        """Leave even gaps between the selected cards."""
        nodes = self.nodes
        change = self._attempt(
            lambda: alignment.distribute(self.graph, nodes, along, self._size), EVEN_ALREADY
        )
        self._glide(change)

    def _glide(self, change: Change | None) -> None:
        if change is not None:
            self.editing.canvas.animate_moves(change)

    def _size(self, _graph: Graph, node_id: str) -> tuple[float, float]:
        """The real size of a card."""
        return self.scene.items_by_id.card(node_id).size().toTuple()


def _grouped(graph: Graph, nodes: list[str]) -> Change:
    """The change that puts these nodes into a group, under a title that no other has."""
    return grouping.group(graph, nodes, grouping.proposed_title(graph, frozenset(nodes)))


def _enclosed(
    graph: Graph, nodes: list[str], size: placement.Size, group_size: placement.Size, scale: float
) -> Change:
    """The same, and what the box would cover is pushed aside."""
    title = grouping.proposed_title(graph, frozenset(nodes))
    return expansion.enclose(graph, nodes, title, size, group_size, scale)
