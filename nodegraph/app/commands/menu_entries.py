"""The entries of submenus that are no commands: lessons, examples and recent files, for whoever searches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from nodegraph.app.commands.menus import MENUS, Menu


@dataclass(frozen=True)
class MenuEntry:
    """One such entry: what it is called, the way to it, and what does it."""

    text: str
    path: str
    action: QAction

    @property
    def id(self) -> str:
        """What it is remembered by: files of one name lie in several folders, which their tooltips tell."""
        return f"{self.path} ▸ {self.text}: {self.action.toolTip()}"


def menu_entries(submenus: Mapping[str, QMenu], commands: Collection[QAction]) -> Iterator[MenuEntry]:
    """Yields what the submenus of the menu bar hold beside the commands, in their order."""
    for menu in MENUS:
        for entry in menu.entries:
            if isinstance(entry, Menu):
                below = submenus[entry.id]
                below.aboutToShow.emit()  # some are filled anew whenever they are opened
                yield from _entries_of(below, f"{menu.plain_title} ▸ {entry.plain_title}", commands)


def _entries_of(menu: QMenu, path: str, commands: Collection[QAction]) -> Iterator[MenuEntry]:
    for action in menu.actions():
        text, below = _unmarked(action.text()), action.menu()
        if isinstance(below, QMenu):
            yield from _entries_of(below, path, commands)  # groups of them have names that fit too much
        elif text and action.isEnabled() and action not in commands:
            yield MenuEntry(text, path, action)


def _unmarked(text: str) -> str:
    """The text of an entry without the mark of its key; a doubled one stands for itself.

    >>> _unmarked("Cut && &Paste")
    'Cut & Paste'
    """
    return "&".join(part.replace("&", "") for part in text.split("&&"))
