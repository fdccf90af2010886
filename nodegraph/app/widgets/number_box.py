"""Boxes for numbers in panels and dialogs."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QDoubleSpinBox, QSpinBox

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_number_keys

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


@keeps_number_keys
@turns_once_focused
class NumberBox(QSpinBox):
    """A box for a whole number, which keeps its keys for itself while it has the focus; letters are none."""

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        _indent(self)


@keeps_number_keys
@turns_once_focused
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


def _indent(box: QAbstractSpinBox) -> None:
    """Keep the text off the frame: the style sheet's padding does not reach inside."""
    box.lineEdit().setTextMargins(style.px(6), 0, 0, 0)
