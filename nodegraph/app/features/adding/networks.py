"""Networking: asks for the shape of a neuron, a layer or an MLP and puts it into the open graph, fed by what
is selected. How it is made, `core.networks` knows; how it is asked, the dialog.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from nodegraph.app.document.editor import Editor
from nodegraph.app.features.adding.network_dialog import Kind, NetworkDialog
from nodegraph.app.workspace.stage import Stage
from nodegraph.core.building import networks
from nodegraph.core.graph.changes import Change


class Networks(QObject):
    """The slots of Graph ▸ Insert."""

    def __init__(self, stage: Stage, editing: Editor) -> None:
        super().__init__(stage)
        self.stage = stage
        self.editing = editing
        self.dialog: NetworkDialog | None = None

    def ask(self, kind: Kind) -> None:
        """Ask for a neuron, a layer or an MLP."""
        self.stage.show_canvas()
        self.editing.canvas.cancel_gesture()
        graph = self.editing.graph
        feeding = networks.ends(graph, self.editing.scene.nodes_as_selected()) if kind != "mlp" else []
        self.dialog = NetworkDialog(kind, graph, feeding, self.stage.window())
        self.dialog.made.connect(self.insert_mlp if kind == "mlp" else self.insert_neurons)
        # What it would insert is reckoned for this graph: another one leaves nothing to insert it into.
        self.editing.document.replaced.connect(self.dialog.reject)
        self.dialog.open()

    def insert_mlp(self, change: Change) -> None:
        """Make the change, bring what it made into view and select it."""
        self.editing.make(change, partial(self._show, change, change.made()))

    def insert_neurons(self, change: Change) -> None:
        """The same, but select only the neurons, so that the next layer takes them and not their inputs."""
        groups = [patch.after for patch in change.patches if patch.kind == "group"]
        neurons = [member for group in groups for member in group.nodes]
        self.editing.make(change, partial(self._show, change, neurons))

    def _show(self, change: Change, chosen: Sequence[str]) -> None:
        self.editing.done.emit()
        scene, canvas = self.editing.scene, self.editing.canvas
        scene.select(change.made())
        canvas.fit_selection()
        scene.select(chosen)
        canvas.setFocus()
