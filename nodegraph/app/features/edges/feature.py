"""The commands about one edge: go to it by keys, to its ends and its step, and let it run elsewhere. Asks for
edits as the hand does; makes none itself.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.selection_needs import SelectionNeeds
from nodegraph.app.platform import announcer
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.gestures.key_reroute import KeyReroute
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.edge_explanation import why_nothing
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey

NO_EDGE = "There is no edge yet."
NOT_YET = "Not while you predict: that step is yours to predict first."
DERIVATION = "derivation"


class EdgesFeature(QObject):
    """What menus and keys do with the selected edge."""

    possible_changed = Signal()
    """A learner predicts and has come further, so a step that lay ahead may lie behind."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.workspace = workspace
        self.scene, self.canvas, self.player = workspace.scene, workspace.canvas, workspace.player
        self.needs = SelectionNeeds(workspace.editor.selection)
        self.player.frame_changed.connect(self._follow_frame)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(*self._walking(), *self._rerouting(), *self._explaining()),
            refresh_on=(self.player.trace_changed, self.possible_changed),
        )

    def _walking(self) -> tuple[Command, ...]:
        return (
            Command("edit.next_edge", "Next &Edge", self.next_edge, ("E",),
                    "Select an edge of the selected node, or the next edge", self.why_no_edge),
            Command("edit.previous_edge", "Previous Edge", self.previous_edge, ("Shift+E",),
                    "Select the edge before", self.why_no_edge),
            Command("edit.go_to_source", "&Go to Its Source", self.go_to_source,
                    tooltip="Select the node that the selected edge comes from", why_not=self.needs.edge),
            Command("edit.go_to_target", "Go to Its Target", self.go_to_target,
                    tooltip="Select the node that the selected edge leads to", why_not=self.needs.edge),
        )  # fmt: skip

    def _rerouting(self) -> tuple[Command, ...]:
        return (
            Command("graph.reroute_from", "Let the Edge Start Else&where", self.reroute_from, ("Shift+X",),
                    "Choose another node that feeds the same input: arrows choose, Enter connects",
                    self.needs.edge),
            Command("graph.reroute_to", "Let the Edge En&d Elsewhere", self.reroute_to, ("X",),
                    "Choose another input that the same node feeds: arrows choose, Enter connects",
                    self.needs.edge),
        )  # fmt: skip

    def _explaining(self) -> tuple[Command, ...]:
        return (
            Command("pass.to_edge", "To the Step of the E&dge", self.go_to_step, ("J",),
                    "Go to the step in which the selected edge carries", self.why_no_step),
            Command("view.derive_edge", "Derive the Selected Edge", self.derive,
                    tooltip="Write out the mathematics of the step in which the selected edge carries",
                    why_not=self.why_no_derivation),
        )  # fmt: skip

    @property
    def graph(self) -> Graph:
        """The open graph."""
        return self.workspace.document.graph

    def _edge(self) -> Edge | None:
        """The one edge that is selected."""
        edges = self.scene.selected_edges()
        return self.graph.edge(edges[0]) if len(edges) == 1 else None

    def _follow_frame(self, frame: Frame, _duration_ms: int) -> None:
        """Refresh the commands after a step of predict mode: elsewhere that would slow playing down."""
        if frame.guarded:
            self.possible_changed.emit()

    # --- why not
    def why_no_edge(self) -> str:
        """Returns why no edge can be selected, or ""."""
        return "" if self.scene.edge_layer.rows.keys else NO_EDGE

    def why_no_step(self) -> str:
        """Returns why there is no step of the selected edge to go to, or ""."""
        edge = self._edge()
        if edge is None or self.needs.edge():
            return self.needs.edge()
        return why_nothing(self.player.trace, self.graph, edge.key) or self._why_not_ahead(edge.key)

    def why_no_derivation(self) -> str:
        """Returns why the selected edge cannot be derived now, or ""."""
        return self.why_no_step() or self.workspace.dock.why_not()

    def _why_not_ahead(self, key: EdgeKey) -> str:
        return NOT_YET if self.player.guarded and self._step_of(key) > self.player.cursor else ""

    def _step_of(self, key: EdgeKey) -> int:
        number = self.player.trace.edge_number.get(key)
        return 0 if number is None else int(self.player.trace.edge_step[number])

    # --- going
    def next_edge(self) -> None:
        """Select the first edge of the selected node, or the edge after the selected one."""
        self._walk(1)

    def previous_edge(self) -> None:
        """Select the last edge of the selected node, or the edge before the selected one."""
        self._walk(-1)

    def _walk(self, way: int) -> None:
        shown = self.scene.edge_layer.rows.number
        edges = [e.key for node in self.graph.nodes() for e in self.graph.edges_into(node.id)]
        edges = [key for key in edges if key in shown]
        chosen, nodes = self.scene.selected_edges(), self.scene.selected_nodes()
        own = [] if not nodes else self._edges_at(nodes[0], edges)
        if not edges:
            return
        if len(chosen) == 1 and not nodes:
            self.select(edges[(edges.index(chosen[0]) + way) % len(edges)])
        else:
            self.select((own or edges)[0 if way > 0 else -1])

    def _edges_at(self, node_id: str, shown: list[EdgeKey]) -> list[EdgeKey]:
        """Those of the shown edges that end at a node, then those that start there."""
        at = [*self.graph.edges_into(node_id), *self.graph.edges_from(node_id)]
        return [edge.key for edge in at if edge.key in set(shown)]

    def select(self, key: EdgeKey) -> None:
        """Select an edge and bring its ends into view."""
        edge = self.graph.edge(key)
        self.workspace.stage.show_canvas()
        self.scene.select(edges=[key])
        if edge is not None:
            self.canvas.reveal(edge.source, edge.target)

    def go_to_source(self) -> None:
        """Select the node that the selected edge comes from."""
        edge = self._edge()
        if edge is not None:
            self._go_to(edge.source)

    def go_to_target(self) -> None:
        """Select the node that the selected edge leads to."""
        edge = self._edge()
        if edge is not None:
            self._go_to(edge.target)

    def _go_to(self, node_id: str) -> None:
        self.scene.select([node_id])
        self.canvas.reveal(node_id)

    def go_to_step(self) -> None:
        """Go to the step in which the selected edge carries."""
        edge = self._edge()
        if edge is not None and not self.why_no_step():
            self.player.pause()
            self.player.seek(self._step_of(edge.key))

    def derive(self) -> None:
        """Go to that step, and open the page that derives it."""
        self.go_to_step()
        self.workspace.dock.show_panel(DERIVATION)

    # --- elsewhere
    def reroute_from(self) -> None:
        """Let the selected edge start at another node, which keys or the mouse choose."""
        self._reroute(at_target=False)

    def reroute_to(self) -> None:
        """Let the selected edge end at another input."""
        self._reroute(at_target=True)

    def _reroute(self, *, at_target: bool) -> None:
        edge = self._edge()
        if edge is None:
            return
        self.workspace.stage.show_canvas()
        gesture = KeyReroute(self.canvas, edge, at_target=at_target)
        if not gesture.aims:
            gesture.cancel()
            source, target = (self.graph.node(end).name for end in (edge.source, edge.target))
            what = f"input that {source} could feed" if at_target else f"node that could feed {target} there"
            self.workspace.editor.refused.emit(f"There is no other {what}.")
            return
        self.canvas.setFocus()
        self.canvas.begin(gesture)
        announcer.announce(self.canvas, gesture.sentence())
