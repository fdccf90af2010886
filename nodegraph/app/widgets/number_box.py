"""Boxes for numbers in panels and dialogs."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QToolTip,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.platform.announcer import announce
from nodegraph.app.platform.key_claims import is_plain, keeps_number_keys

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


def _says_what_it_takes(kind: Kind) -> Kind:
    """A class decorator for boxes: a number beyond their range can be typed and becomes the nearest in it;
    then, and where a key is refused, they say what they take. By itself Qt drops such keys, so that 99999
    becomes 999, or brings back what stood there before, and says nothing.
    """
    pressed, checked, mended = kind.keyPressEvent, kind.validate, kind.fixup

    def key_press_event(self: Any, event: QKeyEvent) -> None:
        before = _state(self.lineEdit())
        pressed(self, event)
        if (
            is_plain(event)
            and event.text().isprintable()
            and event.text()
            and before == _state(self.lineEdit())
        ):
            _say_range(self)

    def validate(self: Any, text: str, position: int) -> object:
        number = self.number_in(text)
        if number is not None and number > self.maximum():
            return QValidator.State.Intermediate, text, position
        return checked(self, text, position)

    def fixup(self: Any, text: str) -> str:
        number = self.number_in(text)
        if number is None or self.minimum() <= number <= self.maximum():
            return mended(self, text)
        _say_range(self)
        nearest = self.textFromValue(min(max(number, self.minimum()), self.maximum()))
        return f"{self.prefix()}{nearest}{self.suffix()}"

    kind.keyPressEvent = key_press_event  # type: ignore[method-assign]
    kind.validate = validate  # type: ignore[method-assign]
    kind.fixup = fixup  # type: ignore[method-assign]
    return kind


def _state(field: QLineEdit) -> tuple[str, int, str]:
    return field.text(), field.cursorPosition(), field.selectedText()


def _say_range(box: Any) -> None:
    """Below the box, once the focus has gone where it goes: Qt hides a tip with each such step."""
    kind = "A whole number" if isinstance(box, QSpinBox) else "A number"
    ends = (box.textFromValue(end) for end in (box.minimum(), box.maximum()))
    said = f"{kind} from {' to '.join(ends)}{box.suffix()}"
    announce(box, said)
    QTimer.singleShot(0, box, lambda: QToolTip.showText(box.mapToGlobal(box.rect().bottomLeft()), said, box))


@keeps_number_keys
@turns_once_focused
@_names_its_field
@_says_what_it_takes
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
        number = self.number_in(text)
        if number is None:
            return super().valueFromText(text)
        return min(max(number, self.minimum()), self.maximum())

    def number_in(self, text: str) -> int | None:
        """The whole number that was typed, in range or not, or None."""
        return _whole(self._alone(text))

    def _alone(self, text: str) -> str:
        return _typed(self, text)


@keeps_number_keys
@turns_once_focused
@_names_its_field
@_says_what_it_takes
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

    def number_in(self, text: str) -> float | None:
        """The number that was typed, in range or not, or None."""
        mark = self.locale().decimalPoint()
        number, is_one = self.locale().toDouble(_typed(self, text).replace(",", mark).replace(".", mark))
        return number if is_one else None


def _typed(box: QSpinBox | QDoubleSpinBox, text: str) -> str:
    """What was typed, without what stands before and behind it."""
    return text.removeprefix(box.prefix()).removesuffix(box.suffix()).strip()


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
