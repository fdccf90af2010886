"""The keys of every action: those of the table, or those the person chose instead, which are remembered.

Menus, tooltips, the sheet of keys and the command palette all ask here. Knows no dialog.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from nodegraph.app.commands.menus import ACTIONS, SPECS, Spec
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
"""Keys that no action can have, and why."""


class Shortcuts(QObject):
    """Applies the keys to the actions of a window, and keeps them apart."""

    changed = Signal()

    def __init__(self, actions: Mapping[str, QAction], remembered: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.actions = actions
        self.settings = remembered
        self._chosen: dict[str, tuple[str, ...]] = {}
        self.take_remembered()

    # --- asking
    def of(self, name: str) -> tuple[str, ...]:
        """The keys of an action, in Qt's portable words."""
        return self._chosen.get(name, _portable(SPECS[name].shortcuts))

    def shown(self, name: str) -> list[str]:
        """All keys that do it, as people read them."""
        native = QKeySequence.SequenceFormat.NativeText
        keys = [QKeySequence(key).toString(native) for key in self.of(name)]
        fixed = SPECS[name].shown_keys
        return [fixed, *keys] if fixed else keys

    def is_changed(self, name: str) -> bool:
        """Whether the person has chosen other keys than the table's."""
        return name in self._chosen

    @property
    def any_changed(self) -> bool:
        """Whether there is anything to reset."""
        return bool(self._chosen)

    def why_not(self, name: str, key: str) -> str | None:
        """None where an action may have this key, else the sentence that says why not."""
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
            return f"{shown} already does “{SPECS[other].plain_text.rstrip('…')}”."
        return None

    def holder(self, name: str, key: str) -> str | None:
        """The other action that has exactly this key."""
        sequence = QKeySequence(key)
        return next(
            (other for other, held in self._all() if other != name and QKeySequence(held) == sequence), None
        )

    # --- changing
    def set(self, name: str, keys: Sequence[str]) -> None:
        """Give an action these keys, none with an empty list; the caller has asked `why_not`."""
        wanted = _portable(keys)
        if wanted == _portable(SPECS[name].shortcuts):
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = wanted
        self._remember()

    def take_over(self, name: str, key: str) -> None:
        """Give an action a key that another one has, which then goes without it."""
        other = self.holder(name, key)
        if other is not None:
            self.set(other, [held for held in self.of(other) if QKeySequence(held) != QKeySequence(key)])
        self.set(name, [key])

    def reset(self, name: str) -> None:
        """Give an action the table's keys again, and take them from whoever has them."""
        for key in SPECS[name].shortcuts:
            other = self.holder(name, key)
            if other is not None:
                self.set(other, [held for held in self.of(other) if QKeySequence(held) != QKeySequence(key)])
        self.set(name, SPECS[name].shortcuts)

    def reset_all(self) -> None:
        """The table's keys everywhere."""
        self._chosen.clear()
        self._remember()

    # --- remembering
    def take_remembered(self) -> None:
        """Take the keys from the settings, as another window may have changed them."""
        self._chosen = {}
        for line in self.settings.value(settings.SHORTCUTS):
            name, _, keys = line.partition("=")
            wanted = _portable(keys.split(" | ") if keys else [])
            if name in SPECS and not SPECS[name].is_menu and wanted != _portable(SPECS[name].shortcuts):
                self._chosen[name] = wanted
        self._apply()

    def _remember(self) -> None:
        lines = [f"{name}={' | '.join(keys)}" for name, keys in sorted(self._chosen.items())]
        self.settings.set(settings.SHORTCUTS, lines)
        self._apply()

    def _apply(self) -> None:
        for spec in ACTIONS:
            if not spec.is_menu:
                action = self.actions[spec.id]
                action.setShortcuts([QKeySequence(key) for key in self.of(spec.id)])
                if action.isEnabled():  # a grey one's tooltip says what it needs
                    action.setToolTip(self.tooltip(spec))
        self.changed.emit()

    def tooltip(self, spec: Spec) -> str:
        """What a control for this action says when the pointer rests on it."""
        keys = self.shown(spec.id)
        return f"{spec.tooltip} ({keys[0]})" if keys else spec.tooltip

    def _all(self) -> Iterator[tuple[str, str]]:
        for spec in ACTIONS:
            if not spec.is_menu:
                for key in self.of(spec.id):
                    yield spec.id, key


def _portable(keys: Sequence[str]) -> tuple[str, ...]:
    """Keys in Qt's portable words, without those it does not understand."""
    read = (QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) for key in keys)
    return tuple(key for key in read if key)


def _parts(sequence: QKeySequence) -> list[str]:
    """The strokes of a sequence, one after the other."""
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    return text.split(", ") if text else []
