"""The page on which an input is moved by hand, made apart from it: a plot takes a moment to load."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nodegraph.app.platform import lazy_plotting
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace


class Sensitivity:
    """The page, whose values are edits like all others."""

    def __init__(self, workspace: Workspace) -> None:
        self.editor = workspace.editor
        self.names = workspace.scene.showing.name_in_text

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        panel = PanelSpec(
            "sensitivity", "Sensiti&vity", self.make_page, keys=("Ctrl+Shift+F11",),
            load=lazy_plotting.when_ready,
            tooltip="Move an input by hand, and see the output beside the line its gradient predicts",
        )  # fmt: skip
        return Contribution(panels=(panel,))

    def make_page(self) -> QWidget:
        """Returns the page."""
        from nodegraph.app.features.analysis.sensitivity_page import SensitivityPage

        page = SensitivityPage()
        page.set_names(self.names)
        page.value_wanted.connect(self.editor.set_value)
        return page
