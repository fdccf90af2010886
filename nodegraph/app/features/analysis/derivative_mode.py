"""Which way derivatives run: back from the output, or forward from an input that a person chose."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nodegraph.app.features.analysis.cost_page import CostPage
from nodegraph.app.playback.player import Player
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace


class Modes(QObject):
    """The two modes, for the menu and for the page that compares their cost."""

    def __init__(self, player: Player, scene: GraphScene, parent: QObject) -> None:
        super().__init__(parent)
        self.player, self.scene = player, scene

    def forward(self) -> None:
        """Forward mode by the selected input, from where the derivatives begin."""
        graph = self.player.document.graph
        chosen = [node_id for node_id in self.scene.selected_nodes() if graph.node(node_id).op == "input"]
        if chosen:
            self._set("forward", chosen[0])

    def reverse(self) -> None:
        """The backward pass again."""
        self._set("reverse", "")

    def make_page(self) -> CostPage:
        """The page that says what each way costs."""
        page = CostPage(self._reverse_trace)
        page.mode_wanted.connect(self._set)
        return page

    def _reverse_trace(self) -> Trace:
        return run(self.player.document.graph)

    def _set(self, mode: str, source: str) -> None:
        if mode == "forward":
            self.player.set_mode("forward", source)
        else:
            self.player.set_mode("reverse")
        self.player.seek(min(self.player.cursor, self.player.trace.forward_steps))
