"""The action of a command: in step with what can be done whenever it is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


class CommandAction(QAction):
    """Brings all actions in step before it answers. Qt itself asks without this; for menus and keys all is
    brought in step before they open or are looked up.
    """

    def __init__(self, title: str, parent: QWidget, flush: Callable[[], None]) -> None:
        super().__init__(title, parent)
        self._flush = flush

    def isEnabled(self) -> bool:
        """Whether the command can be done now."""
        self._flush()
        return super().isEnabled()

    def isChecked(self) -> bool:
        """Whether the switch is on now."""
        self._flush()
        return super().isChecked()

    def setChecked(self, checked: bool) -> None:
        """Throw the switch, if it does not stand so already."""
        self._flush()
        super().setChecked(checked)

    def text(self) -> str:
        """Returns the title as it is now."""
        self._flush()
        return super().text()

    def iconText(self) -> str:
        """Returns what a button says now."""
        self._flush()
        return super().iconText()

    def toolTip(self) -> str:
        """Returns what it does, or why it cannot be done now."""
        self._flush()
        return super().toolTip()

    def trigger(self) -> None:
        """Do it, if it can be done now."""
        self._flush()
        super().trigger()
