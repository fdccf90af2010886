"""Offers the work that a crash left behind, one document after the other, until each has its answer. Where
it is kept, `recovery` knows.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from nodegraph.app import style
from nodegraph.app.document import Document
from nodegraph.app.filing import Filing
from nodegraph.app.recovery import LeftOver, Recovery
from nodegraph.app.telling import Telling
from nodegraph.core.errors import DocumentError


class Offering(QObject):
    """Asks what is to become of unsaved work, and does it."""

    def __init__(self, document: Document, filing: Filing, recovery: Recovery, telling: Telling) -> None:
        super().__init__(telling)
        self.document = document
        self.filing = filing
        self.recovery = recovery
        self.telling = telling
        self._left_over: list[LeftOver] = []
        telling.put_off.connect(self._keep)
        telling.dismissed.connect(self._offer_next)

    def start(self) -> None:
        """Look for unsaved work, and offer it."""
        self._left_over = self.recovery.left_over()
        self._offer_next()

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
        if not self.filing.may_close():
            return
        try:
            graph = left.read()
        except DocumentError as error:
            self.telling.tell_failure(f"The unsaved work cannot be read: {error}")
            return
        self._left_over.pop(0)
        self.telling.settle()
        self.document.replace(graph, path=left.path, suggested_name=left.title, modified=True)
        self.recovery.write_now()
        if not self.recovery.trouble:
            left.delete()
        self._offer_next()

    def _keep(self) -> None:
        self._left_over.pop(0).keep()
        self.telling.settle()
        self._offer_next()

    def _delete(self) -> None:
        self._left_over.pop(0).delete()
        self.telling.settle()
        self._offer_next()
