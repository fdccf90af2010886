"""Icons: line drawings in `resources/icons`, in the colour the theme asks for, crisp at every scale of the
screen. Knows no theme; the colour is handed in."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nodegraph import resources

SIZES_PX = (16, 20, 24, 32, 40, 48)
"""The sizes drawn ahead, so that Qt finds one to its liking at 1×, 1.5× and 2×."""


def icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon of this name in this colour, and in another where its control is disabled.

    Not cached here: a pixmap that outlives the application crashes at exit.
    """
    drawing = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    drawn = QIcon()
    for ink, mode in ((colour, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", ink).encode()))
        for size in SIZES_PX:
            drawn.addPixmap(_painted(renderer, size), mode)
    return drawn


def swatch(colour: str) -> QIcon:
    """A patch of a colour; its rim is seen on light and dark menus."""
    drawn = QIcon()
    for size in SIZES_PX:
        patch = QPixmap(size, size)
        patch.fill(Qt.GlobalColor.transparent)
        with QPainter(patch) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor("#808080"), size / 16))
            painter.setBrush(QColor(colour))
            rim = size / 8
            painter.drawRoundedRect(QRectF(patch.rect()).adjusted(rim, rim, -rim, -rim), rim, rim)
        drawn.addPixmap(patch)
    return drawn


def _painted(renderer: QSvgRenderer, size_px: int) -> QPixmap:
    drawn = QPixmap(size_px, size_px)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        renderer.render(painter, QRectF(drawn.rect()))
    return drawn
