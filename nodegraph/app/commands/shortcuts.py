"""The keys of every command: its own, or those the person chose instead, which are remembered.

Menus, tooltips, the sheet of keys and the command palette all ask here. Knows no dialog.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Settings

RESERVED = {
    "Tab": "Tab adds to the graph from the canvas.",
    "Shift+Tab": "Shift+Tab leaves the canvas.",
    "Space": "Space plays; a held Space pans.",
    "Esc": "Esc cancels.",
    "Return": "Enter edits the selected node.",
    "Enter": "Enter edits the selected node.",
    "Left": "The arrow keys go from node to node.",
    "Right": "The arrow keys go from node to node.",
    "Up": "The arrow keys go from node to node.",
    "Down": "The arrow keys go from node to node.",
}
"""Keys that no command can have, and why."""


class Shortcuts(QObject):
    """Knows the keys of the commands of a window, and keeps them apart."""

    changed = Signal()

    def __init__(self, commands: Mapping[str, Command], remembered: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.commands = commands
        self.settings = remembered
        self._chosen: dict[str, tuple[str, ...]] = {}
        self.take_remembered()

    # --- asking
    def of(self, name: str) -> tuple[str, ...]:
        """The keys of a command, in Qt's portable words."""
        return self._chosen.get(name, _portable(self.commands[name].keys))

    def shown(self, name: str) -> list[str]:
        """All keys that do it, as people read them."""
        keys = [_read(key)[1] for key in self.of(name)]
        fixed = self.commands[name].shown_keys
        return [fixed, *keys] if fixed else keys

    def is_changed(self, name: str) -> bool:
        """Whether the person has chosen other keys than its own."""
        return name in self._chosen

    @property
    def any_changed(self) -> bool:
        """Whether there is anything to reset."""
        return bool(self._chosen)

    def why_not(self, name: str, key: str) -> str | None:
        """None where a command may have this key, else the sentence that says why not."""
        sequence = QKeySequence(key)
        wanted = _parts(sequence)
        if not wanted:
            return "That is no key."
        if wanted[0] in RESERVED:
            return RESERVED[wanted[0]]
        for other, held in self._all():
            parts = _parts(QKeySequence(held))
            if other == name or not (parts[: len(wanted)] == wanted or wanted[: len(parts)] == parts):
                continue
            shown = QKeySequence(held).toString(QKeySequence.SequenceFormat.NativeText)
            return f"{shown} already does “{self.commands[other].name}”."
        return None

    def holder(self, name: str, key: str) -> str | None:
        """The other command that has exactly this key."""
        sequence = QKeySequence(key)
        return next(
            (other for other, held in self._all() if other != name and QKeySequence(held) == sequence), None
        )

    # --- changing
    def set(self, name: str, keys: Sequence[str]) -> None:
        """Give a command these keys, none with an empty list; the caller has asked `why_not`."""
        wanted = _portable(keys)
        if wanted == _portable(self.commands[name].keys):
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = wanted
        self._remember()

    def take_over(self, name: str, key: str) -> None:
        """Give a command a key that another one has, which then goes without it."""
        other = self.holder(name, key)
        if other is not None:
            self.set(other, [held for held in self.of(other) if QKeySequence(held) != QKeySequence(key)])
        self.set(name, [key])

    def reset(self, name: str) -> None:
        """Give a command its own keys again, and take them from whoever has them."""
        for key in self.commands[name].keys:
            other = self.holder(name, key)
            if other is not None:
                self.set(other, [held for held in self.of(other) if QKeySequence(held) != QKeySequence(key)])
        self.set(name, self.commands[name].keys)

    def reset_all(self) -> None:
        """Its own keys for every command."""
        self._chosen.clear()
        self._remember()

    # --- remembering
    def take_remembered(self) -> None:
        """Take the keys from the settings, as another window may have changed them."""
        self._chosen = {}
        for line in self.settings.value(settings.SHORTCUTS):
            name, _, keys = line.partition("=")
            wanted = _portable(keys.split(" | ") if keys else [])
            if name in self.commands and wanted != _portable(self.commands[name].keys):
                self._chosen[name] = wanted
        self.changed.emit()

    def _remember(self) -> None:
        lines = [f"{name}={' | '.join(keys)}" for name, keys in sorted(self._chosen.items())]
        self.settings.set(settings.SHORTCUTS, lines)
        self.changed.emit()

    def tooltip(self, name: str) -> str:
        """Returns what a control for this command says when the pointer rests on it."""
        keys, tooltip = self.shown(name), self.commands[name].tooltip
        return f"{tooltip} ({keys[0]})" if keys else tooltip

    def _all(self) -> Iterator[tuple[str, str]]:
        for name in self.commands:
            for key in self.of(name):
                yield name, key


def _portable(keys: Sequence[str]) -> tuple[str, ...]:
    """Keys in Qt's portable words, without those it does not understand."""
    return tuple(portable for portable, _shown in map(_read, keys) if portable)


@cache  # each window asks the same of every command, several times
def _read(key: str) -> tuple[str, str]:
    """A key in Qt's portable words, "" where it does not understand it, and as people read it."""
    sequence, words = QKeySequence(key), QKeySequence.SequenceFormat
    return sequence.toString(words.PortableText), sequence.toString(words.NativeText)


def _parts(sequence: QKeySequence) -> list[str]:
    """The strokes of a sequence, one after the other."""
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    return text.split(", ") if text else []
