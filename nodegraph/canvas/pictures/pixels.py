"""Where a painter's coordinates lie on the pixels of its device, for pictures that are copied pixel by pixel.

A picture is crisp, and the same as what would be painted, where it is drawn at the very place between pixels
at which it is shown. Knows painters alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform

FINE = 256
"""Into how many parts of a pixel places are told apart."""
FINEST = 6
"""Decimals of a pixel beyond which there is rounding alone."""


class Grid(NamedTuple):
    """How a painter's units lie on device pixels: `x * scale + left`, `y * scale + top`."""

    scale: float
    left: float
    top: float

    @classmethod
    def of(cls, painter: QPainter) -> Grid | None:
        """Returns the grid of a painter, or None where it turns or stretches what it paints."""
        there = painter.deviceTransform()
        if there.m12() or there.m21() or there.m11() != there.m22():
            return None
        return cls(there.m11(), there.dx(), there.dy())

    def within(self, place: QPointF, scale: float) -> Grid:
        """Returns the grid of what lies here and is so much larger."""
        left, top = place.x() * self.scale + self.left, place.y() * self.scale + self.top
        return Grid(self.scale * scale, left, top)

    def box(self, rect: QRectF) -> tuple[int, int, int, int]:
        """Returns the whole pixels that a rectangle touches, as left, top, width, height."""
        left, top, width, height = rect.getRect()
        x, y = left * self.scale + self.left, top * self.scale + self.top
        first, upper = int(x // 1), int(y // 1)
        last, lower = -int(-(x + width * self.scale) // 1), -int(-(y + height * self.scale) // 1)
        return first, upper, last - first, lower - upper

    def phase(self, rect: QRectF, x: int, y: int) -> tuple[int, int]:
        """Returns where between pixels a rectangle begins, seen from its first pixel, in parts of a pixel."""
        left, top = rect.left() * self.scale + self.left - x, rect.top() * self.scale + self.top - y
        return round(left * FINE), round(top * FINE)

    @contextmanager
    def painter_on(
        self,
        picture: QPixmap,
        first: QPoint,
        ratio: float,
        part: QRegion | None = None,
        *,
        anew: bool = False,
    ) -> Iterator[QPainter]:
        """A painter that paints into a picture, whose first pixel is this one of the device, as on the
        device, of which so many pixels make one of a widget: who asks it from how near things are seen is
        told the same. It paints within a part of the picture, in its pixels, where nothing is left if that is
        `anew`.
        """
        picture.setDevicePixelRatio(ratio)
        with QPainter(picture) as painter:
            to_pixels = QTransform.fromScale(1 / ratio, 1 / ratio)
            painter.setWorldTransform(to_pixels)
            if part is not None:
                painter.setClipRegion(part)
            if anew and part is not None:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
                painter.fillRect(part.boundingRect(), Qt.GlobalColor.transparent)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setWorldTransform(self.seen_from(*first.toTuple()) * to_pixels)
            yield painter
        picture.setDevicePixelRatio(1.0)  # it is copied pixel by pixel

    def seen_from(self, x: int, y: int) -> QTransform:
        """Returns the transform that paints into a picture whose first pixel is this one."""
        return QTransform(self.scale, 0, 0, self.scale, self.left - x, self.top - y)


def draw_at(painter: QPainter, grid: Grid, x: int, y: int, picture: QPixmap) -> None:
    """Draw a picture so that its first pixel is this one of the device, by a painter that has this grid."""
    draw_each(painter, grid, [(QRect(QPoint(x, y), picture.size()), picture)])


def draw_each(
    painter: QPainter, grid: Grid, pictures: Sequence[tuple[QRect, QPixmap]], way: QPoint | None = None
) -> None:
    """Draw pictures, each at these pixels of the device, or so many beside them, by a painter that has this
    grid.

    Where several rectangles are exposed, one after another is drawn: with all at once Qt (6.11) copies line
    by line, and wakes other threads for it, which takes up to fifty times as long.
    """
    usual, by = painter.worldTransform(), way or QPoint()
    painter.setWorldTransform(to_pixels(usual, grid, by))
    exposed = painter.paintEngine().systemClip().translated(-by)
    if exposed.rectCount() <= 1:
        whole = exposed.boundingRect()
        is_all = whole.isEmpty()  # as where all of a picture is painted
        for box, picture in pictures:
            if is_all or box.intersects(whole):
                painter.drawPixmap(box.topLeft(), picture)
    else:
        for part in exposed:
            there = [(box, picture) for box, picture in pictures if box.intersects(part)]
            if there:
                painter.setClipRect(part)
            for box, picture in there:
                painter.drawPixmap(box.topLeft(), picture)
        painter.setClipping(False)
    painter.setWorldTransform(usual)


def to_pixels(usual: QTransform, grid: Grid, by: QPoint | None = None) -> QTransform:
    """Returns the transform by which a painter that usually has that one, and this grid, has the pixels of
    the device for its units, or so many beside them.
    """
    ratio, by = grid.scale / usual.m11(), by or QPoint()
    left, top = grid.left - usual.dx() * ratio, grid.top - usual.dy() * ratio  # of a widget within its window
    moved = QTransform.fromTranslate(by.x() - round(left, FINEST), by.y() - round(top, FINEST))
    return moved * QTransform.fromScale(1 / ratio, 1 / ratio)


def draw_few(
    painter: QPainter, pictures: Iterable[tuple[QPoint, QPixmap]], *, in_parts: bool = False
) -> None:
    """Draw pictures, each so that its first pixel is this one, by a painter whose units are pixels. Qt passes
    over those that are not exposed as quickly as one can look for them; where several rectangles are, `in
    parts`, see `draw_each`.
    """
    if not in_parts:
        for first, picture in pictures:
            painter.drawPixmap(first, picture)
        return
    for part in painter.paintEngine().systemClip():
        painter.setClipRect(part)
        for first, picture in pictures:
            painter.drawPixmap(first, picture)
    painter.setClipping(False)


def trimmed(picture: QPixmap) -> tuple[QPoint, QPixmap]:
    """Returns what of a picture holds anything, and its first pixel: what is empty takes as long to copy."""
    image = picture.toImage()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), -1)
    rows, columns = (np.flatnonzero(pixels.any(axis=axis)).tolist() or [0] for axis in (1, 0))
    first, last = QPoint(columns[0], rows[0]), QPoint(columns[-1], rows[-1])
    return first, picture.copy(QRect(first, last))


def empty_picture(width: int, height: int, *, is_opaque: bool = False) -> QPixmap:
    """Returns a picture of so many pixels in which there is nothing yet."""
    made = QPixmap(width, height)
    made.fill(Qt.GlobalColor.black if is_opaque else Qt.GlobalColor.transparent)
    return made
