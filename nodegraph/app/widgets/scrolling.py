"""What is scrolled up and down where there is not enough height for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


class ScrollArea(QScrollArea):
    """An area without a frame that scrolls upwards and downwards alone, and takes no focus."""

    def __init__(self, content: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if content is not None:
            self.setWidget(content)


class Compact(QWidget):
    """The content of such an area that is as low as it can be before it is scrolled: Qt would make it as high
    as its parts like best, where one of them has text in several lines.
    """

    def heightForWidth(self, width: int) -> int:
        """As high as its layout has to be at least."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1
