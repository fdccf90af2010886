"""A sheet: one picture of a whole layer as a view shows it, which goes along when the view is panned.

It reaches beyond the view, so that most pans draw nothing. Only what has come into it, and what whoever
paints the layer says is stale, is drawn again. What is new as a whole is painted directly, and becomes a
picture when it is painted the second time: what changes all the time costs no more than without one. Knows
neither edges nor cards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

from nodegraph.canvas.pictures.kept import BYTES_A_PIXEL
from nodegraph.canvas.pictures.pixels import Grid, draw_at, empty_picture

MOST_BYTES = 96 * 2**20
"""What a sheet takes at most; a larger view is painted directly."""
MOST_RECTS = 200
"""With more stale rectangles than these, all between them is drawn again too."""
MOST_PARTS = 8
"""Stale rectangles that are drawn one by one, each with what lies in it; more are drawn together."""
BEYOND = 64
"""By how many pixels a sheet is wider than its view at each side, and higher."""
NEAR_PIXEL = 1 / 64
"""A pan by whole pixels is one to within so much."""

Draw = Callable[[QPainter, QRectF], None]
"""Draws the part of the layer that lies in a rectangle of the scene."""


@dataclass(slots=True)
class _Shown:
    """What a sheet holds: its picture, None where all was painted directly; the device's pixel that is its
    first, the grid, and the look.
    """

    picture: QPixmap | None
    first: QPoint
    grid: Grid
    look: Hashable


class Sheet:
    """The picture of a layer, of the size of the view."""

    def __init__(self) -> None:
        self._shown: _Shown | None = None

    @property
    def bytes(self) -> int:
        """What the picture takes."""
        picture = None if self._shown is None else self._shown.picture
        return 0 if picture is None else picture.width() * picture.height() * BYTES_A_PIXEL

    def clear(self) -> None:
        """Forget what the layer looks like."""
        self._shown = None

    def paint(
        self,
        painter: QPainter,
        view: tuple[QSize, QRectF],
        look: Hashable,
        stale: Iterable[QRectF] | None,
        draw: Draw,
        more: Draw | None = None,
    ) -> None:
        """Paint the layer on a view of this size, of which this rectangle of the scene is exposed, mending
        first what is stale: these rectangles of the scene; all of it where they are None or the `look` is
        another.

        With `more`, what is new becomes a picture at once, though `draw` draws but a part of it: `more` draws
        another part each time.
        """
        size, exposed = view
        grid, ratio = Grid.of(painter), painter.deviceTransform().m11() / painter.worldTransform().m11()
        width, height = math.ceil(size.width() * ratio) + 1, math.ceil(size.height() * ratio) + 1
        if grid is None or width * height * BYTES_A_PIXEL > MOST_BYTES:
            self.clear()
            draw(painter, exposed)
            return
        there, shown = QRect(_first_pixel(painter), QSize(width, height)), self._shown
        kept = None
        if stale is not None and shown is not None and (shown.look, shown.grid.scale) == (look, grid.scale):
            kept = self._moved(shown, grid, there)
        elif more is None:
            self._shown = _Shown(None, there.topLeft(), grid, look)
            draw(painter, exposed)
            return
        picture, first, dirty = kept or _empty_round(there)
        if kept is not None:
            dirty = dirty | _pixels(stale or (), grid, first)
            if more is not None:
                _add(picture, grid, first, more)
        self._shown = _Shown(picture, first, grid, look)
        _mend(picture, dirty.intersected(picture.rect()), grid, first, draw)
        draw_at(painter, grid, first.x(), first.y(), picture)

    @staticmethod
    def _moved(shown: _Shown, grid: Grid, view: QRect) -> tuple[QPixmap, QPoint, QRegion] | None:
        """Returns the picture, the device's pixel that is its first now that the view, in such pixels, has
        moved, and what has come into the picture; None where there is none that serves, since the view is
        another size or lies elsewhere between pixels.
        """
        x, y = grid.left - shown.grid.left, grid.top - shown.grid.top
        way = QPoint(round(x), round(y))
        if shown.picture is None or max(abs(x - way.x()), abs(y - way.y())) > NEAR_PIXEL:
            return None
        there = shown.picture.rect().translated(shown.first + way)
        if there.size() != view.size() + QSize(2 * BEYOND, 2 * BEYOND):
            return None
        wanted = QPoint(
            _ahead(there.left(), there.right(), view.left(), view.right()),
            _ahead(there.top(), there.bottom(), view.top(), view.bottom()),
        )
        by, come = there.topLeft() - wanted, QRegion()
        if abs(by.x()) >= there.width() or abs(by.y()) >= there.height():
            return None
        if not by.isNull():
            shown.picture.scroll(by.x(), by.y(), shown.picture.rect(), come)
        return shown.picture, wanted, come


def held_of(painter: QPainter, size: QSize) -> QRectF:
    """Returns the rectangle of the scene that a sheet may hold on a view of this size."""
    more = 2 * BEYOND / painter.deviceTransform().m11()
    return seen_of(painter, size).adjusted(-more, -more, more, more)


def _empty_round(view: QRect) -> tuple[QPixmap, QPoint, QRegion]:
    """Returns an empty picture round a view, the device's pixel that is its first, and all of it."""
    around = view.adjusted(-BEYOND, -BEYOND, BEYOND, BEYOND)
    picture = empty_picture(around.width(), around.height())
    return picture, around.topLeft(), QRegion(picture.rect())


def _ahead(first: int, last: int, start: int, end: int) -> int:
    """Returns where a picture is to begin, for a view to lie within it: where it does if it can stay there,
    else with all that is spare on the side to which the view goes.
    """
    if first > start:
        return start - 2 * BEYOND
    return start if last < end else first


def _first_pixel(painter: QPainter) -> QPoint:
    """The device's pixel in which the view begins."""
    usual = painter.worldTransform()
    painter.resetTransform()
    there = painter.deviceTransform()
    painter.setWorldTransform(usual)
    return QPoint(math.floor(there.dx()), math.floor(there.dy()))


def seen_of(painter: QPainter, size: QSize) -> QRectF:
    """Returns the rectangle of the scene that a view of this size shows."""
    back, _ = painter.worldTransform().inverted()
    return back.mapRect(QRectF(QPointF(0, 0), size.toSizeF()))


def _pixels(rects: Iterable[QRectF], grid: Grid, first: QPoint) -> QRegion:
    boxes = [QRect(*grid.box(rect)).translated(-first) for rect in rects]
    if len(boxes) > MOST_RECTS:
        whole = QRect()
        for box in boxes:
            whole |= box
        boxes = [whole]
    region = QRegion()
    for box in boxes:
        region |= QRegion(box.adjusted(-1, -1, 1, 1))
    return region


def _add(picture: QPixmap, grid: Grid, first: QPoint, draw: Draw) -> None:
    with QPainter(picture) as painter:
        painter.setWorldTransform(grid.seen_from(first.x(), first.y()))
        back, _ = painter.worldTransform().inverted()
        draw(painter, back.mapRect(QRectF(picture.rect())))


def _mend(picture: QPixmap, dirty: QRegion, grid: Grid, first: QPoint, draw: Draw) -> None:
    if dirty.isEmpty():
        return
    with QPainter(picture) as painter:
        is_few = dirty.rectCount() <= MOST_PARTS  # with many, clipping takes longer than drawing between them
        for part in [QRegion(rect) for rect in dirty] if is_few else [QRegion(dirty.boundingRect())]:
            box = part.boundingRect()
            painter.resetTransform()
            painter.setClipRegion(part)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(box, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setWorldTransform(grid.seen_from(first.x(), first.y()))
            back, _ = painter.worldTransform().inverted()
            draw(painter, back.mapRect(QRectF(box)))
