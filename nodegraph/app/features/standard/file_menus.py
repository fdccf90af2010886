"""The menus that are filled while the program runs: recent files and examples. Knows which files there are;
opening them is `filing`'s.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from nodegraph.app.document.files import Files
from nodegraph.app.platform.settings import Settings
from nodegraph.app.widgets.text import menu_text, tip
from nodegraph.formats import examples


class FileMenus(QObject):
    """Fills two submenus, and opens what is chosen there."""

    def __init__(self, filing: Files, remembered: Settings) -> None:
        super().__init__(filing)
        self.filing = filing
        self.settings = remembered

    def show_recent(self, menu: QMenu) -> None:
        """Let a menu hold the recent files, read anew whenever it is opened."""
        menu.aboutToShow.connect(partial(self._fill_recent, menu))

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for path in self.settings.recent_files():
            action = menu.addAction(menu_text(path.name))
            action.setToolTip(tip(str(path)))
            action.triggered.connect(partial(self._open, path))
        if menu.isEmpty():
            menu.addAction("No recent files").setEnabled(False)

    def show_examples(self, menu: QMenu) -> None:
        """Let a menu hold the shipped examples, by where they come from."""
        for group in examples.groups():
            part = menu.addMenu(group.title)
            part.setToolTipsVisible(True)
            for example in group.examples:
                action = part.addAction(example.title)
                action.setToolTip(f"{example.teaches} ({example.source})")
                action.triggered.connect(partial(self._open, example.path))

    def _open(self, path: Path, _checked: bool = False) -> None:
        self.filing.open_path(path)
