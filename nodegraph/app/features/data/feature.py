"""The document's data in the window: generated, looked at and made ready. Reads no file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from nodegraph.app.commands.command import Command
from nodegraph.app.features.data.generate_dialog import GenerateDialog
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.training.measures import takes_signs
from nodegraph.core.training.tables import Table


class DataFeature(QObject):
    """What can be done with the data. `take` makes a table the document's own, and tells of it."""

    def __init__(self, workspace: Workspace, take: Callable[..., object]) -> None:
        super().__init__(workspace.parent)
        self.workspace, self.take = workspace, take
        self.dialog: GenerateDialog | None = None

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(commands=(
            Command("train.generate_data", "&Generate Data…", self.ask_data,
                    tooltip="Make a table to train on: moons, circles, spirals, and more, from a seed",
                    short="Generate…"),
        ))  # fmt: skip

    def ask_data(self) -> None:
        """Ask for a kind of data, and take it."""
        signed = takes_signs(self.workspace.document.graph)
        theme, window = self.workspace.appearance.theme, self.workspace.stage.window()
        self.dialog = GenerateDialog(theme, window, signed=signed)
        self.dialog.made.connect(self._take)
        self.workspace.document.replaced.connect(self.dialog.reject)
        self.dialog.open()

    def _take(self, table: Table) -> None:
        self.take(table, name="Generate data", done="Generated")
