"""Keeps the outline in step with canvas, player and document, and says each step to assistive technology."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from nodegraph.app.features.outline.model import OutlineModel
from nodegraph.app.features.outline.panel import Outline
from nodegraph.app.platform import announcer
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.view import accessibility
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import Refused
from nodegraph.core.explain.edge_explanation import spoken_bend, spoken_bends, spoken_edge, spoken_load
from nodegraph.core.explain.typed_value import read_value
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.records import EdgeKey

SLOWEST_SAID_MS = 900
"""While playing, steps that last shorter than this go by unsaid; a voice could not keep up."""


class OutlineFeature(QObject):
    """The outline's place in the program."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.canvas)
        accessibility.install()
        player = self.player = workspace.player
        canvas = self.canvas = workspace.canvas
        editing = self.editing = workspace.editor
        self.scene, self.dock = workspace.scene, workspace.dock
        self.model = OutlineModel(player.trace, self)
        self.panel = Outline(self.model)
        self.model.is_watched, self.model.is_refused = self._is_watched, self._is_refused
        self._said = player.cursor
        player.trace_changed.connect(self.model.set_trace)
        player.frame_changed.connect(self.model.set_frame)
        player.frame_told.connect(self._say_frame)
        self.scene.selection_changed.connect(self._follow_selection)
        self.panel.selection_wanted.connect(self._select)
        self.panel.delete_wanted.connect(editing.delete)
        self.panel.left.connect(canvas.setFocus)
        editing.document.changed.connect(self._follow_bends)
        canvas.intents.bend_chosen.connect(self._say_bend)
        self.model.value_offered.connect(self._set_value)
        self.model.name_offered.connect(editing.rename_node)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        panel = PanelSpec(
            "outline", "O&utline", lambda: self.panel, keys=("F11",),
            tooltip="Show or hide the table of nodes in execution order",
        )  # fmt: skip
        return Contribution(panels=(panel,), started=self._be_found)

    def _be_found(self) -> None:
        """Let a screen reader find the table also while it is not shown: the canvas is a picture to it."""
        self.dock.page("outline")

    def _is_watched(self) -> bool:
        """Whether the table is to be seen, or may be read by a screen reader."""
        return self.panel.isVisible() or QAccessible.isActive()

    # --- following
    def _say_frame(self, frame: Frame, _duration_ms: int) -> None:
        if frame.position == self._said:
            return
        self._said = frame.position
        last = frame.position == len(frame.trace.steps)
        if last or not self.player.is_playing or self.player.step_ms >= SLOWEST_SAID_MS:
            announcer.announce(self.canvas, " ".join(self.player.told(frame)))

    def _follow_selection(self) -> None:
        if self.canvas.hasFocus():
            self._say_selection()

    def _say_selection(self) -> None:
        """The canvas is a picture to assistive technology: say the node one has come to."""
        nodes, edges = self.scene.selected_nodes(), self.scene.selected_edges()
        if len(nodes) == 1 and nodes[0] in self.model.frame.trace.nodes:
            announcer.announce(self.canvas, self.model.sentence(nodes[0]))
        elif len(edges) == 1 and not nodes:
            frame = self.player.frame
            edge = spoken_edge(self.scene.graph, edges[0])
            announcer.announce(self.canvas, f"{edge}, {spoken_load(frame, edges[0])}")
        elif nodes or edges:
            announcer.announce(self.canvas, f"{len(nodes)} nodes and {len(edges)} edges selected")

    def _follow_bends(self, change: Change) -> None:
        """Say what a change has done to bends, where that is all that it has done."""
        if change.is_structural:
            return
        led = [patch for patch in change.of("edge") if patch.before and patch.after]
        if not led or len(led) < len(change.patches):
            return
        if any(replace(patch.before, via=patch.after.via) != patch.after for patch in led):
            return
        if len(led) == 1:
            sentence = spoken_bends(self.scene.graph, led[0].before, led[0].after)
        else:
            sentence = f"The bends of {len(led)} edges have changed"
        announcer.announce(self.canvas, sentence)

    def _say_bend(self, key: EdgeKey, number: int) -> None:
        edge = self.scene.graph.edge(key)
        if edge is not None and number < len(edge.via):
            announcer.announce(self.canvas, spoken_bend(edge, number))

    # --- what is wanted
    def _select(self, node_ids: list[str], current: str) -> None:
        self.scene.select(node_ids)
        if current in self.scene.items_by_id:
            self.canvas.reveal(current)

    def _is_refused(self, node_id: str, text: str, as_value: bool) -> bool:
        graph = self.editing.graph
        try:
            if as_value:
                edits.set_value(graph, node_id, read_value(text))
            else:
                edits.rename(graph, node_id, text)
        except Refused:
            return True
        return False

    def _set_value(self, node_id: str, text: str) -> None:
        try:
            value = read_value(text)
        except Refused as refusal:
            self.editing.refused.emit(str(refusal))
            return
        self.editing.set_value(node_id, value)
