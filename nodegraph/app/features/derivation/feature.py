"""The derivation's place in the program: keeps its panel in step with the canvas, copies it, and writes the
sheet of the whole graph to a file. Derives nothing itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from nodegraph.app.commands.command import Command
from nodegraph.app.platform.background_tasks import Aside, Task
from nodegraph.app.platform.file_filters import filters
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.errors import DocumentError
from nodegraph.core.explain import derivation_sheet
from nodegraph.core.graph.records import EdgeKey
from nodegraph.formats import files

if TYPE_CHECKING:
    from nodegraph.app.features.derivation.panel import DerivationPanel


class DerivationFeature(QObject):
    """The derivation panel of one window."""

    failed = Signal(str)
    done = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.canvas)
        self.player, self.canvas, self.scene = workspace.player, workspace.canvas, workspace.scene
        self.filing = workspace.files
        self.panel: DerivationPanel | None = None
        workspace.messages.report(self.failed, self.done)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        export = Command(
            "file.export_derivation", "Export &Derivation…", self.export,
            tooltip="Write the derivation of the whole graph as Markdown, LaTeX, a web page or text",
        )  # fmt: skip
        panel = PanelSpec(
            "derivation", "&Derivation", self.make_panel, keys=("Shift+F11",),
            tooltip="Write out the mathematics of the step, or of the selected node",
        )  # fmt: skip
        return Contribution(commands=(export,), panels=(panel,))

    def make_panel(self) -> DerivationPanel:
        """The panel, made when it is first looked at."""
        from nodegraph.app.features.derivation.panel import DerivationPanel
        from nodegraph.app.widgets.typeset import Typesetter

        panel = self.panel = DerivationPanel(Typesetter(self))
        for text in (panel.title, panel.note):
            text.names = self.scene.showing.name_in_text
        panel.pointed.connect(self.scene.showing.light)
        panel.chosen.connect(self._go_to)
        panel.latex_wanted.connect(self.copy_latex)
        panel.text_wanted.connect(self.copy_text)
        panel.export_wanted.connect(self.export)
        self.canvas.edge_hovered.connect(self._light_terms)
        return panel

    def _light_terms(self, key: EdgeKey | None) -> None:
        """The pointer on an edge of the canvas lights its terms."""
        if self.panel is not None and self.panel.isVisible():
            self.panel.light(() if key is None else (key,))

    def _go_to(self, key: EdgeKey) -> None:
        """Select the edge of a term, and go to the step in which it carries; but never ahead
        while a learner predicts.
        """
        number = self.player.trace.edge_number.get(key)
        step = 0 if number is None else int(self.player.trace.edge_step[number])
        self.scene.select(edges=[key])
        if step and (not self.player.guarded or step <= self.player.cursor):
            self.player.pause()
            self.player.seek(step)

    # --- out
    def copy_latex(self) -> None:
        """Put what the panel shows on the clipboard, for a LaTeX document."""
        if self.panel is not None:
            QGuiApplication.clipboard().setText(derivation_sheet.as_latex(self.panel.derivation))
            self.done.emit("Copied as LaTeX, for a document that uses amsmath.")

    def copy_text(self) -> None:
        """Put what the panel shows on the clipboard as plain text."""
        if self.panel is not None:
            QGuiApplication.clipboard().setText(derivation_sheet.as_text(self.panel.derivation))
            self.done.emit("Copied as text.")

    def export(self) -> None:
        """Ask for a file, and write the derivation of the whole graph there."""
        self.player.pause()
        name = Path(self.filing.document.file_name).stem + derivation_sheet.SUFFIXES["markdown"]
        kinds = filters(
            (derivation_sheet.TITLES[kind], suffix) for kind, suffix in derivation_sheet.SUFFIXES.items()
        )
        path = self.filing.ask_save(
            name, "Export the Derivation", kinds, derivation_sheet.SUFFIXES["markdown"]
        )
        if path is None:
            return
        kind = derivation_sheet.format_of(path.name)
        if kind is None:
            self.failed.emit(f"{path.name}: let its name end in .md, .tex, .html or .txt.")
        elif not self.filing.tasks.is_running:
            self.filing.tasks.begin(f"Exporting {path.name}", self._exporting(path, kind))

    def _exporting(self, path: Path, kind: str) -> Task:
        """The document stays as it is while this runs: the window takes nothing but its Stop."""
        graph, trace = self.filing.document.graph, self.player.trace
        yield 0.0
        text = yield Aside(lambda: derivation_sheet.write_sheet(graph, trace, kind))
        try:
            files.write_whole(path, text.encode())
        except DocumentError as error:
            self.failed.emit(f"{path.name}: {error}")
            return
        self.done.emit(f"Exported as {path.name}.")
