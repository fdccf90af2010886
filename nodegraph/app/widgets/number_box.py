"""Boxes for numbers in panels and dialogs."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_number_keys

_SIGNS = re.compile(r"[.,'’eE]")
"""What Qt leaves out of a whole number."""
_PARTED = re.compile(r"[+-]?\d{1,3}(?:([.,'’\s])\d{3})(?:\1\d{3}){0,3}")
_RAISED = re.compile(r"[+-]?\d{1,9}[eE]\+?\d")
_BEGUN = re.compile(r"[+-]?\d+[\d.,'’\s]*(?:[eE]\+?\d*)?")
Kind = TypeVar("Kind", bound=type[QAbstractSpinBox] | type[QAbstractSlider])


def turns_once_focused(kind: Kind) -> Kind:
    """A class decorator for widgets that a wheel changes: it does so only while they have the focus, which
    it does not give them. Otherwise what is around them scrolls.
    """
    made, turned = kind.__init__, kind.wheelEvent

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        made(self, *args, **kwargs)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheel_event(self: Any, event: QWheelEvent) -> None:
        if self.hasFocus():
            turned(self, event)
        else:
            event.ignore()

    kind.__init__ = __init__  # type: ignore[misc]
    kind.wheelEvent = wheel_event  # type: ignore[method-assign]
    return kind


def _names_its_field(kind: Kind) -> Kind:
    """A class decorator for boxes whose name is that of the field in them, too: where one listens to what has
    the focus, that is what is found."""

    def set_accessible_name(self: Any, name: str) -> None:
        QWidget.setAccessibleName(self, name)
        self.lineEdit().setAccessibleName(name)

    kind.setAccessibleName = set_accessible_name  # type: ignore[method-assign]
    return kind


@keeps_number_keys
@turns_once_focused
@_names_its_field
class NumberBox(QSpinBox):
    """A box for a whole number, which keeps its keys for itself while it has the focus; letters are none.

    Commas and points part thousands, and 1e3 is 1000. By itself Qt leaves such signs out, so that 1,5 becomes
    15: here it is no number, and what stood before it stays.
    """

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        _indent(self)

    def validate(self, text: str, position: int) -> object:
        """Whether the text is a whole number, or may become one."""
        typed = self._alone(text)
        if not _SIGNS.search(typed):
            return super().validate(text, position)
        number = _whole(typed)
        if number is not None and self.minimum() <= number <= self.maximum():
            return QValidator.State.Acceptable, text, position
        is_begun = _BEGUN.fullmatch(typed) is not None
        return QValidator.State.Intermediate if is_begun else QValidator.State.Invalid, text, position

    def fixup(self, text: str) -> str:
        """The text as it is: by itself Qt takes the locale's sign between thousands away."""
        return text

    def valueFromText(self, text: str) -> int:
        """The number that a text stands for."""
        number = _whole(self._alone(text))
        return super().valueFromText(text) if number is None else number

    def _alone(self, text: str) -> str:
        """What was typed, without what stands before and behind it."""
        return text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()


@keeps_number_keys
@turns_once_focused
@_names_its_field
class DecimalBox(QDoubleSpinBox):
    """A box for a number with decimals, which keeps plain keys for itself, too. A comma and a point are both
    the decimal mark: by itself Qt leaves the one that is not the locale's out, so that 0,5 becomes 5.
    """

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        _indent(self)

    def validate(self, text: str, position: int) -> object:
        """Whether the text is a number, with its decimal mark as the locale has it."""
        mark = self.locale().decimalPoint()
        return super().validate(text.replace(",", mark).replace(".", mark), position)


def _whole(typed: str) -> int | None:
    """The whole number in a text with signs between thousands or an exponent, or None.

    >>> [_whole(typed) for typed in ("1,500", "1.000.000", "1e3", "-20", "1,5", "1.5e0")]
    [1500, 1000000, 1000, -20, None, None]
    """
    if _PARTED.fullmatch(typed):
        return int(re.sub(r"[.,'’\s]", "", typed))
    if _RAISED.fullmatch(typed):
        return int(float(typed))
    return int(typed) if re.fullmatch(r"[+-]?\d{1,15}", typed) else None


def _indent(box: QAbstractSpinBox) -> None:
    """Keep the text off the frame: the style sheet's padding does not reach inside."""
    box.lineEdit().setTextMargins(style.px(6), 0, 0, 0)
