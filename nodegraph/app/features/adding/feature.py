"""Adding: the palette at the side, the popup where the hand is, and what each choice would connect. The edits
are made by `Editor`; nothing here paints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, QSizeF

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.selection_needs import SelectionNeeds
from nodegraph.app.document.drafts import Draft
from nodegraph.app.document.pending import TypedFormula
from nodegraph.app.features.adding.canvas_keys import CanvasKeys
from nodegraph.app.features.adding.edge_choice_menu import EdgeChoiceMenu
from nodegraph.app.features.adding.networks import Networks
from nodegraph.app.features.adding.operation_palette import OperationPalette
from nodegraph.app.features.adding.popup import LEAF, NETWORKS, NODE, QuickAdd, Wish
from nodegraph.app.platform import settings
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.scene import hit_test
from nodegraph.core.building import fragments, search
from nodegraph.core.building.typed_leaf import TypedLeaf, typed_leaf
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import listed
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.notation.functions_elsewhere import known_elsewhere
from nodegraph.core.operations.catalogue import OPERATIONS, Operation, similar

GAP_PX = 8
"""Between the pointer and the popup's corner."""
WAY, GAP = 96.0, 32.0
"""Between cards beside and below each other, in scene units."""
EMPTY_NOTE = (
    "Press Tab and type an operation, a formula or “network”,\n"
    "or drag an operation here from the palette (top left)."
)


class AddingFeature(QObject):
    """Every way to add nodes."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.stage)
        self.stage, self.canvas, self.editing = workspace.stage, workspace.canvas, workspace.editor
        self.keys = CanvasKeys(self.canvas)
        self.choosing = EdgeChoiceMenu(self.canvas)
        self.networks = Networks(self.stage, self.editing)
        self.palette = OperationPalette()
        self.popup = QuickAdd(self.stage)
        self.popup.room = self.stage.room
        self.stage.add_search(self.popup)
        self.draft = Draft("search", self)
        self.popup.dropped = self.draft.left()
        self._listen(workspace)

    def _listen(self, workspace: Workspace) -> None:
        canvas, editing = self.canvas, self.editing
        self.popup.search = self.fitting
        self.popup.leaf = self.leaf
        self.popup.is_there = self.is_there
        self.popup.names = lambda text: fragments.names_in_text(self.graph, text)
        self.popup.tell_effect = self.effect
        self.keys.add_wanted.connect(self.open)
        canvas.intents.edge_dropped.connect(self._open_for_dropped)
        self.keys.told.connect(editing.refused)
        self.popup.operation_wanted.connect(self._add)
        self.popup.formula_wanted.connect(self._insert)
        self.popup.leaf_wanted.connect(self._add_leaf)
        self.popup.node_wanted.connect(self._connect)
        self.popup.network_wanted.connect(self.networks.ask)
        self.popup.closed.connect(self._give_focus_back)
        self.popup.draft_changed.connect(self.draft.note)
        canvas.graph_scene.replaced.connect(self.popup.hide)
        self.palette.add_requested.connect(self._add_from_palette)
        self.palette.left.connect(canvas.setFocus)
        workspace.appearance.theme_changed.connect(self.popup.set_theme)
        workspace.document.changed.connect(self._say_emptiness)
        workspace.document.replaced.connect(self._say_emptiness)
        workspace.files.unsaved.add(TypedFormula(self._is_typing_formula), lambda: False)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        keys, networks, needs = self.keys, self.networks, SelectionNeeds(self.editing.selection)
        return Contribution(
            commands=(
                Command("graph.add", "&Add…", self.open, ("Shift+A",),
                        "Search an operation, or type a formula, and add it", icon="add", short="Add",
                        shown_keys="Tab"),
                Command("graph.connect", "&Connect From It", keys.start_connecting, ("C",),
                        "Draw an edge from the selected node by keys: arrows choose, Enter connects",
                        needs.node),
                Command("graph.connect_input", "Connect &To It", keys.start_connecting_input, ("Shift+C",),
                        "Draw an edge to the selected node by keys: arrows choose, Enter connects",
                        needs.node),
                Command("graph.insert", "&Insert on the Edge…", self.open_on_edge, ("I",),
                        "Put an operation in the middle of the selected edge", needs.edge),
                Command("graph.insert_neuron", "&Neuron…", partial(networks.ask, "neuron"),
                        tooltip="Insert a neuron that takes the selected nodes, or new inputs"),
                Command("graph.insert_layer", "&Layer…", partial(networks.ask, "layer"),
                        tooltip="Insert a layer of neurons that take the selected nodes, or new inputs"),
                Command("graph.insert_mlp", "Net&work (MLP)…", partial(networks.ask, "mlp"),
                        tooltip="Insert a multi-layer perceptron, with its loss and random weights"),
            ),
            panels=(
                PanelSpec("palette", "&Palette", lambda: self.palette, "left", ("F9",),
                          "Show or hide the operations",
                          remember=settings.PALETTE_SHOWN, icon="panel_left",
                          first=lambda: self.palette.search,
                          stops=lambda: [self.palette.search, self.palette.list]),
            ),
            closed=self._close,
        )  # fmt: skip

    def _close(self) -> None:
        self.popup.give_up()
        self.draft.write_now()

    def _is_typing_formula(self) -> bool:
        return self.popup.isVisible() and self.popup.holds_formula

    def _say_emptiness(self, _change: object = None) -> None:
        """Say in the middle of an empty canvas how to begin."""
        self.stage.say_empty("" if len(self.graph) else EMPTY_NOTE)

    def _add_from_palette(self, op: str) -> None:
        self.stage.show_canvas()
        with self._reveals_made():
            self.editing.add(op)

    @property
    def graph(self) -> Graph:
        """The open graph."""
        return self.editing.graph

    # --- opening
    def open(self) -> None:
        """Ask what to add: at the pointer, or beside the selection."""
        self.stage.show_canvas()
        self.canvas.cancel_gesture()
        pointed = self.keys.pointed_place()
        place = self.canvas.free_place() if pointed is None else pointed
        pixel = self.keys.pointer or self.canvas.mapFromScene(place)
        self.popup.open_at(self._on_stage(pixel), Wish(place, is_free=pointed is None))

    def _open_for_dropped(self, source: str, target: str, port: int, place: QPointF) -> None:
        self.open_for_edge(place, source=source or None, target=(target, port) if target else None)

    def open_for_edge(
        self, place: QPointF, *, source: str | None = None, target: EdgeKey | None = None
    ) -> None:
        """Ask what the loose end of an edge, dropped at this place of the scene, is to be connected to.

        The new card comes to lie so that its port is where the edge was dropped.
        """
        sides, scale = (geometry.CARD_WIDTH, geometry.CARD_HEIGHT), self.canvas.graph_scene.text_scale
        shape = geometry.shape_with_ports(*sides, 2, self.graph.direction)
        port = (shape.inputs[0] if source else shape.output) * scale
        card = QRectF(0, 0, sides[0] * scale, sides[1] * scale)
        corner = self.canvas.in_view(card.translated(place - port))
        pixel = self._on_stage(self.canvas.mapFromScene(place))
        self.popup.open_at(pixel, Wish(corner, source, target))

    def open_on_edge(self) -> None:
        """Ask which operation is put in the middle of the selected edge."""
        edges = self.canvas.graph_scene.selected_edges()
        if len(edges) == 1:
            points = self.canvas.graph_scene.edge_layer.curve(edges[0])
            middle = geometry.point_on(points, 0.5)
            scale = self.canvas.graph_scene.text_scale
            corner = middle - QPointF(geometry.CARD_WIDTH, geometry.CARD_HEIGHT) / 2 * scale
            place = QPointF(geometry.snapped(corner.x()), geometry.snapped(corner.y()))
            self.popup.open_at(
                self._on_stage(self.canvas.mapFromScene(middle)), Wish(place, between=edges[0])
            )

    def _give_focus_back(self, _by_key: bool) -> None:
        self.canvas.setFocus()

    def _on_stage(self, pixel: QPoint) -> QPoint:
        there = self.canvas.viewport().mapTo(self.stage, pixel)
        return there + QPoint(GAP_PX, GAP_PX)

    # --- what fits, and what it would do
    def fitting(self, text: str, wish: Wish) -> Sequence[Operation]:
        """The operations to offer, best first."""
        if wish.source is not None:
            return search.search(text, search.operations_taking(self.graph, wish.source))
        if wish.target is not None:
            return search.search(text, search.operations_feeding(self.graph, *wish.target))
        if wish.between is not None:
            return [operation for operation in search.search(text) if not operation.is_leaf]
        return search.search(text)

    def leaf(self, text: str, wish: Wish) -> TypedLeaf | None:
        """The input or constant that a text asks for; none where the new node has to take an edge."""
        if wish.source is not None or wish.between is not None:
            return None
        return typed_leaf(text, self.graph)

    def is_there(self, text: str, wish: Wish) -> bool:
        """Whether a text is the name of a node that may feed the port where an edge ends loosely."""
        node = self.graph.named(text.strip())
        if node is None or wish.target is None:
            return False
        return edits.why_not(self.graph, node.id, *wish.target) is None

    def connected(self, op: str, wish: Wish) -> tuple[list[str], EdgeKey | None]:
        """(the nodes it takes, the port it fills): the loose edge, else what is selected and fits."""
        if wish.source is not None:
            return [wish.source], None
        if wish.target is not None:
            return [], wish.target
        chosen = self.canvas.graph_scene.nodes_as_selected()
        operation = OPERATIONS[op]
        if not operation.is_leaf:
            fits = operation.is_variadic or len(chosen) <= operation.least
            return (chosen if fits else []), None
        if len(chosen) == 1 and (port := waiting_port(self.graph, chosen[0])) is not None:
            return [], (chosen[0], port)
        return [], None

    def effect(self, op: str, wish: Wish) -> str:
        """What Enter would do."""
        typed = self.popup.field.text()
        leaf = self.leaf(typed, wish) if op == LEAF else None
        if op == NODE and wish.target is not None:
            return f"Enter connects {typed.strip()} to {self._port_in_words(wish.target)}."
        if op in NETWORKS:
            return "Enter asks how large it is to be."
        title = OPERATIONS[op].title if leaf is None else leaf.words
        op = op if leaf is None else leaf.op
        if wish.between is not None:
            return f"Enter puts {title} on the edge."
        sources, target = self.connected(op, wish)
        if sources:
            names = [self.graph.node(source).name for source in sources]
            return f"Enter adds {title} of {listed(names)}."
        name = "" if leaf is None else leaf.name
        place = "" if target is None else f" as {self._port_in_words(target)}"
        near = similar(name) if name and target is None else ""
        said = known_elsewhere(name) or (f"Did you mean {OPERATIONS[near].title}?" if near else "")
        return f"Enter adds {title}{place}. {said}".rstrip()

    def _port_in_words(self, target: EdgeKey) -> str:
        return f"input {target[1] + 1} of {self.graph.node(target[0]).name}"

    # --- doing it
    def _add(self, op: str, wish: Wish) -> None:
        if wish.between is not None:
            self.editing.add_between(op, wish.between, wish.place)
            return
        sources, target = self.connected(op, wish)
        place = self._beside(op, wish.place, target) if wish.is_free else wish.place
        with self._reveals_made(wish):
            self.editing.add_connected(op, place, sources, target)

    @contextmanager
    def _reveals_made(self, wish: Wish | None = None) -> Iterator[None]:
        """Bring into view what is made and selected meanwhile; what lies where the mouse wished is there, and
        the view stays put.
        """
        scene = self.canvas.graph_scene
        before = scene.selected_nodes()
        yield
        made = scene.selected_nodes()
        if not made or made == before:
            return
        if wish is None or wish.is_free or scene.card_of(made[0]).topLeft() != wish.place:
            self.canvas.reveal(*made)

    def _add_leaf(self, leaf: TypedLeaf, wish: Wish) -> None:
        _sources, target = self.connected(leaf.op, wish)
        place = self._beside(leaf.op, wish.place, target) if wish.is_free else wish.place
        with self._reveals_made(wish):
            self.editing.add_leaf(leaf, place, target)

    def _connect(self, name: str, wish: Wish) -> None:
        node = self.graph.named(name)
        if node is not None and wish.target is not None:
            source, target = node.id, wish.target
            self.editing.attempt(lambda: edits.connect(self.graph, source, *target))

    def _insert(self, text: str, wish: Wish) -> None:
        was_empty = not len(self.graph)
        with self._reveals_made():
            self.editing.insert_text(text, wish.place)
        if was_empty:
            self.canvas.fit()

    def _beside(self, op: str, place: QPointF, target: EdgeKey | None) -> QPointF:
        """Where a card goes that the keys asked for: one that feeds a node lies before it, one that stands
        alone beside what is selected, any other where it was proposed.
        """
        scene, turned = self.canvas.graph_scene, self.graph.direction.turned
        chosen = scene.selected_nodes()
        size = QSizeF(geometry.CARD_WIDTH, geometry.CARD_HEIGHT) * scene.text_scale
        along, across = turned(size.toTuple())
        if target is not None:
            card = scene.items_by_id[target[0]].card
            place = card.topLeft() + QPointF(*turned((-along - WAY, target[1] * (across + GAP))))
        elif OPERATIONS[op].is_leaf and chosen:
            card = scene.graph_rect(chosen)
            beside = turned(card.size().toTuple())[1] + GAP
            place = card.topLeft() + QPointF(*turned((0.0, beside)))
        place = hit_test.free_place(scene, QRectF(place, size), GAP)
        return QPointF(geometry.snapped(place.x()), geometry.snapped(place.y()))


def waiting_port(graph: Graph, node_id: str) -> int | None:
    """The first port that needs an edge for the node to run."""
    operation = edits.operation_of(graph, node_id)
    port = edits.free_port(graph, node_id)
    return port if operation is not None and port is not None and port < operation.least else None
