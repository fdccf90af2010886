"""The one undo command there is: it carries a Change. Knows no operation, no file and no widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from nodegraph.core.graph.changes import Change
from nodegraph.core.quoting import quoted

CHANGE_COMMAND = 1
"""What Qt asks for before it tries to merge two commands; commands that never merge say -1."""


class ChangeCommand(QUndoCommand):
    """Does and undoes one Change through `enact`, which puts it into the graph and tells everybody.

    The document has put the change into the graph already when it pushes the command: a `redo` that raises
    would leave the command on the stack. So the first redo only announces. Commands of one gesture
    (`merge`, 0 for none) become one.
    """

    def __init__(
        self, change: Change, merge: int, enact: Callable[[Change], None], announce: Callable[[Change], None]
    ):
        super().__init__(change.name)
        self.change = change
        self.merge = merge
        self._enact = enact
        self._announce = announce
        self._is_done = True

    def id(self) -> int:
        """The kind of command, for Qt's merging."""
        return CHANGE_COMMAND if self.merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a later change of the same gesture; one that cancels itself out leaves no step behind."""
        if not isinstance(other, ChangeCommand) or other.merge != self.merge:
            return False
        self.change = self.change.then(other.change, other.change.name)
        self.setText(quoted(self.change.name))
        self.setObsolete(not self.change)
        return True

    def redo(self) -> None:
        """Do it, or do it again."""
        if self._is_done:
            self._is_done = False
            self._announce(self.change)
        else:
            self._enact(self.change)

    def undo(self) -> None:
        """Take it back."""
        self._enact(self.change.inverse())
