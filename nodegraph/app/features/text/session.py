"""The text in step with the graph, both ways: a text that is whole becomes the smallest change, and what
changes elsewhere stands in the text. Knows a QTextDocument and the editor of the graph, and no widget.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from nodegraph.app.features.text.in_sight import reveal, run_in_sight
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE, Aside, Latest, Task
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.building.expression import Draft, drafted
from nodegraph.core.building.graph_text import pieces_of, text_of
from nodegraph.core.building.half_typed import HalfTyped
from nodegraph.core.building.text_change import change_of
from nodegraph.core.building.text_merge import merged
from nodegraph.core.building.text_notes import names_note, unused_note
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.graph import Graph

PAUSE_MS = 450
"""How long nobody types until the text is taken: what is typed in between is one undo step."""
PIECE_S = 0.012
"""How long a large text is written in one go, so that the window stays quick."""
LINES_AT_ONCE = 30
"""Lines that go into the document in one go."""
SMALL = 300
"""Nodes up to which a text is read and written in one go."""
MOST_STEPS = 200
"""Changes whose texts are kept, so that undo brings back what was typed and not only what it says."""


@dataclass(frozen=True)
class Taken:
    """A text that has become a change, with the text before it."""

    change: Change
    before: str
    after: str


class TextSession(QObject):
    """The text of the open graph."""

    told = Signal()
    """There is another mistake or another reason, or none any more."""
    written = Signal()
    """The text is another one, or its words mean something else."""

    def __init__(self, workspace: Workspace, is_watched: Callable[[], bool]) -> None:
        super().__init__(workspace.canvas)
        self.work, self.is_watched = workspace, is_watched
        self.text = QTextDocument(self)
        self.text.setDocumentLayout(QPlainTextDocumentLayout(self.text))
        self.text.setUndoRedoEnabled(False)
        self.mistake: TextError | None = None
        self.reason = ""
        """Why the graph cannot be text, or ""."""
        self.is_typed = False
        """Whether something was typed that is not in the graph."""
        self.stated: frozenset[str] = frozenset()
        """The names that have a statement of their own."""
        self._in_step = ""
        """The text as it was when it said what the graph is."""
        self._of_graph = ""
        """The text as the graph was written last."""
        self._shown = ""
        """The text as it was when it was looked at last."""
        self._taken: list[Taken] = []
        self._coming: Change | None = None
        self._is_stale, self._is_writing = True, False
        self._writing: Iterator[None] | None = None
        self._latest = Latest(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.take)
        self._clock = QTimer(self, singleShot=True, interval=0)
        self._clock.timeout.connect(self._go_on)
        self.text.contentsChanged.connect(self._follow_typing)
        workspace.document.changed.connect(self._follow_change)
        workspace.document.replaced.connect(self._start_over)

    @property
    def graph(self) -> Graph:
        """The open graph."""
        return self.work.document.graph

    @property
    def is_being_written(self) -> bool:
        """Whether a large text is still on its way."""
        return self._writing is not None

    # --- graph to text
    def refresh(self) -> None:
        """Write the text anew where the graph has changed, if anybody looks."""
        if self._is_stale and self.is_watched():
            self._is_stale = False
            self._writing = self._in_pieces()
            self._go_on()

    def _go_on(self) -> None:
        if self._writing is None:
            self.refresh()
            return
        until = time.monotonic() + PIECE_S
        is_small = len(self.graph) <= SMALL
        for _ in self._writing:
            if not is_small and time.monotonic() > until:
                self._clock.start()
                return
        self._writing = None
        self.told.emit()
        self.written.emit()

    def _in_pieces(self) -> Iterator[None]:
        lines: list[str] = []
        try:
            for line in pieces_of(self.graph):
                lines += [line.text] if line is not None else []
                if line is None or len(lines) % LINES_AT_ONCE == 0:
                    yield
        except Refused as refusal:
            self.reason = str(refusal)
            if not self.is_typed:
                yield from self._put("")
            return
        self.reason = ""
        of_graph = "\n".join(lines)
        text = self._in_its_form(of_graph)
        self._of_graph = of_graph
        yield from self._put(text)
        if not self.is_typed:
            self._settle(text)

    def _in_its_form(self, of_graph: str) -> str:
        """The text of the graph with the lines that a person wrote as they stand, where they still hold."""
        typed = self.text.toPlainText()
        if not typed.strip() or not self._of_graph:
            return of_graph
        if len(self.graph) > SMALL:
            return typed if self.is_typed else of_graph
        form = merged(typed, self._of_graph, of_graph)
        if self.is_typed:
            return form
        try:
            return of_graph if change_of(self.graph, drafted(form), self.stated) else form
        except Refused:
            return of_graph

    def _put(self, text: str) -> Iterator[None]:
        """Let the document hold a text, as little of it written anew as can be."""
        old = self.text.toPlainText()
        start, end, new_end = changed_lines(old, text)
        middle = text[start:new_end].splitlines(keepends=True)
        cursor = QTextCursor(self.text)
        cursor.setPosition(_length(old[:start]))
        cursor.setPosition(_length(old[:end]), QTextCursor.MoveMode.KeepAnchor)
        self._insert(cursor, "".join(middle[:LINES_AT_ONCE]))
        for start in range(LINES_AT_ONCE, len(middle), LINES_AT_ONCE):
            yield
            self._insert(cursor, "".join(middle[start : start + LINES_AT_ONCE]))

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        self._is_writing = True
        cursor.insertText(text)
        self._is_writing = False

    def _settle(self, text: str) -> None:
        """The text says what the graph is."""
        self._in_step, self.is_typed, self.mistake = text, False, None
        if len(self.graph) <= SMALL and text.strip():
            self.stated = drafted(text).stated
        else:
            self.stated = frozenset(node.name for node in self.graph.nodes())

    def _put_at_once(self, text: str) -> None:
        for _ in self._put(text):
            pass

    def _follow_change(self, change: Change) -> None:
        if change is self._coming or change == self._coming:
            return
        for taken in reversed(self._taken):
            text = taken.before if change == taken.change.inverse() else ""
            text = text or (taken.after if change == taken.change else "")
            if text and not self.is_typed and self._is_said_by(text):
                self._put_at_once(text)
                self._settle(text)
                self._is_stale = False
                self._remember_graph()
                self.told.emit()
                self.written.emit()
                return
        if any(map(_is_read, change.beyond_places)):
            self._is_stale, self._writing = True, None
            self._clock.start()

    def _is_said_by(self, text: str) -> bool:
        """Whether a text says what the graph is: a change like one that was typed may come anywhere else."""
        if len(self.graph) > SMALL:
            return False
        try:
            draft = drafted(text)
            return not change_of(self.graph, draft, draft.stated)
        except Refused:
            return False

    def _start_over(self) -> None:
        self._pause.stop()
        self._taken.clear()
        self._of_graph, self.mistake, self.is_typed = "", None, False
        self._is_stale, self._writing = True, None
        self._put_at_once("")
        self._clock.start()

    # --- text to graph
    def _follow_typing(self) -> None:
        text = self.text.toPlainText()
        if not self._is_writing and text != self._shown:  # colouring tells of changes, too
            self.is_typed = True
            self._pause.start()
            self.work.files.unsaved.changed.emit()
        self._shown = text

    def take(self) -> None:
        """Let the graph be what the text says, where it is whole."""
        self._pause.stop()
        text = self.text.toPlainText()
        if self.reason:
            return  # what the text leaves out of the graph would be lost
        if text == self._in_step or (not text.strip() and not len(self.graph)):
            self._settle(text)
            self.told.emit()
            return
        if len(self.graph) <= SMALL and text.count("\n") <= SMALL:
            self._take_read(text, _read(text))
        else:
            self._latest.begin(partial(_read, text), partial(self._take_read, text))

    def _take_read(self, text: str, read: Draft | Refused) -> None:
        if text != self.text.toPlainText():
            return  # typed on meanwhile
        if isinstance(read, Refused):
            self.mistake = read if isinstance(read, TextError) else TextError(str(read), 1, 1)
            self.told.emit()
            return
        if len(self.graph) <= SMALL and len(read.graph) <= SMALL:
            size = self.work.scene.card_size
            self._enact(text, read, lambda: change_of(self.graph, read, self.stated, size))
            return
        self.work.editor.tasks.begin("Reading the text", self._reading(text, read))

    def _reading(self, text: str, read: Draft) -> Task:
        """Change a large graph as a long task."""
        yield 0.0
        change = yield Aside(partial(change_of, self.graph, read, self.stated))
        yield 0.5
        self._enact(text, read, lambda: change)

    def _enact(self, text: str, read: Draft, make: Callable[[], Change]) -> None:
        editor, before = self.work.editor, self._in_step

        def made() -> Change:
            self._coming = make()
            return self._coming

        was_fitted = editor.canvas.is_fitted
        change = editor.attempt(made)
        self._coming = None
        if change is None:
            return
        if change:
            self._taken = [*self._taken[1 - MOST_STEPS :], Taken(change, before, text)]
            made = [self.graph.node(node_id) for node_id in change.made() if node_id in self.graph]
            if note := " ".join(filter(None, (names_note(made, self.graph), unused_note(self.graph, made)))):
                editor.noted.emit(note)
            if was_fitted and change.made():
                editor.canvas.fit()  # what is new is to be seen as well
            elif change.made():
                reveal(self.work, change)
        self._in_step, self.is_typed, self.mistake, self.stated = text, False, None, read.stated
        self._is_stale, self._writing = False, None
        self._remember_graph()
        self.told.emit()
        self.written.emit()

    def _remember_graph(self) -> None:
        """Keep the graph's own text, from which what changes elsewhere is told."""
        self.reason = ""
        if len(self.graph) > SMALL:
            self._of_graph = self._in_step
            return
        try:
            self._of_graph = text_of(self.graph)
        except Refused as refusal:
            self.reason = str(refusal)

    # --- taking back
    def undo(self) -> None:
        """Take back what was typed and is not in the graph, else the last change of the document."""
        if self.is_typed:
            self.take()
        if self.is_typed:
            self._pause.stop()
            self.is_typed, self.mistake = False, None
            self._put_at_once(self._in_step)
            self._is_stale = True  # the graph may have changed since
            self.refresh()
            self.told.emit()
        else:
            run_in_sight(self.work, "edit.undo")

    def redo(self) -> None:
        """Make the change again that was taken back."""
        run_in_sight(self.work, "edit.redo")

    # --- unsaved work
    def pending_work(self) -> str:
        """Returns what stands in the text and not in the graph, in words."""
        return "what is typed into the text" if self.is_typed else ""

    def pending_change(self) -> Change | HalfTyped | None:
        """Returns what taking the text would change; where it is not whole, the text."""
        if not self.is_typed or len(self.graph) > MOST_AT_ONCE:
            return None
        text = self.text.toPlainText()
        try:
            if text.count("\n") <= SMALL:
                return change_of(self.graph, drafted(text), self.stated)
        except Refused:
            pass
        return HalfTyped(text)

    def put_in(self) -> bool:
        """Take the text; returns False where it is not whole."""
        if self.is_typed:
            self.take()
        return not self.is_typed


def _read(text: str) -> Draft | Refused:
    try:
        return drafted(text)
    except Refused as refusal:
        return refusal


def changed_lines(old: str, new: str) -> tuple[int, int, int]:
    """Returns where whole lines of two texts differ: from a place in both to one in the old and one in the
    new. Quick for long texts, which are compared at once, and not line by line.

    >>> changed_lines("a\\nbc\\nd", "a\\nbx\\ny\\nd")
    (2, 5, 7)
    """
    start = old.rfind("\n", 0, _alike(old, new, lambda text, count: text[:count])) + 1
    most = min(len(old), len(new)) - start
    rest = _alike(old, new, lambda text, count: text[len(text) - count :], most)
    if not all(_begins_line(text, len(text) - rest) for text in (old, new)):
        line = old.find("\n", len(old) - rest) + 1  # the one in which the rest begins is another one
        rest = len(old) - line if line else 0
    return start, len(old) - rest, len(new) - rest


def _begins_line(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"


def _alike(one: str, other: str, part: Callable[[str, int], str], most: int | None = None) -> int:
    """How many characters two texts have in common, in what `part` takes of them."""
    low, high = 0, min(len(one), len(other)) if most is None else most
    while low < high:
        middle = (low + high + 1) // 2
        if part(one, middle) == part(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _length(text: str) -> int:
    """How many places a text takes in a document of Qt's, which counts in UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _is_read(patch: Patch) -> bool:
    """Whether the text reads otherwise after a patch: not where a card moved or an edge was bent."""
    before, after = patch.before, patch.after
    if patch.kind == "node" and before is not None and after is not None:
        same = (before.op, before.name, before.value, before.muted, before.trainable)
        return bool(same != (after.op, after.name, after.value, after.muted, after.trainable))
    if patch.kind == "edge" and before is not None and after is not None:
        return bool((before.source, before.key) != (after.source, after.key))
    return patch.kind != "note" and not (patch.kind == "property" and patch.key != "output")
