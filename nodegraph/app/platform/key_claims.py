"""Keys without a modifier (letters, Home, Space, the arrows) belong to what has the focus. Qt gives a
shortcut of the window the first word; a widget that wants such a key for itself says so here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

Kind = TypeVar("Kind", bound=type[QWidget])

_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
_K = Qt.Key
_MOVING = (
    *(_K.Key_Left, _K.Key_Right, _K.Key_Up, _K.Key_Down),
    *(_K.Key_Home, _K.Key_End, _K.Key_PageUp, _K.Key_PageDown),
)
_LEFT_TO_SHORTCUTS = (Qt.Key.Key_Period, Qt.Key.Key_Comma, Qt.Key.Key_Question)


def is_plain(event: QKeyEvent) -> bool:
    """Whether this is a key for what has the focus: no modifier but Shift, and none of the transport's
    keys.
    """
    function_key = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    return event.modifiers() in _PLAIN and not function_key and event.key() not in _LEFT_TO_SHORTCUTS


def keeps_plain_keys(kind: Kind) -> Kind:
    """A class decorator for widgets: while they have the focus, plain keys reach them and trigger no
    shortcut.
    """
    return _keeps(kind, is_plain)


def keeps_number_keys(kind: Kind) -> Kind:
    """The same, but keys with a letter, which say nothing in a box for a number, trigger shortcuts."""
    return _keeps(kind, lambda event: is_plain(event) and not _is_letter(event), _is_letter)


def keeps_slider_keys(kind: Kind) -> Kind:
    """A class decorator for sliders: while they have the focus, the keys that move them are theirs, and all
    others, such as letters, trigger shortcuts as everywhere else.
    """
    return _keeps(kind, lambda event: event.key() in _MOVING and is_plain(event))


def keeps_f2(kind: Kind) -> Kind:
    """A class decorator for widgets with rows: while they have the focus, F2 is for the row and triggers
    no shortcut.
    """
    return _keeps(kind, lambda event: event.key() == Qt.Key.Key_F2)


def _is_letter(event: QKeyEvent) -> bool:
    return is_plain(event) and event.text().isalpha()


def _keeps(
    kind: Kind,
    is_wanted: Callable[[QKeyEvent], bool],
    is_unwanted: Callable[[QKeyEvent], bool] = lambda _event: False,
) -> Kind:
    """Let a widget keep the wanted keys; the unwanted ones it does not get even where Qt would keep them."""
    inherited = kind.event

    def event(self: QWidget, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_kept = is_wanted(event)
            if is_kept or is_unwanted(event):
                event.setAccepted(is_kept)
                return is_kept
        return inherited(self, event)

    kind.event = event  # type: ignore[method-assign]
    return kind
