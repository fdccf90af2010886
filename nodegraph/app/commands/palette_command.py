"""Opens the command palette over the window and does what is chosen; remembers what was used last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from nodegraph.app.commands.command_palette import CommandPalette
from nodegraph.app.commands.command_search import Offer
from nodegraph.app.commands.menu_entries import MenuEntry, menu_entries
from nodegraph.app.commands.menus import Place, places
from nodegraph.app.commands.other_words import OTHER_WORDS
from nodegraph.app.commands.registry import Commands
from nodegraph.app.platform import settings

MOST_RECENT = 8
OPENS_IT = "help.commands"
"""The command that opens the palette, which does not offer it."""


class PaletteCommand(QObject):
    """The palette's place in the window. The focus goes back to where it was, or to `home`."""

    def __init__(self, commands: Commands, parent: QWidget, home: QWidget) -> None:
        super().__init__(parent)
        self._commands, self.settings, self.home = commands, commands.settings, home
        self.popup = CommandPalette(parent)
        self._back_to: QWidget | None = None
        self.submenus: Callable[[], Mapping[str, QMenu]] = dict
        """The submenus of the window, once there are some."""
        self._entries: dict[str, MenuEntry] = {}
        self.popup.chosen.connect(self._run)
        self.popup.closed.connect(self._give_focus_back)
        commands.appearance.theme_changed.connect(self.popup.set_theme)

    def open(self) -> None:
        """Search everything the program can do."""
        self._back_to = QApplication.focusWidget()
        self.popup.open(self.commands())

    def commands(self) -> list[Offer]:
        """Returns all commands as they are now, and what else menus hold; those used last first."""
        recent = self.settings.value(settings.RECENT_ACTIONS)
        order = {name: place for place, name in enumerate(recent)}
        found = [self._offer(place) for place in places(self._commands.ids) if place.id != OPENS_IT]
        own = set(self._commands.actions.values())
        self._entries = {entry.id: entry for entry in menu_entries(self.submenus(), own)}
        found += map(_offer_of, self._entries.values())
        return sorted(found, key=lambda offer: order.get(offer.id, MOST_RECENT))

    def _offer(self, place: Place) -> Offer:
        command, keys = self._commands.command(place.id), self._commands.shortcuts.shown(place.id)
        state = "" if command.is_on is None else ": on" if command.is_on() else ": off"
        shown_keys = keys[0] if keys else ""
        other = OTHER_WORDS.get(place.id, "")
        title, missing = f"{command.name}{state}", command.why_not()
        return Offer(place.id, title, place.path, shown_keys, command.tooltip, missing, other)

    def _run(self, name: str) -> None:
        recent = self.settings.value(settings.RECENT_ACTIONS)
        kept = [name, *(other for other in recent if other != name)][:MOST_RECENT]
        self.settings.set(settings.RECENT_ACTIONS, kept)
        entry = self._entries.get(name)
        (self._commands.action(name) if entry is None else entry.action).trigger()

    def _give_focus_back(self, by_key: bool) -> None:
        back, self._back_to = self._back_to, None
        if by_key:
            taker = back if back is not None and back.isVisible() else self.home
            taker.setFocus()


def _offer_of(entry: MenuEntry) -> Offer:
    return Offer(entry.id, entry.text, entry.path, "", entry.action.toolTip(), "")
