"""The commands about windows as a whole: new, close, quit, from part to part, and what all of them can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.palette_command import OPENS_IT, PaletteCommand
from nodegraph.app.window.focus_ring import FocusRing
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace


@dataclass(frozen=True)
class Wishes:
    """What the window itself does, or asks of who keeps the windows."""

    open_new: Callable[[], object]
    close: Callable[[], object]
    quit: Callable[[], object]


class WindowCommands:
    """What is no feature's and no room's."""

    def __init__(self, workspace: Workspace, wishes: Wishes, parts: FocusRing) -> None:
        self.workspace, self.wishes, self.parts = workspace, wishes, parts
        self.commanding = PaletteCommand(workspace.commands, workspace.parent, workspace.canvas)
        workspace.stage.add_search(self.commanding.popup)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(commands=(*self._windows(), *self._help()))

    def _windows(self) -> tuple[Command, ...]:
        wishes, parts = self.wishes, self.parts
        return (
            Command("file.new_window", "New &Window", wishes.open_new, ("Ctrl+Alt+N",),
                    "Open one more window with an empty graph"),
            Command("file.close", "C&lose Window", wishes.close, ("Ctrl+W",), "Close this window"),
            Command("file.quit", "&Quit", wishes.quit, ("Ctrl+Q",),
                    "Close all windows; they come back at the next start"),
            Command("view.next_part", "&Next Part of the Window", parts.next, ("F6", "Ctrl+Tab"),
                    "Go from palette to canvas, workbench, inspector, transport and on"),
            Command("view.previous_part", "Previous Pa&rt", parts.previous, ("Shift+F6", "Ctrl+Shift+Tab"),
                    "Go the other way round"),
        )  # fmt: skip

    def _help(self) -> tuple[Command, ...]:
        return (
            Command(OPENS_IT, "All &Commands…", self.commanding.open, ("Ctrl+Shift+P",),
                    "Search everything the program can do, and do it"),
            Command("help.shortcuts", "&Keyboard and Mouse", self.show_shortcuts, ("?",),
                    "All keys and gestures"),
            Command("help.about", "&About nodegraph", self.show_about, tooltip="Version and licences"),
        )  # fmt: skip

    def show_shortcuts(self) -> None:
        """Show all keys and gestures."""
        from nodegraph.app.commands.shortcut_sheet import ShortcutsDialog

        self._open(ShortcutsDialog(self.workspace.commands.shortcuts, self.workspace.parent))

    def show_about(self) -> None:
        """Show the version and the licences."""
        from nodegraph.app.window.about_dialog import AboutDialog

        self._open(AboutDialog(self.workspace.parent))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(True)
        dialog.open()
