"""Export: the export dialog and the copied picture.

Makes no picture itself (`canvas.picture` does) and chooses no file (`filing` asks).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from nodegraph.app.commands.command import Command
from nodegraph.app.document.picture_clipboard import copy_picture
from nodegraph.app.features.export.dialog import ExportDialog
from nodegraph.app.platform import settings
from nodegraph.app.platform.file_filters import filters
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.drawing.edge_kinds import EdgeStyle
from nodegraph.canvas.exporters import EXPORTERS, exporter_of
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import files


class ExportFeature(QObject):
    """Pictures of the open graph, at the step that is shown."""

    done = Signal(str)
    refused = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.document, self.player, self.scene = workspace.document, workspace.player, workspace.scene
        self.filing, self.settings = workspace.files, workspace.settings
        self.appearance = workspace.appearance
        self.dialog: ExportDialog | None = None
        self.refused.connect(workspace.messages.tell_refusal)
        self.done.connect(workspace.messages.say_for_a_while)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("file.export", "&Export…", self.show_export, ("Ctrl+E",),
                        "Save the graph as a picture that opens again as a graph", icon="export"),
                Command("file.copy_picture", "&Copy as Picture", self.copy, ("Ctrl+Shift+C",),
                        "Put a picture of the graph on the clipboard"),
            ),
        )  # fmt: skip

    def show_export(self) -> None:
        """Choose a picture and write it."""
        self.filing.saving.emit()  # it carries the graph that it shows
        self.player.pause()
        chosen, theme = self.scene.selected_nodes(), self.scene.theme
        dialog = ExportDialog(
            self.document.graph, self.player.frame, chosen, theme, self.filing.window,
            self.scene.showing.wording,
        )  # fmt: skip
        dialog.text_scale = self.appearance.picture_scale
        dialog.scale.setValue(self.settings.value(settings.EXPORT_SCALE))
        dialog.margin.setValue(self.settings.value(settings.EXPORT_MARGIN))
        dialog.transparent.setChecked(self.settings.value(settings.EXPORT_TRANSPARENT))
        dialog.arrowheads.setChecked(self.settings.value(settings.EXPORT_ARROWHEADS))
        dialog.kind.setCurrentIndex(dialog.kind.findData(self.scene.edge_layer.style.kind))
        dialog.export_requested.connect(self._export)
        dialog.copy_requested.connect(self._copy_exported)
        dialog.finished.connect(self._remember)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(True)
        self.document.replaced.connect(dialog.reject)  # it shows a graph that is no longer open
        self.dialog = dialog
        dialog.open()

    def copy(self) -> None:
        """Put a picture of the selection, or of the whole graph, on the clipboard."""
        self.filing.saving.emit()
        chosen = frozenset(self.scene.selected_nodes()) or None
        scale = self.appearance.picture_scale
        kind = self.scene.edge_layer.style.kind
        options = PictureOptions(
            theme=self.scene.theme.name, nodes=chosen, text_scale=scale, wording=self.scene.showing.wording,
            edges=EdgeStyle(kind, self.settings.value(settings.EXPORT_ARROWHEADS)),
        )  # fmt: skip
        self._copy(self.document.graph, self.player.frame, options, self.refused.emit)

    def _remember(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            self.settings.set(settings.EXPORT_SCALE, dialog.scale.value())
            self.settings.set(settings.EXPORT_MARGIN, dialog.margin.value())
            self.settings.set(settings.EXPORT_TRANSPARENT, dialog.transparent.isChecked())
            self.settings.set(settings.EXPORT_ARROWHEADS, dialog.arrowheads.isChecked())

    def _export(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        first, stem = next(iter(EXPORTERS)), Path(self.document.file_name).stem
        kinds = filters((exporter.title, suffix) for suffix, exporter in EXPORTERS.items())
        path = self.filing.ask_save(stem + first, "Export as a Picture", kinds, first)
        if path is None:
            return
        try:
            files.write_whole(path, dialog.written(exporter_of(path.name)))
        except (DocumentError, Refused) as error:
            dialog.refuse(f"{path.name}: {error}")
            return
        dialog.accept()
        self.done.emit(f"Exported as {path.name}.")

    def _copy_exported(self) -> None:
        dialog = self.dialog
        if dialog is not None:
            dialog.tell("Copying…")
            self._copy(dialog.graph, dialog.frame, dialog.options, dialog.refuse)

    def _copy(
        self, graph: Graph, frame: Frame, options: PictureOptions, refuse: Callable[[str], None]
    ) -> None:
        try:
            copied = copy_picture(graph, frame, options)
        except Refused as refusal:
            refuse(str(refusal))
            return
        copied.arrived.connect(self._tell_copied)
        copied.failed.connect(refuse)

    def _tell_copied(self) -> None:
        if self.dialog is not None:
            self.dialog.tell("Copied.")
        else:
            self.done.emit("Copied as a picture that carries its graph.")
