"""Opens the command palette over the window and triggers what is chosen; remembers what was used last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from nodegraph.app.commands import selection_needs
from nodegraph.app.commands.command_palette import Command, CommandPalette
from nodegraph.app.commands.menus import ACTIONS, MENUS, SPECS, Spec
from nodegraph.app.platform import settings
from nodegraph.canvas.drawing.theme import Theme

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow

MOST_RECENT = 8


class Commanding(QObject):
    """The palette's place in the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.popup = CommandPalette(window)
        self._back_to: QWidget | None = None
        self.popup.chosen.connect(self._run)
        self.popup.closed.connect(self._give_focus_back)

    def set_theme(self, theme: Theme) -> None:
        """Show the palette in this theme."""
        self.popup.set_theme(theme)

    def open(self) -> None:
        """Search everything the program can do."""
        self._back_to = QApplication.focusWidget()
        self.popup.open(self.commands())

    def commands(self) -> list[Command]:
        """All actions, those used last first."""
        state = selection_needs.State.of(self.window)
        recent = self.window.settings.value(settings.RECENT_ACTIONS)
        order = {name: place for place, name in enumerate(recent)}
        specs = sorted(
            (spec for spec in ACTIONS if not spec.is_menu and spec.id != "help.commands"),
            key=lambda spec: order.get(spec.id, MOST_RECENT),
        )
        return [self._command(spec, state) for spec in specs]

    def _command(self, spec: Spec, state: selection_needs.State) -> Command:
        action = self.window.actions_by_id[spec.id]
        missing = selection_needs.missing(spec.needs, state)
        if not action.isEnabled() and not missing:
            missing = "Not possible now."
        text = f"{spec.plain_text.rstrip('…')}{_state_of(action.isChecked()) if spec.checkable else ''}"
        menu = MENUS[spec.id.partition(".")[0]].replace("&", "")
        if spec.submenu:
            menu = f"{menu} ▸ {SPECS[spec.submenu].plain_text}"
        keys = self.window.shortcuts.shown(spec.id)
        return Command(spec.id, text, menu, keys[0] if keys else "", spec.tooltip, missing)

    def _run(self, name: str) -> None:
        recent = self.window.settings.value(settings.RECENT_ACTIONS)
        kept = [name, *(other for other in recent if other != name)][:MOST_RECENT]
        self.window.settings.set(settings.RECENT_ACTIONS, kept)
        self.window.actions_by_id[name].trigger()

    def _give_focus_back(self, by_key: bool) -> None:
        back, self._back_to = self._back_to, None
        if by_key:
            taker = back if back is not None and back.isVisible() else self.window.canvas
            taker.setFocus()


def _state_of(checked: bool) -> str:
    return ": on" if checked else ": off"
