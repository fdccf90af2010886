"""What is scrolled up and down where there is not enough height for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scroll_area(content: QWidget | None = None) -> QScrollArea:
    """Make an area without a frame that scrolls upwards and downwards, and takes no focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if content is not None:
        area.setWidget(content)
    return area


class Compact(QWidget):
    """The content of such an area that is as low as it can be before it is scrolled: Qt would make it as high
    as its parts like best, where one of them has text in several lines.
    """

    def heightForWidth(self, width: int) -> int:
        """As high as its layout has to be at least."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1
