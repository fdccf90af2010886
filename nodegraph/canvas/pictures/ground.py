"""What of a widget stays as it is while the rest is painted again: one picture, drawn once for each look.

Knows neither widget of ours nor what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class Ground:
    """The picture of a part of a widget. Its look holds all that is seen of it, but for the widget's size."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._kept: tuple[object, QPixmap] | None = None

    def picture(self, look: Hashable, draw: Callable[[QPainter], object], fill: str | None = None) -> QPixmap:
        """Returns the picture, drawn again where it would look otherwise; upon a colour, if one is given."""
        size, ratio = self._widget.size(), self._widget.devicePixelRatioF()
        whole = look, size.toTuple(), ratio
        if self._kept is None or self._kept[0] != whole:
            made = QPixmap(size * ratio)
            made.fill(QColor(fill or Qt.GlobalColor.transparent))
            made.setDevicePixelRatio(ratio)
            with QPainter(made) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                draw(painter)
            self._kept = whole, made
        return self._kept[1]
