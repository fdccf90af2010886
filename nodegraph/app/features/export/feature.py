"""Export: the export dialog, exporting again in place, and copied and dragged pictures.

Makes no picture itself (`canvas.picture` and `canvas.exporters` do) and chooses no file (`filing` asks).
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QGuiApplication

from nodegraph.app.commands.command import Command
from nodegraph.app.document.picture_clipboard import copy_picture
from nodegraph.app.features.export.dialog import ExportDialog
from nodegraph.app.features.export.outbox import Outbox
from nodegraph.app.features.export.presets import Presets
from nodegraph.app.features.export.steps import frame_of
from nodegraph.app.platform import settings
from nodegraph.app.platform.file_filters import filters
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas import figure_record
from nodegraph.canvas.animation.formats import ANIMATIONS
from nodegraph.canvas.drawing.edge_kinds import EdgeStyle
from nodegraph.canvas.exporters import EXPORTERS, exporter_of
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import files

NOT_YET = "Nothing of this document was exported yet; export it once, with Ctrl+E."


@dataclass(frozen=True)
class Exported:
    """What was exported last: where, and what writes it there again."""

    path: Path
    again: Callable[[Path], None]


class ExportFeature(QObject):
    """Pictures of the open graph, at the step that is shown. `animate` opens the dialog of an animation in a
    format, and returns whether it could.
    """

    done = Signal(str)
    refused = Signal(str)
    exported = Signal()
    """A picture was exported, or another document opened: what can be exported again is another."""

    def __init__(self, workspace: Workspace, animate: Callable[[str], bool]) -> None:
        super().__init__(workspace.parent)
        self.document, self.player, self.scene = workspace.document, workspace.player, workspace.scene
        self.filing, self.settings = workspace.files, workspace.settings
        self.appearance, self.animate = workspace.appearance, animate
        self.dialog: ExportDialog | None = None
        self.last: Exported | None = None
        self._outbox = Outbox()
        self.refused.connect(workspace.messages.tell_refusal)
        self.done.connect(workspace.messages.say_for_a_while)
        self.document.replaced.connect(self._forget)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("file.export", "&Export…", self.show_export, ("Ctrl+E",),
                        "Save the graph as a picture or animation that opens again as one", icon="export"),
                Command("file.export_again", "Export A&gain", self.export_again, ("Ctrl+Alt+E",),
                        "Write what was exported last once more, in place",
                        why_not=self.why_not_again),
                Command("file.copy_picture", "&Copy as Picture", self.copy, ("Ctrl+Shift+C",),
                        "Put a picture of the graph on the clipboard"),
                Command("file.copy_svg", "Copy as S&VG", self.copy_svg,
                        tooltip="Put the graph on the clipboard as shapes and text"),
                Command("file.copy_markdown", "Copy as Mar&kdown Image", self.copy_markdown,
                        tooltip="Put a picture on the clipboard as a line of Markdown that holds it"),
            ),
            refresh_on=(self.exported,),
        )  # fmt: skip

    # --- the dialog
    def show_export(self) -> None:
        """Choose a picture, or an animation where that was exported last, and write it."""
        last = self.settings.value(settings.EXPORT_FORMAT)
        if last not in ANIMATIONS or not self.animate(last):
            self.show_figure(last if last in EXPORTERS else next(iter(EXPORTERS)))

    def show_figure(self, suffix: str) -> None:
        """Choose a picture in a format and write it."""
        self.filing.exporting.emit()
        self.player.pause()
        chosen = self.scene.selected_nodes()
        dialog = ExportDialog(
            self.filing.shown(), self.player.frame, chosen, self.options(), Presets(self.settings),
            suffix, self.filing.window,
        )  # fmt: skip
        dialog.animation_wanted.connect(self._animate)
        dialog.export_requested.connect(self._export)
        dialog.copy_requested.connect(self._copy_exported)
        dialog.drag_requested.connect(self._drag)
        dialog.finished.connect(self._remember)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(True)
        self.document.replaced.connect(dialog.reject)  # it shows a graph that is no longer open
        self.dialog = dialog
        dialog.open()

    def options(self) -> PictureOptions:
        """Returns the options of the last figure, with the colours, labels and edges of this window."""
        remembered = figure_record.from_text(self.settings.value(settings.EXPORT_FIGURE))
        found = remembered or PictureOptions()
        wording = self.scene.showing.wording
        return replace(
            found,
            theme="print" if found.theme == "print" else self.scene.theme.name,
            text_scale=self.appearance.picture_scale,
            edges=replace(found.edges, kind=self.scene.edge_layer.style.kind),
            wording=replace(wording, values=found.wording.values, gradients=found.wording.gradients),
        )

    def _remember(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None and not dialog.form.why_not():
            self.settings.set(settings.EXPORT_FIGURE, figure_record.to_text(dialog.form.options()))

    def _animate(self, suffix: str) -> None:
        """Go over to the dialog of an animation, which is like the figure."""
        if self.dialog is not None:
            self.dialog.reject()
        if not self.animate(suffix):
            self.show_figure(next(iter(EXPORTERS)))

    def _forget(self) -> None:
        self.last = None
        self.exported.emit()

    # --- files
    def _export(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        first = dialog.format.currentData()
        kinds = sorted(EXPORTERS.values(), key=lambda exporter: exporter.suffix != first)
        offered = filters((exporter.title, exporter.suffix) for exporter in kinds)
        stem = Path(self.document.file_name).stem
        path = self.filing.ask_save(stem + first, "Export as a Picture", offered, first)
        if path is None:
            return
        try:
            exporter = exporter_of(path.name)
            files.write_whole(path, dialog.written(exporter))
        except (DocumentError, Refused) as error:
            dialog.refuse(f"{path.name}: {error}")
            return
        self.take(exporter.suffix, path, partial(self._again, dialog.options, dialog.step.currentData()))
        dialog.accept()
        self.done.emit(_sentence(f"Exported as {path.name}", exporter.left_out(dialog.graph, dialog.nodes)))

    def take(self, suffix: str, path: Path, again: Callable[[Path], None]) -> None:
        """Remember what was exported as the last format, and as what can be exported again."""
        self.settings.set(settings.EXPORT_FORMAT, suffix)
        self.last = Exported(path, again)
        self.exported.emit()

    def why_not_again(self) -> str:
        """Returns why nothing can be exported again, or ""."""
        return "" if self.last is not None else NOT_YET

    def export_again(self) -> None:
        """Write what was exported last, a picture or an animation, of the graph as it is now."""
        if self.last is None:
            self.refused.emit(NOT_YET)
            return
        self.filing.exporting.emit()
        self.last.again(self.last.path)

    def _again(self, options: PictureOptions, step: str, path: Path) -> None:
        graph, nodes = self.filing.shown(), options.nodes
        if nodes is not None:
            nodes = frozenset(node_id for node_id in nodes if node_id in graph)
        try:
            frame, exporter = frame_of(step, self.player.frame), exporter_of(path.name)
            data = exporter.write(graph, frame, replace(options, nodes=nodes))
            files.write_whole(path, data)
        except (DocumentError, Refused) as error:
            self.refused.emit(f"{path.name}: {error}")
            return
        self.done.emit(_sentence(f"Exported again as {path.name}", exporter.left_out(graph, nodes)))

    # --- the clipboard
    def copy(self) -> None:
        """Put a picture of the selection, or of the whole graph, on the clipboard."""
        self.filing.exporting.emit()
        self._copy(self.filing.shown(), self.player.frame, self._copied_options(), self.refused.emit)

    def copy_svg(self) -> None:
        """Put the same on the clipboard as SVG, which programs take as a picture or as its text."""
        data = self._bytes(".svg")
        if data is not None:
            _hold(".svg", data)
            self.done.emit("Copied as SVG that carries its graph.")

    def copy_markdown(self) -> None:
        """Put the same on the clipboard as an image of Markdown, which holds the whole picture."""
        data = self._bytes(".png")
        if data is not None:
            title = " ".join((self.document.graph.title or "graph").translate(_PLAIN).split())
            picture = base64.b64encode(data).decode()
            QGuiApplication.clipboard().setText(f"![{title}](data:image/png;base64,{picture})")
            self.done.emit("Copied as a Markdown image that carries its graph.")

    def _bytes(self, suffix: str) -> bytes | None:
        """The picture of the selection, or of the whole graph, in a format; None where it cannot be made."""
        self.filing.exporting.emit()
        try:
            return EXPORTERS[suffix].write(self.filing.shown(), self.player.frame, self._copied_options())
        except (DocumentError, Refused) as error:
            self.refused.emit(str(error))
            return None

    def _copied_options(self) -> PictureOptions:
        remembered = self.options()
        return PictureOptions(
            theme=self.scene.theme.name,
            nodes=frozenset(self.scene.selected_nodes()) or None,
            text_scale=self.appearance.picture_scale,
            wording=self.scene.showing.wording,
            edges=EdgeStyle(self.scene.edge_layer.style.kind, remembered.edges.arrowheads),
        )

    def _copy_exported(self) -> None:
        """Put what was chosen on the clipboard: the file's text where it is one, else a picture."""
        dialog = self.dialog
        if dialog is None:
            return
        dialog.tell("Copying…")
        if not dialog.exporter.is_text:
            self._copy(dialog.graph, dialog.frame, dialog.options, dialog.refuse)
            return
        try:
            _hold(dialog.exporter.suffix, dialog.written(dialog.exporter))
        except (DocumentError, Refused) as error:
            dialog.refuse(str(error))
            return
        dialog.tell(f"Copied as {dialog.exporter.title}.")

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
            self.dialog.tell("Copied as a picture.")
        else:
            self.done.emit("Copied as a picture that carries its graph.")

    # --- other programs
    def _drag(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        try:
            held = self.dragged_data(dialog)
        except (DocumentError, Refused) as error:
            dialog.refuse(str(error))
            return
        drag = QDrag(dialog.preview)
        drag.setMimeData(held)
        drag.exec(Qt.DropAction.CopyAction)

    def dragged_data(self, dialog: ExportDialog) -> QMimeData:
        """Returns what another program is given: a file in the format that is chosen, and a picture."""
        exporter = dialog.exporter
        data = dialog.written(exporter)
        try:
            path = self._outbox.folder() / (Path(self.document.file_name).stem + exporter.suffix)
        except OSError as error:
            raise DocumentError(files.sentence_for(error, writing=True)) from None
        files.write_whole(path, data)
        held = QMimeData()
        held.setUrls([QUrl.fromLocalFile(str(path))])
        held.setData("image/png", data if exporter.suffix == ".png" else dialog.written(EXPORTERS[".png"]))
        if exporter.suffix == ".svg":
            held.setData("image/svg+xml", data)
        return held


def _hold(suffix: str, data: bytes) -> None:
    """Put a file that is text on the clipboard; an SVG as a picture too."""
    held = QMimeData()
    if suffix == ".svg":
        held.setData("image/svg+xml", data)
    held.setText(data.decode())
    QGuiApplication.clipboard().setMimeData(held)


def _sentence(done: str, left_out: str) -> str:
    """What was done, and what is missing from it."""
    return f"{done}; {left_out}." if left_out else f"{done}."


_PLAIN = str.maketrans(dict.fromkeys("[]()!\\`<>*_", " "))
"""Signs that would end the words of a Markdown image, or be read as something else in them."""
