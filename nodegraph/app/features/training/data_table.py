"""The document's data: a table read from a CSV file, the inputs that take its columns, and the course of a
training written as CSV. Reads and writes no CSV itself (`formats.tables.csv_table` does); trains nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nodegraph.app.document.files import Files
from nodegraph.app.features.training.table_dialog import TableDialog, sentence_of
from nodegraph.app.features.training.trainer import Trainer
from nodegraph.app.platform.background_tasks import Aside, Task
from nodegraph.app.platform.settings import TABLE_SHOWN
from nodegraph.core.data import steps
from nodegraph.core.errors import DocumentError
from nodegraph.core.training import bindings
from nodegraph.core.training.bindings import columns_wanted, setup_of
from nodegraph.core.training.descent import Training
from nodegraph.core.training.matching import taken_over
from nodegraph.core.training.tables import Table, size_of
from nodegraph.formats import files
from nodegraph.formats.cells.table_letters import in_other
from nodegraph.formats.tables import any_table, course, csv_table, parquet_table, table_reading
from nodegraph.formats.tables.table_reading import Reading

OPEN_FILTER = "Tables (*.csv *.tsv *.txt *.parquet);;All files (*)"
SAVE_FILTER = "Tables (*.csv)"
MOST_AT_ONCE_BYTES = 100_000
"""Of a table that is read in one go; a larger one is a long task."""
CHOOSE = "now choose in Training which input takes which column"
BUILD = "now insert a network (Graph ▸ Insert), or add inputs that are called as the columns are"
NO_RUN = "Train first; then there is a run to save."
HELD_OUT = "Its rows for testing are held out."


class DataTable(QObject):
    """Load, bind, remove; and save the run."""

    failed = Signal(str)
    """A file that cannot be read or written, and why."""
    done = Signal(str)
    """A sentence about what was done."""

    def __init__(self, trainer: Trainer, filing: Files) -> None:
        super().__init__(trainer)
        self.trainer, self.filing = trainer, filing
        self.editing = trainer.editing
        self.dialog: TableDialog | None = None

    @property
    def table(self) -> Table | None:
        """The document's table."""
        return bindings.table_of(self.editing.graph)

    # --- in
    def load(self) -> None:
        """Ask for a file and take its table."""
        path = self.filing.ask_open("Load a Data Table", OPEN_FILTER)
        if path is not None:
            self.load_path(path)

    def load_path(self, path: Path) -> None:
        """Take the table in this file; inputs that are called as a column is take that column."""
        try:
            size = path.stat().st_size
        except OSError:
            size = 0  # reading it will tell
        if any_table.is_parquet(path):
            self.editing.tasks.begin(f"Loading {path.name}", self._loading_parquet(path))
            return
        if size > MOST_AT_ONCE_BYTES:
            self.editing.tasks.begin(f"Loading {path.name}", self._loading(path))
            return
        try:
            found = csv_table.text_of(path)
        except DocumentError as error:
            self.failed.emit(f"{path.name}: {error}")
            return
        self._settle(path, found.text, *_attempt(*found, None, path.stem, columns_wanted(self.editing.graph)))

    def _loading(self, path: Path) -> Task:
        yield 0.0
        try:
            found = yield Aside(partial(csv_table.text_of, path))
        except DocumentError as error:
            self.failed.emit(f"{path.name}: {error}")
            return
        wanted = columns_wanted(self.editing.graph)
        read = yield Aside(partial(_attempt, *found, None, path.stem, wanted))
        self._settle(path, found.text, *read)

    def _loading_parquet(self, path: Path) -> Task:
        """Nothing of it can be read in another way, so nothing is asked."""
        yield 0.0
        try:
            read = yield Aside(partial(parquet_table.read_and_tell, path))
        except DocumentError as error:
            self.failed.emit(f"{path.name}: {error}")
            return
        self.take(*read)

    def _settle(
        self, path: Path, text: str, reading: Reading, read: tuple[Table, list[str]] | DocumentError
    ) -> None:
        """Take a table in which all is plain; show one in which something was assumed or is wrong."""
        if isinstance(read, DocumentError):
            self.failed.emit(f"{path.name}: {read}")
            if text.strip():
                self._ask(path, text, reading, str(read), is_wrong=True)
        elif (told := [*read[1], *self._also_told(read[0].names)]) or self.filing.settings.value(TABLE_SHOWN):
            self._ask(path, text, reading, sentence_of(told), is_wrong=False)
        else:
            self.take(*read)

    def _ask(self, path: Path, text: str, reading: Reading, said: str, is_wrong: bool) -> None:
        settings = self.filing.settings
        shows_always = settings.value(TABLE_SHOWN)
        self.dialog = TableDialog(
            path.name, text, reading, said, is_wrong, shows_always, self._also_told, self.filing.window
        )
        self.dialog.always.toggled.connect(partial(settings.set, TABLE_SHOWN))
        self.dialog.chosen.connect(partial(self._read_so, path, text, reading.encoding))
        self.editing.document.replaced.connect(self.dialog.reject)
        self.dialog.open()

    def _read_so(self, path: Path, text: str, before: str, reading: Reading) -> None:
        """Take the table over as chosen in the dialog; show that again if it cannot be read that way. The
        text is in the letters that were taken for it before.
        """
        text = in_other(text, before, reading.encoding)
        if len(text) > MOST_AT_ONCE_BYTES:
            self.editing.tasks.begin(f"Loading {path.name}", self._reading_so(path, text, reading))
        else:
            self._take_or_ask(path, text, *_attempt(text, reading.encoding, reading, path.stem))

    def _reading_so(self, path: Path, text: str, reading: Reading) -> Task:
        yield 0.0
        found = yield Aside(partial(_attempt, text, reading.encoding, reading, path.stem))
        self._take_or_ask(path, text, *found)

    def _take_or_ask(
        self, path: Path, text: str, reading: Reading, read: tuple[Table, list[str]] | DocumentError
    ) -> None:
        if isinstance(read, DocumentError):
            self._ask(path, text, reading, str(read), is_wrong=True)
        else:
            self.take(*read)

    def take(
        self, table: Table, assumed: Sequence[str] = (), name: str = "Load data", done: str = "Loaded"
    ) -> None:
        """Make a table the document's own; inputs that are called as a column is take that column."""
        also = self._also_told(table.names)
        if self.editing.attempt(partial(bindings.take_table, self.editing.graph, table, name)) is None:
            return
        graph = self.editing.graph
        names = [graph.node(node_id).name for node_id in bindings.bound_inputs(graph)]
        taken = f"{', '.join(names[:6])}{'…' if names[6:] else ''} take a column each" if names else ""
        if len(names) == 1:
            taken = f"{names[0]} takes the column of its name"
        has_inputs = any(node.op == "input" for node in graph.nodes())
        advice = taken or (CHOOSE if has_inputs else BUILD)
        unused = bindings.unused_data(graph).sentence
        told = [f"{done} {size_of(table)}; {advice}.", unused]
        if table.held_by and setup_of(graph).held_by == table.held_by:
            told.append(HELD_OUT)
        if assumed or also:
            told.append(sentence_of([*assumed, *also]))
        self.done.emit(" ".join(filter(None, told)))

    def _also_told(self, names: Collection[str]) -> list[str]:
        """What is taken for granted where columns of these names are taken, beside how they are read."""
        told = taken_over(self.editing.graph, names)
        return [told] if told else []

    # --- which input takes which column
    def remove(self) -> None:
        """Let the document have no table; inputs have their own values again."""
        self.editing.attempt(partial(bindings.set_table, self.editing.graph, None))

    def bind_matches(self) -> None:
        """Let inputs take the unused columns that obviously belong to them; where there are none, the classes
        of such a column.
        """
        graph = self.editing.graph
        unused = bindings.unused_data(graph)
        if unused.matches or not unused.classes:
            self.editing.attempt(partial(bindings.bind_matches, graph))
        elif told := self.editing.attempt_step(partial(steps.one_hot, name=unused.classes)):
            self.done.emit(told)

    def bind(self, node_id: str, column: str | None) -> None:
        """Let an input take a column; None: its own value."""
        self.editing.attempt(partial(bindings.bind, self.editing.graph, node_id, column))

    # --- out
    def save_run(self) -> None:
        """Ask for a file, and write the course of the training there."""
        training = self.trainer.training
        if training is None or not training.steps_done:
            self.editing.refused.emit(NO_RUN)
            return
        self.trainer.stop()
        name = Path(self.filing.document.file_name).stem + "-run.csv"
        path = self.filing.ask_save(name, "Save the Run", SAVE_FILTER, ".csv")
        if path is None or self.editing.tasks.is_running:
            return
        small = training.history.table.size * 10 <= MOST_AT_ONCE_BYTES
        if small and training.rows * len(self.editing.graph) <= MOST_AT_ONCE_BYTES:
            self._write(path, course.write(training))
        else:
            self.editing.tasks.begin(f"Saving {path.name}", self._saving(path, training))

    def _saving(self, path: Path, training: Training) -> Task:
        yield 0.0
        data = yield Aside(partial(course.write, training))
        self._write(path, data)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            files.write_whole(path, data)
        except DocumentError as error:
            self.failed.emit(f"{path.name}: {error}")
            return
        self.done.emit(f"Saved the run as {path.name}.")


def _attempt(
    text: str, encoding: str, reading: Reading | None, title: str, wanted: Collection[str] = ()
) -> tuple[Reading, tuple[Table, list[str]] | DocumentError]:
    """The reading, or the most likely one, and what it gives: a table and what was taken for granted, or an
    error. Of the most likely one, columns that cannot be read and that no input has `wanted` are left out.
    """
    if reading is None:
        reading = replace(table_reading.assume(text, encoding), needed=frozenset(wanted))
    try:
        columns = csv_table.columns_as(text, reading)
    except DocumentError as error:
        return reading, error
    reading = replace(reading, left_out=tuple(columns.left_out.items()))
    return reading, (csv_table.table_of(columns, title), columns.told)
