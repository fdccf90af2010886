"""Icons: line drawings in `resources/icons`, in the colour the theme asks for, crisp at every scale of the
screen. Knows no theme; the colour is handed in."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nodegraph import resources

SIZES_PX = (16, 20, 24, 30, 32, 40, 48, 60)
"""The sizes drawn ahead, so that Qt finds one without scaling at 1×, 1.5× and 2×."""


def icon(name: str, colour: str, disabled: str = "") -> QIcon:
    """The icon of this name in this colour (and in another where its control is disabled).

    Not cached here: a pixmap that outlives the application crashes at exit.
    """
    drawn = QIcon()
    for size in SIZES_PX:
        drawn.addPixmap(pixmap(name, colour, size), QIcon.Mode.Normal)
        if disabled:
            drawn.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return drawn


def pixmap(name: str, colour: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size_px` logical pixels on a screen of this device pixel ratio."""
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    drawn = QPixmap(QSize(round(size_px * ratio), round(size_px * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
