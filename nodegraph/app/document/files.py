"""Files: new, open, save, recent files, and the question before unsaved work would go. Knows dialogs and the
document; a file that cannot be read or written is told as a sentence and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Signal, SignalInstance
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from nodegraph.app.document import earlier, prefetch, saving
from nodegraph.app.document.conflict import ANSWER, KEEP_MINE, LOAD_THEIRS, SAVE_AS, conflict_box
from nodegraph.app.document.document import SUFFIX
from nodegraph.app.document.editor import Editor
from nodegraph.app.document.pending import Unsaved, end_cell_editing
from nodegraph.app.document.unsaved import ask_to_save
from nodegraph.app.platform import gc_guard
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE, Aside, Task
from nodegraph.app.platform.settings import FOLDER, Settings, native_dialogs
from nodegraph.app.widgets.file_dialog import dress
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import listed
from nodegraph.formats import carriers, files, native
from nodegraph.formats.disk.seen import Found, look_again
from nodegraph.formats.foreign import formula_files
from nodegraph.formats.foreign.trial import fault_in

_ENDING = re.compile(r"\.[^\W\d]\w{0,9}")
"""What says what kind of file it is; the 11 of net 2026.11 does not."""
_PICTURES = " ".join(f"*{carrier.suffix}" for carrier in carriers.CARRIERS)
_FOREIGN = "*.json *.graphml *.dot *.gv"
_FORMULAS = " ".join(f"*{suffix}" for suffix in formula_files.SUFFIXES)
OPEN_FILTER = (
    f"Graphs, and files that hold one (*{SUFFIX} {_PICTURES} {_FOREIGN} {_FORMULAS});;"
    f"Graphs (*{SUFFIX});;Pictures ({_PICTURES});;Graphs of other programs ({_FOREIGN});;"
    f"Programs and formulas ({_FORMULAS});;All files (*)"
)
MOST_BYTES_AT_ONCE = 1_000_000
"""Of a document that is read while the window waits: its table may be large."""
SAVE_FILTER = f"Graphs (*{SUFFIX})"


class Files(QObject):
    """The files of a document, as menu, drop and welcome page ask for them."""

    failed = Signal(str)
    done = Signal(str)
    """A sentence about what was done."""
    noted = Signal(str)
    """A sentence that a person should have time to read: of a file that is not as one would expect."""
    foreign_found = Signal(object, object)
    """A file is a graph of another program: its path, and its bytes."""
    formulas_found = Signal(object, object)
    """A file holds text that a graph is read from: its path, and its bytes."""
    saving = Signal()
    """The document is about to be written; what belongs into it goes there now."""
    exporting = Signal()
    """A picture of it is about to be made, which carries the graph that it shows."""

    def __init__(
        self, editing: Editor, settings: Settings, window: QWidget, unsaved: Unsaved | None = None
    ) -> None:
        super().__init__(window)
        self.unsaved = unsaved if unsaved is not None else Unsaved(editing.document, self)
        self.document = editing.document
        self.scene = editing.scene
        self.shown: Callable[[], Graph] = lambda: editing.graph
        """Returns the graph with the values that the canvas shows."""
        self.tasks = editing.tasks
        self._noticed = Found.SAME
        self.settings = settings
        self.window = window
        self.chosen_kind = ""
        """The filter under which the last file was chosen, as it stands in the dialog."""
        self.holder_of: Callable[[Path], QWidget | None] = lambda _path: None
        """Returns another window in which a file is open, or None."""
        self.opener_of: Callable[[Path], Callable[[Path], object] | None] = lambda _path: None
        """Returns what else than the document opens a file of this kind, or None."""

    # --- actions
    def new(self) -> None:
        """Start over with an empty graph, if the person agrees."""
        if self.may_close():
            self.document.new()

    def open(self) -> None:
        """Ask for a file and open it."""
        path = self.ask_open()
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open this file, if the person agrees to leave what is open; or show the window that has it."""
        opener = self.opener_of(path)
        if opener is not None:
            opener(path)
        elif not self._is_shown_elsewhere(path) and self._may_hold_graph(path) and self.may_close():
            self.load(path)

    def _may_hold_graph(self, path: Path) -> bool:
        """Say of a file that holds no graph, or a broken one, what is wrong with it, before a question about
        unsaved work. A large one is read only once that was answered, unless its end is missing.
        """
        if not self.unsaved.is_any():
            return True
        data = b""
        try:
            data = files.read_bytes(path)
            document = files.document_in(data)
            if not _is_long(document) or not document.rstrip().endswith(b"}"):
                files.graph_of(data)
        except DocumentError as error:
            beside = self._reader_beside(path, data)
            fault = error if beside is None else fault_in(path.name, data)
            if fault is not None:
                self._tell_unreadable(path, fault)
                return False
        return True

    def _is_shown_elsewhere(self, path: Path) -> bool:
        """Whether another window has this file open, which is brought to the front then."""
        holder = self.holder_of(path)
        if holder is not None:
            holder.raise_()
            holder.activateWindow()
        return holder is not None

    def open_graph(self, graph: Graph, name: str = "") -> bool:
        """Make this graph the open one, without a file, if the person agrees; returns whether they did."""
        if not self.may_close():
            return False
        self.document.replace(graph, suggested_name=name)
        return True

    def load(self, path: Path, then: Callable[[], None] | None = None) -> bool:
        """Open a file whatever is open now, then call `then`. Returns False, with a message, on failure.

        A large document is opened in pieces, with progress; a fault deep inside it is told when it is met.
        What is no graph, as a table or a lesson, is opened by the part it belongs to.
        """
        path = Path(path)
        opener = self.opener_of(path)
        if opener is not None:
            opener(path)
            return True
        self.tasks.stop()
        data = b""
        try:
            data = files.read_bytes(path)
            if _is_long(files.document_in(data)):
                self.tasks.begin(f"Opening {path.name}", self._opening(path, data, then))
                return True
            self.document.open(path)
        except DocumentError as error:
            return self._is_foreign(path, data, error)
        self._opened(path, then)
        return True

    def _opening(self, path: Path, data: bytes, then: Callable[[], None] | None) -> Task:
        """Open a large file; what is open stays until the new graph is ready to be shown."""
        try:
            yield 0.02
            graph = yield Aside(partial(files.graph_of, data))
            yield from prefetch.showing(self.scene, graph, 0.2)
            self.document.take(graph, path, data)
            gc_guard.spare()
        except DocumentError as error:
            self._is_foreign(path, data, error)
            return
        finally:
            self.scene.forget_ready()
        self._opened(path, then)

    def _opened(self, path: Path, then: Callable[[], None] | None) -> None:
        if self.document.example is None:
            self._remember(path)
        if self.document.path is not None and not files.may_write(path):
            self.noted.emit(f"{path.name} is read-only: to keep changes, save them under another name.")
        if then is not None:
            then()

    def _is_foreign(self, path: Path, data: bytes, error: DocumentError) -> bool:
        """Whether what is no document is a graph of another program, or text to read one from, which is told;
        else say what it is.
        """
        found = self._reader_beside(path, data)
        if found is None:
            self._tell_unreadable(path, error)
            return False
        found.emit(path, data)
        return True

    def _reader_beside(self, path: Path, data: bytes) -> SignalInstance | None:
        """Returns the signal for what is no document, and a graph of another program or text to read one from
        all the same.
        """
        from nodegraph.formats.foreign import reading

        if reading.is_foreign(data):
            return self.foreign_found
        return self.formulas_found if formula_files.holds_formulas(path.name, data) else None

    def _tell_unreadable(self, path: Path, error: Exception) -> None:
        self.settings.forget_recent_file(path.absolute())
        self.failed.emit(f"{path.name or path}: {error}")

    def save(self) -> bool:
        """Save to the document's file, or ask for one."""
        return self._write(self.document.path) if self.document.path else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file and save there."""
        path = self.ask_save(self.document.file_name, "Save the Graph", SAVE_FILTER, SUFFIX)
        if path is not None and self.holder_of(path) is not None:
            self.failed.emit(
                f"{path.name} is open in another window. Choose another name, or close it there."
            )
            return False
        return path is not None and self._write(path)

    def _write(self, path: Path) -> bool:
        self.unsaved.put_in()
        self.saving.emit()
        found = look_again(path, self.document.seen) if path == self.document.path else Found.SAME
        if found is not Found.SAME:
            return self._settle(path, found)
        return self._put(path, keeps=self.document.is_modified or path != self.document.path)

    def _put(self, path: Path, *, keeps: bool = False) -> bool:
        """Write the document there, keeping first, with `keeps`, what is in the file now."""
        try:
            if not saving.takes_long(self.document.graph):
                if keeps:
                    earlier.keep(path)
                self.document.save_as(path)
            elif not self._put_in_turns(path, keeps=keeps):
                self.failed.emit(f"Saving was stopped: {path.name} is as it was before.")
                return False
        except DocumentError as error:
            self.failed.emit(f"{path.name}: {error}")
            return False
        self._remember(path)
        self.done.emit(f"Saved as {path.name}.")
        return True

    def _put_in_turns(self, path: Path, *, keeps: bool) -> bool:
        """Save a large document with progress; returns whether that came to its end. Whoever asked waits, as
        for a dialog: what comes next, such as closing the window, depends on it.
        """
        loop, found, before = QEventLoop(), _Outcome(), self.document.seen
        self.tasks.ended.connect(loop.quit)
        self.tasks.begin(f"Saving {path.name}", found.of(saving.saving(self.document, path, keeps=keeps)))
        loop.exec()
        self.tasks.ended.disconnect(loop.quit)
        if found.error is not None:
            raise found.error
        return self.document.seen is not before

    # --- another program's version
    def notice(self) -> None:
        """Say, once for each change, that the document's file was changed or removed by another program."""
        path = self.document.path
        found = look_again(path, self.document.seen, trusts_time=True) if path else Found.SAME
        if path is not None and found is not self._noticed and found is not Found.SAME:
            what = "changed by another program" if found is Found.CHANGED else "deleted or moved"
            self.noted.emit(
                f"{path.name} was {what} since it was opened or saved here. Saving will ask first."
            )
        self._noticed = found

    def _settle(self, path: Path, found: Found) -> bool:
        """Ask what is to become of the two versions, and do that; whether the document is saved then."""
        self._noticed = found  # it is told here: said once more it would hide why something failed
        kept = earlier.keep(path) if found is Found.CHANGED else None
        answer = self.ask_conflict(path, found, kept)
        if answer == SAVE_AS:
            return self.save_as()
        if answer == LOAD_THEIRS:
            mine = earlier.keep(path, native.write(self.document.graph), "mine-")
            if mine is None:
                self.failed.emit(
                    f"No copy of your version could be kept, so {path.name} was not loaded. "
                    "Save yours under another name first."
                )
            elif self.load(path):
                self.noted.emit(f"Loaded {path.name} as it is now; your version is kept as {mine}.")
            return False
        return answer == KEEP_MINE and self._put(path)

    def ask_conflict(self, path: Path, found: Found, kept: Path | None) -> str:
        """Returns KEEP_MINE, LOAD_THEIRS, SAVE_AS, or "" where the person cancels."""
        box = conflict_box(path, found, kept, self.window)
        box.exec()
        answer = str(box.clickedButton().property(ANSWER) or "") if box.clickedButton() is not None else ""
        box.deleteLater()
        return answer

    def _remember(self, path: Path) -> None:
        self.settings.add_recent_file(path)
        self.settings.set(FOLDER, str(path.absolute().parent))

    # --- questions
    def may_close(self) -> bool:
        """Whether what is open may go: nothing is unsaved, or the person saved it, or gave it up."""
        self.tasks.stop()
        end_cell_editing()
        if not self.unsaved.is_any():
            return True
        answer = self.ask_unsaved()
        if answer == QMessageBox.StandardButton.Save:
            return self.save() and self._has_all()
        return answer == QMessageBox.StandardButton.Discard

    def _has_all(self) -> bool:
        """Whether everything went into the file; where something could not, say so."""
        rest = self.unsaved.pending()
        if rest:
            self.failed.emit(f"The rest is saved, but not {listed(rest)}: that is not finished yet.")
        return not rest

    def ask_unsaved(self) -> QMessageBox.StandardButton:
        """Ask the person; returns Save, Discard or Cancel."""
        return ask_to_save(self.document, self.window, self.unsaved.pending(), self.unsaved.unfinished())

    def ask_open(self, title: str = "Open a Graph", kinds: str = OPEN_FILTER) -> Path | None:
        """The file a person chooses to open, or None."""
        dialog = self._dialog(title, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _chosen(dialog)

    def ask_save(self, name: str, title: str, kinds: str, suffix: str) -> Path | None:
        """The file a person chooses to write, or None; the dialog asks before one is replaced."""
        dialog = self._dialog(title, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        if self.document.path is not None:
            dialog.setDirectory(str(self.document.path.absolute().parent))
        dialog.selectFile(name)
        dialog.filterSelected.connect(partial(_take_suffix, dialog))
        path = _chosen(dialog)
        self.chosen_kind = dialog.selectedNameFilter()
        if path is None or _ENDING.fullmatch(path.suffix):
            return path
        path = path.with_name(f"{path.name}.{dialog.defaultSuffix()}")  # net 2026.11
        return self.ask_save(path.name, title, kinds, suffix) if path.exists() else path

    def _dialog(self, title: str, kinds: str) -> QFileDialog:
        folder = self.settings.value(FOLDER)
        if not folder or not Path(folder).is_dir():
            folder = str(Path.home())
        dialog = QFileDialog(self.window, title, folder, kinds)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not native_dialogs())
        dress(dialog)
        return dialog


def _is_long(document: bytes) -> bool:
    """Whether it takes longer to read than a person may be kept waiting."""
    return len(document) > MOST_BYTES_AT_ONCE or document.count(b'"op"') > MOST_AT_ONCE


class _Outcome:
    """What became of a task: the refusal that ended it, if one did."""

    def __init__(self) -> None:
        self.error: DocumentError | None = None

    def of(self, task: Task) -> Task:
        """The same task; a refusal ends it quietly."""
        try:
            yield from task
        except DocumentError as error:
            self.error = error


def _take_suffix(dialog: QFileDialog, kind: str) -> None:
    """The name gets the ending of the kind that is chosen, where that has just one."""
    endings, names = re.findall(r"\*(\.\w+)", kind), dialog.selectedFiles()
    if len(endings) == 1:
        dialog.setDefaultSuffix(endings[0].removeprefix("."))
        if names and not Path(names[0]).is_dir():
            dialog.selectFile(_without_ending(Path(names[0])) + endings[0])


def _without_ending(path: Path) -> str:
    return path.stem if _ENDING.fullmatch(path.suffix) else path.name


def _chosen(dialog: QFileDialog) -> Path | None:
    accepted = dialog.exec()
    files = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(files[0]) if accepted and files else None
