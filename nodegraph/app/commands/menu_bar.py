"""The menu bar and the menus on the canvas, made from the order of the menus and the commands of a window."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nodegraph.app.commands.context_menus import HIDDEN_WHERE_USELESS
from nodegraph.app.commands.menu_keys import add_distinctly
from nodegraph.app.commands.menus import LINE, MENUS, Menu, completed
from nodegraph.app.commands.registry import Commands


class Menus(QObject):
    """The menus of a window. A submenu is grey while none of its commands can be done."""

    def __init__(self, bar: QMenuBar, commands: Commands) -> None:
        super().__init__(bar)
        self.bar = bar
        self.commands = commands
        self._submenus: dict[str, QMenu] = {}
        self._held: dict[str, tuple[str, ...]] = {}
        """The commands in each submenu."""
        for menu in MENUS:
            made = bar.addMenu(menu.title)
            made.setObjectName(f"menu.{menu.id}")
            self._fill(made, completed(menu, commands.ids))
        commands.refreshed.connect(self._follow)
        self._follow()

    def _fill(self, made: QMenu, entries: tuple[str | Menu, ...]) -> None:
        made.setToolTipsVisible(True)
        made.aboutToShow.connect(self.commands.flush)
        for entry in entries:
            if isinstance(entry, Menu):
                below = self._submenus[entry.id] = made.addMenu(entry.title)
                below.setObjectName(entry.id)
                self._held[entry.id] = tuple(e for e in entry.entries if isinstance(e, str) and e != LINE)
                self._fill(below, entry.entries)
            elif entry == LINE:
                made.addSeparator()
            else:
                made.addAction(self.commands.action(entry))

    def _follow(self) -> None:
        for menu_id, held in self._held.items():
            is_possible = not held or any(map(self.commands.is_possible, held))
            self._submenus[menu_id].setEnabled(is_possible)

    @property
    def submenus(self) -> Mapping[str, QMenu]:
        """Returns the submenus by id, in step with what can be done now."""
        self.commands.flush()
        return MappingProxyType(self._submenus)

    def at_hand(self, names: tuple[str, ...], parent: QWidget) -> QMenu:
        """Returns a menu of these commands and submenus for the pointer; "" stands for a line. Each menu key
        means one of them.
        """
        made = QMenu(parent)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setToolTipsVisible(True)
        actions: list[QAction | None] = []
        for name in names:
            if not name:
                actions.append(None)
            elif name in self.submenus:
                if self.submenus[name].isEnabled():
                    # Not addMenu: the submenu would go with this menu, and the menu bar needs it still.
                    actions.append(self.submenus[name].menuAction())
            elif name not in HIDDEN_WHERE_USELESS or self.commands.action(name).isEnabled():
                actions.append(self.commands.action(name))
        add_distinctly(made, actions)
        return made
