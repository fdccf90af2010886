"""The cross that closes what it stands in."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton


class CloseButton(QToolButton):
    """A cross with a sentence that is read aloud and, unless another one is given, shown as its tooltip."""

    def __init__(self, said: str, tip: str = "") -> None:
        super().__init__(text="✕")
        self.setAccessibleName(said)
        self.setToolTip(tip or said)
