"""Which way derivatives run: back from the output, or forward from an input that a person chose."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.selection_needs import SelectionNeeds
from nodegraph.app.features.analysis.cost_page import CostPage
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace


class DerivativeMode(QObject):
    """The two modes, for the menu and for the page that compares their cost."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.player, self.scene = workspace.player, workspace.scene
        self.needs = SelectionNeeds(workspace.editor.selection)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("pass.forward_mode", "Forward &Mode From It", self.forward, ("Shift+W",),
                        "Let derivatives by the selected input run forward, to every node that depends on it",
                        self.needs.input),
                Command("pass.reverse_mode", "&Reverse Mode", self.reverse, ("Shift+R",),
                        "Let derivatives run back from the output again", self._why_no_reverse),
            ),
            panels=(
                PanelSpec("cost", "Wh&y Backward?", self.make_page, keys=("Ctrl+F11",),
                          tooltip="What this graph's gradients cost by each way to find them, and forward "
                          "mode"),
            ),
        )  # fmt: skip

    def _why_no_reverse(self) -> str:
        return "" if self.player.mode == "forward" else "Derivatives run back from the output already."

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
