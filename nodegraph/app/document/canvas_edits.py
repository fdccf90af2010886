"""Canvas edits: what the hand asks for on the canvas beyond connecting and moving: edges taken, cut, filled.
Each wish becomes one Change through `Editor`. Paints nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QRectF, QSizeF

from nodegraph.app.document.editor import Editor
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE, Aside, Task
from nodegraph.canvas.drawing.geometry import snapped
from nodegraph.canvas.viewport.corners import place_for_note
from nodegraph.core.graph import bends, edits, grouping, notes, rewiring
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Note, Point
from nodegraph.core.layout import expansion
from nodegraph.core.layout.card_sizes import scaled, sizes_of

EMPTY_NOTE = Note("")


class CanvasEdits(QObject):
    """Answers the canvas's wishes."""

    def __init__(self, editing: Editor) -> None:
        super().__init__(editing)
        self.editing = editing
        canvas = editing.canvas
        canvas.intents.reroute_requested.connect(self.reroute)
        canvas.intents.bend_requested.connect(self.bend)
        canvas.intents.disconnect_requested.connect(self.disconnect_edges)
        canvas.intents.slice_requested.connect(self.slice_edges)
        canvas.intents.outputs_move_requested.connect(self.move_outputs)
        canvas.intents.insert_requested.connect(self.insert)
        canvas.intents.arrange_requested.connect(self.arrange)
        canvas.intents.note_text_requested.connect(self.write_note)
        canvas.intents.note_resize_requested.connect(self.resize_note)
        canvas.intents.regroup_requested.connect(self.regroup)
        canvas.intents.collapse_requested.connect(self.collapse)
        canvas.intents.group_rename_requested.connect(self.rename_group)

    @property
    def graph(self) -> Graph:
        """The open graph."""
        return self.editing.graph

    # --- edges
    def reroute(self, key: EdgeKey, source: str, target: EdgeKey) -> None:
        """Let an edge start or end elsewhere."""
        self.editing.attempt(lambda: rewiring.reroute(self.graph, key, source, target))

    def bend(self, key: EdgeKey, points: Sequence[Point]) -> None:
        """Lead an edge through these points."""
        self.editing.attempt(lambda: bends.bend(self.graph, key, points))

    def disconnect_edges(self, keys: list[EdgeKey]) -> None:
        """Take edges off."""
        self.editing.attempt(lambda: edits.disconnect(self.graph, keys))

    def slice_edges(self, keys: list[EdgeKey]) -> None:
        """Cut all edges the knife has crossed."""
        self.editing.attempt(lambda: rewiring.slice_edges(self.graph, keys))

    def move_outputs(self, source: str, to: str) -> None:
        """Let all edges of one output start at another."""
        self.editing.attempt(lambda: rewiring.move_outputs(self.graph, source, to))

    def insert(self, node_id: str, key: EdgeKey, place: tuple[float, float], group_id: str = "") -> None:
        """Put a node into the edge it was dropped on, where it was dropped, and into the group there."""

        def make() -> Change:
            change = rewiring.insert_on_edge(self.graph, node_id, key, place)
            joined = grouping.add_to_group(self.graph, group_id, [node_id]) if group_id else None
            return change if joined is None else change.then(joined, change.name)

        self.editing.attempt(make)

    # --- groups
    def regroup(self, places: dict[str, tuple[float, float]], group_id: str, nodes: list[str]) -> None:
        """Move nodes and put some of them into a group, or take them out of theirs."""

        def make() -> Change:
            if group_id:
                change = grouping.add_to_group(self.graph, group_id, nodes)
            else:
                change = grouping.remove_from_group(self.graph, nodes)
            return edits.move(self.graph, places).then(change, change.name)

        self.editing.attempt(make)

    def collapse(self, group_id: str, collapsed: bool) -> None:
        """Draw a group as one card, or open it again."""
        self.collapse_all([group_id], collapsed)

    def collapse_all(self, group_ids: list[str], collapsed: bool) -> None:
        """Draw groups as one card each; or open them again, and let what would lie beneath glide aside."""
        if collapsed:
            self.editing.attempt(lambda: grouping.set_collapsed(self.graph, group_ids, True))
        elif sum(len(self.graph.group(group_id).nodes) for group_id in group_ids) <= MOST_AT_ONCE:
            sizes = self._card_size, self.group_size
            self._show_open(self.editing.attempt(lambda: expansion.expand(self.graph, group_ids, *sizes)))
        elif not self.editing.tasks.is_running:
            self.editing.tasks.begin("Expand", self._expanding(group_ids))

    def _expanding(self, group_ids: list[str]) -> Task:
        """Open groups of many nodes in pieces; no card is asked how large it is."""
        yield 0.0
        size = scaled((yield Aside(partial(sizes_of, self.graph))), self.editing.scene.text_scale)
        compute = partial(expansion.expand, self.graph, group_ids, size)
        self._show_open((yield from self.editing.attempting(compute)))

    def _show_open(self, change: Change | None) -> None:
        """Let what was pushed aside by groups that have opened glide, all of it in view."""
        if change is not None:
            self.editing.canvas.keep_whole()
            self.editing.canvas.animate_moves(change)

    def _card_size(self, _graph: Graph, node_id: str) -> tuple[float, float]:
        return self.editing.scene.items_by_id.card(node_id).size().toTuple()

    def group_size(self, _graph: Graph, group_id: str) -> tuple[float, float]:
        """The real size of a collapsed group."""
        return self.editing.scene.surroundings.groups[group_id].card_size().toTuple()

    def rename_group(self, group_id: str, title: str) -> None:
        """Give a group a title."""
        self.editing.attempt(lambda: grouping.rename_group(self.graph, group_id, title))

    def recolour(self, group_ids: list[str], colour: str) -> Change | None:
        """Give groups another colour. Returns the change; None where it was refused."""

        def make() -> Change:
            change = Change("Colour a group")
            for group_id in group_ids:
                change = change.then(grouping.recolour_group(self.graph, group_id, colour))
            return change

        return self.editing.attempt(make)

    # --- notes
    def add_note(self) -> None:
        """Put an empty note into a free place and begin to write in it."""
        canvas = self.editing.canvas
        size = QSizeF(EMPTY_NOTE.width, EMPTY_NOTE.height)
        card = QRectF(canvas.free_place(*size.toTuple()), size * self.editing.scene.text_scale)
        place = place_for_note(canvas, card)
        x, y = snapped(place.x()), snapped(place.y())
        change = self.editing.attempt(lambda: notes.add_note(self.graph, "", x, y))
        if change is not None:
            (note_id,) = change.made("note")
            self.editing.scene.select(notes=[note_id])
            canvas.edit_note(note_id)

    def write_note(self, note_id: str, text: str, least_height: float) -> None:
        """Write something else into a note, which grows to this height if it is lower."""
        self.editing.attempt(lambda: notes.edit_note(self.graph, note_id, text, least_height))

    def resize_note(self, note_id: str, width: float, height: float) -> None:
        """Give a note another size."""
        self.editing.attempt(lambda: notes.resize_note(self.graph, note_id, width, height))

    def arrange(self, nodes: dict[str, tuple[float, float]], placed: dict[str, tuple[float, float]]) -> None:
        """Move nodes and notes together."""

        def make() -> Change:
            change = notes.move_notes(self.graph, placed)
            return change.then(edits.move(self.graph, nodes)) if nodes else change

        self.editing.attempt(make)
