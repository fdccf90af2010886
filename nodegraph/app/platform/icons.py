"""Icons: line drawings in `resources/icons`, in the colour the theme asks for, crisp at every scale of the
screen. Knows no theme; the colour is handed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nodegraph import resources

SIZES_PX = (16, 20, 24, 32, 40, 48)
"""The sizes drawn ahead, so that Qt finds one to its liking at 1×, 1.5× and 2×."""


def icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon of this name in this colour, and in another where its control is disabled."""
    drawn = QIcon()
    for ink, mode in ((colour, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        for image in _drawing(name, ink):
            drawn.addPixmap(QPixmap.fromImage(image), mode)
    return drawn


def swatch(colour: str) -> QIcon:
    """A patch of a colour; its rim is seen on light and dark menus."""
    drawn = QIcon()
    for image in _patch(colour):
        drawn.addPixmap(QPixmap.fromImage(image))
    return drawn


# Each window has its own icons. What is kept for the next one are images: a pixmap that outlives the
# application crashes at exit.
@cache
def _drawing(name: str, ink: str) -> tuple[QImage, ...]:
    drawing = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", ink).encode()))

    def draw(painter: QPainter, rect: QRectF) -> None:
        renderer.render(painter, rect)

    return tuple(_painted(size, draw) for size in SIZES_PX)


@cache
def _patch(colour: str) -> tuple[QImage, ...]:
    def draw(painter: QPainter, rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#808080"), rect.width() / 16))
        painter.setBrush(QColor(colour))
        rim = rect.width() / 8
        painter.drawRoundedRect(rect.adjusted(rim, rim, -rim, -rim), rim, rim)

    return tuple(_painted(size, draw) for size in SIZES_PX)


def _painted(size_px: int, draw: Callable[[QPainter, QRectF], None]) -> QImage:
    drawn = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        draw(painter, QRectF(drawn.rect()))
    return drawn
