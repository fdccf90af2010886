"""Editor: every intent of the person (from the canvas, the palette, the inspector or a menu) becomes a
Change here, or a sentence that says why not. Knows the document and what is selected; paints nothing and
opens no file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPointF, Signal

from nodegraph.app.document import prefetch
from nodegraph.app.document.document import Document, next_gesture
from nodegraph.app.document.pending import Provisional
from nodegraph.app.document.selection import Selection
from nodegraph.app.platform import gc_guard
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE, Aside, LongTasks, Task
from nodegraph.canvas import grown_cards
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.extent import made_rect
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building import fragments
from nodegraph.core.building.text_notes import inserted_note, whole_text_note
from nodegraph.core.building.typed_leaf import TypedLeaf
from nodegraph.core.data.steps import Step
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits, rewiring
from nodegraph.core.graph.changes import Change, patch_of, patches_of
from nodegraph.core.graph.contents import taken_apart
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey, Node

MOST_MOVED_AT_ONCE = 4_000
"""Nodes that are moved in one go, which costs each of them far less than any other edit."""


class Editor(QObject):
    """What can be done to the open graph. Nothing here raises for what a person does: `refused` tells it."""

    refused = Signal(str)
    noted = Signal(str)
    """An edit went through, and there is something to know about it."""
    said = Signal(str)
    """A sentence about what was done, where one might have expected more."""
    done = Signal()
    """An edit went through; an earlier refusal need not be read any more."""
    change_coming = Signal(object)
    """This Change is about to be made; whoever has something to put into the document first does it now."""

    def __init__(self, document: Document, scene: GraphScene, canvas: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self.document, self.scene, self.canvas = document, scene, canvas
        self.tasks = LongTasks(canvas)
        self.selection = Selection(document, scene, self)
        self.provisional: Provisional | None = None
        """What undo gives up before it takes a change back."""
        document.changed.connect(self.tasks.stop)  # what it was computed from is gone
        document.replaced.connect(self.tasks.stop)
        canvas.intents.connect_requested.connect(self.connect_nodes)
        canvas.intents.move_requested.connect(self.move)
        canvas.intents.value_requested.connect(self.set_value)
        canvas.intents.rename_requested.connect(self.rename_node)
        canvas.intents.add_requested.connect(self.add_at)
        canvas.intents.add_between_requested.connect(self.add_between)

    @property
    def graph(self) -> Graph:
        """The open graph."""
        return self.document.graph

    def attempt(self, make: Callable[[], Change], merge: int = 0) -> Change | None:
        """Make a change and apply it. Returns None, and emits `refused`, where it is refused."""
        try:
            change = make()
            before = self.document.stack.index()
            self.change_coming.emit(change)
            if self.document.stack.index() != before:
                change = make()  # it was computed from what is gone
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return None
        self._apply(change, merge)
        self.done.emit()
        return change

    def _apply(self, change: Change, merge: int) -> None:
        """Make a change, and room for cards that are larger then, as one undo step."""
        before = grown_cards.sizes_before(self.scene, change)
        merge = merge or (0 if before is None else next_gesture())
        self.document.apply(change, merge)
        if before is not None and (room := grown_cards.room_for(self.scene, before)):
            self.document.apply(replace(room, name=change.name), merge)
            self.canvas.keep_whole()
            self.canvas.animate_moves(room)

    def attempt_step(self, make: Callable[[Graph], Step]) -> str:
        """`attempt` for a step that makes data ready. Returns what it did, in a sentence; "" where it is
        refused.
        """
        told = ""

        def change() -> Change:
            nonlocal told
            step = make(self.graph)
            told = step.told
            return step.change

        return told if self.attempt(change) is not None else ""

    def make(self, change: Change, then: Callable[[], None] | None = None) -> None:
        """Make a change that only adds, then call `then`; a large one in pieces, with progress."""
        if not self.tasks.is_running:
            self.change_coming.emit(change)
        self._make(change, change.name, partial(self.document.apply, change), then)

    def attempt_soon(self, title: str, compute: Callable[[], Change], count: int, merge: int = 0) -> None:
        """`attempt` for what touches so many records; many in pieces, with progress."""
        if count <= MOST_AT_ONCE:
            self.attempt(compute, merge)
        elif not self.tasks.is_running:
            self.tasks.begin(title, self.attempting(compute, merge))

    def attempting(self, compute: Callable[[], Change], merge: int = 0) -> Generator[Any, Any, Change | None]:
        """`attempt` in pieces."""
        yield 0.0
        try:
            change = yield Aside(compute)
            before = self.document.stack.index()
            self.change_coming.emit(change)
            if self.document.stack.index() != before:
                change = yield Aside(compute)
        except Refused as refusal:
            self.refused.emit(str(refusal))
            return None
        yield from self.making(change, partial(self.document.apply, change, merge), self.done.emit)
        return change

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return self._live is not None or bool(self.document.stack.canUndo())

    @property
    def undo_name(self) -> str:
        """What undo would take back."""
        return str(self.document.stack.undoText()) if self._live is None else self._live.name

    @property
    def _live(self) -> Provisional | None:
        """What is shown and is not in the document yet."""
        return self.provisional if self.provisional is not None and self.provisional.is_live else None

    def undo(self) -> None:
        """Take the last change back; before that, what the hand is doing, and what is shown and is not in the
        document yet.
        """
        if self.canvas.cancel_gesture():
            return
        if self._live is not None:
            self._live.restore()
            return
        stack, change = self.document.stack, self.document.next_change(undo=True)
        self._make(change, f"Undo {stack.undoText()}", stack.undo, partial(self._show_returned, change))

    def _fit_again(self, change: Change | None) -> None:
        """Fit a graph that was fitted once more where most of it lies elsewhere now, as without an
        arrangement, or what has come back or opened is not in view.
        """
        if change is None or not self.canvas.is_fitted:
            return
        if len(change.moved) * 2 > len(self.graph):
            self.canvas.fit()
        elif change.is_structural or change.of("group"):
            self.canvas.keep_whole()

    def _show_returned(self, change: Change | None) -> None:
        """Show what undoing has brought back, and select it where it was deleted, as it was selected then."""
        self._fit_again(change)
        if change is None or change.takes_away:
            return
        nodes, notes = change.made(), change.made("note")
        edges = () if nodes or notes else [p.key for p in change.of("edge") if p.before is None]
        if nodes or notes or edges:
            self.scene.select(nodes, edges, notes=notes)

    def redo(self) -> None:
        """Make it again; what the hand is doing now is taken back instead."""
        if self.canvas.cancel_gesture():
            return
        stack = self.document.stack
        change = self.document.next_change(undo=False)
        self._make(change, f"Redo {stack.redoText()}", stack.redo, partial(self._fit_again, change))

    def _make(
        self,
        change: Change | None,
        title: str,
        enact: Callable[[], None],
        then: Callable[[], None] | None = None,
    ) -> None:
        if self.tasks.is_running:
            return
        if change is not None and change.touches_more_than(MOST_AT_ONCE):
            self.tasks.begin(title, self.making(change, enact, then))
        else:
            enact()
            if then is not None:
                then()

    def making(
        self, change: Change, enact: Callable[[], None], then: Callable[[], None] | None = None
    ) -> Task:
        """Apply a large change: precompute in pieces what can be, then apply it in one go."""
        try:
            later = yield from prefetch.changing(self.document, self.scene, change)
            enact()
            gc_guard.spare()  # what very many patches hold stays with the history
        finally:
            self.scene.forget_ready()
        if then is not None:
            then()
        yield from taken_apart(later, self.graph)

    # --- from the canvas and the inspector
    def connect_nodes(self, source: str, target: str, port: int) -> None:
        """Draw an edge; what fills the port is replaced."""
        self.attempt(lambda: edits.connect(self.graph, source, target, port))

    def move(self, positions: dict[str, tuple[float, float]]) -> None:
        """Put nodes elsewhere; very many in pieces, with progress."""
        compute = partial(edits.move, self.graph, positions)
        if len(positions) <= MOST_MOVED_AT_ONCE:
            self.attempt(compute)
        elif self.tasks.is_running:
            self._put_back(positions)
            self.refused.emit("Nothing is moved while something else is under way. Wait for it, or stop it.")
        else:
            self.tasks.begin("Move", self._moving(positions, compute))

    def _moving(self, node_ids: Collection[str], compute: Callable[[], Change]) -> Task:
        """`attempting`; cards that the hand has put there go back if it comes to nothing."""
        before = self.document.stack.index()
        try:
            yield from self.attempting(compute)
        finally:
            if self.document.stack.index() == before:
                self._put_back(node_ids)

    def _put_back(self, node_ids: Collection[str]) -> None:
        """Let the cards of these nodes, which the hand has moved, lie where their nodes are."""
        nodes = self.graph.nodes_as(self.graph.there(node_ids))
        self.scene.apply(Change("", tuple(patches_of(nodes, nodes))))

    def set_value(self, node_id: str, value: float, gesture: int = 0) -> None:
        """Set an input or a constant; values of one gesture are one undo step."""
        self.attempt(lambda: edits.set_value(self.graph, node_id, value), gesture)

    def rename_node(self, node_id: str, name: str) -> None:
        """Rename a node."""
        self.attempt(lambda: edits.rename(self.graph, node_id, name))

    def set_trainable(self, node_id: str, trainable: bool) -> None:
        """Mark an input as trainable, or as data."""
        self.attempt(lambda: edits.set_trainable(self.graph, node_id, trainable))

    def make_output(self, node_id: str | None) -> None:
        """Let the backward pass start from this node; None lets the graph decide."""
        self.attempt(lambda: edits.set_output(self.graph, node_id))

    def set_title(self, title: str) -> None:
        """Give the document a title."""
        self.attempt(lambda: edits.set_title(self.graph, title))

    # --- adding
    def add(self, op: str) -> None:
        """Add a node in a sensible free place."""
        self.add_at(op, self.canvas.free_place())

    def add_at(self, op: str, place: QPointF) -> None:
        """Add a node here (its top left) and select it. As all that is added it lies on no other card."""
        change = self._attempt_at(place, lambda x, y: edits.add_node(self.graph, op, x, y))
        if change is not None:
            self.scene.select([change.patches[0].key])

    def add_connected(
        self, op: str, place: QPointF, sources: Sequence[str] = (), target: EdgeKey | None = None
    ) -> None:
        """Add a node that takes these nodes and fills this port, as one step, and select it."""
        change = self._attempt_at(place, lambda x, y: self._connected(op, x, y, sources, target))
        if change is not None:
            self.scene.select(change.made())

    def _attempt_at(self, place: QPointF, make: Callable[[float, float], Change]) -> Change | None:
        """`attempt` for what adds nodes with their top left here, or below what they would lie on."""

        def made() -> Change:
            change = make(place.x(), place.y())
            part = fragments.made_part(self.graph, change)
            rect = made_rect(part, change.made(), self.scene.text_scale)
            clear = hit_test.below_others(self.scene, rect)
            return change if clear == place else make(clear.x(), clear.y())

        return self.attempt(made)

    def _connected(
        self, op: str, x: float, y: float, sources: Sequence[str], target: EdgeKey | None
    ) -> Change:
        if target is not None:
            return rewiring.add_before(self.graph, op, *target, x, y)
        if not sources:
            return edits.add_node(self.graph, op, x, y)
        change = rewiring.add_after(self.graph, op, sources[0], x, y)
        (made,) = change.made()
        further = [patch_of(None, Edge(source, made, port)) for port, source in enumerate(sources) if port]
        return Change(change.name, (*change.patches, *further))

    def add_leaf(self, leaf: TypedLeaf, place: QPointF, target: EdgeKey | None = None) -> None:
        """Add the input or constant that was typed, which feeds this port, as one step, and select it."""
        op, called = leaf.op, {"name": leaf.name, "value": leaf.value}
        change = self._attempt_at(
            place,
            lambda x, y: (
                edits.add_node(self.graph, op, x, y, **called)
                if target is None
                else rewiring.add_before(self.graph, op, *target, x, y, **called)
            ),
        )
        if change is not None:
            self.scene.select(change.made())

    def add_between(self, op: str, key: EdgeKey, place: QPointF) -> None:
        """Put a node in the middle of an edge and select it."""
        change = self._attempt_at(place, lambda x, y: rewiring.add_between(self.graph, op, key, x, y))
        if change is not None:
            self.scene.select(change.made())

    def insert_text(self, text: str, place: QPointF) -> None:
        """Insert a formula's nodes here (their top left) and select them."""
        size = self.scene.card_size
        change = self._attempt_at(place, lambda x, y: fragments.insert_text(self.graph, text, x, y, size))
        if change is not None:
            self.scene.select(change.made())
            self.note_inserted(text, [self.graph.node(i) for i in change.made()])

    def note_inserted(self, text: str, nodes: Sequence[Node], part: Graph | None = None) -> None:
        """Say how the names of a formula were read, from the nodes that it became, here or in a part."""
        if note := inserted_note(text, self.graph, nodes, part):
            self.noted.emit(note)

    def note_text(self, graph: Graph) -> None:
        """Say what a person should know of how a whole text was read, from the graph that it became."""
        if note := whole_text_note(graph, "Graph ▸ Make It an Input or a Constant"):
            self.noted.emit(note)

    # --- the selection
    def select_all(self) -> None:
        """Select every node and edge."""
        self.scene.select_all()

    def delete(self) -> None:
        """Delete what is selected."""
        nodes, edges = self.scene.selected_nodes(), self.scene.selected_edges()
        notes = self.scene.selected_notes()
        if nodes or edges or notes:
            compute = partial(edits.remove, self.graph, nodes, edges, note_ids=notes)
            self.attempt_soon("Delete", compute, len(nodes) + len(edges))

    def rename(self) -> None:
        """Begin to rename the selected node or group, or to write in the selected note, on the canvas."""
        nodes, group, notes = (
            self.scene.selected_nodes(),
            self.selection.now.group,
            self.scene.selected_notes(),
        )
        if group:
            self.canvas.edit_title(group)
        elif len(nodes) == 1:
            self.canvas.edit_name(nodes[0])
        elif len(notes) == 1 and not nodes:
            self.canvas.edit_note(notes[0])

    def set_output(self) -> None:
        """Let the backward pass start from the selected node."""
        nodes = self.scene.selected_nodes()
        if len(nodes) == 1:
            self.make_output(nodes[0])
