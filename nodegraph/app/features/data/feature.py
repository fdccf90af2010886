"""The document's data in the window: generated, looked at, made ready and saved. Reads no file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from nodegraph.app.commands.command import Command
from nodegraph.app.features.data.cells import as_text
from nodegraph.app.features.data.page import DataPage
from nodegraph.app.platform.background_tasks import Aside, Task
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.data import steps
from nodegraph.core.data.steps import NO_DATA, Step
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import table_of
from nodegraph.core.training.measures import takes_signs
from nodegraph.core.training.tables import Table, size_of
from nodegraph.formats import files

if TYPE_CHECKING:
    from nodegraph.app.features.data.generate_dialog import GenerateDialog

PAGE = "data"
SAVE_FILTER = "Tables (*.csv)"
MOST_COPIED_AT_ONCE = 20_000
"""Cells; more are written as text in another thread."""
ONE_COLUMN = "Choose one column in the list of the Data panel first."


class DataFeature(QObject):
    """What can be done with the data. `take` makes a table the document's own, and tells of it."""

    failed = Signal(str)
    done = Signal(str)
    """A sentence about what was done."""
    possible_changed = Signal()
    """Other columns are chosen."""

    def __init__(self, workspace: Workspace, take: Callable[..., object]) -> None:
        super().__init__(workspace.parent)
        self.workspace, self.take = workspace, take
        self.editing = workspace.editor
        self.dialog: GenerateDialog | None = None
        self.page: DataPage | None = None
        workspace.messages.report(self.failed, self.done)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        panel = PanelSpec(
            PAGE, "Data", self.make_page, keys=("Ctrl+F10",),
            tooltip="The data row by row, sorted as you like, and what each column holds",
        )  # fmt: skip
        return Contribution(
            commands=(self._generating(), *self._preparing(), self._keeping()),
            panels=(panel,),
            refresh_on=(self.possible_changed,),
        )

    def _generating(self) -> Command:
        return Command(
            "train.generate_data", "&Generate Data…", self.ask_data,
            tooltip="Make a table to train on: moons, circles, spirals …, from a seed", short="Generate…",
        )  # fmt: skip

    def _preparing(self) -> tuple[Command, ...]:
        return (
            Command("train.standardise", "Stan&dardise", self.standardise,
                    tooltip="Give the chosen columns, or all that hold no classes, mean 0 and deviation 1",
                    why_not=self._why_not_data),
            Command("train.one_hot", "One-Hot", self.one_hot,
                    tooltip="Put a column of 0 and 1 for each number of the chosen column in its place",
                    why_not=self._why_not_one),
            Command("train.leave_gaps_out", "Lea&ve Rows with Gaps Out", self.leave_gaps_out,
                    tooltip="Take the rows with a missing cell away", why_not=self._why_no_gaps,
                    short="Leave Gaps Out"),
            Command("train.shuffle_rows", "Sh&uffle the Rows", self.shuffle,
                    tooltip="Put the rows into a random order, that of the seed in the Data panel",
                    why_not=self._why_not_data, short="Shuffle"),
        )  # fmt: skip

    def _keeping(self) -> Command:
        return Command(
            "train.save_data", "Save Data as CSV…", self.save,
            tooltip="Write the data, as they are now, to a file", why_not=self._why_not_data,
        )  # fmt: skip

    # --- why not
    @property
    def _table(self) -> Table | None:
        return table_of(self.workspace.document.graph)

    def _why_not_data(self) -> str:
        return "" if self._table is not None else NO_DATA

    def _why_not_one(self) -> str:
        if self._table is None:
            return NO_DATA
        return "" if len(self._chosen()) == 1 else ONE_COLUMN

    def _why_no_gaps(self) -> str:
        table = self._table
        if table is None:
            return NO_DATA
        return "" if table.has_gaps else "No cell is missing."

    def _chosen(self) -> list[str]:
        """The columns that are chosen in the panel."""
        return self.page.summary.chosen() if self.page is not None else []

    # --- the data
    def ask_data(self) -> None:
        """Ask for a kind of data, and take it."""
        from nodegraph.app.features.data.generate_dialog import GenerateDialog

        signed = takes_signs(self.workspace.document.graph)
        theme, window = self.workspace.appearance.theme, self.workspace.stage.window()
        self.dialog = GenerateDialog(theme, window, signed=signed)
        self.dialog.made.connect(self._take)
        self.workspace.document.replaced.connect(self.dialog.reject)
        self.dialog.open()

    def _take(self, table: Table) -> None:
        self.take(table, name="Generate data", done="Generated")

    # --- steps
    def standardise(self) -> None:
        """Let columns have mean 0 and deviation 1, and tell what was used for that."""
        table = self._table
        chosen = self._chosen() or (steps.varied(table) if table is not None else [])
        self._do(partial(steps.standardise, names=chosen))

    def one_hot(self) -> None:
        """Put a column for each number in place of the chosen one."""
        self._do(partial(steps.one_hot, name=next(iter(self._chosen()), "")))

    def shuffle(self) -> None:
        """Put the rows into the order of the seed."""
        self._do(partial(steps.shuffle, seed=self.page.seed.value() if self.page is not None else 0))

    def leave_gaps_out(self) -> None:
        """Take the rows with missing cells away."""
        self._do(steps.leave_gaps_out)

    def _do(self, make: Callable[[Graph], Step]) -> None:
        if told := self.editing.attempt_step(make):
            self.done.emit(told)

    # --- out
    def save(self) -> None:
        """Ask for a file, and write the data there."""
        table, filing = self._table, self.workspace.files
        if table is None:
            return
        name = Path(filing.document.file_name).stem + "-data.csv"
        path = filing.ask_save(name, "Save the Data", SAVE_FILTER, ".csv")
        if path is not None and not self.editing.tasks.is_running:
            self.editing.tasks.begin(f"Saving {path.name}", self._saving(path, table))

    def _saving(self, path: Path, table: Table) -> Task:
        from nodegraph.formats.tables import csv_table

        yield 0.0
        data = yield Aside(partial(csv_table.write, table, table.names))
        try:
            files.write_whole(path, data)
        except DocumentError as error:
            self.failed.emit(f"{path.name}: {error}")
            return
        self.done.emit(f"Saved {size_of(table)} as {path.name}.")

    # --- the page
    def make_page(self) -> DataPage:
        """Returns the page, when it is first shown."""
        self.page = DataPage(self.workspace.document, self.workspace.commands.actions)
        self.page.cells.copy_wanted.connect(self.copy)
        self.page.summary.chosen_changed.connect(self.possible_changed)
        return self.page

    def copy(self) -> None:
        """Put the chosen cells on the clipboard, as text for a spreadsheet."""
        if self.page is None or self._table is None:
            return
        rows, columns, is_whole = self.page.cells.chosen_cells()
        count = len(rows) * len(columns)
        if not count:
            return
        work = partial(as_text, self.page.cells.cells.table, rows, columns, is_whole)
        if count <= MOST_COPIED_AT_ONCE:
            self._put(work(), count)
        elif not self.editing.tasks.is_running:
            self.editing.tasks.begin("Copying the cells", self._copying(work, count))

    def _copying(self, work: Callable[[], str], count: int) -> Task:
        yield 0.0
        text = yield Aside(work)
        self._put(text, count)

    def _put(self, text: str, count: int) -> None:
        QGuiApplication.clipboard().setText(text)
        self.done.emit(f"Copied {count:,} cell{'s' * (count != 1)}.")
