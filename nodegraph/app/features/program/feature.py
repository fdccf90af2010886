"""Programs: the open graph as source code, on the clipboard or in a file.

Writes no program itself (`formats.programs` does) and chooses no file (`files` asks).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import settings
from nodegraph.app.platform.background_tasks import Aside, Task
from nodegraph.app.platform.file_filters import filters
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.formats import files
from nodegraph.formats.programs.program import to_program
from nodegraph.formats.programs.titles import PROGRAMS, SUFFIX

EMPTY = "There is nothing to compute yet; add nodes first."
AT_ONCE = 60
"""Nodes up to which a program is written in one go, in less than 50 ms; more are a long task."""
_MARKED = {
    "python": "&Python",
    "numpy": "&NumPy",
    "torch": "Py&Torch",
    "jax": "&JAX",
    "micrograd": "&micrograd",
    "numpy_vectorised": "N&umPy, Vectorised",
    "torch_vectorised": "PyTorc&h, Vectorised",
    "jax_vectorised": "JA&X, Vectorised",
}


class ProgramFeature(QObject):
    """Programs that compute what the open graph does."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.workspace = workspace

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("file.export_program", "Export as &Program…", self.export,
                        tooltip="Save a program that computes the output and its gradients",
                        why_not=self.why_not),
                *(self._copying(kind) for kind in PROGRAMS),
            ),
            refresh_on=(self.workspace.player.trace_changed,),
        )  # fmt: skip

    def _copying(self, kind: str) -> Command:
        title = PROGRAMS[kind].title
        does = "trains the graph on whole arrays" if PROGRAMS[kind].vectorised else "computes the graph"
        return Command(
            f"edit.copy_{kind}", _MARKED.get(kind, title), partial(self.copy, kind),
            tooltip=f"Put a program for {PROGRAMS[kind].title} that {does} on the clipboard",
            why_not=self.why_not,
        )  # fmt: skip

    def why_not(self) -> str:
        """Returns why there is no program of this graph, or ""."""
        return "" if len(self.workspace.document.graph) else EMPTY

    def copy(self, kind: str) -> None:
        """Put a program of this kind on the clipboard."""
        self._write(kind, partial(self._take, kind))

    def _take(self, kind: str, source: str) -> None:
        QGuiApplication.clipboard().setText(source)
        self.workspace.messages.say_for_a_while(f"Copied as a program for {PROGRAMS[kind].title}.")

    def export(self) -> None:
        """Choose a kind and a file, and write the program."""
        work = self.workspace
        first = work.settings.value(settings.PROGRAM_TARGET)
        names = sorted(PROGRAMS, key=lambda name: name != first)
        kinds = {filters([(PROGRAMS[name].title, SUFFIX)]): name for name in names}
        name = Path(work.document.file_name).stem + SUFFIX
        path = work.files.ask_save(name, "Export as a Program", ";;".join(kinds), SUFFIX)
        if path is not None:
            kind = kinds.get(work.files.chosen_kind, names[0])
            work.settings.set(settings.PROGRAM_TARGET, kind)
            self._write(kind, partial(self._put, path))

    def _put(self, path: Path, source: str) -> None:
        try:
            files.write_whole(path, source.encode())
        except DocumentError as error:
            self.workspace.messages.tell_refusal(f"{path.name}: {error}")
            return
        self.workspace.messages.say_for_a_while(f"Exported as {path.name}.")

    def _write(self, kind: str, then: Callable[[str], None]) -> None:
        """Write the program and hand it on; say why where there is none."""
        work = self.workspace
        work.files.saving.emit()  # what a person is about to type belongs to it
        graph = work.document.graph
        to, vectorised = PROGRAMS[kind].to, PROGRAMS[kind].vectorised
        if len(graph) > AT_ONCE:
            writing = partial(to_program, graph.copy(), to, vectorised=vectorised)
            work.editor.tasks.begin(
                f"Writing a program for {PROGRAMS[kind].title}", self._written(writing, then)
            )
            return
        try:
            source = to_program(graph, to, vectorised=vectorised)
        except Refused as refusal:
            work.messages.tell_refusal(str(refusal))
            return
        then(source)

    def _written(self, writing: Callable[[], str], then: Callable[[str], None]) -> Task:
        """Let another thread write the program, and hand it on."""
        try:
            source = yield Aside(writing)
        except Refused as refusal:
            self.workspace.messages.tell_refusal(str(refusal))
            return
        then(source)
