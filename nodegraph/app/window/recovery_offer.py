"""Offers the work that a crash left behind, one document after the other, until each has its answer. Where
it is kept, `recovery` knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from nodegraph.app.document.document import Document
from nodegraph.app.document.files import Files
from nodegraph.app.document.recovery import LeftOver, Recovery, set_aside
from nodegraph.app.platform import style
from nodegraph.app.workspace.messages import Messages
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.graph import Graph


class RecoveryOffer(QObject):
    """Asks what is to become of unsaved work, and does it."""

    def __init__(self, document: Document, filing: Files, recovery: Recovery, telling: Messages) -> None:
        super().__init__(telling)
        self.document = document
        self.filing = filing
        self.recovery = recovery
        self.telling = telling
        self._left_over: list[LeftOver] = []
        self.taker_of: Callable[[LeftOver], RecoveryOffer] = lambda _left: self
        """Returns the offer of the window in which work is to be restored."""
        recovery.failed.connect(self._tell_trouble)
        recovery.recovered.connect(self._forget_trouble)
        telling.put_off.connect(self._keep)
        telling.dismissed.connect(self._offer_next)

    def start(self) -> None:
        """Look for unsaved work, and offer it; say first what cannot be offered, or kept from now on."""
        self._left_over = self.recovery.left_over()
        if self.recovery.damaged:
            self.telling.tell_failure(_told_damaged(self.recovery.damaged))
        elif self.recovery.trouble:
            trouble = f"Unsaved work cannot be kept against a crash: {self.recovery.trouble}"
            self._tell_trouble(trouble)
        elif not self.telling.is_telling:
            self._offer_next()  # else once what is told, such as why a file was not opened, has been read

    def _tell_trouble(self, sentence: str) -> None:
        self.telling.tell_failure(sentence, self.recovery)

    def _forget_trouble(self) -> None:
        self.telling.forget(self.recovery)

    def tell_escaped(self, summary: str, details: str) -> None:
        """Keep the work of now against a crash, and say that there is a fault in the program."""
        self.recovery.write_now()
        self.telling.tell_escaped(summary, details)

    def keep_all(self) -> None:
        """Leave what has no answer yet for a later start."""
        for left in self._left_over:
            left.keep()

    def _offer_next(self) -> None:
        if not self._left_over:
            return
        restore, later, delete = (
            QPushButton("&Restore"),
            QPushButton("&Keep for later"),
            QPushButton("&Delete"),
        )
        style.set_role(restore, "primary")
        restore.clicked.connect(self._restore)
        later.clicked.connect(self._keep)
        delete.clicked.connect(self._delete)
        title = self._left_over[0].title
        sentence = f"“{title}” was not saved when the program ended last time."
        self.telling.ask(sentence, (restore, later, delete))

    def _restore(self) -> None:
        left = self._left_over[0]
        try:
            graph = left.read()
        except DocumentError:
            self._left_over.pop(0)
            aside = set_aside(left.file)
            left.lock.release()
            self.telling.tell_failure(_told_damaged([aside]))
            return
        taker = self.taker_of(left)
        if taker is self and not self.filing.may_close():
            return
        self._left_over.pop(0)
        if taker.take(left, graph):
            left.delete()
        if self.telling.is_asking:
            self.telling.settle()  # not before: what is told in its place has the room that it had
        if not self.telling.is_telling:
            self._offer_next()  # else once that has been read
        if self._left_over and taker is not self:
            self.telling.stage.window().activateWindow()

    def take(self, left: LeftOver, graph: Graph) -> bool:
        """Make this work the open document. Returns whether it is kept against a crash here from now on."""
        self.document.replace(graph, path=left.path, suggested_name=left.title, modified=True, seen=left.seen)
        self.recovery.write_now()
        if left.typed and not self.recovery.trouble:
            self.telling.tell_note(_told_typed(left.typed))
        return not self.recovery.trouble

    def _keep(self) -> None:
        self._left_over.pop(0).keep()
        self.telling.settle()
        self._offer_next()

    def _delete(self) -> None:
        self._left_over.pop(0).delete()
        self.telling.settle()
        self._offer_next()


def _told_typed(what: str) -> str:
    """The sentence about text that could not be taken as it stood."""
    return f"{what[:1].upper()}{what[1:]} could not be taken as it stood: it is in a note on the canvas."


def _told_damaged(files: Sequence[Path]) -> str:
    """The sentence about unsaved work that nobody can read any more."""
    if len(files) == 1:
        return (
            f"Unsaved work from an earlier crash is damaged and cannot be restored; its file is {files[0]}."
        )
    where = files[0].parent
    return (
        f"Unsaved work of earlier crashes is damaged and cannot be restored: {len(files)} files in {where}."
    )
