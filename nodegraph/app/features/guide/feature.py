"""The guide in a window: opened at its first page, or at the page about what has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from nodegraph.app.commands.command import Command
from nodegraph.app.features.guide import pages
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace

if TYPE_CHECKING:
    from nodegraph.app.features.guide.reader import GuideReader
    from nodegraph.canvas.drawing.theme import Theme


class GuideFeature(QObject):
    """Opens the reader and keeps it, so that it comes back where it was."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self._theme = workspace.appearance.theme
        self._parent, self._commands = workspace.parent, workspace.commands
        self._reader: GuideReader | None = None
        workspace.appearance.theme_changed.connect(self._show_theme)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("help.guide", "&Guide", self.open, tooltip="Read and search what the program can do"),
                Command("help.here", "Help on &This", self.open_here, ("F1",),
                        "Open the guide at the page about what has the focus"),
            ),
        )  # fmt: skip

    def open(self) -> None:
        """Open the guide at its first page."""
        self._show(pages.NAMES[0], "")

    def open_here(self) -> None:
        """Open the guide at the page about the part of the window that has the focus."""
        self._show(*pages.topic(_names_outwards(QApplication.focusWidget())))

    def _press(self, event: QKeyEvent) -> None:
        """Do in the window what a key does there."""
        self._commands.press(event)

    def _show_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._reader is not None and isValid(self._reader):
            self._reader.set_theme(theme)

    def _show(self, page: str, section: str) -> None:
        from nodegraph.app.features.guide.reader import GuideReader

        if self._reader is None or not isValid(self._reader):
            self._reader = GuideReader(self._theme, self._parent)
            self._reader.key_left.connect(self._press)
        self._reader.show()
        self._reader.show_page(page, section)
        self._reader.raise_()
        self._reader.activateWindow()
        self._reader.search.setFocus()


def _names_outwards(widget: QWidget | None) -> Iterator[str]:
    while widget is not None:
        yield widget.objectName()
        widget = widget.parentWidget()
