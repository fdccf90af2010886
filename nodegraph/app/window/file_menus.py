"""The menus that are filled while the program runs: recent files and examples. Knows which files there are;
opening them is `filing`'s.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from nodegraph.app.document.files import Filing
from nodegraph.app.platform.settings import Settings
from nodegraph.formats import examples


class FileMenus(QObject):
    """Fills two submenus, and opens what is chosen there."""

    def __init__(self, recent: QMenu, shipped: QMenu, filing: Filing, remembered: Settings) -> None:
        super().__init__(filing)
        self.recent = recent
        self.filing = filing
        self.settings = remembered
        recent.aboutToShow.connect(self._fill_recent)
        self._fill_examples(shipped)

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in self.settings.recent_files():
            action = self.recent.addAction(path.name)
            action.setToolTip(str(path))
            action.setData(path)
            action.triggered.connect(self._open_chosen)
        if self.recent.isEmpty():
            self.recent.addAction("No recent files").setEnabled(False)

    def _fill_examples(self, menu: QMenu) -> None:
        for group in examples.groups():
            part = menu.addMenu(group.title)
            part.setToolTipsVisible(True)
            for example in group.examples:
                action = part.addAction(example.title)
                action.setToolTip(f"{example.teaches} ({example.source})")
                action.setData(example.path)
                action.triggered.connect(self._open_chosen)

    def _open_chosen(self) -> None:
        self.filing.open_path(self.sender().data())
