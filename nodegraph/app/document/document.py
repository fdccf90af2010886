"""Document: the graph that is open, its undo history and its file. The only place where the open graph
changes.

Knows no widget and asks nobody anything: a refusal or a file that cannot be read is raised to the caller,
and then everything is as it was.
"""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack
from shiboken6 import isValid

from nodegraph.app.document.undo_command import ChangeCommand
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.contents import become
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import placement
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.quoting import quoted
from nodegraph.formats import carriers, examples, files
from nodegraph.formats.disk.seen import Seen

SUFFIX = ".nodegraph"
UNTITLED = "Untitled"

_gestures = itertools.count(1)


def next_gesture() -> int:
    """A number for the changes of one gesture, which then are one undo step. Negative: the canvas counts
    upwards.
    """
    return -next(_gestures)


class Document(QObject):
    """A graph with its history. `apply` is the one way to change it; `changed` tells everybody what
    changed.
    """

    changed = Signal(object)
    """The Change that was just made, or undone (then its inverse)."""
    replaced = Signal()
    """Another graph is open now."""
    path_changed = Signal()
    modified_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.graph = Graph()
        self.path: Path | None = None
        self.seen: Seen | None = None
        """What its file was when it was last read or written here."""
        self.suggested_name = ""
        """A file name to offer where the document has no file yet (it came from an example or a picture)."""
        self.example: examples.Example | None = None
        """The shipped example that was opened, or None."""
        self._foreseen: tuple[Change, Graph] | None = None
        self.stack = QUndoStack(self)
        self.stack.cleanChanged.connect(self._tell_modified)

    def __del__(self) -> None:
        """Python calls this before it takes apart what it found to be garbage. Once it has begun, it may
        give a command back to Python and delete it while Qt's stack still holds it (PySide 6.11).
        """
        if isValid(self.stack):
            self.stack.blockSignals(True)
            self.stack.clear()

    # --- looking
    @property
    def title(self) -> str:
        """What people call the document: its title, else its file's name, else “Untitled”."""
        of_file = self.path.stem if self.path is not None else ""
        return quoted(self.graph.title or of_file or self.suggested_name or UNTITLED)

    @property
    def file_name(self) -> str:
        """The name of its file, or the one to offer."""
        if self.path is not None:
            return self.path.name
        name = "".join("-" if character in '/\\:*?"<>|' else character for character in self.title)
        return (self.suggested_name or name.strip(" .") or UNTITLED) + SUFFIX

    @property
    def is_modified(self) -> bool:
        """Whether something would be lost if it were closed now."""
        return not self.stack.isClean()

    # --- changing
    def apply(self, change: Change, merge: int = 0) -> None:
        """Make a change and remember it; changes with the same `merge` (not 0) become one undo step.

        An empty change does nothing. A change that does not fit raises ValueError and nothing happened.
        """
        if not change:
            return
        self._take_in(change)
        self.stack.push(ChangeCommand(change, merge, self._enact, self.changed.emit))

    def foresee(self, change: Change, later: Graph) -> None:
        """Keep the graph as it will be after this change (`graph_after`), which nothing then waits for."""
        self._foreseen = change, later

    def next_change(self, *, undo: bool) -> Change | None:
        """The change that undo, or redo, would make now."""
        command = self.stack.command(self.stack.index() - 1 if undo else self.stack.index())
        if not isinstance(command, ChangeCommand):
            return None
        return command.change.inverse() if undo else command.change

    def _enact(self, change: Change) -> None:
        self._take_in(change)
        self.changed.emit(change)

    def _take_in(self, change: Change) -> None:
        foreseen, self._foreseen = self._foreseen, None  # which serves only as long as nothing has changed
        if foreseen is not None and foreseen[0] is change:
            become(self.graph, foreseen[1])
        else:
            self.graph.apply(change)

    # --- files
    def new(self) -> None:
        """Start over with an empty graph."""
        self.replace(Graph())

    def open(self, path: Path) -> None:
        """Open a document or a picture that carries one; DocumentError leaves all as it was."""
        path = Path(path)
        data = files.read_bytes(path)
        self.take(files.graph_of(data), path, data)

    def take(self, graph: Graph, path: Path, data: bytes) -> None:
        """Make the graph that was read from this file, which held these bytes, the open one."""
        example = examples.example_at(path)
        # Saving must never write a document over a picture, nor over a shipped example.
        if example is not None or carriers.carrier_of(data) is not None:
            self.replace(graph, suggested_name=path.stem, example=example)
        else:
            self.replace(graph, path=path, seen=Seen.of(path, data))

    def replace(
        self,
        graph: Graph,
        *,
        path: Path | None = None,
        suggested_name: str = "",
        example: examples.Example | None = None,
        modified: bool = False,
        seen: Seen | None = None,
    ) -> None:
        """Make this graph the open one, with a history of its own. Nodes without a place get one first."""
        graph.apply(placement.place_missing(graph, node_size))
        self.graph, self._foreseen = graph, None
        self.path, self.seen = path, seen
        self.suggested_name = suggested_name
        self.example = example
        self.stack.clear()
        if modified:
            self.stack.resetClean()
        self.replaced.emit()
        self.path_changed.emit()

    def save(self) -> None:
        """Write it to its file, whole or not at all. ValueError where it has none."""
        if self.path is None:
            raise ValueError("the document has no file yet; use save_as")
        self.save_as(self.path)

    def save_as(self, path: Path) -> None:
        """Write it to this file and stay with that file; DocumentError leaves all as it was."""
        path = Path(path)
        data = files.save(self.graph, path)
        self.take_saved(path, Seen.of(path, data))

    def take_saved(self, path: Path, seen: Seen) -> None:
        """It was written to this file as it stands: stay with that file."""
        moved = path != self.path
        self.path, self.seen = path, seen
        self.stack.setClean()
        if moved:
            self.path_changed.emit()

    def _tell_modified(self, clean: bool) -> None:
        self.modified_changed.emit(not clean)
