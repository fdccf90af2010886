"""Commands: everything a person can choose in one window, one QAction each. Keeps every action in step with
what can be done now, at most once in each turn of the event loop; does nothing of it itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.command_action import CommandAction
from nodegraph.app.commands.shortcuts import Shortcuts
from nodegraph.app.platform import icons
from nodegraph.app.platform.appearance import Appearance
from nodegraph.app.platform.settings import Setting, Settings
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.view.listeners import Listeners
from nodegraph.core.graph.annotations import COLOURS


class Commands(QObject):
    """The commands of a window.

    Made before the document: Qt deletes children in the order they were made, and an undo stack that goes
    says once more that nothing can be undone.
    """

    chosen = Signal(str)
    """The id of a command that a person has chosen and that is about to be done."""
    ran = Signal(str)
    """The id of a command that a person chose, once it has been done."""
    refused = Signal(str)
    """The key of a command was pressed that cannot be done now: why not."""
    refreshed = Signal()
    """Every action is in step with what can be done."""

    def __init__(self, remembered: Settings, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.settings = remembered
        self.appearance = appearance
        self._widget = parent
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._shown: dict[str, tuple[str, str, str]] = {}
        """By id: the title, the icon and the reason against it that its action shows."""
        self._varying: list[Command] = []
        self._unshown: list[Command] = []
        """Those that always look the same, until they have been shown once."""
        self._is_started = self._is_refreshing = self._is_due = False
        self.apart: Callable[[Callable[[], object]], object] = lambda act: act()
        """Has something done that has a turn of its own in a large graph."""
        self.shortcuts = Shortcuts(self._commands, remembered, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(lambda: self.apart(self.flush))
        self.shortcuts.changed.connect(self._show_keys)
        self._drawn_in: Theme | None = None
        appearance.theme_changed.connect(self._draw_icons)
        remembered.noticed.connect(self._follow_setting)

    # --- filling
    def add(self, *commands: Command) -> None:
        """Make an action for each. A second command of an id or with a key that is taken is a ValueError."""
        taken = {key: known.id for known in self._commands.values() for key in known.keys}
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"there is a command {command.id} already")
            for key in command.keys:
                if key in taken:
                    raise ValueError(f"{command.id} wants the key {key} of {taken[key]}")
                taken[key] = command.id
            self._commands[command.id] = command
            (self._varying if command.varies else self._unshown).append(command)
            action = self._actions[command.id] = self._make(command)
            if self._is_started:
                self._widget.addAction(action)

    def refresh_on(self, *signals: SignalInstance) -> None:
        """Refresh whenever one of these signals is sent."""
        for signal in signals:
            signal.connect(self.refresh)

    def start(self) -> None:
        """Take up the remembered switches, and follow what can be done from now on. The window gets the
        actions only when each looks as it should: it is told, one by one, of all that changes in them.
        """
        self._is_started = True
        self._drawn_in = self.appearance.theme
        for command in self._commands.values():
            if command.remember is not None:
                command.run(self.settings.value(command.remember))
        self._refresh()
        self._widget.addActions(list(self._actions.values()))
        Listeners.of(self._widget).tell([QEvent.Type.ShortcutOverride], self._hear)

    def _make(self, command: Command) -> QAction:
        action = CommandAction(_titled(command.title, command), self._widget, self.flush)
        action.setObjectName(command.id)
        action.setIconText(command.short or command.name)
        action.setStatusTip("")
        action.setCheckable(command.is_on is not None)
        action.setIconVisibleInMenu(bool(command.swatch))
        if command.swatch:
            action.setIcon(icons.swatch(COLOURS[command.swatch]))
        if command.is_on is not None:
            action.toggled.connect(partial(self._switch, command))
        action.triggered.connect(partial(self._follow_choice, command))
        return action

    # --- asking
    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all commands, in the order in which they were added."""
        return tuple(self._commands)

    @property
    def actions(self) -> Mapping[str, QAction]:
        """Returns every action by its id, in step with what can be done now."""
        self.flush()
        return MappingProxyType(self._actions)

    def action(self, command_id: str) -> QAction:
        """Returns the action of a command, for buttons and menus."""
        self.flush()
        return self._actions[command_id]

    def command(self, command_id: str) -> Command:
        """Returns a command by its id."""
        return self._commands[command_id]

    def why_not(self, command_id: str) -> str:
        """Returns why a command cannot be done now, or ""."""
        return self._commands[command_id].why_not()

    def is_possible(self, command_id: str) -> bool:
        """Whether a command could be done when the actions were last brought in step."""
        shown = self._shown.get(command_id)
        return not (self.why_not(command_id) if shown is None else shown[2])

    def is_on(self, command_id: str) -> bool:
        """Whether a switch is on now."""
        is_on = self._commands[command_id].is_on
        return is_on is not None and is_on()

    # --- doing
    def run(self, command_id: str, *arguments: bool) -> None:
        """Do it, not because a person chose it: `ran` is not sent."""
        command = self._commands[command_id]
        command.run(*arguments)
        if command.remember is not None:
            self.settings.set(command.remember, *arguments)
        self.refresh()

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does, for a window of its own in which shortcuts are not heard. Returns whether there
        is something that can be done by it now.
        """
        shift = Qt.KeyboardModifier.ShiftModifier
        pressed = [QKeySequence(event.keyCombination())]
        if event.modifiers() & shift:  # on many keyboards "?" and "+" are typed with Shift
            pressed.append(QKeySequence(QKeyCombination(event.modifiers() & ~shift, Qt.Key(event.key()))))
        found = (action for keys in pressed for action in self.actions.values() if keys in action.shortcuts())
        action = next(found, None)
        if action is None or not action.isEnabled():
            return False
        event.accept()
        action.trigger()
        return True

    def _switch(self, command: Command, on: bool) -> None:
        if not self._is_refreshing:
            self.run(command.id, on)
            self.flush()  # a switch that was refused springs back

    def _follow_choice(self, command: Command, _checked: bool = False) -> None:
        if command.is_on is None:
            self.chosen.emit(command.id)
            self.run(command.id)
            self.flush()
        self.ran.emit(command.id)

    def _follow_setting(self, setting: Setting) -> None:
        """Take over a switch that another window has thrown."""
        if not self._is_started or not setting.is_shared:
            return
        for command in self._commands.values():
            if command.remember is setting and self.is_on(command.id) != self.settings.value(setting):
                command.run(self.settings.value(setting))
                self.refresh()

    # --- refreshing
    def refresh(self, *_news: object) -> None:
        """Bring every action in step once this turn of the event loop is over, or as soon as one is asked
        for.
        """
        if self._is_started:
            self._is_due = True
            self._soon.start()

    def flush(self) -> None:
        """Bring every action in step now, if anything has happened since the last time."""
        if self._is_due:
            self._refresh()

    def _refresh(self) -> None:
        self._soon.stop()
        self._is_due = False
        for command in self._unshown + self._varying:
            self._show(command)
        self._unshown.clear()
        self.refreshed.emit()

    def _show(self, command: Command) -> None:
        """Let an action show what its command is now; only what has changed: that costs all its buttons."""
        action, missing = self._actions[command.id], command.why_not()
        title = command.title_now() if command.title_now is not None else command.title
        icon = command.icon_now() if command.icon_now is not None else command.icon
        if command.is_on is not None and QAction.isChecked(action) != command.is_on():
            self._is_refreshing = True
            action.toggle()
            self._is_refreshing = False
        before = self._shown.get(command.id)
        if before == (title, icon, missing):
            return
        self._shown[command.id] = title, icon, missing
        action.setEnabled(not missing)
        action.setToolTip(missing or self.shortcuts.tooltip(command.id))
        if (before is not None and before[0] != title) or title != command.title:
            action.setText(_titled(title, command))
            action.setIconText(command.short or title.replace("&", "").rstrip("…"))
        if before is None or before[1] != icon:
            self._draw_icon(command)

    def _draw_icon(self, command: Command) -> None:
        icon = command.icon_now() if command.icon_now is not None else command.icon
        if icon:
            self._actions[command.id].setIcon(self.appearance.icon(icon))

    def _draw_icons(self, theme: Theme) -> None:
        if theme is self._drawn_in:
            return
        self._drawn_in = theme
        for command in self._commands.values():
            self._draw_icon(command)

    def _show_keys(self) -> None:
        for name, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in self.shortcuts.of(name)])
            if self._is_started and action.isEnabled():  # a grey one's tooltip says what it needs
                action.setToolTip(self.shortcuts.tooltip(name))

    def _tell_why_not(self, key: QKeySequence) -> None:
        """Say why a key does nothing: Qt passes over the shortcuts of grey actions in silence."""
        for name, (_title, _icon, missing) in self._shown.items():
            if missing and key in self._actions[name].shortcuts():
                self.refused.emit(missing)

    def _hear(self, event: QEvent) -> None:
        """Refresh every action before a key can trigger one; the event itself is passed on."""
        self.flush()
        if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            self._tell_why_not(QKeySequence(event.keyCombination()))


def _titled(title: str, command: Command) -> str:
    """Returns the title with a key that is no shortcut of Qt's: behind a tab, menus show it at the right."""
    return f"{title}\t{command.shown_keys}" if command.shown_keys else title
